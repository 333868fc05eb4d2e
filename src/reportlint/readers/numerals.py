"""Numbers as automatic numbering writes them: 一 (1) ① a IV 壹 甲, and many more."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_UNITS = ("", "十", "百", "千")
_LEGAL_UNITS = ("", "拾", "佰", "仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 9_999
"""What is greater is written in digits: no list is so long."""


def chinese(number: int) -> str:
    """A number in words: 一, 十二, 一百零三; beyond 9999 in digits."""
    return _words(number, _DIGITS.replace("〇", "零"), _UNITS, bare_ten=True)


def numeral(number: int, form: str) -> str | None:
    """A number in a form of the file format (`w:numFmt`); None for one that is not known."""
    if form == "none":
        return ""
    write = _FORMS.get(form)
    return write(number) if write is not None else None


def _words(number: int, digits: str, units: tuple[str, ...], *, bare_ten: bool) -> str:
    if not 0 < number <= _MOST:
        return digits[0] if number == 0 else str(number)
    made, is_gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            made += (digits[0] if is_gap else "") + digits[digit] + units[place]
        is_gap = bool(made) and not digit
    return made[1:] if bare_ten and 10 <= number < 20 else made


def _counting(number: int) -> str:
    """In words below a hundred, digit by digit from there."""
    return chinese(number) if number < 100 else _each(number, "○" + _DIGITS[1:])


def _each(number: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    if not 0 < number <= _MOST:
        return str(number)
    made = ""
    for value, letters in _ROMAN:
        made += letters * (number // value)
        number %= value
    return made


def _letters(number: int) -> str:
    """a to z, then aa, bb and so on."""
    if not 0 < number <= 26 * 9:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _of(signs: str) -> Callable[[int], str]:
    """The signs in turn, from 1; digits for what is beyond them."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + number) for number in range(count))


_CIRCLED = _of(_run("①", 20) + _run("㉑", 15) + _run("㊱", 15))
_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda number: _each(number, "０１２３４５６７８９"),
    "decimalFullWidth2": lambda number: _each(number, "０１２３４５６７８９"),
    "chineseCounting": _counting,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda number: _each(number, _DIGITS),
    "japaneseDigitalTenThousand": lambda number: _each(number, _DIGITS),
    "taiwaneseDigital": lambda number: _each(number, "○" + _DIGITS[1:]),
    "chineseLegalSimplified": lambda number: _words(number, _LEGAL, _LEGAL_UNITS, bare_ten=False),
    "ideographLegalTraditional": lambda number: _words(number, _LEGAL_TRADITIONAL, _LEGAL_UNITS, bare_ten=False),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _of(_run("⑴", 20)),
    "decimalEnclosedFullstop": _of(_run("⒈", 20)),
    "ideographEnclosedCircle": _of(_run("㊀", 10)),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": lambda number: f"{number}.",
    "numberInDash": lambda number: f"- {number} -",
}
