"""Relations over small tables made by hand: what holds, what is wrong, and which cell it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from reportlint import CellKind, Span
from reportlint.errors import FormulaError
from reportlint.lowering.cells import read_value
from reportlint.model import Block, Cell, Cells, Form, Place, Table
from reportlint.relations import Alternative, Cause, Outcome, Relation, Relations, Repair, Term, solve
from reportlint.relations.formula import parse_formula

Grid = Mapping[str, Sequence[object]]
"""The cells of each row, as they are written; None for a cell that is not there."""


def form(rows: Sequence[str], columns: Sequence[str]) -> Form:
    return Form("small", (), {"sums": (Block(tuple(rows), tuple(columns)),)}, {})


def cell(written: object) -> Cell:
    text = str(written)
    return Cell(Span(0, 0), text, *read_value(text))


def table(columns: Sequence[str], grid: Grid) -> Table:
    cells = {
        (row, column): cell(written)
        for row, figures in grid.items()
        for column, written in zip(columns, figures, strict=True)
        if written is not None
    }
    return Table("sums", Span(0, 0), Cells(cells), dict.fromkeys(grid, Span(0, 0)))


def relation(name: str, each: str, formula: str) -> Relation:
    return Relation(name, name, "sums", each, parse_formula(formula), "左边", "右边", "依据")


ACROSS = relation("across", "row", "total = a + b")
DOWN = relation("down", "column", "sum = x + y")
COLUMNS = ("a", "b", "total")


def solved(grid: Grid, relations: Sequence[Relation] = (ACROSS, DOWN), columns: Sequence[str] = COLUMNS) -> Outcome:
    return solve(table(columns, grid), form(list(grid), columns), relations)


def certain(outcome: Outcome) -> dict[Place, object]:
    """The cells that are wrong for certain, and what they should be."""
    assert all(cause.certain for cause in outcome.causes)
    assert all([cause.place] == [repair.place for repair in cause.repairs] for cause in outcome.causes)
    return {cause.place: cause.repairs[0].value for cause in outcome.causes}


def possible(cause: Cause) -> dict[Place, object]:
    """The cells that may be wrong, and what each would have to be."""
    assert not cause.certain
    return {repair.place: repair.value for repair in cause.repairs}


def test_sums_that_hold() -> None:
    outcome = solved({"x": (1, 2, 3), "y": (4, 5, 9), "sum": (5, 7, 12)})
    assert outcome == Outcome((), (), frozenset({"across", "down"}))


def test_relations_of_other_tables_are_left_out() -> None:
    other = ACROSS._replace(table="others", name="other")
    relations = Relations(form(("x", "y", "sum"), COLUMNS), "sums", (ACROSS, other, DOWN))
    assert relations.relations == (ACROSS, DOWN)


@pytest.mark.parametrize(
    ("row", "column", "right"),
    [("x", "a", 1), ("x", "total", 3), ("y", "b", 5), ("sum", "a", 5), ("sum", "total", 12)],
)
def test_one_wrong_cell_is_found_by_its_row_and_column(row: str, column: str, right: int) -> None:
    grid = {"x": [1, 2, 3], "y": [4, 5, 9], "sum": [5, 7, 12]}
    grid[row][COLUMNS.index(column)] = 30
    outcome = solved(grid)
    assert certain(outcome) == {(row, column): right}
    [cause] = outcome.causes
    assert cause.satisfied == 2
    assert {(broken.relation.name, broken.key) for broken in cause.broken} == {("across", row), ("down", column)}


def test_sides_of_a_broken_relation_are_as_printed() -> None:
    [cause] = solved({"x": (1, 2, 9)}, (ACROSS,)).causes
    [broken] = cause.broken
    assert (broken.left, broken.right, broken.key, broken.result) == (9, 3, "x", ("x", "total"))


def test_two_wrong_cells_are_two_causes() -> None:
    outcome = solved({"x": (1 + 10, 2, 3), "y": (4, 5 + 20, 9), "sum": (5, 7, 12)})
    assert certain(outcome) == {("x", "a"): 1, ("y", "b"): 5}
    assert [len(cause.broken) for cause in outcome.causes] == [2, 2]


def test_two_wrong_cells_in_one_row() -> None:
    outcome = solved({"x": (1 + 10, 2 + 20, 3), "y": (4, 5, 9), "sum": (5, 7, 12)})
    assert certain(outcome) == {("x", "a"): 1, ("x", "b"): 2}


def test_two_cells_wrong_by_the_same_may_be_two_others() -> None:
    outcome = solved({"x": (20 + 10, 20, 40), "y": (40, 50 + 10, 90), "sum": (60, 70, 130)})
    assert len(outcome.causes) == 2
    for cause in outcome.causes:
        assert possible(cause) == {("x", "a"): 20, ("y", "b"): 50, ("x", "b"): 10, ("y", "a"): 30}


def test_two_cells_wrong_by_the_same_where_the_others_would_be_negative() -> None:
    outcome = solved({"x": (1 + 10, 2, 3), "y": (4, 5 + 10, 9), "sum": (5, 7, 12)})
    assert certain(outcome) == {("x", "a"): 1, ("y", "b"): 5}


def test_wrong_cells_far_from_each_other_do_not_hide_each_other() -> None:
    names = [f"r{number}" for number in range(8)]
    columns = [*(f"c{number}" for number in range(8)), "total"]
    grid = {name: [*range(row, row + 8), sum(range(row, row + 8))] for row, name in enumerate(names)}
    grid["sum"] = [sum(grid[name][column] for name in names) for column in range(9)]
    relations = (
        relation("across", "row", f"total = {' + '.join(columns[:-1])}"),
        relation("down", "column", f"sum = {' + '.join(names)}"),
    )
    assert solved(grid, relations, columns).causes == ()
    wrong = {(f"r{number}", f"c{(number * 3) % 8}"): 100 + number for number in range(8)}
    right = {}
    for (row, column), value in wrong.items():
        right[row, column] = grid[row][columns.index(column)]
        grid[row][columns.index(column)] = value
    assert certain(solved(grid, relations, columns)) == right


def test_cell_in_one_relation_only_is_not_certain() -> None:
    [cause] = solved({"x": (3, 4, 9)}, (ACROSS,)).causes
    assert possible(cause) == {("x", "total"): 7, ("x", "a"): 5, ("x", "b"): 6}
    assert cause.place == ("x", "total")
    assert cause.repairs[0] == Repair(("x", "total"), 7)


def test_cell_that_would_have_to_be_negative_is_not_suspected() -> None:
    [cause] = solved({"x": (5, 2, 1)}, (ACROSS,)).causes
    assert cause.repairs == (Repair(("x", "total"), 7),)
    assert cause.certain


def test_cell_that_would_have_to_be_a_fraction_is_not_suspected() -> None:
    twice = relation("twice", "row", "total = 2 * a + b")
    [cause] = solved({"x": (1, 1, 4)}, (twice,)).causes
    assert possible(cause) == {("x", "total"): 3, ("x", "b"): 2}


def test_relation_that_holds_clears_its_cells() -> None:
    # Only the row of x is broken; the columns hold, so that a cell in one of them is not the only one wrong.
    outcome = solved({"x": (1, 2, 4), "y": (4, 5, 9), "sum": (5, 7, None)})
    assert {place for cause in outcome.causes for place in (repair.place for repair in cause.repairs)} == {
        ("x", "total")
    }


def test_everything_wrong_is_said_relation_by_relation() -> None:
    rows = [f"r{number}" for number in range(6)]
    columns = ("a", "b", "c", "d", "total")
    grid = {row: [7 * (i + j) ** 3 % 23 for j in range(5)] for i, row in enumerate([*rows, "sum"])}
    relations = (
        relation("across", "row", "total = a + b + c + d"),
        relation("down", "column", f"sum = {' + '.join(rows)}"),
    )
    outcome = solved(grid, relations, columns)
    assert outcome.causes
    broken = {(fault.relation.name, fault.key) for cause in outcome.causes for fault in cause.broken}
    expected = {("across", row) for row, figures in grid.items() if figures[-1] != sum(figures[:-1])}
    expected |= {
        ("down", column)
        for index, column in enumerate(columns)
        if grid["sum"][index] != sum(grid[row][index] for row in rows)
    }
    assert broken == expected


@pytest.mark.parametrize("size", [10**40 + 7, 10**200 + 1])
def test_huge_integers_are_exact(size: int) -> None:
    assert solved({"x": (size, size + 1, 2 * size + 1)}, (ACROSS,)).causes == ()
    [cause] = solved({"x": (size, size + 1, 2 * size)}, (ACROSS,)).causes
    assert possible(cause) == {("x", "total"): 2 * size + 1, ("x", "a"): size - 1, ("x", "b"): size}


# Cells without a figure.


@pytest.mark.parametrize("mark", ["", "/", "—", "无"])
def test_empty_cell_beside_a_total_counts_as_nothing(mark: str) -> None:
    assert cell(mark).kind is not CellKind.TEXT
    assert solved({"x": (3, mark, 3)}, (ACROSS,)) == Outcome((), (), frozenset({"across"}))
    [cause] = solved({"x": (3, mark, 5)}, (ACROSS,)).causes
    assert possible(cause) == {("x", "total"): 3, ("x", "a"): 5, ("x", "b"): 2}


@pytest.mark.parametrize("figures", [("", "", 3), ("", "/", 0), (3, 4, "")])
def test_side_of_empty_cells_only_cannot_be_assessed(figures: tuple[object, ...]) -> None:
    outcome = solved({"x": figures}, (ACROSS,))
    side = [("x", "total")] if figures[2] == "" else [("x", "a"), ("x", "b")]
    assert outcome.causes == ()
    assert outcome.unassessed == ((ACROSS, "x", tuple(side)),)
    assert outcome.evaluated == frozenset()


@pytest.mark.parametrize("written", [None, "约3", "3件"])
def test_missing_cell_and_text_cannot_be_assessed(written: str | None) -> None:
    outcome = solved({"x": (1, 2, 3), "y": (written, 5, 9), "sum": (5, 7, 12)})
    assert outcome.causes == ()
    assert {(lacking.name, key, places) for lacking, key, places in outcome.unassessed} == {
        ("across", "y", (("y", "a"),)),
        ("down", "a", (("y", "a"),)),
    }
    assert outcome.evaluated == {"across", "down"}


def test_wrong_cell_beside_a_missing_one_is_found_all_the_same() -> None:
    outcome = solved({"x": (1, 2, 3), "y": (None, 5 + 4, 9), "sum": (5, 7, 12)})
    [cause] = outcome.causes
    assert ("y", "b") in {repair.place for repair in cause.repairs}
    assert {broken.key for broken in cause.broken} == {"b"}


# Alternatives, bounds, factors.

EITHER = relation("either", "row", "total = (a + b | c)")


@pytest.mark.parametrize(
    ("figures", "holds"),
    [
        ((1, 2, None, 3), True),
        ((1, 2, None, 4), False),
        ((None, None, 3, 3), True),
        ((None, None, 3, 4), False),
        ((1, None, 3, 3), True),
        ((1, 2, 9, 3), True),
        ((1, 2, 3, 9), False),
    ],
)
def test_first_alternative_whose_cells_are_there(figures: tuple[int | None, ...], holds: bool) -> None:
    outcome = solved({"x": figures}, (EITHER,), ("a", "b", "c", "total"))
    assert (outcome.causes == ()) is holds
    assert outcome.unassessed == ()


def test_alternative_without_its_cells_wants_those_of_the_first() -> None:
    outcome = solved({"x": (1, None, None, 3)}, (EITHER,), ("a", "b", "c", "total"))
    assert outcome.unassessed == ((EITHER, "x", (("x", "b"),)),)


def test_alternative_names_only_cells_that_it_took() -> None:
    [cause] = solved({"x": (None, None, 3, 4)}, (EITHER,), ("a", "b", "c", "total")).causes
    assert possible(cause) == {("x", "total"): 3, ("x", "c"): 4}


@pytest.mark.parametrize(
    ("formula", "figures", "holds"),
    [
        ("total >= a - b", (5, 2, 3), True),
        ("total >= a - b", (5, 2, 4), True),
        ("total >= a - b", (5, 2, 2), False),
        ("total >= a - b", (2, 5, 0), True),
        ("total <= a + b", (1, 2, 3), True),
        ("total <= a + b", (1, 2, 4), False),
        ("total <= a + b + 1", (1, 2, 4), True),
    ],
)
def test_bounds(formula: str, figures: tuple[int, ...], holds: bool) -> None:
    outcome = solved({"x": figures}, (relation("bound", "row", formula),))
    assert (outcome.causes == ()) is holds
    for cause in outcome.causes:
        assert (cause.place, cause.certain, cause.repairs) == (("x", "total"), False, ())


def test_bound_says_both_sides_as_printed() -> None:
    [cause] = solved({"x": (9, 2, 3)}, (relation("bound", "row", "total >= a - b"),)).causes
    assert [(broken.left, broken.right) for broken in cause.broken] == [(3, 7)]


def test_bound_does_not_disturb_equations() -> None:
    bound = relation("bound", "row", "total <= a")
    outcome = solved({"x": (1, 2, 3 + 4), "y": (4, 5, 9), "sum": (5, 7, 12)}, (ACROSS, DOWN, bound))
    assert {cause.place: cause.repairs for cause in outcome.causes if cause.certain} == {
        ("x", "total"): (Repair(("x", "total"), 3),)
    }
    bounds = [cause for cause in outcome.causes if not cause.certain]
    assert [cause.broken[0].key for cause in bounds] == ["x", "y", "sum"]


def test_constant_stands_on_the_right_side() -> None:
    plus = relation("plus", "row", "total = a + b + 2")
    assert solved({"x": (1, 2, 5)}, (plus,)).causes == ()
    [cause] = solved({"x": (1, 2, 9)}, (plus,)).causes
    assert (cause.broken[0].left, cause.broken[0].right) == (9, 5)


def test_cell_on_both_sides_cancels_out() -> None:
    both = relation("both", "row", "a + total = a + b")
    [cause] = solved({"x": (100, 2, 5)}, (both,)).causes
    assert possible(cause) == {("x", "total"): 2, ("x", "b"): 5}


# Decimals.


def test_decimals_are_exact() -> None:
    assert solved({"x": ("0.1", "0.2", "0.3")}, (ACROSS,)).causes == ()
    [cause] = solved({"x": ("0.1", "0.2", "0.4")}, (ACROSS,)).causes
    assert possible(cause) == {
        ("x", "total"): Decimal("0.3"),
        ("x", "a"): Decimal("0.2"),
        ("x", "b"): Decimal("0.3"),
    }


def test_whole_decimals_are_shown_as_integers() -> None:
    [cause] = solved({"x": ("1.5", "2.5", "5.00")}, (ACROSS,)).causes
    assert [(str(broken.left), str(broken.right)) for broken in cause.broken] == [("5", "4")]


def test_whole_number_is_not_mended_with_a_fraction() -> None:
    [cause] = solved({"x": ("0.5", 2, 3)}, (ACROSS,)).causes
    assert cause.repairs == (Repair(("x", "a"), 1),)


def test_decimals_longer_than_the_usual_precision_are_exact() -> None:
    whole = 10**40 + 7
    [cause] = solved({"x": (f"{whole}.25", "0.5", 0)}, (ACROSS,)).causes
    [broken] = cause.broken
    assert str(broken.right) == f"{whole}.75"


# Formulas.


def test_formula_has_all_terms_on_the_left_with_their_signs() -> None:
    formula = parse_formula("total - 2*a = (b + c | d) - 3")
    assert formula.left == (Term(1, "total"), Term(-2, "a"))
    assert formula.right == (Alternative(-1, ((Term(1, "b"), Term(1, "c")), (Term(1, "d"),))),)
    assert (formula.constant, formula.operator) == (3, "=")
    assert formula.names() == {"total", "a", "b", "c", "d"}
    assert formula.needed({"total", "a", "b", "c", "d"}) == {"total", "a", "b", "c"}
    assert formula.needed({"total", "a", "b", "d"}) == {"total", "a", "d"}
    assert formula.needed(()) == {"total", "a", "b", "c"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("total = = a", 9),
        ("total > a", 7),
        ("total = a b", 11),
        ("total = (a)", 11),
        ("Total = a", 1),
        ("total = 总计", 9),
        ("a = b = c", 7),
        ("", 1),
    ],
)
def test_formula_error_names_the_character(text: str, place: int) -> None:
    with pytest.raises(FormulaError, match=f"第 {place} 个字符"):
        parse_formula(text)


@pytest.mark.parametrize(
    ("text", "place"), [("total = a +", 12), ("total", 6), ("total = a\n  + b\n  + + c", 21), ("total =\n  a b", 13)]
)
def test_formula_error_at_the_end_and_behind_line_breaks_counts_from_the_beginning(text: str, place: int) -> None:
    with pytest.raises(FormulaError, match=f"第 {place} 个字符"):
        parse_formula(text)


@pytest.mark.parametrize("text", ["a = (b | 3)", "a = ((b | c) | d)", "a = (b + 1 | c)"])
def test_alternative_of_anything_but_rows_and_columns_is_an_error(text: str) -> None:
    with pytest.raises(FormulaError, match="括号"):
        parse_formula(text)


# How the relations of a cell stand.


def standings(grid: Grid, place: Place, *relations: Relation) -> list[tuple[str, str, object]]:
    """The name, the key and the state of each relation of a cell: its sides, or the cells that are lacking."""
    found = Relations(form(list(grid), COLUMNS), "sums", relations).standing(table(COLUMNS, grid), place)
    return [
        (
            each.relation.name,
            each.key,
            each.lacking if each.sides is None else (each.sides.left, each.sides.right, each.holds),
        )
        for each in found
    ]


def test_the_relations_of_a_cell_stand_as_they_are() -> None:
    grid = {"sum": [3, 3, 6], "x": [1, 1, 3], "y": [2, 2, 4]}
    assert standings(grid, ("x", "total"), ACROSS, DOWN) == [
        ("across", "x", (3, 2, False)),
        ("down", "total", (6, 7, False)),
    ]
    assert standings(grid, ("x", "a"), ACROSS, DOWN) == [("across", "x", (3, 2, False)), ("down", "a", (3, 3, True))]
    assert standings(grid, ("z", "a"), ACROSS, DOWN) == []


@pytest.mark.parametrize(
    ("formula", "holds"),
    [("a >= b", False), ("a <= b", True), ("a = b", False), ("a + 1 = b", True), ("2*a >= b", True)],
)
def test_a_relation_stands_by_its_operator(formula: str, holds: bool) -> None:
    grid = {"x": [1, 2, 0]}
    ((_, _, state),) = standings(grid, ("x", "a"), relation("bound", "row", formula))
    assert isinstance(state, tuple)
    assert state[2] is holds


def test_a_relation_that_cannot_be_evaluated_says_for_want_of_what() -> None:
    grid = {"x": ["若干", 1, 1], "y": [None, 1, 1]}
    assert standings(grid, ("x", "total"), ACROSS) == [("across", "x", (("x", "a"),))]
    assert standings(grid, ("y", "total"), ACROSS) == [("across", "y", (("y", "a"),))]


def test_a_relation_stands_by_the_first_sum_whose_cells_are_there() -> None:
    whole = relation("either", "column", "sum = (x + y | z)")
    grid = {"sum": [3, 3, 3], "z": [3, 3, 4]}
    found = Relations(form(["sum", "x", "y", "z"], COLUMNS), "sums", [whole]).standing(
        table(COLUMNS, grid), ("z", "total")
    )
    assert [(each.key, each.sides and each.sides.right) for each in found] == [("total", 4)]
