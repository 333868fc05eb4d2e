"""From a sentence to the words that a claims grammar knows, a clause at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from reportlint.grammar.lexicon import WEAK_MENTION, Lexicon, read_lexicon
from reportlint.grammar.tables import Tables
from reportlint.grammar.tree import Token

TOPIC, SIGN, SEPARATOR, INCLUDED = "TOPIC", "SIGN", "SEPARATOR", "INCLUDED"
YEAR, SCOPE, UNKNOWN = "YEAR", "SCOPE", "UNKNOWN"
_Match = Callable[[str, int], "re.Match[str] | None"]
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
        self._topic, self._sign = (re.compile(terminals[name].text) for name in (TOPIC, SIGN))
        words = [t for plain, t in terminals.items() if plain not in _NO_WORDS]
        words.sort(key=lambda t: (-t.priority, -t.widest, -len(t.text), t.name))
        self._words = [(t, rename[t.name]) for t in words]
        # Where a word can begin at all; most characters of prose begin none.
        self._begin = re.compile(f"[{re.escape(''.join(sorted({c for t in words for c in t.firsts or ''})))}]")
        if any(t.firsts is None for t in words):
            self._begin = re.compile(".", re.DOTALL)
        self._candidates: dict[str, list[tuple[str, _Match]]] = {}
        self._matches: dict[str, _Match] = {}
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
        return self._sign.search(text) is not None

    def has_topic(self, text: str) -> bool:
        """Whether a text has a word of a topic."""
        return self._topic.search(text) is not None

    def _find(self, sentence: str) -> Iterator[tuple[str, re.Match[str]]]:
        """The words of a sentence with the plain names of their terminals, one behind the other."""
        place = 0
        search, candidates = self._begin.search, self._candidates
        while (begin := search(sentence, place)) is not None:
            start = begin.start()
            place = start + 1
            character = sentence[start]
            for kind, match in candidates.get(character) or self._beginning(character):
                found = match(sentence, start)
                if found is not None and found.end() > start:
                    place = found.end()
                    yield kind, found
                    break

    def _beginning(self, character: str) -> list[tuple[str, _Match]]:
        """The patterns that can begin with a character, in the order in which they are tried."""
        found = []
        for terminal, kind in self._words:
            if terminal.firsts is None or character in terminal.firsts:
                if kind not in self._matches:
                    text = re.escape(terminal.text) if terminal.literal else terminal.text
                    self._matches[kind] = re.compile(text).match
                found.append((kind, self._matches[kind]))
        self._candidates[character] = found
        return found

    def clauses(self, sentence: str) -> Iterator[Clause]:
        """The clauses of a sentence that have any word of the grammar; types of tokens are plain names."""
        tokens: list[Token] = []
        opening = ""
        year: Token | None = None
        scope: Token | None = None
        behind = 0
        for kind, match in self._find(sentence):
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
