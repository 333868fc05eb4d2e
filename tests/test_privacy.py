"""The privacy pack: numbers of persons that are found, wherever they stand, and all that only looks like one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import Linter, Severity
from reportlint.formats import json as programs
from reportlint.formats import rendered, text
from reportlint.testing import Draft, Said

LINTER = Linter.from_layers([])
TITLE = "云溪县青禾镇人民政府2024年政府信息公开工作年度报告"
RULES = {"identity": "privacy/identity-number", "card": "privacy/bank-card", "mobile": "privacy/mobile-number"}

WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]


def identity(first: str) -> str:
    """A number of an identity card from its first seventeen digits (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first, strict=True))
    check = (12 - total % 11) % 11
    return first + ("X" if check == 10 else str(check))


def luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def card(first: str) -> str:
    """A number of a bank card from all its digits but the last."""
    return next(first + digit for digit in "0123456789" if luhn(first + digit))


# No region has such a number, no bank such an issuer.
IDENTITY = identity("41999919900307001")
OTHER_IDENTITY = identity("31999919900307001")
OLD = "419999600307001"
CARD = card("620098765432101234")
SHORT_CARD = card("620098765432101")
MOBILE, SECOND = "13900001234", "19987654321"
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def said(words: str, *rules: str, title: str = TITLE) -> list[tuple[str, str | None]]:
    """The numbers found in a text, by the pack's short names."""
    draft = Draft(f"{title}\n一、总体情况\n{words}\n", LINTER)
    names = {rule: name for name, rule in RULES.items()}
    return [(names[one.rule], draft.under(one.span)) for one in draft.lint(*(rules or RULES.values()))]


def test_the_numbers_of_the_tests_are_what_they_should_be() -> None:
    assert IDENTITY == "41999919900307001X"
    assert OTHER_IDENTITY[-1].isdigit()
    assert luhn(CARD)
    assert len(CARD) == 19
    assert luhn(SHORT_CARD)
    assert len(SHORT_CARD) == 16


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (f"申请人孙某，身份证号码：{IDENTITY}。", [("identity", IDENTITY)]),
        (f"孙某（{IDENTITY.lower()}）", [("identity", IDENTITY.lower())]),
        (f"{OTHER_IDENTITY}", [("identity", OTHER_IDENTITY)]),
        (f"身份证编号{IDENTITY}", [("identity", IDENTITY)]),
        (IDENTITY.translate(WIDE), [("identity", IDENTITY.translate(WIDE))]),
        ("419999 19900307 001X", [("identity", "419999 19900307 001X")]),
        ("419999-1990-0307-001X", [("identity", "419999-1990-0307-001X")]),
        ("419999　1990　0307　001X", [("identity", "419999　1990　0307　001X")]),
        (f"身份证号{identity('41999920230307001')}", [("identity", identity("41999920230307001"))]),
        (f"身份证（旧）{OLD}", [("identity", OLD)]),
        (f"| 姓名 | 证件 |\n| 孙某 | {IDENTITY} |", [("identity", IDENTITY)]),
        (f"孙某\t{IDENTITY}\t{MOBILE}", [("identity", IDENTITY), ("mobile", MOBILE)]),
        (f"{IDENTITY},{MOBILE},{CARD}", [("identity", IDENTITY), ("mobile", MOBILE), ("card", CARD)]),
        (f"{MOBILE} {IDENTITY} {SECOND}", [("mobile", MOBILE), ("identity", IDENTITY), ("mobile", SECOND)]),
        (f"（二）{IDENTITY}", [("identity", IDENTITY)]),
        (f"手机{MOBILE}", [("mobile", MOBILE)]),
        (f"{MOBILE}（孙某）", [("mobile", MOBILE)]),
        (f"Tel:{MOBILE}", [("mobile", MOBILE)]),
        (f"{MOBILE.translate(WIDE)}", [("mobile", MOBILE.translate(WIDE))]),
        ("电话139 0000 1234", [("mobile", "139 0000 1234")]),
        ("139-0000-1234", [("mobile", "139-0000-1234")]),
        (f"+86 {MOBILE}", [("mobile", MOBILE)]),
        (f"0086-{MOBILE}", [("mobile", MOBILE)]),
        ("＋86-139-0000-1234", [("mobile", "139-0000-1234")]),
        (f"{MOBILE}/{SECOND}", [("mobile", MOBILE), ("mobile", SECOND)]),
        (f"0999-6666001/{MOBILE}", [("mobile", MOBILE)]),
        (f"{MOBILE}、{SECOND}", [("mobile", MOBILE), ("mobile", SECOND)]),
        (f"{MOBILE}.", [("mobile", MOBILE)]),
        (f"文号12，电话{MOBILE}", [("mobile", MOBILE)]),
        (f"卡号{CARD}", [("card", CARD)]),
        (f"孙某 {CARD}", [("card", CARD)]),
        (f"{SHORT_CARD}", [("card", SHORT_CARD)]),
        ("6200 9876 5432 1012 347", [("card", "6200 9876 5432 1012 347")]),
        ("6200-9876-5432-1012-347", [("card", "6200-9876-5432-1012-347")]),
        (f"银行卡{card('4' * 7 + '12345678')}", [("card", card("4" * 7 + "12345678"))]),
        (f"开户行云溪农商行，账号{card('123456789012')}", [("card", card("123456789012"))]),
        (f"账号{CARD}户名孙某", [("card", CARD)]),
    ],
)
def test_numbers_that_are_found(words: str, found: list[tuple[str, str]]) -> None:
    assert said(words) == found


@pytest.mark.parametrize(
    "words",
    [
        # Not by the check digit, the date, the region.
        f"身份证号{IDENTITY[:-1]}1",
        f"身份证号{identity('41999919901307001')}",
        f"身份证号{identity('41999919900230001')}",
        f"身份证号{identity('99999919900307001')}",
        f"身份证号{identity('41999918900307001')}",
        # The number of a document with a recent date in it, of an organisation, of a permit.
        f"办件{identity('41999920240307001')}",
        f"办件编号{IDENTITY}",
        f"统一社会信用代码{identity('11999919900307001')}",
        OLD,
        "身份证419999601307001",
        # Parts of longer ones, of addresses, of decimals, of words.
        f"1{IDENTITY}",
        f"{MOBILE}9",
        f"9{MOBILE}",
        f"A{MOBILE}",
        f"{MOBILE}a",
        f"a_{MOBILE}",
        f"Ｂ{MOBILE}ｚ",
        f"{MOBILE}.5",
        f"0.{MOBILE}",
        f"{MOBILE}%",
        f"0999-{MOBILE}",
        f"{MOBILE}-2",
        f"1-{MOBILE}-2",
        f"http://www.example.cn/art/{MOBILE}.html",
        f"http://www.example.cn/art/{IDENTITY}",
        f"https://example.cn:80/20240101/{MOBILE}",
        f"[公告](/20240101/{MOBILE})",
        f"../20240101/{MOBILE}",
        f"https://example.cn/x?id={MOBILE}&page={CARD}",
        f"{MOBILE}@example.cn",
        f"附件{MOBILE}.pdf",
        # Counts, amounts, documents.
        f"访问量{MOBILE}次",
        f"罚没{MOBILE}元",
        f"点击{MOBILE}余人次",
        f"第{MOBILE}号",
        f"订单号{MOBILE}",
        f"索引号：{MOBILE}/2015-28256",
        f"索 引 号： 索引{identity('41999919900307001')}",
        f"备案号：{MOBILE}",
        "13,900,001,234",
        "139,0000,1234",
        # Landlines and hotlines.
        "咨询电话0999-66660012，12345热线，400-123-4567，010 6666 0012",
        "电话：09996666001",
        "10086、95588、12388、96333",
        "12900001234",
        # Rows of figures.
        "公告 139 0000 1234",
        "公告 139 0000 1234 0 0",
        "电话 5 139 0000 1234",
        "139 0000 1234 5",
        "6200 9876 5432 1012 347 5",
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
        "2019 2020 2021 2022 2023 2024",
        # By Luhn, and yet no card.
        card("202401011234567"),
        card("410102345678901"),
        f"编号{CARD}",
        card("620098202401011"),
        f"微博账号{SHORT_CARD}",
        f"微信公众号：{SHORT_CARD}",
        f"账号{card('202401011234567')}",
        "卡号0000000000000000",
        "卡号1111111111111111",
        f"卡号{CARD[:-1]}0",
        card("4" * 7 + "12345678"),
        f"政务服务网办件{card('62010220240101123')}",
    ],
)
def test_what_only_looks_like_a_number_of_a_person(words: str) -> None:
    assert said(words) == []


@pytest.mark.parametrize(
    ("words", "message", "severity"),
    [
        (f"身份证{IDENTITY}", "出现公民身份号码“419*************1X”", Severity.ERROR),
        (f"手机{MOBILE}", "出现手机号码“139******34”", Severity.WARNING),
        (f"咨询电话：{MOBILE}", "出现手机号码“139******34”，前后文像是办公联系电话", Severity.ADVICE),
        (f"监督举报电话{MOBILE}", "出现手机号码“139******34”，前后文像是办公联系电话", Severity.ADVICE),
        (f"申请人孙某，联系电话{MOBILE}", "出现手机号码“139******34”", Severity.WARNING),
        (f"咨询电话见网站。孙某{MOBILE}", "出现手机号码“139******34”", Severity.WARNING),
        (f"卡号{CARD}", "出现银行卡号“620**************47”", Severity.WARNING),
        (f"孙某{CARD}", "出现像银行卡号的数字“620**************47”", Severity.ADVICE),
        (f"缴款账号{CARD}", "出现银行卡号“620**************47”，前后文像是单位收款账号", Severity.ADVICE),
    ],
)
def test_severity_is_by_the_words_before(words: str, message: str, severity: Severity) -> None:
    result = Draft(f"{TITLE}\n一、总体情况\n{words}\n", LINTER).result
    [found] = [d for d in result.diagnostics if d.rule in RULES.values()]
    assert (found.message, found.severity) == (message, severity)


def test_a_cell_a_heading_and_the_title(compliant: Draft) -> None:
    cell = ("disclosure", "penalties", "decisions")
    draft = compliant.put(cell, MOBILE)
    assert draft.lint("privacy/mobile-number") == [
        Said("privacy/mobile-number", draft.at(cell), "出现手机号码“139******34”")
    ]
    draft = compliant.replace("六、其他需要报告的事项", f"六、其他需要报告的事项 {IDENTITY}")
    assert [one.span for one in draft.lint("privacy/identity-number")] == [draft.at(IDENTITY)]
    assert said("无", title=f"云溪县{MOBILE}水务局2024年政府信息公开工作年度报告") == [("mobile", MOBILE)]


def test_an_amount_of_money_is_no_mobile_number(compliant: Draft) -> None:
    assert compliant.put(("disclosure", "administrative_fees", "amount"), MOBILE).lint(*RULES.values()) == []


def test_a_row_that_names_fees_may_count_requests(compliant: Draft) -> None:
    draft = compliant.put(("requests", "fee_unpaid", "total"), MOBILE)
    cell = draft.at(("requests", "fee_unpaid", "total"))
    assert draft.lint("privacy/mobile-number") == [Said("privacy/mobile-number", cell, "出现手机号码“139******34”")]


def test_a_compliant_report_says_nothing(compliant: Draft, zero_report: Draft) -> None:
    assert compliant.lint(*RULES.values()) == []
    assert zero_report.lint(*RULES.values()) == []


def test_the_pack_is_on_by_default(compliant: Draft) -> None:
    assert set(RULES.values()) <= set(compliant.result.rules_run)
    assert all(LINTER.packs.rules[rule].conceals for rule in RULES.values())


CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=20)
digits = st.text(st.sampled_from("0123456789"), min_size=8, max_size=8)
identities = st.builds(
    lambda region, day, serial: identity(f"{region}{day:%Y%m%d}{serial:03}"),
    st.sampled_from(["119999", "419999", "659999", "829999"]),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2009, 12, 31)),
    st.integers(0, 999),
)
mobiles = st.builds("1{}{}".format, st.sampled_from("3456789"), st.builds("{}9".format, digits))


@settings(deadline=None, database=None, max_examples=200)
@given(CHINESE, identities, CHINESE, st.booleans())
def test_any_identity_number_is_found_and_not_shown(before: str, number: str, after: str, wide: bool) -> None:
    written = number.translate(WIDE) if wide else number
    # A word that counts, or names another number, would make it something else.
    draft = Draft(f"{TITLE}\n一、总体情况\n{before}身份证{written}，{after}\n", LINTER)
    assert [draft.under(one.span) for one in draft.lint("privacy/identity-number")] == [written]
    result = draft.result
    shown = [*text.full(result), *text.concise(result), rendered("json", [result])]
    shown.append(programs.extract(draft.report, result.concealed))
    assert not [line for line in shown if number in line or written in line]


@settings(deadline=None, database=None, max_examples=100)
@given(CHINESE, mobiles, CHINESE)
def test_any_mobile_number_is_found_and_not_shown(before: str, number: str, after: str) -> None:
    draft = Draft(f"{TITLE}\n一、总体情况\n{before}，手机{number}，{after}\n", LINTER)
    assert [draft.under(one.span) for one in draft.lint("privacy/mobile-number")] == [number]
    assert not [line for line in text.full(draft.result) if number in line]
