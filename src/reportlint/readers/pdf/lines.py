"""Characters to lines of text. White space that the typesetter made is not text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from reportlint.readers.pdf.page import Glyph
from reportlint.readers.pdf.paths import Box

_SPACES = frozenset(" \u00a0\u3000")
_SAME_LINE = 0.45
"""Of the larger size: how far apart the middles of two characters of a line may be."""
_WORD_SPACE = 0.2
"""Of the size: the white space between Latin words, at its narrowest."""
_WIDE_SPACE = 1.2
"""Of the size: white space next to a Chinese character that parts what stands on its sides."""
_LEFT = attrgetter("left")
_MOST_REASONS = 3
_FEW = 3
_HOLDING = frozenset("-/.@_=&?")
"""Numbers of telephones and addresses on the net go on behind these."""
_MOST_USUAL = 0.5
_FULL = frozenset("‘’“”…—–·※×")


class Line(NamedTuple):
    """A line of text: each of its characters has a box."""

    text: str
    boxes: list[Box]
    size: float
    page: int
    order: int
    """The number of its first character in what the page draws."""
    top: float
    bottom: float
    reasons: Sequence[str] = ()
    """Why each of its characters is in doubt; nothing where none is."""
    stands_alone: bool = False
    """Whether it is of no paragraph, but of a table that could not be read."""

    @property
    def doubt(self) -> str:
        return doubts(self.reasons) if self.reasons else ""

    @property
    def left(self) -> float:
        return self.boxes[0][0]

    @property
    def right(self) -> float:
        return self.boxes[-1][2]

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def is_chinese(character: str) -> bool:
    """Whether it is set without spaces around it: Chinese characters and full-width punctuation."""
    return character >= "\u2e80" or character in _FULL


def _height(glyph: Glyph) -> float:
    return glyph.top + glyph.bottom


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters by the lines that they stand on, from the top; within each from the left."""
    rows: list[list[Glyph]] = []
    first: Glyph | None = None
    at = 0.0
    for glyph in sorted(glyphs, key=_height):
        down = glyph.top + glyph.bottom
        if first is None or down - at > 2 * _SAME_LINE * max(glyph.size, first.size):
            rows.append([])
            first, at = glyph, down
        rows[-1].append(glyph)
    for row in rows:
        row.sort(key=_LEFT)
    return rows


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """The lines that characters make; nothing of those that are white space alone."""
    return [line for row in rows_of(glyphs) if (line := line_of(row, page)) is not None]


def line_of(row: Sequence[Glyph], page: int) -> Line | None:
    """The line that characters make in this order."""
    text: list[str] = []
    boxes: list[Box] = []
    reasons: list[str] = []
    last: Glyph | None = None
    space = ""
    usual = _usual_gap(row)
    for glyph in row:
        if glyph.text in _SPACES:
            space = space or ("\u3000" if glyph.text == "\u3000" else " ")
            continue
        if last is not None:
            if not space and glyph.left - last.right > _WORD_SPACE * glyph.size and _parts(last, glyph, usual):
                space = " "
            if space:
                text.append(space)
                boxes.append((last.right, last.top, max(last.right, glyph.left), last.bottom))
                reasons.append("")
                space = ""
        else:
            space = ""
        text.append(glyph.text)
        if len(glyph.text) == 1:
            boxes.append(glyph[1:5])
            reasons.append(glyph.doubt)
        else:
            # A ligature is drawn once and stands for several letters.
            boxes.extend([glyph[1:5]] * len(glyph.text))
            reasons.extend([glyph.doubt] * len(glyph.text))
        last = glyph
    if last is None:
        return None
    return Line(
        "".join(text),
        boxes,
        sorted([glyph.size for glyph in row])[len(row) // 2],
        page,
        min([glyph.order for glyph in row]),
        sum([glyph.top for glyph in row]) / len(row),
        sum([glyph.bottom for glyph in row]) / len(row),
        reasons if any(reasons) else (),
    )


def doubts(reasons: Iterable[str]) -> str:
    """Several reasons as one, each once."""
    each = [part for part in dict.fromkeys("；".join(dict.fromkeys(reasons)).split("；")) if part]
    return "；".join(each[:_MOST_REASONS]) + ("；等" if len(each) > _MOST_REASONS else "")


def _usual_gap(row: Sequence[Glyph]) -> float:
    """The white space that a justified or widely set line has between all its Chinese characters."""
    gaps = [
        after.left - before.right
        for before, after in pairwise(row)
        if is_chinese(before.text) and is_chinese(after.text) and after.text not in _SPACES
    ]
    if len(gaps) < _FEW or 2 * len(gaps) < len(row) - 1:
        return 0
    return min(max(min(gaps), 0), _MOST_USUAL * row[0].size)


def _parts(last: Glyph, glyph: Glyph, usual: float) -> bool:
    gap = glyph.left - last.right
    size = min(last.size, glyph.size)
    if gap <= _WORD_SPACE * size:
        return False
    if is_chinese(last.text) or is_chinese(glyph.text):
        return gap > _WIDE_SPACE * size + 2 * usual
    return gap > _WORD_SPACE * size + usual


def between(before: str, after: str) -> str:
    """What stands between two lines that are put together, by the characters on both sides."""
    if not before or not after or is_chinese(before[-1]) or is_chinese(after[0]) or before[-1] in _HOLDING:
        return ""
    return " "
