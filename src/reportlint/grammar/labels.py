"""Labels: the words of the form, and how a text is found to be one of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from reportlint.grammar.tables import Terminal

EDGE = " \t|\u3000\ufeff\f\v\xa0#*"
"""What may stand before a label and is no part of it."""
_NUMBERED = re.compile(r"^\(?(\d{1,2})[).、:,]+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "＂": '"', "‘": "'", "’": "'"})
_NEAR = 0.6
_MARGIN = 0.08


def fold(text: str) -> str:
    """The form in which labels are compared: NFKC, no white space, straight quotation marks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_QUOTES)


def _bigrams(key: str) -> set[str]:
    return {key[i : i + 2] for i in range(len(key) - 1)}


class Labels:
    """A set of labels to look words up in."""

    def __init__(self, terminals: Iterable[Terminal]) -> None:
        self._literals: dict[str, str] = {}
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        self._bigrams: dict[str, list[str]] = {}
        self._sizes: dict[str, int] = {}
        patterns = []
        for terminal in terminals:
            if terminal.literal:
                key = fold(terminal.text)
                self._literals[key] = terminal.name
                grams = _bigrams(key)
                self._sizes[terminal.name] = len(grams)
                for gram in grams:
                    self._bigrams.setdefault(gram, []).append(terminal.name)
            else:
                patterns.append(terminal)
        for terminal in sorted(patterns, key=lambda terminal: -terminal.priority):
            self._patterns.append((re.compile(terminal.text), terminal.name))

    def exact(self, key: str) -> str | None:
        """The terminal that a folded text is, to the letter, but for the style of its numbering, or by its pattern."""
        name = self._literals.get(key)
        if name is None and key[:2].strip("(")[:1].isdigit():
            name = self._literals.get(_NUMBERED.sub(r"\1.", key))
        if name is None:
            name = next((name for pattern, name in self._patterns if pattern.fullmatch(key)), None)
        return name

    def nearest(self, key: str) -> str | None:
        """The terminal that a damaged label comes nearest to, if one is near and no other as near.

        Nearness is the Dice coefficient over pairs of neighbouring characters, which bears
        characters lost, doubled or split off, and takes time linear in the text.
        """
        grams = _bigrams(key)
        shared: dict[str, int] = {}
        for gram in grams:
            for name in self._bigrams.get(gram, ()):
                shared[name] = shared.get(name, 0) + 1
        scores = sorted(
            ((2 * count / (len(grams) + self._sizes[name]), name) for name, count in shared.items()),
            reverse=True,
        )
        if not scores or scores[0][0] < _NEAR:
            return None
        if len(scores) > 1 and scores[0][0] - scores[1][0] < _MARGIN:
            return None
        return scores[0][1]
