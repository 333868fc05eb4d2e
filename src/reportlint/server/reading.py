"""A document with what is said of it: what handlers answer from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from reportlint.result import Result
from reportlint.server.documents import Document
from reportlint.server.positions import Positions
from reportlint.source import Span

if TYPE_CHECKING:
    from reportlint.linter import Linter


class Reading(NamedTuple):
    """A document, and what is said of its text as it is."""

    document: Document
    result: Result
    linter: Linter | None
    positions: Positions

    @property
    def editable(self) -> bool:
        """Whether places in the text are those of the document, so that it can be changed by them."""
        return self.result.report is not None and self.result.source.is_text

    def offset(self, position: types.Position) -> int:
        return self.positions.offset(self.result.source, position.line, position.character)

    def span(self, range_: types.Range) -> Span:
        start, end = range_.start, range_.end
        return self.positions.span(self.result.source, (start.line, start.character), (end.line, end.character))

    def position(self, offset: int) -> types.Position:
        return types.Position(**self.positions.position(self.result.source, offset))

    def range(self, span: Span) -> types.Range:
        return types.Range(self.position(span.start), self.position(span.end))
