"""Facts, rules for some forms only, and the tool's own findings about rules."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from reportlint import Finding, Form, Grammar, Linter, Report, Severity, fact, rule
from reportlint.grammar.choice import Choice
from reportlint.testing import Draft

GRAMMAR = ("reportlint_grammars", "annual_2021.lark")


def test_a_fact_is_computed_once_for_each_report(compliant: Draft) -> None:
    asked: list[int] = []

    @fact
    def length(report: Report) -> int:
        asked.append(1)
        return len(report.source.text)

    assert [length(compliant.report), length(compliant.report)] == [len(compliant.text)] * 2
    assert len(asked) == 1
    assert length(compliant.replace("青禾镇人民政府2024年", "青禾镇2024年").report) == len(compliant.text) - 4
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("forms", "applies"),
    [((), True), (("town",), True), (("annual",), True), (("annual", "town"), True), (("village",), False)],
)
def test_a_rule_is_for_its_forms_and_families(forms: tuple[str, ...], applies: bool) -> None:
    @rule(basis="x", severity=Severity.WARNING, forms=forms)
    def anything(_report: Report) -> Iterator[Finding]:
        """Anything."""
        yield from ()

    assert anything.applies_to(Form("town", (), {}, {}, family="annual")) is applies


def test_a_rule_that_takes_too_long_is_a_finding_of_the_tool(compliant: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    @rule(basis="x", severity=Severity.WARNING, name="test/sleepy")
    def sleepy(_report: Report) -> Iterator[Finding]:
        """Sleepy."""
        while True:
            time.sleep(0.02)
            yield Finding(None, "困")

    linter = Linter.from_layers([])
    monkeypatch.setattr(linter, "rule_seconds", 0.05)
    monkeypatch.setattr(linter, "_rules", [sleepy])
    monkeypatch.setattr(
        linter, "settings", linter.settings._replace(rules={**linter.settings.rules, sleepy.name: sleepy})
    )
    result = linter.lint_text(compliant.text)
    assert result.rules_run
    assert sleepy.name not in result.rules_run
    assert "reportlint/slow-rule" in [diagnostic.rule for diagnostic in result.diagnostics]
    slow = result.diagnostics[0]
    assert slow.message == "规则 test/sleepy 用时超过 0.05 秒，可能没有检查完"
    assert result.failed


def test_the_first_form_for_the_year_reads_a_report() -> None:
    new = Grammar("new", *GRAMMAR, years=(2021, None))
    other = Grammar("other", *GRAMMAR, years=(2021, None))
    old = Grammar("old", *GRAMMAR, years=(2019, 2020))
    choice = Choice([new, other, old])
    text = "柳渡区{}年政府信息公开工作年度报告"
    assert choice.of(text.format(2024)) is new
    assert choice.of(text.format(2020)) is old
    assert choice.of(text.format(2010)) is new
    assert choice.of("柳渡区政府信息公开工作年度报告") is new
    assert [choice.covers(year, "new") for year in (2018, 2019, 2030)] == [False, True, True]
