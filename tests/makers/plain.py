"""A report as plain text and Markdown, in the encodings that it comes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .paper import Grid, Paper, Words


def _tabs(paper: Paper) -> str:
    return paper.text()


def _pipes(paper: Paper) -> str:
    return _written(paper, lambda block: block.whole, lambda grid: [f"| {' | '.join(row)} |" for row in grid.fields()])


def _markdown(paper: Paper) -> str:
    def words(block: Words) -> str:
        return {"title": "# ", "heading": "## "}.get(block.kind, "") + block.whole

    def rows(grid: Grid) -> list[str]:
        first, *rest = [f"| {' | '.join(row)} |" for row in grid.fields()]
        return [first, "|" + " --- |" * grid.width, *rest]

    return _written(paper, words, rows)


def _written(paper: Paper, words: Callable[[Words], str], rows: Callable[[Grid], list[str]]) -> str:
    blocks = [words(block) if isinstance(block, Words) else "\n".join(rows(block)) for block in paper.blocks]
    return "\n\n".join(blocks) + "\n"


TEXTS: Mapping[str, Callable[[Paper], bytes]] = {
    "tabs.txt": lambda paper: _tabs(paper).encode(),
    "tabs-marked.txt": lambda paper: b"\xef\xbb\xbf" + _tabs(paper).replace("\n", "\r\n").encode(),
    "pipes.txt": lambda paper: _pipes(paper).encode(),
    "markdown.md": lambda paper: _markdown(paper).encode(),
    "one-table.txt": lambda paper: _tabs(paper.in_one_table()).encode(),
    "gb18030.txt": lambda paper: _tabs(paper).encode("gb18030"),
    "utf-16.txt": lambda paper: _pipes(paper).encode("utf-16"),
    "utf-16-be.txt": lambda paper: b"\xfe\xff" + _tabs(paper).encode("utf-16-be"),
}
