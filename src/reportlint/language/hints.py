"""What an editor writes between the characters: the sum beside a total that differs, the column of a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportlint.language import cells
from reportlint.masking import Mask
from reportlint.result import Result
from reportlint.source import Span


class Hint(NamedTuple):
    """Words beside a place; those of a column stand before its figure, those of a sum behind it."""

    offset: int
    words: str
    before: bool = False


def hints(result: Result, span: Span | None = None, *, sums: bool = True, columns: bool = False) -> list[Hint]:
    """The hints in a stretch of the text, or in all of it, in order; those of columns where they are asked for."""
    found = [*(_sums(result) if sums else ()), *(_columns(result) if columns else ())]
    return sorted(hint for hint in found if span is None or span.start <= hint.offset <= span.end)


def _sums(result: Result) -> Iterator[Hint]:
    """What the findings say: the figure that belongs in a cell, or, where it is not certain which cell is wrong,
    what the cells come to that a total is the sum of.
    """
    words: dict[Span, dict[str, None]] = {}
    certain = {each.span for each in result.diagnostics if each.expected}
    for diagnostic in result.diagnostics:
        if diagnostic.span is not None and diagnostic.expected:
            words.setdefault(diagnostic.span, {})[f"应为 {diagnostic.expected}"] = None
            continue
        for total in diagnostic.sums:
            cell = total.left.addends[0].span if total.left.plain else None
            if cell is not None and cell not in certain and total.operator == "=":
                words.setdefault(cell, {})[f"{total.right.words}为 {total.right.total}"] = None
    return (Hint(cell.end, "，".join(said)) for cell, said in words.items())


def _columns(result: Result) -> Iterator[Hint]:
    report = result.report
    if report is None:
        return
    mask = Mask(result.source.text, result.concealed)
    for spot in cells.spots(report):
        row, column = spot.place
        form = report.form
        across = any(block.across and row in block.rows for block in form.tables[spot.table.name])
        label = cells.short(form, column)
        yield Hint(spot.cell.span.start, mask(f"{cells.short(form, row)} {label}" if across else label), before=True)
