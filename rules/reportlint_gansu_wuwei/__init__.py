"""The pack of Wuwei in Gansu: what the city's notice on the reports of 2025 asks for beyond the form."""

from __future__ import annotations

from reportlint import Preset, Rule, Wording, hookimpl, load_wordings
from reportlint_gansu_wuwei import overview

_PACKAGE = "reportlint_gansu_wuwei"


@hookimpl
def reportlint_rules() -> tuple[Rule, ...]:
    return (
        overview.overview_length,
        overview.disclosure_figures,
        overview.document_figures,
        overview.platform_figures,
    )


@hookimpl
def reportlint_presets() -> tuple[Preset, ...]:
    return (Preset("gansu-wuwei", _PACKAGE, "preset.toml"),)


@hookimpl
def reportlint_wordings() -> tuple[Wording, ...]:
    return load_wordings(_PACKAGE, "wording.toml")
