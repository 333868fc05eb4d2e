"""Which form a report is in: by its title, its year, and the words that it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reportlint.grammar import MARK, Grammar
from reportlint.grammar.labels import EDGE, fold

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}|二[〇零○][一二三四五六七八九〇零○]{2})年(?!\d{1,2}月)")
_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HALF_WIDTH = (("（", "("), ("）", ")"), ("：", ":"), ("，", ","), ("“", '"'), ("”", '"'))
_MARGIN = 3
"""Words by which another form must be ahead: a heading or two are reworded in reports of any form."""
_MOST_LABELS = 16
"""Labels that are looked for to tell one form from another: the longest, which prose has least."""
_HEAD = 400
"""Characters of a squeezed report in which its year is looked for."""
_TITLE_LINES = 12
_LONGEST_TITLE = 120
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")


class _Words(NamedTuple):
    """What speaks for one form against another."""

    labels: tuple[str, ...]
    mark: re.Pattern[str] | None = None

    def count(self, text: str) -> int:
        """How many of them a squeezed text has."""
        found = sum(label in text for label in self.labels)
        return found + (len(set(self.mark.findall(text))) if self.mark is not None else 0)


class Choice:
    """Chooses among report grammars: the first for the report's year, unless the words of another prevail.

    What counts for one form against another are the labels that the other has not, and its marks. A
    form that is not for the report's year prevails only by the labels of its tables: headings and turns of
    phrase outlive the form that they come from.
    """

    def __init__(self, grammars: Sequence[Grammar]) -> None:
        self.grammars = tuple(grammars)
        if len(self.grammars) < 2:
            return
        self._labels = [_labels(grammar) for grammar in self.grammars]
        marks = (grammar.pattern(MARK) for grammar in self.grammars)
        self._marks = [re.compile(mark) if mark else None for mark in marks]
        titles: dict[str, list[int]] = {}
        for index, grammar in enumerate(self.grammars):
            titles.setdefault(grammar.pattern("TITLE") or "", []).append(index)
        self._titles = [(re.compile(title), indices) for title, indices in titles.items() if title]
        self._kinds = len(titles)
        self._memo: dict[tuple[int, int, bool], _Words] = {}

    @property
    def names(self) -> str:
        return "、".join(grammar.name for grammar in self.grammars)

    def covers(self, year: int, form: str) -> bool:
        """Whether any of the forms for the same kind of report, by its title, is for a report year."""
        titles = {grammar.name: grammar.pattern("TITLE") for grammar in self.grammars}
        return any(grammar.covers(year) for grammar in self.grammars if titles[grammar.name] == titles[form])

    def of(self, text: str) -> Grammar:
        """The grammar that a text is read by."""
        if len(self.grammars) < 2:
            return self.grammars[0]
        words = squeeze(text)
        years = list(dict.fromkeys(int(year.translate(_NUMERALS)) for year in _YEAR.findall(words, 0, _HEAD)))
        year = years[0] if years else None
        candidates: Sequence[int] = range(len(self.grammars))
        if self._kinds > 1 or len(years) > 1:
            match, knowing = self._title(text)
            if match is not None:
                candidates = knowing
                named = match.groupdict().get("year")
                year = int(named.translate(_NUMERALS)) if named and named.translate(_NUMERALS).isdigit() else year
        covering = [i for i in candidates if year is not None and self.grammars[i].covers(year)]
        expected = covering[0] if covering else candidates[0]
        best, lead = expected, _MARGIN - 1
        for rival in candidates:
            if rival == expected:
                continue
            by_tables = bool(covering) and rival not in covering
            ahead = self._words(rival, expected, by_tables).count(words)
            if ahead > lead:
                ahead -= self._words(expected, rival, False).count(words)
                if ahead > lead:
                    best, lead = rival, ahead
        return self.grammars[best]

    def _title(self, text: str) -> tuple[re.Match[str] | None, Sequence[int]]:
        """The report's title among the first lines, and the grammars that know it."""
        for _, line in zip(range(_TITLE_LINES), _LINE.finditer(text), strict=False):
            if len(line[0]) <= _LONGEST_TITLE:
                folded = fold(line[0].strip(EDGE))
                for title, indices in self._titles:
                    match = title.fullmatch(folded)
                    if match is not None:
                        return match, indices
        return None, ()

    def _words(self, one: int, other: int, by_tables: bool) -> _Words:
        key = (one, other, by_tables)
        if key not in self._memo:
            theirs = [*self._labels[other][0], *self._labels[other][1]]
            in_tables, elsewhere = self._labels[one]
            labels = in_tables if by_tables else (*in_tables, *elsewhere)
            # A label within one of the other form's proves nothing.
            own = sorted((w for w in labels if not any(w in label for label in theirs)), key=len, reverse=True)
            self._memo[key] = _Words(tuple(own[:_MOST_LABELS]), None if by_tables else self._marks[one])
        return self._memo[key]


def squeeze(text: str) -> str:
    """A text without white space and with half-width brackets, colons, commas and straight quotation marks.

    Not folded as labels are, which would take as long as all the rest.
    """
    words = "".join(text.split())
    for wide, half in _HALF_WIDTH:
        words = words.replace(wide, half)
    return words


def _labels(grammar: Grammar) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels of a form's tables, and its other ones, squeezed."""
    form = grammar.form
    names = {
        *form.groups,
        *(name for blocks in form.tables.values() for block in blocks for name in (*block.rows, *block.columns)),
    }
    in_tables = {squeeze(words) for name, words in form.labels.items() if name.removesuffix("_variant") in names}
    elsewhere = {squeeze(words) for words in form.labels.values()} - in_tables
    return tuple(sorted(in_tables)), tuple(sorted(elsewhere))
