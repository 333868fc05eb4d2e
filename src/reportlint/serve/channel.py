"""One page and its language server: messages to and fro until one of them goes."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from reportlint.errors import ReportlintError
from reportlint.linters import Linters
from reportlint.serve import drop, gate
from reportlint.server.app import ReportServer

_FAILED = -32803


class _Writer:
    """The page, as what the language server writes to."""

    def __init__(self, page: ServerConnection) -> None:
        self._page = page

    def write(self, data: bytes) -> Awaitable[None]:
        return self._send(data.decode("utf-8"))

    def close(self) -> Awaitable[None]:
        return self._page.close()

    async def _send(self, text: str) -> None:
        # A page that was closed does not wait for an answer.
        try:
            await self._page.send(text)
        except ConnectionClosed:
            return


async def talk(page: ServerConnection, config: str | None) -> None:
    """Pass messages on until the page is closed."""
    # A language server of its own: what one page sends, no other gets to see.
    server = ReportServer(on_exit=lambda _: None, files=False, config=config)
    server.connect(_Writer(page), headers=False)
    try:
        while True:
            data = await page.recv()
            verdict = gate.judge(data if isinstance(data, str) else data.decode("utf-8", "replace"))
            if isinstance(verdict, gate.Passed):
                server.receive(verdict.body)
            elif isinstance(verdict, gate.Asked):
                await page.send(_line(_read(verdict, config)))
            elif verdict.answer is not None:
                await page.send(_line(verdict.answer))
    except ConnectionClosed:
        return
    finally:
        server.close()


def _read(asked: gate.Asked, config: str | None) -> dict[str, Any]:
    try:
        # As the configuration is now: a page stays open while it is mended.
        readers = Linters(config).at(os.curdir).readers
        return {"jsonrpc": "2.0", "id": asked.id, "result": drop.text_of(asked.params, readers)}
    except ReportlintError as refused:
        return gate.error(asked.id, _FAILED, str(refused))


def _line(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)
