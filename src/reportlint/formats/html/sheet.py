"""Tables whose fields nothing keeps apart, set by the form: its rows and columns around the figures that were read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportlint.formats.html.marks import Marks
from reportlint.formats.html.markup import escape
from reportlint.model import Block, Form, Ragged, Table
from reportlint.source import Span

_NUMBER = re.compile(r"[0-9]+(?=[.．、])")


def written(marks: Marks, form: Form, table: Table, caption: str) -> str:
    """The table, its rows in the order of the form."""
    return _Sheet(marks, form, table).written(caption)


def figures(table: Table) -> Iterator[Span]:
    """Where the table's figures stand, also those of rows that have too few or too many."""
    yield from (cell.span for cell in table.cells.values())
    yield from (cell.span for row in table.ragged for cell in row.cells)


class _Sheet:
    def __init__(self, marks: Marks, form: Form, table: Table) -> None:
        self._marks = marks
        self._form = form
        self._table = table
        self._figures = sorted(figures(table))
        self._ragged = {row.row: row for row in table.ragged}

    def written(self, caption: str) -> str:
        blocks = list(self._blocks())
        groups = self._groups([row for _, rows in blocks for row in rows], len(blocks) > 1)
        parts = []
        for number, (block, rows) in enumerate(blocks):
            parts.append("<table>")
            parts.append(f"<caption>{caption}</caption>" if caption and not number else "")
            parts.extend(self._across(rows, block.columns) if block.across else self._down(rows, block.columns, groups))
            parts.append("</table>")
        return "".join(parts)

    def _blocks(self) -> Iterator[tuple[Block, list[str]]]:
        """The blocks of the form of which the table has rows; rows outside the form are in the first one."""
        has = {row for row, _ in self._table.cells} | set(self._ragged)
        blocks = self._form.tables[self._table.name]
        known = {row for block in blocks for row in block.rows}
        others = [row for row in (*self._table.rows, *self._ragged) if row in has and row not in known]
        for block in blocks:
            rows = [row for row in block.rows if row in has]
            if not block.across and others:
                rows = self._in_order([*rows, *dict.fromkeys(others)])
                others = []
            if rows:
                yield block, rows

    def _in_order(self, rows: list[str]) -> list[str]:
        """Rows as they follow each other in the text."""
        return sorted(rows, key=lambda row: self._table.rows.get(row, self._table.span).start)

    def _down(self, rows: Sequence[str], columns: Sequence[str], groups: Mapping[str, list[str]]) -> Iterator[str]:
        heads = "".join(f'<th scope="col">{escape(self._form.label(column))}</th>' for column in columns)
        yield f"<thead><tr><td></td>{heads}</tr></thead><tbody>"
        for row in rows:
            for group in groups.get(row, ()):
                yield f'<tr><th class="group" scope="row" colspan="{len(columns) + 1}">{escape(group)}</th></tr>'
            ragged = self._ragged.get(row)
            cells = self._uneven(ragged, len(columns)) if ragged else self._cells(row, columns)
            yield f'<tr><th scope="row">{self._label(row)}</th>{cells}</tr>'
        yield "</tbody>"

    def _across(self, rows: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
        yield "<thead><tr>"
        yield from (f'<th scope="col" colspan="{len(columns)}">{self._label(row)}</th>' for row in rows)
        yield "</tr><tr>"
        for _ in rows:
            yield from (f'<th scope="col">{escape(self._form.label(column))}</th>' for column in columns)
        yield "</tr></thead><tbody><tr>"
        for row in rows:
            ragged = self._ragged.get(row)
            yield self._uneven(ragged, len(columns)) if ragged else self._cells(row, columns)
        yield "</tr></tbody>"

    def _label(self, row: str) -> str:
        """The form's words for a row; those of the report, where something in them is marked."""
        span = self._table.rows.get(row)
        # Rows that stand side by side over one line of figures have that line for their place.
        if (
            span is None
            or any(span.start <= figure.start < span.end for figure in self._figures)
            or not self._marks.touches(*span)
        ):
            return escape(self._form.label(row))
        return self._marks.write(*span)

    def _cells(self, row: str, columns: Iterable[str]) -> str:
        parts = []
        for column in columns:
            cell = self._table.cells.get((row, column))
            parts.append(f"<td>{self._marks.write(*cell.span)}</td>" if cell else "<td></td>")
        return "".join(parts)

    def _uneven(self, row: Ragged, columns: int) -> str:
        """Figures that are too few or too many for the columns."""
        figures = " ".join(self._marks.write(*cell.span) for cell in row.cells)
        return f'<td class="uneven" colspan="{columns}">{figures}</td>'

    def _groups(self, rows: Sequence[str], of_blocks: bool) -> dict[str, list[str]]:
        """The words that stand over several rows, by the row that they stand over first.

        Over the first row of all, they are heads of columns, unless there are blocks that they can be titles of. A PDF
        has them beside the middle of their rows: they go up to the row that is numbered 1.
        """
        text, span = self._marks.text, self._table.span
        labels = [self._form.label(group) for group in self._form.groups]
        whole = _bare(text[span.start : span.end])
        labels = [label for label in labels if whole.count(_bare(label)) == 1]
        groups: dict[str, list[str]] = {}
        end = span.start
        for number, row in enumerate(rows):
            label = self._table.rows.get(row)
            if label is None:
                continue
            between = _bare(text[end : label.start])
            found = sorted((between.find(_bare(words)), words) for words in labels)
            over = [words for at, words in found if at >= 0]
            if over and (number or of_blocks):
                groups.setdefault(self._first_of(rows, number), []).extend(over)
            end = max(end, label.end)
        return groups

    def _first_of(self, rows: Sequence[str], number: int) -> str:
        """The row that is numbered 1 among those before a row that has a number, the row itself included."""
        for row in reversed(rows[: number + 1]):
            numbered = _NUMBER.match(self._form.label(row))
            if numbered is None:
                break
            if numbered[0] == "1":
                return row
        return rows[number]


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
