"""What is offered at a place of a report: by the text with the cursor in it, written as ¦."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint import Linter, Result, Source
from reportlint.blank import blank
from reportlint.language.completion import Completion, Kind, completions
from reportlint.readers.html import read_html
from reportlint.wording import Paragraph, Wording

from .sources import read_file

ROOT = Path(__file__).parent.parent
LINTER = Linter.from_layers([])
WHOLE = blank(LINTER, "云溪县水务局", 2024)
MARKED = blank(LINTER, "云溪县水务局", 2024, layout="pipe")
TITLE, PREFACE, *_ = WHOLE.split("\n\n")
HEADINGS = [LINTER.read(Source(WHOLE)).form.label(name) for name in LINTER.read(Source(WHOLE)).form.sections]
REMEDIES = HEADINGS[3]
ROW = "\t\t2.重复申请\t0\t0\t0\t0\t0\t0\t0"
PIPED_ROW = "|  |  | 2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
FEE = "本年度未收取信息处理费。发出收费通知的件数和总金额，以及实际收取的总金额均为0。"


@cache
def lint(text: str) -> Result:
    return LINTER.lint_text(text)


def offered(text: str, linter: Linter = LINTER) -> list[Completion]:
    before, _, after = text.partition("¦")
    result = linter.lint_text(before + after)
    return completions(result, linter, len(before), 2025)


def labels(text: str, kind: Kind | None = None) -> list[str]:
    return [each.label for each in offered(text) if kind in (None, each.kind)]


def taken(text: str, number: int = 0) -> str:
    """The text when one of what is offered has been taken."""
    found = offered(text)[number]
    bare = text.replace("¦", "")
    return bare[: found.span.start] + found.insert + bare[found.span.end :]


def without(part: str, text: str = WHOLE) -> str:
    """A report with the cursor in the place of a part."""
    assert text.count(part) == 1
    return text.replace(part, "¦")


# The beginning


def test_an_empty_text_is_offered_a_title_of_last_year() -> None:
    assert [(each.kind, each.insert, each.documentation) for each in offered("¦")] == [
        (Kind.TITLE, "2025年政府信息公开工作年度报告", "前面写上单位名称")
    ]


def test_a_name_on_the_first_line_is_offered_its_title_and_its_report() -> None:
    title, whole = offered("\n云溪县水务局¦\n")
    assert (title.kind, title.insert) == (Kind.TITLE, "云溪县水务局2025年政府信息公开工作年度报告")
    assert (whole.kind, whole.insert) == (Kind.REPORT, blank(LINTER, "云溪县水务局", 2025))
    assert taken("云溪县水务局¦", 1) == blank(LINTER, "云溪县水务局", 2025)


@pytest.mark.parametrize("typed", ["云溪县水务局2020", "云溪县水务局2020年", "云溪县水务局2020年度"])
def test_the_year_may_stand_behind_the_name(typed: str) -> None:
    assert taken(f"{typed}¦", 1) == blank(LINTER, "云溪县水务局", 2020)


def test_in_markdown_a_report_is_laid_out_so() -> None:
    assert taken("# 云溪县水务局2024¦", 1) == MARKED
    assert taken(f"# {TITLE}\n\n¦") == MARKED
    assert taken(f"# {TITLE}\n\n¦", 2).endswith(f"\n## {HEADINGS[0]}")
    result = LINTER.lint_text("云溪县水务局2024", "年报.md")
    assert [each.insert for each in completions(result, LINTER, 10)] == [f"# {TITLE}", MARKED]


def test_a_title_that_would_not_be_read_again_has_no_rest() -> None:
    linter = Linter.from_layers([])
    linter.packs.wordings = {}
    assert {each.kind for each in offered(f"{TITLE}\n\n¦", linter)} == {Kind.HEADING}


@pytest.mark.parametrize("text", ["云溪县2015¦", "云溪县1999年¦", "云溪¦县", "云溪县¦\n\n别的文字", "县" * 101 + "¦"])
def test_there_are_first_lines_that_nothing_is_offered_for(text: str) -> None:
    assert offered(text) == []


def test_a_name_that_cannot_stand_in_a_report_is_offered_none() -> None:
    assert [each.kind for each in offered("关于云溪县¦")] == [Kind.TITLE]


def test_below_a_title_all_the_rest_is_offered_first() -> None:
    text = f"{TITLE}\n\n¦"
    found = offered(text)
    assert [each.kind for each in found[:3]] == [Kind.REPORT, Kind.SENTENCE, Kind.HEADING]
    assert taken(text) == WHOLE
    assert found[1].insert == PREFACE
    assert [each.label for each in found[2:]] == HEADINGS


def test_where_something_stands_below_the_title_the_rest_is_not_offered() -> None:
    assert labels(f"{TITLE}\n\n{PREFACE}\n\n¦") == HEADINGS
    assert Kind.REPORT not in {each.kind for each in offered(f"{TITLE}\n\n¦\n\n{PREFACE}")}


# Headings


def test_the_headings_that_are_missing_are_offered_in_their_order() -> None:
    text = f"{TITLE}\n\n{PREFACE}\n\n{HEADINGS[2]}\n\n¦\n\n{HEADINGS[4]}\n"
    assert labels(text, Kind.HEADING) == [HEADINGS[3], HEADINGS[5], HEADINGS[0], HEADINGS[1]]


@pytest.mark.parametrize("typed", ["四", "四、", "四、政府信息公开行", "行政复议", "诉讼情况"])
def test_a_heading_that_is_begun_is_gone_on_with(typed: str) -> None:
    text = WHOLE.replace(REMEDIES, f"{typed}¦")
    assert labels(text) == [REMEDIES]
    assert taken(text) == WHOLE


def test_a_heading_in_markdown_has_its_signs() -> None:
    for typed in ("", "## ", "##", "## 四"):
        assert taken(MARKED.replace(f"## {REMEDIES}", f"{typed}¦")) == MARKED
    assert offered(MARKED.replace(f"## {REMEDIES}", f"## {REMEDIES}¦")) == []


def test_a_heading_that_is_whole_is_offered_nothing() -> None:
    assert offered(WHOLE.replace(REMEDIES, f"{REMEDIES}¦")) == []


# Tables and rows


def test_a_section_without_its_table_is_offered_it() -> None:
    start, end = WHOLE.index("行政复议\t"), WHOLE.index(f"\n\n{HEADINGS[4]}")
    found = offered(f"{WHOLE[:start]}¦{WHOLE[end:]}")
    assert [(each.kind, each.label) for each in found] == [(Kind.TABLE, f"“{REMEDIES}”的表格")]
    assert found[0].insert == WHOLE[start:end]
    assert found[0].detail == "“行政复议”等 3 行，各项为 0"


def test_in_markdown_the_table_has_strokes() -> None:
    start, end = MARKED.index("| 行政复议 |"), MARKED.index(f"\n\n## {HEADINGS[4]}")
    assert taken(f"{MARKED[:start]}¦{MARKED[end:]}") == MARKED


@pytest.mark.parametrize("typed", ["", "\t\t", "\t\t2", "\t\t2.", "\t\t重复", "重复", "\t（五）不予处理\t重"])
def test_a_row_that_is_missing_is_written_with_its_zeros(typed: str) -> None:
    text = WHOLE.replace(ROW, f"{typed}¦")
    found = offered(text)
    assert [(each.kind, each.label, each.detail) for each in found] == [
        (Kind.ROW, "2.重复申请", "三、本年度办理结果 › （五）不予处理")
    ]
    assert taken(text) == WHOLE


@pytest.mark.parametrize("typed", ["", "|", "|  |  | ", "|  |  | 重", "|  |  | 重¦ |"])
def test_a_row_with_strokes(typed: str) -> None:
    text = MARKED.replace(PIPED_ROW, typed if "¦" in typed else f"{typed}¦")
    assert taken(text) == MARKED


def test_where_the_figures_are_there_a_row_is_only_named() -> None:
    assert taken(WHOLE.replace(ROW, "\t\t重¦\t0\t0\t0\t0\t0\t0\t0")) == WHOLE
    assert (
        taken(MARKED.replace(PIPED_ROW, "|  |  | 重¦ | 0 | 0 | 0 | 0 | 0 | 0 | 0 |".replace(" | 0", "| 0", 1))).count(
            "重复申请"
        )
        == 1
    )


def test_the_rows_that_come_next_come_first() -> None:
    rows = [line.split("\t")[2] for line in WHOLE.splitlines() if line.startswith("\t\t")][:9]
    lines = WHOLE.splitlines()
    gone = [index for index, line in enumerate(lines) if line.startswith(("\t\t2.", "\t\t3.", "\t\t4."))]
    for index in reversed(gone):
        lines[index : index + 1] = ["¦"] if lines[index] == ROW else []
    found = labels("\n".join(lines))
    assert found[:3] == ["2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请"]
    assert found[3].startswith("2.")
    assert len(found) == len(gone)
    assert len(rows) == 9


@pytest.mark.parametrize(
    "row",
    [
        "\t\t2.重复申请\t0\t0¦\t0\t0\t0\t0\t0",
        "\t\t2.重复申请\t0\t0\t0\t0\t0\t0\t0¦",
        "\t\t2.重复¦申请\t0\t0\t0\t0\t0\t0\t0",
        "\t\t2.重复申请\t1¦2\t0\t0\t0\t0\t0\t0",
        "\t\t2.重复申请¦\t0\t0\t0\t0\t0\t0\t0",
        "¦\t\t\t0\t0\t0\t0\t0\t0\t0",
        "\t" * 1_000 + "重¦",
    ],
)
def test_nothing_is_offered_in_a_row_that_is_written(row: str) -> None:
    assert offered(WHOLE.replace(ROW, row)) == []


def test_a_table_set_apart_by_blanks_is_offered_names_alone() -> None:
    text = WHOLE.replace("\t", "  ").replace("  行政规范性文件", "行政规范性文件").replace("规章  0  0  0", "规¦")
    assert [(each.kind, each.insert) for each in offered(text)] == [(Kind.ROW, "规章")]


# Sentences


def test_an_empty_section_is_offered_its_sentences_before_the_next_heading() -> None:
    found = offered(f"{TITLE}\n\n{PREFACE}\n\n{HEADINGS[0]}\n\n¦")
    assert [each.kind for each in found[:6]] == [Kind.SENTENCE] * 6
    assert found[1].label == "（二）依申请公开。本年度未收到政府信息公开申请，没有上年结转……"
    assert found[5].insert == "2024年，本机关未收到政府信息公开申请。"
    assert found[8].label == HEADINGS[1]


def test_what_a_section_says_is_not_offered_again() -> None:
    text = without(FEE)
    assert [each.insert for each in offered(text)] == [
        FEE,
        "按照《政府信息公开信息处理费管理办法》，本年度发出收费通知0件，总金额0元，实际收取0元。",
    ]
    assert taken(text) == WHOLE


def test_a_paragraph_that_is_there_in_other_words_is_not_offered() -> None:
    text = WHOLE.replace("主动公开。本年度主动公开政府信息0条。", "主动公开情况。全年公开12条。")
    assert text != WHOLE
    start, end = text.index("（三）"), text.index("（四）")
    for typed in ("", "（"):
        found = [each.insert[:9] for each in offered(f"{text[:start]}{typed}¦\n\n{text[end:]}")]
        assert found[0] == "（三）政府信息管理"
        assert not any(each.startswith("（一）") for each in found)


def test_what_the_tables_contradict_is_not_offered() -> None:
    start = WHOLE.index("（二）依申请公开")
    end = WHOLE.index("（四）")
    said = f"{WHOLE[:start]}¦\n\n{WHOLE[end:]}"
    zeros = [each.insert for each in offered(said)]
    assert [text[:6] for text in zeros] == ["（二）依申请", "（三）政府信", "2024年，", "本年度收到政", "本年度因政府"]
    rows = ("一、本年新收政府信息公开申请数量\t\t", "三、本年度办理结果\t（一）予以公开\t", "\t（七）总计\t")
    one = said
    for row in rows:
        assert f"{row}\t0\t0\t0\t0\t0\t0\t0\n" in one
        one = one.replace(f"{row}\t0\t0\t0\t0\t0\t0\t0\n", f"{row}\t1\t0\t0\t0\t0\t0\t1\n")
    assert [each.insert for each in offered(one)] == [zeros[1], zeros[4]]


def test_the_fee_is_no_matter_before_there_was_one() -> None:
    early = blank(LINTER, "云溪县水务局", 2020)
    assert offered(without("本年度没有其他需要报告的事项。", early))[0].insert == "本年度没有其他需要报告的事项。"
    assert len(offered(without("本年度没有其他需要报告的事项。", early))) == 1


def test_within_a_paragraph_its_own_sentences_are_offered() -> None:
    head = "（二）依申请公开。"
    text = f"{TITLE}\n\n{PREFACE}\n\n{HEADINGS[0]}\n\n{head}¦"
    found = offered(text)
    assert [each.insert[:10] for each in found] == [
        "本年度未收到政府信息",
        "未发生因政府信息公开",
        "2024年，本机关未",
        "本年度收到政府信息公",
        "本年度因政府信息公开",
    ]
    assert taken(text).endswith(f"{head}{found[0].insert}")
    assert taken(text.replace("¦", "本年度未¦")).endswith(f"\n{head}{found[0].insert}")


def test_behind_words_that_begin_no_standard_paragraph_a_sentence_is_offered_once_it_is_begun() -> None:
    start = f"{TITLE}\n\n{PREFACE}\n\n{HEADINGS[4]}\n\n"
    found = offered(f"{start}存在的主要问题：¦")
    assert [each.insert for each in found] == ["本年度公开的政府信息数量少，公开的主动性还不够。"]
    assert offered(f"{start}先说一句。¦") == []
    assert [each.insert[:6] for each in offered(f"{start}先说一句。对照¦")] == ["对照《中华人"]
    assert offered(f"{start}存在的主要问题：本年度公开的政府信息数量少，公开的主动性还不够。¦") == []


@pytest.mark.parametrize(
    "line",
    ["（二）依申请公开。本年度¦未收到", "¦（二）依申请公开。", "全年收到12¦", "全年收到1¦2件", "全年收到12件。另有¦"],
)
def test_nothing_is_offered_in_a_sentence_that_goes_on_otherwise(line: str) -> None:
    assert offered(f"{TITLE}\n\n{PREFACE}\n\n{HEADINGS[0]}\n\n{line}") == []


# Any place of any text


def test_line_ends_are_those_of_the_text() -> None:
    text = f"{TITLE}\r\n\r\n¦"
    assert taken(text) == WHOLE.replace("\n", "\r\n")


def test_a_page_is_offered_nothing() -> None:
    source = read_html("<p>一</p>", "a.html")
    assert completions(LINTER.lint(source), LINTER, 0) == []


def test_a_text_that_could_not_be_read_is_offered_nothing() -> None:
    result = lint(WHOLE)._replace(report=None)
    assert completions(result, LINTER, 0) == []


def test_a_form_without_standard_text_is_offered_headings_alone() -> None:
    text = "云溪县林业局2012年政府信息公开工作年度报告\n\n一、概述\n\n全年公开86条。\n\n¦"
    assert {each.kind for each in offered(text)} == {Kind.HEADING}
    assert labels(text)[0] == "二、主动公开政府信息情况"


def test_a_name_that_is_concealed_is_not_shown() -> None:
    linter = Linter.from_layers([])
    phrases = {"other_matters": (Paragraph("{organisation}没有其他事项。"),)}
    linter.packs.wordings = {**linter.packs.wordings, "text": (Wording("annual-2021", phrases=phrases),)}
    text = without(FEE)
    assert "云溪县水务局没有其他事项。" in [each.insert for each in offered(text, linter)]
    concealed = text.replace("云溪县水务局", "云溪县13912345678水务局")
    assert linter.lint_text(concealed.replace("¦", "")).organisation == "云溪县139******78水务局"
    assert [each.insert[:5] for each in offered(concealed, linter)] == ["本年度未收"]


TEXTS = [WHOLE, MARKED, *(read_file(str(path)).text for path in sorted((ROOT / "examples" / "reports").glob("*")))]


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_is_taken_anywhere_makes_no_figure_another(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    lines = text.splitlines(keepends=True)
    cut = data.draw(st.integers(0, len(lines) - 1))
    lines[cut] = data.draw(
        st.sampled_from(["", "\n", lines[cut][: len(lines[cut]) // 2], f"{lines[cut][:3]}\n", "\t\n"])
    )
    text = "".join(lines)
    offset = data.draw(st.one_of(st.just(sum(map(len, lines[: cut + 1]))), st.integers(0, len(text))))
    result = lint(text)
    assert result.report is not None
    for found in completions(result, LINTER, offset, 2025):
        assert found.label
        assert 0 <= found.span.start <= offset <= found.span.end + 1 <= len(text) + 1
        assert not any(character.isdigit() for character in text[offset : found.span.end])
        assert "\n" not in text[found.span.start : found.span.end]
        after = LINTER.read(Source(text[: found.span.start] + found.insert + text[found.span.end :]))
        if found.kind is Kind.ROW:
            table = next(
                name
                for name, blocks in result.report.form.tables.items()
                for block in blocks
                if found.label in map(result.report.form.label, block.rows)
            )
            before = result.report.tables[table].cells.figures
            assert {**after.tables[table].cells.figures, **before} == after.tables[table].cells.figures


@given(st.text(st.sampled_from("一、总体情况\t|0。\r\n#¦云县2024年 "), max_size=40), st.integers(-5, 60))
def test_any_offset_of_any_text(text: str, offset: int) -> None:
    for found in completions(lint(text), LINTER, offset):
        assert 0 <= found.span.start <= found.span.end <= len(text)
