"""What a run says, and the outputs that say it."""

from __future__ import annotations

from typing import NamedTuple

from reportlint.linter import Result
from reportlint.rule import Severity


class PassedOver(NamedTuple):
    """A file found in a folder that was not checked, and why (in Chinese)."""

    path: str
    reason: str


class Run(NamedTuple):
    """All that a run came to. Results may be shown one by one before it ends."""

    reports: int
    counts: dict[Severity, int]
    failed: int
    """Reports that could not be checked as asked."""
    rules: frozenset[str]
    not_assessable: int
    """Reports in which some rule could not judge."""
    passed_over: tuple[PassedOver, ...]

    @classmethod
    def empty(cls) -> Run:
        """A run before its first report."""
        return cls(0, dict.fromkeys(Severity, 0), 0, frozenset(), 0, ())

    def plus(self, result: Result) -> Run:
        """The run after one more report."""
        counts = dict(self.counts)
        for diagnostic in result.diagnostics:
            counts[diagnostic.severity] += 1
        return Run(
            self.reports + 1,
            counts,
            self.failed + result.failed,
            self.rules.union(result.rules_run),
            self.not_assessable + bool(result.not_assessable),
            self.passed_over,
        )
