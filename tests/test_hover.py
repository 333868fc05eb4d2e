"""What is said of a place when one points at it."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportlint_grammars
import reportlint_national
from reportlint import Linter, Reference, References, Report, Source, hookimpl
from reportlint.config import Ignore, Layer
from reportlint.language import cells
from reportlint.language.hover import Hover, hover
from reportlint.linter import settings_for
from reportlint.packs import Packs
from reportlint.testing import Draft
from reportlint.testing.draft import Anchor

RECEIVED = ("requests", "received", "total")
PERSONS = ("requests", "granted", "natural_person")
REMEDIES = ("remedies", "reconsideration", "total")
SHARED = Path(__file__).parents[2] / "shared" / "reports"


def over(draft: Draft, anchor: Anchor) -> str:
    """What is said of a cell or of words, from each of their characters."""
    span = draft.at(anchor)
    said = {at(draft, offset) for offset in range(*span)} or {at(draft, span.start)}
    assert len(said) == 1
    found = said.pop()
    assert found is not None
    assert (found.span.start, found.span.end) == span
    return found.markdown


def over_any(draft: Draft, anchor: Anchor) -> str:
    """What is said of the first character of a cell or of words."""
    found = at(draft, draft.at(anchor).start)
    assert found is not None
    return found.markdown


def at(draft: Draft, offset: int) -> Hover | None:
    return hover(draft.result, draft.linter, offset)


def page(text: str) -> str:
    """A hover as it is written in a test: a line break of Markdown is a line's end with a dot."""
    return text.strip("\n").replace("·\n", "  \n")


def test_a_cell_that_is_right(compliant: Draft) -> None:
    assert over(compliant, RECEIVED) == page(
        """
三、收到和处理政府信息公开申请情况·
行：**一、本年新收政府信息公开申请数量**·
列：**总计**·
数：**5**

- 申请收办平衡：一、本年新收政府信息公开申请数量 5 + 二、上年结转政府信息公开申请数量 1 = （七）总计 5 + 四、结转下年度继续办理 1，都是 6，相符
- 申请人横向合计：总计 5 = 自然人 4 + 商业企业 1，其余 4 项为 0，相符

- 文字称“收到政府信息公开申请5件”，一致（第 9 行）
"""
    )


def test_a_cell_under_two_labels(compliant: Draft) -> None:
    cell = ("requests", "state_secret", "other_organisation")
    assert over(compliant, cell) == page(
        """
三、收到和处理政府信息公开申请情况·
行：**三、本年度办理结果 › （三）不予公开 › 1.属于国家秘密**·
列：**法人或其他组织 › 其他**·
数：**0**

- 办理结果纵向合计：（七）总计 0 = 1.属于国家秘密 0，其余 20 项为 0，相符
- 申请人横向合计：总计 0 = 其他 0，其余 5 项为 0，相符
"""
    )


def test_a_total_of_nothing(compliant: Draft) -> None:
    cell = ("requests", "processed", "legal_service")
    assert "- 办理结果纵向合计：（七）总计 0 = （一）至（六）各项之和 0，21 项都是 0，相符" in over(compliant, cell)


def test_a_cell_of_the_bound(compliant: Draft) -> None:
    assert over(compliant, ("disclosure", "normative_documents", "repealed")) == page(
        """
二、主动公开政府信息情况·
行：**第二十条第（一）项 › 行政规范性文件**·
列：**本年废止件数**·
数：**1**

- 现行有效件数：现行有效件数 9 ≥ 本年制发件数 2 − 本年废止件数 1，相符
"""
    )


def test_a_bound_that_is_broken(compliant: Draft) -> None:
    cell = ("disclosure", "normative_documents", "in_force")
    sides = "现行有效件数 0；本年制发件数减本年废止件数 1（本年制发件数 2 − 本年废止件数 1）；前数小于后数"
    assert f"\n\n- “行政规范性文件”行：{sides}\n\n" in over(compliant.put(cell, "0"), cell)


def test_a_table_in_no_section(compliant: Draft) -> None:
    start = compliant.text.index("第二十条第（一）项")
    draft = Draft(compliant.text[start:])
    assert over_any(draft, ("disclosure", "licences", "decisions")).rpartition("---\n\n")[2] == page(
        """
行：**第二十条第（五）项 › 行政许可**·
列：**本年处理决定数量**·
数：**36**
"""
    )


def test_a_cell_of_which_much_is_said(compliant: Draft) -> None:
    assert over(compliant, ("remedies", "direct_litigation", "total")) == page(
        """
四、政府信息公开行政复议、行政诉讼情况·
行：**行政诉讼 › 未经复议直接起诉**·
列：**总计**·
数：**0**

- 复议诉讼合计：总计 0 = 四种结果之和 0，4 项都是 0，相符

- 文字称“行政诉讼0件”，说的是“未经复议直接起诉”与“复议后起诉”的“总计”之和为 0 + 0 = 0，一致（第 9 行）
"""
    )


def test_a_cell_that_is_certainly_wrong(compliant: Draft) -> None:
    draft = compliant.put(RECEIVED, "7")
    assert over(draft, RECEIVED) == page(
        """
**错误** “一、本年新收政府信息公开申请数量”的“总计”应为 5，实为 7，5 同时满足 2 项勾稽关系

- “总计”列：第一项加第二项之和 8（一、本年新收政府信息公开申请数量 7 + 二、上年结转政府信息公开申请数量 1）；第三项加第四项之和 6（（七）总计 5 + 四、结转下年度继续办理 1）；相差 2
- “一、本年新收政府信息公开申请数量”行：总计 7；六类申请人之和 5（自然人 4 + 商业企业 1，其余 4 项为 0）；相差 2
- 文字称“收到政府信息公开申请5件”，表格中“一、本年新收政府信息公开申请数量”的“总计”为 7（第 9 行）

依据：国办公开办函〔2021〕30号 表三：第一项加第二项之和，等于第三项加第四项之和·
规则：申请收办平衡 `national/request-balance`

---

三、收到和处理政府信息公开申请情况·
行：**一、本年新收政府信息公开申请数量**·
列：**总计**·
数：**7**
"""
    )


def test_a_cell_that_takes_part_in_what_is_wrong(compliant: Draft) -> None:
    draft = compliant.put(REMEDIES, "9")
    assert over(draft, ("remedies", "reconsideration", "upheld")) == page(
        """
四、政府信息公开行政复议、行政诉讼情况·
行：**行政复议**·
列：**结果维持**·
数：**1**

- 复议诉讼合计：总计 9；四种结果之和 1（结果维持 1，其余 3 项为 0）；相差 8
"""
    )


def test_a_blank_cell_is_named_in_its_sums(compliant: Draft) -> None:
    said = over(compliant.put(PERSONS, ""), PERSONS)
    assert "- “（一）予以公开”行：总计 3；六类申请人之和 1（自然人 空白 + 商业企业 1，其余 4 项为 0）；相差 2\n" in said
    assert "**警告** “三、收到和处理政府信息公开申请情况”的表格有 1 个单元格为空白，没有可报的通行填 0\n" in said
    assert said.endswith("数：**空白**")


def test_blank_cells_beside_it_are_not_said_to_be_zero(compliant: Draft) -> None:
    draft = compliant.put(("requests", "granted", "legal_service"), "")
    said = over(draft, ("requests", "granted", "total"))
    assert "- 申请人横向合计：总计 3 = 自然人 2 + 商业企业 1，其余 4 项为 0 或空白，相符" in said


def test_a_cell_that_is_no_figure_and_breaks_out_of_no_markdown(compliant: Draft) -> None:
    draft = compliant.put(PERSONS, "两**件<b>")
    assert over(draft, PERSONS) == page(
        r"""
**错误** “（一）予以公开”的“自然人”为“两\*\*件&lt;b&gt;”，不是数

依据：国办公开办函〔2021〕30号（2019、2020年度为〔2019〕60号） 格式：第二、三、四部分以表格形式报告·
规则：单元格的数 `national/cell-value`

---

三、收到和处理政府信息公开申请情况·
行：**三、本年度办理结果 › （一）予以公开**·
列：**自然人**·
数：**两\*\*件&lt;b&gt;**

- 办理结果纵向合计：“（一）予以公开”的“自然人”不是数，无法核对
- 申请人横向合计：“（一）予以公开”的“自然人”不是数，无法核对
"""
    )


def test_relations_that_cannot_be_judged_say_why(compliant: Draft) -> None:
    gone = compliant.without_line("四、结转下年度继续办理")
    reason = "表格中没有读到“四、结转下年度继续办理”的“总计”，无法核对"
    assert f"- 申请收办平衡：{reason}\n" in over(gone, RECEIVED)
    empty = compliant
    for row in ("received", "brought_forward"):
        empty = empty.put(("requests", row, "total"), "")
    words = "“一、本年新收政府信息公开申请数量”的“总计”没有填数，“二、上年结转政府信息公开申请数量”的“总计”没有填数，无法核对"
    assert f"- 申请收办平衡：{words}" in over(empty, ("requests", "processed", "total"))


def test_many_cells_that_are_lacking_are_counted(compliant: Draft) -> None:
    draft = compliant
    for column in ("natural_person", "business", "research_institution", "social_organisation"):
        draft = draft.put(("requests", "granted", column), "若干")
    assert "“社会公益组织”" not in over(draft, ("requests", "granted", "total"))
    assert "的“科研机构”不是数等 4 格，无法核对" in over(draft, ("requests", "granted", "total"))


def test_a_figure_that_belongs_to_no_column(compliant: Draft) -> None:
    draft = compliant.put(PERSONS, "2\t0")
    found = at(draft, compliant.at(PERSONS).start)
    assert found == Hover(compliant.at(PERSONS), "“（一）予以公开”一行有 8 个数，应有 7 个，不能确定各数属于哪一列")


def test_a_claim_in_the_prose(compliant: Draft) -> None:
    words = "文字：“办结5件”·\n表格中“（七）总计”的“总计”为 5，一致（第 62 行）"
    assert over(compliant, "办结5件") == page(words)


def test_a_claim_of_several_cells(compliant: Draft) -> None:
    words = "文字：“行政诉讼0件”·\n表格中“未经复议直接起诉”与“复议后起诉”的“总计”之和为 0 + 0 = 0，一致（第 70 行）"
    assert over(compliant, "行政诉讼0件") == page(words)


def test_two_claims_in_the_same_words(compliant: Draft) -> None:
    words = "未发生因政府信息公开工作引发举报、投诉、申请行政复议或提起行政诉讼"
    draft = compliant.replace("因政府信息公开工作被申请行政复议1件，行政诉讼0件", f"{words}的情况")
    draft = draft.put(("remedies", "reconsideration", "upheld"), "0").put(REMEDIES, "0")
    assert over(draft, words) == page(
        f"""
文字：“{words}”·
表格中“行政复议”的“总计”为 0，一致（第 70 行）·
表格中“未经复议直接起诉”与“复议后起诉”的“总计”之和为 0 + 0 = 0，一致（第 70 行）
"""
    )


def test_long_words_are_cut_in_the_middle(compliant: Draft) -> None:
    words = f"未发生因{'政府信息公开工作' * 6}引发举报、投诉、申请行政复议或提起行政诉讼"
    draft = compliant.replace("因政府信息公开工作被申请行政复议1件，行政诉讼0件", f"{words}的情况")
    quoted = "未发生因政府信息公开工作政府信息公开工作政府信息公开工作政府…发举报、投诉、申请行政复议或提起行政诉讼"
    assert f"\n文字：“{quoted}”  \n" in over_any(draft, words)


def test_long_labels_are_cut_in_sums_and_whole_above_them(compliant: Draft) -> None:
    said = over(compliant.put(("requests", "fee_unpaid", "natural_person"), "1"), ("requests", "fee_unpaid", "total"))
    label = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    assert f"行：**三、本年度办理结果 › （六）其他处理 › {label}**" in said
    assert " + 2.申请人逾期未按收费通知要求… 0，其余 " in said
    assert " + （二）部分公开 1 + " in said


def test_a_claim_that_is_wrong(compliant: Draft) -> None:
    assert over(compliant.replace("办结5件", "办结7件"), "办结7件") == page(
        """
**错误** 文字称“办结7件”，表格中“（七）总计”的“总计”为 5

- “（七）总计”的“总计”为 5（第 62 行）

依据：国办公开办函〔2021〕30号（四）明确责任：发布内容应当准确、全面·
规则：文字与表格的数字 `national/claim-mismatch`
"""
    )


def test_a_claim_that_is_not_compared(compliant: Draft) -> None:
    draft = compliant.replace("办结5件", "办结约7件")
    words = "文字：“办结约7件”·\n表格中“（七）总计”的“总计”为 5，文字是约数，不核对（第 62 行）"
    assert over(draft, "办结约7件") == page(words)
    assert "- 文字称“办结约7件”，文字是约数，不核对（第 9 行）" in over(draft, ("requests", "processed", "total"))
    words = "文字：“办结5件”·\n表格中“（七）总计”的“总计”为 若干，无法核对（第 62 行）"
    assert over(compliant.put(("requests", "processed", "total"), "若干"), "办结5件") == page(words)


def test_a_claim_that_is_wrong_is_told_at_the_cell(compliant: Draft) -> None:
    draft = compliant.replace("办结5件", "办结7件")
    assert "- 文字称“办结7件”，不一致（第 9 行）" in over(draft, ("requests", "processed", "total"))


def test_several_findings_at_one_place_the_nearest_first(compliant: Draft) -> None:
    draft = compliant.replace("办结5件", "办结7件，，")
    assert [said.rule for said in draft.lint()] == ["national/claim-mismatch", "text/doubled-punctuation"]
    found = at(draft, draft.at("7件").end)
    assert found is not None
    rules = re.findall(r"`(\S+)`", found.markdown)
    assert rules == ["text/doubled-punctuation"]
    wide = compliant.put(PERSONS, "13900001234人，3")
    assert re.findall(r"`(\S+)`", over_any(wide, PERSONS)) == ["privacy/mobile-number", "national/cell-value"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("二、主动公开政府信息情况", "二、主动公开情况", "可以代为修改，改后需核对。"),
        ("办结5件，", "办结5件，，", "可以自动修改。"),
    ],
)
def test_a_finding_says_whether_it_can_be_mended(compliant: Draft, old: str, new: str, words: str) -> None:
    draft = compliant.replace(old, new)
    found = next(each for each in draft.result.diagnostics if each.fix is not None)
    assert found.span is not None
    said = at(draft, found.span.start)
    assert said is not None
    assert f"\n\n{words}\n\n依据：" in said.markdown


def test_a_finding_of_the_whole_report_is_told_at_its_first_line(compliant: Draft) -> None:
    draft = Draft(f"\n\n  {compliant.text}").without_line("三、收到和处理政府信息公开申请情况")
    message = "**错误** 缺少“三、收到和处理政府信息公开申请情况”部分"
    title = draft.at("云溪县青禾镇人民政府2024年政府信息公开工作年度报告")
    for offset in (title.start, title.end - 1):
        found = at(draft, offset)
        assert found is not None
        assert found.markdown.startswith(message)
        assert found.span == title
    assert at(draft, 0) is None


def test_a_report_that_is_none(linter: Linter) -> None:
    result = linter.lint_text("今天天气很好。")
    found = hover(result, linter, 0)
    assert found is not None
    assert found.markdown == page(
        "**错误** 没有找到标题、部分或表格，不像选用的格式的报告，没有检查\n\n`reportlint/not-a-report`"
    )
    assert hover(result._replace(report=None, diagnostics=[]), linter, 0) is None


def test_what_is_accepted_is_told_with_its_reason(compliant: Draft, tmp_path: Path) -> None:
    ignore = Ignore(
        ("national/section-title",), (), "上级*统一*印发", str(tmp_path), "二、主动公开情况", "张三", "2099-12-31"
    )
    packs = Packs.load()
    linter = Linter(packs, settings_for(packs, [Layer("editor", ignore=(ignore,))]))
    draft = Draft(compliant.replace("二、主动公开政府信息情况", "二、主动公开情况").text, linter)
    assert len(draft.result.accepted) == 1
    said = over(draft, "二、主动公开情况")
    assert said.startswith("**已接受** 标题为“二、主动公开情况”，")
    assert "可以" not in said
    assert "\n\n" + r"上级\*统一\*印发；张三 接受；到 2099-12-31 为止" + "\n\n依据：" in said


def test_what_may_not_be_shown_is_nowhere(compliant: Draft) -> None:
    number = "13900001234"
    draft = compliant.put(("requests", "received", "natural_person"), number).replace("办结5件", f"办结{number}件")
    assert draft.result.concealed
    said = [at(draft, offset) for offset in range(len(draft.text))]
    words = "\n".join({found.markdown for found in said if found is not None})
    assert r"139\*\*\*\*\*\*34" in words
    assert "3900001" not in words
    # Nor is a sum of it, nor a difference.
    assert not re.search("[0-9]{7}", words)


@pytest.mark.parametrize(
    "layer",
    [
        Layer("editor", ignore=(Ignore(("national/request-balance",), (), "", ""),)),
        Layer("editor", ignore=(Ignore(("national/request-balance",), ("*.txt",), "本县另有口径", os.curdir),)),
    ],
)
def test_relations_that_are_silenced_are_not_shown(compliant: Draft, layer: Layer) -> None:
    packs = Packs.load()
    draft = Draft(compliant.text, Linter(packs, settings_for(packs, [layer])))
    said = over(draft, RECEIVED)
    assert "申请人横向合计" in said
    assert "申请收办平衡" not in said


def test_the_earlier_form(linter: Linter) -> None:
    draft = Draft.compliant(year=2020, linter=linter)
    said = over(draft, ("requests", "otherwise_closed", "total"))
    assert "行：**三、本年度办理结果 › （六）其他处理**" in said
    said = over(draft, ("disclosure", "penalties", "change"))
    assert "行：**第二十条第（六）项 › 行政处罚**" in said


class Speaking:
    def __init__(self, find: References) -> None:
        self.find = find

    @hookimpl
    def reportlint_references(self) -> tuple[References, ...]:
        return (self.find,)


def test_a_pack_that_fails_is_told_and_the_rest_said(compliant: Draft) -> None:
    def broken(report: Report) -> list[Reference]:
        raise LookupError(f"没有*这一格*：{report.year}")

    modules = {"grammars": reportlint_grammars, "national": reportlint_national, "speaking": Speaking(broken)}
    packs = Packs(modules)
    draft = Draft(compliant.text, Linter(packs, settings_for(packs, [])))
    words = r"规则包 speaking 找文字所说的单元格时出错：LookupError：没有\*这一格\*：2024"
    assert over(draft, RECEIVED).endswith(f"，相符\n\n- {words}")
    found = at(draft, draft.at("办结5件").start)
    assert found is not None
    assert found.markdown == words


@lru_cache(maxsize=1)
def town() -> Draft:
    return Draft.compliant("town")


_PIECES = st.one_of(
    st.text(st.sampled_from("0123456789\t|一二总计 \r\n𠮷。，件（）*<`"), max_size=8),
    st.sampled_from(["办结7件", "未收到政府信息公开申请。", "（七）总计", "\n四、", "13900001234"]),
)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_place_of_any_text(data: st.DataObject) -> None:
    text = town().text
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 60, len(text))))
        text = text[:start] + data.draw(_PIECES) + text[end:]
    linter = town().linter
    result = linter.lint(Source(text, "a.txt"))
    for offset in data.draw(st.lists(st.integers(0, len(text)), max_size=20)):
        found = hover(result, linter, offset)
        if found is not None:
            assert 0 <= found.span.start <= offset <= found.span.end <= len(text)
            assert found.markdown.strip()


@pytest.mark.parametrize("path", sorted(SHARED.glob("*.txt")), ids=lambda path: path.name)
def test_every_cell_of_real_reports_says_what_stands_in_it(path: Path, linter: Linter) -> None:
    result = linter.lint_file(path)
    assert result.report is not None
    form = result.report.form
    for spot in cells.spots(result.report):
        found = hover(result, linter, spot.cell.span.start)
        assert found is not None
        said = found.markdown.rpartition("\n\n---\n\n")[2].split("  \n")
        row, column = spot.place
        assert said[1].endswith(f"{form.label(row)}**")
        assert said[2].endswith(f"{form.label(column)}**")
        assert re.match(r"数：\*\*(.*)\*\*", said[3])[1] == " ".join(spot.cell.text.split())  # type: ignore[index]
