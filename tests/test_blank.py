"""A new report: compliant as it is written, for every organisation, year and form; and what cannot be written."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import Linter, PackError, ReportlintError
from reportlint.blank import blank, paragraphs, remark, wording_for
from reportlint.config import Layer
from reportlint.drawing import LAYOUTS, Line, lines, written
from reportlint.grammar.labels import fold
from reportlint.model import Block, Form
from reportlint.source import Source
from reportlint.wording import Drawing, Paragraph, Wording

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "examples" / "reports"
LINTER = Linter.from_layers([])
PROVINCES = ("shanghai", "beijing", "gansu-wuwei", "hunan-huaihua")


@cache
def extending(preset: str) -> Linter:
    return Linter.from_layers([Layer("test", extends=(preset,))])


@cache
def henan() -> Linter:
    return Linter.from_layers([Layer("test", packs=(str(ROOT / "examples" / "reportlint-henan"),), extends=("henan",))])


# A name is that of an area, of something in it, and of what kind of body that is.
_CHARACTERS = st.sampled_from("云溪青禾石沱清水淇沙泉元圃𠮷𬭎㵐柳临江")
# «云临云临镇» would be a doubled word, and is no place.
_WORDS = st.lists(_CHARACTERS, min_size=1, max_size=4, unique=True).map("".join)
_AREAS = st.builds("{}{}".format, _WORDS, st.sampled_from("县市区旗"))
_BODIES = st.sampled_from(
    [
        *("", "人民政府", "人民政府办公室", "水务局", "发展和改革委员会", "档案馆", "财政厅", "国有资产监督管理委员会"),
        *("气象局（人工影响天气办公室）", "经济开发区管理委员会", "城市管理综合行政执法局", "政务服务中心"),
    ]
)
_TOWNS = st.builds(
    "{}{}{}".format,
    _WORDS,
    st.sampled_from(["镇", "乡", "街道", "苏木"]),
    st.sampled_from(["", "人民政府", "办事处", "党政办公室"]),
)
_CENTRAL = st.builds(
    "{}{}".format, st.sampled_from(["国家", "中国", ""]), st.sampled_from(["海事部", "海洋总局", "林草局"])
)
NAMES = st.one_of(st.builds("{}{}".format, _AREAS, st.one_of(_BODIES, _TOWNS)), _TOWNS, _CENTRAL)
YEARS = st.integers(2019, 2099)


def form_for(linter: Linter, year: int, name: str | None = None) -> Form:
    """The form that a new report of a year is in."""
    return linter.read(Source(blank(linter, "云溪县", year, name))).form


def said(linter: Linter, text: str) -> list[tuple[str, str]]:
    result = linter.lint_text(text)
    assert not result.failed
    return [(diagnostic.rule, diagnostic.message) for diagnostic in result.diagnostics]


@given(NAMES, YEARS, st.sampled_from(LAYOUTS))
def test_nothing_is_found_in_a_new_report(name: str, year: int, layout: str) -> None:
    text = blank(LINTER, name, year, layout=layout)
    assert said(LINTER, text) == []
    report = LINTER.read(Source(text))
    assert (report.organisation, report.year) == (fold(name), year)
    assert report.form.covers(year)
    assert {table.name for table in report.tables.values()} == set(report.form.tables)
    for name_of_table, table in report.tables.items():
        rows = report.form.rows(name_of_table)
        places = {(row, column) for row in rows for column in report.form.columns(name_of_table, row)}
        assert {place: cell.text for place, cell in table.cells.items()} == dict.fromkeys(places, "0")
    assert [section.heading for section in report.sections] == [
        report.form.label(name) for name in report.form.sections
    ]


@pytest.mark.parametrize("preset", PROVINCES)
@given(NAMES, YEARS)
def test_nor_by_what_a_province_asks_for(preset: str, name: str, year: int) -> None:
    linter = extending(preset)
    assert said(linter, blank(linter, name, year)) == []


@pytest.mark.parametrize(
    "name", ["怀化市", "湖南省怀化市人民政府", "怀化市水务局", "云溪经济开发区", "怀化市溆水县人民政府"]
)
def test_only_the_report_of_a_county_sums_up_others(name: str) -> None:
    linter = extending("hunan-huaihua")
    text = blank(linter, name, 2024)
    assert said(linter, text) == []
    assert ("汇总" in text) == (name == "怀化市溆水县人民政府")


def test_what_a_province_says_stands_in_its_own_reports_alone() -> None:
    assert "上海市政府信息公开规定" not in blank(LINTER, "沪澄市海屿区", 2024)
    of_2019, of_2020 = (blank(extending("shanghai"), "沪澄市海屿区", year) for year in (2019, 2020))
    assert "上海市政府信息公开规定" not in of_2019
    assert "上海市政府信息公开规定" in of_2020


@given(NAMES)
def test_a_form_of_a_pack_has_the_text_that_it_is_like_and_its_own_table(name: str) -> None:
    text = blank(henan(), name, 2024)
    assert said(henan(), text) == []
    assert "\n公开渠道\t发布条数\n政府网站\t0\n政务新媒体\t0\n政务公开栏\t0\n渠道合计\t0\n" in text


@given(st.one_of(st.text(), st.text(st.characters(categories=("Lo",)), min_size=1)), st.integers(1990, 2100))
def test_any_other_name_is_refused_or_read_again_as_it_is(name: str, year: int) -> None:
    try:
        text = blank(LINTER, name, year)
    except ReportlintError as error:
        message = str(error)
        assert "\n" not in message
        assert len(message) < 200
        return
    report = LINTER.read(Source(text))
    assert (report.organisation, report.year) == (fold(name.strip()), year)
    line_of_title = Source(text).line_span(0)
    for diagnostic in LINTER.lint_text(text).diagnostics:
        assert diagnostic.span is not None
        assert diagnostic.span.end <= line_of_title.end, diagnostic.message


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "没有写单位名称"),
        (" \t　", "没有写单位名称"),
        ("云溪县\n水务局", "单位名称里有看不见的字符（U+000A，第 4 字）"),
        ("云溪\u200b县", "单位名称里有看不见的字符（U+200B，第 3 字）"),
        ("云溪\udcff县", "单位名称里有看不见的字符（U+DCFF，第 3 字）"),
        ("县" * 10_000, f"单位名称“{'县' * 20}……”写进标题后读不出来：名称太长，或者有标题里不能有的标点、数字、词语"),
        (
            "关于云溪县",
            "单位名称“关于云溪县”写进标题后读出来是“云溪县”：名称太长，或者有标题里不能有的标点、数字、词语",
        ),
        ("云溪县，", "单位名称“云溪县，”写进标题后读不出来：名称太长，或者有标题里不能有的标点、数字、词语"),
    ],
)
def test_a_name_that_cannot_be_written(name: str, words: str) -> None:
    with pytest.raises(ReportlintError, match=f"^{re.escape(words)}$"):
        blank(LINTER, name, 2024)


_ALL = "annual-2021（2021 年度起）、annual-2019（2019—2020 年度）、annual-2008（2008—2018 年度）"


@pytest.mark.parametrize(
    ("year", "form", "words"),
    [
        (999, None, "年度应为四位数"),
        (20245, None, "年度应为四位数"),
        (1999, None, f"选用的格式都不用于 1999 年度：{_ALL}"),
        (2024, "annual-2019", "格式 annual-2019 不用于 2024 年度：annual-2019（2019—2020 年度）"),
        (2024, "annual-2012", f"没有选用格式 annual-2012，是否指 annual-2021？，选用的是 {_ALL}"),
        (
            2015,
            None,
            "2015 年度的格式 annual-2008 没有标准文字，写不出报告；"
            "有的是 annual-2021（2021 年度起）、annual-2019（2019—2020 年度）",
        ),
    ],
)
def test_a_year_that_no_form_is_for(year: int, form: str | None, words: str) -> None:
    for call in (lambda: blank(LINTER, "云溪县", year, form), lambda: remark(LINTER, year, form)):
        with pytest.raises(ReportlintError, match=f"^{re.escape(words)}$"):
            call()


def test_a_layout_that_there_is_not() -> None:
    with pytest.raises(ReportlintError, match="没有版式 csv：可用 tab、pipe"):
        blank(LINTER, "云溪县", 2024, layout="csv")


def test_where_no_pack_has_a_text_none_is_named() -> None:
    linter = Linter.from_layers([])
    linter.packs.wordings = {}
    with pytest.raises(
        ReportlintError, match=r"^2024 年度的格式 annual-2021 没有标准文字，写不出报告；别的格式也没有$"
    ):
        blank(linter, "云溪县", 2024)


@pytest.mark.parametrize(("year", "name"), [(2019, "annual-2019"), (2020, "annual-2019"), (2021, "annual-2021")])
def test_the_form_of_a_year(year: int, name: str) -> None:
    assert form_for(LINTER, year).name == name
    assert form_for(LINTER, year, name).name == name


# Tables as the form prints them


def tables_of(text: str) -> list[str]:
    """The lines of the tables with 0 in every cell."""
    found = [line for line in text.splitlines() if "\t" in line or line.startswith("|")]
    return [re.sub(r"(?<=[\t ])-?\d+(\.\d+)?(万元)?(?=\t|$| )|^\d+(?=\t)", "0", line) for line in found]


@pytest.mark.parametrize(
    ("file", "year", "layout"),
    [
        ("qinghe-town-2024.txt", 2024, "tab"),
        ("yunxi-transport-2020.txt", 2020, "tab"),
        ("yunxi-archives-2023.md", 2023, "pipe"),
    ],
)
def test_tables_are_drawn_as_reports_print_them(file: str, year: int, layout: str) -> None:
    printed = tables_of((REPORTS / file).read_text("utf-8"))
    assert tables_of(blank(LINTER, "云溪县", year, layout=layout)) == printed
    assert len(printed) > 40


SMALL = Form(
    "small",
    ("one",),
    {"t": (Block(("a", "b", "c"), ("x", "y")), Block(("d",), ("x",)))},
    {"a": "甲", "b": "乙", "c": "丙", "d": "丁", "x": "一列", "y": "二列", "g": "组", "k": "角", "o": "上"},
    frozenset({"g", "k", "o"}),
    over={"b": ("g",), "c": ("g",)},
)


def test_a_label_beside_rows_stands_before_the_first_of_them() -> None:
    drawn = lines(SMALL, "t", Drawing("one", "k"), "-")
    assert drawn == (
        Line(("角", "", "一列", "二列")),
        Line(("甲", "", "-", "-"), "a"),
        Line(("组", "乙", "-", "-"), "b"),
        Line(("", "丙", "-", "-"), "c"),
        Line(("角", "一列", "", "")),
        Line(("丁", "-", "", ""), "d"),
    )
    assert written(drawn[:2], "pipe") == ["| 角 |  | 一列 | 二列 |", "| --- | --- | --- | --- |", "| 甲 |  | - | - |"]
    assert written(drawn[:2], "tab") == ["角\t\t一列\t二列", "甲\t\t-\t-"]


def test_a_label_above_rows_has_a_line_and_one_over_columns_a_line_of_heads() -> None:
    assert [line.fields for line in lines(SMALL, "t", Drawing("one", "k", "o", ("g",)))] == [
        ("角", "上", ""),
        ("", "一列", "二列"),
        ("甲", "0", "0"),
        ("组", "", ""),
        ("角", "上", ""),
        ("", "一列", "二列"),
        ("乙", "0", "0"),
        ("丙", "0", "0"),
        ("角", "上", ""),
        ("", "一列", ""),
        ("丁", "0", ""),
    ]


@pytest.mark.parametrize(
    "drawing", [Drawing("one", "kk"), Drawing("one", head="kk"), Drawing("one", above=("g", "kk"))]
)
def test_a_drawing_of_another_table(drawing: Drawing) -> None:
    with pytest.raises(PackError, match=r"^small 的标准文字：格式没有 kk，是否指 k？$"):
        lines(SMALL, "t", drawing)


# Standard texts of the packs in use


def with_wordings(*wordings: Wording) -> Linter:
    """The default linter with one more pack in use, which brings these."""
    linter = Linter.from_layers([])
    linter.packs.wordings = {**linter.packs.wordings, "text": wordings}
    return linter


def test_the_texts_of_packs_in_use_go_over_those_that_apply_by_default() -> None:
    own = Wording("annual-2021", preface=(Paragraph("前言。"),), sections={"improvement": (Paragraph("改进。"),)})
    text = blank(with_wordings(own), "云溪县", 2024)
    assert "\n\n前言。\n\n一、总体情况" in text
    assert "\n\n改进。\n\n六、" in text
    assert "均为0" in text
    other = with_wordings(own._replace(form="annual-2019"))
    assert blank(other, "云溪县", 2024) == blank(LINTER, "云溪县", 2024)
    assert "改进。" in blank(other, "云溪县", 2020)


@pytest.mark.parametrize(
    ("wording", "words"),
    [
        (Wording("annual-2021", sections={"overviews": ()}), "没有部分 overviews，是否指 overview？"),
        (Wording("annual-2021", phrases={"elsewhere": ()}), "没有部分 elsewhere"),
        (Wording("annual-2021", tables={"requests": Drawing("nothing")}), "没有部分 nothing"),
        (Wording("annual-2021", tables={"request": Drawing("requests")}), "没有表格 request，是否指 requests？"),
    ],
)
def test_a_text_that_does_not_fit_its_form(wording: Wording, words: str) -> None:
    linter = with_wordings(wording)
    with pytest.raises(PackError, match=f"^annual-2021 的标准文字：{re.escape(words)}$"):
        wording_for(linter, form_for(LINTER, 2024))


def test_a_form_without_title_or_table_cannot_be_written() -> None:
    linter = Linter.from_layers([])
    bare = Wording("annual-2021", title="{organisation}{year}年政府信息公开工作年度报告")
    linter.packs.wordings = {"national": (bare,)}
    with pytest.raises(PackError, match=r"没有表格 disclosure$"):
        blank(linter, "云溪县", 2024)
    linter.packs.wordings = {
        "national": (bare._replace(title="", tables=dict.fromkeys(form_for(LINTER, 2024).tables, Drawing("requests"))),)
    }
    with pytest.raises(PackError, match=r"缺少 title$"):
        blank(linter, "云溪县", 2024)


def test_paragraphs_are_for_whom_they_are_for() -> None:
    among = (
        Paragraph("每个单位。"),
        Paragraph("{organisation}的。"),
        Paragraph("{year}年的。"),
        Paragraph("县的。", organisation=".*县"),
        Paragraph("早的。", years=(0, 2020)),
        Paragraph("晚的。", years=(2021, None)),
    )
    assert paragraphs(among, "云溪县", 2020) == ["每个单位。", "云溪县的。", "2020年的。", "县的。", "早的。"]
    assert paragraphs(among, "县水务局", 2021) == ["每个单位。", "县水务局的。", "2021年的。", "晚的。"]
    assert paragraphs(among, None, None) == ["每个单位。"]
    assert paragraphs((Paragraph("{organisation}"),), "{year}", 2021) == ["{year}"]


def test_a_year_without_end_is_none() -> None:
    with pytest.raises(ReportlintError, match=r"^年度应为四位数$"):
        blank(LINTER, "云溪县", 10**5_000)
