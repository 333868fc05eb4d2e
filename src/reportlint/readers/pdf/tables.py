"""Tables over page breaks, put together: columns, heads that are repeated, rows that were cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlint.readers.pdf.cells import Filled, Row, has_digit
from reportlint.readers.pdf.lines import is_chinese
from reportlint.readers.pdf.paths import Box

_NEAR = 4.0
"""In points: columns of two pages that are no further apart are one."""
_ORDINAL = re.compile(r"\s*(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、|\d+[.、．])").match
_FIGURE = re.compile(r"[-－—/／]?[\d０-９.,，．%％]*").fullmatch
_ROOM = 1.5
"""Of the size: a line of a cell that leaves no more room is full, and what follows may be the rest of it."""


class Table:
    """A table of the document: its columns, and rows with the cells that begin in each."""

    def __init__(self, columns: Sequence[float], rows: list[Row], box: Box, page: int, doubt: str) -> None:
        self.columns = list(columns)
        self.rows = rows
        self.box = box
        """On the page where it begins."""
        self.page = page
        self.last_page = page
        self.doubt = doubt

    @property
    def width(self) -> int:
        return len(self.columns) - 1

    def goes_on_in(self, other: Table) -> bool:
        """Whether a table that stands on top of the next page is the rest of this one."""
        if other.page != self.last_page + 1 or bool(self.doubt) != bool(other.doubt):
            return False
        if abs((self.columns[-1] - self.columns[0]) - (other.columns[-1] - other.columns[0])) > 2 * _NEAR:
            return False
        shift = self.columns[0] - other.columns[0]
        ours = self.columns
        theirs = [column + shift for column in other.columns]
        fewer, more = (theirs, ours) if len(theirs) <= len(ours) else (ours, theirs)
        return all(any(abs(column - each) <= _NEAR for each in more) for column in fewer)

    def add(self, other: Table) -> None:
        """Takes in the rest of the table, from the next page."""
        shift = self.columns[0] - other.columns[0]
        theirs = [column + shift for column in other.columns]
        if len(theirs) > len(self.columns):
            self._divide(theirs)
        places = [self._nearest(column) for column in theirs]
        rows = [
            [cell._replace(column=places[cell.column], end_column=places[cell.end_column]) for cell in row]
            for row in other.rows
        ]
        rows = rows[self._repeated(rows) :]
        if rows and self.rows:
            self.rows[-1], rest = _handed_up(self.rows[-1], rows[0])
            rows = [*([rest] if rest else []), *rows[1:]]
        self.rows.extend(rows)
        self.last_page = other.last_page

    def _nearest(self, place: float) -> int:
        return min(range(len(self.columns)), key=lambda index: abs(self.columns[index] - place))

    def _divide(self, columns: list[float]) -> None:
        places = [min(range(len(columns)), key=lambda index: abs(columns[index] - at)) for at in self.columns]
        self.rows = [
            [cell._replace(column=places[cell.column], end_column=places[cell.end_column]) for cell in row]
            for row in self.rows
        ]
        self.columns = columns

    def _repeated(self, rows: list[Row]) -> int:
        """How many rows at the beginning of the rest are those at the beginning of the table once more."""
        count = 0
        for first, again in zip(self.rows, rows, strict=False):
            if _words(first) != _words(again):
                break
            count += 1
        head = [cell.text for row in rows[:count] for cell in row]
        return count if any(text and not _FIGURE(text) for text in head) and not any(map(_is_number, head)) else 0


def _words(row: Row) -> list[tuple[int, int, str]]:
    return [(cell.column, cell.end_column, cell.text) for cell in row]


def _is_number(text: str) -> bool:
    return has_digit(text) and bool(_FIGURE(text))


def _handed_up(row: Row, rest: Row) -> tuple[Row, Row]:
    """The last row of a page and the first of the next, with that taken to the first which is of its cells.

    What remains of the second is empty where the page break had cut a row in two.
    """
    below = {cell.column: cell for cell in rest}
    pairs = {
        cell.column: below[cell.column] for cell in row if cell.column in below and _goes_on(cell, below[cell.column])
    }
    if not pairs:
        return row, rest
    row = [cell._replace(lines=cell.lines + pairs[cell.column].lines) if cell.column in pairs else cell for cell in row]
    rest = [cell._replace(lines=()) if cell.column in pairs else cell for cell in rest]
    if not any(cell.lines for cell in rest):
        return row, []
    above = {cell.column: cell for cell in row}
    is_bare = all(
        not cell.lines or (_is_number(cell.text) and cell.column in above and not above[cell.column].lines)
        for cell in rest
    )
    if not is_bare:
        return row, rest
    # The figures stand lower than the beginning of their label, and so behind the break.
    left = {cell.column: cell for cell in rest if cell.lines}
    return [left[cell.column]._replace(end_column=cell.end_column) if cell.column in left else cell for cell in row], []


def _goes_on(cell: Filled, after: Filled) -> bool:
    """Whether a cell on top of a page is the rest of a label: the line above is full, and no number begins it."""
    if cell.end_column != after.end_column or not cell.lines or not after.lines:
        return False
    if _FIGURE(cell.text) or _FIGURE(after.text) or _ORDINAL(after.text):
        return False
    last = cell.lines[-1]
    margin = min(cell.lines[0].left - cell.box[0], 0.5 * last.size)
    return cell.box[2] - margin - last.right <= _ROOM * last.size


def is_label(text: str) -> bool:
    """Whether words stand there and no figure."""
    return any(is_chinese(character) or character.isalpha() for character in text)
