"""What a text has brought up, clause by clause through a sentence, and what the sentence says in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from reportlint.claims import Claim
from reportlint.grammar.lexicon import ASPECT, BRINGING, DETAIL, NAME, NOUN, VERB, WEAK_MENTION, Lexicon
from reportlint.grammar.tree import Token
from reportlint.lowering.clauses import (
    ELSEWHEN,
    ETC,
    FOREIGN,
    NOT,
    SHARE,
    UNKNOWN,
    Context,
    Figure,
    Mark,
    Reading,
    Said,
)
from reportlint.lowering.counts import read

PARTS = ("其中", "当中", "这里面", "这之中", "包括")
_INCLUDING = ("含", "连同", "加上", "算上")
_ADDING = ("连同", "加上", "算上")
"""What these bring in comes on top of what was counted before."""
_PERCENT = "%"
NOTHING = Context(None, (), None, None, None, "", None, False, ())
"""The context where nothing has been brought up."""


class Stated(NamedTuple):
    """A claim with its figure by its place in the sentence: the same words with other figures state the same."""

    subject: str
    figure: Figure | None
    start: int
    end: int
    year: Token | None
    scope: Token | None
    part: bool
    open: bool
    denied: bool


_Claim = TypeVar("_Claim", Claim, Stated)


def opened(context: Context) -> Context:
    """The context at the start of a sentence: of the one before only topic and names are still up."""
    return NOTHING._replace(
        topic=context.topic, names=context.names, partition=context.partition, abroad=context.abroad
    )


def sentence(
    readings: Sequence[Reading], context: Context, lexicon: Lexicon, hint: str | None
) -> tuple[tuple[Stated, ...], Context]:
    """What the clauses of a sentence state, and the context behind it.

    `hint` is the topic that the sentence has a mere hint of.
    """
    context = _begun(readings, context, hint)
    if context.abroad and not any(_has_verb(reading) for reading in readings):
        return (), opened(context)
    found: list[Stated] = []
    claimed: set[str] = set()
    within, in_bracket, foreign, elsewhen, scoped = False, False, False, False, False
    said_here: list[Said] = []
    for reading in readings:
        opening = reading.opening
        if ")" in opening:
            in_bracket = False
        if "(" in opening:
            in_bracket = True
        if any(word in opening for word in PARTS) and "(" not in opening:
            within = True
        part = within or in_bracket or any(word in opening for word in _INCLUDING)
        if found and not in_bracket and any(word in opening for word in _ADDING):
            found = _before_adding(found, lexicon)
        foreign = (foreign or FOREIGN in reading.kinds) and not (not part and _own_topic(reading))
        elsewhen = elsewhen or ELSEWHEN in reading.kinds
        if elsewhen or (foreign and part):
            continue
        # «其中市政府收到37件，办结36件»
        scoped = part and (scoped or reading.scope is not None)
        said_here = read(reading, context, lexicon) or _share_in_brackets(reading, said_here)
        for said in said_here:
            if part and (scoped or (not said.strong and said.subject in claimed)):
                continue
            claimed.add(said.subject)
            found.append(
                Stated(
                    said.subject,
                    said.figure,
                    said.start,
                    said.end,
                    reading.year,
                    reading.scope,
                    part,
                    False,
                    said.figure is None,
                )
            )
        context = _after(context, reading, said_here, lexicon)
    found = related(found, lexicon)
    if found and any(ETC in reading.kinds for reading in readings):
        found = [stated._replace(open=True) for stated in found]
    return tuple(found), opened(context)._replace(abroad=foreign and within)


def _begun(readings: Sequence[Reading], context: Context, hint: str | None) -> Context:
    """The context of the first clause: with the topic that the sentence brings up later, and its names."""
    first = next((topic for reading in readings for topic in reading.topics if topic is not None), None)
    figured = next((index for index, reading in enumerate(readings) if reading.figures), len(readings))
    if first is None and hint is not None and not any(FOREIGN in reading.kinds for reading in readings[: figured + 1]):
        if context.topic is None or _has_details(readings, hint):
            context = context._replace(topic=hint)
    elif context.topic is None and first is not None:
        context = context._replace(topic=first)
    names = dict(context.names)
    for reading in readings:
        for group in reading.marks:
            for mark in group:
                # Aspects may stand before their noun: «制发2件，现行有效的规范性文件9件».
                if mark.word is not None and mark.word.category == NAME:
                    names.setdefault(mark.word.topic, mark.word.subject)
    return context._replace(names=tuple(names.items()))


def _after(context: Context, reading: Reading, said: Sequence[Said], lexicon: Lexicon) -> Context:
    """The context behind a clause."""
    topic, partition, last = context.topic, context.partition, context.last
    names = dict(context.names)
    marks = [mark for group in reading.marks for mark in group]
    for index, mark in enumerate(marks):
        word = mark.word
        if word is None:
            if mark.kind == FOREIGN:
                topic = None
            continue
        weak = word.category == WEAK_MENTION and (topic is not None or (index > 0 and marks[index - 1].kind == UNKNOWN))
        if word.category in BRINGING and not weak:
            topic = word.topic
        if word.category in (NAME, NOUN):
            names[word.topic] = word.subject
        if word.category == ASPECT:
            partition = (word.topic, ASPECT)
        elif word.category in (NAME, NOUN, DETAIL) and (word.topic, word.partition) in lexicon.rests:
            partition = (word.topic, word.partition)
    open_figure = reading.figures[-1] if reading.figures else None
    if open_figure is not None and (
        any(each.figure == open_figure for each in said) or any(mark.word for mark in reading.marks[-2])
    ):
        open_figure = None
    share = None
    if said:
        last = said[-1].subject
        share = last if said[-1].figure is not None and said[-1].figure.unit == _PERCENT else None
    waiting: tuple[Mark, ...] = ()
    if not reading.figures and NOT not in reading.kinds and not (marks and marks[-1].kind == UNKNOWN):
        waiting = tuple(mark for mark in marks if mark.word is not None)
    sharing = context.sharing or (SHARE in reading.kinds and not reading.figures)
    return Context(topic, tuple(names.items()), partition, last, share, "", open_figure, sharing, waiting)


def related(claims: Sequence[_Claim], lexicon: Lexicon) -> list[_Claim]:
    """The claims, those renamed whose meaning the claims within or beside them tell."""
    result = list(claims)
    if len(result) < 2:
        return result
    lists = lexicon.lists
    wholes, parts = lists.get("incoming_whole", frozenset()), lists.get("incoming_part", frozenset())
    besides = lists.get("newly_received_beside", frozenset())
    siblings = lists.get("newly_received_sibling", frozenset())
    every_part = parts <= {claim.subject for claim in result if not claim.denied}
    whole: int | None = None
    waiting = False
    for index, claim in enumerate(claims):
        if (
            claim.subject in parts
            and claim.part
            and index - 1 not in (whole, -1)
            and claims[index - 1].subject not in parts
        ):
            # «收到9件，其中网上申请7件，上年结转2件»: nobody knows whether the two are of the nine.
            continue
        if claim.subject in parts and (claim.part or every_part):
            waiting = whole is None and claim.part
        elif not (claim.part or claim.subject in parts):
            whole = index
            if not waiting:
                continue
        else:
            continue
        if whole is not None and result[whole].subject in wholes:
            result[whole] = result[whole]._replace(subject="incoming")
        waiting = waiting and whole is None
    if any(claim.subject in siblings and not claim.part for claim in result):
        for index, claim in enumerate(result):
            if claim.subject in besides and not (claim.part or claim.denied):
                result[index] = claim._replace(subject="newly_received")
    return result


def _before_adding(claims: Sequence[Stated], lexicon: Lexicon) -> list[Stated]:
    """«收到26件，加上上年结转3件»: what came in before the addition is new."""
    besides = lexicon.lists.get("newly_received_beside", frozenset())
    return [
        claim._replace(subject="newly_received")
        if claim.subject in besides and not (claim.part or claim.denied)
        else claim
        for claim in claims
    ]


def _has_details(readings: Sequence[Reading], topic: str) -> bool:
    """Whether a sentence has words that only mean something within a topic."""
    return any(
        mark.word is not None and mark.word.category == DETAIL and mark.word.topic == topic
        for reading in readings
        for group in reading.marks
        for mark in group
    )


def _share_in_brackets(reading: Reading, before: Sequence[Said]) -> list[Said]:
    """«予以公开3件(60%)»: nothing but a share, of what the clause before it says."""
    if "(" not in reading.opening or len(reading.figures) != 1 or any(reading.marks) or not before:
        return []
    figure, said = reading.figures[0], before[-1]
    if figure.unit != _PERCENT or said.figure is None or said.figure.unit == _PERCENT:
        return []
    return [Said(said.subject, figure, figure.start, figure.stop, True)]


def _has_verb(reading: Reading) -> bool:
    return any(mark.word is not None and mark.word.category == VERB for group in reading.marks for mark in group)


def _own_topic(reading: Reading) -> bool:
    return bool(reading.topics) and None not in reading.topics
