"""Years that cannot be meant, by the figures that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from reportlint import Claim, Report, Span, lazy_pattern
from reportlint_national.ledger import LEDGER, figures

_YEAR = lazy_pattern(r"([2２][0０][0-9０-９]{2})\s?年")
_BROUGHT, _CARRIED, _TOTAL = "brought_forward", "carried_forward", "total"
_FEWEST_FIGURES = 2
"""So many figures of the table that are said of another year are no coincidence."""


class ClaimedYear(NamedTuple):
    """A place where a year stands that the figures beside it do not belong to."""

    year: int
    span: Span
    message: str


def claimed_years(report: Report, own: int) -> Iterator[ClaimedYear]:
    """The years that are certainly not those of the figures beside them."""
    yield from _forward(report, own)
    others = [claim for claim in report.claims if claim.year not in (None, own)]
    if not others:
        return
    told = {claim.subject for claim in report.claims if claim.year in (None, own)}
    for _, group in groupby(others, key=lambda claim: claim.sentence):
        claims = list(group)
        if told.isdisjoint(claim.subject for claim in claims) and _are_of_the_table(report, claims):
            year, place = claims[0].year or 0, claims[0].sentence
            written = next((match for match in _written(report, place) if int(match[1]) == year), None)
            if written is not None:
                span = Span(place.start + written.start(), place.start + written.end())
                message = f"句中的数字与表格中{own}年度的相同，年份写作{year}年"
                yield ClaimedYear(year, span, message)


def _written(report: Report, span: Span) -> list[re.Match[str]]:
    return list(_YEAR.finditer(report.text(span)))


def _are_of_the_table(report: Report, claims: list[Claim]) -> bool:
    """Whether all that is said is what the table holds, and not just nothing."""
    same: set[str] = set()
    for claim in claims:
        held = LEDGER.get(claim.subject)
        found = figures(report, held) if held is not None and not claim.approximate else []
        if claim.value not in [figure.value for figure in found]:
            return False
        if claim.value:
            same.add(claim.subject)
    return len(same) >= _FEWEST_FIGURES


def _forward(report: Report, own: int) -> Iterator[ClaimedYear]:
    """Requests carried forward into the report's own year, or brought forward from before the last."""
    table = report.tables.get("requests")
    for claim in report.claims_about(_BROUGHT, _CARRIED):
        years = _written(report, claim.span) if claim.value else []
        if len(years) != 1:
            continue
        year, words = int(years[0][1]), "".join(report.text(claim.span).split())
        span = Span(claim.span.start + years[0].start(), claim.span.start + years[0].end())
        if claim.subject == _BROUGHT and year < own - 1:
            yield ClaimedYear(year, span, f"文字称“{words}”，报告年度为{own}年，上年为{own - 1}年")
        elif claim.subject == _CARRIED and year <= own:
            cell = table.cells.get((_CARRIED, _TOTAL)) if table else None
            brought = table.cells.get((_BROUGHT, _TOTAL)) if table else None
            told_apart = bool(report.claims_about(_BROUGHT)) or (brought is not None and brought.value != claim.value)
            if cell is not None and cell.value == claim.value and told_apart:
                yield ClaimedYear(year, span, f"文字称“{words}”，报告年度为{own}年，下年为{own + 1}年")
