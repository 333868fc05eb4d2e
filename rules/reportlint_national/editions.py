"""The edition of the form: the one for the report's year."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Finding, NotAssessable, Report, Severity, Span, rule
from reportlint_national import basis

_FIRST_UNIFIED = 2019
"""Before that year no unified form was in force: a later one can only be strange."""


@rule(basis=basis.EDITION, severity=Severity.ERROR, forms=basis.ANNUAL)
def form_edition(report: Report) -> Iterator[Finding]:
    """The tables are those of the form for the report's year."""
    if report.year is None:
        raise NotAssessable("标题没有年份")
    if report.form.covers(report.year):
        return
    table = min((table.span for table in report.tables.values() if table.cells), default=None)
    severity = None if table is not None and report.year >= _FIRST_UNIFIED else Severity.WARNING
    what = "部分和表格" if table is None else "表格"
    message = f"{what}为{_edition(report.form.years)}的格式，报告年度为{report.year}年"
    yield Finding(_first_line(report, table) or report.title_span, message, severity=severity)


def _edition(years: tuple[int, int | None]) -> str:
    first, last = years
    if last is None:
        return f"{first}年度起"
    return f"{first}年度" if first == last else f"{first}至{last}年度"


def _first_line(report: Report, table: Span | None) -> Span | None:
    """The line that a table begins with."""
    if table is None:
        return None
    line = report.source.line_span(table.start)
    return Span(table.start, min(table.end, line.end))
