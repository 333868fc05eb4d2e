"""The parts that a report says it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from reportlint import Edit, Finding, Fix, Note, Report, Severity, Span, lazy_pattern, rule
from reportlint.grammar.numbering import NUMERALS, numeral, value_of
from reportlint_national import basis, sequence
from reportlint_national.announced import announced_items

_ANNOUNCED = lazy_pattern(rf"(?P<number>[{NUMERALS}两]|\d{{1,2}})\s?(?:个|大)?\s?(?:部\s?[分份]|方\s?面)")
_NUMBER_LOST = lazy_pattern(
    rf"(?<![{NUMERALS}\d０-９两几多各每这那整一某此该])(?P<lost>个部分)(?=(?:内容)?(?:组成|构成|[。；，]))"
)
_SENTENCE = lazy_pattern("[^。]{1,600}。?")
_REPORT = lazy_pattern("报告|全文|年报")
_MADE_OF = lazy_pattern("组成|构成|包括|包含|涵盖|分为|分成|共分|分(?=[一二三四五六七八九十两\\d])|内容|[共由有从]")
_LIST_FOLLOWS = lazy_pattern(r"\s*(?:包括|分别|主要|依次|具体|即|一、|（一）|1)")
_FEWEST, _MOST = 3, 12
_FIRST_PARAGRAPHS = 3

# The parts of a report as introductions name them; between the names only joining words are left.
_OF_DISCLOSURE = "(?:行政机关|本机关)?(?:(?:政府|政务)?信息公开)?(?:年度)?(?:工作)?的?"
_PART = lazy_pattern(
    rf"{_OF_DISCLOSURE}(?:"
    "(?:总体|整体|基本)(?:工作)?(?:情况|概况)|(?:工作)?概述|概述|概况"
    "|(?:政府|政务)?(?:信息)?主动公开(?:政府|政务)?(?:信息)?的?(?:工作)?(?:情况)?"
    "|收到[和及与、]?(?:的)?处理的?(?:政府|政务)?(?:信息)?公开申请的?(?:办理)?(?:情况)?"
    "|依申请公开(?:政府|政务)?(?:信息)?(?:的)?(?:办理|处理)?(?:工作)?(?:情况)?"
    "|(?:申请|提起|被|引发|引起|的){0,3}行政复议[、和及与或，,]{0,2}(?:被)?(?:提起)?行政诉讼的?(?:情况)?"
    "|存在的?(?:主要)?(?:问题|困难)(?:[和及与、]|以及){0,2}(?:下一步)?(?:工作)?(?:改进|整改)的?(?:工作)?(?:情况|措施|计划|方向|思路|打算)?"
    "|其[他它](?:需要|应当|应)?(?:报告|说明|汇报)?的?(?:有关|重要)?(?:事项|情况)"
    ")"
)
_JOINING = lazy_pattern(r"[、，,；;：:和及与以并因被由“”\"'（）()①-⑩第.．是\s\d一二三四五六七八九十]*")
_OPEN_END = lazy_pattern("[，、,]?等")


class _Listed(NamedTuple):
    number: int
    open: bool
    """Whether it ends in 等."""


@rule(basis=basis.SECTIONS, severity=Severity.WARNING, forms=basis.ANNUAL)
def parts_announced(report: Report) -> Iterator[Finding]:
    """The number of parts announced is that of the parts listed, or of the report's sections."""
    spans = [*report.preface]
    overview = report.section("overview")
    if overview is not None:
        spans.extend(overview.paragraphs[:_FIRST_PARAGRAPHS])
    text = report.source.text
    for span in spans:
        if text.find("部", *span) < 0 and text.find("方面", *span) < 0:
            continue
        if not _REPORT.search(text, *span):
            continue
        for sentence, after in _sentences(text, span):
            yield from _sentence(report, sentence, after)
    yield from announced_items(report)


def _sentences(text: str, span: Span) -> Iterator[tuple[Span, Span]]:
    """The sentences of a paragraph, each with the one behind it."""
    found = [Span(*match.span()) for match in _SENTENCE.finditer(text, *span) if match.group().strip()]
    for index, sentence in enumerate(found):
        yield sentence, found[index + 1] if index + 1 < len(found) else Span(sentence.end, sentence.end)


def _sentence(report: Report, sentence: Span, after: Span) -> Iterator[Finding]:
    words = report.text(sentence)
    if not _REPORT.search(words) or not _MADE_OF.search(words):
        return
    found = list(_ANNOUNCED.finditer(words))
    lost = None if found else _NUMBER_LOST.search(words)
    if not found and lost is None:
        return
    listed = _listed(words)
    if lost is not None:
        place = Span(sentence.start + lost.start("lost"), sentence.start + lost.end("lost"))
        fix = None
        if listed and not listed.open and listed.number == len(report.sections):
            fix = _written(Span(place.start, place.start), listed.number)
        message = f"“{lost['lost']}”之前没有数" + (f"，列出的部分有 {listed.number} 个" if listed else "")
        yield Finding(place, message, fix=fix)
        return
    match = next((match for match in found if "部" in match.group()), found[0])
    if listed is None and _LIST_FOLLOWS.match(report.text(after)):
        listed = _listed(report.text(after))
        if listed is None:
            return
    announced = 2 if match["number"] == "两" else value_of(match["number"]) or 0
    said = "".join(match.group().split())
    place = Span(sentence.start + match.start(), sentence.start + match.end())
    if listed is not None:
        if listed.number > announced or (listed.number < announced and not listed.open):
            yield Finding(place, f"文字称“{said}”，列出的部分有 {listed.number} 个")
            return
    elif "方" in said or not _plain(words):
        return
    number = Span(sentence.start + match.start("number"), sentence.start + match.end("number"))
    # What is listed in so many words would no longer be as many.
    fix = _written(number, len(report.sections)) if listed is None and not match["number"].isdecimal() else None
    yield from _sections(report, place, said, announced, fix)


def _plain(words: str) -> bool:
    """Whether a sentence announces parts without listing any in words of its own."""
    return "、" not in words and "：" not in words and ":" not in words


def _listed(words: str) -> _Listed | None:
    """The parts of a report that a sentence lists; None where it lists none, or others than the form's."""
    bare = "".join(words.split())
    found = list(_PART.finditer(bare))
    if not _FEWEST <= len(found) <= _MOST:
        return None
    gaps = [bare[a.end() : b.start()] for a, b in pairwise(found)]
    if not all(gap and _JOINING.fullmatch(gap) for gap in gaps):
        return None
    rest = bare[found[-1].end() :]
    if re.match("[、，,；;]?(?:和|及|以及|并|与|、)", rest) or (rest[:1] in "、；;" and rest[1:]):
        return None
    before = re.split("[由括含为：:盖有从]", bare[: found[0].start()])[-1]
    if "、" in before:
        return None
    return _Listed(len(found), _OPEN_END.match(rest) is not None)


def _written(place: Span, number: int) -> Fix:
    """Another number of parts, in words: figures in digits are never written."""
    return Fix((Edit(place, numeral(number)),), safe=False)


def _is_complete(report: Report) -> bool:
    """Whether all sections of the form are there once."""
    return sorted(section.name for section in report.sections) == sorted(report.form.sections)


def _sections(report: Report, place: Span, said: str, announced: int, fix: Fix | None) -> Iterator[Finding]:
    """Against the report itself, where all sections of the form are there once."""
    count = len(report.sections)
    if not _is_complete(report) or announced == count or not _FEWEST < announced <= _MOST:
        return
    if announced > count:
        rest = report.text(report.sections[-1].span)
        if "附" in rest or sequence.mentions(rest, count + 1):
            return
    notes = (Note(f"第 {count} 个部分是“{report.sections[-1].heading}”", report.sections[-1].heading_span),)
    yield Finding(place, f"文字称“{said}”，报告有 {count} 个部分", notes, fix=fix)
