"""Half-width marks of punctuation between Chinese characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from reportlint import Edit, Finding, Fix, Note, Report, Severity, Span, lazy_pattern, rule
from reportlint_text import basis
from reportlint_text.prose import HAN, line_start, prose

_STOP = lazy_pattern(rf"(?<=[{HAN}]{{3}})\.(?=\n|\Z)")
_TITLE = lazy_pattern(rf"<(?=[{HAN}])[^<>\n]{{4,60}}(?<=[{HAN}])>")
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_MARK = lazy_pattern(rf"[,;:!?](?: ?(?=[{HAN}“‘（《〈「『【〔])|(?=[\n”’」』])|\Z)")
_CLOSING = frozenset("”’」』")
_BEFORE = lazy_pattern(f"[{HAN}”’）》〉」』】〕%％‰]").match
_NUMERAL = lazy_pattern(r"[\d一二三四五六七八九十]{1,3}").fullmatch
_PAIR = lazy_pattern(r"[(（]([^()（）\n]{1,80})[)）]")
_FULL_PAIR = lazy_pattern(r"（[^()（）\n]{1,80}）")
_HAS_HAN = lazy_pattern(f"[{HAN}]").search
_LONGEST_NUMBER = 8
_MOST_SINGLE = 5
_MOST_NOTES = 30
_MOST_SLIPS = 2_000


class _Slip(NamedTuple):
    span: Span
    mark: str
    edits: tuple[Edit, ...]


@rule(basis=basis.PUNCTUATION, severity=Severity.WARNING)
def half_width_punctuation(report: Report) -> Iterator[Finding]:
    """Between Chinese characters punctuation is full-width."""
    text = prose(report).text
    marks = list(islice(_marks(text), _MOST_SLIPS)) if any(mark in text for mark in _FULL) else []
    if len(marks) <= _MOST_SINGLE:
        for slip in marks:
            message = f"汉字之间的“{slip.mark}”是半角，通行用全角“{_FULL[slip.mark]}”"
            yield Finding(slip.span, message, fix=Fix(slip.edits))
    else:
        # A text that hardly has the full-width mark is written so throughout.
        counts = Counter(slip.mark for slip in marks)
        style = all(text.count(_FULL[mark]) < count for mark, count in counts.items())
        which = "、".join(f"“{mark}” {count} 处" for mark, count in counts.most_common())
        message = f"汉字之间的标点有 {len(marks)} 处是半角（{which}），通行用全角"
        yield _together(marks, message, Severity.ADVICE if style else None)
    for match in islice(_STOP.finditer(text), _MOST_SINGLE) if "." in text else ():
        fix = Fix((Edit(Span(*match.span()), "。"),))
        yield Finding(Span(*match.span()), "句末的“.”是半角，通行用全角“。”", fix=fix)
    for match in islice(_TITLE.finditer(text), _MOST_SINGLE) if "<" in text else ():
        start, end = match.span()
        fix = Fix((Edit(Span(start, start + 1), "《"), Edit(Span(end - 1, end), "》")))
        yield Finding(Span(start, end), f"“{match[0]}”用的是半角的尖括号，书名号为“《》”", fix=fix)
    if "(" not in text and ")" not in text:
        return
    pairs = list(islice(_pairs(text), _MOST_SLIPS))
    for slip in pairs:
        if slip.mark == "()":
            continue
        yield Finding(slip.span, f"括号“{slip.mark}”一个半角、一个全角", fix=Fix(slip.edits))
    half = [slip for slip in pairs if slip.mark == "()"]
    if half:
        full = len(_FULL_PAIR.findall(text))
        beside = f"，另有 {full} 处是全角" if full else ""
        yield _together(half, f"中文的括号有 {len(half)} 处是半角{beside}，通行用全角", Severity.ADVICE)


def _marks(text: str) -> Iterator[_Slip]:
    for match in _MARK.finditer(text):
        start, end = match.span()
        mark = text[start]
        before = text[start - 1] if start else "\n"
        after = text[end : end + 1]
        if mark == "?" and after not in _CLOSING:
            # Behind a title, or in a name, it is a character that an encoding had no place for.
            continue
        if not (_BEFORE(before) or (before.isdecimal() and mark in ",;" and after not in "\n")):
            continue
        if _NUMERAL(text, line_start(text, start, _LONGEST_NUMBER), start):
            continue
        yield _Slip(Span(start, start + 1), mark, (Edit(Span(start, end), _FULL[mark]),))


def _pairs(text: str) -> Iterator[_Slip]:
    """Brackets around Chinese words, at least one of them half-width; numbering and links are none."""
    for match in _PAIR.finditer(text):
        start, end = match.span()
        mark = text[start] + text[end - 1]
        if mark == "（）" or not _HAS_HAN(match[1]) or _NUMERAL(match[1].strip()):
            continue
        if start and text[start - 1] == "]":
            continue
        opening, closing = Span(start, start + 1), Span(end - 1, end)
        sides = ((opening, "(", "（"), (closing, ")", "）"))
        edits = tuple(Edit(span, full) for span, half, full in sides if text[span.start] == half)
        yield _Slip(Span(start, end), mark, edits)


def _together(slips: list[_Slip], message: str, severity: Severity | None) -> Finding:
    notes = tuple(Note(f"“{slip.mark}”是半角", slip.span) for slip in slips[1:_MOST_NOTES])
    edits = tuple(edit for slip in slips for edit in slip.edits)
    return Finding(slips[0].span, message, notes, severity, Fix(edits))
