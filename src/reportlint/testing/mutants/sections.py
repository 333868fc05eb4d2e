"""Errors in the title, the headings and the order of the sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reportlint.findings import Edit
from reportlint.model import Report, Section
from reportlint.source import Span
from reportlint.testing.mutants.mutant import Change, Kind, one, whole_lines

_NUMERALS = "一二三四五六七八九十"
_ORDINAL = re.compile(r"([一二三四五六七八九])、")
_TITLE = "title"
_REPORT_WORDS = re.compile("工作年度报告|年度报告|报告")


def _title_dropped(report: Report) -> Iterator[Change]:
    if report.title_span is not None:
        yield one(whole_lines(report, report.title_span), "", {_TITLE}, "删去标题")


def _title_year_dropped(report: Report) -> Iterator[Change]:
    if report.title_span is not None:
        match = re.search(r"\d{4}年度?", report.text(report.title_span))
        if match:
            yield one(_within(report.title_span, match), "", {_TITLE}, f"删去标题里的“{match.group()}”")


def _title_organisation_dropped(report: Report) -> Iterator[Change]:
    if report.title_span is not None and report.organisation:
        match = re.search(re.escape(report.organisation), report.text(report.title_span))
        if match:
            yield one(_within(report.title_span, match), "", {_TITLE}, f"删去标题里的“{match.group()}”")


def _title_words(report: Report) -> Iterator[Change]:
    if report.title_span is not None:
        match = _REPORT_WORDS.search(report.text(report.title_span))
        if match:
            yield one(_within(report.title_span, match), "年报", {_TITLE}, f"标题里的“{match.group()}”改为“年报”")


def _section_dropped(report: Report) -> Iterator[Change]:
    for section in report.sections:
        yield one(_whole(report, section), "", {section.name}, f"删去“{section.heading}”部分")


def _section_emptied(report: Report) -> Iterator[Change]:
    for section in report.sections:
        if section.paragraphs and not section.tables:
            span = Span(whole_lines(report, section.heading_span).end, section.span.end)
            yield one(span, "\n", {section.name}, f"删去“{section.heading}”部分的内容")


def _section_doubled(report: Report) -> Iterator[Change]:
    for section in report.sections:
        span = _whole(report, section)
        text = report.text(span)
        text = text if text.endswith("\n") else f"\n{text}"
        yield one(Span(span.end, span.end), text, {section.name}, f"“{section.heading}”部分重复")


def _sections_swapped(report: Report) -> Iterator[Change]:
    for a, b in pairwise(report.sections):
        first, second = _whole(report, a), _whole(report, b)
        edits = (Edit(first, f"{report.text(second).rstrip()}\n\n"), Edit(second, f"{report.text(first).rstrip()}\n\n"))
        yield Change(edits, frozenset({a.name, b.name}), f"“{a.heading}”与“{b.heading}”两个部分互换")


def _heading_dropped(report: Report) -> Iterator[Change]:
    for section in report.sections:
        yield one(whole_lines(report, section.heading_span), "", {section.name}, f"删去标题“{section.heading}”")


def _heading_damaged(report: Report) -> Iterator[Change]:
    """The last character of a heading is lost; a character in its midst."""
    for section in report.sections:
        span = section.heading_span
        middle = (span.start + span.end) // 2
        for at in (span.end - 1, middle):
            lost = Span(at, at + 1)
            what = f"标题“{section.heading}”脱一个“{report.text(lost)}”字"
            yield one(lost, "", {section.name}, what)


def _heading_number(report: Report) -> Iterator[Change]:
    for section, match, span in _ordinals(report):
        wrong = _NUMERALS[_NUMERALS.index(match.group(1)) + 1]
        what = f"标题“{section.heading}”的序号改为“{wrong}”"
        yield one(Span(span.start, span.start + 1), wrong, {section.name}, what)


def _heading_number_dropped(report: Report) -> Iterator[Change]:
    for section, _, span in _ordinals(report):
        yield one(span, "", {section.name}, f"标题“{section.heading}”没有序号")


def _ordinals(report: Report) -> Iterator[tuple[Section, re.Match[str], Span]]:
    for section in report.sections:
        match = _ORDINAL.search(report.text(section.heading_span))
        if match:
            yield section, match, _within(section.heading_span, match)


def _whole(report: Report, section: Section) -> Span:
    """A section with the whole line of its heading."""
    return Span(whole_lines(report, section.heading_span).start, section.span.end)


def _within(span: Span, match: re.Match[str]) -> Span:
    return Span(span.start + match.start(), span.start + match.end())


KINDS = {
    "title-dropped": Kind("缺标题", _title_dropped),
    "title-year-dropped": Kind("标题缺年份", _title_year_dropped),
    "title-organisation-dropped": Kind("标题缺单位", _title_organisation_dropped),
    "title-words": Kind("标题用词不同", _title_words),
    "section-dropped": Kind("缺一个部分", _section_dropped),
    "section-emptied": Kind("部分没有内容", _section_emptied),
    "section-doubled": Kind("部分重复", _section_doubled),
    "sections-swapped": Kind("两个部分互换", _sections_swapped),
    "heading-dropped": Kind("缺标题行", _heading_dropped),
    "heading-damaged": Kind("标题脱字", _heading_damaged),
    "heading-number": Kind("标题序号错", _heading_number),
    "heading-number-dropped": Kind("标题缺序号", _heading_number_dropped),
}
