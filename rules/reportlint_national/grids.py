"""Tables that the form does not know: their cells, from lines with tabs or pipes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from reportlint import Report, Span, fact, lazy_pattern

_TOTAL_WORD = "总合共", "计"
_TOTAL_END = lazy_pattern(rf"{_TOTAL_WORD[1]}(?<=[{_TOTAL_WORD[0]} \t\u3000]{_TOTAL_WORD[1]})")
_MOST_BETWEEN = 4
_SEPARATOR = lazy_pattern(r"[\t|]")
_RULE = lazy_pattern(r"[\s|:+=\-—]+")
_NUMBER = lazy_pattern(r"[0-9]{1,15}(?:\.[0-9]{1,8})?|[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,8})?", re.ASCII)
_LONGEST = 20_000
"""In characters; a stretch of lines as long as that is no table to add up."""
_MOST_STRETCHES = 500
_MOST_ROWS = 200
_MOST_COLUMNS = 40
_SHORTEST_TELLING = 5
"""Characters of a label of the form that no other table has by chance."""


class GridCell(NamedTuple):
    """A field of a line: its words without white space, and the figure where it is a plain one."""

    words: str
    value: int | Decimal | None
    span: Span
    indent: int
    """Of how many characters of white space its words stand behind."""


Grid = tuple[tuple[GridCell, ...], ...]
"""Rows of cells, all of one length."""


@fact
def foreign_grids(report: Report) -> tuple[Grid, ...]:
    """The tables with a word for a total in them that are none of the form's."""
    return tuple(_grids(report))


def _grids(report: Report) -> Iterator[Grid]:
    text = report.source.text
    if "\t" not in text and "|" not in text:
        return
    tables = (*report.tables.values(), *report.extra_tables)
    labels = sorted(span.start for table in tables for span in table.rows.values())
    end = tried = 0
    for place in _total_words(text):
        if place < end:
            continue
        tried += 1
        if tried > _MOST_STRETCHES:
            return
        start, end = _stretch(text, place, end)
        if end - start > _LONGEST or not _SEPARATOR.search(text, start, end):
            continue
        after = bisect_left(labels, start)
        if after < len(labels) and labels[after] < end:
            continue
        grid = _grid(text, start, end)
        if grid is not None and not _is_known(report, grid):
            yield grid


def _total_words(text: str) -> Iterator[int]:
    """Where the words for a total begin, which may have white space in them."""
    for match in _TOTAL_END.finditer(text):
        place = match.start() - 1
        floor = max(0, place - _MOST_BETWEEN)
        while place > floor and text[place] in " \t\u3000":
            place -= 1
        if text[place] in _TOTAL_WORD[0]:
            yield place


def _is_known(report: Report, grid: Grid) -> bool:
    """Whether the lines are of one of the form's tables, after all: by cells of it, or by words of its rows."""
    telling, read = _of_the_form(report)
    return any(cell.words in telling or cell.span.start in read for row in grid for cell in row if cell.words)


def _stretch(text: str, place: int, floor: int) -> tuple[int, int]:
    """The lines with separators around a place, none of them blank; the place's own line where it has none."""
    start = text.rfind("\n", floor, place) + 1 or floor
    end = _end(text, place)
    if not _SEPARATOR.search(text, start, end):
        return start, end
    while start > floor:
        before = text.rfind("\n", floor, start - 1) + 1 or floor
        if not _SEPARATOR.search(text, before, start - 1) or end - before > _LONGEST:
            break
        start = before
    while end < len(text):
        after = _end(text, end + 1)
        if not _SEPARATOR.search(text, end + 1, after):
            break
        end = after
    return start, end


def _end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found


def _grid(text: str, start: int, end: int) -> Grid | None:
    """The cells of some lines; None where they are not all of one length."""
    rows = []
    place = start
    while place < end:
        stop = min(_end(text, place), end)
        if not _RULE.fullmatch(text, place, stop):
            rows.append(_cells(text, place, stop))
        place = stop + 1
    width = max((len(row) for row in rows), default=0)
    if not 2 <= len(rows) <= _MOST_ROWS or not 2 <= width <= _MOST_COLUMNS:
        return None
    padded = []
    for row in rows:
        last = row[-1].span.end
        # Only blank fields at a line's end are left out by those who write tabs.
        padded.append((*row, *(GridCell("", None, Span(last, last), 0) for _ in range(width - len(row)))))
    return tuple(padded)


def _cells(text: str, start: int, end: int) -> list[GridCell]:
    while end > start and text[end - 1] in "\r \u3000":
        end -= 1
    lead = start
    while lead < end and text[lead] in " \u3000":
        lead += 1
    if text[lead:end].startswith("|"):
        start = lead + 1
        if end > start and text[end - 1] == "|":
            end -= 1
    cells = []
    for stop in [*(match.start() for match in _SEPARATOR.finditer(text, start, end)), end]:
        field = text[start:stop]
        core = field.strip()
        indent = len(field) - len(field.lstrip(" \u3000"))
        span = Span(start + indent, start + indent + len(core)) if core else Span(start, stop)
        cells.append(GridCell("".join(core.split()), _value(core), span, indent))
        start = stop + 1
    return cells


def _value(words: str) -> int | Decimal | None:
    if not words or not words[0].isdigit() or _NUMBER.fullmatch(words) is None:
        return None
    digits = words.replace(",", "")
    return Decimal(digits) if "." in digits else int(digits)


@fact
def _of_the_form(report: Report) -> tuple[frozenset[str], frozenset[int]]:
    """The labels of the form's tables that no other table has by chance, and where their cells begin."""
    form = report.form
    names = {*form.groups, *(name for table in form.tables for name in form.rows(table))}
    words = ("".join(form.label(name).split()) for name in names)
    tables = (*report.tables.values(), *report.extra_tables)
    read = frozenset(cell.span.start for table in tables for cell in table.cells.values())
    return frozenset(label for label in words if len(label) >= _SHORTEST_TELLING), read
