"""The privacy pack: numbers of persons that a published report should not have in it."""

from __future__ import annotations

from reportlint import Preset, Rule, hookimpl
from reportlint_privacy import rules


@hookimpl
def reportlint_rules() -> tuple[Rule, ...]:
    return (rules.identity_number, rules.bank_card, rules.mobile_number)


@hookimpl
def reportlint_presets() -> tuple[Preset, ...]:
    return (Preset("privacy", "reportlint_privacy", "preset.toml", default=True),)
