"""What the prose says of the tables: claims of the report's own year, and the figures that their words may mean."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from reportlint import Claim, Reference, Report, fact, lazy_pattern
from reportlint_national.ledger import LEDGER, RECEIVED, Figure, Held, figures, places_of
from reportlint_national.scopes import of_the_report
from reportlint_national.zero_filing import DENIABLE

MONEY = "administrative_fees"
_PERCENT = "%"
_YUAN_10000_IN = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10_000)}
_NEW = lazy_pattern("新(?!闻|媒体|增长)")


class Spoken(NamedTuple):
    """A claim, what the tables hold of its subject, and whose figures it speaks of."""

    claim: Claim
    held: Held
    found: tuple[Figure, ...]
    """The fair readings of its words that the table has all figures of."""
    own: bool
    """Whether it speaks of the report's own organisation."""


@fact
def spoken(report: Report) -> tuple[Spoken, ...]:
    """What is said of the tables, in the order of the text.

    What is said of others is left out where the text has said of the report's own organisation what the table has.
    """
    return tuple(_spoken(report))


def _spoken(report: Report) -> Iterator[Spoken]:
    settled: set[str] = set()
    for claim in own_year(report):
        held = LEDGER.get(claim.subject)
        if held is None or claim.unit == _PERCENT:
            continue
        found = tuple(figures(report, held))
        own = of_the_report(report, claim)
        agreed = any(agrees(claim, figure) for figure in found)
        if agreed and own and not claim.approximate and not (claim.value == 0 and claim.subject in DENIABLE):
            settled.update(RECEIVED if claim.subject in RECEIVED else {claim.subject})
        if own or agreed or claim.subject not in settled or _also_agrees(report, claim):
            yield Spoken(claim, held, found, own)


def _also_agrees(report: Report, claim: Claim) -> bool:
    return any(agrees(claim, figure) for figure in also_meant(report, claim))


def references(report: Report) -> Iterator[Reference]:
    """Of each claim the cells that it speaks of: of several readings the first of the nearest that agree."""
    for claim, held, found, _ in spoken(report):
        agreeing = [figure for figure in readings(report, claim, found) if agrees(claim, figure)]
        if agreeing:
            figure = min(agreeing, key=lambda each: len(each.places))
            yield Reference(claim, held.table, figure.places, None if claim.approximate else True)
        elif found:
            yield Reference(claim, held.table, found[0].places, None if claim.approximate else False)
        else:
            places = places_of(report, held)
            if places:
                yield Reference(claim, held.table, places)


def own_year(report: Report) -> list[Claim]:
    """The claims that speak of the report's own year."""
    return [claim for claim in report.claims if claim.year is None or claim.year == report.year]


def readings(report: Report, claim: Claim, found: tuple[Figure, ...]) -> list[Figure]:
    """The figures that the words of a claim may mean."""
    return [*found, *also_meant(report, claim)]


def also_meant(report: Report, claim: Claim) -> list[Figure]:
    """What the words of a claim may mean as well: in «收到12件，上年结转3件» the 12 may hold the 3."""
    if claim.subject == "newly_received" and not _NEW.search(report.text(claim.span)):
        return figures(report, LEDGER["incoming"])
    return []


def agrees(claim: Claim, figure: Figure) -> bool:
    """Whether a claim states a figure, as exactly as it was written."""
    if claim.subject != MONEY:
        return claim.value == figure.value
    if claim.unit not in _YUAN_10000_IN:
        return True
    # As exact as it was written: 141864.37万元 is 141864.3672.
    value = Decimal(claim.value)
    stated = Decimal(figure.value) / _YUAN_10000_IN[claim.unit]
    return stated.quantize(Decimal(1).scaleb(value.as_tuple().exponent), ROUND_HALF_UP) == value  # type: ignore[arg-type]
