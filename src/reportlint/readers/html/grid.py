"""From lines and tables to the text, with the place of every stretch of it.

A line has a blank line around it; a row of a table is a line too, a tab between its fields; white space is collapsed as
browsers do. A cell that spans stands in the first field that it covers, the others are empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from reportlint.readers import spread
from reportlint.readers.html.embedded import Noted
from reportlint.readers.html.markup import WHITE
from reportlint.readers.html.tree import BLOCK, BREAK, Block, Cell, Item, Line, Row, Table, Words
from reportlint.readers.spread import Written
from reportlint.source import Doubt, Span

_RUN = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")
_has_white = re.compile(r"[ \t\n\r\f]").search
_MOST_COVERED = 200_000
"""Fields of a page that are empty since a cell spans over them; from there on no cell spans."""
_NOWHERE = Block(None, None)
_WITHOUT_END = 1 << 40
_OVERLAP = "合并的单元格互相重叠，这一行各数在哪一列不能确定"


class Text:
    """Writes the text, and keeps where every stretch of it came from."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.places: list[int] = []
        self.tables: list[Span] = []
        self.doubts: list[Doubt] = []
        self.length = 0
        self._next = -1  # the place that goes on the last stretch
        self._gap, self._gap_place = 0, 0  # the ends of lines that come before the next text
        self._table_start = 0
        self._covered = 0
        self._rows: list[tuple[list[int], int, int, Span]] = []  # of the table: where cells begin, and the parts
        self._is_spread = False  # whether a blank cell spans in one of them
        self._aside_place = -1
        self.noted: list[Noted] = []

    def write(self, item: Item) -> None:
        if isinstance(item, Table):
            self._table(item)
            return
        if item.asides is not None:
            self._note(item)
        if item.preformatted:
            self._verbatim(item)
        else:
            self._lines((item,))
        self._end_line(item.end, item.gap)

    def finish(self) -> None:
        """The end of the last line."""
        self._gap = min(self._gap, BREAK)
        self._begin_line()

    def _note(self, line: Line) -> None:
        """Where it is that something stands beside the text: in the line, or between it and the next one."""
        in_text = any(text and not text.isspace() for _, text, _ in line.pieces)
        for aside in line.asides or ():
            is_between = self._gap == BLOCK and self.length > 0 and not in_text
            if is_between and self._aside_place < 0:
                self._aside_place = aside.place
            self.noted.append(Noted(aside, self.length + (self._gap if in_text else is_between), in_text))

    def _put(self, text: str, place: int, own: bool) -> None:
        if own or place != self._next:
            self.starts.append(self.length)
            self.places.append(place)
        self.parts.append(text)
        self.length += len(text)
        self._next = place + len(text)

    def _end_line(self, place: int, gap: int) -> None:
        if not self._gap:
            self._gap_place = place
        self._gap = max(self._gap, gap)

    def _begin_line(self) -> None:
        """What comes before text that begins a line."""
        for number in range(self._gap if self.length else 0):
            # What has no text of its own is placed in the blank line that it stands in.
            place = self._aside_place if number and self._aside_place >= 0 else self._gap_place
            self._put("\n", place, True)
        self._gap, self._aside_place = 0, -1
        if self._table_start < 0:
            self._table_start = self.length

    def _table(self, table: Table) -> None:
        self._end_line(table.place, BLOCK)
        self._table_start = -1
        left: list[int] = []
        group = 0
        for row in table.rows:
            if isinstance(row, Row):
                if row.group != group or self._covered >= _MOST_COVERED:
                    group = row.group
                    left.clear()
                self._row(row, left)
            elif isinstance(row, Line):
                self._lines((row,))
                self._end_line(row.end, row.gap)
        if self._table_start >= 0:
            self.tables.append(Span(self._table_start, self.length))
        if self._is_spread:
            self.doubts += spread.doubts(
                Written("".join(self.parts[first:last]).strip("\n").split("\t"), starts, span)
                for starts, first, last, span in self._rows
            )
        self._rows.clear()
        self._is_spread = False
        self._table_start = 0
        self._end_line(table.end, BLOCK)

    def _row(self, row: Row, left: list[int]) -> None:
        """A row; `left` has by column how many rows the cell in it spans, with this one."""
        if row.is_simple and not left:
            self._simple_row(row)
            return
        column, end, start = 0, row.place, self.length
        overlaps = is_spread = False
        starts: list[int] = []
        parts_before = len(self.parts)
        for cell in row.cells:
            while column < len(left) and left[column]:
                self._tab(column, end)
                left[column] -= 1
                column += 1
                self._covered += 1
            self._tab(column, end)
            if left or cell.columns != 1 or cell.rows != 1:
                overlaps |= self._span(cell, left, column)
            starts.append(column)
            start_of_cell = self.length
            self._cell(cell)
            is_spread |= cell.columns > 1 and self.length == start_of_cell
            column += 1
            end = cell.end
        while left and not left[-1]:
            left.pop()
        while column < len(left):
            self._tab(column, end)
            left[column] = max(left[column] - 1, 0)
            column += 1
            self._covered += 1
        if overlaps:
            self.doubts.append(Doubt(Span(start, self.length), _OVERLAP))
        self._is_spread |= is_spread
        self._rows.append((starts, parts_before, len(self.parts), Span(start, self.length)))
        self._end_line(end, BREAK)

    def _span(self, cell: Cell | Words, left: list[int], column: int) -> bool:
        """Notes what a cell covers; whether some of that was covered before."""
        columns, rows = cell.columns, cell.rows or _WITHOUT_END
        if self._covered >= _MOST_COVERED:
            columns = rows = 1
            left[column + 1 :] = []
        stop = column + columns
        left.extend([0] * (stop - len(left)))
        overlaps = any(left[column + 1 : stop])
        for each in range(column, stop):
            left[each] = max(left[each], rows)
        left[column] -= 1
        return overlaps

    def _tab(self, column: int, place: int) -> None:
        if column:
            if self._gap or self._table_start < 0:
                self._begin_line()
            self._put("\t", place, True)

    def _cell(self, cell: Cell | Words) -> None:
        if isinstance(cell, Words):
            self._words(cell)
            return
        lines = [line for line in cell.items if isinstance(line, Line)]
        for line in lines:
            if line.asides is not None:
                self._note(line)
        self._lines(lines)

    def _words(self, cell: Words) -> None:
        text = cell.text
        if text and not text.isspace():
            if self._gap or self._table_start < 0:
                self._begin_line()
            if _has_white(text):
                self._lines((cell.line(_NOWHERE),))
            else:
                self._put(text, cell.place, False)

    def _simple_row(self, row: Row) -> None:
        """The same as `_row` for a row of words, a column each, which nothing spans into."""
        self._begin_line()
        starts, places, parts = self.starts, self.places, self.parts
        length, end = self.length, -1
        for cell in cast(list[Words], row.cells):
            if end >= 0:
                starts.append(length)
                places.append(end)
                parts.append("\t")
                length += 1
            end = cell.end
            text = cell.text
            if text.isdigit() or (text and not _has_white(text) and not text.isspace()):
                starts.append(length)
                places.append(cell.place)
                parts.append(text)
                length += len(text)
            elif text:
                self.length = length
                self._words(cell)
                length = self.length
        self.length, self._next = length, -1
        self._end_line(end, BREAK)

    def _lines(self, lines: Sequence[Line]) -> None:
        """Lines as one, with a space between them."""
        if not any(text and not text.isspace() for line in lines for _, text, _ in line.pieces):
            return
        is_bare = True  # there is no text yet, so that white space is dropped
        space: tuple[int, bool] | None = None
        for line in lines:
            for place, text, made in line.pieces:
                for run in _RUN.finditer(text):
                    if run[0][0] in WHITE:
                        space = space or (place + run.start(), made)
                        continue
                    if is_bare:
                        if self._gap or self._table_start < 0:
                            self._begin_line()
                    elif space:
                        self._put(" ", *space)
                    self._put(run[0], place + run.start(), made)
                    is_bare, space = False, None
            space = space or (line.end, True)

    def _verbatim(self, line: Line) -> None:
        rest = len(line.text.rstrip())
        if not rest:
            return
        self._begin_line()
        for place, text, made in line.pieces:
            if rest > 0:
                self._put(text[:rest], place, made)
            rest -= len(text)
