"""A report to be changed in a test, and what is said of it."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from reportlint import fixes
from reportlint.findings import Fix
from reportlint.linter import Linter
from reportlint.model import Report, Section
from reportlint.result import Result
from reportlint.source import Source, Span
from reportlint.testing.reports import choose

Anchor = str | tuple[str, str, str]
"""A text that occurs once, or a cell: table, row and column."""

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?")


class Said(NamedTuple):
    """One thing that is said of a draft: the rule's full id, the place, the message."""

    rule: str
    span: Span | None
    message: str


class Sayings(list[Said]):
    """All that is said of a draft: a list, with the source for a test that fails to show the places in."""

    def __init__(self, said: list[Said], source: Source) -> None:
        super().__init__(said)
        self.source = source


class Draft:
    """A report to be changed in a test. Every change makes a new draft."""

    def __init__(
        self, text: str, linter: Linter | None = None, path: str = "draft.txt", read: Source | None = None
    ) -> None:
        self.text = text
        self.path = path
        self._linter = linter
        self._read = read

    @classmethod
    def from_file(cls, path: str | os.PathLike[str], linter: Linter | None = None) -> Draft:
        """The draft of a report in a file. As long as nothing is changed, it is what the file's reader made of it."""
        source = (linter or Linter.from_layers([])).readers.file(os.fspath(path))
        return cls(source.text, linter) if source.origin is None else cls(source.text, linter, source.path, source)

    @classmethod
    def compliant(
        cls,
        level: str | None = None,
        *,
        year: int | None = None,
        form: str | None = None,
        pack: str | None = None,
        linter: Linter | None = None,
    ) -> Draft:
        """A compliant report that a pack ships, by level ("town", "county", "office"), year and form.

        Of several those of `pack` come first, then those in the linter's first form; LookupError lists what there is.
        """
        linter = linter or Linter.from_layers([])
        report = choose(linter.packs, linter.settings.forms, level, year, form, pack)
        return cls(linter.readers.file(report.path).text, linter)

    @cached_property
    def linter(self) -> Linter:
        """The linter given, or that of the default configuration."""
        return self._linter or Linter.from_layers([])

    @cached_property
    def source(self) -> Source:
        return self._read or Source(self.text, self.path)

    @cached_property
    def result(self) -> Result:
        return self.linter.lint(self.source)

    @cached_property
    def report(self) -> Report:
        return self.linter.read(self.source)

    def put(self, cell: tuple[str, str, str], text: str) -> Draft:
        """Write into a cell; LookupError names the cell when the report has none."""
        return self._write(self.at(cell), text)

    def replace(self, old: str, new: str) -> Draft:
        """Replace a text that occurs once."""
        return self._write(self.at(old), new)

    def without_line(self, part: str) -> Draft:
        """Leave out the line in which a text stands that occurs once."""
        span = self.at(part)
        start = self.text.rfind("\n", 0, span.start) + 1
        end = self.text.find("\n", span.end)
        return self._with(self.text[:start] + ("" if end < 0 else self.text[end + 1 :]))

    def without_sentence(self, part: str) -> Draft:
        """Leave out the sentence, to its full stop or semicolon, in which a text stands that occurs once."""
        place = self.at(part).start
        sentence = next(match for match in _SENTENCE.finditer(self.text) if match.start() <= place < match.end())
        return self._write(Span(*sentence.span()), "")

    def under_heading(self, section: str) -> Part:
        """What stands under the heading of a section, by the section's name; LookupError lists the sections."""
        found = self.report.section(section)
        if found is None:
            known = [section.name for section in self.report.sections]
            raise LookupError(f"the draft has no section {section!r}{_nearest(section, known)}; it has {known}")
        return Part(self, found)

    def at(self, anchor: Anchor) -> Span:
        """The place of a cell, or of a text that occurs once; LookupError says what is the matter."""
        if isinstance(anchor, tuple):
            return self._cell(*anchor)
        count = self.text.count(anchor)
        if count != 1:
            advice = (
                "look for it in the draft's text" if not count else "take more of the text around it, or under_heading"
            )
            raise LookupError(f"{anchor!r} occurs {count} times in the draft; an anchor occurs once: {advice}")
        start = self.text.index(anchor)
        return Span(start, start + len(anchor))

    def lint(self, *rules: str) -> Sayings:
        """All that is said of the draft, or all that these rules say, in the order of the text."""
        said = [
            Said(diagnostic.rule, diagnostic.span, diagnostic.message)
            for diagnostic in self.result.diagnostics
            if not rules or diagnostic.rule in rules
        ]
        return Sayings(said, self.source)

    def fixes(self, *rules: str) -> list[Fix]:
        """The fixes that come with the findings, or with those of these rules."""
        return [
            diagnostic.fix
            for diagnostic in self.result.diagnostics
            if diagnostic.fix is not None and (not rules or diagnostic.rule in rules)
        ]

    def fixed(self, *rules: str) -> Draft:
        """The draft with these fixes applied, safe and unsafe. `assert_fix` checks them too."""
        return self._with(fixes.apply(self.text, self.fixes(*rules)).text)

    def under(self, span: Span | None) -> str | None:
        """The text at a place."""
        return None if span is None else self.text[span.start : span.end]

    def _cell(self, table: str, row: str, column: str) -> Span:
        tables = self.report.tables
        if table not in tables:
            advice = f"{_nearest(table, [*tables])} (cell {row}/{column}); it has {sorted(tables)}"
            raise LookupError(f"the draft has no table {table!r}{advice}")
        cells = tables[table].cells
        if (row, column) in cells:
            return cells[row, column].span
        columns = [name for at, name in cells if at == row]
        if columns:
            advice = f"{_nearest(column, columns)}; the row's columns are {columns}"
        else:
            rows = list(dict.fromkeys(at for at, _ in cells))
            advice = f"{_nearest(row, rows)}; the table's rows are {rows}"
        raise LookupError(f"the draft has no cell {row}/{column} in table {table}{advice}")

    def _write(self, span: Span, text: str) -> Draft:
        return self._with(self.text[: span.start] + text + self.text[span.end :])

    def _with(self, text: str) -> Draft:
        return Draft(text, self._linter, self.path)


class Part:
    """What stands under a heading of a draft, up to the next heading. Every change makes a new draft."""

    def __init__(self, draft: Draft, section: Section) -> None:
        self.draft = draft
        self.section = section
        self.span = Span(section.heading_span.end, section.span.end)
        self.text = draft.text[self.span.start : self.span.end]

    def at(self, anchor: str) -> Span:
        """The place of a text that occurs once under the heading."""
        count = self.text.count(anchor)
        if count != 1:
            heading = self.section.heading
            raise LookupError(f"{anchor!r} occurs {count} times under {heading!r}; it should occur once: {self.text!r}")
        start = self.span.start + self.text.index(anchor)
        return Span(start, start + len(anchor))

    def append(self, paragraph: str) -> Draft:
        """Add a paragraph at the end."""
        end = self.span.start + len(self.text.rstrip())
        return self._write(Span(end, end), f"\n\n{paragraph}")

    def prepend(self, paragraph: str) -> Draft:
        """Add a paragraph below the heading."""
        return self._write(Span(self.span.start, self.span.start), f"\n\n{paragraph}")

    def replace(self, old: str, new: str) -> Draft:
        """Replace a text that occurs once under the heading."""
        return self._write(self.at(old), new)

    def write(self, prose: str) -> Draft:
        """Write this under the heading, and nothing else."""
        return self._write(self.span, f"\n\n{prose}\n\n")

    def rename(self, heading: str) -> Draft:
        """Give it another heading."""
        return self._write(self.section.heading_span, heading)

    def remove(self) -> Draft:
        """Leave it out with its heading."""
        return self._write(Span(self.section.heading_span.start, self.span.end), "")

    def _write(self, span: Span, text: str) -> Draft:
        draft = self.draft
        return Draft(draft.text[: span.start] + text + draft.text[span.end :], draft.linter, draft.path)


def _nearest(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.5)
    return f", is {close[0]!r} meant?" if close else ""
