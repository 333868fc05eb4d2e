"""What reports of Beijing have in common beyond the form: all of it is practice, seen in published reports.

The patterns are strings and not compiled here: the pack is loaded with the program, and few use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint import Edit, Finding, Fix, NotAssessable, Report, Section, Severity, Span, fact, rule

_ANNUAL = ("annual",)
_PRACTICE = "北京市已发布年度报告的通行写法（未见成文规定）"
_FIRST_YEAR = 2020
_SENTENCE = "依据《中华人民共和国政府信息公开条例》（以下简称《政府信息公开条例》）第五十条规定，编制本报告。"
_OPENING = r"依据《中华人民共和国政府信息公开条例》[^。]{0,80}编制本报告"
_FULL_WIDTH = str.maketrans("(),:;", "（），：；")
_LONGEST_QUOTED = 40

_HEAD = (
    r"\s*(?:(?P<bracket>[（(][一二三四五六七八九十]{1,2}[)）])|(?P<digit>\d{1,2}[.、．]))"
    r"\s*(?P<words>[^。：:，,；;\s]{2,30})"
)
_LEADERSHIP_HEAD = "组织领导|工作统筹|公开统筹|统筹协调|统筹推进|加强领导"
_LEADERSHIP = "领导小组|组织领导|统筹|主要领导|分管领导|主要负责|分管负责|牵头|第一责任人|工作机制|领导下|联席会议"
_TRAINING = "培训|讲座|授课|学习|轮训|教育|研讨"
_ADDRESS = r"网址|https?[:：]|www\.|\.gov\.cn|登录"


class _Head(NamedTuple):
    words: str
    span: Span


@fact
def opening(report: Report) -> tuple[Span, ...]:
    """The prose between the title and the first section."""
    after = report.title_span.end if report.title_span else 0
    spans = (Span(max(span.start, after), span.end) for span in report.preface if span.end > after)
    return tuple(span for span in spans if report.text(span).strip())


@rule(basis=_PRACTICE, severity=Severity.ADVICE, forms=_ANNUAL, optional=True)
def opening_sentence(report: Report, *, exact: bool = False) -> Iterator[Finding]:
    """The report opens with the sentence that is usual in Beijing: under what it is made."""
    if not report.sections:
        raise NotAssessable("没有任何部分，分不出引言")
    if report.year is None or report.year < _FIRST_YEAR:
        raise NotAssessable(f"只看 {_FIRST_YEAR} 年度及以后的报告")
    spans = opening(report)
    text = "".join("".join(report.text(span).split()) for span in spans).translate(_FULL_WIDTH)
    if _SENTENCE in text if exact else re.search(_OPENING, text):
        return
    if not text:
        yield Finding(report.title_span, f"没有引言，北京市通行的引言是“{_SENTENCE}”", fix=_opened(report))
        return
    yield Finding(spans[0], f"引言为“{_shortened(text)}”，北京市通行的引言是“{_SENTENCE}”")


@rule(basis=_PRACTICE, severity=Severity.ADVICE, forms=_ANNUAL, optional=True)
def leadership_and_training(report: Report) -> Iterator[Finding]:
    """Section one begins with leadership (组织领导) and speaks of training (教育培训)."""
    section = report.section("overview")
    if section is None:
        raise NotAssessable("没有第一部分")
    prose = report.prose(section)
    if not prose.strip():
        raise NotAssessable("第一部分没有内容")
    lacking = [
        words for words, known in (("组织领导", _LEADERSHIP), ("教育培训", _TRAINING)) if not re.search(known, prose)
    ]
    if lacking:
        message = f"“{section.heading}”部分没有写{'、'.join(lacking)}，北京市通行单列小标题"
        yield Finding(section.heading_span, message)
    heads = _heads(report, section)
    for index, head in enumerate(heads):
        if not re.search(_LEADERSHIP_HEAD, head.words):
            continue
        if index:
            message = f"“{head.words}”排在“{heads[0].words}”之后，北京市通行排在第一"
            yield Finding(head.span, message)
        return


@rule(basis=_PRACTICE, severity=Severity.ADVICE, forms=_ANNUAL, optional=True)
def closing_address(report: Report) -> Iterator[Finding]:
    """Section six says at which address the organ's information can be found."""
    section = report.section("other_matters")
    if section is None:
        raise NotAssessable("没有第六部分")
    if not section.paragraphs:
        raise NotAssessable("第六部分没有内容")
    if not re.search(_ADDRESS, report.prose(section), re.IGNORECASE):
        message = f"“{section.heading}”部分没有写政府网站的网址，北京市通行在此写明"
        yield Finding(section.heading_span, message)


def _opened(report: Report) -> Fix:
    """The sentence below the title, set off by a blank line and with the line ends that the title has."""
    title_end = report.title_span.end if report.title_span else 0
    text, end = report.source.text, report.source.line_span(title_end).end
    line_end = next((mark for mark in ("\r\n", "\r") if text.startswith(mark, end)), "\n")
    return Fix((Edit(Span(end, end), 2 * line_end + _SENTENCE),), safe=False)


def _heads(report: Report, section: Section) -> list[_Head]:
    """The sub-headings of a section, those of the first one's kind: «（一）…» or «1.…»."""
    kind: str | None = None
    heads: list[_Head] = []
    for span in section.paragraphs:
        match = re.match(_HEAD, report.source.text[span.start : min(span.end, span.start + 60)])
        if match is None:
            continue
        found = "bracket" if match["bracket"] else "digit"
        kind = kind or found
        if found == kind:
            heads.append(
                _Head(match["words"], Span(span.start + match.start("words"), span.start + match.end("words")))
            )
    return heads


def _shortened(text: str) -> str:
    sentence = text.partition("。")[0]
    return f"{sentence[:_LONGEST_QUOTED]}……" if len(sentence) > _LONGEST_QUOTED else sentence
