"""XML that every parser reads, whatever a report or a file name has in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 has no way to write."""
_REPLACEMENT = "\ufffd"


def opening(name: str, attributes: Mapping[str, object], ascii_only: bool, *, empty: bool = False) -> str:
    """A start tag, or the tag of an element with nothing in it; attributes that are None are left out."""
    written = "".join(
        f" {key}={_shown(quoteattr(_clean(str(value))), ascii_only)}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}{'/' if empty else ''}>"


def element(name: str, attributes: Mapping[str, object], text: str, ascii_only: bool) -> str:
    """An element with text in it."""
    # A carriage return as such would be read as a line feed.
    content = escape(_clean(text), {"\r": "&#13;"})
    return f"{opening(name, attributes, ascii_only)}{_shown(content, ascii_only)}</{name}>"


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub(_REPLACEMENT, text)


def _shown(text: str, ascii_only: bool) -> str:
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii") if ascii_only else text
