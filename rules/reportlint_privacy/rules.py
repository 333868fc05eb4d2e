"""The rules: an identity-card number, a bank card, a mobile number. What they find is masked in every output."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Finding, Report, Severity, rule
from reportlint_privacy import basis
from reportlint_privacy.numbers import Kind, numbers


@rule(basis=f"{basis.PRIVACY}；{basis.PERSONAL}", severity=Severity.ERROR, conceals=True, tables_alone=True)
def identity_number(report: Report) -> Iterator[Finding]:
    """No number of an identity card stands in the report."""
    for number in numbers(report):
        if number.kind is Kind.IDENTITY:
            yield Finding(number.span, f"出现公民身份号码“{report.text(number.span)}”")


@rule(basis=f"{basis.PRIVACY}；{basis.ACCOUNTS}", severity=Severity.WARNING, conceals=True, tables_alone=True)
def bank_card(report: Report) -> Iterator[Finding]:
    """No number of a bank card stands in the report."""
    for number in numbers(report):
        if number.kind is Kind.BANK_CARD:
            written = f"“{report.text(number.span)}”"
            if number.official:
                words = f"出现银行卡号{written}，前后文像是单位收款账号"
                yield Finding(number.span, words, severity=Severity.ADVICE)
            elif not number.named:
                yield Finding(number.span, f"出现像银行卡号的数字{written}", severity=Severity.ADVICE)
            else:
                yield Finding(number.span, f"出现银行卡号{written}")


@rule(basis=f"{basis.PRIVACY}；{basis.PERSONAL}", severity=Severity.WARNING, conceals=True, tables_alone=True)
def mobile_number(report: Report) -> Iterator[Finding]:
    """No mobile number stands in the report; one that is given as an office's contact is advised on only."""
    for number in numbers(report):
        if number.kind is Kind.MOBILE:
            words = f"出现手机号码“{report.text(number.span)}”"
            if number.official:
                yield Finding(number.span, f"{words}，前后文像是办公联系电话", severity=Severity.ADVICE)
            else:
                yield Finding(number.span, words)
