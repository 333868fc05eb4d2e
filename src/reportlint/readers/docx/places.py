"""Where a stretch of a Word document stands: in words, for programs, and for what writes into the file.

Every stretch of the text has a `Stretch` for a mark (`Source.origin.mark(offset)` gives it, with the offset into the
text of its element). A writer finds the element by counting: the `run`th `w:r` of the part, in the order of the XML
and whatever stands around it; in that its `child`th element.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportlint.readers import phrases
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


class Row:
    """A row of a table that was read."""

    __slots__ = ("fields", "number", "table")

    def __init__(self, table: int, number: int) -> None:
        self.table = table
        """Which table of the document, from 1."""
        self.number = number
        """Which row of that, from 1."""
        self.fields: Sequence[Field | None] = ()

    def texts(self) -> list[str]:
        """The text of each field, as it was written."""
        return [
            "" if field is None else " ".join("".join(piece.text for piece in field.pieces).split())
            for field in self.fields
        ]


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
    words = phrases.paragraph(paragraph.number)
    path, parts = f"p[{paragraph.number}]", (("paragraph", paragraph.number),)
    if not kind:
        return Location(words, path, parts)
    name = {"脚注": "footnote", "尾注": "endnote"}[kind]
    return Location(paragraph.note, f"{name}[{number}]", ((name, int(number)),))


def _in_table(cell: Cell, end: Cell | None, start: int) -> Location:
    row = cell.row
    words = phrases.row(row.table, row.number)
    path = f"table[{row.table}]/row[{row.number}]"
    parts: tuple[tuple[str, Part], ...] = (("table", row.table), ("row", row.number))
    if end is None or end.row is not row:
        if end is not None and end.row.table == row.table:
            words += f"至第{end.row.number}行"
        return Location(words, path, parts)
    if start:
        return Location(f"{words} {phrases.paragraph(start)}", f"{path}/p[{start}]", (*parts, ("paragraph", start)))
    words += phrases.field(row.texts(), cell.column, alone=end is cell)
    path += f"/cell[{cell.number}]"
    return Location(words, path, (*parts, ("cell", cell.number), ("column", cell.column)))
