"""What tests read in the outputs for programs."""

from __future__ import annotations

from typing import Any


def findings_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """All findings of a document of `check --output-format json`."""
    return [finding for report in document["reports"] for finding in report["diagnostics"]]
