"""What the fuzzer begins with: small sound documents, written into a folder. `python -m tests.fuzz.seeds FOLDER`."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from ..makers.book import WHOLE
from ..makers.hostile import page_of, pages
from ..makers.paper import Grid, Paper, paper_of
from ..makers.plain import TEXTS
from ..makers.web import PAGES
from ..makers.word import HANDS, Writer
from .packing import PACKED, parts

_TEXT = """云溪县水务局2024年政府信息公开工作年度报告

一、总体情况

（一）主动公开。全年发布信息12条。

四、政府信息公开行政复议、行政诉讼情况

"""


def seeds() -> dict[str, dict[str, bytes]]:
    """By reader and name."""
    example = paper_of((Path(__file__).parents[2] / "examples/reports/qinghe-town-2024.txt").read_text("utf-8"))
    small = Paper((*paper_of(_TEXT).blocks, next(block for block in example.blocks if isinstance(block, Grid))))
    found: dict[str, dict[str, bytes]] = {
        "text": {name: make(small) for name, make in TEXTS.items()},
        "html": {name: make(small) for name, make in PAGES.items()},
        "pdf": {"pages.pdf": pages(2), "page.pdf": page_of(b"10 10 200 20 re S BT /F 10 Tf 20 20 Td (12) Tj ET")},
        "docx": {name: b"\0" + Writer(hand).document(hand.paper(small)).encode() for name, hand in HANDS.items()},
        "xlsx": {},
    }
    with ZipFile(BytesIO(WHOLE["whole-inline.xlsx"](small))) as book:
        found["xlsx"]["sheet"] = b"\0" + book.read("xl/worksheets/sheet1.xml")
    for reader, names in PACKED.items():
        for number, name in enumerate(names):
            part = parts(reader)[name]
            if len(part) < 10_000:
                found[reader][name.replace("/", "-")] = bytes([number]) + part
    return found


def main() -> None:
    for reader, files in seeds().items():
        folder = Path(sys.argv[1]) / reader
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
