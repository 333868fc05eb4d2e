"""Tables without rules: their rows and columns inferred from what stands above what. All of it is in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from reportlint.readers.pdf.cells import Filled, Row
from reportlint.readers.pdf.lines import Line
from reportlint.readers.pdf.paths import Box
from reportlint.readers.pdf.tables import Table, is_label

INFERRED = "表格没有边框，行列是按位置推断的"

_GAP = 1.2
"""Of the size: the white space between what stands in two columns, at its narrowest."""
_LEAST_ROWS = 2
_FIGURE = re.compile(r"[-－—/／]?[\d０-９.,，．%％]*").fullmatch
_APART = 3.5
"""Of the size: how far apart the lines of a table may be."""


def parts_of(line: Line) -> list[Line]:
    """A line parted where wide white space stands."""
    parts: list[Line] = []
    start, end = 0, -1
    for index, character in enumerate(line.text):
        if character in " \u3000":
            continue
        if end >= 0 and line.boxes[index][0] - line.boxes[end][2] > _GAP * line.size:
            parts.append(_part(line, start, end + 1))
            start = index
        end = index
    parts.append(_part(line, start, end + 1))
    return parts


def _part(line: Line, start: int, end: int) -> Line:
    return line._replace(text=line.text[start:end], boxes=line.boxes[start:end], reasons=line.reasons[start:end])


def aligned(lines: Sequence[Line]) -> list[Line | Table]:
    """The lines of a page, tables made of those that stand in columns."""
    found: list[Line | Table] = []
    parted = [parts_of(line) for line in lines]
    index = 0
    while index < len(lines):
        end = _end_of_run(lines, parted, index)
        table = _table(parted[index:end]) if end - index >= _LEAST_ROWS else None
        if table is None:
            found.append(lines[index])
            index += 1
        else:
            found.append(table)
            index = end
    return found


def _end_of_run(lines: Sequence[Line], parted: Sequence[Sequence[Line]], start: int) -> int:
    """Behind the last of the lines from `start` on that stand in columns; lines of one part only between them."""
    end = start
    index = start
    while index < len(lines):
        near = index == start or 0 < lines[index].middle - lines[index - 1].middle <= _APART * lines[index].size
        if not near or lines[index].page != lines[start].page:
            break
        if len(parted[index]) > 1:
            end = index + 1
        elif index == start or index - end >= _LEAST_ROWS:
            break
        index += 1
    return end


def _table(rows: Sequence[Sequence[Line]]) -> Table | None:
    """The table that parts of lines make; None where they make none for certain."""
    ruling = [row for row in rows if len(row) > 1 and any(_is_figure(part.text) for part in row)]
    if len(ruling) < _LEAST_ROWS or len(ruling) * 2 < len(rows):
        return None
    most = max(len(row) for row in ruling)
    columns = _columns([part for row in ruling if len(row) == most for part in row])
    if len(columns) != most:
        return None
    edges = [columns[0][0]]
    edges += [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    edges.append(columns[-1][1])
    filled: list[Row] = []
    for parts in rows:
        row: Row = []
        for part in parts:
            first = sum(part.left >= edge for edge in edges[1:-1])
            last = sum(part.right > edge for edge in edges[1:-1])
            first = max(first, row[-1].end_column if row else 0)
            if first > last:
                return None
            box = (part.left, part.top, part.right, part.bottom)
            row.append(Filled(first, last + 1, 1, (part,), part.page, box))
        filled.append(_with_blanks(row, edges, parts[0]))
    top = min(part.top for part in rows[0])
    bottom = max(part.bottom for part in rows[-1])
    left, right = min(part.left for row in rows for part in row), max(part.right for row in rows for part in row)
    return Table(edges, filled, (left, top, right, bottom), rows[0][0].page, INFERRED)


def _with_blanks(row: Row, edges: Sequence[float], line: Line) -> Row:
    """A row with an empty cell in each column that nothing stands in."""
    covered = {column for cell in row for column in range(cell.column, cell.end_column)}
    blank = []
    for column in range(len(edges) - 1):
        if column not in covered:
            box: Box = (edges[column], line.top, edges[column + 1], line.bottom)
            blank.append(Filled(column, column + 1, 1, (), line.page, box))
    return sorted([*row, *blank], key=lambda cell: cell.column)


def _columns(parts: Sequence[Line]) -> list[tuple[float, float]]:
    """From where to where the columns go: what overlaps is of one."""
    columns: list[tuple[float, float]] = []
    for part in sorted(parts, key=lambda part: part.left):
        if columns and part.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], part.right))
        else:
            columns.append((part.left, part.right))
    return columns


def _is_figure(text: str) -> bool:
    return bool(_FIGURE(text)) and not is_label(text)
