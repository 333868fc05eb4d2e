"""Results made by hand: findings of any kind, for tests of outputs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from reportlint import Diagnostic, Fix, Note, Position, Result, Severity, Source, Span, Unassessed
from reportlint.diagnostic import Accepted
from reportlint.findings import Edit
from reportlint.formats import Context, Sheet, format_named, rendered
from reportlint.outcome import Outcome as Outcome
from reportlint.outcome import Run

ROOT = "/srv/区县"
CONTEXT = Context(ROOT, lambda _: None)


def span(source: Source, marked: str | Span) -> Span:
    """The place of a text that occurs once."""
    if isinstance(marked, Span):
        return marked
    assert source.text.count(marked) == 1
    start = source.text.index(marked)
    return Span(start, start + len(marked))


def diagnostic(
    source: Source,
    marked: str | Span | None = None,
    message: str = "有误",
    *,
    rule: str = "demo/rule",
    severity: Severity = Severity.ERROR,
    basis: str = "",
    notes: Sequence[Note] = (),
    fix: Fix | None = None,
    at: Position | None = None,
    place: str = "",
    fingerprint: str = "0" * 32,
    doubt: str = "",
) -> Diagnostic:
    stretch = None if marked is None else span(source, marked)
    return Diagnostic(
        source,
        stretch,
        rule,
        severity,
        message,
        basis,
        tuple(notes),
        fingerprint,
        at,
        fix,
        place,
        doubt=doubt,
        where=None if stretch is None else source.location(stretch),
    )


def fix(source: Source, *edits: tuple[str | Span, str], safe: bool = True) -> Fix:
    return Fix(tuple(Edit(span(source, old), new) for old, new in edits), safe)


def result(
    source: Source | None = None,
    *diagnostics: Diagnostic,
    rules: Sequence[str] = ("demo/rule",),
    unassessed: Sequence[Unassessed] = (),
    accepted: Sequence[Accepted] = (),
    concealed: Sequence[Span] = (),
    failed: bool = False,
    unit: str | None = None,
) -> Result:
    return Result(
        source or Source("甲", f"{ROOT}/a.txt"),
        None,
        list(diagnostics),
        tuple(rules),
        tuple(unassessed),
        failed,
        tuple(concealed),
        unit,
        tuple(accepted),
    )


def run_of(*results: Result, quiet: bool = False, statistics: bool = False) -> Run:
    run = Run()
    run.quiet, run.statistics = quiet, statistics
    for each in results:
        run.add(Outcome.of(each))
    return run


def written(name: str, *results: Result, context: Context = CONTEXT, run: Run | None = None) -> str:
    """What an output writes for results; `run` where it is not just these."""
    if run is None:
        return rendered(name, results, context)
    sheet = Sheet(format_named(name)(context))
    return "".join(sheet.add(sheet.format.result(each)) for each in results) + sheet.end(run)


def loaded(name: str, *results: Result, context: Context = CONTEXT, run: Run | None = None) -> Any:  # noqa: ANN401
    return json.loads(written(name, *results, context=context, run=run))


HARD = "甲\x00\x1b[31m乙\x0b\ud800丙\udcff\ufffe]]><b>&amp;\"'|`*_\r\n::error::%0A𠮷𬭎，,;："
"""All that a message or a file name may have in it and that some output has to write with care."""
