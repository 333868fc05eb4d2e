"""Checking reports one by one: the linters and outputs of a run, in this process or in another."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from reportlint import config
from reportlint.errors import ReadError
from reportlint.files import STDIN, Candidate
from reportlint.findings import Severity
from reportlint.formats import Context, Format, Outcome, PassedOver, format_named
from reportlint.linters import Linters
from reportlint.readers import bytes_of, from_bytes
from reportlint.result import TOOL, Result, unreadable
from reportlint.results import packed, unpacked
from reportlint.source import Source
from reportlint.store import State, Stored

if TYPE_CHECKING:
    from reportlint.linter import Linter
    from reportlint.rules import Rule

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


class Checked(NamedTuple):
    """What came of a report: what it adds to the run, the text that each output has for it, its part of the status."""

    outcome: Outcome
    texts: tuple[str, ...]
    status: int


Share = Checked | PassedOver
"""What a candidate comes to."""


class Session:
    """The linters and outputs of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.linters = Linters(plan.config, plan.overrides)
        self._rules: dict[str, Rule] = {}
        self.formats: tuple[Format, ...] = tuple(
            format_named(output.format)(Context(output.root, self._rule, output.colour, output.ascii_only))
            for output in plan.outputs
        )

    def check(self, candidate: Candidate) -> tuple[Share, Stored | None]:
        """What a candidate comes to, and what may be kept of it.

        A file that was found, and not named, is passed over where it is no report.
        """
        if not candidate.readable:
            return PassedOver(candidate.path, "还不能读取这种文件"), None
        if candidate.path == STDIN:
            linter = self.linters.of(self.plan.stdin_path if self.plan.stdin_path != _STDIN else STDIN)
            return self._share(candidate, self._read_stdin(linter), linter.settings.fail_on), None
        linter = self.linters.of(candidate.path)
        result, stored = _examined(linter, candidate.path)
        return self._share(candidate, result, linter.settings.fail_on), stored

    def recall(self, candidate: Candidate, stored: Stored, fail_on: Severity) -> Share | None:
        """What a candidate comes to whose result was kept; None where the file is not what it was."""
        source = Source("", candidate.path)
        if stored.body is not None:
            try:
                data = bytes_of(candidate.path)
                if _digest(data) != stored.digest:
                    return None
                source = from_bytes(data, candidate.path)
            except ReadError:
                return None
        result = unpacked(stored.body, source, stored.rules, stored.organisation)
        return self._share(candidate, result, fail_on)

    def _read_stdin(self, linter: Linter) -> Result:
        path = self.plan.stdin_path
        try:
            return linter.examine(from_bytes(sys.stdin.buffer.read(), path))
        except ReadError as error:
            return unreadable(path, error)

    def _share(self, candidate: Candidate, result: Result, fail_on: Severity) -> Share:
        if not candidate.named and [each.rule for each in result.diagnostics] == [_NOT_A_REPORT]:
            return PassedOver(candidate.path, "不像年度报告")
        texts = tuple(format.result(result) for format in self.formats)
        return Checked(Outcome.of(result), texts, _status(result, fail_on))

    def _rule(self, name: str) -> Rule | None:
        if not self._rules:
            # Where all results were kept, no linter was made: packs are those of the current folder's configuration.
            for linter in list(self.linters.made()) or [self.linters.at(os.curdir)]:
                self._rules.update(linter.packs.rules)
        return self._rules.get(name)


def unchanged(path: str, digest: bytes) -> bool:
    """Whether a file has the content of this digest."""
    try:
        return _digest(bytes_of(path)) == digest
    except ReadError:
        return False


def _examined(linter: Linter, path: str) -> tuple[Result, Stored | None]:
    """The result of a file, and what may be kept of it: nothing where it could not be checked as asked."""
    try:
        # The state from before it is read: what changes it meanwhile makes it another one.
        state = State.of(os.stat(path)).settled(time.time_ns())
        data = bytes_of(path)
        source = from_bytes(data, path)
    except OSError as error:
        return unreadable(path, ReadError("unreadable", f"读不到文件：{error.strerror or error}")), None
    except ReadError as error:
        return unreadable(path, error), None
    result = linter.examine(source)
    if result.failed and result.rules_run:
        return result, None
    return result, Stored(state, _digest(data), result.rules_run, result.organisation, packed(result))


def _digest(data: bytes) -> bytes:
    from hashlib import sha256

    return sha256(data).digest()


def _status(result: Result, fail_on: Severity) -> int:
    if result.failed:
        return FAILED
    return FINDINGS if any(diagnostic.severity >= fail_on for diagnostic in result.diagnostics) else CLEAN
