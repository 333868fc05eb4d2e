"""The relations of a table, evaluated together and exactly, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportlint.model import Form, Place, Table
from reportlint.relations.equations import Equation, cells_lacking, equation_at, keys_of, uses_of, value_of
from reportlint.relations.relation import Relation
from reportlint.relations.search import Broken, Cause, Problem, broken_bounds, explain


class Outcome(NamedTuple):
    """What solving a table's relations came to."""

    causes: tuple[Cause, ...]
    unassessed: tuple[tuple[Relation, str, tuple[Place, ...]], ...]
    """Relations that could not be evaluated: in which column or row, and for want of which cells."""
    evaluated: frozenset[str]
    """The names of the relations that were evaluated somewhere."""


class Standing(NamedTuple):
    """How a relation stands in one column or row of a table."""

    relation: Relation
    key: str
    lacking: tuple[Place, ...]
    """The cells for want of which it cannot be evaluated."""
    sides: Broken | None
    """What either side comes to, whether or not it holds; None where it cannot be evaluated."""

    @property
    def holds(self) -> bool:
        if self.sides is None:
            return False
        left, right = self.sides.left, self.sides.right
        return {"=": left == right, ">=": left >= right, "<=": left <= right}[self.relation.formula.operator]


class Relations:
    """The relations of one table of a form, laid out once for all reports."""

    def __init__(self, form: Form, table: str, relations: Sequence[Relation]) -> None:
        self.relations = tuple(relation for relation in relations if relation.table == table)
        # Of several sums, a relation is laid out by the first whose cells the form has.
        known = {
            (row, column) for block in form.tables.get(table, ()) for row in block.rows for column in block.columns
        }
        self._layout = [
            (relation, key, equation_at(relation, key, known.__contains__))
            for relation in self.relations
            for key in keys_of(relation, form)
        ]
        self._names = frozenset(relation.name for relation, _, _ in self._layout)
        self._strict = [equation for _, _, equation in self._layout if equation.relation.formula.operator == "="]
        self._uses = uses_of(self._strict)

    def solve(self, table: Table) -> Outcome:
        """Evaluate the relations over a table and explain those that do not hold."""
        if self._all_hold(table.cells.figures):
            return Outcome((), (), self._names)
        equations: list[Equation] = []
        unassessed: list[tuple[Relation, str, tuple[Place, ...]]] = []
        for relation, key, laid_out in self._layout:
            equation = _fitted(laid_out, table)
            lacking = cells_lacking(equation, table.cells)
            if lacking:
                unassessed.append((relation, key, lacking))
            else:
                equations.append(equation)
        values = {place: value_of(table.cells[place]) for equation in equations for _, place in equation.factors}
        strict = [equation for equation in equations if equation.relation.formula.operator == "="]
        loose = [equation for equation in equations if equation.relation.formula.operator != "="]
        uses = self._uses if strict == self._strict else uses_of(strict)
        causes = [*explain(Problem(strict, values, uses)), *broken_bounds(Problem(loose, values, uses_of(loose)))]
        evaluated = frozenset(equation.relation.name for equation in equations)
        return Outcome(tuple(causes), tuple(unassessed), evaluated)

    def standing(self, table: Table, place: Place) -> Iterator[Standing]:
        """How the relations stand that a cell takes part in."""
        for relation, key, laid_out in self._layout:
            equation = _fitted(laid_out, table)
            if place not in (used for _, used in equation.factors):
                continue
            lacking = cells_lacking(equation, table.cells)
            if lacking:
                yield Standing(relation, key, lacking, None)
            else:
                values = {used: value_of(table.cells[used]) for _, used in equation.factors}
                yield Standing(relation, key, (), Problem([equation], values, uses_of([equation])).fault(0))

    def _all_hold(self, figures: Mapping[Place, int | Decimal | None]) -> bool:
        """Whether every cell has a whole figure and every relation holds: the common case, in one pass."""
        try:
            for relation, _, equation in self._layout:
                total = relation.formula.constant
                for factor, place in equation.factors:
                    total += factor * figures[place]  # type: ignore[operator, assignment]
                operator = relation.formula.operator
                if type(total) is not int:
                    return False
                if total and (operator == "=" or (operator == ">=") == (total < 0)):
                    return False
        except (KeyError, TypeError):
            return False
        return True


def _fitted(equation: Equation, table: Table) -> Equation:
    """An equation by the cells that the table has."""
    if all(place in table.cells for _, place in equation.factors):
        return equation
    return equation_at(equation.relation, equation.key, table.cells.__contains__)


def solve(table: Table, form: Form, relations: Sequence[Relation]) -> Outcome:
    """As `Relations.solve`, for a single table."""
    return Relations(form, table.name, relations).solve(table)
