"""Where a stretch of a Word document stands: in words, for programs, and for what writes into the file.

Every stretch of the text has a `Stretch` for a mark (`Source.origin.mark(offset)` gives it, with the offset into the
text of its element). A writer finds the element by counting: the `run`th `w:r` of the part, in the order of the XML
and whatever stands around it; in that its `child`th element.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportlint.readers.numerals import chinese
from reportlint.readers.writer import Field
from reportlint.source import Location, Part

TEXT = ""
"""A `w:t`: its text can be written anew."""
NUMBER = "number"
"""What automatic numbering puts before a paragraph; it is not in the file. Its `run` is -1."""
FIELD = "field"
"""Text that a field shows: it is made anew when the field is updated."""
SIGN = "sign"
"""A tab, a break, a hyphen or a symbol, which is an element of its own."""
FORMULA = "formula"
"""Text of an equation. Its `run` is -1."""
NOTHING = "nothing"
"""The place of an empty cell. Its `run` is -1."""

_FIGURE = re.compile(r"[\d０-９.,，%％/／\-－—–+ \u3000]*").fullmatch
_LONGEST_LABEL = 20


class Row:
    """A row of a table that was read."""

    __slots__ = ("fields", "number", "table")

    def __init__(self, table: int, number: int) -> None:
        self.table = table
        """Which table of the document, from 1."""
        self.number = number
        """Which row of that, from 1."""
        self.fields: Sequence[Field | None] = ()

    def text(self, column: int) -> str:
        """The text of a field (from 1), as it was written."""
        field = self.fields[column - 1] if 0 < column <= len(self.fields) else None
        return "" if field is None else " ".join("".join(piece.text for piece in field.pieces).split())

    def label(self, column: int) -> str:
        """The words nearest to the left of a field; empty where there are none."""
        texts = (self.text(before) for before in range(column - 1, 0, -1))
        return next((text for text in texts if not _FIGURE(text)), "")

    def has_several_figures(self) -> bool:
        texts = [self.text(column) for column in range(1, len(self.fields) + 1)]
        return sum(bool(text) and bool(_FIGURE(text)) for text in texts) > 1


class Cell:
    """A cell of a row."""

    __slots__ = ("column", "number", "row")

    def __init__(self, row: Row, number: int, column: int) -> None:
        self.row = row
        self.number = number
        """Which cell of the row, from 1."""
        self.column = column
        """The first field that it covers, from 1."""


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph of the file."""

    part: str
    """The name of the part, such as `word/document.xml`."""
    index: int
    """Which `w:p` of the part, from 0, in the order of the XML; -1 for an equation outside paragraphs."""
    number: int = 0
    """Which paragraph outside tables that has text, or which one of a cell that is prose, from 1; 0 for others."""
    cell: Cell | None = None
    note: str = ""
    """The name of the note that it is in, such as «脚注 1»."""


class Stretch(NamedTuple):
    """The place of a stretch of text. Its text lies within one element of one run."""

    paragraph: Paragraph
    run: int
    """Which `w:r` of the part, from 0, in the order of the XML; -1 for what is in none."""
    child: int
    """Which element of the run, from 0."""
    kind: str = TEXT


def locate(first: Stretch, last: Stretch) -> Location:
    """Where a stretch of the text is that begins in one place and ends in another."""
    cell = first.paragraph.cell
    if cell is not None:
        return _in_table(cell, last.paragraph.cell, first.paragraph.number)
    start, end = _paragraph(first.paragraph), _paragraph(last.paragraph)
    if last.paragraph.cell is None and start != end and start.parts[0][0] == end.parts[0][0]:
        return start._replace(words=f"{start.words}至{end.words}")
    return start


def _paragraph(paragraph: Paragraph) -> Location:
    kind, _, number = paragraph.note.partition(" ")
    words = f"第{chinese(paragraph.number)}段"
    path, parts = f"p[{paragraph.number}]", (("paragraph", paragraph.number),)
    if not kind:
        return Location(words, path, parts)
    name = {"脚注": "footnote", "尾注": "endnote"}[kind]
    return Location(paragraph.note, f"{name}[{number}]", ((name, int(number)),))


def _in_table(cell: Cell, end: Cell | None, start: int) -> Location:
    row = cell.row
    words = f"表{chinese(row.table)} 第{row.number}行"
    path = f"table[{row.table}]/row[{row.number}]"
    parts: tuple[tuple[str, Part], ...] = (("table", row.table), ("row", row.number))
    if end is None or end.row is not row:
        if end is not None and end.row.table == row.table:
            words += f"至第{end.row.number}行"
        return Location(words, path, parts)
    if start:
        return Location(f"{words} 第{chinese(start)}段", f"{path}/p[{start}]", (*parts, ("paragraph", start)))
    text = row.text(cell.column)
    is_label = not _FIGURE(text)
    is_one_of_several = not text or row.has_several_figures() or not row.label(cell.column)
    if end is cell and not is_label and is_one_of_several:
        words += f"第{cell.column}列"
    label = text if is_label else row.label(cell.column)
    if label:
        words += f" “{label if len(label) <= _LONGEST_LABEL else label[:_LONGEST_LABEL] + '…'}”"
    path += f"/cell[{cell.number}]"
    return Location(words, path, (*parts, ("cell", cell.number), ("column", cell.column)))
