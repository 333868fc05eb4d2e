"""A table's lines to a typed table: rows by their labels, columns by their heads.

A row's figures may stand behind its label, on lines of their own after it, or, where a PDF
tore label and figures apart, before it. Rows and runs of figures that stand apart are matched
in order between rows that are certain; where that is not certain, a row stays without cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lark import Token

from reportlint.grammar import Grammar
from reportlint.lowering import cells
from reportlint.lowering.cells import Piece
from reportlint.model import Block, Cell, CellKind, Form, Place, Ragged, Table
from reportlint.source import Span

_MEMO_SIZE = 10_000


class _Geometry(NamedTuple):
    """The rows and columns of a table, the rows that stand side by side, and the lengths of a full line."""

    rows: frozenset[str]
    columns: frozenset[str]
    across: frozenset[str]
    widths: frozenset[int]

    @classmethod
    def of(cls, form: Form, table: str) -> _Geometry:
        blocks = form.tables[table]
        full = {len(block.columns) * (len(block.rows) if block.across else 1) for block in blocks}
        return cls(
            frozenset(form.rows(table)),
            frozenset(column for block in blocks for column in block.columns),
            frozenset(row for block in blocks if block.across for row in block.rows),
            frozenset(full | {len(block.columns) for block in blocks}),
        )


@dataclass(slots=True)
class _Row:
    """A row's label and its figures, once they are found."""

    name: str
    label: Span
    pieces: tuple[Piece, ...] = ()
    base: int = 0
    certain: bool = False
    """Whether the figures stood on the label's own line."""


@dataclass(slots=True)
class _Run:
    """Figures without a label."""

    cells: list[Cell] = field(default_factory=list)
    full: bool = False
    """Whether they are all of one line that holds a whole row."""


class TableReader:
    """Lowers the tables of one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._form = grammar.form
        self._names = {t.name: grammar.terminal(Token(t.name, "")).lower() for t in grammar.compiled.terminals}

        self._head_memo: dict[str, list[str]] = {}
        self._geometry = {name: _Geometry.of(self._form, name) for name in self._form.tables}

    def read(self, name: str, tokens: list[Token], section: str | None) -> tuple[Table, list[Token]]:
        """The table, and those of its lines that are prose."""
        rows, columns, across, widths = self._geometry[name]
        groups = self._form.groups
        items: list[_Row | _Run] = []
        heads: list[list[str]] = []
        prose: list[Token] = []
        for token in tokens:
            label = self._names[token.type]
            offset = token.start_pos or 0
            if label in rows or label in groups:
                row = self._row(token, label, offset)
                if (label in rows and (label not in across or row.pieces)) or (
                    row.pieces and any(piece.value is not None for piece in row.pieces)
                ):
                    items.append(row)
                else:
                    heads.append(self._heads(token, columns))
            elif label in columns:
                heads.append(self._heads(token, columns))
            elif label == "figures":
                _add_run(items, cells.place(cells.split_line(token), offset), widths)
            elif cells.is_mark(token):
                _add_run(items, cells.place((cells.whole(token),), offset), widths)
            else:
                prose.append(token)
        first, last = tokens[0], tokens[-1]
        span = Span(first.start_pos or 0, (last.start_pos or 0) + len(last))
        if across:
            table = self._read_across(name, span, self._form.tables[name][0], items, section)
        else:
            table = self._read_rows(name, span, items, [head for head in heads if head], section)
        return table, prose

    def _row(self, token: Token, name: str, offset: int) -> _Row:
        split = self._grammar.lines.split(token, token.type)
        pieces = cells.split_row(token[split.end :])
        label = Span(offset + split.start, offset + split.end)
        return _Row(name, label, pieces, offset + split.end, certain=bool(pieces))

    def _heads(self, token: Token, columns: frozenset[str]) -> list[str]:
        """The columns that a head line names, in its order."""
        line = str(token)
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
        self, name: str, span: Span, items: list[_Row | _Run], heads: list[list[str]], section: str | None
    ) -> Table:
        labels: dict[str, Span] = {}
        repeated: list[tuple[str, Span]] = []
        found: dict[Place, Cell] = {}
        ragged: list[Ragged] = []
        bound = list(_bind(items))
        missing = self._missing_columns(name, bound, {column for head in heads for column in head})
        leads = _leads(bound, self._width(name, missing))
        columns_of = {row.name: self._form.columns(name, row.name) for row, _ in bound}
        ordered = {columns: _in_order_of(heads, columns, missing) for columns in set(columns_of.values())}
        filled: set[str] = set()
        short = _short_of_a_column(bound, self._width(name, missing)) if len(self._form.tables[name]) == 1 else False
        for row, run in bound:
            if row.name in filled and (row.pieces or run):
                repeated.append((row.name, row.label))
                continue
            labels.setdefault(row.name, row.label)
            columns = ordered[columns_of[row.name]]
            figures = run or (_filled(row) if short else _fit(row, len(columns), leads))
            if len(figures) == len(columns):
                filled.add(row.name)
                for column, cell in zip(columns, figures, strict=True):
                    found[row.name, column] = cell
            elif figures:
                ragged.append(Ragged(row.name, row.label, tuple(figures), len(columns)))
        return Table(name, span, found, labels, tuple(ragged), tuple(repeated), missing, section)

    def _width(self, name: str, missing: tuple[str, ...]) -> int:
        return len(self._form.tables[name][0].columns) - len(missing)

    def _missing_columns(self, name: str, bound: list[tuple[_Row, list[Cell]]], seen: set[str]) -> tuple[str, ...]:
        """The columns that the heads lack, if every row has just as many figures as there are heads."""
        blocks = self._form.tables[name]
        if len(blocks) > 1:
            return ()
        columns = blocks[0].columns
        counts = {len(run) or sum(piece.kind is not CellKind.BLANK for piece in row.pieces) for row, run in bound} - {0}
        if not seen or len(seen) >= len(columns) or counts != {len(seen)}:
            return ()
        return tuple(column for column in columns if column not in seen)

    def _read_across(self, name: str, span: Span, block: Block, items: list[_Row | _Run], section: str | None) -> Table:
        """A table whose rows stand side by side: all its figures, in one order."""
        size = len(block.rows) * len(block.columns)
        figures: list[Cell] = []
        runs: list[list[Cell]] = []
        for item in items:
            run = list(cells.place(item.pieces, item.base)) if isinstance(item, _Row) else item.cells
            runs.append(run)
            figures.extend(run)
        whole = next((run for run in runs if len(run) == size), None)
        if whole is None and len(figures) > size:
            whole = _window(figures, size)
        chosen = whole or figures
        if len(chosen) != size:
            head = chosen[0].span if chosen else span
            rest = (Ragged(block.rows[0], head, tuple(chosen), size),) if chosen else ()
            return Table(name, span, {}, {}, rest, (), (), section)
        places = [(row, column) for row in block.rows for column in block.columns]
        labels = dict.fromkeys(block.rows, Span(chosen[0].span.start, chosen[-1].span.end))
        return Table(name, span, dict(zip(places, chosen, strict=True)), labels, (), (), (), section)


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


def _add_run(items: list[_Row | _Run], figures: tuple[Cell, ...], widths: Iterable[int]) -> None:
    """Add a line of figures; cells on lines of their own are gathered into one run."""
    full = len(figures) > 1 and len(figures) in widths
    last = items[-1] if items else None
    if isinstance(last, _Run) and not last.full and not full:
        last.cells.extend(figures)
    else:
        items.append(_Run(list(figures), full))


def _bind(items: list[_Row | _Run]) -> Iterator[tuple[_Row, list[Cell]]]:
    """Each row with the figures that stand apart from its label, if any do."""
    apart = not any(isinstance(item, _Row) and item.certain for item in items)
    gap: list[_Row | _Run] = []
    for item in [*items, None]:
        if item is None or (isinstance(item, _Row) and item.certain):
            if gap:
                yield from _bind_gap(gap, apart)
                gap = []
            if item is not None:
                yield item, []
        else:
            gap.append(item)


def _bind_gap(gap: list[_Row | _Run], apart: bool) -> Iterator[tuple[_Row, list[Cell]]]:
    rows = [item for item in gap if isinstance(item, _Row)]
    runs = [item for item in gap if isinstance(item, _Run)]
    if len(rows) == len(runs):
        yield from ((row, run.cells) for row, run in zip(rows, runs, strict=True))
        return
    for index, item in enumerate(gap):
        if isinstance(item, _Row):
            following = gap[index + 1] if index + 1 < len(gap) else None
            yield item, following.cells if apart and isinstance(following, _Run) else []


def _filled(row: _Row) -> list[Cell]:
    """The cells of a row that hold anything."""
    return list(cells.place(tuple(p for p in row.pieces if p.kind is not CellKind.BLANK), row.base))


def _short_of_a_column(bound: list[tuple[_Row, list[Cell]]], width: int) -> bool:
    """Whether all rows have the same number of figures, too few, and some no room for more: a column is lost.

    Which one cannot be told from the figures, so that no row can be put into columns.
    """
    counts: set[int] = set()
    room = True
    for row, run in bound:
        filled = [i for i, piece in enumerate(row.pieces) if piece.kind is not CellKind.BLANK]
        if run or not filled or filled[-1] - filled[0] + 1 != len(filled):
            return False
        counts.add(len(filled))
        room = room and len(row.pieces) >= width
    return not room and len(counts) == 1 and counts.pop() < width and len(bound) > 1


def _leads(bound: list[tuple[_Row, list[Cell]]], width: int) -> dict[int, int]:
    """How many blank fields stand before the figures of rows that are full, the commonest first."""
    counts: dict[int, int] = {}
    for row, _ in bound:
        filled = [i for i, piece in enumerate(row.pieces) if piece.kind is not CellKind.BLANK]
        if len(row.pieces) >= width and filled and filled[-1] - filled[0] + 1 == width == len(filled):
            counts[filled[0]] = counts.get(filled[0], 0) + 1
    return counts


def _fit(row: _Row, width: int, leads: dict[int, int]) -> list[Cell]:
    """The cells of a row, without the blank fields that merged heads leave beside them."""
    pieces = row.pieces
    if len(pieces) > width:
        filled = [i for i, piece in enumerate(pieces) if piece.kind is not CellKind.BLANK]
        if not filled:
            pieces = pieces[len(pieces) - width :]
        elif filled[-1] - filled[0] < width:
            least, most = max(0, filled[-1] - width + 1), min(filled[0], len(pieces) - width)
            start = max(range(least, most + 1), key=lambda lead: (leads.get(lead, 0), -lead))
            pieces = pieces[start : start + width]
        elif width == 1:
            first, last = pieces[filled[0]], pieces[filled[-1]]
            text = " ".join(pieces[i].text for i in filled)
            pieces = (Piece(first.start, last.end, text, *cells.read_value(text)),)
    return list(cells.place(pieces, row.base))


def _window(figures: list[Cell], size: int) -> list[Cell] | None:
    """The stretch of that size outside which there are only blanks."""
    filled = [i for i, cell in enumerate(figures) if cell.kind is not CellKind.BLANK]
    if not filled or filled[-1] - filled[0] >= size:
        return None
    start = min(filled[0], len(figures) - size)
    return figures[start : start + size]
