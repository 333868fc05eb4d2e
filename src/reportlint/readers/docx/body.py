"""What stands one below the other: paragraphs and tables, and what hangs on them."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from reportlint.readers import remarks
from reportlint.readers.docx import names, notices
from reportlint.readers.docx.inline import Content, Inline
from reportlint.readers.docx.names import w
from reportlint.readers.docx.places import NOTHING, NUMBER, Cell, Paragraph, Row, Stretch
from reportlint.readers.docx.story import Part, Reading, Story
from reportlint.readers.docx.styles import is_on, numbering_of
from reportlint.readers.docx.tables import Table, columns, inside, shape
from reportlint.readers.writer import Field, Piece

_PARAGRAPHS = frozenset((names.P, names.MATH_PARAGRAPH))
_BLOCKS = _PARAGRAPHS | {names.TBL, names.ALT_CHUNK}
_GONE = (names.DEL, names.MOVE_FROM)
_SPLIT_FIGURE = re.compile(r"[\d,.，．]+(?:\s+[\d,.，．]+)+").fullmatch
_IN_BOX = "这些字在文本框里，可能不属于这一格"
_TORN = "一个数字分成几行，不能确定是不是同一个数"


class Body:
    """Reads stories into the writer of a reading."""

    def __init__(self, reading: Reading, notes: dict[str, Notes]) -> None:
        self._reading = reading
        self._notes = notes

    def flow(self, story: Story, container: Element) -> None:
        """All blocks of a container as paragraphs and tables."""
        self._blocks(story, inside(container, _BLOCKS, self._reading))

    def _blocks(self, story: Story, blocks: list[Element]) -> None:
        inline = Inline(self._reading, story)
        kept: list[Content] = []
        for block in blocks:
            if block.tag in _PARAGRAPHS:
                kept.append(self._paragraph(story, inline, block))
                if kept[-1].is_joined:
                    continue
                self._write(story, kept)
            else:
                self._write(story, kept)
                if block.tag == names.TBL:
                    self._table(story, block)
                elif block.tag == names.ALT_CHUNK:
                    self._reading.notices.add(notices.CHUNK, None, self._reading.writer.length)
            kept = []
        self._write(story, kept)

    def _paragraph(self, story: Story, inline: Inline, paragraph: Element) -> Content:
        reading = self._reading
        style, own, mark = "", None, None
        if len(paragraph) and paragraph[0].tag == names.PPR:
            for each in paragraph[0]:
                tag = each.tag
                if tag == names.PARAGRAPH_STYLE:
                    style = each.get(names.VAL, "")
                elif tag == names.NUM_PR:
                    own = numbering_of(paragraph[0])
                elif tag == names.RPR:
                    mark = each
        hides = reading.hides and reading.styles.hides(style or reading.styles.default)
        revisions = reading.notices.count(remarks.REVISION) if mark is not None else 0
        content = inline.read(paragraph, hidden=hides)
        if mark is not None:
            is_gone = any(mark.find(name) is not None for name in _GONE)
            content.is_joined = is_gone or (reading.hides and bool(is_on(mark.find(names.VANISH))))
            is_revised = not story.is_revised and (is_gone or mark.find(names.INS) is not None)
            if is_revised and reading.notices.count(remarks.REVISION) == revisions:
                reading.notices.add(remarks.REVISION, content.place, reading.writer.length)
        if reading.numberer and not content.is_joined:
            printed = reading.numberer.printed(own, style)
            if printed is not None and (content.pieces or content.drawn):
                content.number = Piece(printed.text, Stretch(content.place, -1, -1, NUMBER))
                content.doubt = content.doubt or printed.doubt
        return content

    def _write(self, story: Story, contents: list[Content]) -> None:
        """Writes paragraphs as one, and what hangs on them behind it."""
        if not contents:
            return
        writer = self._reading.writer
        is_first = not writer.length
        span = writer.paragraph(_pieces(contents), next((each.doubt for each in contents if each.doubt), ""))
        if span.start < span.end and not story.note:
            self._reading.paragraphs += 1
        for content in contents:
            content.place.number = self._reading.paragraphs if span.start < span.end else 0
            self._look(content, is_first)
        for content in contents:
            for drawn in content.drawn:
                for box in drawn.boxes:
                    self._box(story, box)
        self._write_notes(story, contents)

    def _look(self, content: Content, is_first: bool) -> None:
        """Remarks the pictures that may hold text."""
        for drawn in content.drawn:
            if drawn.stands_for_text(has_text=content.has_text, is_first=is_first):
                self._reading.notices.add(drawn.kind, content.place, self._reading.writer.length)

    def _box(self, story: Story, box: Element) -> None:
        self._reading.deeper(8)
        self.flow(Story(story.part, story.note), box)
        self._reading.deeper(-8)

    def _write_notes(self, story: Story, contents: list[Content]) -> None:
        for content in contents:
            for kind, id in content.notes:
                notes = self._notes.get(kind)
                if notes is not None and not story.note:
                    notes.write(self, id)

    def _table(self, story: Story, element: Element) -> None:
        self._reading.deeper(3)
        table = shape(element, self._reading)
        self._note_changes(table)
        blocks = [[inside(cell.element, _BLOCKS, self._reading) for cell in row.cells] for row in table.rows]
        if _is_layout(blocks):
            for row, of_row in zip(table.rows, blocks, strict=True):
                for cell, of_cell in zip(row.cells, of_row, strict=True):
                    if not cell.is_covered:
                        self._blocks(story, of_cell)
        else:
            self._grid(story, table, blocks)
        self._reading.deeper(-3)

    def _note_changes(self, table: Table) -> None:
        length = self._reading.writer.length
        if table.revisions:
            self._reading.notices.add(remarks.REVISION, None, length, table.revisions)
        if table.hidden:
            self._reading.notices.add(remarks.HIDDEN, None, length, table.hidden)

    def _grid(self, story: Story, table: Table, blocks: list[list[list[Element]]]) -> None:
        """Writes a table as one; notes and tables in text boxes come behind it."""
        reading = self._reading
        columns_of = columns(table.rows)
        starts = sorted(columns_of)
        number = reading.tables + 1
        rows: list[list[Field | None]] = []
        contents: list[Content] = []
        later: list[Element] = []
        inner = Story(story.part, story.note)
        inline = Inline(reading, inner)
        for row, of_row in zip(table.rows, blocks, strict=True):
            fields: list[Field | None] = [None] * sum(start < row.end for start in starts)
            place = Row(number, len(rows) + 1)
            place.fields = fields
            inner.is_revised = row.is_revised
            for count, (cell, of_cell) in enumerate(zip(row.cells, of_row, strict=True), 1):
                column = columns_of[cell.start]
                inner.cell = Cell(place, count, column + 1)
                of_field = [self._paragraph(inner, inline, block) for block in of_cell]
                if cell.is_covered:
                    if any(each.has_text for each in of_field):
                        reading.notices.add(remarks.HIDDEN, of_field[0].place, reading.writer.length)
                    of_field = []
                contents += of_field
                field = self._field(inner, of_field, cell.doubt, later)
                fields[column] = field
                if count == 1:
                    # What is left out before the first cell is of its place.
                    fields[:column] = [Field((), field.mark)] * column
            if row.cells:
                rows.append(fields)
        if rows:
            reading.tables += 1
            reading.writer.table(rows)
        for content in contents:
            self._look(content, False)
        for box in later:
            self._box(story, box)
        self._write_notes(story, contents)

    def _field(self, story: Story, contents: list[Content], doubt: str, later: list[Element]) -> Field:
        pieces = _lines(contents)
        for content in contents:
            doubt = doubt or content.doubt
            for drawn in content.drawn:
                for box in drawn.boxes:
                    in_box = self._in_box(story, box, later)
                    if any(each.has_text for each in in_box):
                        pieces = [*pieces, *_break(pieces), *_lines(in_box)]
                        doubt = doubt or _IN_BOX
        if len(pieces) > 1 and _SPLIT_FIGURE("".join(piece.text for piece in pieces).strip()):
            doubt = doubt or _TORN
        if pieces:
            return Field(pieces, pieces[0].mark, doubt)
        place = contents[0].place if contents else Paragraph(story.part.name, -1, cell=story.cell, note=story.note)
        return Field(pieces, Stretch(place, -1, -1, NOTHING), doubt)

    def _in_box(self, story: Story, box: Element, later: list[Element]) -> list[Content]:
        """The paragraphs of a text box over a cell; one with a table in it is left for later."""
        blocks = inside(box, _BLOCKS, self._reading)
        if any(block.tag not in _PARAGRAPHS for block in blocks):
            later.append(box)
            return []
        self._reading.deeper(8)
        inner = Story(story.part, story.note, story.cell)
        inline = Inline(self._reading, inner)
        contents = [self._paragraph(inner, inline, block) for block in blocks]
        self._reading.deeper(-8)
        return contents


class Notes:
    """Footnotes or endnotes, each read where it is referred to first."""

    def __init__(self, part: Part, kind: str, words: str) -> None:
        self._part = part
        self._words = words
        self._notes = {each.get(w("id"), ""): each for each in part.root.iterfind(w(kind))}
        self._written = 0

    def write(self, body: Body, id: str) -> None:
        note = self._notes.pop(id, None)
        if note is not None:
            self._written += 1
            body.flow(Story(self._part, f"{self._words} {self._written}"), note)


def _is_layout(blocks: list[list[list[Element]]]) -> bool:
    """Whether a table only lays out what is in it: it holds another one, or is a frame around paragraphs."""
    cells = [cell for row in blocks for cell in row]
    if any(block.tag not in _PARAGRAPHS for cell in cells for block in cell):
        return True
    return len(cells) == 1 and len(cells[0]) > 1


def _pieces(contents: list[Content]) -> list[Piece]:
    """The pieces of paragraphs that are one; the number of it is that of the last."""
    last = contents[-1].number
    return [*([last] if last else []), *(piece for content in contents for piece in content.pieces)]


def _lines(contents: list[Content]) -> list[Piece]:
    """The paragraphs of a cell, one below the other."""
    if len(contents) == 1 and contents[0].number is None:
        return contents[0].pieces
    pieces: list[Piece] = []
    joined: list[Content] = []
    for content in contents:
        joined.append(content)
        if content.is_joined and content is not contents[-1]:
            continue
        own = _pieces(joined)
        joined = []
        if own:
            pieces += [*_break(pieces), *own]
    return pieces


def _break(pieces: list[Piece]) -> list[Piece]:
    return [Piece("\n", pieces[-1].mark, pieces[-1].offset + len(pieces[-1].text))] if pieces else []
