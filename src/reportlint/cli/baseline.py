"""`reportlint baseline`: writing down what is there already, so that only what is new speaks."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reportlint import baseline as files
from reportlint import config
from reportlint.acceptance import Heed, may_be_silenced
from reportlint.baseline import Baseline, Kept, Known
from reportlint.cli import screen
from reportlint.cli.status import CLEAN, FAILED, FINDINGS
from reportlint.errors import ReportlintError, reason
from reportlint.files import STDIN, candidates
from reportlint.folders import Search
from reportlint.formats.places import words
from reportlint.linters import Linters
from reportlint.result import TOOL
from reportlint.writing import write

CREATE, UPDATE, PRUNE = "create", "update", "prune"
_MOST_NAMED = 20
_NOT_A_REPORT = f"{TOOL}/not-a-report"


class Checked:
    """What was found for one baseline file."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.found = Baseline()
        self.judged: dict[str, frozenset[str]] = {}
        """Of each report that was checked, the rules that could judge it."""
        self.where: dict[Known, str] = {}
        """The places of what was found in documents that have no lines, in words."""

    @property
    def path(self) -> str:
        return self.kept.path


class Change(NamedTuple):
    """What becomes of a baseline."""

    before: bytes | None
    """What the file held."""
    baseline: Baseline
    added: Sequence[Known] = ()
    dropped: Sequence[Known] = ()


def baseline(options: argparse.Namespace) -> int:
    """Make, extend or clear the baseline."""
    if options.check and options.action == CREATE:
        raise ReportlintError("--check 只用于 update 和 prune")
    failed: list[str] = []
    by_file = _checked(options, failed)
    if not by_file:
        raise ReportlintError(f"在 {'、'.join(options.paths)} 中没有找到报告")
    # All files are read before the first is written.
    changes = [(checked, _change(options.action, checked, options.paths)) for checked in by_file]
    for checked, change in changes:
        if not options.check:
            _write(checked, change, options.action)
        screen.show(
            [
                _summary(options.action, checked, change, check=options.check),
                *_named(change, options.action, checked.where),
            ]
        )
    for path in failed:
        screen.show([f"没有能按要求检查，不在基线里：{path}"], sys.stderr)
    if failed:
        return FAILED
    return FINDINGS if options.check and any(change.added or change.dropped for _, change in changes) else CLEAN


def _checked(options: argparse.Namespace, failed: list[str]) -> list[Checked]:
    """What is found that no entry accepts, for each baseline file; reports that fail are named."""
    given = config.chosen(options.config)
    linters = Linters(given, heed=Heed(baseline=False, file=options.file))
    by_file: dict[str, Checked] = {}
    for candidate in candidates(options.paths, Search(given)):
        if candidate.passed_over:
            continue
        if candidate.path == STDIN:
            raise ReportlintError("基线不能取自标准输入")
        linter = linters.of(candidate.path)
        result = linter.lint_file(candidate.path)
        if not candidate.named and [each.rule for each in result.diagnostics] == [_NOT_A_REPORT]:
            continue
        kept = linter.acceptance.kept
        checked = by_file.setdefault(kept.path, Checked(kept))
        if result.failed:
            failed.append(candidate.path)
            continue
        report = kept.key(candidate.path)
        unassessed = {each.rule for each in result.not_assessable}
        checked.judged[report] = frozenset(result.rules_run) - unassessed
        for each in result.diagnostics:
            if may_be_silenced(each):
                known = Known(report, each.rule, each.place, each.content)
                checked.found.add(known)
                if not each.source.has_lines:
                    checked.where[known] = words(each.location())
    return list(by_file.values())


def _change(action: str, checked: Checked, paths: Iterable[str]) -> Change:
    before = checked.kept.load()
    if action == CREATE:
        if before is not None:
            raise ReportlintError(f"已有基线 {checked.kept.shown}，update 可以补充，prune 可以清理")
        return Change(None, checked.found, added=list(checked.found))
    if before is None:
        raise ReportlintError(f"没有基线 {checked.kept.shown}，create 可以建立")
    known = files.parse(before, checked.kept.shown)
    if action == UPDATE:
        new = [each for each in checked.found if each not in known]
        for each in new:
            known.add(each)
        return Change(before, known, added=new)
    stale = _stale(known, checked, paths)
    for each in stale:
        known.drop(each)
    return Change(before, known, dropped=stale)


def _stale(known: Baseline, checked: Checked, paths: Iterable[str]) -> list[Known]:
    """What is not found any more, and what is of reports that are gone from where was looked."""
    gone = set(_gone(known, checked, paths))
    return [
        each
        for each in known
        if each.report in gone or (each.rule in checked.judged.get(each.report, ()) and each not in checked.found)
    ]


def _gone(known: Baseline, checked: Checked, paths: Iterable[str]) -> list[str]:
    """The reports that do not exist any more, of those in the folders that were looked at."""
    folders = [os.path.join(os.path.abspath(path), "") for path in paths if os.path.isdir(path)]
    where = {
        report: os.path.normpath(os.path.join(os.path.dirname(checked.path), report)) for report in known.reports()
    }
    return [report for report, file in where.items() if file.startswith(tuple(folders)) and not os.path.exists(file)]


def _write(checked: Checked, change: Change, action: str) -> None:
    path, data = checked.path, files.dump(change.baseline)
    if action == CREATE:
        try:
            with open(path, "xb"):
                pass
        except FileExistsError as error:
            raise ReportlintError(f"已有基线 {checked.kept.shown}") from error
        except OSError as error:
            raise ReportlintError(f"写不出基线 {checked.kept.shown}：{reason(error)}") from error
        try:
            write(path, data, expected=b"")
        except BaseException:
            os.unlink(path)
            raise
    elif change.added or change.dropped:
        write(path, data, expected=change.before)


def _summary(action: str, checked: Checked, change: Change, *, check: bool) -> str:
    total, shown = len(change.baseline), checked.kept.shown
    if action == CREATE:
        return f"建立了基线 {shown}：{len(checked.judged)} 份报告，{total} 处。"
    word, number = ("新增", len(change.added)) if action == UPDATE else ("删去", len(change.dropped))
    if not number:
        what = f"没有要{word}的，共 {total} 处"
    elif check:
        what = f"可以{word} {number} 处，改后共 {total} 处"
    else:
        what = f"{word} {number} 处，共 {total} 处"
    stale = _stale(change.baseline, checked, [os.path.dirname(checked.path)])
    return f"基线 {shown}：{what}{_told_stale(change.baseline, checked, stale)}。"


def _named(change: Change, action: str, where: Mapping[Known, str]) -> Iterator[str]:
    """What is taken in or away; of a new baseline that is everything, and goes without saying."""
    if action == CREATE:
        return
    named = [*change.added, *change.dropped]
    for each in named[:_MOST_NAMED]:
        there = f"（{where[each]}）" if where.get(each) else ""
        yield f"  {' '.join(filter(None, (each.report, each.rule, each.place)))}{there}"
    if len(named) > _MOST_NAMED:
        yield f"  另有 {len(named) - _MOST_NAMED} 处"


def _told_stale(baseline: Baseline, checked: Checked, stale: list[Known]) -> str:
    """What is left that is of no use, in words."""
    if not stale:
        return ""
    gone = set(_gone(baseline, checked, [os.path.dirname(checked.path)]))
    reports = "、".join(sorted(gone))
    why = f"（没有了的报告：{reports}）" if gone else ""
    return f"；其中 {len(stale)} 处已不存在{why}，prune 可以删去"
