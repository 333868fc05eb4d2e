"""What an editor colours: headings, labels, figures and claims, each within its line."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint import Result, Span
from reportlint.language.tokens import Kind, tokens

from .sources import read_file
from .test_properties import COMPLIANT, EXAMPLES, LINTER, changed, likely

usual = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)


def lint(text: str) -> Result:
    return LINTER.lint_text(text)


def seen(result: Result, line: str) -> list[tuple[str, str]]:
    """The tokens of the line that begins with some words: their kinds and texts."""
    text = result.source.text
    start = text.index(line)
    span = result.source.line_span(start)
    return [
        (token.kind.value, result.source.slice(token.span))
        for token in tokens(result)
        if span.start <= token.span.start < span.end
    ]


def changed_report(old: str, new: str) -> Result:
    assert COMPLIANT.text.count(old) == 1
    return lint(COMPLIANT.text.replace(old, new))


# A report in order


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("云溪县青禾镇", [("title", "云溪县青禾镇人民政府2024年政府信息公开工作年度报告")]),
        ("本报告依据", []),
        ("一、总体情况", [("heading", "一、总体情况")]),
        (
            "（二）依申请公开",
            [
                ("subheading", "（二）依申请公开"),
                ("claim", "收到政府信息公开申请5件"),
                ("claim", "上年结转1件"),
                ("claim", "办结5件"),
                ("claim", "结转下年度继续办理1件"),
                ("claim", "被申请行政复议1件"),
                ("claim", "行政诉讼0件"),
            ],
        ),
        (
            "信息内容\t本年制发",
            [("label", "信息内容"), ("column", "本年制发件数"), ("column", "本年废止件数"), ("column", "现行有效件数")],
        ),
        (
            "行政规范性文件",
            [("label", "行政规范性文件"), ("figure", "2"), ("figure", "1"), ("figure", "9")],
        ),
        (
            "三、本年度办理结果",
            [("label", "三、本年度办理结果"), ("label", "（一）予以公开"), *[("figure", f) for f in "2100003"]],
        ),
        ("行政复议\t", [("label", "行政复议"), ("label", "行政诉讼")]),
        ("1\t0\t0\t0\t1\t0", [("figure", figure) for figure in "100010000000000"]),
    ],
)
def test_what_the_words_of_a_line_are(line: str, found: list[tuple[str, str]]) -> None:
    assert seen(lint(COMPLIANT.text), line) == found


def test_what_stands_for_a_figure_is_told_from_figures_and_words() -> None:
    result = changed_report("行政规范性文件\t2\t1\t9", "行政规范性文件\t—\t无件\t9")
    assert seen(result, "行政规范性文件") == [
        ("label", "行政规范性文件"),
        ("mark", "—"),
        ("words", "无件"),
        ("figure", "9"),
    ]


def test_figures_that_fit_no_column_are_figures() -> None:
    result = changed_report("行政规范性文件\t2\t1\t9", "行政规范性文件\t2\t1\t9\t8")
    assert [text for kind, text in seen(result, "行政规范性文件") if kind == "figure"] == ["2", "1", "9", "8"]


def test_a_row_that_is_there_again_has_a_label() -> None:
    result = changed_report("行政许可\t36\t\t", "行政许可\t36\t\t\n行政 许可\t37\t\t")
    assert seen(result, "行政 许可") == [("label", "行政 许可")]


def test_a_damaged_label_is_one() -> None:
    result = changed_report("8.属于行政查询事项\t", "8.属于行政询事项\t")
    assert seen(result, "\t\t8.")[0] == ("label", "8.属于行政询事项")


def test_a_field_between_tabs_may_have_spaces_in_it() -> None:
    result = changed_report("信息内容\t本年制发件数", "信息 内容\t本年 制发件数")
    assert seen(result, "信息 内容")[:2] == [("label", "信息 内容"), ("column", "本年 制发件数")]


def test_rows_side_by_side_have_no_label_in_their_line() -> None:
    result = changed_report("1\t0\t0\t0\t1" + "\t0" * 10, "|1|0|0|0|1|" + " |" * 5 + "0|" * 5)
    assert seen(result, "|1|") == [("figure", figure) for figure in "1000100000"]


def test_a_title_in_two_lines_is_two_tokens() -> None:
    result = changed_report("云溪县青禾镇人民政府2024年", "云溪县青禾镇人民政府\n \n2024年")
    assert [kind.value for _, kind in tokens(result)[:3]] == ["title", "title", "heading"]


def test_heads_apart_by_spaces_are_known_too() -> None:
    result = changed_report(
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数", "信息内容 本年制发件数 废止 现行有效件数"
    )
    assert seen(result, "信息内容 ") == [("label", "信息内容"), ("column", "本年制发件数"), ("column", "现行有效件数")]


def test_a_claim_over_the_end_of_a_line_is_two_tokens() -> None:
    result = changed_report("全年共收到政府信息公开申请5件", "全年共收到政府信息\n公开申请5件")
    assert seen(result, "（二）")[-1] == ("claim", "收到政府信息")
    assert seen(result, "公开申请5件")[0] == ("claim", "公开申请5件")


def test_a_heading_counts_before_a_claim_in_it() -> None:
    result = changed_report("（二）依申请公开。全年共", "（二）")
    assert seen(result, "（二）")[0] == (
        "subheading",
        "（二）收到政府信息公开申请5件，上年结转1件，办结5件，结转下年度",
    )


# A part of it


def test_a_stretch_has_the_tokens_that_touch_it() -> None:
    result = lint(COMPLIANT.text)
    start = COMPLIANT.text.index("规范性文件\t2")
    found = tokens(result, Span(start, start + len("规范性文件\t2")))
    assert [result.source.slice(token.span) for token in found] == ["行政规范性文件", "2"]


# Whatever the text


def check(result: Result) -> None:
    found = tokens(result)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    for token in found:
        text = result.source.slice(token.span)
        assert text
        assert text == text.strip()
        assert not {"\r", "\n"} & set(text)
    middle = Span(len(result.source.text) // 3, 2 * len(result.source.text) // 3)
    touching = [one for one in found if one.span.start < middle.end and one.span.end > middle.start]
    assert [*tokens(result, middle)] == touching


@usual
@given(st.one_of(changed(), likely()))
def test_tokens_are_in_order_and_within_their_lines(text: str) -> None:
    check(lint(text))


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_the_tokens_of_the_examples(path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        result = lint(read_file(str(path)).text.replace("\n", end))
        check(result)
        assert result.report is not None
        figures = {token.span for token in tokens(result) if token.kind is Kind.FIGURE}
        cells = [cell for table in result.report.tables.values() for cell in table.cells.values()]
        assert {cell.span for cell in cells if cell.value is not None} <= figures


def test_nothing_is_coloured_of_what_could_not_be_read(tmp_path: Path) -> None:
    assert tokens(LINTER.lint_file(tmp_path / "none.txt")) == ()
