"""The pack of Wuwei in Gansu: what the city's notice on the reports of 2025 asks for beyond the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlint import Preset, Rule, hookimpl
from reportlint_gansu_wuwei import overview

if TYPE_CHECKING:
    from reportlint import Wording

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
    # Few runs write a report.
    from reportlint import load_wordings

    return load_wordings(_PACKAGE, "wording.toml")
