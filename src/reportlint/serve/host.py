"""The server of the page: one port of this machine for its files and its channels."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
from collections.abc import Callable, Iterator
from types import FrameType

from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from reportlint.errors import ReportlintError, reason
from reportlint.serve import limits, page
from reportlint.serve.channel import talk
from reportlint.serve.door import Answer, Asked, Door
from reportlint.serve.drop import Dropped
from reportlint.serve.work import Work

_ADDRESS = "127.0.0.1"
_TRY_AGAIN = 1013
"""The code with which a page is closed that is one too many."""
_CLOSING_SECONDS = 2.0
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def run(port: int, config: str | None, ready: Callable[[str, str], None]) -> None:
    """Serve until the process is told to end."""
    files = page.load()
    asyncio.run(_serve(port, config, files, ready))


async def _serve(port: int, config: str | None, files: dict[str, page.File], ready: Callable[[str, str], None]) -> None:
    host = _Host(config)
    quiet = logging.getLogger(__name__)
    # What a stranger sends is no trouble of ours, and is not to be told on the screen.
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    with _told_to_end() as ended:
        try:
            server = await serve(
                host.channel,
                _ADDRESS,
                port,
                process_request=host.request,
                compression=None,
                server_header=None,
                max_size=limits.MESSAGE_BYTES,
                close_timeout=_CLOSING_SECONDS,
                logger=quiet,
            )
        except OSError as error:
            words = {errno.EADDRINUSE: "已被占用", errno.EACCES: "没有权限使用"}
            raise ReportlintError(f"端口 {port} {reason(error, words)}；可用 --port 另选一个") from error
        async with server:
            number = next(iter(server.sockets)).getsockname()[1]
            host.door = Door(number, files)
            ready(host.door.address, host.door.invitation)
            await ended.wait()


class _Host:
    """What there is while it serves: the door, and the pages that are open."""

    door: Door

    def __init__(self, config: str | None) -> None:
        self._config = config
        self._open = 0
        self._work: Work[Dropped] = Work(limits.READS)

    def request(self, _: ServerConnection, request: Request) -> Response | None:
        """What is answered to a request; None where a channel is opened."""
        headers = request.headers
        asked = Asked(
            request.method,
            request.path,
            headers.get_all("Host"),
            headers.get_all("Origin"),
            headers.get("Upgrade", "").lower() == "websocket",
        )
        answer = self.door.answer(asked)
        return None if answer is None else _response(answer)

    async def channel(self, connection: ServerConnection) -> None:
        """Talk to a page, unless too many are open."""
        if self._open >= limits.CONNECTIONS:
            await connection.close(_TRY_AGAIN, "too many pages")
            return
        self._open += 1
        try:
            await talk(connection, self._config, self._work)
        finally:
            self._open -= 1


def _response(answer: Answer) -> Response:
    headers = Headers(answer.headers)
    headers["Content-Length"] = str(len(answer.body))
    headers["Connection"] = "close"
    return Response(answer.status.value, answer.status.phrase, headers, answer.body)


@contextlib.contextmanager
def _told_to_end() -> Iterator[asyncio.Event]:
    """An event that is set when the system, or who sits at the terminal, tells the process to end."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def end(number: int, _: FrameType | None) -> None:
        # Whoever asks again does not want to wait for a long text.
        signal.signal(number, signal.SIG_DFL)
        loop.call_soon_threadsafe(ended.set)

    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    # One that is ignored, as under nohup, stays so.
    before = {number: signal.getsignal(number) for number in numbers}
    heeded = [number for number in numbers if before[number] is not signal.SIG_IGN]
    for number in heeded:
        signal.signal(number, end)
    try:
        yield ended
    finally:
        for number in heeded:
            signal.signal(number, before[number])
