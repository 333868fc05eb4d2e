"""A clause taken apart: its figures, and the words of a claims grammar before and behind each.

Words that the grammar does not know stand between as `UNKNOWN`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportlint.grammar.lexicon import (
    BRINGING,
    Lexicon,
    Word,
)
from reportlint.grammar.phrases import Clause
from reportlint.grammar.tree import Token
from reportlint.lowering.numerals import PERCENT_OF

NOT, JOINED, RESPECTIVELY, EACH, ETC = "NOT", "JOINED", "RESPECTIVELY", "EACH", "ETC"
SHARE, REST, VOID, FOREIGN, UNKNOWN = "SHARE", "REST", "VOID", "FOREIGN", "UNKNOWN"
APPROXIMATE, REMAINDER, ELSEWHEN = "APPROXIMATE", "REMAINDER", "ELSEWHEN"
LEFT_OVER = "LEFT_OVER"
RESTS = (REST, LEFT_OVER)
"""What is left of a list: as its last kind («其他»), or as whatever was not said («其余»)."""
_PERCENT = "%"
_ONE = "一"
_LONGEST_NUMBER = 20
_QUANTITY = frozenset({"NUMBER", "APPROXIMATE", "MYRIAD", "MORE", "UNIT"})


class Mark(NamedTuple):
    """A word of a clause, or a sign of how its words hang together."""

    kind: str
    word: Word | None
    start: int
    end: int


class Figure(NamedTuple):
    """A figure of a clause, at its offsets in the sentence."""

    start: int
    end: int
    """Behind the number; the unit follows."""
    stop: int
    """Behind the unit."""
    unit: str | None
    approximate: bool
    myriads: bool
    zero: bool
    one: bool


class Reading(NamedTuple):
    """A clause taken apart: `marks[i]` stands before `figures[i]`, the last marks behind all figures."""

    marks: tuple[tuple[Mark, ...], ...]
    figures: tuple[Figure, ...]
    kinds: frozenset[str]
    opening: str
    start: int
    end: int
    year: Token | None
    scope: Token | None
    topics: tuple[str | None, ...]
    """The topics that the clause brings up, in order; None for one of no table."""


class Said(NamedTuple):
    """A claim of a clause; `figure` is None for a denial."""

    subject: str
    figure: Figure | None
    start: int
    end: int
    strong: bool
    """Whether it is more than what a verb or the topic's own name says."""


class Context(NamedTuple):
    """What the text has brought up before a clause."""

    topic: str | None
    names: tuple[tuple[str, str], ...]
    """The subject named last in each topic."""
    partition: tuple[str, str] | None
    last: str | None
    """The subject of the last claim of the sentence."""
    last_share: str | None
    """That subject, where the claim gave its share and no figure."""
    aspect: str
    """What the figure before it in the clause said of its subject."""
    open_figure: Figure | None
    """A figure of the clause before that stands first in it and has no subject there."""
    sharing: bool
    """Whether the sentence has said that its figures are shares."""
    pending: tuple[Mark, ...]
    """The words of the clause before, where that had no figure for them."""
    abroad: bool = False
    """Whether the sentence before was counting the kinds of something of no table, and goes on."""

    def naming(self, word: Word) -> Context:
        """The context behind a name."""
        return self._replace(names=tuple({**dict(self.names), word.topic: word.subject}.items()))

    def name(self, topic: str) -> str:
        """The subject named last in a topic, or nothing."""
        return next((subject for named, subject in self.names if named == topic), "")


def take_apart(clause: Clause, lexicon: Lexicon) -> Reading:
    """The figures of a clause and the marks around them."""
    groups: list[list[Mark]] = [[]]
    figures: list[Figure] = []
    topics: list[str | None] = []
    kinds = set()
    tokens = clause.tokens
    index = 0
    while index < len(tokens):
        token = tokens[index]
        kind = token.type
        if kind in _QUANTITY:
            stop = index + 1
            while stop < len(tokens) and tokens[stop].type in _QUANTITY and tokens[stop].start == tokens[stop - 1].end:
                if tokens[stop].type in ("NUMBER", "APPROXIMATE") and tokens[stop - 1].type != "APPROXIMATE":
                    break
                stop += 1
            figure = _figure(tokens[index:stop])
            if figure is None:
                # A unit without a number is a word like any other.
                vague = kind == APPROXIMATE
                groups[-1].append(Mark(APPROXIMATE if vague else UNKNOWN, None, token.start, token.end))
            else:
                figures.append(figure)
                groups.append([])
            index = stop
            continue
        word = lexicon.words.get(kind)
        groups[-1].append(Mark(kind, word, token.start, token.end))
        kinds.add(kind)
        if word is not None and word.category in BRINGING:
            topics.append(word.topic)
        elif kind == FOREIGN:
            topics.append(None)
        index += 1
    return Reading(
        tuple(map(tuple, groups)),
        tuple(figures),
        frozenset(kinds),
        clause.opening,
        tokens[0].start,
        tokens[-1].end,
        clause.year,
        clause.scope,
        tuple(topics),
    )


def _figure(tokens: Sequence[Token]) -> Figure | None:
    found = {token.type: token for token in tokens}
    number, unit = found.get("NUMBER"), found.get("UNIT")
    if number is None or len(number.text) > _LONGEST_NUMBER:
        return None
    unit_text = unit.text.replace("％", _PERCENT) if unit else None
    return Figure(
        number.start,
        number.end,
        tokens[-1].end,
        _PERCENT if number.text.startswith(PERCENT_OF) else unit_text,
        "APPROXIMATE" in found or "MORE" in found,
        "MYRIAD" in found,
        not number.text.strip("0零〇.,"),
        number.text == _ONE,
    )
