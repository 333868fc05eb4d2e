"""Correct sentences as clerks write them, in which a rule once saw a mistake; nothing may be said of any."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import Linter
from reportlint.testing import Draft

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
REQUESTS = "全年共收到政府信息公开申请5件，上年结转1件，办结5件，结转下年度继续办理1件。"
MANAGEMENT = "修订公开事项清单，对失效文件逐件标注，"
FEE = "发出收费通知0件，总金额0元，实际收取0元。"
IMPROVEMENT = (
    "改进情况：三月起由镇里统一排定公开栏更新日期，并按月抽查；为五项惠农政策录了方言讲解音频，在村广播里播放。"
)


@pytest.fixture(scope="module")
def town() -> Draft:
    """A compliant report: 5 requests received, 1 brought forward, 5 closed, 1 carried; documents 2, 1 and 9."""
    return Draft.from_file(EXAMPLES / "qinghe-town-2024.txt", Linter.from_layers([]))


@pytest.mark.parametrize(
    "sentence",
    [
        # What is added comes on top.
        "全年共收到政府信息公开申请5件（自然人4件，法人1件），加上上年结转1件，需办理6件。",
        "收到政府信息公开申请5件，连同2023年结转的1件，合计6件。",
        # What was not said is not the last kind of the table, but where the text says so.
        "收到政府信息公开申请5件，自然人4件，其余1件。",
        "办结政府信息公开申请5件，予以公开3件，其余2件已作答复。",
        # Of the way, and not of the end.
        "收到政府信息公开申请5件，检索耗时长，2件申请因此延期答复。",
        # Offices within the organisation, and documents by how they are open.
        "收到政府信息公开申请5件，办结5件。其中镇政府收到3件，办结2件。",
        "全镇收到政府信息公开申请5件。镇本级收到3件，站所收到2件。",
        "收到政府信息公开申请5件。全年发文312件，其中主动公开文件88件；依申请公开41件；不予公开183件。",
        # Of another body.
        "本机关收到政府信息公开申请5件，另代县政府受理申请96件（计入县政府年度报告）。",
        # All that is not of a kind.
        "收到政府信息公开申请5件，信访举报投诉以外的其他情形5件。",
    ],
)
def test_requests(town: Draft, sentence: str) -> None:
    assert town.replace(REQUESTS, sentence).lint() == []


@pytest.mark.parametrize(
    "lines",
    ["2、依申请公开情况\n收到政府信息公开申请5件。", "2、行政复议\n行政复议1件。", "9、新收申请。新收申请5件。"],
)
def test_the_number_of_a_line_counts_nothing(town: Draft, lines: str) -> None:
    assert town.replace(REQUESTS, f"收到申请5件。\n\n{lines}").lint("national/claim-mismatch") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "制定行政规范性文件2件，废止1件，现行有效9件（含修订后重新公布的1件）。",
        "清理规范性文件28件，其中继续有效19件，废止7件，修改2件。",
        "以本镇名义制发的行政规范性文件9件现行有效，当年新制发2件，废止1件。",
    ],
)
def test_documents(town: Draft, sentence: str) -> None:
    assert town.replace(MANAGEMENT, sentence).lint() == []


def test_what_became_of_suits_behind_reconsideration(town: Draft) -> None:
    sentence = "被申请行政复议1件，结果为维持；被提起行政诉讼3件，2件驳回诉讼请求，1件未审结。"
    said = town.replace("因政府信息公开工作被申请行政复议1件，行政诉讼0件。", sentence).lint("national/claim-mismatch")
    assert "行政复议" not in "".join(each.message for each in said)


def test_a_fee_that_was_not_paid(town: Draft) -> None:
    text = "发出收费通知1件，总金额700元，申请人未缴费，实际收取0元。"
    assert town.replace(FEE, text).lint("national/fee-disclosure") == []


@pytest.mark.parametrize(
    "text",
    [
        "发出收费通知3件，总金额1280元；实际收取2件，金额880元。",
        "发出收费通知3件，总金额1280元，实际收取2件、880元。",
        "发出收费通知0件，涉及费用总金额0元，实际收取0元。",
    ],
)
def test_a_fee_in_parts(town: Draft, text: str) -> None:
    assert town.replace(FEE, text).lint() == []


@pytest.mark.parametrize(
    "text",
    [
        "为此，每村聘了一名信息员，更新及时率已达98%。",
        "对此，镇里把两块公开栏挪到村口，换上了大字的图解。",
        "为了解决好这些问题，年内重点做了以下工作：上线惠农政策专页，汇集政策43件。",
        "2025年将加大培训力度。",
        "公开栏旧账已于11月底前补齐，自12月起每月换一次。",
    ],
)
def test_improvement_by_another_name(town: Draft, text: str) -> None:
    assert town.replace(IMPROVEMENT, text).lint("national/problems-and-improvement") == []


def test_active_disclosure_by_another_name(town: Draft) -> None:
    text = "全年公开信息312条，其中惠农补贴发放结果46条。"
    paragraph = town.text[town.text.index("（一）主动公开") : town.text.index("（二）依申请公开")]
    assert town.replace(paragraph, f"{text}\n\n").lint("national/overview-aspects") == []
