"""The kit for tests of packs: take a compliant report, change one thing, compare all that is said.

draft = Draft.from_file("compliant.txt").put(("requests", "received", "total"), "3")
assert draft.lint() == [
    Said("national/request-cross-footing", draft.at(("requests", "received", "total")), "…"),
]
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import NamedTuple

from reportlint.linter import Linter, Result
from reportlint.model import Report
from reportlint.readers import read_file
from reportlint.source import Source, Span

Anchor = str | tuple[str, str, str]
"""A text that occurs once, or a cell: table, row and column."""


class Said(NamedTuple):
    """One thing that is said of a draft: the rule's full id, the place, the message."""

    rule: str
    span: Span | None
    message: str


class Draft:
    """A report to be changed in a test. Every change makes a new draft."""

    def __init__(self, text: str, linter: Linter | None = None, path: str = "draft.txt") -> None:
        self.text = text
        self.path = path
        self._linter = linter

    @classmethod
    def from_file(cls, path: str | os.PathLike[str], linter: Linter | None = None) -> Draft:
        """The draft of a report in a file."""
        return cls(read_file(os.fspath(path)).text, linter)

    @cached_property
    def linter(self) -> Linter:
        """The linter given, or that of the default configuration."""
        return self._linter or Linter.from_layers([])

    @cached_property
    def result(self) -> Result:
        return self.linter.lint(Source(self.text, self.path))

    @cached_property
    def report(self) -> Report:
        return self.linter.read(Source(self.text, self.path))

    def put(self, cell: tuple[str, str, str], text: str) -> Draft:
        """Write into a cell; LookupError names the cell when the report has none."""
        span = self.at(cell)
        return self._with(self.text[: span.start] + text + self.text[span.end :])

    def replace(self, old: str, new: str) -> Draft:
        """Replace a text that occurs once."""
        span = self.at(old)
        return self._with(self.text[: span.start] + new + self.text[span.end :])

    def without_line(self, part: str) -> Draft:
        """Leave out the line in which a text stands that occurs once."""
        span = self.at(part)
        start = self.text.rfind("\n", 0, span.start) + 1
        end = self.text.find("\n", span.end)
        return self._with(self.text[:start] + ("" if end < 0 else self.text[end + 1 :]))

    def at(self, anchor: Anchor) -> Span:
        """The place of a cell, or of a text that occurs once; LookupError says what is the matter."""
        if isinstance(anchor, tuple):
            table, row, column = anchor
            found = self.report.tables.get(table)
            cell = None if found is None else found.cells.get((row, column))
            if cell is None:
                known = sorted(self.report.tables)
                raise LookupError(f"the draft has no cell {row}/{column} in table {table} (tables: {known})")
            return cell.span
        count = self.text.count(anchor)
        if count != 1:
            raise LookupError(f"{anchor!r} occurs {count} times in the draft; an anchor occurs once")
        start = self.text.index(anchor)
        return Span(start, start + len(anchor))

    def lint(self, *rules: str) -> list[Said]:
        """All that is said of the draft, or all that these rules say, in the order of the text."""
        return [
            Said(diagnostic.rule, diagnostic.span, diagnostic.message)
            for diagnostic in self.result.diagnostics
            if not rules or diagnostic.rule in rules
        ]

    def under(self, span: Span | None) -> str | None:
        """The text at a place."""
        return None if span is None else self.text[span.start : span.end]

    def _with(self, text: str) -> Draft:
        return Draft(text, self._linter, self.path)
