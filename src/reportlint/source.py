"""Text, the places in it, and where they were in the document that it was read from.

Everywhere else a place is a character offset; this is the only module that counts lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    """Half-open character offsets into `Source.text`."""

    start: int
    end: int


class Position(NamedTuple):
    """Line and column, both 1-based; the column counts characters (code points)."""

    line: int
    column: int


Part = int | float | str | tuple[float, ...]
"""One of the things by which a document tells a place: a number, a name, a box."""


class Location(NamedTuple):
    """Where something stands in a document, as one finds it who opens it."""

    words: str
    """In Chinese, as a person says it: «表三 第5行 “总计”», «第三段»."""
    path: str
    """For programs, from the outside in: `table[3]/row[5]/cell[2]`, `page[4]`, `表三!C5`, `html/body/p[2]`."""
    parts: tuple[tuple[str, Part], ...] = ()
    """What the path is made of, by name: `table`, `row`, `cell`, `paragraph`, `page`, `box`, `sheet`, `line`."""


class Origin:
    """Where the text that a reader made of a document stood in it."""

    has_lines = False
    """Whether the document is a text itself, so that places in it are lines and columns."""
    is_writable = False
    """Whether edits of the text can be made in the document."""

    keeps_white_space = False
    """Whether the white space of the text is what the author typed, and not what comes of mark-up and layout."""

    is_text = False
    """Whether the text is what is worked on, and not the document that it was read from: an editor's, say."""

    def location(self, span: Span) -> Location:
        """Where a stretch of the text stands in the document; that of an empty one is where it begins."""
        raise NotImplementedError

    def after(self, text: str, edits: Sequence[tuple[Span, str]]) -> Source | None:  # noqa: ARG002 - for those that know
        """The source of what the text becomes by edits, in order, none over another; None where nothing is known."""
        return None

    def position(self, offset: int) -> Position | None:  # noqa: ARG002 - for those that know
        """The line and column of the file where an offset into the text stands; None where it has none."""
        return None

    def before(self, offset: int) -> str | None:  # noqa: ARG002 - for those that know
        """What stands before that in its line of the file, or what is as long; None where it has no lines."""
        return None


class Mapped(Origin):
    """An origin by stretches: each begins at an offset of the text and has a mark of its reader's.

    `locate` says where two marks are: those under the first and under the last character of a stretch.
    """

    def __init__(
        self,
        starts: Sequence[int],
        marks: Sequence[Any],
        offsets: Sequence[int],
        locate: Callable[[Any, Any], Location],
        *,
        keeps_white_space: bool,
    ) -> None:
        self.keeps_white_space = keeps_white_space
        self._starts = starts
        self._marks = marks
        self._offsets = offsets
        self._locate = locate

    def mark(self, offset: int) -> tuple[Any, int]:
        """The mark of the stretch around an offset, and how far the offset is into what the mark is of."""
        index = max(bisect_right(self._starts, offset) - 1, 0)
        return self._marks[index], self._offsets[index] + offset - self._starts[index]

    def marked(self) -> Iterator[tuple[int, Any]]:
        """Where each stretch begins, and its mark."""
        return zip(self._starts, self._marks, strict=True)

    def location(self, span: Span) -> Location:
        if not self._starts:
            return Location("", "")
        return self._locate(self.mark(span.start)[0], self.mark(max(span.start, span.end - 1))[0])


class Page(Origin):
    """The origin of a text that was read from another one, a web page: where each stretch stood in it.

    The stretch that starts at `starts[i]` of the text stands at `places[i]` of `original`.
    """

    has_lines = True

    def __init__(self, original: Source, starts: tuple[int, ...], places: tuple[int, ...]) -> None:
        self.original = original
        self.starts = starts
        self.places = places

    def location(self, span: Span) -> Location:
        line, column = self.position(span.start)
        return Location(f"第 {line} 行", f"line[{line}]", (("line", line), ("column", column)))

    def position(self, offset: int) -> Position:
        return self.original.position(self.place(offset))

    def before(self, offset: int) -> str:
        return self.original.before(self.place(offset))

    def place(self, offset: int) -> int:
        """The offset into the original file of an offset into the text that was read from it."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0:
            return 0
        place = self.places[index] + offset - self.starts[index]
        if index + 1 < len(self.places):
            place = min(place, max(self.places[index], self.places[index + 1]))
        return min(place, len(self.original.text))

    def offset(self, place: int) -> int:
        """The offset into the text of a place in the original file: of what was not read, the end of what is before."""
        before = [index for index, start in enumerate(self.places) if start <= place]
        if not before:
            return 0
        index = max(before, key=self.places.__getitem__)
        offset = self.starts[index] + place - self.places[index]
        return min(offset, self.starts[index + 1]) if index + 1 < len(self.starts) else offset


class Doubt(NamedTuple):
    """A stretch of the text that its reader is not sure of, and why (in Chinese, a clause without a stop)."""

    span: Span
    reason: str


class Doubts:
    """Doubts by their places: there may be one for each of many thousand cells."""

    def __init__(self, doubts: Iterable[Doubt]) -> None:
        self._doubts = sorted(doubts)
        self._starts = [doubt.span.start for doubt in self._doubts]
        # The furthest end of all up to each, so that a search backwards knows when to stop.
        self._furthest = list(accumulate((doubt.span.end for doubt in self._doubts), max))

    def of(self, span: Span) -> Doubt | None:
        """The doubt about a stretch; of several the one that begins last, which is about the least."""
        index = bisect_right(self._starts, span.end) - 1
        while index >= 0 and self._furthest[index] >= span.start:
            if self._doubts[index].span.end >= span.start:
                return self._doubts[index]
            index -= 1
        return None


class Remark(NamedTuple):
    """Something about a document that its text does not show; rules speak of it.

    The kinds are those of `reportlint.readers.remarks`.
    """

    kind: str
    message: str
    """What there is, in Chinese: one sentence without a stop at its end."""
    span: Span | None = None
    """Where: an empty stretch for what has no text of its own; None for what concerns the whole document."""


class Source:
    """A text, the path that it came from, and the lines in it (ended by LF, CRLF or CR).

    A reader of documents also says where it all stood, what it is not sure of and what else there is.
    """

    __slots__ = ("_starts", "doubts", "origin", "path", "remarks", "tables_only", "text")

    def __init__(
        self,
        text: str,
        path: str = "<text>",
        origin: Origin | None = None,
        *,
        doubts: tuple[Doubt, ...] = (),
        remarks: tuple[Remark, ...] = (),
        tables_only: bool = False,
    ) -> None:
        self.text = text
        self.path = path
        self.origin = origin
        self.doubts = doubts
        self.remarks = remarks
        self.tables_only = tables_only
        """Whether the document is one for tables, as a workbook: unless prose is found beside them, what is about
        prose cannot be judged."""
        self._starts: list[int] | None = None

    @property
    def page(self) -> Page | None:
        """The web page that the text was read from, if it was."""
        return self.origin if isinstance(self.origin, Page) else None

    @property
    def is_text(self) -> bool:
        """Whether places in the text are those of what is worked on, so that it can be changed by them."""
        return self.origin is None or self.origin.is_text

    @property
    def keeps_white_space(self) -> bool:
        """Whether the white space of the text is what the author typed."""
        return self.origin is None or self.origin.keeps_white_space

    @property
    def has_lines(self) -> bool:
        """Whether a place is a line and a column of the file; else `location` says where it is."""
        return self.origin is None or self.origin.has_lines

    def location(self, span: Span) -> Location | None:
        """Where a stretch stands in the document that was read; None for a plain text."""
        return None if self.origin is None else self.origin.location(span)

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        return self._starts

    def position(self, offset: int) -> Position:
        """Line and column of an offset: in the file, or, where that has no lines, in the text that was read from it."""
        found = None if self.origin is None else self.origin.position(offset)
        if found is not None:
            return found
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def before(self, offset: int) -> str:
        """What stands before an offset in its line of the file: for columns that do not count characters."""
        found = None if self.origin is None else self.origin.before(offset)
        return self.text[offset - self.position(offset).column + 1 : offset] if found is None else found

    def line_start(self, line: int) -> int | None:
        """Where a line of the text (from 1) begins; None where it has fewer lines."""
        starts = self._line_starts()
        return starts[line - 1] if line <= len(starts) else None

    def line_span(self, offset: int) -> Span:
        """The line of the text around an offset, without its end."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        end = starts[line] if line < len(starts) else len(self.text)
        start = starts[line - 1]
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]
