"""Where a stretch of the text stands in the page: in words, for programs, by line."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from reportlint.readers import phrases
from reportlint.readers.html.paths import Paths
from reportlint.source import Location, Page, Part, Source, Span

_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


class WebPage(Page):
    """The origin of the text of a web page."""

    def __init__(
        self, original: Source, starts: tuple[int, ...], places: tuple[int, ...], text: str, tables: tuple[Span, ...]
    ) -> None:
        super().__init__(original, starts, places)
        self._text = Source(text)
        self._tables = tables

    def location(self, span: Span) -> Location:
        place = self.place(span.start)
        line = self.original.position(place).line
        # What stands for the end of an element, or of an empty cell, is placed behind what is in it.
        is_end = not self._text.text[span.start : span.start + 1].strip() and place > 0
        path, cell = self._paths.at(place - is_end)
        number = bisect_right(self._table_starts, span.start)
        if number and span.start <= self._tables[number - 1].end:
            words, parts = self._in_table(span, number, cell)
        else:
            words, parts = self._in_paragraph(span)
        return Location(f"{words}（第 {line} 行）", path, (*parts, ("line", line)))

    @cached_property
    def _paths(self) -> Paths:
        return Paths(self.original.text)

    @cached_property
    def _table_starts(self) -> list[int]:
        return [table.start for table in self._tables]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        """Where paragraphs outside tables begin."""
        starts: list[int] = []
        end = 0
        for table in (*self._tables, Span(len(self._text.text), 0)):
            starts += (match.start() for match in _PARAGRAPH.finditer(self._text.text, end, table.start))
            end = table.end
        return starts

    def _in_paragraph(self, span: Span) -> tuple[str, tuple[tuple[str, Part], ...]]:
        number = bisect_right(self._paragraph_starts, span.start)
        last = bisect_right(self._paragraph_starts, max(span.start, span.end - 1))
        words = phrases.paragraph(number) if number else "正文之前"
        if number and span.start == span.end and self._text.text[span.start - 1 : span.start + 1] in ("\n\n", "\n"):
            words += "之后"
        elif number and last > number:
            words += f"至{phrases.paragraph(last)}"
        return words, (("paragraph", number),)

    def _in_table(self, span: Span, number: int, cell: int) -> tuple[str, tuple[tuple[str, Part], ...]]:
        text = self._text
        first = text.position(self._tables[number - 1].start).line
        line, character = text.position(span.start)
        end = text.position(max(span.start, span.end - 1)).line
        row = line - first + 1
        words = phrases.row(number, row)
        parts: tuple[tuple[str, Part], ...] = (("table", number), ("row", row))
        if end != line:
            is_within = span.end <= self._tables[number - 1].end + 1
            return words + (f"至第{end - first + 1}行" if is_within else ""), parts
        whole = text.slice(text.line_span(span.start))
        fields = whole.split("\t")
        column = whole.count("\t", 0, character - 1) + 1
        last = whole.count("\t", 0, max(character - 1, span.end - span.start + character - 2)) + 1
        words += phrases.field(fields, column, alone=column == last)
        return words, (*parts, ("cell", cell), ("column", column)) if cell else (*parts, ("column", column))
