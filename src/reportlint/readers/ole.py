"""OLE files, in which old office programs keep their documents: which streams there are, and what is in them.

What the documents say is not read here: only what they are, whether they are encrypted, and whether they have macros.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_LAST = 0xFFFFFFFA
"""From here on, numbers of sectors are marks: free, end of a chain."""
_MOST_ENTRIES = 20_000
_LONG = 4_096
"""From this size on a stream has sectors of its own."""
_SHORT = 64
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_IN_FILE = 109
"""So many sectors of the allocation table are listed in the header."""


class Ole:
    """The streams of an OLE file by name; of a damaged one those that can be found."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._streams: dict[str, tuple[int, int]] = {}
        self.storages: set[str] = set()
        self._table: list[int] = []
        self._short_table: tuple[int, ...] = ()
        self._shorts = b""
        if not data.startswith(SIGNATURE) or len(data) < _HEADER:
            return
        shift, mini = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini != 6:
            return
        self._size = 1 << shift
        self._table = self._allocation()
        directory = self._long(struct.unpack_from("<I", data, 48)[0], _MOST_ENTRIES * _ENTRY)
        short_table = self._long(struct.unpack_from("<I", data, 60)[0], len(data))
        self._short_table = struct.unpack(f"<{len(short_table) // 4}I", short_table[: len(short_table) // 4 * 4])
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            self._add(directory[place : place + _ENTRY])

    def __contains__(self, name: object) -> bool:
        return name in self._streams or name in self.storages

    def stream(self, name: str) -> bytes:
        """A stream; empty where there is none."""
        start, size = self._streams.get(name, (0, 0))
        size = min(size, len(self._data))
        return (self._long(start, size) if size >= _LONG else self._short(start, size))[:size]

    def _add(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        if kind not in (_STORAGE, _STREAM, _ROOT) or not 2 <= length <= 64:
            return
        name = entry[: length - 2].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", entry, 116)
        if kind == _STREAM:
            self._streams.setdefault(name, (start, size))
        elif kind == _STORAGE:
            self.storages.add(name)
        else:
            self._shorts = self._long(start, min(size, len(self._data)))

    def _short(self, sector: int, most: int) -> bytes:
        """A stream that is kept among other short ones, in the stream of the root."""
        parts = []
        while sector < len(self._short_table) and most > 0:
            parts.append(self._shorts[sector * _SHORT : (sector + 1) * _SHORT])
            most -= _SHORT
            sector = self._short_table[sector]
        return b"".join(parts)

    def _long(self, sector: int, most: int) -> bytes:
        """The sectors of a chain, up to so many bytes."""
        parts = []
        while sector < len(self._table) and most > 0:
            part = self._sector(sector)
            if not part:
                break
            parts.append(part)
            most -= len(part)
            sector = self._table[sector]
        return b"".join(parts)

    def _allocation(self) -> list[int]:
        """Of each sector, the one that follows it in its chain."""
        listed = struct.unpack_from(f"<{_IN_FILE}I", self._data, 76)
        per_sector = self._size // 4
        table: list[int] = []
        for sector in (*listed, *self._more_listed(per_sector)):
            if sector < _LAST:
                part = self._sector(sector)
                table.extend(struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4]))
        return table

    def _more_listed(self, per_sector: int) -> Iterator[int]:
        """The sectors of the allocation table that the header has no room for."""
        sector = struct.unpack_from("<I", self._data, 68)[0]
        seen: set[int] = set()
        while sector < _LAST and sector not in seen:
            seen.add(sector)
            part = self._sector(sector)
            if len(part) < self._size:
                return
            *listed, sector = struct.unpack(f"<{per_sector}I", part)
            yield from listed

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]
