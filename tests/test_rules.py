"""Every rule of the pack `national`: one thing changed in a compliant report, all that is said compared."""

from __future__ import annotations

import re

import pytest

from reportlint import NotAssessable
from reportlint.testing import Draft, Said
from reportlint_national.overview import is_government
from reportlint_national.sections import _longest_ascending

RECEIVED = "“一、本年新收政府信息公开申请数量”"


def test_the_examples_are_compliant(compliant: Draft, zero_report: Draft) -> None:
    assert compliant.lint() == []
    assert zero_report.lint() == []
    assert compliant.result.not_assessable == ()
    assert set(compliant.result.rules_run) == {
        name for name, rule in compliant.linter.settings.rules.items() if rule.applies_to(compliant.report.form)
    }


# Totals


def test_one_wrong_cell_is_one_finding_on_that_cell(compliant: Draft) -> None:
    draft = compliant.put(("requests", "received", "total"), "7")
    cell = draft.at(("requests", "received", "total"))
    assert draft.lint() == [
        Said("national/request-balance", cell, f"{RECEIVED}的“总计”应为 5，实为 7，5 同时满足 2 项勾稽关系")
    ]
    (diagnostic,) = draft.result.diagnostics
    assert [note.message for note in diagnostic.notes] == [
        "“总计”列：第一项加第二项之和为 8，第三项加第四项之和为 6",
        f"{RECEIVED}行：总计为 7，六类申请人之和为 5",
        f"文字称“收到政府信息公开申请5件”，表格中{RECEIVED}的“总计”为 7",
    ]


def test_a_wrong_disposition_is_named(compliant: Draft) -> None:
    draft = compliant.put(("requests", "duplicate", "business"), "2")
    assert draft.lint() == [
        Said(
            "national/request-footing",
            draft.at(("requests", "duplicate", "business")),
            "“2.重复申请”的“商业企业”应为 0，实为 2，0 同时满足 2 项勾稽关系",
        )
    ]


def test_a_wrong_total_of_dispositions_breaks_three_relations(compliant: Draft) -> None:
    draft = compliant.put(("requests", "processed", "total"), "6")
    assert draft.lint() == [
        Said(
            "national/request-balance",
            draft.at(("requests", "processed", "total")),
            "“（七）总计”的“总计”应为 5，实为 6，5 同时满足 3 项勾稽关系",
        )
    ]
    notes = draft.result.diagnostics[0].notes
    assert len(notes) == 4
    assert notes[-1].message == "文字称“办结5件”，表格中“（七）总计”的“总计”为 6"


def test_two_wrong_cells_are_two_findings(compliant: Draft) -> None:
    draft = compliant.put(("requests", "granted", "business"), "4").put(("requests", "received", "natural_person"), "9")
    assert draft.lint() == [
        Said(
            "national/request-balance",
            draft.at(("requests", "received", "natural_person")),
            f"{RECEIVED}的“自然人”应为 4，实为 9，4 同时满足 2 项勾稽关系",
        ),
        Said(
            "national/request-footing",
            draft.at(("requests", "granted", "business")),
            "“（一）予以公开”的“商业企业”应为 1，实为 4，1 同时满足 2 项勾稽关系",
        ),
    ]


def test_a_wrong_cell_with_a_total_to_match_is_two_findings(compliant: Draft) -> None:
    draft = compliant.put(("requests", "processed", "natural_person"), "5").put(("requests", "processed", "total"), "6")
    assert [(said.rule, draft.under(said.span)) for said in draft.lint()] == [
        ("national/request-balance", "5"),
        ("national/request-balance", "6"),
    ]


def test_an_ambiguous_cause_names_the_candidates(compliant: Draft) -> None:
    draft = compliant.put(("remedies", "reconsideration", "total"), "3")
    assert draft.lint() == [
        Said(
            "national/remedy-footing",
            draft.at(("remedies", "reconsideration", "total")),
            "“行政复议”行：总计为 3，四种结果之和为 1，可能是“行政复议”的“总计”应为 1，或“行政复议”的“结果维持”应为 3，"
            "或“行政复议”的“结果纠正”应为 2，或“行政复议”的“其他结果”应为 2，或“行政复议”的“尚未审结”应为 2",
        )
    ]


def test_more_in_force_than_can_be_is_advice(compliant: Draft) -> None:
    draft = compliant.put(("disclosure", "normative_documents", "in_force"), "0")
    assert draft.lint() == [
        Said(
            "national/documents-in-force",
            draft.at(("disclosure", "normative_documents", "in_force")),
            "“行政规范性文件”行：现行有效件数为 0，本年制发件数减本年废止件数为 1",
        )
    ]
    assert draft.result.diagnostics[0].severity.label == "advice"


def lose_column(text: str, head: str, column: int) -> str:
    """Table three without one of its columns."""
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("（本列数据"))
    end = next(i for i, line in enumerate(lines) if line.startswith("四、结转"))
    for i in range(start, end + 1):
        fields = lines[i].split("\t")
        if i < start + 3:
            fields = [field for field in fields if field != head]
        else:
            del fields[3 + column]
        lines[i] = "\t".join(fields)
    return "\n".join(lines)


def test_a_missing_column_is_one_finding(compliant: Draft) -> None:
    draft = Draft(lose_column(compliant.text, "科研机构", 2), compliant.linter)
    assert draft.lint() == [
        Said(
            "national/request-cross-footing",
            draft.at(RECEIVED.strip("“”")),
            "“三、收到和处理政府信息公开申请情况”的表格缺少“科研机构”列，25 行的横向合计无从核对",
        )
    ]


def test_a_column_lost_below_its_head_is_one_finding(compliant: Draft) -> None:
    draft = Draft(lose_column(compliant.text, "no head", 2), compliant.linter)
    assert draft.lint() == [
        Said(
            "national/request-cross-footing",
            draft.at(RECEIVED.strip("“”")),
            "“三、收到和处理政府信息公开申请情况”的表格每一行都有 6 个数，应有 7 个，无从按列核对",
        )
    ]


def test_a_missing_row_is_one_finding(compliant: Draft) -> None:
    draft = compliant.without_line("8.属于行政查询事项")
    assert draft.lint() == [
        Said(
            "national/request-footing",
            draft.at(RECEIVED.strip("“”")),
            "“三、收到和处理政府信息公开申请情况”的表格缺少“8.属于行政查询事项”1 行",
        )
    ]


def test_a_blank_cell_beside_its_total_counts_as_nothing(compliant: Draft) -> None:
    draft = compliant.put(("requests", "granted", "natural_person"), "")
    cell = draft.at(("requests", "granted", "natural_person"))
    assert [(said.rule, said.span) for said in draft.lint()] == [
        ("national/request-footing", cell),
        ("national/blank-cell", cell),
    ]
    assert draft.lint()[0].message == "“（一）予以公开”的“自然人”应为 2，实为空白，2 同时满足 2 项勾稽关系"


# Sections


def test_a_missing_section_has_no_place(compliant: Draft) -> None:
    draft = compliant.without_line("五、存在的主要问题及改进情况")
    assert draft.lint() == [Said("national/required-sections", None, "缺少“五、存在的主要问题及改进情况”部分")]


def test_sections_out_of_order(compliant: Draft) -> None:
    five, six = compliant.text.index("五、存在"), compliant.text.index("六、其他")
    text = compliant.text[:five] + compliant.text[six:] + "\n" + compliant.text[five:six]
    draft = Draft(text, compliant.linter)
    heading = "五、存在的主要问题及改进情况"
    message = f"“{heading}”排在“六、其他需要报告的事项”之后，与格式的次序不同"
    assert draft.lint() == [Said("national/section-order", draft.at(heading), message)]


def test_sections_repeated_are_one_finding(compliant: Draft) -> None:
    draft = Draft(compliant.text + compliant.text, compliant.linter)
    (said,) = draft.lint()
    assert said.rule == "national/section-order"
    assert said.message.endswith("等 6 个部分出现不止一次")
    assert said.span is not None
    assert draft.text.index("一、总体情况", len(compliant.text)) == said.span.start


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("七、存在的主要问题及改进情况", "“七、存在的主要问题及改进情况”序号为“七”，格式的序号为“五”"),
        ("存在的主要问题及改进情况", "“存在的主要问题及改进情况”没有序号，格式的序号为“五”"),
    ],
)
def test_ordinals(compliant: Draft, heading: str, message: str) -> None:
    draft = compliant.replace("五、存在的主要问题及改进情况", heading)
    assert draft.lint() == [Said("national/section-order", draft.at(heading), message)]


def test_a_title_in_other_words(compliant: Draft) -> None:
    draft = compliant.replace("五、存在的主要问题及改进情况", "五、存在问题及改进情况")
    message = "标题为“五、存在问题及改进情况”，格式为“五、存在的主要问题及改进情况”"
    assert draft.lint() == [Said("national/section-title", draft.at("五、存在问题及改进情况"), message)]


def test_an_ordinal_in_digits_is_no_other_title(compliant: Draft) -> None:
    assert compliant.replace("一、总体情况", "1、 总体情况").lint() == []


def section_five(draft: Draft, text: str) -> Draft:
    changed = re.sub(r"(五、存在的主要问题及改进情况\n).*(?=六、)", rf"\1\n{text}\n\n", draft.text, flags=re.DOTALL)
    return Draft(changed, draft.linter)


def test_nothing_is_no_content_of_section_five(compliant: Draft) -> None:
    draft = section_five(compliant, "无。")
    message = "“五、存在的主要问题及改进情况”部分只写了“无。”"
    assert draft.lint() == [Said("national/empty-section", draft.at("无。"), message)]
    assert [u.rule for u in draft.result.not_assessable] == ["national/problems-and-improvement"]


def test_an_empty_section(compliant: Draft) -> None:
    draft = section_five(compliant, "")
    heading = "五、存在的主要问题及改进情况"
    assert draft.lint() == [Said("national/empty-section", draft.at(heading), f"“{heading}”部分没有内容")]


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("公开内容不够全面，有三个栏目没有更新。", ["改进情况"]),
        ("明年将继续加强培训。", ["存在的问题"]),
        ("不存在问题，将继续加强公开工作。", ["存在的问题"]),
        ("今年工作平稳。", ["存在的问题", "改进情况"]),
    ],
)
def test_problems_and_improvement(compliant: Draft, text: str, lacking: list[str]) -> None:
    draft = section_five(compliant, text)
    heading = "五、存在的主要问题及改进情况"
    assert draft.lint() == [
        Said("national/problems-and-improvement", draft.at(heading), f"“{heading}”部分没有写明{words}")
        for words in lacking
    ]


@pytest.mark.parametrize(
    ("start", "aspect"),
    [("（三）政府信息", "政府信息管理"), ("（四）政府信息", "政府信息公开平台建设")],
)
def test_a_missing_aspect(zero_report: Draft, start: str, aspect: str) -> None:
    draft = zero_report.without_line(start)
    message = f"“一、总体情况”部分没有写{aspect}"
    assert draft.lint("national/overview-aspects") == [
        Said("national/overview-aspects", draft.at("一、总体情况"), message)
    ]


def test_governments_must_add_three_results(compliant: Draft) -> None:
    draft = compliant.replace("；全年没有需要责任追究的情形", "")
    message = "“一、总体情况”部分没有写责任追究结果情况，各级人民政府的年度报告应当包括"
    assert draft.lint() == [Said("national/overview-aspects", draft.at("一、总体情况"), message)]
    office = draft.replace("云溪县青禾镇人民政府2024", "云溪县司法局2024")
    assert office.lint() == []


@pytest.mark.parametrize(
    ("name", "government"),
    [
        ("云溪县人民政府", True),
        ("云溪县", True),
        ("青禾镇", True),
        ("云溪县人民政府办公室", False),
        ("云溪县水务局", False),
        ("云溪经济开发区", False),
        ("河西街道办事处", False),
        (None, False),
    ],
)
def test_which_organisations_are_governments(name: str | None, government: bool) -> None:
    assert is_government(name) is government


# Title


def test_a_title_without_a_year(compliant: Draft) -> None:
    draft = compliant.replace("人民政府2024年", "人民政府")
    title = "云溪县青禾镇人民政府政府信息公开工作年度报告"
    assert draft.lint() == [Said("national/title", draft.at(title), f"标题“{title}”没有年份")]


def test_a_title_without_an_organisation(zero_report: Draft) -> None:
    draft = zero_report.replace("# 云溪县档案馆2023年", "# 2023年")
    title = "2023年政府信息公开工作年度报告"
    assert draft.lint() == [Said("national/title", draft.at(title), f"标题“{title}”没有单位名称")]


def test_no_title(compliant: Draft) -> None:
    draft = compliant.without_line("人民政府2024年政府信息公开工作年度报告")
    assert Said("national/title", None, "没有找到标题“××年政府信息公开工作年度报告”") in draft.lint()


def test_a_title_in_other_words_is_advice(compliant: Draft) -> None:
    draft = compliant.replace("2024年政府信息公开工作年度报告", "2024年度政府信息公开工作年度报告")
    (diagnostic,) = draft.result.diagnostics
    assert (diagnostic.rule, diagnostic.severity.label) == ("national/title", "advice")


# Tables and cells


def without_table(draft: Draft, start: str, end: str, instead: str) -> Draft:
    first, last = draft.text.index(start), draft.text.index(end)
    return Draft(draft.text[:first] + instead + "\n\n" + draft.text[last:], draft.linter)


@pytest.mark.parametrize(
    ("instead", "words"),
    [("", "没有表格"), ("（见下图）\n![表格](t3.png)", "没有文字形式的表格，只有图片或附件")],
)
def test_an_absent_table(zero_report: Draft, instead: str, words: str) -> None:
    draft = without_table(zero_report, "| （本列数据", "## 四、", instead)
    heading = "三、收到和处理政府信息公开申请情况"
    assert draft.lint() == [Said("national/required-tables", draft.at(heading), f"“{heading}”部分{words}")]
    assert {u.rule for u in draft.result.not_assessable} == {
        "national/request-balance",
        "national/request-footing",
        "national/request-cross-footing",
    }


def test_a_table_where_it_does_not_belong(compliant: Draft) -> None:
    four = compliant.text.index("行政复议\t")
    table = compliant.text[four : compliant.text.index("五、存在")]
    moved = compliant.text.replace(table, "").replace("二、主动公开政府信息情况", table + "二、主动公开政府信息情况")
    draft = Draft(moved, compliant.linter)
    (said,) = draft.lint()
    assert said.rule == "national/required-tables"
    assert said.message == "“四、政府信息公开行政复议、行政诉讼情况”的表格在“一、总体情况”部分"
    assert said.span is not None
    assert said.span.start == moved.index("行政复议\t")


def test_a_repeated_row(compliant: Draft) -> None:
    line = next(line for line in compliant.text.split("\n") if "2.重复申请" in line)
    draft = compliant.replace(line, f"{line}\n{line}")
    (said,) = draft.lint()
    assert (said.rule, draft.under(said.span)) == ("national/required-tables", "2.重复申请")
    assert said.message.endswith("“2.重复申请”一行出现不止一次，只核对了第一次")


def test_a_table_with_a_row_missing(compliant: Draft) -> None:
    draft = compliant.without_line("行政强制\t")
    (said,) = draft.lint()
    assert said.rule == "national/required-tables"
    assert said.message == "“二、主动公开政府信息情况”的表格缺少“行政强制”1 行"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("36件", "“行政许可”的“本年处理决定数量”为“36件”，不是数"),
        ("-3", "“行政许可”的“本年处理决定数量”为 -3，是负数"),
        ("3.5", "“行政许可”的“本年处理决定数量”为 3.5，件数应为整数"),
    ],
)
def test_what_is_no_count(compliant: Draft, text: str, message: str) -> None:
    draft = compliant.put(("disclosure", "licences", "decisions"), text)
    assert draft.lint() == [Said("national/cell-value", draft.at(("disclosure", "licences", "decisions")), message)]


def test_money_may_have_decimals(compliant: Draft) -> None:
    assert compliant.put(("disclosure", "administrative_fees", "amount"), "0.35").lint() == []


def test_thousands_separators_are_figures(compliant: Draft) -> None:
    draft = compliant.put(("disclosure", "licences", "decisions"), "1,036")
    assert draft.lint() == []
    assert draft.report.tables["disclosure"].value("licences", "decisions") == 1036


@pytest.mark.parametrize(("mark", "words"), [("", "空白"), ("/", "“/”"), ("—", "“—”"), ("无", "“无”")])
def test_marks_instead_of_zero(compliant: Draft, mark: str, words: str) -> None:
    draft = compliant.put(("disclosure", "government_rules", "repealed"), mark)
    place = draft.at(("disclosure", "government_rules", "repealed"))
    message = f"“二、主动公开政府信息情况”的表格有 1 个单元格为{words}，没有可报的通行填 0"
    assert draft.lint() == [Said("national/blank-cell", place, message)]


def test_a_blank_last_cell_moves_no_other(compliant: Draft) -> None:
    draft = compliant.put(("requests", "carried_forward", "business"), "")
    place = draft.at(("requests", "carried_forward", "business"))
    assert [(said.rule, said.span) for said in draft.lint()] == [("national/blank-cell", place)]
    total = compliant.put(("requests", "processed", "total"), "")
    assert "“（七）总计”的“总计”为空白" in [n.message for d in total.result.diagnostics for n in d.notes]


@pytest.mark.parametrize("mark", ["无", "1件"])
def test_words_in_table_four(compliant: Draft, mark: str) -> None:
    place = ("remedies", "litigation_after_reconsideration", "total")
    draft = compliant.put(place, mark)
    assert [(said.rule, said.span) for said in draft.lint()] == [
        ("national/blank-cell" if mark == "无" else "national/cell-value", draft.at(place))
    ]


# Zero filing


def test_a_denial_above_a_count(compliant: Draft) -> None:
    draft = compliant.replace("全年共收到政府信息公开申请5件，上年结转1件，", "全年未收到政府信息公开申请，")
    message = f"文字称“未收到政府信息公开申请”，即 0，表格中{RECEIVED}的“总计”为 5"
    assert draft.lint() == [Said("national/zero-filing", draft.at("未收到政府信息公开申请"), message)]
    (note,) = draft.result.diagnostics[0].notes
    assert note.span == draft.at(("requests", "received", "total"))


def test_a_denial_of_reconsideration(compliant: Draft) -> None:
    draft = compliant.replace("被申请行政复议1件，行政诉讼0件", "没有发生行政复议、行政诉讼")
    (said,) = draft.lint()
    assert said.message == "文字称“没有发生行政复议、行政诉讼”，即 0，表格中“行政复议”的“总计”为 1"


def test_denying_defeat_is_not_denying_cases(compliant: Draft) -> None:
    assert compliant.replace("被申请行政复议1件，行政诉讼0件", "未发生行政复议被纠错或行政诉讼败诉").lint() == []


def test_a_zero_in_the_text_that_the_sums_want_too_is_a_note_to_the_cell(zero_report: Draft) -> None:
    draft = zero_report.put(("requests", "received", "total"), "3")
    (said,) = draft.result.diagnostics
    assert said.rule == "national/request-balance"
    assert draft.under(said.span) == "3"
    assert said.notes[-1].message.startswith("文字称“未收到政府信息公开申请”，即 0")


def test_a_count_above_a_table_of_zeros(zero_report: Draft) -> None:
    draft = zero_report.replace("本年度未收到政府信息公开申请", "本年度收到政府信息公开申请4件")
    message = "文字称收到申请 4 件，表格各项均为 0"
    assert draft.lint() == [Said("national/zero-filing", draft.at("收到政府信息公开申请4件"), message)]


def test_a_table_of_zeros_of_which_nothing_is_said_is_advice(zero_report: Draft) -> None:
    draft = zero_report.replace(
        "本年度未收到政府信息公开申请，未发生因政府信息公开工作引起的行政复议、行政诉讼。", "办事指南已更新。"
    )
    (diagnostic,) = draft.result.diagnostics
    assert (diagnostic.rule, diagnostic.severity.label) == ("national/zero-filing", "advice")
    assert diagnostic.message == "表格中申请的各项均为 0，文字没有说明本年度未收到申请"


def test_last_years_denial_is_not_this_years(compliant: Draft) -> None:
    assert compliant.replace("全年共收到", "2023年未收到政府信息公开申请。全年共收到").lint() == []


@pytest.mark.parametrize("scope", ["县政府办公室", "全县"])
def test_another_scope_is_not_compared(compliant: Draft, scope: str) -> None:
    draft = compliant.replace("全年共收到政府信息公开申请5件", f"{scope}未收到政府信息公开申请")
    assert draft.lint() == []


# Fees


def fee(draft: Draft, text: str) -> Draft:
    return draft.replace("发出收费通知0件，总金额0元，实际收取0元", text)


def test_a_statement_of_one_figure_is_incomplete(compliant: Draft) -> None:
    draft = fee(compliant, "收取信息处理费0元")
    message = "信息处理费只说明了实际收取的总金额，没有说明发出收费通知的件数、总金额"
    assert draft.lint() == [Said("national/fee-disclosure", draft.at("收取信息处理费0元"), message)]


def test_no_statement(compliant: Draft) -> None:
    draft = compliant.replace(
        "按照《政府信息公开信息处理费管理办法》，本年度发出收费通知0件，总金额0元，实际收取0元。", "无。"
    )
    heading = "六、其他需要报告的事项"
    message = f"“{heading}”部分没有说明信息处理费的发出收费通知的件数、总金额、实际收取的总金额"
    assert draft.lint() == [Said("national/fee-disclosure", draft.at(heading), message)]


@pytest.mark.parametrize(
    "text",
    [
        "未产生信息处理费",
        "未发出收费通知",
        "发出收费通知的件数、总金额以及实际收取的总金额均为0",
        "发出收费通知２件，总金额600元，实际收取600元",
        "发出收费通知二件，总金额六百元，实际收取六百元",
    ],
)
def test_complete_statements(compliant: Draft, text: str) -> None:
    assert fee(compliant, text).lint() == []


@pytest.mark.parametrize(
    ("text", "under", "message"),
    [
        (
            "发出收费通知2件，总金额300元，实际收取400元",
            "实际收取400元",
            "实际收取的总金额为 400 元，多于收费通知的总金额 300 元",
        ),
        ("发出收费通知0件，总金额300元，实际收取0元", "总金额300元", "总金额为 300 元，发出收费通知的件数为 0"),
        ("发出收费通知2件，总金额0元，实际收取0元", "发出收费通知2件", "发出收费通知 2 件，总金额为 0"),
        ("发出收费通知2件，总金额300，实际收取0元", "总金额300", "总金额 300 没有写明单位（元或万元）"),
    ],
)
def test_fees_that_do_not_agree(compliant: Draft, text: str, under: str, message: str) -> None:
    draft = fee(compliant, text)
    assert draft.lint() == [Said("national/fee-consistency", draft.at(under), message)]


def test_units_of_money_are_compared(compliant: Draft) -> None:
    assert fee(compliant, "发出收费通知2件，总金额0.03万元，实际收取300元").lint() == []


def test_fewer_notices_than_requests_closed_as_unpaid(compliant: Draft) -> None:
    draft = compliant.put(("requests", "fee_unpaid", "natural_person"), "1").put(
        ("requests", "fee_unpaid", "total"), "1"
    )
    draft = draft.put(("requests", "no_records", "natural_person"), "0").put(("requests", "no_records", "total"), "0")
    message = "发出收费通知的件数为 0，少于因逾期未缴费不再处理的 1 件"
    assert draft.lint() == [Said("national/fee-consistency", draft.at("发出收费通知0件"), message)]


# Helpers


@pytest.mark.parametrize(
    ("values", "kept"), [([0, 1, 2], {0, 1, 2}), ([0, 2, 1, 3], {0, 1, 3}), ([5, 0, 1, 2], {1, 2, 3}), ([], set())]
)
def test_longest_ascending(values: list[int], kept: set[int]) -> None:
    assert _longest_ascending(values) == kept


def test_not_assessable_is_no_error() -> None:
    assert not issubclass(NotAssessable, ValueError)


def test_a_wrong_cell_in_sums_that_hold_as_they_stand(compliant: Draft) -> None:
    """Three cells must change together; the two sums that the third one is in are both right before."""
    draft = compliant
    form = draft.report.form
    for row in form.rows("requests"):
        for column in form.columns("requests", row):
            draft = draft.put(("requests", row, column), "0")
    for row, business, social, legal, total in (
        ("received", "7", "7", "7", "7"),
        ("processed", "—", "0", "3件", "0"),
        ("carried_forward", "—", "7", "0", "7"),
    ):
        for column, figure in zip(
            ("business", "social_organisation", "legal_service", "total"), (business, social, legal, total), strict=True
        ):
            draft = draft.put(("requests", row, column), figure)
    words = [said.message for said in draft.lint() if said.rule == "national/request-cross-footing"]
    assert words == [
        "“一、本年新收政府信息公开申请数量”的“总计”应为 21，实为 7，21 同时满足 2 项勾稽关系",
        "“一、本年新收政府信息公开申请数量”行：总计为 7，六类申请人之和为 21，可能是“四、结转下年度继续办理”的“商业企业”应为 14，或“四、结转下年度继续办理”的“法律服务机构”应为 14",
        "“四、结转下年度继续办理”的“总计”应为 21，实为 7，21 同时满足 2 项勾稽关系",
    ]
