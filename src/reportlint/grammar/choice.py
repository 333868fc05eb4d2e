"""Which form a report is in, by the words that it has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reportlint.grammar import MARK, Grammar
from reportlint.grammar.labels import fold

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_MARGIN = 3
"""Words by which another form must be ahead: a heading or two are reworded in reports of any form."""
_HEAD = 400
"""Characters of a folded report in which its year is looked for."""


class Choice:
    """Chooses among report grammars: the first for the report's year, unless the words of another prevail.

    What counts is a grammar's own labels and marks; a label that all of them have tells nothing.
    """

    def __init__(self, grammars: Sequence[Grammar]) -> None:
        self.grammars = tuple(grammars)
        if len(self.grammars) < 2:
            return
        labels = [_labels(grammar) for grammar in self.grammars]
        shared = Counter(label for found in labels for label in found)
        own = [sorted(label for label in found if shared[label] < len(labels)) for found in labels]
        marks = [grammar.pattern(MARK) for grammar in self.grammars]
        self._own = [(tuple(found), re.compile(mark) if mark else None) for found, mark in zip(own, marks, strict=True)]

    @property
    def names(self) -> str:
        return "、".join(grammar.name for grammar in self.grammars)

    def covers(self, year: int) -> bool:
        """Whether any of the forms is for a report year."""
        return any(grammar.covers(year) for grammar in self.grammars)

    def of(self, text: str) -> Grammar:
        """The grammar that a text is read by."""
        if len(self.grammars) < 2:
            return self.grammars[0]
        words = fold(text)
        year = _YEAR.search(words[:_HEAD])
        covering = [index for index, grammar in enumerate(self.grammars) if year and grammar.covers(int(year[1]))]
        expected = covering[0] if covering else 0
        scores = []
        for labels, mark in self._own:
            score = sum(label in words for label in labels)
            scores.append(score + (len(set(mark.findall(words))) if mark is not None else 0))
        best = max(scores)
        return self.grammars[scores.index(best) if best - scores[expected] >= _MARGIN else expected]


def _labels(grammar: Grammar) -> set[str]:
    return {fold(terminal.text) for terminal in grammar.compiled.terminals if terminal.literal}
