"""Tags: how a page is cut up, and what a tag means for the text.

One regular expression cuts the page up, in linear time since it goes on behind all that it looked at. A tag that stood
before is known by its characters: pages repeat theirs by the hundred.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from reportlint.readers.html import names

WHITE = " \t\n\r\f"
"""What browsers take for white space."""

_TAG = r"""</?[a-zA-Z][^\s/<>]*+
    (?: [\s/]++
      | [^\s/<>][^\s/<>=]*+ (?: \s*+ = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s<>"'][^\s<>]*+ ) )?+
    )*+ >?+"""
TOKENS = re.compile(
    rf"(?P<text>[^<]*+) (?: (?P<tag>{_TAG}) | (?P<other><!--|<(?:[!?]|/(?![a-zA-Z]))[^<>]*+>|<) )?+", re.VERBOSE
)
"""Text, and what ends it: a tag, or something else.

What begins like a tag and has no end before the next "<" is text, so that nothing is lost.
"""
REFERENCE = re.compile(r"&(?:#[0-9]{1,12}|#[xX][0-9a-fA-F]{1,12}|[a-zA-Z][a-zA-Z0-9]{0,31});?")

_ATTRIBUTE = re.compile(
    r"""([^\s/<>][^\s/<>=]*+) (?: \s*+ = \s*+ (?: "([^"]*+)" | '([^']*+)' | ([^\s<>"'][^\s<>]*+) ) )?+ [\s/]*+""",
    re.VERBOSE,
)
_NAME = re.compile(r"</?([a-zA-Z][^\s/<>]*+)[\s/]*+")
_SPAN = re.compile(r"\s*\+?(?:0*([1-9][0-9]{0,3})|(0))")
_GONE = re.compile(r"(?<![\w-])(?:display\s*:\s*none|mso-hide\s*:\s*all)(?![\w-])", re.IGNORECASE)
_UNSEEN = re.compile(r"(?<![\w-])visibility\s*:\s*(?:hidden|collapse)(?![\w-])", re.IGNORECASE)
_PRE = re.compile(r"(?<![\w-])white-space\s*:\s*pre", re.IGNORECASE)
_LIST_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
WIDEST = 1_000
"""The most columns or rows that a cell spans."""
TO_THE_END = 0
"""The rows that a cell spans which goes on to the end of its group."""

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
LINES = frozenset(
    ["address", "blockquote", "center", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "summary"]
)
"""Blocks that hold lines of text, as a rule, and no other blocks."""
BLOCKS = LINES | frozenset(
    [
        "article",
        "aside",
        "body",
        "caption",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "search",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])[^<>]*+>", re.IGNORECASE)
    for name in ["script", "style", "title", "noscript", "textarea", "iframe", "noembed", "noframes", "xmp"]
}
"""Elements that hold no text of the page, whatever stands in them, and where they end."""
CONTROLS = frozenset({"button", "select"})
"""Those whose end counts only where none of them begins before it: what is left open hides nothing."""
RAW |= {name: re.compile(rf"</?{name}(?=[\s/>])[^<>]*+>", re.IGNORECASE) for name in CONTROLS}
CODE = frozenset({"script", "style"})
"""Those that go on to the end of the page where nothing ends them."""
_DATA = frozenset(
    ["head", "template", "xml", "annotation", "annotation-xml", "defs", "desc", "metadata", "symbol", "rt", "rp"]
)
"""Elements whose text is not shown among the text of the page."""
_REMOVED = "del"


class Tag:
    """What a tag says that matters for the text."""

    __slots__ = (
        "attributes",
        "columns",
        "gone",
        "hides",
        "is_block",
        "is_end",
        "is_furniture",
        "is_link",
        "is_list_mark",
        "is_pre",
        "is_single",
        "is_void",
        "name",
        "rows",
    )

    def __init__(self, name: str, is_end: bool, attributes: Mapping[str, str]) -> None:
        self.name = name
        self.is_end = is_end
        self.attributes = attributes
        self.is_block = name in BLOCKS
        self.is_void = name in VOID
        self.gone = "hidden" in attributes
        """It has no place on the page."""
        self.hides = self.gone or name in _DATA or name == _REMOVED
        """What is in it is not to be read."""
        self.is_pre = name in ("pre", "listing")
        self.is_list_mark = False
        """It holds a number that Word made, and the space behind it."""
        self.is_furniture = names.is_furniture(name, attributes)
        """Its name, role or class says that it is of the page and not of what the page is for."""
        self.is_link = name == "a" and "href" in attributes
        self.columns = self.rows = 1
        if "style" in attributes:
            self._add_style(attributes["style"])
        if name in ("td", "th"):
            self.columns = _span(attributes, "colspan") or 1
            self.rows = _span(attributes, "rowspan")
        self.is_single = self.columns == self.rows == 1

    def _add_style(self, style: str) -> None:
        if _GONE.search(style):
            self.gone = self.hides = True
        elif _UNSEEN.search(style):
            # It has its place, unlike what is gone: an empty field, if it is a cell.
            self.hides = True
        self.is_pre = self.is_pre or bool(_PRE.search(style))
        self.is_list_mark = bool(_LIST_MARK.search(style))

    @property
    def is_plain(self) -> bool:
        """Whether it only styles the text in it, or puts it into a block."""
        return not (self.hides or self.is_pre or self.is_list_mark or self.is_furniture or "/" in self.attributes)

    @property
    def was_hidden(self) -> bool:
        """Whether a reader of the page was to see what it holds, had it not been hidden."""
        return self.hides and self.name not in _DATA and self.name != _REMOVED


_MOST_KNOWN = 10_000
"""Tags that are remembered: a page that never repeats one is not to fill the memory."""


class Tags:
    """The tags of a page, each understood once."""

    def __init__(self) -> None:
        self._known: dict[str, Tag | None] = dict(_COMMON)
        self._plain: dict[str, Tag | None] = {}

    def of(self, raw: str) -> Tag | None:
        """A tag by its characters; None where they have no end, and so are text."""
        try:
            return self._known[raw]
        except KeyError:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
                self._plain.clear()
            tag = self._known[raw] = _read(raw)
            return tag

    def plain(self, raw: str, styling: str) -> Tag | None:
        """The tag of a row, or of a cell whose text is in styling tags; None where one of them is not as simple."""
        key = raw + styling
        try:
            return self._plain[key]
        except KeyError:
            inner = [self.of(match[0]) for match in _STYLED.finditer(styling)]
            simple = _is_quoted_well(key) and all(tag is not None and tag.is_plain for tag in inner)
            tag = self.of(raw) if simple else None
            tag = None if tag is None or not tag.is_plain else tag
            self._plain[key] = tag
            return tag


_STYLED = re.compile(r"<[^<>]*+>")


def _is_quoted_well(tags: str) -> bool:
    """Whether no ">" in them can be part of an attribute."""
    return not tags.count('"') % 2 and not tags.count("'") % 2


def _read(raw: str) -> Tag | None:
    if not raw.endswith(">"):
        return None
    is_end = raw[1] == "/"
    match = _NAME.match(raw)
    assert match is not None, raw
    attributes: dict[str, str] = {}
    if not is_end and match.end() < len(raw) - 1:
        for name, *values in _ATTRIBUTE.findall(raw, match.end(), len(raw) - 1):
            attributes.setdefault(name.lower(), _value(values[0] or values[1] or values[2]))
    if raw[-2] == "/" and not is_end:
        attributes.setdefault("/", "")
    return Tag(match[1].lower(), is_end, attributes)


_LONGEST = 5_000
"""Characters of an attribute in which something may be said that matters."""


def _value(value: str) -> str:
    value = value[:_LONGEST]
    if "&" not in value:
        return value
    try:
        return unescape(value)
    except ValueError:
        # int() refuses a "&#" with thousands of digits.
        return value


def _span(attributes: Mapping[str, str], name: str) -> int:
    """How many columns or rows a cell spans; 0 where it says 0, which is all that are left."""
    if name not in attributes:
        return 1
    match = _SPAN.match(attributes[name])
    if match is None:
        return 1
    return min(int(match[1]), WIDEST) if match[1] else TO_THE_END


_NAMES = (*BLOCKS, *VOID, "a", "b", "em", "font", "i", "o:p", "span", "strong", "u")
_COMMON = {
    raw: Tag(name, is_end, {}) for name in _NAMES for raw, is_end in ((f"<{name}>", False), (f"</{name}>", True))
}
"""Tags without attributes."""
