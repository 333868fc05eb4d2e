"""The example pack for another kind of report: compliant and faulty reports, and both kinds side by side."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportlint import Linter
from reportlint.config import Layer
from reportlint.discovery import installed_packs
from reportlint.testing import Draft, Said

PACK = Path(__file__).parent.parent
REPORTS = PACK / "reports"
ANNUAL = PACK.parent / "reports" / "qinghe-town-2024.txt"
OWN = {f"rule-of-law/{name}" for name in ("required-sections", "leaders-duty", "case-balance", "case-footing")}
_EXAMPLE = re.compile(
    r"^(Bad|Good): .*\n(?:\n```diff\n((?:[-+].*\n)+)```)?(?:\n\n```text\n((?:.+\n)+)```)?", re.MULTILINE
)


@pytest.fixture(scope="module")
def linter() -> Linter:
    """The preset; the pack by its path where it is not installed."""
    installed = any(pack.name == "rule-of-law" for pack in installed_packs("reportlint"))
    return Linter.from_layers([Layer("test", extends=("rule-of-law",), packs=() if installed else (str(PACK),))])


@pytest.fixture
def compliant(linter: Linter) -> Draft:
    return Draft.from_file(REPORTS / "baihe-county-2024.txt", linter)


def test_the_report_is_read_by_its_own_form(compliant: Draft) -> None:
    report = compliant.report
    assert (report.form.name, report.form.family) == ("rule-of-law", "rule-of-law")
    assert (report.organisation, report.year) == ("白禾县", 2024)
    assert [section.name for section in report.sections] == ["results", "shortcomings", "leaders", "plans"]
    table = report.tables["cases"]
    columns = ("reconsideration", "litigation", "all_cases")
    assert {row: [table.value(row, column) for column in columns] for row in table.rows} == {
        "brought_forward": [4, 2, 6],
        "accepted": [31, 12, 43],
        "concluded": [29, 9, 38],
        "carried_forward": [6, 5, 11],
    }
    assert report.claims == ()


def test_nothing_is_said_of_the_compliant_report(compliant: Draft) -> None:
    assert compliant.lint() == []
    assert compliant.result.not_assessable == ()


def test_rules_for_other_forms_do_not_run(compliant: Draft) -> None:
    run = set(compliant.result.rules_run)
    rules = compliant.linter.packs.rules
    assert run >= OWN
    assert {name for name in run - OWN if rules[name].forms or rules[name].relation} == set()
    assert not {"national/required-sections", "national/title", "national/request-balance"} & run


def test_the_faulty_report(linter: Linter) -> None:
    draft = Draft.from_file(REPORTS / "qiushan-county-2024-faulty.txt", linter)
    assert draft.lint() == [
        Said("rule-of-law/required-sections", None, "缺少“四、下一年度主要安排”部分"),
        Said(
            "rule-of-law/case-balance",
            draft.at(("cases", "carried_forward", "all_cases")),
            "“结转下年案件”的“合计”应为 7，实为 8，7 同时满足 2 项勾稽关系",
        ),
        Said(
            "rule-of-law/leaders-duty",
            draft.at("三、党政主要负责人履行职责情况"),
            "“三、党政主要负责人履行职责情况”部分没有写明次数",
        ),
    ]


@pytest.mark.skipif(not ANNUAL.exists(), reason="the reports of the repository are not there")
def test_the_other_kind_of_report_is_checked_beside_it(linter: Linter) -> None:
    draft = Draft.from_file(ANNUAL, linter)
    assert draft.report.form.name == "annual-2021"
    assert draft.lint() == []
    assert not OWN & set(draft.result.rules_run)
    wrong = draft.put(("requests", "received", "total"), "7")
    assert [said.rule for said in wrong.lint()] == ["national/request-balance"]
    # The title tells the kind, whatever the rest is.
    bare = Draft("云溪县青禾镇人民政府2024年政府信息公开工作年度报告\n\n法治政府建设年度报告另行公布。\n", linter)
    assert bare.report.form.name == "annual-2021"
    assert Draft("白禾县2024年法治政府建设年度报告\n\n正文另附。\n", linter).report.form.name == "rule-of-law"


def test_without_the_preset_it_is_no_report_for_the_national_form() -> None:
    result = Linter.from_layers([]).lint_file(REPORTS / "baihe-county-2024.txt")
    assert [diagnostic.rule for diagnostic in result.diagnostics] == ["reportlint/not-a-report"]


@pytest.mark.parametrize("rule", sorted(OWN))
def test_the_examples_of_a_page_say_what_it_says(compliant: Draft, rule: str) -> None:
    page = compliant.linter.packs.page(rule)
    assert page is not None
    assert "Base: `reports/baihe-county-2024.txt`" in page
    examples = _EXAMPLE.findall(page)
    assert [kind for kind, _, _ in examples] == ["Bad", "Good"]
    for _, diff, messages in examples:
        lines = diff.splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")
        draft = compliant.replace(old, new) if diff else compliant
        assert [said.message for said in draft.lint(rule)] == messages.splitlines()
