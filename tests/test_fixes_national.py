"""The fixes of the national pack: a slip in a compliant report, the report as it is fixed, and what is not mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import Linter
from reportlint.testing import Draft, assert_fix

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
TITLE = "云溪县青禾镇人民政府2024年政府信息公开工作年度报告"
LAW = "《中华人民共和国政府信息公开条例》第五十条编制，"
PROBLEMS = "存在的主要问题：村务"
FEES = "按照《政府信息公开信息处理费管理办法》，"
REMEDIES = "1\t0\t0\t0\t1\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0"
PARTS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
TABLE = "第二十条第（一）项\t"

SAFE = [
    ("section-order", "三、收到和", "二、收到和", None),
    ("section-order", "三、收到和", "2．收到和", "3．收到和"),
    ("section-order", "三、收到和", "收到和", None),
    ("section-order", "三、收到和", "l二、收到和", "l三、收到和"),
    ("section-order", "五、存在的", "  存在的", "  五、存在的"),
    ("subheading-numbering", "（三）政府信息管理", "（四）政府信息管理", None),
    ("subheading-numbering", "（一）主动公开", "（二）主动公开", None),
    ("subheading-numbering", "（四）政府信息公开平台", "4.政府信息公开平台", None),
    (
        "list-numbering",
        "村务公开栏更新",
        "一是甲事项。二是乙事项。二是村务公开栏更新",
        "一是甲事项。二是乙事项。三是村务公开栏更新",
    ),
    (
        "list-numbering",
        "村务公开栏更新",
        "一是甲事项，二是乙事项三是村务公开栏更新",
        "一是甲事项，二是乙事项；三是村务公开栏更新",
    ),
]
UNSAFE = [
    ("title", "2024年政府", "2024年度政府", None),
    ("title", TITLE, TITLE.replace("工作年度报告", "年度报告"), None),
    ("title", TITLE, TITLE.replace("年政府信息公开工作年度报告", "政务信息公开年报"), None),
    (
        "title",
        TITLE,
        TITLE.replace("年政府信息公开工作年度报告", "年度信息公开报告（文字版）"),
        f"{TITLE}（文字版）",
    ),
    (
        "title",
        TITLE,
        "云溪县青禾镇人民政府\n2024年政府信息公开年度报告",
        "云溪县青禾镇人民政府\n2024年政府信息公开工作年度报告",
    ),
    ("section-title", "存在的主要问题及改进情况", "存在问题及改进措施", None),
    ("section-title", "五、存在的主要问题及改进情况", "5．存在问题及改进措施：", "5．存在的主要问题及改进情况："),
    ("section-title", "三、收到和", "三、青禾镇收到和", None),
    ("section-title", "问题及改进情况", "问题和下一步改进思路", None),
    ("section-title", "四、政府信息公开", "四、政府政府信息公开", None),
    ("label-damage", "现行有效件数", "现行有效件", None),
    ("label-damage", "8.属于行政查询事项", "8.属于行政查询查询事项", None),
    ("label-damage", "（四）政府信息公开平台", "（四）府信息公开平台", None),
    ("label-damage", "（四）政府信息公开平台建设", "（四）府信息公开平台建设情况", "（四）政府信息公开平台建设情况"),
    ("label-damage", "（三）政府信息管理", "（三）政府信息信息管理", None),
    ("label-damage", "（三）政府信息管理", "（三）信息信息管理", "（三）信息管理"),
    ("self-reference", "修订公开事项", "我乡修订公开事项", "我镇修订公开事项"),
    ("legal-citation", "人民共和国政府信息公开条例", "人民共和国信息公开条例", None),
    (
        "legal-citation",
        LAW,
        LAW.replace("第五", "（国务院令第492号）第五"),
        LAW.replace("第五", "（国务院令第711号）第五"),
    ),
    (
        "legal-citation",
        LAW,
        LAW.replace("第五", "（国务院令第４９２号）第五"),
        LAW.replace("第五", "（国务院令第711号）第五"),
    ),
    ("legal-citation", "第五十条", "第三十一条、第三十二条", "第四十九条、第五十条"),
    ("legal-citation", "第五十条", "第三十一、三十二条", "第四十九、五十条"),
    ("legal-citation", "第五十条", "第 32 条", "第 50 条"),
    ("legal-citation", "第五十条", "第３１条、第３２条", "第49条、第50条"),
    ("legal-citation", "编制，", "和国办公开办函〔2019〕60号编制，", "和国办公开办函〔2021〕30号编制，"),
    (
        "legal-citation",
        FEES,
        FEES.replace("》", "》（国办函〔2021〕109号）"),
        FEES.replace("》", "》（国办函〔2020〕109号）"),
    ),
    (
        "legal-citation",
        "编制，",
        "和《政府信息公开工作年度报告格式》（国办公开办函〔2021〕3号）编制，",
        "和《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制，",
    ),
    ("template-residue", "修订公开事项", "修订（数据准确、要素齐全）公开事项", None),
    ("template-residue", "修订公开事项", "修订公开事项（如无则填无）", None),
    ("template-residue", TABLE, f"该部分以表格形式报告。表格如下：\n{TABLE}", None),
    ("template-residue", "三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开申请情况（要素齐全）", None),
    ("parts-announced", "第五十条编制，", "第五十条编制，由五个部分组成，", "第五十条编制，由六个部分组成，"),
    (
        "parts-announced",
        "第五十条编制，",
        f"第五十条编制，由{'、'.join(PARTS)}个部分组成，",
        f"第五十条编制，由{'、'.join(PARTS)}六个部分组成，",
    ),
    ("list-numbering", "村务公开栏更新", "一是甲事项；而是村务公开栏更新", "一是甲事项；二是村务公开栏更新"),
    ("blank-cell", REMEDIES, "1\t/\t—\t\t1" + "\t-\t\t0\t\t0" * 2, None),
    ("blank-cell", REMEDIES, "1\t0\t0\t0\t1" + "\t0\t0\t0\t0\t-" * 2, None),
    ("blank-cell", REMEDIES, "1\t \t0\t　　\t1" + "\t0" * 10, "1\t 0 \t0\t　0　\t1" + "\t0" * 10),
    (
        "blank-cell",
        "二、上年结转政府信息公开申请数量\t\t\t1\t0\t0\t0\t0\t0\t1",
        "二、上年结转政府信息公开申请数量\t\t\t1\t\t\t\t\t\t1",
        None,
    ),
    ("blank-cell", "3.其他\t0\t0\t0\t0\t0\t0\t0", "3.其他\t/\t/\t/\t/\t/\t/\t/", None),
]


def ids(case: tuple[str, str, str, str | None]) -> str:
    return f"{case[0]}:{case[2][:12]}"


@pytest.mark.parametrize("case", SAFE, ids=ids)
def test_a_safe_fix_mends_what_changes_no_word(compliant: Draft, case: tuple[str, str, str, str | None]) -> None:
    fixed_as_meant(compliant, case, safe=True)


@pytest.mark.parametrize("case", UNSAFE, ids=ids)
def test_a_fix_that_is_not_safe_changes_words(compliant: Draft, case: tuple[str, str, str, str | None]) -> None:
    fixed_as_meant(compliant, case, safe=False)


def fixed_as_meant(compliant: Draft, case: tuple[str, str, str, str | None], *, safe: bool) -> None:
    rule, old, new, fixed = case
    draft = compliant.replace(old, new)
    assert {fix.safe for fix in draft.fixes(f"national/{rule}")} == {safe}
    expected = compliant if fixed is None else compliant.replace(old, fixed)
    assert assert_fix(draft, f"national/{rule}").text == expected.text


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("title", TITLE, "2024年政府信息公开工作年度报告"),
        ("title", "2024年政府", "政府"),
        ("title", "2024年政府信息公开工作年度报告", "2024年\n政府信息公开年度报告"),
        ("title", TITLE, "2024年云溪县青禾镇人民政府政府信息公开工作年度报告"),
        ("title", TITLE, f"《{TITLE.replace('年政', '年度政')}》"),
        ("section-title", "六、其他需要报告的事项", "六、其他事项\n\n无。\n\n六、其他事项"),
        ("label-damage", "（四）政府信息公开平台", "（四）府信息公开 平台"),
        ("label-damage", "（三）政府信息管理", "（三）政府政府信息信息管理"),
        ("legal-citation", "编制，", "和2019年印发的格式（国办公开办函〔2019〕60号）编制，"),
        ("parts-announced", "第五十条编制，", "第五十条编制，共分7部分，"),
        ("section-order", "三、收到和", "2，收到和"),
        ("template-residue", "修订公开事项", "（如无则填0）修订公开事项"),
        ("template-residue", "三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开申请情况（100字以内）"),
        ("self-reference", "修订公开事项", "我街 道修订公开事项"),
        ("parts-announced", LAW, f"{LAW}由{'、'.join(PARTS)}等个部分组成，"),
        ("parts-announced", LAW, f"{LAW}由{'、'.join(PARTS[1:])}个部分组成，"),
        ("parts-announced", LAW, f"{LAW}由{'、'.join(PARTS[1:])}五个部分组成，"),
        ("template-residue", "发布前由", "发布前（数据准确、\n要素齐全）由"),
        ("template-residue", "修订公开事项", "（请根据实际情况填写）修订公开事项"),
        ("template-residue", "修订公开事项", "由（单位名称）修订公开事项"),
        ("template-residue", "修订公开事项", "填表说明：修订公开事项"),
        ("template-residue", "修订公开事项", "此处填写修订公开事项"),
        ("section-title", "公开申请情况\n", "公开申请情况（数据准确）\n"),
        ("section-title", "收到和处理政府信息公开申请情况", "收到和处理信息公开申请情况（单位：件）"),
        ("section-title", "六、其他需要报告的事项", "六、其他需要报告的事项无"),
        ("section-title", "六、其他需要报告的事项", "六、收费情况及其他需要报告的事项"),
        ("section-title", "三、收到和处理政府信息公开申请情况", "三、2024年收到和处理政府信息公开申请情况"),
        ("section-order", "五、存在的主要问题及改进情况", "存在问题及改进措施"),
        ("section-order", "六、其他需要报告的事项", "四、其他需要报告的事项\n\n无。\n\n五、其他需要报告的事项"),
        ("legal-citation", "编制，", "和《年度报告格式（试行）》国办公开办函〔2019〕60号编制，"),
        ("template-residue", "全年共收到政府信息公开申请5件", "XX年XX月收到政府信息公开申请5件"),
        ("template-residue", "配了一名引导员。", "配了一名引导员（待补充）。"),
        ("template-residue", FEES, f"（如无则填无）\n\n{FEES}"),
        ("parts-announced", LAW, f"{LAW}由总体情况、主动公开政府信息情况、其他需要报告的事项五个部分组成，"),
        ("parts-announced", "村务公开栏更新", "有两个方面：一是甲事项；二是乙事项；三是村务公开栏更新"),
        ("list-numbering", "村务公开栏更新", "一是甲事项；三是村务公开栏更新"),
        ("subheading-numbering", "（五）监督保障", "（六）监督保障"),
        ("self-reference", "修订公开事项", "我局修订公开事项"),
        ("organisation-name", "本报告依据", "清溪县白石镇人民政府依据"),
        ("statistics-period", "2024年12月31日", "2024年12月30日"),
        ("report-year", "本报告依据", "现公布2023年度政府信息公开工作报告。本报告依据"),
        ("fee-disclosure", "，总金额0元", ""),
        (
            "problems-and-improvement",
            "改进情况：三月起由镇里统一排定公开栏更新日期，并按月抽查；为五项惠农政策录了方言讲解音频，在村广播里播放。",
            "",
        ),
        ("overview-aspects", "（五）监督保障。", "（五）其他。"),
        ("cell-value", "行政许可\t36", "行政许可\t若干"),
        ("cell-value", "行政许可\t36", "行政许可\t3.5"),
        ("blank-cell", "规章\t0\t0\t0", "规章\t/\t/\t0"),
        # Both sides of every sum that has it are open, the row's total too.
        ("blank-cell", REMEDIES, "/" + "\t/" * 14),
        ("blank-cell", "规章\t0\t0\t0", "规章\t0\t0\t/"),
        # Below zero, a figure may be made up for by another.
        ("blank-cell", REMEDIES, "1\t-1\t/\t0\t0" + "\t0" * 10),
        # The figures that are there do not come to the total.
        ("blank-cell", REMEDIES, "1\t0\t/\t0\t2" + "\t0" * 10),
        # The row would allow a zero, the column would not.
        ("blank-cell", "（一）予以公开\t\t2\t1\t0\t0\t0\t0\t3", "（一）予以公开\t\t2\t/\t0\t0\t0\t0\t2"),
        ("remedy-footing", REMEDIES, "2" + REMEDIES[1:]),
        ("claim-mismatch", "上年结转1件", "上年结转2件"),
    ],
)
def test_where_the_correction_is_not_certain_there_is_no_fix(compliant: Draft, rule: str, old: str, new: str) -> None:
    draft = compliant.replace(old, new)
    assert draft.lint(f"national/{rule}")
    assert draft.fixes(f"national/{rule}") == []


@pytest.mark.parametrize(("word", "fixed"), [("我委", "我局"), ("我镇", None)])
def test_of_offices_one_word_is_put_for_another(linter: Linter, word: str, fixed: str | None) -> None:
    report = Draft.from_file(EXAMPLES / "yunxi-transport-2020.txt", linter)
    draft = report.replace("公文起草时", f"{word}公文起草时")
    if fixed is None:
        assert draft.lint("national/self-reference")
        assert draft.fixes("national/self-reference") == []
    else:
        expected = report.replace("公文起草时", f"{fixed}公文起草时")
        assert assert_fix(draft, "national/self-reference").text == expected.text


def test_the_ordinal_of_a_section_is_not_mended_where_one_is_missing(compliant: Draft) -> None:
    draft = compliant.under_heading("remedies").remove().replace("六、其他", "八、其他")
    assert draft.lint("national/section-order")
    assert draft.fixes("national/section-order") == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_name_that_is_broken_over_lines_is_left_alone(compliant: Draft, end: str) -> None:
    whole = Draft(compliant.text.replace("\n", end), compliant.linter)
    draft = whole.replace("依据《中华人民共和国政府信息公开条例", f"及其附表依据《中华人民共和国信息公开{end}条例")
    assert draft.lint("national/legal-citation")
    assert draft.fixes("national/legal-citation") == []


@pytest.mark.parametrize(
    ("cited", "certain"),
    [("信息处理费管理办法》（国办函〔2021〕109号）", True), ("年度报告格式》（国办公开办函〔2021〕3号）", False)],
)
def test_of_two_editions_of_the_form_neither_is_certain_before_2021(linter: Linter, cited: str, certain: bool) -> None:
    draft = Draft.from_file(EXAMPLES / "yunxi-transport-2020.txt", linter).replace("第五十条编制", f"和《{cited}编制")
    assert draft.lint("national/legal-citation")
    assert bool(draft.fixes("national/legal-citation")) is certain


def test_beside_words_an_empty_cell_is_not_known_to_be_zero(linter: Linter) -> None:
    report = Draft.from_file(EXAMPLES / "yunxi-archives-2023.md", linter)
    draft = report.put(("remedies", "reconsideration", "upheld"), "若干")
    draft = draft.put(("remedies", "reconsideration", "other"), "-")
    assert draft.lint("national/blank-cell")
    assert draft.fixes("national/blank-cell") == []


def test_one_empty_cell_may_show_what_another_holds(linter: Linter) -> None:
    """The rows show the first cells, and only with these the columns show the rest."""
    report = Draft.from_file(EXAMPLES / "yunxi-archives-2023.md", linter)
    draft = report
    for row in ("received", "granted", "processed"):
        draft = draft.put(("requests", row, "research_institution"), "-")
    for row in ("brought_forward", "partly_granted", "processed"):
        draft = draft.put(("requests", row, "total"), "-")
    assert assert_fix(draft, "national/blank-cell").text == report.text


@pytest.mark.parametrize(
    ("blank", "fixed"), [("|  |", "| 0 |"), ("| |", "| 0 |"), ("||", "|0|"), ("| - |", "| 0 |"), ("|    |", "| 0 |")]
)
def test_a_blank_field_between_pipes_is_filled(linter: Linter, blank: str, fixed: str) -> None:
    report = Draft.from_file(EXAMPLES / "yunxi-archives-2023.md", linter)
    row = "| 一、本年新收政府信息公开申请数量 |  |  |"
    draft = report.replace(f"{row} 0 |", f"{row}{blank[1:]}")
    expected = report.replace(f"{row} 0 |", f"{row}{fixed[1:]}")
    assert assert_fix(draft, "national/blank-cell").text == expected.text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_of_the_template_goes_with_its_end(compliant: Draft, end: str) -> None:
    whole = Draft(compliant.text.replace("\n", end), compliant.linter)
    draft = whole.replace(TABLE, f"该部分以表格形式报告。{end}{TABLE}")
    assert assert_fix(draft, "national/template-residue").text == whole.text
