"""Rows of figures in which a blank cell covers several columns: as text they have a blank field for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reportlint.readers.phrases import is_figure
from reportlint.source import Doubt, Span

REASON = "一个空单元格占了几列，这一行各数在哪一列不能确定"


class Written(NamedTuple):
    """A row as it was written."""

    fields: Sequence[str]
    starts: Sequence[int]
    """The fields, from 0, in which its cells begin."""
    span: Span


def doubts(rows: Iterable[Written]) -> Iterator[Doubt]:
    """The rows in doubt: those that have no other one like them in which every cell is filled.

    The cells that count are those behind the last label.
    """
    full: set[tuple[int, ...]] = set()
    spread: list[tuple[tuple[int, ...], Span]] = []
    for fields, starts, span in rows:
        if not any(map(is_figure, fields)):
            continue
        label = max((number for number, field in enumerate(fields) if field and not is_figure(field)), default=-1)
        cells = tuple(start for start in starts if start > label)
        blank = [start for start in cells if not fields[start]]
        if not blank:
            full.add(cells)
        elif any(start + 1 < len(fields) and start + 1 not in starts for start in blank):
            spread.append((cells, span))
    return (Doubt(span, REASON) for cells, span in spread if cells not in full)
