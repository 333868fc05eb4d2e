"""What the names say that a page gives to its elements: which are of the page and not of what it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ELEMENTS = frozenset(["aside", "dialog", "footer", "header", "menu", "nav", "search"])
_ROLES = frozenset(
    [
        "alertdialog",
        "banner",
        "complementary",
        "contentinfo",
        "dialog",
        "menu",
        "menubar",
        "navigation",
        "search",
        "tablist",
        "toolbar",
    ]
)
_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*")
_WORDS = frozenset(
    # Names in pinyin are as usual as English ones.
    [
        "banner",
        "crumb",
        "crumbs",
        "daohang",
        "dayin",
        "dibu",
        "dqwz",
        "ewm",
        "fenxiang",
        "foot",
        "jiathis",
        "login",
        "logo",
        "mbx",
        "mianbaoxie",
        "nav",
        "pager",
        "pagination",
        "prevnext",
        "print",
        "qrcode",
        "search",
        "toolbar",
        "weizhi",
    ]
)
_PARTS = ("breadcrumb", "copyright", "footer", "navbar", "navi", "menu", "bdshare", "share", "sidebar")
_ENDS = ("nav", "menu")
_hints = re.compile("|".join(sorted({*_WORDS, *_PARTS, *_ENDS}))).search
_LONGEST = 200
_TITLE = re.compile(r"title|biaoti|(?<![a-z])bt(?![a-z])", re.IGNORECASE)


def is_furniture(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element is named as one that holds menus, footers and the like."""
    if name in _ELEMENTS:
        return True
    if not attributes:
        return False
    if attributes.get("role", "").strip().lower() in _ROLES:
        return True
    if "class" not in attributes and "id" not in attributes:
        return False
    given = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:_LONGEST]
    if not _hints(given.lower()):
        return False
    words = {word.lower() for word in _WORD.findall(given)}
    return not words.isdisjoint(_WORDS) or any(word.startswith(_PARTS) or word.endswith(_ENDS) for word in words)


def is_title(attributes: Mapping[str, str]) -> bool:
    """Whether an element is named as one that holds a title."""
    given = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return bool(_TITLE.search(given[:_LONGEST]))
