"""Entries that only a run over folders can tell of: for no report, needed by none, past their last day."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportlint.cli import main

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
COMPLIANT = EXAMPLES / "qinghe-town-2024.txt"

Check = Callable[..., tuple[int, list[str]]]
ENTRY = """
[[accepted]]
rule = "{rule}"
report = "{report}"
place = "requests/received/total"
content = "3"
because = "核对过"
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("cache")
    folder.chmod(0o700)
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(folder))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report of two years, in which a run begins."""
    for year in ("2023", "2024"):
        (tmp_path / year).mkdir()
        shutil.copy(COMPLIANT, tmp_path / year / "清河镇.txt")
    (tmp_path / "reportlint.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """A run twice, the second time with what was kept of the first: both say the same."""

    def checked(*arguments: str) -> tuple[int, list[str]]:
        runs = []
        for _ in range(2):
            status = main(["check", "--output-format", "concise", "--jobs", "1", *arguments])
            runs.append((status, capsys.readouterr().out.splitlines()))
        assert runs[0] == runs[1]
        return runs[0]

    return checked


def test_an_entry_for_no_report(home: Path, check: Check) -> None:
    entries = ENTRY.format(rule="national/request-balance", report="没有.txt")
    (home / "2024" / "reportlint.accepted.toml").write_text(entries, encoding="utf-8")
    said = "这条接受所指的报告不存在：2024/没有.txt，national/request-balance，requests/received/total"
    assert check(".") == (1, [f"2024/reportlint.accepted.toml:4:1: warning reportlint/missing-report {said}"])
    assert check("2024", "--fail-on", "error")[0] == 0
    assert check("2023") == (0, [])
    assert check("2024/清河镇.txt") == (0, [])
    assert check(".", "--ignore-suppressions") == (0, [])


def test_an_entry_for_no_rule(home: Path, check: Check) -> None:
    entries = ENTRY.format(rule="national/request-balnce", report="清河镇.txt")
    (home / "2024" / "reportlint.accepted.toml").write_text(entries, encoding="utf-8")
    said = "这条接受所指的规则不存在：2024/清河镇.txt，national/request-balnce，requests/received/total"
    assert check(".") == (1, [f"2024/reportlint.accepted.toml:3:1: warning reportlint/unknown-rule {said}"])


def test_an_entry_whose_rule_is_not_selected_is_let_be(home: Path, check: Check) -> None:
    entries = ENTRY.format(rule="national/request-balance", report="清河镇.txt")
    (home / "2024" / "reportlint.accepted.toml").write_text(entries, encoding="utf-8")
    assert check(".", "--select", "title") == (0, [])


IGNORE = '[[ignore]]\nrule = "fee-disclosure"\npath = "{path}"\nbecause = "旧报告"\n'


def test_an_ignore_that_covers_no_report(home: Path, check: Check) -> None:
    config = home / "reportlint.toml"
    config.write_text(IGNORE.format(path="2022/*"), encoding="utf-8")
    said = "reportlint.toml:1:1: warning reportlint/unused-acceptance 这条忽略没有用到，没有报告符合 2022/*"
    assert check(".") == (1, [f"{said}：fee-disclosure，2022/*"])
    # A part of the reports, or some by name, say nothing of what is for the others.
    assert check("2024") == (0, [])
    assert check("2024/清河镇.txt", "2023/清河镇.txt") == (0, [])
    config.write_text(IGNORE.format(path="2023/*"), encoding="utf-8")
    assert check(".") == (0, [])


def test_an_ignore_past_its_last_day(home: Path, check: Check) -> None:
    config = home / "reportlint.toml"
    config.write_text(IGNORE.format(path="2023/*") + 'until = "2020-01-31"\n', encoding="utf-8")
    status, lines = check("2024")
    assert status == 1
    assert lines == [
        "reportlint.toml:1:1: warning reportlint/expired-acceptance "
        "这条忽略到 2020-01-31 为止，已经过期：fee-disclosure，2023/*"
    ]


def test_files_of_entries_are_not_counted_as_reports(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = ENTRY.format(rule="national/request-balance", report="没有.txt")
    (home / "2024" / "reportlint.accepted.toml").write_text(entries, encoding="utf-8")
    assert main(["check", ".", "--output-format", "json"]) == 1
    summary = json.loads(capsys.readouterr().out)["summary"]
    assert (summary["reports"], summary["findings"], summary["warning"]) == (2, 1, 1)


def test_reports_left_out_by_hand_say_nothing_of_what_is_for_them(home: Path, check: Check) -> None:
    (home / "reportlint.toml").write_text(IGNORE.format(path="2023/*"), encoding="utf-8")
    assert check(".", "--exclude", "2023") == (0, [])
    entries = ENTRY.format(rule="national/request-balance", report="没有.txt")
    (home / "2024" / "reportlint.accepted.toml").write_text(entries, encoding="utf-8")
    assert check(".", "--exclude", "2023")[0] == 1


@pytest.mark.parametrize("flag", ["--fix-only", "--diff"])
def test_who_only_mends_is_told_of_no_entries(flag: str, home: Path, check: Check) -> None:
    entries = ENTRY.format(rule="national/request-balance", report="没有.txt")
    (home / "2024" / "reportlint.accepted.toml").write_text(entries, encoding="utf-8")
    assert check(".", flag) == (0, [])
    assert check(".", "--fix")[0] == 1


def test_an_entry_is_told_of_once_however_often_its_folder_is_named(home: Path, check: Check) -> None:
    """Also where reports of two configurations are in it."""
    entries = ENTRY.format(rule="national/request-balance", report="没有.txt")
    (home / "2024" / "reportlint.accepted.toml").write_text(entries, encoding="utf-8")
    (home / "2023" / "reportlint.toml").write_text("", encoding="utf-8")
    for paths in ((".", "2024"), (".",), ("2023", "2024", "2024")):
        status, lines = check(*paths)
        assert (status, len(lines)) == (1, 1)


def test_a_folder_is_not_in_one_whose_name_its_own_begins_with(home: Path, check: Check) -> None:
    other = home / "2023乙"
    other.mkdir()
    shutil.copy(COMPLIANT, other / "清河镇.txt")
    (other / "reportlint.toml").write_text(IGNORE.format(path="2022/*"), encoding="utf-8")
    assert check("2023", "2023乙/清河镇.txt") == (0, [])
    assert check("2023", "2023乙")[0] == 1


def test_entries_fail_a_run_from_the_level_of_their_own_configuration(home: Path, check: Check) -> None:
    entries = ENTRY.format(rule="national/request-balance", report="没有.txt")
    (home / "2024" / "reportlint.accepted.toml").write_text(entries, encoding="utf-8")
    (home / "2024" / "reportlint.toml").write_text('fail-on = "error"\n', encoding="utf-8")
    status, lines = check("2024")
    assert (status, len(lines)) == (0, 1)
