"""OLE files made for tests: streams and storages, as small as they can be."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MORE = 0xFFFFFFFC
_NONE = 0xFFFFFFFF
_LISTED = 109


def ole(streams: Mapping[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """An OLE file; streams of less than 4,096 bytes are kept together in that of the root, as the format has it."""
    shorts, short_table = b"", []
    long = {name: body for name, body in streams.items() if len(body) >= 4_096}
    entries = [_entry(name, 1, 0, 0) for name in storages]
    for name, body in streams.items():
        if name not in long:
            entries.append(_entry(name, 2, len(short_table), len(body)))
            size = -(-len(body) // 64)
            short_table += _chain(len(short_table), size) if size else []
            shorts += body.ljust(size * 64, b"\0")
    directory_sectors = -(-(1 + len(entries) + len(long)) // 4)
    bodies = [struct.pack(f"<{len(short_table)}I", *short_table), shorts, *long.values()]
    sizes = [-(-len(body) // _SECTOR) for body in bodies]
    total = directory_sectors + sum(sizes)
    table_sectors, more = 1, 0
    while table_sectors * 128 < total + table_sectors + more:
        table_sectors += 1
        more = -(-max(table_sectors - _LISTED, 0) // 127)
    table = [_TABLE] * table_sectors + [_MORE] * more
    table += _chain(len(table), directory_sectors)
    starts, stored = [], b""
    for body, size in zip(bodies, sizes, strict=True):
        starts.append(len(table) if size else _END)
        table += _chain(len(table), size) if size else []
        stored += body.ljust(size * _SECTOR, b"\0")
    entries = [_entry("Root Entry", 5, starts[1], len(shorts)), *entries]
    entries += [_entry(name, 2, start, len(body)) for (name, body), start in zip(long.items(), starts[2:], strict=True)]
    table += [_FREE] * (table_sectors * 128 - len(table))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    listed = [*range(table_sectors), *[_FREE] * (_LISTED - table_sectors)]
    further = b""
    for number in range(more):
        part = listed[_LISTED + number * 127 : _LISTED + (number + 1) * 127]
        following = table_sectors + number + 1 if number + 1 < more else _END
        further += struct.pack("<128I", *part, *[_FREE] * (127 - len(part)), following)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIII", 0, table_sectors, table_sectors + more, 0, 4_096, starts[0], sizes[0])
    header += struct.pack("<II", table_sectors if more else _END, more) + struct.pack("<109I", *listed[:_LISTED])
    return header + struct.pack(f"<{table_sectors * 128}I", *table) + further + directory + stored


def _chain(first: int, size: int) -> list[int]:
    return [*range(first + 1, first + size), _END]


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    words = name.encode("utf-16-le") + b"\0\0"
    entry = words.ljust(64, b"\0") + struct.pack("<HBB", len(words), kind, 1)
    entry += struct.pack("<III", _NONE, _NONE, _NONE) + bytes(36) + struct.pack("<IQ", start, size)
    return entry
