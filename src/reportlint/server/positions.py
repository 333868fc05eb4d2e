"""Offsets into a text, and positions as a client counts them: lines from 0, columns in its unit.

A line ends with LF, CRLF or CR, as in `Source`. Positions outside the text are those of its nearest place: clients send
them while a text moves on.
"""

from __future__ import annotations

import re

from reportlint.formats.places import Unit, utf8, utf16
from reportlint.source import Source, Span

UTF16 = "utf-16"
_UNITS: dict[str, Unit] = {UTF16: utf16, "utf-8": utf8, "utf-32": len}
_HIGHEST_OF_ONE_UNIT = "\uffff"
_SURROGATE = re.compile("[\ud800-\udfff]")

Position = dict[str, int]
Range = dict[str, Position]


class Positions:
    """Positions in the encoding that was agreed with a client."""

    def __init__(self, encoding: str = UTF16) -> None:
        self.encoding = encoding
        self._unit = _UNITS[encoding]

    def position(self, source: Source, offset: int) -> Position:
        """Where an offset into a text stands in the document that the text was read from."""
        place = source.position(offset)
        if self._unit is len:
            return {"line": place.line - 1, "character": place.column - 1}
        return {"line": place.line - 1, "character": self._unit(source.before(offset))}

    def range(self, source: Source, span: Span) -> Range:
        start, end = self.position(source, span.start), self.position(source, span.end)
        if (end["line"], end["character"]) < (start["line"], start["character"]):
            # In a page, what is read as one line may stand in another order.
            end = start
        return {"start": start, "end": end}

    def offset(self, source: Source, line: int, character: int) -> int:
        """The offset into a text of a position in the document that it was read from."""
        page = source.page
        if page is not None:
            offset = page.offset(self.offset(page.original, line, character))
            return min(offset, len(source.text))
        if line < 0:
            return 0
        start = source.line_start(line + 1)
        if start is None:
            return len(source.text)
        span = source.line_span(start)
        return span.start + self._characters(source.slice(span), max(character, 0))

    def span(self, source: Source, start: tuple[int, int], end: tuple[int, int]) -> Span:
        """The stretch between two positions, in whatever order they come."""
        one, other = self.offset(source, *start), self.offset(source, *end)
        return Span(min(one, other), max(one, other))

    def spliced(self, source: Source, start: tuple[int, int], end: tuple[int, int], text: str) -> str:
        """A source's text with another one instead of the stretch between two positions.

        Clients that keep their texts in UTF-16 may take a pair of surrogates apart, and put it together again.
        """
        span = self.span(source, start, end)
        head, tail = source.text[: span.start], source.text[span.end :]
        if self._unit is utf16:
            first, last = sorted((start, end))
            head += self._half(source, span.start, first)[:1]
            rest = self._half(source, span.end, last)
            # The other half stands in the tail, which begins with the character whole.
            tail = rest[1:] + tail[1:] if rest else tail
            if _SURROGATE.search(head[-1:] + text + tail[:1]):
                return _paired(head + text + tail)
        return head + text + tail

    def _half(self, source: Source, offset: int, position: tuple[int, int]) -> str:
        """The surrogates of the character at an offset, where a position is between them; else nothing."""
        line, character = position
        character_there = source.text[offset : offset + 1]
        if character_there <= _HIGHEST_OF_ONE_UNIT or line < 0:
            return ""
        here = self.position(source, offset)
        if here["line"] != line or here["character"] >= character:
            return ""
        return _apart(character_there)

    def _characters(self, line: str, units: int) -> int:
        """How many characters of a line so many units are; half a character is none."""
        if self._unit is len or line.isascii() or not line:
            return min(units, len(line))
        if self._unit is utf16 and max(line) <= _HIGHEST_OF_ONE_UNIT:
            return min(units, len(line))
        passed = 0
        for index, character in enumerate(line):
            passed += self._unit(character)
            if passed > units:
                return index
        return len(line)


def _apart(character: str) -> str:
    """The surrogates that stand for a character."""
    data = character.encode("utf-16-le")
    return "".join(data[index : index + 2].decode("utf-16-le", "surrogatepass") for index in (0, 2))


def _paired(text: str) -> str:
    """A text in which surrogates that belong together are one character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
