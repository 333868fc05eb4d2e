"""Links from what a report cites to where it can be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reportlint.hookspecs import Address
from reportlint.result import Result
from reportlint.source import Span


class Link(NamedTuple):
    """A citation, and where the text that it cites can be read."""

    span: Span
    address: Address


def links(result: Result, addresses: Iterable[Address]) -> tuple[Link, ...]:
    """The citations of a report whose address is known, in the order of the text, none over another."""
    report = result.report
    if report is None:
        return ()
    found = [
        Link(Span(*match.span()), address)
        for address in addresses
        if address.holds(report.year)
        for match in address.pattern.finditer(result.source.text)
    ]
    kept: list[Link] = []
    for link in sorted(found, key=lambda link: (link.span.start, -link.span.end)):
        if link.span.start < link.span.end and (not kept or link.span.start >= kept[-1].span.end):
            kept.append(link)
    return tuple(kept)
