"""What may be written at a place: headings, rows and sentences that the form has there and the report has not.

A line that is begun is gone on with; nothing is offered where there is more behind it, so that no sentence or figure is
broken in two. What stands in the report already is not offered again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint import days
from reportlint.blank import MARKS, blank, title, wording_for
from reportlint.errors import ReportlintError
from reportlint.grammar.labels import EDGE
from reportlint.language.completion.place import Completion, Kind, Place, goes_on, layout_of, place_at
from reportlint.language.completion.sentences import sentences
from reportlint.language.completion.tables import rows, tables
from reportlint.linter import Linter
from reportlint.model import Report
from reportlint.result import Result

__all__ = ["Completion", "Kind", "completions"]

_NAMED = re.compile(r"(?P<name>.*?)(?P<year>(?:19|20)\d\d)?年?度?")
_LONGEST_NAME = 100


def completions(result: Result, linter: Linter, offset: int, year: int | None = None) -> list[Completion]:
    """What may be written at an offset, what is likeliest first.

    `year` is that of a report whose title is not written yet: last year's, unless another one is given.
    """
    report, text = result.report, result.source.text
    if report is None or not result.source.is_text or not 0 <= offset <= len(text):
        return []
    place = place_at(report, offset)
    wording = wording_for(linter, report.form)
    year = int(days.today()[:4]) - 1 if year is None else year
    found = [*rows(report, wording, place)]
    if not found and not place.after.strip():
        found = [*_beginning(report, linter, place, year), *tables(report, wording, place)]
        headings, written = [*_headings(report, place)], [*sentences(result, report, linter, wording, place)]
        # A section that says nothing yet is not done with.
        found += [*written, *headings] if _nothing_said(report, place) else [*headings, *written]
    end = "\r\n" if "\r\n" in text else "\n"
    return [each._replace(insert=each.insert.replace("\n", end)) for each in found]


def _beginning(report: Report, linter: Linter, place: Place, year: int) -> Iterator[Completion]:
    text = report.source.text
    if report.sections or text[place.line.end :].strip():
        return
    if not text[: place.line.start].strip():
        yield from _title(report, linter, place, year)
        return
    after_title = report.title_span.end if report.title_span is not None else len(text)
    if (
        report.organisation
        and report.year is not None
        and not text[after_title:].strip()
        and after_title < place.offset
    ):
        whole = _blank(linter, report.organisation, report.year, layout_of(report))
        if whole is not None:
            rest = whole.partition("\n")[2].strip("\n") + "\n"
            yield Completion("其余部分", rest, place.line, Kind.REPORT, "各项为 0", rest)


def _title(report: Report, linter: Linter, place: Place, year: int) -> Iterator[Completion]:
    """A title for whoever is named on the first line, and a report with it."""
    match = _NAMED.fullmatch(place.typed) if len(place.typed) <= _LONGEST_NAME else None
    if match is None:
        return
    name, of = match["name"].strip(), int(match["year"] or year)
    layout = layout_of(report)
    try:
        words = title(linter, name, of)
    except ReportlintError:
        # A year of which nothing can be written.
        return
    hint = "" if name else "前面写上单位名称"
    yield Completion(words, f"{MARKS[layout][0]}{words}", place.line, Kind.TITLE, "标题", hint)
    whole = _blank(linter, name, of, layout) if name else None
    if whole is not None:
        yield Completion(f"{words}（整份）", whole, place.line, Kind.REPORT, "整份报告，各项为 0", whole)


def _blank(linter: Linter, organisation: str, year: int, layout: str) -> str | None:
    try:
        return blank(linter, organisation, year, layout=layout)
    except ReportlintError:
        # No such report can be written: then none is offered.
        return None


def _headings(report: Report, place: Place) -> Iterator[Completion]:
    """The headings that are missing: first those that come next, then those that were left out before."""
    form = report.form
    if not report.source.text[: place.line.start].strip():
        # The title comes first.
        return
    there = [each.name for each in report.sections if not place.line.start <= each.heading_span.start <= place.line.end]
    current = form.sections.index(place.section.name) if place.section is not None else -1
    order = [*form.sections[current + 1 :], *form.sections[: current + 1]]
    own = place.before[: len(place.before) - len(place.before.lstrip(EDGE))]
    mark = f"{own.rstrip()} " if own.strip() else MARKS[layout_of(report)][1]
    for name in order:
        label = form.label(name)
        if name not in there and goes_on(label, place.typed):
            number = form.sections.index(name) + 1
            detail = f"第 {number} 部分，共 {len(form.sections)} 个部分"
            yield Completion(label, f"{mark}{label}", place.line, Kind.HEADING, detail)


def _nothing_said(report: Report, place: Place) -> bool:
    """Whether the section that the cursor is in, or the preface, has no prose but what is being typed."""
    if place.section is not None:
        spans = place.section.paragraphs
    else:
        after_title = report.title_span.end if report.title_span is not None else 0
        spans = tuple(span for span in report.preface if span.start >= after_title)
    return all(place.line.start <= span.start <= place.line.end for span in spans)
