"""The engine: a source to its result. What the command line, hooks, editors and tests all stand on."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from time import perf_counter

from reportlint import acceptance, causes, config
from reportlint.acceptance import Acceptance, Heed
from reportlint.diagnosis import diagnosed
from reportlint.diagnostic import Unassessed
from reportlint.errors import ConfigError, NotAssessable, PackError, ReadError, ReportlintError
from reportlint.findings import Finding
from reportlint.grammar import CLAIMS, REPORT, Grammar, Node
from reportlint.grammar.choice import Choice
from reportlint.lowering import Lowering
from reportlint.masking import Mask
from reportlint.model import Report
from reportlint.packs import Packs
from reportlint.paths import below
from reportlint.readers import Readers
from reportlint.readers.text import check_length
from reportlint.relations import Relations
from reportlint.result import Result, tool_finding, unreadable
from reportlint.rules import Rule
from reportlint.settings import Settings, resolve
from reportlint.source import Source, Span


class Linter:
    """Packs and the settings that apply: lints any number of reports."""

    rule_seconds = 5.0
    """The time that one rule may take over one report; after it the rule is stopped at its next finding."""

    def __init__(self, packs: Packs, settings: Settings, heed: Heed = acceptance.ALL) -> None:
        self.packs = packs
        self.settings = settings
        self.acceptance = Acceptance(
            settings.root, settings.places, settings.expired, settings.ignores, baseline=settings.baseline, heed=heed
        )
        self.readers = Readers(packs.readers, settings.limits, packs.recognisers)
        self._claims = [grammar for grammar in packs.grammars.values() if grammar.kind == CLAIMS]
        self._choice = Choice(_report_grammars(packs, settings))
        self._lowerings: dict[str, Lowering] = {}
        self._ran: dict[frozenset[str], tuple[str, ...]] = {}
        self._rules = [rule for rule in settings.rules.values() if rule.relation is None]
        self._relation_rules = {
            rule.relation.name: rule for rule in settings.rules.values() if rule.relation is not None
        }
        for relation_rule in self._relation_rules.values():
            _check_names(relation_rule, self._choice.grammars, packs.grammars.values())
        self._relations: dict[tuple[str, str, frozenset[str]], Relations] = {}

    @classmethod
    def from_config(
        cls, path: str | os.PathLike[str] | None = None, *, overrides: config.Layer | None = None
    ) -> Linter:
        """The linter for a configuration file, or for a report or folder (the configuration nearest to it).

        Without a path, the current folder's. Raises ConfigError or PackError for what cannot be used.
        """
        start = os.fspath(path) if path is not None else os.curdir
        file = start if start.endswith(".toml") else config.find(start)
        return cls.from_layers([config.read(file)] if file is not None else [], overrides)

    @classmethod
    def from_layers(
        cls, layers: list[config.Layer], overrides: config.Layer | None = None, heed: Heed = acceptance.ALL
    ) -> Linter:
        """The linter for settings that have been read, with the packs that they name."""
        packs = Packs.load(folder for layer in layers for folder in layer.packs)
        return cls(packs, settings_for(packs, layers, overrides), heed)

    def read(self, source: Source) -> Report:
        """The typed report of a source, by the form whose words it has."""
        grammar = self._choice.of(source.text)
        lowering = self._lowerings.get(grammar.name)
        if lowering is None:
            claims = tuple(claims for claims in self._claims if claims.family in (claims.name, grammar.family))
            lowering = self._lowerings[grammar.name] = Lowering(grammar, claims)
        return lowering.lower(source, grammar.parse(source.text))

    def parse(self, source: Source) -> Node:
        """The syntax tree of a source, by the form whose words it has."""
        return self._choice.of(source.text).parse(source.text)

    def concealed(self, report: Report) -> tuple[Span, ...]:
        """Where that stands which no output may show whole: the places, and those of their notes, of all that
        concealing rules find, whether or not they are selected, or ignored for the report.

        ReportlintError where such a rule fails, since it is not known then what to conceal.
        """
        spans: set[Span | None] = set()
        for rule in self.settings.guards:
            if not rule.applies_to(report.form):
                continue
            started = perf_counter()
            try:
                for finding in rule.run(report, self.settings.options.get(rule.name, {})):
                    spans.add(finding.span)
                    spans.update(note.span for note in finding.notes)
                    if perf_counter() - started > self.rule_seconds:
                        raise TimeoutError
            except NotAssessable:
                continue
            except (Exception, SystemExit) as error:
                # What the error says may be of the text, so that only its kind is told.
                words = f"规则 {rule.name} 出错（{type(error).__name__}），不知道要遮盖什么"
                raise ReportlintError(words) from error
        return tuple(sorted(span for span in spans if span is not None))

    def relations(self, report: Report, table: str) -> Relations:
        """The relations that must hold in a table of a report, as far as they are selected and not ignored for it."""
        return self._relations_of(report, table, self._ignored(report))

    def lint_text(self, text: str, path: str = "<text>") -> Result:
        """Lint a report given as text; the path is only shown, and looked up among what is ignored or accepted."""
        return self.lint(Source(text, path))

    def lint_file(self, path: str | os.PathLike[str]) -> Result:
        """Lint a file. One that cannot be read is a result that says so, not an exception."""
        return self.acceptance.judge(self.examine_file(path))

    def lint(self, source: Source) -> Result:
        """Lint a source: find what there is to find, and set apart what is accepted."""
        return self.acceptance.judge(self.examine(source))

    def examine_file(self, path: str | os.PathLike[str]) -> Result:
        """All that is found in a file, accepted or not."""
        name = os.fspath(path)
        try:
            return self.examine(self.readers.file(name))
        except ReadError as error:
            return unreadable(name, error, self.settings.root)

    def examine(self, source: Source) -> Result:
        """All that is found in a source, accepted or not. It depends on the text and the path alone."""
        try:
            check_length(source.text, self.settings.limits.text_bytes)
        except ReadError as error:
            return unreadable(source.path, error, self.settings.root)
        report = self.read(source)
        if not report.recognised:
            message = "没有找到标题、部分或表格，不像选用的格式的报告，没有检查"
            return self._refused(report, "not-a-report", message)
        if report.year is not None and not self._choice.covers(report.year, report.form.name):
            message = f"没有选用 {report.year} 年度报告的格式（选用的是 {self._choice.names}），没有检查"
            return self._refused(report, "other-form", message)
        ignored = self._ignored(report)
        tables_only = report.tables_only
        found: list[tuple[Rule, Finding]] = []
        unassessed: list[Unassessed] = []
        failures: list[tuple[str, str]] = []
        broken: set[str] = set()
        for rule in self._rules:
            if rule.name in ignored:
                continue
            if tables_only and not rule.tables_alone:
                unassessed.append(Unassessed(rule.name, "只有表格，没有文字部分"))
                continue
            started = perf_counter()
            try:
                for finding in rule.run(report, self.settings.options.get(rule.name, {})):
                    if not isinstance(finding, Finding):
                        raise TypeError(f"{finding!r} is no Finding")
                    found.append((rule, finding))
                    if perf_counter() - started > self.rule_seconds:
                        break
                if perf_counter() - started > self.rule_seconds:
                    message = f"规则 {rule.name} 用时超过 {self.rule_seconds:g} 秒，可能没有检查完"
                    failures.append(("slow-rule", message))
                    broken.add(rule.name)
            except NotAssessable as reason:
                unassessed.append(Unassessed(rule.name, str(reason)))
            except (Exception, SystemExit) as error:  # noqa: BLE001 - a rule's own code; told to the user as a finding
                message = f"规则 {rule.name} 出错，没有检查：{type(error).__name__}：{error}"
                failures.append(("rule-crash", message))
                broken.add(rule.name)
        related = list(self._related(report, ignored, unassessed))
        if related:
            found = list(causes.joined(found, related))
        try:
            concealed = self.concealed(report)
        except ReportlintError as error:
            concealed = (Span(0, len(source.text)),)
            failures.append(("rule-crash", f"{error}，一概遮盖"))
        mask = Mask(source.text, concealed)
        diagnostics = [tool_finding(source, name, mask(message), self.settings.root) for name, message in failures]
        path = below(self.settings.root, source.path)
        diagnostics += diagnosed(report, found, mask, path, self.settings.mandatory)
        run = self._run_but(ignored.union(broken))
        reasons = tuple(Unassessed(rule, mask(reason)) for rule, reason in unassessed)
        organisation = None if report.organisation is None else mask(report.organisation)
        return Result(source, report, diagnostics, run, reasons, bool(failures), concealed, organisation)

    def _refused(self, report: Report, name: str, message: str) -> Result:
        """The result of a text that is not checked."""
        finding = tool_finding(report.source, name, message, self.settings.root)
        return Result(report.source, report, [finding], (), (), True)

    def _ignored(self, report: Report) -> frozenset[str]:
        """The rules that do not speak of a report: ignored for its path, or not for its form."""
        heeded = self.acceptance.heed.suppressions
        ignored: frozenset[str] = self.settings.ignored(report.source.path) if heeded else frozenset()
        return ignored | {rule.name for rule in self.settings.rules.values() if not rule.applies_to(report.form)}

    def _run_but(self, left_out: frozenset[str]) -> tuple[str, ...]:
        """The rules without some. Reports share their list, which makes them smaller to keep and to send."""
        if left_out not in self._ran:
            self._ran[left_out] = tuple(rule for rule in self.settings.rules if rule not in left_out)
        return self._ran[left_out]

    def _related(
        self, report: Report, ignored: frozenset[str], unassessed: list[Unassessed]
    ) -> Iterator[tuple[Rule, Finding]]:
        """The findings of the relations, a table at a time."""
        for table in report.judged_tables:
            relations = self._relations_of(report, table.name, ignored)
            if not relations.relations:
                continue
            outcome = relations.solve(table)
            if outcome.unassessed:
                why = causes.reasons(report.form, outcome)
                unassessed.extend(Unassessed(relation.name, reason) for relation, reason in why.items())
            if outcome.causes or outcome.unassessed or table.ragged or table.missing_columns:
                for relation, finding in causes.findings(table, report.form, relations.relations, outcome):
                    yield self._relation_rules[relation.name], finding
        for rule in self._relation_rules.values():
            if rule.relation is not None and rule.relation.table not in report.tables and rule.name not in ignored:
                unassessed.append(Unassessed(rule.name, "没有该表格"))

    def _relations_of(self, report: Report, table: str, ignored: frozenset[str]) -> Relations:
        key = (report.form.name, table, ignored)
        if key not in self._relations:
            chosen = [rule.relation for rule in self._relation_rules.values() if rule.name not in ignored]
            self._relations[key] = Relations(report.form, table, [r for r in chosen if r is not None])
        return self._relations[key]


def _check_names(rule: Rule, chosen: Sequence[Grammar], brought: Iterable[Grammar]) -> None:
    """PackError where a relation speaks of rows or columns that its table has in none of the forms.

    A form that was not chosen may be the one that a relation is for; it is only read where none of those chosen is.
    """
    relation = rule.relation
    if relation is None:
        return

    def names(grammars: Iterable[Grammar]) -> Iterator[frozenset[str]]:
        forms = (grammar.form for grammar in grammars)
        return (form.names_in(relation.table, relation.each) for form in forms if relation.table in form.tables)

    known = list(names(chosen))
    others = names(grammar for grammar in brought if grammar.kind == REPORT and grammar not in chosen)
    if not known or any(relation.formula.names() <= found for found in chain(known, others)):
        return
    wrong = min((sorted(relation.formula.names() - found) for found in known), key=len)[0]
    what = "行" if relation.each == "column" else "列"
    hint = config.nearest(wrong, set().union(*known))
    raise PackError(f"关系 {rule.name}：表格 {relation.table} 没有{what} {wrong}{hint}")


def settings_for(packs: Packs, layers: list[config.Layer], overrides: config.Layer | None = None) -> Settings:
    """The settings that configuration layers come to with the presets of these packs."""
    presets = {
        name: config.read_preset(preset.name, preset.package, preset.file) for name, preset in packs.presets.items()
    }
    defaults = [name for name, preset in packs.presets.items() if preset.default]
    all_layers = [*layers, overrides] if overrides is not None else layers
    return resolve(all_layers, packs.rules, presets, defaults)


def _report_grammars(packs: Packs, settings: Settings) -> list[Grammar]:
    grammars = []
    for name in settings.forms:
        grammar = packs.grammars.get(name)
        if grammar is None or grammar.kind != REPORT:
            known = [name for name, grammar in packs.grammars.items() if grammar.kind == REPORT]
            raise ConfigError(f"forms：没有报告语法 {name}{config.nearest(name, known)}")
        grammars.append(grammar)
    if not grammars:
        raise ConfigError("forms：没有选定任何报告语法（没有规则包提供默认预设？）")
    return grammars
