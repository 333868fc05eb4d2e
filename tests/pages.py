"""A page as a tree, for tests that look into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_VOID = {"meta", "link", "input"}


class _Reader(HTMLParser):
    """Every element that is opened has to be closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.builder = ElementTree.TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.builder.data(data)


def tree(page: str) -> Element:
    """The root of a page; AssertionError where its tags do not match."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader.builder.close()


def of_class(root: Element, name: str, tag: str = "*") -> list[Element]:
    return [each for each in root.iter() if tag in ("*", each.tag) and name in each.get("class", "").split()]


def words(element: Element) -> str:
    """The text of an element, without what an output adds to that of a report: cards, and links to them."""
    return "".join(_words(element))


def _words(element: Element) -> Iterator[str]:
    classes = element.get("class", "").split()
    if "card" in classes or "ref" in classes or element.tag == "caption":
        return
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


def bare(text: str) -> str:
    """A text without blanks, and without what keeps fields apart."""
    return re.sub(r"[\s|]+", "", text)
