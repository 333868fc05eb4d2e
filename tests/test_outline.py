"""The outline that an editor shows: symbols within symbols, and what can be folded away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint import Linter, Result, Source, Span
from reportlint.config import Layer
from reportlint.language.outline import Part, Symbol, folds, symbols

from .sources import read_file
from .test_properties import COMPLIANT, EXAMPLES, LINTER, changed, likely

usual = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)


def lint(text: str) -> Result:
    return LINTER.lint_text(text)


def walk(tree: Sequence[Symbol]) -> Iterator[Symbol]:
    for symbol in tree:
        yield symbol
        yield from walk(symbol.children)


def named(result: Result, part: Part) -> list[str]:
    return [symbol.name for symbol in walk(symbols(result)) if symbol.part is part]


def tree(found: Sequence[Symbol], part: Part) -> list[object]:
    """The names of one kind of symbol, each with those below it."""
    return [[symbol.name, *tree(symbol.children, part)] for symbol in found if symbol.part is part]


def lines(result: Result, span: Span) -> tuple[int, int]:
    return result.source.position(span.start).line, result.source.position(span.end).line


# A report in order


def test_title_and_sections_stand_beside_each_other() -> None:
    found = symbols(lint(COMPLIANT.text))
    assert [(symbol.part, symbol.name) for symbol in found[:3]] == [
        (Part.TITLE, "云溪县青禾镇人民政府2024年政府信息公开工作年度报告"),
        (Part.SECTION, "一、总体情况"),
        (Part.SECTION, "二、主动公开政府信息情况"),
    ]
    assert len(found) == 7


def test_sub_headings_are_below_their_section() -> None:
    overview = symbols(lint(COMPLIANT.text))[1]
    assert [symbol.name for symbol in overview.children] == [
        "（一）主动公开",
        "（二）依申请公开",
        "（三）政府信息管理",
        "（四）政府信息公开平台建设",
        "（五）监督保障",
    ]
    assert {symbol.part for symbol in overview.children} == {Part.HEADING}


def test_rows_show_their_figures() -> None:
    result = lint(COMPLIANT.text)
    (table,) = symbols(result)[2].children
    assert (table.part, table.name, table.detail) == (Part.TABLE, "表格", "6 行")
    assert [(row.name, row.detail) for row in table.children] == [
        ("规章", "0 0 0"),
        ("行政规范性文件", "2 1 9"),
        ("行政许可", "36"),
        ("行政处罚", "4"),
        ("行政强制", "0"),
        ("行政事业性收费", "0"),
    ]
    row = table.children[1]
    assert result.source.slice(row.span) == "行政规范性文件\t2\t1\t9"
    assert result.source.slice(row.name_span) == "行政规范性文件"


def test_rows_side_by_side_have_the_forms_words_and_their_own_figures() -> None:
    result = lint(COMPLIANT.text)
    (table,) = symbols(result)[4].children
    assert [(row.name, row.detail, result.source.slice(row.span)) for row in table.children] == [
        ("行政复议", "1 0 0 0 1", "1\t0\t0\t0\t1"),
        ("未经复议直接起诉", "0 0 0 0 0", "0\t0\t0\t0\t0"),
        ("复议后起诉", "0 0 0 0 0", "0\t0\t0\t0\t0"),
    ]


def test_a_section_reaches_to_the_last_line_before_the_next() -> None:
    result = lint(COMPLIANT.text)
    assert [lines(result, symbol.span) for symbol in symbols(result)] == [
        (1, 1),
        (5, 15),
        (17, 32),
        (34, 63),
        (65, 70),
        (72, 76),
        (78, 80),
    ]


def test_the_table_of_a_markdown_report_begins_at_its_first_label() -> None:
    result = LINTER.lint_file(EXAMPLES / "yunxi-archives-2023.md")
    (table,) = symbols(result)[2].children
    assert result.source.slice(table.name_span) == "第二十条第（一）项 |  |  |  |"
    section = symbols(result)[1]
    assert result.source.slice(Span(section.span.start - 3, section.span.start + 2)) == "## 一、"


# Sub-headings


SECTION = "一、总体情况"
NEXT = "\n\n二、主动公开政府信息情况"


def overview(*lines: str) -> Result:
    """The report with other lines in its first section."""
    start = COMPLIANT.text.index(SECTION) + len(SECTION)
    end = COMPLIANT.text.index(NEXT)
    return lint(COMPLIANT.text[:start] + "\n" + "\n".join(lines) + COMPLIANT.text[end:])


def test_another_style_is_a_level_below_and_a_known_one_goes_back() -> None:
    result = overview(
        "（一）主动公开。", "1.政策文件。", "（1）制发。", "2.机构职能。", "（二）依申请公开。", "1.渠道。"
    )
    assert tree(symbols(result)[1].children, Part.HEADING) == [
        ["（一）主动公开", ["1.政策文件", ["（1）制发"]], ["2.机构职能"]],
        ["（二）依申请公开", ["1.渠道"]],
    ]


def test_a_sub_heading_reaches_to_the_next_of_its_level() -> None:
    result = overview("（一）主动公开。", "1.政策文件。", "发布十件。", "", "（二）依申请公开。")
    first, second = symbols(result)[1].children
    assert result.source.slice(first.span) == "（一）主动公开。\n1.政策文件。\n发布十件。"
    assert result.source.slice(first.children[0].span) == "1.政策文件。\n发布十件。"
    assert result.source.slice(second.span) == "（二）依申请公开。"
    assert result.source.slice(second.name_span) == "（二）依申请公开"


def test_a_number_alone_is_a_sub_heading_without_words() -> None:
    result = overview("（一）：主动公开。")
    (heading,) = symbols(result)[1].children
    assert (heading.name, result.source.slice(heading.name_span)) == ("（一）", "（一）")


def test_a_sentence_is_cut() -> None:
    result = overview("（一）把镇里的两个公众号并为一个，在便民服务大厅增设公开查阅点，配了一名引导员。")
    (heading,) = symbols(result)[1].children
    assert heading.name == "（一）把镇里的两个公众号并为一个，在便民服务大厅增设公开查阅点，配…"
    result = overview("（一）主动公开", "发布十件。")
    assert [heading.name for heading in symbols(result)[1].children] == ["（一）主动公开"]


def test_labels_of_a_table_are_no_sub_headings() -> None:
    assert not [name for name in named(lint(COMPLIANT.text), Part.HEADING) if "本年新收" in name]


def test_labels_of_a_table_that_could_not_be_read_are_none_either() -> None:
    start = COMPLIANT.text.index("三、收到和处理")
    end = COMPLIANT.text.index("四、政府信息公开行政复议")
    words = "三、收到和处理政府信息公开申请情况\n\n一、本年新收政府信息公开申请数量\n（一）予以公开\n（二）其他。\n\n"
    result = lint(COMPLIANT.text[:start] + words + COMPLIANT.text[end:])
    assert result.report is not None
    assert "requests" not in result.report.tables
    assert [symbol.name for symbol in symbols(result)[3].children] == ["（二）其他"]


# Damaged tables


def test_a_row_with_too_many_figures_says_so() -> None:
    result = lint(COMPLIANT.text.replace("行政规范性文件\t2\t1\t9", "行政规范性文件\t2\t1\t9\t9"))
    (table,) = symbols(result)[2].children
    assert [row.detail for row in table.children][1] == "填了 4 个数，应为 3 个"


def test_a_row_that_is_there_twice_says_so() -> None:
    result = lint(COMPLIANT.text.replace("行政许可\t36\t\t", "行政许可\t36\t\t\n行政许可\t37\t\t"))
    (table,) = symbols(result)[2].children
    assert [(row.name, row.detail) for row in table.children][2:4] == [
        ("行政许可", "36"),
        ("行政许可", "前面已有这一行，没有读取"),
    ]


def test_a_blank_cell_is_named() -> None:
    result = lint(COMPLIANT.text.replace("行政规范性文件\t2\t1\t9", "行政规范性文件\t2\t\t9"))
    (table,) = symbols(result)[2].children
    assert [row.detail for row in table.children][1] == "2 空 9"


def test_what_is_concealed_is_masked() -> None:
    linter = Linter.from_layers([Layer("test", extends=("national", "privacy"))])
    words = "（一）主动公开13812345678"
    text = COMPLIANT.text.replace("（一）主动公开", words)
    names = [symbol.name for symbol in walk(symbols(linter.lint_text(text)))]
    assert "（一）主动公开138******78" in names
    assert not any("13812345678" in name for name in names)


# Folding


def test_sections_and_tables_fold_and_single_lines_do_not() -> None:
    result = lint(COMPLIANT.text)
    assert [lines(result, span) for span in folds(result)] == [
        (5, 15),
        (17, 32),
        (19, 32),
        (34, 63),
        (36, 63),
        (65, 70),
        (67, 70),
        (72, 76),
        (78, 80),
    ]


def test_sub_headings_fold_where_text_follows_in_other_lines() -> None:
    result = overview("（一）主动公开。", "发布十件。", "（二）依申请公开。")
    assert lines(result, folds(result)[1]) == (6, 7)


def test_a_fold_of_a_line_is_the_outermost() -> None:
    result = lint(COMPLIANT.text.replace("一、总体情况\n\n（一）主动公开", "一、总体情况。（一）主动公开"))
    assert lines(result, folds(result)[0]) == (5, 13)
    assert len(folds(result)) == len({result.source.position(span.start).line for span in folds(result)})


# Whatever the text


def check(result: Result) -> None:
    text = result.source.text

    def within(found: Sequence[Symbol], parent: Span) -> None:
        for symbol in found:
            assert parent.start <= symbol.span.start < symbol.span.end <= parent.end
            assert symbol.span.start <= symbol.name_span.start < symbol.name_span.end <= symbol.span.end
            assert symbol.name
            assert "\n" not in symbol.name
            assert "\r" not in symbol.name
            within(symbol.children, symbol.span)
        assert all(one.span.end <= other.span.start for one, other in pairwise(found))

    within(symbols(result), Span(0, len(text)))
    place = result.source.position
    starts = [place(span.start).line for span in folds(result)]
    assert starts == sorted(set(starts))
    assert all(place(span.end).line > place(span.start).line for span in folds(result))


@usual
@given(st.one_of(changed(), likely()))
def test_children_lie_within_parents_and_siblings_behind_each_other(text: str) -> None:
    check(lint(text))


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_the_outline_of_the_examples(path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        text = read_file(str(path)).text.replace("\n", end)
        check(lint(text))


def test_a_web_page_has_an_outline() -> None:
    page = "<html><body><h1>云溪县水务局2024年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>（一）主动公开。</p></body></html>"
    result = LINTER.lint(read_page(page))
    check(result)
    assert named(result, Part.HEADING) == ["（一）主动公开"]
    assert folds(result) == ()


def read_page(page: str) -> Source:
    from .sources import from_bytes

    return from_bytes(page.encode(), "page.html")


def test_nothing_is_shown_of_what_could_not_be_read(tmp_path: Path) -> None:
    result = LINTER.lint_file(tmp_path / "none.txt")
    assert symbols(result) == ()
    assert folds(result) == ()
