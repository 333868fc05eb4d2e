"""What a pack may bring: the hooks, and the marker for their implementations.

A pack is a module with any of these functions, marked with `hookimpl`, reached by an entry point
in the group `reportlint` or by a path in the configuration. Its pages are the files
`docs/<rule-name>.md` beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pluggy import HookimplMarker, HookspecMarker

from reportlint.discovery import GROUP
from reportlint.grammar import Grammar
from reportlint.readers.reader import Reader, Recogniser
from reportlint.references import References
from reportlint.relations.relation import Relation
from reportlint.rules import Rule

if TYPE_CHECKING:
    from reportlint.wording import Wording

hookspec = HookspecMarker(GROUP)
hookimpl = HookimplMarker(GROUP)


class Preset(NamedTuple):
    """A configuration that a pack ships: `file` of `package`, named in `extends`.

    A preset with `default` is in force where a configuration names none.
    """

    name: str
    package: str
    file: str
    default: bool = False


class Address(NamedTuple):
    """Where a text that reports cite can be read: an editor makes a link of what the pattern finds."""

    name: str
    pattern: re.Pattern[str]
    url: str
    title: str
    """What stands there, in Chinese."""
    years: tuple[int, int | None] = (0, None)
    """The first and the last report year in which this is the text that is meant."""

    def holds(self, year: int | None) -> bool:
        first, last = self.years
        if year is None:
            return self.years == (0, None)
        return first <= year and (last is None or year <= last)


@hookspec
def reportlint_rules() -> Sequence[Rule]:  # type: ignore[empty-body]
    """The rules of the pack."""


@hookspec
def reportlint_relations() -> Sequence[tuple[Relation, str]]:  # type: ignore[empty-body]
    """The relations of the pack with their severities, as `load_relations` reads them."""


@hookspec
def reportlint_grammars() -> Sequence[Grammar]:  # type: ignore[empty-body]
    """The grammars of the pack."""


@hookspec
def reportlint_references() -> Sequence[References]:  # type: ignore[empty-body]
    """Functions that find which cells of a report its prose speaks of, for editors."""


@hookspec
def reportlint_readers() -> Sequence[Reader]:  # type: ignore[empty-body]
    """The readers of formats that the pack has; of several for one suffix the first counts."""


@hookspec
def reportlint_recognisers() -> Sequence[Recogniser]:  # type: ignore[empty-body]
    """Programs that read pictures of pages (OCR), for readers that meet such pages; the first is asked."""


@hookspec
def reportlint_presets() -> Sequence[Preset]:  # type: ignore[empty-body]
    """The presets of the pack."""


@hookspec
def reportlint_wordings() -> Sequence[Wording]:  # type: ignore[empty-body]
    """The standard texts of reports that the pack has, as `load_wordings` reads them; asked for when one is needed."""


@hookspec
def reportlint_addresses() -> Sequence[Address]:  # type: ignore[empty-body]
    """The addresses of texts that reports cite, those alone that are known for certain."""
