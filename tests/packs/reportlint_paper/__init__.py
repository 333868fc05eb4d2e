"""Reads a format that tests have (`tests.paper`): a document without lines, as a Word file is one."""

from __future__ import annotations

from typing import Any

from reportlint import hookimpl
from reportlint.errors import ReadError
from reportlint.readers.reader import Means, Reader
from reportlint.readers.writer import Field, Piece, Writer
from reportlint.source import Location, Source

SUFFIX = ".paper"
HEAD = "PAPER"


def read(data: bytes, path: str, _: Means) -> Source:
    head, *lines = data.decode().split("\n")
    if head != HEAD:
        raise ReadError("damaged", "文件损坏，不能读取")
    writer = Writer()
    rows: list[list[Field]] = []
    paragraphs = tables = 0
    for line in [*lines, "!"]:
        doubt = "一个数分在两处" if line.startswith("?") else ""
        text = line.removeprefix("?")
        if "\t" in text:
            tables += not rows
            marks = [(tables, len(rows) + 1, number + 1) for number in range(text.count("\t") + 1)]
            cells = zip(marks, text.split("\t"), strict=True)
            rows.append([Field([Piece(cell, mark)], mark, doubt) for mark, cell in cells])
            continue
        if rows and text.strip():
            writer.table(rows)
            rows = []
        if text.startswith("! "):
            writer.remark(*text.split(" ", 2)[1:])
        elif text.strip() and text != "!":
            paragraphs += 1
            writer.paragraph([Piece(text, (paragraphs,))], doubt)
    return writer.source(path, _locate, tables_only=not paragraphs)


def _locate(first: Any, _: Any) -> Location:  # noqa: ANN401 - marks
    if len(first) == 1:
        (paragraph,) = first
        return Location(f"第 {paragraph} 段", f"p[{paragraph}]", (("paragraph", paragraph),))
    table, row, cell = first
    path = f"table[{table}]/row[{row}]/cell[{cell}]"
    return Location(f"第 {table} 个表第 {row} 行第 {cell} 格", path, (("table", table), ("box", (1.5, float(cell)))))


READER = Reader(
    "paper",
    frozenset({SUFFIX}),
    read,
    accepts=lambda data: data.startswith(HEAD.encode()),
    libraries=("reportlint-paper-press",),
)


@hookimpl
def reportlint_readers() -> tuple[Reader, ...]:
    return (READER,)
