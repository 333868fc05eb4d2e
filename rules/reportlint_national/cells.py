"""What stands in the cells of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlint import Cell, CellKind, Finding, Note, Report, Severity, Table, fact, rule
from reportlint.model import EMPTY_KINDS, Place
from reportlint_national import basis
from reportlint_national.quantities import is_change, is_figure_in_words, is_money
from reportlint_national.tables import HOMES
from reportlint_national.zeros import zeros_written

_MOST_SINGLE = 10
_MOST_NOTES = 30


@rule(basis=basis.TABLES, severity=Severity.ERROR, forms=basis.ANNUAL, tables_alone=True)
def cell_value(report: Report) -> Iterator[Finding]:
    """Every cell holds a figure: a count is a whole number, and none is negative."""
    for table, cells in _no_counts(report):
        found = [
            (cell, message) for place, cell in cells if (message := _fault(report, table.name, place, cell)) is not None
        ]
        if len(found) <= _MOST_SINGLE:
            yield from (Finding(cell.span, message) for cell, message in found)
            continue
        cell, message = found[0]
        notes = tuple(Note(words, other.span) for other, words in found[1:_MOST_NOTES])
        yield Finding(cell.span, f"{message}，同一表格共有 {len(found)} 处", notes)


@rule(basis=basis.TABLES, severity=Severity.WARNING, forms=basis.ANNUAL, tables_alone=True)
def blank_cell(report: Report) -> Iterator[Finding]:
    """A cell with nothing to report holds 0 and is not left blank or marked."""
    for table, cells in _no_counts(report):
        empty = [(place, cell) for place, cell in cells if cell.value is None and cell.kind in EMPTY_KINDS]
        if not empty:
            continue
        notes = tuple(
            Note(f"{_cell_words(report, place)}为{_mark(cell)}", cell.span) for place, cell in empty[:_MOST_NOTES]
        )
        where = f"“{report.form.label(HOMES[table.name])}”的表格" if table.name in HOMES else "表格"
        message = f"{where}{_count(table, empty)}，没有可报的通行填 0"
        fix = zeros_written(report.form, table, empty, report.source.text)
        yield Finding(empty[0][1].span, message, notes, fix=fix)


@fact
def _no_counts(report: Report) -> list[tuple[Table, list[tuple[Place, Cell]]]]:
    """The tables with cells that hold anything but a count, and these cells: few of many."""
    return [
        (table, [(place, cell) for place, cell in table.cells.items() if type(cell.value) is not int or cell.value < 0])
        for table in report.judged_tables
        if not table.cells.plain
    ]


def _fault(report: Report, table: str, place: Place, cell: Cell) -> str | None:
    words = _cell_words(report, place)
    if cell.kind is CellKind.TEXT:
        return None if is_figure_in_words(table, place, cell) else f"{words}为“{_short(cell.text)}”，不是数"
    if cell.value is not None and cell.value < 0 and not is_change(table, place):
        return f"{words}为 {cell.text}，是负数"
    if isinstance(cell.value, Decimal) and not is_money(table, place):
        return f"{words}为 {cell.text}，件数应为整数"
    return None


def _count(table: Table, empty: list[tuple[Place, Cell]]) -> str:
    marks = list(dict.fromkeys(_mark(cell) for _, cell in empty))
    share = "全部" if len(empty) == len(table.cells) else "有"
    return f"{share} {len(empty)} 个单元格为{'、'.join(marks)}"


def _mark(cell: Cell) -> str:
    return f"“{cell.text}”" if cell.text else "空白"


def _cell_words(report: Report, place: Place) -> str:
    return f"“{report.form.label(place[0])}”的“{report.form.label(place[1])}”"


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
