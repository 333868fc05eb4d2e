"""Where a stretch of the text stands in a PDF: the page, the paragraph on it or the row of a table, and a box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportlint.grammar.numbering import numeral
from reportlint.readers.pdf.paths import Box
from reportlint.readers.pdf.tables import is_label
from reportlint.source import Location, Part

_LONGEST_LABEL = 20


class Row:
    """A row of a table of the document, with its cells as they stand in the text: by column, from 1."""

    __slots__ = ("cells", "number", "table")

    def __init__(self, table: int, number: int) -> None:
        self.table = table
        self.number = number
        self.cells: dict[int, str] = {}

    def label(self, column: int) -> str:
        """The words nearest to the left of a column; empty where there are none."""
        return next(
            (text for at, text in sorted(self.cells.items(), reverse=True) if at < column and is_label(text)), ""
        )

    @property
    def has_several_figures(self) -> bool:
        return sum(bool(text) and not is_label(text) for text in self.cells.values()) > 1


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
    words = f"第{first.page}页 第{numeral(first.paragraph)}段"
    if last.row is None and (last.page, last.paragraph) != (first.page, first.paragraph):
        page = f"第{last.page}页 " if last.page != first.page else ""
        words += f"至{page}第{numeral(last.paragraph)}段"
    parts: list[tuple[str, Part]] = [("page", first.page)]
    if last.page != first.page:
        parts.append(("end_page", last.page))
    parts += [("paragraph", first.paragraph), ("box", _box(first, last))]
    return Location(words, f"page[{first.page}]/p[{first.paragraph}]", tuple(parts))


def _in_table(first: Spot, row: Row, last: Spot) -> Location:
    words = f"第{first.page}页 表{numeral(row.table)} 第{row.number}行"
    path = f"page[{first.page}]/table[{row.table}]/row[{row.number}]"
    parts: list[tuple[str, Part]] = [("page", first.page), ("table", row.table), ("row", row.number)]
    if last.row is row:
        text = row.cells.get(first.column, "")
        is_words = is_label(text)
        if last.column == first.column:
            if not is_words and (row.has_several_figures or not row.label(first.column)):
                words += f"第{first.column}列"
            path += f"/cell[{first.cell}]"
            parts += [("cell", first.cell), ("column", first.column)]
        label = text if is_words else row.label(first.column)
        if label:
            words += f" “{label if len(label) <= _LONGEST_LABEL else label[:_LONGEST_LABEL] + '…'}”"
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
