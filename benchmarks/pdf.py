"""PDF: the reader against its library alone, in one run.

    python benchmarks/pdf.py FILE...

`library` takes from PDFium what any reader of tables needs, every character with its box and every object with its
bounds, by pypdfium2's own calls, and makes nothing of it. `pdfplumber`, where it is installed, finds its own tables.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pypdfium2

from reportlint import Linter

ROUNDS = 15


def library(data: bytes) -> None:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            text.get_text_range()
            for index in range(text.count_chars()):
                text.get_charbox(index, loose=True)
            for drawn in page.get_objects():
                drawn.get_bounds()
            text.close()
            page.close()


def plumber(data: bytes) -> None:
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()


def measured(work: Callable[[], object], rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    readers = Linter.from_layers([]).readers
    for path in parser.parse_args().files:
        data = path.read_bytes()
        # One after the other, so that a busy machine slows both alike.
        ours, theirs = [], []
        for _ in range(ROUNDS):
            theirs += measured(lambda data=data: library(data), 1)
            ours += measured(lambda data=data: readers.source(data, "a.pdf"), 1)
        print(f"{path.name}: library {min(theirs):.1f} ms, reader {min(ours):.1f} ms", end="")
        print(
            f" ({min(ours) / min(theirs):.2f} ×; medians {statistics.median(ours) / statistics.median(theirs):.2f} ×)"
        )
        with suppress(ImportError):
            print(f"  pdfplumber {min(measured(lambda data=data: plumber(data), 3)):.1f} ms")


if __name__ == "__main__":
    main()
