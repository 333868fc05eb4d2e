"""A file that was dropped on the page: its bytes to a source, as the command line reads a file."""

from __future__ import annotations

import base64
import binascii
from typing import Any, NamedTuple

from reportlint.errors import ReadError
from reportlint.readers import Readers
from reportlint.readers.text import decoded
from reportlint.serve import limits
from reportlint.source import Source

_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}


class Dropped(NamedTuple):
    """A file that was read."""

    source: Source
    answer: dict[str, Any]
    """What the page is told: the text, what that was taken from (`text`, `page`, `document`), how a text was stored."""


def read(params: object, readers: Readers) -> Dropped:
    """Read a file that was sent; ReadError says why it cannot be."""
    given = params if isinstance(params, dict) else {}
    name, content = given.get("name"), given.get("content")
    if not isinstance(name, str) or not isinstance(content, str):
        raise ReadError("unreadable", "没有收到文件")
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise ReadError("unreadable", "收到的文件不完整") from None
    source = readers.source(data, name)
    if len(source.text) > limits.CHARACTERS:
        message = f"文件有 {len(source.text)} 个字符，超过 {limits.CHARACTERS} 的上限，没有打开"
        raise ReadError("too-large", message)
    if source.origin is None:
        return Dropped(source, {"text": source.text, "kind": "text", "encoding": _NAMES[decoded(data).encoding.name]})
    return Dropped(source, {"text": source.text, "kind": "page" if source.has_lines else "document", "encoding": None})
