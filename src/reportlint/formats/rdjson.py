"""For reviewdog, which comments on the changes in any code host: its diagnostic format."""

from __future__ import annotations

from typing import Any

from reportlint.diagnostic import Diagnostic
from reportlint.findings import Severity
from reportlint.formats import Format
from reportlint.formats.objects import written
from reportlint.formats.places import behind_place, extent, fix_of, path_from, told, utf8
from reportlint.masking import Mask
from reportlint.outcome import Run
from reportlint.result import Result
from reportlint.source import Source, Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.ADVICE: "INFO"}


class RdJson(Format):
    """One object; columns count bytes."""

    separator = ",\n"

    def begin(self) -> str:
        return '{"source": {"name": "reportlint"}, "diagnostics": [\n'

    def result(self, result: Result) -> str:
        mask = Mask(result.source.text, result.concealed)
        found = (self._finding(result, diagnostic, mask) for diagnostic in result.diagnostics)
        return ",\n".join(written(finding, self.context.ascii_only) for finding in found)

    def end(self, run: Run) -> str:  # noqa: ARG002 - nothing more to say
        return "\n]}\n"

    def _finding(self, result: Result, diagnostic: Diagnostic, mask: Mask) -> dict[str, Any]:
        location: dict[str, Any] = {"path": path_from(self.context.root, diagnostic.source.path)}
        if diagnostic.span is not None and diagnostic.source.has_lines:
            location["range"] = _range(diagnostic.source, diagnostic.span)
        elif diagnostic.at is not None:
            location["range"] = {"start": {"line": diagnostic.at.line}}
        finding: dict[str, Any] = {
            "message": behind_place(diagnostic, told(diagnostic)),
            "location": location,
            "severity": _SEVERITIES[diagnostic.severity],
            "code": {"value": diagnostic.rule},
        }
        fix = fix_of(result, diagnostic, mask)
        if fix is not None:
            finding["suggestions"] = [
                {"range": _range(result.source, edit.span), "text": edit.text} for edit in fix.edits
            ]
        return finding


def _range(source: Source, span: Span) -> dict[str, dict[str, int]]:
    start, end = extent(source, span, utf8)
    return {
        "start": {"line": start.line, "column": start.column},
        "end": {"line": end.line, "column": end.column},
    }
