"""OLE files, in which old office programs keep their documents: which streams there are, and their first bytes.

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
_HEAD = 4_096
_IN_FILE = 109
"""So many sectors of the allocation table are listed in the header."""


class Ole:
    """The streams of an OLE file by name; of a damaged one those that can be found."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._streams: dict[str, tuple[int, int]] = {}
        self.storages: set[str] = set()
        if not data.startswith(SIGNATURE) or len(data) < _HEADER:
            return
        shift, mini = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini != 6:
            return
        self._size = 1 << shift
        self._table = self._allocation()
        directory = b"".join(self._chain(struct.unpack_from("<I", data, 48)[0], _MOST_ENTRIES * _ENTRY))
        self._mini_stream = -1
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            self._add(directory[place : place + _ENTRY])

    def __contains__(self, name: object) -> bool:
        return name in self._streams or name in self.storages

    def head(self, name: str) -> bytes:
        """The first bytes of a stream; none of a short one, which the file keeps among others."""
        start, size = self._streams.get(name, (0, 0))
        if size < _HEAD:
            return b""
        return b"".join(self._chain(start, _HEAD))[:_HEAD]

    def _add(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        if kind not in (1, 2) or not 2 <= length <= 64:
            return
        name = entry[: length - 2].decode("utf-16-le", "replace")
        if kind == 1:
            self.storages.add(name)
        else:
            start, size = struct.unpack_from("<II", entry, 116)
            self._streams.setdefault(name, (start, size))

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

    def _chain(self, sector: int, most: int) -> Iterator[bytes]:
        """The sectors of a chain, up to so many bytes."""
        while sector < len(self._table) and most > 0:
            part = self._sector(sector)
            if not part:
                return
            yield part
            most -= len(part)
            sector = self._table[sector]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]
