"""A run: candidates to what is said of them, report by report."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reportlint import acceptance, config
from reportlint.acceptance import Heed
from reportlint.errors import ReadError
from reportlint.files import STDIN, Candidate
from reportlint.formats import Context, Format, Outcome, PassedOver, format_named
from reportlint.linter import TOOL, Linter, Result, unreadable
from reportlint.linters import Linters
from reportlint.readers import from_bytes
from reportlint.rule import Rule

CLEAN, FINDINGS, FAILED = 0, 1, 2
_NOT_A_REPORT = f"{TOOL}/not-a-report"
_STDIN = "<stdin>"


class Output(NamedTuple):
    """A format by name, and what its context is beside the rules."""

    format: str
    root: str
    colour: bool = False
    ascii_only: bool = False


class Plan(NamedTuple):
    """All that a process has to know in order to check reports."""

    config: str | None
    """The configuration for all reports; else each has the one nearest to it."""
    overrides: config.Layer | None
    outputs: tuple[Output, ...]
    stdin_path: str = _STDIN
    """What a report from standard input is called."""
    heed: Heed = acceptance.ALL
    """What is heeded of all that was accepted before."""


class Checked(NamedTuple):
    """What came of a report: what it adds to the run, the text that each output has for it, its part of the status."""

    outcome: Outcome
    texts: tuple[str, ...]
    status: int


class Session:
    """The linters and outputs of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.linters = Linters(plan.config, plan.overrides, plan.heed)
        self._rules: dict[str, Rule] = {}
        self.formats: tuple[Format, ...] = tuple(
            format_named(output.format)(Context(output.root, self._rule, output.colour, output.ascii_only))
            for output in plan.outputs
        )

    def check(self, candidate: Candidate) -> Checked | PassedOver:
        """Check one report. A file that was found and not named may be passed over."""
        if not candidate.readable:
            return PassedOver(candidate.path, "还不能读取这种文件")
        linter = self.linters.of(candidate.path)
        result = self._lint(linter, candidate)
        if not candidate.named and [each.rule for each in result.diagnostics] == [_NOT_A_REPORT]:
            return PassedOver(candidate.path, "不像年度报告")
        texts = tuple(format.result(result) for format in self.formats)
        return Checked(Outcome.of(result), texts, _status(result, linter))

    def _lint(self, linter: Linter, candidate: Candidate) -> Result:
        if candidate.path != STDIN:
            return linter.lint_file(candidate.path)
        path = self.plan.stdin_path
        try:
            return linter.lint(from_bytes(sys.stdin.buffer.read(), path))
        except ReadError as error:
            return unreadable(path, error)

    def _rule(self, name: str) -> Rule | None:
        if name not in self._rules:
            for rules in self._loaded():
                self._rules.update(rules)
        return self._rules.get(name)

    def _loaded(self) -> Iterator[Mapping[str, Rule]]:
        yield from (linter.packs.rules for linter in self.linters.made())


def checked(session: Session, candidates: Iterable[Candidate]) -> Iterator[Checked | PassedOver]:
    """Each candidate's share of the run, in their order."""
    for candidate in candidates:
        yield session.check(candidate)


def _status(result: Result, linter: Linter) -> int:
    if result.failed:
        return FAILED
    fail_on = linter.settings.fail_on
    return FINDINGS if any(diagnostic.severity >= fail_on for diagnostic in result.diagnostics) else CLEAN
