"""Saved web pages: HTML to lines of text.

A block is a line, with a blank line around it; a row of a table is a line too, a tab between its
fields; white space is collapsed as browsers do. A cell that spans stands in the first field that
it covers, the others are empty. A table that holds another one is there for the layout only.

`html.parser` only takes single tags apart. For a whole page it needs quadratic time where tags or
comments stay open, and it reads no tags behind a stray "&#"; so one regular expression cuts the page
up, in linear time since it goes on behind all that it looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from html import unescape
from html.parser import HTMLParser

from reportlint.errors import ReadError
from reportlint.readers import OWN_PAGE
from reportlint.readers.reader import Means
from reportlint.readers.text import decode
from reportlint.source import Page, Source

_MARKUP = re.compile(
    r"""(?P<comment><!--)
    | (?P<declaration><(?:[!?]|/(?![a-zA-Z]))[^<>]*+>)
    | (?P<tag></?[a-zA-Z][^\s/<>]*+
        (?: [\s/]++
          | [^\s/<>][^\s/<>=]*+ (?: \s*+ = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s<>"'][^\s<>]*+ ) )?+
        )*+ (?P<end>>)? )
    | (?P<reference>&(?:\#[0-9]{1,12} | \#[xX][0-9a-fA-F]{1,12} | [a-zA-Z][a-zA-Z0-9]{0,31});?)""",
    re.VERBOSE,
)
"""What begins like a tag and has no end before the next "<" is text, so that nothing is lost."""

_RUN = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")
_SPAN = re.compile(r"\s*\+?0*([1-9][0-9]{0,3})")
_GONE = re.compile(r"(?<![\w-])display\s*:\s*none(?![\w-])", re.IGNORECASE)
_UNSEEN = re.compile(r"(?<![\w-])visibility\s*:\s*(?:hidden|collapse)(?![\w-])", re.IGNORECASE)
_WIDEST = 1_000
_MOST_COVERED = 200_000
"""Fields of a page that are empty since a cell spans over them; from there on no cell spans."""

_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])[^<>]*+>", re.IGNORECASE)
    for name in ("script", "style", "title", "noscript", "textarea", "iframe", "noembed", "noframes", "xmp")
}
"""Elements that hold no markup and nothing to read, and where they end."""
_COMMENT_END = re.compile(r"--!?>")
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr").fullmatch
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|d[dlt]|details|dialog|dir|div|fieldset"
    "|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|html|legend|li|main|menu|nav|ol|p|pre"
    "|search|section|summary|table|td|th|tr|ul"
).fullmatch

_CELLS = ("td", "th", "caption")
_OF_TABLE = (*_CELLS, "tr", "tbody", "thead", "tfoot")
_TABLE_SCOPE = ("table", "template")
_SCOPE = (*_TABLE_SCOPE, *_CELLS)
"""An end tag in one of these does not end what was open outside it."""
_IMPLIED_ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **dict.fromkeys(_CELLS, (_CELLS, _TABLE_SCOPE)),
    "tr": ((*_CELLS, "tr"), _TABLE_SCOPE),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (_OF_TABLE, _TABLE_SCOPE)),
    "table": (("table",), ("template", *_CELLS)),
    "li": (("li",), (*_SCOPE, "ul", "ol", "menu")),
}
"""Which open elements a start tag ends, unless one of the second ones was opened since."""


class _Writer:
    """Writes the lines, and keeps where every stretch of them came from."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.places: list[int] = []
        self.layout: set[int] = {-1}  # the places of tables that are no grids; -1 is for no table
        self._length = 0
        self._next = -1  # the place that goes on the last stretch
        self._bare = True  # the line or field has no text yet, so white space is dropped
        self._space: tuple[int, bool] | None = None
        self._newlines, self._line_end = 0, 0
        self._table, self._in_row = -1, False
        self._column, self._field_end, self._covered = 0, 0, 0
        self._rows_left: list[int] = []  # by column: rows that the cell in it spans, with this one

    def _put(self, text: str, place: int, own: bool) -> None:
        if place != self._next or own:
            self.starts.append(self._length)
            self.places.append(place)
        self.parts.append(text)
        self._length += len(text)
        self._next = place + len(text)

    def finish_line(self, most: int = 2) -> None:
        for _ in range(min(self._newlines, most) if self._length else 0):
            self._put("\n", self._line_end, True)
        self._newlines = 0

    def text(self, text: str, place: int, own: bool) -> None:
        """Text of the page; what a character reference stands for is a stretch of its own."""
        for run in _RUN.finditer(text):
            if run[0][0] in " \t\n\r\f":
                self._space = self._space or (place + run.start(), own)
                continue
            self.finish_line()
            if self._space and not self._bare:
                self._put(" ", *self._space)
            self._put(run[0], place + run.start(), own)
            self._bare, self._space = False, None

    def end_line(self, place: int, newlines: int = 2) -> None:
        """Ends the line, if there is one; within a row there is only white space."""
        if self._in_row:
            self._space = self._space or (place, True)
            self._field_end = place
            return
        self._line_end = self._line_end if self._newlines else place
        self._newlines = max(self._newlines, newlines)
        self._bare, self._space = True, None

    def row(self, table: int, place: int) -> None:
        self.end_line(place, 1)
        if table != self._table or self._covered >= _MOST_COVERED:
            self._rows_left.clear()
        self._table, self._in_row = table, table not in self.layout
        self._column, self._field_end = 0, place

    def cell(self, place: int, columns: int, rows: int) -> None:
        if not self._in_row:
            self.end_line(place)
            return
        while self._column < len(self._rows_left) and self._rows_left[self._column]:
            self._field(covered=True)
        if self._covered >= _MOST_COVERED:
            columns = rows = 1
        end = self._column + columns
        self._rows_left.extend([0] * (end - len(self._rows_left)))
        for column in range(self._column, end):
            self._rows_left[column] = max(self._rows_left[column], rows)
        self._field(covered=False)

    def end_row(self, place: int) -> None:
        if self._in_row:
            place = self._field_end
            while self._rows_left and not self._rows_left[-1]:
                self._rows_left.pop()
            while self._column < len(self._rows_left):
                self._field(covered=True)
        self._in_row = False
        self.end_line(place, 1)

    def _field(self, covered: bool) -> None:
        if self._column:
            self.finish_line()
            self._put("\t", self._field_end, True)
            self._bare, self._space = True, None
        if self._column < len(self._rows_left) and self._rows_left[self._column]:
            self._rows_left[self._column] -= 1
        self._column += 1
        self._covered += covered


def _span(attributes: dict[str, str], name: str) -> int:
    match = _SPAN.match(attributes.get(name, ""))
    return min(int(match[1]), _WIDEST) if match else 1


class _Parser(HTMLParser):
    """Reads a page. All writing waits for the end, when it is known which tables are grids."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.writer = _Writer()
        self._html = html
        self._place = 0
        self._is_tag, self._raw = False, ""
        self._waiting: list[Callable[[], None]] = []
        # The open elements: the name, whether it hides what is in it, whether it has a place itself.
        self._stack: list[tuple[str, bool, bool]] = []
        self._open: defaultdict[str, list[int]] = defaultdict(list)  # by name: where they are in it
        self._hiding = 0
        self._tables = [-1]
        self._missing: set[re.Pattern[str]] = set()

    def read(self) -> None:
        done = 0
        while match := _MARKUP.search(self._html, done):
            self._place, end = match.span()
            self._text(done, self._place)
            done = end
            if match["reference"]:
                self._reference(match["reference"])
            elif match["comment"]:
                done = self._end_of(_COMMENT_END, self._place + 2) or self._text(self._place, end)
            elif match["tag"]:
                done = (match["end"] and self._tag(match["tag"], end)) or self._text(self._place, end)
        self._place = self._text(done, len(self._html))
        self._pop(0)
        for write in self._waiting:
            write()
        self.writer.end_line(self._place, 1)
        self.writer.finish_line(1)

    def _end_of(self, pattern: re.Pattern[str], start: int) -> int:
        """Where the next match ends; 0 if there is none, and the rest is not searched again."""
        match = None if pattern in self._missing else pattern.search(self._html, start)
        if match is None:
            self._missing.add(pattern)
        return match.end() if match else 0

    def _text(self, start: int, end: int) -> int:
        if start < end and not self._hiding:
            self._waiting.append(partial(self.writer.text, self._html[start:end], start, False))
        return end

    def _reference(self, reference: str) -> None:
        text, end = unescape(reference), self._place + len(reference)
        # "&nbsp2025" is a reference and four characters of text.
        rest = len(text[1:]) if reference.endswith(text[1:]) else 0
        if not self._hiding:
            self._waiting.append(partial(self.writer.text, text[: len(text) - rest], self._place, True))
        self._text(end - rest, end)

    def _tag(self, tag: str, end: int) -> int:
        """Begins and ends elements; where to read on, or 0 if it is no tag."""
        self._is_tag, self._raw = False, ""
        self.reset()
        # It asserts what markup looks like, and int() refuses a "&#" with thousands of digits.
        with suppress(AssertionError, ValueError):
            self.feed(tag)
        if self._raw:
            is_code = self._raw in ("script", "style")
            return self._end_of(_RAW[self._raw], end) or (len(self._html) if is_code else end)
        return end if self._is_tag else 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_tag, self._raw = True, tag if tag in _RAW else ""
        if self._raw:
            return
        if _BLOCK(tag):
            self._close(("head", "p"), _SCOPE)
        self._close(*_IMPLIED_ENDS.get(tag, ((), ())))
        if tag in ("td", "th") and self._last(("tr",)) < self._last(("table",)):
            self.handle_starttag("tr", [])
        attributes = {name: value or "" for name, value in reversed(attrs)}
        style = attributes.get("style", "")
        placed = not self._hiding and "hidden" not in attributes and not _GONE.search(style)
        if tag == "table":
            self.writer.layout.update(self._tables[-1:] if placed else ())
            self._tables.append(self._place)
        write, wait, place = self.writer, self._waiting.append, self._place
        if placed and tag in ("td", "th"):
            wait(partial(write.cell, place, _span(attributes, "colspan"), _span(attributes, "rowspan")))
        elif placed and tag == "tr":
            wait(partial(write.row, self._tables[-1], place))
        elif placed and (tag == "br" or _BLOCK(tag)):
            wait(partial(write.end_line, place, 1 if tag == "br" else 2))
        if not _VOID(tag):
            # What is unseen has its place, unlike what is gone: an empty field, if it is a cell.
            hides = not placed or tag in ("head", "template") or bool(_UNSEEN.search(style))
            self._open[tag].append(len(self._stack))
            self._stack.append((tag, hides, placed))
            self._hiding += hides

    def handle_endtag(self, tag: str) -> None:
        self._is_tag, self._raw = True, ""
        self._close((tag,), () if tag in _TABLE_SCOPE else _TABLE_SCOPE if tag in _OF_TABLE else _SCOPE)

    def _last(self, names: tuple[str, ...]) -> int:
        """Where in the stack the innermost element with one of the names is."""
        return max((self._open[name][-1] for name in names if self._open[name]), default=-1)

    def _close(self, names: tuple[str, ...], scope: tuple[str, ...]) -> None:
        for name in names:
            if self._last((name,)) > self._last(scope):
                self._pop(self._open[name][-1])

    def _pop(self, index: int) -> None:
        while len(self._stack) > index:
            name, hides, placed = self._stack.pop()
            self._open[name].pop()
            self._hiding -= hides
            if placed and name == "tr":
                self._waiting.append(partial(self.writer.end_row, self._place))
            elif placed and _BLOCK(name):
                self._waiting.append(partial(self.writer.end_line, self._place))
            if name == "table":
                self._tables.pop()


_OWN_MARK = '<meta name="generator" content="reportlint">'
_HEAD = 1_000
"""Characters in which a page tells what wrote it."""


def read(data: bytes, path: str, means: Means) -> Source:
    """The source of a page; ReadError says why there is none."""
    return of_text(decode(data), path, means)


def of_text(html: str, path: str, _means: Means) -> Source:
    """The same for what an editor holds."""
    if _OWN_MARK in html[:_HEAD]:
        raise ReadError(OWN_PAGE, "这是 reportlint 输出的网页，不是年度报告")
    return read_html(html, path)


def read_html(html: str, path: str) -> Source:
    """The text of a page; places in it are those of the file."""
    page = _Parser(html)
    page.read()
    origin = Page(Source(html, path), tuple(page.writer.starts), tuple(page.writer.places))
    return Source("".join(page.writer.parts), path, origin)
