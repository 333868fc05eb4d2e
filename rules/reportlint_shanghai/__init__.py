"""The pack of Shanghai: how the reports of its organs are usually written. House style only; nothing in it binds."""

from __future__ import annotations

from reportlint import Preset, Rule, Wording, hookimpl, load_wordings
from reportlint_shanghai import body, preface

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
    return load_wordings(_PACKAGE, "wording.toml")
