"""What stands on a sheet: paragraphs and tables.

A row with one cell is a paragraph, rows with several make a table. A blank row ends a table. Within one, a row may have
one cell, too: the title over some of its rows, or a label whose figures are missing. Where a sheet has borders,
they tell the cells of a table; where it has none, a row counts to the table unless its cell is as wide as that, or has
a sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from reportlint.errors import ReadError
from reportlint.readers.packed import damaged
from reportlint.readers.xlsx.sheets import Cell, Merge, Place, Sheet

_SENTENCE = frozenset("。；！？：")
_FEWEST_BORDERED = 2
_MOST_STEPS = 20_000_000


class Field(NamedTuple):
    """A cell of a table: its place, and what it holds."""

    place: Place
    cell: Cell


class Block(NamedTuple):
    """A paragraph, which is one field, or the rows of a table."""

    rows: tuple[tuple[Field | None, ...], ...]
    """None is a field that a cell covers which stands elsewhere."""
    is_table: bool


class _Row(NamedTuple):
    """A row that is shown: the columns of its cells with text, and what else tells that it is of a table."""

    number: int
    columns: tuple[int, ...]
    is_bordered: bool
    is_covered: bool
    """Whether a cell that begins above reaches into it."""


class Shown:
    """The rows, columns and cells of a sheet that are shown."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.cells = dict(sheet.cells)
        self.merges: dict[Place, Merge] = {}
        """The merged cells with text, by the place where they are shown."""
        self.left_out = 0
        """Cells with text that are not shown."""
        self._steps = 0
        for merge in sheet.merges:
            self._merge(merge)
        self._rows: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            if row in sheet.hidden_rows or column in sheet.hidden_columns:
                self.left_out += bool(self.cells[row, column].text)
            else:
                self._rows.setdefault(row, []).append(column)
        self._tops: list[int] = []
        self._bottoms: list[int] = []
        """Of merged cells in order: the first row, and the last that any of them has reached so far."""
        for top, bottom in sorted((merge.top, merge.bottom) for merge in self.merges.values()):
            self._tops.append(top)
            self._bottoms.append(max(bottom, self._bottoms[-1] if self._bottoms else 0))

    def rows(self) -> Iterator[_Row]:
        """The rows with text or borders, in order."""
        bordered = self.sheet.bordered
        for number in sorted({*self._rows, *(row for row in bordered if row not in self.sheet.hidden_rows)}):
            columns = tuple(self._rows.get(number, ()))
            yield _Row(number, columns, bordered.get(number, 0) >= _FEWEST_BORDERED, self.is_covered(number))

    def is_covered(self, row: int) -> bool:
        """Whether a cell with text that begins above reaches into a row."""
        index = bisect_left(self._tops, row)
        return index > 0 and self._bottoms[index - 1] >= row

    def separates(self, above: int, below: int) -> bool:
        """Whether a blank row is shown between two."""
        hidden = self.sheet.hidden_rows
        return any(row not in hidden and not self.is_covered(row) for row in range(above + 1, below))

    def _merge(self, merge: Merge) -> None:
        """A merged cell is shown in the first of its rows and columns that is; what it covers is not."""
        cell = self.cells.get((merge.top, merge.left))
        for place in self._within(merge):
            del self.cells[place]
        if cell is None:
            return
        top, left = merge.top, merge.left
        while top < merge.bottom and top in self.sheet.hidden_rows:
            top += 1
        while left < merge.right and left in self.sheet.hidden_columns:
            left += 1
        self._count(top - merge.top + left - merge.left)
        self.cells[top, left] = cell
        self.merges[top, left] = merge

    def _within(self, merge: Merge) -> list[Place]:
        """The places of the cells that a merged one covers, its own among them."""
        rows, columns = range(merge.top, merge.bottom + 1), range(merge.left, merge.right + 1)
        if len(rows) * len(columns) < len(self.cells):
            self._count(len(rows) * len(columns))
            return [place for place in product(rows, columns) if place in self.cells]
        self._count(len(self.cells))
        return [(row, column) for row, column in self.cells if row in rows and column in columns]

    def _count(self, steps: int) -> None:
        """In a sheet that programs make, merged cells do not overlap, so that few steps are enough for all."""
        self._steps += steps
        if self._steps > _MOST_STEPS:
            raise damaged(f"工作表“{self.sheet.name}”合并的单元格太多、太大")


def blocks(shown: Shown, most: int) -> Iterator[Block]:
    """The paragraphs and tables of a sheet; ReadError where a table has more fields than are read."""
    for region in _regions(shown):
        has_borders = any(row.is_bordered for row in region)
        several = [index for index, row in enumerate(region) if len(row.columns) > 1]
        table: list[_Row] = []
        for index, row in enumerate(region):
            inside = bool(several) and several[0] <= index <= several[-1]
            if len(row.columns) > 1 or _is_of_table(shown, row, region, has_borders=has_borders, inside=inside):
                table.append(row)
                continue
            yield from _table(shown, table, most)
            table = []
            yield from _paragraphs(shown, row)
        yield from _table(shown, table, most)


def _regions(shown: Shown) -> Iterator[list[_Row]]:
    """Rows without a blank one between them."""
    region: list[_Row] = []
    for row in shown.rows():
        if not row.columns and not row.is_bordered and not row.is_covered:
            continue
        if region and shown.separates(region[-1].number, row.number):
            yield region
            region = []
        region.append(row)
    if region:
        yield region


def _is_of_table(shown: Shown, row: _Row, region: Sequence[_Row], *, has_borders: bool, inside: bool) -> bool:
    """Whether a row with one cell or none is a row of the table that is in its region."""
    if has_borders:
        return row.is_bordered
    if not row.columns:
        return inside or row.is_covered
    place = (row.number, row.columns[0])
    if _SENTENCE & set(shown.cells[place].text):
        return False
    if inside:
        return True
    # Behind the last row with several cells: a label whose figures are missing, unless it is as wide as the table.
    first = min(column for each in region for column in each.columns)
    behind = any(len(each.columns) > 1 and each.number < row.number for each in region)
    return behind and row.columns[0] == first and place not in shown.merges


def _paragraphs(shown: Shown, row: _Row) -> Iterator[Block]:
    for column in row.columns:
        place = (row.number, column)
        yield Block(((Field(place, shown.cells[place]),),), is_table=False)


def _table(shown: Shown, rows: Sequence[_Row], most: int) -> Iterator[Block]:
    """The table of some rows; without columns in which no cell begins."""
    while rows and not rows[0].columns:
        rows = rows[1:]
    while rows and not rows[-1].columns:
        rows = rows[:-1]
    if not rows:
        return
    columns = sorted({column for row in rows for column in row.columns})
    if len(columns) == 1:
        for row in rows:
            yield from _paragraphs(shown, row)
        return
    if len(rows) * len(columns) > most:
        raise ReadError("too-large", f"表格的单元格超过 limits.cells 的上限 {most} 个，没有检查")
    made = tuple(tuple(_fields(shown, row, columns)) for row in rows)
    yield Block(made, is_table=True)


def _fields(shown: Shown, row: _Row, columns: Sequence[int]) -> Iterator[Field | None]:
    filled = set(row.columns)
    covered = 0
    for column in columns:
        place = (row.number, column)
        if column in filled:
            yield Field(place, shown.cells[place])
            covered = shown.merges[place].right if place in shown.merges else column
        elif column <= covered:
            yield None
        else:
            yield Field(place, Cell(""))
