"""Where a stretch of the text stands in a PDF: the page, the paragraph on it or the row of a table, and a box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportlint.readers import phrases
from reportlint.readers.pdf.paths import Box
from reportlint.source import Location, Part


class Row:
    """A row of a table of the document, with its cells as they stand in the text: by column, from 1."""

    __slots__ = ("cells", "number", "table")

    def __init__(self, table: int, number: int) -> None:
        self.table = table
        self.number = number
        self.cells: dict[int, str] = {}

    def texts(self) -> list[str]:
        """The text of each field."""
        return [self.cells.get(column, "") for column in range(1, max(self.cells, default=0) + 1)]


class Spot(NamedTuple):
    """The place of a line of text, or of an empty cell."""

    page: int
    box: Box
    boxes: Sequence[Box]
    """Of each character."""
    paragraph: int = 0
    """Which paragraph of its page, from 1."""
    row: Row | None = None
    column: int = 0
    """The first that the cell covers, from 1."""
    cell: int = 0
    """Which cell of the row, from 1."""


def locate(first: Spot, last: Spot) -> Location:
    """Where a stretch of the text is that begins in one place and ends in another."""
    if first.row is not None:
        return _in_table(first, first.row, last)
    words = f"第{first.page}页 {phrases.paragraph(first.paragraph)}"
    if last.row is None and (last.page, last.paragraph) != (first.page, first.paragraph):
        page = f"第{last.page}页 " if last.page != first.page else ""
        words += f"至{page}{phrases.paragraph(last.paragraph)}"
    parts: list[tuple[str, Part]] = [("page", first.page)]
    if last.page != first.page:
        parts.append(("end_page", last.page))
    parts += [("paragraph", first.paragraph), ("box", _box(first, last))]
    return Location(words, f"page[{first.page}]/p[{first.paragraph}]", tuple(parts))


def _in_table(first: Spot, row: Row, last: Spot) -> Location:
    words = f"第{first.page}页 {phrases.row(row.table, row.number)}"
    path = f"page[{first.page}]/table[{row.table}]/row[{row.number}]"
    parts: list[tuple[str, Part]] = [("page", first.page), ("table", row.table), ("row", row.number)]
    if last.row is row:
        is_alone = last.column == first.column
        words += phrases.field(row.texts(), first.column, alone=is_alone)
        if is_alone:
            path += f"/cell[{first.cell}]"
            parts += [("cell", first.cell), ("column", first.column)]
    elif last.row is not None and last.row.table == row.table:
        page = f"第{last.page}页 " if last.page != first.page else ""
        words += f"至{page}第{last.row.number}行"
    parts.append(("box", _box(first, last)))
    return Location(words, path, tuple(parts))


def _box(first: Spot, last: Spot) -> Box:
    """Around both places, as far as they are on one page."""
    boxes = [first.box, last.box] if first.page == last.page else [first.box]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)
