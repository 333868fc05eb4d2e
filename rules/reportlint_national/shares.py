"""Shares in per cent: whether they are what the figures come to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from reportlint import Claim, Note, Report, Severity
from reportlint_national.ledger import LEDGER, RECEIVED, figures
from reportlint_national.scopes import of_the_report

_PERCENT = "%"
_TOLERANCE = Decimal("0.1")
"""In percentage points: shares are rounded so that they add up to 100."""
_WHOLES = frozenset({*RECEIVED, "processed"})
_OUTCOMES = frozenset(
    {"granted", "partly_granted", "disclosed", "denied", "unavailable", "not_handled", "otherwise_closed"}
)


class Share(NamedTuple):
    """A share that is not what the figures come to."""

    claim: Claim
    message: str
    notes: tuple[Note, ...]
    severity: Severity


def stated_shares(report: Report) -> Iterator[Share]:
    """The shares in the text that no reading of its figures, nor of the tables, comes to."""
    shares = [claim for claim in report.claims if claim.unit == _PERCENT and not claim.approximate]
    if not shares:
        return
    counts = [claim for claim in report.claims if claim.unit != _PERCENT and not claim.approximate]
    for share in shares:
        if share.year not in (None, report.year) or not of_the_report(report, share):
            continue
        parts = {Decimal(claim.value): claim for claim in counts if claim.subject == share.subject}
        wholes = {Decimal(claim.value): claim for claim in counts if claim.subject in _WHOLES and claim.value}
        known_parts, known_wholes = set(parts), set(wholes)
        if share.subject in LEDGER:
            known_parts |= {Decimal(figure.value) for figure in figures(report, LEDGER[share.subject])}
            # Shares of outcomes are shares of what was closed.
            for whole in ("processed",) if share.subject in _OUTCOMES else _WHOLES:
                known_wholes |= {Decimal(figure.value) for figure in figures(report, LEDGER[whole]) if figure.value}
        pairs = [(part, whole) for part in known_parts for whole in known_wholes]
        if not pairs or any(_comes_to(part, whole, share.value) for part, whole in pairs):
            continue
        said = "".join(report.text(share.span).split())
        near = min(pairs, key=lambda pair: abs(pair[0] * 100 / pair[1] - share.value))
        ratio = (near[0] * 100 / near[1]).quantize(Decimal("0.01"))
        message = f"文字称“{said}”，{near[0]} 占 {near[1]} 的 {ratio}%"
        notes = tuple(Note(f"数字为 {claim.value}", claim.span) for claim in (*parts.values(), *wholes.values()))
        yield Share(share, message, notes[:4], Severity.WARNING)


def _comes_to(part: Decimal, whole: Decimal, stated: int | Decimal) -> bool:
    written = Decimal(stated)
    half = Decimal(1).scaleb(written.as_tuple().exponent) / 2  # type: ignore[arg-type]
    return abs(part * 100 / whole - written) <= max(_TOLERANCE, half)
