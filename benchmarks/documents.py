"""Documents: each reader against the least that reads as much of its format, in turns, on reports made for it.

The documents are the tests' own: one report as many authors and sites would make it. PDF is printed from them by
LibreOffice; where there is none, the real one beside the repository is taken.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from contest import print_table

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "reports"
TARGETS = {"docx": 2.0, "html": 2.0, "pdf": 1.3}
WARM = 3
"""Turns of each that are not counted."""


class Pair(NamedTuple):
    """A document, and what is measured against what."""

    name: str
    data: bytes
    bare: Callable[[bytes], object]


def documents_part(options: argparse.Namespace, _work: Path) -> None:
    """The readers of documents, format by format."""
    sys.path.insert(0, str(ROOT))
    from tests.makers.paper import paper_of

    from reportlint import Linter

    readers = Linter.from_layers([]).readers
    paper = paper_of((ROOT / "examples" / "reports" / "yunxi-county-2024.txt").read_text("utf-8"))
    for suffix, pairs in (("docx", _docx), ("html", _html), ("pdf", _pdf)):
        try:
            found = pairs(paper)
        except ModuleNotFoundError as error:
            print(f"\n{suffix}: {error.name} is not there (pip install 'reportlint[all]')")
            continue
        rounds = (20 if suffix != "pdf" else 2) * options.runs
        print(f"\nA {suffix} into a source ({rounds} turns, processor time)")
        rows, ratios = [], []
        for pair in found:
            ours, theirs = _turns(lambda data, suffix=suffix: readers.source(data, f"a.{suffix}"), pair, rounds)
            ratio = median(mine / its for mine, its in zip(ours, theirs, strict=True))
            ratios.append(ratio)
            size = f"{len(pair.data) / 1024:.0f}"
            rows.append([pair.name, size, f"{median(theirs):.2f}", f"{median(ours):.2f}", f"{ratio:.2f}"])
        print_table(["document", "KiB", "bare ms", "reader ms", "x bare"], rows)
        worst, usual = max(ratios), median(ratios)
        verdict = "met" if worst <= TARGETS[suffix] else "missed"
        print(
            f"  reader / bare: {usual:.2f} at the median, {worst:.2f} at worst (target <= {TARGETS[suffix]}: {verdict})"
        )


def _turns(reader: Callable[[bytes], object], pair: Pair, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of processor time of the reader and of the bare contender, in turns that begin with either."""
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(-WARM, rounds):
        order = [(reader, ours), (pair.bare, theirs)]
        for work, into in order if turn % 2 else reversed(order):
            taken = _spent(work, pair.data)
            if turn >= 0:
                into.append(taken)
    return ours, theirs


def _spent(work: Callable[[bytes], object], data: bytes) -> float:
    """Processor time, that of processes begun and ended for it included."""
    before = os.times()
    started = _processor()
    work(data)
    here = _processor() - started
    after = os.times()
    children = after.children_user + after.children_system - before.children_user - before.children_system
    return (here + children) * 1000


def _processor() -> float:
    import time

    return time.process_time()


def _docx(paper: Any) -> list[Pair]:  # noqa: ANN401 - the tests' own
    from docx import bare
    from tests.makers.word import FILES

    return [Pair(name, make(paper), bare) for name, make in FILES.items()]


def _html(paper: Any) -> list[Pair]:  # noqa: ANN401
    from tests.makers.web import PAGES
    from web import grid

    def decoded(data: bytes) -> object:
        return grid(data if b"charset=gb2312" not in data else data.decode("gb18030").encode())

    pages: Mapping[str, bytes] = {name: make(paper) for name, make in PAGES.items()}
    real = {path.name: path.read_bytes() for path in sorted(REAL.glob("*.html"))}
    return [Pair(name, data, decoded) for name, data in {**pages, **real}.items()]


def _pdf(paper: Any) -> list[Pair]:  # noqa: ANN401
    from pdf import library
    from tests.makers import office
    from tests.makers.word import FILES

    made = {name: FILES[name](paper) for name in ("headings.docx", "split.docx", "one-table.docx")}
    printed = office.converted(made, "pdf") if office.PROGRAM else {}
    real = {path.name: path.read_bytes() for path in sorted(REAL.glob("*.pdf"))}
    return [Pair(name, data, library) for name, data in {**printed, **real}.items()]
