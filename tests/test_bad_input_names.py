"""File names of every kind: outputs stay well-formed, and what is written down of them is found again."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from reportlint.cli import main
from reportlint.formats import FORMATS
from reportlint.formats.text import named

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = (EXAMPLES / "yunxi-water-2024-faulty.txt").read_bytes()
CLEAN, FINDINGS, FAILED = 0, 1, 2
FOUND = 6
"""Findings in a report."""
NOT_UTF8 = "年报.txt".encode("gb18030")
NAMES = (
    NOT_UTF8,
    b"a\nb.txt",
    b"c\rd.txt",
    b"q\"'<>&.txt",
    b" sp ace .txt",
    b"-dash.txt",
    b"--fix.txt",
    b"%41%n.txt",
    "年\u202ertl\u200f.txt".encode(),
    "长".encode() * 83 + b"zz.txt",
    b"colon:5:3.txt",
    b"back\\slash.txt",
    b"tab\t.txt",
    b"esc\x1b[31m.txt",
    b"\x01ctl.txt",
    b"nel\xc2\x85.txt",
    "😀.txt".encode(),
    "\ufffe.txt".encode(),
    b"[x](y)|`.txt",
    b"<stdin>.txt",
    b"::error::.txt",
    b"@file.txt",
)
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names that other systems do not allow")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        return main(list(arguments)), *capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all outputs over reports of all names, one file each."""
    reports, outputs = tmp_path_factory.mktemp("names"), tmp_path_factory.mktemp("outputs")
    for name in NAMES:
        (reports / os.fsdecode(name)).write_bytes(FAULTY)
    before = os.getcwd()
    os.chdir(reports)
    try:
        files = [argument for form in FORMATS for argument in ("--output", f"{form}={outputs / form}")]
        assert main(["check", *files, "--quiet"]) == FINDINGS
    finally:
        os.chdir(before)
    return outputs


def text(outputs: Path, form: str) -> str:
    return (outputs / form).read_bytes().decode("utf-8")


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab", "rdjson"])
def test_json_is_json(outputs: Path, form: str) -> None:
    whole = text(outputs, form)
    assert json.loads(whole)
    assert whole.count("national/fee-disclosure") >= len(NAMES)


def test_lines_of_json_are_lines(outputs: Path) -> None:
    lines = [json.loads(line) for line in text(outputs, "jsonl").rstrip("\n").split("\n")]
    assert sum(line.get("rule") == "national/fee-disclosure" for line in lines) == len(NAMES)


@pytest.mark.parametrize(("form", "tag"), [("junit", "testsuite"), ("checkstyle", "file")])
def test_xml_is_xml(outputs: Path, form: str, tag: str) -> None:
    root = ET.parse(io.BytesIO((outputs / form).read_bytes())).getroot()
    assert len(root.findall(tag)) == len(NAMES)


def test_an_annotation_is_a_line(outputs: Path) -> None:
    lines = text(outputs, "github").rstrip("\n").split("\n")
    assert len(lines) == FOUND * len(NAMES)
    assert all(re.match(r"::(error|warning) file=[^,\r]+,", line) for line in lines)


def test_a_finding_is_a_line(outputs: Path) -> None:
    lines = text(outputs, "concise").rstrip("\n").split("\n")
    assert len(lines) == FOUND * len(NAMES)
    assert all(re.match(r".*\.txt:\d+:\d+: (error|warning) ", line) for line in lines)


@pytest.mark.parametrize("form", ["full", "concise", "grouped", "markdown"])
def test_no_name_moves_the_cursor_or_turns_the_line_round(outputs: Path, form: str) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text(outputs, form))


def test_each_report_has_its_page(outputs: Path) -> None:
    page = text(outputs, "html")
    assert "\x1b" not in page
    assert "q\"'<>" not in page


def test_a_name_as_it_is_shown() -> None:
    assert named("年报 a.txt") == "年报 a.txt"
    assert named("a\nb\x1b\x85\u202e.txt") == "a\\nb\\x1b\\x85\\u202e.txt"
    assert named("\u3000é\udcc4.txt") == "\u3000é\udcc4.txt"


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(b"<")])
def test_what_is_accepted_is_silent(name: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / os.fsdecode(name)).write_bytes(FAULTY)
    path = os.path.join(".", os.fsdecode(name))
    status, _, err = run("accept", f"{path}:37", "--because", "x")
    if name == NOT_UTF8:
        # TOML is UTF-8; an [[ignore]] with a pattern can name it.
        assert (status, list(tmp_path.glob("*.toml"))) == (FAILED, [])
        assert err.startswith("reportlint: report 里有不能用 UTF-8 写出的字符")
        return
    assert status == CLEAN
    assert run("check", path, "--select", "request-balance", "--quiet") == (CLEAN, "", "")
    assert run("accepted")[0] == CLEAN


def test_what_is_in_the_baseline_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        (tmp_path / os.fsdecode(name)).write_bytes(FAULTY)
    status, out, _ = run("baseline", "create")
    assert (status, out) == (
        CLEAN,
        f"建立了基线 .reportlint-baseline.json：{len(NAMES)} 份报告，{FOUND * len(NAMES)} 处。\n",
    )
    assert run("check", "--quiet") == (CLEAN, "", "")
    assert "没有要删去的" in run("baseline", "prune")[1]
    assert json.loads((tmp_path / ".reportlint-baseline.json").read_bytes().decode("utf-8"))


def test_reports_named_like_options_are_checked_behind_two_dashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("--fix.txt", "-"):
        (tmp_path / name).write_bytes(FAULTY)
    assert run("check", "--quiet", "--", "--fix.txt")[0] == FINDINGS
    assert run("check", "--quiet", "./-")[0] == FINDINGS
    assert (tmp_path / "--fix.txt").read_bytes() == FAULTY


def test_very_many_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(FAULTY)
    status, out, _ = run("check", *(f"{'./' * (number % 900)}a.txt" for number in range(5_000)))
    assert (status, "检查了 1 份报告" in out) == (FINDINGS, True)
    status, _, err = run("check", "a" * 100_000)
    assert (status, err[:40]) == (FAILED, f"reportlint: 没有文件或文件夹 {'a' * 19}")
