"""Lists that have more items, or fewer, than the words before them announce: «三个方面：一是…；二是…»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint import Finding, Note, Report, Span, lazy_pattern
from reportlint.grammar.numbering import Heading, value_of
from reportlint_national import sequence
from reportlint_national.lists import lists_of
from reportlint_national.outline import Item, Outline, outlines

_ANNOUNCED = lazy_pattern(
    r"(?<![第\d.])(?P<said>(?P<number>[二三四五六七八九十两]|\d{1,2})\s?"
    r"(?:(?:个|大)\s?(?:主要)?(?:方面|问题|不足|短板|难点|重点|环节|特点)|方面(?!面)|(?:项|条|点)\s?(?:主要|重点|具体)?"
    r"(?:措施|举措|工作|任务|问题|不足|内容)|点(?=[：:])))[^。；;！？\d一二三四五六七八九十]{0,12}[：:。]?\s*$"
)
_BEFORE = 40
_MOST_NOTES = 20
_HIGHER = frozenset({"（一）", "一、"})
"""The styles of headings that end a list in any other."""
_GOES_ON = lazy_pattern("此外|同时|另外|还[有要需]|最后|再[次有]|其次|以及")


def announced_items(report: Report) -> Iterator[Finding]:
    """The announcements of so many items that the list behind them has not."""
    text = report.source.text
    for outline in outlines(report):
        for items in _lists(outline):
            numbers = [item.number for item in items]
            if len(numbers) < 2 or sequence.faults(numbers):
                continue
            first = items[0]
            start = max(first.span.start - _BEFORE, outline.paragraphs[max(0, first.paragraph - 1)].start)
            match = _ANNOUNCED.search(text, start, first.span.start)
            if match is None:
                continue
            announced = 2 if match["number"] == "两" else value_of(match["number"]) or 0
            if announced in (0, 1, len(numbers)) or not _is_whole(report, outline, items, announced):
                continue
            notes = tuple(Note(f"“{report.text(item.span)}”", item.span) for item in items[:_MOST_NOTES])
            message = f"文字称“{match['said']}”，之后列出的有 {len(numbers)} 个"
            yield Finding(Span(*match.span("said")), message, notes)


def _lists(outline: Outline) -> Iterator[Sequence[Item | Heading]]:
    """The lists within paragraphs, and those of which every item is a paragraph."""
    for style in {item.style: None for item in outline.items}:
        for found in lists_of([item for item in outline.items if item.style == style], style):
            yield found.items
    for style in {heading.style: None for heading in outline.headings}:
        run: list[Heading] = []
        for heading in outline.headings:
            if heading.style == style and heading.number > 1:
                run.append(heading)
            elif heading.style == style or (run and style not in _HIGHER and heading.style in _HIGHER):
                yield run
                run = [heading] if heading.style == style else []
        yield run


def _is_whole(report: Report, outline: Outline, items: Sequence[Item | Heading], announced: int) -> bool:
    """Whether the list ends where it seems to: a shorter one may go on in other words or in the next paragraph."""
    if announced < len(items):
        return True
    last = items[-1]
    end = outline.paragraphs[last.paragraph].end
    if _GOES_ON.search(report.source.text, last.span.end, end):
        return False
    following = last.paragraph + 1
    return following == len(outline.paragraphs) or any(heading.paragraph == following for heading in outline.headings)
