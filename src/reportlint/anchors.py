"""Structural places: where a finding stands, in words that stay the same when lines move.

A cell is `table/row/column` (`table[2]/row/column` in the second table of that name, where several are judged), a
heading its words, any other stretch itself between quotation marks, a short one with what stands beside it. What is
said of the report as a whole has the message for its place.
Places are written into files that people read and keep (what is accepted, the baseline), so they hold
only masked text.
"""

from __future__ import annotations

import zlib
from functools import cached_property
from typing import NamedTuple

from reportlint.masking import Mask
from reportlint.model import Report
from reportlint.source import Span

_SHORT = 12
"""A stretch of fewer characters is quoted with its neighbours."""
_LONGEST = 60
_CUT = "…"
"""Around a checksum of what is left out."""


class Anchor(NamedTuple):
    """A structural place, and what stands there."""

    place: str
    content: str


class Anchors:
    """The structural places of a report."""

    def __init__(self, report: Report, mask: Mask) -> None:
        self._report = report
        self._mask = mask

    def of(self, span: Span | None, message: str) -> Anchor:
        """The place of a finding. Of one without a place in the text, `message` (masked) stands for it."""
        if span is None:
            return Anchor(message, "")
        cell = self._cells.get(span)
        text = self._mask.whole
        content = _words(text[span.start : span.end])
        if cell is not None:
            return Anchor(cell, content)
        if span in self._headings:
            return Anchor(_shortened(content), _shortened(content))
        if len(content) < _SHORT:
            line = self._report.source.line_span(span.start)
            beside = _SHORT - len(content)
            start, end = max(line.start, span.start - beside), max(span.end, min(line.end, span.end + beside))
            return Anchor(f"“{_shortened(_words(text[start:end]))}”", _shortened(content))
        return Anchor(f"“{_shortened(content)}”", _shortened(content))

    @cached_property
    def _headings(self) -> frozenset[Span]:
        return frozenset(section.heading_span for section in self._report.sections)

    @cached_property
    def _cells(self) -> dict[Span, str]:
        named: dict[str, int] = {}
        found = {}
        for table in self._report.judged_tables:
            number = named[table.name] = named.get(table.name, 0) + 1
            # A workbook may have the tables of several offices.
            name = table.name if number == 1 else f"{table.name}[{number}]"
            found.update({cell.span: f"{name}/{row}/{column}" for (row, column), cell in table.cells.items()})
        return found


def _words(text: str) -> str:
    return " ".join(text.split())


def _shortened(words: str) -> str:
    """At most so many characters, of a longer text the beginning, the end and a checksum of what is between."""
    if len(words) <= _LONGEST:
        return words
    half = _LONGEST // 2
    between = zlib.crc32(words[half:-half].encode("utf-8", "surrogatepass"))
    return f"{words[:half]}{_CUT}{between:08x}{_CUT}{words[-half:]}"
