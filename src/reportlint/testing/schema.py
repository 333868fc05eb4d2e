"""The JSON Schema of what `reportlint test --output-format json` writes. What is not named in it is refused."""

from __future__ import annotations

from reportlint.shapes import (
    COUNT,
    ORDINAL,
    TEXT,
    TEXTS,
    Schema,
    about,
    list_of,
    one_of,
    or_null,
    output,
    record,
    table,
)
from reportlint.testing.command import SCHEMA_VERSION
from reportlint.testing.mutants import KINDS
from reportlint.testing.mutants.score import Score


def schema() -> Schema:
    """Of the tests of packs."""
    pack = {
        "pack": TEXT,
        "rules": COUNT,
        "pages": list_of(record({"rule": TEXT, "examples": COUNT, "faults": TEXTS})),
        "pages_without_rule": TEXTS,
        "cases": list_of(record({"path": TEXT, "faults": TEXTS})),
        "mutants": about(or_null(_mutants()), "with --mutate, else null"),
        "faults": COUNT,
    }
    summary = dict.fromkeys(("packs", "rules", "pages", "examples", "cases", "mutants", "faults"), COUNT)
    document = {"packs": list_of(record(pack)), "summary": record(summary)}
    return output("reportlint test --output-format json", SCHEMA_VERSION, document)


def _mutants() -> Schema:
    rules = list_of(TEXTS)
    outcome = {
        "report": TEXT,
        "line": about(ORDINAL, "where the first change is in the report as it was"),
        "kind": about(one_of(KINDS), "the kind of error that was planted"),
        "places": about(TEXTS, "what the error touches, as claims may name it"),
        "what": about(TEXT, "the error in words"),
        "caught_by": about(TEXTS, "the rules that spoke of it"),
        "equivalent": about(or_null(TEXT), "why it is no error at all; null for one that is"),
        "claimed_by": about(rules, "for each claim to catch it the rules of which one must speak"),
        "missed_by": about(rules, "the claims that were not kept"),
    }
    score = {
        "claimed": about(COUNT, "errors that the rule claims, alone or with others"),
        "caught": about(COUNT, "those that a rule caught that claims them"),
        "by_itself": about(COUNT, "those that the rule itself caught"),
    }
    return record(
        {
            "reports": about(TEXTS, "the compliant reports in which errors were planted"),
            "outcomes": list_of(record(outcome)),
            "scores": about(table(record({key: score[key] for key in Score._fields})), "by rule"),
            "false_alarms": about(TEXTS, "what was found in the reports as they were"),
            "passed_over": about(TEXTS, "what the pack's rules find in reports of other packs; not counted"),
            "faults": TEXTS,
        }
    )
