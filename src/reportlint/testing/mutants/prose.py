"""Errors in the prose: what is said, in which year, of whom, and how it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from reportlint.model import Report
from reportlint.source import Span
from reportlint.testing.mutants.mutant import Change, Kind, one, same_statements, short

TITLE, PREFACE = "title", "preface"
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_CLAUSE = re.compile(r"，[^，。！？；\n]+")
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
_FIGURE = re.compile(r"(?<![\d第〔.\-])\d{1,12}(?:\.\d{1,4})?(?![\d年月日号时点〕.\-])")
LIST_NUMBER = re.compile(r"(?m)^\s{0,4}[（(]([一二三四五六七八])[)）]")
_NUMERALS = "一二三四五六七八九十"
_DENIAL = re.compile(
    "未(?=收到|受理|接到|发生|产生|出现|被|新收|收取|发出)|没有(?=收到|受理|接到|发生|产生)|[无零](?=申请|新收)"
)
_VERB = re.compile("(?:共)?(?=收到|受理|接到|发生|被申请|被提起)")
_COUNT = re.compile(r"\d{1,9}[件起宗次]")
_TWO_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_BRACKETS = "《》“”"
_PARTICLES = "的了和"


def each_paragraph(report: Report) -> Iterator[tuple[str, Span]]:
    """The stretches of prose, each with the name of its section, or the preface's."""
    after_title = report.title_span.end if report.title_span else 0
    for span in report.preface:
        if span.start >= after_title:
            yield PREFACE, span
    for section in report.sections:
        for span in section.paragraphs:
            yield section.name, span


def _subjects(report: Report, span: Span) -> set[str]:
    """What is claimed within a stretch."""
    return {claim.subject for claim in report.claims if claim.span.start < span.end and span.start < claim.span.end}


def _numbered(report: Report) -> Iterator[tuple[frozenset[str], Span]]:
    """The stretches of prose, each with its section and its number there ("overview.2")."""
    count: Counter[str] = Counter()
    for place, span in each_paragraph(report):
        count[place] += 1
        yield frozenset({place, f"{place}.{count[place]}"}), span


def _paragraph_dropped(report: Report) -> Iterator[Change]:
    for places, span in _numbered(report):
        yield one(span, "", {*places, *_subjects(report, span)}, f"删去一段“{short(report.text(span))}”")


def _sentence_dropped(report: Report) -> Iterator[Change]:
    for places, paragraph in _numbered(report):
        for match in _SENTENCE.finditer(report.text(paragraph)):
            span = Span(paragraph.start + match.start(), paragraph.start + match.end())
            if match.group().strip():
                yield one(span, "", {*places, *_subjects(report, span)}, f"删去一句“{short(match.group())}”")


def _clause_dropped(report: Report) -> Iterator[Change]:
    """A stretch between commas, of sentences that have several."""
    for places, paragraph in _numbered(report):
        for match in _CLAUSE.finditer(report.text(paragraph)):
            span = Span(paragraph.start + match.start(), paragraph.start + match.end())
            yield one(span, "", {*places, *_subjects(report, span)}, f"删去“{short(match.group())}”")


def _denial_turned(report: Report) -> Iterator[Change]:
    """«Received none» becomes «received one»."""
    seen: set[Span] = set()
    for claim in report.claims:
        text = report.text(claim.span)
        match = _DENIAL.search(text)
        if not claim.denied or match is None or claim.span in seen:
            continue
        seen.add(claim.span)
        new = f"{text[: match.start()]}{text[match.end() :].rstrip('，。；、 ')}1件"
        yield one(claim.span, new, _subjects(report, claim.span), f"“{short(text)}”改为“{short(new)}”")


def _count_denied(report: Report) -> Iterator[Change]:
    """«Received five» becomes «received none»."""
    for claim in report.claims:
        text = report.text(claim.span)
        verb, count = _VERB.search(text), _COUNT.search(text)
        if claim.value and verb and count and verb.start() < count.start():
            new = f"{text[: verb.start()]}未{text[verb.end() : count.start()]}{text[count.end() :]}"
            yield one(claim.span, new, {claim.subject}, f"“{short(text)}”改为“{short(new)}”")


def _figure_changed(report: Report) -> Iterator[Change]:
    for place, paragraph in each_paragraph(report):
        for match in _FIGURE.finditer(report.text(paragraph)):
            span = Span(paragraph.start + match.start(), paragraph.start + match.end())
            old = match.group()
            new = str(int(old) + 1) if old.isdecimal() else f"{old}1"
            yield one(
                span, new, {place, *_subjects(report, span)}, f"文字中的 {old} 改为 {new}（{_around(report, span)}）"
            )


def _year_changed(report: Report) -> Iterator[Change]:
    for place, stretch in _with_title(report):
        for match in _YEAR.finditer(report.text(stretch)):
            span = Span(stretch.start + match.start(), stretch.start + match.end())
            new = str(int(match.group()) - 1)
            yield one(span, new, {place}, f"{match.group()}年改为 {new}年（{_around(report, span)}）")


def _organisation_changed(report: Report) -> Iterator[Change]:
    """The organisation is named otherwise in one place: with another first character, as when a report is copied."""
    name = report.organisation
    if not name or len(name) < 4:
        return
    other = "另" if name[0] != "另" else "新"
    for place, stretch in _with_title(report):
        for match in re.finditer(re.escape(name), report.text(stretch)):
            start = stretch.start + match.start()
            what = f"“{name}”改为“{other}{name[1:]}”"
            yield one(Span(start, start + 1), other, {place}, what)


def _with_title(report: Report) -> Iterator[tuple[str, Span]]:
    if report.title_span is not None:
        yield TITLE, report.title_span
    yield from each_paragraph(report)


def _word_doubled(report: Report) -> Iterator[Change]:
    for place, paragraph in each_paragraph(report):
        for sentence in _SENTENCE.finditer(report.text(paragraph)):
            match = _TWO_HAN.search(sentence.group())
            if match:
                at = paragraph.start + sentence.start() + match.end()
                yield one(Span(at, at), match.group(), {place}, f"“{match.group()}”写了两遍")


def _particle_doubled(report: Report) -> Iterator[Change]:
    yield from _each(report, _PARTICLES, lambda sign: sign * 2, "“{}”写了两遍")


def _stop_doubled(report: Report) -> Iterator[Change]:
    yield from _each(report, "。，；", lambda sign: sign * 2, "“{}”写了两遍")


def _comma_narrow(report: Report) -> Iterator[Change]:
    narrow = {"，": ",", "；": ";", "：": ":"}
    yield from _each(report, "，；：", lambda sign: narrow[sign], "“{}”改为半角")


def _bracket_dropped(report: Report) -> Iterator[Change]:
    yield from _each(report, _BRACKETS, lambda _: "", "脱一个“{}”")


def _stop_dropped(report: Report) -> Iterator[Change]:
    for place, span in each_paragraph(report):
        if report.text(span).endswith("。"):
            yield one(Span(span.end - 1, span.end), "", {place}, f"段末没有句号（{_around(report, span)}）")


def _number_skipped(report: Report) -> Iterator[Change]:
    for place, paragraph in each_paragraph(report):
        for match in LIST_NUMBER.finditer(report.text(paragraph)):
            span = Span(paragraph.start + match.start(1), paragraph.start + match.end(1))
            wrong = _NUMERALS[_NUMERALS.index(match.group(1)) + 1]
            yield one(span, wrong, {place}, f"序号（{match.group(1)}）改为（{wrong}）")


def _each(report: Report, signs: str, write: Callable[[str], str], words: str) -> Iterator[Change]:
    """The first of each sign in every paragraph, written otherwise."""
    for place, paragraph in each_paragraph(report):
        text = report.text(paragraph)
        for sign in signs:
            at = text.find(sign)
            if at >= 0:
                span = Span(paragraph.start + at, paragraph.start + at + 1)
                yield one(span, write(sign), {place, sign}, f"{words.format(sign)}（{_around(report, span)}）")


def _around(report: Report, span: Span) -> str:
    line = report.source.line_span(span.start)
    return short(report.source.text[max(line.start, span.start - 8) : min(line.end, span.end + 8)])


KINDS = {
    "paragraph-dropped": Kind("缺一段", _paragraph_dropped, same_statements),
    "sentence-dropped": Kind("缺一句", _sentence_dropped, same_statements),
    "clause-dropped": Kind("缺半句", _clause_dropped, same_statements),
    "denial-turned": Kind("“未收到”改为收到 1 件", _denial_turned),
    "count-denied": Kind("“收到 n 件”改为未收到", _count_denied),
    "figure-changed": Kind("文字中的数加一", _figure_changed),
    "year-changed": Kind("年份改为上一年", _year_changed),
    "organisation-changed": Kind("单位名称不同", _organisation_changed),
    "word-doubled": Kind("两个字写了两遍", _word_doubled),
    "particle-doubled": Kind("虚词写了两遍", _particle_doubled),
    "stop-doubled": Kind("标点写了两遍", _stop_doubled),
    "comma-narrow": Kind("标点用了半角", _comma_narrow),
    "bracket-dropped": Kind("引号或书名号不成对", _bracket_dropped),
    "stop-dropped": Kind("段末没有句号", _stop_dropped),
    "number-skipped": Kind("序号跳号", _number_skipped),
}
