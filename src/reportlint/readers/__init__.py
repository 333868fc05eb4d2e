"""Files to sources: which reader reads which file."""

from __future__ import annotations

import os
import sys

from reportlint.errors import ReadError, reason
from reportlint.readers.text import MOST_BYTES, check_size, decode, read_bytes
from reportlint.source import Source

TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm"})
REPORT_SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES
"""What is looked for in a folder."""
DOCUMENT_SUFFIXES = frozenset({".pdf", ".doc", ".docx", ".wps", ".odt", ".rtf", ".xls", ".xlsx"})
"""Documents that a report may be in and that no reader reads yet; they are never passed over unsaid."""

OWN_PAGE = "own-page"
"""The code of the error that a page is one that the output `html` wrote: it quotes whole reports."""
_OWN_MARK = '<meta name="generator" content="reportlint">'
_HEAD = 1_000
"""Characters in which a page tells what wrote it."""


def read_file(path: str) -> Source:
    """The source of a file; ReadError says why there is none."""
    return from_bytes(bytes_of(path), path)


def bytes_of(path: str) -> bytes:
    """The bytes of a file that has a reader; ReadError says why there are none."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix in DOCUMENT_SUFFIXES:
        raise ReadError("unreadable", f"还不能读取 {suffix} 文件，可另存为纯文本后检查")
    return read_bytes(path)


def standard_input() -> bytes:
    """What stands on standard input; ReadError where it cannot be read or is too large."""
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    except OSError as error:
        raise ReadError("unreadable", f"读不到标准输入：{reason(error)}") from error
    check_size(len(data))
    return data


def from_bytes(data: bytes, path: str) -> Source:
    """The source of a file's bytes, by the suffix of its name."""
    return from_text(decode(data), path)


def from_text(text: str, path: str) -> Source:
    """The source of what a file holds as text, by the suffix of its name."""
    if os.path.splitext(path)[1].lower() in HTML_SUFFIXES:
        if _OWN_MARK in text[:_HEAD]:
            raise ReadError(OWN_PAGE, "这是 reportlint 输出的网页，不是年度报告")
        from reportlint.readers.html import read_html

        return read_html(text, path)
    return Source(text, path)
