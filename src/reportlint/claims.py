"""What prose says of a figure."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from reportlint.source import Span

LONGEST_SENTENCE = 20_000
"""In characters; a longer stretch without a full stop is no sentence, and its figures are not read."""


class Claim(NamedTuple):
    """A quantity stated in prose: «未收到…申请» is a claim of 0, «受理12件» one of 12.

    `subject` is the dotted name that the claims grammar gives it; `unit` is the unit as written,
    or None; `denied` says that the zero was stated as a denial and not as a figure. An
    `approximate` claim (约, 余) is never compared.
    """

    subject: str
    value: int | Decimal
    unit: str | None
    scope: str | None
    approximate: bool
    denied: bool
    year: int | None
    span: Span
    sentence: Span
    part: bool
    """Whether it was stated as a part of what comes before: behind 其中 or in brackets."""
    open: bool
    """Whether the sentence has a list that leaves something out (等)."""
