"""What a clause says in its context: which noun or verb each figure belongs to.

A figure belongs to the words before it, or where there are none to those behind it; a figure next to a word
that the grammar does not know belongs to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportlint.grammar.lexicon import ASPECT, BRINGING, DETAIL, MENTION, NAME, NOUN, SUM, VERB, WEAK_MENTION, Lexicon
from reportlint.lowering.clauses import (
    APPROXIMATE,
    EACH,
    ELSEWHEN,
    FOREIGN,
    JOINED,
    LEFT_OVER,
    NOT,
    REMAINDER,
    RESPECTIVELY,
    REST,
    RESTS,
    SHARE,
    UNKNOWN,
    VOID,
    Context,
    Figure,
    Mark,
    Reading,
    Said,
)
from reportlint.lowering.denials import denial
from reportlint.lowering.subjects import has_unknown, is_a, leading, only_verbs, select, topic_of, words_of

_YEAR = "year"
_PERCENT = "%"
_COUNTED = frozenset({"件", "件次", "宗", "份", "起", "次", "例", "个", "条", "项", "元", "万元", "亿元", "%", "部"})
"""Units of what a table may hold; a figure with another unit counts something else."""
_ITEMS = frozenset({"项", "条", "类"})
_MONEY = frozenset({"元", "万元", "亿元"})


def read(reading: Reading, context: Context, lexicon: Lexicon) -> list[Said]:
    """What a clause says in its context."""
    if VOID in reading.kinds or FOREIGN in reading.kinds or ELSEWHEN in reading.kinds:
        return []
    if context.open_figure is not None and not reading.figures and NOT not in reading.kinds:
        return _closed(reading, context, context.open_figure)
    figures = [figure for figure in reading.figures if not (figure.one and NOT in reading.kinds)]
    if NOT in reading.kinds:
        return [] if figures else denial(reading, context, lexicon)
    if not figures:
        return []
    if RESPECTIVELY in reading.kinds:
        return _series(reading, context, lexicon)
    return _counts(reading, context, lexicon)


def _closed(reading: Reading, context: Context, figure: Figure) -> list[Said]:
    """«另有2件因…尚未答复，结转下年度办理»: a figure that the clause behind it gives its subject."""
    words = [mark.word for mark in reading.marks[0] if mark.word is not None]
    names = [word for word in words if word.category == NAME and word.partition == _YEAR]
    subjects = select(names, names[0].topic, context) if names else []
    return [Said(subject, figure, figure.start, figure.stop, True) for subject in subjects[:1]]


def _series(reading: Reading, context: Context, lexicon: Lexicon) -> list[Said]:
    """«行政许可、行政处罚分别为3件和2件»: as many subjects as figures, in order."""
    before = reading.marks[0]
    cut = next((index for index, mark in enumerate(before) if mark.kind == RESPECTIVELY), None)
    if cut is None:
        return _counts(reading, context, lexicon)
    groups: list[list[Mark]] = [[]]
    for mark in before[:cut]:
        if mark.kind == JOINED:
            groups.append([])
        else:
            groups[-1].append(mark)
    all_words = [mark.word for mark in before if mark.word is not None]
    topic = topic_of(all_words, context)
    if topic is None:
        return []
    base = [word for word in all_words if word.topic == topic and word.category == NAME]
    shared = [word for word in all_words if word.topic == topic and word.category == ASPECT]
    subjects: list[str] = []
    for group in groups:
        words = words_of([mark.word for mark in group if mark.word is not None], topic)
        if words and all(word.category == ASPECT for word in words):
            words = [*base[:1], *words]
        elif words and len(shared) == 1:
            words = [*words, shared[0]]
        found = select(words, topic, context)
        if len(found) == 1:
            subjects.append(found[0])
        elif words and words[0].category == ASPECT:
            return []
    if len(subjects) != len(reading.figures):
        return []
    start = before[0].start if before else reading.start
    return [
        Said(subject, figure, start, figure.stop, True)
        for subject, figure in zip(subjects, reading.figures, strict=True)
        if _counts_something(figure)
    ]


def _counts(reading: Reading, context: Context, lexicon: Lexicon) -> list[Said]:
    """Figure by figure: the words before it, or where there are none, those behind it."""
    figures = reading.figures
    found: list[Said] = []
    before: list[Mark] = list(reading.marks[0])
    topic = context.topic
    for index, figure in enumerate(figures):
        behind = list(reading.marks[index + 1])
        following: list[Mark] = []
        has_words = any(mark.word is not None or mark.kind in RESTS for mark in before)
        if index + 1 < len(figures):
            cut = next((i for i, mark in enumerate(behind) if mark.kind == JOINED), None)
            if cut is not None:
                behind, following = behind[:cut], behind[cut + 1 :]
            elif has_words:
                lead = leading(behind) if only_verbs(before) else []
                behind, following = lead, behind[len(lead) :]
        if not has_words and context.pending and index == 0 and not behind and not has_unknown(before):
            before = [*context.pending, *before]
        if _counts_something(figure):
            said = _count(figure, before, behind, context._replace(topic=topic), lexicon)
            found.extend(said)
            if said:
                context = context._replace(last=said[-1].subject, aspect=said[-1].subject.partition(".")[2])
        for mark in (*before, *behind):
            if mark.word is not None and mark.word.category in BRINGING:
                topic = mark.word.topic
            if is_a(mark, NAME):
                context = context.naming(mark.word)  # type: ignore[arg-type]
        before = following
    return found


def _count(
    figure: Figure, before: Sequence[Mark], behind: Sequence[Mark], context: Context, lexicon: Lexicon
) -> list[Said]:
    start = next((mark.start for mark in before if mark.word is not None), figure.start)
    if figure.unit == _PERCENT:
        return _share(figure, before, behind, context, start)
    if any(mark.kind == SHARE for mark in before):
        return []
    if before and before[-1].kind == UNKNOWN:
        return []
    if any(mark.kind == REMAINDER for mark in before) and not any(
        is_a(mark, NAME, NOUN) for mark in (*before, *behind)
    ):
        return []
    if len(behind) == 1 and is_a(behind[0], NAME) and behind[0].word.partition == _YEAR and before:  # type: ignore[union-attr]
        # «年末新收的3宗转结至2025年»
        before = ()
    if before and before[-1].kind in RESTS and behind and behind[0].word is not None:
        before = before[:-1]
    elif before and before[-1].kind == LEFT_OVER:
        return []
    elif before and before[-1].kind == REST and context.partition is not None:
        rest = lexicon.rests.get(context.partition)
        if rest and context.partition[1] == ASPECT:
            rest = f"{context.name(context.partition[0])}.{rest}"
        return [Said(rest, figure, before[-1].start, figure.stop, True)] if rest else []
    words = [mark.word for mark in before if mark.word is not None]
    stop = figure.stop
    if not words:
        if behind and behind[0].kind == UNKNOWN:
            return []
        if has_unknown(behind) and all(is_a(mark, MENTION, WEAK_MENTION) or mark.word is None for mark in behind):
            return []
        used = behind
        words = [mark.word for mark in used if mark.word is not None]
        stop = max((mark.end for mark in used if mark.word is not None), default=stop)
        start = min(start, figure.start)
    elif all(word.category in (VERB, SUM) for word in words):
        lead = leading(behind)
        if behind and behind[0].kind == UNKNOWN:
            lead = [mark for mark in behind[1:2] if is_a(mark, MENTION, WEAK_MENTION)]
            if not lead:
                return []
        words += [mark.word for mark in lead if mark.word is not None]
        stop = max((mark.end for mark in lead), default=stop)
    if not words and context.last_share is not None and not has_unknown(before):
        return [Said(context.last_share, figure, start, stop, True)]
    topic = topic_of(words, context)
    if topic is None or not words:
        return []
    of_topic = words_of(words, topic)
    weak = all(word.category in (WEAK_MENTION, VERB, SUM) for word in of_topic)
    if weak and any(mark.kind == UNKNOWN and is_a(next_, WEAK_MENTION) for mark, next_ in pairwise(before)):
        return []
    idle, incomplete = lexicon.lists.get("idle", frozenset()), lexicon.lists.get("incomplete", frozenset())
    selected = select(of_topic, topic, context, idle=idle)
    if context.aspect and selected and all(subject in incomplete for subject in selected):
        # «现行有效的规章2件、行政规范性文件4件»
        selected = [f"{subject}.{context.aspect}" for subject in selected]
    subjects = [subject for subject in selected if subject not in incomplete]
    if figure.unit in _ITEMS:
        subjects = [s for s in subjects if s not in lexicon.lists.get("never_items", ())]
    if figure.unit is not None:
        money = lexicon.lists.get("money", frozenset())
        subjects = [s for s in subjects if (s in money) == (figure.unit in _MONEY)]
    alike = all(word.category in (VERB, MENTION, WEAK_MENTION) for word in of_topic)
    if len(subjects) > 1 and not (alike or figure.zero or any(mark.kind == EACH for mark in before)):
        return []
    strong = any(word.category in (NAME, NOUN, DETAIL, ASPECT) for word in of_topic)
    return [Said(subject, figure, start, stop, strong) for subject in subjects]


def _share(figure: Figure, before: Sequence[Mark], behind: Sequence[Mark], context: Context, start: int) -> list[Said]:
    """«占30.61%»: of what the words before it name, or of what was stated last."""
    if not context.sharing and not any(mark.kind == SHARE for mark in (*before, *behind)):
        return []
    words = [mark.word for mark in before if mark.word is not None]
    words = [word for word in words if word.category in (NAME, NOUN, DETAIL)]
    topic = topic_of(words, context)
    subjects = select(words_of(words, topic), topic, context) if words and topic else []
    if any(mark.kind == APPROXIMATE for mark in before):
        figure = figure._replace(approximate=True)
    named = any(mark.kind in (UNKNOWN, *RESTS) for mark in before)
    if not subjects and context.last is not None and not words and not named:
        subjects = [context.last]
    return [Said(subject, figure, start, figure.stop, True) for subject in subjects[:1]] if len(subjects) == 1 else []


def _counts_something(figure: Figure) -> bool:
    return figure.unit is None or figure.unit in _COUNTED
