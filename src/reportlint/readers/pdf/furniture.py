"""Page numbers, and heads and feet that run through the pages: they are not text of the report.

Only what stands first or last on its page is taken for one: a number that counts with the pages at one height, or
the same words at one height of several pages. Whatever else stands there is text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from reportlint.readers.pdf.lines import Line

_NUMBER = re.compile(
    r"[-—–－―·•~～〜\s]*第?\s*(\d{1,4})\s*页?\s*(?:[/／]\s*\d{1,4}|[，,\s]*共\s*\d{1,4}\s*页|\s+of\s+\d{1,4})?[-—–－―·•~～〜\s]*"
).fullmatch
_ADORNED = re.compile(r"[-—–－―·•~～〜页/／]").search
_DIGITS = re.compile(r"\d{1,6}")
_DEPTH = 2
"""So many lines from the top and the bottom may be heads and feet."""
_NEAR = 6.0
_EDGE = 0.12
"""Of the height of the page: where a head or foot stands."""


class Leaf(NamedTuple):
    """The lines of a page outside its tables, from the top, and where its tables begin and end."""

    page: int
    height: float
    lines: Sequence[Line]
    tables: Sequence[tuple[float, float]]


def furniture(leaves: Sequence[Leaf]) -> set[int]:
    """The identities of those lines that are no text of the report."""
    found: set[int] = set()
    for _ in range(_DEPTH):
        more = _layer(leaves, found)
        if not more:
            break
        found |= more
    return found


def _layer(leaves: Sequence[Leaf], gone: set[int]) -> set[int]:
    """Of the lines that are outermost once some are gone, those that are heads and feet."""
    found: set[int] = set()
    for is_foot in (True, False):
        outermost = []
        for leaf in leaves:
            lines = [line for line in leaf.lines if id(line) not in gone]
            if not lines:
                continue
            line = lines[-1] if is_foot else lines[0]
            tables = leaf.tables
            if any(bottom > line.middle if is_foot else top < line.middle for top, bottom in tables):
                continue
            outermost.append((leaf, line, is_foot))
        found |= _numbers(outermost) | _repeated(outermost, len(leaves))
    return found


def _numbers(outermost: Sequence[tuple[Leaf, Line, bool]]) -> set[int]:
    """Numbers that count with the pages."""
    by_start: defaultdict[int, list[tuple[Leaf, Line]]] = defaultdict(list)
    for leaf, line, _ in outermost:
        match = _NUMBER(line.text)
        if match is not None and _is_at_edge(leaf, line):
            by_start[int(match[1]) - leaf.page].append((leaf, line))
    found: set[int] = set()
    for group in by_start.values():
        for leaf, line in group:
            beside = [other for other, at in group if other is not leaf and abs(at.middle - line.middle) <= _NEAR]
            if beside or (_ADORNED(line.text) and _is_at_edge(leaf, line)):
                found.add(id(line))
    return found


def _repeated(outermost: Sequence[tuple[Leaf, Line, bool]], pages: int) -> set[int]:
    """The same words at one height of several pages; the number of the page may be among them."""
    by_words: defaultdict[str, list[tuple[Leaf, Line]]] = defaultdict(list)
    for leaf, line, _ in outermost:
        if _is_at_edge(leaf, line):
            by_words[_without_number(line.text, leaf.page)].append((leaf, line))
    found: set[int] = set()
    for group in by_words.values():
        for leaf, line in group:
            same = [
                other
                for other, at in group
                if (abs(at.middle - line.middle) <= _NEAR and abs(at.left - line.left) <= _NEAR * 3)
                or (abs(at.middle - line.middle) <= _NEAR and other.page % 2 != leaf.page % 2)
            ]
            if len(same) >= max(2, (pages + 2) // 3):
                found.add(id(line))
    return found


def _without_number(text: str, page: int) -> str:
    return _DIGITS.sub(lambda match: "#" if int(match[0]) == page else match[0], text)


def _is_at_edge(leaf: Leaf, line: Line) -> bool:
    return line.bottom < _EDGE * leaf.height or line.top > (1 - _EDGE) * leaf.height
