"""What a page is made of: blocks within blocks, the lines of text in them, and tables of rows of cells."""

from __future__ import annotations

from typing import NamedTuple

from reportlint.readers.html.markup import Tag

BREAK = 1
BLOCK = 2
"""How many ends of a line there are behind one: a `<br>`, or the end of a block."""

PICTURE = "picture"
FRAME = "frame"
HIDDEN = "hidden"
REVISION = "revision"
"""What may stand in a line beside its text."""

BLANK = "\xa0"
"""What a cell holds that is to look empty."""

Piece = tuple[int, str, bool]
"""A stretch of text: its place in the page, the text, and whether that is made (of a character reference, or the number
of an item) and does not stand at the place as it is."""


class Aside(NamedTuple):
    """What stands in a line beside its text."""

    kind: str
    place: int
    tag: Tag
    text: str = ""


class Block:
    """An element that holds lines; what it holds is counted when the report is looked for."""

    __slots__ = ("chars", "is_furniture", "linked", "links", "parent", "substance", "tag")

    def __init__(self, tag: Tag | None, parent: Block | None) -> None:
        self.tag = tag
        self.parent = parent
        self.chars = self.linked = self.links = self.substance = 0
        self.is_furniture = False


class Line:
    """A line of text, in pieces."""

    __slots__ = ("asides", "block", "end", "gap", "heading", "linked", "links", "pieces", "preformatted")

    def __init__(self, block: Block) -> None:
        self.block = block
        self.pieces: list[Piece] = []
        self.asides: list[Aside] | None = None
        self.end = 0
        """The place of what ended it."""
        self.gap = BLOCK
        self.heading = ""
        """The name of the heading that it is."""
        self.linked = self.links = 0
        """How many characters of it are in links, and how many links there are."""
        self.preformatted = False
        """White space counts in it."""

    @property
    def text(self) -> str:
        return "".join(text for _, text, _ in self.pieces)


class Cell:
    """A cell of a table: what is in it, and how many columns and rows it covers."""

    __slots__ = ("columns", "end", "items", "rows")

    def __init__(self, place: int, columns: int, rows: int) -> None:
        self.end = place
        """The place of what ended it."""
        self.columns = columns
        self.rows = rows
        """0 for all that are left of its group."""
        self.items: list[Item] = []


class Words:
    """A cell that holds one piece of text, or nothing."""

    __slots__ = ("end", "place", "text")
    columns = rows = 1

    def __init__(self, text: str, place: int, end: int) -> None:
        self.text = text
        self.place = place
        self.end = end

    def line(self, block: Block) -> Line:
        """The same as a line of a block."""
        line = Line(block)
        line.pieces.append((self.place, self.text, self.text == BLANK))
        line.end = self.end
        return line


class WideWords(Words):
    """Such a cell that covers more than one column or row."""

    __slots__ = ("columns", "rows")

    def __init__(self, text: str, place: int, end: int, columns: int, rows: int) -> None:
        super().__init__(text, place, end)
        self.columns = columns
        self.rows = rows


class Row:
    """A row of a table."""

    __slots__ = ("cells", "group", "is_simple", "place")

    def __init__(self, place: int, group: int) -> None:
        self.place = place
        self.group = group
        """Which group of rows (head, body, foot) it is in: no cell spans into the next."""
        self.cells: list[Cell | Words] = []
        self.is_simple = False
        """It has several cells, each of words and in one column and row."""


class Table(Block):
    """A table. A line that stands in it beside its cells is among its rows."""

    __slots__ = ("end", "group", "holds_tables", "place", "rows")

    def __init__(self, tag: Tag | None, parent: Block | None, place: int) -> None:
        super().__init__(tag, parent)
        self.place = place
        self.rows: list[Row | Item] = []
        self.holds_tables = False
        self.group = 0
        self.end = place


Item = Line | Table
