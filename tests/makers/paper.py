"""A report as paragraphs and tables with their merged cells: what every maker of documents starts from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）|[1-9][0-9]?\.(?![0-9])")
_SECTION = re.compile(r"[一二三四五六七八九十]、")
_MOST_IN_A_HEADING = 25
_COMMON_COLUMNS = 60
"""Of tables with 4, 10 and 15 columns that are one."""


class Words(NamedTuple):
    """A paragraph."""

    kind: str
    """`title`, `heading` or `text`."""
    ordinal: str
    """What it begins with and an automatic numbering might print: 一、 or （一）; empty where there is nothing."""
    text: str
    """What follows."""

    @property
    def whole(self) -> str:
        return self.ordinal + self.text


class Box(NamedTuple):
    """A cell, where it begins and how far it goes."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


class Grid(NamedTuple):
    """A table: boxes that cover it without gaps, in the order of rows."""

    height: int
    width: int
    heads: int
    """Rows that are repeated where the table goes on on another page."""
    boxes: tuple[Box, ...]

    def row(self, number: int) -> list[Box]:
        """The boxes that begin in a row."""
        return [box for box in self.boxes if box.row == number]

    def fields(self) -> list[list[str]]:
        """Every row at full width; a box stands in the first field that it covers, and the others are empty."""
        fields = [[""] * self.width for _ in range(self.height)]
        for box in self.boxes:
            fields[box.row][box.column] = box.text
        return fields

    def flat(self) -> Grid:
        """Nothing merged: what a merged cell covered is empty cells."""
        fields = self.fields()
        return grid_of(fields, self.heads, [])

    def stretched(self, widths: Sequence[int]) -> Grid:
        """The same table on a finer grid: so many columns of it for each column."""
        edges = [sum(widths[:column]) for column in range(self.width + 1)]
        fields = [
            [text for field, width in zip(row, widths, strict=True) for text in (field, *[""] * (width - 1))]
            for row in self.fields()
        ]
        boxes = [
            box._replace(column=edges[box.column], columns=edges[box.column + box.columns] - edges[box.column])
            for box in self.boxes
        ]
        return grid_of(fields, self.heads, boxes)

    def parts(self, row: int) -> tuple[Grid, Grid]:
        """Two tables, the second from that row on under the heads again; a cell cut in two is empty in the second."""
        fields = self.fields()
        kept = [box for box in self.boxes if box.rows > 1 or box.columns > 1]
        first = [box._replace(rows=min(box.rows, row - box.row)) for box in kept if box.row < row]
        second = [box for box in kept if box.row + box.rows <= self.heads]
        for box in kept:
            if box.row + box.rows > row:
                top = max(box.row, row)
                second.append(box._replace(row=top - row + self.heads, rows=box.row + box.rows - top))
        heads, rest = fields[: self.heads], fields[row:]
        return grid_of(fields[:row], self.heads, first), grid_of([*heads, *rest], self.heads, second)


class Paper(NamedTuple):
    """A report."""

    blocks: tuple[Words | Grid, ...]

    @property
    def title(self) -> str:
        return next(block.whole for block in self.blocks if isinstance(block, Words))

    def in_one_table(self) -> Paper:
        """All of it in one table: a paragraph is a row of one cell, and a table's cells span as it has fewer columns."""
        fields: list[list[str]] = []
        boxes: list[Box] = []
        for block in self.blocks:
            grid = Grid(1, 1, 0, (Box(0, 0, 1, 1, block.whole),)) if isinstance(block, Words) else block
            each, more = divmod(_COMMON_COLUMNS, grid.width)
            wide = grid.stretched([each + (column < more) for column in range(grid.width)])
            boxes += [box._replace(row=box.row + len(fields)) for box in wide.boxes]
            fields += wide.fields()
        return Paper((grid_of(fields, 0, boxes),))

    def text(self) -> str:
        """As text with tabs."""
        written = [
            block.whole if isinstance(block, Words) else "\n".join(map("\t".join, block.fields()))
            for block in self.blocks
        ]
        return "\n\n".join(written) + "\n"


def paper_of(text: str) -> Paper:
    """The paper of a report in text, with a tab between the fields of its tables."""
    blocks: list[Words | Grid] = []
    for chunk in re.split(r"\n\n+", text.strip("\n")):
        lines = chunk.split("\n")
        if all("\t" in line for line in lines):
            blocks.append(_form([line.split("\t") for line in lines]))
        else:
            blocks += [_words(line, first=not blocks) for line in lines]
    return Paper(tuple(blocks))


def grid_of(fields: Sequence[Sequence[str]], heads: int, merged: Iterable[Box]) -> Grid:
    """A table by its fields, and where cells are merged."""
    taken = {}
    for box in merged:
        for row in range(box.row, box.row + box.rows):
            for column in range(box.column, box.column + box.columns):
                taken[row, column] = box
    boxes = []
    for row, line in enumerate(fields):
        for column, text in enumerate(line):
            box = taken.get((row, column), Box(row, column, 1, 1, ""))
            if (box.row, box.column) == (row, column):
                boxes.append(box._replace(text=text))
    return Grid(len(fields), len(fields[0]), heads, tuple(boxes))


def ordinal_of(text: str) -> str:
    """The ordinal that a text begins with."""
    match = _ORDINAL.match(text)
    return match[0] if match else ""


def _words(line: str, first: bool) -> Words:
    ordinal = "" if first else ordinal_of(line)
    heading = bool(_SECTION.match(line)) and len(line) <= _MOST_IN_A_HEADING
    kind = "title" if first else "heading" if heading else "text"
    return Words(kind, ordinal, line[len(ordinal) :])


def _form(fields: list[list[str]]) -> Grid:
    """A table with its cells merged as the form prints it, by the width that it has in the form."""
    labels = {4: _blocks, 10: _requests, 15: _remedies}[len(fields[0])]
    heads = 0 if len(fields[0]) == 4 else 3
    return grid_of(fields, heads, labels(fields))


def _blocks(fields: list[list[str]]) -> list[Box]:
    """Table two: the titles of blocks go over the whole row, and so does the last cell where there are only two."""
    boxes = []
    for row, line in enumerate(fields):
        last = max(column for column, text in enumerate(line) if text)
        if not any(line[2:]) and last < 2:
            boxes.append(Box(row, last, 1, len(line) - last, ""))
    return boxes


def _requests(fields: list[list[str]]) -> list[Box]:
    return [*_grown(fields, 0, 3, 0, 10, widest=2), *_grown(fields, 3, len(fields), 0, 3, widest=len(fields))]


def _remedies(fields: list[list[str]]) -> list[Box]:
    return _grown(fields, 0, 3, 0, 15, widest=2)


def _grown(fields: list[list[str]], top: int, bottom: int, left: int, right: int, widest: int) -> list[Box]:
    """Labels grown over the empty fields to their right (in rows above `widest`), and then over those below."""
    ends = {}
    taken = set()
    for row in range(top, bottom):
        for column in range(left, right):
            if fields[row][column]:
                free = (at for at in range(column + 1, right) if fields[row][at] or row >= widest)
                ends[row, column] = next(free, right)
                taken.update((row, at) for at in range(column, ends[row, column]))
    boxes = []
    for (row, column), end in ends.items():
        across = range(column, end)
        below = next((at for at in range(row + 1, bottom) if any((at, each) in taken for each in across)), bottom)
        boxes.append(Box(row, column, below - row, end - column, ""))
    return [box for box in boxes if box.rows > 1 or box.columns > 1]
