"""The search for the cells that are wrong.

Equations that do not hold are explained by the smallest set of cells whose change makes every one of
them hold: an equation that holds now speaks for its cells as much as one that does not speaks
against them. One explanation is certain; several are all named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from reportlint.model import Place
from reportlint.relations.equations import Equation, Exact, Uses, Value
from reportlint.relations.relation import Relation

if TYPE_CHECKING:
    from fractions import Fraction

_MOST_CHANGES = 3
_MOST_STEPS = 20_000
_MOST_SOLUTIONS = 64


class Broken(NamedTuple):
    """An equation that does not hold, with the value of either side as it is printed."""

    relation: Relation
    key: str
    left: Value
    right: Value
    result: Place
    """The cell that the eye goes to first: the first on the left side."""
    left_cells: tuple[tuple[int, Place], ...] = ()
    right_cells: tuple[tuple[int, Place], ...] = ()
    """The cells of either side, each with its factor as it is printed."""


class Repair(NamedTuple):
    """A cell, and the value that would make every relation hold."""

    place: Place
    value: Value


class Cause(NamedTuple):
    """One thing wrong: a cell with its value when it is certain, else the cells that may be it."""

    place: Place
    certain: bool
    repairs: tuple[Repair, ...]
    broken: tuple[Broken, ...]
    satisfied: int
    """How many relations the repair makes hold or keeps."""
    together: int = 1
    """How many of the cells named must change together."""


class Problem:
    """The equations over a table and their residuals, in exact arithmetic."""

    def __init__(self, equations: Sequence[Equation], values: Mapping[Place, Exact], uses: Uses) -> None:
        self.equations = equations
        self.values = values
        self.of_cell, self.cells_of = uses

    def residuals(self) -> dict[int, Fraction]:
        """What is left over in each equation that does not hold."""
        from fractions import Fraction

        found = {}
        for index, equation in enumerate(self.equations):
            left, right = self.sides(equation)
            if left != right:
                found[index] = Fraction(left - right)
        return found

    def sides(self, equation: Equation) -> tuple[Exact, Exact]:
        """The value of either side as it is printed."""
        left = sum(factor * self.values[place] for factor, place in equation.left)
        right = -sum(factor * self.values[place] for factor, place in equation.right)
        return left, right - equation.relation.formula.constant

    def fault(self, index: int) -> Broken:
        equation = self.equations[index]
        left, right = self.sides(equation)
        turned = tuple((-factor, place) for factor, place in equation.right)
        result = equation.left[0][1]
        return Broken(equation.relation, equation.key, _plain(left), _plain(right), result, equation.left, turned)

    def repair(self, place: Place, index: int, residuals: Mapping[int, Fraction]) -> Fraction | None:
        """The change of a cell that makes an equation hold, if the cell could have that value."""
        factor = next(factor for cell, factor in self.cells_of[index] if cell == place)
        change = -residuals[index] / factor
        value = self.values[place] + change
        if value < 0 or (isinstance(self.values[place], int) and value.denominator != 1):
            return None
        return change

    def apply(self, place: Place, change: Fraction, residuals: dict[int, Fraction]) -> dict[int, Fraction]:
        """The residuals of the broken equations after a change."""
        after = dict(residuals)
        for index, factor in self.of_cell[place]:
            residual = after.get(index, 0) + factor * change
            if residual:
                after[index] = residual
            else:
                after.pop(index, None)
        return after


def broken_bounds(problem: Problem) -> Iterator[Cause]:
    for index, equation in enumerate(problem.equations):
        left, right = problem.sides(equation)
        if left < right if equation.relation.formula.operator == ">=" else left > right:
            fault = problem.fault(index)
            yield Cause(fault.result, False, (), (fault,), 0)


def explain(problem: Problem) -> Iterator[Cause]:
    residuals = problem.residuals()
    changes, rest = _certain_changes(problem, residuals) if len(residuals) > 2 * _MOST_CHANGES else ([], residuals)
    for place, change, fixed in changes:
        yield _certain(problem, place, change, fixed)
    for component in _components(problem, rest):
        yield from _explain_component(problem, component)


def _certain_changes(
    problem: Problem, residuals: dict[int, Fraction]
) -> tuple[list[tuple[Place, Fraction, list[int]]], dict[int, Fraction]]:
    """Cells that mend two or more broken equations and break none, while no other cell competes.

    With many cells wrong at once the smallest explanation is out of reach; this finds those that
    stand alone in their row and column.
    """
    changes: list[tuple[Place, Fraction, list[int]]] = []
    while True:
        found: dict[Place, tuple[Fraction, list[int]]] = {}
        for place, uses in problem.of_cell.items():
            indices = [index for index, _ in uses]
            if len(indices) < 2 or not all(index in residuals for index in indices):
                continue
            repairs = {problem.repair(place, index, residuals) for index in indices}
            change = repairs.pop()
            if not repairs and change is not None:
                found[place] = (change, indices)
        alone = [
            place
            for place, (_, indices) in found.items()
            if not any(other != place and set(indices) & set(found[other][1]) for other in found)
        ]
        if not alone:
            return changes, residuals
        for place in alone:
            change, indices = found[place]
            changes.append((place, change, indices))
            residuals = problem.apply(place, change, residuals)


def _components(problem: Problem, residuals: dict[int, Fraction]) -> list[dict[int, Fraction]]:
    """The broken equations, parted where no equation, broken or not, ties their cells together."""
    left = dict(residuals)
    components = []
    while left:
        index = next(iter(left))
        component = {index: left.pop(index)}
        todo, seen = [index], {index}
        while todo:
            for place, _ in problem.cells_of[todo.pop()]:
                for other, _ in problem.of_cell[place]:
                    if other not in seen:
                        seen.add(other)
                        todo.append(other)
                        if other in left:
                            component[other] = left.pop(other)
        components.append(component)
    return components


def _explain_component(problem: Problem, component: dict[int, Fraction]) -> Iterator[Cause]:
    solutions = _smallest(problem, component)
    if not solutions:
        for index in component:
            fault = problem.fault(index)
            yield Cause(fault.result, False, (), (fault,), 0)
        return
    common = set.intersection(*(set(solution.items()) for solution in solutions))
    for place, change in sorted(common):
        fixed = [index for index, _ in problem.of_cell[place] if index in component]
        # All that a cell is in may hold now, and only cease to with the other changes.
        yield _certain(problem, place, change, fixed or list(component))
    if len(solutions) == 1:
        return
    explained = {index for place, _ in common for index, _ in problem.of_cell[place]}
    faults = tuple(problem.fault(index) for index in component if index not in explained)
    faults = faults or tuple(problem.fault(index) for index in component)
    repairs = tuple(
        dict.fromkeys(
            Repair(place, _plain(problem.values[place] + change))
            for solution in solutions
            for place, change in solution.items()
            if (place, change) not in common
        )
    )
    results = {fault.result for fault in faults}
    order = {place: number for number, place in enumerate(problem.of_cell)}
    repairs = tuple(sorted(repairs, key=lambda repair: (repair.place not in results, order[repair.place])))
    preferred = [place for place in solutions[0] if (place, solutions[0][place]) not in common]
    if len(preferred) == 1:
        preferred = [next((repair.place for repair in repairs if repair.place in results), preferred[0])]
    for place in preferred:
        own = tuple(fault for fault in faults if _has(problem, place, fault)) or faults
        yield Cause(place, False, repairs, own, 0, len(preferred))


def _smallest(problem: Problem, residuals: dict[int, Fraction]) -> list[dict[Place, Fraction]]:
    """All the smallest sets of changes that make every equation hold; none if they are too many to find.

    In some broken equation a single cell of the set is wrong, which gives its change; so every cell
    of every broken equation is tried, and after it what is left, with one cell less to find.
    """
    most_uses = max(len(uses) for uses in problem.of_cell.values())
    steps = 0
    for size in range(1, _MOST_CHANGES + 1):
        found: dict[frozenset[tuple[Place, Fraction]], dict[Place, Fraction]] = {}
        todo: list[tuple[dict[int, Fraction], dict[Place, Fraction]]] = [(residuals, {})]
        while todo:
            left, changes = todo.pop()
            still = size - len(changes)
            if len(left) > most_uses * still:
                continue
            if still == 1:
                for last, mend in _alone(problem, left, changes):
                    whole = {**changes, last: mend}
                    found[frozenset(whole.items())] = whole
                continue
            for index in left:
                for place, _ in problem.cells_of[index]:
                    change = None if place in changes else problem.repair(place, index, left)
                    if change is not None:
                        steps += 1
                        todo.append((problem.apply(place, change, left), {**changes, place: change}))
            if steps > _MOST_STEPS or len(found) > _MOST_SOLUTIONS:
                return []
        if found:
            return list(found.values())
    return []


def _alone(
    problem: Problem, left: dict[int, Fraction], changes: Mapping[Place, Fraction]
) -> Iterator[tuple[Place, Fraction]]:
    """The cells whose change mends all that is left and breaks nothing."""
    if not left:
        return
    first = next(iter(left))
    for place, _ in problem.cells_of[first]:
        if place in changes or {index for index, _ in problem.of_cell[place]} != set(left):
            continue
        change = problem.repair(place, first, left)
        if change is not None and not problem.apply(place, change, left):
            yield place, change


def _certain(problem: Problem, place: Place, change: Fraction, fixed: list[int]) -> Cause:
    repair = Repair(place, _plain(problem.values[place] + change))
    faults = tuple(problem.fault(index) for index in fixed)
    return Cause(place, True, (repair,), faults, len(problem.of_cell[place]))


def _has(problem: Problem, place: Place, fault: Broken) -> bool:
    return any(
        problem.equations[index].relation is fault.relation and problem.equations[index].key == fault.key
        for index, _ in problem.of_cell[place]
    )


def _plain(value: Exact) -> Value:
    """A value as it is shown."""
    if isinstance(value, int) or value.denominator == 1:
        return int(value)
    with localcontext() as context:
        context.prec = len(str(value.numerator)) + len(str(value.denominator)) + 28
        return Decimal(value.numerator) / Decimal(value.denominator)
