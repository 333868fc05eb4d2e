"""A table of a form in a Word document: merged as the form has it, as wide as the text."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from xml.sax.saxutils import escape

from reportlint.drawing import Box, Line, boxes

_WIDTH = 8844
"""Of the text of a page, in twentieths of a point: 156 mm."""
_MARGIN = 40
_MANY_FIELDS = 5
"""With more fields than these in a line a table is set smaller."""
_SMALL = '<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'
_NARROWEST, _WIDEST = 2, 9
"""Characters side by side in a field."""
_LINES = 3
"""Into so many a label is broken, where it is not too long for that."""
_HEIGHT = '<w:trHeight w:val="300" w:hRule="atLeast"/>'
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(lines: Sequence[Line]) -> str:
    """The table in WordprocessingML."""
    found = boxes(lines)
    at = {(box.line, box.field): box for box in found}
    over = {(line, box.field): box for box in found for line in range(box.line + 1, box.line + box.lines)}
    widths = _widths(found, len(lines[0].fields))
    heads = next(number for number, line in enumerate(lines) if line.row is not None)
    rows = []
    for number, line in enumerate(lines):
        cells = []
        for field in range(len(widths)):
            box = at.get((number, field)) or over.get((number, field))
            if box is not None:
                wide = sum(widths[field : field + box.fields])
                is_label = line.row is not None and not box.text.isdecimal()
                cells.append(_cell(box, number, wide, is_label=is_label, is_small=len(widths) > _MANY_FIELDS))
        # Heads are printed again on a new page where nothing but figures follows.
        again = "<w:tblHeader/>" if number < heads and _is_plain(lines, heads) else ""
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{_HEIGHT}{again}</w:trPr>{''.join(cells)}</w:tr>")
    borders = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in _EDGES)
    margins = "".join(f'<w:{edge} w:w="{_MARGIN}" w:type="dxa"/>' for edge in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _is_plain(lines: Sequence[Line], heads: int) -> bool:
    return all(line.row is not None for line in lines[heads:])


def _widths(found: Sequence[Box], fields: int) -> list[int]:
    """How wide the fields are: by the labels that stand in one of them alone."""
    wide = [_NARROWEST] * fields
    for box in found:
        if box.fields == 1:
            wide[box.field] = max(wide[box.field], min(ceil(len(box.text) / _LINES), _WIDEST))
    return [_WIDTH * each // sum(wide) for each in wide]


def _cell(box: Box, number: int, width: int, *, is_label: bool, is_small: bool) -> str:
    across = f'<w:gridSpan w:val="{box.fields}"/>' if box.fields > 1 else ""
    down = ""
    if box.lines > 1:
        down = '<w:vMerge w:val="restart"/>' if number == box.line else "<w:vMerge/>"
    style = "TableText" if is_label else "TableFigure"
    small = _SMALL if is_small else ""
    text = box.text if number == box.line else ""
    run = f"<w:r>{small}<w:t>{escape(text)}</w:t></w:r>" if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{down}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{small}</w:pPr>{run}</w:p></w:tc>'
    )
