"""The same report as other authors would have drawn it: merges, edges, figures and habits by chance."""

from __future__ import annotations

from random import Random

from .paper import Box, Grid, Paper, Words
from .word import HANDS, Hand

_MOST = 99_999
_BLANKS = ("", "", "/", "—")


def figures(paper: Paper, random: Random, *, blanks: bool = True, most: int = _MOST) -> Paper:
    """Other figures in the cells of the tables, and in a few none."""
    share = random.choice((0.0, 0.0, 0.05, 0.3)) if blanks else 0.0

    def figure(box: Box) -> Box:
        if not box.text.isdecimal():
            return box
        if random.random() < share and box.columns == 1:
            return box._replace(text=random.choice(_BLANKS))
        return box._replace(text=str(random.choice((0, 0, random.randrange(10), random.randrange(most)))))

    return _each(paper, lambda grid: grid._replace(boxes=tuple(map(figure, grid.boxes))))


def merges(paper: Paper, random: Random) -> Paper:
    """Fewer of the form's merged cells: some are not merged at all, some only across or only down."""

    def fewer(grid: Grid) -> Grid:
        share = random.choice((0.2, 0.5, 0.8))
        boxes = []
        for box in grid.boxes:
            if random.random() > share:
                boxes.append(box)
                continue
            rows, columns = random.choice(((1, 1), (box.rows, 1), (1, box.columns)))
            boxes += [
                box._replace(
                    row=row,
                    column=column,
                    rows=rows,
                    columns=columns,
                    text=box.text if (row, column) == (box.row, box.column) else "",
                )
                for row in range(box.row, box.row + box.rows, rows)
                for column in range(box.column, box.column + box.columns, columns)
            ]
        return grid._replace(boxes=tuple(sorted(boxes)))

    return _each(paper, fewer)


def edges(paper: Paper, random: Random) -> Paper:
    """The same tables on a finer grid, where nearly every cell spans: as where a column was drawn and taken out again."""
    return _each(paper, lambda grid: grid.stretched([random.randint(1, 3) for _ in range(grid.width)]))


def askew(paper: Paper, random: Random) -> Paper:
    """Edges between cells that are a little off from row to row, as they are where they were drawn by hand."""

    def shifted(grid: Grid) -> Grid:
        fine = grid.stretched([2] * grid.width)
        boxes = list(fine.boxes)
        for number in range(len(boxes) - 1):
            left, right = boxes[number], boxes[number + 1]
            beside = left.row == right.row and left.column + left.columns == right.column
            if beside and left.rows == right.rows == 1 and right.columns > 1 and random.random() < 0.3:
                boxes[number] = left._replace(columns=left.columns + 1)
                boxes[number + 1] = right._replace(column=right.column + 1, columns=right.columns - 1)
        return fine._replace(boxes=tuple(boxes))

    return _each(paper, shifted)


def hand(random: Random) -> Hand:
    """An author with some habits of those that others have, and runs that begin anywhere."""
    chosen = HANDS[random.choice(sorted(HANDS))]

    def cut(text: str) -> list[str]:
        places = sorted(random.sample(range(len(text) + 1), min(len(text), random.randrange(5))))
        return [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]

    return chosen._replace(
        heading=random.choice(("styled", "bold", "plain")),
        numbered=chosen.numbered or random.random() < 0.3,
        cut=cut,
    )


def _each(paper: Paper, change: object) -> Paper:
    assert callable(change)
    return Paper(tuple(block if isinstance(block, Words) else change(block) for block in paper.blocks))
