"""A table to rows of fields. A cell over the whole width that holds paragraphs is prose, and written as such."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from reportlint.readers import remarks
from reportlint.readers.docx.inline import Content, Inline, end_of_line, groups, lines
from reportlint.readers.docx.places import NOTHING, Cell, Paragraph, Row, Stretch
from reportlint.readers.docx.story import Reading, Story
from reportlint.readers.docx.tables import Table, columns
from reportlint.readers.writer import Field

if TYPE_CHECKING:
    from reportlint.readers.docx.body import Body

_SPLIT_FIGURE = re.compile(r"[\d,.，．]+(?:\s+[\d,.，．]+)+").fullmatch
_IN_BOX = "这些字在文本框里，可能不属于这一格"
_TORN = "一个数字分成几行，不能确定是不是同一个数"

Blocks = list[list[list[Element]]]
"""What stands in the cells of a table, by row and cell."""


class Grid:
    """Writes a table; what hangs on its cells, notes and text boxes with tables in them, comes behind it."""

    def __init__(self, body: Body, reading: Reading, story: Story, table: Table, blocks: Blocks) -> None:
        self._body = body
        self._reading = reading
        self._story = Story(story.part, story.note)
        self._inline = Inline(reading, self._story)
        self._table = table
        self._blocks = blocks
        self._rows: list[list[Field | None]] = []
        self._contents: list[Content] = []
        self._boxes: list[Element] = []

    def write(self) -> Paragraph | None:
        """Writes it; the place of its first paragraph."""
        table = self._table
        first = None
        columns_of = columns(table)
        starts = sorted(columns_of)
        width = max((row.end for row in table.rows), default=0)
        self._reading.tables += any(row.cells for row in table.rows)
        for row, of_row in zip(table.rows, self._blocks, strict=True):
            if not row.cells:
                continue
            last = bisect_left(starts, row.end) - 1
            fields: list[Field | None] = [None] * (columns_of[starts[last]] + 1)
            place = Row(self._reading.tables, row.number)
            self._story.is_revised = row.is_revised
            for count, (cell, of_cell) in enumerate(zip(row.cells, of_row, strict=True), 1):
                column = columns_of[cell.start]
                self._story.cell = Cell(place, count, column + 1)
                contents = [self._body.paragraph(self._story, self._inline, block) for block in of_cell]
                first = first or next((each.place for each in contents), None)
                if cell.is_covered:
                    if any(each.has_text for each in contents):
                        self._reading.notices.add(remarks.HIDDEN, contents[0].place, self._reading.writer.length)
                    contents = []
                if cell.span == width and sum(each.has_text for each in contents) > 1:
                    self._prose(contents)
                    break
                self._contents += contents
                field = self._field(contents, cell.doubt)
                fields[column] = field
                if count == 1:
                    # What is left out before the first cell is of its place.
                    fields[:column] = [Field((), field.mark)] * column
            else:
                place.fields = fields
                self._rows.append(fields)
        self._flush()
        return first

    def _flush(self) -> None:
        """Writes the rows that were read, and what hangs on them."""
        self._reading.writer.table(self._rows)
        for content in self._contents:
            self._body.look(content, False)
        for box in self._boxes:
            self._body.box(self._story, box)
        self._body.write_notes(self._story, self._contents)
        self._rows, self._contents, self._boxes = [], [], []

    def _prose(self, contents: list[Content]) -> None:
        self._flush()
        number = 0
        for group in groups(contents):
            number += self._body.write(self._story, group, number + 1)

    def _field(self, contents: list[Content], doubt: str) -> Field:
        story = self._story
        pieces = lines(contents)
        for content in contents:
            doubt = doubt or content.doubt
            for drawn in content.drawn:
                for box in drawn.boxes:
                    in_box = self._in_box(box)
                    if any(each.has_text for each in in_box):
                        pieces = [*pieces, *map(end_of_line, pieces[-1:]), *lines(in_box)]
                        doubt = doubt or _IN_BOX
        if len(pieces) > 1 and _SPLIT_FIGURE("".join(piece.text for piece in pieces).strip()):
            doubt = doubt or _TORN
        if pieces:
            return Field(pieces, pieces[0].mark, doubt)
        place = contents[0].place if contents else Paragraph(story.part.name, -1, cell=story.cell, note=story.note)
        return Field(pieces, Stretch(place, -1, -1, NOTHING), doubt)

    def _in_box(self, box: Element) -> list[Content]:
        """The paragraphs of a text box over a cell; one with a table in it is left for later."""
        blocks = self._body.blocks_in(box)
        if blocks is None:
            self._boxes.append(box)
            return []
        self._reading.deeper(8)
        inner = Story(self._story.part, self._story.note, self._story.cell)
        inline = Inline(self._reading, inner)
        contents = [self._body.paragraph(inner, inline, block) for block in blocks]
        self._reading.deeper(-8)
        return contents
