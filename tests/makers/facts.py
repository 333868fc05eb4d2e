"""What must be the same of a report in all formats: the typed report without its places, and the findings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from reportlint.diagnostic import Diagnostic
from reportlint.model import Report, Table
from reportlint.result import Result
from reportlint.source import Span

DOCUMENTS = "documents/"
"""Rules on what a file holds beside its text: they differ by format, and are not compared."""


def bare(text: str) -> str:
    """Text without white space and pipes, which are of the format and not of the report."""
    return re.sub(r"[\s|]+", "", text)


def table_facts(report: Report) -> dict[str, Any]:
    """The tables of a report, cell by cell."""
    facts: dict[str, Any] = {"form": report.form.name, "tables": sorted(report.tables)}
    for table in report.tables.values():
        facts[table.name] = _of_table(table)
    facts["extra"] = [_of_table(table) for table in report.extra_tables]
    return facts


def facts(report: Report) -> dict[str, Any]:
    """The typed report: title, sections, tables and claims, without their places."""
    return {
        "title": report.title,
        "organisation": report.organisation,
        "year": report.year,
        "preface": [bare(report.text(span)) for span in report.preface],
        "sections": [
            {
                "name": section.name,
                "heading": bare(section.heading),
                "official": section.official,
                "paragraphs": [bare(report.text(span)) for span in section.paragraphs],
                "tables": section.tables,
            }
            for section in report.sections
        ],
        "table sections": {table.name: table.section for table in report.tables.values()},
        "claims": [
            {
                **{name: value for name, value in claim._asdict().items() if name not in ("span", "sentence")},
                "words": bare(report.text(claim.span)),
                "sentence": bare(report.text(claim.sentence)),
            }
            for claim in report.claims
        ],
        **table_facts(report),
    }


def findings(result: Result, keep: Callable[[Diagnostic], bool] = lambda _: True) -> list[dict[str, Any]]:
    """All that is said of a report, but for the rules on files, in an order of its own."""
    said = [
        _of_finding(result, diagnostic)
        for diagnostic in result.diagnostics
        if not diagnostic.rule.startswith(DOCUMENTS) and keep(diagnostic)
    ]
    return sorted(said, key=lambda finding: (finding["rule"], finding["message"], finding["at"]))


def differences(found: object, wanted: object, path: str = "") -> list[str]:
    """What is not the same in two values, by where it stands in them."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        keys = dict.fromkeys([*wanted, *found])
        return [line for key in keys for line in differences(found.get(key), wanted.get(key), f"{path}/{key}")]
    if isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        pairs = enumerate(zip(found, wanted, strict=True))
        return [line for number, pair in pairs for line in differences(*pair, f"{path}/{number}")]
    if isinstance(found, list) and isinstance(wanted, list):
        more = [f"{path}: also {each!r}" for each in found if each not in wanted]
        return more + [f"{path}: no {each!r}" for each in wanted if each not in found]
    return [] if found == wanted else [f"{path}: {found!r}, should be {wanted!r}"]


def unassessed(result: Result) -> list[tuple[str, str]]:
    """The rules that could not judge, and why."""
    return sorted((rule, reason) for rule, reason in result.not_assessable if not rule.startswith(DOCUMENTS))


def _of_table(table: Table) -> dict[str, Any]:
    return {
        "cells": {place: (cell.text, cell.value, cell.kind) for place, cell in table.cells.items()},
        "rows": list(table.rows),
        "ragged": [(row.row, [cell.text for cell in row.cells], row.expected) for row in table.ragged],
        "repeated": [row for row, _ in table.repeated],
        "missing": table.missing_columns,
    }


def _of_finding(result: Result, diagnostic: Diagnostic) -> dict[str, Any]:
    report = result.report
    cells = {
        cell.span: f"{table.name}/{row}/{column}"
        for table in (report.tables.values() if report else ())
        for (row, column), cell in table.cells.items()
    }

    def place(span: Span | None) -> str:
        if span is None:
            return ""
        return cells.get(span) or bare(result.source.slice(span))

    return {
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "severity": diagnostic.severity.name,
        "at": place(diagnostic.span),
        "notes": [(note.message, place(note.span)) for note in diagnostic.notes],
        "expected": diagnostic.expected,
        "sums": [total.message for total in diagnostic.sums],
        "doubt": diagnostic.doubt,
        "fix": [(place(edit.span), bare(edit.text)) for edit in diagnostic.fix.edits] if diagnostic.fix else None,
    }
