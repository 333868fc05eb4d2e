"""A result: all that is said of one report."""

from __future__ import annotations

from typing import NamedTuple

from reportlint.diagnostic import Accepted, Diagnostic, Unassessed
from reportlint.model import Report
from reportlint.source import Source, Span


class Result(NamedTuple):
    """All that is said of one report."""

    source: Source
    report: Report | None
    """None where the file could not be read."""
    diagnostics: list[Diagnostic]
    rules_run: tuple[str, ...]
    not_assessable: tuple[Unassessed, ...]
    failed: bool
    """Whether the report could not be checked as asked: it cannot be read, is none, or a rule crashed."""
    concealed: tuple[Span, ...] = ()
    """Where that stands which no output may show whole (see `reportlint.masking`); messages are masked already."""
    organisation: str | None = None
    """The body whose report it is, masked; None where the report names none."""
    accepted: tuple[Accepted, ...] = ()
    """Findings that are not among the diagnostics, since somebody decided to accept them."""
