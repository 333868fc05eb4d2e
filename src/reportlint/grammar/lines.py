"""From text to tokens, one for a line: which label of the form a line begins with.

Every line is either known by a terminal of the grammar (exactly, by a pattern, or as the
nearest label when it is damaged), or it is FIGURES or TEXT. Blank lines, page numbers and
rules of Markdown tables are no tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlint.grammar.labels import EDGE, Labels, fold
from reportlint.grammar.tables import Terminal
from reportlint.grammar.tree import Token
from reportlint.model import Form

FIGURES = "FIGURES"
TEXT = "TEXT"

_LINE = re.compile(r"[^\r\n]+")
_SEPARATORS = re.compile(r"[\t|]")
_PIECE = re.compile(r"[^\t|]+")
_WORD = re.compile(r"\S+")
TRAIL = EDGE + "0123456789０１２３４５６７８９.,-/—–－．，"
"""What may stand behind a label: figures, separators and the marks that stand for a figure."""
_STOPS = "、。:;,.…"
_SENTENCE_END = "。；"
_PAGE_NUMBER = re.compile(r"\s*[-—–－]+\s*\d+\s*[-—–－]+\s*")
_ORDINAL = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}|[1-9])[、.．，,]")
_HEADING_END = re.compile(r"[。:：\s]")

_LONGEST_LABEL = 90
_LONGEST_LINE = 200
"""In characters; a longer line without separators is prose, and no pattern is tried on it."""
_LONGEST_HEADING = 40
_MEMO_SIZE = 4_096
_UNKNOWN = ""
"""Not looked for yet: no label."""


# What a line is, wherever it stands. NOTHING is a page number, or the rule of a Markdown table.
# (Plain numbers: a member of an enumeration takes longer to look up than a line to tell.)
_BLANK, _NOTHING, _FIGURES, _LABEL, _HEADING_AND_TEXT, _TEXT = range(6)


class _Line(NamedTuple):
    """A line's kind, and for a label or heading its terminal and where it ends."""

    kind: int
    name: str = ""
    end: int = 0


class RowSplit(NamedTuple):
    """Where a row's label stands in its line, and where its figures begin."""

    start: int
    end: int


class LineScanner:
    """Makes the tokens of a text for one grammar. Keeps what it learnt about labels, within bounds."""

    def __init__(self, form: Form, terminals: Iterable[Terminal], rename: dict[str, str]) -> None:
        terminals = [t for t in terminals if rename[t.name] not in (FIGURES, TEXT)]
        self._rename = rename
        self._actual = {plain: actual for actual, plain in rename.items()}
        names = {t.name: rename[t.name].removesuffix("_VARIANT").lower() for t in terminals}
        rows = {row for table in form.tables for row in form.rows(table)}
        columns = {c for blocks in form.tables.values() for block in blocks for c in block.columns}
        sections = set(form.sections)
        self._rows = frozenset(t.name for t in terminals if names[t.name] in rows)
        self._table_names = frozenset(t.name for t in terminals if names[t.name] in rows | columns | form.groups)
        self._headings = frozenset(t.name for t in terminals if names[t.name] in sections)
        self._labels = Labels(terminals)
        self._row_labels = Labels(t for t in terminals if t.name in self._rows)
        self._table_labels = Labels(t for t in terminals if t.name in self._table_names)
        self._heading_labels = Labels(t for t in terminals if t.name in self._headings)
        self._memo: dict[str, _Line] = {}
        self._near_memo: dict[str, str | None] = {}

    def scan(self, text: str) -> Iterator[Token]:
        """The tokens of a text; each holds its line and the offset that it starts at.

        Lines of figures that follow each other, where a table has a cell a line, are one token.
        """
        actual_text, actual_figures = self._actual[TEXT], self._actual[FIGURES]
        memo, in_table = self._memo, False
        figures_start = figures_end = -1
        for match in _LINE.finditer(text):
            line = match.group()
            kind, name, end = memo.get(line) or self._look_up(line)
            if kind == _FIGURES:
                figures_start = match.start() if figures_start < 0 else figures_start
                figures_end = match.end()
                continue
            if kind == _BLANK:
                continue
            if figures_start >= 0:
                yield Token(actual_figures, text[figures_start:figures_end], figures_start)
                figures_start = -1
            start = match.start()
            if kind == _LABEL:
                if name in self._table_names:
                    in_table = True
                elif name in self._headings:
                    in_table = False
                yield Token(name, line, start)
            elif kind == _HEADING_AND_TEXT:
                in_table = False
                yield Token(name, line[:end], start)
                rest = line[end:].lstrip(EDGE + "。:：")
                if rest:
                    yield Token(actual_text, rest, start + len(line) - len(rest))
            elif kind == _TEXT:
                near = self._near(line) if in_table and len(line) <= _LONGEST_LINE else None
                yield Token(near or actual_text, line, start)
        if figures_start >= 0:
            yield Token(actual_figures, text[figures_start:figures_end], figures_start)

    def _look_up(self, line: str) -> _Line:
        found = self._study(line)
        if len(line) <= _LONGEST_LINE:
            if len(self._memo) >= _MEMO_SIZE:
                self._memo.clear()
            self._memo[line] = found
        return found

    def _study(self, line: str) -> _Line:
        """What a line is, wherever it stands."""
        head = line.rstrip(TRAIL)
        label = head.lstrip(EDGE)
        if not label:
            kind = _FIGURES if _is_figures(line) else _NOTHING if line.strip() else _BLANK
            return _Line(kind)
        short = len(label) <= _LONGEST_LABEL or (len(label) <= _LONGEST_LINE and _SEPARATORS.search(label))
        # No label ends a sentence, but for a heading with a full stop behind it.
        if short and (label[-1] not in _SENTENCE_END or len(label) <= _LONGEST_HEADING // 2):
            name = self._classify(label, _has_mark(line, len(head)))
            if name is not None:
                return _Line(_LABEL, name)
        heading = self._heading_with_text(line)
        if heading is not None:
            return _Line(_HEADING_AND_TEXT, *heading)
        if len(label) <= _LONGEST_HEADING and _ORDINAL.match(label):
            damaged = self._heading_labels.nearest(fold(label))
            if damaged is not None:
                return _Line(_LABEL, damaged)
        return _Line(_NOTHING if is_table_rule(line) else _TEXT)

    def name(self, text: str) -> str | None:
        """The plain name of the label that a stretch of text is, exactly."""
        found = self._labels.exact(fold(text))
        return None if found is None else self._rename[found].removesuffix("_VARIANT").lower()

    def split(self, line: str, terminal: str) -> RowSplit:
        """Where in a line the label stands that gave it its token, and where the rest begins."""
        head = len(line.rstrip(TRAIL))
        start = len(line) - len(line.lstrip(EDGE))
        pieces = list(_PIECE.finditer(line, start, head)) if _SEPARATORS.search(line) else []
        if not pieces:
            # Words behind a whole label are cells; behind a part of one they are its rest.
            first = _WORD.match(line, start, head)
            if first is not None and self._row_labels.exact(fold(first.group())) == terminal:
                return RowSplit(first.start(), first.end())
            return RowSplit(start, head)
        for piece in reversed(pieces):
            if self._as_row(piece.group()) == terminal or self._labels.exact(fold(piece.group())) == terminal:
                return _trim(line, piece.start(), piece.end())
        named = [piece for piece in pieces if not piece.group().isspace()]
        return _trim(line, named[-1].start(), named[-1].end())

    def _as_row(self, text: str) -> str | None:
        key = fold(text)
        return self._row_labels.exact(key) or self._row_labels.nearest(key)

    def _classify(self, label: str, has_figures: bool) -> str | None:
        """The terminal of a line, wherever it stands."""
        key = fold(label)
        name = self._exact(key, has_figures)
        if name is None and key[-1:] in _STOPS:
            name = self._exact(key.rstrip(_STOPS), has_figures)
        if name is not None:
            return name
        pieces = [piece for piece in _SEPARATORS.split(label) if not piece.isspace() and piece]
        if len(pieces) > 1:
            names = [self._exact(fold(piece), has_figures) for piece in pieces]
            known = [name for name in names if name in self._table_names]
        else:
            words = label.split()
            first = self._exact(fold(words[0]), has_figures) if len(words) > 1 else None
            if first not in self._table_names:
                return None
            names = [first, *(self._exact(fold(word), has_figures) for word in words[1:])]
            known = [name for name in names if name in self._table_names]
            if len(known) < len(names):
                return first if first in self._rows and all(len(word) <= 12 for word in words[1:]) else None
        rows = [name for name in known if name in self._rows]
        if known and not rows and has_figures and names[-1] is None:
            # The label of a group, and beside it a row's that is damaged.
            damaged = self._row_labels.nearest(fold(pieces[-1]))
            rows = [damaged] if damaged is not None else []
        if rows or known:
            return rows[-1] if rows else known[0]
        return None

    def _exact(self, key: str, has_figures: bool) -> str | None:
        """A line with figures behind its label is a row where a row has that label at all."""
        row = self._row_labels.exact(key) if has_figures else None
        return row or self._labels.exact(key)

    def _near(self, line: str) -> str | None:
        """The label of a table that a damaged line comes nearest to."""
        # One look and one step to put it in: another thread may clear what is kept.
        found = self._near_memo.get(line, _UNKNOWN)
        if found == _UNKNOWN:
            head = line.rstrip(TRAIL)
            labels = self._row_labels if _has_mark(line, len(head)) else self._table_labels
            if len(self._near_memo) >= _MEMO_SIZE:
                self._near_memo.clear()
            found = self._near_memo[line] = self._nearest(head.lstrip(EDGE), labels)
        return found

    def _nearest(self, label: str, labels: Labels) -> str | None:
        for piece in reversed([piece for piece in _SEPARATORS.split(label) if piece and not piece.isspace()]):
            folded = fold(piece)
            if 2 <= len(folded) <= _LONGEST_LABEL:
                found = labels.nearest(folded) or self._table_labels.nearest(folded)
                if found is not None:
                    return found
        return None

    def _heading_with_text(self, line: str) -> tuple[str, int] | None:
        """A section heading that its text follows on the same line, and where it ends."""
        match = _ORDINAL.match(line)
        if match is None:
            return None
        for end in _HEADING_END.finditer(line, match.end(), match.end() + _LONGEST_HEADING):
            name = self._labels.exact(fold(line[: end.start()]))
            if name in self._headings:
                return name, end.start()
        return None


def _trim(line: str, start: int, end: int) -> RowSplit:
    text = line[start:end]
    return RowSplit(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _is_figures(line: str) -> bool:
    """Whether a line without words holds figures or marks for figures, and is no page number or rule."""
    if not _has_mark(line, 0):
        return False
    return not is_table_rule(line) and not (len(line) < 40 and _PAGE_NUMBER.fullmatch(line))


def is_table_rule(line: str) -> bool:
    return "--" in line and not line.strip(EDGE + "|:+=—-")


def _has_mark(line: str, start: int) -> bool:
    return bool(line[start:].strip(EDGE + ".,．，"))
