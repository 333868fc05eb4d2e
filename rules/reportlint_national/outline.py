"""The outline of a report's prose: its sub-headings, and the markers of lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportlint import Report, Section, Span, fact, lazy_pattern
from reportlint.grammar.numbering import NUMERALS, SIGNS, Heading, headings, value_of
from reportlint_national.tables import HOMES

# No question («是否»), and below, no saying («一是一»). The literal comes first: it is searched for fast.
_ITEM = lazy_pattern(rf"是(?<=[{NUMERALS}]是)(?!否|非)")
_NTH = lazy_pattern(rf"第([{NUMERALS}]{{1,3}})(?=[，,：:])")
_FIGURE = lazy_pattern(rf"[（(](\d{{1,2}})[）)]|(?<!\d)(\d{{1,2}})[.．、](?!\s?\d)|([{SIGNS[:10]}])")
_FIRST = lazy_pattern("1(?:(?<=[（(]1)|[.．、])")
"""Without one of these, or the sign of it, there is no list of figures."""
_STOPS = "。；;：:，,、！!？?…—（(【《“"
_MOST = 300
"""A section with more items than a report has is not looked at."""
_BLANKS = " \t\u3000\xa0\r\n"


class Item(NamedTuple):
    """The marker of an item of a list: «二是», «第二», «2.»."""

    style: str
    number: int
    span: Span
    paragraph: int
    before: str
    """The character before it, white space left out; nothing where it begins a paragraph."""
    gap: bool
    """Whether white space stands before it."""


class _Kinds(NamedTuple):
    """Of which kinds markers may be there."""

    items: bool
    ordinals: bool
    figures: bool


_NONE = _Kinds(False, False, False)


class Outline(NamedTuple):
    """What a section is made of."""

    section: Section | None
    """None for the prose before the first section."""
    paragraphs: tuple[Span, ...]
    headings: tuple[Heading, ...]
    items: tuple[Item, ...]


@fact
def outlines(report: Report) -> tuple[Outline, ...]:
    """The outline of the prose before the first section, and of every section.

    Sections with a table have no sub-headings: what stands there with a number are the table's labels.
    """
    found = [Outline(None, report.preface, (), tuple(_items(report, report.preface)))]
    for section in report.sections:
        tabular = section.tables or section.name in HOMES.values()
        titles = () if tabular else tuple(headings(report.source.text, section.paragraphs))
        found.append(Outline(section, section.paragraphs, titles, tuple(_items(report, section.paragraphs))))
    return tuple(found)


def _items(report: Report, paragraphs: tuple[Span, ...]) -> list[Item]:
    text = report.source.text
    found: list[Item] = []
    kinds = _kinds(text, paragraphs[0].start, paragraphs[-1].end) if paragraphs else _NONE
    for index, paragraph in enumerate(paragraphs if kinds != _NONE else ()):
        for style, digits, span in _markers(text, *paragraph, kinds):
            number = value_of(digits)
            if number:
                found.append(_item(text, style, number, span, index, paragraph.start))
            if len(found) > _MOST:
                return []
    return found


def _kinds(text: str, start: int, end: int) -> _Kinds:
    """Of which kinds there may be any markers in some paragraphs."""
    return _Kinds(
        _ITEM.search(text, start, end) is not None,
        _NTH.search(text, start, end) is not None,
        _has_first(text, start, end),
    )


def _markers(text: str, start: int, end: int, kinds: _Kinds) -> Iterator[tuple[str, str, Span]]:
    """What may be markers of items in a paragraph: style, number as written, place."""
    for match in _ITEM.finditer(text, start, end) if kinds.items else ():
        first = match.start() - 1
        while first > start and match.start() - first < 3 and text[first - 1] in NUMERALS:
            first -= 1
        digits = text[first : match.start()]
        if not text.startswith(digits, match.end()):
            yield "一是", digits, Span(first, match.end())
    if kinds.ordinals:
        for match in _NTH.finditer(text, start, end):
            yield "第一", match.group(1), Span(*match.span())
    if kinds.figures and _has_first(text, start, end):
        for match in _FIGURE.finditer(text, start, end):
            group = match.lastindex or 0
            style = ("（1）", "1、" if match.group().endswith("、") else "1.", "①")[group - 1]
            yield style, match.group(group), Span(*match.span())


def _has_first(text: str, start: int, end: int) -> bool:
    return _FIRST.search(text, start, end) is not None or text.find(SIGNS[0], start, end) >= 0


def _item(text: str, style: str, number: int, span: Span, paragraph: int, start: int) -> Item:
    before = span.start
    while before > start and text[before - 1] in _BLANKS:
        before -= 1
    previous = text[before - 1] if before > start else ""
    if previous and previous in '”’）)》"' and before - 1 > start and text[before - 2] in "。；！？!?;":
        previous = text[before - 2]
    return Item(style, number, span, paragraph, previous, before < span.start)


def is_bounded(item: Item) -> bool:
    """Whether an item begins a paragraph or stands behind a mark of punctuation."""
    return not item.before or item.before in _STOPS
