"""An example pack for another kind of report: a grammar of its own, and all that goes with it.

What it demands is invented, to show how such a pack is made. It says nothing of what any county asks for.
"""

from __future__ import annotations

from reportlint import Grammar, Preset, Relation, Rule, hookimpl, load_relations
from reportlint_national import sections
from reportlint_rule_of_law import leaders

_PACKAGE = "reportlint_rule_of_law"
_FORMS = frozenset({"rule-of-law"})

# A rule that goes by the form alone serves any form: here with another clause, for other reports.
required_sections = sections.required_sections._replace(
    summary="All four sections of the report are there.",
    basis="虚构的县级要求（示例）第一条：年度报告的四个部分",
    forms=_FORMS,
)


@hookimpl
def reportlint_rules() -> tuple[Rule, ...]:
    return (required_sections, leaders.leaders_duty)


@hookimpl
def reportlint_relations() -> tuple[tuple[Relation, str], ...]:
    return load_relations(_PACKAGE, "totals.toml")


@hookimpl
def reportlint_grammars() -> tuple[Grammar, ...]:
    return (Grammar("rule-of-law", _PACKAGE, "rule_of_law.lark", years=(2020, None)),)


@hookimpl
def reportlint_presets() -> tuple[Preset, ...]:
    return (Preset("rule-of-law", _PACKAGE, "preset.toml"),)
