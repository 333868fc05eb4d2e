"""Which rule catches which mutant, against what the rules of a pack claim to catch.

# mutants.toml beside a pack: kind of error -> rules, one of which catches every mutant of the kind
[mutants]
section-dropped = ["required-sections"]

# or: kind of error -> place (table, row, column, section, subject of a claim) -> rules
[mutants.cell-raised]
remedies = ["remedy-footing"]
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from reportlint import config, toml, vocabulary
from reportlint.diagnostic import Diagnostic
from reportlint.errors import ConfigError
from reportlint.linter import Linter
from reportlint.model import Report
from reportlint.result import TOOL
from reportlint.source import Source
from reportlint.testing.cases import full_name
from reportlint.testing.mutants import KINDS, mutants_of
from reportlint.testing.mutants.mutant import Mutant
from reportlint.testing.reports import CompliantReport, base_packs, default_packs, reports_of

CLAIMS_FILE = "mutants.toml"
_CRASH = f"{TOOL}/rule-crash"


class Claimed(NamedTuple):
    """What a pack claims: every mutant of the kind, in that place (None: anywhere), is caught by one of the rules."""

    kind: str
    place: str | None
    rules: tuple[str, ...]

    def covers(self, mutant: Mutant) -> bool:
        return mutant.kind == self.kind and (self.place is None or self.place in mutant.places)


class Outcome(NamedTuple):
    """What became of a mutant."""

    report: str
    mutant: Mutant
    rules: tuple[str, ...]
    """Those that said something that they had not said of the report as it was."""
    equivalent: str | None
    """Why it is no error at all; None for one that is."""
    claims: tuple[Claimed, ...]
    """What is claimed of it."""

    @property
    def missed(self) -> list[Claimed]:
        """The claims that none of their rules kept."""
        return [claim for claim in self.claims if not set(claim.rules) & set(self.rules)]

    @property
    def escaped(self) -> bool:
        """Whether it is an error of which no rule spoke."""
        return not self.rules and self.equivalent is None


class Score(NamedTuple):
    """Of the mutants that a rule claims, alone or with others: how many there were, how many were caught by one
    of those that claim them, and how many by the rule itself."""

    claimed: int
    caught: int
    by_itself: int


class Mutation(NamedTuple):
    """All that came of planting errors in compliant reports."""

    reports: list[str]
    outcomes: list[Outcome]
    scores: dict[str, Score]
    false_alarms: list[Diagnostic]
    passed_over: list[Diagnostic]
    """What the pack's own rules say of other packs' reports, which need not comply with them; not counted."""
    faults: list[str]

    @property
    def missed(self) -> list[Outcome]:
        """Mutants that rules claim to catch and did not."""
        return [outcome for outcome in self.outcomes if outcome.missed]

    @property
    def good(self) -> bool:
        return not (self.missed or self.false_alarms or self.faults)


def claims_of(linter: Linter, pack: str) -> list[Claimed]:
    """What the rules of a pack claim to catch, by its file; ConfigError for what names nothing."""
    folder = linter.packs.folder(pack)
    path = os.path.join(folder or "", CLAIMS_FILE)
    if folder is None or not os.path.isfile(path):
        return []
    with open(path, "rb") as file:
        table = toml.parse(file.read(), path)
    for key in table:
        if key != "mutants":
            raise ConfigError(f"{path}：没有键 {key}{config.nearest(key, ['mutants'])}")
    claims = []
    for kind, entry in _dict(table.get("mutants", {}), path, "mutants").items():
        if kind not in KINDS:
            raise ConfigError(f"{path}：没有植错 {kind}{config.nearest(kind, KINDS)}")
        by_place = [(None, entry)] if isinstance(entry, list) else list(_dict(entry, path, kind).items())
        for place, rules in by_place:
            if not vocabulary.is_strings(rules) or not rules:
                raise ConfigError(f"{path}：{kind} 应为规则名的列表")
            try:
                names = tuple(full_name(linter, pack, rule) for rule in rules)
            except ConfigError as error:
                raise ConfigError(f"{path}：{kind}：{error}") from error
            claims.append(Claimed(kind, place, names))
    return claims


def mutate(linter: Linter, pack: str, kinds: Collection[str] = KINDS) -> Mutation:
    """Plant errors, of every kind or of these, in compliant reports, the pack's own first; lint what comes of it."""
    claims = [claim for claim in claims_of(linter, pack) if claim.kind in kinds]
    own = reports_of(linter.packs, pack)
    faults = [f"报告 {r.path}：配置没有选用格式 {r.form}" for r in own if r.form not in linter.settings.forms]
    reports, false_alarms, passed_over = [], [], []
    outcomes: list[Outcome] = []
    for compliant, source in _reports(linter, pack, own):
        reports.append(compliant.path)
        result = linter.lint(source)
        foreign = bool(own) and compliant.pack != pack
        for diagnostic in result.diagnostics:
            if foreign and diagnostic.rule.startswith(f"{pack}/"):
                passed_over.append(diagnostic)
            else:
                false_alarms.append(diagnostic)
        if result.report is not None and not result.failed:
            kept = [claim for claim in claims if not (foreign and _names_a_rule_of(claim, pack))]
            outcomes += _outcomes(linter, result.report, result.diagnostics, kept, kinds)
    scores = _scores(claims, outcomes)
    for claim in claims:
        if not any(claim in outcome.claims for outcome in outcomes):
            place = f".{claim.place}" if claim.place else ""
            faults.append(f"{CLAIMS_FILE} 声明了 {claim.kind}{place}，各份报告里没有这样的植错")
    idle = [rule for rule, score in scores.items() if score.claimed and not score.by_itself]
    faults += [f"规则 {rule} 声明的植错，它自己一个也没有发现" for rule in idle]
    faults += [
        f"规则出错：{outcome.mutant.what}（{outcome.report}）" for outcome in outcomes if _CRASH in outcome.rules
    ]
    return Mutation(reports, outcomes, scores, false_alarms, passed_over, faults)


def _names_a_rule_of(claim: Claimed, pack: str) -> bool:
    return any(rule.startswith(f"{pack}/") for rule in claim.rules)


def _reports(linter: Linter, pack: str, own: Sequence[CompliantReport]) -> Iterator[tuple[CompliantReport, Source]]:
    """The pack's own, then those of the packs that it builds on, in the forms that are in use, each text once.

    Where none of them has any, as in a pack that is good for any text, those of the default packs.
    """
    found = [*own, *(report for name in base_packs(linter.packs, pack) for report in reports_of(linter.packs, name))]
    found = found or [report for name in default_packs(linter.packs) for report in reports_of(linter.packs, name)]
    seen: set[str] = set()
    for report in found:
        if report.form in linter.settings.forms:
            source = linter.readers.file(report.path)
            if source.text not in seen:
                seen.add(source.text)
                yield report, source


def _outcomes(
    linter: Linter, report: Report, diagnostics: Iterable[Diagnostic], claims: Sequence[Claimed], kinds: Collection[str]
) -> Iterator[Outcome]:
    before = Counter((diagnostic.rule, diagnostic.message) for diagnostic in diagnostics)
    path, text = report.source.path, report.source.text
    for mutant in mutants_of(report, kinds):
        if mutant.text == text:
            yield Outcome(path, mutant, (), "与原文相同", ())
            continue
        result = linter.lint(Source(mutant.text, path))
        after = Counter((diagnostic.rule, diagnostic.message) for diagnostic in result.diagnostics)
        rules = tuple(dict.fromkeys(rule for rule, _ in after - before))
        same = KINDS[mutant.kind].same
        equivalent = same(report, result.report, mutant.places) if same and result.report and not rules else None
        covering = [claim for claim in claims if claim.covers(mutant)] if equivalent is None else []
        yield Outcome(path, mutant, rules, equivalent, tuple(covering))


def _scores(claims: Sequence[Claimed], outcomes: Sequence[Outcome]) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for rule in dict.fromkeys(rule for claim in claims for rule in claim.rules):
        claimed = [outcome for outcome in outcomes if any(rule in claim.rules for claim in outcome.claims)]
        missed = sum(any(rule in claim.rules for claim in outcome.missed) for outcome in claimed)
        scores[rule] = Score(len(claimed), len(claimed) - missed, sum(rule in outcome.rules for outcome in claimed))
    return scores


def _dict(value: object, path: str, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{path}：{key} 应为表")
    return value
