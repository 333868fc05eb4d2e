"""Formatting: tables are aligned, and nothing else changes, least of all a figure."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint import Linter, Result, Span, fixes
from reportlint.formats.text import width
from reportlint.language.layout import KEEP, STYLES, layout

from .shapes import FINISHES, SHAPES, figures_of, reshape
from .sources import from_bytes, read_file
from .test_properties import COMPLIANT, EXAMPLES, LINTER, changed, likely

usual = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
_MARKS = re.compile(r"[\s|]")
_RULE = re.compile(r"^(?=.*--)[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)
LONE = ("pipes-a-cell-a-line", "lone-pipes", "cell-a-line", "spaces", "figures-after", "figures-before", "torn")
"""Shapes without a row a line, or without anything but spaces between the figures."""


def formatted(text: str, style: str = KEEP, within: Span | None = None, linter: Linter = LINTER) -> str:
    """The text as it is laid out; checked for all that holds of every layout."""
    before = linter.lint_text(text)
    edits = layout(linter, before, style, within)
    for edit in edits:
        assert not words(text[slice(*edit.span)]), "words were touched"
    assert all(one.span.end <= other.span.start for one, other in pairwise(sorted(edits))), "one edit over another"
    after = fixes.edited(text, edits)
    assert words(after) == words(text)
    assert said(linter.lint_text(after)) == said(before)
    return after


def words(text: str) -> str:
    """A text without the white space and marks of its tables."""
    return _MARKS.sub("", _RULE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def said(result: Result) -> object:
    """What is read and said of a report."""
    report = result.report
    assert report is not None
    tables = (*report.tables.values(), *report.extra_tables)
    return (
        [(table.name, {place: cell[1:] for place, cell in table.cells.items()}, list(table.rows)) for table in tables],
        [(claim.subject, claim.value) for claim in report.claims],
        sorted((one.rule, one.place, one.message) for one in result.diagnostics),
    )


def table(text: str, heading: str = "二、主动公开政府信息情况") -> list[str]:
    """The lines of a section's table."""
    return text.split(heading)[1].lstrip("\n").split("\n\n")[0].split("\n")


TABS = """第二十条第（一）项\t\t\t
信息内容	本年制发件数	本年废止件数	现行有效件数
规章	0	0	0
行政规范性文件	2	1	9"""


# What tables look like


def test_pipes_are_padded_by_the_width_on_the_screen() -> None:
    assert table(formatted(COMPLIANT.text, "pipe"))[:6] == [
        "| 第二十条第（一）项 |                            |              |              |",
        "| ------------------ | -------------------------- | ------------ | ------------ |",
        "| 信息内容           | 本年制发件数               | 本年废止件数 | 现行有效件数 |",
        "| 规章               | 0                          | 0            | 0            |",
        "| 行政规范性文件     | 2                          | 1            | 9            |",
        "| 第二十条第（五）项 |                            |              |              |",
    ]


@pytest.mark.parametrize("heading", ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"])
def test_all_lines_with_pipes_are_of_one_width(heading: str) -> None:
    lines = table(formatted(COMPLIANT.text, "pipe"), heading)
    assert len({width(line) for line in lines}) == 1
    columns = {tuple(width(line[:at]) for at, character in enumerate(line) if character == "|") for line in lines}
    assert len(columns) == 1


def test_tabs_come_back_as_they_were() -> None:
    assert formatted(formatted(COMPLIANT.text, "pipe"), "tab") == COMPLIANT.text


def test_keeping_keeps_tabs() -> None:
    assert formatted(COMPLIANT.text) == COMPLIANT.text


def test_keeping_keeps_pipes_and_adds_no_rule() -> None:
    rows = TABS.replace("\t", "|").split("\n")
    text = COMPLIANT.text.replace(TABS, "\n".join(rows))
    start = COMPLIANT.text.index("第二十条第（五）项")
    # The rest of the table has pipes too, since what is mixed is left alone.
    end = COMPLIANT.text.index("\n\n三、")
    text = text.replace(COMPLIANT.text[start:end], COMPLIANT.text[start:end].replace("\t", "|"))
    assert table(formatted(text))[:3] == [
        "| 第二十条第（一）项 |                            |              |              |",
        "| 信息内容           | 本年制发件数               | 本年废止件数 | 现行有效件数 |",
        "| 规章               | 0                          | 0            | 0            |",
    ]


def test_tabs_get_fields_that_are_lacking() -> None:
    text = COMPLIANT.text.replace("第二十条第（一）项\t\t\t\n", "第二十条第（一）项\n").replace(
        "行政许可\t36\t\t\n", "行政许可 \t 36\n"
    )
    assert text != COMPLIANT.text
    assert formatted(text) == COMPLIANT.text


def test_the_columns_of_a_rule_stay_as_they_were_aligned() -> None:
    text = formatted(COMPLIANT.text, "pipe")
    rule = table(text)[1]
    marked = formatted(text.replace(rule, "|---|:---|---:|:-:|", 1))
    assert table(marked)[1:5] == [
        "| ------------------ | :------------------------- | -----------: | :----------: |",
        "| 信息内容           | 本年制发件数               | 本年废止件数 | 现行有效件数 |",
        "| 规章               | 0                          |            0 |      0       |",
        "| 行政规范性文件     | 2                          |            1 |      9       |",
    ]


def test_lines_too_long_for_the_grammar_are_not_padded() -> None:
    """A head behind two hundred characters would be no head of a table any more."""
    text = COMPLIANT.text.replace("申请人情况\t\t\t\t\t\t\n", "申请人情况\t\t\t\t\t\t总计\n").replace(
        "其他组织\t\t\t\t\t总计\n", "其他组织\t\t\t\t\t\n"
    )
    lines = table(formatted(text, "pipe"), "三、收到和处理政府信息公开申请情况")
    assert lines[3] == "|  |  |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |  |"
    assert lines[1] == "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    assert table(formatted(text, "pipe"))[2].startswith("| 信息内容           |")


def test_marks_for_figures_are_no_rule() -> None:
    text = formatted(COMPLIANT.text.replace("行政规范性文件\t2\t1\t9", "行政规范性文件\t-\t-\t-"), "pipe")
    assert "| 行政规范性文件     | -                          | -            | -            |" in table(text)


# What stays as it is


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("shape", LONE)
def test_tables_without_a_row_a_line_are_left_alone(shape: str, style: str) -> None:
    text = reshape(COMPLIANT.report, SHAPES[shape])
    assert formatted(text, style) == text


def test_a_table_with_a_line_of_something_else_is_left_alone() -> None:
    text = COMPLIANT.text.replace("规章\t0\t0\t0\n", "规章\t0\t0\t0\n- 3 -\n")
    lines = table(formatted(text, "pipe"))
    assert lines == table(text)
    assert table(formatted(text, "pipe"), "诉讼情况")[0].startswith("| 行政复议 |")


@pytest.mark.parametrize("old", ["规章\t0\t0\t0", "信息内容\t本年制发件数"])
@pytest.mark.parametrize("noise", ["\\|", "|", "\x0b", "\u2028"])
def test_a_table_with_what_cannot_be_told_apart_is_left_alone(old: str, noise: str) -> None:
    text = COMPLIANT.text.replace(old, old.replace("\t", f"{noise}\t", 1), 1)
    assert table(formatted(text, "pipe")) == table(text)


def without_blank_lines(text: str, style: str) -> str:
    """The report with its last two tables right behind each other, in a style."""
    start = text.index("四、结转下年度")
    end = text.index("行政复议\t\t")
    text = text[:start] + text[start:end].partition("\n")[0] + "\n" + text[end:]
    first, last = text.index("（本列数据"), text.index("\n\n五、")
    return text[:first] + text[first:last].replace("\t", {"tab": "\t", "pipe": "|"}[style]) + text[last:]


@pytest.mark.parametrize("is_now", ["tab", "pipe"])
@pytest.mark.parametrize("style", ["tab", "pipe"])
def test_tables_right_behind_each_other_are_left_alone(style: str, is_now: str) -> None:
    text = without_blank_lines(COMPLIANT.text, is_now)
    assert formatted(text, style).split("三、收到")[1] == text.split("三、收到")[1]


@pytest.mark.parametrize("line", ["| 注 |", "|---|"])
def test_tabs_beside_pipes_are_left_alone(line: str) -> None:
    text = COMPLIANT.text.replace("规章\t0", f"{line}\n规章\t0").replace("\n\n五、", f"\n{line}\n\n五、")
    after = formatted(text, "pipe")
    assert table(after) == table(text)
    assert table(after, "诉讼情况") == table(text, "诉讼情况")


def test_heads_that_are_not_known_are_of_a_table_of_pipes() -> None:
    text = formatted(COMPLIANT.text, "pipe").replace("| 第二十条第（一）项 ", "|戊|\n| 甲乙 ")
    lines = table(formatted(text.replace("\n\n三、", "\n|丙|丁|\n\n三、")))
    assert lines[0] == "| 戊                 |                            |              |              |"
    assert lines[1] == "| 甲乙               |                            |              |              |"
    assert lines[-1] == "| 丙                 | 丁                         |              |              |"


def test_a_table_may_be_all_of_a_text() -> None:
    lines = table(formatted(COMPLIANT.text, "pipe"), "三、收到和处理政府信息公开申请情况")
    text = "\n".join(line.replace("  ", "") for line in lines)
    assert formatted(text) == "\n".join(lines)


def test_prose_with_a_pipe_is_no_line_of_a_table() -> None:
    text = formatted(COMPLIANT.text, "pipe").replace("\n\n三、", "\n甲|乙\n\n三、")
    assert formatted(text) == text


def test_a_table_with_a_label_and_its_figures_in_two_lines_is_left_alone() -> None:
    text = COMPLIANT.text.replace("行政许可\t36\t\t", "行政许可\n\t36\t\t")
    after = formatted(text, "pipe")
    assert after.split("三、收到")[0] == text.split("三、收到")[0]
    assert after != text


def test_a_head_in_the_line_of_a_heading_stays_there() -> None:
    line = "二、主动公开政府信息情况：第二十条第（一）项\t\t\t"
    text = COMPLIANT.text.replace("情况\n\n第二十条第（一）项\t\t\t", "情况：第二十条第（一）项\t\t\t")
    assert f"\n{line}\n| 信息内容 " in formatted(text, "pipe")


def test_a_rule_of_other_marks_is_left_alone() -> None:
    text = formatted(COMPLIANT.text, "pipe")
    text = text.replace(table(text)[1], "|====|----|----|----|", 1)
    assert table(formatted(text)) == table(text)


def test_a_blank_field_that_would_be_an_empty_cell_is_not_added() -> None:
    text = COMPLIANT.text.replace("行政规范性文件\t2\t1\t9", "行政规范性文件\t2\t1")
    assert formatted(text) == text
    text = text.replace("行政许可\t36\t\t", "行政许可\t36 \t\t ")
    assert formatted(text) == text.replace("36 \t\t ", "36\t\t")


def test_text_outside_of_tables_is_not_touched() -> None:
    text = COMPLIANT.text.replace("。\n\n（二）", "。 \t \n\n| （二）", 1).replace("一、总体情况\n", "一、总体情况\t\n")
    before = text.split("二、主动公开政府信息情况")[0]
    assert formatted(text, "pipe").split("二、主动公开政府信息情况")[0] == before


def test_rows_apart_by_blank_lines_get_no_pipes() -> None:
    text = COMPLIANT.text.replace("规章\t0\t0\t0\n", "\n规章\t0\t0\t0\n\n")
    assert formatted(text, "pipe").count("\n规章\t0\t0\t0\n") == 1
    assert "规章" in formatted(text, "tab")


def test_blocks_apart_by_blank_lines_are_tables_of_their_own() -> None:
    text = COMPLIANT.text.replace("\n第二十条第（五）项", "\n\n第二十条第（五）项")
    lines = formatted(text, "pipe").split("\n")
    first = lines.index("| 第二十条第（五）项 |                            |     |     |")
    assert lines[first - 1] == ""
    assert lines[first + 1].startswith("| ---")


def test_a_rule_at_the_end_of_the_text_stays() -> None:
    text = formatted(COMPLIANT.text, "pipe").split("\n\n五、")[0]
    assert formatted(text, "tab").count("\n| 行政复议 ") == 0
    assert formatted(f"{text}\n|---|", "tab").count("\n| 行政复议 ") == 1


def test_web_pages_are_not_formatted() -> None:
    rows = "".join(f"<tr><td>{line.replace(chr(9), '</td><td>')}</td></tr>" for line in table(COMPLIANT.text))
    page = f"<html><h1>云溪县水务局2024年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p><table>{rows}</table></html>"
    result = LINTER.lint(from_bytes(page.encode(), "page.html"))
    assert result.report is not None
    assert result.report.tables["disclosure"].cells
    assert layout(LINTER, result, "pipe") == ()


def test_nothing_is_formatted_that_could_not_be_read(tmp_path: Path) -> None:
    assert layout(LINTER, LINTER.lint_file(tmp_path / "none.txt"), "pipe") == ()


# A part of the text


@pytest.mark.parametrize(
    ("start", "end", "changed"),
    [
        ("规章\t", "0\n行政规范", {"二、"}),
        ("行政许可", "一、本年新收", {"二、", "三、"}),
        ("一、总体情况", "（二）", set()),
        ("行政事业性收费\t0\t\t", "行政事业性收费\t0\t\t", {"二、"}),
    ],
)
def test_a_stretch_formats_the_tables_that_it_touches(start: str, end: str, changed: set[str]) -> None:
    within = Span(COMPLIANT.text.index(start), COMPLIANT.text.index(end))
    after = formatted(COMPLIANT.text, "pipe", within)
    parts = zip(after.split("\n\n"), COMPLIANT.text.split("\n\n"), strict=True)
    headings = [part[:2] for part in COMPLIANT.text.split("\n\n")]
    assert {headings[at - 1] for at, (new, old) in enumerate(parts) if new != old} == changed


def test_the_edges_of_a_table_touch_it() -> None:
    start, end = COMPLIANT.text.index("第二十条第（一）项"), COMPLIANT.text.index("\n\n三、")
    assert formatted(COMPLIANT.text, "pipe", Span(start, start)) != COMPLIANT.text
    assert formatted(COMPLIANT.text, "pipe", Span(start - 1, start - 1)) == COMPLIANT.text
    assert formatted(COMPLIANT.text, "pipe", Span(end, end)) != COMPLIANT.text
    assert formatted(COMPLIANT.text, "pipe", Span(end + 1, end + 1)) == COMPLIANT.text


# Line ends, and all shapes


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("finish", FINISHES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_second_time_changes_nothing(shape: str, finish: str, style: str) -> None:
    text = FINISHES[finish](reshape(COMPLIANT.report, SHAPES[shape]))
    once = formatted(text, style)
    assert formatted(once, style) == once
    assert once.endswith(("\n", "\r")) == text.endswith(("\n", "\r"))
    ends = {"crlf": "\r\n", "cr": "\r"}.get(finish, "\n")
    assert once.count(ends) * len(ends) == once.count("\r") + once.count("\n")


@pytest.mark.parametrize("shape", ["tabs", "pipes", "pipes-without-first", "pipes-between", "markdown"])
def test_shapes_with_a_row_a_line_come_to_the_same(shape: str) -> None:
    text = reshape(COMPLIANT.report, SHAPES[shape])
    assert formatted(text, "tab") == COMPLIANT.text
    assert formatted(text, "pipe") == formatted(COMPLIANT.text, "pipe")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_the_examples(path: Path, style: str) -> None:
    text = read_file(str(path)).text
    once = formatted(text, style)
    assert formatted(once, style) == once


@usual
@given(st.one_of(changed(), likely()), st.sampled_from(STYLES), st.sampled_from(sorted(FINISHES)))
def test_whatever_the_text_no_figure_changes(text: str, style: str, finish: str) -> None:
    text = FINISHES[finish](text)
    once = formatted(text, style)
    assert formatted(once, style) == once
    assert once.endswith(("\n", "\r")) == text.endswith(("\n", "\r"))


@usual
@given(
    st.lists(st.sampled_from(("0", "7", "1,234", "—", "", "无", " 12 ", "3件", "-")), min_size=200, max_size=200),
    st.sampled_from(sorted(set(SHAPES) - set(LONE))),
    st.sampled_from(STYLES),
)
def test_whatever_the_cells_no_figure_changes(marks: list[str], shape: str, style: str) -> None:
    figures = figures_of(COMPLIANT.report)
    places = [(name, place) for name in figures for place in figures[name]]
    given = {name: dict(cells) for name, cells in figures.items()}
    for (name, place), mark in zip(places, marks, strict=False):
        given[name][place] = mark
    once = formatted(reshape(COMPLIANT.report, SHAPES[shape], given), style)
    assert formatted(once, style) == once
