"""Comments of Word documents, for tests: read from the XML and by nobody's reader."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple
from xml.etree import ElementTree

from .words import STRICT_W, W, unpacked

MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_SHOWN = {"tab": "\t", "br": "\n"}


class Comment(NamedTuple):
    """A comment as a reader sees it."""

    author: str
    text: str
    """Its paragraphs as lines."""
    on: str
    """The text that it is on; a line end where a paragraph ends within it."""


class Entry(NamedTuple):
    """What a zip says of a part, and its bytes as they are packed."""

    name: str
    time: tuple[int, ...]
    method: int
    packed: bytes


def comments(data: bytes, main: str = "word/document.xml", part: str = "word/comments.xml") -> list[Comment]:
    """The comments of a document in the order of their part; each has to be marked once at its beginning and end."""
    parts = unpacked(data)
    if part not in parts:
        return []
    on = stretches(parts[main])
    found = []
    for each in ElementTree.fromstring(parts[part]):
        number = _attribute(each, "id")
        lines = ["".join(text.text or "" for text in line.iter() if _name(text) == "t") for line in each]
        found.append(Comment(_attribute(each, "author"), "\n".join(lines), on.pop(number)))
    assert on == {}
    return found


def stretches(part: bytes) -> dict[str, str]:
    """The text between the marks of each comment, by its number."""
    going: dict[str, list[str]] = {}
    ended: dict[str, str] = {}
    referred: list[str] = []
    for element in ElementTree.fromstring(part).iter():
        name = _name(element)
        if name == "commentRangeStart":
            assert _attribute(element, "id") not in {**going, **ended}
            going[_attribute(element, "id")] = []
        elif name == "commentRangeEnd":
            ended[_attribute(element, "id")] = "".join(going.pop(_attribute(element, "id")))
        elif name == "commentReference":
            referred.append(_attribute(element, "id"))
        shown = (element.text or "") if name == "t" else "\n" if name == "p" else _SHOWN.get(name, "")
        for parts in going.values():
            parts.append(shown)
    assert going == {}
    assert sorted(referred) == sorted(ended)
    return ended


def entries(data: bytes) -> list[Entry]:
    """The parts of a zip, in the order of its directory."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            head = data[info.header_offset : info.header_offset + 30]
            start = (
                info.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
            )
            packed = data[start : start + info.compress_size]
            found.append(Entry(info.filename, info.date_time, info.compress_type, packed))
    return found


def bare(part: bytes) -> list[tuple[str, str]]:
    """What a part says without marks of comments: paragraphs, and characters with the properties of their run."""
    found: list[tuple[str, str]] = []

    def walk(element: ElementTree.Element, properties: str) -> None:
        name = _name(element)
        if name in MARKS:
            return
        if name == "r":
            own = next((each for each in element if _name(each) == "rPr"), None)
            properties = "" if own is None else ElementTree.tostring(own, "unicode")
        elif name == "t":
            found.extend((character, properties) for character in element.text or "")
            return
        elif name == "rPr":
            return
        else:
            found.append((f"<{name}>", ""))
        for each in element:
            walk(each, properties)

    walk(ElementTree.fromstring(part), "")
    return found


def _name(element: ElementTree.Element) -> str:
    space, _, name = element.tag.rpartition("}")
    return name if space.lstrip("{") in (W, STRICT_W) else ""


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next(value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
