"""Several processes: what they say is to the byte what one says, and nothing that goes wrong in one is lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportlint.files import Candidate
from reportlint.formats import FORMATS
from reportlint.session import Session

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "reports"
FAULTY = (EXAMPLES / "yunxi-water-2024-faulty.txt").read_bytes()
COMPLIANT = (EXAMPLES / "qinghe-town-2024.txt").read_bytes()
CHECK = (sys.executable, "-m", "reportlint", "check", "--no-cache")
REPORTS = 130
"""More than are checked in one process whatever is asked for."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports clean and faulty, in two folders with configurations of their own, and files that are passed over."""
    folder = tmp_path_factory.mktemp("jobs")
    for number in range(REPORTS):
        home = folder / ("甲" if number % 2 else "乙")
        home.mkdir(exist_ok=True)
        text = FAULTY if number % 3 == 0 else COMPLIANT
        (home / f"{number:03}.txt").write_bytes(text.replace(b"2024", b"2024", 1))
    (folder / "甲" / "reportlint.toml").write_text('ignore = ["fee-disclosure"]\n', encoding="utf-8")
    (folder / "乙" / "损坏.txt").write_bytes(b"\xff\xfe\xfd")
    (folder / "乙" / "扫描.pdf").touch()
    (folder / "乙" / "说明.md").write_text("# 说明\n", encoding="utf-8")
    return folder


def run(*arguments: str | Path, **environment: str) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [*CHECK, *map(str, arguments)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("format", FORMATS)
def test_every_output_is_that_of_one_process(format: str, folder: Path) -> None:
    one = run(folder, "--jobs", "1", "--output-format", format)
    two = run(folder, "--jobs", "2", "--output-format", format)
    assert undated(two[1]) == undated(one[1])
    assert (two[0], two[2]) == (one[0], one[2])
    assert one[0] == 2
    assert one[1]


def undated(out: bytes) -> bytes:
    """An output without the time of the run, where it tells that."""
    return re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)", b"", out)


def test_processes_that_do_not_take_over_the_session_say_the_same(folder: Path) -> None:
    """As on Windows and macOS."""
    code = (
        "import sys, reportlint.pool as pool\n"
        "if __name__ == '__main__':\n"
        "    pool.sys = type('Sys', (), {'platform': 'win32'})\n"
        "    from reportlint.cli import main\n"
        "    sys.exit(main(sys.argv[1:]))\n"
    )
    script = folder.parent / "spawn.py"
    script.write_text(code, encoding="utf-8")
    command = [sys.executable, str(script), "check", "--no-cache", str(folder), "--output-format", "concise"]
    one, two = (
        subprocess.run(
            [*command, "--jobs", jobs], capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"}
        )
        for jobs in ("1", "2")
    )
    assert (two.returncode, two.stdout, two.stderr) == (one.returncode, one.stdout, one.stderr)
    assert one.returncode == 2


def test_a_configuration_that_is_wrong_ends_the_run_where_it_would_for_one_process(
    folder: Path, tmp_path: Path
) -> None:
    home = tmp_path / "reports"
    shutil.copytree(folder, home)
    late = home / "戊"
    late.mkdir()
    (late / "a.txt").write_bytes(COMPLIANT)
    (late / "reportlint.toml").write_text('select = ["fee-disclosrue"]\n', encoding="utf-8")
    one = run(home, "--jobs", "1", "--output-format", "concise")
    two = run(home, "--jobs", "2", "--output-format", "concise")
    assert two == one
    assert one[0] == 2
    assert b"fee-disclosrue" in one[2]
    assert one[1]


def test_rules_of_every_configuration_are_described_whoever_checked(folder: Path, tmp_path: Path) -> None:
    """By one process, by several, or by an earlier run; and whatever the configuration of the current folder."""
    for name in ("east", "west"):
        pack = tmp_path / f"reportlint_{name}"
        pack.mkdir()
        code = PACK.format(act="pass").replace("fatal", f"from_{name}")
        (pack / "__init__.py").write_text(code, encoding="utf-8")
        shutil.copytree(folder / "乙", tmp_path / "all" / name)
        config = f'packs = ["../../reportlint_{name}"]\nselect = ["from-{name}"]\n'
        (tmp_path / "all" / name / "reportlint.toml").write_text(config, encoding="utf-8")
    (tmp_path / "reportlint.toml").write_text('forms = ["none"]\n', encoding="utf-8")
    runs = []
    for arguments in (["--jobs", "1", "--no-cache"], ["--jobs", "2", "--no-cache"], ["--jobs", "2"], ["--jobs", "1"]):
        done = subprocess.run(
            [sys.executable, "-m", "reportlint", "check", "all", "--output-format", "sarif", *arguments],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1", "REPORTLINT_CACHE_DIR": str(tmp_path / "cache")},
        )
        runs.append((done.returncode, undated(done.stdout), done.stderr))
    assert runs == [runs[0]] * 4
    rules = json.loads(runs[0][1])["runs"][0]["tool"]["driver"]["rules"]
    described = {rule["id"]: rule["shortDescription"]["text"] for rule in rules if "shortDescription" in rule}
    assert described["east/from-east"] == described["west/from-west"] == "Ends the process, or takes its time."


def test_standard_input_is_read_among_other_reports(folder: Path) -> None:
    outs = []
    for jobs in ("1", "2"):
        done = subprocess.run(
            [
                *CHECK,
                "--jobs",
                jobs,
                "--output-format",
                "concise",
                "--stdin-filename",
                "甲/草稿.txt",
                folder / "甲",
                "-",
                folder / "乙",
            ],
            input=FAULTY,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        outs.append((done.returncode, done.stdout.decode("utf-8"), done.stderr))
    assert outs[0] == outs[1]
    assert "\n甲/草稿.txt:" in outs[0][1]


PACK = """
import os, time
from reportlint import Severity, hookimpl, rule

@rule(basis='测试', severity=Severity.ERROR)
def fatal(report):
    '''Ends the process, or takes its time.'''
    if os.path.basename(report.source.path) == '066.txt':
        {act}
    yield from ()

@hookimpl
def reportlint_rules():
    return [fatal]
"""


def with_pack(folder: Path, tmp_path: Path, act: str) -> Path:
    home = tmp_path / "reports"
    shutil.copytree(folder, home, ignore=shutil.ignore_patterns("reportlint.toml"))
    (tmp_path / "reportlint_fatal").mkdir()
    (tmp_path / "reportlint_fatal" / "__init__.py").write_text(PACK.format(act=act), encoding="utf-8")
    (home / "reportlint.toml").write_text('packs = ["../reportlint_fatal"]\nselect = ["fatal"]\n', encoding="utf-8")
    return home


def test_a_process_that_dies_is_told_of(folder: Path, tmp_path: Path) -> None:
    home = with_pack(folder, tmp_path, "os._exit(9)")
    status, _, err = run(home, "--jobs", "2")
    assert (status, err.decode("utf-8")) == (
        2,
        "reportlint: 检查报告的一个进程意外结束（可能内存不足），可用 --jobs 1 再试\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals as a terminal sends them")
def test_an_interrupt_ends_all_processes_with_130(folder: Path, tmp_path: Path) -> None:
    home = with_pack(folder, tmp_path, "open('started', 'w').close(); time.sleep(1)")
    with subprocess.Popen(
        [*CHECK, "--jobs", "2", home],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as child:
        for _ in range(600):
            if (tmp_path / "started").exists():
                break
            time.sleep(0.05)
        os.killpg(child.pid, signal.SIGINT)
        _, err = child.communicate(timeout=60)
    assert (child.returncode, err.decode("utf-8")) == (130, "reportlint: 已中断\n")
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)


@pytest.mark.parametrize("number", ["0", "-1", "two"])
def test_a_number_of_processes_is_a_number(number: str, folder: Path) -> None:
    status, out, err = run(folder, "--jobs", number)
    assert (status, out) == (2, b"")
    assert b"--jobs" in err


def test_no_more_processes_are_started_than_have_something_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On Windows there can be 61 at most, and they are started all at once."""
    from reportlint import pool
    from reportlint.cli import main

    asked: list[int] = []
    begin = pool.Pool.__init__

    def counted(self: pool.Pool, session: Session, jobs: int, first: Candidate) -> None:
        asked.append(jobs)
        begin(self, session, min(jobs, 2), first)

    monkeypatch.setattr(pool.Pool, "__init__", counted)
    for jobs in ("2", "40", "10000"):
        assert main(["check", "--no-cache", "--jobs", jobs, str(folder)]) == 2
    assert asked == [2, 40, 40]
    assert capsys.readouterr().err == ""
