"""The information processing fee: what section six discloses, and whether it agrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportlint import Claim, Finding, NotAssessable, Note, Report, Severity, rule
from reportlint_national import basis
from reportlint_national.editions import is_before_2021

_PARTS = {
    "fee.notices": "发出收费通知的件数",
    "fee.amount": "总金额",
    "fee.collected": "实际收取的总金额",
}
_YUAN_IN = {"元": 1, "万元": 10_000}
_UNPAID = ("fee_unpaid", "total")


class _Stated(NamedTuple):
    """A figure and the claim that states it; money in yuan."""

    value: int | Decimal
    claim: Claim


@rule(basis=f"{basis.FEES}；{basis.CONTENTS}", severity=Severity.WARNING, forms=basis.ANNUAL)
def fee_disclosure(report: Report) -> Iterator[Finding]:
    """Section six states the fee notices issued, their total amount and the amount collected."""
    if is_before_2021(report):
        # The provisions on the fee came at the end of 2020.
        return
    section = report.section("other_matters")
    if section is None:
        raise NotAssessable("没有第六部分")
    if not section.paragraphs:
        raise NotAssessable("第六部分没有内容")
    claims = [
        claim for claim in report.claims_about(*_PARTS) if section.span.start <= claim.span.start < section.span.end
    ]
    missing = [words for part, words in _PARTS.items() if part not in {claim.subject for claim in claims}]
    if not missing:
        return
    others = [claim for claim in report.claims if claim.subject in _PARTS and claim.year not in (None, report.year)]
    others = [claim for claim in others if section.span.start <= claim.span.start < section.span.end]
    if not claims and others and len(_PARTS) == len({claim.subject for claim in others}) and report.year is not None:
        message = f"信息处理费只说明了{others[0].year}年度的，没有说明{report.year}年度的"
        yield Finding(others[0].span, message)
        return
    if not claims:
        yield Finding(section.heading_span, f"“{section.heading}”部分没有说明信息处理费的{'、'.join(missing)}")
        return
    stated = "、".join(words for words in _PARTS.values() if words not in missing)
    yield Finding(claims[0].span, f"信息处理费只说明了{stated}，没有说明{'、'.join(missing)}")


@rule(basis=basis.FEES, severity=Severity.WARNING, forms=basis.ANNUAL)
def fee_consistency(report: Report) -> Iterator[Finding]:
    """What is said of the fee agrees: collected within total, no notices no money, units, unpaid notices."""
    claims = [claim for claim in report.claims_about(*_PARTS) if not claim.approximate]
    if not claims:
        raise NotAssessable("没有信息处理费的数字")
    notices = _stated(claims, "fee.notices")
    amount = _stated(claims, "fee.amount")
    collected = _stated(claims, "fee.collected")
    if amount and collected and collected.value > amount.value:
        message = f"实际收取的总金额为 {_money(collected)}，多于收费通知的总金额 {_money(amount)}"
        yield Finding(collected.claim.span, message, _note("总金额", amount))
    for money, words in ((amount, "总金额"), (collected, "实际收取的总金额")):
        if notices and money and notices.value == 0 and money.value > 0:
            message = f"{words}为 {_money(money)}，发出收费通知的件数为 0"
            yield Finding(money.claim.span, message, _note("件数", notices))
            break
    if notices and amount and notices.value > 0 and amount.value == 0:
        message = f"发出收费通知 {notices.value} 件，总金额为 0"
        yield Finding(notices.claim.span, message, _note("总金额", amount))
    for money, words in ((amount, "总金额"), (collected, "实际收取的总金额")):
        if money and money.value > 0 and money.claim.unit not in _YUAN_IN:
            yield Finding(money.claim.span, f"{words} {money.claim.value} 没有写明单位（元或万元）")
    yield from _unpaid(report, notices)


def _unpaid(report: Report, notices: _Stated | None) -> Iterator[Finding]:
    table = report.tables.get("requests")
    cell = table.cells.get(_UNPAID) if table else None
    if notices is None or cell is None or cell.value is None or cell.value <= notices.value:
        return
    row = report.form.label(_UNPAID[0])
    message = f"发出收费通知的件数为 {notices.value}，少于因逾期未缴费不再处理的 {cell.value} 件"
    yield Finding(notices.claim.span, message, (Note(f"“{row}”的总计为 {cell.value}", cell.span),))


def _stated(claims: Sequence[Claim], subject: str) -> _Stated | None:
    """The figure stated for a subject; one in digits is taken over a mere denial."""
    found = [claim for claim in claims if claim.subject == subject]
    if not found:
        return None
    claim = next((claim for claim in found if not claim.denied), found[0])
    return _Stated(claim.value * _YUAN_IN.get(claim.unit or "", 1), claim)


def _money(stated: _Stated) -> str:
    return f"{stated.claim.value} {stated.claim.unit or ''}".rstrip()


def _note(words: str, stated: _Stated) -> tuple[Note, ...]:
    return (Note(f"{words}为 {stated.claim.value}{stated.claim.unit or ''}", stated.claim.span),)
