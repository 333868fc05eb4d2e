"""For programs that read line by line: an object a finding and a report, by `schemas/jsonl.schema.json`."""

from __future__ import annotations

from reportlint.formats import Format, joined
from reportlint.formats.objects import SCHEMA_VERSION, accepted, findings, report, summary, written
from reportlint.outcome import Run
from reportlint.result import Result


class JsonLines(Format):
    """A line for the run, a line a finding, a line behind those of a report, and the summary: so it is whole."""

    summarises = True

    def begin(self) -> str:
        from reportlint import __version__

        return self._lines({"type": "run", "schema_version": SCHEMA_VERSION, "reportlint": __version__})

    def result(self, result: Result) -> str:
        return self._lines(
            *({"type": "finding", **finding, "accepted": None} for finding in findings(result)),
            *({"type": "finding", **finding, "accepted": acceptance} for acceptance, finding in accepted(result)),
            {"type": "report", **report(result), "findings": len(result.diagnostics)},
        )

    def end(self, run: Run) -> str:
        return self._lines({"type": "summary", **summary(run)})

    def _lines(self, *objects: object) -> str:
        return joined(written(each, self.context.ascii_only) for each in objects)
