"""What a claims grammar says of its words: the topics, and what each word stands for in one.

The vocabulary is that of `grammars/README.md`: a rule `_<topic>_[<partition>_]<category>` lists
subjects in the order of their weight, and each subject's rule the terminals that name it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reportlint.grammar.tables import Rule, Tables, plain

MENTION, WEAK_MENTION, NAME, NOUN, DETAIL, ASPECT, VERB, SUM = (
    "mention",
    "weak_mention",
    "name",
    "noun",
    "detail",
    "aspect",
    "verb",
    "sum",
)
_CATEGORIES = (WEAK_MENTION, MENTION, NAME, NOUN, DETAIL, ASPECT, VERB, SUM)
BRINGING = frozenset({MENTION, WEAK_MENTION, NAME})
"""The categories of words that bring their topic up; words of the others are read where it is up."""


class Word(NamedTuple):
    """What a terminal stands for."""

    topic: str
    partition: str
    """A list of subjects that make up a whole between them; the last of them is what «the rest» means."""
    category: str
    subject: str
    rank: int


class Lexicon(NamedTuple):
    """The words of a claims grammar by terminal."""

    words: Mapping[str, Word]
    rests: Mapping[tuple[str, str], str]
    """The last subject of each partition, by topic and partition."""
    lists: Mapping[str, frozenset[str]]
    """The other lists of subjects, by the rule's name: what belongs to what."""


def read_lexicon(grammar: Tables) -> Lexicon:
    """The lexicon that the rules of a compiled claims grammar are."""
    rules: dict[str, list[Rule]] = {}
    for rule in grammar.rules:
        rules.setdefault(rule.origin, []).append(rule)
    words: dict[str, Word] = {}
    rests: dict[tuple[str, str], str] = {}
    lists: dict[str, frozenset[str]] = {}
    for origin, alternatives in rules.items():
        name = plain(origin)
        if not name.startswith("_"):
            continue
        listed = [
            rules[symbol] for alternative in alternatives for symbol, terminal in alternative.symbols if not terminal
        ]
        category = next((c for c in _CATEGORIES if name.endswith(f"_{c}")), None)
        if category is None:
            lists[name[1:]] = frozenset(_subject(rule) for found in listed for rule in found)
            continue
        topic, _, partition = name[1:].removesuffix(f"_{category}").partition("_")
        for found in listed:
            for rule in found:
                subject = _subject(rule)
                word = Word(topic, partition, category, subject, len(words))
                words.update({symbol: word for symbol, terminal in rule.symbols if terminal})
                if category in (NOUN, DETAIL) and partition:
                    rests[topic, partition] = subject
                elif category == ASPECT:
                    rests[topic, ASPECT] = subject
    return Lexicon(words, rests, lists)


def _subject(rule: Rule) -> str:
    """The subject that a rule names: `notices_of_fee` is written `fee.notices`."""
    part, _, whole = rule.node.partition("_of_")
    return f"{whole}.{part}" if whole else part
