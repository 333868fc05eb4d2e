"""A table: its cells in their rows and columns, whatever spans what."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reportlint.readers.docx import names
from reportlint.readers.docx.names import w
from reportlint.readers.docx.pictures import chosen
from reportlint.readers.docx.story import Reading
from reportlint.readers.docx.styles import is_on, number

_GRID_BEFORE, _GRID_AFTER, _HIDDEN = w("gridBefore"), w("gridAfter"), w("hidden")
_GRID_SPAN, _V_MERGE, _H_MERGE, _CELL_MERGE, _CELL_DEL, _CELL_INS = (
    w(name) for name in ("gridSpan", "vMerge", "hMerge", "cellMerge", "cellDel", "cellIns")
)
_ROWS, _CELLS = frozenset((names.TR,)), frozenset((names.TC,))
_AROUND = frozenset((names.SDT, names.SDT_CONTENT, names.CUSTOM_XML, names.SMART_TAG, names.INS, names.MOVE_TO))
_NARROW = 120
"""Two millimetres: no cell with text is as narrow."""
_UNEVEN = "这一行的格子数和表格的其他行对不上"
_ASKEW = "这一行里有一格和上面合并的格子宽度不一样"


class Cell(NamedTuple):
    element: Element
    start: int
    """The first column that it covers, from 0."""
    span: int
    is_covered: bool
    """Whether it goes on the cell above or the one before it, and is not shown."""
    doubt: str = ""


class Row(NamedTuple):
    number: int
    """Which row of the table, from 1, those counted that were taken out and can still be seen."""
    cells: tuple[Cell, ...]
    width: int
    """Columns, with those that are left out before and behind its cells."""
    end: int
    """The column behind its last cell."""
    is_revised: bool
    """Whether it was put in, and not yet accepted."""


class Table(NamedTuple):
    rows: tuple[Row, ...]
    revisions: int
    """Rows and cells that were put in or taken out and not yet accepted."""
    hidden: int
    """Rows that are not shown."""
    widths: tuple[int, ...]
    """Of the columns, in twentieths of a point; 0 where it is not said."""


def inside(element: Element, tags: frozenset[str], reading: Reading) -> list[Element]:
    """The elements with these tags, through all that may stand around them."""
    found: list[Element] = []
    waiting = [iter(element)]
    while waiting:
        for child in waiting[-1]:
            tag = child.tag
            if tag in tags:
                found.append(child)
            elif tag in _AROUND or tag == names.ALTERNATE:
                waiting.append(iter(child if tag in _AROUND else chosen(child)))
                reading.check(len(waiting))
                break
        else:
            waiting.pop()
    return found


class _Properties(NamedTuple):
    span: int = 1
    down: bool | None = None
    """None where it is not merged; whether it goes on the cell above."""
    across: bool = False
    """Whether it goes on the cell before it."""
    is_deleted: bool = False
    is_revised: bool = False


_PLAIN = _Properties()


def _properties(cell: Element) -> _Properties:
    given = cell[0] if len(cell) and cell[0].tag == names.TCPR else cell.find(names.TCPR)
    if given is None:
        return _PLAIN
    span, down, across, is_deleted, is_revised = 1, None, False, False, False
    for each in given:
        tag = each.tag
        if tag == _GRID_SPAN:
            span = max(number(each, 1), 1)
        elif tag == _V_MERGE:
            down = each.get(names.VAL) != "restart"
        elif tag == _H_MERGE:
            across = each.get(names.VAL) != "restart"
        elif tag == _CELL_MERGE:
            # "rest" begins what is merged, "cont" goes on with it.
            down, is_revised = each.get(w("vMerge")) == "cont", True
        elif tag == _CELL_DEL:
            is_deleted = is_revised = True
        elif tag == _CELL_INS:
            is_revised = True
    return _Properties(span, down, across, is_deleted, is_revised)


def shape(element: Element, reading: Reading) -> Table:
    """The cells of a `w:tbl`."""
    widths = tuple(_width(each) for each in element.iterfind(f"{w('tblGrid')}/{w('gridCol')}"))
    rows: list[Row] = []
    merged: dict[int, int] = {}
    revisions = hidden = count = 0
    for row in inside(element, _ROWS, reading):
        before, after, is_revised, is_gone, is_hidden = _row_properties(row)
        revisions += is_revised
        hidden += is_hidden
        count += not is_hidden
        if is_gone or is_hidden:
            continue
        cells: list[Cell] = []
        column = before
        reading.count_cells(before + after)
        above, merged = merged, {}
        is_askew = False
        for cell in inside(row, _CELLS, reading):
            given = _properties(cell)
            revisions += given.is_revised and not is_revised
            if given.is_deleted:
                continue
            reading.count_cells(given.span)
            is_covered = given.across and bool(cells)
            if given.down is not None:
                merged[column] = given.span
                if given.down and column in above:
                    is_covered = True
                    ends = sorted((column + above[column], column + given.span))
                    is_askew = is_askew or not (ends[0] == ends[1] or _is_narrow(widths[slice(*ends)]))
            cells.append(Cell(cell, column, given.span, is_covered))
            column += given.span
        made = Row(count, tuple(cells), column + after, column, is_revised)
        rows.append(_in_doubt(made, _ASKEW) if is_askew else made)
    return Table(_doubted(tuple(rows), len(widths)), revisions, hidden, widths)


def _is_narrow(widths: tuple[int, ...]) -> bool:
    return 0 < sum(widths) < _NARROW and min(widths) > 0


def _width(column: Element) -> int:
    try:
        return max(int(column.get(w("w"), "0")), 0)
    except ValueError:
        return 0


def _row_properties(row: Element) -> tuple[int, int, bool, bool, bool]:
    """Columns before and behind the cells, and whether the row is revised, taken out, hidden."""
    given = row.find(names.TRPR)
    if given is None:
        return 0, 0, False, False, False
    before, after = (max(number(given.find(name)), 0) for name in (_GRID_BEFORE, _GRID_AFTER))
    is_gone = given.find(names.DEL) is not None
    is_revised = is_gone or given.find(names.INS) is not None
    return before, after, is_revised, is_gone, bool(is_on(given.find(_HIDDEN)))


def _doubted(rows: tuple[Row, ...], grid: int) -> tuple[Row, ...]:
    """The rows; one that is not as wide as the table is in doubt."""
    widths = Counter(row.width for row in rows if row.cells)
    if len(widths) < 2:
        return rows
    usual = grid if grid in widths else widths.most_common(1)[0][0]
    return tuple(row if row.width == usual else _in_doubt(row, _UNEVEN) for row in rows)


def _in_doubt(row: Row, reason: str) -> Row:
    return row._replace(cells=tuple(cell._replace(doubt=cell.doubt or reason) for cell in row.cells))


def columns(table: Table) -> dict[int, int]:
    """Which field of the text each column of the table is, for those in which a cell begins.

    Columns in which none does are no fields. Nor are those that came about where a line was not drawn straight:
    they are too narrow for a character, and no cell is as narrow.
    """
    cells = {(cell.start, cell.start + cell.span) for row in table.rows for cell in row.cells}
    made: dict[int, int] = {}
    first, field = 0, -1
    for start in sorted({start for start, _ in cells}):
        is_narrow = field >= 0 and _is_narrow(table.widths[first:start])
        if not is_narrow or any((begin, start) in cells for begin in range(first, start)):
            first, field = start, field + 1
        made[start] = field
    return made
