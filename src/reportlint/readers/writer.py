"""The canonical text of a document: what readers of documents write, and where each stretch of it came from.

A paragraph is a line with a blank line around it. A row of a table is a line with a tab between its fields; a cell
that spans stands in the first field that it covers, and the others are empty. White space within a cell is one space.
Read as plain text, it is the same report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from reportlint.readers import spread
from reportlint.readers.spread import Written
from reportlint.source import Doubt, Location, Mapped, Remark, Source, Span

_WHITE = " \t\r\n\f\v"
_RUN = re.compile(r"[ \t\r\n\f\v]+|[^ \t\r\n\f\v]+")
_LINE = re.compile(r"[\r\n\f\v]+|[^\r\n\f\v]+")
_PLAIN = re.compile(r"[^ \t\r\n\f\v]+(?: [^ \t\r\n\f\v]+)*").fullmatch


class Piece(NamedTuple):
    """A stretch of text as the document holds it, the reader's mark for its place, and where in that it begins."""

    text: str
    mark: Any
    offset: int = 0


class Field(NamedTuple):
    """A cell of a table, at the first field that it covers."""

    pieces: Sequence[Piece]
    mark: Any
    """The place of the cell, for one that is empty."""
    doubt: str = ""
    """Why the reader is not sure of it."""


class Writer:
    """Writes the text of a document, paragraph by paragraph and table by table."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._marks: list[Any] = []
        self._offsets: list[int] = []
        self._length = 0
        self._doubts: list[Doubt] = []
        self._remarks: list[Remark] = []

    @property
    def length(self) -> int:
        """Of what is written so far: the offset of what comes next, but for the blank line before it."""
        return self._length

    def paragraph(self, pieces: Iterable[Piece], doubt: str = "") -> Span:
        """A paragraph; line breaks in it end a line. Nothing is written for one of white space alone."""
        lines: list[list[Piece]] = [[]]
        for piece in pieces:
            if not _has_break(piece.text):
                lines[-1].append(piece)
                continue
            for match in _LINE.finditer(piece.text):
                if match[0][0] in "\r\n\f\v":
                    lines.append([])
                else:
                    lines[-1].append(Piece(match[0], piece.mark, piece.offset + match.start()))
        lines = [line for line in map(_stripped, lines) if line]
        if not lines:
            return Span(self._length, self._length)
        self._gap(lines[0][0].mark)
        start = self._length
        for number, line in enumerate(lines):
            if number:
                self._put("\n", line[0].mark, line[0].offset)
            for piece in line:
                self._put(*piece)
        span = Span(start, self._length)
        self._put("\n", *self._last())
        self.doubt(span, doubt)
        return span

    def table(self, rows: Iterable[Sequence[Field | None]], doubt: str = "") -> Span:
        """A table; None is a field that a cell covers which stands elsewhere. Rows are as wide as they are given."""
        start = -1
        written: list[tuple[Sequence[Field | None], Span]] = []
        is_spread = False
        for row in rows:
            if not row:
                continue
            if start < 0:
                first = next((field.mark for field in row if field is not None), None)
                self._gap(first)
                start = self._length
            # What stands behind a field is of its place, so that an empty one has a place, too.
            behind: tuple[Any, int] = self._last()
            start_of_row = self._length
            for number, field in enumerate(row):
                if number:
                    self._put("\t", *behind)
                if field is not None:
                    start_of_field = self._length
                    behind = self._field(field)
                    if self._length == start_of_field and number + 1 < len(row) and row[number + 1] is None:
                        is_spread = True
            written.append((row, Span(start_of_row, self._length)))
            self._put("\n", *behind)
        if is_spread:
            text = "".join(self._parts)
            self._doubts += spread.doubts(
                Written(
                    text[span.start : span.end].split("\t"),
                    [number for number, field in enumerate(row) if field is not None],
                    span,
                )
                for row, span in written
            )
        if start < 0:
            return Span(self._length, self._length)
        span = Span(start, self._length - 1)
        self.doubt(span, doubt)
        return span

    def start_of(self, mark: Any) -> Span | None:  # noqa: ANN401 - the reader's own
        """The empty stretch where the text of a mark begins; None where nothing was written of it."""
        if mark not in self._marks:
            return None
        start = self._starts[self._marks.index(mark)]
        return Span(start, start)

    def doubt(self, span: Span, reason: str) -> None:
        """That a stretch may have been read wrongly; nothing is noted without a reason."""
        if reason:
            self._doubts.append(Doubt(span, reason))

    def remark(self, kind: str, message: str, span: Span | None = None) -> None:
        """Something about the document that rules speak of."""
        self._remarks.append(Remark(kind, message, span))

    def first(self, wanted: Callable[[Any], bool]) -> Span | None:
        """The first text whose stretches, one behind the other, have wanted marks; None where there is none."""
        first = next((index for index, mark in enumerate(self._marks) if wanted(mark)), None)
        if first is None:
            return None
        last = first
        while last < len(self._marks) and wanted(self._marks[last]):
            last += 1
        start, end = self._starts[first], self._starts[last] if last < len(self._starts) else self._length
        text = "".join(self._parts)[start:end]
        start += len(text) - len(text.lstrip(_WHITE))
        return Span(start, max(start, end - len(text) + len(text.rstrip(_WHITE))))

    def behind(self, offset: int) -> Span:
        """The place behind the last text that stands before an offset."""
        end = len("".join(self._parts)[:offset].rstrip(_WHITE))
        return Span(end, end)

    def source(
        self,
        path: str,
        locate: Callable[[Any, Any], Location],
        *,
        tables_only: bool = False,
        keeps_white_space: bool = True,
    ) -> Source:
        """The source of all that was written; white space is kept where the document says what was typed."""
        origin = Mapped(self._starts, self._marks, self._offsets, locate, keeps_white_space=keeps_white_space)
        doubts, remarks = tuple(self._doubts), tuple(self._remarks)
        return Source("".join(self._parts), path, origin, doubts=doubts, remarks=remarks, tables_only=tables_only)

    def _field(self, field: Field) -> tuple[Any, int]:
        """The place behind the field."""
        start = self._length
        # The place of the last white space, which is written as soon as something follows it.
        space: tuple[Any, int] | None = None
        for piece in field.pieces:
            if space is None and _PLAIN(piece.text):
                self._put(*piece)
                continue
            for match in _RUN.finditer(piece.text):
                if match[0][0] in _WHITE:
                    space = (piece.mark, piece.offset + match.end() - 1) if self._length > start else None
                    continue
                if space is not None:
                    self._put(" ", *space)
                self._put(match[0], piece.mark, piece.offset + match.start())
                space = None
        self.doubt(Span(start, self._length), field.doubt)
        return self._last() if self._length > start else (field.mark, 0)

    def _gap(self, mark: Any) -> None:  # noqa: ANN401 - the reader's own
        if self._length:
            self._put("\n", mark, 0)

    def _last(self) -> tuple[Any, int]:
        """The mark of what was written last, and how far into it what follows would be."""
        if not self._marks:
            return None, 0
        return self._marks[-1], self._offsets[-1] + self._length - self._starts[-1]

    def _put(self, text: str, mark: Any, offset: int) -> None:  # noqa: ANN401 - the reader's own
        marks = self._marks
        if not marks or marks[-1] is not mark or self._offsets[-1] + self._length - self._starts[-1] != offset:
            self._starts.append(self._length)
            marks.append(mark)
            self._offsets.append(offset)
        self._parts.append(text)
        self._length += len(text)


def _has_break(text: str) -> bool:
    return any(each in text for each in "\r\n\f\v")


def _stripped(line: list[Piece]) -> list[Piece]:
    """A line without the spaces and tabs around it."""
    while line and not line[0].text.strip(_WHITE):
        line = line[1:]
    while line and not line[-1].text.strip(_WHITE):
        line = line[:-1]
    if not line:
        return []
    first = line[0]
    kept = first.text.lstrip(_WHITE)
    line = [Piece(kept, first.mark, first.offset + len(first.text) - len(kept)), *line[1:]]
    last = line[-1]
    return [*line[:-1], last._replace(text=last.text.rstrip(_WHITE))]
