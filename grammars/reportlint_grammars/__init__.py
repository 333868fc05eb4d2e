"""The grammars of the national form in its editions, of the reports before it, and of what prose says of figures."""

from __future__ import annotations

from reportlint import Grammar, hookimpl


@hookimpl
def reportlint_grammars() -> tuple[Grammar, ...]:
    return (
        Grammar("annual-2021", "reportlint_grammars", "annual_2021.lark", years=(2021, None), family="annual"),
        Grammar("annual-2019", "reportlint_grammars", "annual_2019.lark", years=(2019, 2020), family="annual"),
        Grammar("annual-2008", "reportlint_grammars", "annual_2008.lark", years=(2008, 2018), family="annual-early"),
        Grammar("claims", "reportlint_grammars", "claims.lark", kind="claims", family="annual"),
    )
