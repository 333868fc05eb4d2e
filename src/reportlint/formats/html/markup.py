"""Text as markup: nothing that stands in a report may act in the page, or hide in it."""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = re.compile(
    "[&<>\"'\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_LOST = "\ufffd"
_PICTURES = 0x2400
"""Of the control characters, those that Unicode has signs for stand in their order from here on."""
_DELETE, _DELETE_PICTURE = "\x7f", "\u2421"


def escape(text: str) -> str:
    """A text for an element. What cannot be seen, or would turn the text around it, is shown as a sign."""
    return _SPECIAL.sub(_shown, text)


def attribute(text: str) -> str:
    """A text for an attribute, between double quotes."""
    return _SPECIAL.sub(lambda match: _REFERENCES.get(match[0]) or _LOST, text)


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if character in _REFERENCES:
        return _REFERENCES[character]
    if character in "\v\f":
        return "\n"
    if unicodedata.category(character) == "Cf":
        return f'<span class="sign">U+{ord(character):04X}</span>'
    if character == _DELETE:
        return _DELETE_PICTURE
    return chr(_PICTURES + ord(character)) if ord(character) < ord(" ") else _LOST


def ascii_only(markup: str) -> str:
    """Markup for a stream that cannot show every character."""
    return markup.encode("ascii", "xmlcharrefreplace").decode("ascii")
