"""Writing down what is accepted: entries at the end of the file beside the reports."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from reportlint.accepted import BOM, FILE, NEEDED, TABLE, AcceptedFile, Entry, key_of, load, parse
from reportlint.errors import ConfigError, WriteError, reason
from reportlint.writing import write

HEADING = """\
# 已接受的问题。报告写明的位置和内容不变，接受就有效；内容改变，或者过了 until，问题会再次提出。
# reportlint accept 报告:行号（文档用 --rule） --because 理由 在后面添加一条；reportlint accepted 列出各条。
"""
_TRIES = 20
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def append(path: str, entries: Sequence[Entry], shown: str, *, renew: bool = False) -> None:
    """Write entries to the end of a file, which is made where there is none; what is there stays as it is.

    An entry for the same place is an error, unless `renew`: then it makes way. Two who write at the same time wait for
    each other, or try again.
    """
    with _alone(os.path.dirname(path)):
        made = _made(path)
        try:
            for tries_left in reversed(range(_TRIES)):
                before = load(path, shown) or b""
                try:
                    write(path, _with(before, entries, path, shown, renew), expected=before)
                except WriteError:
                    if tries_left and load(path, shown) != before:
                        continue
                    raise
                return
        finally:
            if made and load(path) == b"":
                os.unlink(path)


def _with(before: bytes, entries: Sequence[Entry], path: str, shown: str, renew: bool) -> bytes:
    file = parse(before, path, shown)
    keys = [key_of(entry) for entry in entries]
    there = [index for index, entry in enumerate(file.entries) if key_of(entry) in keys]
    if there and not renew:
        raise ConfigError(f"{file.origin(there[0])} 已有一条，--renew 可以更新")
    return with_entries(without(before, file, there), entries)


def without(data: bytes, file: AcceptedFile, indices: Iterable[int]) -> bytes:
    """What the file holds without some of its entries; comments between entries stay."""
    text = file.source.text
    for lines in sorted((file.lines[index] for index in indices), reverse=True):
        start = text.rfind("\n", 0, lines.header.start) + 1
        end = text.find("\n", lines.end)
        end = len(text) if end < 0 else end + 1
        if text[:start].endswith(("\n\n", "\n\r\n")):
            start -= 2 if text[:start].endswith("\r\n") else 1
        text = text[:start] + text[end:]
    mark = BOM if data.startswith(BOM) else b""
    return mark + text.encode()


def _made(path: str) -> bool:
    """Make an empty file where there is none; whether it was made."""
    try:
        with open(path, "xb"):
            return True
    except FileExistsError:
        return False
    except OSError as error:
        raise WriteError(f"没有写 {path}：{reason(error)}") from error


@contextlib.contextmanager
def _alone(folder: str) -> Iterator[None]:
    """One of all who do this in a folder at a time, where the system can see to it."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            file = os.open(folder or os.curdir, os.O_RDONLY)
            stack.callback(os.close, file)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def written(entry: Entry) -> str:
    """An entry as TOML; ConfigError for what TOML cannot hold."""
    lines = [f"[[{TABLE}]]"]
    lines += [f"{key} = {_string(getattr(entry, key) or '', key)}" for key in NEEDED]
    if entry.by is not None:
        lines.append(f"by = {_string(entry.by, 'by')}")
    if entry.until is not None:
        lines.append(f"until = {entry.until}")
    return "".join(f"{line}\n" for line in lines)


def with_entries(data: bytes | None, entries: Iterable[Entry]) -> bytes:
    """What the file holds with more entries at its end; what is there stays as it is, to the byte."""
    before = b"" if data is None else data
    if not before.removeprefix(BOM).strip():
        before += HEADING.encode()
    end = b"\r\n" if b"\r\n" in before else b"\n"
    if not before.endswith(b"\n"):
        before += end
    added = "".join(f"\n{written(entry)}" for entry in entries)
    return before + added.encode().replace(b"\n", end)


def _string(text: str, key: str) -> str:
    """A TOML string."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ConfigError(f"{key} 里有不能用 UTF-8 写出的字符，写不进 {FILE}")
    return '"' + "".join(_ESCAPES.get(each, each) if not _control(each) else _escaped(each) for each in text) + '"'


def _control(character: str) -> bool:
    return character not in _ESCAPES and (character < " " or character == "\x7f")


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}"
