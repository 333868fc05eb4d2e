"""What is accepted, and whether it still is: the step from what is found to what is said.

It asks nothing of packs or of the report itself, so that it is taken alike behind a report that was read just now and
behind a result that was kept. Where nothing is accepted it costs a look into a dictionary.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from reportlint.acceptance import told
from reportlint.acceptance.claims import Claim, Claims, Coverage, Ignored, ignoring
from reportlint.baseline import FILE, Kept
from reportlint.days import today
from reportlint.diagnostic import TOOL, Accepted, Diagnostic
from reportlint.result import Result

BASELINE = "baseline"
_IN_BASELINE = "基线里已有"


class Heed(NamedTuple):
    """What a run heeds of all that was accepted before it."""

    suppressions: bool = True
    """Entries beside the reports, and those of the configuration that are for some paths or a place."""
    baseline: bool = True
    file: str | None = None
    """The baseline, where it is not the configuration's."""


ALL = Heed()
NOTHING = Heed(suppressions=False, baseline=False)


class State(Enum):
    """What has become of an entry."""

    HOLDS = "holds"
    VOID = "void"
    """Something else stands at the place by now."""
    EXPIRED = "expired"
    UNUSED = "unused"
    """The rule finds nothing at the place any more."""
    MANDATORY = "mandatory"
    """Its rule cannot be silenced."""
    UNJUDGED = "unjudged"
    """The rule did not run, or could not judge."""
    MISSING = "missing"
    """There is no such report."""
    UNKNOWN = "unknown"
    """There is no such rule."""


_SAID = {
    State.VOID: told.VOID,
    State.EXPIRED: told.EXPIRED,
    State.UNUSED: told.UNUSED,
    State.MANDATORY: told.MANDATORY,
}


class Verdict(NamedTuple):
    """What has become of an entry, and what its rule finds at the place."""

    claim: Claim
    state: State
    diagnostic: Diagnostic | None = None


class Acceptance:
    """All that is accepted under a root, by entries and by the baseline."""

    def __init__(
        self,
        root: str,
        places: Iterable[Ignored] = (),
        expired: Iterable[Ignored] = (),
        ignores: Iterable[Ignored] = (),
        *,
        baseline: str | None = None,
        heed: Heed = ALL,
        today: Callable[[], str] = today,
    ) -> None:
        """`places`, `expired` and `ignores` are the settings' of these names; `baseline` the file that they name."""
        self.root = os.path.abspath(root or os.curdir)
        self.heed = heed
        self.today = today
        self.expired = tuple(expired)
        self.places = tuple(places)
        self.ignores = tuple(ignores)
        self.claims = Claims(self.root, self.places)
        file = os.path.join(self.root, baseline or FILE) if heed.file is None else os.path.abspath(heed.file)
        self.kept = Kept(file, must_exist=heed.file is not None or baseline is not None)

    def judge(self, result: Result) -> Result:
        """A result without what is accepted, which it keeps apart, and with what is to be said of entries."""
        verdicts = self.verdicts(result) if self.heed.suppressions else []
        kept = self.kept.of(result.source.path) if self.heed.baseline and result.diagnostics else {}
        if not verdicts and not kept:
            return result
        holding: dict[tuple[str, str], Claim] = {}
        for verdict in verdicts:
            if verdict.state is State.HOLDS:
                holding.setdefault((verdict.claim.entry.rule, verdict.claim.entry.place), verdict.claim)
        left: list[Diagnostic] = []
        taken: list[Accepted] = []
        for diagnostic in result.diagnostics:
            key = (diagnostic.rule, diagnostic.place)
            if key in holding:
                entry, origin = holding[key].entry, holding[key].origin
                taken.append(Accepted(diagnostic, holding[key].kind, entry.because, entry.by, entry.until, origin))
            elif kept.get(key) == diagnostic.content and may_be_silenced(diagnostic):
                taken.append(Accepted(diagnostic, BASELINE, _IN_BASELINE, origin=self.kept.shown))
            else:
                left.append(diagnostic)
        for verdict in verdicts:
            # What is for several reports may be of use in another one.
            if verdict.state in _SAID and (verdict.claim.alone or verdict.state is not State.UNUSED):
                said, path = _SAID[verdict.state], result.source.path
                left.append(told.entry_finding(said, verdict.claim, self.root, path, verdict.diagnostic))
        return result._replace(diagnostics=left, accepted=tuple(taken))

    def verdicts(self, result: Result) -> list[Verdict]:
        """What has become of each entry that speaks for a report."""
        claims = self.claims.of(result.source.path)
        if not claims:
            return []
        found = {(each.rule, each.place): each for each in result.diagnostics}
        unassessed = {each.rule for each in result.not_assessable}
        return [self._verdict(claim, result, found, unassessed) for claim in claims]

    def lost(self, claim: Claim, rules: Collection[str] | None = None) -> State | None:
        """What is wrong with an entry before any report is checked; `rules` are all that there are, if known."""
        if not os.path.exists(claim.report):
            return State.MISSING
        return State.UNKNOWN if rules is not None and claim.entry.rule not in rules else None

    def orphans(self, folder: str, rules: Collection[str] | None = None) -> list[Diagnostic]:
        """Findings about the entries, in the folder and below, whose report or rule does not exist."""
        names = {State.MISSING: told.MISSING, State.UNKNOWN: told.UNKNOWN}
        if not self.heed.suppressions:
            return []
        lost = ((claim, self.lost(claim, rules)) for claim in self.claims.below(folder))
        return [
            told.entry_finding(names[state], claim, self.root, claim.report)
            for claim, state in lost
            if state is not None
        ]

    def expired_ignores(self) -> list[Diagnostic]:
        """Findings about the `[[ignore]]` entries without a place that no longer hold."""
        if not self.heed.suppressions:
            return []
        return [
            told.ignore_finding(told.EXPIRED, claim, self.root, each.paths)
            for each in self.expired
            for claim in ignoring(each, "")
        ]

    def coverage(self) -> Coverage:
        """Takes note, in a run over folders, of the reports; see `unused_ignores`."""
        counted = (*self.ignores, *self.places) if self.heed.suppressions else ()
        return Coverage(each for each in counted if each.paths)

    def unused_ignores(self, coverage: Coverage) -> list[Diagnostic]:
        """Findings about the `[[ignore]]` entries that no report of a run was covered by."""
        return [
            told.ignore_finding(told.UNUSED, claim, self.root, each.paths)
            for each in coverage.left
            for claim in ignoring(each, "")
        ]

    def _verdict(
        self,
        claim: Claim,
        result: Result,
        found: Mapping[tuple[str, str], Diagnostic],
        unassessed: set[str],
    ) -> Verdict:
        entry = claim.entry
        diagnostic = found.get((entry.rule, entry.place))
        expired = entry.until is not None and entry.until < self.today()
        if diagnostic is None:
            # Nothing can be told of a rule that had no say.
            if result.failed or entry.rule not in result.rules_run:
                return Verdict(claim, State.UNJUDGED)
            if expired:
                return Verdict(claim, State.EXPIRED)
            return Verdict(claim, State.UNJUDGED if entry.rule in unassessed else State.UNUSED)
        if not may_be_silenced(diagnostic):
            return Verdict(claim, State.MANDATORY, diagnostic)
        if expired:
            return Verdict(claim, State.EXPIRED, diagnostic)
        same = entry.content is None or entry.content == diagnostic.content
        return Verdict(claim, State.HOLDS if same else State.VOID, diagnostic)


def may_be_silenced(diagnostic: Diagnostic) -> bool:
    """Whether a finding may be accepted at all."""
    return not diagnostic.mandatory and not diagnostic.rule.startswith(f"{TOOL}/")
