"""Word documents: the reader against the least that reads their tables, in one run.

    python benchmarks/docx.py [FILE...]

`bare` unpacks the text of a document, makes a tree of it with ElementTree, and takes the tables from that: rows, cells, how many columns a
cell spans, whether it goes on the one above. It knows no numbering, no styles, no fields, no changes, no places, and no limits. Without
files the documents are those that `reportlint new --docx` writes.
"""

from __future__ import annotations

import argparse
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from xml.etree import ElementTree

from reportlint import Linter
from reportlint.blank import parts
from reportlint.blank.document import document

ROUNDS = 40
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def bare(data: bytes) -> list[list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    return [
        [[field for cell in row.iter(f"{W}tc") for field in fields(cell)] for row in table.iter(f"{W}tr")]
        for table in root.iter(f"{W}tbl")
    ]


def fields(cell: ElementTree.Element) -> list[str]:
    span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
    goes_on = merge is not None and merge.get(f"{W}val") != "restart"
    text = "" if goes_on else "".join(each.text or "" for each in cell.iter(f"{W}t"))
    return [text, *[""] * ((1 if span is None else int(span.get(f"{W}val", "1"))) - 1)]


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    linter = Linter.from_layers([])
    given = {path.name: path.read_bytes() for path in parser.parse_args().files}
    for year in () if given else (2020, 2024):
        given[f"a new report for {year}"] = document(parts(linter, "云溪县人民政府", year))
    for name, data in given.items():
        # One after the other, so that a busy machine slows both alike.
        turns = [
            (seconds(lambda data=data: bare(data)), seconds(lambda data=data: linter.readers.source(data, "a.docx")))
            for _ in range(ROUNDS)
        ]
        ratio = median(ours / theirs for theirs, ours in turns)
        theirs, ours = (median(each) * 1000 for each in zip(*turns, strict=True))
        print(f"{name}: bare {theirs:.1f} ms, reader {ours:.1f} ms ({ratio:.2f} ×)")


if __name__ == "__main__":
    main()
