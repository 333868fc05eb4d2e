"""Rows whose cells hold nothing but styled text, read at one go: reports have hundreds of such cells."""

from __future__ import annotations

import re

from reportlint.readers.html.builder import Builder
from reportlint.readers.html.markup import Tags
from reportlint.readers.html.tree import BLANK, Row, Table, WideWords, Words

_STYLING = "(?:p|span|font|b|strong|o:p|div|center)"
_ATTRIBUTES = r"(?:[ \t\n\r\f][^<>]*+)?+"
_CELL = re.compile(
    rf"""[ \t\n\r\f]*+ (<t[dh]{_ATTRIBUTES}>) ((?:[ \t\n\r\f]*+ <{_STYLING}{_ATTRIBUTES}>)*+)
    (&nbsp;|[^<&]*+) (?:</{_STYLING}>[ \t\n\r\f]*+)*+ (?:(</t[dh]>) | (?=<(?:t[dhr]|/t(?:r|able))[ \t\n\r\f>]))""",
    re.VERBOSE,
).match
_ROW = re.compile(rf"[ \t\n\r\f]*+(<tr{_ATTRIBUTES}>)").match
_ROW_END = re.compile(r"[ \t\n\r\f]*+(?:</tr>|(?=<(?:tr|/table)[ \t\n\r\f>]))").match
_BLANK = "&nbsp;"
_CELL_END = len("</td>")

BEFORE_ROWS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th"})
"""Elements at whose beginning or end a row or a cell may begin."""


class Rows:
    """Reads rows and cells from where one may begin."""

    def __init__(self, html: str, tags: Tags, builder: Builder) -> None:
        self._html = html
        self._tags = tags
        self._builder = builder

    def read(self, start: int) -> int:
        """Reads as many rows and cells as are as simple as that; where the next thing stands."""
        row = self._builder.open_row()
        if row is not None:
            end = self._cells(row, start)
            if end > start:
                self._builder.reopen_cell(end)
            return end
        table = self._builder.open_table()
        return start if table is None else self._rows(table, start)

    def _rows(self, table: Table, start: int) -> int:
        html = self._html
        while match := _ROW(html, start):
            tag = self._tags.plain(match[1], "")
            if tag is None:
                break
            place = match.start(1)
            row = Row(place, table.group)
            end = self._cells(row, match.end())
            if not row.cells:
                break
            last = _ROW_END(html, end)
            if last is None:
                self._builder.enter_row(tag, row)
                self._builder.reopen_cell(end)
                return end
            start = last.end()
            row.is_simple = len(row.cells) > 1 and not any(isinstance(cell, WideWords) for cell in row.cells)
            table.rows.append(row)
            self._builder.lines.settle()
        return start

    def _cells(self, row: Row, start: int) -> int:
        html, plain, cells = self._html, self._tags.plain, row.cells
        before = len(cells)
        while match := _CELL(html, start):
            raw, styling, text, closed = match.groups()
            tag = plain(raw, styling)
            if tag is None:
                break
            start = match.end()
            end = start if closed is None else start - _CELL_END
            if text == _BLANK:
                text = BLANK
            if tag.is_single:
                cells.append(Words(text, match.start(3), end))
            else:
                cells.append(WideWords(text, match.start(3), end, tag.columns, tag.rows))
        self._builder.count(len(cells) - before)
        return start
