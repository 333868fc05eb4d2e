"""From bytes to text and from text to the parts of a report: encodings, positions, titles, headings, damaged labels."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import reportlint.readers
from reportlint import Linter, Position, Span
from reportlint.errors import ReadError
from reportlint.grammar.labels import fold
from reportlint.model import Place, Report
from reportlint.readers import Readers
from reportlint.readers.text import decode
from reportlint.source import Source
from reportlint.testing import Draft

from .shapes import DISPOSITIONS, SHAPES, reshape
from .sources import from_bytes

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
LINTER = Linter.from_layers([])
COMPLIANT = Draft.from_file(EXAMPLES / "qinghe-town-2024.txt", LINTER)
FORM = COMPLIANT.report.form


def read(text: str) -> Report:
    return LINTER.read(Source(text))


# Bytes to text.

WORDS = "云溪县𠮷水局２０２４年\r\n（一）é\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (WORDS.encode(), WORDS),
        (WORDS.encode("utf-8-sig"), WORDS),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), WORDS),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), WORDS),
        (WORDS.encode("gb18030"), WORDS),
        ("云溪县".encode("gbk"), "云溪县"),
        (b"", ""),
        (b"\xef\xbb\xbf", ""),
        (b"\xff\xfe", ""),
        (b"plain", "plain"),
        ("\ufeff云".encode("utf-8-sig"), "\ufeff云"),
    ],
    ids=lambda value: repr(value)[:16],
)
def test_decode(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"abc\0", "binary", 1, 4),
        ("云溪\n县\0局".encode(), "binary", 2, 2),
        ("云溪县水务局二〇二四年\n甲乙".encode() + "丙".encode("gbk"), "encoding", 2, 3),
        (b"a\nb\xff\xff", "encoding", 2, 2),
        (b"\xef\xbb\xbfab\n\xd4", "encoding", 2, 1),
        (b"\xff\xfea\0\n\0b", "encoding", 2, 1),
    ],
)
def test_decode_names_the_place_where_it_fails(data: bytes, code: str, line: int, column: int) -> None:
    with pytest.raises(ReadError) as raised:
        decode(data)
    assert (raised.value.code, raised.value.line, raised.value.column) == (code, line, column)


def test_reader_by_the_suffix_of_the_name() -> None:
    page = "<p>云溪县</p><p>水务局</p>".encode()
    assert from_bytes(page, "a.txt").text == page.decode()
    assert from_bytes(page, "a.HTML").text.split() == ["云溪县", "水务局"]


def test_a_document_that_no_pack_reads_is_said() -> None:
    with pytest.raises(ReadError, match=r"没有规则包能读取 \.docx 文件") as raised:
        Readers().source(b"PK", "a.docx")
    assert raised.value.code == "unreadable"


# Positions.


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_positions_count_lines_of_any_end_and_characters(end: str) -> None:
    source = Source(end.join(["甲乙", "𠮷a\u2028b", "", "é"]))
    found = [source.position(source.text.index(character)) for character in "甲乙𠮷abé"]
    assert found == [(1, 1), (1, 2), (2, 1), (2, 2), (2, 4), (4, 1)]
    assert source.position(len(source.text)) == Position(4, 2)
    assert source.slice(source.line_span(source.text.index("b"))) == "𠮷a\u2028b"


def test_positions_where_ends_of_lines_are_mixed() -> None:
    source = Source("a\rb\r\nc\n\rd")
    assert [source.position(source.text.index(letter)) for letter in "abcd"] == [(1, 1), (2, 1), (3, 1), (5, 1)]


def test_position_in_an_empty_text() -> None:
    assert Source("").position(0) == Position(1, 1)
    assert Source("").line_span(0) == Span(0, 0)


# Titles. The organisation is made up; the shapes are those of published reports.

BODY = "\n\n一、总体情况\n\n（一）主动公开。全年公布信息三条。\n"
BUREAU = "云溪县水务局"
REPORT = "政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("opening", "organisation", "year"),
    [
        (f"{BUREAU}2024年{REPORT}", BUREAU, 2024),
        (f"{BUREAU}2024年度{REPORT}", BUREAU, 2024),
        (f"{BUREAU} 2024 年政府信息公开工作 年度报告", BUREAU, 2024),
        (f"# {BUREAU}2024年{REPORT}", BUREAU, 2024),
        (f"\ufeff{BUREAU}2024年{REPORT}", BUREAU, 2024),
        (f"{BUREAU}\n2024年{REPORT}", BUREAU, 2024),
        (f"{BUREAU}\r2024年{REPORT}", BUREAU, 2024),
        (f"{BUREAU}\n\n2024年度\n{REPORT}", BUREAU, 2024),
        (f"2024年{BUREAU}{REPORT}", BUREAU, 2024),
        (f"2024年度{BUREAU}政府信息公开年度报告", BUREAU, 2024),
        (f"{BUREAU}2024年度政府\n信息公开工作年度报告", BUREAU, 2024),
        (f"{BUREAU}2024年政府信息公开工作\n年度报告", BUREAU, 2024),
        (f"{BUREAU}２０２４年{REPORT}", BUREAU, 2024),
        (f"{BUREAU}二〇二四年{REPORT}", BUREAU, 2024),
        (f"{BUREAU}二○二四年{REPORT}", BUREAU, 2024),
        (f"{BUREAU}二零一九年度{REPORT}", BUREAU, 2019),
        (f"{BUREAU}2024年{REPORT}\n{BUREAU}2024年{REPORT}", BUREAU, 2024),
        (f"索引号：000123\n发布日期：2025-01-20\n\n{BUREAU}2024年{REPORT}", BUREAU, 2024),
        (f"首页 > 政务公开 > 年报\n字体：大 中 小\n{BUREAU}2024年{REPORT}", BUREAU, 2024),
        (f"首页 > 政务公开 > 政府信息公开年报\n{BUREAU}2024年{REPORT}", BUREAU, 2024),
        (f"{BUREAU}2024年{REPORT}(文字版)", BUREAU, 2024),
        (f"{BUREAU}2024年{REPORT}（文字版）", BUREAU, 2024),
        (f"{BUREAU}2024年{REPORT}?", BUREAU, 2024),
        (f"{BUREAU}2024年政务信息公开年度报告", BUREAU, 2024),
        (f"{BUREAU}2024年信息公开年报", BUREAU, 2024),
        (f"{BUREAU}2024年政府信息公开工作报告", BUREAU, 2024),
        (f"2024年{REPORT}", None, 2024),
        ("关于2023年政府信息公开年度报告", None, 2023),
        (f"{BUREAU}{REPORT}", BUREAU, None),
    ],
)
def test_title(opening: str, organisation: str | None, year: int | None) -> None:
    report = read(opening + BODY)
    assert (report.organisation, report.year) == (organisation, year)
    assert report.title is not None
    assert report.title_span is not None
    assert fold(report.text(report.title_span)) == report.title
    assert [section.name for section in report.sections] == ["overview"]


@pytest.mark.parametrize(
    "opening",
    [
        f"{BUREAU}\n2024年政府信息公开工作\n年度报告",
        f"{BUREAU}\n2024年度政府\n信息公开工作年度报告",
        f"{BUREAU}关于2024年{REPORT}",
        f"{BUREAU}\n关于2024年{REPORT}",
    ],
)
def test_organisation_before_a_broken_title_and_before_about(opening: str) -> None:
    report = read(opening + BODY)
    assert (report.organisation, report.year) == (BUREAU, 2024)


@pytest.mark.parametrize(
    "opening",
    ["", "今日天气晴朗", f"本报告即{BUREAU}2024年{REPORT}，请予监督。", "2024年工作报告", "政府信息公开指南"],
)
def test_no_title(opening: str) -> None:
    assert read(opening + BODY).title is None


# Headings of sections, as they are varied in published reports.

HEADINGS = {
    "overview": """
        一、总体情况 / 一、 总体情况 / 一、总体情况： / 一、总体情况。 / 1、 总体情况 / 一．总体情况 / 一总体情况
        一、政府信息公开总体情况 / 一、工作基本情况 / 一、总体工作情况 / 政府信息公开工作总体情况
        一、2025年政务公开工作总体情况 / 一、概述 / ## 一、总体情况 / **一、总体情况**
    """,
    "proactive_disclosure": """
        二、主动公开政府信息情况 / 二、主动公开政府信息的情况 / 二、政府信息主动公开情况
        二、行政机关主动公开政府信息情况 / 二、本年度主动公开政府信息情况 / 二、主动公开政务信息情况
        二、 主动公开 政府信息情况 / 2.主动公开政府信息情况
    """,
    "requests": """
        三、收到和处理政府信息公开申请情况 / 三、行政机关收到和处理信息公开申请情况
        三、收到和处理政府信息公开申请情况统计表 / 三、收到和处理政府信息公开申请情况（数据准确、要素齐全）
        三、收到及处理政府信息公开申请情况 / 三、收到和处理政府信息公开申请的情况
    """,
    "remedies": """
        四、政府信息公开行政复议、行政诉讼情况 / 四、因政府信息公开工作被申请行政复议、提起行政诉讼情况
        四、政府信息公开工作行政复议、行政诉讼情况 / 四、因政府信息公开工作被行政复议、提起行政诉讼情况
        四、被申请行政复议、提起行政诉讼情况 / 四、政府信息公开行政复议和行政诉讼情况
    """,
    "improvement": """
        五、存在的主要问题及改进情况 / 五、政府信息公开工作存在的主要问题及改进情况 / 五、存在问题及改进情况
        五、存在的问题及改进计划 / 五、存在的主要问题和改进情况 / 五、存在主要问题及改进情况
        五、存在问题与改进方向 / 五、存在的主要问题及改进思路 / 五、存在的主要问题及改进措施
        五、政务信息工作存在主要问题和改进情况 / 六、存在的问题及改进情况
        |五、存在的主要问题及改进情况 / l五、存在的主要问题及改进情况
    """,
    "other_matters": """
        六、其他需要报告的事项 / 六、其他事项 / 六、其他需要汇报事项 / 六、其他报告的事项 / 六、其他需说明的事项
        六、其它需要报告的事项 / 六、其他需要报告事项
    """,
}
VARIANTS = [
    (name, heading.strip())
    for name, headings in HEADINGS.items()
    for heading in re.split(r" / |\n", headings)
    if heading.strip()
]
OFFICIAL = [FORM.label(name) for name in FORM.sections]


@pytest.mark.parametrize(("name", "heading"), VARIANTS, ids=[heading for _, heading in VARIANTS])
def test_heading_variant(name: str, heading: str) -> None:
    text = f"{BUREAU}2024年{REPORT}\n\n{heading}\n\n全年工作平稳。\n"
    [section] = read(text).sections
    assert section.name == name
    assert section.heading in heading
    assert section.official == (re.sub(r"[\s#*|]", "", heading) == FORM.label(name))
    assert [text[span.start : span.end] for span in section.paragraphs] == ["全年工作平稳。"]


@pytest.mark.parametrize("mark", ["：", ":", "。", " "])
def test_mark_behind_a_heading_is_no_other_title(mark: str) -> None:
    text = COMPLIANT.text
    for heading in OFFICIAL:
        text = text.replace(f"\n{heading}\n", f"\n{heading}{mark}\n", 1)
    assert Draft(text, LINTER).lint("national/section-title") == []


@pytest.mark.parametrize("heading", OFFICIAL)
@pytest.mark.parametrize("gap", ["。", "：", " ", "　"])
def test_heading_with_its_text_on_the_same_line(heading: str, gap: str) -> None:
    [section] = read(f"{BUREAU}2024年{REPORT}\n\n{heading}{gap}全年工作平稳，没有变化。\n").sections
    assert (section.heading, section.official) == (heading, True)
    assert len(section.paragraphs) == 1


@pytest.mark.parametrize(
    "line",
    [
        "（一）主动公开政府信息情况",
        "（一）总体情况",
        "(二) 依申请公开情况",
        "㈠主动公开情况",
        "①主动公开政府信息情况",
        "一是主动公开政府信息情况",
        "1、主动公开情况",
        "主动公开情况",
        "主要工作情况",
        "主动公开政府信息情况良好，全年三条。",
        "1.存在的主要问题",
        "（四）行政复议、行政诉讼情况",
    ],
)
def test_sub_heading_is_no_section(line: str) -> None:
    text = COMPLIANT.text.replace("\n\n（二）依申请公开。", f"\n\n{line}\n\n（二）依申请公开。", 1)
    assert [section.heading for section in read(text).sections] == OFFICIAL


@pytest.mark.parametrize(
    "line",
    ["主动公开政府信息情况", "政府信息主动公开情况：", "1.主动公开政府信息情况", "2.收到和处理政府信息公开申请情况"],
)
def test_sub_heading_in_the_words_of_a_section_is_no_section(line: str) -> None:
    """Such lines stand under 一、总体情况 in published reports; the section proper follows with its ordinal."""
    text = COMPLIANT.text.replace("\n\n（二）依申请公开。", f"\n\n{line}\n\n（二）依申请公开。", 1)
    assert [section.heading for section in read(text).sections] == OFFICIAL


# A table of contents.


@pytest.mark.parametrize("place", ["behind the title", "before the title", "between two titles"])
@pytest.mark.parametrize(
    "entry", ["{}", "{}……{}", "{}..........{}", "{}·······{}", "{}\t{}", "{} {}", "{}…………- {} -", "- {}", "- [{}](#{})"]
)
def test_table_of_contents_is_not_taken_for_sections(entry: str, place: str) -> None:
    title, _, rest = COMPLIANT.text.partition("\n")
    contents = "目 录\n\n" + "\n".join(entry.format(heading, page) for page, heading in enumerate(OFFICIAL, 1))
    text = {
        "behind the title": f"{title}\n\n{contents}\n{rest}",
        "before the title": f"{contents}\n\n{COMPLIANT.text}",
        "between two titles": f"{title}\n\n{contents}\n\n{COMPLIANT.text}",
    }[place]
    draft = Draft(text, LINTER)
    assert [section.heading for section in draft.report.sections] == OFFICIAL
    assert draft.report.sections[0].span.start > text.index(contents) + len(contents)
    assert draft.report.title == COMPLIANT.report.title
    assert draft.lint() == []


def test_table_of_contents_with_sub_headings_is_not_taken_for_sections() -> None:
    contents = "\n".join([OFFICIAL[0], "（一）主动公开", "（二）依申请公开", *OFFICIAL[1:]])
    draft = Draft(f"目录\n{contents}\n\n{COMPLIANT.text}", LINTER)
    assert [section.heading for section in draft.report.sections] == OFFICIAL
    assert draft.lint() == []


def test_report_of_headings_only_is_no_table_of_contents() -> None:
    report = read(f"{BUREAU}2024年{REPORT}\n" + "\n".join(OFFICIAL))
    assert [section.heading for section in report.sections] == OFFICIAL


# Damaged labels. Every row has figures of its own, so that one in a wrong row would be seen.

Typed = dict[tuple[str, Place], str]
TABLES = ("disclosure", "requests")
FIGURES = {
    table: {
        (row, column): str(1_000 + 100 * number + place)
        for number, row in enumerate(FORM.rows(table))
        for place, column in enumerate(FORM.columns(table, row))
    }
    for table in FORM.tables
}
TYPED: Typed = {(table, place): text for table, cells in FIGURES.items() for place, text in cells.items()}
FIRST_OF_GROUPS = {"granted", *(members[0] for members in DISPOSITIONS.values() if members)}
"""Rows that have the label of their group on the line, where a table keeps a row on a line."""
LONG = 8
DAMAGES: Mapping[str, Callable[[str, int], str]] = {
    "lost": lambda label, at: label[:at] + label[at + 1 :],
    "doubled": lambda label, at: label[: at + 1] + label[at:],
    "wrong": lambda label, at: f"{label[:at]}某{label[at + 1 :]}",
    "split": lambda label, at: f"{label[:at]} {label[at:]}",
}


def damaged(shape: str, row: str, damage: str) -> list[Typed]:
    """What is read where every third character of a row's label is damaged in turn."""
    text = reshape(COMPLIANT.report, SHAPES[shape], FIGURES)
    label = FORM.label(row)
    start = text.index(label, text.index(FORM.label("article_20_1")))
    found = []
    for at in range(0, len(label), 3):
        changed = text[:start] + DAMAGES[damage](label, at) + text[start + len(label) :]
        tables = read(changed).tables
        found.append({(name, place): c.text for name, table in tables.items() for place, c in table.cells.items()})
    return found


def rows_of_length(least: int) -> list[str]:
    return [row for table in TABLES for row in FORM.rows(table) if len(FORM.label(row)) >= least]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("shape", ["spaces", "cell-a-line"])
def test_damaged_long_label_is_the_nearest_row(shape: str, damage: str) -> None:
    for row in rows_of_length(LONG):
        assert all(typed == TYPED for typed in damaged(shape, row, damage)), row


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("shape", ["tabs", "markdown"])
def test_damaged_long_label_is_the_nearest_row_in_fields(shape: str, damage: str) -> None:
    for row in rows_of_length(LONG):
        if row not in FIRST_OF_GROUPS:
            assert all(typed == TYPED for typed in damaged(shape, row, damage)), row


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("shape", ["tabs", "markdown"])
def test_damaged_label_beside_the_label_of_its_group_is_the_nearest_row(shape: str, damage: str) -> None:
    for row in sorted(FIRST_OF_GROUPS):
        assert all(typed == TYPED for typed in damaged(shape, row, damage)), row


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("shape", ["tabs", "spaces", "pipes-without-first"])
def test_damaged_label_never_puts_figures_into_another_row(shape: str, damage: str) -> None:
    for row in rows_of_length(2):
        for typed in damaged(shape, row, damage):
            assert {place: text for place, text in typed.items() if TYPED.get(place, text) != text} == {}, row


@pytest.mark.parametrize("shape", ["tabs", "markdown", "spaces", "cell-a-line"])
@pytest.mark.parametrize("number", [r"\1、", r"\1 ", r"\1．", ""])
def test_rows_numbered_in_another_style(shape: str, number: str) -> None:
    text = reshape(COMPLIANT.report, SHAPES[shape])
    labels = {FORM.label(row) for row in rows_of_length(2) if FORM.label(row)[0].isdigit()} - {"3.其他"}
    for label in labels:
        text = text.replace(label, re.sub(r"^(\d)\.", number, label))
    draft = Draft(text, LINTER)
    assert len(draft.report.tables["requests"].cells) == 175
    assert draft.lint() == []


# What readers stand on.


def test_a_reader_names_the_libraries_that_it_imports() -> None:
    """The cache goes by their versions, and `config --readers` tells which are missing."""
    named = {library.replace("-", "_") for reader in LINTER.readers.all for library in reader.libraries}
    home = Path(reportlint.readers.__file__).parent
    imported = {
        name.partition(".")[0]
        for path in home.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    assert imported - sys.stdlib_module_names - {"reportlint"} == named
