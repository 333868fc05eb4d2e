"""Claims: what the prose says of figures, by a claims grammar."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from reportlint.claims import Claim
from reportlint.grammar import Grammar
from reportlint.grammar.lexicon import ASPECT, BRINGING, DETAIL, NAME, NOUN, WEAK_MENTION
from reportlint.grammar.phrases import PhraseScanner
from reportlint.lowering.characters import simplified
from reportlint.lowering.clauses import (
    ELSEWHEN,
    ETC,
    FOREIGN,
    NOT,
    SHARE,
    UNKNOWN,
    Context,
    Mark,
    Reading,
    Said,
    read,
    take_apart,
)
from reportlint.lowering.numerals import number
from reportlint.source import Span

_SENTENCE = re.compile(r"[^。；;！!？?]+")
_SENTENCE_END = re.compile("[。；;！!？?]")
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"[0-9]+")
_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
_SAME_DIGITS = str.maketrans("23456789２３４５６７８９１", "1" * 17)
_MYRIADS = 10_000
LONGEST_SENTENCE = 20_000
"""A longer stretch without a full stop is no sentence, and is not read; rules about claims say so."""
_LONGEST_HEADING = 40
_PARTS = ("其中", "当中", "这里面", "这之中", "包括")
_INCLUDING = ("含", "连同", "加上", "算上")
_NOTHING = Context(None, {}, None, None, None, "", None, False, ())


class StatementReader:
    """Reads claims by one grammar. Sentences that differ in their figures only are taken apart once."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._take_apart = lru_cache(maxsize=2_048)(self._readings)

    def read(self, text: str, paragraphs: Iterable[Span]) -> Iterator[Claim]:
        """The claims of these paragraphs."""
        phrases = self._grammar.phrases
        discourse = _Discourse(phrases)
        for paragraph in paragraphs:
            piece = simplified(text[paragraph.start : paragraph.end])
            discourse.open_paragraph(piece)
            # White space may stand within a word: a PDF breaks lines anywhere.
            if not discourse.topic_is_up and not phrases.worth_reading(_compact(piece)):
                continue
            last: list[Claim] = []
            for match in _SENTENCE.finditer(piece):
                sentence = match.group()
                if len(sentence) > LONGEST_SENTENCE:
                    continue
                words = _compact(sentence)
                if not (phrases.has_sign(words) if discourse.topic_is_up else phrases.worth_reading(words)):
                    continue
                # Figures differ from report to report and the words around them hardly do. What a
                # sentence says does not hang on its figures, but for zeros and ones, which are kept.
                readings = self._take_apart(sentence.translate(_SAME_DIGITS))
                claims = discourse.sentence(readings, sentence, paragraph.start + match.start())
                if last and readings[0] and _PARTS[0] in readings[0][0].opening:
                    # «收到12件。其中，上年结转2件»: what the second sentence says, the first one means.
                    last = discourse.related([*last, *claims])
                    continue
                yield from last
                last = claims
            yield from last

    def _readings(self, sentence: str) -> tuple[tuple[Reading, ...], list[tuple[int, int]] | None]:
        folded, places = _fold(sentence)
        phrases = self._grammar.phrases
        return tuple(take_apart(clause, phrases.lexicon) for clause in phrases.clauses(folded)), places


class _Discourse:
    """What a text has brought up so far, sentence by sentence."""

    def __init__(self, phrases: PhraseScanner) -> None:
        self._phrases = phrases
        self._lexicon = phrases.lexicon
        self._context = _NOTHING
        self._headed = False

    @property
    def topic_is_up(self) -> bool:
        return self._context.topic is not None

    def open_paragraph(self, paragraph: str) -> None:
        """A new paragraph: what was up is so no longer, unless by a heading of this paragraph."""
        if not self._headed:
            self._context = _NOTHING
        self._headed = len(paragraph) <= _LONGEST_HEADING and not _SENTENCE_END.search(paragraph)

    def sentence(
        self, taken_apart: tuple[tuple[Reading, ...], list[tuple[int, int]] | None], sentence: str, base: int
    ) -> list[Claim]:
        """The claims of a sentence."""
        readings, places = taken_apart
        span = Span(base, base + len(sentence))
        first = next((topic for reading in readings for topic in reading.topics if topic is not None), None)
        context = self._context._replace(last=None, last_share=None, open_figure=None, sharing=False, pending=())
        figured = next((index for index, reading in enumerate(readings) if reading.figures), len(readings))
        if first is None and not any(FOREIGN in reading.kinds for reading in readings[: figured + 1]):
            hinted = self._phrases.hinted(sentence)
            if context.topic is None or _has_details(readings, hinted):
                first = hinted
                context = context._replace(topic=hinted or context.topic)
        if context.topic is None and first is not None:
            context = context._replace(topic=first)
        found: list[Claim] = []
        within, in_bracket, foreign, elsewhen = False, False, False, False
        context = self._named(context, readings)
        claimed: set[str] = set()
        for reading in readings:
            if ")" in reading.opening:
                in_bracket = False
            if "(" in reading.opening:
                in_bracket = True
            if any(word in reading.opening for word in _PARTS):
                within = True
            part = within or in_bracket or any(word in reading.opening for word in _INCLUDING)
            foreign = (foreign or FOREIGN in reading.kinds) and not (not part and _own_topic(reading))
            elsewhen = elsewhen or ELSEWHEN in reading.kinds
            if elsewhen or (foreign and part):
                continue
            said_here = read(reading, context, self._lexicon)
            for said in said_here:
                claim = _claim(said, reading, sentence, places, base, span, part)
                if part and (reading.scope is not None or (not said.strong and said.subject in claimed)):
                    continue
                found.append(claim)
                claimed.add(said.subject)
            context = self._after(context, reading, said_here)
        self._context = context
        found = self.related(found)
        open_list = bool(readings) and any(ETC in reading.kinds for reading in readings)
        if open_list:
            found = [claim._replace(open=True) for claim in found]
        return found

    def _named(self, context: Context, readings: Sequence[Reading]) -> Context:
        """The context with the names of the sentence, for aspects that stand before their noun."""
        names = context.names
        for reading in readings:
            for group in reading.marks:
                for mark in group:
                    if mark.word is not None and mark.word.category == NAME and mark.word.topic not in names:
                        names = {**names, mark.word.topic: mark.word.subject}
        return context if names is context.names else context._replace(names=names)

    def _after(self, context: Context, reading: Reading, said: Sequence[Said]) -> Context:
        """The context behind a clause."""
        topic, names, partition, last = context.topic, context.names, context.partition, context.last
        marks = [mark for group in reading.marks for mark in group]
        for mark in marks:
            word = mark.word
            if word is None:
                if mark.kind == FOREIGN:
                    topic = None
                continue
            if word.category in BRINGING and not (
                word.category == WEAK_MENTION and (topic is not None or _after_unknown(marks, mark))
            ):
                topic = word.topic
            if word.category in (NAME, NOUN):
                names = {**names, word.topic: word.subject}
            if word.category == ASPECT:
                partition = (word.topic, ASPECT)
            if word.category in (NAME, NOUN, DETAIL) and (word.topic, word.partition) in self._lexicon.rests:
                partition = (word.topic, word.partition)
        open_figure = None
        if len(reading.figures) == 1 and not said and not any(mark.word for mark in reading.marks[0]):
            open_figure = reading.figures[0]
        share = None
        if said:
            last = said[-1].subject
            share = last if said[-1].figure is not None and said[-1].figure.unit == "%" else None
        waiting = (
            () if reading.figures or NOT in reading.kinds else tuple(mark for mark in marks if mark.word is not None)
        )
        if marks and marks[-1].kind == UNKNOWN:
            waiting = ()
        return Context(
            topic,
            names,
            partition,
            last,
            share,
            "",
            open_figure,
            context.sharing or (SHARE in reading.kinds and not reading.figures),
            waiting,
        )

    def related(self, claims: list[Claim]) -> list[Claim]:
        """The claims, those renamed whose meaning the claims within or beside them tell."""
        lists = self._lexicon.lists
        wholes, parts = lists.get("incoming_whole", frozenset()), lists.get("incoming_part", frozenset())
        besides = lists.get("newly_received_beside", frozenset())
        siblings = lists.get("newly_received_sibling", frozenset())
        result = list(claims)
        every_part = parts <= {claim.subject for claim in result if not claim.denied}
        whole: int | None = None
        waiting = False
        for index, claim in enumerate(claims):
            if claim.subject in parts and (claim.part or every_part):
                waiting = whole is None and claim.part
            elif not (claim.part or claim.subject in parts):
                whole = index
                if not waiting:
                    continue
            else:
                continue
            if whole is not None and result[whole].subject in wholes:
                result[whole] = result[whole]._replace(subject="incoming")
            waiting = waiting and whole is None
        if any(claim.subject in siblings and not claim.part for claim in result):
            result = [
                claim._replace(subject="newly_received")
                if claim.subject in besides and not (claim.part or claim.denied)
                else claim
                for claim in result
            ]
        return result


def _has_details(readings: Sequence[Reading], topic: str | None) -> bool:
    """Whether a sentence has words that only mean something within a topic."""
    return any(
        mark.word is not None and mark.word.category == DETAIL and mark.word.topic == topic
        for reading in readings
        for group in reading.marks
        for mark in group
    )


def _own_topic(reading: Reading) -> bool:
    return bool(reading.topics) and None not in reading.topics


def _after_unknown(marks: Sequence[Mark], mark: Mark) -> bool:
    index = marks.index(mark)
    return index > 0 and marks[index - 1].kind == UNKNOWN


def _claim(
    said: Said,
    reading: Reading,
    sentence: str,
    places: list[tuple[int, int]] | None,
    base: int,
    sentence_span: Span,
    part: bool,
) -> Claim:
    """The claim that a clause makes, with its own figures."""
    year = scope = None
    if reading.year is not None:
        year = int(_DIGITS.search(_text(sentence, _place(places, reading.year.start, reading.year.end))).group())  # type: ignore[union-attr]
    if reading.scope is not None:
        scope = _text(sentence, _place(places, reading.scope.start, reading.scope.end))
    place = _place(places, said.start, said.end)
    span = Span(base + place.start, base + place.end)
    figure = said.figure
    if figure is None:
        return Claim(said.subject, 0, None, scope, False, True, year, span, sentence_span, part, False)
    value = number(_text(sentence, _place(places, figure.start, figure.end)))
    if figure.myriads:
        value *= _MYRIADS
    return Claim(
        said.subject,
        _whole(value),
        figure.unit,
        scope,
        figure.approximate,
        False,
        year,
        span,
        sentence_span,
        part,
        False,
    )


def _whole(value: int | Decimal) -> int | Decimal:
    """A count written as a decimal of 万 is a whole number all the same."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def _text(sentence: str, place: Span) -> str:
    """What stands at a place of a sentence, half-width and without white space."""
    return "".join(sentence[place.start : place.end].translate(_HALF_WIDTH).split())


def _compact(text: str) -> str:
    return "".join(text.split()) if _SPACE.search(text) else text


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
