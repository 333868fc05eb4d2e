"""Files to sources: which reader reads which file."""

from __future__ import annotations

import os

from reportlint.errors import ReadError
from reportlint.readers.text import decode, read_bytes
from reportlint.source import Source

TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm"})
REPORT_SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES
"""What is looked for in a folder."""
DOCUMENT_SUFFIXES = frozenset({".pdf", ".doc", ".docx", ".wps", ".odt", ".rtf", ".xls", ".xlsx"})
"""Documents that a report may be in and that no reader reads yet; they are never passed over unsaid."""


def read_file(path: str) -> Source:
    """The source of a file; ReadError says why there is none."""
    return from_bytes(bytes_of(path), path)


OWN_PAGE = "own-page"
"""The code of the error that a page is one that this program wrote; it has whole reports in it."""
_OWN_MARK = '<meta name="generator" content="reportlint">'
_HEAD = 1_000
"""Characters in which a page tells what wrote it."""


def bytes_of(path: str) -> bytes:
    """The bytes of a file that has a reader; ReadError says why there are none."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix in DOCUMENT_SUFFIXES:
        raise ReadError("unreadable", f"还不能读取 {suffix} 文件，可另存为纯文本后检查")
    return read_bytes(path)


def from_bytes(data: bytes, path: str) -> Source:
    """The source of a file's bytes, by the suffix of its name."""
    text = decode(data)
    if os.path.splitext(path)[1].lower() in HTML_SUFFIXES:
        if _OWN_MARK in text[:_HEAD]:
            raise ReadError(OWN_PAGE, "是 reportlint 输出的网页，不是报告")
        from reportlint.readers.html import read_html

        return read_html(text, path)
    return Source(text, path)
