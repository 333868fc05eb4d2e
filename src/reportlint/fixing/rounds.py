"""Rounds of fixes: those that fit together and hold, until nothing changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from reportlint import fixes
from reportlint.diagnostic import Diagnostic
from reportlint.fixing.edits import Candidate, Refusal, Shift, candidate, empty_cells, line_end
from reportlint.fixing.paper import Paper
from reportlint.fixing.verdict import verify
from reportlint.linter import Linter
from reportlint.result import Result

MOST_ROUNDS = 20
_MOST_TRIALS = 500
"""In one round; a text in which so many fixes fail one by one has other worries."""
_RESTLESS = "这条规则的修改彼此抵消或没有尽头，没有采用"
_TOO_MANY = "通不过核对的修改太多，没有再试"


class Refused(NamedTuple):
    """A fix that was not applied, by the finding that it belongs to, and why (in Chinese)."""

    diagnostic: Diagnostic
    reason: str


class Rounds(NamedTuple):
    """What rounds came to: the last result, how often a rule's fixes were applied, and those that were refused."""

    result: Result
    paper: Paper
    applied: Counter[str]
    refused: list[Refused]


Wanted = Callable[[Diagnostic], bool]
"""Which findings are to be mended."""


def every(_: Diagnostic) -> bool:
    """All of them are wanted."""
    return True


def fixable(result: Result, *, unsafe: bool, wanted: Wanted = every) -> list[Diagnostic]:
    """The findings whose fixes may be applied: of a finding in another file none may."""
    return [
        diagnostic
        for diagnostic in result.diagnostics
        if diagnostic.fix is not None
        and diagnostic.source is result.source
        and (unsafe or diagnostic.fix.safe)
        and wanted(diagnostic)
    ]


def play(linter: Linter, paper: Paper, result: Result, *, unsafe: bool, wanted: Wanted = every) -> Rounds:
    """Apply fixes until nothing changes.

    Where that does not come to an end, because fixes undo each other or always find more to do, everything is done
    anew without the rules that they are of: so a second run changes nothing.
    """
    restless: set[str] = set()
    while True:
        rounds = _play(linter, paper, result, restless, unsafe=unsafe, wanted=wanted)
        if isinstance(rounds, Rounds):
            return rounds
        restless |= rounds


def _play(
    linter: Linter, paper: Paper, result: Result, restless: set[str], *, unsafe: bool, wanted: Wanted
) -> Rounds | set[str]:
    """Rounds without the rules that do not come to rest; or the rules that did not come to rest this time."""
    total: Counter[str] = Counter()
    history: list[set[str]] = []
    seen = {result.source.text: 0}
    while len(history) < MOST_ROUNDS:
        one = _Round(linter, paper, result, restless, unsafe=unsafe, wanted=wanted)
        if not one.applied:
            return Rounds(result, paper, total, one.refused)
        rules = [candidate.diagnostic.rule for candidate in one.applied]
        total.update(rules)
        history.append(set(rules))
        paper, result = one.paper, one.after
        if result.source.text in seen:
            return set().union(*history[seen[result.source.text] :])
        seen[result.source.text] = len(history)
    return history[-1]


class _Round:
    """One round over a text: the fixes that fit together, less those that do not hold."""

    def __init__(
        self, linter: Linter, paper: Paper, result: Result, restless: set[str], *, unsafe: bool, wanted: Wanted
    ) -> None:
        self._linter = linter
        self._paper = self.paper = paper
        self._before = result
        self._trials = 0
        self.after = result
        self.applied: list[Candidate] = []
        self.refused: list[Refused] = []
        waiting: list[Candidate] = []
        text = result.source.text
        end, empty = line_end(text), empty_cells(result.report)
        for diagnostic in fixable(result, unsafe=unsafe, wanted=wanted):
            try:
                if diagnostic.rule in restless:
                    raise Refusal(_RESTLESS)
                one = candidate(diagnostic, text, end, empty)
                paper.check(one.fix.edits)
                waiting.append(one)
            except Refusal as reason:
                self.refused.append(Refused(diagnostic, str(reason)))
        # Those that stand in each other's way wait for the next round, unless nothing of this one held.
        while waiting and not self.applied:
            fitting = {id(fix) for fix in fixes.apply(text, [one.fix for one in waiting]).applied}
            self._accept([one for one in waiting if id(one.fix) in fitting])
            waiting = [one for one in waiting if id(one.fix) not in fitting]

    def _accept(self, candidates: Sequence[Candidate]) -> None:
        """Add to those applied all that hold with them, halving where not all do."""
        try:
            self._try([*self.applied, *candidates])
        except Refusal as reason:
            if len(candidates) == 1:
                self.refused.append(Refused(candidates[0].diagnostic, str(reason)))
                return
            half = len(candidates) // 2
            self._accept(candidates[:half])
            self._accept(candidates[half:])

    def _try(self, candidates: list[Candidate]) -> None:
        if self._trials == _MOST_TRIALS:
            raise Refusal(_TOO_MANY)
        self._trials += 1
        edits = {edit for one in candidates for edit in one.fix.edits}
        paper = self._paper.edited(edits)
        after = self._linter.lint(paper.source)
        verify(self._before, after, candidates, Shift(edits))
        self.applied, self.paper, self.after = candidates, paper, after
