"""Messages on standard input and output.

A thread reads whole messages and hands them to the loop: pipes cannot be waited for otherwise on all systems, and
handing over a message is cheaper than handing over its lines.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO, Protocol

from reportlint.server.app import ReportServer

_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*([0-9]{1,18})[ \t]*\r?\n", re.IGNORECASE)
_LONGEST_MESSAGE = 128 * 1024 * 1024
"""Bytes; a report of 8 MB takes six times as much in the worst way of writing it."""
_NO_MESSAGE = 4 * 1024 * 1024 * 1024
"""Bytes that nobody sends: to wait for them would be to wait for ever."""
_LONGEST_HEADER = 8 * 1024
_PIECE = 1024 * 1024
_LEFT_WITHOUT_A_WORD = 1
"""The exit status of a server whose client vanished, as the protocol has it."""


class BrokenStream(Exception):  # noqa: N818 - no error of ours
    """What comes in is no message, and where the next one begins is not known."""


class Incoming:
    """Bytes as they come. (A buffered stream of Python's may not be left waiting in a thread when the process ends.)"""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting = bytearray()

    def readline(self, limit: int) -> bytes:
        """Up to the end of a line, of so many bytes, or of all."""
        while b"\n" not in self._waiting and len(self._waiting) < limit and self._more():
            pass
        end = self._waiting.find(b"\n", 0, limit) + 1
        return self._take(end or limit)

    def read(self, size: int) -> bytes:
        """So many bytes; fewer where there are no more."""
        while len(self._waiting) < size and self._more():
            pass
        return self._take(size)

    def _more(self) -> bool:
        data = os.read(self._descriptor, _PIECE)
        self._waiting += data
        return bool(data)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._waiting[:size])
        del self._waiting[:size]
        return taken


class Stream(Protocol):
    """What messages are read from."""

    def readline(self, limit: int, /) -> bytes: ...
    def read(self, size: int, /) -> bytes: ...


def messages(stream: Stream) -> Iterator[bytes | None]:
    """The bodies of messages; None for one that is too long and was skipped. BrokenStream where there is no telling."""
    while True:
        length: int | None = None
        while True:
            line = stream.readline(_LONGEST_HEADER)
            if not line:
                return
            if not line.endswith(b"\n"):
                raise BrokenStream("一行消息头太长，或没有写完")
            if not line.strip():
                if length is None:
                    raise BrokenStream("消息头里没有 Content-Length")
                break
            found = _LENGTH.fullmatch(line)
            if found:
                length = int(found[1])
            elif b":" not in line:
                raise BrokenStream("收到的不是消息头")
        if length > _NO_MESSAGE:
            raise BrokenStream("消息头里的 Content-Length 大得不可能")
        if length > _LONGEST_MESSAGE:
            yield None
            if not _skip(stream, length):
                return
            continue
        body = stream.read(length)
        if len(body) < length:
            return
        yield body


def _skip(stream: Stream, length: int) -> bool:
    while length > 0:
        piece = stream.read(min(length, _PIECE))
        if not piece:
            return False
        length -= len(piece)
    return True


class _Output:
    """Where messages go; a client that has left gets none."""

    def __init__(self, stream: BinaryIO, leave: Callable[[], object]) -> None:
        self._stream = stream
        self._leave = leave
        self.gone = False

    def write(self, data: bytes) -> None:
        if self.gone:
            return
        try:
            self._stream.write(data)
            self._stream.flush()
        except (OSError, ValueError):
            self.gone = True
            self._leave()

    def close(self) -> None:
        """The stream is the process's; it is closed with it."""


def run() -> int:
    """Serve until the client says that it is over, or is gone; the exit status."""
    if sys.stdin.isatty():
        print("reportlint server 由编辑器启动，等编辑器从标准输入发来消息；按 Ctrl+C 结束。", file=sys.stderr)
    # Whatever prints must not come between messages.
    output, sys.stdout = sys.stdout.buffer, sys.stderr
    status, busy = asyncio.run(_serve(Incoming(sys.stdin.fileno()), output))
    if busy:
        # Python would wait for a check that nobody waits for any more.
        sys.stderr.flush()
        os._exit(status)
    return status


async def _serve(incoming: Incoming, outgoing: BinaryIO) -> tuple[int, bool]:
    """The exit status, and whether something is still being checked."""
    loop = asyncio.get_running_loop()
    over: asyncio.Future[int] = loop.create_future()

    def leave(status: int) -> None:
        if not over.done():
            over.set_result(status)

    def complain(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        print(f"reportlint: 内部出错：{type(error).__name__ if error else context['message']}", file=sys.stderr)

    loop.set_exception_handler(complain)
    server = ReportServer(on_exit=leave)
    server.connect(_Output(outgoing, lambda: leave(_LEFT_WITHOUT_A_WORD)))

    def end(words: str | None = None) -> None:
        if words is not None:
            print(f"reportlint: {words}，服务结束", file=sys.stderr)
        leave(_LEFT_WITHOUT_A_WORD)

    def read() -> None:
        words: str | None = None
        try:
            for body in messages(incoming):
                if body is None:
                    loop.call_soon_threadsafe(server.refuse, "消息太长")
                else:
                    loop.call_soon_threadsafe(server.receive, body)
        except BrokenStream as error:
            words = str(error)
        except (OSError, ValueError):
            pass
        with suppress(RuntimeError):
            # The loop may be over before the reader is.
            loop.call_soon_threadsafe(end, words)

    threading.Thread(target=read, name="read", daemon=True).start()
    try:
        return await over, server.checks.busy
    finally:
        server.close()
