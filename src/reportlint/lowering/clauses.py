"""What a clause says: its figures, and the words of a claims grammar before and behind each.

A clause is read as a reader would: which noun or verb a figure belongs to depends on which of the
two comes first, on what is joined, and on the topic that the text has brought up. Words that the
grammar does not know stand between (`UNKNOWN`), and a figure next to one belongs to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from reportlint.grammar.lexicon import (
    ASPECT,
    BRINGING,
    DETAIL,
    MENTION,
    NAME,
    NOUN,
    SUM,
    VERB,
    WEAK_MENTION,
    Lexicon,
    Word,
)
from reportlint.grammar.phrases import Clause
from reportlint.grammar.tree import Token
from reportlint.lowering.numerals import PERCENT_OF

NOT, JOINED, RESPECTIVELY, EACH, ETC = "NOT", "JOINED", "RESPECTIVELY", "EACH", "ETC"
SHARE, REST, VOID, FOREIGN, UNKNOWN = "SHARE", "REST", "VOID", "FOREIGN", "UNKNOWN"
APPROXIMATE, REMAINDER, ELSEWHEN = "APPROXIMATE", "REMAINDER", "ELSEWHEN"
LEFT_OVER = "LEFT_OVER"
_RESTS = (REST, LEFT_OVER)
"""What is left of a list: as its last kind («其他»), or as whatever was not said («其余»)."""
_YEAR = "year"
_PERCENT = "%"
_ONE = "一"
_LONGEST_NUMBER = 20
_COUNTED = frozenset({"件", "件次", "宗", "份", "起", "次", "例", "个", "条", "项", "元", "万元", "亿元", "%", "部"})
"""Units of what a table may hold; a figure with another unit counts something else."""
_ITEMS = frozenset({"项", "条", "类"})
_MONEY = frozenset({"元", "万元", "亿元"})
_QUANTITY = frozenset({"NUMBER", "APPROXIMATE", "MYRIAD", "MORE", "UNIT"})


class Mark(NamedTuple):
    """A word of a clause, or a sign of how its words hang together."""

    kind: str
    word: Word | None
    start: int
    end: int


class Figure(NamedTuple):
    """A figure of a clause, at its offsets in the sentence."""

    start: int
    end: int
    """Behind the number; the unit follows."""
    stop: int
    """Behind the unit."""
    unit: str | None
    approximate: bool
    myriads: bool
    zero: bool
    one: bool


class Reading(NamedTuple):
    """A clause taken apart: `marks[i]` stands before `figures[i]`, the last marks behind all figures."""

    marks: tuple[tuple[Mark, ...], ...]
    figures: tuple[Figure, ...]
    kinds: frozenset[str]
    opening: str
    start: int
    end: int
    year: Token | None
    scope: Token | None
    topics: tuple[str | None, ...]
    """The topics that the clause brings up, in order; None for one of no table."""


class Said(NamedTuple):
    """A claim of a clause; `figure` is None for a denial."""

    subject: str
    figure: Figure | None
    start: int
    end: int
    strong: bool
    """Whether it is more than what a verb or the topic's own name says."""


class Context(NamedTuple):
    """What the text has brought up before a clause."""

    topic: str | None
    names: tuple[tuple[str, str], ...]
    """The subject named last in each topic."""
    partition: tuple[str, str] | None
    last: str | None
    """The subject of the last claim of the sentence."""
    last_share: str | None
    """That subject, where the claim gave its share and no figure."""
    aspect: str
    """What the figure before it in the clause said of its subject."""
    open_figure: Figure | None
    """A figure of the clause before that stands first in it and has no subject there."""
    sharing: bool
    """Whether the sentence has said that its figures are shares."""
    pending: tuple[Mark, ...]
    """The words of the clause before, where that had no figure for them."""
    abroad: bool = False
    """Whether the sentence before was counting the kinds of something of no table, and goes on."""

    def naming(self, word: Word) -> Context:
        """The context behind a name."""
        return self._replace(names=tuple({**dict(self.names), word.topic: word.subject}.items()))

    def name(self, topic: str) -> str:
        """The subject named last in a topic, or nothing."""
        return next((subject for named, subject in self.names if named == topic), "")


def take_apart(clause: Clause, lexicon: Lexicon) -> Reading:
    """The figures of a clause and the marks around them."""
    groups: list[list[Mark]] = [[]]
    figures: list[Figure] = []
    topics: list[str | None] = []
    kinds = set()
    tokens = clause.tokens
    index = 0
    while index < len(tokens):
        token = tokens[index]
        kind = token.type
        if kind in _QUANTITY:
            stop = index + 1
            while stop < len(tokens) and tokens[stop].type in _QUANTITY and tokens[stop].start == tokens[stop - 1].end:
                if tokens[stop].type in ("NUMBER", "APPROXIMATE") and tokens[stop - 1].type != "APPROXIMATE":
                    break
                stop += 1
            figure = _figure(tokens[index:stop])
            if figure is None:
                # A unit without a number is a word like any other.
                vague = kind == APPROXIMATE
                groups[-1].append(Mark(APPROXIMATE if vague else UNKNOWN, None, token.start, token.end))
            else:
                figures.append(figure)
                groups.append([])
            index = stop
            continue
        word = lexicon.words.get(kind)
        groups[-1].append(Mark(kind, word, token.start, token.end))
        kinds.add(kind)
        if word is not None and word.category in BRINGING:
            topics.append(word.topic)
        elif kind == FOREIGN:
            topics.append(None)
        index += 1
    return Reading(
        tuple(map(tuple, groups)),
        tuple(figures),
        frozenset(kinds),
        clause.opening,
        tokens[0].start,
        tokens[-1].end,
        clause.year,
        clause.scope,
        tuple(topics),
    )


def _figure(tokens: Sequence[Token]) -> Figure | None:
    found = {token.type: token for token in tokens}
    number, unit = found.get("NUMBER"), found.get("UNIT")
    if number is None or len(number.text) > _LONGEST_NUMBER:
        return None
    unit_text = unit.text.replace("％", _PERCENT) if unit else None
    return Figure(
        number.start,
        number.end,
        tokens[-1].end,
        _PERCENT if number.text.startswith(PERCENT_OF) else unit_text,
        "APPROXIMATE" in found or "MORE" in found,
        "MYRIAD" in found,
        not number.text.strip("0零〇.,"),
        number.text == _ONE,
    )


def read(reading: Reading, context: Context, lexicon: Lexicon) -> list[Said]:
    """What a clause says in its context."""
    if VOID in reading.kinds or FOREIGN in reading.kinds or ELSEWHEN in reading.kinds:
        return []
    if context.open_figure is not None and not reading.figures and NOT not in reading.kinds:
        return _closed(reading, context, context.open_figure)
    figures = [figure for figure in reading.figures if not (figure.one and NOT in reading.kinds)]
    if NOT in reading.kinds:
        return [] if figures else _denial(reading, context, lexicon)
    if not figures:
        return []
    if RESPECTIVELY in reading.kinds:
        return _series(reading, context, lexicon)
    return _counts(reading, context, lexicon)


def _closed(reading: Reading, context: Context, figure: Figure) -> list[Said]:
    """«另有2件因…尚未答复，结转下年度办理»: a figure that the clause behind it gives its subject."""
    words = [mark.word for mark in reading.marks[0] if mark.word is not None]
    names = [word for word in words if word.category == NAME and word.partition == _YEAR]
    subjects = _select(names, names[0].topic, context) if names else []
    return [Said(subject, figure, figure.start, figure.stop, True) for subject in subjects[:1]]


def _denial(reading: Reading, context: Context, lexicon: Lexicon) -> list[Said]:
    """«未收到…申请», «无行政复议、行政诉讼»: what is denied stands behind the word that denies it."""
    marks = [mark for group in reading.marks for mark in group]
    denials = [index for index, mark in enumerate(marks) if mark.kind == NOT]
    if len(denials) > 1 and all(mark.kind == NOT for mark in marks[denials[0] : denials[1]]):
        return []
    found: list[Said] = []
    for number, index in enumerate(denials):
        stop = denials[number + 1] if number + 1 < len(denials) else len(marks)
        scope = marks[index + 1 : stop]
        if any(mark.kind in _RESTS for mark in marks[:index]):
            continue
        if not any(mark.word is not None or mark.kind == UNKNOWN for mark in scope):
            # «行政复议没有发生»
            scope = [mark for mark in marks[:index] if _is(mark, NAME)]
        elif scope[-1].kind == UNKNOWN and any(mark.word is not None for mark in scope):
            # «未出现不予公开信息被要求改正的情形»: what is denied is what comes last.
            continue
        for subject in _denied(scope, context, lexicon):
            found.append(Said(subject, None, marks[index].start, reading.end, True))
    return found


def _denied(scope: Sequence[Mark], context: Context, lexicon: Lexicon) -> list[str]:
    words = [mark.word for mark in scope if mark.word is not None]
    undeniable = lexicon.lists.get("undeniable", frozenset())
    if any(word.category == ASPECT and word.subject in undeniable for word in words):
        return []
    named = [word for word in words if word.category == NAME]
    topics = list(dict.fromkeys(word.topic for word in named))
    if topics:
        subjects = [s for topic in topics for s in _select(_of(words, topic), topic, context, denied=True)]
        # «未收到…申请及行政复议»: a request that was not received, joined to what did not come about.
        joined = [
            i for i, mark in enumerate(scope) if mark.kind == JOINED and i and _is(scope[i - 1], MENTION, WEAK_MENTION)
        ]
        if joined and any(_is(mark, VERB) for mark in scope[: joined[0]]):
            first = [mark.word for mark in scope[: joined[0]] if mark.word is not None]
            subjects[:0] = [s for s in _select(first, first[0].topic, context) if s not in undeniable]
    else:
        topic = _topic(words, context._replace(topic=None)) or context.topic
        if topic is None or _between(scope):
            return []
        of_topic = _of(words, topic)
        if not any(word.category != VERB for word in of_topic) and not (
            of_topic and context.topic == topic and not _unknown(scope)
        ):
            return []
        if all(word.category == WEAK_MENTION for word in of_topic) and context.topic != topic and _unknown(scope):
            return []
        subjects = _select(of_topic, topic, context, denied=True)
    whole = lexicon.lists.get("fee_all_denied", frozenset())
    if len(subjects) == 1 and subjects[0] in whole and not any(word.category in (VERB, NOUN) for word in words):
        topic = next(word.topic for word in words if word.subject == subjects[0])
        return list(
            dict.fromkeys(w.subject for w in lexicon.words.values() if w.topic == topic and w.category in (NAME, NOUN))
        )
    return [subject for subject in subjects if subject not in undeniable]


def _between(scope: Sequence[Mark]) -> bool:
    """Whether an unknown word stands between a verb and the noun behind it: it tells which of them is meant."""
    behind_verb = False
    for mark, following in pairwise(scope):
        behind_verb = behind_verb or _is(mark, VERB)
        if behind_verb and mark.kind == UNKNOWN and _is(following, MENTION, WEAK_MENTION):
            return True
    return False


def _unknown(scope: Sequence[Mark]) -> bool:
    return any(mark.kind == UNKNOWN for mark in scope)


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
    topic = _topic(all_words, context)
    if topic is None:
        return []
    base = [word for word in all_words if word.topic == topic and word.category == NAME]
    shared = [word for word in all_words if word.topic == topic and word.category == ASPECT]
    subjects: list[str] = []
    for group in groups:
        words = _of([mark.word for mark in group if mark.word is not None], topic)
        if words and all(word.category == ASPECT for word in words):
            words = [*base[:1], *words]
        elif words and len(shared) == 1:
            words = [*words, shared[0]]
        found = _select(words, topic, context)
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
        has_words = any(mark.word is not None or mark.kind in _RESTS for mark in before)
        if index + 1 < len(figures):
            cut = next((i for i, mark in enumerate(behind) if mark.kind == JOINED), None)
            if cut is not None:
                behind, following = behind[:cut], behind[cut + 1 :]
            elif has_words:
                lead = _lead(behind) if _only_verbs(before) else []
                behind, following = lead, behind[len(lead) :]
        if not has_words and context.pending and index == 0 and not behind and not _unknown(before):
            before = [*context.pending, *before]
        if _counts_something(figure):
            said = _count(figure, before, behind, context._replace(topic=topic), lexicon)
            found.extend(said)
            if said:
                context = context._replace(last=said[-1].subject, aspect=said[-1].subject.partition(".")[2])
        for mark in (*before, *behind):
            if mark.word is not None and mark.word.category in BRINGING:
                topic = mark.word.topic
            if _is(mark, NAME):
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
    if any(mark.kind == REMAINDER for mark in before) and not any(_is(mark, NAME, NOUN) for mark in (*before, *behind)):
        return []
    if len(behind) == 1 and _is(behind[0], NAME) and behind[0].word.partition == _YEAR and before:  # type: ignore[union-attr]
        # «年末新收的3宗转结至2025年»
        before = ()
    if before and before[-1].kind in _RESTS and behind and behind[0].word is not None:
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
        if _unknown(behind) and all(_is(mark, MENTION, WEAK_MENTION) or mark.word is None for mark in behind):
            return []
        used = behind
        words = [mark.word for mark in used if mark.word is not None]
        stop = max((mark.end for mark in used if mark.word is not None), default=stop)
        start = min(start, figure.start)
    elif all(word.category in (VERB, SUM) for word in words):
        lead = _lead(behind)
        if behind and behind[0].kind == UNKNOWN:
            lead = [mark for mark in behind[1:2] if _is(mark, MENTION, WEAK_MENTION)]
            if not lead:
                return []
        words += [mark.word for mark in lead if mark.word is not None]
        stop = max((mark.end for mark in lead), default=stop)
    if not words and context.last_share is not None and not _unknown(before):
        return [Said(context.last_share, figure, start, stop, True)]
    topic = _topic(words, context)
    if topic is None or not words:
        return []
    of_topic = _of(words, topic)
    weak = all(word.category in (WEAK_MENTION, VERB, SUM) for word in of_topic)
    if weak and any(mark.kind == UNKNOWN and _is(next_, WEAK_MENTION) for mark, next_ in pairwise(before)):
        return []
    idle, incomplete = lexicon.lists.get("idle", frozenset()), lexicon.lists.get("incomplete", frozenset())
    selected = _select(of_topic, topic, context, idle=idle)
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
    topic = _topic(words, context)
    subjects = _select(_of(words, topic), topic, context) if words and topic else []
    if any(mark.kind == APPROXIMATE for mark in before):
        figure = figure._replace(approximate=True)
    named = any(mark.kind in (UNKNOWN, *_RESTS) for mark in before)
    if not subjects and context.last is not None and not words and not named:
        subjects = [context.last]
    return [Said(subject, figure, start, figure.stop, True) for subject in subjects[:1]] if len(subjects) == 1 else []


def _topic(words: Iterable[Word], context: Context) -> str | None:
    """The topic that the words bring up last, else the one that is up."""
    topic = context.topic
    words = list(words)
    for word in words:
        weak = word.category == WEAK_MENTION and topic is not None
        if weak and any(other.category == VERB and other.topic == word.topic for other in words):
            weak = False
        if word.category in BRINGING and not weak:
            topic = word.topic
    return topic


def _of(words: Iterable[Word], topic: str) -> list[Word]:
    return [word for word in words if word.topic == topic]


def _select(
    words: Sequence[Word], topic: str, context: Context, *, denied: bool = False, idle: frozenset[str] = frozenset()
) -> list[str]:
    """The subjects that words of one topic name together: nouns before details, details before verbs."""
    aspects = list(dict.fromkeys(word.subject for word in words if word.category == ASPECT))
    nouns = [word for word in words if word.category in (NAME, NOUN)]
    if aspects:
        names = list(dict.fromkeys(word.subject for word in nouns)) or [context.name(topic)]
        if not names[0] or (len(aspects) > 1 and not denied):
            return []
        return [f"{name}.{aspect}" for name in names for aspect in aspects]
    if nouns:
        partition = min(nouns, key=lambda word: word.rank).partition
        return list(dict.fromkeys(word.subject for word in nouns if word.partition == partition))
    details = [word for word in words if word.category == DETAIL]
    if details and denied and any(word.category == MENTION for word in words):
        # «未收到以书面或网络形式提交的…申请»: in none of the ways that there are.
        details = []
    if details:
        if len({word.partition for word in details}) > 1:
            return []
        return list(dict.fromkeys(word.subject for word in details))
    verbs = [word for word in words if word.category == VERB]
    if verbs:
        found = list(dict.fromkeys(word.subject for word in verbs))
        # «收到并答复» says two things.
        return found if denied or len(found) == 1 else [subject for subject in found if subject not in idle]
    others = [word for word in words if word.category in (MENTION, WEAK_MENTION)] or list(words)
    return [others[0].subject] if others else []


def _lead(marks: Sequence[Mark]) -> list[Mark]:
    """The nouns that a figure stands before."""
    lead: list[Mark] = []
    for mark in marks:
        if not _is(mark, MENTION, WEAK_MENTION, NAME, NOUN, DETAIL):
            break
        lead.append(mark)
    return lead


def _only_verbs(marks: Sequence[Mark]) -> bool:
    words = [mark.word for mark in marks if mark.word is not None]
    return bool(words) and all(word.category in (VERB, SUM) for word in words)


def _is(mark: Mark, *categories: str) -> bool:
    return mark.word is not None and mark.word.category in categories


def _counts_something(figure: Figure) -> bool:
    return figure.unit is None or figure.unit in _COUNTED
