"""The pages of a document to its paragraphs and tables, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.readers.pdf.aligned import aligned, parts_of
from reportlint.readers.pdf.cells import TWO_FIGURES, Row, fill, words_of
from reportlint.readers.pdf.furniture import Leaf, furniture
from reportlint.readers.pdf.grid import Grid, grids
from reportlint.readers.pdf.lines import Line, lines_of
from reportlint.readers.pdf.page import Glyph, Page
from reportlint.readers.pdf.paragraphs import Measure, measure, paragraphs
from reportlint.readers.pdf.paths import Box
from reportlint.readers.pdf.tables import Table

_ENOUGH = 12
"""Lines of text on a page from which its margins are known."""
_FEW = 5
_MANY = 4
"""Figures in a line without rules that are of a table."""
_EDGE = 1.0
"""In points: what is nearer to the edge of the page goes on beyond it."""
CUT_OFF = "表格伸到了纸边以外，伸出去的部分看不到"
BESIDE = "这些字在表格旁边，不在任何一个单元格里"

Block = list[Line] | Table


class Laid:
    """A page taken apart: its tables, and the lines outside them."""

    def __init__(self, page: Page) -> None:
        self.number, self.width, self.height = page.number, page.width, page.height
        self.tables: list[Table] = []
        self.undivided: list[Box] = []
        """Tables whose rules do not part their figures."""
        rest = page.glyphs
        drawn, self.tangled = grids(page.paths)
        for grid in drawn:
            inside, others = _parted(rest, grid)
            if not inside:
                continue
            rows = fill(grid, inside, page.number)
            if _is_undivided(rows):
                self.undivided.append(grid.box)
                continue
            rest = others
            self.tables.append(Table(grid.columns, rows, grid.box, page.number, grid.doubt or self._cut_off(grid)))
        self.lines = lines_of(rest, page.number)
        self.unread: list[Box] = []
        """Tables of which only lines could be read."""

    def _cut_off(self, grid: Grid) -> str:
        """That a table runs over the edge of the page, if it does; columns beyond it are not there."""
        return CUT_OFF if grid.box[0] < _EDGE or grid.box[2] > self.width - _EDGE else ""

    @property
    def leaf(self) -> Leaf:
        return Leaf(self.number, self.height, self.lines, [(table.box[1], table.box[3]) for table in self.tables])

    def items(self, gone: set[int]) -> list[Line | Table]:
        """The lines and tables of the page from the top, without heads and feet."""
        placed: list[tuple[float, int, Line | Table]] = [(table.box[1], 0, table) for table in self.tables]
        free: list[Line] = []
        for line in self.lines:
            if id(line) in gone:
                continue
            beside = [table.box[1] for table in self.tables if table.box[1] < line.middle < table.box[3]]
            if beside:
                placed.append((max(beside), 1, line._replace(reasons=[BESIDE] * len(line.text))))
            else:
                free.append(line)
        inferred = aligned(free)
        for item in inferred:
            placed.append((item.box[1] if isinstance(item, Table) else item.middle, 1, item))
        lines = [item for item in inferred if isinstance(item, Line) and item.stands_alone]
        for box in self.undivided:
            if not any(isinstance(item, Table) and _overlap(item.box, box) for item in inferred):
                self.unread.append(box)
                lines = [line for line in lines if not box[1] <= line.middle <= box[3]]
        if any(len(line.text.split()) >= _MANY for line in lines):
            self.unread.append((0, lines[0].top, self.width, lines[-1].bottom))
        placed.sort(key=lambda each: each[:2])
        return [item for _, _, item in placed]


def _is_undivided(rows: Sequence[Row]) -> bool:
    """Whether the rules of a table leave several figures together in most of its cells that have any."""
    cells = [cell for row in rows for cell in row if any(character.isdigit() for character in cell.text)]
    several = [cell for cell in cells if cell.doubt == TWO_FIGURES or any(map(_is_parted, cell.lines))]
    return len(several) > 1 and len(several) * 2 > len(cells)


def _is_parted(line: Line) -> bool:
    return len(line.text) >= _FEW and len(parts_of(line)) > 2


def _overlap(box: Box, other: Box) -> bool:
    return box[1] < other[3] and other[1] < box[3]


def _parted(glyphs: Sequence[Glyph], grid: Grid) -> tuple[list[Glyph], list[Glyph]]:
    """What stands in a table, and what does not; a word that runs over its edge is whole in it."""
    left, top, right, bottom = (2 * side for side in grid.box)
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    beside: list[Glyph] = []
    for glyph in glyphs:
        if not top <= glyph.top + glyph.bottom <= bottom:
            outside.append(glyph)
        elif left <= glyph.left + glyph.right <= right:
            inside.append(glyph)
        else:
            beside.append(glyph)
    if not beside:
        return inside, outside
    within = {id(glyph) for glyph in inside}
    for word in words_of([*inside, *beside]):
        if any(id(glyph) in within for glyph in word):
            inside += [glyph for glyph in word if id(glyph) not in within]
        else:
            outside += word
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
        yield from laid.items(gone)


def _measures(pages: Sequence[Laid], gone: set[int]) -> dict[int, Measure]:
    """How text is set on each page; a page with little text is taken to be set as the document is."""
    lines = {laid.number: [line for line in laid.lines if id(line) not in gone] for laid in pages}
    every = [line for page in lines.values() for line in page]
    width = max((laid.width for laid in pages), default=0.0)
    whole = measure(every, width)
    own = {}
    for laid in pages:
        enough = len(lines[laid.number]) >= _ENOUGH
        own[laid.number] = measure(lines[laid.number], laid.width) if enough else whole
    return own
