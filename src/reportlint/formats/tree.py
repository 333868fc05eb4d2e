"""The syntax tree, a line a node: what `reportlint parse` shows."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.grammar import SyntaxTree
from reportlint.source import Source

_LONGEST = 60


def lines(source: Source, tree: SyntaxTree) -> Iterator[str]:
    """Each node indented below its parent; a token with its place and text."""
    todo: list[tuple[int, object]] = [(0, tree)]
    while todo:
        depth, node = todo.pop()
        indent = "  " * depth
        children = getattr(node, "children", None)
        if children is not None:
            yield f"{indent}{getattr(node, 'data', '')}"
            todo.extend((depth + 1, child) for child in reversed(children))
            continue
        text = str(node)
        position = source.position(getattr(node, "start_pos", 0) or 0)
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        yield f"{indent}{getattr(node, 'type', '')} {position.line}:{position.column} {shown!r}"
