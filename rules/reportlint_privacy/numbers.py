"""Numbers of persons in a text: identity cards, bank cards, mobile telephones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

from reportlint import Report, Span, fact, lazy_pattern
from reportlint.model import CellKind


class Kind(Enum):
    IDENTITY = "identity"
    BANK_CARD = "bank-card"
    MOBILE = "mobile"


class Number(NamedTuple):
    """A number that was found.

    `official`: the words before it are those of an office's own number. `named`: words say what it is, or it can be
    nothing else.
    """

    kind: Kind
    span: Span
    official: bool = False
    named: bool = True


# All that the rules cost a report in which there is no such number: eleven digits, at most a separator between two.
# The first digit stands alone: what a pattern begins with is searched for fast where it is one set, not repeated.
_WIDE = "０１２３４５６７８９"
_ANY = lazy_pattern("[0-9][0-9]{2}(?:[ \u3000\xa0\\-‐‑–－]?[0-9]){8}")
_ANY_WIDE = lazy_pattern(f"[0-9{_WIDE}][0-9{_WIDE}]{{2}}(?:[ \u3000\xa0\\-‐‑–－]?[0-9{_WIDE}]){{8}}")
_NARROW = {wide: wide - 0xFEE0 for wide in map(ord, "＋－．／：０１２３４５６７８９")}
_NARROW |= {wide + case: narrow + case for wide, narrow in ((0xFF21, 0x41), (0xFF41, 0x61)) for case in range(26)}
_NARROW |= dict.fromkeys(map(ord, "\u3000\xa0"), ord(" ")) | dict.fromkeys(map(ord, "‐‑–"), ord("-"))
# Not within a longer number or word, an address, a decimal, a range; of numbers with a slash between them, each.
_LEFT = r"(?:(?<![0-9A-Za-z_.?&=%#@~*\\/+])|(?<=[0-9]{7}/))(?<![0-9A-Za-z]-)"
_RIGHT = r"(?![0-9A-Za-z_%@=&#?+*\\]|[.~-][0-9A-Za-z]|/(?![0-9]{7})[0-9A-Za-z])"
_NUMBER = lazy_pattern(
    _LEFT
    + r"""(?:
      (?:(?:\+|00)?86[ -]?)?(?P<mobile>1[3-9][0-9](?:[0-9]{8}|(?P<m>[ -])[0-9]{4}(?P=m)[0-9]{4}))
    | (?:[0-9]{17}[0-9Xx]
        | [0-9]{6}(?P<i>[ -])(?:[0-9]{8}|[0-9]{4}(?P=i)[0-9]{4})(?P=i)[0-9]{3}[0-9Xx])
    | (?:[0-9]{13,19}
        | [0-9]{4}(?P<b>[ -])[0-9]{4}(?P=b)[0-9]{4}(?P=b)[0-9]{1,4}(?:(?P=b)[0-9]{1,3})?)
    )"""
    + _RIGHT,
    re.VERBOSE,
)
_BEFORE = 32
"""Characters before a number, on its line, in which the words stand that say what it is."""
_LINE = lazy_pattern(r"[\n\r。；;！？]")
_IDENTITY_WORDS = lazy_pattern("身份证|身份号|公民身份|证件号")
_CARD_WORDS = lazy_pattern("银行卡|卡号|账号|帐号|账户|帐户|开户|借记卡|储蓄卡|信用卡|存折")
_MEDIA = lazy_pattern("(?:微博|微信|抖音|快手|公众|头条|视频|邮箱|QQ)[^，、（(]{0,8}$")
_CARD_OFFICIAL = lazy_pattern("财政|国库|非税|收款|缴款|缴费|对公|代收|专户")
_PHONE_WORDS = lazy_pattern("电话|手机|联系|号码|[Tt][Ee][Ll]|传真")
_PHONE_OFFICIAL = lazy_pattern("办公|咨询|监督|举报|投诉|热线|值班|受理|服务电话|传真|客服|联系电话|联系方式")
_PERSON = lazy_pattern("申请人|当事人|身份证|姓名|村民|居民|户主|先生|女士|某|本人|家属")
# What a number with such words before it is: that of a document, an order, an organisation.
_OTHER = lazy_pattern(
    "编号|文号|案号|索引|单号|流水|订单|序列|条码|编码|代码|批号|证书|许可证|备案|注册号|登记号|税号|统一社会|ISBN|ISSN|QQ"
)
_UNIT = lazy_pattern(" ?(?:余|多|万|亿|元|件|条|次|个(?!人)|户(?!名)|篇|页|份|吨|亩|米|平方|公里|号令|号文)")
_MONEY_COLUMN = lazy_pattern("[额费]")
_MONEY_ROW = "额"
"""A row that names fees may well be of matters or requests that are counted."""
_LINK = lazy_pattern(r"://|www\.|\.[A-Za-z]+/|^\.{0,2}/")
_NOT_OF_LINKS = lazy_pattern(r"[^!-~]|[<>\"'()\[\]]")
_LONGEST_LINK = 200
_REGION = lazy_pattern("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_DATE_WITHIN = lazy_pattern("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ADULT = 14
"""Eighteen digits with the date of a more recent year are the number of a document, unless words say otherwise."""
_USUAL_YEAR = 2024


@fact
def numbers(report: Report) -> tuple[Number, ...]:
    """The numbers of persons in a report, in the order of the text."""
    text = report.source.text
    pattern = _ANY_WIDE if any(digit in text for digit in _WIDE) else _ANY
    if pattern.search(text) is None:
        return ()
    return tuple(_find(report, text.translate(_NARROW)))


def _find(report: Report, text: str) -> Iterator[Number]:
    amounts: frozenset[int] | None = None
    place = 0
    while match := _NUMBER.search(text, place):
        place = match.start() + 1
        start, end = match.span("mobile") if match["mobile"] else match.span()
        written = text[start:end]
        if not _stands_apart(text, match.start(), end, written):
            continue
        before = _LINE.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1]
        span = Span(start, end)
        if match["mobile"]:
            number = _mobile(written, span, before)
        else:
            number = _card(written, span, before, report.year or _USUAL_YEAR)
        if number is None:
            continue
        if amounts is None:
            amounts = _amounts(report)
        if start not in amounts:
            yield number
        place = end


def _stands_apart(text: str, start: int, end: int, written: str) -> bool:
    """Whether a number is whole and by itself: no row of figures, no count, no part of a link."""
    if " " in written:
        next_to = text[max(0, start - 2) : start], text[end : end + 2][::-1]
        if any(len(two) == 2 and two[1] == " " and two[0].isdigit() for two in next_to):
            return False
    if text[start - 1 : start] == "第" or _UNIT.match(text, end):
        return False
    return not _LINK.search(_NOT_OF_LINKS.split(text[max(0, start - _LONGEST_LINK) : start])[-1])


def _mobile(written: str, span: Span, before: str) -> Number | None:
    word = _last(_PHONE_WORDS, before)
    if _last(_OTHER, before) > word or (" " in written and word < 0):
        return None
    official = bool(_PHONE_OFFICIAL.search(before)) and not _PERSON.search(before)
    return Number(Kind.MOBILE, span, official)


def _card(written: str, span: Span, before: str, year: int) -> Number | None:
    """Whether a longer number is that of an identity card or of a bank card."""
    digits = written.replace(" ", "").replace("-", "").upper()
    named = bool(_IDENTITY_WORDS.search(before))
    if len(digits) == 18 and _is_identity(digits, year if named else year - _ADULT):
        if named or not _OTHER.search(before):
            return Number(Kind.IDENTITY, span)
    elif len(written) == 15 and named and _REGION.match(digits) and _date("19" + digits[6:12], year):
        return Number(Kind.IDENTITY, span)
    if not digits.isdigit() or digits[0] == "0" or len(set(digits)) == 1 or not _luhn(digits):
        return None
    word = _last(_CARD_WORDS, before)
    if _last(_OTHER, before) > word or _MEDIA.search(before):
        return None
    issued = digits.startswith("62")
    if _DATE_WITHIN.search(digits) and not (word >= 0 and issued):
        return None
    if word < 0 and not (issued and len(digits) in (16, 19)):
        return None
    return Number(Kind.BANK_CARD, span, bool(_CARD_OFFICIAL.search(before)), word >= 0)


def _is_identity(digits: str, last_year: int) -> bool:
    """Whether eighteen characters are a number by GB 11643: region, date of birth, check digit."""
    if not _REGION.match(digits) or not _date(digits[6:14], last_year):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True))
    return _CHECKS[total % 11] == digits[17]


def _date(digits: str, last_year: int) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= last_year
    except ValueError:
        return False


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) << (place & 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _last(words: re.Pattern[str], text: str) -> int:
    """Where the last of some words begins in a text; -1 where there is none."""
    place = -1
    for match in words.finditer(text):
        place = match.start()
    return place


def _amounts(report: Report) -> frozenset[int]:
    """Where the cells begin that hold an amount of money."""
    label = report.form.label
    return frozenset(
        cell.span.start
        for table in (*report.tables.values(), *report.extra_tables)
        for (row, column), cell in table.cells.items()
        if cell.kind is CellKind.FIGURE and (_MONEY_ROW in label(row) or _MONEY_COLUMN.search(label(column)))
    )
