"""Tables without rules: their rows and columns inferred from what stands beside and above what. All of it is in doubt.

Figures that stand at one height are a row. Labels, which may be in several lines, belong to the row at whose height
their middle is; they are told from each other by the numbers that they begin with and by the distance of their lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import mean

from reportlint.readers.pdf.cells import Filled, Row
from reportlint.readers.pdf.lines import Line
from reportlint.readers.pdf.tables import Table, is_label

INFERRED = "表格没有边框，行列是按位置推断的"
SIDE_BY_SIDE = "几个数并排，没有边框，不知道各是哪一格的"

_GAP = 1.2
"""Of the size: the white space between what stands in two columns, at its narrowest."""
_NARROW_GAP = 0.6
_BESIDE_FIGURE = 0.15
_SAME_HEIGHT = 0.35
_NEXT_LINE = 1.6
_SAME_LEFT = 0.6
_LEAST_ROWS = 2
_SHARED = 3
_MOST_BETWEEN = 6
"""Lines of labels between two rows with figures."""
_WIDEST = 28
"""Of the size: a line that is longer without a gap is no label."""
_FIGURE = re.compile(r"[-－—/／]?[\d０-９.,，．%％]*").fullmatch
_ORDINAL = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、．](?!\d))"
).match


def parts_of(line: Line, gap: float = _GAP) -> list[Line]:
    """A line parted where wide white space stands."""
    parts: list[Line] = []
    start, end = 0, -1
    for index, character in enumerate(line.text):
        if character in " \u3000":
            continue
        if end >= 0 and line.boxes[index][0] - line.boxes[end][2] > gap * line.size:
            parts.append(_part(line, start, end + 1))
            start = index
        end = index
    parts.append(_part(line, start, end + 1))
    return parts


def _part(line: Line, start: int, end: int) -> Line:
    boxes = line.boxes[start:end]
    top, bottom = mean(box[1] for box in boxes), mean(box[3] for box in boxes)
    reasons = line.reasons[start:end]
    return line._replace(text=line.text[start:end], boxes=boxes, top=top, bottom=bottom, reasons=reasons)


def aligned(lines: Sequence[Line]) -> list[Line | Table]:
    """The lines of a page, tables made of those that stand in columns."""
    found: list[Line | Table] = []
    index = 0
    while index < len(lines):
        end = _end_of_region(lines, index)
        table = _table(lines[index:end]) if end > index + 1 else None
        if table is not None:
            found.append(table)
            index = end
            continue
        line = lines[index]
        if sum(_is_figure(word) for word in line.text.split()) > 1:
            line = line._replace(reasons=[SIDE_BY_SIDE] * len(line.text), stands_alone=True)
        found.append(line)
        index += 1
    return found


def _end_of_region(lines: Sequence[Line], start: int) -> int:
    """Behind the last of the lines from `start` on that may be of one table."""
    end = start
    for index in range(start, min(len(lines), start + 1_000)):
        line = lines[index]
        parts = parts_of(line)
        figures = sum(_is_figure(word) for part in parts for word in part.text.split())
        if figures and (len(parts) > 1 or figures > 1):
            end = index + 1
            continue
        is_prose = max(part.right - part.left for part in parts) > _WIDEST * line.size
        if is_prose or index - end >= _MOST_BETWEEN or (index == start and len(parts) == 1):
            break
    return end


def _pieces(line: Line) -> list[Line]:
    """What stands by itself in a line: figures, and words between them."""
    pieces: list[Line] = []
    start, last = 0, -1
    for index, character in enumerate(line.text):
        if character in " \u3000":
            continue
        if last >= 0:
            box, before = line.boxes[index], line.boxes[last]
            gap = (box[0] - before[2]) / line.size
            turns = bool(_FIGURE(character)) != bool(_FIGURE(line.text[last]))
            shift = abs(box[1] + box[3] - before[1] - before[3]) / 2
            if (
                gap > _NARROW_GAP
                or (gap > _BESIDE_FIGURE and (turns or last + 1 < index))
                or shift > _SAME_HEIGHT * line.size
            ):
                pieces.append(_part(line, start, last + 1))
                start = index
        last = index
    pieces.append(_part(line, start, last + 1))
    return pieces


def _parted_at(piece: Line, lefts: frozenset[int]) -> list[Line]:
    """A piece parted where, behind a little white space, a column begins."""
    for index in range(1, len(piece.text)):
        left, gap = piece.boxes[index][0], piece.boxes[index][0] - piece.boxes[index - 1][2]
        if round(left) in lefts and gap > _BESIDE_FIGURE * piece.size and piece.text[index] not in " \u3000":
            return [_part(piece, 0, index), *_parted_at(_part(piece, index, len(piece.text)), lefts)]
    return [piece]


def _table(lines: Sequence[Line]) -> Table | None:
    """The table that lines make; None where they make none."""
    pieces = [piece for line in lines for piece in _pieces(line)]
    starts = Counter(round(piece.left) for piece in pieces)
    shared = frozenset(left for left, count in starts.items() if count >= _SHARED)
    pieces = [part for piece in pieces for part in _parted_at(piece, shared)]
    rows = _heights([piece for piece in pieces if _is_figure(piece.text)])
    counts = Counter(len(row) for row in rows)
    if len(rows) < _LEAST_ROWS:
        return None
    usual = max(counts, key=lambda count: (counts[count], count))
    columns = _columns([row for row in rows if len(row) == usual])
    if len(columns) != usual:
        # They do not stand below each other: their order is all there is.
        columns = []
    heights = [mean(piece.middle for piece in row) for row in rows]
    labels = _blocks([piece for piece in pieces if not _is_figure(piece.text)], heights)
    bound: list[list[list[Line]]] = [[] for _ in rows]
    free: list[list[Line]] = []
    for block in labels:
        middle = (block[0].top + block[-1].bottom) / 2
        nearest = min(range(len(rows)), key=lambda row: abs(heights[row] - middle))
        reach = (block[-1].bottom - block[0].top) / 2 + 0.3 * block[0].size
        is_left = block[0].left < rows[nearest][0].left
        if is_left and abs(heights[nearest] - middle) <= reach:
            bound[nearest].append(block)
        else:
            free.append(block)
    if sum(bool(blocks) for blocks in bound) * 2 < len(rows):
        return None
    wide = max(len(blocks) for blocks in bound)
    width = wide + max(max(counts), len(columns))
    made = [
        (height, _row(row, blocks, wide, width, columns))
        for height, row, blocks in zip(heights, rows, bound, strict=True)
    ]
    heads = [(mean(block[0].middle for block in blocks), blocks) for blocks in _side_by_side(free)]
    made += [(height, _heads(blocks, wide, width, columns)) for height, blocks in heads]
    made.sort(key=lambda each: each[0])
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    box = (left, min(piece.top for piece in pieces), right, max(piece.bottom for piece in pieces))
    edges = [left] * max(wide, 1) + [column[0] for column in columns]
    edges += [right] * (width + 1 - len(edges))
    return Table(edges, [row for _, row in made], box, lines[0].page, INFERRED)


def _heights(figures: Sequence[Line]) -> list[list[Line]]:
    """Figures by the heights at which they stand, from the left."""
    rows: list[list[Line]] = []
    for piece in sorted(figures, key=lambda piece: piece.middle):
        if not rows or piece.middle - rows[-1][0].middle > _SAME_HEIGHT * piece.size:
            rows.append([])
        rows[-1].append(piece)
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _columns(rows: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """From where to where the columns of figures go: what overlaps is of one."""
    columns: list[tuple[float, float]] = []
    for part in sorted((piece for row in rows for piece in row), key=lambda piece: piece.left):
        if columns and part.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], part.right))
        else:
            columns.append((part.left, part.right))
    return columns


def _blocks(words: Sequence[Line], heights: Sequence[float]) -> list[list[Line]]:
    """Labels, each with the lines that it is in; one has figures beside one of its lines at most."""
    blocks: list[list[Line]] = []

    def has_figures(piece: Line) -> bool:
        return any(abs(height - piece.middle) <= _SAME_HEIGHT * piece.size for height in heights)

    for piece in sorted(words, key=lambda piece: piece.middle):
        for block in blocks:
            last = block[-1]
            step = piece.middle - last.middle
            if (
                abs(piece.left - block[0].left) <= _SAME_LEFT * piece.size
                and 0.5 * piece.size < step <= _NEXT_LINE * piece.size
                and not _ORDINAL(piece.text)
                and not (has_figures(piece) and any(map(has_figures, block)))
            ):
                block.append(piece)
                break
        else:
            blocks.append([piece])
    return sorted(blocks, key=lambda block: block[0].left)


def _side_by_side(blocks: Sequence[list[Line]]) -> list[list[list[Line]]]:
    """Labels that stand at one height."""
    rows: list[list[list[Line]]] = []
    for block in sorted(blocks, key=lambda block: block[0].middle):
        if not rows or block[0].middle - rows[-1][0][0].middle > _SAME_HEIGHT * block[0].size:
            rows.append([])
        rows[-1].append(block)
    return [sorted(row, key=lambda block: block[0].left) for row in rows]


def _row(
    figures: Sequence[Line],
    labels: Sequence[list[Line]],
    wide: int,
    width: int,
    columns: Sequence[tuple[float, float]],
) -> Row:
    """A row with its labels in front; figures in their columns, or in their order where they have none."""
    texts: dict[int, list[Line]] = dict(enumerate(labels))
    places = [_nearest(piece, columns) for piece in figures] if columns else []
    if len(set(places)) < len(figures):
        places = list(range(len(figures)))
    texts.update((wide + place, [piece]) for place, piece in zip(places, figures, strict=True))
    return _filled(texts, width, figures[0])


def _heads(blocks: Sequence[list[Line]], wide: int, width: int, columns: Sequence[tuple[float, float]]) -> Row:
    """A row of words, each over or beside the column to which it is nearest."""
    texts: dict[int, list[Line]] = {}
    for block in blocks:
        is_over = bool(columns) and block[0].right > columns[0][0]
        place = wide + _nearest(block[0], columns) if is_over else 0
        texts.setdefault(place, []).extend(block)
    return _filled(texts, width, blocks[0][0])


def _nearest(piece: Line, columns: Sequence[tuple[float, float]]) -> int:
    middle = piece.left + piece.right
    return min(range(len(columns)), key=lambda index: abs(columns[index][0] + columns[index][1] - middle))


def _filled(texts: dict[int, list[Line]], width: int, beside: Line) -> Row:
    row: Row = []
    for column in range(width):
        lines = texts.get(column, [])
        near = lines[0] if lines else beside
        box = (near.left, near.top, near.right, lines[-1].bottom if lines else near.bottom)
        row.append(Filled(column, column + 1, 1, tuple(lines), near.page, box))
    return row


def _is_figure(text: str) -> bool:
    return bool(_FIGURE(text)) and not is_label(text)
