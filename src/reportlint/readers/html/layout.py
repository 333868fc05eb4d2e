"""Tables that only arrange what is in them: what they hold is read as if they were not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.readers.html.tree import Cell, Item, Line, Row, Table

_LEAST_PROSE, _LEAST_LINES = 200, 3
"""Characters and lines of a cell that is none of figures and labels."""


def flat(items: Sequence[Item]) -> Iterator[Item]:
    """The lines and tables of a page, those in tables that only arrange it among them."""
    waiting: list[Iterator[Item]] = [iter(items)]
    while waiting:
        for item in waiting[-1]:
            if isinstance(item, Table) and _arranges(item):
                waiting.append(_within(item))
                break
            yield item
        else:
            waiting.pop()


def _within(table: Table) -> Iterator[Item]:
    for row in table.rows:
        if isinstance(row, Row):
            for cell in row.cells:
                if isinstance(cell, Cell):
                    yield from cell.items
                elif cell.text:
                    yield cell.line(table)
        else:
            yield row


def _arranges(table: Table) -> bool:
    """Whether a table only says what stands beside what."""
    if table.holds_tables:
        return True
    tag = table.tag
    if tag is not None and tag.attributes.get("role") in ("presentation", "none"):
        return True
    rows = [row for row in table.rows if isinstance(row, Row)]
    cells = [cell for row in rows for cell in row.cells if isinstance(cell, Cell)]
    if len(rows) == 1 and len(rows[0].cells) == 1:
        return any(sum(isinstance(item, Line) and bool(item.pieces) for item in cell.items) > 1 for cell in cells)
    return any(len(cell.items) >= _LEAST_LINES and _holds_prose(cell) for cell in cells)


def _holds_prose(cell: Cell) -> bool:
    texts = [line.text for line in cell.items if isinstance(line, Line) and line.pieces]
    return len(texts) >= _LEAST_LINES and sum(map(len, texts)) >= _LEAST_PROSE
