"""The JSON Schemas of what `json`, `jsonl` and `extract` write. What is not named in them is refused."""

from __future__ import annotations

from collections.abc import Mapping

from reportlint.acceptance import BASELINE
from reportlint.acceptance.claims import ACCEPTED, IGNORE
from reportlint.findings import Severity
from reportlint.formats.objects import SAFE, SCHEMA_VERSION, UNSAFE
from reportlint.shapes import (
    COUNT,
    DATE,
    NUMBER,
    ORDINAL,
    TEXT,
    TEXTS,
    TRUTH,
    WHOLE,
    Schema,
    about,
    constant,
    document,
    either,
    list_of,
    one_of,
    or_null,
    output,
    record,
    reference,
    table,
)


def check() -> Schema:
    """Of `json`."""
    accepted = list_of(record({**_ACCEPTANCE, "finding": reference("finding")}))
    report = {
        **_REPORT,
        "diagnostics": list_of(reference("finding")),
        "accepted": about(accepted, "findings that are accepted or in the baseline, and that nothing counts"),
    }
    whole = {"reports": list_of(record(report)), "summary": record(_SUMMARY)}
    return output("reportlint check --output-format json", SCHEMA_VERSION, whole, _DEFINITIONS)


def lines() -> Schema:
    """Of a line of `jsonl`."""
    accepted = about(or_null(record(_ACCEPTANCE)), "who accepts it and why; null where nobody does")
    kinds: Mapping[str, Mapping[str, Schema]] = {
        "run": {"schema_version": constant(SCHEMA_VERSION), "reportlint": about(TEXT, "the version")},
        "finding": {**_FINDING, "accepted": accepted},
        "report": {**_REPORT, "findings": about(COUNT, "lines of findings that nobody accepts")},
        "summary": _SUMMARY,
    }
    line = {"oneOf": [record({"type": constant(kind), **properties}) for kind, properties in kinds.items()]}
    definitions = {"origin": _PLACE_IN_DOCUMENT, "position": _POSITION}
    return document("reportlint check --output-format jsonl, a line", line, definitions)


def extract() -> Schema:
    """Of `extract`."""
    section = {
        "name": TEXT,
        "heading": TEXT,
        **_EXTENT,
        **_ORIGIN,
        "tables": TEXTS,
    }
    claim = {
        "subject": about(TEXT, "what the figure is of, by the dotted name that the grammar of claims has for it"),
        "value": about(or_null(NUMBER), "null where the figure is concealed"),
        "unit": or_null(TEXT),
        "text": TEXT,
        "start": _EXTENT["start"],
        **_ORIGIN,
        **_DOUBT,
        "scope": or_null(TEXT),
        "year": about(or_null(WHOLE), "the year that the sentence names"),
        "approximate": TRUTH,
        "denied": about(TRUTH, "whether the zero was stated as a denial"),
    }
    report = {
        "path": TEXT,
        "title": or_null(TEXT),
        "organisation": or_null(TEXT),
        "year": or_null(WHOLE),
        "form": TEXT,
        "sections": list_of(record(section)),
        "tables": about(
            table(or_null(table(table(or_null(NUMBER))))),
            "table, row, column; null where no figure is or one is concealed, and for a table that is not there",
        ),
        "claims": list_of(record(claim)),
        "title_origin": _ORIGIN["origin"],
        "cells": about(
            or_null(table(table(table(record({"path": _PATH, "parts": _PARTS, **_DOUBT}))))),
            "table, row, column: where each figure stands in a document; null for a plain text",
        ),
    }
    definitions = {"origin": _PLACE_IN_DOCUMENT, "position": _POSITION}
    return output("reportlint extract", SCHEMA_VERSION, report, definitions)


_EXTENT = {
    "start": about(or_null(reference("position")), "null where there is no place, or the document has no lines"),
    "end": or_null(reference("position")),
}
_ORIGIN = {"origin": about(or_null(reference("origin")), "where it stands in a document; null in a plain text")}
_DOUBT = {"doubt": about(or_null(TEXT), "why its reader was not sure of it; null where it was")}
_EDIT = {"start": reference("position"), "end": reference("position"), "text": TEXT}
_FIX = {
    "applicability": about(
        one_of([SAFE, UNSAFE]), "safe: nothing that the report says is changed; unsafe: to be looked at first"
    ),
    "edits": about(list_of(record(_EDIT)), "what is written instead of a stretch; none overlap"),
}
_FINDING: Mapping[str, Schema] = {
    "rule": about({**TEXT, "pattern": "^[^/]+/[^/]+$"}, "pack/rule-name; the tool's own findings are reportlint/…"),
    "severity": one_of(Severity.labels()),
    "mandatory": about(TRUTH, "whether its rule cannot be silenced"),
    "message": TEXT,
    "path": TEXT,
    **_EXTENT,
    **_ORIGIN,
    "place": about(TEXT, "where it is in the structure of the report: the same when lines move"),
    "content": about(TEXT, "what stands there"),
    "basis": about(TEXT, "the clause that the rule enforces"),
    "doubt": about(
        or_null(TEXT), "why the reader was not sure of what the finding rests on; it is one level lower then"
    ),
    "notes": list_of(record({"message": TEXT, **_EXTENT, **_ORIGIN})),
    "fix": or_null(record(_FIX)),
    "fingerprint": about(
        {**TEXT, "pattern": "^[0-9a-f]{32}$"}, "the same when lines move; of one report no two are alike"
    ),
}
_ACCEPTANCE: Mapping[str, Schema] = {
    "kind": about(one_of([IGNORE, ACCEPTED, BASELINE]), "the configuration, an entry beside the report, the baseline"),
    "because": TEXT,
    "by": or_null(TEXT),
    "until": about(or_null(DATE), "the last day"),
    "origin": about(TEXT, "the file that says so, with the line where there is one"),
}
_REPORT: Mapping[str, Schema] = {
    "path": TEXT,
    "organisation": about(or_null(TEXT), "the body whose report it is"),
    "rules_run": about(TEXTS, "the rules that ran to their end"),
    "not_assessable": list_of(record({"rule": TEXT, "reason": TEXT})),
    "failed": about(TRUTH, "whether the report could not be checked as asked"),
}
_BY_SEVERITY = dict.fromkeys(Severity.labels(), COUNT)


def _tallies(what: str) -> Schema:
    return list_of(record({what: TEXT, "findings": COUNT, **_BY_SEVERITY}))


_CHECKS = {
    "run": COUNT,
    "passed": COUNT,
    "found": COUNT,
    "not_assessable": about(COUNT, "found nothing, and could not judge all that they are for"),
}
_FIXES = {
    "applied": about(COUNT, "fixes that were applied"),
    "refused": about(TEXTS, "fixes that were asked for and not applied: place, rule, reason"),
    SAFE: about(COUNT, "findings with a safe fix that could be applied"),
    UNSAFE: about(COUNT, "findings with another fix that could be applied"),
}
_SUMMARY: Mapping[str, Schema] = {
    "reports": COUNT,
    "rules": about(COUNT, "rules that ran on some report"),
    "findings": COUNT,
    **_BY_SEVERITY,
    "failed": about(COUNT, "reports that could not be checked as asked"),
    "not_assessable": about(COUNT, "reports in which some rule could not judge"),
    "accepted": about(COUNT, "findings that are accepted and not counted"),
    "in_baseline": about(COUNT, "findings that the baseline has and that are not counted"),
    "fixes": record(_FIXES),
    "checks": about(record(_CHECKS), "rules run, counted once for each report"),
    "reasons": about(
        list_of(record({"rule": TEXT, "reason": TEXT, "reports": COUNT})),
        "why rules could not judge, the most frequent first",
    ),
    "passed_over": list_of(record({"path": TEXT, "reason": TEXT})),
    "statistics": about(
        or_null(record({"by_rule": _tallies("rule"), "by_unit": _tallies("unit")})),
        "with --statistics, else null; the most findings first",
    ),
}
_POSITION = about(record({"line": ORDINAL, "column": ORDINAL}), "1-based, in characters (code points) of the file")
_PART = either(NUMBER, TEXT, list_of(NUMBER))
_PARTS = about(
    table(_PART), "by name: table, row, cell, paragraph, page, box (left, top, right, bottom), sheet, line and others"
)
_PATH = about(TEXT, "from the outside in, as table[3]/row[5]/cell[2]")
_PLACE_IN_DOCUMENT = about(
    record({"words": about(TEXT, "as a person says it, in Chinese"), "path": _PATH, "parts": _PARTS}),
    "a place in a document",
)
_DEFINITIONS = {"finding": record(_FINDING), "origin": _PLACE_IN_DOCUMENT, "position": _POSITION}
