"""Bytes of a part to a tree of elements: in UTF-8 or UTF-16, without a document type, and not out of all proportion."""

from __future__ import annotations

import codecs
import re
from xml.etree import ElementTree

from reportlint.errors import ReadError
from reportlint.readers.docx.names import STRICT

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = {name.encode(): uri.strip("{}").encode() for name, uri in STRICT}
_STRICT_NAMESPACE = re.compile(rb"""(xmlns(?::[\w.-]{1,40})?=["'])http://purl\.oclc\.org/ooxml/([\w/]{1,60})""")
_UTF16 = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_MOST_TAGS = 4_000_000
"""Tags and attributes of a part: what they need in memory is many times their bytes. A report has some ten thousand."""


def tree(data: bytes) -> ElementTree.Element:
    """The root of a part; ReadError where it is no XML, or none that Word writes."""
    data = _utf8(data)
    if b"<!DOCTYPE" in data:
        raise ReadError("damaged", "Word 文档已损坏：XML 里有文档类型声明（DOCTYPE）")
    if len(data) > _MOST_TAGS and data.count(b"<") + data.count(b"=") > _MOST_TAGS:
        raise ReadError("too-large", f"XML 里的标记超过 {_MOST_TAGS} 个，没有检查")
    if _STRICT in data:
        data = _STRICT_NAMESPACE.sub(_transitional, data)
    # The format allows no encoding but these, whatever is declared.
    parser = ElementTree.XMLParser(encoding="utf-8")
    try:
        parser.feed(data)
        return parser.close()
    except (ElementTree.ParseError, ValueError) as error:
        raise ReadError("damaged", "Word 文档已损坏：XML 不完整或有错") from error


def _utf8(data: bytes) -> bytes:
    for mark, encoding in _UTF16:
        if data.startswith(mark):
            try:
                return data.decode(encoding).encode()
            except UnicodeError as error:
                raise ReadError("damaged", "Word 文档已损坏：XML 标明是 UTF-16，内容不是") from error
    return data


def _transitional(match: re.Match[bytes]) -> bytes:
    name = _STRICT_NAMES.get(match[2])
    return match[0] if name is None else match[1] + name
