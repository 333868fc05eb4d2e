"""The law and the form that are cited, and what a template left behind."""

from __future__ import annotations

import time

import pytest

from reportlint import Linter, Severity
from reportlint.testing import Draft
from reportlint_national.prose import MOST_PLACES

LAW, RESIDUE = "national/legal-citation", "national/template-residue"
PREFACE = "本报告依据《中华人民共和国政府信息公开条例》第五十条编制"
OVERVIEW = "（一）主动公开。全年通过县政府门户网站"


# legal-citation


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        (
            "根据《中华人民共和国政府信息公开条例》（国务院令第492号）编制本报告。",
            "“国务院令第492号”公布的条例已经修订，现行条例为国务院令第711号",
        ),
        (
            "根据《条例》第三十一条、第三十二条规定，编制本报告。",
            "“第三十一条”是2007年条例关于年度报告的条文，现行条例为第四十九条、第五十条",
        ),
        (
            "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）第三十一、三十二条规定，编制本年度报告。",
            "“第三十一、三十二条”是2007年条例关于年度报告的条文，现行条例为第四十九条、第五十条",
        ),
        (
            "依据《政府信息公开条例》第 32 条，现公布青禾镇2024年度报告。",
            "“第32条”是2007年条例关于年度报告的条文，现行条例为第四十九条、第五十条",
        ),
        *(
            (
                f"按照国办公开办函{left}２０１９{right}60号文件的格式编制。",
                f"引用的格式为“国办公开办函{left}２０１９{right}60号”，2021年度起的格式为国办公开办函〔2021〕30号",
            )
            for left, right in ("〔〕", "［］", "[]", "（）", "()", "【】")
        ),
    ],
)
def test_law_and_form_no_longer_in_force(compliant: Draft, sentence: str, message: str) -> None:
    draft = compliant.replace(PREFACE, sentence + PREFACE)
    said = draft.lint(LAW)
    quoted = message.partition("“")[2].partition("”")[0]
    assert said[0].message == message
    assert "".join((draft.under(said[0].span) or "").split()) == quoted
    assert draft.result.diagnostics[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《中华人民共和国政府信息公开条例》（国务院令第711号）编制本报告。",
        "根据《政府信息公开条例》（2007年国务院令第492号公布，2019年国务院令第711号修订）编制本报告。",
        "原条例（国务院令第492号）的要求不再适用。",
        "根据《条例》第四十九条、第五十条编制本报告。",
        "根据《云溪省政府信息公开办法》第三十一条编制本报告。",
        "根据《档案法》第三十二条和《条例》第五十条编制本报告。",
        "依照《条例》第三十二条征求第三方意见。",
        "依照《条例》第三十一条确定收到申请的时间。",
        "按照国办公开办函〔2019〕60号和国办公开办函〔2021〕30号的格式编制。",
        "按照云政办函〔2019〕60号编制。",
        "按照国办发〔2019〕60号开展。",
    ],
)
def test_citations_that_are_right(compliant: Draft, sentence: str) -> None:
    assert compliant.replace(PREFACE, sentence + PREFACE).lint(LAW) == []


def test_the_form_of_2019_is_right_for_2020() -> None:
    text = "青禾镇2020年政府信息公开工作年度报告\n\n按照国办公开办函〔2019〕60号编制。\n\n一、总体情况\n\n（一）主动公开。\n"
    assert Draft(text).lint(LAW) == []


# template-residue


@pytest.mark.parametrize(
    ("old", "new", "message", "under"),
    [
        (
            "第二十条第（一）项",
            "该部分以表格形式报告。表格如下：\n\n第二十条第（一）项",
            "留有格式或模板的说明“该部分以表格形式报告。表格如下：”",
            "该部分以表格形式报告。表格如下：",
        ),
        ("发布信息312条", "发布信息XX条", "模板的空位没有填写：“XX条”", "XX"),
        ("发布信息312条", "发布信息 ×× 条", "模板的空位没有填写：“××条”", "××"),
        ("发布信息312条", "发布信息□□□条", "模板的空位没有填写：“□□□条”", "□□□"),
        ("发布信息312条", "发布信息____条", "模板的空位没有填写：“____条”", "____"),
        ("发布信息312条", "按××××年的计划发布信息312条", "模板的空位没有填写：“××××年的计划”", "××××"),
        ("发布信息312条", "在XX镇发布信息312条", "模板的空位没有填写：“XX镇发布信”", "XX"),
        ("发布信息312条", "在某某镇发布信息312条", "模板的空位没有填写：“某某镇发布信”", "某某"),
        ("发布信息312条", "发布信息312条，占xx%", "模板的空位没有填写：“xx%”", "xx"),
        (
            "发布信息312条",
            "发布信息312条〔此处填写重点领域〕",
            "留有格式或模板的说明“〔此处填写重点领域〕”",
            "〔此处填写重点领域〕",
        ),
        (
            "发布信息312条",
            "发布信息312条（请根据实际情况填写）",
            "留有格式或模板的说明“（请根据实际情况填写）”",
            "（请根据实际情况填写）",
        ),
        ("发布信息312条", "发布信息312条（据实填写）", "留有格式或模板的说明“（据实填写）”", "（据实填写）"),
        ("发布信息312条", "（单位名称）发布信息312条", "留有格式或模板的说明“（单位名称）”", "（单位名称）"),
        (
            "发布信息312条",
            "发布信息312条，此处插入图表",
            "留有格式或模板的说明“此处插入”",
            "此处插入",
        ),
        ("发布信息312条", "发布信息312条【待补充】", "留有待办标记“【待补充】”", "【待补充】"),
        ("发布信息312条", "发布信息312条TODO", "留有待办标记“TODO”", "TODO"),
        ("发布信息312条", "发布信息312条批注 [L1]：", "留有修订痕迹“批注[L1]：”", "批注 [L1]："),
        (
            "三、收到和处理政府信息公开申请情况",
            "三、收到和处理政府信息公开申请情况（数据准确、要素齐全）",
            "标题里留有模板的说明“（数据准确、要素齐全）”",
            "三、收到和处理政府信息公开申请情况（数据准确、要素齐全）",
        ),
    ],
)
def test_what_a_template_left(compliant: Draft, old: str, new: str, message: str, under: str) -> None:
    draft = compliant.replace(old, new)
    assert [(said.message, draft.under(said.span)) for said in draft.lint(RESIDUE)] == [(message, under)]


@pytest.mark.parametrize(
    "sentence",
    [
        "咨询电话138××××5678。",
        "网址为http://www.example.cn/xx/xxgk/index.html，也可登录xxgk.example.cn。",
        "表格如下：",
        "答复申请人张××的来信。",
        "申请人李某某来电。",
        "有某些栏目更新较慢。",
        "XX。",
        "公开内容有待补充和完善。",
        "待办结的申请1件（待办结）。",
        "（请扫描二维码查阅）",
        "（请填写申请表）",
        "（单位：万元）",
        "（详见附件）",
        "（删除重复信息12条，修改错别字3处）",
        "规格为3×4米，合计2××3。",
        "二○○八年和二〇〇九年的目录。",
        "□是 □否 公开。",
        "使用XML和EXX格式。",
        "群众在XX村的来信得到答复。",
        "召开XXL杯知识竞赛。",
        "格式规范，格式：统一。",
        "***",
        "___",
        "（含政务新媒体发布的信息）",
        "（自行车道建设信息公开后）",
    ],
)
def test_what_only_looks_like_residue(compliant: Draft, sentence: str) -> None:
    assert compliant.replace(OVERVIEW, sentence + OVERVIEW).lint(RESIDUE) == []
    assert compliant.replace(OVERVIEW, sentence + "\n\n" + OVERVIEW).lint(RESIDUE) == []


# All rules of these modules


@pytest.mark.parametrize(
    "body",
    [
        "我镇2023年，" * 40_000,
        "某某年XX年" * 40_000,
        "2023年1月1日至" * 30_000,
        "2023年1月1日至\n" * 30_000,
        "《条例》第三十一条编制" * 30_000,
        "编制望山县" * 60_000,
        "（此处" * 100_000,
        "（以下简称本镇" * 50_000,
        "\ud800 2023 年 " * 50_000,
        "我" * 300_000,
    ],
)
def test_hostile_texts_take_no_long_time(linter: Linter, body: str) -> None:
    text = f"云溪县青禾乡2024年政府信息公开工作年度报告\n\n{body}\n\n一、总体情况\n\n{body}\n\n五、存在的主要问题\n\n{body}\n"
    report = Draft(text, linter).report
    for name, rule in linter.settings.rules.items():
        if name in RULES:
            started = time.process_time()
            findings = list(rule.run(report, {}))
            assert time.process_time() - started < 2, name
            assert len(findings) <= 2 * MOST_PLACES


RULES = {
    LAW,
    RESIDUE,
    "national/report-year",
    "national/statistics-period",
    "national/self-reference",
    "national/organisation-name",
}


@pytest.mark.parametrize("text", ["", "\n", "我镇", "青禾镇2024年政府信息公开工作年度报告", "\ud800", "一、总体情况"])
def test_no_text_is_too_little(linter: Linter, text: str) -> None:
    assert "reportlint/rule-crash" not in [said.rule for said in Draft(text, linter).lint()]
