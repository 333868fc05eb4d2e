"""Mistakes as clerks make them, each planted in a compliant report, and what only looks like them."""

from __future__ import annotations

import pytest

from reportlint.testing import Draft

STOP, PARTS = "text/missing-stop", "national/parts-announced"
TEMPLATE = "national/template-residue"
EDITION, FEES = "national/form-edition", "national/fee-disclosure"
NO_FEES = "本年度发出收费通知0件"


def said(draft: Draft, *rules: str) -> list[tuple[str | None, str]]:
    return [(draft.under(found.span), found.message) for found in draft.lint(*rules)]


# The other edition's labels


def test_a_block_of_the_form_of_2019_among_those_of_2021(compliant: Draft) -> None:
    draft = compliant.replace(
        "第二十条第（八）项\t\t\t\n", "第二十条第（九）项\t\t\t\n政府集中采购\t0\t0\t\n第二十条第（八）项\t\t\t\n"
    )
    message = "表格里的“第二十条第（九）项”“政府集中采购”是2019年格式的，2021年格式没有"
    assert said(draft, EDITION) == [("第二十条第（九）项", message)]


def test_a_head_of_the_form_of_2019_among_those_of_2021(compliant: Draft) -> None:
    draft = compliant.replace(
        "本年制发件数\t本年废止件数\t现行有效件数", "本年新制作数量\t本年新公开数量\t对外公开总数量"
    )
    message = "表格里的“本年新制作数量”“本年新公开数量”“对外公开总数量”是2019年格式的，2021年格式没有"
    assert said(draft, EDITION) == [("本年新制作数量", message)]


@pytest.mark.compliant("office", year=2020)
def test_a_head_of_the_form_of_2021_among_those_of_2019(compliant: Draft) -> None:
    draft = compliant.replace("对外公开总数量", "现行有效件数")
    assert said(draft, EDITION) == [("现行有效件数", "表格里的“现行有效件数”是2021年格式的，2019年格式没有")]


def test_the_other_editions_words_in_prose_are_no_labels(compliant: Draft) -> None:
    assert compliant.replace("修订公开事项清单", "政府集中采购和其他对外管理服务事项照常公布").lint(EDITION) == []


# The fee of another year


def test_fees_of_last_year_are_not_said_to_be_missing(compliant: Draft) -> None:
    draft = compliant.replace(NO_FEES, "2023年度发出收费通知0件")
    assert said(draft, FEES) == [("发出收费通知0件", "信息处理费只说明了2023年度的，没有说明2024年度的")]


# Paragraphs that break off


def test_a_paragraph_of_one_sentence_without_its_stop(compliant: Draft) -> None:
    draft = compliant.replace("总金额0元，实际收取0元。", "总金额0元，实际收取0元")
    assert said(draft, STOP) == [("元", "段落以“元，实际收取0元”结束，没有句号")]


@pytest.mark.parametrize(
    ("old", "new", "last"),
    [
        ("配了一名引导员。", "配了一名引导员，", "配了一名引导员，"),
        ("依次审核。", "依次审核、", "管领导依次审核、"),
        ("实际收取0元。", "实际收取0元。今后，", "收取0元。今后，"),
    ],
)
def test_a_paragraph_that_breaks_off(compliant: Draft, old: str, new: str, last: str) -> None:
    assert said(compliant.replace(old, new), STOP) == [(new[-1], f"段落以“{last}”结束，没有下文")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # It goes on in the next paragraph, or in a table.
        ("配了一名引导员。", "配了一名引导员，\n\n由民政办安排。"),
        (
            "二、主动公开政府信息情况\n",
            "二、主动公开政府信息情况\n\n按照第二十条统计。全年处理的事项和制发的文件数量如下，\n",
        ),
        ("实际收取0元。", "实际收取0元。\n\n以下空白，"),
    ],
)
def test_a_paragraph_that_goes_on(compliant: Draft, old: str, new: str) -> None:
    assert said(compliant.replace(old, new), STOP) == []


# Lists that were announced

PROBLEMS = (
    "存在的主要问题：村务公开栏更新不够勤，去年有三个村超过一个季度没有换过内容；政策解读以文字为主，老年人看不明白。"
)


@pytest.mark.parametrize(
    ("words", "under", "count"),
    [
        ("存在三个方面的问题：一是公开栏更新不勤；二是解读以文字为主。", "三个方面", 2),
        ("主要存在两个问题。一是公开栏更新不勤；二是解读以文字为主；三是人手不足。", "两个问题", 3),
        ("问题主要有以下三个方面：1.公开栏更新不勤；2.解读以文字为主。", "三个方面", 2),
        ("存在三个问题：\n\n1.公开栏更新不勤。\n\n2.解读以文字为主。\n\n3.人手不足。\n\n4.查找不便。", "三个问题", 4),
        ("主要问题有4个方面：第一，公开栏更新不勤；第二，解读以文字为主；第三，人手不足。", "4个方面", 3),
    ],
)
def test_a_list_of_another_number_than_announced(compliant: Draft, words: str, under: str, count: int) -> None:
    draft = compliant.replace(PROBLEMS, "存在的主要问题：" + words)
    draft = Draft(draft.text.replace("改进情况：三月", "（二）改进情况：三月"), draft.linter)
    assert said(draft, PARTS) == [(under, f"文字称“{under}”，之后列出的有 {count} 个")]


@pytest.mark.parametrize(
    "words",
    [
        "存在两个方面的问题：一是公开栏更新不勤；二是解读以文字为主。",
        "存在三个方面的问题：一是公开栏更新不勤；二是解读以文字为主。此外，人手不足。",
        "存在三个方面的问题：一是公开栏更新不勤；二是解读以文字为主。\n\n三是人手不足。",
        "针对去年的三个问题，今年做了以下工作：一是更新公开栏；二是录了音频。",
        "全镇有三个村没有公开栏。一是上禾村；二是下禾村。",
        "对照第二点要求：一是更新公开栏；二是录了音频；三是办了培训。",
    ],
)
def test_a_list_as_announced(compliant: Draft, words: str) -> None:
    assert said(compliant.replace(PROBLEMS, "存在的主要问题：" + words), PARTS) == []


# What is left of a template


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("十一月请二十名", "X月请二十名", "模板的空位没有填写：“X月请二十”"),
        ("十一月请二十名", "2024年×月请二十名", "模板的空位没有填写：“×月请二十”"),
        ("发布信息312条", "发布信息**条", "模板的空位没有填写：“**条”"),
        ("十一月请二十名", "（  ）月请二十名", "模板的空位没有填写：“（）月请二十”"),
        ("改进情况：", "改进情况（不少于200字）：", "留有格式或模板的说明“（不少于200字）”"),
        (
            "修订公开事项清单",
            "这一项报告本机关政府信息公开工作总体情况，修订公开事项清单",
            "留有格式或模板的说明“这一项报告本机关政府信息公开工作总体情况”",
        ),
        ("按照《政府", "填表说明：由办公室填写。按照《政府", "留有格式或模板的说明“填表说明：”"),
    ],
)
def test_what_is_left_of_a_template(compliant: Draft, old: str, new: str, message: str) -> None:
    assert [words for _, words in said(compliant.replace(old, new), TEMPLATE)] == [message]


@pytest.mark.parametrize(
    "words",
    [
        "发布**信息312条**，其中**条例解读**9条",
        "给张**、李**二人答复",
        "添置X光机一台",
        "A×B两区",
        "公布（）符号的用法",
        "网址为www.qinghe.example/X日报",
        "说明填报要求和填写说明",
    ],
)
def test_what_only_looks_like_a_template(compliant: Draft, words: str) -> None:
    assert said(compliant.replace("修订公开事项清单", words), TEMPLATE) == []
