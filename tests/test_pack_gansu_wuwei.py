"""The pack of Wuwei: take a compliant report, change one thing, compare everything that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import Linter, Severity
from reportlint.config import Layer
from reportlint.testing import Draft, Said

REPORT = Path(__file__).parent.parent / "examples" / "provinces" / "gansu-wuwei" / "shaquan-county-2025.txt"
HEADING = "一、总体情况"
PLATFORMS = "全年通过县政府网站发布信息3120条，通过四个政务新媒体账号发布2455条，在政府公报和公示栏刊登186条。"
REPLIES = "发布政策解读材料64篇，回应群众关切的事项211件。"
FIELDS = "重点领域中，教育类87条、医疗类59条、就业类143条、养老类38条、公共资源配置类266条。"
DOCUMENTS = "本年度没有规章；发布行政规范性文件6件，废止4件，年末现行有效31件，与司法局逐件核对。"
NUMBERS = "全县设有政府信息公开平台21个，在政务大厅和乡镇便民中心开设政务公开专区16个。"
GAZETTE = "政府公报发刊4期，数字公报与纸质版同日上网。"
OFFICE = ("砂泉县人民政府2025年", "砂泉市水务局2025年")


@pytest.fixture(scope="module")
def pack() -> Linter:
    return linter_with()


def linter_with(**options: object) -> Linter:
    return Linter.from_layers(
        [Layer("test", extends=("gansu-wuwei",), options={"gansu-wuwei/overview-length": options})]
    )


@pytest.fixture
def report(pack: Linter) -> Draft:
    return Draft.from_file(REPORT, pack)


def said(draft: Draft, rule: str, message: str) -> list[Said]:
    return [Said(f"gansu-wuwei/{rule}", draft.at(HEADING), message)]


def test_all_it_says_is_a_warning_at_most(pack: Linter) -> None:
    own = {rule.severity for name, rule in pack.settings.rules.items() if name.startswith("gansu-wuwei/")}
    assert own == {Severity.WARNING}


# The length.


def test_a_section_one_that_is_too_long(report: Draft) -> None:
    draft = report.replace(GAZETTE, GAZETTE + "逐月通报。" * 164)
    assert draft.lint() == []
    draft = report.replace(GAZETTE, GAZETTE + "逐月通报。" * 165)
    message = "“一、总体情况”部分有 1002 字，通知要求原则上不超过 1000 字"
    assert draft.lint() == said(draft, "overview-length", message)


@pytest.mark.parametrize("more", ["。。。", "  \n ", "2025", "1,234.5", "www", "２０２５"])
def test_a_figure_or_a_foreign_word_counts_once_and_marks_do_not(report: Draft, more: str) -> None:
    text = report.replace(GAZETTE, f"{GAZETTE}{more}").text
    exact = Draft(text, linter_with(limit=342 + bool(more.strip("。 \n")))).lint("gansu-wuwei/overview-length")
    assert exact == []
    less = Draft(text, linter_with(limit=341 + bool(more.strip("。 \n")))).lint("gansu-wuwei/overview-length")
    assert len(less) == 1


def test_a_section_one_without_an_end_is_not_counted(report: Draft) -> None:
    draft = report.without_line("二、主动公开政府信息情况").replace(GAZETTE, GAZETTE + "逐月通报。" * 300)
    assert draft.lint("gansu-wuwei/overview-length") == []
    reason = "第一部分后面不是第二部分，不知道在哪里结束"
    assert ("gansu-wuwei/overview-length", reason) in draft.result.not_assessable


# What has to be given.


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        (REPLIES, "", "政策解读、回应关切"),
        (REPLIES, "做好政策解读，及时回应群众关切。", "政策解读、回应关切"),
        (PLATFORMS, "在政府公报和公示栏刊登186条。", "政府网站、政务新媒体"),
        (PLATFORMS, "2025年通过政府网站和公众号发布信息。在政府公报和公示栏刊登186条。", "政府网站、政务新媒体"),
        (FIELDS, "", "重点领域"),
        (FIELDS, "稳步推进教育、医疗、就业等重点领域信息公开。", "重点领域"),
        (PLATFORMS + REPLIES + FIELDS, "", "政府网站、政务新媒体、政策解读、回应关切、重点领域"),
    ],
)
def test_numbers_of_disclosure_that_are_missing(report: Draft, old: str, new: str, missing: str) -> None:
    draft = report.replace(old, new)
    message = f"“一、总体情况”部分没有写{missing}的信息发布数量"
    assert draft.lint() == said(draft, "disclosure-figures", message)
    assert draft.result.diagnostics[0].severity is Severity.WARNING


def test_an_organ_may_have_neither_gazette_nor_board(report: Draft) -> None:
    draft = report.replace(*OFFICE).replace("，在政府公报和公示栏刊登186条", "").replace(GAZETTE, "")
    message = "“一、总体情况”部分没有写政府公报公示栏的信息发布数量"
    assert draft.lint("gansu-wuwei/disclosure-figures") == said(draft, "disclosure-figures", message)
    assert [diagnostic.severity for diagnostic in draft.result.diagnostics] == [Severity.ADVICE]


@pytest.mark.parametrize(
    ("new", "missing"),
    [
        ("本年度没有规章；发布行政规范性文件6件。", "废止、现行有效"),
        ("行政规范性文件年末现行有效31件，网上逐件注明。", "废止"),
        ("行政规范性文件全部注明是否有效，2025年废止的已经撤下。", "发布、废止、现行有效"),
        ("公文起草时确定公开属性。", "发布、废止、现行有效"),
    ],
)
def test_numbers_of_documents_that_are_missing(report: Draft, new: str, missing: str) -> None:
    draft = report.replace(DOCUMENTS, new)
    message = f"“一、总体情况”部分没有写规章、行政规范性文件的{missing}数量"
    assert draft.lint() == said(draft, "document-figures", message)


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        (NUMBERS, "全县设有政府信息公开平台21个，由专人每日巡查。", "政务公开专区"),
        (NUMBERS, "在政务大厅和乡镇便民中心开设政务公开专区16个。", None),
        (NUMBERS + GAZETTE, "由专人每日巡查。", "政务公开专区、数字公报"),
        (GAZETTE, "政府公报发刊4期。", "数字公报"),
    ],
)
def test_numbers_of_platforms_that_are_missing(report: Draft, old: str, new: str, missing: str | None) -> None:
    draft = report.replace(old, new)
    message = f"“一、总体情况”部分没有写{missing}的数量或建设情况"
    assert draft.lint() == (said(draft, "platform-figures", message) if missing else [])


def test_only_a_government_is_asked_for_its_gazette(report: Draft) -> None:
    assert report.replace(*OFFICE).replace(GAZETTE, "").lint() == []
    county = report.replace(GAZETTE, "").replace("在政府公报和公示栏刊登186条", "在公示栏刊登186条")
    message = "“一、总体情况”部分没有写政府公报、数字公报的数量或建设情况"
    assert county.lint() == said(county, "platform-figures", message)
    assert [diagnostic.severity for diagnostic in county.result.diagnostics] == [Severity.ADVICE]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (PLATFORMS, "门户网站、微信公众号和村务公开栏共登出5761条。"),
        (PLATFORMS, "门户网站登出三千余条，抖音号和客户端登出短视频四十部，宣传栏换版十二次。"),
        (REPLIES, "图文解读六十四篇；12345热线转来的诉求211件全部答复。"),
        (REPLIES, "全年没有需要解读的文件，未收到需要公开回应的问题。"),
        (FIELDS, "其中惠农补贴类87条。"),
        (DOCUMENTS, "行政规范性文件发布0条，废止数量0条，现行有效数量0条。"),
        (DOCUMENTS, "全年印发行政规范性文件六件。宣布失效4件。现存31件。"),
        (DOCUMENTS, "本机关无制发、废止和现行有效的行政规范性文件。"),
        (NUMBERS, "网站1个、公众号4个；查阅点共16处。"),
        (GAZETTE, "公报出刊4期，另在网上刊出电子版。"),
        (GAZETTE, "县里没有出版公报，也未建电子公报。"),
    ],
)
def test_the_same_in_other_words_says_nothing(report: Draft, old: str, new: str) -> None:
    # Whether the figures are those of the tables is for the national pack.
    said = report.replace(old, new).lint()
    assert [each for each in said if each.rule != "national/claim-mismatch"] == []


# The years.

EMPTY = PLATFORMS + REPLIES + FIELDS


def in_year(report: Draft, year: str) -> Draft:
    text = report.replace(EMPTY, "").text.replace("2025年", f"{year}年")
    return Draft(text, report.linter)


def test_older_reports_are_not_judged(report: Draft) -> None:
    draft = in_year(report, "2024")
    assert draft.lint() == []
    assert dict(draft.result.not_assessable) == {
        f"gansu-wuwei/{rule}": "所依据的通知针对 2025 年度的报告"
        for rule in ("overview-length", "disclosure-figures", "document-figures", "platform-figures")
    }


def test_later_reports_get_advice(report: Draft) -> None:
    draft = in_year(report, "2026")
    assert [said.rule for said in draft.lint()] == ["gansu-wuwei/disclosure-figures"]
    assert draft.result.diagnostics[0].severity is Severity.ADVICE


def test_without_section_one_nothing_is_judged(report: Draft) -> None:
    draft = report.replace(HEADING, "概况如下")
    assert draft.lint("gansu-wuwei/disclosure-figures", "gansu-wuwei/platform-figures") == []
    assert ("gansu-wuwei/disclosure-figures", "没有第一部分") in draft.result.not_assessable
