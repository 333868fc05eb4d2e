"""From tags to lines and tables: which element is in which, where markup leaves ends out or crosses them.

What matters of an element is known at its start tag. Elements that only style their text are not kept, unless what is
around them has to find its end: they are most of what a page holds.
"""

from __future__ import annotations

from collections import defaultdict

from reportlint.errors import ReadError
from reportlint.readers.html import numbers
from reportlint.readers.html.lines import Lines
from reportlint.readers.html.markup import WHITE, Tag
from reportlint.readers.html.nesting import AROUND_ROWS, GROUPS, IMPLIED_ENDS, OF_TABLE, ROWS, SCOPE, scope_of
from reportlint.readers.html.tree import (
    BLOCK,
    BREAK,
    FRAME,
    HIDDEN,
    PICTURE,
    REVISION,
    Block,
    Cell,
    Item,
    Row,
    Table,
    Words,
)

_LINES = frozenset(
    ["address", "blockquote", "center", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "summary"]
)
"""Blocks that hold lines of text, as a rule, and tell nothing of where they are."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ROW = Tag("tr", False, {})


class Builder:
    """Reads a page into `items`: its lines and tables, in order.

    With `thorough` it keeps every element, and calls `entered` and `left` for each, which tell their places.
    """

    def __init__(self, most_cells: int, *, thorough: bool = False) -> None:
        self.lines = Lines()
        self.items = self.lines.items
        self.blocks: list[Block] = [self.lines.root]
        self.title = ""
        self.fetches_styles = False
        """A style sheet is elsewhere, so that what it says of lists is not known."""
        self.thorough = thorough
        self._most_cells = most_cells
        self._cells = 0
        # The open elements: the tag, whether it has a place on the page, and the block around it.
        self._stack: list[tuple[Tag, bool, Block]] = []
        self._open: defaultdict[str, list[int]] = defaultdict(list)  # by name: where they are in it
        self._styled = 0  # how many of them are no blocks
        self._tables: list[tuple[Table, list[Row | Item] | list[Item], Row | None]] = []
        self._table: Table | None = None
        self._row: Row | None = None
        self._listings: list[numbers.Listing] = []

    def start(self, tag: Tag, place: int) -> None:
        """A start tag."""
        name, lines = tag.name, self.lines
        if tag.is_block:
            if self._open["p"] or self._open["head"]:
                self._close(("head", "p"), SCOPE, place)
            if name in ("td", "th") and self._last_of(("tr",)) < self._last_of(("table",)):
                self.start(_ROW, place)
        implied = IMPLIED_ENDS.get(name)
        if implied is not None:
            self._close(*implied, place)
        placed = not lines.hiding and not tag.gone
        if placed:
            self._place(tag, place)
        if name == "a":
            lines.link, lines.is_new_link = (place if tag.is_link else -1), True
        if tag.is_void:
            return
        if tag.is_block or tag.hides or lines.hiding or self._styled or self.thorough or _tells(tag):
            self._push(tag, place, placed)
            if "/" in tag.attributes:
                self._pop(len(self._stack) - 1, place)

    def _place(self, tag: Tag, place: int) -> None:
        """What a start tag does to the lines."""
        name = tag.name
        if name == "br":
            self.lines.end_line(place, BREAK)
        elif name in _ASIDES and not tag.hides:
            self.lines.aside(_ASIDES[name], place, tag)
        elif tag.is_block:
            self.lines.end_line(place, BREAK if name in ROWS or name in ("td", "th") else BLOCK)
            if name in _HEADINGS:
                self.lines.heading = name
            elif name == "li" and self._listings:
                number = self._listings[-1].number(tag)
                self.lines.number = (place, number) if number else None
        elif name == "link" and "stylesheet" in tag.attributes.get("rel", "").lower():
            self.fetches_styles = True
        elif name == "ins":
            self.lines.aside(REVISION, place, tag)

    def _push(self, tag: Tag, place: int, placed: bool) -> None:
        name = tag.name
        self._open[name].append(len(self._stack))
        self._stack.append((tag, placed, self.lines.block))
        if tag.hides:
            if not self.lines.hiding:
                self.lines.hidden.clear()
            self.lines.hiding += 1
        if not tag.is_block:
            self._styled += 1
        self.lines.preformatted += tag.is_pre
        self.lines.marks += tag.is_list_mark
        if placed and tag.is_block:
            self._enter(tag, place)
        if self.thorough:
            self.entered(tag, place)

    def _enter(self, tag: Tag, place: int) -> None:
        """What a block does to the tables, and what stands in it to it."""
        name = tag.name
        if name == "table":
            table = Table(tag, self.lines.block, place)
            if self._tables:
                self._tables[-1][0].holds_tables = True
            self._tables.append((table, self.lines.into, self._row))
            self.lines.into.append(table)
            self.lines.into = table.rows
            self._row = None
            self._table = self.lines.block = table
            self.blocks.append(table)
            return
        table_around = self._table
        if table_around is not None and name in OF_TABLE:
            if name == "tr":
                self._row = Row(place, table_around.group)
            elif name in GROUPS:
                table_around.group += 1
            elif name != "caption" and self._row is not None:
                self.count(1)
                cell = Cell(place, tag.columns, tag.rows)
                self._row.cells.append(cell)
                self.lines.enter_cell(cell)
        elif name in ("ol", "ul", "menu"):
            self._listings.append(numbers.Listing(tag, styled=self.fetches_styles))
        if name not in _LINES or tag.is_furniture or "class" in tag.attributes or "id" in tag.attributes:
            self.lines.block = Block(tag, self.lines.block)
            self.blocks.append(self.lines.block)

    def count(self, cells: int) -> None:
        """Notes how many cells there are more."""
        self._cells += cells
        if self._cells > self._most_cells:
            words = f"网页的表格超过 limits.cells 的上限 {self._most_cells} 个单元格，没有检查"
            raise ReadError("too-large", words)

    def open_row(self) -> Row | None:
        """The row that a cell may begin in here, if all is plain."""
        return self._row if self._is_plain(("tr",)) else None

    def open_table(self) -> Table | None:
        """The table that a row may begin in here, if all is plain."""
        return self._table if self._is_plain(AROUND_ROWS) else None

    def _is_plain(self, names: tuple[str, ...]) -> bool:
        """Whether the innermost element is one of these, and nothing around it changes what text is read."""
        lines, stack = self.lines, self._stack
        if not stack or stack[-1][0].name not in names or self._table is None or self.thorough:
            return False
        return not (self._styled or lines.hiding or lines.preformatted or lines.link >= 0 or lines.is_open)

    def enter_row(self, tag: Tag, row: Row) -> None:
        """Begins a row that some cells have been read of."""
        self._push(tag, row.place, True)
        self._row = row

    def reopen_cell(self, place: int) -> None:
        """What stands behind the last cell is not lost: it is put into that."""
        row = self._row
        last = row.cells[-1] if row is not None else None
        if row is not None and isinstance(last, Words):
            cell = row.cells[-1] = Cell(place, last.columns, last.rows)
            cell.end = last.end
            self.lines.enter_cell(cell)
            if last.text.strip(WHITE):
                self.lines.whole(last.line(self.lines.block))

    def end(self, name: str, place: int) -> None:
        """An end tag."""
        if name == "a":
            self.lines.link = -1
        elif name == "br" and not self.lines.hiding:
            self.lines.end_line(place, BREAK)
        elif name == "ruby":
            self._close(("rt", "rp"), SCOPE, place)
        if self._open[name]:
            self._close((name,), scope_of(name), place)

    def _last_of(self, names: tuple[str, ...]) -> int:
        """Where in the stack the innermost element with one of the names is."""
        return max((self._open[name][-1] for name in names if self._open[name]), default=-1)

    def finish(self, place: int) -> None:
        """The end of the page."""
        self._pop(0, place)
        self.lines.end_line(place, BLOCK)

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
                self.lines.hiding -= 1
                if not self.lines.hiding:
                    self._unhide(tag, place)
            self._styled -= not tag.is_block
            self.lines.preformatted -= tag.is_pre
            self.lines.marks -= tag.is_list_mark
            if placed and tag.is_block:
                self._leave(tag, place)
            self.lines.block = block
            if self.thorough:
                self.left(place)

    def _unhide(self, tag: Tag, place: int) -> None:
        text = "".join(self.lines.hidden).strip()
        self.lines.hidden.clear()
        if tag.name == "del":
            self.lines.aside(REVISION, place, tag)
        elif text and tag.was_hidden:
            self.lines.aside(HIDDEN, place, tag, text)

    def _leave(self, tag: Tag, place: int) -> None:
        name = tag.name
        self.lines.end_line(place, BREAK if name in ROWS else BLOCK)
        if name in _HEADINGS:
            self.lines.heading = ""
        elif name == "table":
            table, self.lines.into, self._row = self._tables.pop()
            table.end = place
            self._table = self._tables[-1][0] if self._tables else None
        elif name in ("ol", "ul", "menu"):
            self._listings.pop()
        elif name == "li":
            self.lines.number = None
        elif self._table is not None and name in OF_TABLE:
            if name == "tr" and self._row is not None:
                self._table.rows.append(self._row)
                self._row, self.lines.into = None, self._table.rows
            elif name in ("td", "th") and self._row is not None:
                self._row.cells[-1].end = place
            elif name in GROUPS:
                self._table.group += 1

    def entered(self, tag: Tag, place: int) -> None:
        """An element begins."""

    def left(self, place: int) -> None:
        """It ends."""


_ASIDES = {"img": PICTURE, "frame": FRAME, "embed": FRAME, "object": FRAME}


def _tells(tag: Tag) -> bool:
    """Whether a tag says something of the text in it, so that its end has to be found."""
    return tag.is_pre or tag.is_list_mark or tag.is_furniture
