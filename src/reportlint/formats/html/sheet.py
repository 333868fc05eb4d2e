"""Tables whose fields nothing keeps apart, set by the form: its rows and columns around the figures that were read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from reportlint.formats.html.markup import escape
from reportlint.formats.html.marks import Marks
from reportlint.model import Block, Form, Ragged, Table
from reportlint.source import Span


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
        parts = []
        for number, (block, rows) in enumerate(blocks):
            parts.append("<table>")
            parts.append(f"<caption>{caption}</caption>" if caption and not number else "")
            parts.extend(self._across(rows, block.columns) if block.across else self._down(rows, block.columns))
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

    def _down(self, rows: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
        heads = "".join(f'<th scope="col">{escape(self._form.label(column))}</th>' for column in columns)
        yield f"<thead><tr><td></td>{heads}</tr></thead><tbody>"
        end = self._table.span.start
        for row in rows:
            label = self._table.rows.get(row)
            if label is not None:
                for group in self._groups_between(end, label.start):
                    yield f'<tr><th class="group" scope="row" colspan="{len(columns) + 1}">{escape(group)}</th></tr>'
            ragged = self._ragged.get(row)
            cells = self._uneven(ragged, len(columns)) if ragged else self._cells(row, columns)
            yield f'<tr><th scope="row">{self._label(row)}</th>{cells}</tr>'
            spans = [cell.span.end for place, cell in self._table.cells.items() if place[0] == row]
            end = max([*spans, label.end if label else end])
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

    def _groups_between(self, start: int, end: int) -> list[str]:
        """The words that stand over several rows, where they are in the text."""
        text = _bare(self._marks.text[start:end])
        labels = (self._form.label(group) for group in self._form.groups)
        found = sorted((text.find(_bare(label)), label) for label in labels)
        return [label for at, label in found if at >= 0]


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
