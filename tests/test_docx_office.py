"""The reader of Word documents beside LibreOffice: the numbers that it prints, the documents that it writes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from .sources import from_bytes
from .words import cell, docx, level, numbers, of_text, outline, p, r, row, table, text_box

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"

pytestmark = pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")


def converted(data: bytes, to: str, folder: Path) -> bytes:
    """What LibreOffice makes of a document."""
    given = folder / "given.docx"
    given.write_bytes(data)
    made = folder / "made"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE or "", profile, "--headless", "--convert-to", to, "--outdir", str(made), str(given)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return next(made.iterdir()).read_bytes()


def test_numbers_are_those_that_libreoffice_prints(tmp_path: Path) -> None:
    forms = [
        "decimal",
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographTraditional",
        "chineseLegalSimplified",
        "decimalEnclosedCircleChinese",
        "upperRoman",
        "lowerLetter",
    ]
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    outlines = [
        outline(id, level(0, form, "%1、"), level(1, "decimal", "%1.%2"), level(2, "upperLetter", "（%3）"))
        for id, form in enumerate(forms)
    ]
    lists = [numbers(id + 1, id) for id in range(len(forms))]
    lists += [numbers(20, 1, override), numbers(21, 1)]
    pattern = [0] * 12 + [1, 2, 1, 2, 0, 2]
    items = [p("文", number=(id + 1, depth)) for id in range(len(forms)) for depth in pattern]
    mixed = [(2, 0), (2, 1), (20, 0), (20, 1), (20, 0), (2, 0), (21, 0), (21, 1), (2, 1), (20, 1), (21, 0)]
    items += [p("文", number=each) for each in mixed]
    data = docx(*items, numbering="".join([*outlines, *lists]))
    printed = converted(data, "txt:Text (encoded):UTF8", tmp_path).decode("utf-8-sig").split("\n")
    expected = [line.replace(" ", "") for line in printed if line.strip()]
    assert [line.replace(" ", "") for line in from_bytes(data, "a.docx").text.split("\n") if line] == expected
    assert len(expected) == len(items)


def test_a_document_that_libreoffice_wrote_is_read_alike(tmp_path: Path) -> None:
    rows = (
        [cell("甲", span=2, down="restart"), "乙", "丙"],
        [cell(span=2, down="bare"), cell("丁", span=2)],
        [cell("戊", down="restart"), cell(p("己"), p("庚")), "1", ""],
        [cell(down="continue"), "辛", cell("2", span=2)],
        row("壬", "3", "4", before=1),
    )
    content = (
        p("总体", r("情况", bold=True), r("隐", hidden=True), number=(1, 0)),
        p("主动\n公开\t栏", number=(1, 1)),
        table(*rows, grid=[1500, 1500, 1500, 1500]),
        p("收到12件"),
        p("前", text_box("盒中")),
        table([cell(p("左")), cell(p("内"), table(["子", "4"], ["丑", "5"], grid=2), p("后"))], grid=[3000, 5000]),
        p("完", number=(1, 0)),
    )
    data = docx(
        *content,
        numbering=outline(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"))
        + numbers(1, 0),
    )
    again = converted(data, "docx", tmp_path)
    assert from_bytes(again, "a.docx").text == from_bytes(data, "a.docx").text


def test_a_report_that_libreoffice_wrote_is_read_alike(tmp_path: Path) -> None:
    text = (EXAMPLES / "yunxi-county-2024.txt").read_text(encoding="utf-8")
    data = docx(*of_text(text))
    made = from_bytes(converted(data, "docx", tmp_path), "a.docx")
    assert made.text == text
    assert made.doubts == made.remarks == ()
