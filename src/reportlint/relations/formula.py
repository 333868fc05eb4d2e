"""The parser of formulas, by `formula.lark`."""

from __future__ import annotations

from functools import lru_cache

import lark
from lark import Lark, Token, Tree

from reportlint import resources
from reportlint.errors import FormulaError
from reportlint.relations.relation import Alternative, Formula, Term


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    text = resources.read("reportlint.relations", "formula.lark")
    return Lark(text.decode("utf-8"), parser="lalr", start="formula")


def parse_formula(text: str) -> Formula:
    """The formula of a text; FormulaError says where it goes wrong."""
    try:
        tree = _grammar().parse(text)
    except lark.exceptions.UnexpectedInput as error:
        at_end = isinstance(error, lark.exceptions.UnexpectedToken) and error.token.type == "$END"
        start = getattr(error, "pos_in_stream", None)
        place = start if isinstance(start, int) and not at_end else len(text)
        raise FormulaError(f"公式“{text}”第 {place + 1} 个字符处无法解析") from error
    left, operator, right = tree.children
    assert isinstance(left, Tree)
    assert isinstance(right, Tree)
    left_parts, left_constant = _sum(left, 1)
    right_parts, right_constant = _sum(right, -1)
    return Formula(text, left_parts, right_parts, left_constant + right_constant, str(operator))


def _sum(tree: Tree[Token], sign: int) -> tuple[tuple[Term | Alternative, ...], int]:
    """The terms of a sum, each with the sign that it has when all stand on the left side."""
    parts: list[Term | Alternative] = []
    constant, own = 0, 1
    for child in tree.children:
        if isinstance(child, Token) and child.type == "SIGN":
            own = 1 if child == "+" else -1
            continue
        factor = sign * own
        if isinstance(child, Token) and child.type == "NUMBER":
            constant += factor * int(child)
        elif isinstance(child, Token):
            parts.append(Term(factor, str(child)))
        elif child.data == "product":
            number, name = child.children
            parts.append(Term(factor * int(str(number)), str(name)))
        else:
            parts.append(Alternative(factor, tuple(_plain_sum(inner) for inner in child.children)))
        own = 1
    return tuple(parts), constant


def _plain_sum(tree: Tree[Token] | Token) -> tuple[Term, ...]:
    assert isinstance(tree, Tree)
    parts, constant = _sum(tree, 1)
    terms = tuple(part for part in parts if isinstance(part, Term))
    if constant or len(terms) < len(parts):
        raise FormulaError("公式的括号里只能是行或列的和")
    return terms
