"""What differs between the editions of the form: by the year that a report is for."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Finding, Report, Severity, rule
from reportlint_national import basis

FIRST_OF_2021 = 2021
"""The first report year of the form of 2021."""


def is_before_2021(report: Report) -> bool:
    """Whether a report is for a year before the form of 2021; its form tells where it names no year."""
    return (report.year or report.form.years[1] or FIRST_OF_2021) < FIRST_OF_2021


@rule(basis=f"{basis.FORM}；{basis.FORM_2019}", severity=Severity.WARNING, forms=basis.ANNUAL)
def form_edition(report: Report) -> Iterator[Finding]:
    """The tables are those of the form in force in the report's year."""
    if report.year is None or report.form.covers(report.year):
        return
    first, last = report.form.years
    years = f"{first} 年度起" if last is None else f"{first}—{last} 年度"
    table = report.tables.get("disclosure") or report.tables.get("requests")
    span = table.span if table is not None else report.title_span
    yield Finding(span, f"报告年度为 {report.year}，表格用的是 {years}的格式")


@rule(basis=basis.FORM_2019, severity=Severity.ADVICE, forms=basis.EARLY)
def before_unified_form(report: Report) -> Iterator[Finding]:
    """A report from before the unified form: only sums and wording are checked."""
    when = f"{report.year} 年度的报告" if report.year is not None else "这份报告"
    message = f"{when}早于统一格式（自 2019 年度起），只核对表格的合计和文字，不核对部分和表格是否符合格式"
    yield Finding(report.title_span, message)
