"""Links to what a report cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from reportlint.language.links import links

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer


def register(server: ReportServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    async def document_link(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        reading = await server.reading(params.text_document.uri)
        if reading is None or reading.linter is None:
            return []
        text = server.client_capabilities.text_document
        support = text.document_link if text is not None else None
        titled = support is not None and support.tooltip_support
        found = links(reading.result, reading.linter.packs.addresses.values())
        return [
            types.DocumentLink(reading.range(span), address.url, address.title if titled else None)
            for span, address in found
        ]
