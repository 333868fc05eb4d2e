"""Whatever stands where a configuration, an accepted file, a baseline or a report should: said soon, and in words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from reportlint import pool
from reportlint.cli import main
from reportlint.files import Candidate
from reportlint.session import Plan, Session

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
CLEAN, FINDINGS, FAILED = 0, 1, 2
SOON = 30
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links as POSIX has them")
CONFIG, ACCEPTED, BASELINE = "reportlint.toml", "reportlint.accepted.toml", ".reportlint-baseline.json"
COMMANDS = {
    CONFIG: (["check"], ["config"], ["rule", "--all"], ["accepted"], ["baseline", "create"], ["schema", "config"]),
    ACCEPTED: (["check"], ["accepted"], ["accept", "a.txt:37", "--because", "x"], ["baseline", "create"]),
    BASELINE: (["check"], ["baseline", "create"], ["baseline", "update"], ["baseline", "prune"]),
}
CASES = [(name, command) for name, commands in COMMANDS.items() for command in commands]
IDS = [f"{name}-{'-'.join(command[:2])}" for name, command in CASES]


class Ran(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, the root of a repository, with one report."""
    folder = tmp_path / "reports"
    (folder / ".git").mkdir(parents=True)
    shutil.copy(FAULTY, folder / "a.txt")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[[list[str]], Ran]:
    def run(arguments: list[str]) -> Ran:
        status = main(arguments)
        return Ran(status, *capsys.readouterr())

    return run


Run = Callable[[list[str]], Ran]


def process(*arguments: str) -> Ran:
    """The command in a process of its own, which may not take long."""
    done = subprocess.run(
        [sys.executable, "-m", "reportlint", *arguments],
        capture_output=True,
        timeout=SOON,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@POSIX
@pytest.mark.parametrize(("name", "command"), CASES, ids=IDS)
def test_a_pipe_that_nobody_writes_to(folder: Path, name: str, command: list[str]) -> None:
    os.mkfifo(folder / name)
    ran = process(*command)
    assert ran.status == FAILED
    assert ran.err.startswith("reportlint: 读不到")
    assert ran.err.endswith(f"{name}：不是普通文件\n")


@POSIX
@pytest.mark.parametrize(("name", "command"), CASES, ids=IDS)
def test_a_link_to_itself(folder: Path, run: Run, name: str, command: list[str]) -> None:
    (folder / name).symlink_to(name)
    ran = run(command)
    assert ran.status == FAILED
    assert ran.err.endswith(f"{name}：符号链接指来指去，没有到头\n")


@pytest.mark.parametrize(("name", "command"), CASES, ids=IDS)
def test_a_folder(folder: Path, run: Run, name: str, command: list[str]) -> None:
    (folder / name).mkdir()
    ran = run(command)
    assert ran.status == FAILED
    assert name in ran.err
    if sys.platform != "win32":
        assert ran.err.endswith("：是文件夹\n")


DEEP = {CONFIG: f"a = {'[' * 99_999}", ACCEPTED: f"a = {'[' * 99_999}", BASELINE: '{"entries": ' + "[" * 99_999}
LONG = {CONFIG: f"a = {'9' * 5_000}", ACCEPTED: f"a = {'9' * 5_000}", BASELINE: f'{{"entries": {"9" * 5_000}}}'}


@pytest.mark.parametrize(("name", "command"), [case for case in CASES if case[1][1:] != ["create"]])
@pytest.mark.parametrize(("texts", "words"), [(DEEP, "括号套得太深"), (LONG, "有位数太多的数")])
def test_what_no_reader_goes_into(
    folder: Path, run: Run, name: str, command: list[str], texts: dict[str, str], words: str
) -> None:
    (folder / name).write_text(texts[name], "utf-8")
    ran = run(command)
    assert ran.status == FAILED
    assert name in ran.err
    assert ran.err.endswith(f"{words}\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_too_large_to_be_one(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("reportlint.reading.read.__defaults__", (1000,))
    monkeypatch.setattr("reportlint.baseline._MOST_BYTES", 1000)
    (folder / name).write_text(" " * 1001, "utf-8")
    ran = run(["check"])
    assert ran.status == FAILED
    assert ran.err.endswith(f"{name}：文件超过了允许的大小\n")


@POSIX
def test_the_null_device_stands_for_a_configuration_with_nothing_in_it(folder: Path, run: Run) -> None:
    (folder / CONFIG).write_text('select = ["fee-disclosure"]', "utf-8")
    assert run(["check", "--quiet"]).out.count("依据") == 1
    assert run(["check", "--quiet", "--config", os.devnull]).out.count("依据") == 6


@pytest.mark.parametrize("line", ['baseline = "a\\u0000"', 'packs = ["a\\u0000"]', 'extends = ["a\\u0000.toml"]'])
@pytest.mark.parametrize("command", [["check"], ["config"], ["accepted"], ["baseline", "create"]])
def test_a_path_that_no_file_can_have(folder: Path, run: Run, line: str, command: list[str]) -> None:
    (folder / CONFIG).write_text(line, "utf-8")
    ran = run(command)
    assert ran.status == FAILED
    assert CONFIG in ran.err
    assert ran.err.endswith("里有不能用的字符\n")


@POSIX
@pytest.mark.parametrize("command", [["check"], ["check", "--fix"], ["check", "--diff"], ["baseline", "create"]])
@pytest.mark.parametrize("where", [".", "pipe.txt"])
def test_a_report_that_is_a_pipe(folder: Path, command: list[str], where: str) -> None:
    os.mkfifo(folder / "pipe.txt")
    ran = process(*command, where)
    assert ran.status == FAILED
    assert "pipe.txt" in ran.out + ran.err
    if command[0] == "check" and "--diff" not in command:
        assert "不是普通文件" in ran.out


@POSIX
@pytest.mark.parametrize("command", ["parse", "extract"])
def test_a_pipe_is_nothing_to_look_into(folder: Path, command: str) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert process(command, "pipe.txt") == Ran(FAILED, "", "reportlint: pipe.txt：不是普通文件\n")


@POSIX
def test_a_pipe_hides_nothing(folder: Path) -> None:
    os.mkfifo(folder / ".gitignore")
    ran = process("check")
    assert (ran.status, ran.err) == (FINDINGS, "")


@POSIX
@pytest.mark.usefixtures("folder")
def test_pipes_in_the_cache_are_replaced(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(cache))
    expected = run(["check"])
    names = sorted(os.listdir(cache))
    for name in names:
        (cache / name).unlink()
        os.mkfifo(cache / name)
    ran = process("check")
    assert (ran.status, ran.out) == (expected.status, expected.out)
    assert process("extract", "a.txt").status == CLEAN
    assert {name for name in names if (cache / name).is_fifo()} <= {name for name in names if "sqlite" in name}


@POSIX
def test_links_that_lead_nowhere_in_a_pack_are_passed_over(folder: Path, run: Run) -> None:
    pack = folder.parent / "reportlint_demo"
    pack.mkdir()
    (pack / "__init__.py").touch()
    (pack / ".#rules.py").symlink_to("somebody@somewhere.1234")
    (pack / "loop").symlink_to("loop")
    (folder / CONFIG).write_text('packs = ["../reportlint_demo"]', "utf-8")
    ran = run(["check"])
    assert (ran.status, ran.err) == (FINDINGS, "")


def test_paths_may_stand_on_both_sides_of_an_option(folder: Path, run: Run) -> None:
    shutil.copy(FAULTY, folder / "b.txt")
    (folder / "c").mkdir()
    shutil.copy(FAULTY, folder / "c" / "c.txt")
    ran = run(["check", "a.txt", "--quiet", "b.txt", "--select", "fee-disclosure", "c"])
    assert [line.split(":")[0].strip() for line in ran.out.splitlines() if ".txt:" in line] == [
        "a.txt",
        "b.txt",
        str(Path("c", "c.txt")),
    ]
    assert run(["baseline", "create", "--file", "new.json", "c"]).out == "建立了基线 new.json：1 份报告，6 处。\n"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("line", ["0", "9" * 18, "9" * 5_000])
def test_a_line_that_there_is_not(run: Run, line: str) -> None:
    ran = run(["accept", f"a.txt:{line}", "--because", "x"])
    assert ran.status == FAILED
    assert ran.err.startswith(f"reportlint: a.txt 第 {line} 行没有问题" if len(line) < 99 else "reportlint: a.txt 9")


def test_more_processes_than_there_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """All are started at once, and Windows refuses so many."""
    asked: list[int] = []
    monkeypatch.setattr(pool, "ProcessPoolExecutor", lambda jobs, *_: asked.append(jobs))
    for jobs in (2, 1_000_000):
        pool.Pool(Session(Plan(None, None, ())), jobs, Candidate(str(FAULTY), True))
    assert asked == [2, 61]


@pytest.mark.parametrize(("arguments", "words"), [(["check", "a", "--quite"], "--quite"), (["rule", "a", "b"], "b")])
def test_arguments_that_mean_nothing(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == FAILED
    assert f"看不懂的参数：{words}（" in capsys.readouterr().err
