"""Numbers of headings and lists: how they are written, and where they leave their order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

NUMERALS = "一二三四五六七八九十"
_ONES = NUMERALS[:9]
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_IN_BRACKETS = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
SIGNS = _CIRCLED + _IN_BRACKETS


class Fault(NamedTuple):
    """A number that is not the next one: its place, what would have been, and whether it only stands for that one.

    `misnumbered` says that the numbers behind it go on as if it had been the expected one.
    """

    place: int
    expected: int
    misnumbered: bool = False


@lru_cache(maxsize=1_024)
def value_of(text: str) -> int | None:
    """The number that a Chinese numeral below 100, digits or a circled number stand for; None for anything else."""
    if text.isdecimal():
        return int(text)
    for signs in (_CIRCLED, _IN_BRACKETS):
        if len(text) == 1 and text in signs:
            return signs.index(text) + 1
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or not (ten or ones) or not set(tens + ones) <= set(_ONES):
        return None
    count = (_ONES.index(tens) + 1 if tens else 1) if ten else 0
    return 10 * count + (_ONES.index(ones) + 1 if ones else 0)


def numeral(number: int) -> str:
    """A number in Chinese; in digits from 100 on."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else NUMERALS[tens - 1]) + "十" if tens else ""
    return head + (NUMERALS[ones - 1] if ones else "")


def circled(number: int) -> str:
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else str(number)


def faults(numbers: Sequence[int]) -> list[Fault]:
    """The places at which numbers are not one more than the one before, the first of them not 1."""
    found: list[Fault] = []
    last, index = 0, 0
    while index < len(numbers):
        number, expected = numbers[index], last + 1
        following = numbers[index + 1] if index + 1 < len(numbers) else 0
        last = number
        if number == expected:
            pass
        elif number == expected + 1 and following == expected:
            # Two that changed places are one fault.
            found.append(Fault(index, expected))
            index += 1
        elif following == expected + 1:
            found.append(Fault(index, expected, misnumbered=True))
            last = expected
        else:
            found.append(Fault(index, expected))
        index += 1
    return found


def forms_of(number: int) -> tuple[str, ...]:
    """The ways in which an item of that number may begin, without white space."""
    words = numeral(number)
    signs = tuple(sign[number - 1] for sign in (_CIRCLED, _IN_BRACKETS) if number <= len(sign))
    brackets = tuple(f"{left}{n}{right}" for n in (words, number) for left in "（(" for right in "）)")
    stops = tuple(f"{n}{stop}" for n in (words, number) for stop in "、.．")
    return (*signs, *brackets, *stops, f"{words}是", f"{words}要", f"第{words}", f"其{words}")


def mentions(text: str, number: int) -> bool:
    """Whether an item of that number may begin anywhere in a text."""
    bare = "".join(text.split())
    return any(form in bare for form in forms_of(number))
