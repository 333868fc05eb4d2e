"""Runs over documents: what is found in folders, what is passed over, what is an error; standard input; processes."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import reportlint.readers
from reportlint.cli import main

from .documents import findings_of
from .pdfs import Page, Pdf
from .words import docx, of_text
from .workbooks import sheet_of, workbook

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed (extra: pdf)")

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = (EXAMPLES / "yunxi-water-2024-faulty.txt").read_text("utf-8")
COMPLIANT = (EXAMPLES / "qinghe-town-2024.txt").read_text("utf-8")
LETTER = "关于召开会议的通知\n\n各单位：请于周五到会。\n"


def word(text: str) -> bytes:
    return docx(*of_text(text))


def pdf(text: str) -> bytes:
    made = Pdf()
    page = Page(made)
    made.pages.append(page)
    for number, line in enumerate(filter(None, text.splitlines())):
        page.text(90, 80 + 20 * number, line)
    return made.data()


def scan() -> bytes:
    made = Pdf()
    page = Page(made)
    made.pages.append(page)
    page.picture(0, 0, 595, 842)
    return made.data()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents that are no reports, beside one that is."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "年报.docx").write_bytes(word(FAULTY))
    (folder / "通知.docx").write_bytes(word(LETTER))
    (folder / "通知.pdf").write_bytes(pdf(LETTER))
    (folder / "预算.xlsx").write_bytes(workbook(sheet_of("预算", "项目\t金额\n办公费\t3\n差旅费\t5")))
    (folder / "~$年报.docx").write_bytes(b"\x05user" + bytes(157))
    (folder / ".~lock.年报.docx#").write_text(",user,host,01.01.2025 08:00,file:///home/user;", "utf-8")
    return folder


def checked(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    status = main(["check", "--no-cache", "--jobs", "1", "--output-format", "json", *map(str, arguments)])
    return status, json.loads(capsys.readouterr().out)


def test_documents_that_are_no_reports_are_passed_over_and_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, document = checked(capsys, folder)
    assert status == 1
    assert [Path(report["path"]).name for report in document["reports"]] == ["年报.docx"]
    passed = [(Path(each["path"]).name, each["reason"]) for each in document["summary"]["passed_over"]]
    assert passed == [(name, "不像年度报告") for name in ("通知.docx", "通知.pdf", "预算.xlsx")]
    # One that is named is meant.
    assert checked(capsys, folder / "通知.docx")[0] == 2
    # As the hook names it, it is one of a folder.
    assert checked(capsys, "--force-exclude", folder / "通知.docx", folder / "~$年报.docx")[0] == 0


BROKEN = {
    "坏.docx": (word(FAULTY)[:3000], "damaged"),
    "坏.pdf": (pdf(FAULTY)[:700], "damaged"),
    "坏.xlsx": (b"PK\x03\x04" + bytes(100), "damaged"),
    "扫描.pdf": (scan(), "scanned"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_document_that_cannot_be_read_ends_with_2_and_the_rest_goes_on(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, code = BROKEN[name]
    (folder / name).write_bytes(data)
    status, document = checked(capsys, folder)
    assert status == 2
    failed = {Path(report["path"]).name for report in document["reports"] if report["failed"]}
    assert failed == {name}
    assert [each["rule"] for each in findings_of(document) if each["path"].endswith(name)] == [f"reportlint/{code}"]
    assert len(findings_of(document)) == 7
    assert checked(capsys, "--exclude", name, folder)[0] == 1


def test_the_same_report_in_two_formats_is_two_reports(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "年报.txt").write_text(FAULTY, "utf-8")
    _, document = checked(capsys, folder)
    found = {Path(report["path"]).suffix: [] for report in document["reports"]}
    for each in findings_of(document):
        found[Path(each["path"]).suffix].append((each["rule"], each["place"], each["message"]))
    assert set(found) == {".docx", ".txt"}
    assert found[".docx"] == found[".txt"]


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))


@pytest.mark.parametrize("name", [(), ("--stdin-filename", "年报.docx")])
def test_a_document_on_standard_input(
    name: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    standard_input(monkeypatch, word(FAULTY))
    status, document = checked(capsys, "-", *name)
    assert status == 1
    assert len(findings_of(document)) == 6
    assert {each["path"] for each in findings_of(document)} == {"年报.docx" if name else "<stdin>"}
    assert all(each["origin"] for each in findings_of(document))


def test_a_document_is_extracted_and_parsed_from_a_file_and_from_standard_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("extract", "parse"):
        assert main([command, str(folder / "年报.docx")]) == 0
        of_file = capsys.readouterr().out.replace(str(folder / "年报.docx"), "<stdin>")
        standard_input(monkeypatch, word(FAULTY))
        assert main([command, "-"]) == 0
        assert capsys.readouterr().out == of_file
        assert "一、本年新收政府信息公开申请数量" in of_file or command == "extract"
        (folder / "坏.docx").write_bytes(BROKEN["坏.docx"][0])
        assert main([command, str(folder / "坏.docx")]) == 2
        assert capsys.readouterr().err.startswith(f"reportlint: {folder / '坏.docx'}：")


def test_a_text_that_is_a_document_is_read_as_one_and_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "年报.txt").write_bytes(word(FAULTY))
    _, document = checked(capsys, tmp_path)
    assert "documents/renamed-file" in [each["rule"] for each in findings_of(document)]
    # What only speaks of such files is a text.
    (tmp_path / "年报.txt").write_text(f"{COMPLIANT}\n%PDF- PK\n", "utf-8")
    _, document = checked(capsys, tmp_path)
    assert document["reports"][0]["failed"] is False
    (tmp_path / "年报.txt").write_text(COMPLIANT, "utf-16")
    assert checked(capsys, tmp_path)[0] == 0


def test_several_processes_say_of_documents_what_one_says(folder: Path, tmp_path: Path) -> None:
    for number in range(60):
        shutil.copy(folder / "年报.docx", folder / f"{number:02}.docx")
        (folder / f"{number:02}.txt").write_text(FAULTY, "utf-8")
    (folder / "坏.docx").write_bytes(BROKEN["坏.docx"][0])
    said = []
    for arguments in (("--no-cache", "--jobs", "1"), ("--no-cache", "--jobs", "2"), ("--jobs", "2"), ("--jobs", "1")):
        done = subprocess.run(
            [sys.executable, "-m", "reportlint", "check", str(folder), "--output-format", "json", *arguments],
            capture_output=True,
            env={**os.environ, "PYTHONUTF8": "1", "REPORTLINT_CACHE_DIR": str(tmp_path / "cache")},
            check=False,
        )
        assert (done.returncode, done.stderr) == (2, b"")
        said.append(done.stdout)
    assert said == [said[0]] * 4


def test_what_would_be_mended_in_a_document_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slip = COMPLIANT.replace("在村广播里播放。", "在村广播里播放。。")
    (folder / "年报.docx").write_bytes(word(slip))
    (folder / "年报.html").write_text("".join(f"<p>{line}</p>\n" for line in slip.splitlines()), "utf-8")
    before = (folder / "年报.docx").read_bytes()
    assert main(["check", "--diff", "--no-cache", str(folder / "年报.docx")]) == 1
    assert "\n+" in capsys.readouterr().out
    assert (folder / "年报.docx").read_bytes() == before
    # What cannot be written says why.
    assert main(["check", "--diff", "--no-cache", str(folder / "年报.html")]) == 0
    assert "不能自动修改" in capsys.readouterr().err


def test_a_missing_library_is_told_with_the_command_that_installs_it(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "年报.pdf").write_bytes(pdf(FAULTY))
    monkeypatch.delattr(reportlint.readers, "pdf", raising=False)
    for module in [name for name in sys.modules if name.startswith("reportlint.readers.pdf")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    status, document = checked(capsys, folder / "年报.pdf")
    assert status == 2
    assert [(each["rule"], each["message"]) for each in findings_of(document)] == [
        ("reportlint/missing-extra", "读取 .pdf 文件需要另外安装：pip install 'reportlint[pdf]'")
    ]
