"""The statistics period: the whole of the report year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reportlint import Finding, Report, Severity, lazy_pattern, rule
from reportlint_national import basis
from reportlint_national.prose import MOST_PLACES, Prose, prose_of

_MONTH = lazy_pattern(r"月(?<=\d月)")
_BEGINNING = lazy_pattern(r"(?<!\d)(?:\d{4}年?)?\d{1,2}$")
_RANGE = lazy_pattern(
    r"(?:(?P<y1>\d{4})(?P<n1>年?))?(?P<m1>\d{1,2})月(?:(?P<d1>\d{1,2})[日号]?)?(?:零时|0时)?(?:起|开始)?,?(?:[至到]|-{1,3})"
    r"(?:(?P<y2>\d{4})(?P<n2>年?)|[同当本]年度?)?(?P<m2>\d{1,2})月(?:(?P<d2>\d{1,2})[日号]?)?止?"
)
_IN_FIGURES = lazy_pattern(
    r"(?P<y1>20\d\d)(?<![\d./-]\d{4})[./-](?P<m1>\d{1,2})[./-](?P<d1>\d{1,2})日?起?,?(?:[至到]|-{1,3})"
    r"(?:(?P<y2>20\d\d)[./-])?(?P<m2>\d{1,2})[./-](?P<d2>\d{1,2})(?![\d./-])日?止?"
)
_STATED = lazy_pattern("统计(?:期|时|的?时间|周期|区间|范围|年度)|所列数据|报告期|数据的?(?:时限|期限|起止|时间)")
_LAST_DAY = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_FIRST_YEAR = 2008
"""The Regulations came into force on 1 May of that year; its reports begin there."""


@rule(basis=basis.PERIOD, severity=Severity.WARNING, forms=basis.ANNUAL_OF_ANY_YEAR)
def statistics_period(report: Report) -> Iterator[Finding]:
    """Where a statistics period is stated, it is the whole of the report year."""
    prose = prose_of(report)
    for match in islice(_ranges(prose.words), MOST_PLACES):
        if not _is_statistics_period(prose, match):
            continue
        severity = _fault(match, report.year)
        if severity is None:
            continue
        span = prose.span(match.start(), match.end())
        stated = "".join(report.text(span).split())
        if report.year is None:
            message = f"统计期限为“{stated}”，一个年度为1月1日至12月31日"
        else:
            message = f"统计期限为“{stated}”，{report.year}年度为{report.year}年1月1日至12月31日"
        yield Finding(span, message, severity=severity)


def _ranges(words: str) -> Iterator[re.Match[str]]:
    """The ranges of dates in words."""
    end = 0
    for month in _MONTH.finditer(words):
        beginning = _BEGINNING.search(words, max(end, month.start() - 8), month.start())
        match = _RANGE.match(words, beginning.start()) if beginning else None
        if match is not None:
            end = match.end()
            yield match
    yield from _IN_FIGURES.finditer(words)


def _is_statistics_period(prose: Prose, match: re.Match[str]) -> bool:
    """Whether the sentence says so; before the first section also, a range that begins or ends as a year does."""
    before, after = prose.sentence(match.start(), match.end())
    if _STATED.search(before[-60:]) or _STATED.search(after[:12]):
        # Where several periods are told apart in one sentence, nothing is guessed.
        return not any(_ranges(before)) and not any(_ranges(after))
    if prose.section_at(match.start()) is not None:
        return False
    first, last = _days(match)
    return first == (1, 1) and last[0] == 12


def _fault(match: re.Match[str], year: int | None) -> Severity | None:
    """How grave it is that this is not the report year; None where it is, or may well be."""
    groups = match.groupdict()
    if "" in (groups.get("n1"), groups.get("n2")):
        # The page has lost a character: nobody knows what the author wrote.
        return None
    first, last = _days(match)
    start = int(groups["y1"] or year or 0)
    end = int(groups["y2"] or start)
    begins = first == (1, 1) or (start == _FIRST_YEAR and first == (5, 1))
    if begins and last == (12, 31) and start == end and (year is None or start == year):
        return None
    if any(day not in (1, 30, 31) for _, day in (first, last)) or last[1] > _LAST_DAY.get(last[0], 31) or last < first:
        # A digit may have been lost the same way.
        return Severity.ADVICE
    return Severity.WARNING


def _days(match: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Month and day of the beginning and the end; a range of whole months goes to their ends."""
    first = int(match["m1"]), int(match["d1"] or 1)
    last = int(match["m2"]), int(match["d2"] or 31)
    return first, last
