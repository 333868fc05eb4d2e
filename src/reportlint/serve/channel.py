"""One page and its language server: messages to and fro until one of them goes."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from reportlint.errors import ReportlintError
from reportlint.linters import Linters
from reportlint.serve import drop, gate, limits
from reportlint.serve.drop import Dropped
from reportlint.serve.work import Work
from reportlint.server.app import ReportServer

_FAILED = -32803
_SLOW = f"读了 {limits.READ_SECONDS:g} 秒还没有读完，没有打开；可用 reportlint check 检查这个文件"


class _Writer:
    """The page, as what the language server writes to."""

    def __init__(self, page: ServerConnection) -> None:
        self._page = page

    def write(self, data: bytes) -> Awaitable[None]:
        return self.send(data.decode("utf-8"))

    def close(self) -> Awaitable[None]:
        return self._page.close()

    async def send(self, text: str) -> None:
        # A page that was closed does not wait for an answer.
        try:
            await self._page.send(text)
        except ConnectionClosed:
            return


async def talk(page: ServerConnection, config: str | None, work: Work[Dropped]) -> None:
    """Pass messages on until the page is closed."""
    # A language server of its own: what one page sends, no other gets to see.
    server = ReportServer(on_exit=lambda _: None, files=False, config=config)
    writer = _Writer(page)
    server.connect(writer, headers=False)
    reading: asyncio.Task[None] | None = None

    async def read(asked: gate.Asked) -> None:
        await writer.send(_line(await _read(asked, config, work, server)))

    try:
        while True:
            data = await page.recv()
            verdict = gate.judge(data if isinstance(data, str) else data.decode("utf-8", "replace"))
            if isinstance(verdict, gate.Passed):
                server.receive(verdict.body)
            elif isinstance(verdict, gate.Asked):
                if reading is not None and not reading.done():
                    await writer.send(_line(gate.error(verdict.id, _FAILED, "还在读前一个文件")))
                else:
                    # The page goes on talking meanwhile.
                    reading = asyncio.create_task(read(verdict))
            elif verdict.answer is not None:
                await writer.send(_line(verdict.answer))
    except ConnectionClosed:
        return
    finally:
        if reading is not None:
            reading.cancel()
        server.close()


async def _read(asked: gate.Asked, config: str | None, work: Work[Dropped], server: ReportServer) -> dict[str, Any]:
    """The answer to a page that has a file read. The language server is told of it: it is to check its text."""
    try:
        # As the configuration is now: a page stays open while it is mended.
        readers = Linters(config).at(os.curdir).readers
        dropped = await work.done(lambda: drop.read(asked.params, readers), limits.READ_SECONDS)
    except ReportlintError as refused:
        return gate.error(asked.id, _FAILED, str(refused))
    except TimeoutError:
        return gate.error(asked.id, _FAILED, _SLOW)
    except Exception as error:  # noqa: BLE001 - a fault of ours, or of a reader's, is told as one
        # What it says may be of the text, so that only its kind is told.
        print(f"reportlint: 读文件时内部出错：{type(error).__name__}", file=sys.stderr)
        return gate.error(asked.id, _FAILED, f"读文件时内部出错：{type(error).__name__}")
    server.take(dropped.source)
    return {"jsonrpc": "2.0", "id": asked.id, "result": dropped.answer}


def _line(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)
