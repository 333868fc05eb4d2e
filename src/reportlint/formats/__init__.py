"""What a run says, and the outputs that say it."""

from __future__ import annotations

import importlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from reportlint.findings import Severity
from reportlint.result import Result

if TYPE_CHECKING:
    from reportlint.rules import Rule


class PassedOver(NamedTuple):
    """A file found in a folder that was not checked, and why (in Chinese)."""

    path: str
    reason: str


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
        )


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
        self.rules: set[str] = set()
        self.ran = 0
        """Rules run, counted once for each report."""
        self.found = 0
        """Of these, the ones that found something."""
        self.unassessed: Counter[tuple[str, str]] = Counter()
        """Reports by rule and the reason why it could not judge them."""
        self.not_assessable = 0
        """Reports in which some rule could not judge."""
        self.accepted = 0
        self.in_baseline = 0
        self.passed_over: list[PassedOver] = []
        self._last_rules: tuple[str, ...] = ()

    def add(self, outcome: Outcome) -> None:
        """Count one more report."""
        self.reports += 1
        self.failed += outcome.failed
        self.ran += len(outcome.rules)
        if outcome.rules is not self._last_rules:
            self.rules.update(outcome.rules)
            self._last_rules = outcome.rules
        if outcome.counts:
            unit = outcome.unit or outcome.path
            for (rule, severity), number in outcome.counts.items():
                self.counts[severity] += number
                self.by_rule[rule, severity] += number
                self.by_unit[unit, severity] += number
            self.found += len({rule for rule, _ in outcome.counts}.intersection(outcome.rules))
        if outcome.unassessed:
            self.not_assessable += 1
            self.unassessed.update(outcome.unassessed)
        self.accepted += outcome.accepted
        self.in_baseline += outcome.in_baseline

    @property
    def findings(self) -> int:
        return self.counts.total()


class Context(NamedTuple):
    """What an output has to know beside the results."""

    root: str
    """The folder that relative paths in outputs for programs start from: the repository's, else the current one."""
    rule: Callable[[str], Rule | None]
    """A rule by its id; None for the tool's own."""
    colour: bool = False
    ascii_only: bool = False
    """Whether the stream cannot show every character."""


class Format:
    """An output. `begin`, then `result` for each report in order, then `end`; each gives the text to be written.

    `result` tells a report alone, without knowing of any other one, since it may be called in another process;
    between two of its texts that are not empty `separator` is written.
    """

    separator = ""
    needs_report = False
    """Whether `result` reads `Result.report`, which is None where a result was taken from the cache."""
    summarises = False
    """Whether it says itself what the run came to; for one that does not, the command line does, beside it."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def begin(self) -> str:
        return ""

    def result(self, result: Result) -> str:  # noqa: ARG002 - for those that say something
        return ""

    def end(self, run: Run) -> str:  # noqa: ARG002 - for those that say something
        return ""


# The text for people comes first; it is what is written where nothing else is asked for.
FORMATS = {
    "full": "text.Full",
    "concise": "text.Concise",
    "json": "json.Json",
}


def format_named(name: str) -> type[Format]:
    """The class of an output; KeyError where there is none of that name."""
    module, _, kind = FORMATS[name].partition(".")
    found: type[Format] = getattr(importlib.import_module(f"reportlint.formats.{module}"), kind)
    return found


def joined(lines: Iterable[str]) -> str:
    """Lines as one text, each with its end."""
    return "".join(f"{line}\n" for line in lines)


def rendered(name: str, results: Iterable[Result], context: Context | None = None) -> str:
    """Results as an output has them, as one text. For programs that have results; a run writes them one by one."""
    output = format_named(name)(context or Context(os.getcwd(), lambda _: None))
    run = Run()
    texts = []
    for result in results:
        run.add(Outcome.of(result))
        texts.append(output.result(result))
    return output.begin() + output.separator.join(filter(None, texts)) + output.end(run)
