"""What a file would come to when it is unpacked, reckoned before the library unpacks it.

PDFium knows no limits to what it unpacks or draws. Most files are plainly small and are read in this process; one that
may grow is read in another, which has limits (`apart`).
"""

from __future__ import annotations

import re
import zlib

from reportlint.errors import ReadError
from reportlint.readers.reader import Limits

_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_OTHER = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL|ASCII85Decode|A85|ASCIIHexDecode|AHx|Crypt)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_NOT_DRAWN = re.compile(rb"/(?:Length1|Length2|Length3|ObjStm|XRef|Metadata|CMap|N|CIDFontType0C|Type1C|OpenType)\b")
_DRAW = re.compile(rb"Do")
_LONG_ARRAY = re.compile(rb"/Contents\s*\[[^\]]{600}")
_HEAD = 4096
"""In bytes: so much before a stream is looked at for what it says of it."""
_CHUNK = 1 << 20
_LIGHT = 1 << 21
"""Bytes of one stream of drawing that may be drawn without ado; all of them together, eight times as many."""
_MOST_TIMES = 1 << 40
_MOST_DEFLATED = 1032
"""How much a byte of deflate can come to."""
_OBJECTS = b"ObjStm"


class _Drawing:
    """How much a file draws, at most."""

    def __init__(self) -> None:
        self.total = self.largest = self.largest_form = self.draws = 0
        self.times = 1

    def add(self, size: int, draws: int, is_form: bool) -> None:
        self.total += size
        self.largest = max(self.largest, size)
        self.draws += draws
        if is_form:
            self.largest_form = max(self.largest_form, size)
            self.times = min(self.times * max(draws, 1), _MOST_TIMES)

    @property
    def is_heavy(self) -> bool:
        """Whether it may be much: forms draw forms, so that a few of them may be drawn without end."""
        most = self.total + self.draws * self.times * self.largest_form
        return self.largest > _LIGHT or most > 8 * _LIGHT


def is_heavy(data: bytes, limits: Limits) -> bool:
    """Whether a file may need much memory or time; ReadError where its streams unpack to more than is allowed.

    Pictures do not count: they are not unpacked.
    """
    drawing = _Drawing()
    heavy = b"/Encrypt" in data or _LONG_ARRAY.search(data) is not None
    left = limits.unpacked_bytes
    unasked = left // 2 // _MOST_DEFLATED
    end = 0
    for match in _STREAM.finditer(data):
        if match.start() < end or data[match.start() - 3 : match.start()] == b"end":
            continue
        head = data[max(match.start() - _HEAD, end) : match.start()]
        head = head[max(head.rfind(b" obj"), 0) :]
        if _IMAGE.search(head):
            continue
        if _OTHER.search(head):
            heavy = True
            continue
        is_drawn = _NOT_DRAWN.search(head) is None
        layers = len(_FLATE.findall(head))
        if not is_drawn and layers == 1 and _OBJECTS not in head:
            size = data.find(b"endstream", match.end()) - match.end()
            if 0 <= size <= unasked:
                # Fonts mostly: even if they were nothing but zeros, so few come to little.
                unasked -= size
                left -= size * _MOST_DEFLATED
                end = match.end() + size
                continue
        unpacked = _Unpacked(layers, _DRAW if is_drawn else _LONG_ARRAY)
        used = unpacked.read(data, match.end(), left)
        end = match.end() + used
        left -= unpacked.size
        if left < 0:
            words = f"解压后超过 limits.unpacked-bytes 的上限 {limits.unpacked_bytes} 字节，没有检查"
            raise ReadError("too-large", words)
        if is_drawn:
            drawing.add(unpacked.size, unpacked.found, _FORM.search(head) is not None)
        else:
            heavy = heavy or unpacked.found > 0
    return heavy or drawing.is_heavy


class _Unpacked:
    """A stream unpacked in pieces; none of them is kept."""

    def __init__(self, layers: int, sought: re.Pattern[bytes]) -> None:
        self.size = 0
        """All that it is packed in taken together."""
        self.found = 0
        """How often the pattern is in it."""
        self._sought = sought
        self._layers = [zlib.decompressobj() for _ in range(layers)]

    def read(self, data: bytes, start: int, most: int) -> int:
        """Unpacks a stream as far as it goes, or somewhat more than `most`; how many bytes of the data it has."""
        if not self._layers:
            end = data.find(b"endstream", start)
            end = len(data) if end < 0 else end
            self._take(data[start:end])
            return end - start
        used = 0
        while start + used < len(data) and not self._layers[0].eof and self.size <= most:
            piece = data[start + used : start + used + _CHUNK]
            try:
                self._through(0, piece, most)
            except zlib.error:
                break
            used += len(piece) - len(self._layers[0].unused_data)
        return used

    def _through(self, layer: int, piece: bytes, most: int) -> None:
        """Takes a piece through a layer and all within it, in steps of bounded size."""
        if layer == len(self._layers):
            self._take(piece)
            return
        packed = self._layers[layer]
        while piece and not packed.eof and self.size <= most:
            out = packed.decompress(piece, _CHUNK)
            if layer + 1 < len(self._layers):
                self.size += len(out)
            self._through(layer + 1, out, most)
            piece = packed.unconsumed_tail

    def _take(self, piece: bytes) -> None:
        self.size += len(piece)
        self.found += sum(1 for _ in self._sought.finditer(piece))
