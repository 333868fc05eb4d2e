"""What stands on a page, as PDFium tells it: characters, rules, coloured areas and pictures, each with its box.

Boxes are in points from the top left corner of the page as it is shown: cropped, turned, upright. PDFium's own idea of
words and lines is not used; the white space that it makes up is dropped.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from math import atan2, hypot, pi
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from reportlint.readers.pdf.notes import notes_of
from reportlint.readers.pdf.paths import Box, Path, paths_of

_INVISIBLE = 3
_SPACES = {" ", "\u00a0", "\u3000"}
_LEAST_WHITE = 250
_LEANING = 0.12
"""In quarters; what leans more than scanned pages do is a watermark, not text."""
_NONE = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF})
_BULLETS = frozenset({0xF06C, 0xF06E, 0xF075, 0xF076, 0xF09F, 0xF0A7, 0xF0A8, 0xF0B2, 0xF0B7, 0xF0D8, 0xF0FC})
"""Signs of symbol fonts that stand before the items of lists."""
_LARGEST = 12.0

LOST = "\ufffd"
UNKNOWN = f"有的字读不出来，写作“{LOST}”"


class Glyph(NamedTuple):
    """A character and its place."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """Of its font, as it is shown."""
    order: int
    """Its number in what the page draws."""
    turned: int = 0
    """Quarters clockwise that it is turned by, on the page as it is shown."""
    doubt: str = ""
    """Why it may be another one, or stand elsewhere."""

    @property
    def across(self) -> float:
        return (self.left + self.right) / 2

    @property
    def down(self) -> float:
        return (self.top + self.bottom) / 2


class Page(NamedTuple):
    """A page and what stands on it."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    paths: list[Path]
    """Rules and areas."""
    pictures: list[Box]
    unseen: list[Glyph]
    """Text that is not drawn, as lies over the picture of a scanned page."""
    outside: int
    """Characters beyond the edges of the page, or white on white."""
    unknown: int
    """Characters of which the file does not say what they are."""
    comments: int
    back: Callable[[Box], Box]
    """From a box on the page as it is shown to left, bottom, right and top in the file."""
    is_recognised: bool = False
    """Whether its text is that of its picture."""


def read_page(document: Any, number: int, depth: int) -> Page:  # noqa: ANN401 - a handle of the library
    """The page of that number, from 1; ValueError where there is none that can be read."""
    handle = pdfium.FPDF_LoadPage(document, number - 1)
    if not handle:
        raise ValueError(number)
    try:
        text = pdfium.FPDFText_LoadPage(handle)
        if not text:
            raise ValueError(number)
        try:
            return _page(handle, text, number, depth)
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(handle)


class Turn:
    """Between places in the file and on the page as it is shown, turned clockwise by so many quarters."""

    def __init__(self, quarters: int, box: Box) -> None:
        self.quarters = quarters
        self._left, self._bottom, self._right, self._top = box
        wide, high = self._right - self._left, self._top - self._bottom
        self.width, self.height = (high, wide) if quarters % 2 else (wide, high)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        if self.quarters == 0:
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        if self.quarters == 1:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if self.quarters == 2:
            return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
        return self._top - top, self._right - right, self._top - bottom, self._right - left

    def back(self, box: Box) -> Box:
        left, top, right, bottom = box
        if self.quarters == 0:
            return left + self._left, self._top - bottom, right + self._left, self._top - top
        if self.quarters == 1:
            return top + self._left, left + self._bottom, bottom + self._left, right + self._bottom
        if self.quarters == 2:
            return self._right - right, top + self._bottom, self._right - left, bottom + self._bottom
        return self._right - bottom, self._top - right, self._right - top, self._top - left


class _Drawn(NamedTuple):
    """A character as the file has it."""

    text: str
    box: Box  # left, bottom, right, top in the file
    size: float
    order: int
    turned: int  # quarters anticlockwise
    is_unseen: bool
    is_white: bool


def _page(handle: Any, text: Any, number: int, depth: int) -> Page:  # noqa: ANN401
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(handle, rect)
    bounds = (rect.left, rect.bottom, rect.right, rect.top)
    drawn = _characters(text)
    directions = Counter(each.turned for each in drawn)
    # A page is read as its text stands upright, however it is shown.
    quarters = directions.most_common(1)[0][0] if directions else pdfium.FPDFPage_GetRotation(handle)
    turn = Turn(quarters % 4, bounds)
    paths, pictures = paths_of(handle, turn.box, depth)
    areas = [path.box for path in paths if not path.is_white and not path.is_stroke] + pictures
    glyphs: list[Glyph] = []
    unseen: list[Glyph] = []
    outside = 0
    for each in drawn:
        quarters = (turn.quarters - each.turned) % 4
        doubt = UNKNOWN if each.text == LOST else ""
        glyph = Glyph(each.text, *turn.box(*each.box), each.size, each.order, quarters, doubt)
        across, down = glyph.across, glyph.down
        if not (0 <= across <= turn.width and 0 <= down <= turn.height) or (
            each.is_white and not any(a[0] <= across <= a[2] and a[1] <= down <= a[3] for a in areas)
        ):
            outside += each.text not in _SPACES
        elif each.is_unseen:
            unseen.append(glyph)
        else:
            glyphs.append(glyph)
    notes = notes_of(handle)
    glyphs = _once(glyphs)
    for field in notes.fields:
        glyphs.extend(_written(field.text, turn.box(*field.box), len(drawn) + len(glyphs)))
    unknown = sum(each.text == LOST for each in drawn)
    return Page(
        number, turn.width, turn.height, glyphs, paths, pictures, unseen, outside, unknown, notes.comments, turn.back
    )


def _written(text: str, box: Box, order: int) -> Iterator[Glyph]:
    """What was written in a field of a form, at its place; how it is set there is not known."""
    left, top, right, bottom = box
    rows = text.splitlines()
    high = (bottom - top) / len(rows)
    for number, row in enumerate(rows):
        if not row:
            continue
        size = min(0.8 * high, (right - left) / len(row), _LARGEST)
        above = top + (number + 0.5) * high - size / 2
        for index, character in enumerate(row):
            start = left + index * size
            yield Glyph(character, start, above, start + size, above + size, size, order + index)
        order += len(row)


def _characters(text: Any) -> list[_Drawn]:  # noqa: ANN401
    """The characters of a page as the file has them."""
    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    found = []
    pending = 0
    for order in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, order)
        if code <= 32 and code and (code != 32 or pdfium.FPDFText_IsGenerated(text, order) == 1):
            continue
        if 0xD800 <= code < 0xDC00:
            pending = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00) if pending else 0xFFFD
            pending = 0
        character = _known(code, text, order)
        pdfium.FPDFText_GetLooseCharBox(text, order, rect)
        pdfium.FPDFText_GetMatrix(text, order, matrix)
        size = pdfium.FPDFText_GetFontSize(text, order) * hypot(matrix.a, matrix.b)
        box = (rect.left, rect.bottom, rect.right, rect.top)
        if max(box[2] - box[0], box[3] - box[1]) > 4 * size:
            # Of fonts that run downwards the loose box comes in units of the font.
            box = _tight(text, order)
        drawn = pdfium.FPDFText_GetTextObject(text, order)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn) if drawn else 0
        white = False
        if pdfium.FPDFText_GetFillColor(text, order, red, green, blue, alpha):
            white = min(red.value, green.value, blue.value) >= _LEAST_WHITE or not alpha.value
        turned = 0
        if matrix.b or matrix.a <= 0:
            quarters = atan2(matrix.b, matrix.a) / (pi / 2)
            turned = round(quarters)
            if abs(quarters - turned) > _LEANING:
                continue
            turned %= 4
        found.append(_Drawn(character, box, size, order, turned, mode == _INVISIBLE, white and mode != 1))
    return found


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


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Characters that were drawn several times in nearly one place, for a bold look, once."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    kept = []
    for glyph in glyphs:
        near = 0.3 * glyph.size
        column, row = int(glyph.left // 8), int(glyph.top // 8)
        twins = (
            twin
            for across in (column - 1, column, column + 1)
            for down in (row - 1, row, row + 1)
            for twin in seen.get((glyph.text, across, down), ())
        )
        if any(abs(twin.left - glyph.left) < near and abs(twin.top - glyph.top) < near for twin in twins):
            continue
        seen.setdefault((glyph.text, column, row), []).append(glyph)
        kept.append(glyph)
    return kept
