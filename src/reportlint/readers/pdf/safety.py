"""What a file would come to if it were unpacked: asked before the library unpacks it."""

from __future__ import annotations

import re
import zlib

from reportlint.errors import ReadError
from reportlint.readers.reader import Limits

_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_DICTIONARY = 4096
"""In bytes: so much before a stream is looked at for what it says of it."""
_CHUNK = 1 << 20


def check_unpacked(data: bytes, limits: Limits) -> None:
    """ReadError where the streams of a file, without its pictures, come to more than is unpacked."""
    left = limits.unpacked_bytes
    end = 0
    for match in _STREAM.finditer(data):
        if match.start() < end:
            continue
        head = data[max(match.start() - _DICTIONARY, end) : match.start()]
        head = head[head.rfind(b" obj") :]
        layers = len(_FLATE.findall(head))
        if not layers or _IMAGE.search(head):
            continue
        size, used = _unpacked(data, match.end(), layers, left)
        left -= size
        end = match.end() + used
        if left < 0:
            words = f"解压后超过 limits.unpacked_bytes 的上限 {limits.unpacked_bytes} 字节，没有检查"
            raise ReadError("too-large", words)


def _unpacked(data: bytes, start: int, layers: int, most: int) -> tuple[int, int]:
    """How many bytes a stream comes to, all that it is packed in taken together, and how many it has itself."""
    total = used = 0
    chain = [zlib.decompressobj() for _ in range(layers)]
    view = memoryview(data)
    while start + used < len(data) and not chain[0].eof and total <= most:
        piece: bytes = bytes(view[start + used : start + used + _CHUNK])
        try:
            total += _through(chain, piece, most - total + 1)
        except zlib.error:
            break
        used += len(piece) - len(chain[0].unused_data)
    return total, used


def _through(chain: list[zlib._Decompress], piece: bytes, most: int) -> int:
    """Takes a piece through all layers in steps of bounded size; how many bytes came of it, in all layers."""
    total = 0
    first, rest = chain[0], chain[1:]
    while piece and total <= most:
        out = first.decompress(piece, _CHUNK)
        total += len(out)
        if rest and out:
            total += _through(rest, out, most - total)
        piece = first.unconsumed_tail
        if first.eof:
            break
    return total
