"""The fixes of the packs of provinces, and the rules of theirs that offer none."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import Linter
from reportlint.config import Layer
from reportlint.testing import Draft, assert_fix

PROVINCES = Path(__file__).parent.parent / "examples" / "provinces"
OPENING = "依据《中华人民共和国政府信息公开条例》（以下简称《政府信息公开条例》）第五十条规定，编制本报告。"
TITLE = "2024年沪澄市海屿区政府信息公开工作年度报告"


def drafted(pack: str, file: str, **options: dict[str, object]) -> Draft:
    named = {f"{pack}/{rule.replace('_', '-')}": values for rule, values in options.items()}
    linter = Linter.from_layers([Layer("test", extends=(pack,), options=named)])
    return Draft.from_file(next(PROVINCES.glob(f"*/{file}*")), linter)


def fixed_without_being_safe(draft: Draft, rule: str) -> str:
    assert [fix.safe for fix in draft.fixes(rule)] == [False]
    return assert_fix(draft, rule).text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_opening_of_beijing_is_put_below_the_title_with_the_line_ends_of_the_report(end: str) -> None:
    report = drafted("beijing", "yuanpu")
    whole = Draft(report.text.replace("\n", end), report.linter)
    draft = whole.replace(f"{OPENING}{end}{end}", "")
    assert fixed_without_being_safe(draft, "beijing/opening-sentence") == whole.text


def test_another_opening_is_not_written_over() -> None:
    draft = drafted("beijing", "yuanpu").replace("第五十条规定，编制本报告", "规定，现公布本报告")
    assert draft.lint("beijing/opening-sentence")
    assert draft.fixes("beijing/opening-sentence") == []


@pytest.mark.parametrize(
    "title",
    [
        "2024年沪澄市海屿区政府信息公开年度报告",
        "2024年沪澄市海屿区政务信息公开工作报告",
        "2024年沪澄市海屿区信息公开年报",
    ],
)
def test_the_words_of_a_title_in_shanghai(title: str) -> None:
    report = drafted("shanghai", "haiyu")
    draft = report.replace(TITLE, title)
    assert fixed_without_being_safe(draft, "shanghai/title-form") == report.text


@pytest.mark.parametrize(
    "title",
    [
        "沪澄市海屿区2024年度政府信息公开工作年度报告",
        "2024年沪澄市海屿区信息公开报告信息公开年报",
    ],
)
def test_a_title_in_shanghai_that_other_words_would_not_mend(title: str) -> None:
    draft = drafted("shanghai", "haiyu", title_form={"year_first": True}).replace(TITLE, title)
    assert draft.lint("shanghai/title-form")
    assert draft.fixes("shanghai/title-form") == []


@pytest.mark.parametrize(
    ("endings", "suffix"),
    [
        ({"监督保障": "情况"}, ""),
        ({"监督保障": "", "平台建设": "情况"}, ""),
        ({"监督保障": "", "平台建设": "情况", "依申请公开": "情况"}, "方面"),
    ],
)
def test_sub_headings_in_shanghai_end_as_most_of_them_do(endings: dict[str, str], suffix: str) -> None:
    report = drafted("shanghai", "haiyu", aspect_headings={"suffix": suffix})
    draft = ending_in(report, endings)
    assert fixed_without_being_safe(draft, "shanghai/aspect-headings") == report.text


def test_where_most_end_otherwise_than_the_first_nobody_knows_which_is_meant() -> None:
    draft = ending_in(drafted("shanghai", "haiyu"), {"主动公开": "情况"})
    assert draft.lint("shanghai/aspect-headings")
    assert draft.fixes("shanghai/aspect-headings") == []


def ending_in(draft: Draft, endings: dict[str, str]) -> Draft:
    """The draft with other endings of sub-headings."""
    for words, ending in endings.items():
        draft = draft.replace(f"{words}方面。", f"{words}{ending}。")
    return draft


@pytest.mark.parametrize(
    ("pack", "file", "rule", "old", "new"),
    [
        ("beijing", "yuanpu", "closing-address", "，网址为www.yuanpu.example，欢迎登录查阅", ""),
        ("beijing", "yuanpu", "leadership-and-training", "组织领导。办事处", "其他。办事处"),
        ("shanghai", "haiyu", "local-regulation", "和《上海市政府信息公开规定》", ""),
        ("shanghai", "haiyu", "preface-parts", "、主动公开政府信息情况", ""),
        ("shanghai", "haiyu", "download-address", "电子版可在海屿区门户网站（www.haiyu.example）下载。", ""),
        ("gansu-wuwei", "shaquan", "overview-length", "一、总体情况\n", f"一、总体情况\n\n{'照常开展。' * 300}\n"),
    ],
)
def test_what_a_report_does_not_say_is_not_said_for_it(pack: str, file: str, rule: str, old: str, new: str) -> None:
    report = drafted(pack, file)
    draft = Draft(report.text.replace(old, new), report.linter)
    assert draft.lint(f"{pack}/{rule}")
    assert draft.fixes(f"{pack}/{rule}") == []
