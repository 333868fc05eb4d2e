"""What stands one below the other: paragraphs and tables, and what hangs on them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from reportlint.readers import remarks
from reportlint.readers.docx import names, notices
from reportlint.readers.docx.grid import Blocks, Grid
from reportlint.readers.docx.inline import Content, Inline, joined
from reportlint.readers.docx.names import w
from reportlint.readers.docx.places import NUMBER, Stretch
from reportlint.readers.docx.story import Part, Reading, Story
from reportlint.readers.docx.styles import is_on, numbering_of
from reportlint.readers.docx.tables import inside, shape
from reportlint.readers.writer import Piece

_PARAGRAPHS = frozenset((names.P, names.MATH_PARAGRAPH))
_BLOCKS = _PARAGRAPHS | {names.TBL, names.ALT_CHUNK}
_GONE = (names.DEL, names.MOVE_FROM)
_MARKED = frozenset((*_GONE, names.INS, names.VANISH))
"""What properties of the end of a paragraph say of it that matters here."""


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
                kept.append(self.paragraph(story, inline, block))
                if kept[-1].is_joined:
                    continue
                self.write(story, kept)
            else:
                self.write(story, kept)
                if block.tag == names.TBL:
                    self._table(story, block)
                elif block.tag == names.ALT_CHUNK:
                    self._reading.notices.add(notices.CHUNK, None, self._reading.writer.length)
            kept = []
        self.write(story, kept)

    def paragraph(self, story: Story, inline: Inline, paragraph: Element) -> Content:
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
        revisions = reading.notices.count(remarks.REVISION)
        content = inline.read(paragraph, hidden=hides)
        if mark is not None and not _MARKED.isdisjoint([each.tag for each in mark]):
            is_gone = any(mark.find(name) is not None for name in _GONE)
            content.is_joined = is_gone or bool(is_on(mark.find(names.VANISH)))
            is_revised = not story.is_revised and (is_gone or mark.find(names.INS) is not None)
            if is_revised and reading.notices.count(remarks.REVISION) == revisions:
                reading.notices.add(remarks.REVISION, content.place, reading.writer.length)
        if reading.numberer and not content.is_joined:
            printed = reading.numberer.printed(own, style)
            if printed is not None and (content.pieces or content.drawn):
                content.number = Piece(printed.text, Stretch(content.place, -1, -1, NUMBER))
                content.doubt = content.doubt or printed.doubt
        return content

    def write(self, story: Story, contents: list[Content], number: int = 0) -> bool:
        """Writes paragraphs as one, and what hangs on them behind it; whether there was any text in it.

        The number is that of a paragraph in a cell; others are counted here.
        """
        if not contents:
            return False
        writer = self._reading.writer
        is_first = not writer.length
        span = writer.paragraph(joined(contents), next((each.doubt for each in contents if each.doubt), ""))
        has_text = span.start < span.end
        if has_text and not story.note and not number:
            self._reading.paragraphs += 1
        for content in contents:
            content.place.number = (number or self._reading.paragraphs) if has_text else 0
            self.look(content, is_first)
        for content in contents:
            for drawn in content.drawn:
                for box in drawn.boxes:
                    self.box(story, box)
        self.write_notes(story, contents)
        return has_text

    def blocks_in(self, box: Element) -> list[Element] | None:
        """The paragraphs of a text box; None where there is something else in it."""
        blocks = inside(box, _BLOCKS, self._reading)
        return blocks if all(block.tag in _PARAGRAPHS for block in blocks) else None

    def look(self, content: Content, is_first: bool) -> None:
        """Remarks the pictures that may hold text."""
        for drawn in content.drawn:
            if drawn.stands_for_text(has_text=content.has_text, is_first=is_first):
                self._reading.notices.add(drawn.kind, content.place, self._reading.writer.length)

    def box(self, story: Story, box: Element) -> None:
        self._reading.deeper(8)
        self.flow(Story(story.part, story.note), box)
        self._reading.deeper(-8)

    def write_notes(self, story: Story, contents: list[Content]) -> None:
        for content in contents:
            for kind, id in content.notes:
                notes = self._notes.get(kind)
                if notes is not None and not story.note:
                    notes.write(self, id)

    def _table(self, story: Story, element: Element) -> None:
        self._reading.deeper(3)
        table = shape(element, self._reading)
        blocks = [[inside(cell.element, _BLOCKS, self._reading) for cell in row.cells] for row in table.rows]
        before = self._reading.writer.length
        if _is_layout(blocks):
            place = None
            for row, of_row in zip(table.rows, blocks, strict=True):
                was_revised, story.is_revised = story.is_revised, story.is_revised or row.is_revised
                for cell, of_cell in zip(row.cells, of_row, strict=True):
                    if not cell.is_covered:
                        self._blocks(story, of_cell)
                story.is_revised = was_revised
        else:
            place = Grid(self, self._reading, story, table, blocks).write()
        for kind, count in ((remarks.REVISION, table.revisions), (remarks.HIDDEN, table.hidden)):
            if count:
                self._reading.notices.add(kind, place, before, count)
        self._reading.deeper(-3)


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


def _is_layout(blocks: Blocks) -> bool:
    """Whether a table only lays out what is in it: it holds another one, or is a frame, a single cell."""
    cells = [cell for row in blocks for cell in row]
    return len(cells) == 1 or any(block.tag not in _PARAGRAPHS for cell in cells for block in cell)
