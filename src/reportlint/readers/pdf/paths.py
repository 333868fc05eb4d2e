"""The lines and areas that a page draws, and its pictures."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

THIN = 3.5
"""In points; what is drawn no wider is a line."""

_MOST_SEGMENTS = 20_000
_MOST_OBJECTS = 50_000
_LEAST_WHITE = 250
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


class Path(NamedTuple):
    """A stroke from end to end, or an area."""

    box: Box
    is_stroke: bool
    is_white: bool


class _Collected:
    def __init__(self, place: Callable[[float, float, float, float], Box], depth: int) -> None:
        self.paths: list[Path] = []
        self.pictures: list[Box] = []
        self.place = place
        self.depth = depth
        self.left = _MOST_OBJECTS
        # What the library writes its answers to.
        self.colour = tuple(ctypes.c_uint() for _ in range(4))
        self.sides = tuple(ctypes.c_float() for _ in range(4))


def paths_of(
    page: Any,  # noqa: ANN401 - a handle of the library
    place: Callable[[float, float, float, float], Box],
    depth: int,
) -> tuple[list[Path], list[Box]]:
    """The lines and areas of a page, and its pictures, in boxes as `place` makes them of those of the file."""
    collected = _Collected(place, depth)
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        _collect(pdfium.FPDFPage_GetObject(page, index), _SAME, 0, collected)
    return collected.paths, collected.pictures


def _collect(drawn: Any, outer: Matrix, level: int, collected: _Collected) -> None:  # noqa: ANN401
    collected.left -= 1
    if collected.left < 0:
        return
    kind = pdfium.FPDFPageObj_GetType(drawn)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        _path(drawn, outer, collected)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        box = _bounds(drawn, collected)
        if box is not None:
            collected.pictures.append(collected.place(*_moved(box, outer)))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and level < collected.depth:
        inner = _times(_matrix(drawn), outer)
        for index in range(pdfium.FPDFFormObj_CountObjects(drawn)):
            _collect(pdfium.FPDFFormObj_GetObject(drawn, index), inner, level + 1, collected)


def _path(drawn: Any, outer: Matrix, collected: _Collected) -> None:  # noqa: ANN401
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    if not fill.value and not stroke.value:
        return
    colour = pdfium.FPDFPageObj_GetStrokeColor if stroke.value else pdfium.FPDFPageObj_GetFillColor
    white = _is_white(drawn, colour, collected)
    count = pdfium.FPDFPath_CountSegments(drawn)
    box = _bounds(drawn, collected)
    if box is None or count > _MOST_SEGMENTS:
        return
    box = collected.place(*_moved(box, outer))
    if count <= 5 and min(box[2] - box[0], box[3] - box[1]) <= THIN:
        collected.paths.append(Path(box, True, white))
        return
    inner = _times(_matrix(drawn), outer)
    for points in _subpaths(drawn, count):
        placed = [_point(x, y, inner) for x, y in points]
        if stroke.value:
            for (x, y), (to_x, to_y) in itertools.pairwise(placed):
                side = collected.place(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
                if min(side[2] - side[0], side[3] - side[1]) <= THIN:
                    collected.paths.append(Path(side, True, white))
        if fill.value or not stroke.value:
            xs, ys = [x for x, _ in placed], [y for _, y in placed]
            area = collected.place(min(xs), min(ys), max(xs), max(ys))
            thin = min(area[2] - area[0], area[3] - area[1]) <= THIN
            filled_white = white if not stroke.value else _is_white(drawn, pdfium.FPDFPageObj_GetFillColor, collected)
            collected.paths.append(Path(area, thin, filled_white))


def _subpaths(drawn: Any, count: int) -> Iterator[list[tuple[float, float]]]:  # noqa: ANN401
    """The corners of each part of a path that is made of straight lines."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    straight = True
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        elif kind != pdfium.FPDF_SEGMENT_LINETO:
            straight = False
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if straight and len(points) > 1:
        yield points


def _is_white(drawn: Any, colour: Callable[..., Any], collected: _Collected) -> bool:  # noqa: ANN401
    red, green, blue, alpha = collected.colour
    if not colour(drawn, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= _LEAST_WHITE or not alpha.value


def _bounds(drawn: Any, collected: _Collected) -> Box | None:  # noqa: ANN401
    left, bottom, right, top = collected.sides
    if not pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        return None
    return left.value, bottom.value, right.value, top.value


def _matrix(drawn: Any) -> Matrix:  # noqa: ANN401
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _point(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix is _SAME:
        return box
    left, bottom, right, top = box
    corners = [_point(x, y, matrix) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
