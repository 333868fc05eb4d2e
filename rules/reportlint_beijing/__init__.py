"""The pack of Beijing: how the reports of its organs are usually written. House style only; nothing in it binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlint import Preset, Rule, hookimpl
from reportlint_beijing import style

if TYPE_CHECKING:
    from reportlint import Wording

_PACKAGE = "reportlint_beijing"


@hookimpl
def reportlint_rules() -> tuple[Rule, ...]:
    return (style.opening_sentence, style.leadership_and_training, style.closing_address)


@hookimpl
def reportlint_presets() -> tuple[Preset, ...]:
    return (Preset("beijing", _PACKAGE, "preset.toml"),)


@hookimpl
def reportlint_wordings() -> tuple[Wording, ...]:
    # Few runs write a report.
    from reportlint import load_wordings

    return load_wordings(_PACKAGE, "wording.toml")
