"""The title, and the preface: under what the report is made, what it consists of, where it can be had.

The patterns are strings and not compiled here: the pack is loaded with the program, and few use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint import Edit, Finding, Fix, NotAssessable, Report, Severity, Span, fact, rule
from reportlint_shanghai import basis

_YEAR = r"(?:\d{4}|二[〇零○][一二三四五六七八九〇零○]{2})年"
_YEAR_LAST = rf".{{0,100}}{_YEAR}政府信息公开工作年度报告"
_YEAR_FIRST = rf"{_YEAR}.{{0,100}}政府信息公开工作年度报告"
_WORDS = "政府信息公开工作年度报告"
_OTHER_WORDS = r"(?:政府|政务)?信息公开(?:工作)?(?:年度工作报告|年度报告|工作年度报告|工作报告|年报|报告)"
_SUFFIX = r"[(（][^()（）]{0,20}[)）]?\??$"
_LOCAL = r"上海市(?:人民政府)?政府信息公开(?:规定|办法)"
_ADDRESS = r"下载|网址|https?[:：]|www\.|\.gov\.cn"
# How the preface names the six parts, in the form's words or in those of the Regulations.
_PARTS = {
    "overview": "总体情况",
    "proactive_disclosure": "主动公开(?:政府信息|信息)?(?:的)?情况|(?:政府)?信息主动公开(?:的)?情况",
    "requests": "收到和处理(?:政府)?信息公开申请(?:的)?情况",
    "remedies": "行政复议[、和及与]{0,1}(?:被)?(?:提起)?行政诉讼(?:的)?情况",
    "improvement": "存在的?(?:主要)?问题[及和](?:其)?改进(?:的)?(?:情况|措施)",
    "other_matters": "其他(?:需要|应当)?(?:报告|说明|汇报)的?事项|其他事项",
}
_FEWEST_LISTED = 3


@fact
def opening(report: Report) -> tuple[Span, ...]:
    """The prose between the title and the first section."""
    after = report.title_span.end if report.title_span else 0
    spans = (Span(max(span.start, after), span.end) for span in report.preface if span.end > after)
    return tuple(span for span in spans if report.text(span).strip())


@rule(basis=basis.TITLE, severity=Severity.WARNING, forms=basis.ANNUAL, optional=True)
def title_form(report: Report, *, year_first: bool = False) -> Iterator[Finding]:
    """The title names the organisation, the year and the report in the form's words, the year first or last."""
    if report.title is None:
        yield Finding(None, "没有找到标题“××年××政府信息公开工作年度报告”")
        return
    if report.year is None:
        yield Finding(report.title_span, f"标题“{report.title}”没有年份")
        return
    if report.organisation is None:
        yield Finding(report.title_span, f"标题“{report.title}”没有单位名称")
    words = re.sub(_SUFFIX, "", report.title)
    accepted = (_YEAR_FIRST,) if year_first else (_YEAR_FIRST, _YEAR_LAST)
    if not _is_any_of(accepted, words):
        message = f"标题为“{report.title}”，上海市通行写法为“{report.year}年……政府信息公开工作年度报告”"
        mended = _is_any_of(accepted, re.sub(_OTHER_WORDS, _WORDS, words))
        fix = _in_the_usual_words(report) if mended else None
        yield Finding(report.title_span, message, severity=Severity.ADVICE, fix=fix)


def _is_any_of(patterns: tuple[str, ...], words: str) -> bool:
    return any(re.fullmatch(pattern, words) for pattern in patterns)


def _in_the_usual_words(report: Report) -> Fix | None:
    """The usual words in the place of others that the title has once and in one piece."""
    span = report.title_span
    found = [*re.finditer(_OTHER_WORDS, report.text(span))] if span else []
    if span is None or len(found) != 1:
        return None
    start, end = found[0].span()
    return Fix((Edit(Span(span.start + start, span.start + end), _WORDS),), safe=False)


@rule(basis=basis.PRACTICE, severity=Severity.ADVICE, forms=basis.ANNUAL, optional=True)
def local_regulation(report: Report) -> Iterator[Finding]:
    """The report names the city's own regulation on open government information as its basis."""
    if report.year is None or report.year < basis.LOCAL_SINCE:
        raise NotAssessable(f"只看 {basis.LOCAL_SINCE} 年度及以后的报告")
    overview = report.section("overview")
    if overview is None:
        raise NotAssessable("没有第一部分，分不出引言")
    spans = opening(report)
    text = "".join("".join(report.text(span).split()) for span in (*spans, *overview.paragraphs))
    if re.search(_LOCAL, text):
        return
    yield Finding(spans[0] if spans else report.title_span, f"引言和第一部分都没有写明编制依据{basis.LOCAL}")


@rule(basis=basis.PRACTICE, severity=Severity.ADVICE, forms=basis.ANNUAL, optional=True)
def preface_parts(report: Report) -> Iterator[Finding]:
    """Where the preface lists the parts of the report, it lists all six in their order."""
    if not report.sections:
        raise NotAssessable("没有任何部分，分不出引言")
    for span in opening(report):
        text = "".join(report.text(span).split())
        found = {name: match.start() for name, words in _PARTS.items() if (match := re.search(words, text))}
        if len(found) < _FEWEST_LISTED:
            continue
        missing = [_bare(report.form.label(name)) for name in _PARTS if name not in found]
        if missing:
            yield Finding(span, f"引言所列的部分里没有“{'”、“'.join(missing)}”")
        places = list(found.values())
        if places != sorted(places):
            listed = "、".join(_bare(report.form.label(name)) for name in sorted(found, key=lambda name: found[name]))
            yield Finding(span, f"引言所列各部分的次序是“{listed}”，与格式的次序不同")
        return


@rule(basis=basis.PRACTICE, severity=Severity.ADVICE, forms=basis.ANNUAL, optional=True)
def download_address(report: Report) -> Iterator[Finding]:
    """The preface says from where the report can be downloaded."""
    if not report.sections:
        raise NotAssessable("没有任何部分，分不出引言")
    spans = opening(report)
    text = "\n".join(report.text(span) for span in spans)
    if "报告" not in text:
        raise NotAssessable("没有引言")
    if not re.search(_ADDRESS, text, re.IGNORECASE):
        yield Finding(spans[0], "引言没有写明年度报告电子版从哪里下载")


def _bare(label: str) -> str:
    """A section's title without its ordinal."""
    return label.partition("、")[2] or label
