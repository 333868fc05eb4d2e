"""Prose: lines to paragraphs, and the title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from reportlint.grammar import Token
from reportlint.grammar.labels import EDGE, fold
from reportlint.source import Span

_SENTENCE_END = "。！？；：!?;:…"
_NEW_PARAGRAPH = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、．](?!\d))"
)
_GAP = re.compile(r"\s*(?:[-—–－]+\s*\d+\s*[-—–－]+)?\s*")
_FIELD_ENDS = ("\t", "|")
_SHORTEST_WRAPPED_LINE = 18
_LONGEST_GAP = 200
_MOST_TITLE_LINES = 3
_CHINESE_DIGITS = str.maketrans("〇零○oO一二三四五六七八九", "0000012345678" + "9")


class Title(NamedTuple):
    """The report's title as it stands in its first lines."""

    text: str
    span: Span
    organisation: str | None
    year: int | None


def paragraphs(text: str, tokens: Iterable[Token]) -> tuple[Span, ...]:
    """Lines to paragraphs; lines that a PDF broke, over a page number too, are joined."""
    spans: list[Span] = []
    last: Token | None = None
    for token in tokens:
        if last is not None and _continues(text, last, token):
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(Span(token.start, token.end))
        last = token
    return tuple(_tight(text, span) for span in spans)


def _continues(text: str, before: Token, token: Token) -> bool:
    """Whether a line goes on with the one before it: that is long, ends no sentence and no field of a table, and
    nothing begins anew."""
    last = before.text.rstrip()
    if before.text.endswith(_FIELD_ENDS):
        return False
    if len(last) < _SHORTEST_WRAPPED_LINE or last[-1] in _SENTENCE_END or _NEW_PARAGRAPH.match(token.text):
        return False
    if token.start - before.end > _LONGEST_GAP:
        return False
    gap = text[before.end : token.start]
    blank_line = gap.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1
    return bool(_GAP.fullmatch(gap)) and (not blank_line or bool(gap.strip()))


def _tight(text: str, span: Span) -> Span:
    """A span without the white space and marks (of Markdown, of table borders) at its edges."""
    piece = text[span.start : span.end]
    return Span(span.start + len(piece) - len(piece.lstrip(EDGE)), span.start + len(piece.rstrip(EDGE)))


class TitleReader:
    """Reads a title by the grammar's TITLE pattern, on one line or joined from several."""

    def __init__(self, title: str | None, organisation: str | None) -> None:
        self._title = re.compile(title) if title else None
        self._organisation = re.compile(organisation) if organisation else None

    def read(self, source: str, tokens: list[Token], is_title: list[bool]) -> Title | None:
        """The first title among the lines before the first section."""
        if self._title is None:
            return None
        for index, token in enumerate(tokens):
            if is_title[index]:
                return self._join(source, tokens, index) or self._match(source, tokens[index : index + 1])
            if index > 0 and len(token.text) < 60:
                joined = self._match(source, tokens[index - 1 : index + 1])
                if joined is not None and joined.year is not None and not is_title[index - 1]:
                    return self._extend(source, tokens, index - 1, index, joined)
        return None

    def _join(self, source: str, tokens: list[Token], index: int) -> Title | None:
        """The title with the lines before it that belong to it: an organisation, or its first half."""
        alone = self._match(source, tokens[index : index + 1])
        if alone is None or (alone.organisation and alone.year):
            return alone
        return self._extend(source, tokens, index, index, alone)

    def _extend(self, source: str, tokens: list[Token], start: int, index: int, alone: Title) -> Title:
        """A title with the lines before it that name its organisation."""
        if alone.organisation and alone.year:
            return alone
        for first in range(start - 1, max(-1, index - _MOST_TITLE_LINES), -1):
            line = fold(tokens[first].text.strip(EDGE))
            if self._organisation is None or not self._organisation.fullmatch(line):
                break
            joined = self._match(source, tokens[first : index + 1])
            if joined is not None and joined.organisation and joined.year:
                return joined
        return alone

    def _match(self, source: str, tokens: list[Token]) -> Title | None:
        assert self._title is not None
        text = "".join(fold(token.text.strip(EDGE)) for token in tokens)
        match = self._title.fullmatch(text) if len(text) <= 160 else None
        if match is None:
            return None
        groups = match.groupdict()
        organisation = next((text for name, text in groups.items() if name.startswith("organisation") and text), None)
        year = groups.get("year")
        first, last = tokens[0], tokens[-1]
        span = _tight(source, Span(first.start, last.end))
        return Title(text, span, organisation, int(year.translate(_CHINESE_DIGITS)) if year else None)
