"""The reader of Word documents: tables."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportlint import Source, Span
from reportlint.readers import spread

from .sources import from_bytes
from .words import Xml, alternate, cell, control, docx, inserted, note_mark, notes, p, r, row, table, text_box, wrapped


def source(*content: str, **parts: str) -> Source:
    return from_bytes(docx(*content, **parts), "年报.docx")


def text(*content: str, **parts: str) -> str:
    return source(*content, **parts).text


def doubts(made: Source) -> list[tuple[str, str]]:
    return [(made.slice(doubt.span), doubt.reason) for doubt in made.doubts]


# Merges


def test_a_row_is_a_line_with_tabs() -> None:
    assert text(p("前"), table(["规章", "0", ""], ["行政规范性文件", "", "3"]), p("后")) == (
        "前\n\n规章\t0\t\n行政规范性文件\t\t3\n\n后\n"
    )


def test_a_cell_over_columns_stands_in_the_first() -> None:
    assert text(table([cell("甲", span=2), "乙"], ["丙", "丁", "戊"])) == "甲\t\t乙\n丙\t丁\t戊\n"


@pytest.mark.parametrize("down", ["continue", "bare"])
def test_a_cell_over_rows_stands_in_the_first(down: str) -> None:
    rows = (
        [cell("三", down="restart"), "一", "1"],
        [cell(down=down), "二", "2"],
        [cell("四", down="restart"), "三", "3"],
        [cell(down=down), "四", "4"],
    )
    assert text(table(*rows)) == "三\t一\t1\n\t二\t2\n四\t三\t3\n\t四\t4\n"


def test_a_cell_over_rows_and_columns() -> None:
    rows = (
        [cell("甲", span=2, down="restart"), "乙"],
        [cell(span=2, down="continue"), "丙"],
        ["丁", "戊", "己"],
    )
    assert text(table(*rows)) == "甲\t\t乙\n\t\t丙\n丁\t戊\t己\n"
    assert source(table(*rows)).doubts == ()


def test_a_cell_that_goes_on_nothing_is_one_of_its_own() -> None:
    assert text(table([cell("甲", down="continue"), "1"], ["乙", "2"], [cell("丙", down="bare"), "3"])) == (
        "甲\t1\n乙\t2\n丙\t3\n"
    )


def test_what_stands_in_a_covered_cell_is_not_shown_and_said_to_be() -> None:
    made = source(table([cell("甲", down="restart"), "1"], [cell("旧", down="continue"), "2"]))
    assert made.text == "甲\t1\n\t2\n"
    assert [remark.kind for remark in made.remarks] == ["hidden-text"]


def test_merged_cells_of_different_width_are_in_doubt() -> None:
    made = source(table([cell("甲", span=2, down="restart"), "1"], [cell(down="continue"), "乙", "2"]))
    assert made.text == "甲\t\t1\n\t乙\t2\n"
    assert {reason for _, reason in doubts(made)} == {"这一行里有一格和上面合并的格子宽度不一样"}
    assert [words for words, _ in doubts(made)] == ["", "乙", "2"]


def test_cells_merged_as_word_97_did() -> None:
    rows = ([cell("甲", across="restart"), cell(across="continue"), "1"], ["乙", "丙", "2"])
    assert text(table(*rows)) == "甲\t\t1\n乙\t丙\t2\n"


def test_columns_left_out_before_and_behind() -> None:
    rows = (["甲", "乙", "丙"], row("丁", "1", before=1), row("戊", "己", after=1))
    made = source(table(*rows, grid=3))
    assert made.text == "甲\t乙\t丙\n\t丁\t1\n戊\t己\n"
    assert made.doubts == ()


def test_columns_in_which_no_cell_begins_are_none() -> None:
    """A grid is often finer than what is seen: each cell spans some columns of it."""
    rows = ([cell("甲", span=3), cell("乙", span=2)], [cell("丙", span=3), cell("1", span=2)])
    assert text(table(*rows)) == "甲\t乙\n丙\t1\n"


def test_lines_that_are_not_drawn_straight_make_no_columns() -> None:
    """A border that was pulled a little leaves a column of the grid behind that nothing fits into."""
    rows = (
        [cell("甲", span=2), cell("乙"), cell("丙", span=2)],
        [cell("丁"), cell("1", span=2), cell("2", span=2)],
        [cell("戊", span=2, down="restart"), cell("3", span=2), "4"],
        [cell("", down="bare"), cell("5", span=3), "6"],
    )
    made = source(table(*rows, grid=[2000, 30, 2000, 40, 2000]))
    assert made.text == "甲\t乙\t丙\n丁\t1\t2\n戊\t3\t4\n\t5\t6\n"
    assert made.doubts == ()


def test_a_narrow_column_with_a_cell_is_a_column() -> None:
    rows = ([cell("甲", span=2), "乙"], ["丙", "1", "2"])
    assert text(table(*rows, grid=[2000, 100, 2000])) == "甲\t\t乙\n丙\t1\t2\n"


@pytest.mark.parametrize("grid", [[0, 0, 0], [2000], [1000, 1000, 1000]])
def test_widths_that_say_nothing(grid: list[int]) -> None:
    rows = ([cell("甲", span=2), "乙"], ["丙", cell("1", span=2)])
    assert text(table(*rows, grid=grid)) == "甲\t\t乙\n丙\t1\t\n"


def test_rows_that_do_not_fit_are_in_doubt() -> None:
    made = source(table(["甲", "乙", "丙"], ["丁", "1"], ["戊", "2", "3"], grid=3))
    assert made.text == "甲\t乙\t丙\n丁\t1\n戊\t2\t3\n"
    reason = "这一行的格子数和表格的其他行对不上"
    assert doubts(made) == [("丁", reason), ("1", reason)]


def test_a_grid_that_no_row_has_does_not_matter() -> None:
    assert source(table(["甲", "1"], ["乙", "2"], grid=5)).doubts == ()


# Cells


def test_paragraphs_and_breaks_in_a_cell_are_white_space() -> None:
    assert text(table([cell(p("行政\n规范性"), p(), p("文件")), cell(p("5"), p())])) == "行政 规范性 文件\t5\n"


@pytest.mark.parametrize("content", [cell(p("12"), p("6")), cell(p("12\n6")), cell(p("1,"), p("026"))])
def test_a_figure_in_two_lines_is_in_doubt(content: Xml) -> None:
    made = source(table(["甲", content, "3"]))
    assert [reason for _, reason in doubts(made)] == ["一个数字分成几行，不能确定是不是同一个数"]


def test_a_figure_in_two_runs_is_one() -> None:
    made = source(table(["甲", cell(p(r("1", bold=True), "2", r("6")))]))
    assert made.text == "甲\t126\n"
    assert made.doubts == ()


def test_words_in_two_lines_are_no_doubt() -> None:
    assert source(table(["甲", cell(p("2"), p("件")), cell(p("12"))])).doubts == ()


def test_a_text_box_over_a_cell_is_read_in_it_with_doubt() -> None:
    made = source(table(["甲", cell(p("", text_box("12")))], ["乙", "3"]), p("后"))
    assert made.text == "甲\t12\n乙\t3\n\n后\n"
    assert doubts(made) == [("12", "这些字在文本框里，可能不属于这一格")]


def test_notes_and_tables_in_boxes_stand_behind_the_table() -> None:
    box = text_box(table(["丙", "1"]))
    made = text(
        table(["甲", cell(p("2", note_mark(1), box))], ["乙", "3"]), p("后"), footnotes=notes("footnote", (1, "注"))
    )
    assert made == "甲\t2\n乙\t3\n\n丙\t1\n\n注\n\n后\n"


@pytest.mark.parametrize("rows", [(), ([],), ([""],), (["", ""], ["", ""])])
def test_tables_without_text(rows: tuple[list[str], ...]) -> None:
    assert text(p("前"), table(*rows), p("后")).split() == ["前", "后"]


# Tables in tables


def test_a_table_that_holds_another_is_for_the_layout() -> None:
    outer = table([cell(p("左")), cell(p("前"), table(["规章", "0"], ["文件", "5"]), p("后"))], ["下", ""])
    assert text(outer) == "左\n\n前\n\n规章\t0\n文件\t5\n\n后\n\n下\n"


def test_layout_in_layout() -> None:
    inner = table([cell(table(["甲", "1"]), p("乙"))])
    assert text(table([cell(inner), "丙"])) == "甲\t1\n\n乙\n\n丙\n"


def test_a_frame_around_paragraphs_is_no_table() -> None:
    assert text(table([cell(p("甲"), p("乙"))])) == "甲\n\n乙\n"
    framed = source(table([cell(p("甲"))]), table(["乙", "1"]))
    assert framed.text == "甲\n\n乙\t1\n"
    assert [where(framed, words)[0] for words in "甲乙"] == ["第一段", "表一 第1行 “乙”"]


def test_a_cell_over_the_whole_table_with_paragraphs_is_prose() -> None:
    """Some reports are one table from the title to the end."""
    rows = (
        [cell("总体情况", span=3)],
        [cell(p("全年"), p(), p("公开", mark="<w:del/>"), p("12条"), span=3)],
        ["规章", "0", "1"],
        [cell(p("注"), p(""), span=3)],
    )
    made = source(table(*rows))
    assert made.text == "总体情况\t\t\n\n全年\n\n公开12条\n\n规章\t0\t1\n注\t\t\n"
    assert [where(made, words) for words in ("总体", "全年", "12条", "1\n注", "注")] == [
        ("表一 第1行 “总体情况”", "table[1]/row[1]/cell[1]"),
        ("表一 第2行 第一段", "table[1]/row[2]/p[1]"),
        ("表一 第2行 第二段", "table[1]/row[2]/p[2]"),
        ("表一 第3行至第4行", "table[1]/row[3]"),
        ("表一 第4行 “注”", "table[1]/row[4]/cell[1]"),
    ]


def test_what_is_prose_in_a_table() -> None:
    """Two paragraphs with text, in a cell over the whole width."""
    two, one, narrow = p("甲") + p("乙"), p("甲") + p(), p("丙") + p("丁")
    assert text(table(row(cell(Xml(two), span=2)), ["规章", "0"])) == "甲\n\n乙\n\n规章\t0\n"
    assert text(table(row(cell(Xml(one), span=2)), ["规章", "0"])) == "甲\t\n规章\t0\n"
    assert text(table(row(cell(Xml(narrow)), "1"), ["规章", "0"])) == "丙 丁\t1\n规章\t0\n"


def where(made: Source, words: str) -> tuple[str, str]:
    start = made.text.index(words)
    location = made.location(Span(start, start + len(words)))
    assert location is not None
    return location[:2]


def test_tables_are_counted_as_they_are_written() -> None:
    made = source(table([cell(table(["甲", "1"]))]), table(["乙", "2"]))
    where = [made.location(Span(made.text.index(each), made.text.index(each) + 1)) for each in "甲乙"]
    assert [each.path for each in where if each] == ["table[1]/row[1]/cell[1]", "table[2]/row[1]/cell[1]"]


# What stands around rows and cells


def test_content_controls_around_rows_and_cells() -> None:
    def around(*content: Xml) -> Xml:
        return control(*content, block=True)

    rows = (around(row("甲", "1")), row(around(cell("乙")), cell(around(p("2")))), around(around(row("丙", "3"))))
    assert text(table(*rows)) == "甲\t1\n乙\t2\n丙\t3\n"


def test_custom_xml_and_alternatives_around_rows_and_cells() -> None:
    rows = (wrapped("customXml", row("甲", wrapped("smartTag", cell("1")))), alternate(row("乙", "2"), row("丙", "3")))
    assert text(table(*rows)) == "甲\t1\n乙\t2\n"


# Tracked changes, and what is hidden


def test_rows_put_in_are_read_and_rows_taken_out_are_not() -> None:
    made = source(
        table(
            ["甲", "1"], row("乙", "2", props="<w:ins/>"), row("丙", "3", props="<w:del/>"), ["丁", inserted_cell("4")]
        )
    )
    assert made.text == "甲\t1\n乙\t2\n丁\t4\n"
    assert [(remark.kind, remark.message) for remark in made.remarks] == [
        ("tracked-changes", "有 3 处修订没有接受或拒绝，按接受后的文字检查")
    ]


def inserted_cell(words: str) -> Xml:
    return cell(p(inserted(words)))


def test_cells_put_in_and_taken_out_and_merged() -> None:
    rows = (
        ["甲", cell("旧", props="<w:cellDel/>"), cell("1", props="<w:cellIns/>")],
        [cell("乙", props='<w:cellMerge w:vMerge="rest"/>'), "2"],
        [cell(props='<w:cellMerge w:vMerge="cont"/>'), "3"],
    )
    made = source(table(*rows))
    assert made.text == "甲\t1\n乙\t2\n\t3\n"
    assert made.remarks[0].message.startswith("有 4 处修订")


def test_a_paragraph_in_a_cell_whose_end_is_gone_goes_on_with_the_next() -> None:
    made = source(table(["甲", cell(p("1", mark="<w:del/>"), p("26"), p("件", mark="<w:del/>"))]))
    assert made.text == "甲\t126 件\n"


def test_a_hidden_row_is_left_out() -> None:
    made = source(table(["甲", "1"], row("乙", "2", props="<w:hidden/>")))
    assert made.text == "甲\t1\n"
    assert [remark.kind for remark in made.remarks] == ["hidden-text"]


# Any merges


@st.composite
def grids(draw: st.DrawFn) -> list[list[int]]:
    """Which cell each field of a grid belongs to: rectangles that do not overlap, in reading order."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    owner = [[-1] * width for _ in range(height)]
    count = 0
    for top in range(height):
        for left in range(width):
            if owner[top][left] >= 0:
                continue
            free = 1
            while left + free < width and owner[top][left + free] < 0:
                free += 1
            across = draw(st.integers(1, min(free, 3)))
            down = draw(st.integers(1, min(height - top, 3)))
            for line in range(top, top + down):
                for column in range(left, left + across):
                    owner[line][column] = count
            count += 1
    return owner


@settings(deadline=None)
@given(grids(), st.data())
def test_any_merges_come_out_as_they_are_in_the_grid(owner: list[list[int]], data: st.DataObject) -> None:
    # A single cell is a frame.
    assume(len(owner) > 1 or owner[0][-1])
    words = data.draw(st.lists(st.sampled_from(["甲", "12", "", "乙 丙"]), min_size=40, max_size=40))
    rows: list[Xml] = []
    for top, line in enumerate(owner):
        cells: list[Xml] = []
        for left, name in enumerate(line):
            if left and line[left - 1] == name:
                continue
            span = line.count(name)
            is_merged = sum(name in other for other in owner) > 1
            is_first = not top or name not in owner[top - 1]
            down = "" if not is_merged else "restart" if is_first else data.draw(st.sampled_from(["continue", "bare"]))
            cells.append(cell(words[name % 40] if is_first else "", span=span, down=down))
        rows.append(row(*cells))
    # Fields in which no cell begins in any row do not show.
    shown = [c for c in range(len(owner[0])) if any(not c or line[c] != line[c - 1] for line in owner)]
    expected = [
        [
            words[line[c] % 40]
            if (not c or line[c] != line[c - 1]) and (not top or owner[top - 1][c] != line[c])
            else ""
            for c in shown
        ]
        for top, line in enumerate(owner)
    ]
    made = source(p("前"), table(*rows), p("后"))
    assert made.text == "前\n\n" + "".join("\t".join(line) + "\n" for line in expected) + "\n后\n"
    # Whatever merges there are: a row of figures may have a blank cell that spans.
    assert {doubt.reason for doubt in made.doubts} <= {spread.REASON}
