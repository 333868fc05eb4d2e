"""What is on a page beside what it draws: comments and fields; and what a file holds beside its pages."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from reportlint.readers import remarks
from reportlint.readers.pdf.paths import Box
from reportlint.source import Remark

_NO_COMMENTS = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_POPUP})
_HIDDEN = 2 | 32
"""The flags of what is not shown."""
_MOST = 10_000
_MOST_NAMED = 5
_SCRIPT = re.compile(rb"/JS\s*[(<\d]")


class Field(NamedTuple):
    """A field of a form that was filled in."""

    text: str
    box: Box
    """Left, bottom, right, top, as the file has it."""


class Notes(NamedTuple):
    """What stands on a page beside its content."""

    comments: int
    fields: list[Field]


def notes_of(page: Any) -> Notes:  # noqa: ANN401 - a handle of the library
    """The comments on a page, and its fields with what was written in them."""
    comments, fields = 0, []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            if pdfium.FPDFAnnot_GetFlags(note) & _HIDDEN:
                continue
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                text = _string(note, b"V")
                rect = pdfium.FS_RECTF()
                if text.strip() and _string(note, b"FT") != "Btn" and pdfium.FPDFAnnot_GetRect(note, rect):
                    fields.append(Field(text, (rect.left, rect.bottom, rect.right, rect.top)))
            elif kind not in _NO_COMMENTS:
                comments += 1
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return Notes(comments, fields)


def _string(note: Any, key: bytes) -> str:  # noqa: ANN401
    size = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFAnnot_GetStringValue(note, key, units, size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


class Held(NamedTuple):
    """What a file holds beside its pages."""

    scripts: bool
    attachments: int


def held(document: Any, data: bytes) -> Held:  # noqa: ANN401
    """Whether a file has scripts, and how many files are in it."""
    scripts = pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0
    if not scripts and b"/JS" in data:
        scripts = _SCRIPT.search(data) is not None
    return Held(scripts, pdfium.FPDFDoc_GetAttachmentCount(document))


def remarks_on_file(held: Held) -> list[Remark]:
    """What is to be said of it."""
    said = []
    if held.scripts:
        said.append(Remark(remarks.MACRO, "文件里有脚本（JavaScript），没有运行"))
    if held.attachments > 0:
        said.append(Remark(remarks.EXTERNAL, f"文件里附有 {held.attachments} 个别的文件，没有读取"))
    return said


def named(pages: Sequence[int]) -> str:
    """Pages by their numbers."""
    return f"第 {'、'.join(str(page) for page in pages[:_MOST_NAMED])} {'等页' if len(pages) > _MOST_NAMED else '页'}"
