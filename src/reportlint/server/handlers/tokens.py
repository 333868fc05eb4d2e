"""What editors colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from lsprotocol import types

from reportlint.language.tokens import Kind, Token, tokens

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer
    from reportlint.server.reading import Reading

_TYPES: Mapping[Kind, str] = {
    Kind.TITLE: "namespace",
    Kind.HEADING: "class",
    Kind.SUBHEADING: "function",
    Kind.FIGURE: "number",
    Kind.MARK: "comment",
    Kind.WORDS: "string",
    Kind.LABEL: "property",
    Kind.COLUMN: "parameter",
    Kind.CLAIM: "variable",
}
"""The types of the protocol, since editors have colours for them."""
_LEGEND = types.SemanticTokensLegend(list(_TYPES.values()), [])
_NUMBERS = {kind: number for number, kind in enumerate(_TYPES)}


def register(server: ReportServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, _LEGEND)
    async def semantic_tokens(params: types.SemanticTokensParams) -> types.SemanticTokens:
        reading = await server.reading(params.text_document.uri)
        return types.SemanticTokens(_told(reading, tokens(reading.result)) if reading is not None else [])

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, _LEGEND)
    async def semantic_tokens_in_range(params: types.SemanticTokensRangeParams) -> types.SemanticTokens:
        reading = await server.reading(params.text_document.uri)
        if reading is None:
            return types.SemanticTokens([])
        return types.SemanticTokens(_told(reading, tokens(reading.result, reading.span(params.range))))


def _told(reading: Reading, found: Iterable[Token]) -> list[int]:
    """Five numbers a token: lines and characters since the one before, length, type, nothing."""
    places = sorted(
        (place.start.line, place.start.character, place.end, _NUMBERS[token.kind])
        for token in found
        for place in [reading.range(token.span)]
    )
    numbers: list[int] = []
    last_line = last_start = last_end = 0
    for line, start, end, kind in places:
        if line != last_line:
            last_start = last_end = 0
        # On a web page a line of the text may stand in several, and in another order.
        if end.line != line or end.character <= start or start < last_end:
            continue
        numbers += (line - last_line, start - last_start, end.character - start, kind, 0)
        last_line, last_start, last_end = line, start, end.character
    return numbers
