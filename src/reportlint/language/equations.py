"""Sums written out with the labels of their cells: «总计 12 = 自然人 5 + 商业企业 7»."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from reportlint import causes
from reportlint.findings import Side, Sum
from reportlint.language import cells
from reportlint.language.cells import Spot
from reportlint.model import CellKind, Place, Report, Table
from reportlint.relations import Standing
from reportlint.source import Span

_SIGNS = {"=": "=", ">=": "≥", "<=": "≤"}
_MOST_ADDENDS = 3
"""Of more cells on one side, those that hold nothing are only counted."""
_MOST_LACKING = 3


class _Added(NamedTuple):
    """What is added up, and what is said of the cells that hold nothing."""

    words: str
    rest: str = ""


class Writer:
    """Writes sums over the cells of a report; `text` is what may be shown of it.

    `focus` is the cell that one points at: it is named in every sum.
    """

    def __init__(self, report: Report, text: str, focus: Span | None = None) -> None:
        self._report = report
        self._text = text
        self._focus = focus
        self._spots = {spot.cell.span: spot for spot in cells.spots(report)}

    def standing(self, table: Table, standing: Standing) -> str:
        """How a relation stands in a column or row of a table, with today's figures."""
        if standing.sides is None:
            return f"{self._lacking(table, standing.lacking)}，无法核对"
        total = causes.sum_of(table, self._report.form, standing.sides)
        return self.holding(total) if standing.holds else self.broken(total)

    def holding(self, total: Sum) -> str:
        """A sum whose sides agree."""
        left, right = self._added(total.left, total), self._added(total.right, total)
        added_up = total.operator == "=" and not (total.left.plain or total.right.plain)
        both = f"，都是 {total.left.total}" if added_up else ""
        return f"{left.words} {_SIGNS[total.operator]} {right.words}{both}{left.rest}{right.rest}，相符"

    def broken(self, total: Sum) -> str:
        """A sum whose sides do not agree, and by how much."""
        return f"{self._side(total.left, total)}；{self._side(total.right, total)}；{_difference(total)}"

    def _side(self, side: Side, total: Sum) -> str:
        """A side by itself: what it is called, what it comes to, its cells."""
        added = self._added(side, total)
        return added.words if side.plain else f"{side.words} {side.total}（{added.words}{added.rest}）"

    def _added(self, side: Side, total: Sum) -> _Added:
        """The cells of a side with their labels; of many, those that hold something."""
        across = _is_across([self._spots[addend.span] for part in (total.left, total.right) for addend in part.addends])

        def named(span: Span) -> str:
            name = self._spots[span].place[1 if across else 0]
            return f"{cells.short(self._report.form, name)} {cells.shown(self._text, span)}"

        rest = [addend for addend in side.addends if self._is_idle(addend.span)]
        if len(side.addends) <= _MOST_ADDENDS or len(rest) < 2:
            return _Added(side.added(named))
        nothing = "0" if all(self._spots[addend.span].cell.kind is CellKind.ZERO for addend in rest) else "0 或空白"
        if len(rest) == len(side.addends):
            return _Added(f"{side.words} 0", f"，{len(rest)} 项都是 {nothing}")
        filled = side._replace(addends=tuple(addend for addend in side.addends if addend not in rest))
        return _Added(filled.added(named), f"，其余 {len(rest)} 项为 {nothing}")

    def _is_idle(self, span: Span) -> bool:
        """Whether a cell adds nothing and is not the one that one points at."""
        return not self._spots[span].cell.value and span != self._focus

    def _lacking(self, table: Table, places: Sequence[Place]) -> str:
        """The cells for want of which nothing can be said, and what is the matter with them."""
        words = self._report.form.words
        said = []
        for place in dict.fromkeys(places):
            cell = table.cells.get(place)
            if cell is None:
                said.append(f"表格中没有读到{words((place,))}")
            elif cell.kind is CellKind.TEXT:
                said.append(f"{words((place,))}不是数")
            else:
                said.append(f"{words((place,))}没有填数")
        more = f"等 {len(said)} 格" if len(said) > _MOST_LACKING else ""
        return f"{'，'.join(said[:_MOST_LACKING])}{more}"


def _is_across(spots: Sequence[Spot]) -> bool:
    """Whether cells stand in one row, so that their columns tell them apart."""
    return len({spot.place[0] for spot in spots}) == 1


def _difference(total: Sum) -> str:
    if total.operator != "=":
        return total.fault
    try:
        return f"相差 {abs(Decimal(total.left.total) - Decimal(total.right.total))}"
    except InvalidOperation:
        # A total that is masked.
        return total.fault
