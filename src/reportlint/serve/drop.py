"""A file that was dropped on the page: its bytes to text, as the command line reads a file."""

from __future__ import annotations

import base64
import binascii
import os
from typing import Any

from reportlint.errors import ReadError
from reportlint.readers import Readers
from reportlint.readers.text import decoded
from reportlint.serve import limits

_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}


def text_of(params: object, readers: Readers) -> dict[str, Any]:
    """The text of a file and how it was stored; ReadError says why there is none."""
    given = params if isinstance(params, dict) else {}
    name, content = given.get("name"), given.get("content")
    if not isinstance(name, str) or not isinstance(content, str):
        raise ReadError("unreadable", "没有收到文件")
    suffix = os.path.splitext(name)[1].lower()
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise ReadError("unreadable", "收到的文件不完整") from None
    source = readers.source(data, name)
    if len(source.text) > limits.CHARACTERS:
        message = f"文件有 {len(source.text)} 个字符，超过 {limits.CHARACTERS} 的上限，没有打开"
        raise ReadError("too-large", message)
    return {
        "text": source.text,
        "encoding": _NAMES[decoded(data).encoding.name] if source.has_lines else suffix,
        "extracted": source.origin is not None,
    }
