"""Web pages: the reader against selectolax alone, in one run.

    python benchmarks/web.py [FILE...]

`cells` is selectolax's parser (lexbor) with the text of every paragraph and of every cell with its spans, by its own calls,
and makes nothing of it. `grid` puts the cells where their spans say, which any reader of tables has to. Neither finds the
report in the page, nor tells hidden text, nor knows where anything stood. Without files, pages are made of the examples.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from reportlint import Linter

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 100
TARGET = 2.0
BLOCKS = "p, h1, h2, h3, h4, li"

Spanned = tuple[str, int, int]


def cells(data: bytes) -> tuple[list[str], list[list[list[Spanned]]]]:
    tree = LexborHTMLParser(data.decode())
    paragraphs = [node.text(strip=True) for node in tree.css(BLOCKS)]
    tables = []
    for table in tree.css("table"):
        rows = []
        for row in table.css("tr"):
            line = []
            for cell in row.css("td, th"):
                given = cell.attributes
                spans = int(given.get("colspan") or 1), int(given.get("rowspan") or 1)
                line.append((cell.text(strip=True), *spans))
            rows.append(line)
        tables.append(rows)
    return paragraphs, tables


def grid(data: bytes) -> tuple[list[str], list[list[str]]]:
    paragraphs, tables = cells(data)
    lines = []
    for rows in tables:
        taken: dict[int, int] = {}
        for row in rows:
            line: list[str] = []
            below: dict[int, int] = {}
            for text, columns, height in row:
                while taken.get(len(line)):
                    line.append("")
                for column in range(len(line), len(line) + columns):
                    below[column] = height
                line += [text, *[""] * (columns - 1)]
            while taken.get(len(line)):
                line.append("")
            taken = {c: left - 1 for c, left in {**taken, **below}.items() if left > 1}
            lines.append(line)
    return paragraphs, lines


def made() -> dict[str, bytes]:
    """Pages of every layout, with one of the example reports in them."""
    sys.path.insert(0, str(ROOT))
    from tests import sites

    report = (ROOT / "examples" / "reports" / "yunxi-county-2024.txt").read_text("utf-8")
    title, parts = sites.parts_of(report)
    return {name: layout(title, parts).encode() for name, layout in sites.LAYOUTS.items()}


def times(works: list[Callable[[], object]]) -> list[list[float]]:
    """The times of some works in turns, so that a busy machine slows all alike; in milliseconds."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, into in zip(works, taken, strict=True):
            started = time.perf_counter()
            work()
            into.append((time.perf_counter() - started) * 1000)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files
    readers = Linter.from_layers([]).readers
    pages = {path.name: path.read_bytes() for path in files} if files else made()
    print(
        f"{'page':22}{'bytes':>8}{'cells':>9}{'grid':>9}{'reader':>9}   x cells  x grid   (ms, the fastest of {ROUNDS} turns)"
    )
    ratios = []
    for name, data in pages.items():
        works: list[Callable[[], object]] = [
            lambda data=data: cells(data),  # type: ignore[misc]
            lambda data=data: grid(data),  # type: ignore[misc]
            lambda data=data: readers.source(data, "a.html"),  # type: ignore[misc]
        ]
        one, two, ours = (min(each) for each in times(works))
        ratios.append(ours / two)
        print(f"{name:22}{len(data):8}{one:9.2f}{two:9.2f}{ours:9.2f}{ours / one:10.2f}{ours / two:8.2f}")
    worst = max(ratios)
    print(f"  reader / grid, worst page: {worst:.2f} (target <= {TARGET}: {'met' if worst <= TARGET else 'missed'})")


if __name__ == "__main__":
    main()
