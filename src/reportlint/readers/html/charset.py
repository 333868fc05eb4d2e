"""Bytes of a page to its text.

A mark at the beginning decides. Otherwise the content does, whatever the page declares: UTF-8 where it is valid, then
Big5 where the page says so, then GB18030, which reads all that `gb2312` and `gbk` are declared for.
"""

from __future__ import annotations

import codecs
import re

from reportlint.readers.text import decode as decode_text

_HEADERS = re.compile(rb"HTTP/[0-9.]+ [^\r\n]*\r?\n((?:[!-9;-~]+:[^\r\n]*\r?\n)*+)\r?\n")
"""What a server says before the page, where a program saved that too."""
_DECLARED = re.compile(rb"(?:charset|<\?xml[^>]{0,100}encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_HEAD = 4096
_BIG5 = frozenset({"big5", "big5-hkscs", "big5hkscs", "cn-big5", "x-x-big5", "csbig5"})
_CODECS = ("cp950", "big5hkscs")
_WIDE = (b"<\0", b"\0<")


def decode(data: bytes) -> tuple[str, int]:
    """The text of a page, and where in it the page begins; ReadError names the place where it is no text."""
    text = _text(data)
    headers = _HEADERS.match(data[:_HEAD])
    return text, headers.end() if headers else 0


def _text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_text(data)
    if data[:2] in _WIDE and b"\0" in data[2:4]:
        mark = codecs.BOM_UTF16_LE if data[:1] == b"<" else codecs.BOM_UTF16_BE
        return decode_text(mark + data)
    if _declared(data) in _BIG5:
        for codec in ("utf-8", *_CODECS):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
    return decode_text(data)


def _declared(data: bytes) -> str:
    """The encoding that a page declares first, in its headers or its head; in lower case, empty where it does not."""
    match = _DECLARED.search(data[:_HEAD])
    return "" if match is None else match[1].decode("ascii").lower()
