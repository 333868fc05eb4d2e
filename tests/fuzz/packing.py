"""Bytes as a part of a packed document, among parts that are sound."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from ..makers.book import WHOLE
from ..makers.paper import paper_of
from ..makers.word import FILES

_EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "reports" / "qinghe-town-2024.txt"
PACKED = {
    "docx": (
        "word/document.xml",
        "word/styles.xml",
        "word/numbering.xml",
        "word/_rels/document.xml.rels",
        "word/header.xml",
    ),
    "xlsx": ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
}
"""The parts of each packed format that are fuzzed."""


@cache
def parts(reader: str) -> dict[str, bytes]:
    """The parts of a sound document."""
    paper = paper_of(_EXAMPLE.read_text("utf-8"))
    made = FILES["labels-numbered.docx"](paper) if reader == "docx" else WHOLE["whole-shared.xlsx"](paper)
    with ZipFile(BytesIO(made)) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(reader: str, data: bytes) -> bytes:
    """A document in which one part is these bytes but the first, which says which part that is."""
    names = PACKED[reader]
    changed = names[data[0] % len(names)] if data else names[0]
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        for name, part in parts(reader).items():
            package.writestr(name, data[1:] if name == changed else part)
    return packed.getvalue()
