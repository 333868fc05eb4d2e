"""Places in the file, and on the page as it is shown."""

from __future__ import annotations

from reportlint.readers.pdf.paths import Box


class Turn:
    """Between places in the file and on the page as it is shown, turned clockwise by so many quarters."""

    def __init__(self, quarters: int, box: Box) -> None:
        self.quarters = quarters
        self._left, self._bottom, self._right, self._top = box
        wide, high = self._right - self._left, self._top - self._bottom
        self.width, self.height = (high, wide) if quarters % 2 else (wide, high)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        if self.quarters == 0:
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        if self.quarters == 1:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if self.quarters == 2:
            return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
        return self._top - top, self._right - right, self._top - bottom, self._right - left

    def back(self, box: Box) -> Box:
        left, top, right, bottom = box
        if self.quarters == 0:
            return left + self._left, self._top - bottom, right + self._left, self._top - top
        if self.quarters == 1:
            return top + self._left, left + self._bottom, bottom + self._left, right + self._bottom
        if self.quarters == 2:
            return self._right - right, top + self._bottom, self._right - left, bottom + self._bottom
        return self._right - bottom, self._top - right, self._right - top, self._top - left
