"""A text that was read from a document: where it stood there, also when it has been worked on since.

The text is the editor's by now, and places in it are places in that text. What the document's reader said of it beside
the text holds as far as the text is still the one that was read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from reportlint.source import Doubt, Location, Origin, Remark, Source, Span

_FEWEST = 0.5
"""The share of what was read that has to be left of it; else it is taken for another text."""


class Stretch(NamedTuple):
    """A stretch of the text that is as it was read."""

    start: int
    was: int
    """Where it began in the text that was read."""
    length: int


class Extracted(NamedTuple):
    """A document that was read, and the stretches of its text that a text still has, in order."""

    source: Source
    stretches: tuple[Stretch, ...]

    @classmethod
    def of(cls, source: Source) -> Extracted:
        """The text as it was read."""
        return cls(source, (Stretch(0, 0, len(source.text)),))

    def after(self, span: Span, length: int) -> Extracted | None:
        """What it is when so many characters have come instead of a stretch; None where too little is left."""
        left: list[Stretch] = []
        for start, was, size in self.stretches:
            before, behind = min(span.start - start, size), min(start + size - span.end, size)
            if before > 0:
                left.append(Stretch(start, was, before))
            if behind > 0:
                moved = max(start, span.end) - (span.end - span.start) + length
                left.append(Stretch(moved, was + size - behind, behind))
        if sum(each.length for each in left) < len(self.source.text) * _FEWEST:
            return None
        return Extracted(self.source, tuple(left))

    def on(self, text: str, path: str) -> Source:
        """The source of the text as it is now, with what is known of the document; its places are the text's own."""
        doubts = ((self._now(doubt.span), doubt.reason) for doubt in self.source.doubts)
        return Source(
            text,
            path,
            _Shown(self, path),
            doubts=tuple(Doubt(span, reason) for span, reason in doubts if span is not None),
            remarks=tuple(
                Remark(kind, message, None if span is None else self._now(span))
                for kind, message, span in self.source.remarks
            ),
            tables_only=self.source.tables_only,
        )

    def was(self, span: Span) -> Span:
        """Where a stretch of the text stood in what was read; of what was written since, what it stands for."""
        start = self._was(span.start)
        end = self._was(span.end - 1) + 1 if span.end > span.start else start
        return Span(start, max(start, min(end, len(self.source.text))))

    def _was(self, offset: int) -> int:
        index = max(bisect_right(self.stretches, offset, key=itemgetter(0)) - 1, 0)
        start, was, length = self.stretches[index]
        return was + min(max(offset - start, 0), length)

    def _now(self, span: Span) -> Span | None:
        """A stretch of what was read in the text as it is; None where it is not there whole."""
        for start, was, length in self.stretches:
            if was <= span.start and span.end <= was + length:
                return Span(span.start - was + start, span.end - was + start)
        return None


class _Shown(Origin):
    """The origin of the text as the editor has it: it is what is worked on, and stood in the document once."""

    has_lines = True
    is_text = True

    def __init__(self, extracted: Extracted, path: str) -> None:
        self.keeps_white_space = extracted.source.keeps_white_space
        self._extracted = extracted
        self._path = path

    def location(self, span: Span) -> Location:
        return self._extracted.source.location(self._extracted.was(span)) or Location("", "")

    def after(self, text: str, edits: Sequence[tuple[Span, str]]) -> Source | None:
        left: Extracted | None = self._extracted
        for span, put in reversed(edits):
            left = None if left is None else left.after(span, len(put))
        return None if left is None else left.on(text, self._path)
