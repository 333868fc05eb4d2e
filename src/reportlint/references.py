"""Which cells the prose speaks of: what packs know of it, for whoever goes from the one to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from reportlint.claims import Claim
from reportlint.model import Place, Report


class Reference(NamedTuple):
    """A claim and the cells of a table that it speaks of: it states what they come to."""

    claim: Claim
    table: str
    places: tuple[Place, ...]
    agrees: bool | None = None
    """Whether it states what stands there; None where that cannot be told."""


References: TypeAlias = "Callable[[Report], Iterable[Reference]]"
"""What finds the references of a report."""
