"""Errors in tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise

from reportlint.findings import Edit
from reportlint.model import Cell, Place, Report, Table
from reportlint.source import Span
from reportlint.testing.mutants.mutant import Change, Kind, one, same_figures, whole_lines

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_SAMPLE = 8
"""Of errors that are alike in every cell, how many are planted in a table."""


def _cells(report: Report) -> Iterator[tuple[Table, Place, Cell]]:
    for table in report.tables.values():
        for place, cell in sorted(table.cells.items(), key=lambda item: item[1].span):
            yield table, place, cell


def some_cells(report: Report) -> Iterator[tuple[Table, Place, Cell]]:
    """Cells spread evenly over each table."""
    for table in report.tables.values():
        cells = sorted(table.cells.items(), key=lambda item: item[1].span)
        step = max(1, len(cells) // _SAMPLE)
        for place, cell in cells[::step]:
            yield table, place, cell


def _into(
    words: Callable[[Cell], str | None], cells: Callable[[Report], Iterator[tuple[Table, Place, Cell]]] = _cells
) -> Callable[[Report], Iterator[Change]]:
    """Cells that are written anew, each in a mutant of its own."""

    def plant(report: Report) -> Iterator[Change]:
        for table, (row, column), cell in cells(report):
            text = words(cell)
            if text is not None and cell.value is not None:
                what = f"{_name(report, row, column)}：{cell.text} 改为 {text or '空白'}"
                yield one(cell.span, text, {table.name, row, column}, what)

    return plant


def _raised(cell: Cell) -> str | None:
    return str(cell.value + 1) if isinstance(cell.value, int) else None


def _lowered(cell: Cell) -> str | None:
    return str(cell.value - 1) if isinstance(cell.value, int) and cell.value > 0 else None


def _tenfold(cell: Cell) -> str | None:
    return str(cell.value * 10) if isinstance(cell.value, int) and cell.value > 0 else None


def _zeroed(cell: Cell) -> str | None:
    return "0" if cell.value else None


def _negative(cell: Cell) -> str:
    return f"-{cell.value or 1}"


def _fraction(cell: Cell) -> str | None:
    return f"{cell.value}.5" if isinstance(cell.value, int) else None


def _cells_swapped(report: Report) -> Iterator[Change]:
    for table in report.tables.values():
        for row in dict.fromkeys(row for row, _ in table.cells):
            columns = [column for at, column in table.cells if at == row]
            for a, b in pairwise(columns):
                pairs = [(table.cells[row, a], table.cells[row, b])]
                what = f"{_name(report, row, a)}与“{report.form.label(b)}”互换"
                yield Change(_swapped(pairs), frozenset({table.name, row, a, b, f"{a}+{b}"}), what)


def _columns_swapped(report: Report) -> Iterator[Change]:
    for table in report.tables.values():
        for block in report.form.tables[table.name]:
            rows = [row for row in block.rows if any(at == row for at, _ in table.cells)]
            for a, b in combinations(block.columns, 2):
                pairs = _pairs([(table.cells.get((row, a)), table.cells.get((row, b))) for row in rows])
                if pairs:
                    what = f"“{report.form.label(a)}”列与“{report.form.label(b)}”列互换"
                    yield Change(_swapped(pairs), frozenset({table.name, a, b, f"{a}+{b}"}), what)


def _rows_swapped(report: Report) -> Iterator[Change]:
    for table in report.tables.values():
        for block in report.form.tables[table.name]:
            for a, b in pairwise(block.rows):
                pairs = _pairs(
                    [(table.cells.get((a, column)), table.cells.get((b, column))) for column in block.columns]
                )
                if pairs:
                    what = f"“{report.form.label(a)}”行与“{report.form.label(b)}”行的数互换"
                    yield Change(_swapped(pairs), frozenset({table.name, a, b, f"{a}+{b}"}), what)


def _pairs(cells: Sequence[tuple[Cell | None, Cell | None]]) -> list[tuple[Cell, Cell]]:
    return [(a, b) for a, b in cells if a is not None and b is not None]


def _swapped(pairs: Sequence[tuple[Cell, Cell]]) -> tuple[Edit, ...]:
    return tuple(edit for a, b in pairs for edit in (Edit(a.span, b.text), Edit(b.span, a.text)))


def _row_lines(report: Report) -> Iterator[tuple[Table, str, Span]]:
    """The line that the figures of each row stand in, once for rows that stand side by side."""
    for table in report.tables.values():
        seen: set[Span] = set()
        for row, column in table.cells:
            line = whole_lines(report, table.cells[row, column].span)
            if line not in seen:
                seen.add(line)
                yield table, row, line


def _row_dropped(report: Report) -> Iterator[Change]:
    for table, row, line in _row_lines(report):
        yield one(line, "", {table.name, row}, f"删去“{report.form.label(row)}”一行")


def _row_doubled(report: Report) -> Iterator[Change]:
    for table, row, line in _row_lines(report):
        text = report.text(line)
        what = f"“{report.form.label(row)}”一行重复"
        yield one(Span(line.end, line.end), text, {table.name, row}, what)


def _table_dropped(report: Report) -> Iterator[Change]:
    for table in report.tables.values():
        yield one(whole_lines(report, table.span), "", _homes(table), f"删去表格 {table.name}")


def _table_doubled(report: Report) -> Iterator[Change]:
    for table in report.tables.values():
        lines = whole_lines(report, table.span)
        text = "\n" + report.text(lines)
        yield one(Span(lines.end, lines.end), text, _homes(table), f"表格 {table.name} 重复")


def _homes(table: Table) -> set[str]:
    return {table.name, *([table.section] if table.section else [])}


def _name(report: Report, row: str, column: str) -> str:
    return f"“{report.form.label(row)}”的“{report.form.label(column)}”"


KINDS = {
    "cell-raised": Kind("数加一", _into(_raised)),
    "cell-lowered": Kind("数减一", _into(_lowered)),
    "cell-tenfold": Kind("数多写一个 0", _into(_tenfold)),
    "cell-zeroed": Kind("数改为 0", _into(_zeroed)),
    "cell-wide": Kind("数改为全角", _into(lambda cell: cell.text.translate(_FULL_WIDTH), some_cells), same_figures),
    "cell-blanked": Kind("单元格留空", _into(lambda _: "", some_cells)),
    "cell-dashed": Kind("单元格填横线", _into(lambda _: "-", some_cells)),
    "cell-worded": Kind("单元格填文字", _into(lambda _: "若干", some_cells)),
    "cell-negative": Kind("数改为负数", _into(_negative, some_cells)),
    "cell-fraction": Kind("数改为小数", _into(_fraction, some_cells)),
    "cells-swapped": Kind("同一行相邻两格互换", _cells_swapped),
    "columns-swapped": Kind("两列互换", _columns_swapped),
    "rows-swapped": Kind("相邻两行的数互换", _rows_swapped),
    "row-dropped": Kind("缺一行", _row_dropped),
    "row-doubled": Kind("一行重复", _row_doubled),
    "table-dropped": Kind("缺一个表格", _table_dropped),
    "table-doubled": Kind("表格重复", _table_doubled),
}
