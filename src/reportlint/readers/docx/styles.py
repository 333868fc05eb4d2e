"""Styles: whether they hide text, and which automatic numbers they bring."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from reportlint.readers.docx.names import BASED_ON, LEVEL, NUM_ID, NUM_PR, PPR, RPR, VAL, VANISH, w

_OFF = ("0", "false", "off")
_MOST = 1_000_000_000
_LONGEST_CHAIN = 20


def is_on(element: Element | None) -> bool | None:
    """What a property that is on or off says; None where it is not there."""
    return None if element is None else element.get(VAL, "1") not in _OFF


def number(element: Element | None, default: int = 0) -> int:
    """The value of a property that is a number; the default for one that is none."""
    try:
        return default if element is None else max(-_MOST, min(int(element.get(VAL, "")), _MOST))
    except ValueError:
        return default


class Numbering(NamedTuple):
    """What `w:numPr` says: a list and a level; None where it says nothing of it."""

    list: int | None
    level: int | None


def numbering_of(properties: Element | None) -> Numbering | None:
    """The numbering of the properties of a paragraph."""
    given = None if properties is None else properties.find(NUM_PR)
    if given is None:
        return None
    list_id, level = given.find(NUM_ID), given.find(LEVEL)
    return Numbering(None if list_id is None else number(list_id), None if level is None else number(level))


class _Style(NamedTuple):
    base: str
    hides: bool | None
    numbering: Numbering | None


class Styles:
    """The styles of a document; `has_hiding` says whether any of them hides text, `hide_all` whether all do."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.hide_all = self.has_hiding = False
        self.default = ""
        """The style of paragraphs that name none."""
        if root is None:
            return
        self.hide_all = bool(is_on(root.find("/".join((w("docDefaults"), w("rPrDefault"), RPR, VANISH)))))
        for style in root.iterfind(w("style")):
            name, runs, base = style.get(w("styleId"), ""), style.find(RPR), style.find(BASED_ON)
            hides = None if runs is None else is_on(runs.find(VANISH))
            numbering = numbering_of(style.find(PPR))
            self._styles[name] = _Style("" if base is None else base.get(VAL, ""), hides, numbering)
            if style.get(w("type")) == "paragraph" and style.get(w("default"), "0") not in _OFF:
                self.default = name
        self.has_hiding = self.hide_all or any(style.hides for style in self._styles.values())

    def hides(self, name: str) -> bool:
        """Whether a style hides text, by itself or by one that it is based on."""
        said = (self._styles[style].hides for style in self._chain(name))
        return next((hides for hides in said if hides is not None), False)

    def numbering(self, name: str) -> tuple[Numbering, str] | None:
        """The numbering that a style brings, and the style that says which list it is."""
        level = None
        for style in self._chain(name):
            found = self._styles[style].numbering
            if found is None:
                continue
            level = found.level if level is None else level
            if found.list is not None:
                return Numbering(found.list, level), style
        return None

    def _chain(self, name: str) -> list[str]:
        """A style and those that it is based on, as far as any program would follow them."""
        chain: list[str] = []
        while name in self._styles and name not in chain and len(chain) < _LONGEST_CHAIN:
            chain.append(name)
            name = self._styles[name].base
        return chain
