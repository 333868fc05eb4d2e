"""Rules of structure: one thing changed in a compliant report, and sentences that only look like mistakes."""

from __future__ import annotations

import pytest

from reportlint import NotAssessable, Severity
from reportlint.grammar.numbering import numeral, value_of
from reportlint.testing import Draft, Said
from reportlint_national import sequence
from reportlint_national.labels import damage_of
from reportlint_national.organisations import Kind, kind_of
from reportlint_national.powers import rule_making_power

ASPECTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
PARTS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
SUBHEADINGS, LISTS, PARTS_ANNOUNCED, LABELS = (
    f"national/{name}" for name in ("subheading-numbering", "list-numbering", "parts-announced", "label-damage")
)


def between(draft: Draft, first: str, last: str, text: str) -> Draft:
    """The draft with other text from one anchor up to another."""
    start, end = draft.at(first).start, draft.at(last).start
    return Draft(draft.text[:start] + text + "\n\n" + draft.text[end:], draft.linter)


def overview(draft: Draft, text: str) -> Draft:
    return between(draft, "（一）主动公开。全年", "二、主动公开政府信息情况", text)


def improvement(draft: Draft, text: str) -> Draft:
    return between(draft, "存在的主要问题：村务", "六、其他需要报告的事项", text)


def introduction(draft: Draft, text: str) -> Draft:
    return draft.replace("本报告依据《中华人民共和国政府信息公开条例》第五十条编制，", text)


def headed(*numbers: str, stop: str = "。") -> str:
    return "\n\n".join(
        f"{number}{aspect}{stop}照常开展，没有中断。" for number, aspect in zip(numbers, ASPECTS, strict=False)
    )


def said(draft: Draft, rule: str) -> list[tuple[str | None, str]]:
    return [(draft.under(found.span), found.message) for found in draft.lint(rule)]


def mended(draft: Draft, rule: str, *, safe: bool = True) -> str:
    """The text with the fixes of a rule."""
    text = draft.text
    edits = [
        edit
        for found in draft.linter.packs.rules[rule].run(draft.report, {})
        if found.fix is not None and found.fix.safe is safe
        for edit in found.fix.edits
    ]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# Sub-headings


@pytest.mark.parametrize(
    "numbers",
    [
        "（一） （二） （三） （四） （五）",
        "(一) (二) （三) (四） (五)",
        "1. 2. 3. 4. 5.",
        "1、 2、 3、 4、 5、",
        "(1) (2) (3) (4) (5)",
        "㈠ ㈡ ㈢ ㈣ ㈤",
        "① ② ③ ④ ⑤",
        "（一）、 （二）、 （三） （四） （五）",
        "1. 1. 1. 1. 1.",
    ],
)
@pytest.mark.parametrize("stop", ["。", "：", "\n\n"])
def test_any_style_of_numbers_is_good(compliant: Draft, numbers: str, stop: str) -> None:
    draft = overview(compliant, headed(*numbers.split(), stop=stop))
    assert draft.lint(SUBHEADINGS, LISTS, LABELS) == []


@pytest.mark.parametrize(
    "text",
    [
        "（一）主动公开。\n1.制度。有。\n2.平台。有。\n（二）依申请公开。\n1.渠道。有。\n2.办理。有。\n(1)甲。\n①丙。\n②丁。\n(2)乙。",
        "（一）主动公开。有。（二）依申请公开。有。（三）政府信息管理。有。",
        "（一）主动公开。有。（二）依申请公开。有。\n（三）政府信息管理。有。",
        "（一）主动公开。依照条例第二十条第\n（五）项、第\n（六）项的规定公开。\n（二）依申请公开。有。",
        "（一）主动公开。有。\n2024年发布信息。\n12.5万人次浏览。\n3.6万条。\n（二）依申请公开。有。",
        "（一）主动公开。有。\n一、二季度各发布一批。\n（二）依申请公开。有。",
        "（一）主动公开。全年在门户网站上公布了第一批清单和\n2.服务事项。\n（二）依申请公开。有。",
        "1.（1）甲。\n（2）乙。\n2.丙。",
        "问题：\n1.更新慢。\n2.人手少。\n改进：\n1.加快更新。\n2.增加人手。\n3.加强培训。",
        "问题：\n（一）更新慢。\n改进：\n（一）加快更新。\n（二）增加人手。",
        "（一）问题\n1.更新慢。\n（二）改进\n1.加快更新。\n2.增加人手。",
        "问题：\n（二）更新慢。\n改进有。",
        "问题有。\n七、附件\n八、附表",
        "",
    ],
)
def test_numbers_that_only_look_wrong(compliant: Draft, text: str) -> None:
    assert overview(compliant, text).lint(SUBHEADINGS) == []
    assert improvement(compliant, text).lint(SUBHEADINGS) == []


@pytest.mark.parametrize(
    ("numbers", "place", "message"),
    [
        ("（二） （三） （四）", "（二）", "小标题从“（二）”开始，之前没有“（一）”"),
        ("（一） （二） （四） （五）", "（四）", "小标题“（二）”之后是“（四）”，缺“（三）”"),
        ("1. 2. 5.", "5.", "小标题“2.”之后是“5.”，缺“3.”“4.”"),
        ("（一） （二） （二） （三）", "（二）", "小标题的序号“（二）”重复，按次序为“（三）”"),
        ("（一） （一） （二）", "（一）", "小标题的序号“（一）”重复，按次序为“（二）”"),
        ("（一） （五） （三） （四）", "（五）", "小标题的序号为“（五）”，按次序为“（二）”"),
        ("（一） （三） （二） （四）", "（三）", "小标题“（一）”之后是“（三）”，按次序为“（二）”"),
        ("（一） （二） 3. （四）", "3.", "小标题“（二）”之后是“3.”，同一层用了两种序号"),
        ("1. 2、 3、 4.", "2、", "小标题“1.”之后是“2、”，同一层用了两种序号"),
        ("㈠ ㈡ ㈣", "㈣", "小标题“㈡”之后是“㈣”，缺“（三）”"),
        ("一、 二、 三、", "一、", "小标题“一、主动公开”与“一、总体情况”用了同一种序号"),
    ],
)
def test_a_wrong_number_is_one_finding(compliant: Draft, numbers: str, place: str, message: str) -> None:
    draft = overview(compliant, headed(*numbers.split()))
    assert said(draft, SUBHEADINGS) == [(place, message)]


def test_style_is_advice(compliant: Draft) -> None:
    for numbers in ("（一） （二） 3.", "一、 二、"):
        (found,) = (
            overview(compliant, headed(*numbers.split()))
            .linter.packs.rules[SUBHEADINGS]
            .run(overview(compliant, headed(*numbers.split())).report, {})
        )
        assert found.severity == Severity.ADVICE


@pytest.mark.parametrize(
    ("numbers", "right"),
    [
        ("（一） （二） （二） （三）", "（一） （二） （三） （四）"),
        ("（一） （二） （二） （四）", "（一） （二） （三） （四）"),
        ("（一） （二） 3. 4.", "（一） （二） （三） （四）"),
        ("1. 3. 3.", "1. 2. 3."),
    ],
)
def test_a_number_that_is_certain_is_mended(compliant: Draft, numbers: str, right: str) -> None:
    draft = overview(compliant, headed(*numbers.split()))
    assert mended(draft, SUBHEADINGS) == overview(compliant, headed(*right.split())).text


# Lists


@pytest.mark.parametrize(
    "text",
    [
        "问题：一是更新慢；二是人手少，三是培训少。改进：一是加快。二是增加人手。",
        "一是更新慢。\n二是人手少。\n三是培训少。\n改进：\n一是加快。\n二是增加。",
        "问题：统一是难点，之一是更新慢，唯一是人手少，十一是假期。改进：第一是加快，第二是增人。",
        "问题：一是制度不全，统一是难点；二是人手少。改进：单一是不行的，三合一是目标，二是二，一是一。",
        "问题：第一，更新慢；第二，人手少。改进：首先，加快；其次，增人；再次，培训；最后，考核。",
        "问题：第一季度更新慢，第三季度好，第四，也还行。",
        "问题：一是抓学习，学习内容：一是法律；二是业务。二是抓检查。三是抓考核。",
        "问题：一是抓学习。内容分三项，一是法律；二是业务；三是政策。二是抓检查。三是抓考核。",
        "一是抓学习。\n培训内容：一是法律；二是业务。\n二是抓检查。\n三是抓考核。",
        "问题：一是 更新慢。 二是 人手少。 三是 培训少。",
        "问题：（一是）更新慢，（二是）人手少。",
        "问题：1.更新慢；2.人手少；3.培训少。改进：1.加快；2.增人。",
        "问题：（1）更新慢；（2）人手少；改进：（1）加快，（2）增人，（3）培训。",
        "问题：①更新慢；②人手少。改进2.5万元，3.6万人，第3、4号。",
        "问题：更新慢。改进：首先，加快；二是增人；三是培训。",
        "问题：一方面更新慢，二是人手少。改进：一要加快；二是增人；三是培训。",
        "问题：一、更新慢；二是人手少；三是培训少。",
        "问题：一是更新慢；二是人手少；三要培训；四是考核少。",
        "问题：一是核查一是否及时、二是否准确、三是否全面。二是人手少。",
        "问题：星期一是开放日，周二是休息日，初三是假日，表二是统计。一是慢；二是少。",
        "我镇主要问题一是更新慢，二是人手少。下一步一是加快，二是增人。",
        "问题：一是“更新慢。”二是“人手少。”三是（培训少）；改进。",
        "问题：一是做到说一是一、说二是二；二是人手少；三是培训。",
        "问题：渠道单一是短板；二是人手少；改进。",
        "问题：十是虚数。改进：四是虚数。",
        "一是落实三审三校；二是把好三关；三是四是五都算。",
    ],
)
def test_lists_in_order(compliant: Draft, text: str) -> None:
    assert improvement(compliant, text).lint(LISTS) == []


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("一是更新慢。二是人手少。四是培训少。", "四是", "列举中“二是”之后是“四是”，缺“三是”"),
        ("一是更新慢；二是人手少；二是培训少；三是考核。", "二是", "列举的序号“二是”重复，按次序为“三是”"),
        ("一是更新慢；二是人手少；二是培训少；四是考核。", "二是", "列举的序号“二是”重复，按次序为“三是”"),
        ("一是更新慢；五是人手少；三是培训少。", "五是", "列举的序号为“五是”，按次序为“二是”"),
        ("一是更新慢；三是人手少；二是培训少。", "三是", "列举中“一是”之后是“三是”，按次序为“二是”"),
        ("一是更新慢；一是人手少；二是培训少。", "一是", "列举的序号“一是”重复，按次序为“二是”"),
        ("更新慢。改进：二是加快；三是培训。", "二是", "列举从“二是”开始，之前没有“一是”"),
        (
            "一是更新慢。二是人手少。\n改进：一是加快。二是增人。四是培训。",
            "四是",
            "列举中“二是”之后是“四是”，缺“三是”",
        ),
        (
            "\n一是更新慢。\n二是人手少。\n四是培训少。\n改进：\n一是加快。",
            "四是",
            "列举中“二是”之后是“四是”，缺“三是”",
        ),
        ("第一，更新慢；第二，人手少；第四，培训少。", "第四", "列举中“第二”之后是“第四”，缺“第三”"),
        ("1.更新慢；2.人手少；4.培训少。", "4.", "列举中“2.”之后是“4.”，缺“3.”"),
        ("（1）更新慢；（3）人手少。", "（3）", "列举中“（1）”之后是“（3）”，缺“（2）”"),
        ("①更新慢；②人手少；②培训少。", "②", "列举的序号“②”重复，按次序为“③”"),
        ("一是更新慢。二是人手少三是培训少。", "三是", "列举中“三是”之前没有句号或分号"),
        ("一是更新慢二是人手少三是培训少。", "二是", "列举中“二是”“三是”之前没有句号或分号"),
    ],
)
def test_a_list_out_of_order(compliant: Draft, text: str, place: str, message: str) -> None:
    draft = improvement(compliant, "问题：" + text)
    assert said(draft, LISTS) == [(place, message)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("一是慢。二是人手少三是培训少。", "一是慢。二是人手少。三是培训少。"),
        ("一是慢；二是人手少三是培训少。", "一是慢；二是人手少；三是培训少。"),
        ("一是慢；二是少；二是旧；三是远。", "一是慢；二是少；三是旧；四是远。"),
    ],
)
def test_a_list_is_mended(compliant: Draft, text: str, right: str) -> None:
    assert mended(improvement(compliant, text), LISTS) == improvement(compliant, right).text


# Parts announced

ALL = "、".join(PARTS)
FIVE = "、".join(part for part in PARTS if "诉讼" not in part)
LONG = (
    "政府信息公开工作总体情况，主动公开政府信息情况，收到和处理政府信息公开申请情况，因政府信息公开工作被申请行政复议、"
    "提起行政诉讼情况，政府信息公开工作存在的主要问题及改进情况，以及其他需要报告的事项"
)


@pytest.mark.parametrize(
    "text",
    [
        f"本报告由{ALL}等六个部分组成。",
        f"本报告由{ALL}六个部分组成。",
        f"全文包括{LONG}六部分。",
        f"全文包括{LONG.replace('，以及', '及')}。",
        f"本报告共六个部分：{ALL}。",
        f"本报告共分六个部分。包括{ALL}。",
        "本报告共六个部分。",
        "本报告包括6个部分，数据可查。",
        "本报告由总体情况等六个部分组成。",
        f"本报告由{FIVE}等六个部分组成。",
        "本年度报告由文字和表格两个部分组成。",
        "本报告从三个方面总结。",
        f"本报告由{ALL}、附表七个部分组成。",
        "公开指南分为三个部分，本报告另行说明。",
        "全文由概述、主动公开政府信息情况、收费情况、问题和改进、其他五个部分组成。",
        "本报告的这个部分组成说明。",
        "本报告各个部分，均已核对。",
        "本报告由六大部分组成："
        + "；".join(f"{n}、{part}" for n, part in zip("一二三四五六", PARTS, strict=True))
        + "。",
    ],
)
def test_parts_that_agree(compliant: Draft, text: str) -> None:
    assert introduction(compliant, text).lint(PARTS_ANNOUNCED) == []


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (f"本报告由{FIVE}六个部分组成。", "六个部分", "文字称“六个部分”，列出的部分有 5 个"),
        (f"本报告由{ALL}等五个部分组成。", "五个部分", "文字称“五个部分”，列出的部分有 6 个"),
        (f"全文包括{LONG}七部分。", "七部分", "文字称“七部分”，列出的部分有 6 个"),
        (f"本报告由{FIVE}五个部分组成。", "五个部分", "文字称“五个部分”，报告有 6 个部分"),
        ("本报告共五个部分。", "五个部分", "文字称“五个部分”，报告有 6 个部分"),
        ("本报告共七个部分。", "七个部分", "文字称“七个部分”，报告有 6 个部分"),
        (f"本报告从{FIVE}六个方面进行总结。", "六个方面", "文字称“六个方面”，列出的部分有 5 个"),
        (f"本报告由{ALL}个部分组成。", "个部分", "“个部分”之前没有数，列出的部分有 6 个"),
    ],
)
def test_parts_that_do_not_agree(compliant: Draft, text: str, place: str, message: str) -> None:
    assert said(introduction(compliant, text), PARTS_ANNOUNCED) == [(place, message)]


def test_an_annex_may_be_a_part(compliant: Draft) -> None:
    draft = introduction(compliant, "本报告共七个部分。")
    assert Draft(draft.text + "\n\n七、附件\n\n无。\n", draft.linter).lint(PARTS_ANNOUNCED) == []


# Labels


@pytest.mark.parametrize(
    ("whole", "broken", "message"),
    [
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开", "“其他法律行政止公开”缺“法规禁”"),
        ("现行有效件数", "现行有效件", "“现行有效件”缺“数”"),
        ("本年制发件数", "本年发制件数", "“本年发制件数”中“发制”两字颠倒"),
        ("本年废止件数", "本年废止废止件数", "“本年废止废止件数”多“废止”"),
        ("本年收费金额（单位：万元）", "本年收费金（单位：万元）", "“本年收费金”缺“额”"),
        ("5.属于三类内部事务信息", "5.属于三类内部务事信息", "“属于三类内部务事信息”中“务事”两字颠倒"),
        ("1.属于国家秘密", "1.属于国家秘密密", "“属于国家秘密密”多“密”"),
        ("8.属于行政查询事项", "8.属于行政查寻事项", "“属于行政查寻事项”中“寻”与“询”不同"),
        ("二、上年结转政府信息公开申请数量", "二、上年结转政府信息公开申请数", "“上年结转政府信息公开申请数”缺“量”"),
    ],
)
def test_a_damaged_label(compliant: Draft, whole: str, broken: str, message: str) -> None:
    draft = compliant.replace(whole, broken)
    (found,) = draft.lint()
    assert found == Said(LABELS, found.span, f"{message}，格式为“{whole}”")
    mark = "（" if "单位" in whole else "\n"
    assert mended(draft, LABELS, safe=False).partition(mark)[0] == compliant.text.partition(mark)[0]
    assert mended(draft, LABELS, safe=False) == compliant.text


@pytest.mark.parametrize(
    ("whole", "other"),
    [
        ("一、本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请"),
        ("一、本年新收政府信息公开申请数量", "1. 本年新收政府信息公开申请数量"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
        ("行政规范性文件", "规范性文件"),
        ("3.危及“三安全一稳定”", '3、危及"三安全一稳定"'),
        ("3.危及“三安全一稳定”", "3.危及三安全一稳定"),
        ("2.其他法律行政法规禁止公开", "2.其它法律、行政法规禁止公开"),
        ("1.本机关不掌握相关政府信息", "1.本局不掌握相关政府信息"),
        ("1.申请人无正当理由逾期不补正、", "1.申请人无正当理由逾期不补正,"),
        ("（七）总计", "（七） 总 计"),
        ("（七）总计", "合计"),
        ("本年制发件数", "本年（2024）制发件数"),
        ("本年收费金额（单位：万元）", "本年收费金额(万元)"),
        ("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或重\n新出具已获取信息"),
        ("现行有效件数", "现行有效件\n数"),
    ],
)
def test_labels_that_are_not_damaged(compliant: Draft, whole: str, other: str) -> None:
    assert compliant.replace(whole, other).lint(LABELS) == []


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("府信息公开平台建设情况", "缺“政”"),
        ("政府信息公开公开平台建设", "多“公开”"),
        ("政府政府情况", "多“政府”"),
        ("监督障保", "中“障保”两字颠倒"),
        ("依申公开", "缺“请”"),
        ("政府信息理方面", "缺“管”"),
    ],
)
def test_a_damaged_subheading(compliant: Draft, heading: str, message: str) -> None:
    draft = overview(compliant, f"（一）{heading}。照常开展。\n\n（二）教育培训。照常开展。")
    assert said(draft, LABELS) == [(heading, f"小标题“{heading}”{message}")]


@pytest.mark.parametrize(
    "heading",
    [
        "主动公开情况",
        "政府信息主动公开情况",
        "申请公开情况",
        "依法申请公开方面",
        "信息管理情况",
        "平台建设",
        "政府信息平台建设管理",
        "政务信息公开平台建设",
        "信息规范公开平台建设情况",
        "保障监督",
        "监管保障",
        "公开平台",
        "政府信息公开平台管理",
        "组织领导",
        "教育培训",
        "积极稳妥做好主动公开",
        "监督保障工作",
        "依公开申请",
        "监督保障及教育培训情况",
        "一件一件抓落实",
    ],
)
def test_subheadings_in_other_words(compliant: Draft, heading: str) -> None:
    assert overview(compliant, f"（一）{heading}。照常开展。\n\n（二）教育培训。照常开展。").lint(LABELS) == []


def test_damage() -> None:
    assert damage_of("监督保障", "监督保障") is None
    assert damage_of("", "监督保障") is None
    assert damage_of("总", "总计") is None


# Power to make rules


def test_a_town_has_no_rules(compliant: Draft) -> None:
    draft = compliant.put(("disclosure", "government_rules", "in_force"), "2")
    assert draft.lint() == [
        Said(
            "national/rule-making-power",
            draft.at(("disclosure", "government_rules", "in_force")),
            "“规章”的“现行有效件数”为 2，乡镇人民政府和街道办事处没有制定规章的权限",
        )
    ]
    assert draft.result.diagnostics[0].severity == Severity.ADVICE


def test_a_city_may_have_rules(compliant: Draft) -> None:
    draft = compliant.put(("disclosure", "government_rules", "in_force"), "2").replace("云溪县青禾镇", "云溪市")
    assert draft.lint("national/rule-making-power") == []


def test_without_the_row_there_is_nothing_to_ask(compliant: Draft) -> None:
    with pytest.raises(NotAssessable):
        list(rule_making_power.run(Draft("云溪县2024年政府信息公开工作年度报告\n", compliant.linter).report, {}))


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Kind.TOWNSHIP, "云溪县青禾镇人民政府 北滨区长河街道办事处 长河街道 青禾镇政府 青禾苏木"),
        (Kind.COUNTY, "云溪县人民政府 云溪县 北滨区 云溪县人民政府办公室 云溪自治县人民政府 青禾左旗人民政府"),
        (Kind.DEPARTMENT, "云溪市财政局 云溪省财政厅 云溪县市场监督管理局 北滨区教育委员会 云溪县档案馆 市教育局"),
        (
            None,
            "云溪市人民政府 云溪市 云溪省人民政府 云溪自治区 云溪自治州人民政府 云溪省人民政府办公厅 云溪市人民政府办公室 "
            "国家市场监督管理总局 市场监管局 财政部 住房和城乡建设部 海关总署 云溪海关 云溪新区人民政府 云溪工业园区 "
            "云溪林区人民政府 云溪经济技术开发区管理委员会 教育局 城市管理局 华东地区管理局 人民政府 镇 县",
        ),
    ],
)
def test_what_an_organisation_is(kind: Kind | None, names: str) -> None:
    assert {name: kind_of(name) for name in names.split()} == dict.fromkeys(names.split(), kind)
    assert kind_of(None) is None


# Numbers


def test_numerals_there_and_back() -> None:
    assert [value_of(numeral(number)) for number in range(1, 121)] == list(range(1, 121))
    assert [value_of(sign) for sign in "①⑩⑳㈠㈩"] == [1, 10, 20, 1, 10]
    assert [value_of(text) for text in ("一二", "十十", "一二十", "二十二", "", "x")] == [
        None,
        None,
        None,
        22,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("numbers", "places"),
    [
        ([1, 2, 3], []),
        ([2, 3], [(0, 1, False)]),
        ([1, 2, 4, 5], [(2, 3, False)]),
        ([1, 2, 2, 4], [(2, 3, True)]),
        ([1, 3, 2, 4], [(1, 2, False)]),
        ([1, 1, 2], [(1, 2, False)]),
        ([3, 2, 3], [(0, 1, True)]),
        ([], []),
    ],
)
def test_faults(numbers: list[int], places: list[tuple[int, int, bool]]) -> None:
    assert [tuple(fault) for fault in sequence.faults(numbers)] == places


@pytest.mark.parametrize(
    "body",
    [
        "一是" * 50_000,
        "，二是" * 50_000,
        "（一）甲\n1.乙\n" * 20_000,
        "；1.甲；①丙；一是丁二是" * 20_000,
        "（二）甲\n" * 30_000,
        "",
    ],
)
def test_hostile_texts_are_borne(compliant: Draft, body: str) -> None:
    text = f"云溪县2024年政府信息公开工作年度报告\n本报告由总体情况、{body[:9]}六个部分组成\n一、总体情况\n{body}\n"
    draft = Draft(text, compliant.linter)
    assert not [d for d in draft.result.diagnostics if d.rule == "reportlint/rule-crash"]
