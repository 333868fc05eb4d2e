"""What a mutant is: a kind of error, where it was planted, and what was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from reportlint.fixes import edited
from reportlint.model import Report
from reportlint.rule import Edit
from reportlint.source import Span


class Change(NamedTuple):
    """An error to plant: edits, the names of the places that it touches, and what it is in Chinese."""

    edits: tuple[Edit, ...]
    places: frozenset[str]
    what: str


class Kind(NamedTuple):
    """A kind of error: how it is planted, and what it is called in Chinese.

    What a mutant of a kind `harmless` changes may be read as the same: it is equivalent where it is.
    """

    words: str
    plant: Callable[[Report], Iterator[Change]]
    harmless: bool = False


class Mutant(NamedTuple):
    """A report with an error planted. `line` is that of the first change in the report as it was."""

    kind: str
    places: frozenset[str]
    """Tables, rows, columns, sections, subjects of claims: what a pack's claims may name."""
    line: int
    what: str
    text: str


def made(kind: str, report: Report, change: Change) -> Mutant:
    """The mutant that a change makes."""
    first = min(edit.span.start for edit in change.edits)
    line = report.source.position(first).line
    return Mutant(kind, change.places, line, change.what, edited(report.source.text, change.edits))


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
