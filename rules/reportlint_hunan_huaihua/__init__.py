"""The pack of Huaihua in Hunan: what can be seen in a report of the city's notice on the reports of 2021."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlint import Preset, Rule, hookimpl
from reportlint_hunan_huaihua import summary

if TYPE_CHECKING:
    from reportlint import Wording

_PACKAGE = "reportlint_hunan_huaihua"


@hookimpl
def reportlint_rules() -> tuple[Rule, ...]:
    return (summary.publication_date, summary.summary_scope)


@hookimpl
def reportlint_presets() -> tuple[Preset, ...]:
    return (Preset("hunan-huaihua", _PACKAGE, "preset.toml"),)


@hookimpl
def reportlint_wordings() -> tuple[Wording, ...]:
    # Few runs write a report.
    from reportlint import load_wordings

    return load_wordings(_PACKAGE, "wording.toml")
