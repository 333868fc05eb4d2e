"""Text and the places in it.

Everywhere else a place is a character offset; this is the only module that counts lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    """Half-open character offsets into `Source.text`."""

    start: int
    end: int


class Position(NamedTuple):
    """Line and column, both 1-based; the column counts characters (code points)."""

    line: int
    column: int


class Origin(NamedTuple):
    """Where each stretch of a text that a reader made stood in the file it was read from.

    The stretch that starts at `starts[i]` of the text stands at `places[i]` of `original`.
    """

    original: Source
    starts: tuple[int, ...]
    places: tuple[int, ...]

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


class Source:
    """A text, the path that it came from, and the lines in it (ended by LF, CRLF or CR)."""

    __slots__ = ("_starts", "origin", "path", "text")

    def __init__(self, text: str, path: str = "<text>", origin: Origin | None = None) -> None:
        self.text = text
        self.path = path
        self.origin = origin
        self._starts: list[int] | None = None

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        return self._starts

    def position(self, offset: int) -> Position:
        """Line and column of an offset, in the file that the text was read from."""
        if self.origin is not None:
            return self.origin.original.position(self.origin.place(offset))
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def before(self, offset: int) -> str:
        """What stands before an offset in its line of the file: for columns that do not count characters."""
        if self.origin is not None:
            return self.origin.original.before(self.origin.place(offset))
        return self.text[offset - self.position(offset).column + 1 : offset]

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
