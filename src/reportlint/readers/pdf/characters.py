"""The characters of a page, one by one as PDFium tells them, each with its place in the file.

PDFium's own idea of words and lines is not used; the white space that it makes up is dropped.
"""

from __future__ import annotations

import ctypes
from math import atan2, hypot, pi
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from reportlint.readers.pdf.paths import Box

_OUTLINED = 1
_INVISIBLE = 3
_LEAST_WHITE = 250
_LEANING = 0.12
"""In quarters; what leans more than scanned pages do is a watermark, not text."""
_NONE = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF})
_BULLETS = frozenset({0xF06C, 0xF06E, 0xF075, 0xF076, 0xF09F, 0xF0A7, 0xF0A8, 0xF0B2, 0xF0B7, 0xF0D8, 0xF0FC})
"""Signs of symbol fonts that stand before the items of lists."""
_HYPHEN = 2
"""What PDFium puts for a hyphen at the end of a line."""

LOST = "\ufffd"


class Look(NamedTuple):
    """How characters look that are drawn together."""

    size: float
    turned: int
    """Quarters anticlockwise."""
    is_unseen: bool
    is_white: bool


Drawn = tuple[str, Box, int, Look]
"""A character, its left, bottom, right and top in the file, its number in what is drawn, and its look."""


def characters_of(text: Any) -> list[Drawn]:  # noqa: ANN401 - a handle of the library
    """The characters of a page; those that lean are left out."""
    unicode_of, box_of, object_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetTextObject,
    )
    rect = pdfium.FS_RECTF()
    found: list[Drawn] = []
    last = pending = 0
    look: Look | None = None
    most = 0.0
    for order in range(pdfium.FPDFText_CountChars(text)):
        code = unicode_of(text, order)
        if code <= 32:
            if code == _HYPHEN or pdfium.FPDFText_IsHyphen(text, order) == 1:
                code = ord("-")
            elif code and (code != 32 or pdfium.FPDFText_IsGenerated(text, order) == 1):
                continue
        elif 0xD800 <= code < 0xE000:
            if code < 0xDC00:
                pending = code
                continue
            code = 0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00) if pending else 0xFFFD
            pending = 0
        drawn = object_of(text, order)
        here = ctypes.addressof(drawn.contents) if drawn else 0
        if here != last or not here:
            last = here
            look = _look(text, order, drawn)
            most = 4 * look.size if look is not None else 0
        if look is None:
            continue
        box_of(text, order, rect)
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        box = (left, bottom, right, top)
        if right - left > most or top - bottom > most:
            # Of fonts that run downwards the loose box comes in units of the font.
            box = _tight(text, order)
        found.append((_known(code, text, order), box, order, look))
    return found


def _look(text: Any, order: int, drawn: Any) -> Look | None:  # noqa: ANN401
    """How the characters look that are drawn together with one; None for those that lean."""
    matrix = pdfium.FS_MATRIX()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetMatrix(text, order, matrix)
    size = pdfium.FPDFText_GetFontSize(text, order) * hypot(matrix.a, matrix.b)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn) if drawn else 0
    white = False
    if pdfium.FPDFText_GetFillColor(text, order, red, green, blue, alpha):
        white = min(red.value, green.value, blue.value) >= _LEAST_WHITE or not alpha.value
    turned = 0
    if matrix.b or matrix.a <= 0:
        quarters = atan2(matrix.b, matrix.a) / (pi / 2)
        turned = round(quarters) % 4
        if abs(quarters - round(quarters)) > _LEANING:
            return None
    return Look(size, turned, mode == _INVISIBLE, white and mode != _OUTLINED)


def _known(code: int, text: Any, order: int) -> str:  # noqa: ANN401
    """The character of a code; `LOST` for one that the file does not tell."""
    if code in _BULLETS:
        return "•"
    if code in _NONE or 0xE000 <= code < 0xF900 or code >= 0xF0000:
        return LOST
    return LOST if pdfium.FPDFText_HasUnicodeMapError(text, order) == 1 else chr(code)


def _tight(text: Any, order: int) -> Box:  # noqa: ANN401
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, order, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value
