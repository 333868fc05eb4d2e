"""A keystroke in the editor: from the change that a client sends to its diagnostics, against one plain lint."""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from contest import print_table
from corpus import make_corpus

TARGETS = {"median ms": 20, "p95 ms": 50, "x lint": 1.3}
_SUFFIXES = {".txt", ".html", ".md"}
_LANGUAGE = "ogi-report"
_KEYS = "0123456789一二三四五六件项次的，。（）、 \n\t未收到申请公开𠮷"
_WARM = 50


class Timed(NamedTuple):
    """The seconds of edits, by the server and by a plain lint of the same text, and the server's memory in KiB."""

    server: list[float]
    plain: list[float]
    memory: list[int]


class Client:
    """As much of an editor as types and reads diagnostics."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "reportlint", "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        published = {"relatedInformation": True, "codeDescriptionSupport": True, "versionSupport": True}
        capabilities = {"textDocument": {"publishDiagnostics": published}}
        self.send("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": capabilities}, 1)
        self.receive()
        self.send("initialized", {})

    def send(self, method: str, params: object, identity: int | None = None) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if identity is not None:
            message["id"] = identity
        body = json.dumps(message).encode()
        stream = self._process.stdin
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        stream.flush()

    def receive(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        told: dict[str, Any] = json.loads(stream.read(length))
        return told

    def resident(self) -> int:
        """The server's resident memory in KiB."""
        for line in Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0

    def close(self) -> None:
        self.send("shutdown", None, 2)
        self.receive()
        self.send("exit", None)
        self._process.wait(10)


def keystrokes(text: str, count: int, seed: int) -> Iterator[tuple[dict[str, Any], str]]:
    """Edits as one types: a character put in or taken out, here and there, so that the text stays about as long."""
    chance = random.Random(seed)
    for number in range(count):
        place = chance.randrange(len(text) + 1)
        # In turns, so that what was typed is taken away again.
        put = "" if number % 2 and place < len(text) else chance.choice(_KEYS)
        end = place + (not put)
        yield (
            {"range": {"start": _position(text, place), "end": _position(text, end)}, "text": put},
            text[:place] + put + text[end:],
        )
        text = text[:place] + put + text[end:]


def _position(text: str, offset: int) -> dict[str, int]:
    start = text.rfind("\n", 0, offset) + 1
    return {"line": text.count("\n", 0, offset), "character": len(text[start:offset].encode("utf-16-le")) // 2}


def time_edits(path: Path, count: int) -> Timed:
    """Edits of one report: each by the server, and by a plain lint of the text that it comes to, in turns."""
    from reportlint import Linter

    html = path.suffix == ".html"
    linter = Linter.from_layers([])
    text = path.read_bytes().decode() if html else linter.readers.file(str(path)).text
    # The name decides how the text is read; it is not opened.
    name = f"/keystrokes/{path.name}"
    client = Client()
    identity = {"uri": f"file://{name}", "version": 0}
    client.send("textDocument/didOpen", {"textDocument": {**identity, "languageId": _LANGUAGE, "text": text}})
    client.receive()
    timed = Timed([], [], [])
    for number, (change, typed) in enumerate(keystrokes(text, _WARM + count, seed=1)):
        identity["version"] = number + 1
        params = {"textDocument": identity, "contentChanges": [change]}
        start = time.perf_counter()
        client.send("textDocument/didChange", params)
        told = client.receive()
        by_server = time.perf_counter() - start
        assert told["params"]["version"] == number + 1
        start = time.perf_counter()
        result = linter.lint(linter.readers.of_text(typed, name)) if html else linter.lint_text(typed, name)
        plain = time.perf_counter() - start
        assert [each["message"] for each in told["params"]["diagnostics"]] == [
            each.message for each in result.diagnostics
        ]
        if number >= _WARM:
            timed.server.append(by_server)
            timed.plain.append(plain)
        if number % 100 == 0:
            timed.memory.append(client.resident())
    client.close()
    return timed


def keystrokes_part(_: argparse.Namespace, work: Path) -> None:
    """1,000 edits of each report there is; memory over 10,000 of one."""
    shared = Path(__file__).parents[2] / "shared" / "reports"
    paths = sorted(path for path in shared.glob("*") if path.suffix in _SUFFIXES and path.name != "README.md")
    if not paths:
        make_corpus(work / "typed", 20)
        paths = [max((work / "typed").iterdir(), key=lambda path: path.stat().st_size)]
    rows = []
    worst: dict[str, float] = {}
    for path in paths:
        timed = time_edits(path, 1_000)
        figures = {
            "median ms": median(timed.server) * 1000,
            "p95 ms": quantiles(timed.server, n=20)[-1] * 1000,
            "x lint": median(timed.server) / median(timed.plain),
        }
        worst = {key: max(worst.get(key, 0), value) for key, value in figures.items()}
        plain = median(timed.plain) * 1000
        rows.append(
            [
                path.name,
                str(path.stat().st_size),
                f"{figures['median ms']:.2f}",
                f"{figures['p95 ms']:.2f}",
                f"{plain:.2f}",
                f"{figures['x lint']:.2f}",
            ]
        )
    print("\nfrom a keystroke to diagnostics, 1,000 edits each")
    print_table(["report", "bytes", "median ms", "p95 ms", "lint ms", "x lint"], rows)
    for key, most in TARGETS.items():
        print(f"{key}: {worst[key]:.2f} at most, target {most}: {'met' if worst[key] <= most else 'missed'}")
    memory = time_edits(max(paths, key=lambda path: path.stat().st_size), 10_000).memory
    settled = memory[len(memory) // 10]
    print(f"server's memory: {settled / 1024:.1f} MiB after 1,000 edits, {memory[-1] / 1024:.1f} MiB after 10,000")
