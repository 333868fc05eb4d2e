"""Documents that cannot be read, or do harm, in one run with a good report: each is told, nothing is fetched or left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from .makers import hostile, office
from .makers.paper import paper_of
from .makers.word import FILES
from .test_bad_input import COMPLIANT

HANG = 300
"""Seconds after which the run is broken off."""
MOST_MEMORY = 1_000 * 1_024
"""In KiB, of the largest process of the run."""
BODY = "云溪县青禾镇人民政府"
PAPER = paper_of(COMPLIANT)
WATCH = """
import os, sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
        with open(os.environ["CONNECTIONS"], "a") as file:
            print(event, arguments, file=file)
sys.addaudithook(hook)
"""
"""A module that Python imports at its start: it notes every attempt to reach something."""


class Checked(NamedTuple):
    """What the run came to."""

    status: int
    reports: dict[str, dict[str, Any]]
    """By the name of the file."""
    err: str
    memory: int
    asked: list[str]
    """What was asked of the server that the files point to."""
    connections: str
    left: list[str]
    """What is in the folder for temporary files."""


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    served = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}", asked
    served.shutdown()
    thread.join()
    served.server_close()


@pytest.fixture(scope="module")
def checked(server: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """All of the files beside a good report, in one run of the command line."""
    address, asked = server
    root = tmp_path_factory.mktemp("hostile")
    folder, watch, temporary = root / "reports", root / "watch", root / "tmp"
    for each in (folder, watch, temporary):
        each.mkdir()
    (watch / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    (folder / "good.txt").write_text(COMPLIANT, encoding="utf-8")
    files = {**hostile.refused(PAPER, address), **hostile.suspicious(PAPER, address)}
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    env = {
        **os.environ,
        "PYTHONUTF8": "1",
        "TMPDIR": str(temporary),
        "CONNECTIONS": str(root / "connections"),
        "PYTHONPATH": os.pathsep.join([str(watch), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }
    command = [sys.executable, "-m", "reportlint", "check", "--no-cache", "--jobs", "1", "--output-format", "json", "."]
    with (root / "out").open("wb") as out, (root / "err").open("wb") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=folder, env=env)
        timer = threading.Timer(HANG, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    document = json.loads((root / "out").read_text("utf-8"))
    connections = root / "connections"
    assert sorted(os.listdir(folder)) == sorted(["good.txt", *files])
    return Checked(
        process.returncode,
        {Path(report["path"]).name: report for report in document["reports"]},
        (root / "err").read_text("utf-8"),
        usage.ru_maxrss,
        asked,
        connections.read_text("utf-8") if connections.exists() else "",
        os.listdir(temporary),
    )


def rules_of(report: dict[str, Any]) -> set[str]:
    return {found["rule"] for found in report["diagnostics"]}


posix = pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs a POSIX system")


@posix
def test_the_run_goes_on_and_says_that_it_could_not_do_all(checked: Checked) -> None:
    assert checked.status == 2
    assert "Traceback" not in checked.err
    assert checked.reports["good.txt"]["diagnostics"] == []
    assert checked.reports["good.txt"]["organisation"] == BODY


@posix
@pytest.mark.parametrize("name", sorted(hostile.refused(PAPER, "")))
def test_a_file_that_cannot_be_read_is_refused_in_words(name: str, checked: Checked) -> None:
    code = hostile.refused(PAPER, "")[name][1]
    (found,) = checked.reports[name]["diagnostics"]
    assert found["rule"] == f"reportlint/{code}", found["message"]
    assert found["severity"] == "error"
    words = found["message"]
    assert not words.isascii()
    assert not words.endswith(("。", "！"))
    if code == "too-large":
        assert "limits." in words or "上限" in words or "超过" in words
        assert any(character.isdecimal() for character in words)
    if code == "too-large" and "limits." in words:
        assert "_" not in words, "keys of the configuration have hyphens"


@posix
@pytest.mark.parametrize("name", sorted(hostile.suspicious(PAPER, "")))
def test_a_file_that_can_be_read_is_checked_and_what_is_in_it_told(name: str, checked: Checked) -> None:
    assert rules_of(checked.reports[name]) == hostile.suspicious(PAPER, "")[name][1]
    assert checked.reports[name]["organisation"] == BODY


@posix
def test_nothing_is_fetched(checked: Checked) -> None:
    assert checked.asked == []
    assert checked.connections == ""


@posix
def test_nothing_is_left_behind(checked: Checked) -> None:
    assert checked.left == []


@posix
def test_memory_is_bounded(checked: Checked) -> None:
    assert checked.memory < MOST_MEMORY


@pytest.mark.skipif(office.PROGRAM is None, reason="needs LibreOffice")
def test_an_old_file_with_a_new_name_is_converted_and_its_name_remarked(tmp_path: Path) -> None:
    (old,) = office.converted({"report.docx": FILES["headings.docx"](PAPER)}, "doc").values()
    (tmp_path / "report.docx").write_bytes(old)
    command = [sys.executable, "-m", "reportlint", "check", "--output-format", "json", "report.docx"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, timeout=HANG, check=False)
    (report,) = json.loads(done.stdout)["reports"]
    assert rules_of(report) == {"documents/renamed-file"}
    assert report["organisation"] == BODY
