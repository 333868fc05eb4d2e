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
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from reportlint import config, toml
from reportlint.diagnostic import Diagnostic
from reportlint.errors import ConfigError
from reportlint.linter import TOOL, Linter
from reportlint.model import Report
from reportlint.readers import read_file
from reportlint.source import Source
from reportlint.testing.cases import full_name
from reportlint.testing.fixing import figures
from reportlint.testing.mutants import KINDS, mutants_of
from reportlint.testing.mutants.mutant import Mutant
from reportlint.testing.reports import CompliantReport, reports_of

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
    missed: tuple[Claimed, ...]
    """The claims that none of the rules kept."""


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
    def escaped(self) -> list[Outcome]:
        """Mutants that no rule spoke of and that are errors."""
        return [outcome for outcome in self.outcomes if not outcome.rules and outcome.equivalent is None]

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
        places: dict[str | None, Any] = {None: entry} if isinstance(entry, list) else {**_dict(entry, path, kind)}
        for place, rules in places.items():
            if not config.is_strings(rules) or not rules:
                raise ConfigError(f"{path}：{kind} 应为规则名的列表")
            try:
                names = tuple(full_name(linter, pack, rule) for rule in rules)
            except ConfigError as error:
                raise ConfigError(f"{path}：{kind}：{error}") from error
            claims.append(Claimed(kind, place, names))
    return claims


def mutate(linter: Linter, pack: str) -> Mutation:
    """Plant every kind of error in the compliant reports of a pack and of the others, and lint what comes of it."""
    claims = claims_of(linter, pack)
    own = reports_of(linter.packs, pack)
    faults = [f"报告 {r.path}：配置没有选用格式 {r.form}" for r in own if r.form not in linter.settings.forms]
    reports, false_alarms, passed_over = [], [], []
    outcomes: list[Outcome] = []
    for compliant in _reports(linter, pack, own):
        reports.append(compliant.path)
        source = read_file(compliant.path)
        result = linter.lint(source)
        foreign = bool(own) and compliant.pack != pack
        for diagnostic in result.diagnostics:
            of_pack = diagnostic.rule.startswith(f"{pack}/")
            (passed_over if foreign and of_pack else false_alarms).append(diagnostic)
        if result.report is not None and not result.failed:
            outcomes += _outcomes(linter, result.report, result.diagnostics, claims)
    scores = _scores(claims, outcomes)
    for claim in claims:
        if not any(claim.covers(outcome.mutant) and outcome.equivalent is None for outcome in outcomes):
            place = f".{claim.place}" if claim.place else ""
            faults.append(f"{CLAIMS_FILE} 声明了 {claim.kind}{place}，各份报告里没有这样的植错")
    faults += [f"规则 {rule} 声明的植错，它自己一个也没有发现" for rule, score in scores.items() if not score.by_itself]
    faults += [f"规则出错：{outcome.mutant.what}（{outcome.report}）" for outcome in outcomes if _CRASH in outcome.rules]
    return Mutation(reports, outcomes, scores, false_alarms, passed_over, faults)


def _reports(linter: Linter, pack: str, own: Sequence[CompliantReport]) -> Iterator[CompliantReport]:
    """The pack's own, then those of the other packs, in the forms that are in use."""
    others = (report for name in linter.packs.names if name != pack for report in reports_of(linter.packs, name))
    yield from (report for report in (*own, *others) if report.form in linter.settings.forms)


def _outcomes(
    linter: Linter, report: Report, diagnostics: Iterable[Diagnostic], claims: Sequence[Claimed]
) -> Iterator[Outcome]:
    before = Counter((diagnostic.rule, diagnostic.message) for diagnostic in diagnostics)
    path, text = report.source.path, report.source.text
    for mutant in mutants_of(report):
        if mutant.text == text:
            yield Outcome(path, mutant, (), "与原文相同", ())
            continue
        result = linter.lint(Source(mutant.text, path))
        after = Counter((diagnostic.rule, diagnostic.message) for diagnostic in result.diagnostics)
        rules = tuple(dict.fromkeys(rule for rule, _ in after - before))
        equivalent = None
        if not rules and KINDS[mutant.kind].harmless and result.report and figures(result.report) == figures(report):
            equivalent = "读出的数相同"
        covering = [claim for claim in claims if claim.covers(mutant)] if equivalent is None else []
        yield Outcome(path, mutant, rules, equivalent, tuple(c for c in covering if not set(c.rules) & set(rules)))


def _scores(claims: Sequence[Claimed], outcomes: Sequence[Outcome]) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for rule in dict.fromkeys(rule for claim in claims for rule in claim.rules):
        mine = [claim for claim in claims if rule in claim.rules]
        claimed = [o for o in outcomes if o.equivalent is None and any(claim.covers(o.mutant) for claim in mine)]
        missed = sum(any(claim in outcome.missed for claim in mine) for outcome in claimed)
        scores[rule] = Score(len(claimed), len(claimed) - missed, sum(rule in outcome.rules for outcome in claimed))
    return scores


def _dict(value: object, path: str, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{path}：{key} 应为表")
    return value
