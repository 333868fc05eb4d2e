"""Section one by the notice 武政办发〔2025〕54号: its length, and the figures that it has to give.

Whether a figure is given is read generously: a sentence that names the thing and has any figure, or says that
there was none, gives it. The patterns are strings and not compiled here: the pack is loaded with the program,
and few use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reportlint import Finding, NotAssessable, Report, Section, Severity, fact, rule

_ANNUAL = ("annual",)
_NOTICE = "武政办发〔2025〕54号 第一条"
_YEAR = 2025
"""The report year that the notice is for; of later ones it is only advice."""

# What counts as one character in the count: a Chinese character, or a figure or foreign word as a whole.
_COUNTED = "[㐀-䶿一-鿿豈-﫿\U00020000-\U000323af〇]|[A-Za-z]{1,40}|[0-9０-９][0-9０-９.,]{0,20}"

_SENTENCE_END = "[。；;！？!?\n]"
_DATE = r"\d{4}\s*年度?|\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?|〔\d{4}〕\s*\d{1,4}\s*号|第\d{1,4}|12345"
_FIGURE = (
    r"\d|[一二两三四五六七八九十百千零〇](?=[余多]?[条件期篇个处次份场项家块则部册批户类])"
    r"|未(?!经|来|成年|及时)|无(?!障碍|法|论|偿|纸|缝)|没有|均为零|为零|零[条件期篇]"
)

_BOARD = "政府公报公示栏"
_PLATFORMS = {
    "政府网站": "网站|网页|门户|专栏",
    "政务新媒体": "新媒体|微信|公众号|微博|抖音|客户端|视频号|账号",
    _BOARD: "公报|公示栏|公告栏|公开栏|宣传栏|公示牌|展板|电子屏",
}
_OTHER_FIGURES = {
    "政策解读": "解读",
    "回应关切": "回应|关切|留言|来信|热线|咨询|诉求|答复",
    "重点领域": "重点领域|教育|医疗|卫生|就业|养老|公共资源|社会保障|社会救助|民生|惠农|补贴|招标|采购",
}
_DOCUMENT = "规范性文件|规章"
_DOCUMENT_FIGURES = {
    "发布": "发布|制发|制定|印发|出台|制作|新制|新增|公开|公布",
    "废止": "废止|失效|清理|宣布",
    "现行有效": "有效|现行|现存|现有",
}
_PLATFORM_FIGURES = {
    "政府信息公开平台": "平台|网站|新媒体|账号|公众号",
    "政务公开专区": "专区|公开区|查阅点|查阅场所|查询点",
}
_GAZETTE_FIGURES = {"政府公报": "公报"}
_DIGITAL_GAZETTE = "(?:数字|电子|网络|网上|线上)[^。；;\n]{0,12}公报|公报[^。；;\n]{0,20}(?:数字|电子|网络|网上|线上)"
_COUNTY_OR_CITY = ".*(?:[市县]|(?<![发园景社理范])区)(?:人民政府)?"


class _Overview(NamedTuple):
    """Section one and what it says, for the rules that look for figures."""

    section: Section
    prose: str
    figured: tuple[str, ...]
    """The sentences that give any figure, or say that there was none; years and dates are no figures."""


@fact
def _overview(report: Report) -> _Overview | None:
    section = report.section("overview")
    if section is None:
        return None
    prose = report.prose(section)
    sentences = re.split(_SENTENCE_END, prose)
    figured = (sentence for sentence in sentences if re.search(_FIGURE, re.sub(_DATE, "", sentence)))
    return _Overview(section, prose, tuple(figured))


def _assessed(report: Report) -> _Overview:
    """Section one; NotAssessable where there is none, it is empty, or the report is older than the notice."""
    if report.year is None:
        raise NotAssessable("标题没有年份")
    if report.year < _YEAR:
        raise NotAssessable(f"所依据的通知针对 {_YEAR} 年度的报告")
    overview = _overview(report)
    if overview is None:
        raise NotAssessable("没有第一部分")
    if not overview.prose.strip():
        raise NotAssessable("第一部分没有内容")
    return overview


def _severity(report: Report) -> Severity:
    return Severity.WARNING if report.year == _YEAR else Severity.ADVICE


@rule(basis=f"{_NOTICE}：总体情况篇幅原则上不超过一千字", severity=Severity.WARNING, forms=_ANNUAL, optional=True)
def overview_length(report: Report, *, limit: int = 1000) -> Iterator[Finding]:
    """Section one is no longer than a thousand characters."""
    overview = _assessed(report)
    names = [section.name for section in report.sections]
    following = names.index("overview") + 1
    if overview.section.tables or names[following : following + 1] != ["proactive_disclosure"]:
        raise NotAssessable("第一部分后面不是第二部分，不知道在哪里结束")
    if len(overview.prose) <= limit:
        return
    count = len(re.findall(_COUNTED, overview.prose))
    if count > limit:
        message = f"“{overview.section.heading}”部分有 {count} 字，通知要求原则上不超过 {limit} 字"
        yield Finding(overview.section.heading_span, message, severity=_severity(report))


@rule(basis=f"{_NOTICE}：主动公开应包括的数量", severity=Severity.WARNING, forms=_ANNUAL, optional=True)
def disclosure_figures(report: Report) -> Iterator[Finding]:
    """Section one gives the numbers published by platform, of interpretations, of replies and in key fields."""
    overview = _assessed(report)
    platforms = _without_figure(_PLATFORMS, overview.figured)
    others = _without_figure(_OTHER_FIGURES, overview.figured)
    if platforms or others:
        message = f"“{overview.section.heading}”部分没有写{'、'.join([*platforms, *others])}的信息发布数量"
        # Not every organ has a gazette or a notice board.
        minor = not others and list(platforms) == [_BOARD]
        yield Finding(overview.section.heading_span, message, severity=Severity.ADVICE if minor else _severity(report))


@rule(
    basis=f"{_NOTICE}：政府信息管理应包括规章、行政规范性文件发布、废止数量及现行有效数量",
    severity=Severity.WARNING,
    forms=_ANNUAL,
    optional=True,
)
def document_figures(report: Report) -> Iterator[Finding]:
    """Section one gives the numbers of documents issued, repealed and in force."""
    overview = _assessed(report)
    if not re.search(_DOCUMENT, "\n".join(overview.figured)):
        missing = list(_DOCUMENT_FIGURES)
    else:
        missing = _without_figure(_DOCUMENT_FIGURES, overview.figured)
    if missing:
        message = f"“{overview.section.heading}”部分没有写规章、行政规范性文件的{'、'.join(missing)}数量"
        yield Finding(overview.section.heading_span, message, severity=_severity(report))


@rule(
    basis=f"{_NOTICE}：政府信息公开平台建设应包括的数量",
    severity=Severity.WARNING,
    forms=_ANNUAL,
    optional=True,
)
def platform_figures(report: Report) -> Iterator[Finding]:
    """Section one gives the numbers of platforms and of public service areas; a government also of its gazette."""
    overview = _assessed(report)
    missing = _without_figure(_PLATFORM_FIGURES, overview.figured)
    # Not every county publishes a gazette.
    severity = _severity(report) if missing or "公报" in overview.prose else Severity.ADVICE
    if report.organisation and re.fullmatch(_COUNTY_OR_CITY, report.organisation):
        missing += _without_figure(_GAZETTE_FIGURES, overview.figured)
        if not re.search(_DIGITAL_GAZETTE, overview.prose):
            missing.append("数字公报")
    if missing:
        message = f"“{overview.section.heading}”部分没有写{'、'.join(missing)}的数量或建设情况"
        yield Finding(overview.section.heading_span, message, severity=severity)


def _without_figure(things: Mapping[str, str], sentences: Iterable[str]) -> list[str]:
    """The things of which no sentence gives a figure."""
    text = "\n".join(sentences)
    return [name for name, words in things.items() if not re.search(words, text)]
