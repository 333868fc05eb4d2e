"""Files of outputs: where they cannot be written, and where writing them would destroy something."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from reportlint.cli import main

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
COMPLIANT = EXAMPLES / "qinghe-town-2024.txt"
CLEAN, FINDINGS, FAILED = 0, 1, 2
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="devices and modes as POSIX has them")
ROOT = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="takes root on Linux")


class Ran(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with one report."""
    folder = tmp_path / "reports"
    folder.mkdir()
    shutil.copy(FAULTY, folder / "a.txt")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> Ran:
        status = main([*arguments])
        return Ran(status, *capsys.readouterr())

    return run


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (".", "是文件夹"),
        ("none/x.json", "没有所在的文件夹"),
        ("a.txt/x.json", "没有所在的文件夹"),
        ("长" * 100, "文件名太长"),
    ],
)
def test_a_place_where_nothing_can_be_written(folder: Path, run: Run, file: str, words: str) -> None:
    ran = run("check", "--output", f"json={file}")
    assert (ran.status, ran.out, ran.err) == (FAILED, "", f"reportlint: 没有写 {file}：{words}\n")
    assert names(folder) == ["a.txt"]


@pytest.mark.parametrize("arguments", [["a.txt"], ["."], ["--jobs", "2", "."], ["--fix", "."], ["--no-cache", "."]])
@pytest.mark.parametrize("file", ["a.txt", "./a.txt", "link.json"])
def test_a_report_is_not_written_over(folder: Path, run: Run, file: str, arguments: list[str]) -> None:
    if file == "link.json":
        (folder / file).symlink_to("a.txt")
    ran = run("check", *arguments, "--output", f"json={file}", "--output-format", "concise")
    assert ran.status == FAILED
    assert ran.err.endswith("a.txt 是要检查的报告，不能同时是输出的文件\n")
    assert (folder / "a.txt").read_bytes() == FAULTY.read_bytes()
    assert names(folder) in (["a.txt"], ["a.txt", "link.json"])


def test_a_second_run_writes_over_the_first(folder: Path, run: Run) -> None:
    for _ in range(2):
        ran = run("check", "--output", "json=out.json", "--output", "markdown=out.md", "--output", "html=out.html")
        assert ran.status == FINDINGS
    assert len(json.loads((folder / "out.json").read_text("utf-8"))["reports"]) == 1


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("no_cache", [[], ["--no-cache"]])
def test_our_own_page_is_no_report(run: Run, no_cache: list[str]) -> None:
    run("check", "--output", "html=汇总.html")
    ran = run("check", *no_cache)
    assert "检查了 1 份报告" in ran.out
    assert ran.out.endswith("略过 汇总.html：是 reportlint 输出的网页。\n")
    named = run("check", "汇总.html")
    assert named.status == FAILED
    assert "这是 reportlint 输出的网页，不是年度报告" in named.out
    assert run("baseline", "create").out == "建立了基线 .reportlint-baseline.json：1 份报告，6 处。\n"


@POSIX
def test_a_file_without_any_mode_to_write_is_left_alone(folder: Path, run: Run) -> None:
    (folder / "out.json").touch(0o444)
    ran = run("check", "--output", "json=out.json")
    assert (ran.status, ran.err) == (FAILED, "reportlint: 没有写 out.json：文件是只读的\n")
    assert (folder / "out.json").read_bytes() == b""


@POSIX
def test_the_mode_of_a_file_is_kept(folder: Path, run: Run) -> None:
    file = folder / "out.json"
    file.touch()
    file.chmod(0o640)
    assert run("check", "--output", "json=out.json").status == FINDINGS
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    was = os.umask(0o027)
    try:
        run("check", "--output", "json=new.json")
    finally:
        os.umask(was)
    assert stat.S_IMODE((folder / "new.json").stat().st_mode) == 0o640


@POSIX
def test_a_link_stays_one(folder: Path, run: Run) -> None:
    (folder / "link.json").symlink_to("real.json")
    assert run("check", "--output", "json=link.json").status == FINDINGS
    assert (folder / "link.json").is_symlink()
    assert json.loads((folder / "real.json").read_text("utf-8"))


@POSIX
def test_a_pipe_is_written_to(folder: Path, run: Run) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert run("check", "a.txt", "--output", f"json={pipe}").status == FINDINGS
    reader.join()
    assert json.loads(read[0])
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@ROOT
@pytest.mark.parametrize(("minor", "status"), [(3, FINDINGS), (7, FAILED)], ids=["null", "full"])
def test_a_device_stays_one(folder: Path, run: Run, minor: int, status: int) -> None:
    device = folder / "device"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, minor))
        device.open("wb").close()
    except OSError:
        pytest.skip("devices cannot be made or opened here")
    ran = run("check", "a.txt", "--output", "json=device")
    assert ran.status == status
    assert ran.err == ("" if status == FINDINGS else "reportlint: 没有写 device：磁盘已满\n")
    assert stat.S_ISCHR(device.stat().st_mode)


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """The folder `disk` on a disk of 64 kB that is full, with what stands there already."""
    disk = folder / "disk"
    disk.mkdir()
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=False, capture_output=True
        )
    except OSError:
        pytest.skip("there is no mount")
    if done.returncode:
        pytest.skip("mounting is not allowed")
    shutil.copy(FAULTY, disk / "a.txt")
    (disk / "faulty.txt").write_text(COMPLIANT.read_text("utf-8").replace("。\n", ".\n"), "utf-8")
    (disk / "out.json").write_text("{}", "utf-8")
    yield disk
    subprocess.run(["umount", disk], check=True)


def fill(disk: Path) -> None:
    with open(disk / "fill", "wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            return


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@ROOT
@pytest.mark.parametrize(
    "command",
    [
        ["check", "disk", "--output", "json=disk/out.json"],
        ["check", "disk", "--output", "html=disk/new.html", "--output", "json=disk/out.json"],
        ["check", "disk", "--fix", "--unsafe-fixes"],
        ["check", "disk", "--fix-only", "--unsafe-fixes"],
        ["baseline", "create", "disk", "--file", "disk/baseline.json"],
        ["baseline", "update", "disk", "--file", "disk/old.json"],
        ["baseline", "prune", "disk", "--file", "disk/stale.json"],
        ["accept", "disk/a.txt:37", "--because", "x"],
        ["init", "--directory", "disk"],
        ["init", "pack", "demo", "--directory", "disk"],
    ],
    ids=lambda command: "-".join(command[:3]),
)
def test_a_full_disk_leaves_everything_as_it_was(small_disk: Path, run: Run, command: list[str]) -> None:
    if "disk/old.json" in command:
        (small_disk / "old.json").write_text('{"schema_version": 1, "entries": []}', "utf-8")
    if "disk/stale.json" in command:
        entries = [
            {"report": "a.txt", "rule": "national/fee-disclosure", "place": str(number), "content": "x" * 900}
            for number in range(9)
        ]
        keep = {"report": "b.txt", "rule": "national/fee-disclosure", "place": "", "content": "x" * 9_000}
        (small_disk / "b.txt").write_text("", "utf-8")
        (small_disk / "stale.json").write_text(json.dumps({"schema_version": 1, "entries": [keep, *entries]}), "utf-8")
    fill(small_disk)
    before = held(small_disk)
    ran = run(*command)
    assert ran.status == FAILED
    assert "磁盘已满" in ran.out + ran.err
    assert held(small_disk) == before
    assert [path for path in small_disk.iterdir() if path.is_dir()] == []


@ROOT
def test_a_cache_on_a_full_disk_is_done_without(small_disk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = run("check", "a.txt")
    fill(small_disk)
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(small_disk / "cache"))
    for _ in range(2):
        assert run("check", "a.txt") == expected


@ROOT
@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["check", "f.txt", "--fix"], "所在的文件夹没有写入的权限"),
        (["check", "f.txt", "--output", "json=o.json"], "没有写 o.json：所在的文件夹没有写入的权限"),
        (["check", "f.txt", "--output", "json=old.json"], "没有写 old.json：文件是只读的"),
        (["baseline", "create"], "没有权限"),
        (["accept", "f.txt:7:75", "--because", "x"], "没有权限"),
        (["init"], "没有权限"),
        (["init", "pack", "demo"], "没有权限"),
    ],
    ids=lambda value: "-".join(value[:3]) if isinstance(value, list) else "",
)
def test_a_read_only_folder(command: list[str], words: str) -> None:
    """As somebody who is not root."""
    if shutil.which("setpriv") is None:
        pytest.skip("there is no setpriv")
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        (folder / "f.txt").write_text(COMPLIANT.read_text("utf-8").replace("。\n", ".\n"), "utf-8")
        (folder / "old.json").write_text("{}", "utf-8")
        before = held(folder)
        (folder / "old.json").chmod(0o444)
        os.chown(folder / "f.txt", 65534, 65534)
        folder.chmod(0o555)
        done = subprocess.run(
            [
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                sys.executable,
                "-m",
                "reportlint",
                *command,
            ],
            cwd=folder,
            capture_output=True,
            check=False,
            env={
                "PYTHONUTF8": "1",
                "REPORTLINT_CACHE_DIR": "/nonexistent/cache",
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
        )
        said = done.stdout.decode() + done.stderr.decode()
        if "No module named" in said or "can't open" in said:
            pytest.skip("nobody else may read where this is installed")
        assert done.returncode == FAILED
        assert words in said
        assert "Traceback" not in said
        assert held(folder) == before
