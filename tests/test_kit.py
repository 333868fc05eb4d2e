"""The kit for tests of packs: drafts, their compliant reports, and what goes wrong with them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reportlint import Linter, PackError
from reportlint.config import Layer
from reportlint.packs import Packs
from reportlint.testing import Draft, Said, Sayings
from reportlint.testing.reports import base_packs, choose, reports_of

RULES = "import reportlint\n\n@reportlint.hookimpl\ndef reportlint_rules():\n    return ()\n"


# Compliant reports


def test_every_compliant_report_is_what_its_index_says(linter: Linter) -> None:
    listed = [report for pack in linter.packs.names for report in reports_of(linter.packs, pack)]
    assert {"town", "county", "office"} <= {report.level for report in listed}
    for report in listed:
        if report.form in linter.settings.forms:
            read = Draft.from_file(report.path, linter).report
            assert (read.form.name, read.year) == (report.form, report.year)


@pytest.mark.parametrize(
    ("level", "organisation"),
    [("town", "云溪县青禾镇人民政府"), ("county", "云溪县人民政府"), ("office", "云溪县档案馆")],
)
def test_a_compliant_report_of_each_level_has_no_finding(linter: Linter, level: str, organisation: str) -> None:
    draft = Draft.compliant(level, form="annual-2021", linter=linter)
    assert draft.lint() == []
    assert draft.report.organisation == organisation


def test_the_year_and_the_form_choose_too(linter: Linter) -> None:
    assert Draft.compliant(year=2023, linter=linter).report.organisation == "云溪县档案馆"
    assert Draft.compliant(linter=linter).text == Draft.compliant("town", year=2024, form="annual-2021").text


def test_a_report_that_nobody_ships_is_an_error_that_lists_those_there_are(linter: Linter) -> None:
    with pytest.raises(
        LookupError, match=r"province, 2031; there are: town 2024 annual-2021 \(national\); .*reports.toml"
    ):
        Draft.compliant("province", year=2031, linter=linter)


def pack_with(folder: Path, index: str) -> Packs:
    folder.mkdir()
    (folder / "__init__.py").write_text(RULES)
    (folder / "reports").mkdir()
    (folder / "reports" / "a.txt").write_text("x")
    (folder / "reports.toml").write_text(index)
    return Packs.load([str(folder)])


ENTRY = '[[report]]\nfile = "a.txt"\nform = "annual-2021"\nlevel = "town"\nyear = 2024\n'


def test_the_reports_of_the_pack_that_is_named_come_first(tmp_path: Path) -> None:
    packs = pack_with(tmp_path / "reportlint_kit_first", ENTRY)
    assert choose(packs, ["annual-2021"], "town").pack == "national"
    assert choose(packs, ["annual-2021"], "town", pack="kit-first").pack == "kit-first"
    assert choose(packs, ["annual-2021"], "county", pack="kit-first").pack == "national"


def test_the_reports_of_packs_that_do_not_apply_by_default_come_last(linter: Linter) -> None:
    packs, forms = linter.packs, linter.settings.forms
    assert {choose(packs, forms, level).pack for level in (None, "town", "county", "office")} == {"national"}
    assert choose(packs, forms, pack="beijing").pack == "beijing"
    assert choose(packs, forms, "office", pack="beijing").pack == "national"
    # Nobody else ships one of that year.
    assert choose(packs, forms, year=2025).pack == "gansu-wuwei"


def test_a_pack_builds_on_those_whose_presets_it_extends(linter: Linter, tmp_path: Path) -> None:
    assert base_packs(linter.packs, "national") == []
    assert base_packs(linter.packs, "beijing") == ["national", "text", "privacy", "documents"]
    assert set(base_packs(pack_with(tmp_path / "reportlint_kit_bare", ENTRY), "kit-bare")) == {
        "documents",
        "national",
        "text",
        "privacy",
    }


@pytest.mark.parametrize(
    ("number", "index", "message"),
    [
        (1, ENTRY.replace("2024", '"2024"'), "应有 year（整数）"),
        (2, ENTRY.replace('level = "town"\n', ""), "应有 level（字符串）"),
        (3, ENTRY + 'pages = "x"\n', "没有键 pages"),
        (4, ENTRY.replace("a.txt", "b.txt"), "里没有文件 b.txt"),
        (5, "reports = 1\n", "没有键 reports，是否指 report？"),
        (6, "folders = 1\n" + ENTRY, "folders 应为字符串列表"),
        (7, "report = 1\n", "应写作"),
    ],
)
def test_a_wrong_index_names_what_is_wrong(tmp_path: Path, number: int, index: str, message: str) -> None:
    packs = pack_with(tmp_path / f"reportlint_kit_wrong_{number}", index)
    with pytest.raises(PackError, match=message):
        reports_of(packs, f"kit-wrong-{number}")


# Edits


def test_edits_under_a_heading(compliant: Draft) -> None:
    overview = compliant.under_heading("overview")
    assert overview.text.strip().startswith("（一）主动公开。")
    assert overview.append("（六）其他。").under_heading("overview").text.rstrip().endswith("\n\n（六）其他。")
    assert overview.prepend("前言。").under_heading("overview").text.strip().startswith("前言。\n\n（一）")
    assert overview.replace("312条", "313条").text == compliant.replace("312条", "313条").text
    assert overview.write("无。").under_heading("overview").text.strip() == "无。"
    assert overview.rename("一、概述").report.sections[0].heading == "一、概述"
    assert [section.name for section in overview.remove().report.sections][:2] == ["proactive_disclosure", "requests"]
    assert compliant.under(overview.at("312条")) == "312条"


def test_an_edit_under_a_heading_keeps_the_rest(compliant: Draft) -> None:
    for section in compliant.report.sections:
        draft = compliant.under_heading(section.name).append("另一段。")
        assert [part.name for part in draft.report.sections] == [part.name for part in compliant.report.sections]
        assert draft.text.replace("\n\n另一段。", "", 1) == compliant.text


def test_a_text_under_a_heading_may_stand_elsewhere_too(compliant: Draft) -> None:
    assert compliant.text.count("行政复议") > 1
    draft = compliant.under_heading("overview").replace("行政复议", "复议")
    assert draft.text.count("行政复议") == compliant.text.count("行政复议") - 1
    with pytest.raises(LookupError, match="0 times under '一、总体情况'"):
        compliant.under_heading("overview").replace("收费通知", "")


def test_a_sentence_can_be_left_out(compliant: Draft) -> None:
    assert (
        compliant.without_sentence("上年结转1件").text
        == compliant.replace("全年共收到政府信息公开申请5件，上年结转1件，办结5件，结转下年度继续办理1件。", "").text
    )


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        (("request", "received", "total"), r"no table 'request', is 'requests' meant\?"),
        (("requests", "recieved", "total"), r"no cell recieved/total in table requests, is 'received' meant\?"),
        (("requests", "received", "totals"), r"is 'total' meant\?; the row's columns are \['natural_person'"),
        ("不在报告里", "occurs 0 times in the draft; an anchor occurs once: look for it"),
        ("行政复议", "an anchor occurs once: take more of the text around it, or under_heading"),
    ],
)
def test_a_place_that_is_not_there_is_an_error_that_says_what_to_do(
    compliant: Draft, anchor: str | tuple[str, str, str], words: str
) -> None:
    with pytest.raises(LookupError, match=words):
        compliant.at(anchor)


def test_a_section_that_is_not_there_is_an_error_that_lists_those_there_are(compliant: Draft) -> None:
    with pytest.raises(LookupError, match=r"no section 'overviews', is 'overview' meant\?; it has \['overview', "):
        compliant.under_heading("overviews")


def test_what_is_said_is_a_list(compliant: Draft) -> None:
    said = compliant.put(("requests", "received", "total"), "x").lint()
    assert isinstance(said, Sayings)
    assert said == [
        Said("national/cell-value", said[0].span, "“一、本年新收政府信息公开申请数量”的“总计”为“x”，不是数")
    ]


# The command line does not pay for the kit


def test_the_command_line_and_the_plugin_import_no_kit() -> None:
    code = (
        "import sys, pytest_reportlint\n"
        "assert not [name for name in sys.modules if name.partition('.')[0] == 'reportlint']\n"
        "from reportlint.cli import main\n"
        "main(['check', sys.argv[1]])\n"
        "assert not [name for name in sys.modules if name.startswith(('reportlint.testing', 'reportlint.scaffold'))]\n"
    )
    report = Path(__file__).parent.parent / "examples" / "reports" / "qinghe-town-2024.txt"
    subprocess.run([sys.executable, "-c", code, str(report)], check=True, capture_output=True)


def test_a_default_linter_is_made_where_none_is_given() -> None:
    assert Draft.compliant("town").linter.settings.rules == Linter.from_layers([Layer("x")]).settings.rules
