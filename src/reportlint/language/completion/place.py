"""Where the cursor is in a report, and what is offered there."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from reportlint.grammar.labels import EDGE, fold
from reportlint.model import Report, Section
from reportlint.source import Span

_LONGEST_TYPED = 100
"""Nobody types more before it is gone on with; there are texts without line ends."""
_MARKDOWN = (".md", ".markdown")
_NO_WORDS = re.compile(r"[\d.、()\s]*")


class Kind(Enum):
    """What is offered."""

    REPORT = "report"
    TITLE = "title"
    HEADING = "heading"
    TABLE = "table"
    ROW = "row"
    SENTENCE = "sentence"


class Completion(NamedTuple):
    """Something to write in the place of what has been typed."""

    label: str
    insert: str
    span: Span
    kind: Kind
    detail: str = ""
    documentation: str = ""


class Place(NamedTuple):
    """Where the cursor is."""

    line: Span
    offset: int
    before: str
    """What stands before it in its line."""
    after: str
    section: Section | None

    @property
    def typed(self) -> str:
        """What has been typed of a line that has nothing else."""
        return self.before.strip(EDGE)


def place_at(report: Report, offset: int) -> Place:
    text = report.source.text
    line = report.source.line_span(offset)
    offset = min(offset, line.end)
    inside = [section for section in report.sections if section.span.start <= offset <= section.span.end]
    # The line of a heading that is being written is still a line of the section before it.
    inside = [section for section in inside if section.heading_span.start < line.start]
    return Place(line, offset, text[line.start : offset], text[offset : line.end], inside[-1] if inside else None)


def goes_on(words: str, typed: str) -> bool:
    """Whether words go on with what has been typed: they have it, or where that is a number alone, begin with it."""
    if len(typed) > _LONGEST_TYPED:
        return False
    key, whole = fold(typed), fold(words)
    if key == whole:
        return False
    return whole.startswith(key) if _NO_WORDS.fullmatch(key) else key in whole


def layout_of(report: Report) -> str:
    """How the report is laid out: as its headings are, or else by its title, or by the name of its file."""
    text = report.source.text
    if report.sections:
        start = report.sections[0].heading_span.start
        marked = text.startswith("#", report.source.line_span(start).start)
    else:
        marked = text.lstrip()[:1] == "#" or report.source.path.lower().endswith(_MARKDOWN)
    return "pipe" if marked else "tab"
