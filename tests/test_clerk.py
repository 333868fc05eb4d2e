"""A report in Word as a clerk goes through it: begun, written in LibreOffice, checked, annotated, mended."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from reportlint import Span
from reportlint.cli import main
from reportlint.readers.docx import annotate
from reportlint.readers.reader import Annotation as Written

from .margins import comments
from .sources import from_bytes
from .test_docx_office import OFFICE, converted
from .words import (
    cell,
    control,
    docx,
    field,
    inserted,
    note_mark,
    notes,
    p,
    packed,
    r,
    row,
    table,
    unpacked,
    wrapped,
)

MAIN = "word/document.xml"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"

pytestmark = pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")

SLIPS = {
    "编制，数据": "编制,数据",
    "（四）政府信息公开平台": "（五）政府信息公开平台",
    "五、存在的主要问题": "七、存在的主要问题",
    "本年度未收到政府信息公开申请，": "本年度收到政府信息公开申请3件，",
}


class Annotation(NamedTuple):
    """A comment as LibreOffice has it."""

    author: str
    text: str
    on: str


def annotations(data: bytes, folder: Path) -> list[Annotation]:
    """The comments that LibreOffice finds in a document, in their order."""
    with zipfile.ZipFile(io.BytesIO(converted(data, "odt", folder))) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    found: list[Annotation] = []
    going: dict[str, tuple[int, list[str]]] = {}
    name = f"{_OFFICE}name"

    def walk(element: ElementTree.Element) -> None:
        if element.tag == f"{_OFFICE}annotation":
            lines = ["".join(each.itertext()) for each in element.iter(f"{_TEXT}p")]
            found.append(Annotation(element.findtext(f"{_DC}creator", ""), "\n".join(lines), ""))
            going[element.get(name, "")] = len(found) - 1, []
        elif element.tag == f"{_OFFICE}annotation-end":
            number, words = going.pop(element.get(name, ""))
            found[number] = found[number]._replace(on="".join(words))
        else:
            note(element.text)
            for each in element:
                walk(each)
                note(each.tail)

    def note(words: str | None) -> None:
        for _, parts in going.values():
            parts.append(words or "")

    walk(root)
    return found


def spoilt(data: bytes, slips: dict[str, str], figure: str) -> bytes:
    """The document with slips, and with a figure of natural persons in the first row of the requests."""
    parts = unpacked(data)
    text = parts[MAIN].decode()
    for right, wrong in slips.items():
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    head, row, rest = text.partition("一、本年新收政府信息公开申请数量")
    return packed({**parts, MAIN: head + row + re.sub(r"<w:t>\d</w:t>", f"<w:t>{figure}</w:t>", rest, count=1)})


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new report that LibreOffice has saved."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    path = Path("年报.docx")
    assert main(["new", "云溪县水务局", "--year", "2024", "--output", str(path)]) == 0
    path.write_bytes(converted(path.read_bytes(), "docx:MS Word 2007 XML", tmp_path / "saved"))
    return path


@pytest.fixture(autouse=True)
def folders(tmp_path: Path) -> None:
    for name in ("saved", "read", "before", "after"):
        (tmp_path / name).mkdir()


def found(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    capsys.readouterr()
    status = main(["check", str(path), "--output-format", "concise", "--quiet"])
    return status, capsys.readouterr().out.splitlines()


def test_a_report_from_its_beginning_to_its_end(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(report, capsys) == (0, [])

    report.write_bytes(spoilt(report.read_bytes(), SLIPS, "5"))
    status, lines = found(report, capsys)
    assert status == 1
    assert [line.split(": ")[1] for line in lines] == [
        "第二段",
        "第五段",
        "第七段",
        "表二 第4行第4列 “一、本年新收政府信息公开申请数量”",
        "第十二段",
    ]

    before = report.read_bytes()
    assert main(["check", str(report), "--annotate", "批注.docx"]) == 1
    assert report.read_bytes() == before
    copy = Path("批注.docx").read_bytes()
    written = comments(copy)
    assert [comment.on for comment in written][::2] == [",", "（五）", "七、存在的主要问题及改进情况"]
    assert written[3].on == "5"
    # LibreOffice has the same comments on the same words, and prints the same pages.
    assert annotations(copy, tmp_path / "read") == [Annotation(*comment) for comment in written]

    assert main(["check", str(report), "--fix-only"]) == 0
    status, lines = found(report, capsys)
    assert len(lines) == 2
    report.write_bytes(
        spoilt(report.read_bytes(), {SLIPS["本年度未收到政府信息公开申请，"]: "本年度未收到政府信息公开申请，"}, "0")
    )
    assert found(report, capsys) == (0, [])


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
def test_an_annotated_copy_is_printed_like_the_report(report: Path, tmp_path: Path) -> None:
    report.write_bytes(spoilt(report.read_bytes(), SLIPS, "5"))
    assert main(["check", str(report), "--annotate", "批注.docx"]) == 1
    filter = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"false"}}'
    pages = []
    for name, path in (("before", report), ("after", Path("批注.docx"))):
        printed = tmp_path / name / "printed.pdf"
        data = converted(path.read_bytes(), filter, tmp_path / name)
        printed.write_bytes(data)
        command = ["pdftotext", "-bbox", str(printed), "-"]
        pages.append(subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout)
    words = [[line for line in page.splitlines() if "<word" in line] for page in pages]
    assert len(words[0]) > 300
    assert joined(words[0]) == joined(words[1])


def joined(words: list[str]) -> str:
    """What is printed, however it is cut into words."""
    return "".join("".join(ElementTree.fromstring(word).itertext()) for word in words)


def test_comments_are_found_wherever_they_are(tmp_path: Path) -> None:
    link = wrapped("hyperlink", "网站", attributes=' w:anchor="a"')
    data = docx(
        p("青岭县", r("年度", bold=True), "报告"),
        p(
            "发布",
            field("PAGE", "12"),
            "条，",
            link,
            inserted("以及公报"),
            control("目录", props='<w:alias w:val="a"/>'),
        ),
        table(row("甲", "12", "34"), row(cell("乙丙"), cell(), cell(p("5"), p("6")))),
        table(row(cell(p("7"), table(row("己", "庚"))))),
        p("丁戊"),
        p("收到", note_mark(2), "件"),
        footnotes=notes("footnote", (2, "数据来自台账")),
    )
    source = from_bytes(data, "a.docx")
    words = ["县年度报", "2条", "网", "及公", "目", "12", "34\n乙", "乙丙", "庚", "报告\n\n发", "丁戊\n\n收", "台账"]
    spans = [Span(source.text.rindex(each), source.text.rindex(each) + len(each)) for each in words]
    empty = source.text.index("乙丙\t") + len("乙丙\t")
    spans += [Span(empty, empty)]
    written = [Written(span, f"第 {number} 处") for number, span in enumerate(spans)]
    copy = annotate.annotated(data, source, [*written, Written(None, "无处")])
    found = {each.text: each for each in annotations(copy, tmp_path / "read")}
    assert {each.author for each in found.values()} == {"reportlint"}
    assert set(found) == {*(each.text for each in written), "无处"}
    on = [found[f"第 {number} 处"].on for number in range(len(words))]
    # The page number is LibreOffice's own.
    assert [on[0], on[1][-1], *on[2:6]] == ["县年度报", "条", "网", "及公", "目录", "12"]
    assert on[6:11] == ["34", "乙丙", "庚", "报告发", "丁戊收"]
    assert found["无处"].on == "青岭县年度报告"
