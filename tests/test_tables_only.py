"""Workbooks that have the tables of a report and nothing else, as they are collected from offices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import Finding, Linter, Report, Result, Severity, Source, rule
from reportlint.cli import main
from reportlint.config import Layer
from reportlint.model import Place

from . import sources
from .workbooks import Sheet, sheet_of, workbook

ROOT = Path(__file__).parent.parent
REPORTS = [
    *sorted((ROOT / "examples" / "reports").glob("*")),
    *sorted((ROOT / "examples" / "provinces").glob("*/*.txt")),
]
COMPLIANT = [path for path in REPORTS if "faulty" not in path.name and "2012" not in path.name]

ALONE = {
    "beijing": set(),
    "documents": {
        "comments",
        "external-content",
        "hidden-text",
        "macros",
        "picture",
        "renamed-file",
        "tracked-changes",
        "unread-table",
    },
    "gansu-wuwei": set(),
    "hunan-huaihua": set(),
    "national": {
        "blank-cell",
        "cell-value",
        "documents-disclosed",
        "documents-in-force",
        "form-edition",
        "label-damage",
        "remedy-footing",
        "request-balance",
        "request-cross-footing",
        "request-footing",
        "required-tables",
        "rule-making-power",
        "table-total",
    },
    "privacy": {"bank-card", "identity-number", "mobile-number"},
    "shanghai": set(),
    "text": set(),
}
"""The rules that judge tables alone, by pack; every other one is about the text that belongs to them."""


@pytest.fixture(scope="module")
def everything() -> Linter:
    """All rules of all packs, those that are optional, too."""
    packs = tuple(ALONE)
    return Linter.from_layers([Layer("test", select=packs, extends=("national", "documents", "privacy", "text"))])


def tables_of(text: str) -> list[str]:
    """The tables of a report in the canonical form."""
    tables: list[list[str]] = [[]]
    for line in text.splitlines():
        if re.fullmatch(r"[|\s:-]+", line) and "-" in line:
            continue
        if line.startswith("|"):
            line = "\t".join(field.strip() for field in line.strip().strip("|").split("|"))
        if "\t" in line:
            tables[-1].append(line)
        elif tables[-1]:
            tables.append([])
    return ["\n".join(table) for table in tables if table]


def read(*sheets: Sheet) -> Source:
    return sources.from_bytes(workbook(*sheets), "表.xlsx")


def sheets_of(text: str) -> list[Sheet]:
    return [sheet_of(f"表{number}", table, borders=True) for number, table in enumerate(tables_of(text), 2)]


def report_of(result: Result) -> Report:
    assert result.report is not None
    return result.report


def at(source: Source, result: Result) -> dict[str, str]:
    """The cell of each finding, by its rule."""
    found = {}
    for each in result.diagnostics:
        location = None if each.span is None else source.location(each.span)
        found[each.rule] = "" if location is None else location.path
    return found


def test_every_rule_is_known_to_judge_tables_alone_or_not(everything: Linter) -> None:
    found: dict[str, set[str]] = {pack: set() for pack in ALONE}
    for name, each in everything.packs.rules.items():
        pack, _, bare = name.partition("/")
        found.setdefault(pack, set())
        if each.tables_alone or each.relation is not None:
            found[pack].add(bare)
    assert found == ALONE


@pytest.mark.parametrize("path", COMPLIANT, ids=lambda path: path.name)
def test_the_tables_of_a_compliant_report_have_nothing_wrong(everything: Linter, path: Path) -> None:
    whole = everything.lint(sources.read_file(str(path)))
    source = read(*sheets_of(path.read_text(encoding="utf-8")))
    result = everything.lint(source)
    report = report_of(result)
    assert report.tables_only
    assert {name: dict(table.cells.figures) for name, table in report.tables.items()} == {
        name: dict(table.cells.figures) for name, table in report_of(whole).tables.items()
    }
    assert (report.title, report.year, report.organisation) == (None, None, None)
    about_tables = [each for each in whole.diagnostics if each.rule.partition("/")[2] in set().union(*ALONE.values())]
    assert [each.message for each in result.diagnostics] == [each.message for each in about_tables]
    assert not result.failed


@pytest.mark.parametrize("path", COMPLIANT, ids=lambda path: path.name)
def test_what_is_about_text_is_said_once_not_to_be_assessable(everything: Linter, path: Path) -> None:
    result = everything.lint(read(*sheets_of(path.read_text(encoding="utf-8"))))
    unable = {each.rule for each in result.not_assessable if each.reason == "只有表格，没有文字部分"}
    form = report_of(result).form
    assert unable == {
        name
        for name, each in everything.settings.rules.items()
        if each.applies_to(form) and not each.tables_alone and each.relation is None
    }
    assert len(unable) > 30


@pytest.mark.parametrize("kept", [{0}, {1}, {2}, {0, 1}, {1, 2}])
def test_one_or_two_tables_are_not_told_that_others_are_missing(linter: Linter, kept: set[int]) -> None:
    sheets = sheets_of((ROOT / "examples" / "reports" / "yunxi-county-2024.txt").read_text(encoding="utf-8"))
    result = linter.lint(read(*(sheet for number, sheet in enumerate(sheets) if number in kept)))
    assert result.diagnostics == []
    assert len(report_of(result).tables) == len(kept)
    assert not result.failed


@given(row=st.integers(0, 24), column=st.integers(0, 5), more=st.integers(1, 99))
def test_a_wrong_figure_is_found_at_its_cell(row: int, column: int, more: int) -> None:
    linter = Linter.from_layers([])
    text = (ROOT / "examples" / "reports" / "yunxi-county-2024.txt").read_text(encoding="utf-8")
    source = read(*sheets_of(text))
    table = linter.read(source).tables["requests"]
    form = linter.read(source).form
    name = form.rows("requests")[row]
    place: Place = (name, form.columns("requests", name)[column])
    cell = table.cells[place]
    location = source.location(cell.span)
    assert location is not None
    tables = tables_of(source.text[: cell.span.start] + str(int(cell.value or 0) + more) + source.text[cell.span.end :])
    spoilt = read(*(sheet_of(f"表{number}", each, borders=True) for number, each in enumerate(tables, 2)))
    result = linter.lint(spoilt)
    assert len(result.diagnostics) == 1
    assert list(at(spoilt, result).values()) == [location.path]
    assert result.diagnostics[0].severity is Severity.ERROR


def test_a_blank_and_a_bad_cell_are_found_at_their_places(linter: Linter) -> None:
    text = (ROOT / "examples" / "reports" / "yunxi-county-2024.txt").read_text(encoding="utf-8")
    tables = tables_of(text)
    fields = tables[0].split("\n")[2].split("\t")
    tables[0] = tables[0].replace("\t".join(fields), "\t".join([fields[0], "", "#REF!", fields[3]]))
    source = read(*(sheet_of(f"表{number}", each, borders=True) for number, each in enumerate(tables, 2)))
    found = at(source, linter.lint(source))
    assert (found["national/blank-cell"], found["national/cell-value"]) == ("表2!B3", "表2!C3")


def test_labels_without_figures_are_told(linter: Linter) -> None:
    text = (ROOT / "examples" / "reports" / "yunxi-county-2024.txt").read_text(encoding="utf-8")
    names = "\n".join(line.split("\t")[0] for line in tables_of(text)[0].split("\n"))
    result = linter.lint(read(sheet_of("表二", names), sheet_of("表三", tables_of(text)[1], borders=True)))
    assert [each.message for each in result.diagnostics] == ["“二、主动公开政府信息情况”的表格只有行名，没有读到数"]


def test_titles_and_remarks_around_tables_are_no_text(linter: Linter) -> None:
    tables = tables_of((ROOT / "examples" / "reports" / "yunxi-county-2024.txt").read_text(encoding="utf-8"))
    heads = ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"]
    note = "填表说明：1.本表由县直各单位填报。2.没有的填0。3.数据截至12月31日。"
    sheets = [
        sheet_of(
            f"表{number}",
            f"{head}\n填报单位：云溪县水务局\t填报日期：1月8日\n{table}\n\n{note}\n审核人：甲\t联系电话：0571-0000000",
            borders=True,
        )
        for number, (head, table) in enumerate(zip(heads, tables, strict=True), 2)
    ]
    result = linter.lint(read(*sheets))
    assert report_of(result).tables_only
    assert [each.message for each in result.diagnostics] == []


def test_a_title_gives_year_and_office_as_anywhere(linter: Linter) -> None:
    tables = tables_of((ROOT / "examples" / "reports" / "yunxi-transport-2020.txt").read_text(encoding="utf-8"))
    sheets = [sheet_of(f"表{number}", table, borders=True) for number, table in enumerate(tables, 2)]
    title = Sheet("封面", [["云溪县交通运输局2024年政府信息公开工作年度报告"]])
    result = linter.lint(read(title, *sheets))
    report = report_of(result)
    assert (report.year, report.organisation) == (2024, "云溪县交通运输局")
    assert [each.rule for each in result.diagnostics] == ["national/form-edition"]


def test_several_offices_a_sheet_each_are_all_judged(linter: Linter) -> None:
    tables = tables_of((ROOT / "examples" / "reports" / "yunxi-county-2024.txt").read_text(encoding="utf-8"))
    whole = "\n\n".join(tables)
    wrong = whole.replace("二、上年结转政府信息公开申请数量\t\t\t", "二、上年结转政府信息公开申请数量\t\t\t9")
    assert wrong != whole
    source = read(
        sheet_of("青禾镇", whole, borders=True),
        sheet_of("白石乡", wrong, borders=True),
        sheet_of("南浦乡", tables[1].replace("\t0\n", "\t\n", 1), borders=True),
        sheet_of("石桥镇", tables[2], borders=True),
    )
    result = linter.lint(source)
    report = report_of(result)
    assert sorted(table.name for table in report.judged_tables) == sorted(
        ["disclosure", "requests", "remedies"] * 2 + ["requests", "remedies"]
    )
    found = at(source, result)
    assert found["national/request-balance"].startswith("白石乡!D")
    assert found["national/blank-cell"].startswith("南浦乡!")
    assert set(found) == {"national/request-balance", "national/blank-cell"}
    places = {each.rule: each.place for each in result.diagnostics}
    assert places["national/request-balance"] == "requests[2]/brought_forward/natural_person"
    assert places["national/blank-cell"].startswith("requests[3]/")


def test_a_row_that_is_there_twice_makes_no_second_table(linter: Linter) -> None:
    table = tables_of((ROOT / "examples" / "reports" / "yunxi-county-2024.txt").read_text(encoding="utf-8"))[1]
    lines = table.split("\n")
    first = next(index for index, line in enumerate(lines) if line.startswith("一、本年新收"))
    result = linter.lint(read(sheet_of("表三", "\n".join([*lines[: first + 1], *lines[first:]]), borders=True)))
    assert len(report_of(result).judged_tables) == 1
    assert [each.rule for each in result.diagnostics] == ["national/required-tables"]


def test_a_workbook_with_the_text_of_a_report_is_a_report(linter: Linter) -> None:
    text = (ROOT / "examples" / "reports" / "qinghe-town-2024.txt").read_text(encoding="utf-8")
    result = linter.lint(read(sheet_of("年报", text, borders=True)))
    assert not report_of(result).tables_only
    assert [each.message for each in result.diagnostics] == [
        each.message for each in linter.lint_text(text).diagnostics
    ]


def test_what_is_said_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    tables = tables_of((ROOT / "examples" / "reports" / "yunxi-county-2024.txt").read_text(encoding="utf-8"))
    Path("表三.xlsx").write_bytes(workbook(sheet_of("表三", tables[1], borders=True)))
    assert main(["check", "表三.xlsx"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2:] == [
        "1 份报告有规则无法判断：",
        "  只有表格，没有文字部分（national/claim-conflict 等 30 条规则）",
        "  没有该表格（national/documents-in-force、national/remedy-footing）",
        "  没有读到“规章”一行（national/rule-making-power）",
    ]


def test_some_other_table_is_no_report(linter: Linter) -> None:
    result = linter.lint(read(Sheet("花名册", [["姓名", "年龄"], ["甲", 30], ["行政许可", 3]])))
    assert result.failed
    assert [each.rule for each in result.diagnostics] == ["reportlint/not-a-report"]


def test_rules_are_about_text_unless_they_say_otherwise() -> None:
    @rule(basis="通行做法", severity=Severity.WARNING)
    def plain(_: Report) -> Iterator[Finding]:
        """A rule."""
        yield from ()

    @rule(basis="通行做法", severity=Severity.WARNING, tables_alone=True)
    def alone(_: Report) -> Iterator[Finding]:
        """A rule."""
        yield from ()

    assert (plain.tables_alone, alone.tables_alone) == (False, True)
