"""The bytes of a part of a document: where its paragraphs, runs and stretches of text begin and end.

Whoever writes into a document does so at these places and leaves all else as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple
from xml.parsers import expat

from reportlint.errors import ReadError
from reportlint.readers.docx.package import Package, damaged

SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""The namespaces of the format: the usual one and that of its strict variant."""
UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML cannot have."""
KEPT = b' xml:space="preserve"'
NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_XML_SPACE = "http://www.w3.org/XML/1998/namespace space xml"
_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_UTF16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_BOUND = "bound"
_WRAPPERS = frozenset({"ins", "moveTo", "hyperlink", "smartTag", "customXml", "bdo", "dir"})
"""What may stand between a paragraph and its runs, and hold whatever a paragraph does."""


class Insertion(NamedTuple):
    """Bytes that are put in at a place, instead of what stands up to `end`."""

    start: int
    end: int
    data: bytes


class Element:
    """An element: where its start tag begins, and what is behind its end."""

    __slots__ = ("children", "end", "id", "name", "parent", "prefix", "start")

    def __init__(self, name: str, prefix: str, start: int, parent: Element | None) -> None:
        self.name = name
        """Its local name; empty where it is of another namespace."""
        self.prefix = prefix
        self.start = start
        self.end = start
        self.parent = parent
        self.children: list[Element] = []
        """Of a run all, of a paragraph its properties; not of others."""
        self.id: str | None = None

    def is_bound(self) -> bool:
        """Whether it shows what is stored elsewhere in the document."""
        control = self.within("sdt")
        return control is not None and (control.id == _BOUND or control.is_bound())

    def within(self, name: str) -> Element | None:
        """The nearest element of that name that it is in."""
        at = self.parent
        while at is not None and at.name != name:
            at = at.parent
        return at


class Text(Element):
    """A stretch of text (`w:t`), character by character."""

    __slots__ = ("_at", "_of", "is_whole", "space", "text")

    def __init__(self, prefix: str, start: int, parent: Element | None, space: str | None) -> None:
        super().__init__("t", prefix, start, parent)
        self.text = ""
        self.space = space
        """What it says of the white space at its ends (`xml:space`); None where it says nothing."""
        self.is_whole = False
        """Whether it cannot be cut, since it has a marked section."""
        self._at: list[int] = []
        self._of: list[int] = []

    def add(self, text: str, at: int) -> None:
        self._of.append(len(self.text))
        self._at.append(at)
        self.text += text

    def place(self, offset: int, close: int) -> int:
        """The byte where the character begins that has so many before it; behind the last one the end tag does."""
        if offset >= len(self.text):
            return close
        index = bisect_right(self._of, offset) - 1
        # What comes in a stretch of several characters is written as it is, without references.
        return self._at[index] + len(self.text[self._of[index] : offset].encode())


class Anatomy:
    """All that is to be known of a part."""

    def __init__(self, data: bytes) -> None:
        self.data, self._encoding = _as_utf8(data)
        self.runs: list[Element] = []
        """Each `w:r`, in the order in which they begin."""
        self.paragraphs: list[Element] = []
        """Each `w:p`, likewise."""
        self.comments: list[str] = []
        """The numbers of comments, and of references to them."""
        self.references: dict[tuple[str, str | None], Element] = {}
        """The runs with the references to notes, by kind and number."""
        self.space = self.prefix = ""
        """The namespace of the root, and what stands for it."""
        self.root: Element | None = None
        self._open: list[Element] = []
        self._parse()

    def inner(self, element: Element) -> int:
        """What is behind an element's start tag."""
        match = _TAG.match(self.data, element.start)
        assert match is not None
        return match.end()

    def close(self, element: Element) -> int:
        """Where an element's end tag begins; the end of one that is a single tag."""
        if self.inner(element) == element.end:
            return element.end
        return self.data.rindex(b"</", element.start, element.end)

    def tag(self, element: Element) -> bytes:
        """An element's start tag."""
        return self.data[element.start : self.inner(element)]

    def in_tag(self, element: Element, attribute: bytes) -> Insertion:
        """An attribute more in a start tag."""
        at = element.start + 1 + len(f"{element.prefix}:{element.name}" if element.prefix else element.name)
        return Insertion(at, at, attribute)

    def changed(self, insertions: Iterable[Insertion]) -> bytes:
        """The part with bytes put in; of several at one place the first comes first."""
        parts: list[bytes] = []
        at = 0
        for start, end, data in sorted(insertions, key=lambda insertion: insertion[:2]):
            parts += (self.data[at:start], data)
            at = end
        whole = b"".join((*parts, self.data[at:]))
        return whole if self._encoding is None else whole.decode().encode(self._encoding)

    def _parse(self) -> None:
        # What the declaration says of the encoding may be true no longer.
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.namespace_prefixes = True

        def start(name: str, attributes: dict[str, str]) -> None:
            self._start(name, attributes, parser.CurrentByteIndex)

        def end(_: str) -> None:
            self._end(parser.CurrentByteIndex)

        def characters(text: str) -> None:
            if isinstance(self._open[-1], Text):
                self._open[-1].add(text, parser.CurrentByteIndex)

        def section() -> None:
            if isinstance(self._open[-1], Text):
                self._open[-1].is_whole = True

        def declared(*_: object) -> None:
            raise ReadError("damaged", "文件的 XML 带有文档类型声明，Word 文件里不该有，不能写入")

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = characters
        parser.StartCdataSectionHandler = section
        parser.StartDoctypeDeclHandler = declared
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError as error:
            raise ReadError("damaged", "文件的 XML 有损坏，不能写入") from error

    def _start(self, name: str, attributes: dict[str, str], at: int) -> None:
        space, _, rest = name.partition(" ")
        local, _, prefix = rest.partition(" ")
        parent = self._open[-1] if self._open else None
        if space not in SPACES:
            element = Element("", prefix, at, parent)
        elif local == "t":
            element = Text(prefix, at, parent, attributes.get(_XML_SPACE))
        else:
            element = Element(local, prefix, at, parent)
            self._note(element, attributes, space)
        if parent is None:
            self.prefix, self.space = prefix, space
        elif parent.name == "r" or (parent.name == "p" and local == "pPr"):
            parent.children.append(element)
        self._open.append(element)

    def _note(self, element: Element, attributes: dict[str, str], space: str) -> None:
        if element.name == "r":
            self.runs.append(element)
        elif element.name == "p":
            self.paragraphs.append(element)
        elif element.name == "dataBinding":
            control = element.within("sdt")
            if control is not None:
                control.id = _BOUND
        elif element.name.startswith(("comment", "footnote", "endnote")):
            ids = (value for key, value in attributes.items() if key.startswith(f"{space} id"))
            element.id = next(ids, None)
            if element.name.startswith("comment"):
                self.comments.append(element.id or "")
            elif element.name in NOTES and element.parent is not None:
                self.references[NOTES[element.name], element.id] = element.parent

    def _end(self, at: int) -> None:
        element = self._open.pop()
        # Of a single tag the place is behind it, of an end tag it is where that begins.
        is_single = self.data[at - 2 : at] == b"/>" and self.inner(element) == at
        element.end = at if is_single else self.data.index(b">", at) + 1
        if element.parent is None:
            self.root = element


def open_part(package: Package, name: str) -> Anatomy:
    """A part that has to be there."""
    data = package.read(name)
    if data is None:
        raise damaged(f"没有 {name}")
    return Anatomy(data)


def host(element: Element) -> Element | None:
    """The paragraph of the page that an element is, or is in: for a text box, the one that holds it."""
    outermost = None
    at: Element | None = element
    while at is not None:
        if at.name == "p":
            outermost = at
        at = at.parent
    return outermost


def piece(element: Element, paragraph: Element) -> Element:
    """What an element of a paragraph is in, of all that the paragraph consists of: as a rule its run."""
    found = element
    at: Element | None = element
    while at is not None and at is not paragraph:
        if at.name not in _WRAPPERS:
            found = at
        at = at.parent
    return found


def _as_utf8(data: bytes) -> tuple[bytes, str | None]:
    """A part in UTF-8, and the encoding that it has if that is another one."""
    for mark, name in _UTF16:
        if data.startswith(mark):
            try:
                return data.decode(name).encode(), name
            except UnicodeError as error:
                raise ReadError("damaged", "文件的 XML 有损坏，不能写入") from error
    return data, None
