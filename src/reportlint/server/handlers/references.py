"""From what the prose says to the cell that it speaks of, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lsprotocol import types

from reportlint.language import references as language
from reportlint.source import Span

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer
    from reportlint.server.reading import Reading


def register(server: ReportServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(
        params: types.DefinitionParams,
    ) -> list[types.Location] | list[types.LocationLink] | None:
        reading = await server.reading(params.text_document.uri)
        if reading is None or reading.linter is None:
            return None
        link = language.definition(reading.result, reading.linter.packs, reading.offset(params.position))
        if link is None:
            return None
        if not _links(server):
            return _locations(reading, link.targets)
        uri, origin = reading.document.uri, reading.range(link.span)
        ranges = [reading.range(target) for target in link.targets]
        return [types.LocationLink(uri, place, place, origin) for place in ranges]

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location] | None:
        reading = await server.reading(params.text_document.uri)
        if reading is None or reading.linter is None:
            return None
        declaration = params.context.include_declaration
        offset = reading.offset(params.position)
        found = language.references(reading.result, reading.linter.packs, offset, declaration=declaration)
        return _locations(reading, found)


def _locations(reading: Reading, spans: Iterable[Span]) -> list[types.Location]:
    return [types.Location(reading.document.uri, reading.range(span)) for span in spans]


def _links(server: ReportServer) -> bool:
    """Whether the client takes links, which know how far the words go that lead to a cell."""
    text = server.client_capabilities.text_document
    return bool(text and text.definition and text.definition.link_support)
