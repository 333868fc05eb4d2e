"""Pages that are pictures: told from others, and read by a recogniser where there is one."""

from __future__ import annotations

import ctypes
import struct
import zlib
from typing import Any

import pypdfium2.raw as pdfium

from reportlint.errors import ReadError
from reportlint.readers.pdf.page import Glyph, Page
from reportlint.readers.reader import Recogniser

_FEW = 0.1
"""Of the characters of a page: where no more of them are seen, it is the picture that one reads."""
_LARGE = 0.06
"""Of the page: smaller pictures are signs and seals."""
_OVER = 10
_RESOLUTION = 300
_MOST_PIXELS = 40_000_000
_POINTS = 72
_SURE = 0.9

OVERLAID = "文字是图片上看不见的一层，可能与图片里的不同"


def is_picture(page: Page) -> bool:
    """Whether a page has nothing to read but pictures."""
    return not page.glyphs and bool(page.pictures)


def has_large_picture(page: Page) -> bool:
    """Whether a page has a picture that may hold text or a table: not a sign or a seal, nor the ground under text."""
    area = page.width * page.height
    for left, top, right, bottom in page.pictures:
        if (right - left) * (bottom - top) < _LARGE * area:
            continue
        over = sum(left < glyph.across < right and top < glyph.down < bottom for glyph in page.glyphs)
        if over < _OVER:
            return True
    return False


def overlaid(page: Page) -> Page:
    """A page with the text that lies unseen over its picture as its text, in doubt; any other as it is."""
    if not page.unseen or len(page.glyphs) > _FEW * len(page.unseen):
        return page
    glyphs = [glyph._replace(doubt=OVERLAID) for glyph in page.unseen]
    return page._replace(glyphs=page.glyphs + glyphs, unseen=[], is_recognised=True)


def recognised(document: Any, page: Page, recogniser: Recogniser) -> Page:  # noqa: ANN401 - a handle of the library
    """A page with the text that a recogniser reads in its picture."""
    scale = min(_RESOLUTION / _POINTS, (_MOST_PIXELS / max(page.width * page.height, 1)) ** 0.5)
    try:
        words = recogniser.read(_png(document, page.number, scale))
    except Exception as error:  # a pack's own code
        said = f"识别程序 {recogniser.name} 出错：{type(error).__name__}：{error}，没有检查"
        raise ReadError("unreadable", said) from error
    glyphs: list[Glyph] = []
    for word in words:
        text = "".join(word.text.split())
        if not text:
            continue
        doubt = f"文字由 {recogniser.name} 从图片中识别"
        if word.confidence < _SURE:
            doubt += f"；对“{text}”只有 {word.confidence:.0%} 的把握"
        left, top, right, bottom = (place / scale for place in word.box)
        wide = (right - left) / len(text)
        for number, character in enumerate(text):
            start = left + number * wide
            glyphs.append(Glyph(character, start, top, start + wide, bottom, bottom - top, len(glyphs), 0, doubt))
    return page._replace(glyphs=glyphs, is_recognised=True)


def _png(document: Any, number: int, scale: float) -> bytes:  # noqa: ANN401
    """A page as a grey picture."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    try:
        width = max(round(pdfium.FPDF_GetPageWidthF(page) * scale), 1)
        height = max(round(pdfium.FPDF_GetPageHeightF(page) * scale), 1)
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            start = pdfium.FPDFBitmap_GetBuffer(bitmap)
            pixels = bytes((ctypes.c_ubyte * (stride * height)).from_address(start)) if start else b""
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
    finally:
        pdfium.FPDF_ClosePage(page)
    rows = b"".join(b"\0" + pixels[row * stride : row * stride + width] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 1)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
