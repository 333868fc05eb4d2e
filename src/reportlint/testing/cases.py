"""The cases of a pack: reports in its folder `cases`, each with a TOML file that says what is found in it.

# cases/no-preface.toml, beside cases/no-preface.txt
rules = ["legal-basis"]      # only what these say counts; without it, what any rule says

[[finding]]
rule = "legal-basis"
line = 1
message = "…"                # may be left out, as `line` may

Of a document, `place` says instead of `line` where it stands: `place = "表三 第5行 “总计”"`.
"""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from reportlint import config, toml, vocabulary
from reportlint.diagnostic import Diagnostic
from reportlint.errors import ConfigError, ReadError
from reportlint.linter import Linter
from reportlint.readers import REPORT_SUFFIXES
from reportlint.settings import rules_named

_FOLDER = "cases"
_KEYS = {"rules", "finding"}
_FINDING_KEYS = {"rule": str, "line": int, "message": str, "place": str}


class Case(NamedTuple):
    """A report, and the file that says what is found in it."""

    report: str
    expected: str


class Expected(NamedTuple):
    """A finding that a case lists; what is None is not compared."""

    rule: str
    line: int | None
    message: str | None
    place: str | None
    """In a document, as outputs say it."""


class CaseCheck(NamedTuple):
    """What became of a case."""

    path: str
    faults: list[str]


def cases_of(linter: Linter, pack: str) -> list[Case]:
    """The cases of a pack: in its package, or beside it in its project."""
    package = linter.packs.folder(pack)
    if package is None:
        return []
    project = os.path.dirname(package)
    bases = [package, project] if os.path.isfile(os.path.join(project, "pyproject.toml")) else [package]
    cases = []
    for folder in (os.path.join(base, _FOLDER) for base in bases):
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            stem, suffix = os.path.splitext(name)
            if suffix.lower() in REPORT_SUFFIXES:
                cases.append(Case(os.path.join(folder, name), os.path.join(folder, f"{stem}.toml")))
    return cases


def check_case(linter: Linter, pack: str, case: Case) -> CaseCheck:
    """Lint the report of a case and compare what is found with what is expected, in the order of the text."""
    if not os.path.isfile(case.expected):
        return CaseCheck(case.report, [f"没有 {os.path.basename(case.expected)} 说明应有的发现"])
    try:
        with open(case.expected, "rb") as file:
            table = toml.parse(file.read(), case.expected)
        rules, expected = _expected(table, linter, pack, case.expected)
        result = linter.lint(linter.readers.file(case.report))
    except (ConfigError, ReadError) as error:
        return CaseCheck(case.report, [str(error)])
    found = [diagnostic for diagnostic in result.diagnostics if not rules or diagnostic.rule in rules]
    faults = [f"没有运行规则 {rule}" for rule in sorted(rules) if rule not in result.rules_run]
    unmatched = list(expected)
    for diagnostic in found:
        match = next((one for one in unmatched if _matches(one, diagnostic)), None)
        if match is None:
            faults.append(f"多出：{_shown(diagnostic.rule, _line(diagnostic), diagnostic.message, _place(diagnostic))}")
        else:
            unmatched.remove(match)
    faults += [f"缺少：{_shown(*one)}" for one in unmatched]
    return CaseCheck(case.report, faults)


def _expected(table: dict[str, Any], linter: Linter, pack: str, place: str) -> tuple[set[str], list[Expected]]:
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise ConfigError(f"{place}：没有键 {unknown[0]}{config.nearest(unknown[0], _KEYS)}")
    rules = table.get("rules", [])
    if not vocabulary.is_strings(rules):
        raise ConfigError(f"{place}：rules 应为{vocabulary.LIST_OF_STRINGS}")
    entries = table.get("finding", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(f"{place}：finding 应写作 [[finding]]")
    expected = []
    for entry in entries:
        for key, value in entry.items():
            if key not in _FINDING_KEYS:
                raise ConfigError(f"{place}：[[finding]] 没有键 {key}{config.nearest(key, _FINDING_KEYS)}")
            if type(value) is not _FINDING_KEYS[key]:
                raise ConfigError(f"{place}：{key} 应为{'整数' if _FINDING_KEYS[key] is int else '字符串'}")
        if "rule" not in entry:
            raise ConfigError(f"{place}：[[finding]] 应有 rule")
        expected.append(
            Expected(
                full_name(linter, pack, entry["rule"]), entry.get("line"), entry.get("message"), entry.get("place")
            )
        )
    return {full_name(linter, pack, rule) for rule in rules}, expected


def full_name(linter: Linter, pack: str, rule: str) -> str:
    """The full id of a rule that a pack's file names: the pack's own, where it is a bare name. ConfigError."""
    own = f"{pack}/{rule}"
    return own if own in linter.packs.rules else rules_named(rule, linter.packs.rules)[0]


def _matches(expected: Expected, diagnostic: Diagnostic) -> bool:
    return (
        expected.rule == diagnostic.rule
        and expected.line in (None, _line(diagnostic))
        and expected.place in (None, _place(diagnostic))
        and expected.message in (None, diagnostic.message)
    )


def _line(diagnostic: Diagnostic) -> int | None:
    start = diagnostic.start()
    return None if start is None else start.line


def _place(diagnostic: Diagnostic) -> str | None:
    location = diagnostic.location()
    return None if location is None else location.words


def _shown(rule: str, line: int | None, message: str | None, place: str | None) -> str:
    return " ".join(part for part in (rule, f"第 {line} 行" if line else place or "", message or "") if part)
