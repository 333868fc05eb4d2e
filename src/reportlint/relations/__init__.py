"""Figures that must agree: relations as data, and the solver that finds the wrong cell."""

from reportlint.relations.relation import Alternative, Formula, Relation, Term
from reportlint.relations.search import Broken, Cause, Repair
from reportlint.relations.solver import Outcome, Relations, Standing, solve

__all__ = [
    "Alternative",
    "Broken",
    "Cause",
    "Formula",
    "Outcome",
    "Relation",
    "Relations",
    "Repair",
    "Standing",
    "Term",
    "solve",
]
