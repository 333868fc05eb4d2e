"""For programs: `check --output-format json` and `extract`, by the schemas in `reportlint/schemas`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reportlint.diagnostic import Diagnostic
from reportlint.findings import Note, Severity
from reportlint.formats import Format, Run
from reportlint.masking import Mask
from reportlint.model import Form, Report, Table
from reportlint.result import Result
from reportlint.source import Position, Source, Span

SCHEMA_VERSION = 1
_LARGEST_FLOAT = Decimal(10) ** 300


class Json(Format):
    """One object: the reports, each with its diagnostics, then the summary."""

    separator = ",\n"
    summarises = True

    def begin(self) -> str:
        return f'{{\n"schema_version": {SCHEMA_VERSION},\n"reports": [\n'

    def result(self, result: Result) -> str:
        return _dump(_result(result), self.context.ascii_only)

    def end(self, run: Run) -> str:
        return f'\n],\n"summary": {_dump(_summary(run), self.context.ascii_only)}\n}}\n'


def extract(report: Report, concealed: Sequence[Span] = (), *, ascii_only: bool = False) -> str:
    """The typed report as an object; a figure that is concealed is null, and words are masked."""
    source = report.source
    mask = Mask(source.text, concealed)
    return _dump(
        {
            "schema_version": SCHEMA_VERSION,
            "path": source.path,
            "title": _masked(mask, report.title),
            "organisation": _masked(mask, report.organisation),
            "year": report.year,
            "form": report.form.name,
            "sections": [
                {
                    "name": section.name,
                    "heading": mask(section.heading),
                    "start": _position(source.position(section.heading_span.start)),
                    "end": _position(source.position(section.span.end)),
                    "tables": list(section.tables),
                }
                for section in report.sections
            ],
            "tables": {name: _table(report.form, name, report.tables.get(name), mask) for name in report.form.tables},
            "claims": [
                {
                    "subject": claim.subject,
                    "value": _open(mask, claim.value),
                    "unit": _masked(mask, claim.unit),
                    "text": mask.whole[claim.span.start : claim.span.end],
                    "start": _position(source.position(claim.span.start)),
                    "scope": _masked(mask, claim.scope),
                    "year": claim.year,
                    "approximate": claim.approximate,
                    "denied": claim.denied,
                }
                for claim in report.claims
            ],
        },
        ascii_only,
    )


def _table(form: Form, name: str, table: Table | None, mask: Mask) -> dict[str, dict[str, Any]] | None:
    """Rows of the form, and those that the report has besides; null where no figure is."""
    if table is None or not table.cells:
        return None
    rows = dict.fromkeys([*form.rows(name), *(row for row, _ in table.cells)])
    return {row: {c: _open(mask, table.value(row, c)) for c in form.columns(name, row)} for row in rows}


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.label,
        "message": diagnostic.message,
        "path": diagnostic.source.path,
        "start": _position(diagnostic.start()),
        "end": _position(diagnostic.end()),
        "basis": diagnostic.basis,
        "notes": [_note(diagnostic.source, note) for note in diagnostic.notes],
        "fingerprint": diagnostic.fingerprint,
    }


def _note(source: Source, note: Note) -> dict[str, Any]:
    start = end = None
    if note.span is not None:
        start, end = source.position(note.span.start), source.position(note.span.end)
    return {"message": note.message, "start": _position(start), "end": _position(end)}


def _result(result: Result) -> dict[str, Any]:
    return {
        "path": result.source.path,
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in result.diagnostics],
        "rules_run": list(result.rules_run),
        "not_assessable": [
            {"rule": unassessed.rule, "reason": unassessed.reason} for unassessed in result.not_assessable
        ],
        "failed": result.failed,
    }


def _summary(run: Run) -> dict[str, Any]:
    return {
        "reports": run.reports,
        "rules": len(run.rules),
        "findings": run.findings,
        **{severity.label: run.counts[severity] for severity in sorted(Severity, reverse=True)},
        "failed": run.failed,
        "not_assessable": run.not_assessable,
        "passed_over": [{"path": passed.path, "reason": passed.reason} for passed in run.passed_over],
    }


def _position(position: Position | None) -> dict[str, int] | None:
    return None if position is None else {"line": position.line, "column": position.column}


def _masked(mask: Mask, text: str | None) -> str | None:
    return None if text is None else mask(text)


def _open(mask: Mask, value: int | Decimal | None) -> int | float | None:
    """A figure, or null where it is concealed."""
    written = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return None if mask.hides(written) else _number(value)


def _number(value: int | Decimal | None) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() or value > _LARGEST_FLOAT else float(value)
    return value


def _dump(document: object, ascii_only: bool) -> str:
    return json.dumps(document, ensure_ascii=ascii_only, indent=2)
