"""The pack of Shanghai: take a compliant report, change one thing, compare everything that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import Linter, Severity
from reportlint.config import Layer
from reportlint.testing import Draft, Said

REPORT = Path(__file__).parent.parent / "examples" / "provinces" / "shanghai" / "haiyu-district-2024.txt"
TITLE = "2024年沪澄市海屿区政府信息公开工作年度报告"
LOCAL = "和《上海市政府信息公开规定》"
PARTS = (
    "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、因政府信息公开工作被申请行政复议和提起行政诉讼情况、"
    "政府信息公开工作存在的主要问题及改进情况、其他需要报告的事项六个部分"
)
DOWNLOAD = "电子版可在海屿区门户网站（www.haiyu.example）下载。"
POINTS = "（一）落实年度政务公开工作要点情况。年初确定的二十二项任务全部完成，进展按季度公布。"
SHARES = "答复中予以公开和部分公开占44.3%，不予公开占7.4%，无法提供占39.4%，其他情形占8.9%。"
OTHER_MATTERS = "六、其他需要报告的事项"


def linter_with(**options: dict[str, object]) -> Linter:
    named = {f"shanghai/{rule.replace('_', '-')}": values for rule, values in options.items()}
    return Linter.from_layers([Layer("test", extends=("shanghai",), options=named)])


@pytest.fixture(scope="module")
def pack() -> Linter:
    return linter_with()


@pytest.fixture
def report(pack: Linter) -> Draft:
    return Draft.from_file(REPORT, pack)


def preface(draft: Draft) -> str:
    return next(line for line in draft.text.splitlines() if line.startswith("本报告"))


def test_only_the_title_is_more_than_advice(pack: Linter) -> None:
    own = {name: rule.severity for name, rule in pack.settings.rules.items() if name.startswith("shanghai/")}
    assert {name for name, severity in own.items() if severity is not Severity.ADVICE} == {"shanghai/title-form"}


# The title.


@pytest.mark.parametrize(
    "title",
    [
        "沪澄市海屿区2024年政府信息公开工作年度报告",
        "2024年沪澄市海屿区人民政府潮湾街道办事处政府信息公开工作年度报告",
        "2024年沪澄市海屿区政府信息公开工作年度报告（图解）",
        "沪澄市海屿区潮湾街道\n2024年政府信息公开工作年度报告",
        "2024年沪澄市海屿区人民政府潮湾街道办事处\n政府信息公开工作年度报告",
    ],
)
def test_the_year_may_stand_first_or_last(report: Draft, title: str) -> None:
    assert report.replace(TITLE, title).lint() == []


@pytest.mark.parametrize(
    ("title", "message", "severity"),
    [
        (
            "2024年沪澄市海屿区政府信息公开年度报告",
            "标题为“2024年沪澄市海屿区政府信息公开年度报告”，上海市通行写法为“2024年……政府信息公开工作年度报告”",
            Severity.ADVICE,
        ),
        (
            "沪澄市海屿区2024年度政府信息公开工作年度报告",
            "标题为“沪澄市海屿区2024年度政府信息公开工作年度报告”，上海市通行写法为“2024年……政府信息公开工作年度报告”",
            Severity.ADVICE,
        ),
        (
            "2024年政府信息公开工作年度报告",
            "标题“2024年政府信息公开工作年度报告”没有单位名称",
            Severity.WARNING,
        ),
    ],
)
def test_what_is_wrong_with_a_title_is_said(report: Draft, title: str, message: str, severity: Severity) -> None:
    draft = report.replace(TITLE, title)
    assert draft.lint() == [Said("shanghai/title-form", draft.at(title), message)]
    assert draft.result.diagnostics[0].severity is severity


def test_a_title_without_a_year_and_none_at_all(report: Draft) -> None:
    draft = report.replace(TITLE, "沪澄市海屿区政府信息公开工作年度报告")
    message = "标题“沪澄市海屿区政府信息公开工作年度报告”没有年份"
    assert draft.lint() == [Said("shanghai/title-form", draft.at("沪澄市海屿区政府信息公开工作年度报告"), message)]
    draft = report.without_line(TITLE)
    assert draft.lint() == [Said("shanghai/title-form", None, "没有找到标题“××年××政府信息公开工作年度报告”")]


def test_the_year_can_be_wanted_first(report: Draft) -> None:
    strict = linter_with(title_form={"year_first": True})
    title = "沪澄市海屿区2024年政府信息公开工作年度报告"
    draft = Draft(report.replace(TITLE, title).text, strict)
    message = f"标题为“{title}”，上海市通行写法为“2024年……政府信息公开工作年度报告”"
    assert draft.lint() == [Said("shanghai/title-form", draft.at(title), message)]
    assert Draft(report.text, strict).lint() == []


# The preface.


def test_a_report_that_does_not_name_the_local_regulation(report: Draft) -> None:
    draft = report.replace(LOCAL, "")
    message = "引言和第一部分都没有写明编制依据《上海市政府信息公开规定》"
    assert draft.lint() == [Said("shanghai/local-regulation", draft.at(preface(draft)), message)]


def test_a_report_without_a_preface(report: Draft) -> None:
    draft = report.without_line("本报告依据")
    message = "引言和第一部分都没有写明编制依据《上海市政府信息公开规定》"
    assert draft.lint() == [Said("shanghai/local-regulation", draft.at(TITLE), message)]
    assert draft.result.not_assessable == (("shanghai/download-address", "没有引言"),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("《上海市政府信息公开规定》", "《上海市政府\n信息公开规定》"),
        ("《上海市政府信息公开规定》", "上海市政府信息公开规定（市政府令第32号）"),
        ("电子版可在海屿区门户网站（www.haiyu.example）下载。", "网址：http://haiyu.example。"),
        (PARTS, "六个部分"),
        (PARTS, "总体情况和附表两个部分"),
        (
            PARTS,
            PARTS.replace("因政府信息公开工作被申请行政复议和提起行政诉讼情况", "政府信息公开行政复议、行政诉讼情况"),
        ),
        (PARTS, PARTS.replace("、其他需要报告的事项六个部分", "，以及其他应当报告的事项")),
        (PARTS, PARTS.replace("主动公开政府信息情况", "政府信息主动公开情况").replace("存在的主要", "存在的")),
    ],
)
def test_other_words_in_the_preface_say_nothing(report: Draft, old: str, new: str) -> None:
    assert report.replace(old, new).lint() == []


def test_the_local_regulation_may_be_named_in_section_one(report: Draft) -> None:
    draft = report.replace(LOCAL, "").replace("公文起草时", "按《上海市政府信息公开规定》，公文起草时")
    assert draft.lint() == []


def test_a_list_left_over_from_the_old_form(report: Draft) -> None:
    old = "概述、主动公开政府信息情况、依申请公开政府信息情况、咨询处理情况、行政复议和行政诉讼情况、存在的主要问题和改进措施"
    draft = report.replace(PARTS, old)
    message = "引言所列的部分里没有“总体情况”、“收到和处理政府信息公开申请情况”、“其他需要报告的事项”"
    assert draft.lint() == [Said("shanghai/preface-parts", draft.at(preface(draft)), message)]


def test_a_list_in_another_order(report: Draft) -> None:
    draft = report.replace("总体情况、主动公开政府信息情况、", "主动公开政府信息情况、总体情况、")
    message = (
        "引言所列各部分的次序是“主动公开政府信息情况、总体情况、收到和处理政府信息公开申请情况、"
        "政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项”，与格式的次序不同"
    )
    assert draft.lint() == [Said("shanghai/preface-parts", draft.at(preface(draft)), message)]


def test_a_preface_that_does_not_say_where_to_download(report: Draft) -> None:
    draft = report.replace(DOWNLOAD, "")
    message = "引言没有写明年度报告电子版从哪里下载"
    assert draft.lint() == [Said("shanghai/download-address", draft.at(preface(draft)), message)]


# Sections one and six.


def test_sub_headings_worded_in_two_ways(report: Draft) -> None:
    draft = report.replace("（三）政府信息管理方面。", "（三）政府信息管理。")
    draft = draft.replace("（五）监督保障方面。", "（五）监督保障情况。")
    message = "小标题写法不一：前有“主动公开方面”，此处为“政府信息管理”"
    assert draft.lint() == [
        Said(
            "shanghai/aspect-headings",
            draft.at("（三）政府信息管理")._replace(start=draft.at("（三）政府信息管理").start + 3),
            message,
        )
    ]
    assert [note.message for note in draft.result.diagnostics[0].notes] == ["还有“监督保障情况”"]


@pytest.mark.parametrize("suffix", ["情况", ""])
def test_sub_headings_worded_alike_say_nothing(report: Draft, suffix: str) -> None:
    text = report.text
    for aspect in ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"):
        text = text.replace(f"）{aspect}方面。", f"）{aspect}{suffix}。")
    assert "方面。" not in text
    assert Draft(text, report.linter).lint() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("（三）政府信息管理方面。", "（三）深化管理，规范公开。"),
        ("（三）政府信息管理方面。", "（三）政府信息管理方面\n"),
        ("（三）政府信息管理方面。", "(三) 政府信息管理方面："),
        ("（五）监督保障方面。", "（五）监督保障及教育培训情况。"),
    ],
)
def test_other_sub_headings_say_nothing(report: Draft, old: str, new: str) -> None:
    said = report.replace(old, new).lint()
    # The brackets of one number alone are the pack text's business.
    assert [one for one in said if one.rule != "text/numbering-brackets"] == []


def test_a_suffix_can_be_wanted(report: Draft) -> None:
    draft = Draft(report.text, linter_with(aspect_headings={"suffix": "情况"}))
    message = "小标题为“主动公开方面”，通行写法以“情况”结尾"
    assert draft.lint() == [Said("shanghai/aspect-headings", draft.at("主动公开方面"), message)]
    assert len(draft.result.diagnostics[0].notes) == 4


def test_shares_that_are_missing_are_named(report: Draft) -> None:
    draft = report.replace(SHARES, "")
    message = "新收申请 200 件，第一部分没有写各类结果所占的百分比，上海市通行写明"
    assert draft.lint() == [Said("shanghai/request-shares", draft.at("依申请公开方面"), message)]


def test_all_that_is_missing_of_requests_is_named(report: Draft) -> None:
    sentence = "全年共收到政府信息公开申请200件，上年结转8件，全年答复203件，结转下年度继续办理5件。"
    draft = report.replace(sentence + SHARES, "接待窗口延长到晚上七点。")
    message = "新收申请 200 件，第一部分没有写收到申请的数量、答复的数量、各类结果所占的百分比，上海市通行写明"
    assert draft.lint("shanghai/request-shares") == [
        Said("shanghai/request-shares", draft.at("依申请公开方面"), message)
    ]


def test_few_requests_need_no_shares(report: Draft) -> None:
    text = report.replace(SHARES, "").text
    assert Draft(text, linter_with(request_shares={"at_least": 201})).lint() == []


def test_without_the_table_shares_are_not_judged(report: Draft) -> None:
    draft = report.put(("requests", "received", "total"), "-").replace(SHARES, "")
    assert draft.lint("shanghai/request-shares") == []
    assert ("shanghai/request-shares", "第三部分的表格没有新收申请的总计") in draft.result.not_assessable


def test_a_report_without_the_points_of_work(report: Draft) -> None:
    draft = report.without_line(POINTS)
    message = "“六、其他需要报告的事项”等各部分都没有写年度政务公开工作要点的落实情况，上海市通行写明"
    place = draft.report.sections[-1].heading_span
    assert draft.under(place) == OTHER_MATTERS
    assert draft.lint() == [Said("shanghai/work-points", place, message)]


@pytest.mark.parametrize("year", ["2019", "2018"])
def test_the_local_regulation_is_not_wanted_before_2020(pack: Linter, report: Draft, year: str) -> None:
    old = report.replace(LOCAL, "").report._replace(year=int(year))
    rule = pack.packs.rules["shanghai/local-regulation"]
    with pytest.raises(Exception, match="只看 2020 年度及以后的报告"):
        list(rule.run(old, {}))
