"""Standard input, output and error that are closed, full or without an end: said in words and by the status."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from reportlint.formats import FORMATS
from reportlint.readers.reader import Limits

MOST_BYTES = Limits().text_bytes


EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
FULL = Path("/dev/full")
CLEAN, FINDINGS, FAILED = 0, 1, 2
SOON = 30
COMMANDS = {
    "rule": ["rule", "--all"],
    "extract": ["extract", FAULTY],
    "parse": ["parse", FAULTY],
    "schema": ["schema"],
    "config": ["config", FAULTY],
    "accepted": ["accepted", FAULTY],
    "diff": ["check", "--diff", "--unsafe-fixes", FAULTY],
    "help": ["check", "--help"],
    "version": ["--version"],
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors as POSIX shells set them")


class Ran(NamedTuple):
    status: int
    out: str
    err: str


def run(arguments: list[str | Path], redirected: str = "", env: Mapping[str, str] | None = None) -> Ran:
    """The command, its streams redirected as a shell writes it."""
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m reportlint "$@" {redirected}', sys.executable, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SOON,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ran.err
    assert "Exception ignored" not in ran.err
    return ran


FULL_DEVICE = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")


@FULL_DEVICE
@pytest.mark.parametrize("form", FORMATS)
def test_an_output_that_a_full_disk_takes_nothing_of(form: str) -> None:
    ran = run(["check", "--quiet", "--output-format", form, FAULTY], f">{FULL}")
    assert (ran.status, ran.err) == (FAILED, "reportlint: 写不出标准输出：磁盘已满\n")


@FULL_DEVICE
@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "help"])
def test_a_command_whose_output_the_disk_does_not_take(name: str) -> None:
    ran = run(COMMANDS[name], f">{FULL}")
    assert ran.status == FAILED
    assert ran.err.endswith("reportlint: 写不出标准输出：磁盘已满\n")


@pytest.mark.parametrize("form", FORMATS)
def test_an_output_that_is_closed(form: str) -> None:
    ran = run(["check", "--quiet", "--output-format", form, FAULTY], ">&-")
    assert (ran.status, ran.err) == (FAILED, "reportlint: 写不出标准输出：已经关闭\n")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "diff"])
def test_a_command_whose_output_is_closed(name: str) -> None:
    ran = run(COMMANDS[name], ">&-")
    assert (ran.status, ran.err) == (FAILED, "reportlint: 写不出标准输出：已经关闭\n")


def test_a_file_is_not_taken_for_a_closed_stream(tmp_path: Path) -> None:
    """The first file that is opened gets the number of a closed stream."""
    file = tmp_path / "out.json"
    ran = run(["check", "--output", f"json={file}", FAULTY], "2>&-", env={"REPORTLINT_CACHE_DIR": str(tmp_path)})
    assert ran.status == FINDINGS
    assert file.read_text("utf-8").startswith("{")
    assert "检查了 1 份报告" in ran.out


@pytest.mark.parametrize("command", ["check", "extract", "parse", "check --diff", "check --fix-only"])
def test_standard_input_that_is_closed(command: str) -> None:
    ran = run([*command.split(), "-"], "<&-")
    assert ran.status == FAILED
    assert "读不到标准输入：已经关闭" in ran.out + ran.err


def test_closed_standard_input_matters_to_nobody_who_does_not_read_it() -> None:
    assert run(["check", FAULTY], "<&-") == run(["check", FAULTY])


@pytest.mark.parametrize("command", ["check", "check --diff"])
def test_standard_input_without_an_end(command: str) -> None:
    ran = run([*command.split(), "-"], "</dev/zero")
    assert ran.status == FAILED
    assert f"超过 limits.text-bytes 的上限 {MOST_BYTES} 字节" in ran.out + ran.err


@pytest.mark.parametrize("redirected", ["2>&-", pytest.param(f"2>{FULL}", marks=FULL_DEVICE)])
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", FAULTY], FINDINGS),
        (["check", "--output-format", "json", "--quiet", FAULTY], FINDINGS),
        (["check", "/nowhere/at/all"], FAILED),
        (["check", "--no-such-flag"], FAILED),
    ],
)
def test_the_status_tells_where_nobody_reads_what_went_wrong(
    arguments: list[str | Path], status: int, redirected: str
) -> None:
    ran = run(arguments, redirected)
    assert ran.status == status
    assert "reportlint: " not in ran.out


def test_everything_closed() -> None:
    assert run(["check", FAULTY], "<&- >&- 2>&-").status == FAILED


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    for number in range(120):
        (folder / f"{number}.txt").write_bytes(FAULTY.read_bytes())
    return folder


@pytest.mark.parametrize("form", ["concise", "html", "json"])
def test_a_reader_that_goes_away_ends_all_processes_unsaid(form: str, many: Path) -> None:
    shell = '{ "$0" -m reportlint check --no-cache --jobs 2 --output-format "$2" "$1"; echo $? >&3; } 3>&2 | head -c 9'
    done = subprocess.run(
        ["sh", "-c", shell, sys.executable, str(many), form],
        capture_output=True,
        timeout=SOON,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.stderr == b"2\n"


def test_a_reader_that_goes_away_is_not_taken_for_a_file_that_cannot_be_written(many: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    shell = '{ "$0" -m reportlint check --output "json=$2" --output concise "$1"; echo $? >&3; } 3>&2 | head -c 9'
    done = subprocess.run(
        ["sh", "-c", shell, sys.executable, str(many), str(file)],
        capture_output=True,
        timeout=SOON,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.stderr == b"2\n"
    assert list(tmp_path.iterdir()) == []


def test_a_current_folder_that_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    done = subprocess.run(
        ["sh", "-c", 'cd "$1" && rmdir "$1" && exec "$0" -m reportlint check', sys.executable, str(folder)],
        capture_output=True,
        timeout=SOON,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert (done.returncode, done.stderr.decode()) == (FAILED, "reportlint: 当前文件夹已经不在\n")
