"""Checking reports one by one: the linters and outputs of a run, in this process or in another."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from reportlint import acceptance, config
from reportlint.acceptance import Heed
from reportlint.errors import ReadError, WriteError, reason
from reportlint.files import STDIN, Candidate
from reportlint.findings import Severity
from reportlint.formats import Context, Format, format_named, joined
from reportlint.linters import Linters
from reportlint.outcome import Outcome, PassedOver
from reportlint.readers import OWN_PAGE, Readers, needs
from reportlint.readers.reader import Limits
from reportlint.readers.text import read_bytes
from reportlint.result import TOOL, Result, not_written, unreadable
from reportlint.results import packed, unpacked
from reportlint.results.excerpts import NotKeptError
from reportlint.source import Source
from reportlint.store import State, Stored

if TYPE_CHECKING:
    from reportlint.acceptance import Acceptance
    from reportlint.linter import Linter
    from reportlint.rules import Rule

CLEAN, FINDINGS, FAILED = 0, 1, 2
_NO_REPORTS = {f"{TOOL}/not-a-report": "不像年度报告", f"{TOOL}/{OWN_PAGE}": "是 reportlint 输出的网页"}
"""What a file may turn out to be that was found and not named, and how that is said."""
_PASSING = (f"{TOOL}/rule-crash", f"{TOOL}/slow-rule")
"""What may not be so the next time."""
_STDIN = "<stdin>"
_MOST_COMPARED = Limits().file_bytes
"""A larger file is checked anew instead."""


class Output(NamedTuple):
    """A format by name, and what its context is beside the rules."""

    format: str
    root: str
    colour: bool = False
    ascii_only: bool = False


class Fixing(NamedTuple):
    """What is done with the fixes of findings."""

    unsafe: bool = False
    """Whether those are applied too that may change what the report says."""
    diff: bool = False
    """Whether they are only shown, and nothing is written."""
    only: bool = False
    """Whether what is left to find is not told."""


class Plan(NamedTuple):
    """All that a process has to know in order to check reports."""

    config: str | None
    """The configuration for all reports; else each has the one nearest to it."""
    overrides: config.Layer | None
    outputs: tuple[Output, ...]
    stdin_path: str = _STDIN
    """What a report from standard input is called."""
    fixing: Fixing | None = None
    heed: Heed = acceptance.ALL
    """What is heeded of all that was accepted before."""
    annotate: str | None = None
    """The copy to be written of the one report, with what was found in it."""


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
        self.linters = Linters(plan.config, plan.overrides, plan.heed)
        self.annotated: int | None = None
        """How many annotations the copy of the report got that was written."""
        self._rules: dict[str, Rule] = {}
        self._standings: dict[Readers, str] = {}
        """What the readers of each configuration stand on."""
        self.formats: tuple[Format, ...] = tuple(
            format_named(output.format)(Context(output.root, self._rule, output.colour, output.ascii_only))
            for output in plan.outputs
        )

    def check(self, candidate: Candidate) -> tuple[Share, Stored | None]:
        """What a candidate comes to, and what may be kept of it.

        A file that was found, and not named, is passed over where it is no report.
        """
        if candidate.passed_over:
            return PassedOver(candidate.path, candidate.passed_over), None
        stdin = candidate.path == STDIN
        linter = self.linters.of(self.plan.stdin_path if stdin else candidate.path)
        if self.plan.fixing is not None:
            return self._fixed(candidate, linter, self.plan.fixing), None
        if self.plan.annotate is not None:
            result = self._annotated(candidate.path, linter, self.plan.annotate)
            return self._share(candidate, result, linter.settings.fail_on), None
        if stdin:
            return self._share(candidate, self._read_stdin(linter), linter.settings.fail_on), None
        result, stored = self._examined(linter, candidate.path)
        return self._share(candidate, linter.acceptance.judge(result), linter.settings.fail_on), stored

    def recall(self, candidate: Candidate, stored: Stored, fail_on: Severity, acceptance: Acceptance) -> Share | None:
        """What a candidate comes to whose result was kept; None where the file is not what it was."""
        path = candidate.path
        try:
            result = unpacked(stored.body, path, lambda: self._again(path, stored), stored.rules, stored.organisation)
            # What is accepted is not kept with the result: it is judged anew, as it is now.
            return self._share(candidate, acceptance.judge(result), fail_on)
        except (ReadError, NotKeptError):
            return None

    def _again(self, path: str, stored: Stored) -> Source:
        """The source of a file whose result was kept; ReadError where it is another one by now."""
        # A plain text needs no packs.
        readers = self.linters.of(path).readers if stored.standing else Readers()
        data = readers.bytes_of(path)
        if _digest(data) != stored.digest:
            raise ReadError("unreadable", "文件已经改变")
        return readers.source(data, path)

    def _examined(self, linter: Linter, path: str) -> tuple[Result, Stored | None]:
        """The result of a file, and what may be kept of it: nothing where it could not be checked as asked."""
        try:
            # The state from before it is read: what changes it meanwhile makes it another one.
            state = State.of(os.stat(path)).settled(time.time_ns())
            data = linter.readers.bytes_of(path)
            source = linter.readers.source(data, path)
        except OSError as error:
            return unreadable(path, ReadError("unreadable", f"读不到文件：{reason(error)}"), linter.settings.root), None
        except ReadError as error:
            return unreadable(path, error, linter.settings.root), None
        result = linter.examine(source)
        if any(diagnostic.rule in _PASSING for diagnostic in result.diagnostics):
            return result, None
        standing = "" if linter.readers.reading(data, path) is None else self._standing(linter.readers)
        digest, body = _digest(data), packed(result)
        return result, Stored(state, digest, result.rules_run, result.organisation, body, standing)

    def _standing(self, readers: Readers) -> str:
        if readers not in self._standings:
            self._standings[readers] = needs.standing(readers.all)
        return self._standings[readers]

    def _fixed(self, candidate: Candidate, linter: Linter, fixing: Fixing) -> Share:
        """Fix a report, in its file or on standard output; what it comes to is what is said of it then."""
        from reportlint.fixing import fix_file, fix_stdin

        if candidate.path == STDIN:
            file = fix_stdin(linter, self.plan.stdin_path, unsafe=fixing.unsafe)
        else:
            file = fix_file(linter, candidate.path, unsafe=fixing.unsafe)
        # What is only shown leaves the report as it was.
        fixed = file.fixed
        result = fixed.before if fixing.diff else fixed.after
        try:
            if candidate.path == STDIN and not fixing.diff:
                sys.stdout.buffer.write(file.data)
            elif not fixing.diff:
                file.write()
        except WriteError as error:
            fixed, result = fixed.unwritten(), not_written(fixed.before, error, linter.settings.root)
        share = self._share(candidate, result, linter.settings.fail_on)
        if isinstance(share, PassedOver):
            return share
        share = share._replace(outcome=share.outcome.after(fixed))
        if fixing.diff:
            from reportlint.formats.diff import unified

            found = FINDINGS if fixed.changed else CLEAN
            return share._replace(texts=(joined(unified(fixed)),), status=FAILED if result.failed else found)
        return share._replace(status=FAILED if result.failed else CLEAN) if fixing.only else share

    def _annotated(self, path: str, linter: Linter, copy: str) -> Result:
        """The result of a report that is written into a copy of its file."""
        from reportlint.formats.annotations import annotated, remarks
        from reportlint.writing import write

        try:
            data = linter.readers.bytes_of(path)
            result = linter.lint(linter.readers.source(data, path))
        except ReadError as error:
            return unreadable(path, error, linter.settings.root)
        try:
            write(copy, annotated(linter.readers, data, result))
        except (ReadError, WriteError) as error:
            return not_written(result, error, linter.settings.root)
        self.annotated = len(remarks(result))
        return result

    def _read_stdin(self, linter: Linter) -> Result:
        path = self.plan.stdin_path
        try:
            return linter.lint(linter.readers.source(linter.readers.standard_input(path), path))
        except ReadError as error:
            return unreadable(path, error, linter.settings.root)

    def _share(self, candidate: Candidate, result: Result, fail_on: Severity) -> Share:
        if not candidate.named and len(result.diagnostics) == 1 and result.diagnostics[0].rule in _NO_REPORTS:
            return PassedOver(candidate.path, _NO_REPORTS[result.diagnostics[0].rule])
        return self.told(result, fail_on)

    def told(self, result: Result, fail_on: Severity) -> Checked:
        """What is said of a result, in all outputs."""
        texts = tuple(format.result(result) for format in self.formats)
        return Checked(Outcome.of(result), texts, _status(result, fail_on))

    def _rule(self, name: str) -> Rule | None:
        if not self._rules:
            # Whoever checked the reports, or whenever: other processes, or earlier runs.
            for linter in self.linters.all():
                self._rules.update(linter.packs.rules)
        return self._rules.get(name)


def unchanged(path: str, digest: bytes) -> bool:
    """Whether a file has the content of this digest."""
    try:
        return _digest(read_bytes(path, _MOST_COMPARED)) == digest
    except ReadError:
        return False


def _digest(data: bytes) -> bytes:
    from hashlib import sha256

    return sha256(data).digest()


def _status(result: Result, fail_on: Severity) -> int:
    if result.failed:
        return FAILED
    return FINDINGS if any(diagnostic.severity >= fail_on for diagnostic in result.diagnostics) else CLEAN
