"""From a sentence to the words that a claims grammar knows, a clause at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint.grammar.lexicon import WEAK_MENTION, Lexicon, read_lexicon
from reportlint.grammar.tables import Tables
from reportlint.grammar.tree import Token

TOPIC, SIGN, SEPARATOR, INCLUDED = "TOPIC", "SIGN", "SEPARATOR", "INCLUDED"
YEAR, SCOPE, UNKNOWN = "YEAR", "SCOPE", "UNKNOWN"
_NO_WORDS = (TOPIC, SIGN, UNKNOWN, "LISTS")


class Clause(NamedTuple):
    """The words of a clause, with the year and scope that it names; offsets are the sentence's.

    `opening` holds the separators before it. A token of the type UNKNOWN stands for whatever is
    between words of the grammar.
    """

    tokens: list[Token]
    opening: str
    year: Token | None
    scope: Token | None


class PhraseScanner:
    """Finds the terminals of one claims grammar in a sentence; the longest pattern of the highest priority wins."""

    def __init__(self, grammar: Tables, rename: dict[str, str]) -> None:
        terminals = {rename[terminal.name]: terminal for terminal in grammar.terminals}
        self._filters = [re.compile(terminals[name].text) for name in (TOPIC, SIGN) if name in terminals]
        words = [t for plain, t in terminals.items() if plain not in _NO_WORDS]
        words.sort(key=lambda t: (-t.priority, -t.widest, -len(t.text), t.name))
        self._words = re.compile("|".join(f"(?P<{t.name}>{re.escape(t.text) if t.literal else t.text})" for t in words))
        self._rename = rename
        self._dropped = {rename[name] for name in grammar.ignored}
        lexicon = read_lexicon(grammar)
        self._hints = [
            (word.topic, re.compile(terminals[rename[name]].text))
            for name, word in lexicon.words.items()
            if word.category == WEAK_MENTION
        ]
        self.lexicon: Lexicon = lexicon._replace(words={rename[name]: word for name, word in lexicon.words.items()})

    def hinted(self, text: str) -> str | None:
        """The topic that a text brings up by a word that is none by itself, or within another word."""
        return next((topic for topic, pattern in self._hints if pattern.search(text)), None)

    def has_sign(self, text: str) -> bool:
        """Whether a text has a figure or a denial in it."""
        return self._filters[-1].search(text) is not None

    def worth_reading(self, text: str) -> bool:
        """Whether a stretch of text can hold a claim at all."""
        return all(pattern.search(text) for pattern in self._filters)

    def clauses(self, sentence: str) -> Iterator[Clause]:
        """The clauses of a sentence that have any word of the grammar; types of tokens are plain names."""
        tokens: list[Token] = []
        opening = ""
        year: Token | None = None
        scope: Token | None = None
        behind = 0
        for match in self._words.finditer(sentence):
            kind = self._rename[match.lastgroup or ""]
            start = match.start()
            if start > behind:
                tokens.append(Token(UNKNOWN, sentence[behind:start], behind))
            behind = match.end()
            if kind in (SEPARATOR, INCLUDED):
                if tokens:
                    yield Clause(tokens, opening, year, scope)
                    tokens, opening, scope = [], "", None
                opening += match.group()
            elif kind == YEAR:
                year = Token(kind, match.group(), start)
            elif kind == SCOPE:
                scope = Token(kind, match.group(), start)
            elif kind not in self._dropped:
                tokens.append(Token(kind, match.group(), start))
        if behind < len(sentence):
            tokens.append(Token(UNKNOWN, sentence[behind:], behind))
        if tokens:
            yield Clause(tokens, opening, year, scope)
