"""The documents pack: readers for the formats that reports come in, and rules on what is in a file beside its text."""

from __future__ import annotations

from reportlint import Preset, Rule, hookimpl
from reportlint.readers.reader import Reader
from reportlint_documents import formats, rules


@hookimpl
def reportlint_readers() -> tuple[Reader, ...]:
    return (
        formats.HTML,
        formats.DOCX,
        formats.PDF,
        formats.XLSX,
        formats.OTHER_TEXT,
        formats.OLD_SHEETS,
        formats.OTHER_SHEETS,
    )


@hookimpl
def reportlint_rules() -> tuple[Rule, ...]:
    return rules.ALL


@hookimpl
def reportlint_presets() -> tuple[Preset, ...]:
    return (Preset("documents", "reportlint_documents", "preset.toml", default=True),)
