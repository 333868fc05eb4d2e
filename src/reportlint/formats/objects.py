"""Findings, reports and runs as objects: what `json` and `jsonl` write. `formats.schema` describes them."""

from __future__ import annotations

import json
from typing import Any

from reportlint.diagnostic import Accepted, Diagnostic
from reportlint.findings import Fix, Note, Severity
from reportlint.formats.places import fix_of
from reportlint.masking import Mask
from reportlint.outcome import Run, Tally, tallies
from reportlint.result import Result
from reportlint.source import Location, Position, Source, Span

SCHEMA_VERSION = 1
"""Rises where something is taken away or comes to mean something else, not where something is added."""
SAFE, UNSAFE = "safe", "unsafe"
"""How a fix may be applied."""

Object = dict[str, Any]


def findings(result: Result) -> list[Object]:
    """What is found in a report, without what is accepted."""
    mask = Mask(result.source.text, result.concealed)
    return [_finding(diagnostic, fix_of(result, diagnostic, mask)) for diagnostic in result.diagnostics]


def accepted(result: Result) -> list[tuple[Object, Object]]:
    """Each finding that is accepted or in the baseline, and who says so."""
    mask = Mask(result.source.text, result.concealed)
    return [
        (_acceptance(each), _finding(each.diagnostic, fix_of(result, each.diagnostic, mask)))
        for each in result.accepted
    ]


def report(result: Result) -> Object:
    """A report without its findings."""
    return {
        "path": result.source.path,
        "organisation": result.organisation,
        "rules_run": list(result.rules_run),
        "not_assessable": [
            {"rule": unassessed.rule, "reason": unassessed.reason} for unassessed in result.not_assessable
        ],
        "failed": result.failed,
    }


def summary(run: Run) -> Object:
    """What a run came to."""
    return {
        "reports": run.reports,
        "rules": len(run.rules),
        "findings": run.findings,
        **{severity.label: run.counts[severity] for severity in sorted(Severity, reverse=True)},
        "failed": run.failed,
        "not_assessable": run.not_assessable,
        "accepted": run.accepted,
        "in_baseline": run.in_baseline,
        "fixes": {"applied": run.fixed, "refused": run.refused, SAFE: run.fixable, UNSAFE: run.fixable_unsafe},
        "checks": {"run": run.ran, "passed": run.passed, "found": run.found, "not_assessable": run.unable},
        "reasons": [
            {"rule": rule, "reason": reason, "reports": reports}
            for (rule, reason), reports in sorted(run.unassessed.items(), key=lambda item: (-item[1], item[0]))
        ],
        "passed_over": [{"path": passed.path, "reason": passed.reason} for passed in run.passed_over],
        "statistics": _statistics(run) if run.statistics else None,
    }


def origin(location: Location | None) -> Object | None:
    """A place in a document."""
    if location is None:
        return None
    return {"words": location.words, "path": location.path, "parts": dict(location.parts)}


def place(position: Position | None) -> dict[str, int] | None:
    """A line and a column."""
    return None if position is None else {"line": position.line, "column": position.column}


def written(document: object, ascii_only: bool, indent: int | None = None) -> str:
    """An object as text, with escapes where the stream cannot show every character."""
    return json.dumps(document, ensure_ascii=ascii_only, indent=indent)


def _finding(diagnostic: Diagnostic, fix: Fix | None) -> Object:
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.label,
        "mandatory": diagnostic.mandatory,
        "message": diagnostic.message,
        "path": diagnostic.source.path,
        "start": place(diagnostic.start()),
        "end": place(diagnostic.end()),
        "origin": origin(diagnostic.location()),
        "place": diagnostic.place,
        "content": diagnostic.content,
        "basis": diagnostic.basis,
        "doubt": diagnostic.doubt or None,
        "notes": [_note(diagnostic.source, note) for note in diagnostic.notes],
        "fix": None if fix is None else _fix(diagnostic.source, fix),
        "fingerprint": diagnostic.fingerprint,
    }


def _note(source: Source, note: Note) -> Object:
    return {"message": note.message, **extent(source, note.span), "origin": origin(note.where)}


def _fix(source: Source, fix: Fix) -> Object:
    edits = [{**extent(source, edit.span), "text": edit.text} for edit in fix.edits]
    return {"applicability": SAFE if fix.safe else UNSAFE, "edits": edits}


def extent(source: Source, span: Span | None) -> Object:
    """Where a stretch begins and ends in a file that has lines."""
    if span is None or not source.has_lines:
        return {"start": None, "end": None}
    return {"start": place(source.position(span.start)), "end": place(source.position(span.end))}


def _acceptance(each: Accepted) -> Object:
    return {
        "kind": each.kind,
        "because": each.because,
        "by": each.by,
        "until": each.until,
        "origin": each.origin,
    }


def _statistics(run: Run) -> Object:
    return {
        "by_rule": [{"rule": tally.name, **_tally(tally)} for tally in tallies(run.by_rule)],
        "by_unit": [{"unit": tally.name, **_tally(tally)} for tally in tallies(run.by_unit)],
    }


def _tally(tally: Tally) -> Object:
    by_severity = {severity.label: tally.of(severity) for severity in sorted(Severity, reverse=True)}
    return {"findings": tally.total, **by_severity}
