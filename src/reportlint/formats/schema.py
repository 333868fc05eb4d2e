"""The JSON Schemas of what `json` and `jsonl` write.

They stand in `reportlint/schemas`, where `python -m reportlint.formats.schema` puts them. What is not named in them
is refused.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from reportlint.findings import Severity
from reportlint.formats.objects import SCHEMA_VERSION, written

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
TRUTH: Schema = {"type": "boolean"}
SEVERITIES = [severity.label for severity in sorted(Severity, reverse=True)]
ACCEPTED_BY = ["ignore", "accepted", "baseline"]


def schemas() -> dict[str, Schema]:
    """Every schema by the name of its file."""
    return {"check.schema.json": _check(), "jsonl.schema.json": _lines()}


def _check() -> Schema:
    report = {
        **_REPORT,
        "diagnostics": _list(_ref("finding")),
        "accepted": {
            **_list(_object({**_ACCEPTANCE, "finding": _ref("finding")})),
            "description": "findings that are accepted or in the baseline, and that nothing counts",
        },
    }
    document = {
        "schema_version": {"const": SCHEMA_VERSION},
        "reports": _list(_object(report)),
        "summary": _object(_SUMMARY),
    }
    return {**_head("reportlint check --output-format json"), **_object(document), "$defs": _DEFINITIONS}


def _lines() -> Schema:
    run = {"schema_version": {"const": SCHEMA_VERSION}, "reportlint": {**TEXT, "description": "the version"}}
    finding = {
        **_FINDING,
        "accepted": {
            **_or_null(_object(_ACCEPTANCE)),
            "description": "who accepts it and why; null where nobody does",
        },
    }
    report = {**_REPORT, "findings": {**COUNT, "description": "lines of findings that nobody accepts"}}
    kinds = {"run": run, "finding": finding, "report": report, "summary": _SUMMARY}
    lines = [_object({"type": {"const": kind}, **properties}) for kind, properties in kinds.items()]
    title = "reportlint check --output-format jsonl, a line"
    return {**_head(title), "oneOf": lines, "$defs": _DEFINITIONS}


def _head(title: str) -> Schema:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}


def _object(properties: Mapping[str, Schema]) -> Schema:
    """An object with all of these and nothing else."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"oneOf": [{"type": "null"}, schema]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_EXTENT = {"start": _or_null(_ref("position")), "end": _or_null(_ref("position"))}
_EDIT = {"start": _ref("position"), "end": _ref("position"), "text": TEXT}
_FIX = {
    "applicability": {
        "enum": ["safe", "unsafe"],
        "description": "safe: nothing that the report says is changed; unsafe: to be looked at first",
    },
    "edits": {**_list(_object(_EDIT)), "description": "what is written instead of a stretch; none overlap"},
}
_FINDING: dict[str, Schema] = {
    "rule": {
        **TEXT,
        "pattern": "^[^/]+/[^/]+$",
        "description": "pack/rule-name; the tool's own findings are reportlint/…",
    },
    "severity": {"enum": SEVERITIES},
    "mandatory": {**TRUTH, "description": "whether its rule cannot be silenced"},
    "message": TEXT,
    "path": TEXT,
    **_EXTENT,
    "place": {**TEXT, "description": "where it is in the structure of the report: the same when lines move"},
    "content": {**TEXT, "description": "what stands there"},
    "basis": {**TEXT, "description": "the clause that the rule enforces"},
    "notes": _list(_object({"message": TEXT, **_EXTENT})),
    "fix": _or_null(_object(_FIX)),
    "fingerprint": {
        **TEXT,
        "pattern": "^[0-9a-f]{32}$",
        "description": "the same when lines move; of one report no two are alike",
    },
}
_ACCEPTANCE: dict[str, Schema] = {
    "kind": {"enum": ACCEPTED_BY, "description": "the configuration, an entry beside the report, the baseline"},
    "because": TEXT,
    "by": TEXT_OR_NULL,
    "until": {**TEXT_OR_NULL, "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "the last day"},
    "origin": {**TEXT, "description": "the file that says so, with the line where there is one"},
}
_REPORT: dict[str, Schema] = {
    "path": TEXT,
    "organisation": {**TEXT_OR_NULL, "description": "the body whose report it is"},
    "rules_run": {**_list(TEXT), "description": "the rules that ran to their end"},
    "not_assessable": _list(_object({"rule": TEXT, "reason": TEXT})),
    "failed": {**TRUTH, "description": "whether the report could not be checked as asked"},
}


def _tallies(what: str) -> Schema:
    return _list(_object({what: TEXT, "findings": COUNT, **dict.fromkeys(SEVERITIES, COUNT)}))


_CHECKS = {
    "run": COUNT,
    "passed": COUNT,
    "found": COUNT,
    "not_assessable": {**COUNT, "description": "found nothing, and could not judge all that they are for"},
}
_SUMMARY: dict[str, Schema] = {
    "reports": COUNT,
    "rules": {**COUNT, "description": "rules that ran on some report"},
    "findings": COUNT,
    **dict.fromkeys(SEVERITIES, COUNT),
    "failed": {**COUNT, "description": "reports that could not be checked as asked"},
    "not_assessable": {**COUNT, "description": "reports in which some rule could not judge"},
    "accepted": {**COUNT, "description": "findings that are accepted and not counted"},
    "in_baseline": {**COUNT, "description": "findings that the baseline has and that are not counted"},
    "fixes": _object(
        {
            "applied": {**COUNT, "description": "fixes that were applied"},
            "refused": {**_list(TEXT), "description": "fixes that were asked for and not applied: place, rule, reason"},
            "safe": {**COUNT, "description": "findings with a safe fix that could be applied"},
            "unsafe": {**COUNT, "description": "findings with another fix that could be applied"},
        }
    ),
    "checks": {**_object(_CHECKS), "description": "rules run, counted once for each report"},
    "reasons": {
        **_list(_object({"rule": TEXT, "reason": TEXT, "reports": COUNT})),
        "description": "why rules could not judge, the most frequent first",
    },
    "passed_over": _list(_object({"path": TEXT, "reason": TEXT})),
    "statistics": {
        **_or_null(_object({"by_rule": _tallies("rule"), "by_unit": _tallies("unit")})),
        "description": "with --statistics, else null; the most findings first",
    },
}
_POSITION: dict[str, Schema] = {
    "line": {"type": "integer", "minimum": 1},
    "column": {"type": "integer", "minimum": 1},
}
_DEFINITIONS = {
    "finding": _object(_FINDING),
    "position": {
        **_object(_POSITION),
        "description": "1-based, in characters (code points) of the file",
    },
}


def main() -> None:
    """Write the schemas where they are published."""
    folder = os.path.join(os.path.dirname(os.path.dirname(__file__)), "schemas")
    for name, schema in schemas().items():
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
            file.write(as_text(schema))


def as_text(schema: Schema) -> str:
    """A schema as its file has it."""
    return written(schema, ascii_only=False, indent=2) + "\n"


if __name__ == "__main__":
    main()
