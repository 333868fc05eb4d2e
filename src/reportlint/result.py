"""All that is said of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportlint.diagnostic import TOOL as TOOL
from reportlint.diagnostic import Accepted, Diagnostic, Unassessed, fingerprint
from reportlint.errors import ReadError, ReportlintError
from reportlint.findings import Severity
from reportlint.paths import below
from reportlint.source import Position, Source, Span

if TYPE_CHECKING:
    from reportlint.model import Report

_TOOL_BASIS = "reportlint"


class Result(NamedTuple):
    """All that is said of one report."""

    source: Source
    report: Report | None
    """None where the file could not be read."""
    diagnostics: list[Diagnostic]
    rules_run: tuple[str, ...]
    """The rules that ran to their end; not the ones that crashed or were stopped."""
    not_assessable: tuple[Unassessed, ...]
    failed: bool
    """Whether the report could not be checked as asked: it cannot be read, is none, or a rule crashed."""
    concealed: tuple[Span, ...] = ()
    """Where that stands which no output may show whole (see `reportlint.masking`); messages are masked already."""
    organisation: str | None = None
    """The body whose report it is, masked; None where the report names none."""
    accepted: tuple[Accepted, ...] = ()
    """Findings that are not among the diagnostics, since somebody decided to accept them."""


def unreadable(path: str, error: ReadError, root: str | None = None) -> Result:
    """The result of a file that could not be read as a report; `root` as for `tool_finding`."""
    source = Source("", path)
    at = None if error.line is None else Position(error.line, error.column or 1)
    diagnostic = tool_finding(source, error.code, str(error), root)._replace(at=at)
    return Result(source, None, [diagnostic], (), (), True)


def not_written(result: Result, error: ReportlintError, root: str | None = None) -> Result:
    """The result of a report whose fixes or annotations could not be written: what was found, and that."""
    diagnostic = tool_finding(result.source, "not-written", str(error), root)
    return result._replace(diagnostics=[diagnostic, *result.diagnostics], failed=True)


def tool_finding(source: Source, name: str, message: str, root: str | None = None) -> Diagnostic:
    """A finding of the tool's own. Its fingerprint has the path as seen from the root, if that is known."""
    rule = f"{TOOL}/{name}"
    mark = fingerprint(rule, source.path if root is None else below(root, source.path), message, 0)
    return Diagnostic(source, None, rule, Severity.ERROR, message, _TOOL_BASIS, (), mark)
