"""Formatting: the tables aligned as the user prefers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from reportlint.language.layout import layout

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer
    from reportlint.source import Span


def register(server: ReportServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    async def formatting(params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        return await _formatted(server, params.text_document.uri, None)

    @server.feature(types.TEXT_DOCUMENT_RANGE_FORMATTING)
    async def range_formatting(params: types.DocumentRangeFormattingParams) -> list[types.TextEdit]:
        return await _formatted(server, params.text_document.uri, params.range)


async def _formatted(server: ReportServer, uri: str, range_: types.Range | None) -> list[types.TextEdit]:
    reading = await server.reading(uri)
    if reading is None or reading.linter is None or not reading.editable:
        return []
    within: Span | None = None if range_ is None else reading.span(range_)
    edits = layout(reading.linter, reading.result, server.preferences.layout, within)
    return [types.TextEdit(reading.range(edit.span), edit.text) for edit in edits]
