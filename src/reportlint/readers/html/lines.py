"""The lines of a page as its text comes in: pieces of text, breaks between lines, and what stands beside the text."""

from __future__ import annotations

import re
from html import unescape

from reportlint.readers.html import numbers
from reportlint.readers.html.markup import REFERENCE, WHITE, Tag
from reportlint.readers.html.tree import BLOCK, BREAK, Aside, Block, Cell, Item, Line, Row

_LINE_END = re.compile(r"\r\n?|\n")
_MOST_HIDDEN = 200
"""Pieces of hidden text that are looked at."""


class Lines:
    """Writes lines into `into`: those of the page, or of a cell of a table."""

    def __init__(self) -> None:
        self.root = Block(None, None)
        self.items: list[Item] = []
        self.into: list[Row | Item] | list[Item] = self.items
        self.block = self.root
        self.heading = ""
        self.number: tuple[int, str] | None = None
        """The number of the item that begins, and its place."""
        self.link = -1
        """Where the link begins that the text is in; -1 for none."""
        self.is_new_link = False
        self.hiding = self.preformatted = self.marks = 0
        """How many elements are open that hide their text, keep its white space, hold a number that Word made."""
        self.hidden: list[str] = []
        self._line: Line | None = None
        self._last: Line | None = None

    @property
    def is_open(self) -> bool:
        """Whether a line has begun."""
        return self._line is not None

    def text(self, text: str, place: int, *, verbatim: bool = False) -> None:
        if "&" in text and not verbatim:
            self._referenced(text, place)
        elif self.preformatted and not self.hiding and ("\n" in text or "\r" in text):
            done = 0
            for match in _LINE_END.finditer(text):
                is_blank = self._line is None and not text[done : match.start()].strip()
                if not is_blank:
                    self._put(text[done : match.start()], place + done, False)
                self.end_line(place + match.start(), BLOCK if is_blank else BREAK)
                done = match.end()
            self._put(text[done:], place + done, False)
        else:
            self._put(text, place, False)

    def _referenced(self, text: str, place: int) -> None:
        """Text with character references: what each stands for is a piece of its own."""
        done = 0
        for match in REFERENCE.finditer(text):
            meant, reference = unescape(match[0]), match[0]
            # "&nbsp2025" is a reference and four characters of text.
            rest = len(meant[1:]) if reference.endswith(meant[1:]) else 0
            self.text(text[done : match.start()], place + done, verbatim=True)
            self._put(meant[: len(meant) - rest], place + match.start(), True)
            done = match.end() - rest
        self.text(text[done:], place + done, verbatim=True)

    def _put(self, text: str, place: int, made: bool) -> None:
        if self.hiding:
            if self.link < 0 and len(self.hidden) < _MOST_HIDDEN and not text.isspace():
                self.hidden.append(text)
            return
        line = self._line
        if line is None:
            if not text or (not self.preformatted and not text.strip(WHITE)):
                return
            line = self._begin(text)
            if line.pieces:
                stripped = text.lstrip(WHITE)
                place += len(text) - len(stripped)
                text = stripped
        elif not text:
            return
        if self.marks and not text.strip(WHITE + "\xa0"):
            return
        line.pieces.append((place, text, made))
        if self.link >= 0:
            line.linked += len(text)
            if self.is_new_link:
                line.links += 1
                self.is_new_link = False

    def _begin(self, text: str) -> Line:
        line = self._line = Line(self.block)
        line.heading = self.heading
        line.preformatted = bool(self.preformatted)
        if self.number is not None:
            at, number = self.number
            self.number = None
            if not numbers.has_number(text):
                line.pieces.append((at, number, True))
        return line

    def aside(self, kind: str, place: int, tag: Tag, text: str = "") -> None:
        line = self._line
        if line is None:
            line = self._line = Line(self.block)
        if line.asides is None:
            line.asides = []
        line.asides.append(Aside(kind, place, tag, text))

    def end_line(self, place: int, gap: int) -> None:
        line = self._line
        if line is not None:
            line.end = place
            line.gap = gap
            self.into.append(line)
            self._line, self._last = None, line
        elif self._last is not None and self._last.gap < gap:
            self._last.gap = gap

    def enter_cell(self, cell: Cell) -> None:
        """What comes next stands in a cell."""
        self.into = cell.items
        self.settle()

    def settle(self) -> None:
        """How far the next line is from the last one is no longer in question: a cell is between them."""
        self._last = None

    def whole(self, line: Line) -> None:
        """A line that was read already."""
        self.into.append(line)
        self._last = line
