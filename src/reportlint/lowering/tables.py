"""A table's lines to a typed table: rows by their labels, columns by their heads.

A row's figures may stand behind its label, on lines of their own after it, or, where a PDF
tore label and figures apart, before it. Rows and runs of figures that stand apart are matched
in order between rows that are certain; where that is not certain, a row stays without cells.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reportlint.grammar import Grammar, Token
from reportlint.lowering import cells
from reportlint.lowering.cells import Fields
from reportlint.lowering.rows import BoundRow, Layout, Row, Run, add_run, bind, fit, layout, short_of_a_column
from reportlint.model import Block, Cell, CellKind, Cells, Form, Place, Ragged, Table
from reportlint.source import Span

_MEMO_SIZE = 2_048
_LONGEST_CELL = 4
_LONGEST_RUN = 500
_MEASURED = re.compile(r"[0-9][0-9,]{1,14}(?:\.[0-9]{1,6})?[^\W\d年月日_]{1,2}")
_LINE = re.compile(r"[^\r\n]+")


class _Geometry(NamedTuple):
    """What the labels of a table are, and the lengths of a full line of figures."""

    rows: frozenset[str]
    """The rows whose figures stand behind their label, or below it."""
    labels: frozenset[str]
    """All labels behind which figures may stand: rows, rows side by side, groups."""
    columns: frozenset[str]
    across: bool
    widths: frozenset[int]

    @classmethod
    def of(cls, form: Form, table: str) -> _Geometry:
        blocks = form.tables[table]
        full = {len(block.columns) * (len(block.rows) if block.across else 1) for block in blocks}
        return cls(
            frozenset(row for block in blocks if not block.across for row in block.rows),
            frozenset(form.rows(table)) | form.groups,
            frozenset(column for block in blocks for column in block.columns),
            any(block.across for block in blocks),
            frozenset(full | {len(block.columns) for block in blocks}),
        )


class TableReader:
    """Lowers the tables of one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._form = grammar.form
        self._names = grammar.terminals()
        self._row_memo: dict[tuple[str, str], tuple[int, int, int, Fields]] = {}
        self._head_memo: dict[str, list[str]] = {}
        self._place_memo: dict[tuple[object, ...], dict[str, list[Place]]] = {}
        self._geometry = {name: _Geometry.of(self._form, name) for name in self._form.tables}

    def read(self, name: str, tokens: list[Token], section: str | None) -> tuple[Table, list[Token]]:
        """The table, and those of its lines that are prose."""
        geometry = self._geometry[name]
        items: list[Row | Run] = []
        heads: list[list[str]] = []
        prose: list[Token] = []
        for token in tokens:
            label = self._names[token.type]
            if label in geometry.labels:
                row = self._row(token, label)
                # Labels over columns or rows are heads, unless figures of their own follow them.
                if label in geometry.rows or row.fields.figures:
                    items.append(row)
                else:
                    heads.append(self._heads(token, geometry.columns))
            elif label in geometry.columns:
                heads.append(self._heads(token, geometry.columns))
            elif label == "figures":
                for line in _LINE.finditer(token.text):
                    base = token.start + line.start()
                    add_run(items, cells.split_line(line.group()), base, geometry.widths)
            elif cells.is_mark(token.text) or _is_cell(token.text):
                add_run(items, cells.whole(token.text), token.start, geometry.widths)
            elif _is_run(token.text, geometry.widths):
                add_run(items, cells.split_line(token.text), token.start, geometry.widths)
            else:
                prose.append(token)
        first, last = tokens[0], tokens[-1]
        span = Span(first.start, last.end)
        if geometry.across:
            table = self._read_across(name, span, self._form.tables[name][0], items, section)
        else:
            table = self._read_rows(name, span, items, [head for head in heads if head], section)
        return table, prose

    def apart(self, name: str, tokens: list[Token]) -> list[list[Token]]:
        """The lines of a table that stands there several times, as those of several tables."""
        geometry = self._geometry[name]
        labels = geometry.labels | geometry.columns if geometry.across else geometry.rows
        parts: list[list[Token]] = []
        part: list[Token] = []
        first = ""
        rows: set[str] = set()
        end = 0
        for token in tokens:
            label = self._names[token.type]
            if label in labels:
                first = first or label
                # A single row that is there twice is a mistake, and no other table.
                if label == first and end and (geometry.across or 2 * len(rows) >= len(geometry.rows)):
                    parts.append(part[:end])
                    part, end = part[end:], 0
                    rows.clear()
            part.append(token)
            if label == "figures" or label in geometry.rows:
                rows.add(label)
                end = len(part)
        return [*parts, part]

    def _row(self, token: Token, name: str) -> Row:
        """A row's label and fields; lines come again, in one report and from report to report."""
        key = (token.text, token.type)
        found = self._row_memo.get(key)
        if found is None:
            start, end = self._grammar.lines.split(token.text, token.type)
            if len(self._row_memo) > _MEMO_SIZE:
                self._row_memo.clear()
            column = sum(map(token.text.count, "\t|", (0, 0), (start, start)))
            found = self._row_memo[key] = (start, end, column, cells.split_row(token.text[end:]))
        start, end, column, fields = found
        offset = token.start
        return Row(name, Span(offset + start, offset + end), fields, offset + end, column)

    def _heads(self, token: Token, columns: frozenset[str]) -> list[str]:
        """The columns that a head line names, in its order."""
        line = token.text
        found = self._head_memo.get(line)
        if found is None:
            fields = line.replace("|", "\t").split("\t") if "\t" in line or "|" in line else line.split()
            names = [self._grammar.lines.name(word) for word in fields if word.strip()]
            found = [name for name in names if name is not None]
            if len(self._head_memo) > _MEMO_SIZE:
                self._head_memo.clear()
            self._head_memo[line] = found
        own = self._names[token.type]
        return [name for name in found if name in columns] or ([own] if own in columns else [])

    def _read_rows(
        self, name: str, span: Span, items: list[Row | Run], heads: list[list[str]], section: str | None
    ) -> Table:
        labels: dict[str, Span] = {}
        repeated: list[tuple[str, Span]] = []
        found = Cells()
        ragged: list[Ragged] = []
        filled: set[str] = set()
        bound = list(bind(items))
        missing = self._missing_columns(name, bound, {column for head in heads for column in head})
        single = len(self._form.tables[name]) == 1
        width = len(self._form.tables[name][0].columns) - len(missing)
        seen: Layout | None = None
        short = single and short_of_a_column(bound, width)
        places = self._places(name, heads, missing)
        for row, run in bound:
            if row.name in filled and (row.fields.pieces or run):
                repeated.append((row.name, row.label))
                continue
            labels.setdefault(row.name, row.label)
            row_places = places[row.name] if row.name in places else self._extra_places(name, row.name, places)
            if short:
                run = cells.place(row.fields.core, row.base)
            if run:
                figures = run
            elif len(row.fields.core) == row.fields.filled == len(row_places):
                filled.add(row.name)
                fields = row.fields
                found.add_row(row_places, fields.core, fields.values, row.base, plain=fields.plain)
                continue
            else:
                seen = seen or layout(bound, width)
                figures = fit(row, len(row_places), seen)
            if len(figures) == len(row_places):
                filled.add(row.name)
                found.add(row_places, figures)
            elif figures:
                ragged.append(Ragged(row.name, row.label, tuple(figures), len(row_places)))
        return Table(name, span, found, labels, tuple(ragged), tuple(repeated), missing, section)

    def _places(self, name: str, heads: list[list[str]], missing: tuple[str, ...]) -> dict[str, list[Place]]:
        """The places of every row's cells, in the order in which the heads stand."""
        key = (name, tuple(tuple(head) for head in heads), missing)
        found = self._place_memo.get(key)
        if found is None:
            found = {}
            for block in self._form.tables[name]:
                order = _in_order_of(heads, block.columns, missing)
                found.update({row: [(row, column) for column in order] for row in block.rows})
            if len(self._place_memo) > _MEMO_SIZE:
                self._place_memo.clear()
            self._place_memo[key] = found
        return found

    def _extra_places(self, name: str, row: str, places: dict[str, list[Place]]) -> list[Place]:
        """The places of a row that the form has only as a group of rows."""
        first = self._form.tables[name][0].rows[0]
        return [(row, column) for _, column in places[first]]

    def _missing_columns(self, name: str, bound: list[BoundRow], seen: set[str]) -> tuple[str, ...]:
        """The columns that the heads lack, if every row has just as many figures as there are heads."""
        blocks = self._form.tables[name]
        if len(blocks) > 1:
            return ()
        columns = blocks[0].columns
        if not seen or len(seen) >= len(columns):
            return ()
        counts = {len(run) or row.fields.filled for row, run in bound} - {0}
        if counts != {len(seen)}:
            return ()
        return tuple(column for column in columns if column not in seen)

    def _read_across(self, name: str, span: Span, block: Block, items: list[Row | Run], section: str | None) -> Table:
        """A table whose rows stand side by side: all its figures, in one order."""
        size = len(block.rows) * len(block.columns)
        figures: list[Cell] = []
        runs: list[list[Cell]] = []
        for item in items:
            run = cells.place(item.fields.pieces, item.base) if isinstance(item, Row) else item.cells
            runs.append(run)
            figures.extend(run)
        candidates = [run for run in runs if len(run) >= size] or [figures]
        wholes = [found for run in candidates if (found := _window(run, size))]
        chosen = wholes[0] if wholes else figures
        if len(chosen) != size:
            head = chosen[0].span if chosen else span
            rest = (Ragged(block.rows[0], head, tuple(chosen), size),) if chosen else ()
            return Table(name, span, Cells(), {}, rest, (), (), section)
        places = [(row, column) for row in block.rows for column in block.columns]
        labels = dict.fromkeys(block.rows, Span(chosen[0].span.start, chosen[-1].span.end))
        again = tuple((block.rows[0], whole[0].span) for whole in wholes[1:])
        return Table(name, span, Cells(dict(zip(places, chosen, strict=True))), labels, (), again, (), section)


def _in_order_of(heads: list[list[str]], columns: tuple[str, ...], missing: tuple[str, ...]) -> tuple[str, ...]:
    """A row's columns in the order in which the heads of one line stand."""
    order = [column for column in columns if column not in missing]
    for head in heads:
        here = [column for column in head if column in order]
        slots = [index for index, column in enumerate(order) if column in here]
        if len(here) == len(slots):
            for slot, column in zip(slots, here, strict=True):
                order[slot] = column
    return tuple(order)


def _is_cell(line: str) -> bool:
    """Whether a line is a cell on a line of its own that begins with a figure: «3件», «386.4万元»."""
    text = line.strip(" \t|")
    return text[:1].isdigit() and (len(text) <= _LONGEST_CELL or _MEASURED.fullmatch(text) is not None)


def _is_run(line: str, widths: frozenset[int]) -> bool:
    """Whether a line is a row of figures with some words among them: «0 无 0 1件 …»."""
    if len(line) > _LONGEST_RUN:
        return False
    fields = cells.split_line(line)
    size = fields.filled if fields.filled in widths else len(fields.core)
    return size > 2 and size in widths and sum(value is not None for value in fields.values) * 2 >= size


def _window(figures: list[Cell], size: int) -> list[Cell] | None:
    """The stretch of that size outside which there are only blanks, or all that is filled in where it is as many."""
    filled = [i for i, cell in enumerate(figures) if cell.kind is not CellKind.BLANK]
    if len(filled) == size:
        return [figures[i] for i in filled]
    if len(figures) < size or not filled or filled[-1] - filled[0] >= size:
        return None
    start = min(filled[0], len(figures) - size)
    return figures[start : start + size]
