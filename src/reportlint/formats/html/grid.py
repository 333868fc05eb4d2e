"""Tables whose lines have their fields apart by bars or tabs, set as the form prints them.

What spans in the form stands in a report in its first field, with empty ones beside or below it. So an empty
field of a head belongs to the head before or above it, and one behind the last figure of a row to that figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportlint.formats.html.marks import Marks, first_within

_RULED = re.compile(r"[\s|:]*-[\s|:-]*")
"""The line below the heads of a Markdown table."""
_FIGURE = re.compile(r"[-+]?[\d０-９][\d０-９.,，．]*\s*[%％]?|[-—–/／－]+")
_BAR, _TAB = "|", "\t"
_FEWEST_BARS = 2


class Field(NamedTuple):
    """A field, without the blanks around it.

    `figure` says whether it belongs to the figures of its row, `known` whether it is a cell that was recognised.
    """

    start: int
    end: int
    figure: bool = False
    known: bool = False

    @property
    def empty(self) -> bool:
        return self.start == self.end


Row = list[Field]
_NOTHING = Field(0, 0)


def delimiter_of(line: str) -> str | None:
    """What keeps the fields of a line apart, if it has fields."""
    if _TAB in line.strip():
        return _TAB
    return _BAR if line.count(_BAR) >= _FEWEST_BARS else None


def rows_of(text: str, lines: Sequence[tuple[int, int]], cells: Sequence[tuple[int, int]]) -> list[Row] | None:
    """The fields of a table's lines; None unless each of its cells stands in a field of its own.

    `cells` are those that were recognised, by their place.
    """
    starts = [start for start, _ in cells]
    seen: set[int] = set()
    rows = []
    for start, end in lines:
        line = text[start:end]
        if not line.strip() or _RULED.fullmatch(line):
            continue
        row = []
        for left, right in _fields(line, start):
            known = first_within(starts, left, right) if starts else None
            if known is not None:
                if known in seen or cells[known][1] > right:
                    return None
                if known + 1 < len(starts) and starts[known + 1] <= right:
                    return None
                seen.add(known)
            row.append(_stripped(text, left, right, known is not None))
        rows.append(row)
    return rows if rows and len(seen) == len(cells) else None


def written(marks: Marks, rows: list[Row], caption: str) -> str:
    """The table."""
    grid = _Grid(rows)
    heads = grid.first_heads()
    parts = ["<table>", f"<caption>{caption}</caption>" if caption else ""]
    if heads:
        parts.append("<thead>")
        parts.extend(grid.row(marks, number) for number in range(heads))
        parts.append("</thead>")
    parts.append("<tbody>")
    parts.extend(grid.row(marks, number) for number in range(heads, len(rows)))
    parts.append("</tbody></table>")
    return "".join(parts)


def _fields(line: str, base: int) -> Iterator[tuple[int, int]]:
    """Where the fields of a line are, between what keeps them apart."""
    delimiter = _TAB if _TAB in line.strip() else _BAR
    start, end = 0, len(line)
    if delimiter == _BAR:
        start = len(line) - len(line.lstrip())
        end = len(line.rstrip())
        start += line[start:end].startswith(_BAR)
        end -= line[start:end].endswith(_BAR)
    while True:
        at = line.find(delimiter, start, end)
        yield base + start, base + (end if at < 0 else at)
        if at < 0:
            return
        start = at + 1


def _stripped(text: str, start: int, end: int, known: bool) -> Field:
    inner = text[start:end]
    words = inner.strip()
    if not words:
        return Field(start, start, known, known)
    at = start + inner.index(words)
    return Field(at, at + len(words), known or _FIGURE.fullmatch(words) is not None, known)


def _aligned(rows: list[Row]) -> list[Row]:
    """Rows with the figures that were recognised below each other, where their lines lack fields of labels.

    The heads over a row are widened as it is.
    """
    firsts = [next((column for column, field in enumerate(row) if field.known), None) for row in rows]
    most = max((first for first in firsts if first is not None), default=0)
    aligned: list[Row] = []
    first = None
    for row, own in zip(reversed(rows), reversed(firsts), strict=True):
        first = first if own is None else own
        missing = 0 if first is None or len(row) <= first else most - first
        aligned.append([*row[:first], *[_NOTHING] * missing, *row[first:]] if missing else row)
    return aligned[::-1]


class _Grid:
    """Rows of fields, and which fields each one covers."""

    def __init__(self, rows: list[Row]) -> None:
        rows = _aligned(rows)
        self._width = max(map(len, rows))
        self._rows = [[*row, *[_NOTHING] * (self._width - len(row))] for row in rows]
        # Where the figures of each row begin; None for heads, which have none.
        self._figures = [next((column for column, field in enumerate(row) if field.figure), None) for row in self._rows]
        self._covered: set[tuple[int, int]] = set()
        # A table without any figures has its heads in the first row.
        self._words_only = all(figures is None for figures in self._figures)

    def first_heads(self) -> int:
        """How many rows of heads there are above the first figures."""
        return next((number for number, figures in enumerate(self._figures) if figures is not None), 1)

    def row(self, marks: Marks, number: int) -> str:
        parts = ["<tr>"]
        figures = self._figures[number]
        for column, field in enumerate(self._rows[number]):
            if (number, column) in self._covered:
                continue
            if figures is not None and column >= figures:
                span = self._rest(number, column)
                words = marks.write(field.start, field.end) if field.figure or not field.empty else ""
                parts.append(f"<td{_times('colspan', span)}{'' if field.figure else ' class=words'}>{words}</td>")
            elif field.empty:
                parts.append("<td></td>")
            elif self._words_only and number:
                parts.append(f'<td class="words">{marks.write(field.start, field.end)}</td>')
            else:
                across, down = self._spread(number, column)
                scope = "col" if figures is None else "row"
                words = marks.write(field.start, field.end)
                spans = _times("colspan", across) + _times("rowspan", down)
                parts.append(f'<th scope="{scope}"{spans}>{words}</th>')
        parts.append("</tr>")
        return "".join(parts)

    def _rest(self, number: int, column: int) -> int:
        """How many fields a figure spans: to the end of its row, where it is the last in it."""
        rest = self._rows[number][column + 1 :]
        if any(field.figure or not field.empty for field in rest):
            return 1
        self._cover(number, column, self._width - column, 1)
        return self._width - column

    def _spread(self, number: int, column: int) -> tuple[int, int]:
        """How many fields a head spans, beside and below it."""
        figures = self._figures[number]
        limit = self._width if figures is None else figures
        right = column + 1
        while right < limit and self._free(number, right):
            right += 1
        below = number + 1
        while below < len(self._rows) and (self._figures[below] is None) == (figures is None):
            if not all(self._free(below, covered) for covered in range(column, right)):
                break
            if not any(not field.empty for field in self._rows[below]):
                break
            other = self._figures[below]
            # Before figures, what is empty beside a label belongs to it rather than to one above.
            if other is not None and (other < right or any(not left.empty for left in self._rows[below][:column])):
                break
            below += 1
        self._cover(number, column, right - column, below - number)
        return right - column, below - number

    def _free(self, number: int, column: int) -> bool:
        return self._rows[number][column].empty and (number, column) not in self._covered

    def _cover(self, number: int, column: int, across: int, down: int) -> None:
        self._covered.update((number + below, column + beside) for below in range(down) for beside in range(across))


def _times(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""
