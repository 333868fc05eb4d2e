"""An example pack of a province: a rule, a relation, a grammar, a standard text and a preset.

What it demands is invented, to show how such a pack is made. It says nothing of what Henan asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlint import Grammar, Preset, Relation, Rule, hookimpl, load_relations
from reportlint_henan import preface

if TYPE_CHECKING:
    from reportlint import Wording

_PACKAGE = "reportlint_henan"


@hookimpl
def reportlint_rules() -> tuple[Rule, ...]:
    return (preface.legal_basis,)


@hookimpl
def reportlint_relations() -> tuple[tuple[Relation, str], ...]:
    return load_relations(_PACKAGE, "totals.toml")


@hookimpl
def reportlint_grammars() -> tuple[Grammar, ...]:
    return (Grammar("annual-2021-henan", _PACKAGE, "annual_2021_henan.lark", years=(2021, None), family="annual"),)


@hookimpl
def reportlint_presets() -> tuple[Preset, ...]:
    return (Preset("henan", _PACKAGE, "preset.toml"),)


@hookimpl
def reportlint_wordings() -> tuple[Wording, ...]:
    # Few runs write a report.
    from reportlint import load_wordings

    return load_wordings(_PACKAGE, "wording.toml")
