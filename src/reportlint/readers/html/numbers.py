"""The numbers of lists: browsers show them, and they are not in the text."""

from __future__ import annotations

import re

from reportlint.readers.html.markup import Tag
from reportlint.readers.numerals import chinese

_STYLE = re.compile(r"(?<![\w-])list-style(?:-type)?\s*:\s*([^;]*)", re.IGNORECASE)
NONE = re.compile(r"(?<![\w-])list-style(?:-type)?\s*:\s*(?:[^;{}]*\s)?none(?![\w-])", re.IGNORECASE)
"""What a style sheet says that takes the numbers of lists away."""
_NUMBERED = re.compile(
    r"[\s\xa0\u3000]*[（(]?(?:[0-9０-９]+|[一二三四五六七八九十]+)[)）.．、:：]|[\s\xa0\u3000]*[①-⑳]"
).match
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_KINDS = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "lower-latin": "lower-alpha",
    "upper-latin": "upper-alpha",
    "simp-chinese-informal": "chinese",
    "simp-chinese-formal": "chinese",
    "trad-chinese-informal": "chinese",
    "cjk-ideographic": "chinese",
    "cjk-decimal": "chinese",
}
_UNNUMBERED = frozenset(["none", "disc", "circle", "square"])
_MOST = 9_999
"""No list is longer; what is beyond has no number."""


def has_number(text: str) -> bool:
    """Whether the text of an item begins with a number of its own."""
    return bool(_NUMBERED(text))


class Listing:
    """An ordered list: which number comes next."""

    def __init__(self, tag: Tag, *, styled: bool) -> None:
        """`styled`: a style sheet, which is not read, may say how the list looks."""
        attributes = tag.attributes
        kind = attributes.get("type", "")
        style = _kind(attributes.get("style", ""))
        self._kind = style or _KINDS.get(kind, "decimal")
        self._next = _int(attributes.get("start", ""), 1)
        self._step = -1 if "reversed" in attributes else 1
        says_so = style or kind in _KINDS or "start" in attributes
        self._is_shown = tag.name == "ol" and self._kind not in _UNNUMBERED and bool(says_so or not styled)
        # Where a reversed list begins is only known at its end.
        self._is_shown &= self._step == 1 or "start" in attributes

    def number(self, tag: Tag) -> str:
        """The number of the next item, with the sign behind it; empty where it has none."""
        value = tag.attributes.get("value", "")
        number = _int(value, self._next)
        self._next = number + self._step
        style = _kind(tag.attributes.get("style", ""))
        if style in _UNNUMBERED or not (self._is_shown or style) or not 0 < number <= _MOST:
            return ""
        return _written(number, style or self._kind)


def _kind(style: str) -> str:
    """The kind of numbers that an element's own style asks for; empty where it says nothing that is known."""
    match = _STYLE.search(style)
    for word in match[1].lower().split() if match else ():
        if word in _UNNUMBERED or word in _KINDS.values():
            return word
        if word in _KINDS:
            return _KINDS[word]
    return ""


def _int(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]{1,4}", text.strip(), re.ASCII) else default


def _written(number: int, kind: str) -> str:
    if kind == "chinese":
        return f"{chinese(number)}、"
    if kind.endswith("roman"):
        written = _roman(number) if number < 90 else str(number)
    elif kind.endswith("alpha"):
        written = _LETTERS[number - 1] if number <= len(_LETTERS) else str(number)
    else:
        written = str(number)
    return f"{written.upper() if kind.startswith('upper') else written}."


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written
