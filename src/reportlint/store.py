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
_DAY = 86_400
"""Seconds after which a key that is used is noted to be so."""
_WAIT = 5.0
"""Seconds to wait for another run that writes."""
_CHECKSUM = 4
_FOREIGN = ("no such", "table ", "near ")
"""So begin the errors of a database with other tables than ours."""
_LAYOUT = 4
"""To be changed with the tables: those of another version stay as they are, and are not taken for damaged."""
_TABLES = """
create table if not exists keys (
    id integer primary key, text blob not null, until text not null, fail_on integer not null, places integer not null,
    used real not null, unique (text, until)
);
create table if not exists rules (id integer primary key, names text unique not null);
create table if not exists results (
    key integer not null, path blob not null, size integer not null, mtime integer not null, ctime integer not null,
    inode integer not null, digest blob not null, rules integer not null, organisation text, body blob,
    standing text not null,
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
    standing: str = ""
    """What its reader stands on (see `reportlint.readers.needs`); empty for a plain text."""


class Terms(NamedTuple):
    """What all results of a key have in common beside it."""

    fail_on: int
    """The severity from which a run fails."""
    until: str
    """The last day on which they hold, as YYYY-MM-DD."""
    places: bool
    """Whether the configuration, or a preset, accepts anything by its place."""


class Store:
    """The results of one root with one key."""

    def __init__(self, root: str, key: str, warn: Callable[[str], None]) -> None:
        # Paths are in it, which need not be text.
        self._text = key.encode("utf-8", "surrogateescape")
        self._key: int | None = None
        """The number of the key in this very file."""
        name = f"results-{zlib.crc32(os.fsencode(root)):08x}-{_LAYOUT}{cache.RESULTS}"
        self._file = os.path.join(cache.folder(), name)
        self._warn = warn
        self._rules: dict[int, tuple[str, ...]] = {}
        self._ids: dict[tuple[str, ...], int] = {}
        self._database: sqlite3.Connection | None = None
        if cache.usable():
            with self._tolerant():
                self._database = _opened(self._file)

    def terms(self, today: str) -> Terms | None:
        """On what terms results are kept that hold today; None where there are none."""
        with self._tolerant():
            now = time.time()
            for key, fail_on, until, places, used in self._rows(
                "select id, fail_on, until, places, used from keys"
                " where text = ? and until >= ? order by until limit 1",
                (self._text, today),
            ):
                if not used <= now <= used + _DAY:
                    self._rows("update keys set used = ? where id = ?", (now, key))
                self._key = key
                return Terms(fail_on, until, bool(places))
        return None

    def found(self, paths: Sequence[str]) -> dict[str, Stored]:
        """What is kept of these reports (absolute paths)."""
        found: dict[str, Stored] = {}
        with self._tolerant():
            for start in range(0, len(paths), _CHUNK):
                chunk = {os.fsencode(path): path for path in paths[start : start + _CHUNK]}
                rows = self._rows(
                    "select path, size, mtime, ctime, inode, digest, rules, organisation, body, standing from results"
                    f" where key = ? and path in ({','.join('?' * len(chunk))})",
                    (self._key, *chunk),
                )
                for path, size, mtime, ctime, inode, digest, rules, organisation, body, standing in rows:
                    names = self._names(rules)
                    if names is not None and (body is None or _whole(body)):
                        state = State(size, mtime, ctime, inode)
                        data = None if body is None else body[_CHECKSUM:]
                        found[chunk[path]] = Stored(state, digest, names, organisation, data, standing)
        return found

    def keep(self, results: Iterable[tuple[str, Stored]], terms: Terms) -> None:
        """Keep results, all of them or none. Those of the keys that were not used for longest are dropped."""
        with self._tolerant(), self._transaction():
            # The file may be another one by now, or another run may have dropped the key.
            self._key = self._number(terms)
            for path, (state, digest, rules, organisation, body, standing) in results:
                checked = None if body is None else _checksum(body) + body
                row = (self._key, os.fsencode(path), *state, digest, self._id(rules), organisation, checked, standing)
                self._rows("insert or replace into results values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _number(self, terms: Terms) -> int | None:
        """The number of the key, which is made where there is none; None only where there is no file."""
        ours = (self._text, terms.until)
        known = "select id from keys where text = ? and until = ?"
        if not self._rows(known, ours):
            row = (*ours, terms.fail_on, terms.places, time.time())
            self._rows("insert into keys (text, until, fail_on, places, used) values (?, ?, ?, ?, ?)", row)
            others = "select id from keys where not (text = ? and until = ?) order by used desc limit -1 offset ?"
            self._rows(f"delete from keys where id in ({others})", (*ours, _MOST_KEYS - 1))
            self._rows("delete from results where key not in (select id from keys)", ())
        for (key,) in self._rows(known, ours):
            return int(key)
        return None

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _forget(self) -> None:
        """Let go of numbers that the file may not have, or have for something else."""
        self._key = None
        self._rules.clear()
        self._ids.clear()

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
            self._forget()
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
            self._forget()
            if isinstance(error, sqlite3.OperationalError) and not str(error).startswith(_FOREIGN):
                # The disk is full, the folder cannot be written, another run writes without end: this one does without.
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
