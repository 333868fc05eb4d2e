"""Diagnostics as the protocol has them, as built-in values: there is one for every keystroke."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lsprotocol import converters, types

from reportlint.diagnostic import TOOL, Accepted, Diagnostic
from reportlint.findings import Severity
from reportlint.masking import Mask
from reportlint.result import Result
from reportlint.server.positions import Position, Positions, Range
from reportlint.server.troubles import BROKEN, Trouble
from reportlint.source import Location, Source, Span

_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.ADVICE: 3}
_CONVERTER = converters.get_converter()
_HINT = 4
_UNNECESSARY = 1
_WHOLE_LINE = 2**31 - 1
"""A column that no line reaches: clients take it for the end of the line."""

Href = Callable[[str], str | None]
"""The address of a rule's page."""
Whence = Callable[[Span], Location | None]


class Publisher:
    """What a client is told of results, in its positions."""

    def __init__(self, positions: Positions, href: Href, *, related: bool = True, described: bool = True) -> None:
        """`related` and `described`: whether the client takes related information, and addresses of pages."""
        self._positions = positions
        self._href = href
        self._related = related
        self._described = described

    def diagnostics(
        self, uri: str, result: Result, *, accepted: bool, whence: Whence | None = None
    ) -> list[dict[str, Any]]:
        """The findings of a result; with `accepted` also those that somebody accepted, as hints.

        `whence` tells where a stretch of a text stood in the document that the text was read from.
        """
        found = [(each, self._diagnostic(uri, result, each)) for each in result.diagnostics]
        if accepted:
            found += [(each.diagnostic, self._accepted(uri, result, each)) for each in result.accepted]
        if whence is not None:
            mask = Mask(result.source.text, result.concealed)
            for diagnostic, told in found:
                if diagnostic.span is not None and diagnostic.source is result.source:
                    location = whence(diagnostic.span)
                    told["data"]["location"] = "" if location is None else mask.location(location).words
        return [told for _, told in found]

    def troubles(self, troubles: Iterable[Trouble]) -> list[dict[str, Any]]:
        """What is wrong with a configuration, in its file."""
        return [
            {
                "range": {
                    "start": {"line": each.line - 1, "character": 0},
                    "end": {"line": each.line - 1, "character": _WHOLE_LINE},
                },
                "severity": 1,
                "source": TOOL,
                "code": BROKEN,
                "message": each.message,
            }
            for each in troubles
        ]

    def diagnostic(self, uri: str, result: Result, diagnostic: Diagnostic) -> types.Diagnostic:
        """One finding, for an action about it."""
        told: types.Diagnostic = _CONVERTER.structure(self._diagnostic(uri, result, diagnostic), types.Diagnostic)
        return told

    def range(self, result: Result, diagnostic: Diagnostic) -> Range:
        """Where a finding stands; one of the whole report at the beginning of the text."""
        if diagnostic.span is not None and diagnostic.source is result.source:
            return self._positions.range(diagnostic.source, diagnostic.span)
        if diagnostic.at is not None and diagnostic.source is result.source:
            at = {"line": diagnostic.at.line - 1, "character": diagnostic.at.column - 1}
            return {"start": at, "end": at}
        start = self._start(result.source)
        return {"start": start, "end": start}

    def _start(self, source: Source) -> Position:
        """The first place with anything in it: a finding of the whole report is seen there, and not on a blank line."""
        text = source.text
        return self._positions.position(source, len(text) - len(text.lstrip()) if text.strip() else 0)

    def _diagnostic(self, uri: str, result: Result, diagnostic: Diagnostic) -> dict[str, Any]:
        place = self.range(result, diagnostic)
        told: dict[str, Any] = {
            "range": place,
            "severity": _SEVERITIES[diagnostic.severity],
            "code": diagnostic.rule,
            "source": TOOL,
            "message": diagnostic.message,
            "data": {
                "rule": diagnostic.rule,
                "place": diagnostic.place,
                "content": diagnostic.content,
                "fingerprint": diagnostic.fingerprint,
            },
        }
        if self._described:
            href = self._href(diagnostic.rule)
            if href is not None:
                told["codeDescription"] = {"href": href}
        if self._related and diagnostic.notes:
            told["relatedInformation"] = [
                {
                    "location": {
                        "uri": uri,
                        "range": place if note.span is None else self._positions.range(result.source, note.span),
                    },
                    "message": note.message,
                }
                for note in diagnostic.notes
            ]
        return told

    def _accepted(self, uri: str, result: Result, accepted: Accepted) -> dict[str, Any]:
        told = self._diagnostic(uri, result, accepted.diagnostic)
        told["severity"] = _HINT
        told["tags"] = [_UNNECESSARY]
        told["message"] = f"{accepted.diagnostic.message}（已接受：{accepted.because}）"
        told["data"]["accepted"] = accepted.kind
        return told
