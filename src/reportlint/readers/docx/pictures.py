"""What is drawn in a run: text boxes, which are read, and pictures, which may stand where text belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reportlint.readers.docx import names

_CM = 360_000
"""English metric units, in which drawings are measured."""
_UNITS = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "pc": 2.54 / 6, "px": 2.54 / 96, "": 2.54 / 72}
_LENGTH = re.compile(r"(?<![\w-])(width|height)\s*:\s*([\d.]{1,12})\s*([a-z]{0,2})")
_BEHIND = re.compile(r"(?<![\w-])z-index\s*:\s*-").search
_STYLE = 1_000
"""Characters of a style that are looked at."""
_DRAWN = ("/chart", "/diagram", "/chartex")
_SMALL = 6.0
"""A seal is 4.2 cm wide, a logo seldom more."""
_WIDE, _TALL = 10.0, 4.0
_BANNER = 3.5


class Drawn(NamedTuple):
    boxes: tuple[Element, ...]
    """The text boxes, in order."""
    kind: str = ""
    """`picture`, `object` or empty."""
    width: float = 0.0
    height: float = 0.0
    """In centimetres; 0 where it is not said."""

    def stands_for_text(self, *, has_text: bool, is_first: bool) -> bool:
        """Whether text or a table may be in it: one that floats in a paragraph of text, or stands alone."""
        if self.kind != "picture":
            return self.kind == "object"
        if not self.width or not self.height:
            return not has_text
        if is_first and self.height < _BANNER:
            return False
        is_large = self.width >= _WIDE and self.height >= _TALL
        return is_large or (not has_text and max(self.width, self.height) > _SMALL)


def drawn(root: Element) -> Drawn:
    """What is in a `w:drawing`, a `w:pict` or a `w:object`."""
    boxes: list[Element] = []
    kind, width, height = "", 0.0, 0.0
    is_behind = False
    for element in _elements(root):
        tag = element.tag
        if tag == names.TEXT_BOX:
            boxes.append(element)
        elif tag == names.EXTENT:
            width, height = _emu(element.get("cx")), _emu(element.get("cy"))
        elif tag == names.ANCHOR:
            is_behind = element.get("behindDoc") in ("1", "true")
        elif tag == names.SHAPE and not width:
            is_behind = bool(_BEHIND(element.get("style", "")[:_STYLE]))
            lengths = {name: float(value) * _UNITS.get(unit, 0) for name, value, unit in _lengths(element)}
            width, height = lengths.get("width", 0.0), lengths.get("height", 0.0)
        elif tag == names.OLE_OBJECT:
            kind = "" if element.get("ProgID", "").startswith("Equation") else "object"
        elif tag in (names.BLIP, names.IMAGE_DATA, names.TEXT_PATH) or _is_drawn(element):
            kind = kind or ("" if root.tag == names.OBJECT else "picture")
    return Drawn(tuple(boxes), "" if is_behind else kind, width, height)


def _elements(root: Element) -> Iterator[Element]:
    """Everything below, but what is in text boxes; of alternatives the first."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        if element.tag == names.ALTERNATE:
            element = chosen(element)
        elif element.tag == names.TEXT_BOX:
            continue
        waiting.extend(reversed(element))


def chosen(alternate: Element) -> Element:
    """Of alternatives the first that has anything in it."""
    return next((each for each in alternate if len(each)), alternate)


def _is_drawn(element: Element) -> bool:
    return element.tag == names.GRAPHIC_DATA and element.get("uri", "").endswith(_DRAWN)


def _lengths(element: Element) -> list[tuple[str, str, str]]:
    found = _LENGTH.findall(element.get("style", "")[:_STYLE])
    return [(name, value, unit) for name, value, unit in found if value.count(".") < 2 and value.strip(".")]


def _emu(text: str | None) -> float:
    try:
        return int(text or "") / _CM
    except (ValueError, OverflowError):
        return 0.0
