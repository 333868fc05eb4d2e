"""What the server tells clients by what they say they can do."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

pytest.importorskip("pygls", reason="pygls is not installed (extra: lsp)")

from reportlint.server.app import ReportServer

URI = "untitled:年报"


class Heard:
    """Keeps what a server sends."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    def write(self, data: bytes) -> None:
        self.messages.append(json.loads(data))

    def close(self) -> None:
        pass


async def told(
    capabilities: dict[str, Any], then: dict[str, Any] | None = None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The server's capabilities, and all that it sends of a document that is opened, and of a request."""
    heard = Heard()
    server = ReportServer(lambda _: None)
    server.connect(heard, headers=False)
    text = {"uri": URI, "languageId": "ogi-report", "version": 1, "text": "通知\n"}
    for message in (
        {"id": 1, "method": "initialize", "params": {"capabilities": capabilities, "processId": None, "rootUri": None}},
        {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen", "params": {"textDocument": text}},
    ):
        server.receive(json.dumps({"jsonrpc": "2.0", **message}).encode())
        await asyncio.sleep(0)
    while not any(message.get("id") == 1 for message in heard.messages):
        await asyncio.sleep(0.01)
    document = server.documents.get(URI)
    assert document is not None
    reading = await server.reading(URI)
    assert reading is not None
    if then is not None:
        server.receive(json.dumps({"jsonrpc": "2.0", "id": 2, **then}).encode())
        while not any(message.get("id") == 2 for message in heard.messages):
            await asyncio.sleep(0.01)
    server.close()
    [answer] = [message for message in heard.messages if message.get("id") == 1]
    return answer["result"]["capabilities"], heard.messages


def published(messages: list[dict[str, Any]]) -> list[str]:
    return [
        diagnostic["code"]
        for message in messages
        if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == URI
        for diagnostic in message["params"]["diagnostics"]
    ]


PULLS: dict[str, Any] = {"textDocument": {"diagnostic": {}}}
ASKS_AGAIN = PULLS | {"workspace": {"diagnostics": {"refreshSupport": True}}}


def test_a_client_that_asks_for_diagnostics_is_answered_and_not_told() -> None:
    capabilities, messages = asyncio.run(told(ASKS_AGAIN))
    assert capabilities["diagnosticProvider"]
    assert published(messages) == []


@pytest.mark.parametrize("workspace", [{}, {"workspace": {}}, {"workspace": {"diagnostics": {}}}])
def test_one_that_cannot_be_made_to_ask_again_is_told(workspace: dict[str, Any]) -> None:
    """As Neovim 0.11: it would show what was found before a configuration changed."""
    capabilities, messages = asyncio.run(told(PULLS | workspace))
    assert "diagnosticProvider" not in capabilities
    assert published(messages) == ["reportlint/not-a-report"]


def test_one_that_makes_no_edits_for_a_server_is_told_how_else_to_accept() -> None:
    """As ALE: it would do nothing, and say nothing."""
    given = {"uri": URI, "rule": "national/title", "place": "", "content": ""}
    accept = {"method": "workspace/executeCommand", "params": {"command": "reportlint.accept", "arguments": [given]}}
    _, messages = asyncio.run(told({"workspace": {"applyEdit": False}}, accept))
    [said] = [message["params"] for message in messages if message.get("method") == "window/showMessage"]
    assert "reportlint accept 文件:行号 --rule national/title --because 理由" in said["message"]
    assert "workspace/applyEdit" not in [message.get("method") for message in messages]
