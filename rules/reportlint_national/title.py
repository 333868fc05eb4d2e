"""The title of the report."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Finding, Report, Severity, lazy_pattern, rule
from reportlint_national import basis

_STANDARD = lazy_pattern(r".*年政府信息公开工作年度报告")
_SUFFIX = lazy_pattern(r"[(（][^()（）]*[)）]?\??$")


@rule(basis=basis.TITLE, severity=Severity.WARNING, forms=basis.ANNUAL)
def title(report: Report) -> Iterator[Finding]:
    """The title names the organisation, the year and the report in the form's words."""
    if report.title is None:
        yield Finding(None, "没有找到标题“××年政府信息公开工作年度报告”")
        return
    if report.year is None:
        yield Finding(report.title_span, f"标题“{report.title}”没有年份")
    if report.organisation is None:
        yield Finding(report.title_span, f"标题“{report.title}”没有单位名称")
    words = _SUFFIX.sub("", report.title)
    if report.year is not None and not _STANDARD.fullmatch(words):
        message = f"标题为“{report.title}”，通行写法为“……{report.year}年政府信息公开工作年度报告”"
        yield Finding(report.title_span, message, severity=Severity.ADVICE)
