"""The typed report: what lowering makes and rules read.

Every value keeps its span in the source. Nothing here knows a label: the names of sections,
tables, rows and columns are those of the grammar's terminals and rules, in lower case.

The small values are named tuples, not dataclasses: a report has some two hundred cells, and a
named tuple is made in half the time of a frozen dataclass and defined in a quarter of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any, NamedTuple

from reportlint.claims import Claim
from reportlint.source import Source, Span

_FEWEST_CELLS = 15
"""Of a text without title and headings: a page about reports may quote a row or two."""

_FEWEST_OF_PROSE = 2
_STOP = "。"

Place = tuple[str, str]
"""Row and column of a cell, by name."""


class CellKind(Enum):
    """What stands in a cell, whatever it may mean."""

    FIGURE = "figure"
    ZERO = "zero"
    BLANK = "blank"
    DASH = "dash"
    NOT_APPLICABLE = "not-applicable"
    TEXT = "text"


_Piece = tuple[int, int, str, "int | Decimal | None", CellKind]
"""Start and end in the line, text, value and kind of a cell that is not made yet."""

EMPTY_KINDS = frozenset({CellKind.BLANK, CellKind.DASH, CellKind.NOT_APPLICABLE})
"""The kinds that stand where a figure belongs and hold none."""


class Cell(NamedTuple):
    """One cell of a table; `value` is None unless the cell holds a figure (no guessed zeros)."""

    span: Span
    text: str
    value: int | Decimal | None
    kind: CellKind


class Cells(Mapping[Place, Cell]):
    """The cells of a table by place. Of two hundred few are asked for, so that a cell is made when it is.

    `figures` has the value of every cell; `plain` says that all of them are counts: whole and not negative.
    """

    __slots__ = ("_made", "_rows", "figures", "plain")

    def __init__(self, cells: Mapping[Place, Cell] | None = None) -> None:
        self._made: dict[Place, Cell] = {}
        self._rows: dict[str, tuple[Sequence[Place], Sequence[_Piece], int]] = {}
        self.figures: dict[Place, int | Decimal | None] = {}
        self.plain = True
        if cells:
            self.add(tuple(cells), tuple(cells.values()))

    def add(self, places: Sequence[Place], cells: Sequence[Cell]) -> None:
        """Cells that are made already."""
        self._made.update(zip(places, cells, strict=True))
        self.figures.update((place, cell.value) for place, cell in zip(places, cells, strict=True))
        self.plain = self.plain and all(type(cell.value) is int and cell.value >= 0 for cell in cells)

    def add_row(
        self,
        places: Sequence[Place],
        pieces: Sequence[_Piece],
        values: Sequence[int | Decimal | None],
        base: int,
        *,
        plain: bool,
    ) -> None:
        """A row by the pieces of its line, whose offsets begin at `base`."""
        self.figures.update(zip(places, values, strict=True))
        self._rows[places[0][0]] = (places, pieces, base)
        self.plain = self.plain and plain

    def __getitem__(self, place: Place) -> Cell:
        cell = self._made.get(place)
        if cell is None:
            if place not in self.figures:
                raise KeyError(place)
            places, pieces, base = self._rows[place[0]]
            start, end, text, value, kind = pieces[places.index(place)]
            cell = self._made[place] = Cell(Span(base + start, base + end), text, value, kind)
        return cell

    def __iter__(self) -> Iterator[Place]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    def __contains__(self, place: object) -> bool:
        return place in self.figures

    def __repr__(self) -> str:
        return f"Cells({dict(self)!r})"


class Block(NamedTuple):
    """Rows of a table that share their columns, as the form prints them.

    In an `across` block the rows stand side by side over one line of figures.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    across: bool = False


class Form(NamedTuple):
    """What a grammar says of the form: its sections, its tables and their printed labels."""

    name: str
    sections: tuple[str, ...]
    tables: Mapping[str, tuple[Block, ...]]
    labels: Mapping[str, str]
    """The official words for a section, row or column."""
    groups: frozenset[str] = frozenset()
    """Labels that stand over several rows; one that has figures of its own becomes a row."""
    years: tuple[int, int | None] = (0, None)
    """The first and the last report year that the form is for."""
    family: str = ""
    """What kind of report the form is for: the editions of one form, and variants of them, share it."""

    over: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The labels that stand over a row or column, the outermost first; none where none does."""

    def covers(self, year: int) -> bool:
        first, last = self.years
        return first <= year and (last is None or year <= last)

    def label(self, name: str) -> str:
        return self.labels.get(name, name)

    def words(self, places: Sequence[Place]) -> str:
        """Cells by their printed labels: those of one row or column, or of rows and columns that stand together."""
        rows, columns = (tuple(dict.fromkeys(names)) for names in zip(*places, strict=True))
        return f"{self._named(rows)}的{self._named(columns)}{'之和' if len(places) > 1 else ''}"

    def _named(self, names: Sequence[str]) -> str:
        first, last = self.label(names[0]), self.label(names[-1])
        if len(names) == 1:
            return f"“{first}”"
        return f"“{first}”与“{last}”" if len(names) == 2 else f"“{first}”至“{last}”{len(names)} 项"

    def rows(self, table: str) -> tuple[str, ...]:
        return tuple(row for block in self.tables[table] for row in block.rows)

    def names_in(self, table: str, each: str) -> frozenset[str]:
        """What a relation over each `column` may name, rows and the groups over them; over each `row`, columns."""
        if each == "column":
            return frozenset((*self.rows(table), *self.groups))
        return frozenset(column for block in self.tables[table] for column in block.columns)

    def columns(self, table: str, row: str) -> tuple[str, ...]:
        """The columns that a row has; those of the table's first block for a row outside the form."""
        blocks = self.tables[table]
        return next((block.columns for block in blocks if row in block.rows), blocks[0].columns)


class Ragged(NamedTuple):
    """A row whose figures could not be put into columns: too few or too many of them."""

    row: str
    span: Span
    cells: tuple[Cell, ...]
    expected: int


class Table(NamedTuple):
    """A table of the form, its cells by (row, column); an absent table has no cells."""

    name: str
    span: Span
    cells: Cells
    rows: Mapping[str, Span]
    """Where each row's label stands; the first time, when it is there more than once."""
    ragged: tuple[Ragged, ...] = ()
    repeated: tuple[tuple[str, Span], ...] = ()
    """Row labels with figures that were there already: the first one counts."""
    missing_columns: tuple[str, ...] = ()
    """Columns that every row lacks, known from the heads that are there."""
    section: str | None = None
    """The section that it was found in."""

    def value(self, row: str, column: str) -> int | Decimal | None:
        return self.cells.figures.get((row, column))


class Section(NamedTuple):
    """A section of the report, from its heading to the next one."""

    name: str
    heading: str
    heading_span: Span
    official: bool
    """Whether the heading has the form's own words (its ordinal included)."""
    span: Span
    paragraphs: tuple[Span, ...]
    """Stretches of prose, joined where a PDF broke their lines."""
    tables: tuple[str, ...]


class Report(NamedTuple):
    """A report as it was understood."""

    source: Source
    form: Form
    title: str | None
    title_span: Span | None
    organisation: str | None
    year: int | None
    preface: tuple[Span, ...]
    """The prose before the first section, the title included."""
    sections: tuple[Section, ...]
    tables: Mapping[str, Table]
    extra_tables: tuple[Table, ...]
    """Tables of a name that was there already."""
    claims: tuple[Claim, ...]
    facts: dict[object, Any]
    """What has been computed of the report so far; see `reportlint.facts`."""

    def section(self, name: str) -> Section | None:
        """The first section of that name."""
        return next((section for section in self.sections if section.name == name), None)

    def text(self, span: Span) -> str:
        return self.source.text[span.start : span.end]

    def prose(self, section: Section) -> str:
        """The section's prose without its tables, a line per paragraph."""
        return "\n".join(self.text(span) for span in section.paragraphs)

    def claims_about(self, *subjects: str) -> list[Claim]:
        """The claims about these subjects that speak of the report's own year."""
        return [
            claim
            for claim in self.claims
            if claim.subject in subjects and (claim.year is None or claim.year == self.year)
        ]

    def remarked(self, kind: str, within: Span | None = None) -> bool:
        """Whether the reader remarked of this stretch, or of the whole; kinds are in `reportlint.readers.remarks`."""
        return any(
            remark.kind == kind
            and (within is None or remark.span is None or within.start <= remark.span.start <= within.end)
            for remark in self.source.remarks
        )

    @property
    def tables_only(self) -> bool:
        """Whether there are tables without the sections of prose of a report, as in a workbook that is sent in.

        A workbook may hold a whole report: then several sections have sentences and no table.
        """
        if not self.source.tables_only:
            return False
        prose = [section for section in self.sections if not section.tables and _STOP in self.prose(section)]
        return len(prose) < _FEWEST_OF_PROSE

    @property
    def judged_tables(self) -> tuple[Table, ...]:
        """The tables that are judged: the first of each name; where there are tables only, each of them."""
        return (*self.tables.values(), *(self.extra_tables if self.tables_only else ()))

    @property
    def recognised(self) -> bool:
        """Whether enough of the form was found in the text to take it for a report."""
        cells = sum(len(table.cells) for table in self.tables.values())
        return bool(self.sections or self.title or cells >= _FEWEST_CELLS or self._has_a_table)

    @property
    def _has_a_table(self) -> bool:
        """Whether there are tables only, and of one of them at least half of what the form has."""
        return self.source.tables_only and any(
            2 * len(table.cells) >= sum(len(block.rows) * len(block.columns) for block in self.form.tables[table.name])
            for table in self.tables.values()
        )
