"""From tags to lines and tables: which element is in which, where markup leaves ends out or crosses them.

What matters of an element is known at its start tag. Elements that only style their text are not kept, unless what is
around them has to find its end: they are most of what a page holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape

from reportlint.errors import ReadError
from reportlint.readers.html import numbers
from reportlint.readers.html.markup import CODE, CONTROLS, RAW, REFERENCE, TAGS, TOKENS, WHITE, Tag, Tags
from reportlint.readers.html.tree import (
    BLOCK,
    BREAK,
    FRAME,
    HIDDEN,
    PICTURE,
    REVISION,
    Aside,
    Block,
    Cell,
    Item,
    Line,
    Row,
    Table,
)

_COMMENT_END = re.compile(r"--!?>")
_LINE_END = re.compile(r"\r\n?|\n")
_LINES = frozenset(
    ["address", "blockquote", "center", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "summary"]
)
"""Blocks that hold lines of text, as a rule, and tell nothing of where they are."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = ("td", "th", "caption")
_GROUPS = ("tbody", "thead", "tfoot")
_ROWS = frozenset({"tr", *_GROUPS})
_OF_TABLE = (*_CELLS, "tr", *_GROUPS)
_TABLE_SCOPE = ("table", "template")
_SCOPE = (*_TABLE_SCOPE, *_CELLS)
"""An end tag in one of these does not end what was open outside it."""
_IMPLIED_ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **dict.fromkeys(("td", "th"), (_CELLS, _TABLE_SCOPE)),
    "caption": ((*_CELLS, "tr", *_GROUPS), _TABLE_SCOPE),
    "tr": ((*_CELLS, "tr"), _TABLE_SCOPE),
    **dict.fromkeys(_GROUPS, (_OF_TABLE, _TABLE_SCOPE)),
    "table": (("table",), ("template", *_CELLS)),
    "li": (("li",), (*_SCOPE, "ul", "ol", "menu")),
    "dt": (("dt", "dd"), (*_SCOPE, "dl")),
    "dd": (("dt", "dd"), (*_SCOPE, "dl")),
    "rt": (("rt", "rp"), (*_SCOPE, "ruby")),
    "rp": (("rt", "rp"), (*_SCOPE, "ruby")),
}
"""Which open elements a start tag ends, unless one of the second ones was opened since."""
_SHEET = frozenset({"stylesheet"})
_LONGEST_LINK = 200
"""Characters of a link; what is longer was left open."""
_HIDDEN_SHOWN = 200
_NO_TAG = Tag("tr", False, {})


class Builder:
    """Reads a page into `items`: its lines and tables, in order.

    With `thorough` it keeps every element, and calls `entered` and `left` for each, which tell their places.
    """

    def __init__(self, html: str, most_cells: int, *, thorough: bool = False) -> None:
        self.html = html
        self.root = Block(None, None, 0)
        self.items: list[Item] = []
        self.blocks: list[Block] = [self.root]
        self.title = ""
        self.fetches_styles = False
        """A style sheet is elsewhere, so that what it hides or numbers is not known."""
        self._most_cells = most_cells
        self._thorough = thorough
        self._tags = Tags()
        self._cells = 0
        # The open elements: the tag, whether it has a place on the page, and the block around it.
        self._stack: list[tuple[Tag, bool, Block]] = []
        self._open: defaultdict[str, list[int]] = defaultdict(list)  # by name: where they are in it
        self._lines.hiding = self._styled = self._lines.preformatted = self._lines.marks = 0
        self._lines.hidden: list[str] = []
        self._lines.block = self.root
        self._lines.into: list[Row | Item] | list[Item] = self.items
        self._line: Line | None = None
        self._last: Line | None = None
        self._lines.heading = ""
        self._lines.link, self._lines.is_new_link = -1, False
        self._tables: list[tuple[Table, list[Row | Item] | list[Item], Row | None]] = []
        self._table: Table | None = None
        self._row: Row | None = None
        self._listings: list[numbers.Listing] = []
        self._lines.number: tuple[int, str] | None = None
        self._ends: dict[re.Pattern[str], tuple[int, re.Match[str] | None]] = {}

    def read(self, start: int = 0) -> None:
        end = len(self.html)
        pattern = TAGS if self._thorough else TOKENS
        while start < end:
            start = self._run(pattern, start, end)
        self._pop(0, end)
        self._lines.end_line(end, BLOCK)

    def _run(self, pattern: re.Pattern[str], start: int, end: int) -> int:
        """Reads on until the end, or to where there is to be begun anew, and says where that is."""
        tags = self._tags
        for match in pattern.finditer(self.html, start, end):
            text, cell, styling, words, tag, other = match.groups()
            if text:
                self._lines.text(text, match.start())
            if cell is not None:
                if not self._simple_cell(match, cell, styling, words):
                    first, last = match.start(2), match.end()
                    while first < last:
                        first = self._run(TAGS, first, last)
            elif tag is not None:
                known = tags.of(tag)
                place = match.end() - len(tag)
                if known is None:
                    self._lines.text(tag, place, verbatim=True)
                elif known.is_end:
                    self._end(known.name, place)
                else:
                    after = self._start(known, place, match.end())
                    if after != match.end():
                        return after
            elif other == "<":
                self._lines.text(other, match.end() - 1)
            elif other == "<!--":
                found = self._next(_COMMENT_END, match.end() - 2)
                if found is not None:
                    return found.end()
                self._lines.text(other, match.end() - 4)
        return end

    def _next(self, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
        """The next match from a place on; what was found for one before is not looked for again."""
        since, match = self._ends.get(pattern, (-1, None))
        if since < 0 or (match is not None and match.start() < start):
            match = pattern.search(self.html, start)
            self._ends[pattern] = (start, match)
        return match

    def _start(self, tag: Tag, place: int, end: int) -> int:
        """Begins an element; where to read on."""
        name = tag.name
        if name in RAW:
            return self._raw(tag, place, end)
        if tag.is_block:
            if self._open["p"] or self._open["head"]:
                self._close(("head", "p"), _SCOPE, place)
            if name in ("td", "th") and self._last_of(("tr",)) < self._last_of(("table",)):
                self._start(_NO_TAG, place, place)
        implied = _IMPLIED_ENDS.get(name)
        if implied is not None:
            self._close(*implied, place)
        placed = not self._lines.hiding and not tag.gone
        if placed:
            self._place(tag, place)
        if name == "a":
            self._lines.link, self._lines.is_new_link = (place if tag.is_link else -1), True
        if tag.is_void:
            return end
        if tag.is_block or tag.hides or self._lines.hiding or self._styled or self._thorough or _tells(tag):
            self._push(tag, place, placed)
            if "/" in tag.attributes:
                self._pop(len(self._stack) - 1, place)
        return end

    def _place(self, tag: Tag, place: int) -> None:
        """What a start tag does to the lines."""
        name = tag.name
        if name == "br":
            self._lines.end_line(place, BREAK)
        elif name in _ASIDES and not tag.hides:
            self._lines.aside(_ASIDES[name], place, tag)
        elif tag.is_block:
            self._lines.end_line(place, BREAK if name in _ROWS or name in ("td", "th") else BLOCK)
            if name in _HEADINGS:
                self._lines.heading = name
            elif name == "li" and self._listings:
                number = self._listings[-1].number(tag)
                self._lines.number = (place, number) if number else None
        elif name == "link" and "stylesheet" in tag.attributes.get("rel", "").lower():
            self.fetches_styles = True
        elif name == "ins":
            self._lines.aside(REVISION, place, tag)

    def _push(self, tag: Tag, place: int, placed: bool) -> None:
        name = tag.name
        self._open[name].append(len(self._stack))
        self._stack.append((tag, placed, self._lines.block))
        if tag.hides:
            if not self._lines.hiding:
                self._lines.hidden.clear()
            self._lines.hiding += 1
        if not tag.is_block:
            self._styled += 1
        self._lines.preformatted += tag.is_pre
        self._lines.marks += tag.is_list_mark
        if placed and tag.is_block:
            self._enter(tag, place)
        if self._thorough:
            self.entered(tag, place)

    def _enter(self, tag: Tag, place: int) -> None:
        """What a block does to the tables, and what stands in it to it."""
        name = tag.name
        if name == "table":
            table = Table(tag, self._lines.block, place)
            if self._tables:
                self._tables[-1][0].holds_tables = True
            self._tables.append((table, self._lines.into, self._row))
            self._lines.into.append(table)
            self._lines.into = table.rows
            self._row = None
            self._table = self._lines.block = table
            self.blocks.append(table)
            return
        table_around = self._table
        if table_around is not None and name in _OF_TABLE:
            if name == "tr":
                self._row = Row(place, table_around.group)
            elif name in _GROUPS:
                table_around.group += 1
            elif name != "caption" and self._row is not None:
                self._count()
                cell = Cell(place, tag.columns, tag.rows)
                self._row.cells.append(cell)
                self._lines.into = cell.items
        elif name in ("ol", "ul", "menu"):
            self._listings.append(numbers.Listing(tag, styled=self.fetches_styles))
        if name not in _LINES or tag.is_furniture or "class" in tag.attributes or "id" in tag.attributes:
            self._lines.block = Block(tag, self._lines.block, place)
            self.blocks.append(self._lines.block)

    def _count(self) -> None:
        self._cells += 1
        if self._cells > self._most_cells:
            words = f"网页的表格超过 limits.cells 的上限 {self._most_cells} 个单元格，没有检查"
            raise ReadError("too-large", words)

    def _simple_cell(self, match: re.Match[str], raw: str, styling: str, words: str) -> bool:
        """A whole cell with styled text; False where it is to be read tag by tag."""
        tag = self._tags.cell(raw, styling)
        if tag is None or self._lines.hiding or self._lines.preformatted or self._lines.link >= 0 or self._styled or self._table is None:
            return False
        stack = self._stack
        if stack and stack[-1][0].name in ("td", "th"):
            self._pop(len(stack) - 1, match.start(2))
        row = self._row
        if row is None or not stack or stack[-1][0].name != "tr":
            return False
        self._lines.end_line(match.start(2), BREAK)
        self._count()
        cell = Cell(match.start(2), tag.columns, tag.rows)
        row.cells.append(cell)
        # What stands behind its end tag is not lost.
        self._lines.into = cell.items
        end = cell.end = match.end() - len(tag.name) - 3
        if words.strip(WHITE):
            line = Line(self._lines.block)
            line.pieces.append((match.start(4), words, False))
            line.end = end
            cell.items.append(line)
            self._lines.last = line
        return True

    def _end(self, name: str, place: int) -> None:
        if name == "a":
            self._lines.link = -1
        elif name == "br":
            if not self._lines.hiding:
                self._lines.end_line(place, BREAK)
        if self._open[name]:
            self._close((name,), _ends_in(name), place)

    def _last_of(self, names: tuple[str, ...]) -> int:
        """Where in the stack the innermost element with one of the names is."""
        return max((self._open[name][-1] for name in names if self._open[name]), default=-1)

    def _close(self, names: tuple[str, ...], scope: tuple[str, ...], place: int) -> None:
        for name in names:
            found = self._open[name]
            if found and found[-1] > self._last_of(scope):
                self._pop(found[-1], place)

    def _pop(self, index: int, place: int) -> None:
        while len(self._stack) > index:
            tag, placed, block = self._stack.pop()
            self._open[tag.name].pop()
            if tag.hides:
                self._lines.hiding -= 1
                if not self._lines.hiding:
                    self._unhide(tag, place)
            self._styled -= not tag.is_block
            self._lines.preformatted -= tag.is_pre
            self._lines.marks -= tag.is_list_mark
            if placed and tag.is_block:
                self._leave(tag, place)
            self._lines.block = block
            if self._thorough:
                self.left(tag, place)

    def _unhide(self, tag: Tag, place: int) -> None:
        text = "".join(self._lines.hidden).strip()
        self._lines.hidden.clear()
        if tag.name == "del":
            self._lines.aside(REVISION, place, tag)
        elif text and tag.was_hidden:
            self._lines.aside(HIDDEN, place, tag, text)

    def _leave(self, tag: Tag, place: int) -> None:
        name = tag.name
        self._lines.end_line(place, BREAK if name in _ROWS else BLOCK)
        if name in _HEADINGS:
            self._lines.heading = ""
        elif name == "table":
            table, self._lines.into, self._row = self._tables.pop()
            table.end = place
            self._table = self._tables[-1][0] if self._tables else None
        elif name in ("ol", "ul", "menu"):
            self._listings.pop()
        elif name == "li":
            self._lines.number = None
        elif self._table is not None and name in _OF_TABLE:
            if name == "tr" and self._row is not None:
                self._row.end = place
                self._table.rows.append(self._row)
                self._row, self._lines.into = None, self._table.rows
            elif name in ("td", "th") and self._row is not None:
                self._row.cells[-1].end = place
            elif name in _GROUPS:
                self._table.group += 1

    def _raw(self, tag: Tag, place: int, end: int) -> int:
        """What holds nothing to read; where to read on."""
        name = tag.name
        if "/" in tag.attributes:
            return end
        found = self._next(RAW[name], end)
        if found is None or (name in CONTROLS and found[0][1] != "/"):
            return len(self.html) if name in CODE else end
        within = self.html[end : found.start()]
        if name == "title" and not self.title:
            self.title = unescape(within[:1_000])
        elif name == "style" and (numbers.NONE.search(within) or "@import" in within):
            self.fetches_styles = True
        elif name == "iframe" and not self._lines.hiding and not tag.hides:
            self._lines.aside(FRAME, place, tag)
        return found.end()

    def entered(self, tag: Tag, place: int) -> None:
        """An element begins."""

    def left(self, tag: Tag, place: int) -> None:
        """It ends."""


_ASIDES = {"img": PICTURE, "frame": FRAME, "embed": FRAME, "object": FRAME}


def _ends_in(name: str) -> tuple[str, ...]:
    return () if name in _TABLE_SCOPE else _TABLE_SCOPE if name in _OF_TABLE else _SCOPE


def _tells(tag: Tag) -> bool:
    """Whether a tag says something of the text in it, so that its end has to be found."""
    return tag.is_pre or tag.is_list_mark or tag.is_furniture
