"""What rules find: a place, a sentence, how grave it is and how it may be mended."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from reportlint.source import Location, Span

if TYPE_CHECKING:
    from decimal import Decimal

_TIMES, _MINUS = "×", "−"
_BROKEN = {"=": "两数不等", ">=": "前数小于后数", "<=": "前数大于后数"}


class Severity(IntEnum):
    """How grave a finding is; an error breaks the Regulations or the form."""

    ADVICE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()

    @property
    def lower(self) -> Severity:
        """One level lower; the lowest stays."""
        return Severity(max(self - 1, Severity.ADVICE))

    @classmethod
    def labels(cls) -> list[str]:
        """The words for them, the gravest first."""
        return [severity.label for severity in sorted(cls, reverse=True)]

    @classmethod
    def parse(cls, text: str) -> Severity:
        """The severity of that name; ValueError when there is none."""
        try:
            return cls[text.upper()]
        except KeyError:
            raise ValueError(text) from None


class Note(NamedTuple):
    """A further remark to a finding, at a place of its own or at none."""

    message: str
    span: Span | None = None
    where: Location | None = None
    """Where the span stands in a document, masked; the linter adds it."""


class Edit(NamedTuple):
    """What is written instead of a stretch of the source."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that mend a finding; they do not overlap.

    A `safe` fix changes nothing that the report says. Figures are never mended.
    """

    edits: tuple[Edit, ...]
    safe: bool = True


class Hinge(NamedTuple):
    """A cell, and the figure in it that would leave nothing to find."""

    span: Span
    value: int | Decimal


class Addend(NamedTuple):
    """A cell of a sum, and how many times it counts: as a rule once."""

    factor: int
    span: Span


class Side(NamedTuple):
    """One side of a sum that does not hold: what it is called, the cells that make it up, what they come to."""

    words: str
    addends: tuple[Addend, ...]
    constant: int
    total: str

    def added(self, figure: Callable[[Span], str]) -> str:
        """`3 + 2 × 4`: what is added up, each cell as `figure` shows it."""
        parts: list[str] = []
        for factor, span in self.addends:
            shown = figure(span) if abs(factor) == 1 else f"{abs(factor)} {_TIMES} {figure(span)}"
            parts.append(shown if not parts and factor > 0 else f"{_MINUS if factor < 0 else '+'} {shown}")
        if self.constant:
            sign = _MINUS if self.constant < 0 else "+"
            parts.append(f"{sign} {abs(self.constant)}" if parts else str(self.constant))
        return " ".join(parts)

    @property
    def plain(self) -> bool:
        """Whether it is the figure of a single cell, with nothing to add up."""
        return len(self.addends) == 1 and not self.constant and self.addends[0].factor == 1


class Sum(NamedTuple):
    """Cells that do not agree, so that an output can show them and write the sum out. `message` says it in words."""

    message: str
    place: str
    """The row or column, in words."""
    left: Side
    right: Side
    operator: str
    """What should hold between the sides: `=`, `>=` or `<=`."""

    @property
    def fault(self) -> str:
        """What is wrong between the sides, in words."""
        return _BROKEN[self.operator]


class Finding(NamedTuple):
    """What a rule saw: one Chinese sentence, and where the eye should go (None: nowhere in the text).

    `severity` is for a finding less grave than its rule's; it never makes one graver. A finding that
    hinges on a cell becomes a note to the finding of the relations that the cell is wrong, where both
    would have the same figure in it: one wrong cell is one finding. `expected` is the figure that certainly
    belongs in the cell at its place.
    """

    span: Span | None
    message: str
    notes: tuple[Note, ...] = ()
    severity: Severity | None = None
    fix: Fix | None = None
    hinges: tuple[Hinge, ...] = ()
    sums: tuple[Sum, ...] = ()
    expected: int | Decimal | None = None
