"""Empty cells that hold nothing but 0, by the sums that the report itself has filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from reportlint import Cell, Edit, Fix, Form, Relation, Table, load_relations
from reportlint.model import EMPTY_KINDS, CellKind, Place
from reportlint.relations.equations import Equation, equation_at, keys_of

_ZERO = "0"


def zeros_written(form: Form, table: Table, empty: Sequence[tuple[Place, Cell]], text: str) -> Fix | None:
    """0 in all empty cells of a table, where the sums leave no other figure for any of them.

    Counts are not negative: where the figures that are there already come to the total, nothing is left for the
    cells without one. It takes a fix that is not safe, since the total may be what is wrong.
    """
    if not {place for place, _ in empty} <= _nothing_left(form, table):
        return None
    edits = (Edit(cell.span, _field(text[cell.span.start : cell.span.end])) for _, cell in empty)
    return Fix(tuple(edits), safe=False)


def _field(text: str) -> str:
    """What stands in a field, with 0 for it: blanks at its edges are kept."""
    return _ZERO if text.strip() else f"{text[:1]}{_ZERO}{text[-1:]}"


def _nothing_left(form: Form, table: Table) -> set[Place]:
    """The empty cells for which the sums leave nothing; none that makes another sum wrong."""
    equations = [*_equations(form, table)]
    values = {place: cell.value for place, cell in table.cells.items()}
    empty = {place for place, cell in table.cells.items() if cell.kind in EMPTY_KINDS}
    found: set[Place] = set()
    before = -1
    while before < len(found):
        before = len(found)
        for equation in equations:
            places = [(factor, place) for factor, place in equation.factors if place in empty]
            if len({factor > 0 for factor, _ in places}) == 1 and _balance(equation, values) == 0:
                found.update(place for _, place in places)
                empty.difference_update(place for _, place in places)
    wrong = [equation for equation in equations if _balance(equation, values) != 0]
    return found - {place for equation in wrong for _, place in equation.factors}


def _balance(equation: Equation, values: Mapping[Place, object]) -> int:
    """What is more on the left side than on the right; cells without a figure are no part of either."""
    return sum(factor * value for factor, place in equation.factors if isinstance(value := values[place], int))


def _equations(form: Form, table: Table) -> Iterator[Equation]:
    """The sums of a table of which every cell is there and holds a count, or nothing."""
    counts = {
        place
        for place, cell in table.cells.items()
        if cell.kind is not CellKind.TEXT and (cell.value is None or (type(cell.value) is int and cell.value >= 0))
    }
    for relation in _sums():
        for key in keys_of(relation, form):
            equation = equation_at(relation, key, table.cells.__contains__)
            # Those of other tables have cells that this one has not.
            if counts.issuperset(place for _, place in equation.factors):
                yield equation


@lru_cache(maxsize=1)
def _sums() -> tuple[Relation, ...]:
    relations = load_relations("reportlint_national", "totals.toml")
    return tuple(relation for relation, _ in relations if relation.formula.operator == "=")
