"""What a client that speaks the protocol gets: outline, folds, tokens, links, formatting."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

from reportlint.testing import Draft

_SERVER = ClientServerConfig(server_command=[sys.executable, "-m", "reportlint", "server"])
_RARE = "𠮷"
"""A character that takes two units of UTF-16."""
_PAGE = """<html><body><h1>云溪县水务局2024年政府信息公开工作年度报告</h1>
<p>一、总体情况</p><p>（一）主动公开。收到政府信息<b>公开申请5件</b>。依据《政府信息公开条例》编制。</p>
<p>二、主动公开政府信息情况</p>
<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr>
<tr><td>行政许可</td><td>36</td></tr></table></body></html>
"""


def told(trees: bool, layout: str | None = None) -> types.InitializeParams:
    """What a client says of itself: whether it shows trees and titles of links, and its user's layout of tables."""
    symbols = types.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=trees)
    links = types.DocumentLinkClientCapabilities(tooltip_support=trees)
    document = types.TextDocumentClientCapabilities(document_symbol=symbols, document_link=links)
    capabilities = types.ClientCapabilities(text_document=document)
    options: Any = None if layout is None else {"format": {"layout": layout}}
    return types.InitializeParams(capabilities, initialization_options=options)


@pytest_lsp.fixture(config=_SERVER)
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await lsp_client.initialize_session(told(trees=True))
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=_SERVER)
async def plain(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """A client that shows no trees, and whose user wants pipes."""
    await lsp_client.initialize_session(told(trees=False, layout="pipe"))
    yield
    await lsp_client.shutdown_session()


def opened(client: LanguageClient, text: str, folder: Path, name: str = "报告.txt") -> types.TextDocumentIdentifier:
    uri = (folder / name).as_uri()
    item = types.TextDocumentItem(uri, "ogi-report", 1, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    return types.TextDocumentIdentifier(uri)


def cut(text: str, place: types.Range) -> str:
    """What stands in a range of a text, counted in UTF-16."""
    lines = text.split("\n")[place.start.line : place.end.line + 1]
    units = [line.encode("utf-16-le") for line in lines]
    units[-1] = units[-1][: 2 * place.end.character]
    units[0] = units[0][2 * place.start.character :]
    return b"\n\x00".join(units).decode("utf-16-le")


def walk(found: Sequence[types.DocumentSymbol]) -> Iterator[types.DocumentSymbol]:
    for symbol in found:
        yield symbol
        yield from walk(symbol.children or ())


# The outline


async def outline(client: LanguageClient, identity: types.TextDocumentIdentifier) -> list[types.DocumentSymbol]:
    found = await client.text_document_document_symbol_async(types.DocumentSymbolParams(identity))
    symbols = [symbol for symbol in found or () if isinstance(symbol, types.DocumentSymbol)]
    assert len(symbols) == len(found or ())
    return symbols


@pytest.mark.asyncio
async def test_the_outline_is_a_tree(client: LanguageClient, compliant: Draft, tmp_path: Path) -> None:
    draft = compliant.replace("（二）依申请公开", f"（二）{_RARE}申请")
    found = await outline(client, opened(client, draft.text, tmp_path))
    assert [(symbol.kind, symbol.name) for symbol in found[:2]] == [
        (types.SymbolKind.File, "云溪县青禾镇人民政府2024年政府信息公开工作年度报告"),
        (types.SymbolKind.Namespace, "一、总体情况"),
    ]
    heading = (found[1].children or [])[1]
    assert (heading.kind, heading.name, heading.detail) == (types.SymbolKind.String, f"（二）{_RARE}申请", None)
    assert cut(draft.text, heading.selection_range) == f"（二）{_RARE}申请"
    (table,) = found[2].children or ()
    assert (table.kind, table.name, table.detail) == (types.SymbolKind.Array, "表格", "6 行")
    row = (table.children or [])[1]
    assert (row.kind, row.name, row.detail) == (types.SymbolKind.Field, "行政规范性文件", "2 1 9")
    assert cut(draft.text, row.range) == "行政规范性文件\t2\t1\t9"


@pytest.mark.asyncio
async def test_without_trees_each_symbol_names_the_one_around_it(
    plain: LanguageClient, compliant: Draft, tmp_path: Path
) -> None:
    identity = opened(plain, compliant.text, tmp_path)
    found = await plain.text_document_document_symbol_async(types.DocumentSymbolParams(identity))
    by_name = {symbol.name: symbol for symbol in found or () if isinstance(symbol, types.SymbolInformation)}
    assert by_name["一、总体情况"].container_name is None
    assert by_name["（一）主动公开"].container_name == "一、总体情况"
    assert by_name["行政许可"].container_name == "表格"
    assert cut(compliant.text, by_name["行政许可"].location.range) == "行政许可\t36"
    assert by_name["行政许可"].location.uri == identity.uri


@pytest.mark.asyncio
async def test_on_a_web_page_names_lie_within_their_symbols(client: LanguageClient, tmp_path: Path) -> None:
    found = await outline(client, opened(client, _PAGE, tmp_path, "report.html"))
    symbols = [*walk(found)]
    assert "（一）主动公开" in [symbol.name for symbol in symbols]
    for symbol in symbols:
        assert symbol.range.start <= symbol.selection_range.start
        assert symbol.selection_range.start <= symbol.selection_range.end <= symbol.range.end


@pytest.mark.asyncio
async def test_folds(client: LanguageClient, compliant: Draft, tmp_path: Path) -> None:
    params = types.FoldingRangeParams(opened(client, compliant.text, tmp_path))
    found = await client.text_document_folding_range_async(params)
    assert [(fold.start_line, fold.end_line) for fold in found or ()][:4] == [(4, 14), (16, 31), (18, 31), (33, 62)]
    assert {fold.kind for fold in found or ()} == {types.FoldingRangeKind.Region}


# Tokens


def coloured(client: LanguageClient, text: str, data: Sequence[int]) -> list[tuple[str, str]]:
    """The tokens that numbers stand for: their types and texts."""
    provider = client.capabilities.semantic_tokens_provider
    assert provider is not None
    found = []
    line = start = 0
    for at in range(0, len(data), 5):
        down, along, length, kind, modifiers = data[at : at + 5]
        line, start = (line + down, along) if down else (line, start + along)
        place = types.Range(types.Position(line, start), types.Position(line, start + length))
        assert modifiers == 0
        found.append((provider.legend.token_types[kind], cut(text, place)))
    return found


@pytest_lsp.fixture(config=_SERVER)
async def colouring(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """A client that keeps what the server can."""
    answer = await lsp_client.initialize_session(told(trees=True))
    lsp_client.capabilities = answer.capabilities  # type: ignore[attr-defined]
    yield
    await lsp_client.shutdown_session()


@pytest.mark.asyncio
async def test_tokens(colouring: LanguageClient, compliant: Draft, tmp_path: Path) -> None:
    draft = compliant.replace("全年共收到政府信息公开申请5件", f"{_RARE}年共收到政府信息公开申请5件")
    draft = draft.replace("行政规范性文件\t2\t1\t9", "行政规范性文件\t2\t—\t9件")
    identity = opened(colouring, draft.text, tmp_path)
    full = await colouring.text_document_semantic_tokens_full_async(types.SemanticTokensParams(identity))
    assert full is not None
    found = coloured(colouring, draft.text, full.data)
    assert found[:2] == [("namespace", "云溪县青禾镇人民政府2024年政府信息公开工作年度报告"), ("class", "一、总体情况")]
    assert ("variable", "收到政府信息公开申请5件") in found
    for token in [
        ("function", "（二）依申请公开"),
        ("parameter", "本年制发件数"),
        ("property", "行政规范性文件"),
        ("number", "36"),
        ("comment", "—"),
        ("string", "9件"),
    ]:
        assert token in found


@pytest.mark.asyncio
async def test_tokens_of_a_stretch(colouring: LanguageClient, compliant: Draft, tmp_path: Path) -> None:
    identity = opened(colouring, compliant.text, tmp_path)
    place = types.Range(types.Position(20, 0), types.Position(20, 5))
    params = types.SemanticTokensRangeParams(identity, place)
    found = await colouring.text_document_semantic_tokens_range_async(params)
    assert found is not None
    assert coloured(colouring, compliant.text, found.data) == [("property", "规章"), ("number", "0")]


@pytest.mark.asyncio
async def test_tokens_of_a_web_page_are_within_lines_and_in_order(colouring: LanguageClient, tmp_path: Path) -> None:
    identity = opened(colouring, _PAGE, tmp_path, "report.html")
    full = await colouring.text_document_semantic_tokens_full_async(types.SemanticTokensParams(identity))
    assert full is not None
    found = coloured(colouring, _PAGE, full.data)
    assert ("function", "（一）主动公开") in found
    assert ("number", "36") in found
    assert min(full.data) >= 0
    lengths = full.data[2::5]
    for at in range(5, len(full.data), 5):
        assert full.data[at] or full.data[at + 1] >= lengths[at // 5 - 1]


# Links


@pytest.mark.asyncio
async def test_links(client: LanguageClient, compliant: Draft, tmp_path: Path) -> None:
    identity = opened(client, compliant.text, tmp_path)
    (link,) = await client.text_document_document_link_async(types.DocumentLinkParams(identity)) or ()
    assert cut(compliant.text, link.range) == "《中华人民共和国政府信息公开条例》"
    assert link.target == "http://www.gov.cn/zhengce/content/2019-04/15/content_5382991.htm"
    assert link.tooltip == "中华人民共和国政府信息公开条例（国务院令第711号，中国政府网）"


@pytest.mark.asyncio
async def test_links_without_titles(plain: LanguageClient, compliant: Draft, tmp_path: Path) -> None:
    identity = opened(plain, compliant.text, tmp_path)
    (link,) = await plain.text_document_document_link_async(types.DocumentLinkParams(identity)) or ()
    assert link.tooltip is None


# Formatting


_OPTIONS = types.FormattingOptions(4, True)


def applied(text: str, edits: Sequence[types.TextEdit] | None) -> str:
    lines = text.split("\n")
    for edit in sorted(edits or (), key=lambda edit: edit.range.start, reverse=True):
        first, last = edit.range.start, edit.range.end
        lines[first.line : last.line + 1] = [
            lines[first.line][: first.character] + edit.new_text + lines[last.line][last.character :]
        ]
    return "\n".join(lines)


@pytest.mark.asyncio
async def test_formatting_keeps_the_layout_unless_told_otherwise(
    client: LanguageClient, compliant: Draft, tmp_path: Path
) -> None:
    text = compliant.text.replace("规章\t0\t0\t0", "规章 \t0\t 0\t0 ")
    identity = opened(client, text, tmp_path)
    edits = await client.text_document_formatting_async(types.DocumentFormattingParams(identity, _OPTIONS))
    assert applied(text, edits) == compliant.text


@pytest.mark.asyncio
async def test_formatting_with_pipes_and_of_a_range(plain: LanguageClient, compliant: Draft, tmp_path: Path) -> None:
    identity = opened(plain, compliant.text, tmp_path)
    whole = await plain.text_document_formatting_async(types.DocumentFormattingParams(identity, _OPTIONS))
    text = applied(compliant.text, whole)
    assert "| 规章               | 0                          | 0            | 0            |\n" in text
    assert "| 行政复议 |" in text
    place = types.Range(types.Position(20, 0), types.Position(21, 0))
    params = types.DocumentRangeFormattingParams(identity, place, _OPTIONS)
    part = applied(compliant.text, await plain.text_document_range_formatting_async(params))
    assert part.split("三、收到")[0] == text.split("三、收到")[0]
    assert part.split("三、收到")[1] == compliant.text.split("三、收到")[1]


@pytest.mark.asyncio
async def test_web_pages_are_not_formatted(plain: LanguageClient, tmp_path: Path) -> None:
    identity = opened(plain, _PAGE, tmp_path, "report.html")
    assert not await plain.text_document_formatting_async(types.DocumentFormattingParams(identity, _OPTIONS))


# No document


@pytest.mark.asyncio
async def test_of_what_is_not_open_nothing_is_said(client: LanguageClient, tmp_path: Path) -> None:
    identity = types.TextDocumentIdentifier((tmp_path / "none.txt").as_uri())
    place = types.Range(types.Position(0, 0), types.Position(1, 0))
    assert await outline(client, identity) == []
    assert not await client.text_document_folding_range_async(types.FoldingRangeParams(identity))
    assert not await client.text_document_document_link_async(types.DocumentLinkParams(identity))
    assert not await client.text_document_formatting_async(types.DocumentFormattingParams(identity, _OPTIONS))
    full = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(identity))
    part = await client.text_document_semantic_tokens_range_async(types.SemanticTokensRangeParams(identity, place))
    assert full is not None
    assert part is not None
    assert (*full.data, *part.data) == ()
