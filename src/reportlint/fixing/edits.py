"""The edits of a fix as they may be made in a text, and where they move what stands in it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable
from itertools import accumulate
from typing import NamedTuple

from reportlint import fixes
from reportlint.diagnostic import Diagnostic
from reportlint.findings import Edit, Fix
from reportlint.model import EMPTY_KINDS, Report
from reportlint.source import Span

_ENDS = re.compile(r"\r\n|\r|\n")
_BARE = re.compile(r"(?<!\r)\n")
_ORDINAL = re.compile(r"[（(]\s?\d{1,3}\s?[)）][、.．,，]?|\d{1,3}\s?[)）.．、]").fullmatch

_NAME = re.compile(r"\D*(?:令\D?第?|\d{4}\D?第?)\d{1,4}号|第[\s\d第条、]+条").fullmatch
"""The number of an order, a document or an article."""


class Refusal(Exception):  # noqa: N818 - an outcome, not an error
    """Why a fix is not applied, in Chinese."""


class Candidate(NamedTuple):
    """A finding, and its fix as it may be applied: whole line ends, and those of the text."""

    diagnostic: Diagnostic
    fix: Fix

    @property
    def place(self) -> tuple[Span, ...]:
        """What the finding is about: its own stretch, and those that its fix changes."""
        own = self.diagnostic.span
        return (*((own,) if own is not None else ()), *(edit.span for edit in self.fix.edits))


def line_end(text: str) -> str:
    """The line end that a text has most of; that of Unix where it has none."""
    ends = _ENDS.findall(text)
    return max(("\n", "\r\n", "\r"), key=ends.count)


def empty_cells(report: Report | None) -> frozenset[Span]:
    """Where the cells stand that hold no figure, but nothing else either."""
    tables = report.tables.values() if report is not None else ()
    cells = (cell for table in tables if not table.cells.plain for cell in table.cells.values())
    return frozenset(cell.span for cell in cells if cell.kind in EMPTY_KINDS)


def candidate(diagnostic: Diagnostic, text: str, end: str, empty: Container[Span] = ()) -> Candidate:
    """What a finding's fix comes to in a text with such line ends; Refusal where it cannot be applied at all.

    A fix that is not safe may write 0 into `empty` cells: that is what they count as in the sums.
    """
    assert diagnostic.fix is not None
    try:
        edits = [_whole(Span(*span), new, text) for span, new in diagnostic.fix.edits]
    except (TypeError, ValueError, AttributeError):
        raise Refusal("修改的内容不成形") from None
    edits = [Edit(edit.span, _BARE.sub(lambda _: end, edit.text)) for edit in edits]
    fix = Fix(tuple(dict.fromkeys(edits)), diagnostic.fix.safe)
    fixed = fixes.apply(text, [fix])
    if not fixed.applied:
        raise Refusal("修改的位置不在文中，或者互相重叠")
    if fixed.text == text:
        raise Refusal("改了和没改一样")
    for edit in fix.edits:
        if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in edit.text):
            raise Refusal("要写入的字符存不进文件")
        if edit.span in empty and edit.text.strip() == "0" and not fix.safe:
            continue
        if _figures_differ(text[edit.span.start : edit.span.end], edit.text):
            raise Refusal("修改会改动数字，数字不自动改")
    return Candidate(diagnostic, fix)


def _whole(span: Span, new: str, text: str) -> Edit:
    """An edit that leaves no half of a CR LF: a rule that looks for line feeds need not know of them."""
    start, end = span
    if not isinstance(new, str):
        raise TypeError(new)
    if not 0 <= start <= end <= len(text):
        # Whoever applies it sees what is wrong with the place.
        return Edit(span, new)
    if text[start - 1 : start + 1] == "\r\n":
        # Put in at the end of a line; or the line end is taken away, and then all of it.
        start, end = start - 1, start - 1 if start == end else end
    if text[end - 1 : end + 1] == "\r\n":
        end -= 1
    return Edit(Span(start, end), new)


def _figures_differ(old: str, new: str) -> bool:
    """Whether an edit changes a figure. The number of an item in a list is none, nor is that of a law."""
    if _digits(old) == _digits(new):
        return False
    if _NAME(old) and _NAME(new):
        return False
    return not all(_ORDINAL(words) or (words and not _digits(words)) for words in (old, new))


def _digits(words: str) -> list[int]:
    return [unicodedata.decimal(character) for character in words if character.isdecimal()]


class Shift:
    """Where edits that do not touch one another move the places of a text."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits = sorted(edits)
        self._starts = [edit.span.start for edit in self._edits]
        self._ends = [edit.span.end for edit in self._edits]
        grown = (len(edit.text) - (edit.span.end - edit.span.start) for edit in self._edits)
        self._moved = [0, *accumulate(grown)]
        self._made = [self.around(edit.span) for edit in self._edits]

    def start(self, offset: int) -> int:
        """Where a stretch begins that began here: before what is put in here, at the beginning of what is replaced."""
        index = bisect_left(self._ends, offset)
        if index < len(self._edits) and self._starts[index] < offset == self._ends[index]:
            index += 1
        if index < len(self._edits) and self._starts[index] < offset:
            offset = self._starts[index]
        return offset + self._moved[index]

    def end(self, offset: int) -> int:
        """Where a stretch ends that ended here: behind what is put in here, at the end of what is replaced."""
        index = bisect_right(self._starts, offset)
        if index and self._starts[index - 1] == offset < self._ends[index - 1]:
            index -= 1
        if index and offset < self._ends[index - 1]:
            offset = self._ends[index - 1]
        return offset + self._moved[index]

    def around(self, span: Span) -> Span:
        """What a stretch has become, with what was put in before and behind it."""
        return Span(self.start(span.start), self.end(span.end))

    def of(self, span: Span) -> Span:
        """What a stretch has become, without what was put in before and behind it."""
        start = self.end(span.start) if self._put_in(span.start) else self.start(span.start)
        end = self.start(span.end) if self._put_in(span.end) else self.end(span.end)
        return Span(start, max(start, end))

    def touches(self, span: Span) -> bool:
        """Whether an edit changes a stretch, or puts something in within it or at its ends."""
        index = bisect_left(self._ends, span.start)
        return any(
            edit.span.start < span.end or edit.span.start == edit.span.end == span.end
            for edit in self._edits[index : index + 2]
            if edit.span.end > span.start or edit.span.start == edit.span.end
        )

    def made(self, span: Span) -> bool:
        """Whether a stretch of the text as it is now has anything in it, or taken out of it, by an edit."""
        index = bisect_left(self._made, span.start, key=lambda made: made.end)
        return index < len(self._made) and self._made[index].start <= span.end

    def _put_in(self, offset: int) -> bool:
        index = bisect_left(self._starts, offset)
        return index < len(self._edits) and self._starts[index] == self._ends[index] == offset
