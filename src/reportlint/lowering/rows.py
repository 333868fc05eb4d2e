"""Rows and their figures: which run of figures belongs to which label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlint.lowering import cells
from reportlint.lowering.cells import Fields
from reportlint.model import Cell, CellKind
from reportlint.source import Span


class Row(NamedTuple):
    """A row's label, and the figures on its own line."""

    name: str
    label: Span
    fields: Fields
    base: int
    """The offset at which the fields begin."""
    column: int
    """How many fields of its line stand before the label's."""


class Run(NamedTuple):
    """Figures without a label."""

    cells: list[Cell]
    """Grows while cells on lines of their own follow."""
    full: bool
    """Whether they are all of one line that holds a whole row."""


BoundRow = tuple[Row, list[Cell]]
"""A row and the figures that stand apart from its label; none where they stand on its line."""


def add_run(items: list[Row | Run], fields: Fields, base: int, widths: Iterable[int]) -> None:
    """Add a line of figures; cells on lines of their own are gathered into one run."""
    figures = cells.place(fields.pieces, base)
    full = len(figures) > 1 and len(figures) in widths
    last = items[-1] if items else None
    if isinstance(last, Run) and not last.full and not full:
        last.cells.extend(figures)
    else:
        items.append(Run(figures, full))


def bind(items: list[Row | Run]) -> Iterator[BoundRow]:
    """Each row with the figures that stand apart from its label, if any do."""
    apart = not any(isinstance(item, Row) and item.fields.pieces for item in items)
    gap: list[Row | Run] = []
    for item in items:
        if isinstance(item, Row) and item.fields.pieces:
            if gap:
                yield from _bind_gap(gap, apart)
                gap = []
            yield item, []
        else:
            gap.append(item)
    yield from _bind_gap(gap, apart)


def _bind_gap(gap: list[Row | Run], apart: bool) -> Iterator[BoundRow]:
    """Labels and runs between two rows that are certain: in order where there are as many of both.

    Else each label with the run right after it, but only where all the table is like that: a PDF
    puts some figures before their labels, and to guess would be worse than to leave a row unread.
    """
    rows = [item for item in gap if isinstance(item, Row)]
    runs = [item for item in gap if isinstance(item, Run)]
    if len(rows) == len(runs):
        yield from ((row, run.cells) for row, run in zip(rows, runs, strict=True))
        return
    for index, item in enumerate(gap):
        if isinstance(item, Row):
            following = gap[index + 1] if index + 1 < len(gap) else None
            yield item, following.cells if apart and isinstance(following, Run) else []


def short_of_a_column(bound: list[BoundRow], width: int) -> bool:
    """Whether all rows have the same number of figures, too few, and some no room for more: a column is lost.

    Which one cannot be told from the figures, so that no row can be put into columns.
    """
    first = bound[0][0].fields.filled if bound else width
    if first == 0 or first >= width or len(bound) < 2:
        return False
    if any(run or row.fields.filled != first or len(row.fields.core) != first for row, run in bound):
        return False
    return any(len(row.fields.pieces) < width for row, _ in bound)


class Layout(NamedTuple):
    """Where the figures of a table's full rows stand, to tell where those of the others belong."""

    leads: dict[tuple[int, int], int]
    """How often a label in that column has that many blank fields behind it."""
    starts: dict[int, int]
    """How often the figures start in that column of the grid."""
    fields: int
    """The most fields that a full row has."""
    apart: tuple[int, ...] = ()
    """The columns of the grid where figures stand that have blank fields between them, in a table whose cells span
    over the edges of others; empty where most rows have none between them."""


def layout(bound: list[BoundRow], width: int) -> Layout:
    """The layout that those rows show whose figures can only stand in one way."""
    leads: dict[tuple[int, int], int] = {}
    starts: dict[int, int] = {}
    most_fields = 0
    apart: Counter[tuple[int, ...]] = Counter()
    for row, _ in bound:
        if row.fields.filled == width:
            spread = len(row.fields.core) > width
            apart[tuple(row.column + index for index in _filled(row)) if spread else ()] += 1
        least, most = _possible_starts(row, width)
        if least == most:
            leads[row.column, least] = leads.get((row.column, least), 0) + 1
            starts[row.column + least] = starts.get(row.column + least, 0) + 1
            most_fields = max(most_fields, row.column + len(row.fields.pieces))
    return Layout(leads, starts, most_fields, apart.most_common(1)[0][0] if apart else ())


def fit(row: Row, width: int, seen: Layout) -> list[Cell]:
    """The cells of a row that has blanks among them, without the blank fields that merged heads leave beside them.

    Where the row has too many or too few, what it holds: as many cells as it has figures.
    """
    pieces, core = row.fields.pieces, row.fields.core
    if row.fields.filled == width:
        return cells.place(tuple(pieces[index] for index in _filled(row)), row.base)
    if width > 1 and len(seen.apart) == width and seen.apart[-1] < row.column + len(pieces):
        slots = [column - row.column for column in seen.apart]
        if slots[0] >= 0 and set(_filled(row)) <= set(slots):
            return cells.place(tuple(pieces[index] for index in slots), row.base)
    if len(core) == width:
        return cells.place(core, row.base)
    if len(core) > width:
        return cells.place((cells.merge(core),) if width == 1 else core, row.base)
    least, most = _possible_starts(row, width)
    if least > most or (core and row.column + len(pieces) < seen.fields):
        return cells.place(core, row.base)

    def likelihood(start: int) -> tuple[int, int, int]:
        return (seen.leads.get((row.column, start), 0), seen.starts.get(row.column + start, 0), -start)

    start = max(range(least, most + 1), key=likelihood)
    return cells.place(pieces[start : start + width], row.base)


def _filled(row: Row) -> list[int]:
    """Which of a row's fields hold anything."""
    return [index for index, piece in enumerate(row.fields.pieces) if piece.kind is not CellKind.BLANK]


def _possible_starts(row: Row, width: int) -> tuple[int, int]:
    """The first and last field at which a stretch of that width can begin that holds all of a row's figures."""
    pieces, core, lead = row.fields[:3]
    last = len(pieces) - width
    if not core:
        return 0, last
    return max(0, lead + len(core) - width), min(lead, last)
