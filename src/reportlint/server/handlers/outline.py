"""The outline of a report, and what can be folded away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from reportlint.language.outline import Part, Symbol, folds, symbols

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer
    from reportlint.server.reading import Reading
    from reportlint.source import Span

_KINDS: Mapping[Part, types.SymbolKind] = {
    Part.TITLE: types.SymbolKind.File,
    Part.SECTION: types.SymbolKind.Namespace,
    Part.HEADING: types.SymbolKind.String,
    Part.TABLE: types.SymbolKind.Array,
    Part.ROW: types.SymbolKind.Field,
}


def register(server: ReportServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def document_symbol(
        params: types.DocumentSymbolParams,
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        reading = await server.reading(params.text_document.uri)
        if reading is None:
            return []
        found = symbols(reading.result)
        text = server.client_capabilities.text_document
        support = text.document_symbol if text is not None else None
        if support is not None and support.hierarchical_document_symbol_support:
            return _tree(reading, found)
        return [*_flat(reading, found, None)]

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    async def folding_range(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        reading = await server.reading(params.text_document.uri)
        if reading is None:
            return []
        places = [_range(reading, span) for span in folds(reading.result)]
        kind = types.FoldingRangeKind.Region
        return [types.FoldingRange(place.start.line, place.end.line, kind=kind) for place in places]


def _tree(reading: Reading, found: Sequence[Symbol]) -> list[types.DocumentSymbol]:
    made = []
    for symbol in found:
        whole, name = _range(reading, symbol.span), _range(reading, symbol.name_span)
        if not (whole.start <= name.start and name.end <= whole.end):
            # On a web page what follows in the text may stand before; clients refuse a name outside of its symbol.
            name = types.Range(whole.start, whole.start)
        children = _tree(reading, symbol.children)
        kind = _KINDS[symbol.part]
        made.append(types.DocumentSymbol(symbol.name, kind, whole, name, symbol.detail or None, children=children))
    return made


def _flat(reading: Reading, found: Sequence[Symbol], within: str | None) -> Iterator[types.SymbolInformation]:
    """For clients that know no tree: each symbol with the name of the one around it."""
    for symbol in found:
        place = types.Location(reading.document.uri, _range(reading, symbol.span))
        yield types.SymbolInformation(place, symbol.name, _KINDS[symbol.part], container_name=within)
        yield from _flat(reading, symbol.children, symbol.name)


def _range(reading: Reading, span: Span) -> types.Range:
    place = reading.range(span)
    return types.Range(place.start, max(place.start, place.end))
