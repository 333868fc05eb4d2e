"""For programs: `check --output-format json` and `extract`, by the schemas in `reportlint/schemas`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from reportlint.formats import Format, objects
from reportlint.formats.objects import SCHEMA_VERSION, written
from reportlint.masking import Mask
from reportlint.model import Form, Report, Table
from reportlint.outcome import Run
from reportlint.result import Result
from reportlint.source import Doubts, Span

_LARGEST_FLOAT = Decimal(10) ** 300
_LAST = "\n}"


class Json(Format):
    """One object: the reports, each with its diagnostics, then the summary."""

    separator = ",\n"
    summarises = True

    def begin(self) -> str:
        return f'{{\n"schema_version": {SCHEMA_VERSION},\n"reports": [\n'

    def result(self, result: Result) -> str:
        accepted = [{**acceptance, "finding": finding} for acceptance, finding in objects.accepted(result)]
        document = {**objects.report(result), "diagnostics": objects.findings(result), "accepted": accepted}
        return written(document, self.context.ascii_only, indent=2)

    def end(self, run: Run) -> str:
        return f'\n],\n"summary": {written(objects.summary(run), self.context.ascii_only, indent=2)}\n}}\n'


def extract(report: Report, concealed: Sequence[Span] = (), *, ascii_only: bool = False) -> str:
    """The typed report as an object; a figure that is concealed is null, and words are masked."""
    source = report.source
    mask = Mask(source.text, concealed)
    doubts = Doubts(source.doubts)

    def origin(span: Span) -> objects.Object | None:
        location = source.location(span)
        return None if location is None else objects.origin(mask.location(location))

    document = written(
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
                    **objects.extent(source, Span(section.heading_span.start, section.span.end)),
                    "origin": origin(section.heading_span),
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
                    "start": objects.extent(source, claim.span)["start"],
                    "origin": origin(claim.span),
                    "doubt": _reason(doubts, claim.span, mask),
                    "scope": _masked(mask, claim.scope),
                    "year": claim.year,
                    "approximate": claim.approximate,
                    "denied": claim.denied,
                }
                for claim in report.claims
            ],
            "title_origin": None if report.title_span is None else origin(report.title_span),
        },
        ascii_only,
        indent=2,
    )
    # What is written so far ends with the line of its last brace.
    return f'{document[: -len(_LAST)]},\n  "cells": {_cells(report, doubts, mask, ascii_only)}{_LAST}'


def _reason(doubts: Doubts, span: Span, mask: Mask) -> str | None:
    """Why the reader was not sure of a stretch; None where it was."""
    doubt = doubts.of(span)
    return None if doubt is None else mask(doubt.reason)


def _cells(report: Report, doubts: Doubts, mask: Mask, ascii_only: bool) -> str:
    """Where each figure stands in a document, and what is doubted, a line each, since a report has hundreds."""
    if report.source.origin is None:
        return "null"
    tables = {}
    for table in report.tables.values():
        rows: dict[str, dict[str, str]] = {}
        for (row, column), cell in table.cells.items():
            location = report.source.location(cell.span)
            if location is not None:
                location = mask.location(location)
                reason = _reason(doubts, cell.span, mask)
                place = {"path": location.path, "parts": dict(location.parts), "doubt": reason}
                columns = rows.setdefault(written(row, ascii_only), {})
                columns[written(column, ascii_only)] = written(place, ascii_only)
        tables[written(table.name, ascii_only)] = _nested({row: _nested(rows[row], 6) for row in rows}, 4)
    return _nested(tables, 2)


def _nested(members: Mapping[str, str], depth: int) -> str:
    """An object whose members are written already, a line each."""
    indent = " " * depth
    lines = ",\n".join(f"{indent}  {name}: {member}" for name, member in members.items())
    return f"{{\n{lines}\n{indent}}}" if lines else "{}"


def _table(form: Form, name: str, table: Table | None, mask: Mask) -> dict[str, dict[str, Any]] | None:
    """Rows of the form, and those that the report has besides; null where no figure is."""
    if table is None or not table.cells:
        return None
    rows = dict.fromkeys([*form.rows(name), *(row for row, _ in table.cells)])
    return {row: {c: _open(mask, table.value(row, c)) for c in form.columns(name, row)} for row in rows}


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
