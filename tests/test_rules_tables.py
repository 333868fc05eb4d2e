"""`table-total`: totals in tables that the form does not know, and all the tables that only look wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import Linter
from reportlint.testing import Draft, Said
from reportlint_national.grids import foreign_grids

RULE = "national/table-total"
PLACE = "（二）依申请公开。全年"


def with_table(draft: Draft, *rows: str, separator: str = "\t") -> Draft:
    """The draft with a table in section one; the cells of a row are written with spaces between them, `_` is a blank."""
    lines = (separator.join("" if cell == "_" else cell for cell in row.split(" ")) for row in rows)
    return draft.replace(PLACE, "\n".join(lines) + "\n\n" + PLACE)


@pytest.mark.parametrize("separator", ["\t", "|", " | "])
def test_the_total_of_a_column(compliant: Draft, separator: str) -> None:
    draft = with_table(compliant, "渠道 条数", "网站 268", "广播 30", "合计 399", separator=separator)
    assert draft.lint() == [Said(RULE, draft.at("399"), "“条数”列的合计为 399，各项之和为 298")]
    assert with_table(compliant, "渠道 条数", "网站 268", "广播 30", "合计 298", separator=separator).lint() == []


def test_the_total_of_a_row(compliant: Draft) -> None:
    rows = ("村名 文件 公告 合计", "上禾村 12 30 42", "下禾村 9 25 {}", "石桥村 7 11 18")
    draft = with_table(compliant, *(row.format("777") for row in rows))
    assert draft.lint() == [Said(RULE, draft.at("777"), "“下禾村”行的合计为 777，各项之和为 34")]
    assert with_table(compliant, *(row.format("34") for row in rows)).lint() == []


def test_a_table_of_markdown(compliant: Draft) -> None:
    table = "| 渠道 | 条数 | 占比 |\n| --- | --: | --- |\n| 网站 | 268 | 90% |\n| 广播 | 30 | 10% |\n| **合计** | 399 | 100% |"
    assert compliant.replace(PLACE, f"{table}\n\n{PLACE}").lint() == []
    plain = table.replace("**", "")
    assert len(compliant.replace(PLACE, f"{plain}\n\n{PLACE}").lint()) == 1


def test_a_table_of_a_web_page(linter: Linter, tmp_path: Path) -> None:
    rows = (("渠道", "条数"), ("网站", "268"), ("广播", "30"), ("合 计", "{}"))
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f"<html><body><h1>甲县2012年政府信息公开工作年度报告</h1><p>一、概述</p><table>{body}</table></body></html>"
    said = []
    for total in ("298", "399"):
        path = tmp_path / f"{total}.html"
        path.write_text(page.format(total), encoding="utf-8")
        said.append([found.message for found in linter.lint_file(path).diagnostics if found.rule == RULE])
    assert said == [[], ["“条数”列的合计为 399，各项之和为 298"]]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("项目 件数", "总计 19", "甲 3", "乙 5", "丙 4"), "“件数”列的总计为 19，各项之和为 12"),
        (("序号 名称 件数", "1 甲 3", "2 乙 4", "合计 _ 9"), "“件数”列的合计为 9，各项之和为 7"),
        (("序号 名称 件数", "1 甲 3", "2 乙 4", "_ 共计 9"), "“件数”列的共计为 9，各项之和为 7"),
        (("名称 甲 乙 丙", "一村 3 4 5", "二村 3 3 3", "合计 6 8 8"), "“乙”列的合计为 8，各项之和为 7"),
        (("名称 金额（万元）", "甲 3.5", "乙 4.25", "合计 8.75"), "“金额（万元）”列的合计为 8.75，各项之和为 7.75"),
        (("名称 计量单位 数量", "甲 件 3", "乙 件 4", "合计 件 9"), "“数量”列的合计为 9，各项之和为 7"),
        (("名称 条数", "甲 1,200", "乙 300", "合计 1,600"), "“条数”列的合计为 1,600，各项之和为 1500"),
        (("类别 条数", "一、甲 3", "二、乙 4", "三、丙 4", "合计 13"), "“条数”列的合计为 13，各项之和为 11"),
        # A second total shows that all the parts are meant, though this one lacks just one of them.
        (("名称 甲 乙", "一村 3 4", "二村 5 6", "合计 8 6"), "“乙”列的合计为 6，各项之和为 10"),
    ],
)
def test_wrong_totals(compliant: Draft, rows: tuple[str, ...], message: str) -> None:
    assert [said.message for said in with_table(compliant, *rows).lint(RULE)] == [message]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(("类别 条数", "网站 100", "概况 60", "动态 40", "合计 100"), id="parts of the first"),
        pytest.param(("类别 条数", "网站 100", "其中：图解 60", "广播 40", "合计 140"), id="of which"),
        pytest.param(("类别 条数", "网站 60", "小计 60", "广播 40", "合计 90"), id="subtotal"),
        pytest.param(("类别 条数", "一、网站 100", "（一）概况 60", "（二）动态 50", "合计 100"), id="numbering"),
        pytest.param(("类别 条数", "网站 100", "1.概况 60", "2.动态 50", "合计 103"), id="numbering of some"),
        pytest.param(("类别 条数", "网站 100", "　　概况 60", "　　动态 50", "合计 103"), id="indented"),
        pytest.param(("类别 项目 条数", "网站 概况 60", "_ 动态 50", "合计 _ 130"), id="without a name"),
        pytest.param(("类别 项目 条数", "网站 概况 60", "网站 动态 50", "合计 _ 130"), id="same name"),
        pytest.param(("指标 2009年度 历年累计 合计", "网站 100 300 300"), id="years and the sum of all years"),
        pytest.param(("年份 件数", "2022年 3", "2023年 4", "合计 9"), id="rows of years"),
        pytest.param(("镇名 上年 本年 合计", "甲镇 3 4 4"), id="year before"),
        pytest.param(("名称 单位 数量", "报纸 份 3", "会议 次 4", "合计 个 9"), id="units"),
        pytest.param(("名称 数量", "报纸（份） 3", "会议（次） 4", "合计 9"), id="units in names"),
        pytest.param(("名称 占比", "甲 33.3", "乙 33.3", "合计 100"), id="shares"),
        pytest.param(("名称 比例", "甲 33%", "乙 33%", "合计 100%"), id="percentages"),
        pytest.param(("名称 平均用时", "甲 3", "乙 5", "合计 4"), id="average"),
        pytest.param(("名称 金额", "甲 3.33", "乙 3.33", "丙 3.33", "合计 10.00"), id="rounded"),
        pytest.param(("名称 条数", "甲 3", "乙 -", "合计 4"), id="mark"),
        pytest.param(("名称 条数", "甲 3", "乙 _", "合计 4"), id="blank"),
        pytest.param(("名称 条数", "甲 3", "乙 约5", "合计 9"), id="about"),
        pytest.param(("名称 条数", "甲 3", "合计 4"), id="one addend"),
        pytest.param(("名称 条数", "甲 3", "乙 3", "丙 3", "合计 6"), id="all but one"),
        pytest.param(("名称 甲 乙 丙", "一村 3 4 5", "二村 3 3 3", "合计 7 9 9"), id="all wrong"),
        pytest.param(("名称 条数", "甲 3", "合计 3", "乙 5", "合计 9"), id="two totals"),
        pytest.param(("名称 条数", "甲 3", "合计 9", "乙 5"), id="total between"),
        pytest.param(("甲 3", "乙 5", "合计 9"), id="no heads"),
        pytest.param(("名称 条数", "甲 3", "乙 5", "合计数 9"), id="another word"),
        pytest.param(("情况 网站 _ 广播 合计", "条数 动态 图解 动态 _", "甲 1 2 3 9"), id="heads over heads"),
        pytest.param(("名称 动态 其中图解 合计", "甲 5 2 5", "乙 4 1 4"), id="part in a column"),
        pytest.param(("名称 信件（件） 电话（次） 合计", "甲 5 2 9"), id="units in heads"),
        pytest.param(("名称 人数 备注 合计", "甲 5 2 9"), id="only one column of figures"),
        pytest.param(("行政许可 合计", "甲 5"), id="two lines"),
        pytest.param(("渠道 条数 渠道 条数", "网站 3 广播 4", "简报 2 橱窗 5", "合计 14 _ _"), id="goes on beside"),
        pytest.param(("类别 件数 主办 会办 合计", "建议 12 5 7 12", "提案 6 2 4 6"), id="a column of all"),
        pytest.param(("类别 件数 主办 会办 合计", "建议 12 5 7 12"), id="a column of all, one row"),
    ],
)
def test_tables_that_may_be_meant_in_another_way(compliant: Draft, rows: tuple[str, ...]) -> None:
    assert with_table(compliant, *rows).lint(RULE) == []


def test_the_forms_own_tables_are_left_to_their_relations(compliant: Draft, zero_report: Draft) -> None:
    for draft in (compliant, zero_report):
        assert foreign_grids(draft.report) == ()
    draft = compliant.put(("requests", "received", "total"), "7").put(("remedies", "reconsideration", "total"), "7")
    assert draft.lint(RULE) == []
    # Nor is a second copy of a table, or one whose rows were not read.
    start, end = draft.text.index("（本列数据"), draft.text.index("四、政府信息公开行政复议")
    again = Draft(draft.text + "\n" + draft.text[start:end].replace("\t0", ""), draft.linter)
    assert again.lint(RULE) == []


def test_prose_with_the_word_is_no_table(compliant: Draft) -> None:
    assert with_table(compliant, "合计公开信息312条，总计办结5件。").lint() == []
    assert with_table(compliant, "合计 3").lint(RULE) == []


def test_a_table_of_a_report_before_the_unified_form(linter: Linter) -> None:
    text = "云溪县林业局2012年政府信息公开工作年度报告\n\n一、概述\n\n渠道\t条数\n网站\t41\n广播\t16\n合计\t59\n"
    draft = Draft(text, linter)
    assert draft.lint(RULE) == [Said(RULE, draft.at("59"), "“条数”列的合计为 59，各项之和为 57")]


@pytest.mark.parametrize(
    "text",
    ["合\t计\n" * 100_000, "合计\t1\n" * 100_000, "|合计" * 200_000, "合计\t\n\n" * 100_000, "\t" * 500_000 + "合计"],
)
def test_a_hostile_text_is_read_to_its_end(linter: Linter, text: str) -> None:
    assert foreign_grids(Draft("甲县2024年政府信息公开工作年度报告\n" + text, linter).report) == ()
