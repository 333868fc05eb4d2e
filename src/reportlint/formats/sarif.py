"""SARIF 2.1.0: for code scanning and every viewer of analysis results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlint.diagnostic import Accepted, Diagnostic
from reportlint.findings import Edit, Fix, Note, Severity
from reportlint.formats import Format
from reportlint.formats.objects import written
from reportlint.formats.places import (
    behind_place,
    extent,
    fix_of,
    is_relative,
    path_from,
    told,
    uri,
    utf16,
    words,
)
from reportlint.masking import Mask
from reportlint.outcome import Run
from reportlint.result import Result
from reportlint.rules import Rule
from reportlint.source import Location, Source, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_FINGERPRINT = "reportlintPlace/v1"
_LONGEST = 200
"""Characters of a stretch that are shown of it."""
_MOST_REASONS = 100
_KINDS = ("cell", "row", "table", "paragraph", "sheet", "page", "element")
"""The parts of a place in a document, the smallest first: what a logical location is."""

Object = dict[str, Any]


class Sarif(Format):
    """One run. The results come first, as they are made; what is known of the rules and the run stands behind them."""

    separator = ",\n"

    def begin(self) -> str:
        root = uri(self.context.root.replace("\\", "/").rstrip("/")) + "/"
        run = {
            "columnKind": "utf16CodeUnits",
            # A report may also have the line ends of an old Macintosh.
            "newlineSequences": ["\r\n", "\n", "\r"],
            "language": "zh-CN",
            "originalUriBaseIds": {_ROOT: {"uri": root}},
        }
        head = f'{{\n"$schema": "{_SCHEMA}",\n"version": "2.1.0",\n"runs": [{{\n'
        return f'{head}{self._members(run)},\n"results": [\n'

    def result(self, result: Result) -> str:
        return ",\n".join(
            written(found, self.context.ascii_only) for found in _Results(result, self.context.root).objects()
        )

    def end(self, run: Run) -> str:
        from reportlint import __version__

        names = sorted(run.rules.union(rule for rule, _ in run.by_rule))
        driver = {
            "name": "reportlint",
            "semanticVersion": __version__,
            "rules": [_descriptor(name, self.context.rule(name)) for name in names],
        }
        invocation: Object = {"executionSuccessful": not run.failed}
        notifications = list(self._notifications(run))
        if notifications:
            invocation["toolExecutionNotifications"] = notifications
        return f"\n],\n{self._members({'tool': {'driver': driver}, 'invocations': [invocation]})}\n}}]\n}}\n"

    def _members(self, document: Object) -> str:
        """The members of an object, a line each."""
        ascii_only = self.context.ascii_only
        return ",\n".join(
            f"{written(key, ascii_only)}: {written(value, ascii_only)}" for key, value in document.items()
        )

    def _notifications(self, run: Run) -> Iterator[Object]:
        """What the run could not do, and what it did not."""
        for failure in run.failures:
            yield {
                "level": "error",
                "message": {"text": failure.message},
                "descriptor": {"id": failure.rule},
                "locations": [_location(self.context.root, failure.path)],
            }
        if run.failed:
            yield {"level": "error", "message": {"text": f"{run.failed} 份没有能按要求检查。"}}
        for (rule, reason), reports in run.unassessed.most_common(_MOST_REASONS):
            text = f"{reports} 份报告无法判断：{reason}"
            yield {"level": "note", "message": {"text": text}, "associatedRule": {"id": rule}}
        for passed_over in run.passed_over:
            yield {
                "level": "note",
                "message": {"text": f"略过：{passed_over.reason}"},
                "locations": [_location(self.context.root, passed_over.path)],
            }


class _Results:
    """The results of one report."""

    def __init__(self, result: Result, root: str) -> None:
        self._result = result
        self._root = root
        self._mask = Mask(result.source.text, result.concealed)

    def objects(self) -> Iterator[Object]:
        for diagnostic in self._result.diagnostics:
            yield self._object(diagnostic, [])
        for accepted in self._result.accepted:
            yield self._object(accepted.diagnostic, [_suppression(accepted)])

    def _object(self, diagnostic: Diagnostic, suppressions: list[Object]) -> Object:
        source = diagnostic.source
        place = _location(self._root, source.path)
        region = self._region(diagnostic)
        if region:
            place["physicalLocation"]["region"] = region
        logical = [{"fullyQualifiedName": diagnostic.place}] if diagnostic.span is not None and diagnostic.place else []
        place |= _in_document(diagnostic.location(), logical)
        found: Object = {
            "ruleId": diagnostic.rule,
            "level": _LEVELS[diagnostic.severity],
            "message": {"text": behind_place(diagnostic, told(diagnostic))},
            "locations": [place],
            "partialFingerprints": {_FINGERPRINT: diagnostic.fingerprint},
            "suppressions": suppressions,
        }
        if diagnostic.notes:
            notes = enumerate(diagnostic.notes)
            found["relatedLocations"] = [self._related(number, source, note) for number, note in notes]
        if diagnostic.doubt:
            found["properties"] = {"doubt": diagnostic.doubt}
        fix = fix_of(self._result, diagnostic, self._mask)
        if fix is not None:
            found["fixes"] = [self._fix(source, fix)]
        return found

    def _region(self, diagnostic: Diagnostic) -> Object:
        if diagnostic.span is None:
            # In what could not be read as text, columns cannot be counted.
            return {} if diagnostic.at is None else {"startLine": diagnostic.at.line}
        if not diagnostic.source.has_lines:
            return {}
        region = _region(diagnostic.source, diagnostic.span)
        if diagnostic.source is self._result.source and diagnostic.source.origin is None:
            start, end = diagnostic.span
            if start < end <= start + _LONGEST:
                region["snippet"] = {"text": self._mask.whole[start:end]}
        return region

    def _related(self, number: int, source: Source, note: Note) -> Object:
        place = _location(self._root, source.path)
        if note.span is not None and source.has_lines:
            place["physicalLocation"]["region"] = _region(source, note.span)
        return {"id": number, **place, **_in_document(note.where, []), "message": {"text": note.message}}

    def _fix(self, source: Source, fix: Fix) -> Object:
        change = {
            "artifactLocation": _artifact(self._root, source.path),
            "replacements": [_replacement(source, edit) for edit in fix.edits],
        }
        safe = "不改变报告的内容" if fix.safe else "须经人确认"
        return {"description": {"text": safe}, "artifactChanges": [change]}


def _region(source: Source, span: Span) -> Object:
    start, end = extent(source, span, utf16)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _in_document(location: Location | None, logical: list[Object]) -> Object:
    """What a location says of a place in a document, beside the logical ones that are known otherwise."""
    if location is not None and words(location):
        kind = next((name for name in _KINDS if name in dict(location.parts)), None)
        named = {"name": location.words, "fullyQualifiedName": location.path, "kind": kind}
        logical = [*logical, {key: value for key, value in named.items() if value}]
    properties = {} if location is None else dict(location.parts)
    return {
        **({"logicalLocations": logical} if logical else {}),
        **({"properties": properties} if properties else {}),
    }


def _replacement(source: Source, edit: Edit) -> Object:
    return {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.text}}


def _location(root: str, path: str) -> Object:
    return {"physicalLocation": {"artifactLocation": _artifact(root, path)}}


def _artifact(root: str, path: str) -> Object:
    seen = path_from(root, path)
    return {"uri": uri(seen), **({"uriBaseId": _ROOT} if is_relative(seen) else {})}


def _suppression(accepted: Accepted) -> Object:
    known = {"kind": accepted.kind, "by": accepted.by, "until": accepted.until, "origin": accepted.origin or None}
    return {
        "kind": "external",
        "status": "accepted",
        "justification": accepted.because,
        "properties": {key: value for key, value in known.items() if value is not None},
    }


def _descriptor(name: str, rule: Rule | None) -> Object:
    """What is known of a rule; of the tool's own findings only the name."""
    if rule is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": f"{rule.summary}\n依据：{rule.basis}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
