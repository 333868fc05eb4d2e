"""Workbooks (.xlsx, .xlsm) to sources: the sheets that are shown, one after the other.

The cells are read from the file's own XML. Libraries that were tried do not say which rows are hidden, whether a
number is shown as a share, or that a formula has no result, and one that holds sheets whole ends the process
where a small file names a cell far out.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from reportlint.readers import packed, remarks
from reportlint.readers import writer as canonical
from reportlint.readers.reader import Means
from reportlint.readers.writer import Piece, Writer
from reportlint.readers.xlsx.blocks import Block, Field, Shown, blocks
from reportlint.readers.xlsx.extras import add_remarks
from reportlint.readers.xlsx.sheets import Sheet, Workbook, name_of
from reportlint.source import Location, Source

SUFFIXES = frozenset({".xlsx", ".xlsm"})
_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_PART = b"xl/workbook.xml"


class Mark(NamedTuple):
    """A cell of a sheet."""

    sheet: str
    row: int
    column: int


def accepts(data: bytes) -> bool:
    """Whether bytes are a workbook of this kind, whole or not."""
    return data.startswith(_MARKS) and _PART in data


def read(data: bytes, path: str, means: Means) -> Source:
    """The source of a workbook; ReadError says why there is none."""
    workbook = Workbook(packed.Packed(data, means.limits), means.limits)
    writer = Writer()
    has_tables = False
    left_out = []
    for sheet in workbook.sheets:
        workbook.fill(sheet)
        if sheet.hidden:
            left_out.append(_hidden_sheet(sheet))
            continue
        shown = Shown(sheet)
        left_out.append(_hidden_cells(shown))
        for block in blocks(shown, means.limits.cells):
            has_tables = has_tables or block.is_table
            _write(writer, block, sheet.name)
    for words in filter(None, left_out):
        writer.remark(remarks.HIDDEN, words)
    add_remarks(writer, workbook, lambda name, row, column: writer.start_of(Mark(name, row, column)))
    suffix = os.path.splitext(path)[1].lower()
    if suffix and suffix not in SUFFIXES:
        writer.remark(remarks.RENAMED, f"文件名以 {suffix} 结尾，内容是 .xlsx 格式的工作簿")
    return writer.source(path, located, tables_only=has_tables)


def located(first: Mark | None, last: Mark | None) -> Location:
    """Where cells stand: the sheet, and their names as workbooks give them."""
    if first is None:
        return Location("", "")
    name = name_of(first.row, first.column)
    if last is not None and last.sheet == first.sheet and last != first:
        top, bottom = sorted((first.row, last.row))
        left, right = sorted((first.column, last.column))
        name = f"{name_of(top, left)}:{name_of(bottom, right)}"
    parts = (("sheet", first.sheet), ("cell", name), ("row", first.row), ("column", first.column))
    return Location(f"工作表“{first.sheet}” {name}", f"{first.sheet}!{name}", parts)


def _write(writer: Writer, block: Block, name: str) -> None:
    if not block.is_table:
        field = block.rows[0][0]
        if field is not None:
            mark = Mark(name, *field.place)
            writer.paragraph((Piece(field.cell.text, mark),), field.cell.doubt)
        return
    writer.table([[_field(each, name) for each in row] for row in block.rows])


def _field(field: Field | None, name: str) -> canonical.Field | None:
    if field is None:
        return None
    mark = Mark(name, *field.place)
    pieces = (Piece(field.cell.text, mark),) if field.cell.text else ()
    return canonical.Field(pieces, mark, field.cell.doubt)


def _hidden_sheet(sheet: Sheet) -> str:
    return f"工作表“{sheet.name}”是隐藏的，没有读取" if any(cell.text for cell in sheet.cells.values()) else ""


def _hidden_cells(shown: Shown) -> str:
    if not shown.left_out:
        return ""
    return f"工作表“{shown.sheet.name}”隐藏的行、列里有 {shown.left_out} 个单元格有内容，没有读取"
