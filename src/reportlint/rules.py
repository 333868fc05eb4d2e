"""Rules: made by the decorator, or of relations."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from reportlint.findings import Finding, Severity
from reportlint.model import Form, Report
from reportlint.relations.relation import Relation

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
    forms: frozenset[str] = frozenset()
    """The forms or families of forms that the rule is for; none means every form."""
    conceals: bool = False
    """Whether what the rule finds may not be shown whole in any output."""
    optional: bool = False
    """Whether it takes the rule's name or its pack's to select it: `all` does not."""
    mandatory: bool = False
    """Whether no configuration may silence it where a preset has it on."""
    tables_alone: bool = False
    """Whether it can judge a workbook that has the tables of a report and nothing else; a relation can."""

    def applies_to(self, form: Form) -> bool:
        """Whether the rule has anything to say of reports in this form."""
        if self.relation is not None:
            return self.relation.applies_to(form)
        return not self.forms or form.name in self.forms or form.family in self.forms

    def run(self, report: Report, options: Mapping[str, object]) -> Iterator[Finding]:
        if self.check is None:
            raise TypeError(f"{self.name} is a relation: relations are solved together, not run")
        return self.check(report, **options)


def rule(
    *,
    basis: str,
    severity: Severity,
    name: str | None = None,
    forms: Iterable[str] = (),
    conceals: bool = False,
    optional: bool = False,
    mandatory: bool = False,
    tables_alone: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a function over a report.

    The function's name, with hyphens, is the rule's name (`name` is for names that are no
    identifiers), the first line of its docstring the summary, and its keyword-only parameters
    the options, each with a default of type bool, int, str or list of str. `basis` quotes the
    clause that the rule enforces. `forms` names the forms, or families of forms, whose reports it
    is for (all, where none is named). What a rule that `conceals` finds is masked in all outputs.
    An `optional` rule is for some reports only, as those of one province are: `all` leaves it out.
    A `mandatory` rule that the presets have on cannot be silenced by a configuration, nor made less grave.
    A rule that judges `tables_alone` runs on a workbook of tables without text, too; others are not assessable there.
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
        rule_name = name or check.__name__.replace("_", "-")
        return Rule(
            rule_name,
            summary,
            basis,
            severity,
            options,
            check,
            None,
            frozenset(forms),
            conceals,
            optional,
            mandatory,
            tables_alone,
        )

    return make
