"""PDF to text: lines, paragraphs, tables, and where they stood."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pypdfium2", reason="needs the extra pdf")

from tests.pdfs import SIZE, Page, Pdf

from reportlint import Linter, Source, Span
from reportlint.errors import ReadError

LINTER = Linter.from_layers([])
HONGZE = Path("../shared/reports/hongze-2023.pdf")
LEFT, RIGHT = 72, 72 + 40 * SIZE
"""The margins of running text in these tests: forty characters apart."""


def read(pdf: Pdf | bytes, name: str = "年报.pdf") -> Source:
    return LINTER.readers.source(pdf if isinstance(pdf, bytes) else pdf.data(), name)


def located(source: Source, text: str) -> str:
    start = source.text.index(text)
    location = source.location(Span(start, start + len(text)))
    assert location is not None
    return location.words


def prose(page: Page, top: float, text: str, indent: int = 2) -> float:
    """A paragraph of Chinese as it is set: indented, in full lines; where the next one begins."""
    line = 40 - indent
    left = LEFT + indent * SIZE
    while text:
        page.text(left, top, text[:line])
        text, line, left, top = text[line:], 40, LEFT, top + 20
    return top


LONG = "全年通过政府门户网站公开政府信息若干条并按照要求办理申请维护平台和开展培训" * 3


def test_lines_make_paragraphs() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(200, 50, "云溪县2024年政府信息公开工作年度报告", 16)
    top = prose(page, 100, f"甲，{LONG}一。")
    prose(page, top, f"乙，{LONG}二。")
    assert read(pdf).text == f"云溪县2024年政府信息公开工作年度报告\n\n甲，{LONG}一。\n\n乙，{LONG}二。\n"


HONGZE_TWO = {
    "规章": "0 0 0",
    "行政规范性文件": "0 5 5",
    "行政许可": "550",
    "行政处罚": "4119",
    "行政强制": "195",
    "行政事业性收费": "7730.28",
}
HONGZE_THREE = [
    ("一、本年新收政府信息公开申请数量", "21 0 0 0 0 0 21"),
    ("二、上年结转政府信息公开申请数量", "0 0 0 0 0 0 0"),
    ("（一）予以公开", "0 0 0 0 0 0 0"),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "4 0 0 0 0 0 4"),
    ("1.属于国家秘密", "1 0 0 0 0 0 1"),
    ("2.其他法律行政止公开", "0 0 0 0 0 0 0"),
    ("3.危及“三安全一稳定”", "0 0 0 0 0 0 0"),
    ("4.保护第三方合法权益", "0 0 0 0 0 0 0"),
    ("5.属于三类内部事务信息", "0 0 0 0 0 0 0"),
    ("6.属于四类过程性信息", "1 0 0 0 0 0 1"),
    ("7.属于行政执法案卷", "1 0 0 0 0 0 1"),
    ("8.属于行政查询事项", "0 0 0 0 0 0 0"),
    ("1.本机关不掌握相关政府信息", "10 0 0 0 0 0 10"),
    ("2.没有现成信息需要另行制作", "3 0 0 0 0 0 3"),
    ("3.补正后申请内容仍不明确", "0 0 0 0 0 0 0"),
    ("1.信访举报投诉类申请", "1 0 0 0 0 0 1"),
    ("2.重复申请", "0 0 0 0 0 0 0"),
    ("3.要求提供公开出版物", "0 0 0 0 0 0 0"),
    ("4.无正当理由大量反复申请", "0 0 0 0 0 0 0"),
    ("5.要求行政机关确认或重新出具已获取信息", "0 0 0 0 0 0 0"),
    ("（六）其他处理", "0 0 0 0 0 0 0"),
    ("（七）总计", "21 0 0 0 0 0 21"),
    ("四、结转下年度继续办理", "0 0 0 0 0 0 0"),
]
HONGZE_FOUR = "10 1 0 0 0 0 0 0 0 0 5 0 0 0 0"


@pytest.mark.skipif(not HONGZE.exists(), reason="needs the shared reports")
def test_a_published_report_is_read_to_the_cell() -> None:
    """The tables were typed from a rendering of the pages."""
    source = LINTER.readers.file(str(HONGZE))
    rows = [line.split("\t") for line in source.text.split("\n") if "\t" in line]
    two = {row[0]: " ".join(filter(None, row[1:])) for row in rows if len(row) == 4 and row[1][:1].isdigit()}
    assert two == HONGZE_TWO
    wide = [row for row in rows if len(row) == 10]
    three = [(next(filter(None, reversed(row[:3]))), " ".join(row[3:])) for row in wide if row[3][:1].isdigit()]
    assert three == HONGZE_THREE
    assert [" ".join(row) for row in rows if len(row) == 15][-1] == HONGZE_FOUR
    assert source.doubts == ()
    assert source.remarks == ()


@pytest.mark.skipif(not HONGZE.exists(), reason="needs the shared reports")
def test_what_is_said_of_a_published_report_is_true() -> None:
    result = LINTER.lint_file(str(HONGZE))
    found = [(each.rule, result.source.location(each.span).words) for each in result.diagnostics]
    assert found == [
        ("national/overview-aspects", "第1页 第四段"),
        ("national/label-damage", "第3页 表二 第9行 “2.其他法律行政止公开”"),
        ("national/request-footing", "第4页 表二 第24行 “（六）其他处理”"),
        ("national/remedy-footing", "第4页 表三 第4行第5列"),
        ("national/remedy-footing", "第4页 表三 第4行第15列"),
        ("national/fee-disclosure", "第5页 第三段"),
    ]


def test_a_file_that_is_no_pdf_is_damaged() -> None:
    with pytest.raises(ReadError) as caught:
        read(b"%PDF-1.4 and nothing else")
    assert caught.value.code == "damaged"
