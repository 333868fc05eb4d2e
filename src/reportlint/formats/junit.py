"""JUnit's XML, which every CI server shows: a suite a report, a test a rule that ran on it."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostic import Accepted, Diagnostic
from reportlint.formats import Format, joined
from reportlint.formats.markup import DECLARATION, element, opening
from reportlint.formats.places import behind_place, path_from, told, with_path
from reportlint.outcome import Run, failure
from reportlint.result import Result


class JUnit(Format):
    """What a rule found is its test's failure, whatever the severity; what could not be done is an error."""

    def begin(self) -> str:
        return f'{DECLARATION}<testsuites name="reportlint">\n'

    def result(self, result: Result) -> str:
        return joined(_Suite(result, self.context.root, self.context.ascii_only).lines())

    def end(self, run: Run) -> str:  # noqa: ARG002 - nothing more to say
        return "</testsuites>\n"


class _Suite:
    """One report."""

    def __init__(self, result: Result, root: str, ascii_only: bool) -> None:
        self._path = path_from(root, result.source.path)
        self._ascii_only = ascii_only
        self._failed: dict[str, list[Diagnostic]] = {}
        self._broken: dict[str, list[Diagnostic]] = {}
        for diagnostic in result.diagnostics:
            where = self._broken if failure(result, diagnostic) else self._failed
            where.setdefault(diagnostic.rule, []).append(diagnostic)
        self._accepted: dict[str, list[Accepted]] = {}
        for each in result.accepted:
            self._accepted.setdefault(each.diagnostic.rule, []).append(each)
        self._unassessed = {unassessed.rule: unassessed.reason for unassessed in result.not_assessable}
        self._rules = dict.fromkeys([*result.rules_run, *self._failed, *self._broken])

    def lines(self) -> Iterator[str]:
        skipped = {*self._accepted, *self._unassessed} - {*self._failed, *self._broken}
        counts = {
            "tests": len(self._rules),
            "failures": len(self._failed),
            "errors": len(self._broken),
            "skipped": len(skipped.intersection(self._rules)),
        }
        yield opening("testsuite", {"name": self._path, **counts}, self._ascii_only)
        for rule in self._rules:
            attributes = {"classname": self._path, "name": rule, "file": self._path}
            outcome = self._outcome(rule)
            if outcome is None:
                yield "  " + opening("testcase", attributes, self._ascii_only, empty=True)
            else:
                yield f"  {opening('testcase', attributes, self._ascii_only)}{outcome}</testcase>"
        yield "</testsuite>"

    def _outcome(self, rule: str) -> str | None:
        """What came of a rule's test beside passing."""
        if rule in self._broken:
            return self._told("error", self._broken[rule])
        if rule in self._failed:
            return self._told("failure", self._failed[rule])
        if rule in self._accepted:
            reasons = dict.fromkeys(each.because for each in self._accepted[rule] if each.because)
            message = "；".join([f"{len(self._accepted[rule])} 处已接受", *reasons])
            return opening("skipped", {"message": message}, self._ascii_only, empty=True)
        if rule in self._unassessed:
            return opening("skipped", {"message": self._unassessed[rule]}, self._ascii_only, empty=True)
        return None

    def _told(self, kind: str, found: list[Diagnostic]) -> str:
        """All findings of a rule, since a test fails once; the first is the headline."""
        gravest = max(diagnostic.severity for diagnostic in found)
        first = behind_place(found[0], told(found[0]))
        message = first if len(found) == 1 else f"{first}（共 {len(found)} 处）"
        lines = "\n".join(f"{with_path(self._path, diagnostic)}: {told(diagnostic)}" for diagnostic in found)
        return element(kind, {"type": gravest.label, "message": message}, lines, self._ascii_only)
