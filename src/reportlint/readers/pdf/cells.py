"""What stands in the cells of a table."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from reportlint.readers.pdf.grid import Cell, Grid
from reportlint.readers.pdf.lines import Line, between, line_of, lines_of
from reportlint.readers.pdf.page import Glyph
from reportlint.readers.pdf.paths import Box

_FIGURE = frozenset("0123456789０１２３４５６７８９.,，．%-")
_FIGURES = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?: +-?\d[\d,]*(?:\.\d+)?)+").fullmatch
_HAS_DIGIT = re.compile(r"\d").search
_TOUCHING = 0.12
"""Of the size: characters of a word are no further apart."""
_ON_LINE = 0.15
_FEW = 2
"""Fewer characters stand neither side by side nor one below the other."""

TWO_FIGURES = "单元格里有几个数，不知道哪个是这一格的"


class Filled(NamedTuple):
    """A cell with its text."""

    column: int
    end_column: int
    end_row: int
    lines: tuple[Line, ...]
    page: int
    box: Box
    doubt: str = ""

    @property
    def text(self) -> str:
        text = ""
        for line in self.lines:
            text += between(text, line.text) + line.text
        return text


Row = list[Filled]


def fill(grid: Grid, glyphs: Sequence[Glyph], page: int) -> list[Row]:
    """The rows of a table, each with the cells that begin in it."""
    at = {
        (row, column): number
        for number, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.end_row)
        for column in range(cell.column, cell.end_column)
    }
    held: list[list[Glyph]] = [[] for _ in grid.cells]
    doubts = [""] * len(grid.cells)
    for word in words_of(glyphs):
        first, last = at[_field(grid, word[0])], at[_field(grid, word[-1])]
        numbers = [first] * len(word)
        doubt = ""
        if first != last:
            numbers = [at[_field(grid, glyph)] for glyph in word]
            across = max(set(numbers), key=lambda number: (numbers.count(number), -number))
            numbers = [across] * len(numbers)
            doubt = f"“{''.join(glyph.text for glyph in word)}”压在两个单元格之间的线上"
        elif any(_on_line(grid, grid.cells[numbers[0]], glyph) for glyph in word):
            doubt = f"“{''.join(glyph.text for glyph in word)}”压在单元格的线上"
        for number, glyph in zip(numbers, word, strict=True):
            held[number].append(glyph)
        doubts[numbers[0]] = doubts[numbers[0]] or doubt
    rows: list[Row] = [[] for _ in range(len(grid.rows) - 1)]
    for cell, inside, doubt in zip(grid.cells, held, doubts, strict=True):
        box = (grid.columns[cell.column], grid.rows[cell.row], grid.columns[cell.end_column], grid.rows[cell.end_row])
        lines = tuple(text_of(inside, page))
        filled = Filled(cell.column, cell.end_column, cell.end_row, lines, page, box, doubt)
        if not doubt and _FIGURES(filled.text):
            filled = filled._replace(doubt=TWO_FIGURES)
        rows[cell.row].append(filled)
    for row in rows:
        row.sort(key=lambda filled: filled.column)
    return rows


def _field(grid: Grid, glyph: Glyph) -> tuple[int, int]:
    row = min(max(bisect_right(grid.rows, glyph.down) - 1, 0), len(grid.rows) - 2)
    column = min(max(bisect_right(grid.columns, glyph.across) - 1, 0), len(grid.columns) - 2)
    return row, column


def _on_line(grid: Grid, cell: Cell, glyph: Glyph) -> bool:
    """Whether a figure's middle is so near the side of its cell that it may be of the cell beyond."""
    if glyph.text not in _FIGURE:
        return False
    near = _ON_LINE * glyph.size
    sides = (grid.columns[cell.column], grid.columns[cell.end_column])
    ends = (grid.rows[cell.row], grid.rows[cell.end_row])
    return min(abs(glyph.across - side) for side in sides) < near or min(abs(glyph.down - end) for end in ends) < near


def words_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters that touch each other on a line, in the order in which they were drawn."""
    words: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in sorted(glyphs, key=lambda glyph: glyph.order):
        if (
            last is not None
            and abs(glyph.down - last.down) < 0.3 * glyph.size
            and -0.3 * glyph.size < glyph.left - last.right < _TOUCHING * glyph.size
            and (glyph.text in _FIGURE) == (last.text in _FIGURE)
            and not glyph.text.isspace()
            and not last.text.isspace()
        ):
            words[-1].append(glyph)
        else:
            words.append([glyph])
        last = glyph
    return words


def text_of(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    """The lines of a cell; where characters stand one below the other, the columns."""
    if len(glyphs) < _FEW:
        return lines_of(glyphs, page)
    drawn = sorted(glyphs, key=lambda glyph: glyph.order)
    turned = sum(glyph.turned != 0 for glyph in drawn)
    if turned * 2 > len(drawn):
        return _each(_runs(drawn), page)
    seen = [glyph for glyph in drawn if not glyph.text.isspace()]
    downwards = rightwards = 0
    for before, after in itertools.pairwise(seen):
        if abs(after.across - before.across) < 0.3 * after.size and after.down - before.down > 0.5 * after.size:
            downwards += 1
        elif abs(after.down - before.down) < 0.3 * after.size and after.left > before.left:
            rightwards += 1
    if downwards > rightwards:
        return _each(_runs(drawn), page)
    return lines_of(glyphs, page)


def _runs(drawn: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters in the order in which they were drawn, each upright column by itself."""
    runs: list[list[Glyph]] = []
    for glyph in drawn:
        if runs and abs(runs[-1][-1].across - glyph.across) < 0.5 * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _each(runs: Sequence[Sequence[Glyph]], page: int) -> list[Line]:
    found = []
    for run in runs:
        line = line_of([glyph for glyph in run if not glyph.text.isspace()], page)
        if line is not None:
            found.append(line)
    return found


def has_digit(text: str) -> bool:
    return _HAS_DIGIT(text) is not None
