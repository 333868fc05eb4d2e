"""Where places in a page are: the element path. Found when somebody asks, by reading the page once more."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from reportlint.readers.html.builder import Builder
from reportlint.readers.html.markup import Tag
from reportlint.readers.html.scan import Scan

_ONCE = ("html", "body")
_CELLS = ("td", "th")
_MOST_STEPS = 200
"""Elements that a path names; of one that is longer the middle is left out."""


class Paths(Builder):
    """The elements of a page, and where each begins and ends."""

    def __init__(self, html: str) -> None:
        super().__init__(len(html), thorough=True)
        self._names: list[str] = []
        self._around: list[int] = []
        self._nth: list[int] = []
        self._cell: list[int] = []
        self._within: list[int] = []
        self._counts: defaultdict[tuple[int, str], int] = defaultdict(int)
        self._places: list[int] = []
        self._elements: list[int] = []
        Scan(html, self).read()

    def entered(self, tag: Tag, place: int) -> None:
        around = self._within[-1] if self._within else -1
        name = tag.name
        self._counts[around, name] += 1
        if name in _CELLS:
            self._counts[around, ""] += 1
        element = len(self._names)
        self._names.append(name)
        self._around.append(around)
        self._nth.append(self._counts[around, name])
        self._cell.append(self._counts[around, ""] if name in _CELLS else 0)
        self._within.append(element)
        self._mark(place, element)

    def left(self, place: int) -> None:
        self._within.pop()
        self._mark(place, self._within[-1] if self._within else -1)

    def _mark(self, place: int, element: int) -> None:
        self._places.append(place)
        self._elements.append(element)

    def at(self, place: int) -> tuple[str, int]:
        """The path of the element around a place, and which cell of its row that is in; 0 for none."""
        index = bisect_right(self._places, place) - 1
        element = self._elements[index] if index >= 0 else -1
        steps: list[str] = []
        cell = 0
        while element >= 0:
            name = self._names[element]
            steps.append(name if name in _ONCE else f"{name}[{self._nth[element]}]")
            cell = cell or self._cell[element]
            element = self._around[element]
        steps.reverse()
        if steps[:1] != ["html"]:
            steps[:0] = ["html"] if steps[:1] == ["body"] else _ONCE
        elif steps[1:2] != ["body"] and steps[1:2] != ["head[1]"]:
            steps.insert(1, "body")
        if len(steps) > _MOST_STEPS:
            steps[_MOST_STEPS // 2 : -_MOST_STEPS // 2] = ["…"]
        return "/".join(steps), cell
