"""What outputs need of a document's text and places for what is said of it, so that it need not be read again.

Kept are the lines that findings are in, as they were read, and line and column where the document has them.
Where it stands in a document, a finding says itself. Nothing else is kept of the text.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from typing import Any

from reportlint.result import Result
from reportlint.source import Doubt, Location, Origin, Position, Remark, Source, Span

_LINE = re.compile(r"[^\r\n]+")
_UNITS = ("a", "é", "一", "𠮷")
"""A character for each number of bytes that one takes in UTF-8; the last one takes two units of UTF-16."""

Counts = tuple[int, ...]


class NotKeptError(LookupError):
    """A place is asked for that was not kept: the document has to be read again."""


class Excerpt(Origin):
    """The origin of a text that was read in an earlier run: it knows line and column of what was found then."""

    def __init__(
        self,
        has_lines: bool,
        positions: dict[int, tuple[int, int, Counts]] | None,
        *,
        is_writable: bool,
    ) -> None:
        self.has_lines = has_lines
        self.is_writable = is_writable
        self._positions = positions

    def location(self, _: Span) -> Location:
        raise NotKeptError

    def position(self, offset: int) -> Position | None:
        if self._positions is None:
            return None
        line, column, _ = _kept(self._positions, offset)
        return Position(line, column)

    def before(self, offset: int) -> str | None:
        """Not what stood there, but as long as it in every unit in which columns are counted."""
        if self._positions is None:
            return None
        counts = _kept(self._positions, offset)[2]
        return "".join(character * number for character, number in zip(_UNITS, counts, strict=True))


def packed(result: Result) -> Any:  # noqa: ANN401 - built-in values
    """What is kept of a result's source, as built-in values; None where it has to be read again: a plain text, since
    that is as quick, and one that has something to conceal, since that is to stand nowhere else."""
    source = result.source
    if source.origin is None or result.concealed:
        return None
    spans = sorted(set(_spans(result)))
    positions = None
    if source.origin.position(0) is not None:
        offsets = sorted({offset for span in spans for offset in span})
        positions = [(offset, *source.position(offset), _counts(source.before(offset))) for offset in offsets]
    return (
        zlib.compress(_lines(source, spans).encode("utf-8", "surrogatepass"), 1),
        source.origin.has_lines,
        positions,
        [(*doubt.span, doubt.reason) for doubt in source.doubts],
        [
            (remark.kind, remark.message, None if remark.span is None else tuple(remark.span))
            for remark in source.remarks
        ],
        source.tables_only,
        source.origin.is_writable,
    )


def unpacked(kept: Any, path: str) -> Source:  # noqa: ANN401 - what was packed
    """The source again, as far as it was kept."""
    text, has_lines, positions, doubts, remarks, tables_only, is_writable = kept
    origin = Excerpt(
        has_lines,
        None if positions is None else {offset: (line, column, counts) for offset, line, column, counts in positions},
        is_writable=is_writable,
    )
    return Source(
        zlib.decompress(text).decode("utf-8", "surrogatepass"),
        path,
        origin,
        doubts=tuple(Doubt(Span(start, end), reason) for start, end, reason in doubts),
        remarks=tuple(Remark(kind, words, None if span is None else Span(*span)) for kind, words, span in remarks),
        tables_only=tables_only,
    )


def _spans(result: Result) -> Iterable[Span]:
    """All places that an output may show."""
    for diagnostic in result.diagnostics:
        found = [diagnostic.span, *(note.span for note in diagnostic.notes)]
        found += [
            addend.span for total in diagnostic.sums for side in (total.left, total.right) for addend in side.addends
        ]
        found += [edit.span for edit in diagnostic.fix.edits] if diagnostic.fix is not None else []
        yield from (span for span in found if span is not None)


def _lines(source: Source, spans: Iterable[Span]) -> str:
    """The text with the lines that have nothing in these places left blank; it is as long as it was."""
    shown: set[int] = set()
    for span in spans:
        first = source.line_span(span.start).start
        last = source.line_span(max(span.start, span.end - 1)).end
        shown.update(match.start() for match in _LINE.finditer(source.text, first, last))
    return _LINE.sub(lambda match: match[0] if match.start() in shown else " " * len(match[0]), source.text)


def _counts(text: str) -> Counts:
    """How many characters of a text take one, two, three and four bytes in UTF-8."""
    numbers = [0, 0, 0, 0]
    for character in text:
        numbers[(character > "\x7f") + (character > "\u07ff") + (character > "\uffff")] += 1
    return tuple(numbers)


def _kept(places: dict[Any, Any], key: object) -> Any:  # noqa: ANN401 - what the places are
    try:
        return places[key]
    except KeyError:
        raise NotKeptError from None
