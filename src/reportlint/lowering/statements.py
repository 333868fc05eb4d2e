"""Claims: what the prose says of figures, by a claims grammar."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from reportlint.claims import Claim
from reportlint.grammar import Grammar, Node, Token
from reportlint.grammar.phrases import PhraseScanner
from reportlint.lowering.numerals import number
from reportlint.source import Span

_SENTENCE = re.compile(r"[^。；;！!？?]+")
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"[0-9]+")
_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
_SAME_DIGITS = str.maketrans("23456789２３４５６７８９１", "1" * 17)
_MYRIADS = 10_000
_LONGEST_SENTENCE = 2_000
_STRUCTURE = frozenset({"claims", "denial", "shared", "elliptical"})


class _Quantity(NamedTuple):
    """A number as a clause has it, at its offsets in the sentence."""

    start: int
    end: int
    unit: str | None
    approximate: bool
    myriads: bool
    zero: bool


class _Said(NamedTuple):
    """A claim of a sentence, its figures by their offsets: the same words with other figures say the same."""

    subject: str
    quantity: _Quantity | None
    """None for a denial."""
    elliptical: bool
    """Whether the subject must have come up before in the paragraph."""
    span: Span
    year: Span | None
    scope: Span | None


class _Topics:
    """What a paragraph has brought up so far: by a claim, or by a mention."""

    def __init__(self, phrases: PhraseScanner, paragraph: str) -> None:
        self._phrases = phrases
        self._paragraph = paragraph
        self._claimed: set[str] = set()
        self._mentioned: dict[str, int | None] = {}

    @property
    def any_claimed(self) -> bool:
        return bool(self._claimed)

    def claim(self, subject: str) -> None:
        self._claimed.add(subject)

    def up(self, subject: str, offset: int) -> bool:
        """Whether a subject came up before an offset into the paragraph."""
        if subject in self._claimed:
            return True
        if subject not in self._mentioned:
            folded, places = _fold(self._paragraph)
            place = self._phrases.mention(subject, folded)
            self._mentioned[subject] = None if place is None else _offset(places, place)
        first = self._mentioned[subject]
        return first is not None and first < offset


class StatementReader:
    """Reads claims by one grammar. Sentences that differ in their figures only are parsed once."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._read_sentence = lru_cache(maxsize=2_048)(self._parse)

    def read(self, text: str, paragraphs: Iterable[Span]) -> Iterator[Claim]:
        """The claims of these paragraphs."""
        phrases = self._grammar.phrases
        for paragraph in paragraphs:
            piece = text[paragraph.start : paragraph.end]
            # White space may stand within a word: a PDF breaks lines anywhere.
            if not phrases.worth_reading(_compact(piece)):
                continue
            topics = _Topics(phrases, piece)
            for match in _SENTENCE.finditer(piece):
                sentence = match.group()
                words = _compact(sentence)
                worth_reading = phrases.has_sign(words) if topics.any_claimed else phrases.worth_reading(words)
                if len(sentence) > _LONGEST_SENTENCE or not worth_reading:
                    continue
                # Figures differ from report to report and the words around them hardly do. What a
                # sentence says does not hang on its figures, but for zeros, which are kept.
                for said in self._read_sentence(sentence.translate(_SAME_DIGITS)):
                    top = said.subject.partition(".")[0]
                    if said.elliptical and not topics.up(top, match.start() + said.span.start):
                        continue
                    topics.claim(top)
                    yield _claim(said, sentence, paragraph.start + match.start())

    def _parse(self, sentence: str) -> tuple[_Said, ...]:
        folded, places = _fold(sentence)
        found: list[_Said] = []
        for clause in self._grammar.phrases.clauses(folded):
            start, end = clause.tokens[0].start, clause.tokens[-1].end
            # A clause without a figure or a denial states no quantity; to find out by parsing costs more.
            if not self._grammar.phrases.has_sign(folded[start:end]):
                continue
            tree = self._grammar.parse_tokens(clause.tokens)
            if tree is None:
                continue
            year = _place(places, clause.year.start, clause.year.end) if clause.year else None
            scope = _place(places, clause.scope.start, clause.scope.end) if clause.scope else None
            for said in self._claims(tree):
                quantity = said.quantity
                if quantity is not None:
                    first, last = _place(places, quantity.start, quantity.end)
                    quantity = quantity._replace(start=first, end=last)
                span = _place(places, start, end)
                found.append(said._replace(quantity=quantity, span=span, year=year, scope=scope))
        return tuple(found)

    def _claims(self, tree: Node) -> Iterator[_Said]:
        for node in [tree, *tree.nodes()]:
            if node.name == "denial":
                for subject in _subjects(node):
                    yield _said(subject, None)
            elif node.name == "shared":
                yield from self._shared(node, elliptical=False)
            elif node.name == "elliptical":
                for child in node.nodes():
                    if child.name == "shared":
                        yield from self._shared(child, elliptical=True)
                    else:
                        yield from self._counts(child, elliptical=True)
            elif node.name not in _STRUCTURE and node is not tree:
                yield from self._counts(node, elliptical=False)

    def _shared(self, node: Node, *, elliptical: bool) -> Iterator[_Said]:
        """One quantity for one subject, or a zero for several."""
        subjects = _subjects(node)
        quantity = self._quantity(node)
        if len(subjects) == 1 or quantity.zero:
            for subject in subjects:
                yield _said(subject, quantity, elliptical=elliptical)

    def _counts(self, node: Node, *, elliptical: bool) -> Iterator[_Said]:
        """A subject with its quantity, and subjects within it with theirs."""
        if any(child.name == "quantity" for child in node.nodes()):
            yield _said(node.name, self._quantity(node), elliptical=elliptical)
        for child in node.nodes():
            if child.name != "quantity":
                yield from self._counts(child, elliptical=elliptical)

    def _quantity(self, node: Node) -> _Quantity:
        tokens = next(child for child in node.nodes() if child.name == "quantity").children
        found = {self._grammar.terminal(token): token for token in tokens if isinstance(token, Token)}
        number, unit = found["NUMBER"], found.get("UNIT")
        return _Quantity(
            number.start,
            number.end,
            unit.text if unit else None,
            "APPROXIMATE" in found or "MORE" in found,
            "MYRIAD" in found,
            not number.text.strip("0零〇.,"),
        )


def _said(subject: str, quantity: _Quantity | None, *, elliptical: bool = False) -> _Said:
    return _Said(subject, quantity, elliptical, Span(0, 0), None, None)


def _claim(said: _Said, sentence: str, base: int) -> Claim:
    """The claim that a sentence makes, with its own figures."""
    year = int(_DIGITS.search(_text(sentence, said.year)).group()) if said.year else None  # type: ignore[union-attr]
    scope = _text(sentence, said.scope) if said.scope else None
    span = Span(base + said.span.start, base + said.span.end)
    quantity = said.quantity
    if quantity is None:
        return Claim(said.subject, 0, None, scope, False, True, year, span)
    value = number(_text(sentence, quantity))
    if quantity.myriads:
        value *= _MYRIADS
    return Claim(said.subject, value, quantity.unit, scope, quantity.approximate, False, year, span)


def _text(sentence: str, place: Span | _Quantity) -> str:
    """What stands at a place of a sentence, half-width and without white space."""
    return "".join(sentence[place.start : place.end].translate(_HALF_WIDTH).split())


def _subjects(node: Node) -> list[str]:
    """The subjects under a node: the names of its innermost rules, dotted behind those around them."""
    found: list[str] = []
    for child in node.nodes():
        name = child.name
        if name == "quantity":
            continue
        inner = _subjects(child)
        found.extend([f"{name}.{subject}" for subject in inner] or [name])
    return found


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
