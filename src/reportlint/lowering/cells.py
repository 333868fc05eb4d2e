"""What stands in a cell, and how a line falls into cells."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from reportlint.model import Cell, CellKind
from reportlint.source import Span

_SEPARATOR = re.compile(r"[\t|]")
_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_MINUS = str.maketrans({"\u2212": "-", "\uff0d": "-"})
_DASHES = frozenset({"-", "--", "—", "——", "–", "/", "\\", "―", "ー", "一一"})
_NOT_APPLICABLE = frozenset({"无", "無", "不适用", "不涉及", "无此项", "N/A", "n/a", "NA", "空"})

_LONGEST_KEPT = 400
"""In characters; what a longer line falls into is not kept for the next time."""
_BORDER = " \t|\u3000\xa0"

MOST_DIGITS = 1_000
"""Longer runs of digits are no figure. (CPython prints no integer of more than 4,300 digits, sums included.)"""


class Piece(NamedTuple):
    """A cell of a line, with offsets relative to where the line's figures begin."""

    start: int
    end: int
    text: str
    value: int | Decimal | None
    kind: CellKind


@lru_cache(maxsize=2_048)
def read_value(text: str) -> tuple[int | Decimal | None, CellKind]:
    """The figure in a cell and the kind of what stands there; whatever is no plain figure has none."""
    folded = unicodedata.normalize("NFKC", text.translate(_MINUS)).strip()
    if not folded:
        return None, CellKind.BLANK
    if len(folded) <= MOST_DIGITS and _FIGURE.fullmatch(folded):
        digits = folded.replace(",", "")
        value: int | Decimal = Decimal(digits) if "." in digits else int(digits)
        return value, CellKind.ZERO if value == 0 else CellKind.FIGURE
    if folded in _DASHES or text.strip() in _DASHES:
        return None, CellKind.DASH
    if folded in _NOT_APPLICABLE:
        return None, CellKind.NOT_APPLICABLE
    return None, CellKind.TEXT


def is_mark(text: str) -> bool:
    """Whether a line is one of the words that stand where a figure belongs."""
    return read_value(text.strip(_BORDER))[1] is CellKind.NOT_APPLICABLE


class Fields(NamedTuple):
    """A line's cells, blank fields among them, and the stretch of them outside which all are blank."""

    pieces: tuple[Piece, ...]
    core: tuple[Piece, ...]
    lead: int
    """How many blank fields stand before the core."""
    filled: int
    """How many cells hold anything."""
    figures: bool
    """Whether any cell holds a figure."""
    values: tuple[int | Decimal | None, ...]
    """What the cells of the core hold."""
    plain: bool
    """Whether these are counts, all of them: whole and not negative."""


def split_row(tail: str) -> Fields:
    """The cells of what follows a row's label: fields between tabs or pipes, else words."""
    return _split_row(tail) if len(tail) <= _LONGEST_KEPT else _split_row.__wrapped__(tail)


def split_line(line: str) -> Fields:
    """The cells of a whole line of figures; its outer pipes make none."""
    return _split_line(line) if len(line) <= _LONGEST_KEPT else _split_line.__wrapped__(line)


@lru_cache(maxsize=2_048)
def _split_row(tail: str) -> Fields:
    pieces = _split(tail)
    if pieces and pieces[0].kind is CellKind.BLANK and _SEPARATOR.search(tail):
        pieces = pieces[1:]
    return fields(pieces)


@lru_cache(maxsize=2_048)
def _split_line(line: str) -> Fields:
    pieces = _split(line)
    if len(pieces) > 1 and pieces[0].kind is CellKind.BLANK and line.lstrip().startswith("|"):
        pieces = pieces[1:]
    return fields(pieces)


def fields(pieces: tuple[Piece, ...]) -> Fields:
    """The fields that some pieces make."""
    filled = [index for index, piece in enumerate(pieces) if piece.kind is not CellKind.BLANK]
    if not filled:
        return Fields(pieces, (), 0, 0, False, (), False)
    core = pieces[filled[0] : filled[-1] + 1]
    values = tuple(piece.value for piece in core)
    plain = all(type(value) is int and value >= 0 for value in values)
    return Fields(pieces, core, filled[0], len(filled), any(value is not None for value in values), values, plain)


def whole(line: str) -> Fields:
    """All of a line, but for its borders, as one cell."""
    core = line.strip(_BORDER)
    start = len(line) - len(line.lstrip(_BORDER))
    return fields((_piece(line, start, start + len(core)),))


def merge(pieces: tuple[Piece, ...]) -> Piece:
    """Several pieces as the one cell that they are in."""
    text = " ".join(piece.text for piece in pieces if piece.text)
    return Piece(pieces[0].start, pieces[-1].end, text, *read_value(text))


def place(pieces: tuple[Piece, ...], base: int) -> list[Cell]:
    """The cells at their offsets in the source."""
    # Some two hundred cells a report: `tuple.__new__` makes them in half the time of `Cell(...)`.
    new = tuple.__new__
    return [
        new(Cell, (new(Span, (base + start, base + end)), text, value, kind))
        for start, end, text, value, kind in pieces
    ]


def _split(tail: str) -> tuple[Piece, ...]:
    """Fields between tabs or pipes, blank ones included, but none behind a closing pipe; else words."""
    if not _SEPARATOR.search(tail):
        return tuple(_piece(tail, match.start(), match.end()) for match in _WORD.finditer(tail))
    pieces = []
    start = 0
    for match in _SEPARATOR.finditer(tail):
        pieces.append(_piece(tail, start, match.start()))
        start = match.end()
    pieces.append(_piece(tail, start, len(tail)))
    if len(pieces) > 1 and pieces[-1].kind is CellKind.BLANK and tail.rstrip().endswith("|"):
        pieces.pop()
    return tuple(pieces)


def _piece(line: str, start: int, end: int) -> Piece:
    text = line[start:end]
    core = text.strip()
    if core:
        start += len(text) - len(text.lstrip())
        end = start + len(core)
    return Piece(start, end, core, *read_value(core))
