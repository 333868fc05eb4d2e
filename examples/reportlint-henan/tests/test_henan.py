"""The example pack: take the compliant report, change one thing, compare everything that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import CellKind, Linter, Severity
from reportlint.config import Layer
from reportlint.discovery import installed_packs
from reportlint.testing import Anchor, Draft, Said, page_faults
from reportlint.testing.mutants.score import mutate

PACK = Path(__file__).parent.parent
REPORT = PACK / "reportlint_henan" / "reports" / "liudu-town-2024.txt"
TABLE = "公开渠道\t发布条数\n政府网站\t268\n政务新媒体\t193\n政务公开栏\t41\n渠道合计\t502\n"


def linter_with(**options: str) -> Linter:
    """The preset, with options of `legal-basis`; the pack by its path where it is not installed."""
    installed = any(pack.name == "henan" for pack in installed_packs("reportlint"))
    layer = Layer("test", extends=("henan",), packs=() if installed else (str(PACK),))
    return Linter.from_layers([layer._replace(options={"henan/legal-basis": options})])


@pytest.fixture(scope="module")
def linter() -> Linter:
    return linter_with()


@pytest.fixture
def compliant(linter: Linter) -> Draft:
    return Draft.from_file(REPORT, linter)


def test_nothing_is_said_of_the_compliant_report(compliant: Draft) -> None:
    assert compliant.lint() == []
    assert compliant.result.not_assessable == ()
    assert {"henan/legal-basis", "henan/channel-footing", "national/title"} <= set(compliant.result.rules_run)


def test_the_preset_adds_to_the_national_one(linter: Linter) -> None:
    national = Linter.from_layers([Layer("default", extends=("national", "text", "privacy", "documents"))])
    ours, theirs = linter.settings, national.settings
    assert ours.forms == ("annual-2021-henan", "annual-2021", "annual-2019", "annual-2008")
    rules = list(theirs.rules)
    assert set(ours.rules) == {*rules, "henan/legal-basis", "henan/channel-footing"}
    severities = {name: (theirs.rules[name].severity, ours.rules[name].severity) for name in rules}
    assert {name: pair for name, pair in severities.items() if pair[0] != pair[1]} == {
        "national/blank-cell": (Severity.WARNING, Severity.ERROR)
    }


def test_the_table_is_read_with_its_figures_and_places(compliant: Draft) -> None:
    table = compliant.report.tables["channels"]
    assert {place: (cell.value, compliant.under(cell.span)) for place, cell in table.cells.items()} == {
        ("website", "releases"): (268, "268"),
        ("social_media", "releases"): (193, "193"),
        ("notice_board", "releases"): (41, "41"),
        ("all_channels", "releases"): (502, "502"),
    }
    assert {row: compliant.under(span) for row, span in table.rows.items()} == {
        "website": "政府网站",
        "social_media": "政务新媒体",
        "notice_board": "政务公开栏",
        "all_channels": "渠道合计",
    }
    assert table.section == "proactive_disclosure"
    assert {cell.kind for cell in table.cells.values()} == {CellKind.FIGURE}


def test_the_rest_is_read_as_by_the_national_form(compliant: Draft) -> None:
    ours = compliant.report
    theirs = Draft(compliant.text, Linter.from_layers([])).report
    assert (ours.form.name, theirs.form.name) == ("annual-2021-henan", "annual-2021")
    assert ours.form.sections == theirs.form.sections
    assert {name: ours.form.tables[name] for name in theirs.form.tables} == dict(theirs.form.tables)
    assert {name: ours.tables[name].cells for name in theirs.tables} == {
        name: table.cells for name, table in theirs.tables.items()
    }
    assert (ours.title, ours.organisation, ours.year) == (theirs.title, theirs.organisation, theirs.year)
    assert ours.preface == theirs.preface
    assert ours.claims == theirs.claims


@pytest.mark.parametrize(
    ("cell", "text", "said"),
    [
        (
            ("channels", "notice_board", "releases"),
            "14",
            "“发布条数”列：渠道合计为 502，三类渠道之和为 475，可能是“渠道合计”的“发布条数”应为 475，"
            "或“政府网站”的“发布条数”应为 295，或“政务新媒体”的“发布条数”应为 220，或“政务公开栏”的“发布条数”应为 41",
        ),
        (
            ("channels", "all_channels", "releases"),
            "520",
            "“发布条数”列：渠道合计为 520，三类渠道之和为 502，可能是“渠道合计”的“发布条数”应为 502，"
            "或“政府网站”的“发布条数”应为 286，或“政务新媒体”的“发布条数”应为 211，或“政务公开栏”的“发布条数”应为 59",
        ),
    ],
)
def test_a_total_that_is_not_the_sum_is_reported_at_the_total(
    compliant: Draft, cell: tuple[str, str, str], text: str, said: str
) -> None:
    draft = compliant.put(cell, text)
    assert draft.lint() == [Said("henan/channel-footing", draft.at(("channels", "all_channels", "releases")), said)]


def test_the_table_is_read_from_markdown_too(compliant: Draft) -> None:
    rows = [line.split("\t") for line in TABLE.splitlines()]
    lines = [f"| {label} | {figure} |" for label, figure in rows]
    draft = compliant.replace(TABLE, "\n".join([lines[0], "| --- | --- |", *lines[1:], ""]))
    assert draft.lint() == []
    assert draft.report.tables["channels"].value("all_channels", "releases") == 502


def test_a_row_that_is_missing_is_reported(compliant: Draft) -> None:
    draft = compliant.without_line("政务公开栏\t41")
    message = "“二、主动公开政府信息情况”的表格缺少“政务公开栏”1 行"
    assert draft.lint() == [Said("henan/channel-footing", draft.report.tables["channels"].rows["website"], message)]


def test_a_report_without_the_table_is_not_assessable(compliant: Draft) -> None:
    draft = compliant.replace(TABLE, "")
    assert draft.lint() == []
    assert draft.result.not_assessable == (("henan/channel-footing", "没有该表格"),)


def test_a_preface_without_the_basis_is_reported(compliant: Draft) -> None:
    draft = compliant.replace("依据《中华人民共和国政府信息公开条例》", "由镇政府办公室")
    place = draft.at("本报告由镇政府办公室编制，数据统计期限为2024年1月1日至2024年12月31日。")
    message = "引言没有写明编制依据《中华人民共和国政府信息公开条例》"
    assert draft.lint() == [Said("henan/legal-basis", place, message)]


def test_a_report_without_a_preface_is_reported_at_its_title(compliant: Draft) -> None:
    draft = compliant.without_line("本报告依据")
    place = draft.at("望山县柳渡镇人民政府2024年政府信息公开工作年度报告")
    message = "没有引言，没有写明编制依据《中华人民共和国政府信息公开条例》"
    assert draft.lint() == [Said("henan/legal-basis", place, message)]


def test_a_basis_broken_over_two_lines_is_found(compliant: Draft) -> None:
    assert compliant.replace("共和国政府信息公开条例》", "共和国\n政府信息公开条例》").lint() == []


def test_the_words_asked_for_are_an_option(compliant: Draft) -> None:
    draft = Draft(compliant.text, linter_with(words="国办公开办函〔2021〕30号"))
    place = draft.at("本报告依据《中华人民共和国政府信息公开条例》编制，数据统计期限为2024年1月1日至2024年12月31日。")
    assert draft.lint() == [Said("henan/legal-basis", place, "引言没有写明编制依据国办公开办函〔2021〕30号")]


def test_without_sections_there_is_no_preface_to_judge(linter: Linter) -> None:
    draft = Draft("望山县柳渡镇人民政府2024年政府信息公开工作年度报告\n\n正文另附。\n", linter)
    assert draft.lint("henan/legal-basis") == []
    assert ("henan/legal-basis", "没有任何部分，分不出引言") in draft.result.not_assessable


@pytest.mark.parametrize(
    ("cell", "text", "said"),
    [
        (
            ("requests", "received", "business"),
            "3",
            (
                "national/request-balance",
                "“一、本年新收政府信息公开申请数量”的“商业企业”应为 2，实为 3，2 同时满足 2 项勾稽关系",
            ),
        ),
        (
            ("disclosure", "licences", "decisions"),
            "若干",
            ("national/cell-value", "“行政许可”的“本年处理决定数量”为“若干”，不是数"),
        ),
        (
            ("channels", "website", "releases"),
            "若干",
            ("national/cell-value", "“政府网站”的“发布条数”为“若干”，不是数"),
        ),
    ],
)
def test_national_rules_read_the_tables(
    compliant: Draft, cell: tuple[str, str, str], text: str, said: tuple[str, str]
) -> None:
    draft = compliant.put(cell, text)
    assert draft.lint() == [Said(said[0], draft.at(cell), said[1])]


@pytest.mark.parametrize(
    ("old", "new", "anchor", "rule", "message"),
    [
        (
            "2024年政府信息公开工作年度报告",
            "2024年政府信息公开年报",
            "望山县柳渡镇人民政府2024年政府信息公开年报",
            "national/title",
            "标题为“望山县柳渡镇人民政府2024年政府信息公开年报”，通行写法为“……2024年政府信息公开工作年度报告”",
        ),
        (
            "被提起行政诉讼1件",
            "未被提起行政诉讼",
            "未被提起行政诉讼",
            "national/zero-filing",
            "文字称“未被提起行政诉讼”，即 0，表格中“未经复议直接起诉”的“总计”为 1",
        ),
        (
            "，实际收取60元",
            "",
            "发出收费通知1件",
            "national/fee-disclosure",
            "信息处理费只说明了发出收费通知的件数、总金额，没有说明实际收取的总金额",
        ),
    ],
)
def test_national_rules_read_the_prose(
    compliant: Draft, old: str, new: str, anchor: Anchor, rule: str, message: str
) -> None:
    draft = compliant.replace(old, new)
    assert draft.lint() == [Said(rule, draft.at(anchor), message)]


def test_a_blank_cell_is_an_error_in_this_preset(compliant: Draft) -> None:
    draft = compliant.put(("remedies", "reconsideration", "pending"), "-")
    place = draft.at(("remedies", "reconsideration", "pending"))
    message = "“四、政府信息公开行政复议、行政诉讼情况”的表格有 1 个单元格为“-”，没有可报的通行填 0"
    assert draft.lint() == [Said("national/blank-cell", place, message)]
    assert draft.result.diagnostics[0].severity is Severity.ERROR


@pytest.mark.parametrize("rule", ["henan/legal-basis", "henan/channel-footing"])
def test_the_examples_of_a_page_say_what_it_says(linter: Linter, rule: str) -> None:
    assert page_faults(linter, rule) == []


def test_the_rules_catch_what_they_claim_to(linter: Linter) -> None:
    mutation = mutate(linter, "henan")
    assert mutation.false_alarms == []
    assert mutation.faults == []
    assert [outcome.mutant.what for outcome in mutation.missed] == []
