"""`[limits]`: what may be configured, what it does, and how it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli

from reportlint import Linter
from reportlint.cli import main
from reportlint.readers.reader import Limits
from reportlint.vocabulary import LIMIT_KEYS

from . import validators
from .validators import plain
from .workbooks import Sheet, workbook

Run = Callable[..., tuple[int, str]]
TEXT = (Path(__file__).parent.parent / "examples" / "reports" / "qinghe-town-2024.txt").read_bytes()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs reportlint in a folder of its own that has a configuration."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def ran(settings: str, *arguments: str) -> tuple[int, str]:
        Path("reportlint.toml").write_text(settings, encoding="utf-8")
        status = main([*arguments])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return ran


def test_every_limit_has_its_key() -> None:
    assert [name.replace("_", "-") for name in Limits._fields] == list(LIMIT_KEYS)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("limits.cell = 5", "limits 里没有 cell，是否指 cells？"),
        ("limits.file_bytes = 5", "limits 里没有 file_bytes，是否指 file-bytes？"),
        ("limits.qqq = 5", "limits 里没有 qqq"),
        ("limits = 5", "limits 应为正整数的表"),
        ("limits.cells = 0", "limits 应为正整数的表"),
        ("limits.cells = -1", "limits 应为正整数的表"),
        ("limits.cells = 1.5", "limits 应为正整数的表"),
        ("limits.cells = true", "limits 应为正整数的表"),
        ('limits.cells = "5"', "limits 应为正整数的表"),
    ],
)
def test_what_is_wrong_is_told(run: Run, settings: str, words: str) -> None:
    Path("a.txt").write_bytes(TEXT)
    status, said = run(settings, "check", "a.txt")
    assert (status, said) == (2, f"reportlint: {Path('reportlint.toml').absolute()}：{words}\n")


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("a.txt", "text-bytes = 100", f"文件有 {len(TEXT)} 字节，超过 limits.text-bytes 的上限 100 字节，没有检查"),
        ("a.xlsx", "file-bytes = 100", "超过 limits.file-bytes 的上限 100 字节，没有检查"),
        ("a.xlsx", "unpacked-bytes = 100", "解压后超过 limits.unpacked-bytes 的上限 100 字节，没有检查"),
        ("a.xlsx", "cells = 3", "工作表的单元格超过 limits.cells 的上限 3 个，没有检查"),
        ("a.xlsx", "depth = 2", "超过 limits.depth 的上限 2 层，没有检查"),
        ("a.xlsx", "text-bytes = 3", "读出的文字有 12 字节，超过 limits.text-bytes 的上限 3 字节，没有检查"),
    ],
)
def test_what_is_beyond_a_limit_is_not_checked_and_told(run: Run, name: str, settings: str, words: str) -> None:
    Path("a.txt").write_bytes(TEXT)
    Path("a.xlsx").write_bytes(workbook(Sheet("表", [["甲", 1], ["乙", 2]])))
    status, said = run(f"[limits]\n{settings}\n", "check", name, "--output-format", "concise")
    assert status == 2
    assert said.startswith(f"{name}: error reportlint/too-large ")
    assert words in said


def test_a_run_goes_on_behind_a_file_that_is_too_large(run: Run) -> None:
    Path("a.xlsx").write_bytes(workbook(Sheet("表", [["甲", 1], ["乙", 2]])))
    Path("b.txt").write_bytes(TEXT)
    status, said = run("limits.cells = 3", "check")
    assert status == 2
    assert "检查了 2 份报告" in said
    assert "1 份没有能按要求检查" in said


def test_others_stay_as_they_are(tmp_path: Path) -> None:
    base, own = tmp_path / "base.toml", tmp_path / "reportlint.toml"
    base.write_text("[limits]\ncells = 5\npages = 7\n", encoding="utf-8")
    own.write_text('extends = ["national", "base.toml"]\nlimits.pages = 9\n', encoding="utf-8")
    linter = Linter.from_config(own)
    assert linter.settings.limits == Limits(cells=5, pages=9)
    assert linter.readers.limits is linter.settings.limits


def test_config_says_what_was_set_and_where(run: Run) -> None:
    status, said = run('fail-on = "error"\n\n[limits]\ncells = 5\n', "config")
    assert status == 0
    assert f"limits cells = 5  # {Path('reportlint.toml').absolute()}:4" in said.splitlines()
    assert "limits pages" not in said
    document = json.loads(run("limits.cells = 5\n", "config", "--output-format", "json")[1])
    validators.published("settings").validate(document)
    assert {value["key"]: value["value"] for value in document["values"]}["limits cells"] == 5


@pytest.mark.parametrize(
    ("settings", "valid"),
    [
        ("limits.cells = 5", True),
        ("limits = {}", True),
        ("limits.cells = 0", False),
        ("limits.cells = '5'", False),
        ("limits.cell = 5", False),
        ("limits = 5", False),
    ],
)
def test_the_schema_judges_as_the_code_does(settings: str, valid: bool) -> None:
    assert validators.published("config").is_valid(plain(tomli.loads(settings))) is valid


def test_a_new_configuration_shows_every_limit(run: Run) -> None:
    Path("reportlint.toml").unlink(missing_ok=True)
    assert main(["init", "--directory", "."]) == 0
    text = Path("reportlint.toml").read_text(encoding="utf-8")
    for key, most in Limits()._asdict().items():
        assert f"# {key.replace('_', '-')} = {most}\n" in text
    assert run
