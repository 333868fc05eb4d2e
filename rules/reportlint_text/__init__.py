"""The pack for wording and typography: good for any Chinese official text, and knows nothing of a form.

A library was tried first. autocorrect-py (2.14) takes about 1 ms for a report of 2,700 characters and
sees half-width commas and brackets and white space around figures, which it wants everywhere. It passes
over doubled words and marks, unmatched brackets, white space within words, missing stops and mixed
numbering, and gives a corrected line in place of a mark. All the rules here together take between a
tenth and a fifth of its time.
"""

from __future__ import annotations

from reportlint import Preset, Rule, hookimpl
from reportlint_text import brackets, doubled, half_width, spaces, stops, words


@hookimpl
def reportlint_rules() -> tuple[Rule, ...]:
    return (
        words.doubled_word,
        doubled.doubled_punctuation,
        half_width.half_width_punctuation,
        brackets.unmatched_bracket,
        brackets.numbering_brackets,
        spaces.stray_space,
        spaces.figure_spacing,
        stops.missing_stop,
    )


@hookimpl
def reportlint_presets() -> tuple[Preset, ...]:
    return (Preset("text", "reportlint_text", "preset.toml", default=True),)
