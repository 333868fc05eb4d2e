"""A table of a form as it is printed: labels in their places, and something in every cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reportlint.errors import PackError
from reportlint.model import Block, Form
from reportlint.vocabulary import nearest
from reportlint.wording import Drawing, Stretch

LAYOUTS = ("tab", "pipe")
"""How the fields of a line are set apart: by tabs, or by the upright strokes of Markdown."""


class Line(NamedTuple):
    """A line of a table, field by field; `row` is the one whose figures it has, None for heads."""

    fields: tuple[str, ...]
    row: str | None = None


class _Group(NamedTuple):
    """A label, and the places from `start` to before `stop` that it stands for."""

    label: str
    start: int
    stop: int


def lines(form: Form, table: str, drawing: Drawing, cell: str = "0") -> tuple[Line, ...]:
    """All lines of a table, as wide as its widest; PackError where the drawing names what the form has not."""
    found: list[Line] = []
    corner = "" if drawing.corner is None else _label(form, drawing.corner, form.groups)
    for block in form.tables[table]:
        if block.across:
            found += _across(form, block, drawing, cell)
            continue
        ladder = _ladder([form.label(row) for row in block.rows], _groups(form, drawing.beside, block.rows))
        heads = _heads([form.label(column) for column in block.columns], _groups(form, drawing.over, block.columns))
        indent = [""] * len(ladder[0])
        above = {group.start: group.label for group in _groups(form, drawing.above, block.rows)}
        for index, row in enumerate(block.rows):
            if index == 0 or index in above:
                found += [Line((above[index],))] if index in above else []
                for number, head in enumerate(heads):
                    found.append(Line((*(indent if number else [corner, *indent[1:]]), *head)))
            found.append(Line((*ladder[index], *[cell] * len(block.columns)), row))
    _check_stretches(form, table, drawing)
    width = max(len(line.fields) for line in found)
    return tuple(line._replace(fields=line.fields + ("",) * (width - len(line.fields))) for line in found)


def written(table: Sequence[Line], layout: str) -> list[str]:
    """The lines of a table as text."""
    if layout == "tab":
        return [joined(line, layout) for line in table]
    rule = Line(("---",) * len(table[0].fields))
    return [joined(line, layout) for line in (table[0], rule, *table[1:])]


def joined(line: Line, layout: str) -> str:
    """A line of a table as text."""
    return "\t".join(line.fields) if layout == "tab" else f"| {' | '.join(line.fields)} |"


def _across(form: Form, block: Block, drawing: Drawing, cell: str) -> Iterator[Line]:
    """A block whose rows stand side by side: labels over labels, and one line of cells."""
    size = len(block.columns)
    rows = [_Group(form.label(row), size * i, size * (i + 1)) for i, row in enumerate(block.rows)]
    over = (
        group._replace(start=size * group.start, stop=size * group.stop)
        for group in _groups(form, drawing.over, block.rows)
    )
    for head in _heads([form.label(column) for _ in block.rows for column in block.columns], [*rows, *over]):
        yield Line(head)
    yield Line((cell,) * (size * len(block.rows)), block.rows[0])


def _ladder(labels: Sequence[str], groups: Sequence[_Group]) -> list[tuple[str, ...]]:
    """For each label the fields that lead to it: what stands over it where that begins, and itself."""
    steps = []
    for index, label in enumerate(labels):
        over = sorted((each for each in groups if each.start <= index < each.stop), key=lambda g: g.start - g.stop)
        steps.append((*(group.label if group.start == index else "" for group in over), label))
    depth = max(map(len, steps))
    return [step + ("",) * (depth - len(step)) for step in steps]


def _heads(labels: Sequence[str], groups: Sequence[_Group]) -> list[tuple[str, ...]]:
    return list(zip(*_ladder(labels, groups), strict=True))


def _groups(form: Form, stretches: Mapping[str, Stretch], names: Sequence[str]) -> list[_Group]:
    """The labels that stand for some of these names."""
    return [
        _Group(_label(form, label, form.groups), names.index(first), names.index(last) + 1)
        for label, (first, last) in stretches.items()
        if first in names and last in names
    ]


def _check_stretches(form: Form, table: str, drawing: Drawing) -> None:
    blocks = form.tables[table]
    rows = [block.rows for block in blocks]
    columns = [block.rows if block.across else block.columns for block in blocks]
    for stretches, runs in ((drawing.above, rows), (drawing.beside, rows), (drawing.over, columns)):
        for label, (first, last) in stretches.items():
            if not any(first in run and last in run and run.index(first) <= run.index(last) for run in runs):
                raise PackError(f"{form.name} 的标准文字：表格 {table} 里没有从 {first} 到 {last} 的一段（{label}）")


def _label(form: Form, name: str, known: frozenset[str]) -> str:
    if name not in known:
        raise PackError(f"{form.name} 的标准文字：格式没有 {name}{nearest(name, known)}")
    return form.label(name)
