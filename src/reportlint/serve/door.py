"""Who is let in, and what is answered to a request over HTTP.

Other pages in the same browser, other users of the machine and, through names that come to mean 127.0.0.1, sites on
the network can all send requests to a port of this machine. So a request has to name the address by its own name, has
to know a word that nobody can guess, and what opens a channel has to come from the page itself.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import NamedTuple

from reportlint.readers import REPORT_SUFFIXES
from reportlint.serve import limits
from reportlint.serve.page import INDEX, File, filled

CHANNEL = "lsp"
"""The path, behind the word, of the channel to the language server."""

_NO_ADDRESS = "没有这个地址。请用 reportlint serve 显示的地址。\n"
_USED = "打开页面的地址只能用一次。请用 reportlint serve 显示的地址。\n"
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_WORD_BYTES = 24
_USUAL_PORT = 80


class Asked(NamedTuple):
    """What a request says of itself; hosts and origins as often as they were sent."""

    method: str
    path: str
    hosts: Sequence[str]
    origins: Sequence[str] = ()
    upgrade: bool = False


class Answer(NamedTuple):
    status: HTTPStatus
    headers: Mapping[str, str]
    body: bytes


class Door:
    """What keeps the page at one address for those who know it."""

    def __init__(self, port: int, files: Mapping[str, File]) -> None:
        self._files = files
        # Browsers leave out the port that is everybody's.
        ports = (f":{port}", "") if port == _USUAL_PORT else (f":{port}",)
        self._hosts = frozenset(host + port for host in ("127.0.0.1", "localhost") for port in ports)
        self._word = secrets.token_urlsafe(_WORD_BYTES)
        # The address that a browser is started with can be seen by all users among the processes.
        self._once: str | None = secrets.token_urlsafe(_WORD_BYTES)
        self.base = f"http://127.0.0.1:{port}"

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"{self.base}/{self._word}/"

    @property
    def invitation(self) -> str:
        """An address that leads to the page and can be used once."""
        return f"{self.base}/{self._once}"

    def answer(self, asked: Asked) -> Answer | None:
        """What is answered; None where a channel may be opened."""
        if len(asked.hosts) != 1 or asked.hosts[0].lower() not in self._hosts:
            return _refused(HTTPStatus.MISDIRECTED_REQUEST, "只回答 127.0.0.1 和 localhost。\n")
        if asked.method != "GET":
            return _refused(HTTPStatus.METHOD_NOT_ALLOWED, "只回答 GET。\n", {"Allow": "GET"})
        word, _, name = asked.path.partition("?")[0].removeprefix("/").partition("/")
        if not name and self._once is not None and _same(word, self._once):
            self._once = None
            return _refused(HTTPStatus.SEE_OTHER, "", {"Location": f"/{self._word}/"})
        if not _same(word, self._word):
            return _refused(HTTPStatus.NOT_FOUND, _NO_ADDRESS if self._once else _USED)
        if name == CHANNEL:
            return self._channel(asked)
        return self._file(name, asked.hosts[0])

    def _channel(self, asked: Asked) -> Answer | None:
        if list(asked.origins) != [f"http://{asked.hosts[0]}"]:
            return _refused(HTTPStatus.FORBIDDEN, "只接受这个页面自己的连接。\n")
        if not asked.upgrade:
            return _refused(HTTPStatus.UPGRADE_REQUIRED, "这里只接受 WebSocket。\n", {"Upgrade": "websocket"})
        return None

    def _file(self, name: str, host: str) -> Answer:
        file = self._files.get(name or INDEX)
        if file is None:
            return _refused(HTTPStatus.NOT_FOUND, _NO_ADDRESS)
        nonce = secrets.token_urlsafe(_WORD_BYTES)
        if not name:
            values = {
                "nonce": nonce,
                "characters": str(limits.CHARACTERS),
                "bytes": str(limits.FILE_BYTES),
                "suffixes": ",".join(sorted(REPORT_SUFFIXES)),
            }
            file = filled(file, values)
        headers = {"Content-Type": file.kind, "Content-Security-Policy": _policy(nonce, host)}
        return Answer(HTTPStatus.OK, _HEADERS | headers, file.body)


def _policy(nonce: str, host: str) -> str:
    """Only what this server sends, and only requests to it. The editor makes its style sheet itself: by the nonce."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self'",
            f"connect-src 'self' ws://{host}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _refused(status: HTTPStatus, words: str, headers: Mapping[str, str] | None = None) -> Answer:
    own = {"Content-Type": "text/plain; charset=utf-8", "Content-Security-Policy": "default-src 'none'"}
    return Answer(status, _HEADERS | own | dict(headers or {}), words.encode("utf-8"))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogateescape"), other.encode("ascii"))
