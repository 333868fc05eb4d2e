"""Numbers of headings and lists: where they leave their order, and where one may be that is missed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportlint.grammar.numbering import numeral, signs_of


class Fault(NamedTuple):
    """A number that is not the next one: its place, what would have been, and whether it only stands for that one.

    `misnumbered` says that the numbers behind it go on as if it had been the expected one.
    """

    place: int
    expected: int
    misnumbered: bool = False


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
    brackets = tuple(f"{left}{n}{right}" for n in (words, number) for left in "（(" for right in "）)")
    stops = tuple(f"{n}{stop}" for n in (words, number) for stop in "、.．")
    return (*signs_of(number), *brackets, *stops, f"{words}是", f"{words}要", f"第{words}", f"其{words}")


def mentions(text: str, number: int) -> bool:
    """Whether an item of that number may begin anywhere in a text."""
    bare = "".join(text.split())
    return any(form in bare for form in forms_of(number))
