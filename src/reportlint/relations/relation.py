"""A relation between the cells of a table."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from reportlint.model import Form


class Term(NamedTuple):
    """A row or column by name, times a whole number; a term on the right side has its sign turned."""

    factor: int
    name: str


class Alternative(NamedTuple):
    """`(a + b | c)`: the first of several sums whose cells are all in the table, times a sign."""

    sign: int
    sums: tuple[tuple[Term, ...], ...]

    def choose(self, known: Container[str]) -> tuple[Term, ...]:
        """The first sum whose names are all known; the first of all, where none is."""
        return next((terms for terms in self.sums if all(term.name in known for term in terms)), self.sums[0])


class Formula(NamedTuple):
    """`left = right`, kept as terms with the right side's signs turned: terms + constant <operator> 0."""

    text: str
    left: tuple[Term | Alternative, ...]
    right: tuple[Term | Alternative, ...]
    constant: int
    operator: str
    """`=`, `>=` or `<=`."""

    def names(self) -> frozenset[str]:
        """All the rows or columns that the formula speaks of."""
        found: set[str] = set()
        for part in (*self.left, *self.right):
            terms = part.sums if isinstance(part, Alternative) else ((part,),)
            found.update(term.name for terms_ in terms for term in terms_)
        return frozenset(found)

    def needed(self, known: Container[str]) -> frozenset[str]:
        """The names without which it cannot be evaluated: of each alternative the first whose names are all known."""
        found: set[str] = set()
        for part in (*self.left, *self.right):
            terms: tuple[Term, ...] = (part,) if isinstance(part, Term) else part.choose(known)
            found.update(term.name for term in terms)
        return frozenset(found)


class Relation(NamedTuple):
    """What must hold in every column (`each = "column"`, the names are rows) or every row of a table.

    `left_words` and `right_words` are the Chinese for the two sides.
    """

    name: str
    summary: str
    table: str
    each: str
    formula: Formula
    left_words: str
    right_words: str
    basis: str
    mandatory: bool = False
    """Whether no configuration may silence it."""

    def applies_to(self, form: Form) -> bool:
        """Whether the form has the table, and in it all that the formula speaks of, by one alternative or another."""
        if self.table not in form.tables:
            return False
        known = form.names_in(self.table, self.each)
        return all(
            any(all(term.name in known for term in terms) for terms in part.sums)
            if isinstance(part, Alternative)
            else part.name in known
            for part in (*self.formula.left, *self.formula.right)
        )
