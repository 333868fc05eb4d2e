"""Mutants: errors planted in compliant reports, and what the rules of a pack claim to catch of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import ConfigError, Linter
from reportlint.packs import Packs
from reportlint.source import Source
from reportlint.testing import Draft
from reportlint.testing.mutants import KINDS, Mutant, mutants_of
from reportlint.testing.mutants.score import claims_of, mutate
from reportlint.testing.reports import reports_of
from reportlint.testing.suite import linter_for

PACK = '''
from reportlint import Finding, Severity, hookimpl, rule

@rule(basis="x", severity=Severity.WARNING)
def no_hundred(report):
    """No hundred."""
    if report.title is None:
        yield Finding(None, "没有标题")
    if "只有误报" in report.source.text:
        yield Finding(None, "误报")
    if "1001" in report.source.text:
        raise ValueError("1001")

@hookimpl
def reportlint_rules():
    return (no_hundred,)
'''
INDEX = '[[report]]\nfile = "a.txt"\nform = "annual-2021"\nlevel = "town"\nyear = 2024\n'


def planted(draft: Draft, kind: str) -> list[Mutant]:
    return [mutant for mutant in mutants_of(draft.report) if mutant.kind == kind]


def made(tmp_path: Path, name: str, claims: str = "", report: str | None = None) -> tuple[Linter, str]:
    """A pack with one rule, with a file of claims and a compliant report of its own."""
    folder = tmp_path / f"reportlint_{name.replace('-', '_')}"
    folder.mkdir()
    (folder / "__init__.py").write_text(PACK)
    if claims:
        (folder / "mutants.toml").write_text(claims)
    if report is not None:
        (folder / "reports").mkdir()
        (folder / "reports" / "a.txt").write_text(report)
        (folder / "reports.toml").write_text(INDEX)
    return linter_for(Packs.load([str(folder)]), name), name


# What is planted


def test_every_kind_is_planted_somewhere(linter: Linter) -> None:
    drafts = [Draft.compliant(level, linter=linter) for level in ("town", "county", "office")]
    assert {mutant.kind for draft in drafts for mutant in mutants_of(draft.report)} == set(KINDS)


def test_the_same_mutants_are_planted_each_time(compliant: Draft) -> None:
    assert list(mutants_of(compliant.report)) == list(mutants_of(Draft(compliant.text, compliant.linter).report))


def test_nothing_is_planted_in_a_text_that_is_no_report(linter: Linter) -> None:
    assert list(mutants_of(linter.read(Source("")))) == []


@pytest.mark.parametrize(
    ("kind", "old", "new", "line", "what"),
    [
        ("cell-raised", "36", "37", 25, "“行政许可”的“本年处理决定数量”：36 改为 37"),
        ("cell-tenfold", "36", "360", 25, "“行政许可”的“本年处理决定数量”：36 改为 360"),
        ("heading-number", "六、其他", "七、其他", 78, "标题“六、其他需要报告的事项”的序号改为“七”"),
        ("heading-damaged", "一、总体情况", "一、总情况", 5, "标题“一、总体情况”脱一个“体”字"),
        (
            "count-denied",
            "全年共收到政府信息公开申请5件",
            "全年共未收到政府信息公开申请",
            9,
            "“收到政府信息公开申请5件”改为“未收到政府信息公开申请”",
        ),
        ("figure-changed", "312条", "313条", 7, "文字中的 312 改为 313（禾镇专栏发布信息312条，其中惠农补贴）"),
        ("clause-dropped", "，上年结转1件", "", 9, "删去“，上年结转1件”"),
        ("number-skipped", "（五）监督", "（六）监督", 15, "序号（五）改为（六）"),
        (
            "law-repealed",
            "国政府信息公开条例》",
            "国政府信息公开条例》（国务院令第492号）",
            3,
            "《中华人民共和国政府信息公开条例》之后写“（国务院令第492号）”",
        ),
        ("period-end", "12月31日", "12月30日", 3, "统计期限止于12月30日"),
        ("blank-left", "312条", "XX条", 7, "312 没有填写，留作“XX”"),
        ("number-narrow", "（五）监督", "(五)监督", 15, "（五）写作(五)"),
        ("number-repeated", "（五）监督", "（四）监督", 15, "序号（五）写作（四）"),
        ("subheading-damaged", "（五）监督保障。", "（五）监督障。", 15, "小标题“监督保障”脱一个“保”字"),
        ("label-damaged", "行政许可", "行政可", 25, "行标题“行政许可”脱一个“许”字"),
        ("title-words", "工作年度报告", "年报", 1, "标题里的“工作年度报告”改为“年报”"),
        (
            "organisation-changed",
            "云溪县青禾镇人民政府",
            "另溪县青禾镇人民政府",
            1,
            "“云溪县青禾镇人民政府”改为“另溪县青禾镇人民政府”",
        ),
    ],
)
def test_an_error_is_planted_in_one_place(
    compliant: Draft, kind: str, old: str, new: str, line: int, what: str
) -> None:
    (mutant,) = [mutant for mutant in planted(compliant, kind) if mutant.what == what]
    assert (mutant.text, mutant.line) == (compliant.text.replace(old, new, 1), line)


def test_a_denial_is_turned_round(linter: Linter) -> None:
    draft = Draft.compliant("office", linter=linter)
    first = planted(draft, "denial-turned")[0]
    assert first.text == draft.replace("未收到政府信息公开申请", "收到政府信息公开申请1件").text
    assert first.places >= {"received"}


def test_sections_change_places_whole(compliant: Draft) -> None:
    swapped = [Draft(mutant.text, compliant.linter).report for mutant in planted(compliant, "sections-swapped")]
    names = [section.name for section in compliant.report.sections]
    for index, report in enumerate(swapped):
        expected = [*names[:index], names[index + 1], names[index], *names[index + 2 :]]
        assert [section.name for section in report.sections] == expected


def test_a_place_is_a_table_a_row_a_column_or_what_is_stated(compliant: Draft) -> None:
    cell = next(
        mutant for mutant in planted(compliant, "cell-raised") if mutant.what.startswith("“（七）总计”的“总计”")
    )
    assert cell.places == {"requests", "processed", "total"}
    clause = next(mutant for mutant in planted(compliant, "clause-dropped") if "上年结转" in mutant.what)
    assert clause.places == {"overview", "overview.2", "brought_forward"}


def test_the_numbers_of_persons_have_right_check_digits(compliant: Draft) -> None:
    rules = {"identity-number": "身份号码", "bank-card": "银行卡号", "mobile-number": "手机号码"}
    for kind, words in rules.items():
        first = planted(compliant, kind)[0]
        (said,) = Draft(first.text, compliant.linter).lint()
        assert said.rule == f"privacy/{kind}"
        assert words in said.message


# In which reports


def test_errors_are_planted_in_the_reports_of_a_pack_and_of_those_it_builds_on(linter: Linter) -> None:
    def packs_of(pack: str) -> list[str]:
        reports = mutate(linter_for(linter.packs, pack), pack, ["title-dropped"]).reports
        owner = {report.path: name for name in linter.packs.names for report in reports_of(linter.packs, name)}
        return list(dict.fromkeys(owner[report] for report in reports))

    assert packs_of("national") == ["national"]
    assert packs_of("text") == ["national"]
    assert packs_of("shanghai") == ["shanghai", "national"]


def test_what_a_packs_own_rules_claim_is_tried_on_its_own_reports(tmp_path: Path) -> None:
    claims = '[mutants]\ntitle-dropped = ["no-hundred"]\n'
    linter, name = made(tmp_path, "kit-own", claims, report=Draft.compliant("town").text + "\n")
    mutation = mutate(linter, name, ["title-dropped"])
    assert len(mutation.outcomes) > 1
    assert mutation.scores["kit-own/no-hundred"].claimed == 1


# What is equivalent


def test_what_changes_nothing_is_equivalent_and_no_escape(linter: Linter) -> None:
    mutation = mutate(linter, "national", ["cell-wide", "cells-swapped", "clause-dropped"])
    reasons = {outcome.mutant.kind: outcome.equivalent for outcome in mutation.outcomes if outcome.equivalent}
    assert reasons["cell-wide"] == "读出的数相同"
    assert reasons["cells-swapped"] == "与原文相同"
    assert reasons["clause-dropped"] == "余下的文字说的相同"
    assert not any(outcome.escaped or outcome.claims for outcome in mutation.outcomes if outcome.equivalent)


# What is claimed


def test_a_claim_that_is_kept_is_scored(tmp_path: Path) -> None:
    mutation = mutate(*made(tmp_path, "kit-kept", '[mutants]\ntitle-dropped = ["no-hundred"]\n'), ["title-dropped"])
    score = mutation.scores["kit-kept/no-hundred"]
    assert score.claimed == score.caught == score.by_itself >= 3
    assert mutation.good


def test_a_claimed_mutant_that_gets_away_is_no_success(tmp_path: Path) -> None:
    claims = '[mutants]\ntitle-dropped = ["no-hundred"]\n[mutants.cell-raised]\nlicences = ["no-hundred"]\n'
    mutation = mutate(*made(tmp_path, "kit-missed", claims), ["title-dropped", "cell-raised"])
    missed = {outcome.mutant.kind for outcome in mutation.missed}
    score = mutation.scores["kit-missed/no-hundred"]
    assert missed == {"cell-raised"}
    assert score.claimed - score.caught == len(mutation.missed)
    assert not mutation.good


def test_a_rule_that_catches_none_of_what_it_claims_is_a_fault(tmp_path: Path) -> None:
    claims = '[mutants]\ntable-dropped = ["national/required-tables", "no-hundred"]\n'
    assert mutate(*made(tmp_path, "kit-idle", claims), ["table-dropped"]).faults == [
        "规则 kit-idle/no-hundred 声明的植错，它自己一个也没有发现"
    ]


def test_a_claim_without_any_mutant_is_a_fault(tmp_path: Path) -> None:
    mutation = mutate(
        *made(tmp_path, "kit-nowhere", '[mutants.title-words]\nrequests = ["no-hundred"]\n'), ["title-words"]
    )
    assert mutation.faults == ["mutants.toml 声明了 title-words.requests，各份报告里没有这样的植错"]


def test_a_false_alarm_on_a_report_of_its_own_counts(tmp_path: Path) -> None:
    text = Draft.compliant("town").text
    mutation = mutate(*made(tmp_path, "kit-alarm", report=f"{text}\n只有误报\n"), ["title-words"])
    assert [(alarm.rule, alarm.message) for alarm in mutation.false_alarms] == [("kit-alarm/no-hundred", "误报")]
    assert not mutation.good


def test_a_rule_that_crashes_is_a_fault(tmp_path: Path) -> None:
    mutation = mutate(
        *made(tmp_path, "kit-crash", report=Draft.compliant("town").text.replace("312条", "1000条")), ["figure-changed"]
    )
    assert [fault for fault in mutation.faults if "1000 改为 1001" in fault]


@pytest.mark.parametrize(
    ("number", "claims", "message"),
    [
        (1, '[mutants]\ncell-rised = ["no-hundred"]\n', "没有植错 cell-rised，是否指 cell-raised？"),
        (2, '[mutants]\ncell-raised = ["no-hundreds"]\n', "没有规则 no-hundreds，是否指 no-hundred？"),
        (3, '[mutants]\ncell-raised = "no-hundred"\n', "cell-raised 应为表"),
        (4, "[mutants]\ncell-raised = []\n", "应为规则名的列表"),
        (5, '[mutant]\ncell-raised = ["no-hundred"]\n', "没有键 mutant，是否指 mutants？"),
        (6, "mutants = 1\n", "mutants 应为表"),
    ],
)
def test_a_wrong_file_of_claims_names_what_is_wrong(tmp_path: Path, number: int, claims: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        claims_of(*made(tmp_path, f"kit-claims-{number}", claims))
