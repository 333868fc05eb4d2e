"""`reportlint accept` and `reportlint accepted`: writing down what is accepted, and looking at it."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reportlint import accepted as files
from reportlint import config
from reportlint.acceptance import Acceptance, State, Verdict, listing, may_be_silenced, writer
from reportlint.acceptance.claims import Claim, ignoring
from reportlint.accepted import Entry
from reportlint.cli import screen
from reportlint.cli.status import CLEAN, FINDINGS
from reportlint.days import day
from reportlint.diagnostic import Diagnostic
from reportlint.errors import ReportlintError
from reportlint.files import STDIN, candidates
from reportlint.folders import Search
from reportlint.formats.places import place, words
from reportlint.linters import Linters
from reportlint.paths import below
from reportlint.result import TOOL, Result
from reportlint.settings import rules_named

_MOST_NAMED = 10
_BEST_FIRST = (State.HOLDS, State.MANDATORY, State.VOID, State.EXPIRED, State.UNUSED, State.UNJUDGED)
_TARGET = re.compile(r"(?P<path>.+?)(?::(?P<line>[0-9]{1,18})(?::(?P<column>[0-9]{1,18}))?)?", re.DOTALL)
_NOT_TYPED = re.compile(r"[\s“”‘’「」\"']")
_STATES = {
    State.HOLDS: "有效",
    State.VOID: "失效",
    State.EXPIRED: "过期",
    State.UNUSED: "不再需要",
    State.MANDATORY: "不起作用",
    State.UNJUDGED: "未判断",
    State.MISSING: "没有这份报告",
    State.UNKNOWN: "没有这条规则",
}


class Target(NamedTuple):
    """A report, and where in it."""

    path: str
    line: int | None = None
    column: int | None = None
    words: str | None = None

    @classmethod
    def parse(cls, text: str) -> Target:
        """`PATH`, `PATH:LINE`, `PATH:LINE:COLUMN` or `PATH: WORDS`; a file of that very name is taken as it is."""
        match = None if os.path.exists(text) else _TARGET.fullmatch(text)
        if match is None:
            return cls(text)
        if match["line"] is None:
            ends = [end for end, sign in enumerate(text) if sign in ":：" and os.path.isfile(text[:end])]
            return cls(text[: ends[0]], words=text[ends[0] + 1 :]) if ends else cls(text)
        return cls(match["path"], int(match["line"]), None if match["column"] is None else int(match["column"]))

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding stands there."""
        start, end = diagnostic.start(), diagnostic.end()
        if self.line is None:
            return True
        if start is None or end is None:
            return False
        if self.column is None:
            return start.line <= self.line <= end.line
        place = (self.line, self.column)
        return start == place or start <= place < end


def accept(options: argparse.Namespace) -> int:
    """Write down that a finding is accepted."""
    target = Target.parse(options.target)
    if not os.path.isfile(target.path):
        raise ReportlintError(f"没有报告 {target.path}")
    if not options.because.strip():
        raise ReportlintError("--because 不能是空的，说明理由")
    until = None if options.until is None else day(options.until)
    if options.until is not None and until is None:
        raise ReportlintError(f"--until 应为日期（如 2027-01-31），现为 {options.until}")
    linter = Linters(options.config).of(target.path)
    if until is not None and until < linter.acceptance.today():
        raise ReportlintError(f"--until {until} 已经过去")
    rules = rules_named(options.rule, linter.packs.rules) if options.rule else []
    result = linter.examine_file(target.path)
    meant = _found(result, target, rules, options.place)
    if not meant:
        raise ReportlintError(_nothing(target, result, asked=bool(rules or options.place)))
    found = _one(meant, target)
    _check_may_be(found, linter.acceptance, result)
    file = _file_for(linter.acceptance, target.path, options.file)
    report = below(os.path.dirname(file), target.path)
    by = options.by.strip() or None if options.by else None
    entry = Entry(found.rule, report, found.place, found.content, options.because, by, until)
    writer.append(file, [entry], _shown(file), renew=options.renew)
    where = "" if result.source.has_lines else words(found.location())
    about = f"{report}，{found.rule}，{found.place}{f'（{where}）' if where else ''}"
    screen.show([f"已写入 {_shown(file)}：{about}", f"  {found.message}"])
    return CLEAN


def _found(result: Result, target: Target, rules: Sequence[str], asked: str | None) -> list[Diagnostic]:
    """The findings that are meant."""
    lines = result.source.has_lines
    if target.line is not None and not lines:
        there = "\n".join(_listed(result))
        raise ReportlintError(f"{target.path} 没有行号，用 --rule 或 --place 写明是哪一处：\n{there}")
    if target.line is None and target.words is None and not rules and asked is None:
        if lines:
            raise ReportlintError("要写明行号（报告:行号），或者 --rule")
        raise ReportlintError("\n".join(["要用 --rule 或 --place 写明是哪一处：", *_listed(result)]))
    found = [each for each in result.diagnostics if target.covers(each) and (not rules or each.rule in rules)]
    if target.words is not None:
        found = _there(found, target.words)
    if asked is not None:
        found = [each for each in found if each.place == asked] or _there(found, asked)
    return found


def _there(found: Sequence[Diagnostic], where: str) -> list[Diagnostic]:
    """The findings at a place in a document that is given in words; else those at places that begin so."""
    wanted = _bare(where)
    known = [(_bare(words(each.location())), each) for each in found]
    exact = [each for there, each in known if there == wanted]
    return exact or [each for there, each in known if wanted and there.startswith(wanted)]


def _bare(text: str) -> str:
    """The words for a place without spaces and quotation marks, which are typed in many ways."""
    return _NOT_TYPED.sub("", text)


def _one(found: Sequence[Diagnostic], target: Target) -> Diagnostic:
    if len(found) > 1:
        lines = "\n".join(f"  {_shown_place(each)}  {each.rule}  {each.place}" for each in found)
        raise ReportlintError(f"{_where(target)}有 {len(found)} 处问题，用 --rule 或 --place 写明是哪一处：\n{lines}")
    return found[0]


def _nothing(target: Target, result: Result, *, asked: bool) -> str:
    """That there is no such finding, and what there is in the report."""
    none = f"{_where(target)}没有{'这样的' if asked else ''}问题"
    if not result.diagnostics:
        return f"{none}，报告里别处也没有"
    return "\n".join([f"{none}，报告里的问题是：", *_listed(result)])


def _listed(result: Result) -> Iterator[str]:
    """What there is in a report."""
    for each in result.diagnostics[:_MOST_NAMED]:
        yield f"  {_shown_place(each)}  {each.rule}  {each.message}"
    if len(result.diagnostics) > _MOST_NAMED:
        yield f"  另有 {len(result.diagnostics) - _MOST_NAMED} 处"


def _where(target: Target) -> str:
    where = f"{target.path} "
    if target.line is not None:
        where += f"第 {target.line} 行{'' if target.column is None else f'第 {target.column} 字'}"
    if target.words is not None:
        where += target.words.strip()
    return where


def _check_may_be(found: Diagnostic, acceptance: Acceptance, result: Result) -> None:
    """ReportlintError for a finding that cannot be accepted, or is already."""
    if found.rule.startswith(f"{TOOL}/"):
        raise ReportlintError(f"{found.rule} 是 {TOOL} 自己的发现，不能接受：{found.message}")
    if not may_be_silenced(found):
        raise ReportlintError(f"规则 {found.rule} 是必须遵守的，不能接受")
    for verdict in acceptance.verdicts(result):
        if verdict.diagnostic is found and verdict.state is State.HOLDS:
            raise ReportlintError(f"这一处已经接受（{verdict.claim.origin}）")


def _file_for(acceptance: Acceptance, path: str, asked: str | None) -> str:
    """The file that the entry is written to: beside the report, or one that counts for it."""
    counted = acceptance.claims.files(path)
    if asked is None:
        return counted[0]
    file = os.path.abspath(os.path.join(asked, files.FILE) if os.path.isdir(asked) else asked)
    if file not in counted:
        known = "、".join(_shown(each) for each in counted)
        raise ReportlintError(f"{asked} 对 {path} 不起作用，起作用的是 {known}")
    return file


def accepted(options: argparse.Namespace) -> int:
    """The entries, and which of them hold."""
    given = config.chosen(options.config)
    linters = Linters(given)
    verdicts = [*_verdicts(linters, options.paths), *_ignored(linters, options.paths, Search(given))]
    if options.output_format == "json":
        import json

        screen.show([json.dumps(listing.document(verdicts), ensure_ascii=screen.ascii_only(), indent=2)])
    else:
        screen.show(_text(verdicts))
    return CLEAN if all(verdict.state is State.HOLDS for verdict in verdicts) else FINDINGS


def _verdicts(linters: Linters, paths: Iterable[str]) -> Iterator[Verdict]:
    """What has become of the entries for some reports and folders, each entry once."""
    seen: set[str] = set()
    results: dict[str, list[Verdict]] = {}
    for path in paths:
        if not os.path.exists(path):
            raise ReportlintError(f"没有文件或文件夹 {path}")
        linter = linters.at(path)
        for claim in _claims(linter.acceptance, path):
            if claim.origin in seen:
                continue
            seen.add(claim.origin)
            lost = linter.acceptance.lost(claim, linter.packs.rules)
            if lost is not None:
                yield Verdict(claim, lost)
                continue
            report = _shown(claim.report)
            if report not in results:
                own = linters.of(report)
                results[report] = own.acceptance.verdicts(own.examine_file(report))
            known = (verdict for verdict in results[report] if verdict.claim.origin == claim.origin)
            yield next(known, Verdict(claim, State.UNJUDGED))


def _claims(acceptance: Acceptance, path: str) -> Iterator[Claim]:
    """The entries for a report; of a folder those below it, and those above that are for reports in it."""
    if not os.path.isdir(path):
        yield from (claim for claim in acceptance.claims.of(path) if claim.file is not None)
        return
    yield from acceptance.claims.below(path)
    folder = os.path.join(os.path.abspath(path), "")
    for file in acceptance.claims.files(os.path.join(folder, files.FILE))[1:]:
        yield from (claim for claim in acceptance.claims.within(file) if claim.report.startswith(folder))


def _ignored(linters: Linters, paths: Sequence[str], search: Search) -> Iterator[Verdict]:
    """What has become of the `[[ignore]]` entries that are for some of the reports; of those that are for none, where
    all reports of the configuration were looked at."""
    reports: dict[str, list[str]] = {}
    acceptances: dict[str, Acceptance] = {}
    for candidate in candidates(paths, search):
        if not candidate.passed_over and candidate.path != STDIN:
            acceptance = linters.of(candidate.path).acceptance
            acceptances[acceptance.root] = acceptance
            reports.setdefault(acceptance.root, []).append(candidate.path)
    folders = [os.path.join(os.path.abspath(path), "") for path in paths if os.path.isdir(path)]
    for root, acceptance in acceptances.items():
        everything = os.path.join(root, "").startswith(tuple(folders))
        for ignore in (*acceptance.ignores, *acceptance.places, *acceptance.expired):
            covered = [path for path in reports[root] if ignore.covers(path)]
            if not covered and not everything:
                continue
            for claim in ignoring(ignore, "、".join(ignore.paths)):
                if ignore.until is not None and ignore.until < acceptance.today():
                    yield Verdict(claim, State.EXPIRED)
                elif ignore.place and covered:
                    yield _at_place(claim, linters, covered)
                else:
                    yield Verdict(claim, State.HOLDS if covered else State.UNUSED)


def _at_place(claim: Claim, linters: Linters, reports: Iterable[str]) -> Verdict:
    """What has become of an entry for a place in several reports: it holds where it does so in one of them."""
    states = []
    for path in reports:
        linter = linters.of(path)
        for verdict in linter.acceptance.verdicts(linter.examine_file(path)):
            if (verdict.claim.origin, verdict.claim.entry.rule) == (claim.origin, claim.entry.rule):
                states.append(verdict.state)
    return Verdict(claim, min(states, key=_BEST_FIRST.index, default=State.UNJUDGED))


def _text(verdicts: Sequence[Verdict]) -> Iterator[str]:
    for verdict in verdicts:
        entry = verdict.claim.entry
        about = " ".join(filter(None, (entry.report, entry.rule, entry.place)))
        yield f"{verdict.claim.origin}: {_STATES[verdict.state]} {about}"
        if where := listing.where(verdict):
            yield f"  位置：{where}"
        if verdict.state is State.VOID and verdict.diagnostic is not None:
            yield f"  内容：由“{entry.content}”变为“{verdict.diagnostic.content}”"
        yield f"  理由：{entry.because}"
        said = [f"接受人：{entry.by}"] if entry.by else []
        said += [f"至 {entry.until} 为止"] if entry.until else []
        if said:
            yield f"  {'，'.join(said)}"
    holding = sum(verdict.state is State.HOLDS for verdict in verdicts)
    yield f"共 {len(verdicts)} 条，有效 {holding} 条。"


def _shown_place(diagnostic: Diagnostic) -> str:
    return place(diagnostic) or "（无位置）"


def _shown(path: str) -> str:
    return below(os.getcwd(), path)
