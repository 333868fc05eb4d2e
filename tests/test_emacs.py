"""Emacs with eglot as a client, with the settings that docs/editors.md gives."""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from .editors import on_path, settings
from .emacs import Emacs, Mark, has_eglot

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "examples" / "reports" / "qinghe-town-2024.txt"
WHOLE = REPORT.read_text("utf-8")
RECEIVED = "一、本年新收政府信息公开申请数量"
BALANCE, COMMA = "national/request-balance", "text/half-width-punctuation"

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="reportlint is put on the path as a script of a shell"),
    pytest.mark.skipif(not has_eglot(), reason="no Emacs with eglot is installed (EMACS_PROGRAM may name one)"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of reports with its configuration."""
    on_path(tmp_path, monkeypatch)
    reports = tmp_path / "年报 2024"
    reports.mkdir()
    (reports / "reportlint.toml").write_text("", encoding="utf-8")
    shutil.copy(REPORT, reports / "青禾镇.txt")
    return reports


@pytest.fixture
def emacs(folder: Path) -> Iterator[Emacs]:
    config = folder.parent / "init.el"
    config.write_text(settings("init.el"), encoding="utf-8")
    editor = Emacs(folder.parent, config)
    yield editor
    editor.close()


@pytest.fixture
def report(emacs: Emacs, folder: Path) -> Emacs:
    """A report with a wrong total, typed into it."""
    emacs.open(folder / "青禾镇.txt")
    emacs.until(lambda: emacs.lisp("(eglot-managed-p)"), True)
    emacs.go_behind(RECEIVED)
    emacs.keys("C-e DEL 6")
    emacs.until(lambda: [(mark.text, BALANCE in mark.message) for mark in emacs.marks()], [("6", True)])
    return emacs


def test_a_wrong_total_is_marked_and_undo_takes_it_back(report: Emacs) -> None:
    [mark] = report.marks()
    assert mark.line == report.line()
    assert f"“{RECEIVED}”的“总计”应为 5，实为 6" in mark.message
    report.keys("C-/ C-/")
    report.until(report.marks, [])
    assert report.text() == WHOLE


def test_a_quick_fix_behind_characters_of_two_units(report: Emacs, folder: Path) -> None:
    report.keys("C-/ C-/")
    report.go_behind("发布信息312条")
    report.keys("C-b 𠮷 𬭎 C-f C-d ,")
    [mark] = report.until(report.marks, lambda marks: any(COMMA in mark.message for mark in marks))
    assert (mark.line, mark.text) == (report.line(), ",")
    report.keys("C-b M-x eglot-code-actions RET RET")
    report.until(report.marks, [])
    report.keys("C-x C-s")
    wanted = WHOLE.replace("312条，", "312𠮷𬭎条，")
    report.until(lambda: (folder / "青禾镇.txt").read_text("utf-8"), wanted)


def test_a_figure_is_explained_and_one_in_the_prose_leads_to_it(report: Emacs) -> None:
    cell = report.line()
    report.keys("C-b M-x eldoc RET")
    report.until(report.explained, lambda shown: "六类申请人之和 5" in shown and "依据" in shown)
    report.go_behind("收到政府信息公开申请")
    prose = report.line()
    report.keys("M-.")
    report.until(report.line, cell)
    report.keys("M-,")
    report.until(report.line, prose)


def test_a_finding_is_accepted_with_a_reason(report: Emacs, folder: Path) -> None:
    report.keys("C-x C-s C-b M-x eglot-code-actions RET 接 受 TAB RET 已 核 对 RET")
    report.until(
        report.marks, lambda marks: all(isinstance(mark, Mark) and "已接受：已核对" in mark.message for mark in marks)
    )
    [entry] = tomllib.loads((folder / "reportlint.accepted.toml").read_text("utf-8"))["accepted"]
    assert (entry["report"], entry["rule"], entry["because"]) == ("青禾镇.txt", BALANCE, "已核对")


def test_other_texts_are_left_alone(emacs: Emacs, folder: Path) -> None:
    for path in (folder.parent / "通知.txt", folder.parent / "青禾镇2024年政府信息公开年报.txt"):
        path.write_text("关于开会的通知\n", encoding="utf-8")
    emacs.open(folder.parent / "通知.txt")
    assert emacs.lisp("(symbol-name major-mode)") == "text-mode"
    assert emacs.lisp("(eglot-managed-p)") is None
    emacs.open(folder.parent / "青禾镇2024年政府信息公开年报.txt")
    assert emacs.lisp("(symbol-name major-mode)") == "ogi-report-mode"
    emacs.until(lambda: emacs.lisp("(eglot-managed-p)"), True)
    emacs.until(emacs.marks, lambda marks: ["not-a-report" in mark.message for mark in marks] == [True])
