"""PDF to text: lines, paragraphs, tables, and where they stood."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2", reason="needs the extra pdf")

import itertools

from tests.pdfs import SIZE, Page, Pdf

from reportlint import Linter, Source, Span
from reportlint.errors import ReadError
from reportlint.readers import Readers
from reportlint.readers.reader import Recogniser, Word

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


def test_paragraphs_go_on_over_pages_without_their_numbers_and_heads() -> None:
    pdf = Pdf()
    for number in (1, 2, 3):
        page = pdf.page()
        page.text(200, 30, "云溪县人民政府公报", 9)
        page.text(290, 800, f"- {number} -", 9)
    first, second, third = pdf.pages
    first.text(200, 60, "云溪县2024年政府信息公开工作年度报告", 16)
    first.text(LEFT + 2 * SIZE, 700, "甲" * 38)
    first.text(LEFT, 720, "乙" * 40)
    second.text(LEFT, 60, "丙" * 40)
    second.text(LEFT, 80, "丁。")
    third.text(LEFT + 2 * SIZE, 60, "戊，2024。")
    source = read(pdf)
    whole = "甲" * 38 + "乙" * 40 + "丙" * 40 + "丁。"
    assert source.text == f"云溪县2024年政府信息公开工作年度报告\n\n{whole}\n\n戊，2024。\n"
    assert located(source, "甲乙") == "第1页 第二段"
    assert located(source, "丙丁") == "第2页 第一段"
    assert located(source, "乙丙") == "第1页 第二段至第2页 第一段"
    assert located(source, "戊") == "第3页 第一段"


def test_a_number_that_does_not_count_with_the_pages_is_text() -> None:
    pdf = Pdf()
    for number in ("12", "7"):
        page = pdf.page()
        page.text(LEFT, 60, f"本页是第{number}号文件的内容。")
        page.text(290, 800, number)
    assert read(pdf).text.split() == ["本页是第12号文件的内容。", "12", "本页是第7号文件的内容。", "7"]


def test_a_head_stays_where_it_stands_once() -> None:
    pdf = Pdf()
    for number, name in enumerate(("云溪县人民政府", "白石县人民政府"), 1):
        page = pdf.page()
        page.text(200, 40, name)
        page.text(LEFT, 100, f"第{number}份。")
    assert read(pdf).text.split() == ["云溪县人民政府", "第1份。", "白石县人民政府", "第2份。"]


def test_what_ends_early_or_begins_further_in_is_another_paragraph() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(LEFT + 2 * SIZE, 60, "甲" * 38)
    page.text(LEFT, 80, "乙" * 40)
    page.text(LEFT, 100, "丙" * 20)
    page.text(LEFT, 120, "丁" * 40)
    page.text(LEFT + 2 * SIZE, 140, "戊" * 38)
    page.text(LEFT, 160, "己" * 40)
    page.text(LEFT, 220, "庚" * 40)
    parts = [part[0] for part in read(pdf).text.split()]
    assert parts == ["甲", "丁", "戊", "庚"]


def test_white_space_of_the_typesetter_is_not_text() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(LEFT, 60, "邮编号码", gap=4)
    page.text(LEFT, 80, "全年主动公开2024件信息", gap=4)
    page.text(LEFT, 100, "2024 年 第１２项ＡＢ　甲")
    page.text(LEFT, 120, "open")
    page.text(LEFT + 47, 120, "data")
    page.text(LEFT, 140, "（甲")
    page.text(LEFT + 300, 140, "乙）")
    assert read(pdf).text.split("\n\n") == [
        "邮编号码",
        "全年主动公开2024件信息",
        "2024 年 第１２项ＡＢ　甲",
        "open data",
        "（甲 乙）\n",
    ]


def test_figures_that_stand_apart_stay_apart() -> None:
    pdf = Pdf()
    page = pdf.page()
    for number, figure in enumerate(["30", "0", "0", "12", "0"]):
        page.text(LEFT + number * 16, 60, figure)
    source = read(pdf)
    assert source.text == "30 0 0 12 0\n"


def test_bold_by_drawing_twice_is_read_once() -> None:
    pdf = Pdf()
    page = pdf.page()
    for shift in (0, 0.3, 0.6):
        page.text(LEFT + shift, 60, "一、总体情况00")
    page.text(LEFT, 100, "二二")
    assert read(pdf).text == "一、总体情况00\n\n二二\n"


@pytest.mark.parametrize(
    ("extra", "matrix", "turn"),
    [
        ("/Rotate 90", "0 1 -1 0", lambda x, y: (y, 842 - x)),
        ("/Rotate 180", "-1 0 0 -1", lambda x, y: (595 - x, 842 - y)),
        ("/Rotate 270", "0 -1 1 0", lambda x, y: (595 - y, x)),
        ("", "0 1 -1 0", lambda x, y: (y, 842 - x)),
    ],
)
def test_pages_are_read_upright(extra: str, matrix: str, turn: object) -> None:
    pdf = Pdf()
    page = pdf.page(extra=extra)
    assert callable(turn)
    for x, y, text in ((100, 100, "甲在上左"), (300, 100, "右一"), (100, 130, "乙在下")):
        left, top = turn(x, y)
        page.text(left, top - 0.85 * SIZE, text, matrix=matrix)
    assert read(pdf).text == "甲在上左 右一\n\n乙在下\n"


def test_what_is_cropped_away_or_off_the_page_or_white_is_hidden() -> None:
    pdf = Pdf()
    page = pdf.page(extra="/CropBox [50 50 545 792]")
    page.text(LEFT, 80, "看得见的字。")
    page.text(LEFT, 10, "裁掉了")
    page.text(900, 100, "页面外")
    page.text(LEFT, 130, "白", colour="1 g")
    page.area(LEFT, 150, LEFT + 200, 175, "0 0 0.5 rg")
    page.text(LEFT + 5, 155, "反白的标题", colour="1 g")
    page.text(LEFT, 200, "不画", mode=3)
    source = read(pdf)
    assert source.text == "看得见的字。\n\n反白的标题\n"
    assert [remark.message for remark in source.remarks] == ["有 9 个字看不见（第 1 页），没有读取"]
    assert source.location(Span(0, 6)).parts[-1][1] == pytest.approx((22, 30, 85, 40.5), abs=0.5)


def test_a_watermark_that_leans_is_no_text() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(LEFT, 80, "看得见的字。")
    page.text(LEFT, 400, "内部资料", 40, matrix="0.7 0.7 -0.7 0.7", colour="0.9 g")
    assert read(pdf).text == "看得见的字。\n"


TABLE = [
    ["（本列数据）", "申请人情况", None, None],
    [None, "自然人", "商业\n企业", "总计"],
    ["一、本年\n新收", "4", "1", "5"],
    ["二、上年结转", "1", "", "1"],
]
TABLE_TEXT = "（本列数据）\t申请人情况\t\t\n\t自然人\t商业企业\t总计\n一、本年新收\t4\t1\t5\n二、上年结转\t1\t\t1\n"


def test_tables_by_their_rules() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(LEFT, 60, "三、收到和处理情况")
    end = page.table(LEFT, 90, [100, 60, 60, 60], TABLE, 30)
    page.text(LEFT, end + 20, "四、其他")
    source = read(pdf)
    assert source.text == f"三、收到和处理情况\n\n{TABLE_TEXT}\n四、其他\n"
    assert source.doubts == ()
    assert located(source, "申请人情况") == "第1页 表一 第1行 “申请人情况”"
    assert located(source, "1\t5") == "第1页 表一 第3行 “一、本年新收”"
    five = source.text.index("5")
    location = source.location(Span(five, five + 1))
    assert location.words == "第1页 表一 第3行第4列 “一、本年新收”"
    assert location.path == "page[1]/table[1]/row[3]/cell[4]"
    parts = dict(location.parts)
    assert (parts["page"], parts["table"], parts["row"], parts["cell"], parts["column"]) == (1, 1, 3, 4, 4)
    left, top, right, bottom = parts["box"]
    assert left == pytest.approx(LEFT + 223, abs=1)
    assert (top, bottom) == (pytest.approx(154, abs=1), pytest.approx(164.5, abs=1))
    assert right == pytest.approx(LEFT + 223 + 0.462 * SIZE, abs=1)
    blank = source.text.index("\t\t1\n") + 1
    assert source.location(Span(blank, blank)).words == "第1页 表一 第4行第3列 “二、上年结转”"


def drawn_as_areas(page: Page, left: float, top: float, widths: list[float], height: float, rows: int) -> None:
    """Rules as some programs draw them: thin filled areas, each side of each cell by itself, in dots for one of them."""
    across = [left]
    for width in widths:
        across.append(across[-1] + width)
    for row in range(rows + 1):
        for start, end in itertools.pairwise(across):
            page.area(start, top + row * height - 0.4, end, top + row * height + 0.4, "0 g")
    for row in range(rows):
        for place in across[:-1]:
            page.area(place, top + row * height, place + 0.8, top + (row + 1) * height, "0 g")
    for dot in range(int(rows * height / 2)):
        page.area(across[-1], top + dot * 2, across[-1] + 0.8, top + dot * 2 + 0.8, "0 g")


def test_rules_drawn_as_areas_and_dots() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.area(60, 80, 540, 300, "1 g")
    drawn_as_areas(page, LEFT, 100, [100, 60, 60, 60], 30, 4)
    flat = [[cell or "" for cell in row] for row in TABLE]
    page.table(LEFT, 100, [100, 60, 60, 60], flat, 30, rules=False)
    assert read(pdf).text == TABLE_TEXT


def test_double_rules_are_one() -> None:
    pdf = Pdf()
    page = pdf.page()
    flat = [["甲", "1"], ["乙", "2"]]
    page.table(LEFT, 100, [100, 60], flat, 30)
    for row in range(3):
        page.line(LEFT, 102 + 30 * row, LEFT + 160, 102 + 30 * row)
    assert read(pdf).text == "甲\t1\n乙\t2\n"


def test_a_frame_around_text_and_lines_under_it_are_no_table() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.area(60, 90, 500, 170, "0.9 0.9 1 rg")
    for left, top, right, bottom in ((60, 90, 500, 90), (60, 170, 500, 170), (60, 90, 60, 170), (500, 90, 500, 170)):
        page.line(left, top, right, bottom)
    page.text(LEFT, 100, "甲")
    page.line(LEFT, 112, 200, 112)
    page.text(LEFT, 130, "乙")
    page.line(LEFT, 142, 200, 142)
    assert read(pdf).text == "甲\n\n乙\n"


def test_upright_labels_are_read_downwards() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.table(LEFT, 100, [30, 100, 60], [["", "（一）予以公开", "1"], ["", "（二）部分公开", "2"]], 60)
    page.area(LEFT - 1, 158, LEFT + 29, 162, "1 g")
    for number, character in enumerate("办理"):
        page.text(LEFT + 16, 104 + number * 12, character)
    for number, character in enumerate("结果"):
        page.text(LEFT + 3, 104 + number * 12, character)
    page.text(LEFT + 3, 165, "横排", matrix="0 -1 1 0")
    assert read(pdf).text == "办理结果\t（一）予以公开\t1\n横排\t（二）部分公开\t2\n"


def test_a_table_over_a_page_break_is_one() -> None:
    pdf = Pdf()
    widths = [100, 60, 60]
    head = ["项目", "甲", "乙"]
    first, second, third = pdf.page(), pdf.page(), pdf.page()
    first.table(
        LEFT, 700, widths, [head, ["一、甲", "1", "2"], ["二、申请人无正当理\n由大量反复申请有关", "3", "4"]], 30
    )
    second.table(LEFT + 2, 60, widths, [head, ["政府信息的", "", ""], ["三、丙", "5", "6"]], 30)
    third.table(LEFT, 60, [100, 120], [["四、丁", "7"]], 30)
    third.text(LEFT, 200, "以上。")
    for number, page in enumerate(pdf.pages, 1):
        page.text(290, 810, str(number))
    source = read(pdf)
    rows = [
        "项目\t甲\t乙",
        "一、甲\t1\t2",
        "二、申请人无正当理由大量反复申请有关政府信息的\t3\t4",
        "三、丙\t5\t6",
        "四、丁\t7\t",
    ]
    assert source.text == "\n".join(rows) + "\n\n以上。\n"
    assert located(source, "政府信息的") == "第2页 表一 第3行 “二、申请人无正当理由大量反复申请有关政府…”"
    assert located(source, "7") == "第3页 表一 第5行 “四、丁”"


def test_rows_alike_on_both_sides_of_a_page_break_stay() -> None:
    pdf = Pdf()
    first, second = pdf.page(), pdf.page()
    first.table(LEFT, 700, [100, 60], [["一、甲", "0"], ["二、乙", "0"]], 30)
    second.table(LEFT, 60, [100, 60], [["一、甲", "0"], ["", ""], ["三、丙", "0"]], 30)
    assert read(pdf).text == "一、甲\t0\n二、乙\t0\n一、甲\t0\n\t\n三、丙\t0\n"


def test_tables_parted_by_text_or_of_other_widths_stay_two() -> None:
    pdf = Pdf()
    first, second, third = pdf.page(), pdf.page(), pdf.page()
    first.table(LEFT, 700, [100, 60], [["甲", "1"], ["乙", "2"]], 30)
    second.text(LEFT, 50, "四、复议")
    second.table(LEFT, 700, [100, 60], [["丙", "3"], ["丁", "4"]], 30)
    third.table(LEFT, 60, [100, 90], [["戊", "5"], ["己", "6"]], 30)
    assert read(pdf).text == "甲\t1\n乙\t2\n\n四、复议\n\n丙\t3\n丁\t4\n\n戊\t5\n己\t6\n"


def doubts(source: Source) -> list[tuple[str, str]]:
    return [(source.slice(doubt.span).strip(), doubt.reason) for doubt in source.doubts]


def test_a_figure_on_a_line_is_in_doubt() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.table(LEFT, 100, [100, 60, 60], [["甲", "", ""], ["乙", "8", "9"]], 30)
    page.text(LEFT + 155, 104, "4119")
    source = read(pdf)
    assert source.text == "甲\t\t4119\n乙\t8\t9\n"
    assert doubts(source) == [("4119", "“4119”压在两个单元格之间的线上")]


def test_several_figures_in_a_cell_are_in_doubt() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.table(LEFT, 100, [100, 60, 60], [["甲", "10  3", "1"], ["乙", "8", "9"]], 30)
    source = read(pdf)
    assert source.text == "甲\t10 3\t1\n乙\t8\t9\n"
    assert doubts(source) == [("10 3", "单元格里有几个数，不知道哪个是这一格的")]


def test_what_stands_beside_a_table_is_text_in_doubt() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.table(LEFT, 100, [100, 60], [["甲", "1"], ["乙", "8"]], 30)
    page.text(LEFT + 200, 105, "30")
    source = read(pdf)
    assert source.text == "甲\t1\n乙\t8\n\n30\n"
    assert doubts(source) == [("30", "这些字在表格旁边，不在任何一个单元格里")]


def test_a_gap_in_a_rule_is_doubt_about_the_table() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.table(LEFT, 100, [100, 60, 60], [["甲", "1", "2"], ["乙", "8", "9"]], 30)
    page.content = [part for part in page.content if not part.startswith(f"q 0 G 0.5 w {LEFT + 160} 742 m")]
    page.line(LEFT + 160, 100, LEFT + 160, 112)
    source = read(pdf)
    assert source.text == "甲\t1 2\t\n乙\t8\t9\n"
    assert [reason for _, reason in doubts(source)] == ["单元格里有几个数，不知道哪个是这一格的", "表格的边框不全"]


def test_a_table_without_rules_is_inferred_in_doubt() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(LEFT, 60, "三、收到和处理情况")
    rows = [["项目", "自然人", "企业", "总计"], ["一、本年新收", "4", "1", "5"], ["二、上年结转", "10", "", "10"]]
    page.table(LEFT, 90, [150, 60, 60, 60], rows, 22, rules=False)
    page.text(LEFT, 200, "四、其他")
    source = read(pdf)
    table = "项目\t自然人\t企业\t总计\n一、本年新收\t4\t1\t5\n二、上年结转\t10\t\t10"
    assert source.text == f"三、收到和处理情况\n\n{table}\n\n四、其他\n"
    assert doubts(source) == [(table, "表格没有边框，行列是按位置推断的")]


def test_labels_in_several_lines_belong_to_the_figures_beside_their_middle() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(LEFT, 60, "三、收到和处理情况")
    labels = [
        ["（一）予以公开"],
        ["（二）部分公开", "（区分处理的）"],
        ["（三）不予公开", "或者不予处理", "的其他情形"],
        ["（四）总计"],
    ]
    figures = [["13", "0", "13"], ["30", "0", "30"], ["0", "0", "0"], ["43", "0", "43"]]
    top = 90.0
    for lines, row in zip(labels, figures, strict=True):
        for number, line in enumerate(lines):
            page.text(LEFT, top + number * 14, line)
        for number, figure in enumerate(row):
            page.text(LEFT + 90 + number * 18, top + 7 * (len(lines) - 1), figure)
        top += 14 * len(lines) + 3
    source = read(pdf)
    rows = ["\t".join(["".join(label), *row]) for label, row in zip(labels, figures, strict=True)]
    assert source.text == "三、收到和处理情况\n\n" + "\n".join(rows) + "\n"
    assert [reason for _, reason in doubts(source)] == ["表格没有边框，行列是按位置推断的"]


def test_a_row_of_figures_by_itself_is_in_doubt_and_said_to_be_unread() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(LEFT, 60, "四、复议")
    for number in range(15):
        page.text(LEFT + number * 25, 90, str(number))
    page.text(LEFT, 110, "五、存在的主要问题")
    source = read(pdf)
    row = " ".join(str(number) for number in range(15))
    assert source.text == f"四、复议\n\n{row}\n\n五、存在的主要问题\n"
    assert doubts(source) == [(row, "几个数并排，没有边框，不知道各是哪一格的")]
    assert [remark.kind for remark in source.remarks] == ["unread-table"]


def test_a_table_whose_rules_part_rows_only_is_inferred() -> None:
    pdf = Pdf()
    page = pdf.page()
    rows = [["项目", "自然人", "企业", "总计"], ["一、新收", "4", "1", "5"], ["二、结转", "10", "2", "12"]]
    page.table(LEFT, 90, [150, 60, 60, 60], rows, 22, rules=False)
    for number in range(4):
        page.line(LEFT, 88 + 22 * number, LEFT + 330, 88 + 22 * number)
    page.line(LEFT, 88, LEFT, 154)
    page.line(LEFT + 330, 88, LEFT + 330, 154)
    source = read(pdf)
    assert source.text == "项目\t自然人\t企业\t总计\n一、新收\t4\t1\t5\n二、结转\t10\t2\t12\n"
    assert [reason for _, reason in doubts(source)] == ["表格没有边框，行列是按位置推断的"]


def test_a_table_that_cannot_be_read_is_said_and_its_text_kept() -> None:
    pdf = Pdf()
    page = pdf.page()
    for left, top, right, bottom in ((60, 90, 500, 90), (60, 130, 500, 130), (60, 170, 500, 170), (60, 90, 60, 170)):
        page.line(left, top, right, bottom)
    page.line(500, 90, 500, 170)
    page.text(LEFT, 100, "1")
    page.text(LEFT + 50, 100, "2")
    page.text(LEFT + 100, 100, "3")
    page.text(LEFT + 20, 140, "4")
    page.text(LEFT + 70, 140, "5")
    page.text(LEFT + 130, 140, "6")
    page.text(LEFT + 190, 140, "7")
    source = read(pdf)
    assert source.text == "1 2 3\n\n4 5 6 7\n"
    assert [(each.kind, each.message) for each in source.remarks] == [
        ("unread-table", "有 1 个表格读不出行列（第 1 页），按文字行读取")
    ]


def test_scanned_pages_are_said_to_be_pictures() -> None:
    pdf = Pdf()
    for _ in range(3):
        pdf.page().picture(0, 0, 595, 842)
    with pytest.raises(ReadError) as caught:
        read(pdf)
    assert caught.value.code == "scanned"
    assert str(caught.value) == "3 页都是图片，没有可以读的文字，没有检查"


def test_a_page_and_a_table_that_are_pictures_are_remarked() -> None:
    pdf = Pdf()
    first, second, third = pdf.page(), pdf.page(), pdf.page()
    first.text(LEFT, 60, "一、总体情况")
    first.picture(500, 20, 540, 60)
    second.picture(0, 0, 595, 842)
    third.text(LEFT, 60, "三、收到和处理情况")
    third.picture(LEFT, 90, 500, 400)
    source = read(pdf)
    assert [(each.kind, each.message) for each in source.remarks] == [
        ("picture", "第 2 页是图片，其中的文字和表格没有检查"),
        ("picture", "第 3 页有较大的图片，其中的文字和表格没有检查"),
    ]
    assert source.remarks[1].span is not None
    assert located(source, "三、") == source.location(source.remarks[1].span).words == "第3页 第一段"


def test_the_unseen_text_of_a_scanned_page_is_read_in_doubt() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.picture(0, 0, 595, 842)
    page.text(LEFT, 60, "一、总体情况", mode=3)
    source = read(pdf)
    assert source.text == "一、总体情况\n"
    assert doubts(source) == [("一、总体情况", "文字是图片上看不见的一层，可能与图片里的不同")]
    assert source.remarks == ()


def test_a_recogniser_reads_pictures_and_all_of_it_is_in_doubt() -> None:
    pdf = Pdf()
    pdf.page().picture(0, 0, 595, 842)
    pdf.page().text(LEFT, 60, "六、其他")
    seen: list[bytes] = []

    def recognise(png: bytes) -> list[Word]:
        seen.append(png)
        scale = 300 / 72
        rows = [("一、新收", 72, 60, 0.99), ("4119", 200, 60, 0.5), ("二、结转", 72, 80, 0.95), ("3", 200, 80, 0.99)]
        return [
            Word(text, (x * scale, y * scale, (x + 10 * len(text)) * scale, (y + 10) * scale), sure)
            for text, x, y, sure in rows
        ]

    readers = Readers(LINTER.readers.all, recognisers=(Recogniser("试验", recognise),))
    source = readers.source(pdf.data(), "年报.pdf")
    assert source.text == "一、新收\t4119\n二、结转\t3\n\n六、其他\n"
    width, height = struct.unpack(">II", seen[0][16:24])
    assert (len(seen), width, height) == (1, 2479, 3508)
    sure = "文字由 试验 从图片中识别"
    assert ("4119", f"{sure}；对“4119”只有 50% 的把握") in doubts(source)
    assert ("二、结转", sure) in doubts(source)
    assert not any("其他" in text for text, _ in doubts(source))


def test_a_recogniser_that_fails_is_told() -> None:
    pdf = Pdf()
    pdf.page().picture(0, 0, 595, 842)

    def fail(_: bytes) -> list[Word]:
        raise OSError("no model")

    with pytest.raises(ReadError) as caught:
        Readers(LINTER.readers.all, recognisers=(Recogniser("试验", fail),)).source(pdf.data(), "年报.pdf")
    assert str(caught.value) == "识别程序 试验 出错：OSError：no model，没有检查"


def test_a_file_with_another_suffix_is_told() -> None:
    pdf = Pdf()
    pdf.page().text(LEFT, 60, "甲")
    assert [remark.message for remark in read(pdf, "年报.docx").remarks] == ["文件名以 .docx 结尾，内容是 PDF"]


def test_a_hyphen_at_the_end_of_a_line_is_one() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(LEFT + 2 * SIZE, 60, "甲" * 33 + "0517-")
    page.text(LEFT, 80, "87222589。")
    assert read(pdf).text == "甲" * 33 + "0517-87222589。\n"


def test_a_figure_at_the_end_of_a_line_and_one_behind_it_are_in_doubt() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(LEFT + 2 * SIZE, 60, "甲" * 36 + "1136")
    page.text(LEFT, 80, "2023件。")
    source = read(pdf)
    assert source.text == "甲" * 36 + "1136 2023件。\n"
    assert [reason for _, reason in doubts(source)] == ["一行的末尾和下一行的开头都是数，不知道是一个数还是两个"]


def test_text_in_fields_of_forms_is_text() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.table(LEFT, 100, [100, 60], [["甲", ""], ["乙", "8"]], 30)
    for kind, value in (("/Tx", "(12)"), ("/Btn", "/Yes")):
        page.annotations.append(f"/Type /Annot /Subtype /Widget /FT {kind} /T (a) /V {value} /Rect [180 718 220 735]")
    source = read(pdf)
    assert source.text == "甲\t12\n乙\t8\n"
    assert source.remarks == ()


def test_comments_scripts_and_attachments_are_remarked() -> None:
    names = "/Names << /EmbeddedFiles << /Names [(a.txt) << /Type /Filespec /F (a.txt) /EF << /F 1 0 R >> >>] >> >>"
    pdf = Pdf(catalog=f"{names} /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")
    pdf.page().text(LEFT, 60, "甲")
    second = pdf.page()
    second.text(LEFT, 60, "乙")
    second.annotations.append("/Type /Annot /Subtype /Text /Contents (why) /Rect [10 10 30 30]")
    second.annotations.append("/Type /Annot /Subtype /Link /Rect [10 10 30 30]")
    source = read(pdf)
    assert source.text == "甲\n\n乙\n"
    assert [(each.kind, each.message) for each in source.remarks] == [
        ("macros", "文件里有脚本（JavaScript），没有运行"),
        ("external-content", "文件里附有 1 个别的文件，没有读取"),
        ("comments", "有 1 处批注（第 2 页），没有读取"),
    ]


def test_characters_that_nobody_knows_are_in_doubt_or_an_error() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(LEFT, 60, "一、总体情况很好的一年")
    page.text(LEFT, 90, "\uf0b7 要点")
    page.text(LEFT, 120, "共有\ue123件")
    source = read(pdf)
    assert source.text == "一、总体情况很好的一年\n\n• 要点\n\n共有\ufffd件\n"
    assert doubts(source) == [("共有\ufffd件", "有的字读不出来，写作“\ufffd”")]
    page.text(LEFT, 150, "\ue123" * 20)
    with pytest.raises(ReadError) as caught:
        read(pdf)
    assert caught.value.code == "unreadable"
    assert str(caught.value).startswith("39 个字里有 21 个读不出来")


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


def test_a_figure_that_runs_over_the_edge_of_its_table_is_whole() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.table(72, 100, [200, 20], [["收到申请", ""], ["办结申请", "3"]])
    page.text(279, 104, "1260")
    source = read(pdf)
    assert "收到申请\t1260\n办结申请\t3\n" in source.text


def test_what_stands_beside_a_table_is_not_taken_into_it() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.table(72, 100, [200, 60], [["收到申请", "12"], ["办结申请", "3"]])
    page.text(336, 104, "6")
    source = read(pdf)
    assert "收到申请\t12\n" in source.text
    assert "\t126" not in source.text


@pytest.mark.parametrize(("left", "width", "cut"), [(72, 100, False), (72, 523, True), (0, 100, True)])
def test_a_table_that_runs_over_the_edge_of_the_page_is_in_doubt(left: int, width: int, cut: bool) -> None:
    pdf = Pdf()
    pdf.page().table(left, 100, [width / 2, width / 2], [["收到申请", "12"], ["办结申请", "3"]])
    reasons = {doubt.reason for doubt in read(pdf).doubts}
    assert ("表格伸到了纸边以外，伸出去的部分看不到" in reasons) == cut
