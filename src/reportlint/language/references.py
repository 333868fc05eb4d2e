"""From what the prose says to the cells that it speaks of, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportlint.language import cells
from reportlint.model import Place, Report
from reportlint.packs import Packs
from reportlint.references import Reference
from reportlint.result import Result
from reportlint.source import Span


class Link(NamedTuple):
    """A stretch of the text, and the places that it leads to."""

    span: Span
    targets: tuple[Span, ...]


def spoken_at(packs: Packs, report: Report, offset: int) -> list[Reference]:
    """What the claims at an offset speak of."""
    found = [each for each in packs.references(report) if each.claim.span.start <= offset <= each.claim.span.end]
    return [each for each in found if offset < each.claim.span.end] or found


def spoken_of(packs: Packs, report: Report, table: str, places: Sequence[Place]) -> list[Reference]:
    """What the prose says of any of these cells, in the order of the text."""
    return [
        each for each in packs.references(report) if each.table == table and not set(places).isdisjoint(each.places)
    ]


def definition(result: Result, packs: Packs, offset: int) -> Link | None:
    """Of a claim in the prose the cells that it speaks of; of a cell the cell itself."""
    report = result.report
    if report is None:
        return None
    spot = cells.spot_at(report, offset)
    if spot is not None:
        return Link(spot.cell.span, (spot.cell.span,))
    spoken = spoken_at(packs, report, offset)
    if not spoken:
        return None
    targets = dict.fromkeys(span for reference in spoken for span in spans_of(report, reference))
    return Link(min((reference.claim.span for reference in spoken), key=_length), tuple(targets))


def references(result: Result, packs: Packs, offset: int, *, declaration: bool = False) -> list[Span]:
    """All that the prose says of the cell at an offset, or of the cells of the claim there.

    With `declaration` the cells too.
    """
    report = result.report
    if report is None:
        return []
    spot = cells.spot_at(report, offset)
    asked: list[tuple[str, tuple[Place, ...]]]
    if spot is not None:
        asked = [(spot.table.name, (spot.place,))]
    else:
        asked = [(each.table, each.places) for each in spoken_at(packs, report, offset)]
    found = [each.claim.span for table, places in asked for each in spoken_of(packs, report, table, places)]
    if declaration:
        found += [report.tables[table].cells[place].span for table, places in asked for place in places]
    return sorted(set(found))


def spans_of(report: Report, reference: Reference) -> list[Span]:
    """Where the cells stand that a claim speaks of."""
    found = report.tables[reference.table].cells
    return [found[place].span for place in reference.places]


def _length(span: Span) -> int:
    return span.end - span.start
