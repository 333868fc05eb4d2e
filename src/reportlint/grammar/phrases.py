"""From a sentence to the words that a claims grammar knows, a clause at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint.grammar.tables import Tables, plain
from reportlint.grammar.tree import Token

TOPIC = "TOPIC"
SIGN = "SIGN"
SEPARATOR = "SEPARATOR"
YEAR = "YEAR"
SCOPE = "SCOPE"


class Clause(NamedTuple):
    """The words of a clause, with the year and scope that it names; offsets are the sentence's."""

    tokens: list[Token]
    year: Token | None
    scope: Token | None


class PhraseScanner:
    """Finds the terminals of one claims grammar in a sentence; the longest pattern of the highest priority wins."""

    def __init__(self, grammar: Tables, rename: dict[str, str]) -> None:
        terminals = {rename[terminal.name]: terminal for terminal in grammar.terminals}
        ignored = set(grammar.ignored)
        self._filters = [re.compile(terminals[name].text) for name in (TOPIC, SIGN) if name in terminals]
        words = [t for plain, t in terminals.items() if plain not in (TOPIC, SIGN)]
        words.sort(key=lambda t: (-t.priority, -t.widest, -len(t.text), t.name))
        self._words = re.compile("|".join(f"(?P<{t.name}>{re.escape(t.text) if t.literal else t.text})" for t in words))
        self._rename = rename
        self._ignored = ignored
        self._topics = {
            subject: re.compile("|".join(terminals[rename[name]].text for name in names))
            for subject, names in _topics(grammar).items()
        }

    def mention(self, subject: str, text: str) -> int | None:
        """Where a text first brings up a subject that an elliptical statement may then speak of."""
        pattern = self._topics.get(subject)
        match = pattern.search(text) if pattern is not None else None
        return None if match is None else match.start()

    def has_sign(self, text: str) -> bool:
        """Whether a text has a figure or a denial in it."""
        return self._filters[-1].search(text) is not None

    def worth_reading(self, text: str) -> bool:
        """Whether a stretch of text can hold a claim at all."""
        return all(pattern.search(text) for pattern in self._filters)

    def clauses(self, sentence: str) -> Iterator[Clause]:
        """The clauses of a sentence that have any word of the grammar."""
        tokens: list[Token] = []
        year: Token | None = None
        scope: Token | None = None
        for match in self._words.finditer(sentence):
            terminal = match.lastgroup or ""
            plain = self._rename[terminal]
            if plain == SEPARATOR:
                if tokens:
                    yield Clause(tokens, year, scope)
                tokens = []
            elif plain == YEAR:
                year = Token(terminal, match.group(), match.start())
            elif plain == SCOPE:
                scope = Token(terminal, match.group(), match.start())
            elif terminal not in self._ignored:
                tokens.append(Token(terminal, match.group(), match.start()))
        if tokens:
            yield Clause(tokens, year, scope)


def _topics(grammar: Tables) -> dict[str, list[str]]:
    """The terminals that bring a subject up, from the rules `_<subject>_topic`."""
    topics: dict[str, list[str]] = {}
    for rule in grammar.rules:
        name = plain(rule.origin)
        if name.startswith("_") and name.endswith("_topic"):
            topics.setdefault(name[1 : -len("_topic")], []).extend(symbol for symbol, _ in rule.symbols)
    return topics
