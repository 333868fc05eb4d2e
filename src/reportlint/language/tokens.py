"""What the words and figures of a report are, for an editor that colours them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from reportlint.grammar.labels import fold
from reportlint.language.outline import Part, Symbol, symbols
from reportlint.model import EMPTY_KINDS, CellKind, Form, Report, Table
from reportlint.result import Result
from reportlint.source import Span

_LINE = re.compile(r"[^\r\n]+")
_FIELD = re.compile(r"[^\t|\r\n]+")
_WORD = re.compile(r"\S+")


class Kind(Enum):
    """What a token is. Of two in one place the one that is named first here counts."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    FIGURE = "figure"
    MARK = "mark"
    """What stands in a cell for a figure: «—», «无»."""
    WORDS = "words"
    """What stands in a cell, and is no figure that could be read."""
    LABEL = "label"
    """Of a row, or over several."""
    COLUMN = "column"
    CLAIM = "claim"
    """What the prose states of a figure."""


class Token(NamedTuple):
    """A stretch within one line, and what it is."""

    span: Span
    kind: Kind


_HEADINGS = {Part.TITLE: Kind.TITLE, Part.SECTION: Kind.HEADING, Part.HEADING: Kind.SUBHEADING}


def tokens(result: Result, within: Span | None = None) -> tuple[Token, ...]:
    """The tokens of a report in the order of the text, none over another; `within`: those that touch a stretch."""
    report = result.report
    if report is None:
        return ()
    text = result.source.text
    taken: list[Token] = []
    found = [*_found(report, symbols(result))]
    order = {kind: number for number, kind in enumerate(Kind)}
    for span, kind in sorted(found, key=lambda token: (order[token.kind], token.span)):
        for part in _lines(text, span):
            if within is not None and (part.end <= within.start or part.start >= within.end):
                continue
            place = bisect_left(taken, part.start, key=lambda token: token.span.start)
            before_is_free = place == 0 or taken[place - 1].span.end <= part.start
            if before_is_free and (place == len(taken) or part.end <= taken[place].span.start):
                taken.insert(place, Token(part, kind))
    return tuple(taken)


def _found(report: Report, tree: tuple[Symbol, ...]) -> Iterator[Token]:
    for symbol in tree:
        kind = _HEADINGS.get(symbol.part)
        if kind is not None:
            yield Token(symbol.name_span, kind)
            yield from _found_below(symbol)
    for table in (*report.tables.values(), *report.extra_tables):
        yield from _of_table(report.form, table, report.source.text)
    for claim in report.claims:
        yield Token(claim.span, Kind.CLAIM)


def _found_below(symbol: Symbol) -> Iterator[Token]:
    for child in symbol.children:
        if child.part is Part.HEADING:
            yield Token(child.name_span, Kind.SUBHEADING)
            yield from _found_below(child)


def _of_table(form: Form, table: Table, text: str) -> Iterator[Token]:
    """The cells of a table, the labels that were read, and those words that are labels to the letter."""
    for cell in (*table.cells.values(), *(cell for row in table.ragged for cell in row.cells)):
        if cell.value is not None:
            yield Token(cell.span, Kind.FIGURE)
        elif cell.kind is not CellKind.BLANK:
            yield Token(cell.span, Kind.MARK if cell.kind in EMPTY_KINDS else Kind.WORDS)
    beside = {row for block in form.tables[table.name] if block.across for row in block.rows}
    for row, span in (*table.rows.items(), *table.repeated):
        # Rows that stand side by side have a place, but their labels are heads.
        if row not in beside:
            yield Token(span, Kind.LABEL)
    known = _labels(form, table.name)
    for line in _LINE.finditer(text, *table.span):
        fields = _FIELD if "\t" in line.group() or "|" in line.group() else _WORD
        for field in fields.finditer(text, *line.span()):
            words = field.group()
            kind = None if words.isascii() else known.get(fold(words))
            if kind is not None:
                yield Token(Span(*field.span()), kind)


def _labels(form: Form, table: str) -> dict[str, Kind]:
    """The labels of a table as they are compared, and what each is of."""
    columns = {column for block in form.tables[table] for column in block.columns}
    labels = {form.label(name): Kind.COLUMN for name in columns}
    labels |= {form.label(name): Kind.LABEL for name in (*form.groups, *form.rows(table))}
    return {fold(label): kind for label, kind in labels.items()}


def _lines(text: str, span: Span) -> Iterator[Span]:
    """The parts of a stretch that stand in one line each, without white space at their edges."""
    for line in _LINE.finditer(text, *span):
        words = line.group()
        bare = words.strip()
        if bare:
            start = line.start() + len(words) - len(words.lstrip())
            yield Span(start, start + len(bare))
