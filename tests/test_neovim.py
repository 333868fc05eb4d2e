"""Neovim as a client, with the settings that docs/editors.md gives: what a clerk types and sees."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .neovim import PROGRAM, Mark, Neovim, on_path, settings

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "examples" / "reports" / "qinghe-town-2024.txt"

pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="no Neovim is installed (NVIM_PROGRAM names another one)"),
    pytest.mark.skipif(os.name != "posix", reason="the command is put on the path as a script of a shell"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of reports, with its configuration."""
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
    yield editor
    editor.close()


@pytest.fixture
def report(neovim: Neovim, folder: Path) -> Neovim:
    neovim.open(folder / "青禾镇.txt")
    neovim.until(neovim.servers, ["reportlint"])
    assert neovim.marks() == []
    return neovim


def with_code(code: str) -> Callable[[list[Mark]], bool]:
    return lambda marks: any(mark.code == code for mark in marks)


def test_a_wrong_total_is_marked_while_it_is_typed_and_undo_takes_it_back(report: Neovim) -> None:
    line = next(n for n, text in enumerate(report.lines(), 1) if text.startswith("一、本年新收"))
    report.keys(f"{line}G", "$", "s", "6")
    marks = report.until(report.marks, with_code("national/request-balance"))
    assert [(mark.line, mark.text) for mark in marks] == [(line, "6")]
    assert "应为 5，实为 6" in marks[0].message
    report.keys("<Esc>", "u")
    report.until(report.marks, [])
    assert report.text() == REPORT.read_text("utf-8")
