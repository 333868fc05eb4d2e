"""Workbooks of before 2007 (.xls): the library's cells, laid out as those of today's."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import StringIO
from typing import Any

from reportlint.errors import ReadError
from reportlint.readers import remarks
from reportlint.readers.ole import Ole
from reportlint.readers.reader import Limits, Means
from reportlint.readers.writer import Writer
from reportlint.readers.xlsx import located, write
from reportlint.readers.xlsx.extras import has_table, remark_comments, remark_links, remark_macros
from reportlint.readers.xlsx.numbers import known, shown
from reportlint.readers.xlsx.sheets import Cell, Mark, Merge, Sheet
from reportlint.source import Source

_FIRST_OWN = 164
_SIDES = ("left_line_style", "right_line_style", "top_line_style", "bottom_line_style")
_MACROS = "_VBA_PROJECT_CUR"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff")

# Records of the format, by their numbers.
_SHEET_BEGINS, _OTHER_BOOK, _DRAWINGS = 0x0809, 0x01AE, 0x00EB
_ONE_CELL = frozenset({0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E})
_SEVERAL_CELLS = frozenset({0x00BD, 0x00BE})
_OWN_BOOK = (0x0401, 0x3A01)
_FIELDS_A_CELL = 20
"""The library holds the fields before a cell, too: so many times the cells that may be read."""


class Unreadable(Exception):  # noqa: N818 - what the library says of a file that another program may read
    """The library does not read this file."""


def read(data: bytes, path: str, means: Means) -> Source:
    """The source of a workbook; Unreadable where the library does not read it, ImportError where it is not there."""
    import xlrd

    ole = Ole(data)
    stream = ole.stream("Workbook") or ole.stream("Book")
    if not stream:
        raise Unreadable
    links, has_pictures = _looked_over(stream, means.limits)
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=StringIO()
        )
        sheets = list(_sheets(book, means.limits))
    except ReadError:
        raise
    except Exception as error:
        # The library meets what is damaged with whatever error comes of it.
        raise Unreadable from error
    writer = Writer()
    has_tables = write(writer, sheets, means.limits)
    remark_comments(writer, [Mark(sheet.name, *place) for sheet in sheets for place in sheet.comments])
    if _MACROS in ole:
        remark_macros(writer)
    remark_links(writer, links)
    if has_pictures and not any(has_table(sheet) for sheet in sheets if not sheet.hidden):
        writer.remark(remarks.PICTURE, "工作簿没有表格，有图片，图片里的内容没有读取")
    return writer.source(path, located, tables_only=has_tables)


def _looked_over(stream: bytes, limits: Limits) -> tuple[int, bool]:
    """How many other workbooks are linked, and whether there are pictures; ReadError for too many cells to be held."""
    fields = links = place = 0
    has_pictures = False
    widths: dict[int, int] = {}
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        body = place + 4
        place = body + size
        if kind == _SHEET_BEGINS:
            widths = {}
        elif (kind in _ONE_CELL or kind in _SEVERAL_CELLS) and size >= 6:
            row, column = struct.unpack_from("<HH", stream, body)
            if kind in _SEVERAL_CELLS:
                column = struct.unpack_from("<H", stream, body + size - 2)[0]
            fields += max(column + 1 - widths.get(row, 0), 0)
            widths[row] = max(widths.get(row, 0), column + 1)
            if fields > limits.cells * _FIELDS_A_CELL:
                raise ReadError("too-large", f"工作表的单元格超过 limits.cells 的上限 {limits.cells} 个，没有检查")
        elif kind == _OTHER_BOOK and size >= 4:
            links += struct.unpack_from("<H", stream, body + 2)[0] not in _OWN_BOOK
        elif kind == _DRAWINGS:
            has_pictures = has_pictures or any(mark in stream for mark in _PICTURES)
    return links, has_pictures


def _sheets(book: Any, limits: Limits) -> Iterator[Sheet]:  # noqa: ANN401 - of the library, which has no types
    cells = 0
    for number in range(book.nsheets):
        found = book.sheet_by_index(number)
        sheet = Sheet(found.name, "", bool(found.visibility))
        for row in range(found.nrows):
            for column in range(found.row_len(row)):
                _take(book, found, sheet, row, column)
        cells += len(sheet.cells)
        if cells > limits.cells:
            raise ReadError("too-large", f"工作表的单元格超过 limits.cells 的上限 {limits.cells} 个，没有检查")
        sheet.merges = [Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in found.merged_cells]
        sheet.hidden_rows = {row + 1 for row, info in found.rowinfo_map.items() if info.hidden}
        sheet.hidden_columns = {column + 1 for column, info in found.colinfo_map.items() if info.hidden}
        sheet.comments = sorted((row + 1, column + 1) for row, column in found.cell_note_map)
        book.unload_sheet(number)
        yield sheet


def _take(book: Any, found: Any, sheet: Sheet, row: int, column: int) -> None:  # noqa: ANN401 - as above
    """One cell, if there is anything in it."""
    import xlrd

    kind, value = found.cell_type(row, column), found.cell_value(row, column)
    style = book.xf_list[found.cell_xf_index(row, column)]
    if sum(bool(getattr(style.border, side)) for side in _SIDES) > 1:
        sheet.bordered[row + 1] = sheet.bordered.get(row + 1, 0) + 1
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        code = book.format_map[style.format_key].format_str if style.format_key in book.format_map else "General"
        format = known(style.format_key, code if style.format_key >= _FIRST_OWN else None)
        text, doubt = shown(repr(value), format, since_1904=bool(book.datemode))
    elif kind == xlrd.XL_CELL_BOOLEAN:
        text, doubt = "TRUE" if value else "FALSE", ""
    elif kind == xlrd.XL_CELL_ERROR:
        text, doubt = xlrd.error_text_from_code.get(value, "#ERR"), ""
    else:
        text, doubt = str(value), ""
    if text.strip():
        sheet.cells[row + 1, column + 1] = Cell(text, doubt)
