"""The outline of a report: its parts as a tree, and the stretches that can be folded away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from reportlint.grammar.labels import EDGE, fold
from reportlint.grammar.numbering import headings
from reportlint.masking import Mask
from reportlint.model import Cell, Form, Report, Section, Table
from reportlint.result import Result
from reportlint.source import Span

_TABLE = "表格"
_BLANK = "空"
_RAGGED = "填了 {} 个数，应为 {} 个"
_REPEATED = "前面已有这一行，没有读取"
_LONGEST_LABEL = 80
_NAME_ENDS = " 。：:；;\r\n"
_TABLE_DEPTH = 100
"""Tables are below all headings, and rows below tables."""


class Part(Enum):
    """What a symbol of the outline is."""

    TITLE = "title"
    SECTION = "section"
    HEADING = "heading"
    TABLE = "table"
    ROW = "row"


class Symbol(NamedTuple):
    """A part of a report: its name and figures (masked), all of it, where its name stands, and what it is made of."""

    part: Part
    name: str
    detail: str
    span: Span
    name_span: Span
    children: tuple[Symbol, ...] = ()


class _Entry(NamedTuple):
    """A symbol of which is not known yet where the next one ends it, and what is in it."""

    span: Span
    depth: int
    part: Part
    name_span: Span
    name: str
    detail: str = ""


def symbols(result: Result) -> tuple[Symbol, ...]:
    """The parts of a report in the order of the text: children lie within their parent, siblings behind each other."""
    report = result.report
    if report is None:
        return ()
    text = Mask(result.source.text, result.concealed).whole
    return tuple(_nested(text, sorted(_entries(report, text)), len(text)))


def folds(result: Result) -> tuple[Span, ...]:
    """The sections, sub-headings and tables that go over more than one line of the file.

    No two begin in the same line, where an editor has room for one mark.
    """
    place = result.source.position
    found: dict[int, Span] = {}
    for symbol in _walk(symbols(result)):
        first = place(symbol.span.start).line
        if symbol.part is not Part.ROW and place(symbol.span.end).line > first:
            found.setdefault(first, symbol.span)
    return tuple(found.values())


def _walk(tree: Sequence[Symbol]) -> Iterator[Symbol]:
    for symbol in tree:
        yield symbol
        yield from _walk(symbol.children)


def _nested(text: str, entries: Sequence[_Entry], end: int) -> Iterator[Symbol]:
    """The tree of entries that are in order: each ends where the next of its depth begins, or its parent ends."""
    index = 0
    while index < len(entries):
        (start, stop), depth, part, name, words, detail = entries[index]
        behind = index + 1
        while behind < len(entries) and entries[behind].depth > depth and entries[behind].span.start < stop:
            behind += 1
        stop = min(stop, end, entries[behind].span.start if behind < len(entries) else end)
        span = _without_end(text, start, stop)
        if span.end > span.start:
            children = tuple(_nested(text, entries[index + 1 : behind], span.end))
            yield Symbol(part, words, detail, span, Span(name.start, min(name.end, span.end)), children)
        index = behind


def _entries(report: Report, text: str) -> Iterator[_Entry]:
    """What the symbols are made from; names and details are taken from `text`, which is masked."""
    if report.title_span is not None:
        span = report.title_span
        yield _Entry(span, 0, Part.TITLE, span, _in_one_line(text, span))
    tables = [*report.tables.values(), *report.extra_tables]
    for section in report.sections:
        name = section.heading_span
        yield _Entry(Span(name.start, section.span.end), 0, Part.SECTION, name, _in_one_line(text, name))
        if not any(table.section == section.name for table in tables):
            yield from _headings(report, section, text)
    for table in tables:
        rows = [*_rows(report.form, table, text)]
        start = table.span.start + len(text[slice(*table.span)]) - len(text[slice(*table.span)].lstrip(EDGE))
        line = report.source.line_span(start)
        name = Span(start, min(table.span.end, line.end))
        yield _Entry(Span(start, table.span.end), _TABLE_DEPTH, Part.TABLE, name, _TABLE, f"{len(rows)} 行")
        yield from rows


def _headings(report: Report, section: Section, text: str) -> Iterator[_Entry]:
    """The sub-headings of a section without tables: in the others it is labels that have numbers.

    A style that is there already goes back to its level, a new one is a level below the last.
    """
    original = report.source.text
    rows = tuple(fold(report.form.label(row)) for table in report.form.tables for row in report.form.rows(table))
    styles: list[str] = []
    for heading in headings(original, section.paragraphs):
        start = heading.span.start
        # The rows of a table that could not be read are paragraphs.
        if fold(original[start : start + _LONGEST_LABEL]).startswith(rows):
            continue
        if heading.style in styles:
            del styles[styles.index(heading.style) :]
        styles.append(heading.style)
        name = Span(start, original.index(heading.words, heading.span.end) + len(heading.words))
        # Of a sentence that has no stop in it only the beginning is a name.
        more = "" if original[name.end : name.end + 1] in _NAME_ENDS else "…"
        yield _Entry(Span(start, section.span.end), len(styles), Part.HEADING, name, _in_one_line(text, name) + more)


def _rows(form: Form, table: Table, text: str) -> Iterator[_Entry]:
    """The rows of a table from their labels to their figures, which are the detail."""
    cells: dict[str, list[Cell]] = {}
    for (row, _), cell in table.cells.items():
        cells.setdefault(row, []).append(cell)
    beside = {row for block in form.tables[table.name] if block.across for row in block.rows}
    ragged = {row.row: row for row in table.ragged}
    for row, label in table.rows.items():
        found = cells.get(row, [])
        if row in beside:
            # Rows that stand side by side have no label in front of their figures.
            span = name = Span(found[0].span.start, found[-1].span.end)
            words = form.label(row)
        else:
            name, words = label, _in_one_line(text, label)
            span = Span(label.start, max([label.end, *(cell.span.end for cell in found)]))
        if row in ragged:
            detail = _RAGGED.format(len(ragged[row].cells), ragged[row].expected)
        else:
            detail = " ".join(text[slice(*cell.span)] or _BLANK for cell in found)
        yield _Entry(span, _TABLE_DEPTH + 1, Part.ROW, name, words, detail)
    for _, label in table.repeated:
        yield _Entry(label, _TABLE_DEPTH + 1, Part.ROW, label, _in_one_line(text, label), _REPEATED)


def _in_one_line(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


def _without_end(text: str, start: int, end: int) -> Span:
    """A stretch without the white space that it ends in."""
    return Span(start, start + len(text[start:end].rstrip()))
