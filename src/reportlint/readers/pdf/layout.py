"""The pages of a document to its paragraphs and tables, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.readers.pdf.cells import fill
from reportlint.readers.pdf.furniture import Leaf, furniture
from reportlint.readers.pdf.grid import Grid, grids
from reportlint.readers.pdf.lines import Line, lines_of
from reportlint.readers.pdf.page import Glyph, Page
from reportlint.readers.pdf.paragraphs import Measure, measure, paragraphs
from reportlint.readers.pdf.tables import Table

_ENOUGH = 12
"""Lines of text on a page from which its margins are known."""

Block = list[Line] | Table


class Laid:
    """A page taken apart: its tables, and the lines outside them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tables: list[Table] = []
        rest = page.glyphs
        for grid in grids(page.paths):
            inside, rest = _parted(rest, grid)
            if inside:
                rows = fill(grid, inside, page.number)
                self.tables.append(Table(grid.columns, rows, grid.box, page.number, grid.doubt))
        self.lines = lines_of(rest, page.number)

    @property
    def leaf(self) -> Leaf:
        return Leaf(
            self.page.number, self.page.height, self.lines, [(table.box[1], table.box[3]) for table in self.tables]
        )


def _parted(glyphs: Sequence[Glyph], grid: Grid) -> tuple[list[Glyph], list[Glyph]]:
    """What stands in a table, and what does not."""
    left, top, right, bottom = grid.box
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in glyphs:
        is_inside = left <= glyph.across <= right and top <= glyph.down <= bottom
        (inside if is_inside else outside).append(glyph)
    return inside, outside


def blocks(pages: Sequence[Laid]) -> list[Block]:
    """What the document holds, in order: the lines of each paragraph, and tables."""
    gone = furniture([laid.leaf for laid in pages])
    measures = _measures(pages, gone)
    found: list[Block] = []
    lines: list[Line] = []
    for item in _in_order(pages, gone):
        if isinstance(item, Line):
            lines.append(item)
            continue
        found.extend(paragraphs(lines, measures))
        before = found[-1] if found and not lines else None
        if isinstance(before, Table) and before.goes_on_in(item):
            before.add(item)
        else:
            found.append(item)
        lines = []
    found.extend(paragraphs(lines, measures))
    return found


def _in_order(pages: Sequence[Laid], gone: set[int]) -> Iterator[Line | Table]:
    for laid in pages:
        placed: list[tuple[float, int, Line | Table]] = []
        for table in laid.tables:
            placed.append((table.box[1], 0, table))
        for line in laid.lines:
            if id(line) in gone:
                continue
            # What stands beside a table comes behind it.
            beside = [table.box[1] for table in laid.tables if table.box[1] < line.middle < table.box[3]]
            placed.append((max(beside) if beside else line.middle, 1, line))
        placed.sort(key=lambda each: each[:2])
        yield from (item for _, _, item in placed)


def _measures(pages: Sequence[Laid], gone: set[int]) -> dict[int, Measure]:
    """How text is set on each page; a page with little text is taken to be set as the document is."""
    lines = {laid.page.number: [line for line in laid.lines if id(line) not in gone] for laid in pages}
    every = [line for page in lines.values() for line in page]
    width = max((laid.page.width for laid in pages), default=0.0)
    whole = measure(every, width)
    own = {}
    for laid in pages:
        number = laid.page.number
        enough = len(lines[number]) >= _ENOUGH
        own[number] = measure(lines[number], laid.page.width) if enough else whole
    return own
