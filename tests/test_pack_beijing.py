"""The pack of Beijing: take a compliant report, change one thing, compare everything that is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportlint import Linter, Severity
from reportlint.config import Layer
from reportlint.testing import Draft, Said

REPORT = Path(__file__).parent.parent / "examples" / "provinces" / "beijing" / "yuanpu-street-2024.txt"
SENTENCE = "依据《中华人民共和国政府信息公开条例》（以下简称《政府信息公开条例》）第五十条规定，编制本报告。"
TITLE = "京原市鸢浦区人民政府苇塘街道办事处2024年政府信息公开工作年度报告"
LEADERSHIP = (
    "（一）组织领导。办事处主任每季度听取一次公开工作汇报，综合办公室两名干部专职承办，六个科室各设一名联络员。"
)
TRAINING = "（六）教育培训。五月和十月各办一次业务培训，到场42人次，结业时抽题作答。"
ADDRESS = "苇塘街道的信息在鸢浦区人民政府网站发布，网址为www.yuanpu.example，欢迎登录查阅。"
OVERVIEW = "一、总体情况"


def linter_with(**options: object) -> Linter:
    return Linter.from_layers([Layer("test", extends=("beijing",), options={"beijing/opening-sentence": options})])


@pytest.fixture(scope="module")
def pack() -> Linter:
    return linter_with()


@pytest.fixture
def report(pack: Linter) -> Draft:
    return Draft.from_file(REPORT, pack)


def renumbered(draft: Draft) -> Draft:
    """The draft with its sub-headings numbered in order again."""
    numbers = iter("一二三四五六七八九十")
    text = re.sub(r"(?m)^（[一二三四五六七八]）(?!.*\t)", lambda _: f"（{next(numbers)}）", draft.text)
    return Draft(text, draft.linter)


def without_text_rules(draft: Draft) -> list[Said]:
    """What is said of a draft whose punctuation is odd on purpose."""
    return [said for said in draft.lint() if not said.rule.startswith("text/")]


def test_nothing_it_says_is_more_than_advice(pack: Linter) -> None:
    own = {rule.severity for name, rule in pack.settings.rules.items() if name.startswith("beijing/")}
    assert own == {Severity.ADVICE}


# The opening.


@pytest.mark.parametrize(
    ("opening", "quoted"),
    [
        ("本报告由苇塘街道编制。", "本报告由苇塘街道编制"),
        (
            "根据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。",
            "根据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告",
        ),
        ("依据《京原市政府信息公开规定》，编制本报告。", "依据《京原市政府信息公开规定》，编制本报告"),
        (
            "苇塘街道把政府信息公开当作面向居民的基础工作，年初列清单，年中看进度，年末逐项对账，结果如下。",
            "苇塘街道把政府信息公开当作面向居民的基础工作，年初列清单，年中看进度，年末逐项对……",
        ),
    ],
)
def test_another_opening_is_named(report: Draft, opening: str, quoted: str) -> None:
    draft = report.replace(SENTENCE, opening)
    message = f"引言为“{quoted}”，北京市通行的引言是“{SENTENCE}”"
    assert draft.lint() == [Said("beijing/opening-sentence", draft.at(opening), message)]


def test_no_opening_is_reported_at_the_title(report: Draft) -> None:
    draft = report.without_line(SENTENCE)
    message = f"没有引言，北京市通行的引言是“{SENTENCE}”"
    assert draft.lint() == [Said("beijing/opening-sentence", draft.at(TITLE), message)]


@pytest.mark.parametrize(
    "opening",
    [
        SENTENCE.replace("（", "(").replace("）", ")").replace("，", ","),
        f"字号：大 中 小\n\n{SENTENCE}",
        SENTENCE.replace("政府信息公开条例》（", "政府信息\n公开条例》（"),
        f"{SENTENCE}数据统计期限为2024年1月1日至2024年12月31日。",
        "依据《中华人民共和国政府信息公开条例》，按照统一的格式，编制本报告。",
    ],
)
def test_the_usual_opening_however_it_is_set_says_nothing(report: Draft, opening: str) -> None:
    assert without_text_rules(report.replace(SENTENCE, opening)) == []


def test_the_opening_right_behind_the_title_is_found(report: Draft) -> None:
    assert report.replace(f"{TITLE}\n\n", f"{TITLE}\n").lint() == []


def test_the_very_sentence_can_be_asked_for(report: Draft) -> None:
    opening = "依据《中华人民共和国政府信息公开条例》，按照统一的格式，编制本报告。"
    draft = Draft(report.replace(SENTENCE, opening).text, linter_with(exact=True))
    message = f"引言为“{opening[:-1]}”，北京市通行的引言是“{SENTENCE}”"
    assert draft.lint() == [Said("beijing/opening-sentence", draft.at(opening), message)]
    assert Draft(report.text, linter_with(exact=True)).lint() == []


def test_a_report_without_a_year_is_not_judged(report: Draft) -> None:
    draft = report.replace("2024年政府信息公开工作年度报告", "政府信息公开工作年度报告").replace(SENTENCE, "如下。")
    assert draft.lint("beijing/opening-sentence") == []
    assert ("beijing/opening-sentence", "只看 2020 年度及以后的报告") in draft.result.not_assessable


# Section one.


def test_what_section_one_does_not_speak_of_is_named(report: Draft) -> None:
    draft = renumbered(report.without_line(LEADERSHIP).without_line(TRAINING))
    message = "“一、总体情况”部分没有写组织领导、教育培训，北京市通行单列小标题"
    assert draft.lint() == [Said("beijing/leadership-and-training", draft.at(OVERVIEW), message)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LEADERSHIP, "街道由一名副主任牵头公开工作。"),
        (LEADERSHIP, "（一）强化组织领导，完善工作机制\n办事处主任每季度听取一次汇报。"),
        (LEADERSHIP, "（一）加强公开工作统筹。年初排定任务。"),
        (TRAINING, "（六）其他工作。请律师来街道作了两次专题讲座。"),
        (TRAINING, "全年组织业务学习四次。"),
    ],
)
def test_other_words_for_leadership_and_training_say_nothing(report: Draft, old: str, new: str) -> None:
    assert renumbered(report.replace(old, new)).lint() == []


def test_leadership_behind_another_sub_heading_is_reported(report: Draft) -> None:
    draft = report.without_line(LEADERSHIP).replace(TRAINING, f"{TRAINING}\n\n（七）加强组织领导。主任每季度听取汇报。")
    draft = renumbered(draft)
    message = "“加强组织领导”排在“主动公开”之后，北京市通行排在第一"
    assert draft.lint() == [Said("beijing/leadership-and-training", draft.at("加强组织领导"), message)]


def test_numbered_items_within_a_sub_heading_are_no_sub_headings(report: Draft) -> None:
    draft = report.replace(LEADERSHIP, f"{LEADERSHIP}\n1.统筹推进。年初排定任务。\n2.工作统筹。年末对账。")
    assert draft.lint() == []


# Section six.


def test_a_section_six_without_an_address_is_reported(report: Draft) -> None:
    draft = report.without_line(ADDRESS)
    message = "“六、其他需要报告的事项”部分没有写政府网站的网址，北京市通行在此写明"
    assert draft.lint() == [Said("beijing/closing-address", draft.at("六、其他需要报告的事项"), message)]


@pytest.mark.parametrize("words", ["详见HTTPS：//yuanpu.example。", "可登录区政府网站查看。", "见WWW.YUANPU.EXAMPLE"])
def test_an_address_in_any_shape_says_nothing(report: Draft, words: str) -> None:
    assert report.replace(ADDRESS, words).lint() == []


def test_without_its_sections_nothing_is_judged(pack: Linter) -> None:
    draft = Draft(f"{TITLE}\n\n正文另附。\n", pack)
    assert draft.lint("beijing/opening-sentence", "beijing/leadership-and-training", "beijing/closing-address") == []
    assert {
        ("beijing/opening-sentence", "没有任何部分，分不出引言"),
        ("beijing/leadership-and-training", "没有第一部分"),
        ("beijing/closing-address", "没有第六部分"),
    } <= set(draft.result.not_assessable)
