"""A copy of a PDF with highlights, written behind what the file holds: all of that stays as it was, byte by byte."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from typing import Any

from pypdf import PdfWriter
from pypdf.annotations import Highlight
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, TextStringObject

from reportlint.errors import ReadError
from reportlint.readers.pdf.opening import opened
from reportlint.readers.pdf.page import read_page
from reportlint.readers.pdf.paths import Box
from reportlint.readers.pdf.places import Spot
from reportlint.readers.reader import Annotation, Limits
from reportlint.source import Mapped, Source

_AUTHOR = "reportlint"
_COLOUR = "ffe066"
_PRINTED = 4
_CORNER = 20.0
_NO_PLACE: Box = (12, 12, 12 + _CORNER, 12 + _CORNER)

# It warns of what is wrong with files; that was known when the file was read.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def annotate(data: bytes, source: Source, annotations: Sequence[Annotation]) -> bytes:
    """A copy of the file with a highlight for each annotation; what has no place is a note on the first page."""
    placed = [(annotation.text, _places(source, annotation)) for annotation in annotations]
    pages = {page for _, places in placed for page, _ in places}
    # The file was read, with the limits that are in force, when its source was made.
    limits = Limits(pages=1 << 30)
    with opened(data, limits) as document:
        back = {number: read_page(document.handle, number, limits.depth).back for number in pages}
    out = io.BytesIO()
    try:
        writer = PdfWriter(io.BytesIO(data), incremental=True)
        for text, places in placed:
            for number, boxes in _by_page(places):
                # Coordinates of the file, whose y grows upwards.
                writer.add_annotation(number - 1, _note(text, [back[number](box) for box in boxes]))
        writer.write(out)
    except NotImplementedError as error:
        raise ReadError("encrypted", "加密的 PDF 文件里不能加批注；可另存为不加密的文件后再加") from error
    except (PyPdfError, ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        words = f"PDF 文件里不能加批注：{type(error).__name__}"
        raise ReadError("damaged", words) from error
    return out.getvalue()


def _places(source: Source, annotation: Annotation) -> list[tuple[int, Box]]:
    """The boxes of the characters of an annotation's stretch, by page; of an empty cell, the cell."""
    origin = source.origin
    span = annotation.span
    if span is None or not isinstance(origin, Mapped) or not source.text:
        return [(1, _NO_PLACE)]
    places: list[tuple[int, Box]] = []
    for offset in range(span.start, max(span.end, span.start + 1)):
        spot, within = origin.mark(min(offset, len(source.text) - 1))
        if not isinstance(spot, Spot):
            continue
        if within < len(spot.boxes):
            places.append((spot.page, spot.boxes[within]))
        elif not spot.boxes:
            places.append((spot.page, spot.box))
        elif span.end <= span.start:
            places.append((spot.page, spot.boxes[-1]))
    return places or [(1, _NO_PLACE)]


def _by_page(places: Sequence[tuple[int, Box]]) -> Iterator[tuple[int, list[Box]]]:
    """The boxes on each page, those that stand side by side on a line taken together."""
    for number in dict.fromkeys(page for page, _ in places):
        boxes: list[Box] = []
        for left, top, right, bottom in dict.fromkeys(box for page, box in places if page == number):
            last = boxes[-1] if boxes else None
            if last is not None and top < last[3] and last[1] < bottom and abs(left - last[2]) < bottom - top:
                boxes[-1] = (last[0], min(last[1], top), max(last[2], right), max(last[3], bottom))
            else:
                boxes.append((left, top, right, bottom))
        yield number, boxes


def _note(text: str, boxes: Sequence[Box]) -> Any:  # noqa: ANN401 - of the library
    around = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    corners = [
        FloatObject(round(place, 2))
        for left, bottom, right, top in boxes
        for place in (left, top, right, top, left, bottom, right, bottom)
    ]
    note = Highlight(rect=around, quad_points=ArrayObject(corners), highlight_color=_COLOUR, title_bar=_AUTHOR)
    note[NameObject("/Contents")] = TextStringObject(text)
    note[NameObject("/F")] = NumberObject(_PRINTED)
    return note
