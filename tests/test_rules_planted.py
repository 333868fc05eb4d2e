"""Mistakes as clerks make them, each planted in a compliant report, and what only looks like them."""

from __future__ import annotations

import pytest

from reportlint.testing import Draft

STOP = "text/missing-stop"
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
    assert said(draft, STOP) == [("元", "段落以“，实际收取0元”结束，没有句号")]


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
