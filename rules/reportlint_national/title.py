"""The title of the report."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Edit, Finding, Fix, Report, Severity, Span, lazy_pattern, rule
from reportlint_national import basis

_STANDARD = lazy_pattern(r".*年政府信息公开工作年度报告")
_SUFFIX = lazy_pattern(r"[(（][^()（）]*[)）]?\??$")
_WORDS = "年政府信息公开工作年度报告"
_OTHER_WORDS = lazy_pattern(
    r"(?<=[\d〇零○一二三四五六七八九])(?:年度?)?(?:政府|政务)?信息公开(?:工作)?"
    "(?:年度工作报告|年度报告|工作年度报告|工作报告|年报|报告)"
)


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
        yield Finding(report.title_span, message, severity=Severity.ADVICE, fix=_fix(report))


def _fix(report: Report) -> Fix | None:
    """The usual words behind the year, where others stand there in one piece."""
    span = report.title_span
    found = [*_OTHER_WORDS.finditer(report.source.text, *span)] if span is not None else []
    mended = _SUFFIX.sub("", _OTHER_WORDS.sub(_WORDS, report.title or ""))
    if len(found) != 1 or not _STANDARD.fullmatch(mended):
        return None
    return Fix((Edit(Span(*found[0].span()), _WORDS),), safe=False)
