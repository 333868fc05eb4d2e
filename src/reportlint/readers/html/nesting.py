"""Which elements end where their end tag is missing, and which end tags end nothing."""

from __future__ import annotations

CELLS = ("td", "th", "caption")
GROUPS = ("tbody", "thead", "tfoot")
ROWS = frozenset({"tr", *GROUPS})
AROUND_ROWS = ("table", *GROUPS)
OF_TABLE = (*CELLS, "tr", *GROUPS)
TABLE_SCOPE = ("table", "template")
SCOPE = (*TABLE_SCOPE, *CELLS)
"""An end tag in one of these does not end what was open outside it."""
IMPLIED_ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **dict.fromkeys(("td", "th"), (CELLS, TABLE_SCOPE)),
    "caption": ((*CELLS, "tr", *GROUPS), TABLE_SCOPE),
    "tr": ((*CELLS, "tr"), TABLE_SCOPE),
    **dict.fromkeys(GROUPS, (OF_TABLE, TABLE_SCOPE)),
    "table": (("table",), ("template", *CELLS)),
    "li": (("li",), (*SCOPE, "ul", "ol", "menu")),
    "dt": (("dt", "dd"), (*SCOPE, "dl")),
    "dd": (("dt", "dd"), (*SCOPE, "dl")),
    "rt": (("rt", "rp"), (*SCOPE, "ruby")),
    "rp": (("rt", "rp"), (*SCOPE, "ruby")),
}
"""Which open elements a start tag ends, unless one of the second ones was opened since."""


def scope_of(name: str) -> tuple[str, ...]:
    """What an end tag does not look beyond for the element that it ends."""
    return () if name in TABLE_SCOPE else TABLE_SCOPE if name in OF_TABLE else SCOPE
