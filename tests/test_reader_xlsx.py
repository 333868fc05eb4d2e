"""The reader of workbooks: which lines it makes of them, where each stood, and what it is not sure of."""

from __future__ import annotations

import contextlib
import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import Linter, Source, Span
from reportlint.blank import blank
from reportlint.errors import ReadError
from reportlint.readers import Readers, remarks
from reportlint.readers.reader import Limits
from reportlint.readers.xlsx.numbers import known, parsed, shown
from reportlint.readers.xlsx.sheets import Merge, name_of, place_of

from . import sources
from .workbooks import MAIN, Raw, Sheet, Styled, packed, sheet_of, workbook


def read(*sheets: Sheet, **more: object) -> Source:
    return sources.from_bytes(workbook(*sheets, **more), "表.xlsx")  # type: ignore[arg-type]


def text(*rows: list[object], **more: object) -> str:
    return read(Sheet("表", rows, **more)).text  # type: ignore[arg-type]


def place(source: Source, words: str) -> str:
    start = source.text.index(words)
    location = source.location(Span(start, start + len(words)))
    assert location is not None
    return location.words


def refusal(data: bytes, limits: Limits | None = None) -> ReadError:
    readers = sources.readers()
    with pytest.raises(ReadError) as caught:
        Readers(readers.all, limits or readers.limits).source(data, "表.xlsx")
    return caught.value


@pytest.fixture(scope="module")
def report() -> str:
    return blank(Linter.from_layers([]), "云溪县水务局", 2025, None, "tab")


# The canonical text


def test_a_workbook_that_holds_a_report_gives_its_text(report: str) -> None:
    assert read(sheet_of("年报", report, borders=True)).text == report


def test_without_borders_only_titles_over_a_table_are_set_apart(report: str) -> None:
    bare = re.sub(r"\n\n(第二十条第（一）项)\t\t\t\n", r"\n\n\1\n\n", report)
    assert bare != report
    assert read(sheet_of("年报", report)).text == bare


@pytest.mark.parametrize("borders", [True, False])
def test_it_is_the_same_report(linter: Linter, report: str, borders: bool) -> None:
    result = linter.lint(read(sheet_of("年报", report, borders=borders)))
    assert result.report is not None
    assert not result.report.tables_only
    assert result.diagnostics == []
    assert result.not_assessable == ()


def test_sheets_follow_each_other() -> None:
    assert read(Sheet("一", [["甲", 1], ["乙", 2]]), Sheet("二", [["丙", 3], ["丁", 4]])).text == (
        "甲\t1\n乙\t2\n\n丙\t3\n丁\t4\n"
    )


def test_a_row_with_one_cell_is_a_paragraph() -> None:
    assert text(["云溪县统计表"], [], ["单位：件"], ["甲", 1], ["乙", 2], [], ["注：截至年底。"]) == (
        "云溪县统计表\n\n单位：件\n\n甲\t1\n乙\t2\n\n注：截至年底。\n"
    )


def test_lines_within_a_paragraph_and_a_cell() -> None:
    assert text(["第一行\n第二行"], [], ["甲\n项", 1], ["乙", 2]) == "第一行\n第二行\n\n甲 项\t1\n乙\t2\n"


def test_a_table_may_begin_anywhere() -> None:
    assert text(["甲", 1], ["乙", 2], first=(4, 3)) == "甲\t1\n乙\t2\n"


def test_columns_in_which_nothing_begins_are_left_out() -> None:
    assert text(["甲", None, 1], ["乙", None, 2]) == "甲\t1\n乙\t2\n"


def test_empty_cells_stay() -> None:
    assert text(["甲", 1, 2], ["乙", None, 3], ["丙", 4]) == "甲\t1\t2\n乙\t\t3\n丙\t4\t\n"


def test_merged_cells_stand_in_the_first_field() -> None:
    source = read(Sheet("表", [["甲", "乙", None], [None, "丙", "丁"], ["戊", 1, 2]], merges=["A1:A2", "B1:C1"]))
    assert source.text == "甲\t乙\t\n\t丙\t丁\n戊\t1\t2\n"


def test_what_a_merged_cell_covers_is_not_read() -> None:
    assert text(["甲", "旧"], ["乙", 1], ["丙", 2], merges=["A1:B1"]) == "甲\n\n乙\t1\n丙\t2\n"


def test_a_title_within_a_table_stays_in_it() -> None:
    rows = [["甲项", None], ["内容", "件数"], ["规章", 1], ["乙项", None], ["内容", "件数"], ["许可", 2]]
    merges = ["A1:B1", "A4:B4"]
    with_borders = text(*rows, merges=merges, borders=True)
    assert with_borders == "甲项\t\n内容\t件数\n规章\t1\n乙项\t\n内容\t件数\n许可\t2\n"
    # Without borders nobody can tell whether what stands above is of the table.
    assert text(*rows, merges=merges) == "甲项\n\n内容\t件数\n规章\t1\n乙项\t\n内容\t件数\n许可\t2\n"


def test_a_title_above_a_table_with_borders_is_none_of_its_rows() -> None:
    assert text(["统计表"], ["甲", 1], ["乙", 2], ["注"], borders=True) == "统计表\n\n甲\t1\n乙\t2\n\n注\n"


@pytest.mark.parametrize("borders", [True, False])
def test_a_last_row_whose_figures_are_missing_is_a_row(borders: bool) -> None:
    assert text(["甲", 1], ["乙", 2], ["丙", None], borders=borders) == "甲\t1\n乙\t2\n丙\t\n"


def test_sentences_behind_a_table_without_borders_are_paragraphs() -> None:
    assert text(["甲", 1], ["乙", 2], ["数据截至年底。"]) == "甲\t1\n乙\t2\n\n数据截至年底。\n"


def test_a_row_that_only_a_merged_cell_reaches_into_ends_no_table() -> None:
    assert text(["甲", "丙", 1], [None, None, None], ["乙", "丁", 2], merges=["A1:A2"]) == "甲\t丙\t1\n乙\t丁\t2\n"


# Figures


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("3", "3"),
        ("3.0", "3"),
        ("386.4", "386.4"),
        ("386.39999999999998", "386.4"),
        ("0.30000000000000004", "0.3"),
        ("-2", "-2"),
        ("-0", "0"),
        ("1E3", "1000"),
        ("1.5E-3", "0.0015"),
        ("123456789012345678", "123456789012346000"),
        ("007", "7"),
        ("12a", "12a"),
        ("1E999999", "1E999999"),
    ],
)
def test_numbers_are_as_they_are_stored(stored: str, text: str) -> None:
    assert shown(stored, known(0, None)) == (text, "")


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("0.35", "0%", "35%"),
        ("0.3456", "0.00%", "34.56%"),
        ("0.5", "0.0%", "50.0%"),
        ("45658", "yyyy/m/d", "2025年1月1日"),
        ("45658", 'yyyy"年"m"月"d"日"', "2025年1月1日"),
        ("45658.5", "yyyy-mm-dd hh:mm", "2025年1月1日"),
        ("1", "[$-804]aaaa yyyy", "1900年1月1日"),
        ("0.5", "h:mm", "12:00"),
        ("1.0625", "[h]:mm:ss", "25:30"),
        ("0.00001157407", "mm:ss", "0:00:01"),
        ("-5", "yyyy/m/d", "-5"),
        ("3", "0", "3"),
        ("3", '0"件"', "3"),
        ("3", '"共"0_ ;[Red]\\-0\\ ', "3"),
        ("1234", "#,##0", "1234"),
        ("386.4", "0.00", "386.4"),
        ("386.4", "#,##0.00_);(#,##0.00)", "386.4"),
        ("3", "@", "3"),
        ("3", "General", "3"),
        ("3", "G/通用格式", "3"),
        ("0.5", "# ?/?", "0.5"),
        ("1200", "0.00E+00", "1200"),
        ("3", ";;;", "3"),
    ],
)
def test_formats_that_leave_no_doubt(stored: str, code: str, text: str) -> None:
    assert shown(stored, parsed(code)) == (text, "")


@pytest.mark.parametrize(
    ("stored", "code", "text", "doubt"),
    [
        ("3.7", "0", "3.7", "单元格存的是 3.7，显示的是 4"),
        ("12.3456", "0.00", "12.3456", "单元格存的是 12.3456，显示的是 12.35"),
        ("1234.5", "#,##0.00,", "1234.5", "单元格存的是 1234.5，显示时按格式缩小了"),
        ("38640", "0!.0,", "38640", "单元格存的是 38640，显示时按格式缩小了"),
        ("3864000", "0\\.0000", "3864000", "单元格存的是 3864000，显示时按格式缩小了"),
    ],
)
def test_formats_that_show_another_figure(stored: str, code: str, text: str, doubt: str) -> None:
    assert shown(stored, parsed(code)) == (text, doubt)


def test_days_counted_from_1904() -> None:
    assert shown("0", known(14, None), since_1904=True).text == "1904年1月1日"
    source = read(
        Sheet("表", [["甲", Styled(0, 1)], ["乙", 2]]), formats=["yyyy/m/d"], properties='<workbookPr date1904="1"/>'
    )
    assert source.text == "甲\t1904年1月1日\n乙\t2\n"


@pytest.mark.parametrize(
    ("number", "kind"),
    [(0, "figure"), (1, "figure"), (9, "share"), (10, "share"), (14, "day"), (20, "time"), (31, "day"), (49, "figure")],
)
def test_formats_known_by_number(number: int, kind: str) -> None:
    assert known(number, None).kind == kind


def test_the_formats_of_cells_are_heeded() -> None:
    source = read(
        Sheet("表", [["率", Styled(0.35, 1)], ["日", Styled(45658, 2)], ["费", Styled(12.3456, 3)]]),
        formats=["0%", "yyyy/m/d", "0.00"],
    )
    assert source.text == "率\t35%\n日\t2025年1月1日\n费\t12.3456\n"
    assert [(source.slice(doubt.span), doubt.reason) for doubt in source.doubts] == [
        ("12.3456", "单元格存的是 12.3456，显示的是 12.35")
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Raw("", "<f>1+2</f><v>3</v>"), "3"),
        (Raw('t="str"', "<f>A1</f><v>甲项</v>"), "甲项"),
        (Raw('t="str"', "<f>A1</f><v></v>"), ""),
        (Raw('t="e"', "<f>B9</f><v>#REF!</v>"), "#REF!"),
        (Raw('t="b"', "<v>1</v>"), "TRUE"),
        (Raw('t="b"', "<v>0</v>"), "FALSE"),
        (Raw('t="d"', "<v>2025-01-01</v>"), "2025-01-01"),
        (Raw('t="inlineStr"', "<is><r><t>甲</t></r><r><t>乙</t></r><rPh><t>音</t></rPh></is>"), "甲乙"),
        (Raw('t="inlineStr"', "<is><t>甲_x000D_\n乙_x0007__xD800_</t></is>"), "甲 乙"),
        (Raw('t="inlineStr"', "<is><t>5</t></is>"), "5"),
    ],
)
def test_kinds_of_cells(cell: Raw, text: str) -> None:
    source = read(Sheet("表", [["头", "数"], ["甲", cell]]))
    assert source.text == f"头\t数\n甲\t{text}\n"
    assert source.doubts == ()


def test_a_formula_without_a_result_is_blank_and_doubtful() -> None:
    source = read(Sheet("表", [["头", "数", "数"], ["甲", Raw("", "<f>1+2</f>"), 4]]))
    assert source.text == "头\t数\t数\n甲\t\t4\n"
    assert source.doubts == ((Span(8, 8), "公式没有存下结果"),)


def test_shared_texts() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>甲</t></si><si><r><t>乙</t></r><r><t> 项</t></r><rPh><t>x</t></rPh></si></sst>'
    )
    source = read(
        Sheet("表", [[Raw('t="s"', "<v>1</v>"), 1], [Raw('t="s"', "<v>0</v>"), 2]]),
        parts={"xl/sharedStrings.xml": strings},
        relations=[("sharedStrings", "sharedStrings.xml")],
    )
    assert source.text == "乙 项\t1\n甲\t2\n"


# Places


def test_places_are_sheets_and_cells() -> None:
    source = read(
        Sheet("表二", [["标题"], [], ["甲", 1], ["乙", 2]]), Sheet("表三", [["丙", 33], ["丁", 44]], first=(5, 3))
    )
    assert place(source, "标题") == "工作表“表二” A1"
    assert place(source, "44") == "工作表“表三” D6"
    location = source.location(Span(source.text.index("33"), source.text.index("44")))
    assert location is not None
    assert location.path == "表三!C5:D6"
    assert not source.has_lines
    start = source.text.index("44")
    cell = source.location(Span(start, start + 2))
    assert cell is not None
    assert cell.path == "表三!D6"
    assert dict(cell.parts) == {"sheet": "表三", "cell": "D6", "row": 6, "column": 4}


def test_an_empty_cell_has_a_place() -> None:
    source = read(Sheet("表", [["甲", None, 1], ["乙", 2, 3]]))
    location = source.location(Span(2, 2))
    assert location is not None
    assert location.path == "表!B1"


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_names_of_cells(row: int, column: int) -> None:
    assert place_of(name_of(row, column)) == (row, column)


@pytest.mark.parametrize("name", ["", "A0", "AAAA1", "XFE1", "5C", "A", "A1:B2", "甲1"])
def test_names_that_no_cell_has(name: str) -> None:
    with pytest.raises(ReadError):
        place_of(name)


# What is not shown


def test_hidden_rows_and_columns_are_left_out_and_told() -> None:
    source = read(Sheet("表", [["甲", 1, 7], ["藏", 2, 8], ["乙", 3, 9]], hidden_rows=[2], hidden_columns=[(3, 16384)]))
    assert source.text == "甲\t1\n乙\t3\n"
    assert [(each.kind, each.message) for each in source.remarks] == [
        (remarks.HIDDEN, "工作表“表”隐藏的行、列里有 5 个单元格有内容，没有读取")
    ]


def test_hidden_rows_and_columns_without_content_are_no_matter() -> None:
    source = read(Sheet("表", [["甲", 1], [], ["乙", 3]], hidden_rows=[2], hidden_columns=[(3, 16384)]))
    assert source.text == "甲\t1\n乙\t3\n"
    assert source.remarks == ()


def test_a_merged_cell_is_shown_where_its_first_row_is_hidden() -> None:
    source = read(Sheet("表", [["头", "数"], ["甲", None], [None, 1], ["乙", 2]], merges=["A2:A3"], hidden_rows=[2]))
    assert source.text == "头\t数\n甲\t1\n乙\t2\n"
    assert place(source, "甲") == "工作表“表” A3"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_left_out_and_told(state: str) -> None:
    source = read(
        Sheet("底稿", [["藏", 1], ["丙", 2]], state=state),
        Sheet("空", [], state=state),
        Sheet("表", [["甲", 1], ["乙", 2]]),
    )
    assert source.text == "甲\t1\n乙\t2\n"
    assert [each.message for each in source.remarks] == ["工作表“底稿”是隐藏的，没有读取"]


@given(st.data())
def test_every_cell_that_is_shown_is_written_once_and_knows_its_place(data: st.DataObject) -> None:
    height, width = data.draw(st.integers(1, 8)), data.draw(st.integers(1, 6))
    filled = st.sampled_from([True, True, False])
    rows = [
        [f"甲{row}乙{column}丙" if data.draw(filled) else None for column in range(1, width + 1)]
        for row in range(1, height + 1)
    ]
    merges: list[Merge] = []
    for _ in range(data.draw(st.integers(0, 4))):
        top, left = data.draw(st.integers(1, height)), data.draw(st.integers(1, width))
        merge = Merge(top, left, data.draw(st.integers(top, height)), data.draw(st.integers(left, width)))
        if not any(_overlap(merge, other) for other in merges):
            merges.append(merge)
    hidden_rows = data.draw(st.sets(st.integers(1, height), max_size=2))
    hidden_columns = data.draw(st.sets(st.integers(1, width), max_size=2))
    source = read(
        Sheet(
            "表",
            rows,
            merges=[f"{name_of(each.top, each.left)}:{name_of(each.bottom, each.right)}" for each in merges],
            hidden_rows=sorted(hidden_rows),
            hidden_columns=[(column, column) for column in hidden_columns],
            borders=data.draw(st.booleans()),
        )
    )
    expected = {}
    for (row, column), words in {
        (r, c): words for r, line in enumerate(rows, 1) for c, words in enumerate(line, 1)
    }.items():
        within = next(
            (each for each in merges if each.top <= row <= each.bottom and each.left <= column <= each.right),
            Merge(row, column, row, column),
        )
        shown_in = [
            (r, c)
            for r in range(within.top, within.bottom + 1)
            for c in range(within.left, within.right + 1)
            if r not in hidden_rows and c not in hidden_columns
        ]
        if words and (row, column) == (within.top, within.left) and shown_in:
            expected[words] = min(shown_in)
    assert sorted(re.findall("甲[0-9]+乙[0-9]+丙", source.text)) == sorted(expected)
    for words, where in expected.items():
        assert place(source, words) == f"工作表“表” {name_of(*where)}"
    found = [expected[words] for words in re.findall("甲[0-9]+乙[0-9]+丙", source.text)]
    assert found == sorted(found)


def _overlap(one: Merge, other: Merge) -> bool:
    rows = one.top <= other.bottom and other.top <= one.bottom
    return rows and one.left <= other.right and other.left <= one.right


# What is beside the cells


def test_comments_are_told() -> None:
    source = read(Sheet("表", [["甲", 1], ["乙", 22]], comments=["B2", "A9"]))
    (remark,) = source.remarks
    assert (remark.kind, remark.message) == (remarks.COMMENT, "有 2 处批注（表!B2、表!A9），没有读取")
    assert remark.span == Span(6, 6)
    assert source.text[6:8] == "22"


def test_macros_and_links_are_told() -> None:
    source = read(
        Sheet("表", [["甲", 1], ["乙", 2]]),
        relations=[("vbaProject", "vbaProject.bin"), ("externalLink", "externalLinks/externalLink1.xml")],
    )
    assert [(each.kind, each.message) for each in source.remarks] == [
        (remarks.MACRO, "工作簿带有宏，没有运行"),
        (remarks.EXTERNAL, "引用了 1 个别的文件的数据，没有读取这些文件，用的是上次存下的结果"),
    ]


def test_a_picture_in_place_of_a_table_is_told() -> None:
    source = read(Sheet("表三", [["三、申请情况"]], pictures=2), Sheet("表四", [["甲", 1], ["乙", 2]], pictures=1))
    assert [(each.kind, each.message) for each in source.remarks] == [
        (remarks.PICTURE, "工作表“表三”没有表格，有 2 张图片，图片里的内容没有读取")
    ]


# Bad files


def test_a_damaged_archive() -> None:
    data = workbook(Sheet("表", [["甲", 1]]))
    error = refusal(data[:200])
    assert (error.code, str(error)) == ("damaged", "文件已损坏，压缩包的目录读不出来，没有检查")


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/worksheets/sheet1.xml": "<worksheet><sheetData>"},
        {
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><c r="A1" t="s"><v>7</v></c></sheetData></worksheet>'
        },
        {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><c r="?"/></sheetData></worksheet>'},
        {"xl/worksheets/sheet1.xml": "\xff\xfe"},
        {"xl/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><styleSheet>&a;</styleSheet>'},
        {"xl/_rels/workbook.xml.rels": '<?xml version="1.0" encoding="nonsense"?><x/>'},
    ],
)
def test_damaged_parts(parts: dict[str, str]) -> None:
    assert refusal(workbook(Sheet("表", [["甲", 1]]), parts=parts)).code == "damaged"


def test_missing_parts() -> None:
    error = refusal(packed({"xl/workbook.xml.rels": "<x/>"}))
    assert (error.code, str(error)) == ("damaged", "文件已损坏，里面没有工作簿，没有检查")


def test_an_empty_workbook_has_no_text() -> None:
    assert sources.from_bytes(packed({"xl/workbook.xml": "<workbook/>"}), "表.xlsx").text == ""


def test_entities_are_refused_before_they_grow() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    sheet = f'<!DOCTYPE worksheet [<!ENTITY a0 "甲">{bomb}]><worksheet>&a9;</worksheet>'
    error = refusal(workbook(Sheet("表", [["甲"]]), parts={"xl/worksheets/sheet1.xml": sheet}))
    assert (error.code, str(error)) == (
        "damaged",
        "文件已损坏，xl/worksheets/sheet1.xml 里有文档类型声明，Office 文件不应有，没有检查",
    )


def test_too_much_to_unpack() -> None:
    data = workbook(Sheet("表", [["甲" * 2_000_000]]))
    assert len(data) < 100_000
    error = refusal(data, Limits(unpacked_bytes=1_000_000))
    assert (error.code, str(error)) == ("too-large", "解压后超过 limits.unpacked-bytes 的上限 1000000 字节，没有检查")


def test_too_many_cells() -> None:
    data = workbook(Sheet("一", [["甲", 1], ["乙", 2]]), Sheet("二", [["甲", 1], ["乙", 2]]))
    error = refusal(data, Limits(cells=7))
    assert (error.code, str(error)) == ("too-large", "工作表的单元格超过 limits.cells 的上限 7 个，没有检查")
    assert Readers(sources.readers().all, Limits(cells=8)).source(data, "表.xlsx").text


def test_cells_far_apart_make_no_large_table() -> None:
    rows: list[list[object]] = [[None] * number + [number, number] for number in range(0, 1_000, 2)]
    error = refusal(workbook(Sheet("表", rows)), Limits(cells=10_000))  # type: ignore[arg-type]
    assert (error.code, str(error)) == ("too-large", "表格的单元格超过 limits.cells 的上限 10000 个，没有检查")


def test_a_cell_in_the_last_corner_costs_nothing() -> None:
    source = read(Sheet("表", [["甲", 1], ["乙", 2]]), Sheet("远", [["角"]], first=(1_048_576, 16_384)))
    assert source.text == "甲\t1\n乙\t2\n\n角\n"
    assert place(source, "角") == "工作表“远” XFD1048576"


def test_elements_nested_too_deep() -> None:
    sheet = f'<worksheet xmlns="{MAIN}">{"<a>" * 300}{"</a>" * 300}</worksheet>'
    error = refusal(workbook(Sheet("表", [["甲"]]), parts={"xl/worksheets/sheet1.xml": sheet}))
    assert error.code == "too-large"
    assert "limits.depth" in str(error)


def test_very_many_wide_merged_cells_are_no_endless_work() -> None:
    merges = [f"A{number}:XFD{number}" for number in range(1_000, 5_000)]
    rows = [[1] * 100 for _ in range(100)]
    error = refusal(workbook(Sheet("表", rows), Sheet("表", rows, merges=merges)))
    assert (error.code, str(error)) == ("damaged", "文件已损坏，工作表“表”合并的单元格太多、太大，没有检查")


def test_an_encrypted_archive() -> None:
    data = bytearray(workbook(Sheet("表", [["甲", 1]])))
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 8] |= 1
    error = refusal(bytes(data))
    assert (error.code, str(error)) == ("encrypted", "文件加了密码，没有检查；去掉密码后可以检查")


def test_a_binary_workbook_is_named() -> None:
    data = packed(
        {
            "_rels/.rels": '<r><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></r>',
            "xl/workbook.bin": b"\x83\x01",
        }
    )
    assert "xlsb" in str(refusal(data))


@given(st.data())
def test_spoilt_bytes_give_a_source_or_a_refusal(data: st.DataObject) -> None:
    whole = bytearray(workbook(sheet_of("表", "甲\t1\n乙\t2\n", borders=True)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ReadError):
        sources.from_bytes(bytes(whole), "表.xlsx")


def test_what_other_libraries_write_is_read() -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表三"
    for row in (["甲", 1, 2.5], ["乙", None, 3]):
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    assert sources.from_bytes(stream.getvalue(), "表.xlsx").text == "甲\t1\t2.5\n乙\t\t3\n"
