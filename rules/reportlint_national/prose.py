"""The prose of a report made ready for searching: no white space, one style of digits, brackets and dashes."""

from __future__ import annotations

from bisect import bisect_right

from reportlint import Report, Span, fact, lazy_pattern

_PIECE = lazy_pattern(r"[^\s\u200b\ufeff]+")
# Each character for one other, so that places can be counted; a handful of replacements is faster than a translation.
_PLAIN = (
    *(("（", "("), ("）", ")"), ("，", ","), ("：", ":"), ("；", ";"), ("！", "!"), ("？", "?"), ("Ｘ", "X")),
    *((bracket, "(") for bracket in "〔【［﹝["),
    *((bracket, ")") for bracket in "〕】］﹞]"),
    *((dash, "-") for dash in "—–―‐‑－~～〜"),
    *((digit, str(value)) for value, digit in enumerate("０１２３４５６７８９")),
)
MOST_PLACES = 1000
"""So many places of one kind a rule looks at: more than any report has, and few enough for a hostile text."""
_SENTENCE_ENDS = "。;!?\n"
_REACH = 400
"""How far from a place its sentence or paragraph is followed: nothing that is said of a place depends on more."""


class Prose:
    """All paragraphs of a report, those before the first section too, a line each in `words`."""

    def __init__(self, report: Report) -> None:
        text = report.source.text
        parts = [(None, report.preface), *((section.name, section.paragraphs) for section in report.sections)]
        self._text = text
        self._paragraphs = [span for _, paragraphs in parts for span in paragraphs]
        lines = ["".join(text[span.start : span.end].split()) for span in self._paragraphs]
        words = "\n".join(lines)
        for invisible in "\u200b\ufeff":
            if invisible in words:
                lines = [line.replace(invisible, "") for line in lines]
                words = "\n".join(lines)
        for old, new in _PLAIN:
            words = words.replace(old, new)
        self.words = words
        self._lines = [0]
        for line in lines:
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._names = [name for name, _ in parts]
        self.section_starts = []
        """Where in the words each section starts, and first of all what stands before them."""
        count = 0
        for _, paragraphs in parts:
            self.section_starts.append(self._lines[count])
            count += len(paragraphs)
        self._pieces: dict[int, tuple[list[int], list[int]]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Prose) and (self._text, self._paragraphs) == (other._text, other._paragraphs)

    def __hash__(self) -> int:
        return hash(self.words)

    @property
    def preface(self) -> str:
        """The words before the first section."""
        return self.words[: self.section_starts[1]] if len(self.section_starts) > 1 else self.words

    def span(self, start: int, end: int) -> Span:
        """The place in the source of a stretch of the words."""
        return Span(self._place(start), self._place(end - 1) + 1)

    def _place(self, offset: int) -> int:
        index = min(bisect_right(self._lines, offset), len(self._paragraphs)) - 1
        if index not in self._pieces:
            span = self._paragraphs[index]
            starts, places, length = [], [], self._lines[index]
            for match in _PIECE.finditer(self._text, span.start, span.end):
                starts.append(length)
                places.append(match.start())
                length += match.end() - match.start()
            self._pieces[index] = starts, places
        starts, places = self._pieces[index]
        piece = bisect_right(starts, offset) - 1
        return places[piece] + offset - starts[piece]

    def section_at(self, offset: int) -> str | None:
        """The name of the section that a place is in; None before the first."""
        return self._names[bisect_right(self.section_starts, offset) - 1]

    def sentence(self, start: int, end: int) -> tuple[str, str]:
        """What stands in the same sentence before and behind a stretch."""
        return self._around(start, end, _SENTENCE_ENDS)

    def paragraph(self, start: int, end: int) -> tuple[str, str]:
        """What stands in the same paragraph before and behind a stretch."""
        return self._around(start, end, "\n")

    def _around(self, start: int, end: int, ends: str) -> tuple[str, str]:
        before = self.words[max(0, start - _REACH) : start]
        before = before[max(before.rfind(mark) for mark in ends) + 1 :]
        after = self.words[end : end + _REACH]
        found = [place for mark in ends if (place := after.find(mark)) >= 0]
        return before, after[: min(found)] if found else after


@fact
def prose_of(report: Report) -> Prose:
    """The prose of a report; computed once."""
    return Prose(report)
