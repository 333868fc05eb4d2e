"""Mistakes as clerks make them, each planted in a compliant report, and what only looks like them."""

from __future__ import annotations

import pytest

from reportlint.testing import Draft

STOP, PARTS = "text/missing-stop", "national/parts-announced"
TEMPLATE, CITATION = "national/template-residue", "national/legal-citation"
NAME, SELF = "national/organisation-name", "national/self-reference"
LISTS = "national/list-numbering"
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


# What is cited


@pytest.mark.parametrize(
    ("old", "new", "under", "message"),
    [
        (
            "《中华人民共和国政府信息公开条例》",
            "《中华人民共和国信息公开条例》",
            "中华人民共和国信息公开条例",
            "引用的条例写作“中华人民共和国信息公开条例”，名称为“中华人民共和国政府信息公开条例”",
        ),
        (
            "信息处理费管理办法》",
            "信息处理费管理办法》（国办函〔2019〕109号）",
            "国办函〔2019〕109号",
            "“信息处理费管理办法”的文号写作“国办函〔2019〕109号”，文号为国办函〔2020〕109号",
        ),
        (
            "第五十条编制",
            "第五十条和《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕60号）编制",
            "国办公开办函〔2021〕60号",
            "“年度报告格式”的文号写作“国办公开办函〔2021〕60号”，文号为国办公开办函〔2021〕30号",
        ),
    ],
)
def test_a_text_cited_by_what_is_not_its_name(compliant: Draft, old: str, new: str, under: str, message: str) -> None:
    assert said(compliant.replace(old, new), CITATION) == [(under, message)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("信息处理费管理办法》", "信息处理费管理办法》（国办函[2020]109号）"),
        (
            "第五十条编制",
            "第五十条和《国务院办公厅关于印发〈政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）编制",
        ),
        ("第五十条编制", "第五十条和《云溪县政府信息公开条例》编制"),
        ("按照《政府信息公开信息处理费管理办法》", "按照《政府信息公开信息处理费管理办法》（云财〔2021〕7号转发）"),
    ],
)
def test_texts_cited_by_their_own_names(compliant: Draft, old: str, new: str) -> None:
    assert said(compliant.replace(old, new), CITATION) == []


# Whose report it is


@pytest.mark.parametrize(
    ("old", "new", "under", "message"),
    [
        ("本报告依据", "云溪县白石镇人民政府按照条例要求编制本报告，", "云溪县白石镇", "编制单位写作“云溪县白石镇”"),
        ("存在的主要问题：", "白石镇政府信息公开工作虽有进展，但存在以下问题：", "白石镇", "叙述的主语为“白石镇”"),
    ],
)
def test_another_township(compliant: Draft, old: str, new: str, under: str, message: str) -> None:
    draft = compliant.replace(old, new)
    assert said(draft, NAME) == [(under, f"{message}，标题的单位为“云溪县青禾镇人民政府”")]


@pytest.mark.compliant("county")
def test_the_office_of_another_county(compliant: Draft) -> None:
    draft = compliant.replace("由云溪县人民政府办公室", "由石川县人民政府办公室")
    message = "编制单位写作“石川县人民政府办公室”，标题的单位为“云溪县人民政府”"
    assert said(draft, NAME) == [("石川县人民政府办公室", message)]


@pytest.mark.parametrize("words", ["乡党委、政府高度重视，", "在街道党工委的领导下，"])
def test_the_committee_of_another_kind_of_township(compliant: Draft, words: str) -> None:
    draft = compliant.replace("修订公开事项清单", words + "修订公开事项清单")
    under = "街道党工委" if "街道" in words else "乡党委"
    assert said(draft, SELF) == [(under, f"自称“{under}”，标题的单位为“云溪县青禾镇人民政府”")]


@pytest.mark.parametrize(
    "words",
    [
        "镇党委、政府高度重视，",
        "各乡党委都有专人，",
        "青禾镇政府信息公开工作取得进展，",
        "青禾镇人民政府根据条例编制本报告，",
        "邀请街道党委员会的同志，",
        "与邻近的白石乡党委交流，",
        "由县人民政府办公室根据各镇的材料编制，",
    ],
)
def test_the_reports_own_township_and_others_rightly_named(compliant: Draft, words: str) -> None:
    for place in ("修订公开事项清单", "本报告依据", "存在的主要问题："):
        assert said(compliant.replace(place, words + place), NAME, SELF) == []


# Wording and punctuation


@pytest.mark.parametrize(
    ("old", "new", "rule", "under", "message"),
    [
        (
            "修订公开事项清单，",
            "修订公开事项清单，修订公开事项清单，",
            "text/doubled-word",
            "修订公开事项清单，修订公开事项清单",
            "“修订公开事项清单”连写了 2 次",
        ),
        (
            "均注明了办理科室和咨询电话。",
            "均注明了办理科室和咨询电话.",
            "text/half-width-punctuation",
            ".",
            "句末的“.”是半角，通行用全角“。”",
        ),
        (
            "《政府信息公开信息处理费管理办法》",
            "<政府信息公开信息处理费管理办法>",
            "text/half-width-punctuation",
            "<政府信息公开信息处理费管理办法>",
            "“<政府信息公开信息处理费管理办法>”用的是半角的尖括号，书名号为“《》”",
        ),
    ],
)
def test_wording_and_punctuation(compliant: Draft, old: str, new: str, rule: str, under: str, message: str) -> None:
    assert said(compliant.replace(old, new), rule) == [(under, message)]


@pytest.mark.parametrize(
    "words",
    [
        "应公开的全部公开，应公开的及时公开",
        "收到群众意见，采纳群众意见",
        "网址见www.qinghe.example",
        "公开率<90%且>80%的科室",
        "各村、各村民小组",
    ],
)
def test_wording_that_only_looks_wrong(compliant: Draft, words: str) -> None:
    draft = compliant.replace("修订公开事项清单", words)
    assert said(draft, "text/doubled-word", "text/half-width-punctuation") == []


# Figures in prose

REQUESTS = "全年共收到政府信息公开申请5件，上年结转1件，办结5件，结转下年度继续办理1件。"
CHANNELS = "各渠道之和为 6（2+2+2），文字称“收到政府信息公开申请5件”"


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        (
            "共办结5件，予以公开3件（60%）、部分公开1件（25%）、无法提供1件（20%）。",
            ["文字称“25%”，1 占 5 的 20.00%"],
        ),
        ("共办结5件，予以公开3件（60.0%），部分公开1件（20%）。收到的较上年增长（12%）。", []),
        (
            "共收到并登记政府信息公开申请9件。",
            ["文字称“收到并登记政府信息公开申请9件”，表格中“一、本年新收政府信息公开申请数量”的“总计”为 5"],
        ),
        (
            "全年共收到政府信息公开申请5件，上年结转1件，办结5件，尚有2件在办理期限内。",
            ["文字称“2件在办理期限内”，表格中“四、结转下年度继续办理”的“总计”为 1"],
        ),
        ("全年共收到政府信息公开申请5件，均在答复期限内办结。", []),
        ("收到政府信息公开申请5件。从申请渠道看，网上申请2件、邮寄申请2件、当面申请2件。", [CHANNELS]),
        ("收到政府信息公开申请5件。按申请方式分，网上申请2件、邮寄申请2件、当面申请2件。", [CHANNELS]),
        ("收到政府信息公开申请5件，其中网上申请4件，上年结转1件，办结5件，结转下年度1件。", []),
        ("收到政府信息公开申请5件（其中自然人申请4件），上年结转1件，办结5件，结转下年度1件。", []),
        ("收到政府信息公开申请6件，其中网上申请5件，上年结转1件。", []),
        ("收到政府信息公开申请5件。历年网上申请2件、邮寄申请2件、当面申请2件。", []),
    ],
)
def test_figures_in_prose(compliant: Draft, words: str, messages: list[str]) -> None:
    draft = compliant.replace(REQUESTS, words)
    assert [message for _, message in said(draft, "national/claim-mismatch", "national/claim-sum")] == messages


PUBLISHED = "发布信息312条，其中惠农补贴发放结果46条，村级公益事业建设项目18条"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("发布信息312条，其中网站400条、公示栏2条", "其中的“网站400条”多于总数 312条"),
        ("发布信息312条（其中网站200条、公众号100条、公示栏22条）", None),
        ("发布信息312条。其中网站400条", None),
        ("发布信息312条，其中网站290条、公示栏22条", None),
        ("发布信息312条，其中最多的一条阅读4000次", None),
        ("发布信息312条，其中公众号历年累计发布900条", None),
        ("发布信息312条，其中网站200条（含图解150条）、公示栏22条", None),
        ("发布信息1.2万条，其中网站9000条", None),
        ("发布信息312条，较上年增加30条，其中网站200条", None),
        ("平均每月发布30条，其中网站全年200条", None),
        ("答复建议12件，其中人大代表建议8件，政协提案4件；发布信息300条", None),
    ],
)
def test_parts_and_wholes_that_no_table_has(compliant: Draft, words: str, message: str | None) -> None:
    found = said(compliant.replace(PUBLISHED, words), "national/claim-sum")
    assert [message for _, message in found] == ([message] if message else [])


def test_one_wrong_part_is_said_once(compliant: Draft) -> None:
    draft = compliant.replace(REQUESTS, "共办结申请5件，其中予以公开3件，部分公开1件，无法提供2件。")
    assert said(draft, "national/claim-sum", "national/claim-mismatch") == [
        (
            "无法提供2件",
            "文字称“无法提供2件”，表格中“1.本机关不掌握相关政府信息”至“3.补正后申请内容仍不明确”3 项的“总计”之和为 1",
        )
    ]


# Labels and lists

LABELS = "national/label-damage"


@pytest.mark.parametrize(
    ("whole", "damaged", "damage"),
    [
        ("结果纠正", "结果纠证", "中“证”与“正”不同"),
        ("尚未审结", "尚末审结", "中“末”与“未”不同"),
        ("商业企业", "商业企", "缺“业”"),
        ("未经复议直接起诉", "未经复义直接起诉", "中“义”与“议”不同"),
    ],
)
def test_a_wrong_character_in_a_short_label(compliant: Draft, whole: str, damaged: str, damage: str) -> None:
    draft = Draft(compliant.text.replace(whole, damaged, 1), compliant.linter)
    assert said(draft, LABELS) == [(damaged, f"“{damaged}”{damage}，格式为“{whole}”")]


@pytest.mark.parametrize(("whole", "other"), [("科研机构", "科研单位"), ("其他结果", "其它结果"), ("自然人", "个人")])
def test_another_word_is_no_damage(compliant: Draft, whole: str, other: str) -> None:
    assert said(Draft(compliant.text.replace(whole, other, 1), compliant.linter), LABELS) == []


def test_the_second_item_written_but(compliant: Draft) -> None:
    draft = compliant.replace(PROBLEMS, "存在的主要问题：一是公开栏更新不够勤；而是解读以文字为主。")
    assert said(draft, LISTS) == [("而是", "列举的序号写作“而是”，按次序为“二是”")]


@pytest.mark.parametrize(
    "words",
    [
        "一是公开栏更新不勤，不是没有内容；而是没有人管；二是解读少。",
        "一是问题不在数量；而是质量。",
        "一是公开不够主动，原因不是没有内容。而是没有人管。",
    ],
)
def test_a_but_that_is_meant(compliant: Draft, words: str) -> None:
    assert said(compliant.replace(PROBLEMS, "存在的主要问题：" + words), LISTS) == []
