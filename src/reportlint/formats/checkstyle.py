"""The XML of Checkstyle, which many servers and review tools read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reportlint.findings import Severity
from reportlint.formats import Format, joined
from reportlint.formats.markup import DECLARATION, opening
from reportlint.formats.places import behind_place, path_from, told
from reportlint.outcome import Run
from reportlint.result import Result

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "info"}


class Checkstyle(Format):
    """A file a report, an error a finding; columns count characters, from 1."""

    def begin(self) -> str:
        return f'{DECLARATION}<checkstyle version="4.3">\n'

    def result(self, result: Result) -> str:
        return joined(self._files(result))

    def end(self, run: Run) -> str:  # noqa: ARG002 - nothing more to say
        return "</checkstyle>\n"

    def _files(self, result: Result) -> Iterator[str]:
        ascii_only = self.context.ascii_only
        for path, found in groupby(result.diagnostics, key=lambda diagnostic: diagnostic.source.path):
            yield opening("file", {"name": path_from(self.context.root, path)}, ascii_only)
            for diagnostic in found:
                start = diagnostic.start()
                attributes = {
                    # Readers ask for a line; 0 is the file as a whole.
                    "line": 0 if start is None else start.line,
                    "column": None if start is None else start.column,
                    "severity": _SEVERITIES[diagnostic.severity],
                    "message": behind_place(diagnostic, told(diagnostic)),
                    "source": diagnostic.rule,
                }
                yield "  " + opening("error", attributes, ascii_only, empty=True)
            yield "</file>"
