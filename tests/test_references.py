"""From what the prose says to the cells that it speaks of, and back."""

from __future__ import annotations

import pytest

import reportlint_grammars
import reportlint_national
from reportlint import Linter, PackError, Reference, References, Report, Span, hookimpl
from reportlint.language.references import Link, definition, references
from reportlint.packs import Packs
from reportlint.testing import Draft

RECEIVED = ("requests", "received", "total")
BROUGHT = ("requests", "brought_forward", "total")
PROCESSED = ("requests", "processed", "total")


def targets(draft: Draft, anchor: str) -> list[Span]:
    """Where one comes to from the words of a claim, from each of their characters."""
    span = draft.at(anchor)
    links = {definition(draft.result, draft.linter.packs, offset) for offset in range(*span)}
    assert len(links) == 1
    link = links.pop()
    return [] if link is None else list(link.targets)


def said(draft: Draft, cell: tuple[str, str, str], *, declaration: bool = False) -> list[str | None]:
    """What is said of a cell, in words."""
    offset = draft.at(cell).start
    return [draft.under(span) for span in references(draft.result, draft.linter.packs, offset, declaration=declaration)]


def spoken(draft: Draft, anchor: str) -> Reference:
    """What one claim speaks of."""
    span = draft.at(anchor)
    found = [
        each
        for each in draft.linter.packs.references(draft.report)
        if each.claim.span.start <= span.start < each.claim.span.end
    ]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("收到政府信息公开申请5件", [RECEIVED]),
        ("上年结转1件", [BROUGHT]),
        ("办结5件", [PROCESSED]),
        ("被申请行政复议1件", [("remedies", "reconsideration", "total")]),
        (
            "行政诉讼0件",
            [("remedies", row, "total") for row in ("direct_litigation", "litigation_after_reconsideration")],
        ),
        ("实际收取0元", []),
        ("发布信息312条", []),
    ],
)
def test_from_a_claim_to_its_cells(compliant: Draft, words: str, cells: list[tuple[str, str, str]]) -> None:
    assert targets(compliant, words) == [compliant.at(cell) for cell in cells]


def test_a_link_knows_the_words_that_lead_to_the_cell(compliant: Draft) -> None:
    span = compliant.at("办结5件")
    link = Link(span, (compliant.at(PROCESSED),))
    assert definition(compliant.result, compliant.linter.packs, span.start + 1) == link
    # A cursor stands behind the last character, too.
    assert definition(compliant.result, compliant.linter.packs, span.end) == link
    assert definition(compliant.result, compliant.linter.packs, span.start - 1) == Link(
        compliant.at("上年结转1件"), (compliant.at(BROUGHT),)
    )


def test_a_cell_leads_to_itself(compliant: Draft) -> None:
    span = compliant.at(RECEIVED)
    assert definition(compliant.result, compliant.linter.packs, span.start) == Link(span, (span,))


def test_from_a_cell_to_all_that_is_said_of_it(compliant: Draft) -> None:
    draft = compliant.under_heading("improvement").append(
        "全年收到政府信息公开申请5件，办结5件，存在答复不够及时的问题。"
    )
    assert said(draft, RECEIVED) == ["收到政府信息公开申请5件", "收到政府信息公开申请5件"]
    assert said(draft, RECEIVED, declaration=True) == ["收到政府信息公开申请5件", "5", "收到政府信息公开申请5件"]
    assert said(draft, BROUGHT) == ["上年结转1件"]
    assert said(draft, ("requests", "received", "business")) == []


def test_from_a_claim_to_what_else_is_said_of_its_cells(compliant: Draft) -> None:
    draft = compliant.under_heading("improvement").append("政府信息公开申请办结5件，存在答复不够及时的问题。")
    first = draft.text.index("办结5件")
    spans = [Span(first, first + 4), draft.at("政府信息公开申请办结5件")]
    assert references(draft.result, draft.linter.packs, first) == spans
    assert references(draft.result, draft.linter.packs, first, declaration=True) == sorted(
        [*spans, draft.at(PROCESSED)]
    )


def test_a_claim_that_is_wrong_still_leads_to_its_cell(compliant: Draft) -> None:
    draft = compliant.replace("办结5件", "办结7件")
    assert targets(draft, "办结7件") == [draft.at(PROCESSED)]
    assert spoken(draft, "办结7件").agrees is False
    assert spoken(compliant, "办结5件").agrees is True


def test_words_of_several_readings_lead_to_the_one_that_agrees(compliant: Draft) -> None:
    both = compliant.replace("收到政府信息公开申请5件", "办理政府信息公开申请6件")
    assert targets(both, "办理政府信息公开申请6件") == [both.at(RECEIVED), both.at(BROUGHT)]
    # As what came in agrees by itself, nothing is added to it.
    alone = compliant.replace("收到政府信息公开申请5件", "办理政府信息公开申请5件")
    assert targets(alone, "办理政府信息公开申请5件") == [alone.at(RECEIVED)]
    row = compliant.replace("办结5件", "办结5件，无法提供1件")
    assert targets(row, "无法提供1件") == [row.at(("requests", "no_records", "total"))]


def test_a_figure_that_may_hold_what_was_brought_forward_leads_to_both(compliant: Draft) -> None:
    draft = compliant.replace("收到政府信息公开申请5件", "收到政府信息公开申请6件")
    assert targets(draft, "收到政府信息公开申请6件") == [draft.at(RECEIVED), draft.at(BROUGHT)]


@pytest.mark.parametrize("words", ["2023年收到政府信息公开申请5件", "办结率100%"])
def test_other_years_and_shares_lead_nowhere(compliant: Draft, words: str) -> None:
    draft = compliant.under_heading("improvement").append(f"{words}，存在答复不够及时的问题。")
    assert targets(draft, words) == []


def test_a_figure_of_others_leads_to_the_cell_only_where_it_is_not_told_apart(compliant: Draft) -> None:
    settled = compliant.replace("办结5件", "办结5件，各部门办结7件")
    assert targets(settled, "办结7件") == []
    alone = compliant.replace("办结5件", "各部门办结7件")
    assert targets(alone, "办结7件") == [alone.at(PROCESSED)]


def test_a_rough_figure_leads_to_its_cell_and_is_not_compared(compliant: Draft) -> None:
    draft = compliant.replace("办结5件", "办结约7件")
    assert targets(draft, "约7件") == [draft.at(PROCESSED)]
    assert spoken(draft, "约7件").agrees is None


def test_a_claim_leads_to_a_cell_without_a_figure(compliant: Draft) -> None:
    draft = compliant.put(PROCESSED, "若干")
    assert targets(draft, "办结5件") == [draft.at(PROCESSED)]
    assert spoken(draft, "办结5件").agrees is None


def test_a_fee_is_compared_in_its_unit(compliant: Draft) -> None:
    draft = compliant.put(("disclosure", "administrative_fees", "amount"), "12.5")
    draft = draft.under_heading("improvement").append("行政事业性收费125000元，存在不足。")
    assert spoken(draft, "行政事业性收费125000元").places == (("administrative_fees", "amount"),)
    assert spoken(draft, "行政事业性收费125000元").agrees is True


def test_without_a_report_there_is_nothing(linter: Linter) -> None:
    result = linter.lint_text("今天天气很好。")._replace(report=None)
    assert definition(result, linter.packs, 2) is None
    assert references(result, linter.packs, 2) == []


class Speaking:
    """A pack that knows what prose speaks of."""

    def __init__(self, *find: References) -> None:
        self.find = find

    @hookimpl
    def reportlint_references(self) -> tuple[References, ...]:
        return self.find


def packs_with(*find: References) -> Packs:
    modules = {"grammars": reportlint_grammars, "national": reportlint_national}
    return Packs({**modules, "speaking": Speaking(*find)})


def test_what_packs_know_is_put_together_in_the_order_of_the_text(compliant: Draft) -> None:
    def last(report: Report) -> list[Reference]:
        return [Reference(report.claims[0], "requests", (("received", "business"),))]

    found = packs_with(last).references(compliant.report)
    spans = [each.claim.span for each in found]
    assert spans == sorted(spans)
    assert [each.places for each in found[:2]] == [(("received", "total"),), (("received", "business"),)]


def test_a_pack_that_fails_is_named(compliant: Draft) -> None:
    def broken(report: Report) -> list[Reference]:
        raise LookupError(f"没有这一格：{report.year}")

    with pytest.raises(PackError) as error:
        packs_with(broken).references(compliant.report)
    assert str(error.value) == "规则包 speaking 找文字所说的单元格时出错：LookupError：没有这一格：2024"
