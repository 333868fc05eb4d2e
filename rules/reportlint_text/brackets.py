"""Brackets and quotation marks: in pairs, and those of numbering all of one kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint import Edit, Finding, Fix, Note, Report, Severity, Span, lazy_pattern, rule
from reportlint_text import basis
from reportlint_text.prose import Prose, line_end, line_start, prose

_PAIRS = {"（": "）", "(": ")", "《": "》", "〈": "〉", "“": "”", "「": "」", "『": "』", "【": "】", "〔": "〕"}
_KIND = {mark: closing.replace(")", "）") for opening, closing in _PAIRS.items() for mark in (opening, closing)}
"""The pair that a mark belongs to; the widths of round brackets are no matter here."""
_ANY = lazy_pattern("[" + re.escape("".join(_KIND)) + "]")
_CLOSED = tuple(opening + closing for opening, closing in {**_PAIRS, "(": ")"}.items())
_NUMBER = lazy_pattern(r"(?:[\s，。；：、,;:]|^)(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-zA-Z])$").search
_HEAD = lazy_pattern(r"([(（]) ?([一二三四五六七八九十]{1,3}|\d{1,2}) ?([)）])")
_MOST_SINGLE = 5
_MOST_NOTES = 30
_MOST_MARKS = 20_000
"""More than any report has; a text of nothing else is none."""
_ROUND = "（）"


@rule(basis=basis.BRACKETS, severity=Severity.WARNING)
def unmatched_bracket(report: Report) -> Iterator[Finding]:
    """Every bracket and quotation mark has its other half in the same paragraph."""
    whole = prose(report)
    marks = "".join(_ANY.findall(whole.dense))
    if len(marks) > _MOST_MARKS or _all_closed(marks):
        return
    found = _unmatched(whole)
    if len(found) <= _MOST_SINGLE:
        for place, mark in found:
            turned = _turned(whole.text, place, mark)
            if turned is None:
                yield Finding(Span(place, place + 1), f"{_named(mark)}没有与它成对的{_named(_other(mark))}")
            elif turned == place:
                span = Span(place, place + 1)
                message = f"引号两边都是{_named(mark)}，{'前' if mark == '”' else '后'}一个的方向相反"
                yield Finding(span, message, fix=Fix((Edit(span, _other(mark)),)))
        return
    notes = tuple(Note(f"{_named(mark)}不成对", Span(place, place + 1)) for place, mark in found[1:_MOST_NOTES])
    place, mark = found[0]
    message = f"{_named(mark)}没有与它成对的{_named(_other(mark))}，全文不成对的括号、引号共有 {len(found)} 处"
    yield Finding(Span(place, place + 1), message, notes)


@rule(basis=basis.NUMBERING, severity=Severity.ADVICE)
def numbering_brackets(report: Report) -> Iterator[Finding]:
    """The brackets of numbering are full-width or half-width throughout, and alike on both sides."""
    whole = prose(report)
    text = whole.text
    by_level: dict[bool, list[re.Match[str]]] = {}
    for piece in whole.pieces:
        if text[piece.start] in "(（":
            head = _HEAD.match(text, piece.start)
            if head is not None:
                by_level.setdefault(head[2].isdecimal(), []).append(head)
    for heads in by_level.values():
        if len({(head[1], head[3]) for head in heads}) == 1 and heads[0][1] + heads[0][3] in ("()", _ROUND):
            continue
        half = [head for head in heads if head[1] + head[3] == "()"]
        full = [head for head in heads if head[1] + head[3] == _ROUND]
        kept = "()" if len(half) > len(full) else _ROUND
        others = [head for head in heads if head[1] + head[3] != kept]
        if not others:
            continue
        first = others[0]
        count = len(heads) - len(others)
        width = "半角" if kept == "()" else "全角"
        beside = f"另 {count} 处是{width}的“{kept[0]}{kept[1]}”" if count else "一个半角、一个全角"
        notes = tuple(Note(f"编号“{head[0]}”", Span(*head.span())) for head in others[1:_MOST_NOTES])
        edits = tuple(
            Edit(Span(head.start(group), head.end(group)), mark)
            for head in others
            for group, mark in ((1, kept[0]), (3, kept[1]))
            if head[group] != mark
        )
        yield Finding(Span(*first.span()), f"编号“{first[0]}”的括号与全文不一致，{beside}", notes, fix=Fix(edits))


def _all_closed(marks: str) -> bool:
    """Whether marks are in pairs; some that are not at once seen to be get a closer look."""
    marks = marks.replace("(", "（").replace(")", "）")
    before = -1
    for _ in range(4):
        if not marks or len(marks) == before:
            break
        before = len(marks)
        for pair in _CLOSED:
            marks = marks.replace(pair, "")
    return not marks


def _unmatched(whole: Prose) -> list[tuple[int, str]]:
    """The marks without their other half.

    What one piece opens the next may close: a table or the end of a page may stand between them.
    """
    text = whole.text
    lost: list[tuple[int, str]] = []
    before: list[tuple[int, str]] = []  # what the last piece has left open
    for piece in whole.pieces:
        stack: list[tuple[int, str]] = []
        count = dict.fromkeys(_KIND.values(), 0)
        if text[piece.start] == "“":
            # Where a quotation runs over paragraphs each of them is opened and only the last closed.
            before = [item for item in before if item[1] != "“"]
        for match in _ANY.finditer(text, *piece):
            mark, place = match[0], match.start()
            kind = _KIND[mark]
            if mark in _PAIRS:
                stack.append((place, mark))
                count[kind] += 1
            elif count[kind]:
                while _KIND[stack[-1][1]] != kind:
                    lost.append(stack.pop())
                    count[_KIND[lost[-1][1]]] -= 1
                stack.pop()
                count[kind] -= 1
            elif kind == "）" and _NUMBER(text, max(0, place - 4), place):
                continue
            elif before and _KIND[before[-1][1]] == kind:
                before.pop()
            else:
                lost.append((place, mark))
        lost += before
        before = stack
    return sorted(lost + before)


def _named(mark: str) -> str:
    """A mark in a message, where a quotation mark in quotation marks would be hard to read."""
    return {"“": "前引号", "”": "后引号"}.get(mark, f"“{mark}”")


def _other(mark: str) -> str:
    if mark in _PAIRS:
        return _PAIRS[mark]
    return next(opening for opening, closing in _PAIRS.items() if closing == mark)


def _turned(text: str, place: int, mark: str) -> int | None:
    """Which of two quotation marks looks the wrong way, where the only two in a line look alike."""
    if mark not in "“”":
        return None
    start = line_start(text, place)
    line = text[start : line_end(text, place)]
    if line.count(mark) != 2 or _other(mark) in line:
        return None
    return start + (line.index(mark) if mark == "”" else line.rindex(mark))
