"""Workbooks taken apart: which sheets there are, and what stands in their cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlint.errors import ReadError
from reportlint.readers.packed import Packed, damaged, walk
from reportlint.readers.reader import Limits
from reportlint.readers.xlsx.numbers import FIGURE, Format, known, shown

Place = tuple[int, int]
"""Row and column of a cell, both from 1."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MOST_COLUMNS = 16_384
_NO_RESULT = "公式没有存下结果"


class Mark(NamedTuple):
    """A cell of a sheet, as what is written of it is marked."""

    sheet: str
    row: int
    column: int


class Cell(NamedTuple):
    """What a cell holds, and why that is not certain."""

    text: str
    doubt: str = ""


class Merge(NamedTuple):
    """Cells that are one: the first and the last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """A sheet with what stands in it."""

    name: str
    part: str
    hidden: bool = False
    cells: dict[Place, Cell] = field(default_factory=dict)
    """The cells with text, and those whose text is doubtful."""
    bordered: dict[int, int] = field(default_factory=dict)
    """Of each row, how many of its cells have a border: those of a table have, be they empty."""
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: list[Place] = field(default_factory=list)


class Workbook:
    """The parts of a workbook that all sheets share."""

    def __init__(self, packed: Packed, limits: Limits) -> None:
        self.packed = packed
        self.limits = limits
        self.part = _main_part(packed)
        tree = packed.tree(self.part)
        self.targets = packed.targets(self.part)
        properties = tree.find("workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.sheets = []
        for each in tree.iterfind("sheets/sheet"):
            kind, part = self.targets.get(each.get("id", ""), ("", ""))
            if kind == "worksheet" and part:
                hidden = each.get("state") in ("hidden", "veryHidden")
                self.sheets.append(Sheet(each.get("name", ""), part, hidden))
        parts = {kind: part for kind, part in self.targets.values() if part}
        self._strings = self._read_strings(parts.get("sharedStrings"))
        self._styles, self._borders = self._read_styles(parts.get("styles"))
        self._cells = 0

    def filled(self, sheet: Sheet) -> Sheet:
        """A sheet with its cells read; ReadError where there are more than are read."""
        reading = _Reading(sheet, self._strings, self._styles, self._borders, self._since_1904)
        reading.most = self.limits.cells - self._cells
        reading.limit = self.limits.cells
        data = self.packed.read(sheet.part)
        walk(data, sheet.part, self.limits, start=reading.start, end=reading.end, text=reading.text)
        self._cells += len(sheet.cells)
        return sheet

    def _read_strings(self, part: str | None) -> list[str]:
        if part is None or part not in self.packed:
            return []
        strings: list[str] = []
        pieces: list[str] = []
        inside = phonetic = 0

        def start(tag: str, _: Mapping[str, str]) -> None:
            nonlocal inside, phonetic
            inside += tag == "t"
            phonetic += tag == "rPh"

        def text(words: str) -> None:
            if inside and not phonetic:
                pieces.append(words)

        def end(tag: str) -> None:
            nonlocal inside, phonetic
            inside -= tag == "t"
            phonetic -= tag == "rPh"
            if tag == "si":
                strings.append(_unescaped("".join(pieces)))
                pieces.clear()

        walk(self.packed.read(part), part, self.limits, start=start, end=end, text=text)
        return strings

    def _read_styles(self, part: str | None) -> tuple[list[Format], list[bool]]:
        """Of each style of cells, the number format, and whether it has a border on two sides or more."""
        if part is None or part not in self.packed:
            return [], []
        tree = self.packed.tree(part)
        codes = {each.get("numFmtId"): each.get("formatCode") for each in tree.iterfind("numFmts/numFmt")}
        sides = ("left", "right", "top", "bottom", "start", "end")
        borders = [
            sum(each.tag in sides and each.get("style", "none") != "none" for each in border) >= 2
            for border in tree.iterfind("borders/border")
        ]
        formats, bordered = [], []
        for each in tree.iterfind("cellXfs/xf"):
            number = each.get("numFmtId", "0")
            formats.append(known(int(number) if number.isdecimal() else 0, codes.get(number)))
            border = each.get("borderId", "0")
            bordered.append(border.isdecimal() and int(border) < len(borders) and borders[int(border)])
        return formats, bordered


class _Reading:
    """Takes the elements of one sheet as they come."""

    most = limit = 0

    def __init__(
        self, sheet: Sheet, strings: list[str], styles: list[Format], borders: list[bool], since_1904: bool
    ) -> None:
        self._sheet = sheet
        self._strings = strings
        self._styles = styles
        self._borders = borders
        self._since_1904 = since_1904
        self._row = 0
        self._column = 0
        self._kind = "n"
        self._style = 0
        self._formula = False
        self._value: list[str] = []
        self._heard = False
        self._has_value = False
        self._phonetic = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            self._open_cell(attributes)
        elif tag in ("v", "t"):
            self._heard = not self._phonetic
            self._has_value = True
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._column = 0
            if attributes.get("hidden") in ("1", "true"):
                self._sheet.hidden_rows.add(self._row)
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self._sheet.hidden_columns.update(range(int(first), min(int(last), _MOST_COLUMNS) + 1))

    def text(self, words: str) -> None:
        if self._heard:
            self._value.append(words)

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self._heard = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "c":
            self._close_cell()

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._row, self._column = place_of(reference)
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isdecimal() else 0
        self._formula = self._has_value = False
        self._value.clear()

    def _close_cell(self) -> None:
        if self._style < len(self._borders) and self._borders[self._style]:
            self._sheet.bordered[self._row] = self._sheet.bordered.get(self._row, 0) + 1
        text, doubt = self._shown("".join(self._value))
        if not text and self._formula and not self._has_value:
            doubt = _NO_RESULT
        if not text.strip() and not doubt:
            return
        self._sheet.cells[self._row, self._column] = Cell(text, doubt)
        if len(self._sheet.cells) > self.most:
            raise ReadError("too-large", f"工作表的单元格超过 limits.cells 的上限 {self.limit} 个，没有检查")

    def _shown(self, value: str) -> tuple[str, str]:
        if self._kind == "s":
            index = value.strip()
            if not index.isdecimal() or int(index) >= len(self._strings):
                raise damaged(f"工作表“{self._sheet.name}”{name_of(self._row, self._column)} 的文字找不到")
            return self._strings[int(index)], ""
        if self._kind == "n" and value.strip():
            style = self._styles[self._style] if self._style < len(self._styles) else FIGURE
            return shown(value.strip(), style, since_1904=self._since_1904)
        if self._kind == "b":
            return ("TRUE" if value.strip() in ("1", "true") else "FALSE") if value.strip() else "", ""
        return _unescaped(value), ""

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        if not last:
            return
        (top, left), (bottom, right) = place_of(first), place_of(last)
        if top <= bottom and left <= right:
            self._sheet.merges.append(Merge(top, left, bottom, right))
            if len(self._sheet.merges) > self.limit:
                raise ReadError("too-large", f"合并的单元格超过 limits.cells 的上限 {self.limit} 个，没有检查")


def place_of(reference: str) -> Place:
    """The place of a cell by its name, as `C5`."""
    match = _REFERENCE.fullmatch(reference.replace("$", "").upper())
    if match is None:
        raise damaged(f"没有单元格 {reference[:20]}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    if column > _MOST_COLUMNS:
        raise damaged(f"没有单元格 {reference[:20]}")
    return int(match[2]), column


def name_of(row: int, column: int) -> str:
    """The name of a cell by its place."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def _main_part(packed: Packed) -> str:
    for kind, part in packed.targets("").values():
        if kind == "officeDocument" and part in packed:
            if part.endswith(".bin"):
                raise ReadError("unreadable", "是二进制的工作簿（xlsb），还不能读取，可另存为 .xlsx 后检查")
            return part
    if "xl/workbook.xml" in packed:
        return "xl/workbook.xml"
    raise damaged("里面没有工作簿")


def _unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold, which are written by their numbers; white space alone counts."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isprintable() or character in "\t\n\r" else ""
