"""Claims: what the prose says of figures, by a claims grammar."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from reportlint.claims import LONGEST_SENTENCE, Claim
from reportlint.grammar import Grammar
from reportlint.grammar.tree import Token
from reportlint.lowering import discourse
from reportlint.lowering.characters import simplified
from reportlint.lowering.clauses import Context, Figure, take_apart
from reportlint.lowering.discourse import NOTHING, PARTS, Stated
from reportlint.lowering.numerals import number
from reportlint.source import Span

_SENTENCE = re.compile(r"[^。；;！!？?]+")
_SEMICOLONS = ("；", ";")
_SENTENCE_END = re.compile("[。；;！!？?]")
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"[0-9]+")
_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
_DIGIT = re.compile("[2-9１-９]")
_MYRIADS = 10_000
_LONGEST_HEADING = 40
_MEMO_SIZE = 4_096
_MOST_TOGETHER = 60
"""Claims of sentences that go on with each other; more than any reader would keep in mind."""


class StatementReader:
    """Reads claims by one grammar. Sentences that differ in their figures only are read once."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._understand = lru_cache(maxsize=_MEMO_SIZE)(self._understood)

    def read(self, text: str, paragraphs: Iterable[Span]) -> Iterator[Claim]:
        """The claims of these paragraphs."""
        phrases = self._grammar.phrases
        context, headed = NOTHING, False
        text = simplified(text)
        for paragraph in paragraphs:
            piece = text[paragraph.start : paragraph.end]
            # What a paragraph brought up is up no longer in the next, but for a heading's.
            if not headed:
                context = NOTHING
            headed = len(piece) <= _LONGEST_HEADING and not _SENTENCE_END.search(piece)
            # White space may stand within a word: a PDF breaks lines anywhere.
            spaced = _SPACE.search(piece) is not None
            words = _compact(piece) if spaced else piece
            if not phrases.has_sign(words) or (context.topic is None and not phrases.has_topic(words)):
                continue
            last: list[Claim] = []
            for match in _SENTENCE.finditer(piece):
                sentence = match.group()
                words = _compact(sentence) if spaced else sentence
                if not phrases.has_sign(words) or len(sentence) > LONGEST_SENTENCE:
                    continue
                unfinished = piece[match.end() : match.end() + 1] in _SEMICOLONS
                if context.topic is None and not unfinished and not phrases.has_topic(words):
                    context = context._replace(abroad=False)
                    continue
                # Figures differ from report to report and the words around them hardly do. What a
                # sentence says does not hang on its figures, but for zeros, which are kept.
                stated, context, goes_on = self._understand(_DIGIT.sub("1", sentence), context)
                if context.abroad and not unfinished:
                    context = context._replace(abroad=False)
                base = paragraph.start + match.start()
                claims = [_claim(each, sentence, base) for each in stated]
                if goes_on and 0 < len(last) <= _MOST_TOGETHER:
                    # «收到12件。其中，上年结转2件»: what the second sentence says, the first one means.
                    last = discourse.related([*last, *claims], phrases.lexicon)
                else:
                    yield from last
                    last = claims
            yield from last

    def _understood(self, sentence: str, context: Context) -> tuple[tuple[Stated, ...], Context, bool]:
        """What a sentence states in a context, the context behind it, and whether it goes on with the one before."""
        folded, places = _fold(sentence)
        phrases = self._grammar.phrases
        readings = [take_apart(clause, phrases.lexicon) for clause in phrases.clauses(folded)]
        stated, context = discourse.sentence(readings, context, phrases.lexicon, phrases.hinted(folded))
        goes_on = bool(readings) and PARTS[0] in readings[0].opening
        return tuple(_unfolded(each, places) for each in stated), context, goes_on


def _unfolded(stated: Stated, places: list[tuple[int, int]] | None) -> Stated:
    """A claim with the places that it had before the sentence was folded."""
    if places is None:
        return stated
    figure = stated.figure
    if figure is not None:
        place = _place(places, figure.start, figure.end)
        figure = figure._replace(start=place.start, end=place.end)
    start, end = _place(places, stated.start, stated.end)
    return stated._replace(
        figure=figure, start=start, end=end, year=_moved(stated.year, places), scope=_moved(stated.scope, places)
    )


def _moved(token: Token | None, places: list[tuple[int, int]]) -> Token | None:
    """A word at the place that it had: as long as it was there."""
    if token is None:
        return None
    start, end = _place(places, token.start, token.end)
    return Token(token.type, " " * (end - start), start)


def _claim(stated: Stated, sentence: str, base: int) -> Claim:
    """A claim with its own figures."""
    figure = stated.figure
    year = _DIGITS.search(_text(sentence, stated.year.start, stated.year.end)) if stated.year is not None else None
    return Claim(
        stated.subject,
        _value(figure, sentence) if figure is not None else 0,
        figure.unit if figure is not None else None,
        _text(sentence, stated.scope.start, stated.scope.end) if stated.scope is not None else None,
        figure is not None and figure.approximate,
        stated.denied,
        int(year.group()) if year is not None else None,
        Span(base + stated.start, base + stated.end),
        Span(base, base + len(sentence)),
        stated.part,
        stated.open,
    )


def _value(figure: Figure, sentence: str) -> int | Decimal:
    value = number(_text(sentence, figure.start, figure.end))
    return _whole(value * _MYRIADS if figure.myriads else value)


def _whole(value: int | Decimal) -> int | Decimal:
    """A count written as a decimal of 万 is a whole number all the same."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def _text(sentence: str, start: int, end: int) -> str:
    """What stands at a place of a sentence, half-width and without white space."""
    words = sentence[start:end]
    return "".join((words if words.isascii() else words.translate(_HALF_WIDTH)).split())


def _compact(text: str) -> str:
    return "".join(text.split())


def _fold(sentence: str) -> tuple[str, list[tuple[int, int]] | None]:
    """The sentence half-width and without white space, and where its stretches stood."""
    text = sentence.translate(_HALF_WIDTH) if not sentence.isascii() else sentence
    if not _SPACE.search(text):
        return text, None
    pieces, places, length, start = [], [], 0, 0
    for match in [*_SPACE.finditer(text), None]:
        end = match.start() if match else len(text)
        if end > start:
            pieces.append(text[start:end])
            places.append((length, start))
            length += end - start
        start = match.end() if match else end
    return "".join(pieces), places


def _place(places: list[tuple[int, int]] | None, start: int, end: int) -> Span:
    """Where a stretch of the folded sentence stood; the end is behind its last character."""
    return Span(_offset(places, start), _offset(places, end - 1) + 1)


def _offset(places: list[tuple[int, int]] | None, offset: int) -> int:
    if places is None:
        return offset
    folded, original = places[bisect_right(places, offset, key=lambda place: place[0]) - 1]
    return original + offset - folded
