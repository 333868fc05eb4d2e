"""The official tables of a text as grids: those that have a row a line, and tabs or pipes between the fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from reportlint.grammar.labels import fold
from reportlint.grammar.lines import is_table_rule
from reportlint.model import Report, Table
from reportlint.source import Source, Span

TAB, PIPE = "tab", "pipe"
_SEPARATORS: Mapping[str, str] = {TAB: "\t", PIPE: "|"}
_RULE = re.compile(r":?-+:?")
_OTHER_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Some editors end a line with them, we do not."""
_ESCAPED = "\\|"


class Line(NamedTuple):
    """A line of a table: what stands in its fields, empty ones too; none in the rule of a Markdown table."""

    span: Span
    """Without its end."""
    fields: tuple[Span, ...]
    """Without the white space around what they hold."""
    rule: tuple[str, ...] = ()
    """The marks of a rule."""


class Grid(NamedTuple):
    """A table as it is laid out."""

    kind: str
    """`TAB` or `PIPE`."""
    blocks: tuple[tuple[Line, ...], ...]
    """Lines with no blank one between them."""

    @property
    def span(self) -> Span:
        return Span(self.blocks[0][0].span.start, self.blocks[-1][-1].span.end)


def grids(report: Report) -> list[Grid]:
    """The tables of a report that have a row a line, in the order of the text. Others are not there: whatever is done
    to them would be a guess."""
    labels = frozenset(fold(label) for label in report.form.labels.values())
    tables = sorted((*report.tables.values(), *report.extra_tables), key=lambda table: table.span)
    found = [grid for table in tables if _has_rows(report, table) and (grid := _grid(report.source, table, labels))]
    # Those without a blank line between them would be one table in Markdown.
    touching = {
        index + side
        for index, (one, other) in enumerate(pairwise(found))
        if not _is_apart(report.source, one.span.end, other.span.start)
        for side in (0, 1)
    }
    return [grid for index, grid in enumerate(found) if index not in touching]


def _is_apart(source: Source, end: int, start: int) -> bool:
    """Whether a table that begins at an offset has a line between itself and the one that ends at another."""
    return source.position(start).line > source.position(end).line + 1


def _has_rows(report: Report, table: Table) -> bool:
    """Whether every row of figures has a line to itself, its label in it."""
    lines: dict[str, set[Span]] = {}
    source = report.source
    # Rows that stand side by side have no labels in front of them.
    beside = {row for block in report.form.tables[table.name] if block.across for row in block.rows}
    for (row, _), cell in table.cells.items():
        lines.setdefault(row, set()).add(source.line_span(cell.span.start))
        if row not in beside and row in table.rows:
            lines[row].add(source.line_span(table.rows[row].start))
    return bool(lines) and all(len(found) == 1 for found in lines.values())


def _grid(source: Source, table: Table, labels: frozenset[str]) -> Grid | None:
    text = source.text
    first, last = source.line_span(table.span.start), source.line_span(table.span.end)
    spans = [*_lines(source, first.start, last.end)]
    kind = _kind([text[slice(*span)] for span in spans], labels)
    if kind is None:
        return None
    before, after = _before(source, first), _after(source, last)
    if kind == PIPE:
        spans = [*before, *spans, *after]
    elif before or after:
        return None
    lines = [text[slice(*span)].strip() for span in spans]
    rows = [line for line in lines if "|" in line]
    # Without a pipe at the edge of every row, one that is there has an empty field beside it.
    open_left = not all(row.startswith("|") for row in rows)
    open_right = not all(row.endswith("|") for row in rows)
    blocks = []
    for blank, group in groupby(spans, key=lambda span: not text[slice(*span)].strip()):
        if not blank:
            read = [_line(text, span, kind, open_left, open_right) for span in group]
            if None in read:
                return None
            blocks.append(tuple(line for line in read if line is not None))
    return Grid(kind, tuple(blocks))


def _kind(lines: Sequence[str], labels: frozenset[str]) -> str | None:
    """What stands between the fields of all lines; None where they differ in it, or one is no line of a table."""
    kinds = set()
    for line in lines:
        if _OTHER_LINE_ENDS.search(line) or _ESCAPED in line:
            return None
        here = {kind for kind, separator in _SEPARATORS.items() if separator in line and line.strip()}
        # A label over others, alone in its line, has the whole line for its field.
        if line.strip() and not here and fold(line) not in labels:
            return None
        kinds |= here
    return kinds.pop() if len(kinds) == 1 else None


def _line(text: str, span: Span, kind: str, open_left: bool, open_right: bool) -> Line | None:
    """The fields of a line; None for a rule that is not Markdown's."""
    start, end = span
    if kind == PIPE:
        bare = _bare(text, span)
        # A line without any pipe is one field.
        if "|" in text[slice(*bare)]:
            start = bare.start if open_left else bare.start + 1
            end = bare.end if open_right else max(start, bare.end - 1)
    fields = []
    for field in text[start:end].split(_SEPARATORS[kind]):
        fields.append(_bare(text, Span(start, start + len(field))))
        start += len(field) + 1
    if kind == PIPE and is_table_rule(text[slice(*span)]):
        marks = tuple(text[slice(*field)] for field in fields)
        return Line(span, (), marks) if all(_RULE.fullmatch(mark) for mark in marks) else None
    return Line(span, tuple(fields))


def _bare(text: str, span: Span) -> Span:
    """A stretch without the white space at its edges; one that has nothing else is empty."""
    words = text[slice(*span)]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _lines(source: Source, start: int, end: int) -> Iterator[Span]:
    """The lines from the one that begins at an offset to the one that ends at another."""
    number = source.position(start).line
    place: int | None = start
    while place is not None and place <= end:
        yield source.line_span(place)
        number += 1
        place = source.line_start(number)


def _before(source: Source, line: Span) -> list[Span]:
    """The lines right before one that belong to the same table in Markdown: heads that were not known."""
    number = source.position(line.start).line
    found: list[Span] = []
    while number > 1:
        number -= 1
        span = source.line_span(source.line_start(number) or 0)
        if not _goes_on(source.slice(span)):
            break
        found.append(span)
    return found[::-1]


def _after(source: Source, line: Span) -> list[Span]:
    number = source.position(line.start).line
    found: list[Span] = []
    while (start := source.line_start(number + 1)) is not None:
        number += 1
        span = source.line_span(start)
        if not _goes_on(source.slice(span)):
            break
        found.append(span)
    return found


def _goes_on(line: str) -> bool:
    """Whether a line beside a table of pipes is one of it."""
    return line.lstrip().startswith("|") and _kind([line], frozenset()) == PIPE
