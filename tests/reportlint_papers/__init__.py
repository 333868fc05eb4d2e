"""A pack that reads documents of two made-up formats, so that outputs can be tried without any real one.

A line is a paragraph; lines with bars are the rows of a table; a field that ends with `?` was read with doubt; a line
`% kind message` is a remark; a line `===` ends a page. A `.paper` has no pages to tell of, a `.leaf` has.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reportlint import Location, Means, Reader, Source, hookimpl
from reportlint.readers.writer import Field, Piece, Writer

DOUBT = "一个数分在两个框里"
LIBRARIES = ("reportlint-paper-press",)
"""What it is said to read with; it reads without."""
_DIGITS = "零一二三四五六七八九十"
_RULED = frozenset("|-: ")


class _Mark(NamedTuple):
    page: int
    number: int
    """Of the paragraph, or of the table."""
    row: int = 0
    column: int = 0
    label: str = ""
    figures: int = 0


def _read(data: bytes, path: str, means: Means) -> Source:  # noqa: ARG001 - as readers are called
    writer = Writer()
    page, tables, paragraphs = 1, 0, -1
    rows: list[list[str]] = []

    def finish() -> None:
        nonlocal tables
        if rows:
            tables += 1
            writer.table(_table(rows, page, tables))
            rows.clear()

    for line in data.decode("utf-8").splitlines():
        if line.startswith("|"):
            if not _RULED.issuperset(line):
                rows.append([field.strip() for field in line.strip("|").split("|")])
            continue
        finish()
        if line == "===":
            page += 1
        elif line.startswith("% "):
            _, kind, message = line.split(" ", 2)
            writer.remark(kind, message)
        elif line.strip():
            paragraphs += 1
            writer.paragraph([Piece(line.strip("# "), _Mark(page, paragraphs))])
    finish()
    return writer.source(path, _on_pages if path.endswith(".leaf") else _in_order)


def _table(rows: Iterable[list[str]], page: int, table: int) -> Iterable[list[Field]]:
    for row, fields in enumerate(rows, start=1):
        label = next((field for field in fields if field), "")
        figures = sum(field.rstrip("?").isdigit() for field in fields)
        marks = (_Mark(page, table, row, column, label, figures) for column in range(1, len(fields) + 1))
        yield [_field(field, mark) for field, mark in zip(fields, marks, strict=True)]


def _field(text: str, mark: _Mark) -> Field:
    words = text.rstrip("?")
    if not words.isdigit():
        mark = mark._replace(figures=0, label=words or mark.label)
    return Field([Piece(words, mark)] if words else [], mark, DOUBT if text.endswith("?") else "")


def _in_order(first: _Mark, last: _Mark) -> Location:
    if not first.row:
        words = f"第{_DIGITS[first.number]}段" if 0 < first.number < len(_DIGITS) else f"第{first.number}段"
        return Location(words if first.number else "标题", f"p[{first.number}]", (("paragraph", first.number),))
    if last.column > first.column:
        words = f"表{_DIGITS[first.number]} 第{first.row}行 “{first.label}”"
        return Location(words, f"table[{first.number}]/row[{first.row}]", (("table", first.number), ("row", first.row)))
    column = f"第{first.column}列" if first.figures > 1 else ""
    words = f"表{_DIGITS[first.number]} 第{first.row}行{column} “{first.label}”"
    path = f"table[{first.number}]/row[{first.row}]/cell[{first.column}]"
    return Location(words, path, (("table", first.number), ("row", first.row), ("cell", first.column)))


def _on_pages(first: _Mark, last: _Mark) -> Location:
    words, path, parts = _in_order(first, last)
    box = (72.0, 100.5 + 20 * first.row, 144.0, 116.5 + 20 * first.row)
    return Location(
        f"第{first.page}页 {words}", f"page[{first.page}]/{path}", (("page", first.page), ("box", box), *parts)
    )


@hookimpl
def reportlint_readers() -> tuple[Reader, ...]:
    return (Reader("paper", frozenset({".paper", ".leaf"}), _read, libraries=LIBRARIES),)
