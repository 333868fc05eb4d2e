"""What the cells of the form's tables hold, where that is no count: money, or a change."""

from __future__ import annotations

import re

from reportlint import Cell, lazy_pattern
from reportlint.model import Place

# By table, row and column; None stands for every row. Names are the grammars': a column that an
# edition of the form does not have is no matter.
_MONEY = {
    ("disclosure", "administrative_fees", "amount"),
    ("disclosure", "procurement", "purchase_amount"),
}
_CHANGE = {("disclosure", None, "change")}
# The form prints no unit for the amount of procurement: it stands in the cell.
_WITH_UNIT = {("disclosure", "procurement", "purchase_amount")}
_SUM = lazy_pattern(r"(?:人民币|约)?[￥¥]?[0-9][0-9,，]{0,20}(?:[.．][0-9]{1,8})?(?:亿|万|千)?元?", re.ASCII)
_SIGNED = lazy_pattern(r"(?:增加?|减少?|[+＋↑↓])[0-9]{1,9}[项个件]?", re.ASCII)


def is_money(table: str, place: Place) -> bool:
    """Whether a cell holds an amount of money, which may have decimals."""
    return _among(_MONEY, table, place)


def is_change(table: str, place: Place) -> bool:
    """Whether a cell holds a difference, which may be negative."""
    return _among(_CHANGE, table, place)


def is_figure_in_words(table: str, place: Place, cell: Cell) -> bool:
    """Whether words in a cell are a figure as the form lets it stand there: «386.4万元», «增加3»."""
    text = "".join(cell.text.split())
    if _among(_WITH_UNIT, table, place):
        return _SUM.fullmatch(text) is not None
    return is_change(table, place) and _SIGNED.fullmatch(text) is not None


def _among(places: set[tuple[str, str, str]] | set[tuple[str, None, str]], table: str, place: Place) -> bool:
    row, column = place
    return (table, row, column) in places or (table, None, column) in places
