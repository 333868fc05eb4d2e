"""Which subject the words of one topic name together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlint.grammar.lexicon import ASPECT, BRINGING, DETAIL, MENTION, NAME, NOUN, SUM, VERB, WEAK_MENTION, Word
from reportlint.lowering.clauses import UNKNOWN, Context, Mark


def topic_of(words: Iterable[Word], context: Context) -> str | None:
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


def words_of(words: Iterable[Word], topic: str) -> list[Word]:
    return [word for word in words if word.topic == topic]


def select(
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


def leading(marks: Sequence[Mark]) -> list[Mark]:
    """The nouns that a figure stands before."""
    lead: list[Mark] = []
    for mark in marks:
        if not is_a(mark, MENTION, WEAK_MENTION, NAME, NOUN, DETAIL):
            break
        lead.append(mark)
    return lead


def only_verbs(marks: Sequence[Mark]) -> bool:
    words = [mark.word for mark in marks if mark.word is not None]
    return bool(words) and all(word.category in (VERB, SUM) for word in words)


def is_a(mark: Mark, *categories: str) -> bool:
    return mark.word is not None and mark.word.category in categories


def has_unknown(scope: Sequence[Mark]) -> bool:
    return any(mark.kind == UNKNOWN for mark in scope)
