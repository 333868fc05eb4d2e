"""Cells of the tables: which one stands at a place, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint.model import Cell, Form, Place, Ragged, Report, Table
from reportlint.source import Span

_REMARK = re.compile("(?<=.)（[^（）]*）$")
_LONGEST = 16
_CUT = "…"
EMPTY = "空白"
"""What is said of a cell with nothing in it."""


class Spot(NamedTuple):
    """A cell and where in its table it stands."""

    table: Table
    place: Place
    cell: Cell


def spots(report: Report) -> Iterator[Spot]:
    """All cells of the form's tables."""
    for table in report.tables.values():
        for place, cell in table.cells.items():
            yield Spot(table, place, cell)


def spot_at(report: Report, offset: int) -> Spot | None:
    """The cell at an offset, or the one that ends there."""
    ending = None
    for spot in spots(report):
        start, end = spot.cell.span
        if start <= offset < end:
            return spot
        if offset in (start, end):
            ending = spot
    return ending


def ragged_at(report: Report, offset: int) -> tuple[Ragged, Cell] | None:
    """The row that could not be put into columns, and the cell of it, at an offset."""
    for table in report.tables.values():
        for ragged in table.ragged:
            for cell in ragged.cells:
                if cell.span.start <= offset <= cell.span.end:
                    return ragged, cell
    return None


def in_full(form: Form, name: str) -> str:
    """The label of a row or column, behind the labels that stand over it."""
    return " › ".join(form.label(each) for each in (*form.over.get(name, ()), name))


def short(form: Form, name: str) -> str:
    """The label of a row or column, without a remark at its end, cut where it is long."""
    label = _REMARK.sub("", form.label(name))
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1] + _CUT


def shown(text: str, span: Span) -> str:
    """What stands in a cell; `text` is what may be shown of the report."""
    return " ".join(text[span.start : span.end].split()) or EMPTY
