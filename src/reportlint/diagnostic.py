"""A diagnostic: a finding with its rule, severity, source and fingerprint. What every output shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportlint.findings import Fix, Note, Severity, Sum
from reportlint.source import Location, Position, Source, Span

BASELINE = "baseline"
"""The kind of what is in the baseline."""
TOOL = "reportlint"
"""The prefix of the tool's own findings: a report that it could not check, a rule that crashed."""


class Diagnostic(NamedTuple):
    """One finding, ready to be shown. `rule` is the full id; the tool's own begin with `reportlint/`."""

    source: Source
    span: Span | None
    rule: str
    severity: Severity
    message: str
    basis: str
    notes: tuple[Note, ...]
    fingerprint: str
    at: Position | None = None
    """The place, for a file that could not be read as text and so has no spans."""
    fix: Fix | None = None
    place: str = ""
    """The structural place (see `reportlint.anchors`), by which the finding is accepted or kept in a baseline."""
    content: str = ""
    """What stands there, masked: an acceptance holds while it is the same."""
    mandatory: bool = False
    """Whether its rule cannot be silenced."""
    sums: tuple[Sum, ...] = ()
    """The sums that the cell breaks, where figures do not agree."""
    expected: str = ""
    """The figure that certainly belongs in the cell at its place, masked; empty where there is none."""
    doubt: str = ""
    """Why its reader was not sure of what the finding rests on; it is one level lower then. Empty where it was sure."""
    where: Location | None = None
    """What `location` says."""

    @property
    def own(self) -> bool:
        """Whether it is a finding of the tool's own, which rests on no clause."""
        return self.rule.startswith(f"{TOOL}/")

    def start(self) -> Position | None:
        """Line and column; None where it has no place, or the document has no lines (see `location`)."""
        return self.at if self.span is None else self._position(self.span.start)

    def end(self) -> Position | None:
        return self.at if self.span is None else self._position(self.span.end)

    def location(self) -> Location | None:
        """Where it stands in a document, as it may be shown; None in a plain text, and for what has no place."""
        return self.where

    def _position(self, offset: int) -> Position | None:
        return self.source.position(offset) if self.source.has_lines else None


class Accepted(NamedTuple):
    """A finding that is accepted, by whom and why."""

    diagnostic: Diagnostic
    kind: str
    """`ignore` (the configuration), `accepted` (an entry beside the report) or `baseline`."""
    because: str
    by: str | None = None
    until: str | None = None
    """The last day on which it holds, as YYYY-MM-DD."""
    origin: str = ""
    """The file that says so, and the line where there is one."""

    @property
    def words(self) -> str:
        """What it is called where a finding has its severity."""
        return "基线已有" if self.kind == BASELINE else "已接受"

    @property
    def reason(self) -> str:
        """Who accepted it, why, until when and where; empty where nothing is known."""
        parts = [self.because] if self.because else []
        parts += [f"{self.by} 接受"] if self.by else []
        parts += [f"到 {self.until} 为止"] if self.until else []
        parts += [f"见 {self.origin}"] if self.origin else []
        return "；".join(parts)


class Unassessed(NamedTuple):
    """A rule that ran and could not judge, and why (in Chinese)."""

    rule: str
    reason: str


def fingerprint(rule: str, path: str, anchor: str, nth: int) -> str:
    """A key for a finding that stays the same when lines move.

    `anchor` is the structural place or the text found fault with; `nth` tells apart findings of
    one rule at the same anchor of one report.
    """
    import hashlib

    key = "\0".join((rule, path.replace("\\", "/"), anchor, str(nth)))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def in_order(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """By place, those without one first; at one place the graver first, then by rule."""

    def key(diagnostic: Diagnostic) -> tuple[int, int, str]:
        start = -1 if diagnostic.span is None else diagnostic.span.start
        return (start, -diagnostic.severity, diagnostic.rule)

    return sorted(diagnostics, key=key)
