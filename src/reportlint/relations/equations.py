"""Equations: a relation in one column or row of a table, over the cells that it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reportlint.model import EMPTY_KINDS, Cell, CellKind, Form, Place
from reportlint.relations.relation import Alternative, Relation, Term

if TYPE_CHECKING:
    from fractions import Fraction

Value = int | Decimal
Exact: TypeAlias = "int | Fraction"


class Equation(NamedTuple):
    """A relation in one column or row: the factors of its cells, the right side's signs turned."""

    relation: Relation
    key: str
    """The column or row."""
    left: tuple[tuple[int, Place], ...]
    right: tuple[tuple[int, Place], ...]
    factors: tuple[tuple[int, Place], ...]
    """Both sides."""


class Uses(NamedTuple):
    """Which equations each cell is in, and which cells each equation has, with their factors."""

    of_cell: dict[Place, list[tuple[int, int]]]
    cells_of: list[list[tuple[Place, int]]]


def uses_of(equations: Sequence[Equation]) -> Uses:
    of_cell: dict[Place, list[tuple[int, int]]] = {}
    cells_of: list[list[tuple[Place, int]]] = []
    for index, equation in enumerate(equations):
        merged: dict[Place, int] = {}
        for factor, place in equation.factors:
            merged[place] = merged.get(place, 0) + factor
        cells_of.append([(place, factor) for place, factor in merged.items() if factor])
        for place, factor in cells_of[-1]:
            of_cell.setdefault(place, []).append((index, factor))
    return Uses(of_cell, cells_of)


def keys_of(relation: Relation, form: Form) -> list[str]:
    """The columns or rows of the form that a relation applies to."""
    if relation.table not in form.tables:
        return []
    names = relation.formula.needed(form.names_in(relation.table, relation.each))
    blocks = form.tables[relation.table]
    if relation.each == "row":
        return [row for block in blocks if names <= set(block.columns) for row in block.rows]
    return list(dict.fromkeys(c for block in blocks if names & set(block.rows) for c in block.columns))


def equation_at(relation: Relation, key: str, present: Callable[[Place], bool]) -> Equation:
    """The relation at a key, by the first alternatives whose cells are present."""

    def place(name: str) -> Place:
        return (key, name) if relation.each == "row" else (name, key)

    sides: list[tuple[tuple[int, Place], ...]] = []
    for parts in (relation.formula.left, relation.formula.right):
        terms = (term for part in parts for term in _terms(part, lambda name: present(place(name))))
        sides.append(tuple((term.factor, place(term.name)) for term in terms))
    return Equation(relation, key, sides[0], sides[1], sides[0] + sides[1])


def _terms(part: Term | Alternative, present: Callable[[str], bool]) -> Iterable[Term]:
    if isinstance(part, Term):
        return (part,)
    chosen = next((sum_ for sum_ in part.sums if all(present(term.name) for term in sum_)), part.sums[0])
    return [Term(part.sign * term.factor, term.name) for term in chosen]


def cells_lacking(equation: Equation, cells: Mapping[Place, Cell]) -> tuple[Place, ...]:
    """The cells for want of which an equation cannot be evaluated: absent, no figure, or a whole side empty."""
    lacking = tuple(p for _, p in equation.factors if p not in cells or cells[p].kind is CellKind.TEXT)
    if lacking:
        return lacking
    for side in (equation.left, equation.right):
        if side and all(cells[place].kind in EMPTY_KINDS for _, place in side):
            return tuple(place for _, place in side)
    return ()


def value_of(cell: Cell) -> Exact:
    """A cell's figure; a cell left empty beside a total that is filled in counts as nothing."""
    if isinstance(cell.value, Decimal):
        from fractions import Fraction

        return Fraction(cell.value)
    return cell.value or 0
