"""Applying the fixes of findings: edits in the order of the text, none over another.

Offsets are those of the text that was linted. A report that was read from a web page has no fixes to
apply: its text is not the file's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reportlint.findings import Edit, Fix


class Fixed(NamedTuple):
    """A text with fixes applied, those that were, and those that were left out."""

    text: str
    applied: tuple[Fix, ...]
    left_out: tuple[Fix, ...]
    """Fixes that touch what another one changes, or that have no place in the text: for another run."""


def apply(text: str, fixes: Iterable[Fix]) -> Fixed:
    """Apply fixes, each whole or not at all: of two that touch the same place, the one that comes first.

    Two fixes may share an edit that is the same in both.
    """
    taken: dict[Edit, None] = {}
    applied: list[Fix] = []
    left_out: list[Fix] = []
    for fix in fixes:
        new = [edit for edit in dict.fromkeys(fix.edits) if edit not in taken]
        if all(_fits(edit, text, [*taken, *(other for other in new if other is not edit)]) for edit in new):
            taken.update(dict.fromkeys(new))
            applied.append(fix)
        else:
            left_out.append(fix)
    return Fixed(edited(text, taken), tuple(applied), tuple(left_out))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made that do not overlap."""
    parts: list[str] = []
    end = 0
    for span, new in sorted(edits):
        parts += (text[end : span.start], new)
        end = span.end
    return "".join((*parts, text[end:]))


def _fits(edit: Edit, text: str, others: Iterable[Edit]) -> bool:
    span = edit.span
    return 0 <= span.start <= span.end <= len(text) and not any(_touch(edit, other) for other in others)


def _touch(edit: Edit, other: Edit) -> bool:
    """Whether two edits change the same place; what is put in at one place by both has no order."""
    a, b = edit.span, other.span
    if a.start == a.end or b.start == b.end:
        return a.start <= b.end and b.start <= a.end
    return a.start < b.end and b.start < a.end
