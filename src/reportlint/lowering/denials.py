"""Denials: what a clause says that there was none of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportlint.grammar.lexicon import ASPECT, MENTION, NAME, NOUN, VERB, WEAK_MENTION, Lexicon
from reportlint.lowering.clauses import JOINED, NOT, RESTS, UNKNOWN, Context, Mark, Reading, Said
from reportlint.lowering.subjects import has_unknown, is_a, select, topic_of, words_of


def denial(reading: Reading, context: Context, lexicon: Lexicon) -> list[Said]:
    """«未收到…申请», «无行政复议、行政诉讼»: what is denied stands behind the word that denies it."""
    marks = [mark for group in reading.marks for mark in group]
    denials = [index for index, mark in enumerate(marks) if mark.kind == NOT]
    if len(denials) > 1 and all(mark.kind == NOT for mark in marks[denials[0] : denials[1]]):
        return []
    found: list[Said] = []
    for number, index in enumerate(denials):
        stop = denials[number + 1] if number + 1 < len(denials) else len(marks)
        scope = marks[index + 1 : stop]
        if any(mark.kind in RESTS for mark in marks[:index]):
            continue
        if not any(mark.word is not None or mark.kind == UNKNOWN for mark in scope):
            # «行政复议没有发生»
            scope = [mark for mark in marks[:index] if is_a(mark, NAME)]
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
        subjects = [s for topic in topics for s in select(words_of(words, topic), topic, context, denied=True)]
        # «未收到…申请及行政复议»: a request that was not received, joined to what did not come about.
        joined = [
            i for i, mark in enumerate(scope) if mark.kind == JOINED and i and is_a(scope[i - 1], MENTION, WEAK_MENTION)
        ]
        if joined and any(is_a(mark, VERB) for mark in scope[: joined[0]]):
            first = [mark.word for mark in scope[: joined[0]] if mark.word is not None]
            subjects[:0] = [s for s in select(first, first[0].topic, context) if s not in undeniable]
    else:
        topic = topic_of(words, context._replace(topic=None)) or context.topic
        if topic is None or _between(scope):
            return []
        of_topic = words_of(words, topic)
        if not any(word.category != VERB for word in of_topic) and not (
            of_topic and context.topic == topic and not has_unknown(scope)
        ):
            return []
        if all(word.category == WEAK_MENTION for word in of_topic) and context.topic != topic and has_unknown(scope):
            return []
        subjects = select(of_topic, topic, context, denied=True)
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
        behind_verb = behind_verb or is_a(mark, VERB)
        if behind_verb and mark.kind == UNKNOWN and is_a(following, MENTION, WEAK_MENTION):
            return True
    return False
