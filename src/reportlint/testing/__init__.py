"""The kit for tests of packs: take a compliant report, change one thing, compare all that is said.

draft = Draft.compliant("town").put(("requests", "received", "total"), "3")
assert draft.lint() == [
    Said("national/request-balance", draft.at(("requests", "received", "total")), "…"),
]

`reportlint test` runs what a pack brings without a test file: its pages, its cases, its mutants.
"""

from __future__ import annotations

from reportlint.testing.draft import Anchor, Draft, Part, Said, Sayings
from reportlint.testing.fixing import assert_fix
from reportlint.testing.pages import Example, PageError, page_faults

__all__ = [
    "Anchor",
    "Draft",
    "Example",
    "PageError",
    "Part",
    "Said",
    "Sayings",
    "assert_fix",
    "page_faults",
]
