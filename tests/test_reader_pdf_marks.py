"""Highlights in PDFs: where they are, and that nothing else changed."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2", reason="needs the extra pdf")
pytest.importorskip("pypdf", reason="needs the extra pdf")

import pypdf
from tests.pdfs import Pdf

from reportlint import Linter, Source, Span
from reportlint.errors import ReadError
from reportlint.readers.reader import Annotation

READERS = Linter.from_layers([]).readers


def marked(pdf: Pdf, *annotations: tuple[str | None, str]) -> tuple[bytes, bytes, Source]:
    """A document, its copy with annotations at these texts, and its source."""
    data = pdf.data()
    source = READERS.source(data, "年报.pdf")
    return data, annotated(data, source, *annotations), source


def annotated(data: bytes, source: Source, *annotations: tuple[str | None, str]) -> bytes:
    annotate = READERS.of("年报.pdf").annotate
    assert annotate is not None
    made = []
    for text, words in annotations:
        start = -1 if text is None else source.text.index(text)
        made.append(Annotation(None if text is None else Span(start, start + len(text)), words))
    return annotate(data, source, made)


def notes(data: bytes) -> list[tuple[int, str, str, list[float], str]]:
    """Page, contents, author, corners and kind of each annotation."""
    found = []
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1):
        for each in page.get("/Annots", ()):
            note = each.get_object()
            corners = [float(place) for place in note.get("/QuadPoints", ())]
            found.append((number, note["/Contents"], note.get("/T", ""), corners, note["/Subtype"]))
    return found


def report() -> Pdf:
    pdf = Pdf()
    first, second = pdf.page(), pdf.page()
    first.text(72, 60, "一、总体情况")
    first.text(72 + 21, 700, "甲" * 38)
    first.text(72, 720, "乙" * 40)
    second.text(72, 60, "丙" * 40)
    second.text(72, 80, "丁丁。")
    second.table(72, 200, [100, 60, 60], [["甲项", "12", ""], ["乙项", "8", "9"]], 30)
    return pdf


def test_a_highlight_lies_over_its_text_and_the_rest_is_as_it_was() -> None:
    data, copy, source = marked(report(), ("总体情况", "没有写清楚：“甲”"), ("12", "应为 13"))
    assert copy.startswith(data)
    (first, first_words, author, corners, kind), (second, second_words, _, others, _) = notes(copy)
    assert (first, first_words, author, kind) == (1, "没有写清楚：“甲”", "reportlint", "/Highlight")
    assert corners == pytest.approx([93, 782, 135, 782, 93, 771.5, 135, 771.5], abs=1)
    assert (second, second_words) == (2, "应为 13")
    assert others == pytest.approx([175, 638, 184.7, 638, 175, 627.5, 184.7, 627.5], abs=1)
    again = READERS.source(copy, "年报.pdf")
    assert again.text == source.text
    assert [remark.message for remark in again.remarks] == ["有 2 处批注（第 1、2 页），没有读取"]


def test_a_stretch_over_lines_and_pages_is_highlighted_on_each() -> None:
    _, copy, _ = marked(report(), ("甲" * 2 + "乙" * 40 + "丙" * 40 + "丁", "太长"))
    first, second = notes(copy)
    assert (first[0], second[0]) == (1, 2)
    assert (first[1], second[1]) == ("太长", "太长")
    assert (len(first[3]), len(second[3])) == (16, 16)
    assert first[3][:2] == pytest.approx([72 + 38 * 10.5, 842 - 700], abs=1)
    assert second[3][8:10] == pytest.approx([72, 842 - 80], abs=1)


def test_an_empty_cell_is_highlighted_whole_and_what_has_no_place_stands_in_the_corner() -> None:
    data = report().data()
    source = READERS.source(data, "年报.pdf")
    blank = source.text.index("12\t") + 3
    annotate = READERS.of("年报.pdf").annotate
    assert annotate is not None
    copy = annotate(data, source, [Annotation(Span(blank, blank), "空白"), Annotation(None, "全文")])
    by_words = {words: (page, corners) for page, words, _, corners, _ in notes(copy)}
    assert by_words["空白"][0] == 2
    assert by_words["空白"][1][:4] == pytest.approx([232, 642, 292, 642], abs=1)
    assert by_words["全文"][0] == 1
    assert by_words["全文"][1][1] > 800


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_highlights_of_turned_and_cropped_pages(quarters: int) -> None:
    pdf = Pdf()
    page = pdf.page(extra=f"/Rotate {quarters * 90} /CropBox [20 30 575 812]")
    matrix = {1: "0 1 -1 0", 2: "-1 0 0 -1", 3: "0 -1 1 0"}[quarters]
    page.text(300, 400 - 0.85 * 10.5, "一二三四", matrix=matrix)
    _, copy, _ = marked(pdf, ("三四", "有误"))
    corners = notes(copy)[0][3]
    across = (min(corners[::2]), max(corners[::2]))
    down = (min(corners[1::2]), max(corners[1::2]))
    middle = {1: (296, 442 + 31.5), 2: (300 - 31.5, 438), 3: (304, 442 - 31.5)}[quarters]
    assert sum(across) / 2 == pytest.approx(middle[0], abs=6)
    assert sum(down) / 2 == pytest.approx(middle[1], abs=6)
    wide, high = across[1] - across[0], down[1] - down[0]
    assert (wide > high) == (quarters == 2)


def test_notes_that_are_there_stay() -> None:
    pdf = report()
    pdf.pages[0].annotations.append("/Type /Annot /Subtype /Text /Contents (why) /Rect [10 10 30 30]")
    data, copy, _ = marked(pdf, ("总体", "有误"))
    assert copy.startswith(data)
    assert [note[1] for note in notes(copy)] == ["why", "有误"]


def test_a_locked_file_is_not_written() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(report().data()))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    source = READERS.source(out.getvalue(), "年报.pdf")
    with pytest.raises(ReadError) as caught:
        annotated(out.getvalue(), source, ("总体", "有误"))
    assert str(caught.value) == "加密的 PDF 文件里不能加批注；可另存为不加密的文件后再加"


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs pdftoppm")
def test_a_highlight_is_seen_where_the_text_is(tmp_path: Path) -> None:
    data, copy, _ = marked(report(), ("总体情况", "有误"))

    def drawn(data: bytes, name: str) -> bytes:
        (tmp_path / name).write_bytes(data)
        subprocess.run(["pdftoppm", "-r", "72", "-f", "1", "-l", "1", name, name], cwd=tmp_path, check=True)
        return next(tmp_path.glob(f"{name}*.ppm")).read_bytes()

    before, after = drawn(data, "before"), drawn(copy, "after")
    size, width = len(before), int(before.split(maxsplit=3)[1])
    changed = [index for index in range(size) if before[index] != after[index]]
    start = size - 3 * width * int(before.split(maxsplit=3)[2])
    rows = {(index - start) // 3 // width for index in changed}
    columns = {(index - start) // 3 % width for index in changed}
    assert (min(rows), max(rows)) == (pytest.approx(60, abs=3), pytest.approx(70, abs=3))
    assert (min(columns), max(columns)) == (pytest.approx(93, abs=4), pytest.approx(135, abs=4))
