"""A PDF opened, or why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from reportlint.errors import ReadError
from reportlint.readers.reader import Limits

LOCK = RLock()
"""PDFium does one thing at a time."""


class Opened(NamedTuple):
    """An open document, and its number of pages."""

    handle: Any
    pages: int


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[Opened]:
    """A document as long as it is needed; ReadError where it cannot be opened or has too many pages."""
    with LOCK:
        handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not handle:
            raise _refused(pdfium.FPDF_GetLastError())
        try:
            pages = pdfium.FPDF_GetPageCount(handle)
            if pages > limits.pages:
                words = f"有 {pages} 页，超过 limits.pages 的上限 {limits.pages} 页，没有检查"
                raise ReadError("too-large", words)
            if pages < 1:
                raise ReadError("damaged", "PDF 文件已损坏：没有一页可以读")
            yield Opened(handle, pages)
        finally:
            pdfium.FPDF_CloseDocument(handle)


def _refused(error: int) -> ReadError:
    if error == pdfium.FPDF_ERR_PASSWORD:
        return ReadError("encrypted", "PDF 文件有打开密码，没有检查；可另存为不加密的文件后再检查")
    if error == pdfium.FPDF_ERR_SECURITY:
        return ReadError("encrypted", "PDF 文件的加密方式无法识别，没有检查；可另存为不加密的文件后再检查")
    return ReadError("damaged", "PDF 文件已损坏或不完整，无法打开")
