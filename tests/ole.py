"""OLE files made for tests: streams and storages, as small as they can be."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NONE = 0xFFFFFFFF


def ole(streams: Mapping[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """An OLE file. Streams are filled up to 4,096 bytes, so that none is kept among the short ones."""
    bodies = {name: body.ljust(4_096, b"\0") for name, body in streams.items()}
    entries = [_entry("Root Entry", 5, _END, 0)]
    entries += [_entry(name, 1, 0, 0) for name in storages]
    directory_sectors = -(-(len(entries) + len(bodies)) // 4)
    sizes = [-(-len(body) // _SECTOR) for body in bodies.values()]
    total = directory_sectors + sum(sizes)
    table_sectors = 1
    while table_sectors * 128 < total + table_sectors:
        table_sectors += 1
    table = [_TABLE] * table_sectors
    table += _chain(len(table), directory_sectors)
    stored = b""
    for (name, body), size in zip(bodies.items(), sizes, strict=True):
        entries.append(_entry(name, 2, len(table), len(body)))
        table += _chain(len(table), size)
        stored += body.ljust(size * _SECTOR, b"\0")
    table += [_FREE] * (table_sectors * 128 - len(table))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    listed = [*range(table_sectors), *[_FREE] * (109 - table_sectors)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, table_sectors, table_sectors, 0, 4_096, _END, 0, _END, 0)
    return header + struct.pack("<109I", *listed) + struct.pack(f"<{len(table)}I", *table) + directory + stored


def _chain(first: int, size: int) -> list[int]:
    return [*range(first + 1, first + size), _END]


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    words = name.encode("utf-16-le") + b"\0\0"
    entry = words.ljust(64, b"\0") + struct.pack("<HBB", len(words), kind, 1)
    entry += struct.pack("<III", _NONE, _NONE, _NONE) + bytes(36) + struct.pack("<IQ", start, size)
    return entry
