"""Standard sentences of a section, or of the preface, that are not there yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.blank import paragraphs
from reportlint.grammar.labels import EDGE, fold
from reportlint.language.completion.place import Completion, Kind, Place, goes_on
from reportlint.language.completion.tables import table_at
from reportlint.linter import Linter
from reportlint.model import Report
from reportlint.result import Result
from reportlint.source import Source, Span
from reportlint.wording import Wording

_SENTENCE = re.compile(r"[^。]*。")
_SENTENCE_ENDS = "。；！？："
_HEAD = re.compile(r"（[一二三四五六七八九十]{1,2}）[^。]{1,24}。|[^。，：]{2,20}：")
"""What a paragraph says before its first sentence: a sub-heading, or what it is about."""
_LONGEST_HEAD = 60
_LONGEST_LABEL = 30
_LONGEST_TEXT = 100_000
"""Of a longer text it would take too long to try what rules say."""


def sentences(
    result: Result, report: Report, linter: Linter, wording: Wording | None, place: Place
) -> Iterator[Completion]:
    """At the beginning of a line whole paragraphs; behind a sub-heading, or where a sentence is begun, sentences.

    Behind a sentence that is whole nobody knows whether another one is to follow.
    """
    if wording is None or table_at(report, place) is not None:
        return
    begins = max(map(place.before.rfind, _SENTENCE_ENDS)) + 1
    begun = place.before[begins:].lstrip(EDGE)
    if begins and not begun and not _HEAD.fullmatch(place.before[:begins].strip(EDGE)):
        return
    # What is concealed is not shown by way of a sentence that it stands in.
    organisation = report.organisation if result.organisation == report.organisation else None
    standard, phrases = _standard_of(report, wording, place, organisation)
    if begins:
        head = fold(place.before[: min(begins, _LONGEST_HEAD)].strip(EDGE))
        standard = [text for text in standard if _same_head(text, head)] or standard
        standard = [sentence for text in standard for sentence in _SENTENCE.findall(_headless(text))]
    there = _squeezed(report.text(place.section.span) if place.section is not None else _preface_of(report))
    if not begins:
        standard = [text for text in standard if not _is_begun(text, there)]
    candidates = [
        text
        for text in dict.fromkeys((*standard, *phrases))
        if text and _squeezed(text) not in there and goes_on(text, begun)
    ]
    for text in _undisputed(report, linter, place, candidates):
        label = text if len(text) <= _LONGEST_LABEL else f"{text[:_LONGEST_LABEL]}……"
        span = Span(place.offset - len(begun), place.offset)
        yield Completion(label, text, span, Kind.SENTENCE, "标准文字", text)


def _undisputed(report: Report, linter: Linter, place: Place, candidates: list[str]) -> list[str]:
    """The sentences that no rule would object to: not that no request came, where the table has some."""
    whole = report.source.text
    if not candidates or len(whole) > _LONGEST_TEXT:
        return candidates
    added, spans = "", []
    for text in candidates:
        # Where a sub-heading stands is not what is asked here.
        sentence = _headless(text)
        start = place.line.end + len(added) + 1
        spans.append(Span(start, start + len(sentence)))
        added += f"\n{sentence}"
    tried = Source(whole[: place.line.end] + added + whole[place.line.end :], report.source.path)
    found = [each.span for each in linter.examine(tried).diagnostics if each.span is not None]
    return [
        text
        for text, span in zip(candidates, spans, strict=True)
        if not any(span.start <= each.start < span.end for each in found)
    ]


def _standard_of(
    report: Report, wording: Wording, place: Place, organisation: str | None
) -> tuple[list[str], list[str]]:
    """The standard paragraphs of where the cursor is, and further sentences."""
    if place.section is not None:
        standard, phrases = (each.get(place.section.name, ()) for each in (wording.sections, wording.phrases))
        return paragraphs(standard, organisation, report.year), paragraphs(phrases, organisation, report.year)
    if report.title_span is not None and report.title_span.end < place.line.start:
        return paragraphs(wording.preface, organisation, report.year), []
    return [], []


def _is_begun(text: str, there: str) -> bool:
    """Whether a paragraph under the sub-heading of a standard one is there."""
    match = _HEAD.match(text)
    return match is not None and _squeezed(match[0]).rstrip(_SENTENCE_ENDS) in there


def _headless(text: str) -> str:
    match = _HEAD.match(text)
    return text if match is None else text[match.end() :]


def _same_head(text: str, head: str) -> bool:
    """Whether a standard paragraph begins with the sub-heading that a line begins with."""
    match = _HEAD.match(text)
    return match is not None and head.startswith(fold(match[0]))


def _preface_of(report: Report) -> str:
    return "".join(report.text(span) for span in report.preface)


def _squeezed(text: str) -> str:
    return "".join(text.split())
