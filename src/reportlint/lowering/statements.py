"""Claims: what the prose says of figures, by a claims grammar."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from reportlint.claims import Claim
from reportlint.grammar import Grammar, Node, Token
from reportlint.source import Span

_SENTENCE = re.compile(r"[^。；;！!？?]+")
_SPACE = re.compile(r"\s+")
_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
_MYRIAD = 10_000
_LONGEST_SENTENCE = 2_000
_STRUCTURE = frozenset({"claims", "denial", "shared", "elliptical"})


class _Said(NamedTuple):
    """A claim relative to its sentence; `elliptical` names the subject that must have come up before."""

    subject: str
    value: int | Decimal
    unit: str | None
    approximate: bool
    denied: bool
    year: int | None
    scope: str | None
    start: int
    end: int
    elliptical: bool


class StatementReader:
    """Reads claims by one grammar. Sentences seen before are not parsed again."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._read_sentence = lru_cache(maxsize=4_096)(self._parse)

    def read(self, text: str, paragraphs: Iterable[Span]) -> Iterator[Claim]:
        """The claims of these paragraphs."""
        phrases = self._grammar.phrases
        for paragraph in paragraphs:
            piece = text[paragraph.start : paragraph.end]
            if not phrases.worth_reading(piece):
                continue
            known: set[str] = set()
            for match in _SENTENCE.finditer(piece):
                sentence = match.group()
                worth_reading = phrases.has_sign(sentence) if known else phrases.worth_reading(sentence)
                if len(sentence) > _LONGEST_SENTENCE or not worth_reading:
                    continue
                for said in self._read_sentence(sentence):
                    start = match.start() + said.start
                    top = said.subject.partition(".")[0]
                    if said.elliptical and top not in known and not phrases.mentions(top, _fold(piece[:start])[0]):
                        continue
                    known.add(top)
                    span = Span(paragraph.start + start, paragraph.start + match.start() + said.end)
                    yield Claim(
                        said.subject, said.value, said.unit, said.scope, said.approximate, said.denied, said.year, span
                    )

    def _parse(self, sentence: str) -> tuple[_Said, ...]:
        folded, places = _fold(sentence)
        found: list[_Said] = []
        for clause in self._grammar.phrases.clauses(folded):
            last = clause.tokens[-1]
            start, end = clause.tokens[0].start, last.end
            # A clause without a figure or a denial states no quantity; to find out by parsing costs more.
            if not self._grammar.phrases.has_sign(folded[start:end]):
                continue
            tree = self._grammar.parse_tokens(clause.tokens)
            if tree is None:
                continue
            start, end = _place(places, start), _place(places, end - 1) + 1
            found.extend(
                said._replace(year=clause.year, scope=clause.scope, start=start, end=end) for said in self._claims(tree)
            )
        return tuple(found)

    def _claims(self, tree: Node) -> Iterator[_Said]:
        for node in [tree, *tree.nodes()]:
            kind = node.name
            if kind == "denial":
                for subject in _subjects(node):
                    yield _said(subject, 0, None, denied=True)
            elif kind == "shared":
                yield from self._shared(node, elliptical=False)
            elif kind == "elliptical":
                for child in node.nodes():
                    if child.name == "shared":
                        yield from self._shared(child, elliptical=True)
                    else:
                        yield from self._counts(child, elliptical=True)
            elif kind not in _STRUCTURE and node is not tree:
                yield from self._counts(node, elliptical=False)

    def _shared(self, node: Node, *, elliptical: bool) -> Iterator[_Said]:
        """One quantity for one subject, or a zero for several."""
        subjects = _subjects(node)
        value, unit, approximate = self._quantity(node)
        if len(subjects) == 1 or value == 0:
            for subject in subjects:
                yield _said(subject, value, unit, approximate=approximate, elliptical=elliptical)

    def _counts(self, node: Node, *, elliptical: bool) -> Iterator[_Said]:
        """A subject with its quantity, and subjects within it with theirs."""
        if any(child.name == "quantity" for child in node.nodes()):
            value, unit, approximate = self._quantity(node)
            yield _said(node.name, value, unit, approximate=approximate, elliptical=elliptical)
        for child in node.nodes():
            if child.name != "quantity":
                yield from self._counts(child, elliptical=elliptical)

    def _quantity(self, node: Node) -> tuple[int | Decimal, str | None, bool]:
        tokens = next(child for child in node.nodes() if child.name == "quantity").children
        found = {self._grammar.terminal(token): token.text for token in tokens if isinstance(token, Token)}
        digits = found["NUMBER"].replace(",", "").replace("零", "0").replace("〇", "0")
        value: int | Decimal = Decimal(digits) if "." in digits else int(digits)
        if "MYRIAD" in found:
            value *= _MYRIAD
        return value, found.get("UNIT"), "APPROXIMATE" in found or "MORE" in found


def _said(
    subject: str,
    value: int | Decimal,
    unit: str | None,
    *,
    approximate: bool = False,
    denied: bool = False,
    elliptical: bool = False,
) -> _Said:
    return _Said(subject, value, unit, approximate, denied, None, None, 0, 0, elliptical)


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


def _place(places: list[tuple[int, int]] | None, offset: int) -> int:
    if places is None:
        return offset
    folded, original = places[bisect_right(places, (offset, len(places) and 1 << 62)) - 1]
    return original + offset - folded
