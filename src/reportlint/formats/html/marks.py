"""What is marked in a report's text: findings, the places of their notes, the cells of their sums."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from reportlint.formats.html.markup import attribute, escape

_OPEN_BOX = "\u2423"
"""A sign for blanks that are found fault with."""


class Stretch(NamedTuple):
    """A stretch of the text that something of the page speaks of."""

    start: int
    end: int
    id: str
    """What links lead to."""
    card: str = ""
    """The id of the finding whose place it is; empty for the place of a note and a cell of a sum."""
    kind: str = ""
    """The class of its marks: that of the finding, or of a doubt."""
    number: int = 0
    words: str = ""
    """How the finding is called in a link to it; of a doubt why there is one."""


class Marks:
    """Writes stretches of a text with the marks in them. Each mark's id is in the page once, the first time."""

    def __init__(self, text: str, stretches: Iterable[Stretch]) -> None:
        self.text = text
        self._stretches = sorted(stretches)
        self._starts = [stretch.start for stretch in self._stretches]
        # The furthest end of all stretches up to each, so that a search backwards knows when to stop.
        self._furthest = list(accumulate((stretch.end for stretch in self._stretches), max))
        self.placed: set[str] = set()
        """The ids that the page has so far."""
        self._new: list[str] = []

    def touches(self, start: int, end: int) -> bool:
        """Whether anything is marked in a stretch."""
        return any(True for _ in self._within(start, end))

    def new(self) -> list[str]:
        """The ids of the findings whose first marks were written since this was last asked."""
        new, self._new = self._new, []
        return new

    def write(self, start: int, end: int) -> str:
        """A stretch of the text."""
        found = list(self._within(start, end))
        if not found:
            return escape(self.text[start:end])
        found.reverse()
        bounds = sorted({start, end, *(min(max(edge, start), end) for each in found for edge in each[:2])})
        written = [self._point(each) for each in found if each.start == each.end == start]
        for left, right in pairwise(bounds):
            covering = [each for each in found if each.start <= left and each.end >= right]
            written.append(self._piece(left, right, covering))
            written.extend(self._reference(each) for each in found if each.card and min(each.end, end) == right)
            written.extend(self._point(each) for each in found if each.start == each.end == right)
        return "".join(written)

    def whole(self, start: int, end: int, words: str) -> str:
        """Other words for a stretch of the text, with its marks around all of them."""
        found = list(self._within(start, end))
        if not found:
            return escape(words)
        found.reverse()
        return self._wrapped(escape(words), found) + "".join(map(self._reference, found))

    def _within(self, start: int, end: int) -> Iterator[Stretch]:
        """The stretches that have a character of this one, or stand in it and have none; the last one first."""
        index = bisect_right(self._starts, end) - 1
        while index >= 0 and self._furthest[index] >= start:
            stretch = self._stretches[index]
            if (stretch.start < end and stretch.end > start) or stretch.start == stretch.end >= start:
                yield stretch
            index -= 1

    def _piece(self, start: int, end: int, covering: list[Stretch]) -> str:
        text = self.text[start:end]
        if not covering:
            return escape(text)
        faulty = any(stretch.card for stretch in covering)
        inner = _OPEN_BOX * len(text) if faulty and not text.strip(" \u3000\xa0\t") else escape(text)
        return self._wrapped(inner, covering)

    def _wrapped(self, inner: str, covering: list[Stretch]) -> str:
        findings = [stretch for stretch in covering if stretch.card]
        for stretch in covering:
            if stretch not in findings:
                inner = f"<span{self._id(stretch)}{_about(stretch)}>{inner}</span>"
        for stretch in findings:
            inner = (
                f'<mark{self._id(stretch)} class="{stretch.kind}" data-of="{attribute(stretch.card)}">{inner}</mark>'
            )
        return inner

    def _point(self, stretch: Stretch) -> str:
        """A place between two characters."""
        if not stretch.card:
            return f"<span{self._id(stretch)}></span>"
        mark = f'<mark{self._id(stretch)} class="{stretch.kind}" data-of="{attribute(stretch.card)}">{_OPEN_BOX}</mark>'
        return mark + self._reference(stretch)

    def _id(self, stretch: Stretch) -> str:
        if stretch.id in self.placed:
            return ""
        self.placed.add(stretch.id)
        if stretch.card:
            self._new.append(stretch.card)
        return f' id="{stretch.id}"'

    def _reference(self, stretch: Stretch) -> str:
        """The number behind a mark, a link to what is said of it; behind the first stretch that it is marked in."""
        reference = f"{stretch.id}-r"
        if not stretch.card or reference in self.placed:
            return ""
        self.placed.add(reference)
        return (
            f'<a class="ref {stretch.kind}" id="{reference}" href="#{stretch.card}" data-of="{stretch.card}"'
            f' aria-label="{stretch.words}">{stretch.number}</a>'
        )


def _about(stretch: Stretch) -> str:
    """What is said of a stretch that is no finding's."""
    return f' class="{stretch.kind}" title="{attribute(stretch.words)}"' if stretch.kind else ""


def first_within(starts: list[int], start: int, end: int) -> int | None:
    """The index of the first of sorted offsets in a stretch, its end included."""
    index = bisect_left(starts, start)
    return index if index < len(starts) and starts[index] <= end else None
