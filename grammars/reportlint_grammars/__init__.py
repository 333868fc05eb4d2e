"""The grammars of the national form and of what prose says of its figures."""

from __future__ import annotations

from reportlint import Grammar, hookimpl


@hookimpl
def reportlint_grammars() -> tuple[Grammar, ...]:
    return (
        Grammar("annual-2021", "reportlint_grammars", "annual_2021.lark", years=(2021, None), family="annual"),
        Grammar("claims", "reportlint_grammars", "claims.lark", kind="claims", family="annual"),
    )
