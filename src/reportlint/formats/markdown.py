"""Tables for the step summary of GitHub Actions, a merge request or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from reportlint.diagnostic import Diagnostic
from reportlint.findings import Severity
from reportlint.formats import Format, joined
from reportlint.formats.places import place, told, words
from reportlint.formats.text import WORDS, summary
from reportlint.outcome import Run, tallies
from reportlint.result import Result

_MARKS = re.compile(r"([\\`*_\[\]|~#$@])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MOST = 200
"""Findings of one report that are shown."""
_KB = 1024
_GRAVEST_FIRST = sorted(Severity, reverse=True)


class Markdown(Format):
    """A table a report, then what was done."""

    separator = "\n"
    summarises = True
    # GitHub drops a summary of more than 1 MiB altogether; a quarter is for the closing words.
    limit = 768 * _KB

    def result(self, result: Result) -> str:
        return "\n".join(
            joined(_table(path, list(found)))
            for path, found in groupby(result.diagnostics, key=lambda diagnostic: diagnostic.source.path)
        )

    def left_out(self, reports: int) -> str:
        return f"\n另有 {reports} 份报告的问题没有列出：这里放不下。\n"

    def end(self, run: Run) -> str:
        lines = [] if run.quiet else [escaped(line.strip()) for line in summary(run)]
        parts = [joined(_paragraphs(lines))] if lines else []
        if run.statistics:
            parts += [
                joined(_statistics(what, counts)) for what, counts in (("规则", run.by_rule), ("单位", run.by_unit))
            ]
        return "".join(f"\n{part}" for part in parts)


def _table(path: str, found: list[Diagnostic]) -> Iterator[str]:
    yield f"### {escaped(path)}"
    yield ""
    yield "| 位置 | 级别 | 规则 | 说明 |"
    yield "|---|---|---|---|"
    for diagnostic in found[:_MOST]:
        cells = (_place(diagnostic), WORDS[diagnostic.severity], diagnostic.rule, told(diagnostic))
        yield f"| {' | '.join(map(escaped, cells))} |"
    if len(found) > _MOST:
        yield ""
        yield f"另有 {len(found) - _MOST} 处没有列出。"


def _place(diagnostic: Diagnostic) -> str:
    """Line and column, and in a web page the words as well; the words alone where there are no lines."""
    if diagnostic.start() is None:
        return place(diagnostic)
    return " ".join(filter(None, (place(diagnostic), words(diagnostic.location()))))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line is not lines[0]:
            yield ""
        yield line


def _statistics(what: str, counts: Mapping[tuple[str, Severity], int]) -> Iterator[str]:
    yield f"| {what} | 合计 | {' | '.join(WORDS[severity] for severity in _GRAVEST_FIRST)} |"
    yield "|---|--:|--:|--:|--:|"
    for tally in tallies(counts)[:_MOST]:
        numbers = (tally.total, *(tally.of(severity) for severity in _GRAVEST_FIRST))
        yield f"| {escaped(tally.name)} | {' | '.join(map(str, numbers))} |"


def escaped(text: str) -> str:
    """A text that is shown as it is, within a cell: no marks, no HTML, one line."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return _MARKS.sub(r"\\\1", re.sub("[&<>]", lambda match: _HTML[match[0]], shown))
