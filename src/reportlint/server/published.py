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
from reportlint.source import Location, Source

_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.ADVICE: 3}
_CONVERTER = converters.get_converter()
_HINT = 4
_UNNECESSARY = 1
_WHOLE_LINE = 2**31 - 1
"""A column that no line reaches: clients take it for the end of the line."""

Href = Callable[[str], str | None]
"""The address of a rule's page."""


class Publisher:
    """What a client is told of results, in its positions."""

    def __init__(self, positions: Positions, href: Href, *, related: bool = True, described: bool = True) -> None:
        """`related` and `described`: whether the client takes related information, and addresses of pages."""
        self._positions = positions
        self._href = href
        self._related = related
        self._described = described

    def diagnostics(self, uri: str, result: Result, *, accepted: bool) -> list[dict[str, Any]]:
        """The findings of a result; with `accepted` also those that somebody accepted, as hints."""
        found = [self._diagnostic(uri, result, each) for each in result.diagnostics]
        if accepted:
            found += [self._accepted(uri, result, each) for each in result.accepted]
        return found

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
        if result.source.origin is not None and result.source.is_text and diagnostic.source is result.source:
            # The text stood elsewhere, where it is to be found again.
            location = diagnostic.location() or Location("", "")
            told["data"]["location"] = Mask(result.source.text, result.concealed).location(location).words
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
