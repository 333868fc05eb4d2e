"""`reportlint test`: what the tests of packs came to, for people and for programs."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

from reportlint.diagnostic import Diagnostic
from reportlint.formats.places import with_path
from reportlint.testing.mutants import KINDS
from reportlint.testing.mutants.score import Mutation, Outcome
from reportlint.testing.suite import PackCheck

SCHEMA_VERSION = 1
_MOST_ESCAPED = 3
"""Of the mutants of a kind that got away and that nobody claims, how many are shown."""


def text(checks: list[PackCheck]) -> Iterator[str]:
    """For people: what is wrong, then what was run."""
    for check in checks:
        for page in check.pages:
            yield from _faults(f"说明页 {page.rule}", page.faults)
        for stray in check.stray:
            yield f"说明页 {check.pack} {stray}：没有这条规则"
        for case in check.cases:
            yield from _faults(f"案例 {_path(case.path)}", case.faults)
        if check.mutation is not None:
            yield from _mutation(check.mutation)
    for check in checks:
        examples = sum(page.examples for page in check.pages)
        ran = f"规则包 {check.pack}：{check.rules} 条规则，{len(check.pages)} 页，{examples} 例"
        ran += f"，{len(check.cases)} 个案例"
        if check.mutation is not None:
            ran += f"，{len(check.mutation.outcomes)} 处植错"
        yield f"{ran}；{f'{check.faults} 处不符' if check.faults else '全部相符'}。"


def as_json(checks: list[PackCheck], *, ascii_only: bool = False) -> str:
    """For programs."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "packs": [_pack(check) for check in checks],
        "summary": {
            "packs": len(checks),
            "rules": sum(check.rules for check in checks),
            "pages": sum(len(check.pages) for check in checks),
            "examples": sum(page.examples for check in checks for page in check.pages),
            "cases": sum(len(check.cases) for check in checks),
            "mutants": sum(len(check.mutation.outcomes) for check in checks if check.mutation),
            "faults": sum(check.faults for check in checks),
        },
    }
    return json.dumps(document, ensure_ascii=ascii_only, indent=2)


def _faults(where: str, faults: list[str]) -> Iterator[str]:
    if faults:
        yield where
        for fault in faults:
            yield "\n".join(f"  {line}" for line in fault.splitlines())


def _mutation(mutation: Mutation) -> Iterator[str]:
    yield f"植错：在 {len(mutation.reports)} 份合格的报告里，每次一处"
    for report in mutation.reports:
        yield f"  {_path(report)}"
    for kind in KINDS:
        outcomes = [outcome for outcome in mutation.outcomes if outcome.mutant.kind == kind]
        if outcomes:
            yield _kind(kind, outcomes)
            unclaimed = [outcome for outcome in outcomes if outcome.escaped and not outcome.missed]
            for outcome in unclaimed[:_MOST_ESCAPED]:
                yield f"    放过 {_place(outcome)}：{outcome.mutant.what}"
            if len(unclaimed) > _MOST_ESCAPED:
                yield f"    另放过 {len(unclaimed) - _MOST_ESCAPED} 处（--output-format json 列出全部）"
    yield "声明由规则发现的植错："
    for rule, score in mutation.scores.items():
        yield f"  {rule}：{score.caught}/{score.claimed}，其中本规则发现 {score.by_itself}"
    if not mutation.scores:
        yield "  没有（mutants.toml）"
    for outcome in mutation.missed:
        claimed = "；".join("或".join(claim.rules) for claim in outcome.missed)
        yield f"漏掉 {_place(outcome)}：{outcome.mutant.kind}，{outcome.mutant.what}（应由 {claimed} 发现）"
    for diagnostic in mutation.false_alarms:
        yield f"误报 {_finding(diagnostic)}"
    for diagnostic in mutation.passed_over:
        yield f"别的规则包的报告，不计 {_finding(diagnostic)}"
    for fault in mutation.faults:
        yield f"不符 {fault}"


def _kind(kind: str, outcomes: list[Outcome]) -> str:
    rules = Counter(rule for outcome in outcomes for rule in outcome.rules)
    equivalent = Counter(outcome.equivalent for outcome in outcomes if outcome.equivalent)
    caught = sum(bool(outcome.rules) for outcome in outcomes)
    escaped = len(outcomes) - caught - sum(equivalent.values())
    parts = [f"发现 {caught}", f"放过 {escaped}", *(f"等同 {count}（{why}）" for why, count in equivalent.items())]
    by = "，".join(f"{rule} {count}" for rule, count in rules.most_common())
    return f"  {kind}（{KINDS[kind].words}）{len(outcomes)} 处：{'，'.join(parts)}{f'；{by}' if by else ''}"


def _place(outcome: Outcome) -> str:
    return f"{_path(outcome.report)}:{outcome.mutant.line}"


def _finding(diagnostic: Diagnostic) -> str:
    return f"{with_path(_path(diagnostic.source.path), diagnostic)}：{diagnostic.rule} {diagnostic.message}"


def _path(path: str) -> str:
    """A path as it is shortest from here."""
    relative = os.path.relpath(path) if os.path.splitdrive(path)[0] == os.path.splitdrive(os.getcwd())[0] else path
    return path if relative.startswith(os.pardir) else relative


def _pack(check: PackCheck) -> dict[str, Any]:
    return {
        "pack": check.pack,
        "rules": check.rules,
        "pages": [page._asdict() for page in check.pages],
        "pages_without_rule": check.stray,
        "cases": [case._asdict() for case in check.cases],
        "mutants": None if check.mutation is None else _mutants(check.mutation),
        "faults": check.faults,
    }


def _mutants(mutation: Mutation) -> dict[str, Any]:
    return {
        "reports": mutation.reports,
        "outcomes": [
            {
                "report": outcome.report,
                "line": outcome.mutant.line,
                "kind": outcome.mutant.kind,
                "places": sorted(outcome.mutant.places),
                "what": outcome.mutant.what,
                "caught_by": list(outcome.rules),
                "equivalent": outcome.equivalent,
                "claimed_by": [list(claim.rules) for claim in outcome.claims],
                "missed_by": [list(claim.rules) for claim in outcome.missed],
            }
            for outcome in mutation.outcomes
        ],
        "scores": {rule: score._asdict() for rule, score in mutation.scores.items()},
        "false_alarms": [_finding(diagnostic) for diagnostic in mutation.false_alarms],
        "passed_over": [_finding(diagnostic) for diagnostic in mutation.passed_over],
        "faults": mutation.faults,
    }
