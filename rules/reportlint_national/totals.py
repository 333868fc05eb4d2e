"""Totals in tables that the form does not know: the sum of what stands above them, or beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportlint import Finding, Report, Severity, Span, lazy_pattern, rule
from reportlint_national import basis
from reportlint_national.grids import Grid, GridCell, foreign_grids

_TOTALS = frozenset({"合计", "总计", "共计"})
_SUBTOTAL = lazy_pattern(r"小计|其中|[总合共]计|总[数量额]|累计|历年|以上|以下|含|#")
# What is no part of a whole, whatever figures stand under or beside it.
_NO_PART = lazy_pattern(
    r"(?:19|20)\d\d|[0-9一二三四]季度|年|上期|同期|累计|同比|环比|增|减|[率%％‰]|占|比|均|排名|名次|序号|编号|代码|电话|日期"
    r"|时间|单位|最[高低大小]|小计|其中|[总合共]计|总[数量额]|人口|面积|备注|说明"
)
_ORDINAL_COLUMN = frozenset({"序号", "序", "编号", "行次", "代码", "No.", "NO."})
_UNIT_COLUMN = lazy_pattern(r"(?:计量)?单位")
_REMARK = frozenset({"备注", "说明"})
_UNIT = lazy_pattern(r"[(（](?:单位[:：])?([^()（）]{1,6})[)）]")
_ORDINAL = lazy_pattern(
    r"(?P<a>[一二三四五六七八九十]{1,3}[、.．])|(?P<b>[(（][一二三四五六七八九十]{1,3}[)）])"
    r"|(?P<c>[0-9]{1,2}[、.．](?![0-9]))|(?P<d>[(（][0-9]{1,2}[)）])|(?P<e>[①-⑳])|(?P<f>[-—·*+])|(?P<g>[0-9]{1,2}\.[0-9])"
)
_MOST_FINDINGS = 10


class _Check(NamedTuple):
    """A total and what it should be the sum of."""

    total: GridCell
    addends: tuple[GridCell, ...]
    words: str

    @property
    def summed(self) -> int | Decimal:
        return sum((cell.value for cell in self.addends if cell.value is not None), 0)

    @property
    def holds(self) -> bool:
        """Whether the total is the sum, or comes as near to it as rounded figures do."""
        values = [Decimal(cell.value or 0) for cell in (self.total, *self.addends)]
        places = max(-int(value.as_tuple().exponent) for value in values)
        rounding = Decimal(len(values)) / 2 / Decimal(10) ** places if places else 0
        return abs(values[0] - sum(values[1:])) <= rounding

    @property
    def telling(self) -> bool:
        """Whether the sum says anything of how the table is meant: a single figure is its own sum anyhow."""
        return sum(bool(cell.value) for cell in self.addends) >= 2


@rule(basis=basis.CORRECT, severity=Severity.WARNING, tables_alone=True)
def table_total(report: Report) -> Iterator[Finding]:
    """A total in a table that the form does not know is the sum of its parts."""
    for grid in foreign_grids(report):
        found = [*_faults(list(_down(grid))), *_faults(list(_across(grid)))]
        seen: set[Span] = set()
        for check in found[:_MOST_FINDINGS]:
            if check.total.span not in seen:
                seen.add(check.total.span)
                message = f"{check.words}为 {check.total.words}，各项之和为 {check.summed}"
                yield Finding(check.total.span, message)


def _faults(checks: list[_Check]) -> list[_Check]:
    """Totals that are wrong, where the table's other totals leave no doubt how it is meant."""
    wrong = [check for check in checks if not check.holds]
    proofs = [check for check in checks if check.holds and check.telling]
    if len(wrong) > max(1, len(proofs)):
        return []
    return [check for check in wrong if _proved(check, proofs) or not _another_reading(check)]


def _proved(wrong: _Check, proofs: list[_Check]) -> bool:
    """Whether another total is the sum of the same parts, with all the parts that count here."""
    places = {index for index, cell in enumerate(wrong.addends) if cell.value}
    return any(
        len(proof.addends) == len(wrong.addends) and all(proof.addends[index].value for index in places)
        for proof in proofs
    )


def _another_reading(check: _Check) -> bool:
    """Whether a total is the sum of some of the parts: one left out, or one that stands for those behind it."""
    values = [cell.value or 0 for cell in check.addends]
    total = check.total.value
    over = check.summed - (total or 0)
    if over < 0:
        return False
    if over in values or total in values:
        return True
    for start, parent in enumerate(values):
        behind: int | Decimal = 0
        for value in values[start + 1 :]:
            behind += value
            if parent and behind == parent:
                return True
    return False


def _down(grid: Grid) -> Iterator[_Check]:
    """The totals under the columns."""
    heads = _heads(grid)
    body = grid[heads:]
    if heads == 0 or len(body) < 3:
        return
    label = _label_column(grid, heads)
    at = [index for index, row in enumerate(body) if _total_label(row, label) is not None]
    if len(at) != 1 or at[0] not in (0, len(body) - 1):
        return
    total = body[at[0]]
    rows = [row for index, row in enumerate(body) if index != at[0]]
    labels = [row[label] for row in rows]
    names = grid[heads - 1][label].words
    if names and names in (cell.words for cell in grid[heads - 1][label + 1 :]):
        # The list goes on in further columns.
        return
    if not _plain_list(labels) or not _one_unit(grid, heads, rows):
        return
    for column in range(label + 1, len(total)):
        head = "".join(row[column].words for row in grid[:heads])
        cells = tuple(row[column] for row in rows)
        if head and _is_part(head) and total[column].value is not None and _all_figures(cells):
            name = _total_label(total, label)
            yield _Check(total[column], cells, f"“{grid[heads - 1][column].words or head}”列的{name}")


def _across(grid: Grid) -> Iterator[_Check]:
    """The totals beside the rows."""
    if _heads(grid) != 1:
        return
    head = grid[0]
    label = _label_column(grid, 1)
    columns = [i for i in range(label + 1, len(head)) if head[i].words not in _REMARK and not _is_unit(head[i])]
    at = [index for index in columns if head[index].words in _TOTALS]
    if len(at) != 1 or at[0] not in (columns[0], columns[-1]):
        return
    addends = [index for index in columns if index != at[0]]
    words = [head[index] for index in addends]
    if not all(_is_part(cell.words) for cell in words) or not _plain_list(words) or not _same_unit(words):
        return
    for row in grid[1:]:
        cells = tuple(row[index] for index in addends)
        if row[at[0]].value is not None and row[label].words and _all_figures(cells):
            yield _Check(row[at[0]], cells, f"“{row[label].words[:20]}”行的{head[at[0]].words}")


def _heads(grid: Grid) -> int:
    """How many rows at the top have words only; none where the first row has figures."""
    for index, row in enumerate(grid):
        if any(cell.value is not None for cell in row[1:]):
            return index
    return 0


def _label_column(grid: Grid, heads: int) -> int:
    """The column of the rows' names: behind the one of their numbers, where there is such a one."""
    first = grid[heads - 1][0].words
    return 1 if first in _ORDINAL_COLUMN else 0


def _total_label(row: Sequence[GridCell], label: int) -> str | None:
    return next((cell.words for cell in row[: label + 1] if cell.words in _TOTALS), None)


def _plain_list(labels: Sequence[GridCell]) -> bool:
    """Whether names stand side by side, none of them over or under another."""
    words = [cell.words for cell in labels]
    if len(words) < 2 or not all(words) or len(set(words)) < len(words):
        return False
    if any(_SUBTOTAL.search(name) or _NO_PART.match(name) for name in words):
        return False
    styles = {match.lastgroup if (match := _ORDINAL.match(name)) else None for name in words}
    indents = [cell.indent for cell in labels]
    return len(styles) == 1 and max(indents) - min(indents) < 2


def _one_unit(grid: Grid, heads: int, rows: Sequence[Sequence[GridCell]]) -> bool:
    """Whether what is added up is counted in one unit, as far as the table says."""
    for column, cell in enumerate(grid[heads - 1]):
        if _is_unit(cell) and len({row[column].words for row in rows}) > 1:
            return False
    return all(_same_unit([row[column] for row in rows]) for column in range(2))


def _same_unit(cells: Sequence[GridCell]) -> bool:
    units = {match.group(1) if (match := _UNIT.search(cell.words)) else None for cell in cells}
    return len(units) == 1 or not any(unit and re.search("[元件条次个人份篇页宗项]", unit) for unit in units)


def _is_part(head: str) -> bool:
    """Whether the figures under a head may be parts of a whole."""
    return _NO_PART.search(_UNIT.sub("", head)) is None


def _is_unit(cell: GridCell) -> bool:
    return _UNIT_COLUMN.fullmatch(cell.words) is not None


def _all_figures(cells: Sequence[GridCell]) -> bool:
    return len(cells) >= 2 and all(cell.value is not None for cell in cells)
