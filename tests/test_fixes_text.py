"""The fixes of the pack for wording and typography: a slip in a compliant report, and the report as it is fixed."""

from __future__ import annotations

import pytest

from reportlint.testing import Draft, assert_fix

AFTER = "满意率为九成六；全年没有需要责任追究的情形。"
QUOTED = "推行“一窗受理”，做到“应公开尽公开”。"
LONG = "加强网站建设，全年更新栏目六个。组织业务培训两次，参加人员共有四十人次"

SAFE = [
    ("doubled-punctuation", "规范流程，，提高效率。", "规范流程，提高效率。"),
    ("doubled-punctuation", "规范流程,,提高效率。", "规范流程，提高效率。"),
    ("doubled-punctuation", "公示了补贴、低保。。。。等事项。", "公示了补贴、低保……等事项。"),
    ("half-width-punctuation", "规范流程,提高效率。", "规范流程，提高效率。"),
    ("half-width-punctuation", "规范流程; 提高效率。", "规范流程；提高效率。"),
    ("half-width-punctuation", "收到12件,均已答复。", "收到12件，均已答复。"),
    ("half-width-punctuation", "满意的(含基本满意的)占九成。", "满意的（含基本满意的）占九成。"),
    ("half-width-punctuation", "满意的（含基本满意的)占九成。", "满意的（含基本满意的）占九成。"),
    ("half-width-punctuation", "落实<政府信息公开条例>的规定。", "落实《政府信息公开条例》的规定。"),
    ("half-width-punctuation", "规范流程，提高效率.", "规范流程，提高效率。"),
    ("unmatched-bracket", QUOTED.replace("”，", "“，").partition("，做")[0] + "。", "推行“一窗受理”。"),
    ("unmatched-bracket", "落实”三审”制度。", "落实“三审”制度。"),
    ("numbering-brackets", "(六) 其他工作。公开栏每月更新。", "（六） 其他工作。公开栏每月更新。"),
    ("numbering-brackets", "（六)其他工作。公开栏每月更新。", "（六）其他工作。公开栏每月更新。"),
    ("stray-space", "做好政 府 信 息公开，及时更新。", "做好政府信息公开，及时更新。"),
    ("stray-space", "及时更新栏目，公开 工作有序推进。", "及时更新栏目，公开工作有序推进。"),
    ("stray-space", "公开工作有序推进，栏目更新及时 。", "公开工作有序推进，栏目更新及时。"),
    ("stray-space", "栏目在2 022年更新。", "栏目在2022年更新。"),
    ("missing-stop", LONG, f"{LONG}。"),
    (
        "figure-spacing",
        "全年更新栏目 6 个，发布稿件 7 篇，培训 8 人，回复 9 条，接待 3 批。",
        "全年更新栏目6个，发布稿件7篇，培训8人，回复9条，接待3批。",
    ),
]
UNSAFE = [
    ("doubled-word", "推进政府信息公开工作工作。", "推进政府信息公开工作。"),
    ("doubled-word", "镇里的栏目栏目栏目已经合并。", "镇里的栏目已经合并。"),
    ("doubled-word", "取得的的成绩有目共睹。", "取得的成绩有目共睹。"),
    ("doubled-word", "公开栏每月更新，公开栏每月更新，村民都看得到。", "公开栏每月更新，村民都看得到。"),
    ("missing-stop", f"{LONG}，", f"{LONG}。"),
]
NONE = [
    ("doubled-punctuation", "规范流程、，提高效率。"),
    ("doubled-punctuation", "坚持“应公开尽公开。”。"),
    ("doubled-punctuation", "规范流程，提高效率。。。"),
    ("unmatched-bracket", "加强管理（含发布，提高水平。"),
    ("unmatched-bracket", "落实“三审制度。"),
]


def with_paragraph(draft: Draft, words: str) -> Draft:
    return draft.replace(AFTER, f"{AFTER}\n\n{words}")


@pytest.mark.parametrize(("rule", "slip", "mended"), SAFE)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_punctuation_and_white_space_are_mended_safely(
    compliant: Draft, rule: str, slip: str, mended: str, end: str
) -> None:
    draft = with_ends(with_paragraph(compliant, slip), end)
    assert {fix.safe for fix in draft.fixes(f"text/{rule}")} == {True}
    assert assert_fix(draft, f"text/{rule}").text == with_ends(with_paragraph(compliant, mended), end).text


@pytest.mark.parametrize(("rule", "slip", "mended"), UNSAFE)
def test_words_are_mended_but_not_safely(compliant: Draft, rule: str, slip: str, mended: str) -> None:
    draft = with_paragraph(compliant, slip)
    assert {fix.safe for fix in draft.fixes(f"text/{rule}")} == {False}
    assert assert_fix(draft, f"text/{rule}").text == with_paragraph(compliant, mended).text


@pytest.mark.parametrize(("rule", "slip"), NONE)
def test_what_is_meant_is_not_guessed(compliant: Draft, rule: str, slip: str) -> None:
    draft = with_paragraph(compliant, slip)
    assert draft.lint(f"text/{rule}")
    assert draft.fixes(f"text/{rule}") == []


def with_ends(draft: Draft, end: str) -> Draft:
    return Draft(draft.text.replace("\n", end), draft.linter)
