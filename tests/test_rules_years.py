"""The report's own year: where it is meant, and in the statistics period."""

from __future__ import annotations

import pytest

from reportlint import Severity
from reportlint.testing import Draft, Said

YEAR, PERIOD = "national/report-year", "national/statistics-period"
PREFACE = "本报告依据《中华人民共和国政府信息公开条例》第五十条编制"
STATED = "数据统计期限为2024年1月1日至2024年12月31日"
OVERVIEW = "（一）主动公开。全年通过县政府门户网站"
REQUESTS = "（二）依申请公开。"
PROBLEMS = "存在的主要问题："
IMPROVED = "改进情况："
FEES = "本年度发出收费通知0件"


def year_said(draft: Draft) -> list[tuple[str, str | None]]:
    return [(said.message, draft.under(said.span)) for said in draft.lint(YEAR)]


# report-year


def test_a_year_that_was_not_changed_is_all_that_is_said(compliant: Draft) -> None:
    draft = compliant.replace("全年共收到政府信息公开申请5件", "2023年，我镇共收到政府信息公开申请5件")
    span = draft.at("2023年")
    assert draft.lint(YEAR) == [Said(YEAR, span, "以2023年为本年度叙述，报告年度为2024年")]


@pytest.mark.parametrize(
    ("old", "new", "message", "under"),
    [
        (
            "全年通过县政府门户网站",
            "截至2023年12月31日，通过县政府门户网站",
            "截至日期为“2023年12月31日”，报告年度为2024年",
            "2023年12月31日",
        ),
        (
            "全年通过县政府门户网站",
            "截止到 2023 年底，通过县政府门户网站",
            "截至日期为“2023年底”，报告年度为2024年",
            "2023 年底",
        ),
        (
            "全年通过县政府门户网站",
            "截至2025年12月31日，通过县政府门户网站",
            "截至日期为“2025年12月31日”，报告年度为2024年",
            "2025年12月31日",
        ),
        (PREFACE, "现公布青禾镇2023年政府信息公开工作年度报告", "公布的报告写作2023年度，标题的年度为2024年", "2023年"),
        (
            PREFACE,
            "按照条例编制《青禾镇2023年度政府信息公开年度报告》",
            "公布的报告写作2023年度，标题的年度为2024年",
            "2023年",
        ),
        (PREFACE, "现公布2023年度报告", "公布的报告写作2023年度，标题的年度为2024年", "2023年"),
        (
            "一、总体情况",
            "一、2023年总体情况",
            "标题“一、2023年总体情况”的年份为2023年，报告年度为2024年",
            "一、2023年总体情况",
        ),
        (OVERVIEW, "2023年，我镇认真公开。\n\n" + OVERVIEW, "以2023年为本年度叙述，报告年度为2024年", "2023年"),
        (
            "全年共收到政府信息公开申请5件",
            "2022年度本机关共受理政府信息公开申请5件",
            "以2022年为本年度叙述，报告年度为2024年",
            "2022年",
        ),
        ("全年没有需要责任追究的情形", "全年没有需要责任追究的情形。2023年未发生行政复议、行政诉讼", None, "2023年"),
        (FEES, "２０２３年未收取信息处理费，发出收费通知0件", None, "２０２３年"),
        (
            FEES,
            "本年度（2023年）发出收费通知0件",
            "“本年度（2023年）”以2023年为本年，报告年度为2024年",
            "本年度（2023年）",
        ),
        (PROBLEMS, "2023年，我镇公开工作还存在不足：", None, "2023年"),
        (
            PREFACE,
            "根据《中华人民共和国政府信息公开条例》要求，现将我镇2023年政府信息公开工作年度报告公布如下",
            "公布的报告写作2023年度，标题的年度为2024年",
            "2023年",
        ),
        (STATED, "报告中数据统计截至2023年12月31日", "截至日期为“2023年12月31日”，报告年度为2024年", "2023年12月31日"),
        ("修订公开事项清单", "2023年制发规范性文件3件，修订公开事项清单", None, "2023年"),
        (
            "修订公开事项清单",
            "办公室2023年制定行政规范性文件2件，废止1件，现行有效9件",
            "句中的数字与表格中2024年度的相同，年份写作2023年",
            "2023年",
        ),
        (
            "结转下年度继续办理1件",
            "结转至2024年继续办理1件",
            "文字称“结转至2024年继续办理1件”，报告年度为2024年，下年为2025年",
            "2024年",
        ),
        ("上年结转1件", "2022年结转1件", "文字称“2022年结转1件”，报告年度为2024年，上年为2023年", "2022年"),
    ],
)
def test_another_year_for_the_reports_own(
    compliant: Draft, old: str, new: str, message: str | None, under: str
) -> None:
    assert year_said(compliant.replace(old, new)) == [(message or "以2023年为本年度叙述，报告年度为2024年", under)]


def test_a_problem_of_another_year_is_only_advice(compliant: Draft) -> None:
    draft = compliant.replace(PROBLEMS, "2023年，我镇公开工作还存在不足：")
    assert draft.result.diagnostics[0].severity is Severity.ADVICE


@pytest.mark.parametrize("head", ["本年（2023）制发件数", "本年度（2023年）制发件数"])
def test_a_year_in_the_head_of_a_table(compliant: Draft, head: str) -> None:
    draft = compliant.replace("本年制发件数", head)
    words = head.removesuffix("制发件数")
    assert year_said(draft) == [(f"“{words}”以2023年为本年，报告年度为2024年", words)]


def test_a_stale_title_is_one_finding_on_the_title(compliant: Draft) -> None:
    text = compliant.text.replace("2024年1月1日至2024年", "1月1日至")
    draft = Draft(text, compliant.linter).replace(OVERVIEW, "2025年，我镇认真公开。\n\n" + OVERVIEW)
    draft = draft.replace("全年共收到", "2025年共收到").replace(FEES, "本年度（2025年）发出收费通知0件")
    assert draft.lint(YEAR) == [
        Said(
            YEAR,
            draft.at("云溪县青禾镇人民政府2024年政府信息公开工作年度报告"),
            "标题的年度为2024年，正文有 3 处以2025年为本年度",
        )
    ]
    (diagnostic,) = [diagnostic for diagnostic in draft.result.diagnostics if diagnostic.rule == YEAR]
    assert len(diagnostic.notes) == 3


def test_without_a_year_nothing_is_asked(compliant: Draft) -> None:
    draft = compliant.replace("青禾镇人民政府2024年", "青禾镇人民政府")
    assert [(unassessed.rule, unassessed.reason) for unassessed in draft.result.not_assessable] == [
        (YEAR, "标题没有年份"),
        ("national/legal-citation", "标题没有年份"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "较2023年增长12%。",
        "比2023年多公开信息30条。",
        "2024年公开信息312条，2023年公开信息280条。",
        "2023年，我镇公开信息280条，2024年公开312条。",
        "2023年公开信息280条。今年有所增加，共312条。2024年没有申诉。",
        "截至2023年12月31日尚未办结、结转到今年的申请有1件。",
        "截至2023年底，全镇有户籍人口2万人。",
        "截至2019年底，全镇各村都建成公开栏，此后发布信息都有专人。",
        "截至2025年1月10日，上述信息都已发布。",
        "2020年，镇里开通了公众号。",
        "2021年以来，我镇共收到申请9件。",
        "自2019年5月15日条例施行起，公开信息都经审核。",
        "2025年，我镇将公开信息的频次提高一倍。",
        "2025年工作打算：公开信息300条。",
        "按照《云溪县2023年政务公开工作要点》（云政办发〔2023〕5号）公开信息312条。",
        "1月公布了2023年政府信息公开工作年度报告。",
        "公开2023年度部门决算和2024年度预算。",
        "2023年结转申请1件已办结。",
        "2023年3月，收到申请2件。",
        "上级2023年通报的问题已经整改，2023年未发生行政诉讼的通报也已公开。",
        "2022年度和2023年度收到的申请比例相近。",
        "针对2023年年度报告指出的问题逐条改进。",
        "电话0518-2023年内不变。",
        "文件编号12023年不连续。",
        "2023年未收到政府信息公开申请。全年共收到申请5件。",
        "上年结转至2024年办理的申请1件已办结。",
        "2023年结转2024年继续办理1件。",
        "上年结转、转入2024年继续办理的1件已答复。",
        "办公室2023年制定行政规范性文件1件，废止2件。",
        "2023年修订的行政规范性文件2件继续有效。",
    ],
)
@pytest.mark.parametrize("before", [OVERVIEW, REQUESTS, PROBLEMS, IMPROVED])
def test_other_years_that_are_rightly_named(compliant: Draft, sentence: str, before: str) -> None:
    assert compliant.replace(before, before + sentence).lint(YEAR) == []
    assert compliant.replace(before, sentence + "\n\n" + before).lint(YEAR) == []


def test_an_event_of_another_year_within_a_paragraph(compliant: Draft) -> None:
    assert compliant.replace(REQUESTS, REQUESTS + "2023年，我镇获评县里的先进。").lint(YEAR) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《云溪县人民政府办公室关于做好2025年政府信息公开工作年度报告编制工作的通知》要求",
        "按照县里关于发布2023年度报告的要求",
        "首页 > 信息公开 > 青禾镇2023年政府信息公开工作年度报告",
        "上一篇：青禾镇2023年政府信息公开工作年度报告",
        "发布时间：2025年1月10日 青禾镇",
        "与2023年度报告相比，本报告多了一节",
        "2025年1月编制本报告",
    ],
)
def test_other_years_before_the_first_section(compliant: Draft, sentence: str) -> None:
    assert compliant.replace(PREFACE, sentence + "，" + PREFACE).lint(YEAR) == []
    assert compliant.replace(PREFACE, sentence + "\n\n" + PREFACE).lint(YEAR) == []


# statistics-period


@pytest.mark.parametrize(
    "stated",
    [
        "数据统计期限自2024年1月1日起至2024年12月30日止",
        "数据统计期限为2024年1月1日至11月30日",
        "所列数据的统计期限从 2024 年 2 月 1 日到 2024 年 12 月 31 日",
        "数据统计时限为2023年1月1日—2023年12月31日",
        "数据统计期限为2023年1月1日至2024年12月31日",
        "数据统计期限为2024年1月1日——2023年12月31日",
        "数据统计期限为２０２３年１月１日至１２月３１日",
        "数据统计期限为2023-1-1起至2023-12-31止",
        "数据统计期限为2023.01.01-2023.12.31",
        "数据统计期限为2023年1月至12月",
        "（2023年1月1日至2023年12月31日）",
    ],
)
def test_a_period_that_is_not_the_year(compliant: Draft, stated: str) -> None:
    draft = compliant.replace(STATED, stated)
    ((_, span, message),) = draft.lint(PERIOD)
    words = "".join((draft.under(span) or "").split())
    assert stated.replace(" ", "").rstrip("）").endswith(words)
    assert message == f"统计期限为“{words}”，2024年度为2024年1月1日至12月31日"
    assert draft.result.diagnostics[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    "stated",
    [
        "数据统计期限为2024年1月1日至2024年12月31日",
        "数据统计期限自2024年1月1日起至12月31日止",
        "数据统计期限从2024年1月1日至同年12月31止",
        "数据统计期限为1月1日至12月31日",
        "数据统计期限为2024年1月至12月",
        "数据统计期限为2024年1-12月",
        "数据统计期限为2024-1-1起至2024-12-31止",
        "数据统计期限为2024.1.1—2024.12.31",
        "数据统计期限自20241月1日起至202412月31日止",
        "数据统计期限自20231月1日起至202312月30日止",
        "数据统计期限自年1月1日起至年12月31日止",
        "数据统计期限为2024年",
        "数据统计期限为2024年1月1日0时至2024年12月31日",
        "条例自2019年5月15日起施行",
        "公示期限为2024年5月6日至5月12日，数据统计期限为2024年1月1日至12月31日",
        "除另有说明外，数据统计期限为2024年1月1日至12月31日，同期数据为2023年1月1日至12月31日",
        "办公时间为8:30-12:00",
    ],
)
def test_periods_that_are_right_or_cannot_be_judged(compliant: Draft, stated: str) -> None:
    assert compliant.replace(STATED, stated).lint(PERIOD) == []


@pytest.mark.parametrize("stated", ["数据统计期限为2024年1月1日至12月3日", "数据统计期限为2024年1月1日至2024年2月31日"])
def test_a_lost_digit_is_advice(compliant: Draft, stated: str) -> None:
    draft = compliant.replace(STATED, stated)
    assert [diagnostic.severity for diagnostic in draft.result.diagnostics] == [Severity.ADVICE]


@pytest.mark.parametrize(
    "sentence",
    [
        "防汛值班期为2024年6月1日至9月30日。",
        "社会评议于2024年11月1日至11月30日进行。",
        "2023年1月1日至12月31日发布的信息都已复查。",
        "意见征集时间为2024年3月1日至2024年3月31日。",
    ],
)
def test_other_ranges_in_a_section(compliant: Draft, sentence: str) -> None:
    assert compliant.replace(OVERVIEW, OVERVIEW + sentence).lint(PERIOD) == []


def test_a_period_within_section_one(compliant: Draft) -> None:
    sentence = "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
    draft = compliant.replace(OVERVIEW, sentence + "\n\n" + OVERVIEW)
    assert len(draft.lint(PERIOD)) == 1
    assert draft.lint(YEAR) == []


def test_the_first_reports_begin_in_may() -> None:
    text = "青禾镇2008年政府信息公开工作年度报告\n\n数据统计期限为2008年5月1日至2008年12月31日。\n\n一、概述\n\n无。\n"
    assert Draft(text).lint(PERIOD) == []


def test_a_report_without_a_year_still_has_a_whole_one(compliant: Draft) -> None:
    draft = compliant.replace("青禾镇人民政府2024年", "青禾镇人民政府").replace("12月31日", "12月30日")
    assert [said.message for said in draft.lint(PERIOD)] == [
        "统计期限为“2024年1月1日至2024年12月30日”，一个年度为1月1日至12月31日"
    ]
