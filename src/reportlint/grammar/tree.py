"""Syntax trees: tokens, and nodes named after the rules of the grammar."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """A line of a report, or a word of a clause, with the terminal that it is."""

    type: str
    """The terminal's name as the compiled grammar has it."""
    text: str
    start: int
    """Its offset in the text that was scanned."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Node(NamedTuple):
    """A rule and what it stands for."""

    name: str
    children: list[Node | Token]
