"""What a mutant is: a kind of error, where it was planted, and what was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from reportlint.findings import Edit
from reportlint.fixes import edited
from reportlint.model import Place, Report
from reportlint.source import Span


class Change(NamedTuple):
    """An error to plant: edits, the names of the places that it touches, and what it is in Chinese."""

    edits: tuple[Edit, ...]
    places: frozenset[str]
    what: str


class Kind(NamedTuple):
    """A kind of error: how it is planted, and what it is called in Chinese."""

    words: str
    plant: Callable[[Report], Iterator[Change]]
    same: Callable[[Report, Report, frozenset[str]], str | None] | None = None
    """For kinds that may be no error: why, of the reports before and after and the places touched."""


class Mutant(NamedTuple):
    """A report with an error planted. `line` is that of the first change in the report as it was."""

    kind: str
    places: frozenset[str]
    """What a pack's claims may name: tables, rows, columns, sections and their paragraphs by number ("overview.2"),
    subjects of claims, signs that were changed."""
    line: int
    what: str
    text: str


def made(kind: str, report: Report, change: Change) -> Mutant:
    """The mutant that a change makes."""
    first = min(edit.span.start for edit in change.edits)
    line = report.source.position(first).line
    return Mutant(kind, change.places, line, change.what, edited(report.source.text, change.edits))


def same_figures(before: Report, after: Report, _: frozenset[str]) -> str | None:
    """The tables hold the same figures: they were only written in another way."""
    return "读出的数相同" if figures(before) == figures(after) else None


def same_statements(before: Report, after: Report, places: frozenset[str]) -> str | None:
    """What is left states all that was stated of what the change touches: it was said twice."""
    stated = [{(c.subject, c.value) for c in report.claims if c.subject in places} for report in (before, after)]
    return "余下的文字说的相同" if stated[0] and stated[0] == stated[1] else None


def figures(report: Report) -> dict[str, dict[Place, int | Decimal | None]]:
    """The figures of a report's tables as they were understood."""
    return {name: {place: c.value for place, c in table.cells.items()} for name, table in report.tables.items()}


def one(span: Span, text: str, places: frozenset[str] | set[str], what: str) -> Change:
    """A change in one place."""
    return Change((Edit(span, text),), frozenset(places), what)


def whole_lines(report: Report, span: Span) -> Span:
    """The lines that a stretch stands in, with the end of the last."""
    text = report.source.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", max(span.end - 1, span.start))
    return Span(start, len(text) if end < 0 else end + 1)


def short(text: str) -> str:
    """A text as it is quoted in the description of a change."""
    text = " ".join(text.split())
    return text if len(text) <= 24 else f"{text[:24]}…"
