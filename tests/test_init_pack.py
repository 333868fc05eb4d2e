"""`reportlint init pack`: what it writes works as it stands."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from reportlint import scaffold
from reportlint.cli import main
from reportlint.packs import Packs


def process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def test_a_new_pack_passes_all_its_tests(tmp_path: Path) -> None:
    made = process(tmp_path, "reportlint", "init", "pack", "jiang_bei")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith("建立了规则包 jiang-bei：reportlint-jiang-bei（")
    project = tmp_path / "reportlint-jiang-bei"
    assert [path.name for path in tmp_path.iterdir()] == [project.name]
    written = [path for path in project.rglob("*") if path.is_file()]
    assert made.stdout.splitlines()[0].endswith(f"（{len(written)} 个文件）")
    assert not any("$" in path.read_text(encoding="utf-8") for path in written)

    tested = process(tmp_path, "reportlint", "test", project.name, "--mutate")
    assert (tested.returncode, tested.stderr) == (0, ""), tested.stdout
    assert tested.stdout.splitlines()[-1].startswith("规则包 jiang-bei：2 条规则，2 页，4 例，1 个案例，")

    ran = process(project, "pytest", "-q", "-p", "no:cacheprovider")
    assert ran.returncode == 0, ran.stdout
    assert "6 passed" in ran.stdout

    checked = process(project, "reportlint", "check", "cases/no-preface.txt")
    assert "jiang-bei/preface-basis" in checked.stdout
    assert checked.returncode == 1
    # Who keeps the pack beside his reports is not troubled by cases that are wrong on purpose.
    assert process(project, "reportlint", "check", ".").returncode == 0
    assert process(tmp_path, "reportlint", "check", ".").returncode == 0


def test_the_preset_extends_those_that_apply_by_default(tmp_path: Path) -> None:
    main(["init", "pack", "east", "--directory", str(tmp_path)])
    preset = (tmp_path / "reportlint-east" / "reportlint_east" / "preset.toml").read_text(encoding="utf-8")
    default = [name for name, brought in Packs.load().presets.items() if brought.default]
    assert tomllib.loads(preset)["extends"] == default
    assert "national" in default


@pytest.mark.parametrize(
    "name", ["", "Henan", "1st", "河南", "a b", "a--b", "a-", "-a", "../x", "a/b", "a.b", "x" * 41, "a\nb"]
)
def test_a_name_that_is_none(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "pack", "--directory", str(tmp_path), "--", name]) == 2
    assert "不能用：应以小写字母开头" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("national", "已有规则包、预设或规则叫 national"),
        ("grammars", "已有规则包、预设或规则叫 grammars"),
        ("blank-cell", "已有规则包、预设或规则叫 blank-cell"),
        ("all", "另有意义"),
        ("reportlint", "另有意义"),
    ],
)
def test_a_name_that_is_taken(name: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "pack", name, "--directory", str(tmp_path)]) == 2
    assert reason in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "reportlint-east"
    taken.mkdir()
    assert main(["init", "pack", "east", "--directory", str(tmp_path)]) == 2
    assert (
        capsys.readouterr().err
        == f"reportlint: {taken} 已经存在，没有改动；可换一个名称，或以 --directory 指定别的文件夹\n"
    )
    assert list(taken.iterdir()) == []


def test_a_link_to_nowhere_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "reportlint-east").symlink_to(tmp_path / "nowhere")
    assert main(["init", "pack", "east", "--directory", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["reportlint-east"]


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "pack", "east", "--directory", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == f"reportlint: 没有文件夹 {tmp_path / 'none'}\n"


def test_what_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scaffold.os, "rename", full)
    assert main(["init", "pack", "east", "--directory", str(tmp_path)]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []
