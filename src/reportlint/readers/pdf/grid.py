"""Tables as their rules draw them: from lines to rows, columns and cells that span."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reportlint.readers.pdf.paths import Box, Path

_SNAP = 3.0
"""Lines that are no further apart are one: double rules, and the borders of neighbours that each drew its own."""
_SHORTEST = 7.0
_COVERED = 0.6
"""How much of the side of a cell must be drawn for it to be one."""
_DOUBTFUL = 0.3

_MOST_CROSSINGS = 1_000_000
_MOST_FIELDS = 50_000
_MOST_TURNS = 100

_OPEN = "表格的边框不全"


class Line(NamedTuple):
    """A stretch of a rule: where it is, and from where to where it goes."""

    at: float
    start: float
    end: float


class Cell(NamedTuple):
    """The rows and columns that a cell covers, each from the first to behind the last."""

    row: int
    end_row: int
    column: int
    end_column: int


class Grid(NamedTuple):
    """A table: where its rows and columns are divided, and its cells in reading order."""

    columns: list[float]
    rows: list[float]
    cells: list[Cell]
    doubt: str

    @property
    def box(self) -> Box:
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]


def grids(paths: Iterable[Path]) -> tuple[list[Grid], int]:
    """The tables of a page from the top, and how many are too tangled to be read; a frame with one cell is none."""
    level, upright = _lines(paths)
    if len(level) * len(upright) > _MOST_CROSSINGS:
        return [], 1
    found, tangled = [], 0
    for across, down in _connected(level, upright):
        grid = _grid(across, down)
        if grid is None:
            tangled += 1
        elif len(grid.cells) > 1:
            found.append(grid)
    found.sort(key=lambda grid: (grid.rows[0], grid.columns[0]))
    return [
        grid for grid in found if not any(_within(grid.box, other.box) for other in found if other is not grid)
    ], tangled


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - _SNAP
        and inner[1] >= outer[1] - _SNAP
        and inner[2] <= outer[2] + _SNAP
        and inner[3] <= outer[3] + _SNAP
    )


def _lines(paths: Iterable[Path]) -> tuple[list[Line], list[Line]]:
    """The level and the upright lines that one sees, whole."""
    paths = list(paths)
    coloured = [path.box for path in paths if not path.is_stroke and not path.is_white]
    level, upright = [], []
    for path in paths:
        if not path.is_stroke:
            continue
        left, top, right, bottom = path.box
        if path.is_white:
            x, y = (left + right) / 2, (top + bottom) / 2
            if not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in coloured):
                continue
        wide, high = right - left, bottom - top
        # A dot may be of a dotted line either way.
        if wide >= high or wide <= _SNAP:
            level.append(Line((top + bottom) / 2, left, right))
        if high >= wide or high <= _SNAP:
            upright.append(Line((left + right) / 2, top, bottom))
    return _whole(level), _whole(upright)


def _whole(lines: list[Line]) -> list[Line]:
    """Lines put together from their pieces."""
    lines.sort()
    whole: list[Line] = []
    group: list[Line] = []
    for line in [*lines, None]:
        if group and (line is None or line.at - group[-1].at > 1 or line.at - group[0].at > 2):
            whole.extend(_joined(group))
            group = []
        if line is not None:
            group.append(line)
    return [line for line in whole if line.end - line.start >= _SHORTEST]


def _joined(group: list[Line]) -> list[Line]:
    joined: list[Line] = []
    for at, start, end in sorted(group, key=lambda line: line.start):
        if joined and start - joined[-1].end <= _SNAP:
            last = joined[-1]
            joined[-1] = Line(last.at, last.start, max(last.end, end))
        else:
            joined.append(Line(at, start, end))
    return joined


def _connected(level: list[Line], upright: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that meet, taken together; lines that meet none are left out."""
    parents = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    met: set[int] = set()
    for number, (y, left, right) in enumerate(level):
        for other, (x, top, bottom) in enumerate(upright, len(level)):
            if left - _SNAP <= x <= right + _SNAP and top - _SNAP <= y <= bottom + _SNAP:
                parents[root(number)] = root(other)
                met.update((number, other))
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for index in sorted(met):
        group = groups.setdefault(root(index), ([], []))
        if index < len(level):
            group[0].append(level[index])
        else:
            group[1].append(upright[index - len(level)])
    return list(groups.values())


def _grid(level: list[Line], upright: list[Line]) -> Grid | None:
    rows, columns = _snapped(level), _snapped(upright)
    # A table that goes on over the page may be open there, and some are open at their sides.
    _extend(rows, min(line.start for line in upright), max(line.end for line in upright))
    _extend(columns, min(line.start for line in level), max(line.end for line in level))
    if (len(rows) - 1) * (len(columns) - 1) > _MOST_FIELDS:
        return None
    beside, aside = _sides(upright, columns, rows)
    below, under = _sides(level, rows, columns)
    # beside[column][row]: whether a line is drawn to the left of that field; below likewise above it.
    doubt = _OPEN if _any_inside(aside) or _any_inside(under) else ""
    height, width = len(rows) - 1, len(columns) - 1
    left = [[bool(column in (0, width) or beside[column][row]) for column in range(width + 1)] for row in range(height)]
    above = [[bool(row in (0, height) or below[row][column]) for column in range(width)] for row in range(height + 1)]
    made = _cells(left, above)
    if made is None:
        return None
    cells, was_mended = made
    kept_rows = sorted({0, height, *(cell.row for cell in cells)})
    kept_columns = sorted({0, width, *(cell.column for cell in cells)})
    row_of = {row: index for index, row in enumerate(kept_rows)}
    column_of = {column: index for index, column in enumerate(kept_columns)}
    cells = [Cell(row_of[a], row_of[b], column_of[c], column_of[d]) for a, b, c, d in cells]
    return Grid(
        [columns[index] for index in kept_columns],
        [rows[index] for index in kept_rows],
        cells,
        doubt or (_OPEN if was_mended else ""),
    )


def _snapped(lines: Iterable[Line]) -> list[float]:
    """Where lines are, those close together at one place."""
    places: list[list[float]] = []
    for at in sorted(line.at for line in lines):
        if places and at - places[-1][-1] <= _SNAP and at - places[-1][0] <= 2 * _SNAP:
            places[-1].append(at)
        else:
            places.append([at])
    return [sum(place) / len(place) for place in places]


def _extend(places: list[float], start: float, end: float) -> None:
    if start < places[0] - 2 * _SNAP:
        places.insert(0, start)
    if end > places[-1] + 2 * _SNAP:
        places.append(end)


def _sides(lines: list[Line], places: list[float], divisions: list[float]) -> tuple[list[list[bool]], list[list[bool]]]:
    """For each place and each division beside it, whether a line is drawn there; and whether one is drawn in part."""
    lengths = [[0.0] * (len(divisions) - 1) for _ in places]
    for at, start, end in lines:
        nearest = min(range(len(places)), key=lambda index: abs(places[index] - at))
        for index, (low, high) in enumerate(itertools.pairwise(divisions)):
            covered = min(end, high) - max(start, low)
            if covered > 0:
                lengths[nearest][index] += covered
    drawn, partly = [], []
    for row in lengths:
        shares = [length / (high - low) for length, low, high in zip(row, divisions, divisions[1:], strict=False)]
        drawn.append([share >= _COVERED for share in shares])
        partly.append([_DOUBTFUL <= share < _COVERED for share in shares])
    return drawn, partly


def _any_inside(partly: list[list[bool]]) -> bool:
    return any(any(row) for row in partly[1:-1])


def _cells(left: list[list[bool]], above: list[list[bool]]) -> tuple[list[Cell], bool] | None:
    """The cells between the lines, and whether lines had to be drawn on for cells to be rectangles."""
    height, width = len(left), len(above[0])
    was_mended = False
    for _ in range(_MOST_TURNS):
        owners = _regions(left, above)
        boxes: dict[int, list[int]] = {}
        sizes: dict[int, int] = {}
        for row in range(height):
            for column in range(width):
                owner = owners[row][column]
                sizes[owner] = sizes.get(owner, 0) + 1
                box = boxes.setdefault(owner, [row, row, column, column])
                box[0], box[1] = min(box[0], row), max(box[1], row)
                box[2], box[3] = min(box[2], column), max(box[3], column)
        odd = [box for owner, box in boxes.items() if (box[1] - box[0] + 1) * (box[3] - box[2] + 1) != sizes[owner]]
        if not odd:
            cells = [Cell(top, bottom + 1, first, last + 1) for top, bottom, first, last in boxes.values()]
            return sorted(cells), was_mended
        was_mended = True
        for box in odd:
            _draw_on(left, above, box)
    return None


def _regions(left: list[list[bool]], above: list[list[bool]]) -> list[list[int]]:
    height, width = len(left), len(above[0])
    owners = [[-1] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if owners[row][column] >= 0:
                continue
            owner = row * width + column
            owners[row][column] = owner
            waiting = [(row, column)]
            while waiting:
                at, across = waiting.pop()
                beside = []
                if across and not left[at][across]:
                    beside.append((at, across - 1))
                if across + 1 < width and not left[at][across + 1]:
                    beside.append((at, across + 1))
                if at and not above[at][across]:
                    beside.append((at - 1, across))
                if at + 1 < height and not above[at + 1][across]:
                    beside.append((at + 1, across))
                for place in beside:
                    if owners[place[0]][place[1]] < 0:
                        owners[place[0]][place[1]] = owner
                        waiting.append(place)
    return owners


def _draw_on(left: list[list[bool]], above: list[list[bool]], box: Sequence[int]) -> None:
    """Draws each line on through the box around a cell in which it begins or ends."""
    top, bottom, first, last = box
    for column in range(first + 1, last + 1):
        if any(left[row][column] for row in range(top, bottom + 1)):
            for row in range(top, bottom + 1):
                left[row][column] = True
    for row in range(top + 1, bottom + 1):
        if any(above[row][column] for column in range(first, last + 1)):
            for column in range(first, last + 1):
                above[row][column] = True
