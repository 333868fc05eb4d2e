"""All that is said of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportlint.diagnostic import Accepted, Diagnostic, Unassessed, fingerprint
from reportlint.errors import ReadError
from reportlint.findings import Severity
from reportlint.source import Position, Source, Span

if TYPE_CHECKING:
    from reportlint.model import Report

TOOL = "reportlint"
"""The prefix of the tool's own findings: a report that it could not check, a rule that crashed."""
_TOOL_BASIS = "reportlint"


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


def unreadable(path: str, error: ReadError) -> Result:
    """The result of a file that could not be read as a report."""
    source = Source("", path)
    at = None if error.line is None else Position(error.line, error.column or 1)
    diagnostic = tool_finding(source, error.code, str(error))._replace(at=at)
    return Result(source, None, [diagnostic], (), (), True)


def tool_finding(source: Source, name: str, message: str) -> Diagnostic:
    rule = f"{TOOL}/{name}"
    mark = fingerprint(rule, source.path, message, 0)
    return Diagnostic(source, None, rule, Severity.ERROR, message, _TOOL_BASIS, (), mark)
