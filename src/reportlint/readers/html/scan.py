"""A page from its characters: text, tags, and what is neither, in one pass from its beginning to its end."""

from __future__ import annotations

import re
from html import unescape

from reportlint.readers.html import numbers
from reportlint.readers.html.builder import Builder
from reportlint.readers.html.markup import CODE, CONTROLS, RAW, TOKENS, Tag, Tags
from reportlint.readers.html.rows import BEFORE_ROWS, Rows
from reportlint.readers.html.tree import FRAME

_COMMENT_END = re.compile(r"--!?>")
_LONGEST_TITLE = 1_000


class Scan:
    """Cuts a page up and hands what it finds to a builder."""

    def __init__(self, html: str, builder: Builder) -> None:
        self._html = html
        self._builder = builder
        self._lines = builder.lines
        self._tags = Tags()
        self._rows = Rows(html, self._tags, builder)
        self._ends: dict[re.Pattern[str], re.Match[str] | None] = {}

    def read(self, start: int = 0) -> None:
        """Reads all of it, or from a place on."""
        end = len(self._html)
        while start < end:
            start = self._run(start, end)
        self._builder.finish(end)

    def _run(self, start: int, end: int) -> int:
        """Reads on until the end, or to where there is to be begun anew, and says where that is."""
        tags, builder, lines = self._tags, self._builder, self._lines
        for match in TOKENS.finditer(self._html, start, end):
            text, tag, other = match.groups()
            if text:
                lines.text(text, match.start())
            if tag is not None:
                known, place, behind = tags.of(tag), match.end() - len(tag), match.end()
                if known is None:
                    lines.text(tag, place, verbatim=True)
                    continue
                if known.is_end:
                    builder.end(known.name, place)
                elif known.name in RAW:
                    return self._raw(known, place, behind)
                else:
                    builder.start(known, place)
                if known.name in BEFORE_ROWS:
                    on = self._rows.read(behind)
                    if on > behind:
                        return on
            elif other == "<":
                lines.text(other, match.end() - 1)
            elif other == "<!--":
                found = self._next(_COMMENT_END, match.end() - 2)
                if found is not None:
                    return found.end()
                lines.text(other, match.end() - 4)
        return end

    def _next(self, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
        """The next match from a place on; what was found for one before is not looked for again."""
        if pattern in self._ends:
            known = self._ends[pattern]
            if known is None or known.start() >= start:
                return known
        match = self._ends[pattern] = pattern.search(self._html, start)
        return match

    def _raw(self, tag: Tag, place: int, end: int) -> int:
        """What holds nothing to read; where to read on."""
        name = tag.name
        if "/" in tag.attributes:
            return end
        found = self._next(RAW[name], end)
        if found is None or (name in CONTROLS and found[0][1] != "/"):
            return len(self._html) if name in CODE else end
        within = self._html[end : found.start()]
        if name == "title" and not self._builder.title:
            self._builder.title = unescape(within[:_LONGEST_TITLE])
        elif name == "style" and (numbers.NONE.search(within) or "@import" in within):
            self._builder.fetches_styles = True
        elif name == "iframe" and not self._lines.hiding and not tag.hides:
            self._lines.aside(FRAME, place, tag)
        return found.end()
