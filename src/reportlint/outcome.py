"""What reports come to, counted over a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from reportlint.findings import Severity
from reportlint.result import TOOL, Result

if TYPE_CHECKING:
    from reportlint.diagnostic import Diagnostic
    from reportlint.fixing import Fixed

_MOST_FAILURES = 100
_MOST_FIXED = 20


class PassedOver(NamedTuple):
    """A file found in a folder that was not checked, and why (in Chinese)."""

    path: str
    reason: str


class Failure(NamedTuple):
    """Why a report could not be checked as asked."""

    path: str
    rule: str
    message: str


def failure(result: Result, diagnostic: Diagnostic) -> bool:
    """Whether a finding says that the report could not be checked, and not what is wrong with it."""
    return result.failed and diagnostic.severity is Severity.ERROR and diagnostic.rule.startswith(f"{TOOL}/")


class Outcome(NamedTuple):
    """What one report adds to a run: counts, no text."""

    path: str
    unit: str | None
    """The body whose report it is, as it may be shown."""
    counts: Mapping[tuple[str, Severity], int]
    """Findings by rule and severity."""
    rules: tuple[str, ...]
    """The rules that ran."""
    unassessed: tuple[tuple[str, str], ...]
    """Rules that could not judge, each with the reason."""
    failed: bool
    accepted: int
    """Findings that are accepted and so not counted."""
    in_baseline: int
    """Findings that the baseline has and that are not counted either."""
    failures: tuple[tuple[str, str], ...] = ()
    """Of a report that could not be checked as asked: the tool's own findings, rule and message (masked)."""
    fixable: tuple[int, int] = (0, 0)
    """Findings with a fix that could be applied: safe ones, and the others."""
    fixed: int = 0
    """Fixes that were applied, or with `--diff` are shown."""
    refused: tuple[str, ...] = ()
    """Fixes that were not applied though asked for: place, rule and reason."""

    @classmethod
    def of(cls, result: Result) -> Outcome:
        """What a result adds."""
        if not (result.diagnostics or result.not_assessable or result.accepted):
            # Most reports of a run that nobody waits for; counting nothing takes longer than all else here.
            return cls(result.source.path, result.organisation, {}, result.rules_run, (), result.failed, 0, 0)
        counts = Counter((diagnostic.rule, diagnostic.severity) for diagnostic in result.diagnostics)
        in_baseline = sum(accepted.kind == "baseline" for accepted in result.accepted)
        return cls(
            result.source.path,
            result.organisation,
            counts,
            result.rules_run,
            tuple((unassessed.rule, unassessed.reason) for unassessed in result.not_assessable),
            result.failed,
            len(result.accepted) - in_baseline,
            in_baseline,
            tuple((each.rule, each.message) for each in result.diagnostics if failure(result, each)),
            _fixable(result),
        )

    def after(self, fixed: Fixed) -> Outcome:
        """The same with what came of the fixes."""
        from reportlint.formats.places import with_path

        refused = []
        for diagnostic, reason in fixed.refused:
            refused.append(f"{with_path(fixed.after.source.path, diagnostic)} {diagnostic.rule}：{reason}")
        return self._replace(fixed=sum(fixed.applied.values()), refused=tuple(refused), fixable=(0, fixed.unsafe))


def _fixable(result: Result) -> tuple[int, int]:
    """How many findings have a safe fix, and how many another one."""
    if result.source.origin is not None and not result.source.origin.is_writable:
        return 0, 0
    fixes = [each.fix for each in result.diagnostics if each.fix is not None and each.source is result.source]
    safe = sum(fix.safe for fix in fixes)
    return safe, len(fixes) - safe


class Run:
    """All that a run came to. It holds counts and not results, so that it stays small over any number of reports."""

    def __init__(self) -> None:
        self.reports = 0
        self.counts: Counter[Severity] = Counter()
        self.by_rule: Counter[tuple[str, Severity]] = Counter()
        self.by_unit: Counter[tuple[str, Severity]] = Counter()
        """Findings by body; by path where a report names none."""
        self.failed = 0
        """Reports that could not be checked as asked."""
        self.failures: list[Failure] = []
        """Why not, of the first of them."""
        self.rules: set[str] = set()
        self.ran = 0
        """Rules run, counted once for each report."""
        self.found = 0
        """Of these, the ones that found something."""
        self.unable = 0
        """Of these, the ones that found nothing and could not judge all that they are for."""
        self.unassessed: Counter[tuple[str, str]] = Counter()
        """Reports by rule and the reason why it could not judge them."""
        self.first_unassessed: dict[tuple[str, str], str] = {}
        """The first of these reports, by rule and reason."""
        self.not_assessable = 0
        """Reports in which some rule could not judge."""
        self.accepted = 0
        self.in_baseline = 0
        self.fixable = self.fixable_unsafe = 0
        """Findings whose fixes could still be applied: safe ones, and the others."""
        self.fixed = self.fixed_reports = 0
        """Fixes that were applied, and the reports that they are in."""
        self.fixed_in: list[tuple[str, int]] = []
        """The first of these reports, each with its fixes."""
        self.refused: list[str] = []
        self.passed_over: list[PassedOver] = []
        self.diff = False
        """Whether fixes are only shown."""
        self.fix_only = False
        """Whether nothing is wanted but fixes: what is found is not told."""
        self.quiet = False
        """Whether the closing words are not wanted."""
        self.statistics = False
        """Whether tables by rule and by unit are wanted at the end."""
        self._last_rules: tuple[str, ...] = ()

    def add(self, outcome: Outcome) -> None:
        """Count one more report."""
        self.reports += 1
        self.failed += outcome.failed
        self.ran += len(outcome.rules)
        if outcome.rules is not self._last_rules:
            self.rules.update(outcome.rules)
            self._last_rules = outcome.rules
        if outcome.failures and len(self.failures) < _MOST_FAILURES:
            self.failures += (Failure(outcome.path, rule, message) for rule, message in outcome.failures)
        found = {rule for rule, _ in outcome.counts}
        if found:
            unit = outcome.unit or outcome.path
            for (rule, severity), number in outcome.counts.items():
                self.counts[severity] += number
                self.by_rule[rule, severity] += number
                self.by_unit[unit, severity] += number
            self.found += len(found.intersection(outcome.rules))
        if outcome.unassessed:
            self.not_assessable += 1
            self.unassessed.update(outcome.unassessed)
            for each in outcome.unassessed:
                self.first_unassessed.setdefault(each, outcome.path)
            self.unable += len({rule for rule, _ in outcome.unassessed} - found)
        self.fixable += outcome.fixable[0]
        self.fixable_unsafe += outcome.fixable[1]
        self.fixed += outcome.fixed
        if outcome.fixed:
            self.fixed_reports += 1
            if len(self.fixed_in) < _MOST_FIXED:
                self.fixed_in.append((outcome.path, outcome.fixed))
        self.refused += outcome.refused
        self.accepted += outcome.accepted
        self.in_baseline += outcome.in_baseline

    def add_beside(self, outcome: Outcome) -> None:
        """Count what is said of a file that is no report: one of entries."""
        self.reports -= 1
        self.add(outcome._replace(unit=None))

    @property
    def findings(self) -> int:
        return self.counts.total()

    @property
    def passed(self) -> int:
        """Of the rules run, the ones that could judge and found nothing."""
        return self.ran - self.found - self.unable


class Tally(NamedTuple):
    """Findings of one rule or unit."""

    name: str
    counts: Mapping[Severity, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def of(self, severity: Severity) -> int:
        return self.counts.get(severity, 0)


def tallies(counts: Mapping[tuple[str, Severity], int]) -> list[Tally]:
    """Counts by name, the most first."""
    by_name: dict[str, dict[Severity, int]] = {}
    for (name, severity), number in counts.items():
        by_name.setdefault(name, {})[severity] = number
    return sorted((Tally(*each) for each in by_name.items()), key=lambda tally: (-tally.total, tally.name))
