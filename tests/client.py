"""A client of the language server: framed JSON-RPC to a real process, every wait with an end."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

PATIENCE = float(os.environ.get("PATIENCE", "30"))
"""Seconds until a test gives up."""
PUSHED = "textDocument/publishDiagnostics"
FULL: dict[str, Any] = {
    "textDocument": {
        "publishDiagnostics": {
            "relatedInformation": True,
            "codeDescriptionSupport": True,
            "dataSupport": True,
            "versionSupport": True,
            "tagSupport": {"valueSet": [1, 2]},
        },
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source.fixAll"]}},
        },
    },
    "workspace": {"applyEdit": True, "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}},
    "window": {"showDocument": {"support": True}},
}
"""What most editors can."""

Message = dict[str, Any]


@contextlib.contextmanager
def ready(folder: Path) -> Iterator[Client]:
    """A server that has begun, and has complained of nothing when it ends."""
    one = Client(folder)
    one.initialize()
    yield one
    assert one.stop() == 0
    assert one.complaints() == ""


class Refused(Exception):  # noqa: N818 - an answer
    """The server answered a request with an error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


class Client:
    """One server, and what it has said so far."""

    def __init__(self, cwd: Path | None = None, *, stdout: int = subprocess.PIPE, **env: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reportlint", "server"],
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={**os.environ, "PYTHONUTF8": "1", **env},
        )
        self.told: list[Message] = []
        """Notifications and requests of the server, in order."""
        self.answers: dict[str, Callable[[Any], Any]] = {}
        """What its requests are answered with; None where nothing is said here."""
        self.errors = b""
        self.capabilities: dict[str, Any] = {}
        self._came: queue.Queue[Message | None] = queue.Queue()
        self._results: dict[Any, Message] = {}
        self._number = 0
        self._versions: dict[str, int] = {}
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        if stdout == subprocess.PIPE:
            self._threads.append(threading.Thread(target=self._read, daemon=True))
        for thread in self._threads:
            thread.start()

    # The wire

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            length = None
            while (line := stream.readline().strip()) != b"":
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if length is None:
                self._came.put(None)
                return
            self._came.put(json.loads(stream.read(length)))

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors += line

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: object) -> None:
        """Send a message, whatever it is."""
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def next(self, seconds: float = PATIENCE) -> Message:
        """The next message, which is taken note of; TimeoutError, or EOFError where the server has left."""
        try:
            message = self._came.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        if message is None:
            raise EOFError(self.errors.decode())
        if "method" not in message:
            self._results[message.get("id")] = message
            return message
        self.told.append(message)
        if "id" in message:
            answer = self.answers.get(message["method"], lambda _: None)(message.get("params"))
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": answer})
        return message

    def until(self, holds: Callable[[], Any], seconds: float = PATIENCE) -> Any:  # noqa: ANN401
        """Take messages until something holds; what it comes to."""
        end = time.monotonic() + seconds
        while not (found := holds()):
            self.next(max(end - time.monotonic(), 0))
        return found

    # Messages

    def begin(self, method: str, params: object = None, identity: object = None) -> object:
        """Send a request; its id."""
        self._number += 1
        identity = self._number if identity is None else identity
        self.send({"jsonrpc": "2.0", "id": identity, "method": method, "params": params})
        return identity

    def answer(self, identity: object, seconds: float = PATIENCE) -> Any:  # noqa: ANN401
        """The result of a request; Refused where it is an error."""
        self.until(lambda: identity in self._results, seconds)
        message = self._results.pop(identity)
        if "error" in message:
            raise Refused(message["error"]["code"], message["error"]["message"])
        return message["result"]

    def request(self, method: str, params: object = None) -> Any:  # noqa: ANN401
        return self.answer(self.begin(method, params))

    def command(self, name: str, *arguments: object) -> Any:  # noqa: ANN401
        return self.request("workspace/executeCommand", {"command": name, "arguments": list(arguments)})

    def notify(self, method: str, params: object = None) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def settle(self) -> None:
        """Wait until all is done that was asked for, beside what takes a thread."""
        for _ in range(2):
            self.command("reportlint.rulePage", "national/none")

    def initialize(
        self,
        capabilities: Mapping[str, Any] = FULL,
        *,
        options: object = None,
        folders: Iterable[Path] = (),
    ) -> Any:  # noqa: ANN401
        listed = [{"uri": each.as_uri(), "name": each.name} for each in folders]
        params = {
            "processId": os.getpid(),
            "rootUri": listed[0]["uri"] if listed else None,
            "workspaceFolders": listed or None,
            "capabilities": capabilities,
            "initializationOptions": options,
        }
        result = self.request("initialize", params)
        self.capabilities = result["capabilities"]
        self.notify("initialized", {})
        return result

    def said(self, method: str) -> list[Any]:
        """The parameters of all that came with a method."""
        return [each.get("params") for each in self.told if each["method"] == method]

    # Documents

    def open(self, place: Path | str, text: str, language: str = "ogi-report", version: int = 1) -> str:
        """Open a text; its URI."""
        uri = place if isinstance(place, str) else place.as_uri()
        self._versions[uri] = version
        self.told = [each for each in self.told if each["method"] != PUSHED or each["params"]["uri"] != uri]
        document = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def change(self, uri: str, *changes: Mapping[str, Any] | str, version: int | None = None) -> int:
        """Change a text, by events or by a new one; the version."""
        version = self._versions[uri] + 1 if version is None else version
        self._versions[uri] = version
        events = [{"text": each} if isinstance(each, str) else each for each in changes]
        identity = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": identity, "contentChanges": events})
        return version

    def close(self, uri: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def pushes(self, uri: str) -> list[Any]:
        """All that was pushed for a text."""
        return [each for each in self.said(PUSHED) if each["uri"] == uri]

    def diagnostics(self, uri: str) -> list[Message]:
        """What is pushed for the version that was sent last."""
        version = self._versions[uri]

        def current() -> list[Any]:
            return [each for each in self.pushes(uri)[-1:] if each.get("version") == version]

        found: list[Message] = self.until(current)[0]["diagnostics"]
        return found

    def forget(self) -> None:
        """Begin anew to take note."""
        self.told.clear()

    # The end

    def end(self) -> int:
        """Close what the server reads; its exit status."""
        assert self.process.stdin is not None
        # What could not be sent any more may be left over.
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        return self.status()

    def status(self) -> int:
        """The exit status; what it said on standard error is complete then."""
        try:
            status = self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            for thread in self._threads:
                thread.join(PATIENCE)
            for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
        return status

    def stop(self) -> int:
        """Leave as one should; the exit status."""
        self.request("shutdown")
        self.notify("exit")
        return self.status()

    def complaints(self) -> str:
        """What it said on standard error; there is never a traceback in it."""
        text = self.errors.decode()
        assert "Traceback" not in text, text
        assert "never retrieved" not in text, text
        return text


def span(line: int, start: int, end_line: int, end: int) -> dict[str, Any]:
    """A range."""
    return {"start": {"line": line, "character": start}, "end": {"line": end_line, "character": end}}


def instead(line: int, start: int, end_line: int, end: int, text: str) -> dict[str, Any]:
    """A change of a stretch."""
    return {"range": span(line, start, end_line, end), "text": text}
