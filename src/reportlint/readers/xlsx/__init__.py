"""Workbooks (.xlsx, .xlsm) to sources: the sheets that are shown, one after the other.

The cells are read from the file's own XML. Libraries that were tried do not say which rows are hidden, whether a
number is shown as a share, or that a formula has no result, and one that holds sheets whole ends the process
where a small file names a cell far out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from reportlint.readers import packed, remarks
from reportlint.readers import writer as canonical
from reportlint.readers.reader import Limits, Means
from reportlint.readers.writer import Piece, Writer
from reportlint.readers.xlsx.blocks import Block, Field, Shown, blocks
from reportlint.readers.xlsx.extras import add_remarks
from reportlint.readers.xlsx.sheets import Mark, Sheet, Workbook, name_of
from reportlint.source import Location, Source

SUFFIXES = frozenset({".xlsx", ".xlsm"})
_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_PART = b"xl/workbook.xml"


def accepts(data: bytes) -> bool:
    """Whether bytes are a workbook of this kind, whole or not."""
    return data.startswith(_MARKS) and _PART in data


def read(data: bytes, path: str, means: Means) -> Source:
    """The source of a workbook; ReadError says why there is none."""
    workbook = Workbook(packed.Packed(data, means.limits), means.limits)
    writer = Writer()
    has_tables = write(writer, map(workbook.filled, workbook.sheets), means.limits)
    add_remarks(writer, workbook)
    suffix = os.path.splitext(path)[1].lower()
    if suffix and suffix not in SUFFIXES:
        writer.remark(remarks.RENAMED, f"文件名以 {suffix} 结尾，内容是 .xlsx 格式的工作簿")
    return writer.source(path, located, tables_only=has_tables)


def write(writer: Writer, sheets: Iterable[Sheet], limits: Limits) -> bool:
    """Write the sheets that are shown, and remark on what is not; whether there is any table."""
    has_tables = False
    for sheet in sheets:
        if sheet.hidden:
            if any(cell.text for cell in sheet.cells.values()):
                writer.remark(remarks.HIDDEN, f"工作表“{sheet.name}”是隐藏的，没有读取")
            continue
        shown = Shown(sheet)
        for block in blocks(shown, limits.cells):
            has_tables = has_tables or block.is_table
            _write(writer, block, sheet.name)
        if shown.left_out:
            words = f"工作表“{sheet.name}”隐藏的行、列里有 {shown.left_out} 个单元格有内容，没有读取"
            writer.remark(remarks.HIDDEN, words)
    return has_tables


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
