"""Where the tables hold what prose states: the cells that a claim about a subject is held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from reportlint import Cell, Report, Table
from reportlint.model import Place

_TOTAL = "total"
_DENIED = (
    "state_secret",
    "prohibited_by_law",
    "security_and_stability",
    "third_party_rights",
    "internal_affairs",
    "deliberative",
    "enforcement_file",
    "administrative_inquiry",
)
_UNAVAILABLE = ("no_records", "would_need_creation", "not_reasonably_described")
_NOT_HANDLED = ("complaint", "duplicate", "published_material", "vexatious", "confirm_or_reissue")
_OTHERWISE_CLOSED = ("correction_overdue", "fee_unpaid", "other_disposition")
_ORGANISATIONS = ("business", "research_institution", "social_organisation", "legal_service", "other_organisation")
_LITIGATION = ("direct_litigation", "litigation_after_reconsideration")
_OUTCOMES = ("upheld", "corrected", "other", "pending")
_INCOMING = ("received", "brought_forward")
# A count of requesters is one of what came in, or of what was closed.
_REQUESTER_ROWS = (("received",), _INCOMING, ("processed",))

RECEIVED = frozenset({"received", "newly_received", "incoming", "handled"})
"""The subjects that say how many requests there were."""


class Sum(NamedTuple):
    """A sum over rows and columns of a table."""

    rows: tuple[str, ...]
    columns: tuple[str, ...] = (_TOTAL,)


class Held(NamedTuple):
    """What a table holds of a subject: one of these sums, each a fair reading of the words."""

    table: str
    sums: tuple[Sum, ...]
    firm: bool = True
    """Whether the words leave no doubt which figure is meant."""


class Figure(NamedTuple):
    """What one of the sums comes to, and the cells that it is made of."""

    value: int | Decimal
    table: Table
    places: tuple[Place, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(self.table.cells[place] for place in self.places)


def _requests(*sums: Iterable[str], firm: bool = True) -> Held:
    return Held("requests", tuple(Sum(tuple(rows)) for rows in sums), firm)


def _requesters(*columns: str) -> Held:
    return Held("requests", tuple(Sum(rows, columns) for rows in _REQUESTER_ROWS), False)


def _remedies(*rows: str) -> Held:
    return Held("remedies", (Sum(rows),))


LEDGER: Mapping[str, Held] = {
    "newly_received": _requests(["received"]),
    # «收到» may or may not mean what was brought forward as well.
    "received": _requests(["received"], _INCOMING),
    "incoming": _requests(_INCOMING),
    "handled": _requests(_INCOMING, ["received"], ["processed"], firm=False),
    "brought_forward": _requests(["brought_forward"]),
    "processed": _requests(["processed"]),
    "carried_forward": _requests(["carried_forward"]),
    "granted": _requests(["granted"], firm=False),
    "partly_granted": _requests(["partly_granted"]),
    "disclosed": _requests(["granted", "partly_granted"]),
    "denied": _requests(_DENIED),
    # «因本机关不掌握…无法提供» is said of the group and of its first row.
    "unavailable": _requests(_UNAVAILABLE, *([row] for row in _UNAVAILABLE), firm=False),
    "not_handled": _requests(_NOT_HANDLED, *([row] for row in _NOT_HANDLED), firm=False),
    "otherwise_closed": _requests(["otherwise_closed"], _OTHERWISE_CLOSED, ["other_disposition"], firm=False),
    **{row: _requests([row]) for row in (*_DENIED, *_UNAVAILABLE, *_NOT_HANDLED, *_OTHERWISE_CLOSED)},
    "natural_person": _requesters("natural_person"),
    "organisations": _requesters(*_ORGANISATIONS),
    **{column: _requesters(column) for column in _ORGANISATIONS},
    **{
        f"{kind}.{column}": Held("disclosure", (Sum((kind,), (column,)),))
        for kind in ("government_rules", "normative_documents")
        for column in ("issued", "repealed", "in_force")
    },
    **{
        kind: Held("disclosure", (Sum((kind,), ("decisions",)),), False)
        for kind in ("licences", "penalties", "compulsion")
    },
    "administrative_fees": Held("disclosure", (Sum(("administrative_fees",), ("amount",)),)),
    "reconsideration": _remedies("reconsideration"),
    "litigation": _remedies(*_LITIGATION),
    "direct_litigation": _remedies("direct_litigation"),
    "litigation_after_reconsideration": _remedies("litigation_after_reconsideration"),
    **{
        f"{subject}.{outcome}": Held("remedies", (Sum(rows, (outcome,)),), False)
        for subject, rows in {
            "reconsideration": ("reconsideration",),
            "litigation": _LITIGATION,
            "direct_litigation": ("direct_litigation",),
            "litigation_after_reconsideration": ("litigation_after_reconsideration",),
        }.items()
        for outcome in _OUTCOMES
    },
}


def figures(report: Report, held: Held) -> list[Figure]:
    """What the sums come to that the report's table has every cell for; none where one has no figure."""
    table = report.tables.get(held.table)
    if table is None:
        return []
    held_figures = table.cells.figures
    found = []
    for each in held.sums:
        places = _places(*each)
        values = [value for place in places if (value := held_figures.get(place)) is not None]
        if len(values) == len(places):
            found.append(Figure(_sum(values), table, places))
    return found


def places_of(report: Report, held: Held) -> tuple[Place, ...]:
    """The cells of the first sum that the report's table has every cell for, with figures or without."""
    table = report.tables.get(held.table)
    if table is None:
        return ()
    sums = (_places(*each) for each in held.sums)
    return next((places for places in sums if all(place in table.cells for place in places)), ())


@lru_cache(maxsize=256)
def _places(rows: tuple[str, ...], columns: tuple[str, ...]) -> tuple[Place, ...]:
    return tuple((row, column) for row in rows for column in columns)


def _sum(values: Sequence[int | Decimal]) -> int | Decimal:
    total: int | Decimal = 0
    for value in values:
        total = total + value
    return total
