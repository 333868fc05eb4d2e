"""A report set as its author would see it: title, headings, paragraphs, tables, and all that is between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reportlint.formats.html import grid, sheet
from reportlint.formats.html.marks import Marks
from reportlint.formats.html.markup import escape
from reportlint.model import Report, Table
from reportlint.source import Source, Span


class Part(NamedTuple):
    """A piece of the page, and the findings that have their first marks in it."""

    markup: str
    findings: list[str]


class _Item(NamedTuple):
    """A stretch of the text that was understood."""

    span: Span
    write: Callable[[Span], str]


def parts(report: Report | None, source: Source, marks: Marks) -> Iterator[Part]:
    """The whole text of a source, piece by piece, in order; without a report, as it stands."""
    paper = _Paper(report, source, marks)
    for written in paper.written():
        yield Part(written, marks.new())


class _Paper:
    def __init__(self, report: Report | None, source: Source, marks: Marks) -> None:
        self._report = report
        self._source = source
        self._marks = marks
        self._text = marks.text

    def written(self) -> Iterator[str]:
        end = 0
        items = list(self._items())
        for number, item in enumerate(items):
            following = items[number + 1].span.start if number + 1 < len(items) else len(self._text)
            span = self._with_its_lines(item.span, end, following)
            yield from self._between(end, span.start)
            yield item.write(span)
            end = span.end
        yield from self._between(end, len(self._text))

    def _items(self) -> Iterator[_Item]:
        """Title, headings, tables and paragraphs; none reaches into another."""
        report = self._report
        if report is None:
            return
        found: list[tuple[Span, int, _Item]] = []

        def add(span: Span, weight: int, write: Callable[[Span], str]) -> None:
            found.append((span, weight, _Item(span, write)))

        for table in (*report.tables.values(), *report.extra_tables):
            add(table.span, 0, lambda span, table=table: self._table(table, span))  # type: ignore[misc]
        if report.title_span is not None:
            add(report.title_span, 1, self._title)
        for section in report.sections:
            add(section.heading_span, 2, self._heading)
            for paragraph in self._paragraphs(section.paragraphs):
                add(*paragraph)
        for paragraph in self._paragraphs(report.preface):
            add(*paragraph)
        # What is in a table belongs to it; else the first one there.
        tables = [span for span, weight, _ in found if weight == 0]
        end = 0
        for span, weight, item in sorted(found, key=lambda each: (each[0].start, each[1])):
            inside = weight and any(table.start < span.end and span.start < table.end for table in tables)
            if inside or span.end <= end:
                continue
            start = max(span.start, end)
            while start < span.end and self._text[start].isspace():
                start += 1
            if start < span.end:
                yield item._replace(span=Span(start, span.end))
                end = span.end

    def _paragraphs(self, spans: Sequence[Span]) -> Iterator[tuple[Span, int, Callable[[Span], str]]]:
        """Paragraphs; those with fields that follow each other are a table that the form does not have."""
        run: list[Span] = []
        for span in (*spans, None):
            fields = (
                span is not None
                and "\n" not in self._text[span.start : span.end].strip()
                and (grid.delimiter_of(self._text[span.start : span.end]) is not None)
            )
            if fields and span is not None and (not run or not self._text[run[-1].end : span.start].strip()):
                run.append(span)
                continue
            if len(run) > 1:
                yield Span(run[0].start, run[-1].end), 3, self._other_table
            elif run:
                yield run[0], 3, self._paragraph
            run = [span] if fields and span is not None else []
            if span is not None and not fields:
                yield span, 3, self._paragraph

    def _with_its_lines(self, span: Span, least: int, most: int) -> Span:
        """A stretch with the rest of its first and its last line, as far as that is free."""
        first, last = self._source.line_span(span.start), self._source.line_span(max(span.start, span.end - 1))
        start = max(min(first.start, span.start), least)
        end = max(last.end, span.end)
        return Span(start, min(end, most) if most >= span.end else span.end)

    def _between(self, start: int, end: int) -> Iterator[str]:
        """What was not understood, as it stands."""
        while start < end and self._text[start] in "\r\n":
            start += 1
        stripped = self._text[start:end].rstrip()
        if not stripped.strip() and not self._marks.touches(start, end):
            return
        yield f"<pre>{self._marks.write(start, max(start + len(stripped), start))}</pre>"

    def _title(self, span: Span) -> str:
        return f'<h3 class="title">{self._headline(span)}</h3>'

    def _heading(self, span: Span) -> str:
        return f"<h4>{self._headline(span)}</h4>"

    def _headline(self, span: Span) -> str:
        """A title or heading; the signs that make it one in Markdown are there and not shown."""
        line = self._text[span.start : span.end]
        words = span.start + len(line) - len(line.lstrip("# \u3000"))
        if not line.startswith("#") or self._marks.touches(span.start, words):
            return self._marks.write(*span)
        return f"<span hidden>{self._marks.write(span.start, words)}</span>{self._marks.write(words, span.end)}"

    def _paragraph(self, span: Span) -> str:
        """A paragraph; the lines that a PDF broke it into are joined."""
        lines = self._lines(span)
        if len(lines) == 1:
            return f"<p>{self._marks.write(*span)}</p>"
        return f"<p>{''.join(self._marks.write(*line) for line in lines)}</p>"

    def _other_table(self, span: Span) -> str:
        rows = grid.rows_of(self._text, self._lines(span), ())
        if rows is None:
            return f"<pre>{self._marks.write(*span)}</pre>"
        return f'<div class="table">{grid.written(self._marks, rows, "")}</div>'

    def _table(self, table: Table, span: Span) -> str:
        report = self._report
        assert report is not None
        caption = escape(report.form.label(table.section)) if table.section else ""
        cells = sorted(set(sheet.figures(table)))
        lines = self._lines(span)
        if any(grid.delimiter_of(self._text[start:end]) for start, end in lines):
            rows = grid.rows_of(self._text, lines, cells)
            if rows is not None:
                return f'<div class="table">{grid.written(self._marks, rows, caption)}</div>'
        set_table = sheet.written(self._marks, report.form, table, caption)
        placed = len(self._marks.placed)
        original = self._marks.write(*span)
        # Open where something is marked that the table does not show.
        shown = " open" if len(self._marks.placed) > placed else ""
        return (
            f'<div class="table">{set_table}</div><details class="original"{shown}>'
            f"<summary>{self._original(span)}</summary><pre>{original}</pre></details>"
        )

    def _original(self, span: Span) -> str:
        """What the text of a table is called that is shown below it."""
        if not self._source.has_lines:
            return "这张表读出的文字"
        first, last = self._source.position(span.start).line, self._source.position(span.end).line
        return f"这张表的原文（第 {first}—{last} 行）"

    def _lines(self, span: Span) -> list[tuple[int, int]]:
        lines = []
        start = span.start
        while start < span.end:
            end = min(self._source.line_span(start).end, span.end)
            lines.append((start, max(end, start)))
            start = max(end, start)
            while start < span.end and self._text[start] in "\r\n":
                start += 1
        return lines
