"""Sections one and six: sub-headings, what is said of requests, and the year's points of work.

The patterns are strings and not compiled here: the pack is loaded with the program, and few use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint import Edit, Finding, Fix, NotAssessable, Note, Report, Section, Severity, Span, fact, rule
from reportlint_shanghai import basis

# A sub-heading that is only an aspect's name, with the word behind it: 方面, 情况 or none.
_HEAD = r"\s*[（(][一二三四五六七八九十]{1,2}[)）]\s*(?P<words>[^。：:，,；;\s]{2,24})"
_ASPECT = (
    r"(?:政府信息|政务信息)?(?:(?P<requests>依申请公开)|主动公开|信息管理|管理|(?:政府信息)?(?:公开)?平台建设|监督保障)"
    r"(?:政府信息|信息|工作)?(?P<suffix>方面|情况)?"
)
_FEWEST_HEADS = 3
_FIGURE = r"[^。；;\n]{0,40}?\d"
_RECEIVED = rf"(?:收到|受理|新收|接收|接到){_FIGURE}|申请\d"
_ANSWERED = rf"(?:答复|办结|办理|处理){_FIGURE}|\d[件宗份]?[^。；;\n]{{0,12}}(?:答复|办结)"
_SHARE = r"\d[%％]|百分之|成(?:以上|左右)?[，。；]"
_WORK_POINTS = "要点"


class _Head(NamedTuple):
    """A sub-heading of section one that names an aspect."""

    words: str
    suffix: str
    span: Span
    on_requests: bool


@fact
def aspect_heads(report: Report) -> tuple[_Head, ...]:
    """The sub-headings of section one that are nothing but the name of an aspect."""
    section = report.section("overview")
    heads: list[_Head] = []
    for span in section.paragraphs if section else ():
        head = re.match(_HEAD, report.source.text[span.start : min(span.end, span.start + 60)])
        aspect = re.fullmatch(_ASPECT, head["words"]) if head else None
        if head and aspect:
            place = Span(span.start + head.start("words"), span.start + head.end("words"))
            heads.append(_Head(head["words"], aspect["suffix"] or "", place, bool(aspect["requests"])))
    return tuple(heads)


@rule(basis=basis.PRACTICE, severity=Severity.ADVICE, forms=basis.ANNUAL, optional=True)
def aspect_headings(report: Report, *, suffix: str = "") -> Iterator[Finding]:
    """The sub-headings of section one are worded alike."""
    if report.section("overview") is None:
        raise NotAssessable("没有第一部分")
    heads = aspect_heads(report)
    if len(heads) < _FEWEST_HEADS:
        return
    wanted = suffix or heads[0].suffix
    others = [head for head in heads if head.suffix != wanted]
    if not others:
        return
    # Which of two wordings is meant is known by the configuration, or by the one that most of them have.
    fix = _ending_in(others, wanted) if suffix or 2 * len(others) < len(heads) else None
    if suffix:
        message = f"小标题为“{others[0].words}”，通行写法以“{suffix}”结尾"
    else:
        message = f"小标题写法不一：前有“{heads[0].words}”，此处为“{others[0].words}”"
    yield Finding(others[0].span, message, _others(others[1:]), fix=fix)


@rule(basis=basis.PRACTICE, severity=Severity.ADVICE, forms=basis.ANNUAL, optional=True)
def request_shares(report: Report, *, at_least: int = 100) -> Iterator[Finding]:
    """Section one tells how many requests came, how many were answered, and the shares of the outcomes."""
    section = report.section("overview")
    if section is None:
        raise NotAssessable("没有第一部分")
    table = report.tables.get("requests")
    received = table.value("received", "total") if table else None
    if received is None:
        raise NotAssessable("第三部分的表格没有新收申请的总计")
    if received < at_least:
        return
    span = _passage(report, section)
    text = report.text(span)
    known = (("收到申请的数量", _RECEIVED), ("答复的数量", _ANSWERED), ("各类结果所占的百分比", _SHARE))
    lacking = [words for words, pattern in known if not re.search(pattern, text)]
    if lacking:
        message = f"新收申请 {received} 件，第一部分没有写{'、'.join(lacking)}，上海市通行写明"
        yield Finding(
            next((head.span for head in aspect_heads(report) if head.on_requests), section.heading_span), message
        )


@rule(basis=basis.PRACTICE, severity=Severity.ADVICE, forms=basis.ANNUAL, optional=True)
def work_points(report: Report) -> Iterator[Finding]:
    """The report says how the year's points of work (政务公开工作要点) were carried out."""
    section = report.section("other_matters")
    if section is None:
        raise NotAssessable("没有第六部分")
    if not section.paragraphs:
        raise NotAssessable("第六部分没有内容")
    spans = (*report.preface, *(span for each in report.sections for span in each.paragraphs))
    if any(re.search(_WORK_POINTS, report.text(span)) for span in spans):
        return
    message = f"“{section.heading}”等各部分都没有写年度政务公开工作要点的落实情况，上海市通行写明"
    yield Finding(section.heading_span, message)


def _passage(report: Report, section: Section) -> Span:
    """What section one says of requests: from its sub-heading to the next one, or the whole section."""
    heads = aspect_heads(report)
    for index, head in enumerate(heads):
        if head.on_requests:
            end = heads[index + 1].span.start if index + 1 < len(heads) else section.span.end
            return Span(head.span.start, end)
    return section.span


def _ending_in(heads: list[_Head], suffix: str) -> Fix:
    edits = (Edit(Span(head.span.end - len(head.suffix), head.span.end), suffix) for head in heads)
    return Fix(tuple(edits), safe=False)


def _others(heads: list[_Head]) -> tuple[Note, ...]:
    return tuple(Note(f"还有“{head.words}”", head.span) for head in heads)
