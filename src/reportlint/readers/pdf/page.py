"""What stands on a page: characters, rules, coloured areas and pictures, each with its box.

Boxes are in points from the top left corner of the page, cropped, and turned so that its text is upright.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from reportlint.readers.pdf.characters import LOST, characters_of
from reportlint.readers.pdf.notes import notes_of
from reportlint.readers.pdf.paths import Box, Path, paths_of
from reportlint.readers.pdf.turn import Turn

_SPACES = frozenset(" \u00a0\u3000")
_LARGEST = 12.0
_PATCH = 24.0

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


def read_page(document: Any, number: int, depth: int, most: int = 1 << 30) -> Page:  # noqa: ANN401 - a handle
    """The page of that number, from 1; ValueError where there is none that can be read.

    OverflowError has the number of its characters, where these are more than `most`.
    """
    handle = pdfium.FPDF_LoadPage(document, number - 1)
    if not handle:
        raise ValueError(number)
    try:
        text = pdfium.FPDFText_LoadPage(handle)
        if not text:
            raise ValueError(number)
        try:
            count = pdfium.FPDFText_CountChars(text)
            if count > most:
                raise OverflowError(count)
            return _page(handle, text, number, depth)
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(handle)


def _page(handle: Any, text: Any, number: int, depth: int) -> Page:  # noqa: ANN401
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(handle, rect)
    drawn = characters_of(text)
    directions = Counter([look.turned for _, _, _, look in drawn])
    # A page is read as its text stands upright, however it is shown.
    main = directions.most_common(1)[0][0] if directions else pdfium.FPDFPage_GetRotation(handle) % 4
    turn = Turn(main, (rect.left, rect.bottom, rect.right, rect.top))
    paths, pictures = paths_of(handle, turn.box, depth)
    areas = [path.box for path in paths if not path.is_white and not path.is_stroke] + pictures
    glyphs: list[Glyph] = []
    unseen: list[Glyph] = []
    outside = unknown = 0
    place, width, height = turn.box, 2 * turn.width, 2 * turn.height
    for character, (x, y, to_x, to_y), order, look in drawn:
        left, top, right, bottom = place(x, y, to_x, to_y)
        doubt = ""
        if character == LOST:
            doubt = UNKNOWN
            unknown += 1
        glyph = Glyph(character, left, top, right, bottom, look.size, order, (main - look.turned) % 4, doubt)
        if not (0 <= left + right <= width and 0 <= top + bottom <= height) or (
            look.is_white and not _is_over(glyph, areas)
        ):
            outside += character not in _SPACES
        elif look.is_unseen:
            unseen.append(glyph)
        else:
            glyphs.append(glyph)
    notes = notes_of(handle)
    glyphs = _once(glyphs)
    for field in notes.fields:
        glyphs.extend(_written(field.text, turn.box(*field.box), len(drawn) + len(glyphs)))
    return Page(
        number, turn.width, turn.height, glyphs, paths, pictures, unseen, outside, unknown, notes.comments, turn.back
    )


def _is_over(glyph: Glyph, areas: Sequence[Box]) -> bool:
    x, y = glyph.across, glyph.down
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in areas)


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


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Characters that were drawn several times in nearly one place, for a bold look, once."""
    seen: dict[tuple[str, float, float], list[Glyph]] = {}
    kept = []
    for glyph in glyphs:
        text, left, top = glyph.text, glyph.left, glyph.top
        near = 0.3 * glyph.size
        if any(
            abs(twin.left - left) < near and abs(twin.top - top) < near
            for across in {(left - near) // _PATCH, (left + near) // _PATCH}
            for down in {(top - near) // _PATCH, (top + near) // _PATCH}
            for twin in seen.get((text, across, down), ())
        ):
            continue
        seen.setdefault((text, left // _PATCH, top // _PATCH), []).append(glyph)
        kept.append(glyph)
    return kept
