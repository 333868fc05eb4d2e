"""Workbooks made for tests: the parts of an .xlsx file, as small as programs accept them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

Value = str | int | float | None


class Raw(NamedTuple):
    """A cell as XML: its attributes and what is in it."""

    attributes: str = ""
    content: str = ""


class Styled(NamedTuple):
    """A value with a style: an index among the formats of the workbook, from 1."""

    value: Value
    style: int


class Sheet(NamedTuple):
    name: str
    rows: Sequence[Sequence[Value | Raw | Styled]]
    merges: Sequence[str] = ()
    state: str = ""
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[tuple[int, int]] = ()
    borders: bool = False
    """Whether the cells of rows with several fields have borders, be they empty."""
    comments: Sequence[str] = ()
    pictures: int = 0
    first: tuple[int, int] = (1, 1)
    """Where the first of the cells stands."""


def workbook(
    *sheets: Sheet,
    formats: Sequence[str] = (),
    parts: Mapping[str, bytes | str] = {},
    relations: Iterable[tuple[str, str]] = (),
    properties: str = "",
) -> bytes:
    """A workbook. The style of number `i` has the format `formats[i - 1]`; borders double the styles."""
    made: dict[str, bytes | str] = {"[Content_Types].xml": _types(len(sheets)), "_rels/.rels": _root()}
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    targets += [("styles", "styles.xml"), *relations]
    made["xl/_rels/workbook.xml.rels"] = _relations(targets)
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}"'
        f'{f" state={quoteattr(sheet.state)}" if sheet.state else ""} r:id="r{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    made["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{listed}</sheets></workbook>'
    )
    made["xl/styles.xml"] = _styles(formats)
    for number, sheet in enumerate(sheets, 1):
        made[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet, len(formats) + 1)
        made.update(_beside(sheet, number))
    made.update(parts)
    return packed(made)


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip archive."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def sheet_of(name: str, text: str, **more: object) -> Sheet:
    """A sheet with the lines of a canonical text, a row each, blank lines as blank rows; figures as numbers."""
    rows = [[_value(field) for field in line.split("\t")] for line in text.rstrip("\n").split("\n")]
    return Sheet(name, rows, **more)  # type: ignore[arg-type]


def _value(field: str) -> Value:
    if field.isdecimal():
        return int(field)
    return field or None


def _sheet(sheet: Sheet, styles: int) -> str:
    row, column = sheet.first
    columns = "".join(f'<col min="{first}" max="{last}" hidden="1"/>' for first, last in sheet.hidden_columns)
    rows = "".join(
        f'<row r="{number}"{" hidden=" + quoteattr("1") if number in sheet.hidden_rows else ""}>'
        + "".join(
            _cell(value, f"{_letters(at)}{number}", styles if sheet.borders and len(cells) > 1 else 0)
            for at, value in enumerate(cells, column)
        )
        + "</row>"
        for number, cells in enumerate(sheet.rows, row)
    )
    merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in sheet.merges)
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{f"<cols>{columns}</cols>" if columns else ""}'
        f"<sheetData>{rows}</sheetData>{f'<mergeCells>{merges}</mergeCells>' if merges else ''}"
        f"{'<drawing r:id=' + quoteattr('r2') + '/>' if sheet.pictures else ''}</worksheet>"
    )


def _cell(value: Value | Raw | Styled, reference: str, bordered: int) -> str:
    style = 0
    if isinstance(value, Raw):
        return f'<c r="{reference}" {value.attributes}>{value.content}</c>'
    if isinstance(value, Styled):
        value, style = value
    attributes = f'r="{reference}"' + (f' s="{style + bordered}"' if style + bordered else "")
    if value is None:
        return f"<c {attributes}/>" if bordered else ""
    if isinstance(value, str):
        return f'<c {attributes} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"<c {attributes}><v>{value!r}</v></c>"


def _styles(formats: Sequence[str]) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>' for number, code in enumerate(formats, 164)
    )
    numbers = [0, *range(164, 164 + len(formats))]
    styles = "".join(f'<xf numFmtId="{number}" borderId="{border}"/>' for border in (0, 1) for number in numbers)
    sides = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><fonts><font/></fonts><fills><fill/></fills>'
        f"<borders><border><left/><right/><top/><bottom/></border><border>{sides}</border></borders>"
        f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>"
    )


def _beside(sheet: Sheet, number: int) -> dict[str, str]:
    """The comments and pictures of a sheet."""
    made = {}
    targets = []
    if sheet.comments:
        targets.append(("comments", f"../comments{number}.xml"))
        notes = "".join(
            f'<comment ref="{reference}" authorId="0"><text><t>核对</t></text></comment>'
            for reference in sheet.comments
        )
        made[f"xl/comments{number}.xml"] = (
            f'<comments xmlns="{MAIN}"><authors><author>甲</author></authors><commentList>{notes}</commentList></comments>'
        )
    if sheet.pictures:
        targets += [("unused", "nothing.xml")] * (2 - len(targets) - 1)
        targets.append(("drawing", f"../drawings/drawing{number}.xml"))
        pictures = "<xdr:twoCellAnchor><xdr:pic/></xdr:twoCellAnchor>" * sheet.pictures
        made[f"xl/drawings/drawing{number}.xml"] = f'<xdr:wsDr xmlns:xdr="{MAIN}">{pictures}</xdr:wsDr>'
    if targets:
        made[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _relations(targets)
    return made


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{made}</Relationships>'


def _root() -> str:
    return _relations([("officeDocument", "xl/workbook.xml")])


def _types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{overrides}</Types>'
    )


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
