"""The date that a report bears, and what a county's report says it sums up.

The patterns are strings and not compiled here: the pack is loaded with the program, and few use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint import Finding, NotAssessable, Report, Severity, Span, rule

_ANNUAL = ("annual",)
_NOTICE = "怀化市政务公开政务服务领导小组办公室关于认真做好2021年政府信息公开工作年度报告编制发布工作的通知 第二条"

_STAMP = (
    r"(?:发布|公布|公开|发文)(?:日期|时间)\s*[:：]?\s*"
    r"(?P<date>(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})(?!\d)日?)"
)
_SIGNATURE = r"(?P<date>(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日)"
_DEADLINE = r"(\d{1,2})月(\d{1,2})日"
_COUNTY = ".*[县区市](?:人民政府)?"
_NO_COUNTY = ".*(?:开发区|园区|新区|管理区|景区|社区|街区|示范区)(?:人民政府)?"
_UNIT_OF_COUNTY = ".{1,6}[县区市].*"
_OFFICES = "部门|县直|区直|市直|直属单位|各单位|县级单位|委办局"
_TOWNSHIPS = "乡镇|街道|各镇|各乡|镇乡|乡、镇|镇（|镇、"
_SENTENCE_END = "[。；;！？!?\n]"


class _Dated(NamedTuple):
    year: int
    month: int
    day: int
    span: Span
    signed: bool
    """Whether it is the date under the report, and not one that the web page gives."""


@rule(basis=_NOTICE, severity=Severity.WARNING, forms=_ANNUAL, optional=True)
def publication_date(
    report: Report,
    *,
    year: int = 2021,
    city: str = "怀化市",
    departments: str = "1月28日",
    counties: str = "2月20日",
) -> Iterator[Finding]:
    """The date on the report is not behind the day by which the notice wants it published."""
    if report.year != year:
        raise NotAssessable(f"所依据的通知只定了 {year} 年度报告的日期")
    found = _deadline(report.organisation or "", city, departments, counties)
    if found is None:
        raise NotAssessable("标题里的单位不是县市区人民政府，也不是市直单位")
    who, words = found
    match = re.fullmatch(_DEADLINE, words)
    if match is None:
        raise NotAssessable(f"选项里的“{words}”不是“×月×日”")
    dated = _date_of(report)
    if dated is None:
        raise NotAssessable("文中没有发布日期")
    # An older or much later date is that of another page, or of a copy.
    if dated.year == year + 1 and (dated.month, dated.day) > (int(match[1]), int(match[2])):
        what = "落款日期" if dated.signed else "发布日期"
        written = f"{dated.year}年{dated.month}月{dated.day}日"
        yield Finding(dated.span, f"{what}为{written}，通知要求{who}于{year + 1}年{words}前公布")


@rule(basis=_NOTICE, severity=Severity.ADVICE, forms=_ANNUAL, optional=True)
def summary_scope(report: Report, *, city: str = "怀化市") -> Iterator[Finding]:
    """A county's report says that it sums up the county's offices and its townships."""
    if report.organisation is None:
        raise NotAssessable("标题没有单位名称")
    if report.year is None or report.year < 2021:
        raise NotAssessable("所依据的通知针对 2021 年度的报告")
    if not _is_county(report.organisation, city):
        return
    overview = report.section("overview")
    if overview is None:
        raise NotAssessable("没有第一部分，分不出引言")
    text = "\n".join(report.text(span) for span in (*report.preface, *overview.paragraphs))
    for sentence in re.split(_SENTENCE_END, text):
        if re.search(_TOWNSHIPS, sentence) and re.search(_OFFICES, sentence):
            return
    message = "引言和第一部分没有写明本报告汇总了县直单位和乡镇（街道）"
    yield Finding(overview.heading_span, message)


def _deadline(organisation: str, city: str, departments: str, counties: str) -> tuple[str, str] | None:
    """Who the organisation is to the notice, and by when its report is published; None for any other."""
    if _is_county(organisation, city):
        return "县市区", counties
    rest = organisation.removeprefix(city)
    if city and rest != organisation and rest and "人民政府" not in rest and not re.match(_UNIT_OF_COUNTY, rest):
        return "市直单位", departments
    return None


def _is_county(organisation: str, city: str) -> bool:
    """Whether the organisation is the government of a county or district, or of a city below the city."""
    name = organisation.removesuffix("人民政府")
    if name in (city, f"湖南省{city}") or re.fullmatch(_NO_COUNTY, organisation):
        return False
    return re.fullmatch(_COUNTY, organisation) is not None


def _date_of(report: Report) -> _Dated | None:
    """The date of publication that the page gives, or else that under the report."""
    for span in report.preface:
        match = re.search(_STAMP, report.text(span))
        if match:
            return _dated(match, span.start, signed=False)
    last = report.sections[-1].paragraphs[-1:] if report.sections else ()
    for span in last:
        match = re.fullmatch(_SIGNATURE, report.text(span))
        if match:
            return _dated(match, span.start, signed=True)
    return None


def _dated(match: re.Match[str], start: int, *, signed: bool) -> _Dated:
    year, month, day = (int(group) for group in match.groups()[1:])
    return _Dated(year, month, day, Span(start + match.start("date"), start + match.end("date")), signed)
