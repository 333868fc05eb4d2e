"""The syntax tree, a line a node: what `reportlint parse` shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.formats.places import words
from reportlint.formats.text import show
from reportlint.grammar import Node, Token
from reportlint.grammar.tables import plain
from reportlint.masking import Mask
from reportlint.source import Source, Span

_LONGEST = 60


def lines(source: Source, tree: Node, concealed: Sequence[Span] = ()) -> Iterator[str]:
    """Each node indented below its parent; a token with its place and text, masked where it is concealed."""
    mask = Mask(source.text, concealed)
    todo: list[tuple[int, Node | Token]] = [(0, tree)]
    while todo:
        depth, node = todo.pop()
        indent = "  " * depth
        if isinstance(node, Node):
            yield f"{indent}{node.name}"
            todo.extend((depth + 1, child) for child in reversed(node.children))
            continue
        text = mask.whole[node.start : node.end]
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        yield f"{indent}{plain(node.type)} {_place(source, Span(node.start, node.end), mask)} {shown!r}"


def _place(source: Source, span: Span, mask: Mask) -> str:
    if not source.has_lines:
        return show(mask(words(source.location(span))))
    position = source.position(span.start)
    return f"{position.line}:{position.column}"
