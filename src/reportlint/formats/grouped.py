"""For people: findings under the report that they are in, in columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reportlint.diagnostic import Diagnostic
from reportlint.formats import Format, Run, joined
from reportlint.formats.text import COLOURS, WORDS, closing, paint, show, width
from reportlint.result import Result

_NOWHERE = "-"
"""Instead of line and column, where a finding has no place."""


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
        places = [_place(diagnostic) for diagnostic in found]
        widest = max(map(len, places))
        longest = max(width(diagnostic.rule) for diagnostic in found)
        yield paint(f"{show(path)}（{len(found)} 处）", "1", colour)
        for place, diagnostic in zip(places, found, strict=True):
            word = paint(WORDS[diagnostic.severity], COLOURS[diagnostic.severity], colour)
            rule = diagnostic.rule + " " * (longest - width(diagnostic.rule))
            yield f"  {place:>{widest}}  {word}  {rule}  {show(diagnostic.message)}"
        yield ""


def _place(diagnostic: Diagnostic) -> str:
    start = diagnostic.start()
    return _NOWHERE if start is None else f"{start.line}:{start.column}"
