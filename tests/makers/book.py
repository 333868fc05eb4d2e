"""A report as workbooks: raw XML, as spreadsheet programs write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from .paper import Box, Grid, Paper, Words, grid_of

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Sheet(NamedTuple):
    """A sheet: its name and what is on it."""

    name: str
    grid: Grid


def sheet_a_table(paper: Paper) -> list[Sheet]:
    """A sheet for each of the three tables."""
    grids = [block for block in paper.blocks if isinstance(block, Grid)]
    return [Sheet(name, grid) for name, grid in zip(("表二", "表三", "表四"), grids, strict=True)]


def tables_in_one(paper: Paper) -> list[Sheet]:
    """The three tables below each other on one sheet, an empty row between them."""
    return [Sheet("Sheet1", _below([block for block in paper.blocks if isinstance(block, Grid)]))]


def report_in_one(paper: Paper) -> list[Sheet]:
    """The whole report on one sheet: a paragraph is a cell merged over the width of the sheet."""
    width = max(block.width for block in paper.blocks if isinstance(block, Grid))
    return [
        Sheet(
            "年度报告",
            _below(
                [
                    Grid(1, width, 0, (Box(0, 0, 1, width, block.whole),)) if isinstance(block, Words) else block
                    for block in paper.blocks
                ]
            ),
        )
    ]


def with_titles(paper: Paper) -> list[Sheet]:
    """A sheet a table, each with the heading of its section over it and an empty sheet behind them all."""
    sheets = []
    heading = Words("heading", "", "")
    for block in paper.blocks:
        if isinstance(block, Words):
            heading = block if block.kind == "heading" else heading
        else:
            title = Grid(1, block.width, 0, (Box(0, 0, 1, block.width, heading.whole),))
            sheets.append(Sheet(heading.text[:20], _below([title, block])))
    return [*sheets, Sheet("Sheet4", Grid(0, 0, 0, ()))]


def made(sheets: Sequence[Sheet], *, shared: bool, figures: bool) -> bytes:
    """The file; `shared` strings stand in a part of their own, `figures` are stored as numbers."""
    strings: dict[str, int] = {}
    parts = {
        f"worksheets/sheet{number}": _sheet(sheet.grid, strings, shared=shared, figures=figures)
        for number, sheet in enumerate(sheets, 1)
    }
    names = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    parts["workbook"] = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{names}</sheets></workbook>'
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    parts["sharedStrings"] = f'<sst xmlns="{_MAIN}" count="{len(strings)}">{items}</sst>'
    kinds = {"workbook": "sheet.main", "sharedStrings": "sharedStrings"}
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}.{kinds.get(name, "worksheet")}+xml"/>'
        for name in parts
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{name.split("/")[0].removesuffix("s") if "/" in name else name}"'
        f' Target="{name}.xml"/>'
        for number, name in enumerate((name for name in parts if name != "workbook"), 1)
    )
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
            f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
        )
        for name, part in parts.items():
            package.writestr(f"xl/{name}.xml", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + part)
    return buffer.getvalue()


def _below(grids: Sequence[Grid]) -> Grid:
    """Tables below each other, an empty row between them."""
    width = max(grid.width for grid in grids)
    fields: list[list[str]] = []
    merged: list[Box] = []
    for grid in grids:
        top = len(fields) + 1 if fields else 0
        fields += [[""] * width] if fields else []
        fields += [[*row, *[""] * (width - grid.width)] for row in grid.fields()]
        merged += [box._replace(row=box.row + top) for box in grid.boxes if box.rows > 1 or box.columns > 1]
    return grid_of(fields, 0, merged)


def _sheet(grid: Grid, strings: dict[str, int], *, shared: bool, figures: bool) -> str:
    def cell(box: Box) -> str:
        at = f'r="{_name(box.row, box.column)}"'
        if figures and _is_figure(box.text):
            return f"<c {at}><v>{box.text}</v></c>"
        if not box.text:
            return f"<c {at}/>"
        if shared:
            return f'<c {at} t="s"><v>{strings.setdefault(box.text, len(strings))}</v></c>'
        return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(box.text)}</t></is></c>'

    rows = "".join(f'<row r="{row + 1}">{"".join(map(cell, grid.row(row)))}</row>' for row in range(grid.height))
    merged = [box for box in grid.boxes if box.rows > 1 or box.columns > 1]
    ranges = "".join(
        f'<mergeCell ref="{_name(box.row, box.column)}:{_name(box.row + box.rows - 1, box.column + box.columns - 1)}"/>'
        for box in merged
    )
    merges = f'<mergeCells count="{len(merged)}">{ranges}</mergeCells>' if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{merges}</worksheet>'


def _is_figure(text: str) -> bool:
    whole, point, rest = text.partition(".")
    return whole.isdecimal() and whole.isascii() and (not point or rest.isdecimal()) and str(int(whole)) == whole


def _name(row: int, column: int) -> str:
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return f"{letters}{row + 1}"


def _maker(layout: Callable[[Paper], list[Sheet]], shared: bool) -> Callable[[Paper], bytes]:
    return lambda paper: made(layout(paper), shared=shared, figures=shared)


WHOLE: Mapping[str, Callable[[Paper], bytes]] = {
    f"whole-{kind}.xlsx": _maker(report_in_one, shared) for kind, shared in (("shared", True), ("inline", False))
}
"""Workbooks with the whole report."""
TABLES: Mapping[str, Callable[[Paper], bytes]] = {
    f"{name}-{kind}.xlsx": _maker(layout, shared)
    for name, layout in (("sheets", sheet_a_table), ("one-sheet", tables_in_one), ("titles", with_titles))
    for kind, shared in (("shared", True), ("inline", False))
}
"""Workbooks with nothing but the tables."""
