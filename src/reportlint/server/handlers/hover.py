"""What is said of the place that one points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from reportlint.language.hover import hover as said_at

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer


def register(server: ReportServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        reading = await server.reading(params.text_document.uri)
        if reading is None or reading.linter is None:
            return None
        found = said_at(reading.result, reading.linter, reading.offset(params.position))
        if found is None:
            return None
        content = types.MarkupContent(types.MarkupKind.Markdown, found.markdown)
        return types.Hover(content, reading.range(found.span))
