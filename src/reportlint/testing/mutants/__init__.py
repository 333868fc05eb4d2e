"""Mutants: compliant reports with one error planted, to see which rule catches which error."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reportlint.model import Report
from reportlint.testing.mutants import copied, prose, sections, slips, tables
from reportlint.testing.mutants.mutant import Kind, Mutant, made

KINDS: dict[str, Kind] = {**tables.KINDS, **sections.KINDS, **prose.KINDS, **slips.KINDS, **copied.KINDS}
"""Every kind of error that is planted, by name, in the order in which they are shown."""


def mutants_of(report: Report, kinds: Collection[str] = KINDS) -> Iterator[Mutant]:
    """The mutants of a report: kind by kind, in the order of the text; nothing in it is left to chance."""
    for name, kind in KINDS.items():
        for change in kind.plant(report) if name in kinds else ():
            yield made(name, report, change)


__all__ = ["KINDS", "Kind", "Mutant", "mutants_of"]
