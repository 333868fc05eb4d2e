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


def bytes_of(path: str) -> bytes:
    """The bytes of a file that there is a reader for; ReadError says why there are none."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix in DOCUMENT_SUFFIXES:
        raise ReadError("unreadable", f"还不能读取 {suffix} 文件，可另存为纯文本后检查")
    return read_bytes(path)


def read_file(path: str) -> Source:
    """The source of a file; ReadError says why there is none."""
    return from_bytes(bytes_of(path), path)


def from_bytes(data: bytes, path: str) -> Source:
    """The source of a file's bytes, by the suffix of its name."""
    text = decode(data)
    if os.path.splitext(path)[1].lower() in HTML_SUFFIXES:
        from reportlint.readers.html import read_html

        return read_html(text, path)
    return Source(text, path)
