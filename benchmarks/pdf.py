"""PDF: the reader against its library alone, in one run.

    python benchmarks/pdf.py FILE...

`library` asks PDFium for what any reader of tables needs and makes nothing of it: of every character the code, box, size,
direction and colour, of every object the bounds, and of paths the corners. `boxes` asks for text, boxes and bounds alone, by
pypdfium2's own calls. `pdfplumber`, where it is installed, finds its own tables.
"""

from __future__ import annotations

import argparse
import ctypes
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from reportlint import Linter

ROUNDS = 15


def boxes(data: bytes) -> None:
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


def library(data: bytes) -> None:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                text.get_charbox(index, loose=True)
                pdfium.FPDFText_GetUnicode(text, index)
                pdfium.FPDFText_HasUnicodeMapError(text, index)
                pdfium.FPDFText_GetFontSize(text, index)
                pdfium.FPDFText_GetMatrix(text, index, pdfium.FS_MATRIX())
                pdfium.FPDFText_GetFillColor(text, index, *colour())
                drawn = pdfium.FPDFText_GetTextObject(text, index)
                if drawn:
                    pdfium.FPDFTextObj_GetTextRenderMode(drawn)
            for drawn in page.get_objects():
                drawn.get_bounds()
                if drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
                    path(drawn.raw)
            text.close()
            page.close()


def path(drawn: object) -> None:
    pdfium.FPDFPath_GetDrawMode(drawn, ctypes.c_int(), ctypes.c_int())
    pdfium.FPDFPageObj_GetFillColor(drawn, *colour())
    for index in range(pdfium.FPDFPath_CountSegments(drawn)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.c_float(), ctypes.c_float())


def colour() -> list[ctypes.c_uint]:
    return [ctypes.c_uint() for _ in range(4)]


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
        ours, theirs, least = [], [], []
        for _ in range(ROUNDS):
            least += measured(lambda data=data: boxes(data), 1)
            theirs += measured(lambda data=data: library(data), 1)
            ours += measured(lambda data=data: readers.source(data, "a.pdf"), 1)
        shares = f"{min(ours) / min(theirs):.2f} ×, medians {statistics.median(ours) / statistics.median(theirs):.2f} ×"
        print(f"{path.name}: reader {min(ours):.1f} ms, library {min(theirs):.1f} ms ({shares})")
        print(f"  boxes {min(least):.1f} ms ({min(ours) / min(least):.2f} ×)")
        with suppress(ImportError):
            print(f"  pdfplumber {min(measured(lambda data=data: plumber(data), 3)):.1f} ms")


if __name__ == "__main__":
    main()
