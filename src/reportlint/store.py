"""Results on disk: a SQLite file for each root, in the cache folder.

A result is found by its key (engine, packs, configuration), the report's path and its content. That the content is
the same is told by size, times and inode where those were at rest for a while when it was read, as git does, and else
by its digest.
Runs that read and write at the same time wait for each other; one that is killed leaves the file as its last whole
transaction made it. A file that is damaged is made anew, and said to be. Where there can be none, nothing is kept.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from reportlint import cache

AT_REST = 2_000_000_000
"""Nanoseconds: a file that was changed less than so long ago may change again without its times telling it."""
_CHUNK = 400
_MOST_KEYS = 8
"""So many keys (states of packs and configuration) keep their results."""
_WAIT = 5.0
"""Seconds to wait for another run that writes."""
_CHECKSUM = 4
_TABLES = """
create table if not exists keys (
    id integer primary key, text text unique not null, fail_on integer not null, used real not null
);
create table if not exists rules (id integer primary key, names text unique not null);
create table if not exists results (
    key integer not null, path blob not null, size integer not null, mtime integer not null, ctime integer not null,
    inode integer not null, digest blob not null, rules integer not null, organisation text, body blob,
    primary key (key, path)
) without rowid;
"""


class State(NamedTuple):
    """What tells without reading it that a file was not changed: size in bytes, times in nanoseconds, inode."""

    size: int
    mtime: int
    ctime: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> State:
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)

    def settled(self, now: int) -> State:
        """The state if it was at rest at a time (nanoseconds), else one that no file has."""
        return self if max(self.mtime, self.ctime) + AT_REST < now else self._replace(size=-1)


class Stored(NamedTuple):
    """A result as it is kept."""

    state: State
    digest: bytes
    """SHA-256 of the file's bytes."""
    rules: tuple[str, ...]
    organisation: str | None
    body: bytes | None


class Store:
    """The results of one root."""

    def __init__(self, root: str, warn: Callable[[str], None]) -> None:
        self._file = os.path.join(cache.folder(), f"results-{zlib.crc32(os.fsencode(root)):08x}{cache.RESULTS}")
        self._warn = warn
        self._rules: dict[int, tuple[str, ...]] = {}
        self._ids: dict[tuple[str, ...], int] = {}
        self._database: sqlite3.Connection | None = None
        if cache.usable():
            with self._tolerant():
                self._database = _opened(self._file)

    def key(self, text: str) -> tuple[int, int] | None:
        """The id of a key and its fail level; None where it is not known."""
        with self._tolerant():
            for key, fail_on in self._rows("select id, fail_on from keys where text = ?", (text,)):
                return key, fail_on
        return None

    def new_key(self, text: str, fail_on: int) -> int | None:
        """The id of a key that is used from now on. The results of those not used for longest are dropped."""
        with self._tolerant(), self._transaction():
            self._rows(
                "insert into keys (text, fail_on, used) values (?, ?, ?)"
                " on conflict (text) do update set used = excluded.used",
                (text, fail_on, time.time()),
            )
            for (old,) in self._rows("select id from keys order by used desc limit -1 offset ?", (_MOST_KEYS,)):
                self._rows("delete from results where key = ?", (old,))
                self._rows("delete from keys where id = ?", (old,))
            for (key,) in self._rows("select id from keys where text = ?", (text,)):
                return int(key)
        return None

    def found(self, key: int, paths: Sequence[str]) -> dict[str, Stored]:
        """What is kept of these reports (absolute paths)."""
        found: dict[str, Stored] = {}
        with self._tolerant():
            for start in range(0, len(paths), _CHUNK):
                chunk = {os.fsencode(path): path for path in paths[start : start + _CHUNK]}
                rows = self._rows(
                    "select path, size, mtime, ctime, inode, digest, rules, organisation, body from results"
                    f" where key = ? and path in ({','.join('?' * len(chunk))})",
                    (key, *chunk),
                )
                for path, size, mtime, ctime, inode, digest, rules, organisation, body in rows:
                    names = self._names(rules)
                    if names is not None and (body is None or _whole(body)):
                        state = State(size, mtime, ctime, inode)
                        data = None if body is None else body[_CHECKSUM:]
                        found[chunk[path]] = Stored(state, digest, names, organisation, data)
        return found

    def keep(self, key: int, results: Iterable[tuple[str, Stored]]) -> None:
        """Keep results, all of them or none."""
        with self._tolerant(), self._transaction():
            for path, (state, digest, rules, organisation, body) in results:
                checked = None if body is None else _checksum(body) + body
                row = (key, os.fsencode(path), *state, digest, self._id(rules), organisation, checked)
                self._rows("insert or replace into results values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _rows(self, sql: str, values: tuple[object, ...]) -> list[Any]:
        return [] if self._database is None else self._database.execute(sql, values).fetchall()

    def _names(self, rules: int) -> tuple[str, ...] | None:
        """A list of rules by its id, which many results share."""
        if rules not in self._rules:
            for (names,) in self._rows("select names from rules where id = ?", (rules,)):
                self._rules[rules] = tuple(names.split("\n")) if names else ()
        return self._rules.get(rules)

    def _id(self, names: tuple[str, ...]) -> int:
        if names not in self._ids:
            text = "\n".join(names)
            self._rows("insert or ignore into rules (names) values (?)", (text,))
            for (number,) in self._rows("select id from rules where names = ?", (text,)):
                self._ids[names] = number
        return self._ids.get(names, -1)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._rows("begin immediate", ())
        try:
            yield
        except BaseException:
            self._rows("rollback", ())
            raise
        self._rows("commit", ())

    @contextlib.contextmanager
    def _tolerant(self) -> Iterator[None]:
        """What goes wrong with the file makes it one that holds nothing; it never breaks off a run."""
        try:
            yield
        except sqlite3.Error as error:
            self.close()
            self._rules.clear()
            self._ids.clear()
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                # Another run writes and does not end: this one does without.
                return
            self._warn(f"结果缓存 {self._file} 不能用（{error}），已重新建立")
            with contextlib.suppress(OSError, sqlite3.Error):
                os.unlink(self._file)
                self._database = _opened(self._file)


def _opened(file: str) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=_WAIT, isolation_level=None)
    try:
        # What a power cut spoils is only found anew; waiting for the disk would cost more than checking.
        database.execute("pragma synchronous = off")
        if not database.execute("select 1 from sqlite_master where name = 'results'").fetchone():
            database.executescript(_TABLES)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _checksum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(_CHECKSUM, "big")


def _whole(body: bytes) -> bool:
    return len(body) > _CHECKSUM and body[:_CHECKSUM] == _checksum(body[_CHECKSUM:])
