"""The syntax tree, a line a node: what `reportlint parse` shows."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.grammar import Node, Token
from reportlint.grammar.tables import plain
from reportlint.source import Source

_LONGEST = 60


def lines(source: Source, tree: Node) -> Iterator[str]:
    """Each node indented below its parent; a token with its place and text."""
    todo: list[tuple[int, Node | Token]] = [(0, tree)]
    while todo:
        depth, node = todo.pop()
        indent = "  " * depth
        if isinstance(node, Node):
            yield f"{indent}{node.name}"
            todo.extend((depth + 1, child) for child in reversed(node.children))
            continue
        position = source.position(node.start)
        shown = node.text if len(node.text) <= _LONGEST else f"{node.text[:_LONGEST]}…"
        yield f"{indent}{plain(node.type)} {position.line}:{position.column} {shown!r}"
