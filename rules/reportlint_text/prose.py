"""The prose of a report as the rules of this pack read it: one text, looked through once for each report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportlint import Report, Span, fact, lazy_pattern

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇"
"""Chinese characters, for use within a character class."""
_FEWEST_BREAKS = 3
_LONGEST_WRAPPED_LINE = 60
_FILLER = "\n"
_MARKS = lazy_pattern("[。《》]").search
"""What the opening has and furniture of web pages has not; a wrapped line of it may have no stop."""


class Prose(NamedTuple):
    """The source with all that is no prose blanked out, so that places in it are places in the source."""

    text: str
    dense: str
    """The same with one line end for each stretch blanked out: half the size, to find out what is not there at all."""
    pieces: tuple[Span, ...]
    """Paragraphs and headings of sections, in their order; a piece of a wrapped text has line ends in it."""
    wrapped: bool
    """Whether lines are broken where the page ended, and their white space need not be the author's."""
    rendered: bool
    """Whether a reader made the text of something else: what stood between words there is not known."""


@fact
def prose(report: Report) -> Prose:
    """The title, the headings and the paragraphs, without tables, furniture of web pages and lists of contents."""
    text = report.source.text
    spans = [
        span
        for span in report.preface
        if _MARKS(text, span.start, span.end)
        or (report.title_span is not None and span.start <= report.title_span.start < span.end)
    ]
    for section in report.sections:
        spans.append(section.heading_span)
        spans.extend(section.paragraphs)
    tables = [table.span for table in (*report.tables.values(), *report.extra_tables)]
    kept = _apart(text, spans, tables)
    breaks = [end for span, words in kept if "\n" in words for end in _line_ends(text, span)]
    wrapped = len(breaks) >= _FEWEST_BREAKS and all(length <= _LONGEST_WRAPPED_LINE for _, length in breaks)
    if breaks and not wrapped:
        kept = [(line, text[line.start : line.end]) for span, _ in kept for line in _lines(text, span)]
    return Prose(*_blanked(kept), tuple([span for span, _ in kept]), wrapped, not report.source.keeps_white_space)


def _apart(text: str, spans: list[Span], tables: list[Span]) -> list[tuple[Span, str]]:
    """The spans in their order and their words: none overlaps another, lies within a table or has the fields of one."""
    kept: list[tuple[Span, str]] = []
    floor = 0
    for span in sorted(spans):
        start, end = span
        words = text[start:end]
        if start < floor or "\t" in words or "|" in words:
            continue
        for first, last in tables:
            if first <= start < last:
                break
        else:
            kept.append((span, words))
            floor = end
    return kept


def _line_ends(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The ends of lines within a span, each with the length of its line."""
    start = span.start
    end = text.find("\n", *span)
    while end >= 0:
        if end > start:
            yield end, end - start
        start = end + 1
        end = text.find("\n", start, span.end)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for line in text[span.start : span.end].splitlines(keepends=True):
        words = line.strip()
        if words:
            first = start + line.index(words[0])
            yield Span(first, first + len(words))
        start += len(line)


def _blanked(kept: list[tuple[Span, str]]) -> tuple[str, str]:
    """The text with all but some spans blanked out, and the same with one filler for each stretch."""
    parts: list[str] = []
    dense: list[str] = []
    floor = 0
    for (start, end), words in kept:
        parts += (_FILLER * (start - floor), words)
        dense += (_FILLER, words) if start > floor else (words,)
        floor = end
    return "".join(parts), "".join(dense)


def line_start(text: str, place: int, within: int = 1_000) -> int:
    """Where the line of a place begins; of a longer line, where the characters looked at begin.

    What looks back from many places may not look through a whole text each time.
    """
    first = max(0, place - within)
    start = text.rfind("\n", first, place) + 1
    return start or first


def line_end(text: str, place: int, within: int = 1_000) -> int:
    """Where the line of a place ends; of a longer line, where the characters looked at end."""
    last = min(len(text), place + within)
    end = text.find("\n", place, last)
    return last if end < 0 else end
