"""Inlay hints: the right figure beside a wrong one, and, where the user wants it, the column of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from reportlint.language.hints import Hint, hints

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer
    from reportlint.server.reading import Reading


def register(server: ReportServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def inlay_hint(params: types.InlayHintParams) -> list[types.InlayHint]:
        reading = await server.reading(params.text_document.uri)
        if reading is None:
            return []
        wanted = server.preferences
        found = hints(reading.result, reading.span(params.range), sums=wanted.hint_sums, columns=wanted.hint_columns)
        return [_told(reading, hint) for hint in found]


def _told(reading: Reading, hint: Hint) -> types.InlayHint:
    kind = types.InlayHintKind.Parameter if hint.before else None
    place = reading.position(hint.offset)
    return types.InlayHint(place, hint.words, kind, padding_left=not hint.before, padding_right=hint.before)
