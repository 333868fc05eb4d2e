"""Workflow commands of GitHub Actions: each finding at its place in the changes of a pull request."""

from __future__ import annotations

from reportlint.diagnostic import Diagnostic
from reportlint.findings import Note, Severity
from reportlint.formats import Format, joined
from reportlint.formats.places import behind_place, path_from, words
from reportlint.result import Result

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


class GitHub(Format):
    """A command a finding."""

    def result(self, result: Result) -> str:
        return joined(self._command(diagnostic) for diagnostic in result.diagnostics)

    def _command(self, diagnostic: Diagnostic) -> str:
        properties: dict[str, object] = {"file": path_from(self.context.root, diagnostic.source.path)}
        start, end = diagnostic.start(), diagnostic.end()
        if start is not None and end is not None:
            properties |= {"line": start.line, "endLine": end.line}
            if start.line == end.line:
                # Over several lines GitHub takes no columns.
                properties |= {"col": start.column, "endColumn": end.column}
        properties["title"] = diagnostic.rule
        written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
        message = [
            behind_place(diagnostic, diagnostic.message),
            *(f"· {note.message}{_place(note)}" for note in diagnostic.notes),
        ]
        if diagnostic.basis and not diagnostic.own:
            message.append(f"依据：{diagnostic.basis}")
        return f"::{_COMMANDS[diagnostic.severity]} {written}::{_data(chr(10).join(message))}"


def _place(note: Note) -> str:
    where = words(note.where)
    return f"（{where}）" if where else ""


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
