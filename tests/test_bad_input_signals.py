"""Told to stop in the middle: by an interrupt, by the system, or by death. Files are as before or as meant, and nobody
is left running."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

if sys.platform == "win32":
    pytest.skip("signals as POSIX has them", allow_module_level=True)

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
COMPLIANT = (EXAMPLES / "qinghe-town-2024.txt").read_text("utf-8")
LINE = COMPLIANT.split("\n")[6]
FIXABLE = COMPLIANT.replace(LINE, f"{LINE[:-1]}.", 1).encode()
REPORTS = 110
"""Enough to be checked by several processes."""
SLOW = "060.txt"
SOON = 60
INTERRUPTED = 130
PACK = """
import os, time
from reportlint import Severity, hookimpl, rule

@rule(basis='测试', severity=Severity.ERROR)
def slow(report):
    '''Takes its time over one report, and says that it does.'''
    if os.path.basename(report.source.path) == {slow!r}:
        open({started!r}, 'w').close()
        time.sleep({seconds})
    yield from ()

@hookimpl
def reportlint_rules():
    return [slow]
"""
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def heed() -> None:
    """In a child: no signal is ignored, even if these tests run in the background or under nohup."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


class Ended(NamedTuple):
    status: int
    err: str


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signals") / "reports"
    folder.mkdir()
    for number in range(REPORTS):
        (folder / f"{number:03}.txt").write_bytes(FIXABLE)
    return folder


@pytest.fixture
def home(reports: Path, tmp_path: Path) -> Path:
    """A copy of the reports, with a rule that says when the run is in their middle."""
    home = tmp_path / "reports"
    shutil.copytree(reports, home)
    pack = tmp_path / "reportlint_slow"
    pack.mkdir()
    text = PACK.format(slow=SLOW, started=str(tmp_path / "started"), seconds=0.3)
    (pack / "__init__.py").write_text(text, "utf-8")
    config = 'packs = ["../reportlint_slow"]\nselect = ["slow", "text"]\n'
    (home / "reportlint.toml").write_text(config, "utf-8")
    return home


def stopped(home: Path, arguments: Sequence[str | Path], number: signal.Signals, *, group: bool = False) -> Ended:
    """How a run ends that gets a signal in its middle, alone or with all that it started; none of them stays."""
    started = home.parent / "started"
    with subprocess.Popen(
        [sys.executable, "-m", "reportlint", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=home,
        start_new_session=True,
        preexec_fn=heed,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as child:
        try:
            wait_for(started.exists)
            (os.killpg if group else os.kill)(child.pid, number)
            _, err = child.communicate(timeout=SOON)
            wait_for(lambda: not running(child.pid))
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
    return Ended(child.returncode, err.decode())


def wait_for(done: object) -> None:
    assert callable(done)
    for _ in range(600):
        if done():
            return
        time.sleep(0.05)
    raise AssertionError("in vain")


def running(group: int) -> bool:
    """Whether a process of a group is at work; one that only waits for somebody to take note of its end is not."""
    listed = subprocess.run(["ps", "-e", "-o", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    states = [line.split() for line in listed.splitlines()]
    return any(int(pgid) == group and not state.startswith("Z") for pgid, state in states)


def whole(home: Path) -> set[bytes]:
    """What the reports hold, each as it was or as it was meant to be; nothing else is there."""
    assert {path.name for path in home.iterdir() if path.suffix != ".txt"} == {"reportlint.toml"}
    held = {path.read_bytes() for path in home.glob("*.txt")}
    assert held <= {FIXABLE, COMPLIANT.encode()}
    return held


def words(number: signal.Signals) -> Ended:
    if number == signal.SIGINT:
        return Ended(INTERRUPTED, "reportlint: 已中断\n")
    return Ended(128 + number, "reportlint: 已被终止\n")


@pytest.mark.parametrize("group", [False, True], ids=["main", "group"])
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("number", SIGNALS)
def test_stopped_while_outputs_are_written(home: Path, number: signal.Signals, jobs: str, group: bool) -> None:
    outputs = ("--output", "html=new.html", "--output", "json=../old.json")
    old = home.parent / "old.json"
    old.write_text("{}", "utf-8")
    ended = stopped(home, ["check", "--no-cache", "--jobs", jobs, *outputs], number, group=group)
    assert ended == words(number)
    assert whole(home) == {FIXABLE}
    assert old.read_text("utf-8") == "{}"


@pytest.mark.parametrize("group", [False, True], ids=["main", "group"])
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_while_reports_are_fixed(home: Path, number: signal.Signals, jobs: str, group: bool) -> None:
    assert stopped(home, ["check", "--fix-only", "--jobs", jobs], number, group=group) == words(number)
    held = whole(home)
    # What another process has begun it finishes.
    assert COMPLIANT.encode() in held
    assert jobs == "2" or FIXABLE in held


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("action", ["create", "update", "prune"])
def test_stopped_while_a_baseline_is_made(home: Path, number: signal.Signals, action: str) -> None:
    file = home.parent / "baseline.json"
    before = b'{"schema_version": 1, "entries": []}'
    if action != "create":
        file.write_bytes(before)
    assert stopped(home, ["baseline", action, "--file", file], number) == words(number)
    assert whole(home) == {FIXABLE}
    assert file.exists() == (action != "create")
    assert not file.exists() or file.read_bytes() == before


def test_stopped_while_something_is_accepted(home: Path) -> None:
    ended = stopped(home, ["accept", f"{SLOW}:7:75", "--because", "x"], signal.SIGTERM)
    assert ended == words(signal.SIGTERM)
    assert whole(home) == {FIXABLE}


@pytest.mark.parametrize("command", [["check"], ["check", "--fix-only"]])
def test_nobody_stays_when_the_main_process_is_killed(home: Path, command: list[str]) -> None:
    assert stopped(home, [*command, "--jobs", "2"], signal.SIGKILL) == Ended(-signal.SIGKILL, "")
    assert whole(home)


def test_a_signal_that_is_ignored_stays_so(home: Path) -> None:
    """As under nohup."""
    started = home.parent / "started"
    with subprocess.Popen(
        [sys.executable, "-m", "reportlint", "check", "--fail-on", "error"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=home,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    ) as child:
        wait_for(started.exists)
        child.send_signal(signal.SIGHUP)
        _, err = child.communicate(timeout=SOON)
    assert (child.returncode, err) == (0, b"")


def test_programs_have_their_signals_back() -> None:
    from reportlint.cli import main

    before = [signal.getsignal(number) for number in SIGNALS]
    main(["schema"])
    assert [signal.getsignal(number) for number in SIGNALS] == before
