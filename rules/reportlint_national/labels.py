"""Labels of the form that have lost, doubled or swapped characters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportlint import Edit, Finding, Fix, Report, Severity, Span, Table, fact, lazy_pattern, rule
from reportlint.grammar.labels import fold
from reportlint.model import Block
from reportlint_national import basis
from reportlint_national.outline import outlines

_SHORTEST = 4
_LONGEST = 60
_NUMBER = lazy_pattern(r"^(?:\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}[、.,:]|\d[、.,:)])+")
_EXPLANATION = lazy_pattern(r"\([^()]{0,60}\)?")
_ALIKE = str.maketrans({"它": "他", '"': None, "'": None, "、": None, ",": None, ".": None, ":": None, ";": None})
_NO_WORDS = lazy_pattern(r"[\d\s.,|/\-—–]*")
_FIGURE = lazy_pattern(r"\d")
_BORDER = " \t|\u3000\xa0"
_LENGTHS = range(_SHORTEST - 1, _LONGEST)
_FIELD = lazy_pattern(r"[^\t|\n]+")
_BEHIND = 160
_LONGEST_KEPT = 400
"""In characters; what a longer line falls into is not kept for the next time."""

# What the sub-headings of section one are called, with and without the words that may follow.
_ASPECTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
_ENDINGS = ("情况", "方面")
_WHOLE = frozenset(aspect + ending for aspect in _ASPECTS for ending in ("", *_ENDINGS))
_TWICE = lazy_pattern(r"(政府|政务|信息|公开|主动|申请|管理|平台|建设|监督|保障|情况|工作|方面)\1")
_SHORTENED = frozenset(("申请公开",))


class _Damage(NamedTuple):
    words: str
    """What is the matter, for the message."""


class _Aspect(NamedTuple):
    whole: str
    """The words of a sub-heading without the damage."""
    damage: _Damage


class _Compared(NamedTuple):
    words: str
    whole: str
    damage: _Damage | None


@rule(basis=basis.TABLES, severity=Severity.WARNING, forms=basis.ANNUAL, tables_alone=True)
def label_damage(report: Report) -> Iterator[Finding]:
    """The labels of tables and the sub-headings of section one have no characters lost, doubled or swapped."""
    text, labels = report.source.text, report.form.labels
    for table in report.judged_tables:
        for row, (start, end) in table.rows.items():
            official = labels.get(row, row)
            if text[start:end] != official and not _is_across(report.form.tables[table.name], row):
                yield from _label(report, Span(start, end), official)
        if text.find("\t", *table.span) >= 0 or text.find("|", *table.span) >= 0:
            yield from _columns(report, table)
    yield from _subheadings(report)


def _is_across(blocks: tuple[Block, ...], row: str) -> bool:
    return any(block.across and row in block.rows for block in blocks)


def _label(report: Report, span: Span, official: str) -> Iterator[Finding]:
    text = report.text(span)
    if text == official or len(text) > _LONGEST:
        return
    words, whole, damage = _compared(text, official)
    if damage is None or _goes_on(report, span, words, whole):
        return
    start = text.find(words)
    if start < 0:
        yield Finding(span, f"“{' '.join(text.split())}”{damage.words}，格式为“{official}”")
        return
    # In one piece: the words alone, without what a PDF put before them.
    place = Span(span.start + start, span.start + start + len(words))
    yield Finding(place, f"“{words}”{damage.words}，格式为“{official}”", fix=Fix((Edit(place, whole),), safe=False))


@lru_cache(maxsize=1_024)
def _compared(text: str, official: str) -> _Compared:
    """A label's own words, those of the form's, and what is the matter with them."""
    whole, folded = core(official), fold(text)
    number = _NUMBER.match(fold(official))
    start = folded.find(number.group()) if number else -1
    words = core(folded[start:] if start > 0 else folded)
    return _Compared(words, whole, None if words.endswith(whole) else damage_of(words, whole))


def core(label: str) -> str:
    """A label's own words: folded, without number, explanation in brackets and punctuation."""
    return _EXPLANATION.sub("", _NUMBER.sub("", fold(label))).translate(_ALIKE)


def damage_of(words: str, whole: str, *, substituted: bool = True) -> _Damage | None:
    """What makes words a damaged form of whole ones; None where they are the same, shorter on purpose or others.

    Words of two characters are left out on purpose, as a rule; one or three characters are not.
    """
    if words == whole or len(whole) < _SHORTEST or not words:
        return None
    head = 0
    while head < min(len(words), len(whole)) and words[head] == whole[head]:
        head += 1
    tail = 0
    while tail < min(len(words), len(whole)) - head and words[-1 - tail] == whole[-1 - tail]:
        tail += 1
    has, lacks = words[head : len(words) - tail], whole[head : len(whole) - tail]
    if lacks and not has:
        return _Damage(f"缺“{lacks}”") if len(lacks) in (1, 3) and len(words) >= _SHORTEST - 1 else None
    if has and not lacks:
        twice = has == words[head - len(has) : head] or has == words[head + len(has) : head + 2 * len(has)]
        return _Damage(f"多“{has}”") if twice and len(has) <= _SHORTEST else None
    if len(has) == 2 and has == lacks[::-1]:
        return _Damage(f"中“{has}”两字颠倒")
    if substituted and len(has) == len(lacks) == 1 and len(whole) >= _SHORTEST:
        return _Damage(f"中“{has}”与“{lacks}”不同")
    return None


def _goes_on(report: Report, span: Span, words: str, whole: str) -> bool:
    """Whether what a label lacks stands on the lines beside it, where a PDF broke it."""
    text = report.source.text
    behind = _NO_WORDS.sub("", fold(text[span.end : span.end + _BEHIND])).translate(_ALIKE)
    before = _NO_WORDS.sub("", fold(text[max(0, span.start - _BEHIND) : span.start])).translate(_ALIKE)
    shared = 0
    while shared < len(words) and words[shared] == whole[shared : shared + 1]:
        shared += 1
    # All that the label lacks from the place on where it parts from the form's.
    if behind.startswith(whole[len(words) :]) and shared == len(words):
        return True
    return whole.endswith(words) and before.endswith(whole[: -len(words)])


@fact
def _known(report: Report) -> frozenset[str]:
    """All labels of the form."""
    return frozenset(report.form.labels.values())


def _columns(report: Report, table: Table) -> Iterator[Finding]:
    """Damaged labels of columns, in a line of heads that has a whole label too."""
    form, text = report.form, report.source.text
    known = _known(report)
    blocks = form.tables[table.name]
    names_of = (name for block in blocks for name in (*block.columns, *(block.rows if block.across else ())))
    labels = tuple({form.label(name): None for name in names_of})
    seen: set[str] = set()
    for first, line in _lines(text, table.span):
        names = _names(line) if len(line) <= _LONGEST_KEPT else _names.__wrapped__(line)
        if len(names) < 2:
            continue
        strange = [(first + at, name) for at, name in names if name not in known and len(name) in _LENGTHS]
        if not strange or not any(name in known for _, name in names):
            continue
        for start, name in strange:
            label = None if name in seen else _damaged_column(name, labels)
            seen.add(name)
            if label is not None:
                field = _FIELD.match(text, start, first + len(line))
                words = field.group() if field else name
                start += len(words) - len(words.lstrip())
                yield from _label(report, Span(start, start + len(words.strip())), label)


def _lines(text: str, span: Span) -> Iterator[tuple[int, str]]:
    """The lines with separators that do not end with a figure, and where they begin."""
    start, end = span
    if start and text[start - 1] != "\n":
        start = text.find("\n", start, end) + 1 or end
    for line in text[start:end].split("\n"):
        if ("\t" in line or "|" in line) and not line.rstrip(_BORDER)[-1:].isdecimal():
            yield start, line
        start += len(line) + 1


@lru_cache(maxsize=1_024)
def _names(line: str) -> tuple[tuple[int, str], ...]:
    """The fields of a line without white space, and where they begin; none of a line with figures."""
    if _FIGURE.search(line):
        return ()
    return tuple((match.start(), "".join(match.group().split())) for match in _FIELD.finditer(line))


@lru_cache(maxsize=1_024)
def _damaged_column(name: str, labels: tuple[str, ...]) -> str | None:
    """The label that a head is a damaged form of."""
    return next((label for label in labels if _compared(name, label).damage is not None), None)


def _subheadings(report: Report) -> Iterator[Finding]:
    for outline in outlines(report):
        if outline.section is None or outline.section.name != "overview":
            continue
        for heading in outline.headings:
            if heading.words in _WHOLE:
                continue
            words = fold(heading.words)
            start = report.source.text.find(heading.words, heading.span.end) if heading.words else -1
            aspect = _damaged_aspect(words)
            if start >= 0 and aspect is not None:
                span = Span(start, start + len(heading.words))
                certain = words == heading.words and _damaged_aspect(aspect.whole) is None
                fix = Fix((Edit(span, aspect.whole),), safe=False) if certain else None
                yield Finding(span, f"小标题“{heading.words}”{aspect.damage.words}", fix=fix)


def _damaged_aspect(words: str) -> _Aspect | None:
    twice = _TWICE.search(words)
    if twice is not None:
        whole = words[: twice.end(1)] + words[twice.end() :]
        return _Aspect(whole, _Damage(f"多“{twice.group(1)}”"))
    if any(aspect in words for aspect in _ASPECTS) or words in _SHORTENED or len(words) > 2 * len(_ASPECTS[3]):
        return None
    ending = next((ending for ending in _ENDINGS if words.endswith(ending)), "")
    bare = words.removesuffix(ending)
    if bare in _SHORTENED:
        return None
    for aspect in _ASPECTS:
        damage = damage_of(bare, aspect, substituted=False)
        if damage is not None:
            return _Aspect(aspect + ending, damage)
    return None
