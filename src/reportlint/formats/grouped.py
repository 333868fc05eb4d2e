"""For people: findings under the report that they are in, in columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reportlint.formats import Format, joined
from reportlint.formats.places import place, told
from reportlint.formats.text import COLOURS, WORDS, closing, paint, show, width
from reportlint.outcome import Run
from reportlint.result import Result

_NOWHERE = "-"
"""Where a finding has no place."""


class Grouped(Format):
    """The path of a report, and its findings below it."""

    summarises = True

    def result(self, result: Result) -> str:
        return joined(_lines(result, self.context.colour))

    def end(self, run: Run) -> str:
        return joined(closing(run))


def _lines(result: Result, colour: bool) -> Iterator[str]:
    for path, group in groupby(result.diagnostics, key=lambda diagnostic: diagnostic.source.path):
        found = list(group)
        places = [place(diagnostic) or _NOWHERE for diagnostic in found]
        widest = max(map(width, places))
        lines = found[0].source.has_lines
        longest = max(width(diagnostic.rule) for diagnostic in found)
        yield paint(f"{show(path)}（{len(found)} 处）", "1", colour)
        for where, diagnostic in zip(places, found, strict=True):
            word = paint(WORDS[diagnostic.severity], COLOURS[diagnostic.severity], colour)
            rule = diagnostic.rule + " " * (longest - width(diagnostic.rule))
            blank = " " * (widest - width(where))
            # Figures stand to the right, words to the left.
            yield f"  {blank + where if lines else where + blank}  {word}  {rule}  {show(told(diagnostic))}"
        yield ""
