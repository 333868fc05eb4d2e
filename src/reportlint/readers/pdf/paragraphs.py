"""Lines to paragraphs, by where they begin and end. What is not clear stays apart."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from reportlint.readers.pdf.lines import Line, is_chinese

_OPENING = frozenset("（《“‘【〔〈「『([{")
_CLOSING = frozenset("，。、；：？！）》”’】〕〉」』…,.;:?!)]}%％")
_HEADED = re.compile(r"(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、|\d+[.、．](?!\d)|[①-⑳])").match
_ENDED = tuple("。！？；：.!?;:")
_LEAST_WIDTH = 0.45
"""Of the page: a line of text is at least so wide, or it is not full."""
_MOST_PITCH = 1.45
_SAME_SIZE = 0.12
_LARGER = 1.15


class Measure(NamedTuple):
    """How text is set: between which margins, at which distance and in which size."""

    left: float
    right: float
    pitch: float
    size: float


def measure(lines: Sequence[Line], width: float) -> Measure:
    """How the running text among the lines is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    body = [line for line in lines if abs(line.size - size) <= _SAME_SIZE * size] or list(lines)
    need = max(2, len(body) // 20)
    left = _shared(sorted(line.left for line in body), 0.5 * size, need)
    right = -_shared(sorted(-line.right for line in body), size, need)
    pitches = [
        after.middle - before.middle
        for before, after in itertools.pairwise(body)
        if before.page == after.page and 0.5 * size < after.middle - before.middle < 3 * size
    ]
    return Measure(left, max(right, left + _LEAST_WIDTH * width), median(pitches) if pitches else 1.5 * size, size)


def _shared(places: Sequence[float], near: float, need: int) -> float:
    """The first of the places that several lines share."""
    for place, other in zip(places, places[need - 1 :], strict=False):
        if other - place <= near:
            return place
    return places[0] if places else 0.0


def paragraphs(lines: Iterable[Line], measures: dict[int, Measure]) -> list[list[Line]]:
    """Lines that follow each other by the paragraphs that they make, also from page to page."""
    found: list[list[Line]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, measures):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _goes_on(paragraph: Sequence[Line], line: Line, measures: dict[int, Measure]) -> bool:
    last = paragraph[-1]
    if last.stands_alone or line.stands_alone:
        return False
    there, here = measures[last.page], measures[line.page]
    size = line.size
    if abs(last.size - size) > _SAME_SIZE * max(last.size, size) or last.page > line.page:
        return False
    if last.page == line.page and not 0 < line.middle - last.middle <= _MOST_PITCH * max(there.pitch, 1.3 * size):
        return False
    if there.right - last.right > _first_word(line) + 0.6 * size:
        return False
    if _HEADED(line.text) and last.text.endswith(_ENDED):
        return False
    if abs(line.left - here.left) <= 0.6 * size:
        return True
    # Set in from the margin as a whole, or hanging behind a number.
    start = paragraph[0].left - there.left
    inset = line.left - here.left
    if len(paragraph) > 1 and abs(inset - (last.left - there.left)) <= 0.6 * size and abs(inset - start) > 0.6 * size:
        return True
    if len(paragraph) == 1 and _HEADED(last.text) and 0.6 * size < inset - start < 3.5 * size:
        return True
    return size >= _LARGER * here.size and _is_centred(last, there) and _is_centred(line, here)


def _is_centred(line: Line, measure: Measure) -> bool:
    return abs((line.left - measure.left) - (measure.right - line.right)) <= 2 * line.size


def _first_word(line: Line) -> float:
    """How wide that is which cannot be parted from the beginning of a line."""
    text = line.text
    end = 0
    while end < len(text) - 1 and text[end] in _OPENING:
        end += 1
    if not is_chinese(text[end]):
        while end + 1 < len(text) and not is_chinese(text[end + 1]) and text[end + 1] != " ":
            end += 1
    while end + 1 < len(text) and text[end + 1] in _CLOSING:
        end += 1
    return line.boxes[end][2] - line.left
