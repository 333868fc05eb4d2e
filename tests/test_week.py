"""A week of an archive of reports: taken over, checked at every change, fixed, accepted, renamed, and kept in order."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from reportlint.cli import main
from reportlint.testing import Draft

BALANCE = "national/request-balance"
RECEIVED = ("requests", "received", "total")
OLD, NEW = "年报/2023/清河镇.txt", "年报/2024/清河镇.txt"
RENAMED = "年报/2023/清河镇人民政府.txt"
ENTRIES, BASELINE = "reportlint.accepted.toml", ".reportlint-baseline.json"
GOOD = Draft.compliant("town")
_START = GOOD.source.position(GOOD.at(RECEIVED).start)
LINE, AT = _START.line, f"{_START.line}:{_START.column}"
PLACE = f"{BALANCE}，requests/received/total"


class Said(NamedTuple):
    status: int
    lines: list[str]
    """What was said, on both streams."""

    def findings(self) -> list[str]:
        """Places and rules, where the output was concise."""
        found = [line.split(": ") for line in self.lines if ": " in line and not line.startswith(" ")]
        return [f"{place} {words.split()[1]}" for place, words in found]


class Archive:
    """A folder of reports, and the command line in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def put(self, name: str, report: Draft | str, encoding: str = "utf-8") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((report if isinstance(report, str) else report.text).encode(encoding))

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def run(self, *arguments: str) -> Said:
        self._capsys.readouterr()
        status = main(list(arguments))
        said = self._capsys.readouterr()
        return Said(status, [*said.out.splitlines(), *said.err.splitlines()])

    def hook(self, *names: str) -> Said:
        """What the hook runs for the reports of a commit."""
        return self.run("check", "--jobs", "1", "--force-exclude", "--output-format", "concise", *names)

    def all(self) -> Said:
        """What the hook runs for the whole repository."""
        return self.run("check", "--output-format", "concise")

    def accept(self, name: str, *arguments: str) -> Said:
        return self.run("accept", name, "--because", "与登记簿核对过", "--file", ENTRIES, *arguments)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Archive:
    """Two years of two units, an old report with a wrong cell, and what else lies in such a repository."""
    made = Archive(tmp_path / "存档", capsys)
    made.folder.mkdir()
    monkeypatch.chdir(made.folder)
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(tmp_path / "cache"))
    (made.folder / ".git").mkdir()
    made.put(OLD, GOOD.put(RECEIVED, "8"))
    made.put(NEW, GOOD)
    made.put("年报/2024/青禾镇.txt", GOOD, "gb18030")
    made.put("年报/说明.txt", "年报由各单位于每年一月报送。\n")
    made.put("README.md", "# 存档\n")
    return made


def taken_over(archive: Archive) -> None:
    """Monday: a configuration, and the baseline of the old years."""
    assert archive.run("init").status == 0
    settings = archive.read("reportlint.toml")
    for key, value in {"include": '["年报/"]', "exclude": '["说明.txt"]'}.items():
        [line] = [line for line in settings.splitlines() if line.startswith(f"# {key} = ")]
        settings = settings.replace(line, f"{key} = {value}")
    archive.put("reportlint.toml", settings)
    assert archive.run("baseline", "create", "年报/2023").lines == [f"建立了基线 {BASELINE}：1 份报告，1 处。"]


def test_an_archive_is_taken_over(archive: Archive) -> None:
    before = archive.all()
    assert (before.status, before.findings()) == (1, [f"{OLD}:{AT} {BALANCE}"])
    assert "略过 README.md：不像年度报告。" in before.lines
    taken_over(archive)
    after = archive.all()
    assert (after.status, after.findings()) == (0, [])
    assert "另有问题没有计入：1 处在基线中。" in after.lines
    assert not any(line.startswith("略过") for line in after.lines), "what is excluded on purpose goes unsaid"
    assert archive.hook(NEW, "README.md", "年报/说明.txt").status == 0
    assert archive.run("baseline", "create").status == 2
    assert archive.run("check", "--ignore-suppressions").status == 1


def test_clean_reports_are_silent_and_what_no_rule_could_judge_is_counted(archive: Archive) -> None:
    taken_over(archive)
    settings = archive.read("reportlint.toml")
    archive.put("reportlint.toml", f'extends = ["hunan-huaihua"]\n{settings}')
    said = archive.run("check")
    assert said.status == 0
    assert [line for line in said.lines if "年报/" in line] == []
    assert said.lines[2:4] == [
        "3 份报告有规则无法判断：",
        "  3 次 所依据的通知只定了 2021 年度报告的日期（hunan-huaihua/publication-date）",
    ]


def test_a_new_report_is_refused_mended_and_passes(archive: Archive) -> None:
    taken_over(archive)
    name = "年报/2024/新报 一.txt"
    slipped = GOOD.replace("在村广播里播放。\n", "在村广播里播放。。\n")
    archive.put(name, slipped.put(RECEIVED, "8"))
    refused = archive.hook(name)
    assert refused.status == 1
    assert [found.split()[-1] for found in refused.findings()] == [BALANCE, "text/doubled-punctuation"]
    fixed = archive.run("check", "--jobs", "1", "--force-exclude", "--fix-only", name, NEW)
    assert fixed == (0, ["检查了 2 份报告。", "修改了 1 处（1 份报告）。", f"  {name}：1 处"])
    assert archive.read(name) == GOOD.put(RECEIVED, "8").text, "no figure was touched"
    assert archive.hook(name).findings() == [f"{name}:{AT} {BALANCE}"]
    archive.put(name, GOOD)
    assert archive.hook(name).status == 0
    assert archive.all().status == 0


def test_an_entry_is_made_becomes_void_and_is_renewed(archive: Archive) -> None:
    taken_over(archive)
    archive.put(NEW, GOOD.put(RECEIVED, "8"))
    nothing = archive.accept(f"{NEW}:1")
    assert nothing.status == 2
    assert nothing.lines[0] == f"reportlint: {NEW} 第 1 行没有问题，报告里的问题是："
    assert nothing.lines[1].startswith(f"  {AT}  {BALANCE}")
    made = archive.accept(f"{NEW}:{LINE}", "--by", "张三", "--until", "2999-12-31")
    assert (made.status, made.lines[0]) == (0, f"已写入 {ENTRIES}：{NEW}，{PLACE}")
    assert archive.hook(NEW).status == archive.all().status == 0
    assert archive.run("accepted").lines[-1] == "共 1 条，有效 1 条。"

    archive.put(NEW, GOOD.put(RECEIVED, "9"))
    void = archive.hook(NEW)
    assert void.status == 1
    assert void.findings() == [f"{NEW}:{AT} {BALANCE}", f"{ENTRIES}:8:1 reportlint/void-acceptance"]
    assert f"内容由“8”变为“9”：{NEW}，{PLACE}" in void.lines[1]
    [remedy] = [line for line in archive.run("check").lines if line.startswith("  · 重新接受")]
    assert "--renew" in remedy
    assert archive.run("accepted").status == 1
    assert archive.accept(f"{NEW}:{LINE}").status == 2
    assert archive.accept(f"{NEW}:{LINE}", "--renew").status == 0
    assert archive.all().status == 0


def test_an_entry_expires_and_is_no_longer_of_use(archive: Archive) -> None:
    taken_over(archive)
    archive.put(NEW, GOOD.put(RECEIVED, "8"))
    assert archive.accept(f"{NEW}:{LINE}", "--until", "2020-01-31").lines == ["reportlint: --until 2020-01-31 已经过去"]
    archive.accept(f"{NEW}:{LINE}", "--until", "2999-12-31")
    archive.put(ENTRIES, archive.read(ENTRIES).replace("2999-12-31", "2020-01-31"))
    assert archive.all().findings() == [
        f"{NEW}:{AT} {BALANCE}",
        f"{ENTRIES}:10:1 reportlint/expired-acceptance",
    ]
    archive.put(ENTRIES, archive.read(ENTRIES).replace("2020-01-31", "2999-12-31"))
    assert archive.all().status == 0
    archive.put(NEW, GOOD)
    unused = archive.hook(NEW)
    assert (unused.status, unused.findings()) == (1, [f"{ENTRIES}:7:1 reportlint/unused-acceptance"])


def test_a_report_is_renamed_and_one_is_deleted(archive: Archive) -> None:
    taken_over(archive)
    archive.put(NEW, GOOD.put(RECEIVED, "8"))
    archive.accept(f"{NEW}:{LINE}")
    (archive.folder / OLD).rename(archive.folder / RENAMED)
    (archive.folder / NEW).unlink()
    said = archive.all()
    assert said.status == 1
    assert said.findings() == [f"{RENAMED}:{AT} {BALANCE}", f"{ENTRIES}:6:1 reportlint/missing-report"]
    updated = archive.run("baseline", "update", RENAMED)
    assert f"（没有了的报告：{OLD}），prune 可以删去" in updated.lines[0]
    assert updated.lines[1] == f"  {RENAMED} {BALANCE} requests/received/total"
    assert archive.run("baseline", "prune", "--check") == (
        1,
        [f"基线 {BASELINE}：可以删去 1 处，改后共 1 处。", f"  {OLD} {BALANCE} requests/received/total"],
    )
    assert archive.run("baseline", "prune").status == 0
    assert archive.run("baseline", "prune", "--check") == (0, [f"基线 {BASELINE}：没有要删去的，共 1 处。"])
    (archive.folder / ENTRIES).unlink()
    assert archive.all().status == 0


@pytest.mark.parametrize("file", [ENTRIES, BASELINE, "reportlint.toml"])
def test_a_merge_that_is_not_finished_is_told(archive: Archive, file: str) -> None:
    taken_over(archive)
    archive.put(NEW, GOOD.put(RECEIVED, "8"))
    archive.accept(f"{NEW}:{LINE}")
    first, *rest = archive.read(file).splitlines(keepends=True)
    archive.put(file, "".join([first, "<<<<<<< HEAD\n", *rest, "=======\n", *rest, ">>>>>>> 同事\n"]))
    said = archive.all()
    assert said.status == 2
    [line] = [line for line in said.lines if line.startswith("reportlint:")]
    assert line.endswith(f"{file}:2：git 合并时的冲突还没有解决（<<<<<<<）")


def test_a_pack_in_the_repository_has_its_say_and_its_cases_none(archive: Archive) -> None:
    taken_over(archive)
    assert archive.run("init", "pack", "yunxi").status == 0
    name, pack = "yunxi", archive.folder / "reportlint-yunxi"
    settings = archive.read("reportlint.toml")
    archive.put("reportlint.toml", f'packs = ["./{pack.name}"]\nextends = ["national", "text", "{name}"]\n{settings}')
    said = archive.all()
    assert (said.status, said.findings()) == (0, [])
    words = "政府信息公开条例"
    rule = next(path for path in pack.rglob("preface.py") if words in path.read_text("utf-8"))
    rule.write_text(rule.read_text("utf-8").replace(words, "某某办法"), encoding="utf-8")
    # A process of its own, as every run is: here the rule is imported already.
    command = [sys.executable, "-m", "reportlint", "check", "--output-format", "concise"]
    done = subprocess.run(command, env={**os.environ, "PYTHONUTF8": "1"}, capture_output=True, check=False)
    changed = Said(done.returncode, done.stdout.decode("utf-8").splitlines())
    assert {found.split()[-1] for found in changed.findings()} == {f"{name}/preface-basis"}, "nothing old was kept"


def test_another_version_is_asked_for(archive: Archive) -> None:
    taken_over(archive)
    archive.put("reportlint.toml", 'required-version = ">=99"\n')
    said = archive.all()
    assert said.status == 2
    assert "配置要求 reportlint >=99" in said.lines[0]
