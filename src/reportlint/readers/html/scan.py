"""A page from its characters: text, tags, and what is neither, in one pass from its beginning to its end."""

from __future__ import annotations

import re
from html import unescape

from reportlint.readers.html import numbers
from reportlint.readers.html.builder import Builder
from reportlint.readers.html.markup import CODE, CONTROLS, RAW, TAGS, TOKENS, Tag, Tags
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
        self._ends: dict[re.Pattern[str], re.Match[str] | None] = {}

    def read(self, start: int = 0) -> None:
        """Reads all of it, or from a place on."""
        end = len(self._html)
        pattern = TAGS if self._builder.thorough else TOKENS
        while start < end:
            start = self._run(pattern, start, end)
        self._builder.finish(end)

    def _run(self, pattern: re.Pattern[str], start: int, end: int) -> int:
        """Reads on until the end, or to where there is to be begun anew, and says where that is."""
        tags, builder = self._tags, self._builder
        for match in pattern.finditer(self._html, start, end):
            text, cell, styling, words, tag, other = match.groups()
            if text:
                self._lines.text(text, match.start())
            if cell is not None:
                simple = tags.cell(cell, styling)
                if simple is None or not builder.whole_cell(simple, match.start(2), words, match.start(4), match.end()):
                    first, last = match.start(2), match.end()
                    while first < last:
                        first = self._run(TAGS, first, last)
            elif tag is not None:
                known = tags.of(tag)
                place = match.end() - len(tag)
                if known is None:
                    self._lines.text(tag, place, verbatim=True)
                elif known.is_end:
                    builder.end(known.name, place)
                else:
                    if known.name in RAW:
                        return self._raw(known, place, match.end())
                    builder.start(known, place)
            elif other == "<":
                self._lines.text(other, match.end() - 1)
            elif other == "<!--":
                found = self._next(_COMMENT_END, match.end() - 2)
                if found is not None:
                    return found.end()
                self._lines.text(other, match.end() - 4)
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
