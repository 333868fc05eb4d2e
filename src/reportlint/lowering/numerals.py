"""Numbers as prose writes them, in digits or Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_SHORT = {"廿": "二十", "卅": "三十"}
PERCENT_OF = "百分之"
_MYRIAD = "万"


def number(text: str) -> int | Decimal:
    """The value of a number: digits with or without thousands separators, or Chinese numerals below 10⁸."""
    if text.startswith(PERCENT_OF):
        whole, _, decimals = text.removeprefix(PERCENT_OF).partition("点")
        digits = "".join(str(_DIGITS.get(numeral, 0)) for numeral in decimals)
        return Decimal(f"{_below_myriad(whole)}.{digits}") if digits else _below_myriad(whole)
    if text[0].isdigit() and text.isascii():
        digits = text.replace(",", "")
        return Decimal(digits) if "." in digits else int(digits)
    for short, full in _SHORT.items():
        text = text.replace(short, full)
    head, myriad, tail = text.rpartition(_MYRIAD)
    return (_below_myriad(head) * 10_000 if myriad else 0) + _below_myriad(tail)


def _below_myriad(text: str) -> int:
    """Numerals with 十, 百 and 千, or read digit by digit without them."""
    if text and not any(unit in text for unit in _UNITS):
        return int("".join(str(_DIGITS[numeral]) for numeral in text))
    total, digit = 0, 0
    for numeral in text:
        if numeral in _UNITS:
            total += (digit or 1) * _UNITS[numeral]
            digit = 0
        else:
            digit = _DIGITS[numeral]
    return total + digit
