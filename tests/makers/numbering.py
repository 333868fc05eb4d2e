"""Automatic numbering: which list and level prints which ordinal, and the part of a Word file that says so."""

from __future__ import annotations

import re
from typing import NamedTuple

_DIGITS = "〇一二三四五六七八九"
_KINDS = (
    re.compile(r"([一二三四五六七八九十]+)、"),
    re.compile(r"（([一二三四五六七八九十]+)）"),
    re.compile(r"([0-9]+)\."),
)
"""The levels of a list, from the outside in."""
_LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Number(NamedTuple):
    """A list, and the level in it."""

    list: int
    level: int


class Numbering:
    """Lists whose numbers go on or begin anew, so that every ordinal comes out as it was written."""

    def __init__(self) -> None:
        self._counts: list[int] = []
        self._starts: list[dict[int, int]] = []

    def of(self, ordinal: str) -> Number:
        """Where the next paragraph belongs that has this ordinal."""
        level, wanted = _value(ordinal)
        if not self._counts or self._next(level) != wanted:
            self._starts.append({level: wanted} if self._starts or wanted != 1 else {})
            self._counts = [0, 0, 0]
            self._counts[level] = wanted - 1
        self._counts[level] += 1
        self._counts[level + 1 :] = [0] * (len(self._counts) - level - 1)
        return Number(len(self._starts), level)

    def part(self) -> str:
        """`numbering.xml`."""
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for level, (kind, text) in enumerate(_LEVELS)
        )
        lists = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="7"/>'
            + "".join(
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
                for level, start in starts.items()
            )
            + "</w:num>"
            for number, starts in enumerate(self._starts, 1)
        )
        abstract = f'<w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        return f'<?xml version="1.0" encoding="UTF-8"?><w:numbering {NAMESPACE}>{abstract}{lists}</w:numbering>'

    def _next(self, level: int) -> int:
        return self._counts[level] + 1


def _value(ordinal: str) -> tuple[int, int]:
    for level, kind in enumerate(_KINDS):
        if match := kind.fullmatch(ordinal):
            return level, int(match[1]) if match[1].isdigit() else _chinese(match[1])
    raise ValueError(ordinal)


def _chinese(numeral: str) -> int:
    tens, mark, ones = numeral.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1 if mark else 0) * 10 + (_DIGITS.index(ones) if ones else 0)
