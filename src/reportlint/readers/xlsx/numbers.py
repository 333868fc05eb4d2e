"""Number formats: whether a number in a cell is a figure, a share or a date, and how it is shown."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

# Those that programs know by number alone, as far as they are no plain figures.
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((18, 20), "h:mm"),
    **dict.fromkeys((19, 21), "h:mm:ss"),
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((37, 38), "#,##0"),
    **dict.fromkeys((39, 40), "#,##0.00"),
    **dict.fromkeys((45, 47), "mm:ss"),
    46: "[h]:mm:ss",
}
_DAYS = frozenset((*range(14, 18), *range(27, 37), *range(50, 59)))
_QUOTED = re.compile(r'"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|[_*].', re.IGNORECASE)
_ESCAPED = re.compile(r"[\\!](.)")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_DAY = re.compile(r"[ymdhse]", re.IGNORECASE)
_HOURS = re.compile(r"[hs]", re.IGNORECASE)
_PLACES = re.compile(r"\.([0#?]*)")
_MOST_DIGITS = 15
"""So many digits of a number count, as in the programs that make workbooks."""


class Shown(NamedTuple):
    """A number as text, and why that may not be what a reader of the workbook sees."""

    text: str
    doubt: str = ""


class Format(NamedTuple):
    """What a number format makes of a number."""

    kind: str
    """`figure`, `share`, `day` or `time`."""
    places: int | None = None
    """Places behind the point; None where the format leaves them open."""
    scaled: bool = False
    """Whether the number is shown as a part of itself: in thousands, or with a point moved."""


FIGURE = Format("figure")


def known(number: int, code: str | None) -> Format:
    """The format of a number and, for those of the workbook's own, a code."""
    if code is None:
        if number in _DAYS:
            return Format("day")
        if number in _BUILT_IN:
            return parsed(_BUILT_IN[number])
        return FIGURE
    return parsed(code)


@lru_cache(maxsize=512)
def parsed(code: str) -> Format:
    """What a format code means for numbers that are not negative."""
    if len(code) > 1_000:
        return FIGURE
    bare = _QUOTED.sub("", code.partition(";")[0])
    escaped = _ESCAPED.findall(bare)
    bare = _ESCAPED.sub("", bare)
    if "general" in bare.lower() or "通用格式" in bare:
        return FIGURE
    if "%" in bare:
        return Format("share", _places(bare))
    if _DAY.search(bare) and not re.search("[0#?]", bare.partition(".")[0]):
        return Format("time" if _HOURS.search(bare) and not re.search("[yd]", bare, re.IGNORECASE) else "day")
    if "E+" in bare or "E-" in bare or "/" in bare or not re.search("[0#?]", bare):
        return FIGURE
    return Format("figure", _places(bare), scaled="." in escaped or _SCALED.search(bare) is not None)


def _places(code: str) -> int:
    match = _PLACES.search(code)
    return len(match[1]) if match else 0


def shown(stored: str, style: Format, *, since_1904: bool = False) -> Shown:
    """A stored number as text: a figure as it is stored, a share or a day as it is shown."""
    if style is FIGURE and stored.isascii() and stored.isdigit() and len(stored) <= _MOST_DIGITS:
        return Shown(stored.lstrip("0") or "0")
    try:
        value = Decimal(stored.strip())
    except InvalidOperation:
        return Shown(stored)
    if not value.is_finite() or abs(value.adjusted()) > 300:
        return Shown(stored)
    if style.kind == "share":
        return Shown(f"{plain(rounded(value * 100, style.places or 0), style.places or 0)}%")
    if style.kind in ("day", "time"):
        return Shown(_moment(float(value), style.kind, since_1904))
    figure = _significant(value)
    text = plain(figure)
    if style.scaled:
        return Shown(text, f"单元格存的是 {text}，显示时按格式缩小了")
    if style.places is not None and rounded(figure, style.places) != figure:
        return Shown(text, f"单元格存的是 {text}，显示的是 {plain(rounded(figure, style.places), style.places)}")
    return Shown(text)


def plain(value: Decimal, places: int = 0) -> str:
    """A number in digits, without an exponent and without zeros at the end beyond so many places."""
    text = f"{value:f}"
    if "." in text:
        whole, _, behind = text.partition(".")
        behind = behind.rstrip("0").ljust(places, "0") if len(behind) > places else behind
        text = f"{whole}.{behind}" if behind else whole
    return "0" if text in ("-0", "") else text


def rounded(value: Decimal, places: int) -> Decimal:
    """A number to so many places, halves away from zero, as it is shown."""
    if value.adjusted() + places > 25:
        return value
    return value.quantize(Decimal(1).scaleb(-min(places, 20)), rounding="ROUND_HALF_UP")


def _significant(value: Decimal) -> Decimal:
    """A number without the digits that only come of its being stored in binary."""
    digits = len(value.as_tuple().digits)
    if digits <= _MOST_DIGITS:
        return value
    return value.quantize(Decimal(1).scaleb(value.adjusted() - _MOST_DIGITS + 1)) if value else Decimal(0)


def _moment(serial: float, kind: str, since_1904: bool) -> str:
    """A day, or a time of day, in words."""
    if kind == "time":
        seconds = round(serial * 86_400)
        return f"{seconds // 3600}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    if not 0 <= serial < 2_958_466:
        return plain(Decimal(repr(serial)))
    # Programs count a 29 February 1900, which was none.
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
    day = first + timedelta(days=serial)
    return f"{day.year}年{day.month}月{day.day}日"
