"""Automatic numbering: what Word prints before a paragraph and the paragraph does not hold."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reportlint.readers.docx.names import LEVEL, PARAGRAPH_STYLE, VAL, w
from reportlint.readers.docx.styles import Numbering, Styles, is_on, number
from reportlint.readers.numerals import numeral

_LEVELS = 9
_LONGEST = 60
"""Characters of a printed number: no real one comes near, and a file may ask for as many as it likes."""
_GREATEST = 32_767
_PLACE = re.compile(r"%([1-9])")


class _Level(NamedTuple):
    start: int
    form: str
    words: str
    restart: int | None
    """The level (from 1) behind which it begins anew; 0 for never; None for any before it."""
    is_legal: bool
    style: str


class _List(NamedTuple):
    outline: str
    """The definition that counts for it: lists of one definition go on counting."""
    levels: dict[int, _Level]
    starts: dict[int, int]
    """By level: with what it begins at its first use."""


class Printed(NamedTuple):
    """A number as it is printed."""

    text: str
    doubt: str = ""


class Numberer:
    """Counts the paragraphs of a document, in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = {} if root is None else _lists(root, styles)
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()

    def __bool__(self) -> bool:
        return bool(self._lists)

    def printed(self, own: Numbering | None, style: str) -> Printed | None:
        """What is printed before a paragraph; it counts from then on. None where it has no number."""
        found = self._list_of(own, style or self._styles.default)
        if found is None:
            return None
        name, level = found
        used = self._lists[name]
        shape = used.levels.get(level)
        if shape is None:
            return None
        counts = self._counts.setdefault(used.outline, [None] * _LEVELS)
        if level in used.starts and (name, level) not in self._begun:
            counts[level] = used.starts[level]
        else:
            counts[level] = _next(counts[level], shape)
        self._begun.add((name, level))
        for deeper in range(level + 1, _LEVELS):
            restart = used.levels[deeper].restart if deeper in used.levels else None
            if restart is None or level < restart:
                counts[deeper] = None
        return _print(used, shape, counts)

    def _list_of(self, own: Numbering | None, style: str) -> tuple[int, int] | None:
        """The list of a paragraph and its level."""
        of_style = self._styles.numbering(style)
        given = own.list if own is not None else None
        level = own.level if own is not None else None
        if given is None and of_style is not None:
            given = of_style[0].list
            if level is None:
                level = self._linked(given, of_style[1], of_style[0].level)
        if given is None or given not in self._lists:
            return None
        return given, min(max(level or 0, 0), _LEVELS - 1)

    def _linked(self, given: int | None, style: str, level: int | None) -> int | None:
        """The level of a list that is for a style; else the one that the style names."""
        levels = self._lists[given].levels if given in self._lists else {}
        return next((number for number, each in levels.items() if each.style == style), level)


def _next(count: int | None, shape: _Level) -> int:
    return shape.start if count is None else min(count + 1, _GREATEST)


def _print(used: _List, shape: _Level, counts: list[int | None]) -> Printed | None:
    doubt = ""

    def written(match: re.Match[str]) -> str:
        nonlocal doubt
        level = int(match[1]) - 1
        other = used.levels.get(level)
        if other is None:
            return ""
        count = counts[level]
        value = other.start if count is None else count
        text = numeral(value, "decimal" if shape.is_legal and other.form != "none" else other.form)
        if text is None:
            doubt = "自动编号的样式不认识，按阿拉伯数字读"
            return str(value)
        return text

    if shape.form == "bullet":
        return None
    text = _PLACE.sub(written, shape.words[:_LONGEST])[:_LONGEST].strip()
    if not text:
        return None
    # What follows is a tab or a space on the page; a stop or a bracket needs none to be told from the text.
    return Printed(text + " " if text[-1].isascii() and text[-1].isalnum() else text, doubt)


def _lists(root: Element, styles: Styles) -> dict[int, _List]:
    outlines = {each.get(w("abstractNumId"), ""): each for each in root.iterfind(w("abstractNum"))}
    nums = {_number(each.get(w("numId"))): each for each in root.iterfind(w("num"))}
    lists = {}
    shapes: dict[str, dict[int, _Level]] = {}
    for name, num in nums.items():
        outline = _outline(_reference(num), outlines, nums, styles)
        if name <= 0 or outline not in outlines:
            continue
        if outline not in shapes:
            found = {_number(each.get(LEVEL)): _level(each) for each in outlines[outline].iterfind(w("lvl"))}
            shapes[outline] = {level: each for level, each in found.items() if 0 <= level < _LEVELS}
        levels = dict(shapes[outline])
        starts = {}
        for override in num.iterfind(w("lvlOverride")):
            level = _number(override.get(LEVEL))
            if not 0 <= level < _LEVELS:
                continue
            own, start = override.find(w("lvl")), override.find(w("startOverride"))
            if own is not None:
                levels[level] = _level(own)
                starts[level] = levels[level].start
            if start is not None:
                starts[level] = _count(start)
        lists[name] = _List(outline, levels, starts)
    return lists


def _outline(name: str, outlines: dict[str, Element], nums: dict[int, Element], styles: Styles) -> str:
    """The definition that a definition stands for: some only name a style that names a list."""
    seen = set()
    while name in outlines and name not in seen:
        seen.add(name)
        link = outlines[name].find(w("numStyleLink"))
        found = None if link is None else styles.numbering(link.get(VAL, ""))
        if found is None or found[0].list not in nums:
            break
        name = _reference(nums[found[0].list])
    return name


def _reference(num: Element) -> str:
    found = num.find(w("abstractNumId"))
    return "" if found is None else found.get(VAL, "")


def _level(element: Element) -> _Level:
    start, form, words = (element.find(w(name)) for name in ("start", "numFmt", "lvlText"))
    restart, style = element.find(w("lvlRestart")), element.find(PARAGRAPH_STYLE)
    return _Level(
        _count(start) if start is not None else 0,
        form.get(w("format"), form.get(VAL, "decimal")) if form is not None else "decimal",
        words.get(VAL, "") if words is not None else "",
        number(restart) if restart is not None else None,
        bool(is_on(element.find(w("isLgl")))),
        style.get(VAL, "") if style is not None else "",
    )


def _count(element: Element) -> int:
    return min(max(number(element), 0), _GREATEST)


def _number(text: str | None) -> int:
    try:
        return int(text or "")
    except ValueError:
        return -1
