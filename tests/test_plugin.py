"""The pytest plugin: fixtures, what a failed comparison shows, pages as tests. Each runs pytest by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FIXTURES = """
import pytest

def test_first(compliant, linter):
    assert compliant.linter is linter
    assert compliant.report.organisation == "云溪县青禾镇人民政府"

@pytest.mark.compliant("office")
def test_level(compliant):
    assert compliant.report.organisation == "云溪县档案馆"

@pytest.mark.compliant(year=2023, form="annual-2021")
def test_year(compliant):
    assert compliant.report.year == 2023

def test_config(linter):
    assert set(linter.settings.rules) == {"national/title"}
"""
COMPARISON = """
from reportlint.testing import Said

def test_said(compliant):
    draft = compliant.put(("requests", "received", "total"), "x").replace("工作年度报告", "年报")
    assert draft.lint() == [Said("national/title", None, "另一句"), draft.lint()[1]]
"""


def run(folder: Path, test: str, ini: str = "") -> str:
    (folder / "pytest.ini").write_text(f"[pytest]\n{ini}")
    (folder / "test_it.py").write_text(test)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--strict-markers", "-rA", str(folder)]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False).stdout


def test_the_fixtures(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('select = ["title"]\n')
    assert "4 passed" in run(tmp_path, FIXTURES, "reportlint_config = own.toml\n")


def test_a_failed_comparison_shows_each_finding_and_its_place(tmp_path: Path) -> None:
    out = run(tmp_path, COMPARISON)
    assert "2 said == 2 expected" in out
    shown = [line.removeprefix("E").strip() for line in out.splitlines() if line.startswith("E  ")]
    assert shown[1:] == [
        "only on the left:",
        "national/title at 1:1 '云溪县青禾镇人民政府2024年政府信息公开年报'",
        "标题为“云溪县青禾镇人民政府2024年政府信息公开年报”，通行写法为“……2024年政府信息公开工作年度报告”",
        "only on the right:",
        "national/title nowhere in the text",
        "另一句",
    ]


def test_pages_are_tests_where_it_is_asked_for(tmp_path: Path) -> None:
    pack = tmp_path / "reportlint_paged"
    (pack / "docs").mkdir(parents=True)
    rule = "@rule(basis='x', severity=Severity.ADVICE)\ndef any_rule(report):\n    'Any.'\n    return iter(())\n"
    hook = "@hookimpl\ndef reportlint_rules():\n    return (any_rule,)\n"
    (pack / "__init__.py").write_text(f"from reportlint import Severity, hookimpl, rule\n\n{rule}\n{hook}")
    (pack / "docs" / "any-rule.md").write_text("# another-rule\n")
    (pack / "docs" / "notes.md").write_text("# Notes\n")
    (tmp_path / "reportlint.toml").write_text('packs = ["reportlint_paged"]\n')
    out = run(tmp_path, "def test_it(): pass\n", "reportlint_pages = true\n")
    assert "第一行应为“# any-rule”，现为“# another-rule”" in out
    assert "1 failed, 1 passed" in out
    assert "1 passed" in run(tmp_path, "def test_it(): pass\n")
