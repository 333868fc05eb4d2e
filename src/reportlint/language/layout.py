"""Formatting: the official tables aligned, without a figure or a word of theirs touched.

With tabs a table has as many fields in every line; with pipes the fields of a column are of one width too. What a table
comes to is linted before it is offered: where anything is read otherwise than before, the table stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from reportlint import fixes
from reportlint.findings import Edit
from reportlint.fixing.edits import Refusal, Shift, line_end
from reportlint.fixing.verdict import verify
from reportlint.formats.text import width
from reportlint.language.grids import PIPE, TAB, Grid, Line, grids
from reportlint.linter import Linter
from reportlint.model import Report, Table
from reportlint.result import Result
from reportlint.source import Source, Span

KEEP = "keep"
STYLES = (KEEP, TAB, PIPE)
"""How tables are laid out: `KEEP` leaves each its tabs or pipes."""
_SHORTEST_RULE = 3


class _Way(NamedTuple):
    """A way to lay out a table."""

    full: bool
    """Whether fields that a line lacks are added."""
    padded: bool
    """Whether the columns of a table with pipes are of one width."""


_WAYS = (_Way(True, True), _Way(False, True), _Way(True, False), _Way(False, False))
"""The best one first. A blank field more may be read as an empty cell, and a very long line as no line of a table."""


def layout(linter: Linter, result: Result, style: str = KEEP, within: Span | None = None) -> tuple[Edit, ...]:
    """The edits that lay out the tables of a report; `within`: those alone that touch a stretch."""
    report = result.report
    if report is None or not result.source.is_text:
        return ()
    end = line_end(result.source.text)
    chosen = [
        grid
        for grid in grids(report)
        if within is None or (grid.span.start <= within.end and within.start <= grid.span.end)
    ]
    trials = [[[*_edits(result.source.text, grid, style, end, way)] for way in _WAYS] for grid in chosen]
    at_once = [edit for trial in trials for edit in trial[0]]
    if not at_once or _holds(linter, result, at_once):
        return tuple(at_once)
    held: list[Edit] = []
    for trial in trials:
        # What is laid out in a way already stays so: those behind it would come to something else.
        held += next((edits for edits in trial if not edits or _holds(linter, result, [*held, *edits])), ())
    return tuple(held)


# What is written


def _edits(text: str, grid: Grid, style: str, end: str, way: _Way) -> Iterator[Edit]:
    kind = grid.kind if style == KEEP else style
    if kind != grid.kind and len(grid.blocks) > 1 and min(map(len, grid.blocks)) < 2:
        return  # Blank lines between the rows: what has pipes would be no table.
    if kind == TAB and grid.blocks[-1][-1].rule and grid.span.end == len(text):
        return  # The end of the line before it would have to go too.
    for block in grid.blocks:
        rows = [line for line in block if not line.rule]
        columns = max(len(row.fields) for row in rows) if rows else 0
        counts = [columns if way.full else len(line.fields) for line in block]
        if kind == TAB:
            for line, count in zip(block, counts, strict=True):
                yield from [_without(text, line)] if line.rule else _written(text, line, _tabbed(line, count))
        else:
            yield from _piped(text, block, counts, end, style, padded=way.padded)


def _piped(
    text: str, block: Sequence[Line], counts: Sequence[int], end: str, style: str, *, padded: bool
) -> Iterator[Edit]:
    """The edits of a block that is to have pipes, with a rule below its first line where pipes were asked for."""
    rules = [line.rule for line in block if line.rule]
    added = style == PIPE and not rules
    marks = rules[0] if rules else ()
    columns = max([*counts, *map(len, rules)])
    widths = [_SHORTEST_RULE if padded and (rules or added) else 0] * columns
    for line in block if padded else ():
        for column, field in enumerate(line.fields):
            widths[column] = max(widths[column], width(text[slice(*field)]))
    for number, (line, count) in enumerate(zip(block, counts, strict=True)):
        if line.rule:
            rule = _rule(line.rule, widths[: max(count, len(line.rule))])
            if text[slice(*line.span)] != rule:
                yield Edit(line.span, rule)
            continue
        gaps = _padded(text, line, widths[:count], marks)
        if added and number == 0:
            gaps[-1] += end + _rule((), widths[:count])
        yield from _written(text, line, gaps)


def _tabbed(line: Line, count: int) -> list[str]:
    """What stands between the filled fields of a line, before the first and behind the last."""
    gaps = [""]
    for column in range(count):
        if column:
            gaps[-1] += "\t"
        if _filled(line, column):
            gaps.append("")
    return gaps


def _padded(text: str, line: Line, widths: Sequence[int], marks: Sequence[str]) -> list[str]:
    gaps = ["|"]
    for column, most in enumerate(widths):
        filled = _filled(line, column)
        room = max(most - width(text[slice(*line.fields[column])]), 0) if filled else most
        mark = marks[column] if column < len(marks) else ""
        before = 0 if not mark.endswith(":") else room // 2 if mark.startswith(":") else room
        gaps[-1] += " " * (before + 1)
        if filled:
            gaps.append("")
        gaps[-1] += " " * (room - before + 1) + "|"
    return gaps


def _rule(marks: Sequence[str], widths: Sequence[int]) -> str:
    """A rule as wide as its columns, aligned as it was."""
    cells = []
    for column, most in enumerate(widths):
        mark = marks[column] if column < len(marks) else ""
        left, right = ":" * mark.startswith(":"), ":" * mark.endswith(":")
        cells.append(left + "-" * (max(most, _SHORTEST_RULE) - len(left) - len(right)) + right)
    return f"| {' | '.join(cells)} |"


def _filled(line: Line, column: int) -> bool:
    return column < len(line.fields) and line.fields[column].end > line.fields[column].start


def _written(text: str, line: Line, gaps: Sequence[str]) -> Iterator[Edit]:
    """The edits that put gaps around the filled fields of a line, which are not touched themselves."""
    filled = [field for column, field in enumerate(line.fields) if _filled(line, column)]
    starts = [line.span.start, *(field.end for field in filled)]
    ends = [*(field.start for field in filled), line.span.end]
    for start, end, gap in zip(starts, ends, gaps, strict=True):
        if text[start:end] != gap:
            yield Edit(Span(start, end), gap)


def _without(text: str, line: Line) -> Edit:
    """The edit that takes a line away, with its end."""
    start, end = line.span
    return Edit(Span(start, end + (2 if text.startswith("\r\n", end) else 1)), "")


# What is read of it


def _holds(linter: Linter, before: Result, edits: Iterable[Edit]) -> bool:
    """Whether the text reads the same with the edits made."""
    edits = tuple(edits)
    after = linter.lint(Source(fixes.edited(before.source.text, edits), before.source.path))
    try:
        verify(before, after, (), Shift(edits))
    except Refusal:
        return False
    return _said(before) == _said(after)


def _said(result: Result) -> tuple[Any, ...]:
    """All that is read and said of a report, by structural place."""
    report = result.report
    assert report is not None
    told = [*result.diagnostics, *(accepted.diagnostic for accepted in result.accepted)]
    return (
        report.title,
        report.organisation,
        report.year,
        [_of_table(table) for table in (*report.tables.values(), *report.extra_tables)],
        [(section.name, section.heading, section.tables) for section in report.sections],
        _prose(report),
        [(claim.subject, claim.value, claim.year) for claim in report.claims],
        sorted((one.rule, one.place, one.message, one.severity) for one in told),
        result.not_assessable,
        result.failed,
    )


def _of_table(table: Table) -> tuple[Any, ...]:
    cells = {place: (cell.text, cell.kind) for place, cell in table.cells.items()}
    ragged = [(row.row, row.expected, [cell.text for cell in row.cells]) for row in table.ragged]
    repeated = [row for row, _ in table.repeated]
    return table.name, table.section, cells, list(table.rows), ragged, repeated, table.missing_columns


def _prose(report: Report) -> str:
    """The prose without white space and pipes: words of a table that were not known for its are prose too."""
    spans = [*report.preface, *(span for section in report.sections for span in section.paragraphs)]
    return "".join("".join(report.text(span) for span in spans).replace("|", " ").split())
