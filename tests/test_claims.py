"""Figures in the prose against the tables, against each other, and parts against their whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import Linter
from reportlint.testing import Draft, Said

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
RULES = ("national/claim-mismatch", "national/claim-conflict", "national/claim-sum", "national/zero-filing")
REQUESTS = "全年共收到政府信息公开申请5件，上年结转1件，办结5件，结转下年度继续办理1件。"


@pytest.fixture(scope="module")
def town() -> Draft:
    """A compliant report: 5 requests received, 1 brought forward, 5 closed, 1 carried forward."""
    return Draft.from_file(EXAMPLES / "qinghe-town-2024.txt", Linter.from_layers([]))


def stating(town: Draft, sentence: str) -> Draft:
    """The compliant report with another sentence on requests."""
    return town.replace(REQUESTS, sentence)


MISMATCHES = [
    # The table: received 5, brought forward 1, processed 5 (granted 3, partly 1, no records 1), carried forward 1.
    ("新收政府信息公开申请6件。", "新收政府信息公开申请6件", "“一、本年新收政府信息公开申请数量”的“总计”为 5"),
    ("共受理政府信息公开申请7件。", "受理政府信息公开申请7件", "“一、本年新收政府信息公开申请数量”的“总计”为 5"),
    (
        "共受理政府信息公开申请5件（含上年结转1件）。",
        "受理政府信息公开申请5件",
        "“一、本年新收政府信息公开申请数量”与“二、上年结转政府信息公开申请数量”的“总计”之和为 6",
    ),
    ("收到政府信息公开申请5件，上年结转2件。", "上年结转2件", "“二、上年结转政府信息公开申请数量”的“总计”为 1"),
    ("办结政府信息公开申请6件。", "办结政府信息公开申请6件", "“（七）总计”的“总计”为 5"),
    ("收到申请5件，结转下年度继续办理2件。", "结转下年度继续办理2件", "“四、结转下年度继续办理”的“总计”为 1"),
    (
        "收到政府信息公开申请5件，其中予以公开及部分公开3件。",
        "予以公开及部分公开3件",
        "“（一）予以公开”与“（二）部分公开（区分处理的，只计这一情形，不计其他情形）”的“总计”之和为 4",
    ),
    (
        "收到政府信息公开申请5件，不予公开1件。",
        "不予公开1件",
        "“1.属于国家秘密”至“8.属于行政查询事项”8 项的“总计”之和为 0",
    ),
    ("制发行政规范性文件9件。", "制发行政规范性文件9件", "“行政规范性文件”的“本年制发件数”为 2"),
]


@pytest.mark.parametrize(("sentence", "anchor", "table"), MISMATCHES)
def test_a_figure_that_is_not_the_tables(town: Draft, sentence: str, anchor: str, table: str) -> None:
    draft = stating(town, sentence)
    message = f"文字称“{anchor}”，表格中{table}"
    assert draft.lint(*RULES) == [Said("national/claim-mismatch", draft.at(anchor), message)]


AGREEING = [
    REQUESTS,
    "全年新收申请５件，上年结转一件，共计6件，已办结5件，1件结转下年度继续办理。",
    "共受理政府信息公开申请6件（含上年结转1件），办理答复5件。",
    "办理政府信息公开申请6件。",
    "办理政府信息公开申请5件。",
    "收到政府信息公开申请约10件。",
    "收到政府信息公开申请近百件，较上年增加7件。",
    "2023年收到政府信息公开申请8件。",
    "去年收到政府信息公开申请8件。",
    "收到政府信息公开申请5件，其中网上申请4件，当面申请1件。",
    "门户网站发布信息312条，微信公众号推送80篇，办理留言12件，人大建议3件，均已办结。",
    "收到政府信息公开申请5件，答复5件，其中予以公开3件，占60%，部分公开1件，占20.0%，无法提供1件，占20%。",
    "未发生行政复议被纠错、行政诉讼败诉的情况。",
    "收到政府信息公开申请5件。开展业务培训2期，参训60人次。",
]


@pytest.mark.parametrize("sentence", AGREEING)
def test_figures_that_agree_or_are_of_something_else(town: Draft, sentence: str) -> None:
    assert stating(town, sentence).lint(*RULES) == []


def test_whose_figure_it_is_decides(town: Draft) -> None:
    draft = stating(town, "全县共收到政府信息公开申请95件。")
    (said,) = draft.result.diagnostics
    assert (said.rule, said.severity.label) == ("national/claim-mismatch", "advice")
    assert said.message.endswith("文字所说的“全县”与报告是否为同一口径？")
    assert stating(town, "全镇共收到政府信息公开申请95件。").result.diagnostics[0].severity.label == "error"


def test_a_figure_that_may_hold_what_was_brought_forward_is_asked_about(town: Draft) -> None:
    draft = stating(town, "收到政府信息公开申请6件，上年结转1件，办结5件，结转下年度继续办理1件。")
    (said,) = draft.result.diagnostics
    assert (said.rule, said.severity.label, draft.under(said.span)) == (
        "national/claim-mismatch",
        "advice",
        "收到政府信息公开申请6件",
    )
    assert said.message.endswith("的“总计”为 5，6 是否已含上年结转？")


def test_both_places_are_shown(town: Draft) -> None:
    draft = stating(town, "共受理政府信息公开申请7件。")
    (said,) = draft.result.diagnostics
    assert [draft.under(note.span) for note in said.notes] == ["5", "5"]
    assert [note.message.rpartition("为 ")[2] for note in said.notes] == ["5", "6"]


@pytest.mark.parametrize(
    ("sentence", "anchor", "message"),
    [
        (
            "收到政府信息公开申请5件，其中网上申请4件，信函申请2件。",
            "收到政府信息公开申请5件",
            "各渠道之和为 6（4+2），文字称“收到政府信息公开申请5件”",
        ),
        (
            "收到政府信息公开申请5件。其中，当面申请1件，网络申请3件。",
            "收到政府信息公开申请5件",
            "各渠道之和为 4（1+3），文字称“收到政府信息公开申请5件”",
        ),
    ],
)
def test_parts_that_are_not_the_whole(town: Draft, sentence: str, anchor: str, message: str) -> None:
    draft = stating(town, sentence)
    assert draft.lint(*RULES) == [Said("national/claim-sum", draft.at(anchor), message)]


@pytest.mark.parametrize(
    "sentence",
    [
        "收到政府信息公开申请5件，其中网上申请3件，信函申请1件等。",
        "收到政府信息公开申请5件，其中网上申请3件。",
        "收到政府信息公开申请5件，其中网上申请3件，来自外省1件，信函申请1件。",
        "收到政府信息公开申请5件，其中网上申请3件，信函申请约2件。",
        "共受理政府信息公开申请6件（含上年结转1件），其中网上申请4件，信函申请2件。",
        "共受理政府信息公开申请5件，上年结转1件，其中网上申请4件，信函申请2件。",
    ],
)
def test_parts_that_may_be_the_whole(town: Draft, sentence: str) -> None:
    assert stating(town, sentence).lint(*RULES) == []


def test_a_wrong_cell_is_one_finding_with_what_the_text_says(town: Draft) -> None:
    draft = stating(town, REQUESTS).put(("requests", "processed", "total"), "6")
    (said,) = draft.result.diagnostics
    assert (said.rule, draft.under(said.span)) == ("national/request-balance", "6")
    assert said.notes[-1].message == "文字称“办结5件”，表格中“（七）总计”的“总计”为 6"
    assert draft.under(said.notes[-1].span) == "办结5件"


def test_a_text_that_agrees_with_neither_is_a_finding_of_its_own(town: Draft) -> None:
    draft = stating(town, REQUESTS.replace("办结5件", "办结8件")).put(("requests", "processed", "total"), "6")
    assert [said.rule for said in draft.lint()] == ["national/claim-mismatch", "national/request-balance"]


def test_two_figures_for_one_thing(town: Draft) -> None:
    draft = stating(town, f"{REQUESTS}通过网络申请4件。我镇收到的网上申请3件，均已答复。")
    assert draft.lint(*RULES) == [
        Said(
            "national/claim-conflict",
            draft.at("收到的网上申请3件"),
            "文字先称“通过网络申请4件”，又称“收到的网上申请3件”，同一事项两个数",
        )
    ]


def test_without_its_table_the_text_is_held_against_itself(town: Draft) -> None:
    text = stating(town, "全年共收到政府信息公开申请5件。共收到政府信息公开申请6件。").text
    start = text.index("（本列数据") if "（本列数据" in text else text.index("三、收到和处理")
    draft = Draft(
        text[: text.index("\n", text.index("三、收到和处理")) + 1] + text[text.index("四、政府信息公开行政复议") :],
        town.linter,
    )
    assert start
    said = draft.lint("national/claim-conflict", "national/claim-mismatch")
    assert [each.rule for each in said] == ["national/claim-conflict"]


@pytest.mark.parametrize(
    ("stated", "table"),
    [("141864.37万元", "141864.3672"), ("1,418,643,672元", "141864.3672"), ("14.19亿元", "141864.3672")],
)
def test_money_is_as_exact_as_it_is_written(town: Draft, stated: str, table: str) -> None:
    draft = stating(town, f"{REQUESTS}行政事业性收费总金额{stated}。")
    draft = draft.put(("disclosure", "administrative_fees", "amount"), table)
    assert draft.lint(*RULES) == []
    wrong = draft.put(("disclosure", "administrative_fees", "amount"), "141999.3672")
    assert [said.rule for said in wrong.lint(*RULES)] == ["national/claim-mismatch"]


def test_a_stretch_without_a_full_stop_is_not_read_and_said_not_to_be(town: Draft) -> None:
    draft = stating(town, f"{REQUESTS}{'收到政府信息公开申请1' * 2_000}")
    assert draft.lint(*RULES) == []
    assert [(each.rule, each.reason) for each in draft.result.not_assessable] == [
        ("national/claim-mismatch", "有一句超过 20000 字，没有读其中的数字")
    ]


@pytest.mark.parametrize(
    "unit", ["收到申请1", "本年新收", "其中收到1件，", "未收到、", "不予公开、1件", "因不掌握而无法提供", "占1%，"]
)
def test_hostile_prose_is_read_in_linear_time(town: Draft, unit: str) -> None:
    # Half of it within one sentence, half in many; nothing here is timed, but a square would not come to an end.
    text = unit * (19_000 // len(unit)) + "。" + f"{unit}。" * 10_000
    stating(town, f"{REQUESTS}{text}").lint()
