"""A paragraph: its runs to pieces of text, and what else is in it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reportlint.readers import remarks
from reportlint.readers.docx import names
from reportlint.readers.docx.names import w
from reportlint.readers.docx.pictures import Drawn, chosen, drawn
from reportlint.readers.docx.places import FORMULA, SIGN, Paragraph, Stretch
from reportlint.readers.docx.signs import sign
from reportlint.readers.docx.story import Field, Reading, Story
from reportlint.readers.docx.styles import is_on
from reportlint.readers.writer import Piece

_WRAPPERS = frozenset(
    (names.INS, names.MOVE_TO, names.HYPERLINK, names.SMART_TAG, names.CUSTOM_XML, names.SDT_CONTENT, names.DIR,
     names.BDO, names.SDT, names.FIELD)
)  # fmt: skip
_REVISED = frozenset((names.INS, names.DEL, names.MOVE_FROM))
"""What counts as a tracked change; what was moved to is the other end of what was moved from."""
_BREAKS = {w("br"): "\n", w("cr"): "\n", w("tab"): "\t", w("ptab"): "\t", w("noBreakHyphen"): "-"}
_MATHS = (names.MATH, names.MATH_PARAGRAPH)
_DRAWN = (names.DRAWING, names.PICT, names.OBJECT)
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_SHOWN = (names.T, w("sym"), w("tab"), *_DRAWN, names.ALTERNATE, names.RUBY)
_SYM, _FIELD_SIGN, _INSTRUCTION, _COMMENT = w("sym"), w("fldChar"), w("instrText"), w("commentReference")
_WHITE = " \t\r\n"
_MOST_FIELDS = 50
"""Fields within fields."""


class Content:
    """What is in a paragraph."""

    __slots__ = ("doubt", "drawn", "is_joined", "notes", "number", "pieces", "place")

    def __init__(self, place: Paragraph) -> None:
        self.place = place
        self.pieces: list[Piece] = []
        self.drawn: list[Drawn] = []
        self.notes: list[tuple[str, str]] = []
        """The notes that it refers to: of which kind, and the id."""
        self.number: Piece | None = None
        """What automatic numbering prints before it."""
        self.doubt = ""
        self.is_joined = False
        """Whether the next paragraph goes on it: its end was taken out, or is hidden."""

    @property
    def has_text(self) -> bool:
        return any(piece.text.strip() for piece in self.pieces)


class Inline:
    """Reads the paragraphs of a story."""

    def __init__(self, reading: Reading, story: Story) -> None:
        self._reading = reading
        self._story = story

    def read(self, paragraph: Element, *, hidden: bool) -> Content:
        """The content of a paragraph; `hidden` says whether its style hides its text."""
        self._hidden = hidden
        self._content = content = Content(self._story.place(paragraph))
        self._pieces = content.pieces
        self._walk(paragraph)
        for field in self._story.fields:
            # No field reaches over paragraphs before it shows anything: it has lost its end.
            field.is_shown = True
            field.start = 0
        return content

    def _walk(self, root: Element) -> None:
        """Everything that may stand between a paragraph and its runs."""
        waiting: list[tuple[Iterator[Element], str]] = [(iter(root), "")]
        before = ""
        while waiting:
            for element in waiting[-1][0]:
                tag = element.tag
                if tag == names.R:
                    self._run(element)
                    before = tag
                    continue
                if tag in _REVISED and tag != before and not self._story.is_revised:
                    self._notice(remarks.REVISION)
                before = tag
                if tag in _WRAPPERS:
                    if tag == names.FIELD:
                        self._begin_field()
                        self._story.fields[-1].instruction = element.get(w("instr"), "")[:100]
                        self._story.fields[-1].is_shown = True
                    waiting.append((iter(element), tag))
                    self._reading.check(len(waiting))
                    before = ""
                    break
                if tag == names.ALTERNATE:
                    waiting.append((iter(chosen(element)), tag))
                    self._reading.check(len(waiting))
                    break
                if tag in _MATHS:
                    self._math(element)
            else:
                before = waiting.pop()[1]
                if before == names.FIELD and self._story.fields:
                    self._story.fields.pop()

    def _run(self, run: Element) -> None:
        index = self._story.part.runs[run]
        place = self._content.place
        kind = self._story.kind() if self._story.fields else ""
        if self._reading.hides and self._is_hidden(run):
            if any(child.tag in _SHOWN for child in run):
                self._notice(remarks.HIDDEN)
            # What it says of fields counts, though it is not shown.
            for child in run:
                if child.tag in (_FIELD_SIGN, _INSTRUCTION):
                    self._other(child, child.tag, Stretch(place, index, -1, SIGN))
            return
        for number, child in enumerate(run):
            tag = child.tag
            if tag == names.T:
                text = child.text
                if text:
                    self._text(text, child, Stretch(place, index, number, kind))
            elif tag == names.RPR:
                continue
            elif tag in _BREAKS:
                self._pieces.append(Piece(_BREAKS[tag], Stretch(place, index, number, SIGN)))
            else:
                self._other(child, tag, Stretch(place, index, number, SIGN))

    def _text(self, text: str, element: Element, stretch: Stretch) -> None:
        offset = 0
        if text[0] in _WHITE or text[-1] in _WHITE:
            if element.get(names.SPACE) != "preserve":
                offset = len(text) - len(text.lstrip(_WHITE))
                text = text.strip(_WHITE)
            for white in "\t\r\n":
                text = text.replace(white, " ")
        elif "\n" in text or "\t" in text:
            text = text.replace("\t", " ").replace("\n", " ")
        if text:
            self._pieces.append(Piece(text, stretch, offset))

    def _other(self, element: Element, tag: str, stretch: Stretch) -> None:
        """What stands in a run beside text."""
        if tag == _FIELD_SIGN:
            self._field_sign(element)
        elif tag == _INSTRUCTION:
            if self._story.fields and len(self._story.fields[-1].instruction) < 100:
                self._story.fields[-1].instruction += (element.text or "")[:100]
        elif tag in _NOTES:
            self._content.notes.append((_NOTES[tag], element.get(w("id"), "")))
        elif tag == _COMMENT:
            self._notice(remarks.COMMENT)
        elif tag in _DRAWN:
            self._content.drawn.append(drawn(element))
        elif tag == names.ALTERNATE:
            for child in chosen(element):
                if child.tag in _DRAWN:
                    self._content.drawn.append(drawn(child))
                elif child.tag == names.T:
                    self._text(child.text or "", child, stretch)
        elif tag == names.RUBY:
            self._reading.deeper(4)
            for base in element.iterfind(names.RUBY_BASE):
                self._walk(base)
            self._reading.deeper(-4)
        elif tag == _SYM:
            text, doubt = sign(element.get(w("font"), ""), element.get(w("char"), ""))
            self._pieces.append(Piece(text, stretch))
            self._content.doubt = self._content.doubt or doubt

    def _begin_field(self) -> None:
        fields = self._story.fields
        fields.append(Field(len(self._pieces)))
        if len(fields) > _MOST_FIELDS:
            # It has lost its end; what it shows is read all the same.
            del fields[0]

    def _field_sign(self, element: Element) -> None:
        kind = element.get(w("fldCharType"))
        fields = self._story.fields
        if kind == "begin":
            self._begin_field()
        elif fields and kind in ("separate", "end"):
            field = fields[-1]
            if not field.is_shown:
                del self._pieces[field.start :]
                field.is_shown = True
            if kind == "end":
                fields.pop()

    def _math(self, element: Element) -> None:
        stretch = Stretch(self._content.place, -1, -1, FORMULA)
        text = "".join(each.text or "" for each in element.iter(names.MATH_TEXT))
        if text:
            self._pieces.append(Piece(text, stretch))

    def _is_hidden(self, run: Element) -> bool:
        """By the run itself, else by its style or that of the paragraph: two that hide show, as Word has it."""
        properties = run.find(names.RPR)
        styles = self._reading.styles
        own, named = None, None
        if properties is not None:
            own = is_on(properties.find(names.VANISH))
            named = properties.find(names.RUN_STYLE)
        if own is not None:
            return own
        by_run = named is not None and styles.hides(named.get(names.VAL, ""))
        return styles.hide_all or by_run != self._hidden

    def _notice(self, kind: str) -> None:
        self._reading.notices.add(kind, self._content.place, self._reading.writer.length)


def joined(contents: list[Content]) -> list[Piece]:
    """The pieces of paragraphs that are one; the number of it is that of the last."""
    number = contents[-1].number
    if len(contents) == 1 and number is None:
        return contents[0].pieces
    return [*([number] if number else []), *(piece for content in contents for piece in content.pieces)]


def groups(contents: list[Content]) -> list[list[Content]]:
    """Paragraphs in groups that are one each."""
    made: list[list[Content]] = []
    is_joined = False
    for content in contents:
        if is_joined:
            made[-1].append(content)
        else:
            made.append([content])
        is_joined = content.is_joined
    return made


def lines(contents: list[Content]) -> list[Piece]:
    """The pieces of paragraphs, one below the other."""
    if len(contents) == 1:
        return joined(contents)
    pieces: list[Piece] = []
    for group in groups(contents):
        own = joined(group)
        if own and pieces:
            pieces.append(end_of_line(pieces[-1]))
        pieces += own
    return pieces


def end_of_line(piece: Piece) -> Piece:
    """The end of a line behind a piece."""
    return Piece("\n", piece.mark, piece.offset + len(piece.text))
