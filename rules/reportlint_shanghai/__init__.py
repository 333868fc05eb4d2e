"""The pack of Shanghai: how the reports of its organs are usually written. House style only; nothing in it binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlint import Preset, Rule, hookimpl
from reportlint_shanghai import body, preface

if TYPE_CHECKING:
    from reportlint import Wording

_PACKAGE = "reportlint_shanghai"


@hookimpl
def reportlint_rules() -> tuple[Rule, ...]:
    return (
        preface.title_form,
        preface.local_regulation,
        preface.preface_parts,
        preface.download_address,
        body.aspect_headings,
        body.request_shares,
        body.work_points,
    )


@hookimpl
def reportlint_presets() -> tuple[Preset, ...]:
    return (Preset("shanghai", _PACKAGE, "preset.toml"),)


@hookimpl
def reportlint_wordings() -> tuple[Wording, ...]:
    # Few runs write a report.
    from reportlint import load_wordings

    return load_wordings(_PACKAGE, "wording.toml")
