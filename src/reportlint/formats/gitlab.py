"""GitLab's code quality report: findings beside the changes of a merge request."""

from __future__ import annotations

from collections import Counter
from typing import Any

from reportlint.diagnostic import Diagnostic, fingerprint
from reportlint.findings import Severity
from reportlint.formats import Format
from reportlint.formats.objects import written
from reportlint.formats.places import behind_place, path_from, told
from reportlint.outcome import Run
from reportlint.result import Result

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.ADVICE: "info"}


class GitLab(Format):
    """A list of findings."""

    separator = ",\n"

    def begin(self) -> str:
        return "[\n"

    def result(self, result: Result) -> str:
        seen: Counter[tuple[str, str]] = Counter()
        return ",\n".join(
            written(self._finding(diagnostic, seen), self.context.ascii_only) for diagnostic in result.diagnostics
        )

    def end(self, run: Run) -> str:  # noqa: ARG002 - nothing more to say
        return "\n]\n"

    def _finding(self, diagnostic: Diagnostic, seen: Counter[tuple[str, str]]) -> dict[str, Any]:
        path = path_from(self.context.root, diagnostic.source.path)
        start = diagnostic.start()
        # GitLab shows one finding of those with one fingerprint, and only its own are unique in a report:
        # two reports of one name may each be under a configuration of their own.
        nth = seen[path, diagnostic.fingerprint]
        seen[path, diagnostic.fingerprint] += 1
        return {
            "description": behind_place(diagnostic, told(diagnostic)),
            "check_name": diagnostic.rule,
            "fingerprint": fingerprint(diagnostic.rule, path, diagnostic.fingerprint, nth),
            "severity": _SEVERITIES[diagnostic.severity],
            "location": {"path": path, "lines": {"begin": 1 if start is None else start.line}},
        }
