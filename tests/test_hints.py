"""What an editor writes between the characters of a report."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import Span
from reportlint.language.hints import Hint, hints
from reportlint.testing import Draft

RECEIVED = ("requests", "received", "total")


def behind(draft: Draft, cell: tuple[str, str, str], words: str) -> Hint:
    return Hint(draft.at(cell).end, words)


def test_a_compliant_report_has_no_hints(compliant: Draft) -> None:
    assert hints(compliant.result) == []


def test_the_figure_that_belongs_in_a_cell(compliant: Draft) -> None:
    draft = compliant.put(RECEIVED, "7")
    assert hints(draft.result) == [behind(draft, RECEIVED, "应为 5")]


def test_the_figure_that_belongs_in_a_cell_that_is_no_total(compliant: Draft) -> None:
    cell = ("requests", "granted", "natural_person")
    draft = compliant.put(cell, "12")
    assert hints(draft.result) == [behind(draft, cell, "应为 2")]


def test_the_figure_that_belongs_in_a_blank_cell(compliant: Draft) -> None:
    cell = ("requests", "granted", "natural_person")
    draft = compliant.put(cell, "")
    assert hints(draft.result) == [behind(draft, cell, "应为 2")]


def test_where_several_cells_may_be_wrong_only_the_sum_is_told(compliant: Draft) -> None:
    cell = ("remedies", "reconsideration", "total")
    draft = compliant.put(cell, "9")
    assert "可能是" in draft.lint("national/remedy-footing")[0].message
    assert hints(draft.result) == [behind(draft, cell, "四种结果之和为 1")]


def test_several_cells_are_told_in_the_order_of_the_text(compliant: Draft) -> None:
    remedy, row = ("remedies", "reconsideration", "total"), ("requests", "processed", "business")
    draft = compliant.put(remedy, "9").put(row, "9").put(RECEIVED, "99")
    told = [behind(draft, RECEIVED, "应为 5"), behind(draft, row, "应为 1"), behind(draft, remedy, "四种结果之和为 1")]
    assert hints(draft.result) == told
    assert hints(draft.result, Span(0, draft.at(row).start)) == told[:1]
    assert hints(draft.result, Span(draft.at(row).end, len(draft.text))) == told[1:]
    assert hints(draft.result, sums=False) == []


def test_a_bound_that_is_broken_is_no_sum(compliant: Draft) -> None:
    draft = compliant.put(("disclosure", "normative_documents", "in_force"), "0")
    assert [said.rule for said in draft.lint()] == ["national/documents-in-force"]
    assert hints(draft.result) == []


def test_what_the_text_says_otherwise_is_no_hint(compliant: Draft) -> None:
    draft = compliant.replace("办结5件", "办结7件")
    assert draft.lint("national/claim-mismatch")
    assert hints(draft.result) == []


def test_hints_say_what_the_findings_say(compliant: Draft) -> None:
    draft = compliant.put(RECEIVED, "7").put(("requests", "processed", "business"), "9")
    for hint in hints(draft.result):
        found = next(each for each in draft.lint() if each.span is not None and each.span.end == hint.offset)
        assert hint.words in found.message


def test_the_column_of_each_figure(compliant: Draft) -> None:
    text = compliant.text
    for hint in reversed(hints(compliant.result, columns=True)):
        assert hint.before
        text = f"{text[: hint.offset]}<{hint.words}>{text[hint.offset :]}"
    lines = text.splitlines()
    columns = "<自然人>4\t<商业企业>1\t<科研机构>0\t<社会公益组织>0\t<法律服务机构>0\t<其他>0\t<总计>5"
    assert f"一、本年新收政府信息公开申请数量\t\t\t{columns}" in lines
    assert "行政规范性文件\t<本年制发件数>2\t<本年废止件数>1\t<现行有效件数>9" in lines
    assert "行政事业性收费\t<本年收费金额>0" in [line.rstrip() for line in lines]
    across = next(line for line in lines if line.startswith("<行政复议"))
    assert across.startswith("<行政复议 结果维持>")
    assert "<未经复议直接起诉 总计>" in across


def test_without_a_report_there_is_nothing(compliant: Draft) -> None:
    assert hints(compliant.result._replace(report=None), columns=True) == []


def test_the_columns_of_a_stretch(compliant: Draft) -> None:
    line = compliant.source.line_span(compliant.at(RECEIVED).start)
    assert len(hints(compliant.result, line, columns=True)) == 7


def test_what_may_not_be_shown_is_in_no_hint(compliant: Draft) -> None:
    draft = compliant.put(("requests", "received", "natural_person"), "13900001234").put(RECEIVED, "13900001236")
    assert draft.result.concealed
    for hint in hints(draft.result):
        assert "13900001" not in hint.words
    assert hints(draft.result)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_hints_of_any_text_stand_in_it(data: st.DataObject) -> None:
    base = Draft.compliant("town")
    text = base.text
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 40, len(text))))
        text = text[:start] + data.draw(st.text(st.sampled_from("0123\t|一总计 \r\n𠮷。件"), max_size=5)) + text[end:]
    result = base.linter.lint_text(text)
    found = hints(result, columns=True)
    assert found == sorted(found)
    assert all(0 <= hint.offset <= len(text) and hint.words for hint in found)
