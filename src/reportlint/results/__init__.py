"""Results as built-in values and back: what the cache keeps, and what other processes send."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from typing import Any

from reportlint.diagnostic import Diagnostic, Unassessed
from reportlint.findings import Addend, Edit, Fix, Note, Severity, Side, Sum
from reportlint.result import Result
from reportlint.results import excerpts
from reportlint.source import Location, Part, Position, Source, Span


def packed(result: Result) -> bytes | None:
    """What is said of a report, with what outputs need of one that takes long to read; None where nothing is."""
    if not (result.diagnostics or result.not_assessable or result.failed or result.concealed):
        return None
    diagnostics = [
        (
            _plain(diagnostic.span),
            diagnostic.rule,
            int(diagnostic.severity),
            diagnostic.message,
            diagnostic.basis,
            [(note.message, _plain(note.span), _plain_location(note.where)) for note in diagnostic.notes],
            diagnostic.fingerprint,
            _plain(diagnostic.at),
            _plain_fix(diagnostic.fix),
            diagnostic.place,
            diagnostic.content,
            diagnostic.mandatory,
            [_plain_sum(total) for total in diagnostic.sums],
            diagnostic.expected,
            diagnostic.doubt,
            _plain_location(diagnostic.where),
        )
        for diagnostic in result.diagnostics
    ]
    unassessed = [tuple(each) for each in result.not_assessable]
    concealed = [tuple(span) for span in result.concealed]
    return marshal.dumps((diagnostics, unassessed, result.failed, concealed, excerpts.packed(result)))


def unpacked(
    body: bytes | None, path: str, read: Callable[[], Source], rules_run: tuple[str, ...], organisation: str | None
) -> Result:
    """The result again; the typed report is not kept. `read` reads the report where its text is needed."""
    if body is None:
        return Result(Source("", path), None, [], rules_run, (), False, (), organisation)
    diagnostics, unassessed, failed, concealed, kept = marshal.loads(body)
    source = read() if kept is None else excerpts.unpacked(kept, path)
    return Result(
        source,
        None,
        [_diagnostic(fields, source) for fields in diagnostics],
        rules_run,
        tuple(Unassessed(*each) for each in unassessed),
        failed,
        tuple(Span(*span) for span in concealed),
        organisation,
    )


def _diagnostic(fields: tuple[Any, ...], source: Source) -> Diagnostic:
    span, rule, severity, message, basis, notes, fingerprint, at, fix, *rest = fields
    place, content, mandatory, sums, expected, doubt, where = rest
    return Diagnostic(
        source,
        None if span is None else Span(*span),
        rule,
        Severity(severity),
        message,
        basis,
        tuple(_note(*note) for note in notes),
        fingerprint,
        None if at is None else Position(*at),
        None if fix is None else Fix(tuple(Edit(Span(*span), text) for span, text in fix[0]), fix[1]),
        place,
        content,
        mandatory,
        tuple(_sum(*total) for total in sums),
        expected,
        doubt,
        _location(where),
    )


def _plain(value: tuple[int, int] | None) -> tuple[int, int] | None:
    return None if value is None else (value[0], value[1])


def _note(message: str, span: tuple[int, int] | None, where: _Location | None) -> Note:
    return Note(message, None if span is None else Span(*span), _location(where))


_Location = tuple[str, str, tuple[tuple[str, Part], ...]]


def _plain_location(location: Location | None) -> _Location | None:
    return None if location is None else (location.words, location.path, location.parts)


def _location(fields: _Location | None) -> Location | None:
    return None if fields is None else Location(*fields)


def _plain_fix(fix: Fix | None) -> tuple[list[tuple[tuple[int, int], str]], bool] | None:
    if fix is None:
        return None
    return [((edit.span.start, edit.span.end), edit.text) for edit in fix.edits], fix.safe


_Side = tuple[str, list[tuple[int, int, int]], int, str]


def _plain_sum(total: Sum) -> tuple[str, str, _Side, _Side, str]:
    return total.message, total.place, _plain_side(total.left), _plain_side(total.right), total.operator


def _plain_side(side: Side) -> _Side:
    return side.words, [(factor, span.start, span.end) for factor, span in side.addends], side.constant, side.total


def _sum(message: str, place: str, left: _Side, right: _Side, operator: str) -> Sum:
    return Sum(message, place, _side(*left), _side(*right), operator)


def _side(words: str, addends: list[tuple[int, int, int]], constant: int, total: str) -> Side:
    return Side(words, tuple(Addend(factor, Span(start, end)) for factor, start, end in addends), constant, total)
