"""What the server says of a place, to a client that speaks the protocol: hover, hints, definition, references."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

from reportlint import Source, Span
from reportlint.testing import Draft
from reportlint.testing.draft import Anchor

RECEIVED = ("requests", "received", "total")
PROCESSED = ("requests", "processed", "total")
_SERVER = ClientServerConfig(server_command=[sys.executable, "-m", "reportlint", "server"])
_RARE = "𠮷"
"""A character that takes two units of UTF-16."""


@pytest_lsp.fixture(config=_SERVER)
async def client(lsp_client: LanguageClient, tmp_path: Path) -> AsyncIterator[None]:
    definition = types.DefinitionClientCapabilities(link_support=True)
    capabilities = types.ClientCapabilities(text_document=types.TextDocumentClientCapabilities(definition=definition))
    await lsp_client.initialize_session(types.InitializeParams(capabilities, root_uri=tmp_path.as_uri()))
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=_SERVER)
async def plain(lsp_client: LanguageClient, tmp_path: Path) -> AsyncIterator[None]:
    """A client that takes no links and asks for hints of columns."""
    wanted = {"inlayHints": {"columns": True, "sums": False}}
    params = types.InitializeParams(
        types.ClientCapabilities(), root_uri=tmp_path.as_uri(), initialization_options=wanted
    )
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


class Opened:
    """A draft that is open in a client."""

    def __init__(self, client: LanguageClient, draft: Draft, folder: Path, name: str = "报告.txt") -> None:
        self.client = client
        self.draft = draft
        self.uri = (folder / name).as_uri()
        self.identity = types.TextDocumentIdentifier(self.uri)
        item = types.TextDocumentItem(self.uri, "ogi-report", 1, draft.text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def position(self, offset: int) -> types.Position:
        place = Source(self.draft.text).position(offset)
        before = self.draft.text[offset - place.column + 1 : offset]
        return types.Position(place.line - 1, len(before.encode("utf-16-le")) // 2)

    def range(self, anchor: Anchor | Span) -> types.Range:
        span = anchor if isinstance(anchor, Span) else self.draft.at(anchor)
        return types.Range(self.position(span.start), self.position(span.end))

    async def hover(self, position: types.Position) -> types.Hover | None:
        return await self.client.text_document_hover_async(types.HoverParams(self.identity, position))

    async def hints(self, range_: types.Range) -> list[types.InlayHint]:
        found = await self.client.text_document_inlay_hint_async(types.InlayHintParams(self.identity, range_))
        return list(found or ())

    async def definition(self, position: types.Position) -> object:
        return await self.client.text_document_definition_async(types.DefinitionParams(self.identity, position))

    async def references(self, position: types.Position, *, declaration: bool = False) -> list[types.Range]:
        context = types.ReferenceContext(declaration)
        params = types.ReferenceParams(context, self.identity, position)
        found = await self.client.text_document_references_async(params)
        assert all(each.uri == self.uri for each in found or ())
        return [each.range for each in found or ()]


@pytest.fixture
def draft(compliant: Draft) -> Draft:
    """A report with a rare character before a claim that is wrong, and a wrong total."""
    return compliant.replace("办结5件", f"{_RARE}办结7件").put(("requests", "received", "natural_person"), "9")


@pytest.mark.asyncio
async def test_hover(client: LanguageClient, draft: Draft, tmp_path: Path) -> None:
    opened = Opened(client, draft, tmp_path)
    place = opened.range("办结7件")
    found = await opened.hover(place.start)
    assert found is not None
    assert found.range == place
    assert isinstance(found.contents, types.MarkupContent)
    assert found.contents.kind is types.MarkupKind.Markdown
    assert found.contents.value.startswith("**错误** 文字称“办结7件”，表格中“（七）总计”的“总计”为 5\n\n")
    assert await opened.hover(types.Position(1, 0)) is None
    # Outside the text: its nearest place.
    assert await opened.hover(types.Position(10_000, 7)) is None


@pytest.mark.asyncio
async def test_hover_follows_the_text(client: LanguageClient, compliant: Draft, tmp_path: Path) -> None:
    opened = Opened(client, compliant, tmp_path)
    place = opened.range(PROCESSED)
    change = types.TextDocumentContentChangePartial(place, "6")
    identity = types.VersionedTextDocumentIdentifier(2, opened.uri)
    client.text_document_did_change(types.DidChangeTextDocumentParams(identity, [change]))
    found = await opened.hover(place.start)
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    assert found.contents.value.startswith("**错误** “（七）总计”的“总计”应为 5，实为 6")


@pytest.mark.asyncio
async def test_hints(client: LanguageClient, draft: Draft, tmp_path: Path) -> None:
    opened = Opened(client, draft, tmp_path)
    whole = types.Range(types.Position(0, 0), types.Position(10_000, 0))
    cell = opened.range(("requests", "received", "natural_person"))
    hint = types.InlayHint(cell.end, "应为 4", padding_left=True, padding_right=False)
    assert await opened.hints(whole) == [hint]
    assert await opened.hints(types.Range(types.Position(0, 0), types.Position(3, 0))) == []


@pytest.mark.asyncio
async def test_hints_of_columns(plain: LanguageClient, draft: Draft, tmp_path: Path) -> None:
    opened = Opened(plain, draft, tmp_path)
    line = draft.source.line_span(draft.at(RECEIVED).start)
    found = await opened.hints(opened.range(line))
    words = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    assert [hint.label for hint in found] == words
    assert found[-1].position == opened.range(RECEIVED).start
    assert found[-1].kind is types.InlayHintKind.Parameter
    assert (found[-1].padding_left, found[-1].padding_right) == (False, True)


@pytest.mark.asyncio
async def test_from_the_prose_to_the_cell_and_back(client: LanguageClient, draft: Draft, tmp_path: Path) -> None:
    opened = Opened(client, draft, tmp_path)
    claim, cell = opened.range("办结7件"), opened.range(PROCESSED)
    assert await opened.definition(claim.start) == [types.LocationLink(opened.uri, cell, cell, claim)]
    assert await opened.references(cell.start) == [claim]
    assert await opened.references(cell.start, declaration=True) == [claim, cell]
    assert await opened.definition(types.Position(1, 0)) is None
    assert await opened.references(types.Position(1, 0)) == []


@pytest.mark.asyncio
async def test_a_client_without_links_gets_locations(plain: LanguageClient, draft: Draft, tmp_path: Path) -> None:
    opened = Opened(plain, draft, tmp_path)
    cell = opened.range(PROCESSED)
    assert await opened.definition(opened.range("办结7件").start) == [types.Location(opened.uri, cell)]


@pytest.mark.asyncio
async def test_places_of_a_web_page_are_those_of_its_file(client: LanguageClient, tmp_path: Path) -> None:
    rows = "<tr><td>结果维持</td></tr>"
    html = f"<html><body><h1>云溪县水务局2024年政府信息公开工作年度报告</h1>\n<p>一、总体情况</p>{rows}</body></html>"
    opened = Opened(client, Draft(html), tmp_path, "报告.html")
    found = await opened.hover(types.Position(0, 20))
    assert found is not None
    assert found.range is not None
    assert found.range.start.line == 0
    assert found.range.start.character == html.index("云溪县")


@pytest.mark.asyncio
async def test_documents_that_are_not_open(client: LanguageClient, tmp_path: Path, compliant: Draft) -> None:
    opened = Opened(client, compliant, tmp_path)
    client.text_document_did_close(types.DidCloseTextDocumentParams(opened.identity))
    assert await opened.hover(types.Position(0, 0)) is None
    assert await opened.hints(types.Range(types.Position(0, 0), types.Position(9, 0))) == []
    assert await opened.definition(types.Position(0, 0)) is None
    assert await opened.references(types.Position(0, 0)) == []
