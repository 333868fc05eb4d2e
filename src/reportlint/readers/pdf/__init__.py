"""PDF: text and tables of files that have text; by PDFium."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.readers.pdf.layout import Block, Laid, blocks
from reportlint.readers.pdf.lines import Line, between
from reportlint.readers.pdf.opening import opened
from reportlint.readers.pdf.page import read_page
from reportlint.readers.pdf.places import Row, Spot, locate
from reportlint.readers.pdf.tables import Table
from reportlint.readers.reader import Means
from reportlint.readers.writer import Field, Piece, Writer
from reportlint.source import Source


def read(data: bytes, path: str, means: Means) -> Source:
    """The source of a PDF."""
    with opened(data, means.limits) as document:
        pages = [
            Laid(read_page(document.handle, number, means.limits.depth)) for number in range(1, document.pages + 1)
        ]
    writer = Writer()
    _write(writer, blocks(pages))
    return writer.source(path, locate, keeps_white_space=False)


def _write(writer: Writer, found: Sequence[Block]) -> None:
    paragraphs: dict[int, int] = {}
    tables = 0
    for block in found:
        if isinstance(block, Table):
            tables += 1
            writer.table(_fields(block, tables), block.doubt)
        else:
            for page in {line.page: None for line in block}:
                paragraphs[page] = paragraphs.get(page, 0) + 1
            pieces = _pieces(block, [_spot(line, paragraphs[line.page]) for line in block])
            writer.paragraph(pieces)


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
            fields[cell.column] = Field(_pieces(cell.lines, spots), nothing, cell.doubt)
        rows.append(fields)
    return rows
