"""A table of a form as it is printed: labels in their places, and something in every cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportlint.errors import PackError
from reportlint.model import Block, Form
from reportlint.vocabulary import nearest
from reportlint.wording import Drawing

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
    corner, head = (_label(form, name) for name in (drawing.corner, drawing.head))
    above = {_label(form, name) for name in drawing.above}
    found: list[Line] = []
    for block in form.tables[table]:
        if block.across:
            found += _across(form, block, cell)
            continue
        over = _groups(form, block.rows)
        titles = {group.start: group.label for group in over if group.label in above}
        ladder = _ladder(form, block.rows, [group for group in over if group.label not in above])
        whole = [_Group(head, 0, len(block.columns))] if head else []
        heads = _heads(_ladder(form, block.columns, [*whole, *_groups(form, block.columns)]))
        indent = ("",) * (len(ladder[0]) - 1)
        for index, row in enumerate(block.rows):
            if index in titles:
                found.append(Line((titles[index],)))
            if index == 0 or index in titles:
                found += [Line((corner, *indent, *heads[0])), *(Line(("", *indent, *each)) for each in heads[1:])]
            found.append(Line((*ladder[index], *[cell] * len(block.columns)), row))
    width = max(len(line.fields) for line in found)
    return tuple(line._replace(fields=line.fields + ("",) * (width - len(line.fields))) for line in found)


class Box(NamedTuple):
    """A cell as it is printed: over so many lines and fields, from the one in its upper left corner."""

    text: str
    line: int
    field: int
    lines: int
    fields: int


def boxes(table: Sequence[Line]) -> list[Box]:
    """The cells of a table, by lines. What is blank is of a label: of the one above it, or of the one on its left."""
    found: list[Box] = []
    above: list[int] = []
    for number, line in enumerate(table):
        own: list[int] = []
        is_first = number == 0 or (line.row is None and table[number - 1].row is not None)
        for place, field in enumerate(line.fields):
            if field or (is_first and not own):
                own.append(len(found))
                found.append(Box(field, number, place, 1, 1))
                continue
            if line.row is None:
                # Labels stand under those that they belong to; what is blank beside them reaches down to them.
                is_left = is_first or (bool(own) and above[place] == above[place - 1])
            else:
                is_left = any(line.fields[:place])
            own.append(own[-1] if is_left else above[place])
            box = found[own[-1]]
            found[own[-1]] = box._replace(lines=number - box.line + 1, fields=max(box.fields, place - box.field + 1))
        above = own
    return found


def written(table: Sequence[Line], layout: str) -> list[str]:
    """The lines of a table as text."""
    if layout == "tab":
        return [joined(line, layout) for line in table]
    rule = Line(("---",) * len(table[0].fields))
    return [joined(line, layout) for line in (table[0], rule, *table[1:])]


def joined(line: Line, layout: str) -> str:
    """A line of a table as text."""
    return "\t".join(line.fields) if layout == "tab" else f"| {' | '.join(line.fields)} |"


def _across(form: Form, block: Block, cell: str) -> Iterator[Line]:
    """A block whose rows stand side by side: labels over labels, and one line of cells."""
    size = len(block.columns)
    rows = [_Group(form.label(row), index, index + 1) for index, row in enumerate(block.rows)]
    over = [
        group._replace(start=size * group.start, stop=size * group.stop)
        for group in (*_groups(form, block.rows), *rows)
    ]
    for fields in _heads(_ladder(form, block.columns * len(block.rows), over)):
        yield Line(fields)
    yield Line((cell,) * (size * len(block.rows)), block.rows[0])


def _groups(form: Form, names: Sequence[str]) -> list[_Group]:
    """The labels that the form has over some of these names."""
    found: list[_Group] = []
    for index, name in enumerate(names):
        for over in form.over.get(name, ()):
            label = form.label(over)
            if found and any(group.label == label and group.stop == index for group in found):
                found = [group._replace(stop=index + 1) if group.label == label else group for group in found]
            else:
                found.append(_Group(label, index, index + 1))
    return found


def _ladder(form: Form, names: Sequence[str], groups: Sequence[_Group]) -> list[tuple[str, ...]]:
    """For each name the fields that lead to it: what stands over it, where that begins, and its own label."""
    steps = []
    for index, name in enumerate(names):
        over = sorted((each for each in groups if each.start <= index < each.stop), key=lambda g: g.start - g.stop)
        steps.append((*(group.label if group.start == index else "" for group in over), form.label(name)))
    depth = max(map(len, steps))
    return [step + ("",) * (depth - len(step)) for step in steps]


def _heads(ladder: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return list(zip(*ladder, strict=True))


def _label(form: Form, name: str | None) -> str:
    if name is None:
        return ""
    if name not in form.groups:
        raise PackError(f"{form.name} 的标准文字：格式没有 {name}{nearest(name, form.groups)}")
    return form.label(name)
