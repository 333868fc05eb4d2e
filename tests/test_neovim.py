"""Neovim as a client, with the settings that docs/editors.md gives: what a clerk types and sees."""

from __future__ import annotations

import os
import shutil
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportlint import Linter

from .editors import on_path, settings
from .neovim import PROGRAM, Mark, Neovim

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "examples" / "reports" / "qinghe-town-2024.txt"
WHOLE = REPORT.read_text("utf-8")
RECEIVED = "一、本年新收政府信息公开申请数量"
COMMA, DOUBLED, BALANCE = "text/half-width-punctuation", "text/doubled-word", "national/request-balance"

pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="no Neovim is installed (NVIM_PROGRAM may name one)"),
    pytest.mark.skipif(os.name != "posix", reason="reportlint is put on the path as a script of a shell"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of reports with its configuration, and a space in its name."""
    on_path(tmp_path, monkeypatch)
    reports = tmp_path / "年报 2024"
    reports.mkdir()
    (reports / "reportlint.toml").write_text("", encoding="utf-8")
    shutil.copy(REPORT, reports / "青禾镇.txt")
    return reports


@pytest.fixture
def neovim(folder: Path) -> Iterator[Neovim]:
    config = folder.parent / "reportlint.lua"
    config.write_text(settings("plugin/reportlint.lua"), encoding="utf-8")
    editor = Neovim(folder.parent, "-u", str(config))
    try:
        yield editor
        said = editor.messages()
    finally:
        editor.close()
    assert "Error" not in said, said


@pytest.fixture
def report(neovim: Neovim, folder: Path) -> Neovim:
    """A report without findings, checked."""
    neovim.open(folder / "青禾镇.txt")
    neovim.until(neovim.servers, lambda servers: len(servers) == 1)
    # That it is clean shows only once it has been something else.
    neovim.keys(":1delete<CR>")
    neovim.until(neovim.marks, bool)
    neovim.keys("u")
    neovim.until(neovim.marks, [])
    return neovim


def codes(marks: list[Mark]) -> list[str]:
    return [mark.code for mark in marks]


def places(marks: list[Mark]) -> list[tuple[int, str, str]]:
    return [(mark.line, mark.text, mark.code) for mark in marks]


def with_wrong_total(report: Neovim) -> Mark:
    """Types a wrong figure into a report; the one finding that comes of it."""
    line = report.line_of(RECEIVED)
    report.keys(f"{line}G", "$", "s", "6")
    report.until(lambda: places(report.marks()), [(line, "6", BALANCE)])
    report.keys("<Esc>")
    return report.marks()[0]


def test_a_wrong_total_is_marked_while_it_is_typed_and_undo_takes_it_back(report: Neovim) -> None:
    mark = with_wrong_total(report)
    assert mark.severity == 1
    assert mark.message.startswith(f"“{RECEIVED}”的“总计”应为 5，实为 6")
    report.keys("a7")
    report.until(lambda: places(report.marks()), [(mark.line, "67", BALANCE)])
    report.keys("<Esc>", "uu")
    report.until(report.marks, [])
    assert report.text() == WHOLE


def test_a_place_behind_characters_of_two_units_is_right(report: Neovim) -> None:
    line = report.line_of("（一）主动公开")
    report.keys(f"{line}G", "0", "f，", "i", "𠮷𬭎𠮷条", "<Esc>", "l", "s", ",", "<Esc>")
    report.until(lambda: places(report.marks()), [(line, ",", COMMA)])


def test_a_figure_that_is_rested_on_is_explained(report: Neovim) -> None:
    """The sentence of a finding by itself, all that is known of the cell by a key."""
    mark = with_wrong_total(report)
    report.keys(":set updatetime=50<CR>")

    def rested() -> str:
        # Neovim tells of rest once after a key; on a busy machine that may be before the cursor's place is known.
        report.keys("<Esc>")
        time.sleep(0.3)
        return report.floating()

    report.until(rested, lambda shown: mark.message in shown)
    report.keys("K")
    shown = report.until(report.floating, lambda shown: "依据" in shown)
    for words in (
        mark.message,
        "六类申请人之和 5",
        "national/request-balance",
        RECEIVED,
        "文字称“收到政府信息公开申请5件”",
    ):
        assert words in shown


def test_a_figure_in_the_prose_leads_to_its_cell_and_back(report: Neovim) -> None:
    prose, cell = report.line_of("（二）依申请公开"), report.line_of(RECEIVED)
    report.keys(f"{prose}G", "0", "/申请5件<CR>", "2l", "gd")
    report.until(report.cursor, (cell, WHOLE.splitlines()[cell - 1].rindex("5") + 1))
    report.keys("grr")
    listed = "return vim.tbl_map(function(each) return each.lnum end, vim.fn.getqflist())"
    report.until(lambda: report.lua(listed), lambda lines: prose in lines)


def test_the_usual_sentence_is_completed(report: Neovim) -> None:
    report.keys("G", "cc")
    report.until(lambda: codes(report.marks()), ["national/empty-section"])
    report.keys("<C-x><C-o>")
    report.until(lambda: report.lua("return vim.fn.pumvisible()"), 1)
    report.keys("<C-y>", "<Esc>")
    report.until(report.marks, [])
    assert report.lines()[-1].endswith("实际收取的总金额均为0。")


def test_sections_and_tables_are_listed(report: Neovim) -> None:
    report.keys("gO")
    listed = "return vim.tbl_map(function(each) return {each.lnum, each.text} end, vim.list_extend(vim.fn.getqflist(), vim.fn.getloclist(0)))"
    found = report.until(lambda: report.lua(listed), bool)
    headings = [
        (number, line) for number, line in enumerate(WHOLE.splitlines(), 1) if line.startswith(("一、总", "六、其他"))
    ]
    for number, heading in headings:
        assert any(line == number and heading in text for line, text in found), (heading, found)


def test_tables_are_put_in_line_and_nothing_else_is_changed(report: Neovim) -> None:
    line = report.line_of(RECEIVED)
    report.keys(f":{line}s/\\t4\\t/\\t 4  \\t/<CR>")
    report.until(lambda: report.lines()[line - 1] != WHOLE.splitlines()[line - 1], True)
    report.keys("grf")
    report.until(report.text, WHOLE)
    report.until(report.marks, [])


def test_the_right_sum_stands_behind_a_wrong_figure(report: Neovim) -> None:
    if report.version() < (0, 10):
        pytest.skip("Neovim has inlay hints from 0.10 on")
    mark = with_wrong_total(report)
    hints = "vim.tbl_map(function(each) return {each.inlay_hint.position.line, each.inlay_hint.label} end, vim.lsp.inlay_hint.get({bufnr = 0}))"
    found = report.until(lambda: report.lua(f"return {hints}"), bool)
    assert [line for line, _ in found] == [mark.line - 1]
    assert "应为 5" in str(found)


def test_a_quick_fix_is_chosen_and_the_report_saved(report: Neovim, folder: Path) -> None:
    report.keys(f"{report.line_of('（一）主动公开')}G", "0", "f，", "i", "𠮷条", "<Esc>", "l", "s", ",", "<Esc>")
    report.until(lambda: codes(report.marks()), [COMMA])
    report.choose("gra", title="修改：")
    report.until(report.marks, [])
    report.keys(":write<CR>")
    wanted = WHOLE.replace("312条，", "312条𠮷条，")
    report.until(lambda: (folder / "青禾镇.txt").read_text("utf-8"), wanted)


def test_all_that_is_safe_is_fixed_at_once(report: Neovim) -> None:
    report.keys(":%s/，其中/,其中/<CR>", ":%s/公开事项清单，/公开事项清单,/<CR>")
    report.until(lambda: codes(report.marks()), [COMMA, COMMA])
    if report.version() < (0, 8):
        report.choose("grx", title="修改全部")
    else:
        report.keys("grx")
    report.until(report.marks, [])
    assert report.text() == WHOLE


def test_a_finding_is_accepted_with_a_reason(report: Neovim, folder: Path) -> None:
    line = with_wrong_total(report).line
    report.keys(":write<CR>")
    accepted = folder / "reportlint.accepted.toml"

    report.choose("gra", title="接受这一处")
    report.keys("<CR>")
    report.choose("gra", title="接受这一处")
    assert not accepted.exists()
    report.keys("与登记簿核对过<CR>")
    [mark] = report.until(report.marks, lambda marks: [mark.severity for mark in marks] == [4])
    assert (mark.line, mark.text, mark.code) == (line, "6", BALANCE)
    assert mark.message.endswith("（已接受：与登记簿核对过）")
    [entry] = tomllib.loads(accepted.read_text("utf-8"))["accepted"]
    assert (entry["report"], entry["rule"], entry["because"]) == ("青禾镇.txt", BALANCE, "与登记簿核对过")
    report.until(report.messages, lambda said: "已写入" in said)


def test_the_page_of_a_rule_is_shown(report: Neovim) -> None:
    with_wrong_total(report)
    report.choose("gra", title=f"查看规则 {BALANCE}")
    page = (ROOT / "rules" / "reportlint_national" / "docs" / "request-balance.md").read_text("utf-8")
    shown = report.until(report.floating, bool)
    assert page.split("\n")[0].lstrip("# ") in shown


def test_other_texts_are_left_alone(neovim: Neovim, folder: Path) -> None:
    """A text elsewhere, and one beside reports that is none; a name is enough, and one server is enough for all."""
    letter = "关于开会的通知\n\n各单位,请参加。\n"
    elsewhere = folder.parent / "信件"
    elsewhere.mkdir()
    named = elsewhere / "青禾镇2024年政府信息公开工作年度报告.txt"
    for path in (elsewhere / "通知.txt", folder / "通知.txt", named):
        path.write_text(letter, encoding="utf-8")

    neovim.open(elsewhere / "通知.txt")
    assert (neovim.servers(), neovim.lua("return vim.bo.filetype")) == ([], "text")

    neovim.open(named)
    neovim.until(lambda: codes(neovim.marks()), ["reportlint/not-a-report"])
    [server] = neovim.servers()

    neovim.open(folder / "通知.txt")
    neovim.until(neovim.servers, [server])
    neovim.keys("ggO", WHOLE.replace("\n", "<CR>").replace("5件", "6件"), "<Esc>")
    neovim.until(neovim.marks, lambda marks: len(marks) > 1)
    neovim.keys("u")
    neovim.until(neovim.marks, [])


def test_a_configuration_that_is_saved_counts_at_once(report: Neovim, folder: Path) -> None:
    with_wrong_total(report)
    (folder / "reportlint.toml").write_text(f'ignore = ["{BALANCE}"]\n', encoding="utf-8")
    report.until(report.marks, lambda marks: BALANCE not in codes(marks))


def test_the_editor_says_what_the_command_line_says(neovim: Neovim, folder: Path) -> None:
    file = folder / "水务局.txt"
    shutil.copy(ROOT / "examples" / "reports" / "yunxi-water-2024-faulty.txt", file)
    result = Linter.from_layers([]).lint_text(file.read_text("utf-8"), str(file))
    wanted = sorted(
        Mark(
            start.line,
            "" if each.span is None else each.source.text[slice(*each.span)],
            each.rule,
            each.message,
            4 - each.severity,
        )
        for each in result.diagnostics
        if (start := each.start()) is not None
    )
    assert len(wanted) == len(result.diagnostics) > 3
    neovim.open(file)
    neovim.until(neovim.marks, wanted)
