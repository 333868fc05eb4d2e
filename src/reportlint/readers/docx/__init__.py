"""Word documents: the text as it is printed, with tables, numbering and the place of every character."""

from __future__ import annotations

import os

from reportlint.readers import remarks
from reportlint.readers.docx import names
from reportlint.readers.docx.body import Body, Notes
from reportlint.readers.docx.names import w
from reportlint.readers.docx.numbering import Numberer
from reportlint.readers.docx.package import Package, accepts, damaged
from reportlint.readers.docx.places import locate
from reportlint.readers.docx.story import Part, Reading, Story
from reportlint.readers.docx.styles import Styles
from reportlint.readers.docx.trees import tree
from reportlint.readers.reader import Means
from reportlint.source import Source

__all__ = ["SUFFIXES", "accepts", "read"]

SUFFIXES = frozenset({".docx", ".docm"})
_NOTES = (("footnote", "脚注"), ("endnote", "尾注"))
_LINKS = frozenset({"hyperlink"})
"""Relationships to elsewhere that fetch nothing by themselves."""


def read(data: bytes, path: str, means: Means) -> Source:
    """The source of a document; ReadError says why there is none."""
    package = Package(data, means.limits)
    name = package.main()
    text = package.read(name)
    if text is None:
        raise package.stranger() or damaged("没有正文（word/document.xml）")
    root = tree(text)
    body = root.find(names.BODY)
    if body is None:
        raise damaged("正文里没有内容（w:body）")
    reading = _reading(package, name, text, means)
    notes = {}
    for kind, words in _NOTES:
        if next(root.iter(w(kind + "Reference")), None) is not None:
            of_notes = package.tree(package.related(name, kind + "s"))
            if of_notes is not None:
                notes[kind] = Notes(Part(package.related(name, kind + "s"), of_notes), kind, words)
    Body(reading, notes).flow(Story(Part(name, root)), body)
    reading.notices.tell(reading.writer)
    _look_around(reading, package, path)
    return reading.writer.source(path, locate)


def _reading(package: Package, name: str, text: bytes, means: Means) -> Reading:
    """What is known before the first paragraph: styles and lists, where they matter."""
    raw = package.read(package.related(name, "styles")) or b""
    has_styles = any(word in raw for word in (b"vanish", b"numPr", b"\0"))
    styles = Styles(tree(raw) if has_styles else None)
    numbered = b"numPr" in text or b"numPr" in raw or b"\0" in text or b"\0" in raw
    lists = package.tree(package.related(name, "numbering")) if numbered else None
    hides = styles.has_hiding or b"vanish" in text or b"\0" in text
    return Reading(means.limits, styles, Numberer(lists, styles), hides=hides)


def _look_around(reading: Reading, package: Package, path: str) -> None:
    """Remarks what is in the file beside what is printed."""
    writer = reading.writer
    if package.has("word/vbaProject.bin"):
        writer.remark(remarks.MACRO, "文件里有宏，没有运行")
    fetched = sum(each.is_external and each.kind not in _LINKS for each in package.all_relations())
    if fetched:
        writer.remark(remarks.EXTERNAL, f"有 {fetched} 处内容要从文件以外取得，没有取")
    suffix = os.path.splitext(path)[1].lower()
    if suffix and suffix not in SUFFIXES:
        writer.remark(remarks.RENAMED, f"文件名以 {suffix} 结尾，内容是 .docx 格式的 Word 文档")
