"""Rules and what they find."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from reportlint.model import Report
from reportlint.relations.relation import Relation
from reportlint.source import Span


class Severity(IntEnum):
    """How grave a finding is; an error breaks the Regulations or the form."""

    ADVICE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, text: str) -> Severity:
        """The severity of that name; ValueError when there is none."""
        try:
            return cls[text.upper()]
        except KeyError:
            raise ValueError(text) from None


class Note(NamedTuple):
    """A further remark to a finding, at a place of its own or at none."""

    message: str
    span: Span | None = None


class Finding(NamedTuple):
    """What a rule saw: one Chinese sentence, and where the eye should go (None: nowhere in the text).

    `severity` is for a finding less grave than its rule's; it never makes one graver.
    """

    span: Span | None
    message: str
    notes: tuple[Note, ...] = ()
    severity: Severity | None = None


Check = Callable[..., Iterator[Finding]]


class Option(NamedTuple):
    """A keyword-only parameter of a rule: what the configuration may set."""

    name: str
    type: type
    default: Any


class Rule(NamedTuple):
    """Made by the decorator `rule`, or from a relation; never by hand.

    `name` is the bare name until a pack is loaded, and `pack/name` from then on.
    """

    name: str
    summary: str
    basis: str
    severity: Severity
    options: tuple[Option, ...]
    check: Check | None
    relation: Relation | None = None

    def run(self, report: Report, options: Mapping[str, object]) -> Iterator[Finding]:
        if self.check is None:
            raise TypeError(f"{self.name} is a relation: relations are solved together, not run")
        return self.check(report, **options)


def rule(*, basis: str, severity: Severity, name: str | None = None) -> Callable[[Check], Rule]:
    """Make a rule of a function over a report.

    The function's name, with hyphens, is the rule's name (`name` is for names that are no
    identifiers), the first line of its docstring the summary, and its keyword-only parameters
    the options, each with a default of type bool, int, str or list of str. `basis` quotes the
    clause that the rule enforces.
    """

    def make(check: Check) -> Rule:
        summary = (inspect.getdoc(check) or "").partition("\n")[0]
        if not summary or not basis:
            raise TypeError(f"rule {check.__name__} needs a docstring and a basis")
        options = tuple(
            Option(parameter.name, type(parameter.default), parameter.default)
            for parameter in inspect.signature(check).parameters.values()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        )
        bad = [option.name for option in options if option.type not in (bool, int, str, list)]
        if bad:
            raise TypeError(f"rule {check.__name__}: option {bad[0]} needs a default of type bool, int, str or list")
        return Rule(name or check.__name__.replace("_", "-"), summary, basis, severity, options, check)

    return make
