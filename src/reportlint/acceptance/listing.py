"""Entries and what has become of them, as an object: what `reportlint accepted --output-format json` writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportlint.acceptance import Verdict

SCHEMA_VERSION = 1


def document(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """All of them. `acceptance.schema` describes it."""
    return {"schema_version": SCHEMA_VERSION, "entries": [_entry(verdict) for verdict in verdicts]}


def _entry(verdict: Verdict) -> dict[str, Any]:
    claim = verdict.claim
    file, _, line = claim.origin.rpartition(":")
    known = line.isdecimal()
    return {
        "file": file if known else claim.origin,
        "line": int(line) if known else None,
        "kind": claim.kind,
        "state": verdict.state.value,
        **claim.entry._asdict(),
        "content_now": None if verdict.diagnostic is None else verdict.diagnostic.content,
        "where": where(verdict),
    }


def where(verdict: Verdict) -> str | None:
    """Where what the rule finds stands, in a document that has no lines."""
    found = verdict.diagnostic
    location = None if found is None or found.source.has_lines else found.location()
    return None if location is None else location.words
