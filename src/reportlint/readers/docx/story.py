"""What is shared while a document is read, and what one flow of text in it needs: the body, a text box, a note."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from reportlint.readers.docx import names
from reportlint.readers.docx.notices import Notices
from reportlint.readers.docx.numbering import Numberer
from reportlint.readers.docx.package import too_large
from reportlint.readers.docx.places import FIELD, TEXT, Cell, Paragraph
from reportlint.readers.docx.styles import Styles
from reportlint.readers.reader import Limits
from reportlint.readers.writer import Writer

_DEEPEST = 200
"""Elements within elements that are read, however much the limits would allow: what is within calls its reader."""


class Reading:
    """A document that is being read."""

    def __init__(self, limits: Limits, styles: Styles, numberer: Numberer, *, hides: bool) -> None:
        self.limits = limits
        self.styles = styles
        self.numberer = numberer
        self.hides = hides
        """Whether anything in the document may be hidden."""
        self.notices = Notices()
        self.writer = Writer()
        self.tables = 0
        self.paragraphs = 0
        self.cells = 0
        self.deepest = min(limits.depth, _DEEPEST)
        self._level = 0

    def deeper(self, levels: int) -> None:
        """Goes down so many elements, or up."""
        self._level += levels
        self.check(0)

    def check(self, levels: int) -> None:
        """ReadError where so many elements more are too many."""
        if self._level + levels > self.deepest:
            raise too_large("元素一层套一层，", "depth", self.deepest, "层")

    def count_cells(self, cells: int) -> None:
        self.cells += cells
        if self.cells > self.limits.cells:
            raise too_large("表格的格子", "cells", self.limits.cells, "个")


class Part:
    """A part of the file, and which paragraph and run of it each one is."""

    def __init__(self, name: str, root: Element) -> None:
        self.name = name
        self.root = root
        self.runs = {run: index for index, run in enumerate(root.iter(names.R))}
        self.paragraphs = {paragraph: index for index, paragraph in enumerate(root.iter(names.P))}


class Field:
    """A field that is not at its end yet."""

    __slots__ = ("instruction", "is_shown", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        """How many pieces its paragraph had before it."""
        self.is_shown = False
        self.instruction = ""

    @property
    def kind(self) -> str:
        """That of the text it shows: links show text of the author's."""
        name = self.instruction.split(maxsplit=1)[:1]
        return TEXT if name and name[0].upper() in ("HYPERLINK", "FORMTEXT") else FIELD


class Story:
    """A flow of text: fields reach over its paragraphs."""

    def __init__(self, part: Part, note: str = "", cell: Cell | None = None) -> None:
        self.part = part
        self.note = note
        self.cell = cell
        self.fields: list[Field] = []
        self.is_revised = False
        """Whether it is within a tracked change, so that those in it are not counted again."""

    def place(self, paragraph: Element) -> Paragraph:
        return Paragraph(self.part.name, self.part.paragraphs.get(paragraph, -1), cell=self.cell, note=self.note)

    def kind(self) -> str:
        """The kind of text that is shown here."""
        kinds = [field.kind for field in self.fields]
        return FIELD if FIELD in kinds else TEXT
