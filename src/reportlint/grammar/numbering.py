"""How the parts of a Chinese official text are numbered: numerals, and the sub-headings that begin with one.

This is the writing of all such texts and not of one form: «（一）», «1.», «①».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from reportlint.patterns import lazy_pattern
from reportlint.source import Span

NUMERALS = "一二三四五六七八九十"
_ONES = NUMERALS[:9]
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_IN_BRACKETS = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
SIGNS = _CIRCLED + _IN_BRACKETS

_HEAD = lazy_pattern(
    rf"[（(]\s?(?:(?P<bracketed>[{NUMERALS}]{{1,3}})|(?P<digits_in_brackets>\d{{1,2}}))\s?[)）](?!\s?[项款目条号])[、.．,，]?"
    rf"|(?P<chinese>[{NUMERALS}]{{1,3}})\s?[、.．](?!\s?[{NUMERALS}])"
    r"|(?P<dotted>\d{1,2})\s?[.．](?!\s?\d)"
    r"|(?P<digits>\d{1,2})\s?、(?!\s?\d)"
    rf"|(?P<sign>[{SIGNS}])"
)
_STYLES = {
    "bracketed": "（一）",
    "digits_in_brackets": "（1）",
    "chinese": "一、",
    "dotted": "1.",
    "digits": "1、",
}
_WORDS = lazy_pattern(r"[^。：:；;\r\n]{0,30}")
_SENTENCE_END = "。！？；：!?;:…）)”》】"
_SHORTEST_WRAPPED_LINE = 18
_MOST = 300
"""A section with more headings than a report has is not looked at."""


class Heading(NamedTuple):
    """A sub-heading, or an item of a list that begins a paragraph."""

    style: str
    number: int
    span: Span
    """The number, with its brackets or stop."""
    words: str
    paragraph: int
    """Which of its section's paragraphs it begins."""


@lru_cache(maxsize=1_024)
def value_of(text: str) -> int | None:
    """The number that a Chinese numeral below 100, digits or a circled number stand for; None for anything else."""
    if text.isdecimal():
        return int(text)
    for signs in (_CIRCLED, _IN_BRACKETS):
        if len(text) == 1 and text in signs:
            return signs.index(text) + 1
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or not (ten or ones) or not set(tens + ones) <= set(_ONES):
        return None
    count = (_ONES.index(tens) + 1 if tens else 1) if ten else 0
    return 10 * count + (_ONES.index(ones) + 1 if ones else 0)


def numeral(number: int) -> str:
    """A number in Chinese; in digits from 100 on."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else NUMERALS[tens - 1]) + "十" if tens else ""
    return head + (NUMERALS[ones - 1] if ones else "")


def _circled(number: int) -> str:
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else str(number)


def signs_of(number: int) -> tuple[str, ...]:
    """The single characters that stand for a number."""
    return tuple(signs[number - 1] for signs in (_CIRCLED, _IN_BRACKETS) if number <= len(signs))


def style_of(heading: str) -> str | None:
    """The style in which the heading of a section is numbered."""
    match = _HEAD.match(heading)
    return _style(match) if match else None


def marker(style: str, number: int) -> str:
    """A number in a style."""
    if style == "①":
        return _circled(number)
    return style.replace("一", numeral(number)).replace("1", str(number))


def headings(text: str, paragraphs: Sequence[Span]) -> list[Heading]:
    """The sub-headings that begin the paragraphs of a section."""
    found: list[Heading] = []
    for index, span in enumerate(paragraphs):
        match = _HEAD.match(text, span.start, span.end)
        if match is None or not _begins(text, paragraphs, index):
            continue
        digits = match.group(match.lastgroup or 0)
        number = value_of(digits)
        if number:
            words = _WORDS.match(text, match.end(), span.end)
            title = words.group().strip() if words else ""
            found.append(Heading(_style(match), number, Span(*match.span()), title, index))
            if len(found) > _MOST:
                return []
    return found


def _style(match: re.Match[str]) -> str:
    if match.lastgroup == "sign":
        return "①" if match.group() in _CIRCLED else "（一）"
    return _STYLES[match.lastgroup or ""]


def _begins(text: str, paragraphs: Sequence[Span], index: int) -> bool:
    """Whether a paragraph begins anew, and is not the rest of a sentence that a PDF broke before a number."""
    if index == 0:
        return True
    before, span = paragraphs[index - 1], paragraphs[index]
    if before.end == before.start or text[before.end - 1] in _SENTENCE_END:
        return True
    line = max(before.start, text.rfind("\n", before.start, before.end) + 1)
    return before.end - line < _SHORTEST_WRAPPED_LINE or text.count("\n", before.end, span.start) > 1
