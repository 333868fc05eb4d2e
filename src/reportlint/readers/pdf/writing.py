"""What was read, written as the canonical text, each stretch with its place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportlint.readers.pdf.layout import Block
from reportlint.readers.pdf.lines import Line, between, doubts
from reportlint.readers.pdf.places import Row, Spot
from reportlint.readers.pdf.tables import Table
from reportlint.readers.writer import Field, Piece, Writer
from reportlint.source import Span

BROKEN = "一行的末尾和下一行的开头都是数，不知道是一个数还是两个"


class Starts:
    """Where the text of each page begins."""

    def __init__(self) -> None:
        self._offsets: dict[int, int] = {}

    def note(self, page: int, offset: int) -> None:
        self._offsets.setdefault(page, offset)

    def of(self, page: int) -> Span | None:
        """The place of something on a page; where that has no text, of what comes behind it."""
        for number in sorted(self._offsets):
            if number >= page:
                return Span(self._offsets[number], self._offsets[number])
        return None


def write(writer: Writer, blocks: Sequence[Block]) -> Starts:
    """Writes paragraphs and tables."""
    starts = Starts()
    paragraphs: dict[int, int] = {}
    tables = 0
    for block in blocks:
        if isinstance(block, Table):
            tables += 1
            span = writer.table(_fields(block, tables), block.doubt)
            starts.note(block.page, span.start)
            continue
        for page in {line.page: None for line in block}:
            paragraphs[page] = paragraphs.get(page, 0) + 1
        pieces = _pieces(block, [_spot(line, paragraphs[line.page]) for line in block])
        broken = [BROKEN for before, after in pairwise(block) if _is_figure_between(before, after)]
        span = writer.paragraph(pieces, doubts([*(line.doubt for line in block), *broken]))
        starts.note(block[0].page, span.start)
    return starts


def _is_figure_between(before: Line, after: Line) -> bool:
    """Whether a line ends with a figure and the next one begins with one: they may be one or two."""
    return before.text[-1].isdigit() and after.text[0].isdigit()


def _spot(line: Line, paragraph: int = 0) -> Spot:
    return Spot(line.page, (line.left, line.top, line.right, line.bottom), line.boxes, paragraph)


def _pieces(lines: Sequence[Line], spots: Sequence[Spot]) -> list[Piece]:
    """Lines one behind the other, as one."""
    pieces: list[Piece] = []
    for line, spot in zip(lines, spots, strict=True):
        if pieces:
            space = between(pieces[-1].text, line.text)
            if space:
                pieces.append(Piece(space, pieces[-1].mark, len(pieces[-1].text)))
        pieces.append(Piece(line.text, spot))
    return pieces


def _fields(table: Table, number: int) -> list[list[Field | None]]:
    rows: list[list[Field | None]] = []
    for index, cells in enumerate(table.rows, 1):
        row = Row(number, index)
        fields: list[Field | None] = [None] * table.width
        for place, cell in enumerate(cells, 1):
            column = cell.column + 1
            row.cells[column] = cell.text
            nothing = Spot(cell.page, cell.box, (), row=row, column=column, cell=place)
            spots = [_spot(line)._replace(row=row, column=column, cell=place) for line in cell.lines]
            doubt = cell.doubt
            if any(line.reasons for line in cell.lines):
                doubt = doubts((doubt, *(line.doubt for line in cell.lines)))
            fields[cell.column] = Field(_pieces(cell.lines, spots), nothing, doubt)
        rows.append(fields)
    return rows
