"""A packed document (zip) copied with some of its parts changed: of all others every byte stays, packed as it is.

Nothing of what is copied is unpacked, so that a copy costs what it holds and no more.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from reportlint.errors import ReadError

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_CENTRAL_MARK = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s2B4HL2L2H")
_LOCAL_MARK = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_SIZES_BEHIND, _UTF8_NAME = 0x0008, 0x0800
_FLAGS = 4
_ELSEWHERE = 0xFFFFFFFF
"""What stands for a figure that is too large for its field."""


class _Entry(NamedTuple):
    """A part as the directory has it: the record's fields, and what stands behind them."""

    fields: tuple[int, ...]
    name: bytes
    extra: bytes
    comment: bytes

    @property
    def offset(self) -> int:
        return self.fields[-1]


def repacked(data: bytes, changed: Mapping[str, bytes], like: str) -> bytes:
    """The document with parts replaced where they stand, and new ones behind all others, of the time of one of these.

    `like` is the name of that one. Names are compared without regard to case. ReadError for what is no sound package.
    """
    try:
        return _repacked(data, changed, like)
    except (struct.error, ValueError) as error:
        raise ReadError("damaged", "文件的压缩结构有损坏，不能写入") from error


def _repacked(data: bytes, parts: Mapping[str, bytes], like: str) -> bytes:
    at = data.rindex(_END_MARK)
    end = _END.unpack_from(data, at)
    count, size, start = end[4:7]
    # What stands before the first part, if anything does, moves all offsets.
    before = at - size - start
    entries = _directory(data, before + start, count)
    names = [_name(entry) for entry in entries]
    places = sorted(entry.offset for entry in entries)
    if before < 0 or len(set(names)) < count or len(set(places)) < count:
        raise ValueError(names)
    # What belongs to a part ends where the next one begins.
    ends = dict(zip(places, [*places[1:], start], strict=True))
    template = entries[names.index(like.lower())]
    changed = {name.lower(): (name, new) for name, new in parts.items()}
    out = bytearray(data[:before])
    records: dict[str, bytes] = {}
    for name, entry in sorted(zip(names, entries, strict=True), key=lambda each: each[1].offset):
        place = len(out) - before
        if name in changed:
            local, made = _packed(entry, changed.pop(name)[1], place)
        else:
            local = data[before + entry.offset : before + ends[entry.offset]]
            made = entry._replace(fields=(*entry.fields[:-1], place))
        out += local
        records[name] = _record(made)
    for name, new in changed.values():
        local, made = _packed(_named(template, name), new, len(out) - before)
        out += local
        records[name] = _record(made)
    place = len(out) - before
    directory = b"".join([*(records.pop(name) for name in names), *records.values()])
    out += directory
    total = count + len(changed)
    out += _END.pack(_END_MARK, 0, 0, total, total, len(directory), place, end[7])
    return bytes(out + data[at + _END.size :])


def _directory(data: bytes, at: int, count: int) -> list[_Entry]:
    entries = []
    for _ in range(count):
        mark, *fields = _CENTRAL.unpack_from(data, at)
        at += _CENTRAL.size
        sizes = fields[11:14]
        name, extra, comment = (data[at + sum(sizes[:n]) : at + sum(sizes[: n + 1])] for n in range(3))
        at += sum(sizes)
        if mark != _CENTRAL_MARK or _ELSEWHERE in fields:
            raise ValueError(mark)
        entries.append(_Entry(tuple(fields), name, extra, comment))
    return entries


def _named(entry: _Entry, name: str) -> _Entry:
    """The record of a new part that is like another one."""
    fields = list(entry.fields)
    fields[_FLAGS] = fields[_FLAGS] & ~_UTF8_NAME if name.isascii() else fields[_FLAGS] | _UTF8_NAME
    return _Entry(tuple(fields), name.encode(), b"", b"")


def _name(entry: _Entry) -> str:
    """The name of a part, as names are compared."""
    name = entry.name.decode("utf-8" if entry.fields[_FLAGS] & _UTF8_NAME else "cp437")
    return name.replace("\\", "/").lstrip("/").lower()


def _packed(entry: _Entry, data: bytes, place: int) -> tuple[bytes, _Entry]:
    """A part with new data, and its record: packed in the way and at the time that it was."""
    made_by, made_on, needed, needs_on, flags, method, time, day = entry.fields[:8]
    body = data
    if method != _STORED:
        method = _DEFLATED
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        body = packer.compress(data) + packer.flush()
    what = (flags & ~_SIZES_BEHIND, method, time, day, zlib.crc32(data), len(body), len(data), len(entry.name))
    fields = (made_by, made_on, needed, needs_on, *what, 0, 0, *entry.fields[14:-1], place)
    local = _LOCAL.pack(_LOCAL_MARK, needed, needs_on, *what, 0)
    return local + entry.name + body, entry._replace(fields=fields, extra=b"")


def _record(entry: _Entry) -> bytes:
    lengths = map(len, (entry.name, entry.extra, entry.comment))
    fields = (*entry.fields[:11], *lengths, *entry.fields[14:])
    return _CENTRAL.pack(_CENTRAL_MARK, *fields) + entry.name + entry.extra + entry.comment
