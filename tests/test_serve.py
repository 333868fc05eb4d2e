"""`reportlint serve` below the page: who is let in, what passes, how it begins and ends. No browser is needed."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from reportlint import Linter, ReadError, ReportlintError
from reportlint.cli import main
from reportlint.serve import drop, gate, limits, page
from reportlint.serve.door import Asked, Door
from reportlint.testing import Draft

from .sources import readers

client = pytest.importorskip("websockets.sync.client", reason="websockets is not installed (extra: serve)")
exceptions = pytest.importorskip("websockets.exceptions")

Channel = client.ClientConnection
ROOT = Path(__file__).parent.parent
FAULTY = ROOT / "examples" / "reports" / "yunxi-water-2024-faulty.txt"
ADDRESS = "untitled:年度报告"

# The page itself is not needed here, so that it need not have been built.
PROGRAM = """
import sys
from reportlint.serve import page
page.load = lambda: {
    "index.html": page.File(b"<html data-nonce='{{nonce}}' data-characters='{{characters}}'>", "text/html"),
    "page.js": page.File(b"1", "text/javascript; charset=utf-8"),
}
from reportlint.cli import main
sys.exit(main(sys.argv[1:]))
"""


class Served:
    """A running server."""

    def __init__(self, *arguments: str, folder: Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "serve", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"} | environment,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("页面地址：http://127.0.0.1:"), line or self.end()
        assert self.process.stdout.readline() == "只在本机可用，文字不保存。按 Ctrl+C 结束。\n"
        self.address = line.removeprefix("页面地址：").strip()
        parts = urlsplit(self.address)
        self.port = parts.port or 0
        self.path = parts.path
        self.origin = f"http://127.0.0.1:{self.port}"

    def get(self, path: str = "", method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
        """The answer to a request; a path that does not begin with a slash is one of the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request(method, path if path.startswith("/") else self.path + path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode("utf-8")

    def channel(self, **options: object) -> Channel:
        options = {"origin": self.origin, "compression": None, "max_size": None} | options
        return client.connect(f"ws://127.0.0.1:{self.port}{self.path}lsp", **options)

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Tell it to end: the status, and what it wrote since it began."""
        self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=20)
        return self.process.returncode, output, errors


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    running: list[Served] = []

    def start(*arguments: str, **environment: str) -> Served:
        running.append(Served("--no-browser", *arguments, folder=tmp_path, **environment))
        return running[-1]

    yield start
    for each in running:
        if each.process.poll() is None:
            each.end()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = Served("--no-browser", folder=tmp_path_factory.mktemp("served"))
    yield running
    status, _, errors = running.end()
    # Whatever strangers sent: it went on, and had nothing to say about it.
    assert (status, errors) == (0, "")


def send(channel: Channel, method: str, params: object = None, identity: int | None = None) -> None:
    message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
    channel.send(json.dumps(message if identity is None else message | {"id": identity}))


def await_message(channel: Channel, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    while True:
        message: dict[str, Any] = json.loads(channel.recv(timeout=20))
        if wanted(message):
            return message


def answer(channel: Channel, identity: int | None) -> dict[str, Any]:
    return await_message(channel, lambda message: "method" not in message and message["id"] == identity)


def begin(channel: Channel, **params: object) -> dict[str, Any]:
    published = {"versionSupport": True, "relatedInformation": True}
    capabilities = {"textDocument": {"publishDiagnostics": published, "diagnostic": {}}}
    send(channel, "initialize", {"processId": None, "rootUri": None, "capabilities": capabilities} | params, 1)
    capable = answer(channel, 1)
    send(channel, "initialized", {})
    return capable


def found(channel: Channel, text: str, address: str = ADDRESS) -> list[dict[str, Any]]:
    document = {"uri": address, "languageId": "ogi-report", "version": 0, "text": text}
    send(channel, "textDocument/didOpen", {"textDocument": document})
    told = await_message(channel, lambda message: message.get("method") == "textDocument/publishDiagnostics")
    assert (told["params"]["uri"], told["params"]["version"]) == (address, 0)
    findings: list[dict[str, Any]] = told["params"]["diagnostics"]
    return findings


# Who is let in


def test_the_page_is_at_its_address_and_may_do_nothing_but_ask_its_server(served: Served) -> None:
    status, headers, body = served.get()
    assert status == HTTPStatus.OK
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    nonce = re.search("data-nonce='([^']{20,})'", body)
    assert nonce is not None
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": f"'self' 'nonce-{nonce[1]}'",
        "img-src": "'self'",
        "connect-src": f"'self' ws://127.0.0.1:{served.port}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    assert f"data-characters='{limits.CHARACTERS}'" in body
    for name, value in {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Resource-Policy": "same-origin",
    }.items():
        assert headers[name] == value
    assert headers["Server"] is None
    assert nonce[1] not in served.get()[2]


def test_files_of_the_page_are_beside_it_and_nothing_else_is(served: Served) -> None:
    status, headers, body = served.get("page.js")
    assert (status, headers["Content-Type"], body) == (200, "text/javascript; charset=utf-8", "1")
    for name in ("other.js", "../pyproject.toml", "%2e%2e/page.py", "page.js/", "lsp/"):
        assert served.get(name)[0] == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("path", ["/", "/page.js", "/index.html", "/lsp", "/favicon.ico", "/%20/", "/x/", "//"])
def test_nothing_is_told_to_who_does_not_know_the_word(served: Served, path: str) -> None:
    status, headers, body = served.get(path, Origin=served.origin)
    assert status == HTTPStatus.NOT_FOUND
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    assert body == "没有这个地址。请用 reportlint serve 显示的地址。\n"


def test_the_word_is_another_one_each_time_and_long(serve: Callable[..., Served], served: Served) -> None:
    other = serve()
    assert other.path != served.path
    assert len(other.path) == len("/") * 2 + 32
    assert other.get(served.path)[0] == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "host", ["evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:{port}", ""]
)
def test_other_names_of_the_machine_are_refused(served: Served, host: str) -> None:
    status, _, body = served.get(Host=host.format(port=served.port))
    assert (status, body) == (421, "只回答 127.0.0.1 和 localhost。\n")
    with pytest.raises(exceptions.InvalidStatus, match="421"):
        client.connect(
            f"ws://127.0.0.1:{served.port}{served.path}lsp", additional_headers={"Host": host}, origin=served.origin
        )


def test_localhost_is_a_name_of_its_own(served: Served) -> None:
    status, headers, _ = served.get(Host=f"LocalHost:{served.port}")
    assert status == HTTPStatus.OK
    assert f"ws://LocalHost:{served.port};" in headers["Content-Security-Policy"]


def test_a_request_without_a_host_or_with_two_is_refused(served: Served) -> None:
    own = f"Host: 127.0.0.1:{served.port}\r\n"
    for headers in ("", own * 2, own + "Host: evil.example\r\n"):
        with socket.create_connection(("127.0.0.1", served.port), timeout=10) as plain:
            plain.sendall(f"GET {served.path} HTTP/1.1\r\n{headers}\r\n".encode())
            assert plain.recv(100).startswith(b"HTTP/1.1 421 ")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"])
def test_there_is_nothing_to_send_over_http(served: Served, method: str) -> None:
    status, headers, _ = served.get(method=method)
    assert (status, headers["Allow"]) == (HTTPStatus.METHOD_NOT_ALLOWED, "GET")
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        "http://localhost:{port}",
        "http://evil.example",
        "file://",
    ],
)
def test_a_channel_is_opened_for_the_page_only(served: Served, origin: str | None) -> None:
    with pytest.raises(exceptions.InvalidStatus, match="403"):
        served.channel(origin=origin and origin.format(port=served.port))


def test_a_channel_needs_the_word_and_is_no_page(served: Served) -> None:
    with pytest.raises(exceptions.InvalidStatus, match="404"):
        client.connect(f"ws://127.0.0.1:{served.port}/lsp", origin=served.origin)
    assert served.get("lsp", Origin=served.origin)[0] == HTTPStatus.UPGRADE_REQUIRED
    assert served.get("lsp")[0] == HTTPStatus.FORBIDDEN


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address of the machine")
def test_only_one_address_of_the_machine_listens(served: Served) -> None:
    own = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in {"127.0.0.2", *own}:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((address, served.port), timeout=5)


def test_garbage_ends_its_own_connection_only(served: Served) -> None:
    for garbage in (
        b"\x16\x03\x01\x00\xff" * 20,
        b"GET\r\n\r\n",
        b"GET / HTTP/9\r\n\r\n",
        b"GET /" + b"a" * 20_000,
        b"",
    ):
        with socket.create_connection(("127.0.0.1", served.port), timeout=10) as plain:
            plain.sendall(garbage)
            plain.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionError):
                assert b" 200 " not in plain.recv(1000)
    assert served.get()[0] == HTTPStatus.OK


def test_an_invitation_leads_to_the_page_once() -> None:
    door = Door(8000, {"index.html": page.File(b"page", "text/html")})
    path = urlsplit(door.invitation).path
    asked = Asked("GET", path, ["127.0.0.1:8000"])
    first, second = door.answer(asked), door.answer(asked)
    assert first is not None
    assert second is not None
    assert (first.status, first.headers["Location"]) == (HTTPStatus.SEE_OTHER, urlsplit(door.address).path)
    assert second.status == HTTPStatus.NOT_FOUND
    assert "只能用一次" in second.body.decode()
    page_of = door.answer(asked._replace(path=urlsplit(door.address).path))
    assert page_of is not None
    assert page_of.body == b"page"
    # The word that is spent opens nothing else.
    elsewhere = door.answer(asked._replace(path=f"{path}/lsp", origins=["http://127.0.0.1:8000"], upgrade=True))
    assert elsewhere is not None
    assert elsewhere.status == HTTPStatus.NOT_FOUND


def test_browsers_leave_out_the_usual_port() -> None:
    for port, host, expected in ((80, "127.0.0.1", 200), (80, "localhost:80", 200), (81, "127.0.0.1", 421)):
        door = Door(port, {"index.html": page.File(b"page", "text/html")})
        answered = door.answer(Asked("GET", urlsplit(door.address).path, [host]))
        assert answered is not None
        assert answered.status == expected


def test_the_browser_is_started_with_the_invitation(tmp_path: Path) -> None:
    note = tmp_path / "address"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {note}.part\nmv {note}.part {note}\n', encoding="utf-8")
    browser.chmod(0o755)
    running = Served(folder=tmp_path, BROWSER=f"{browser} %s")
    try:
        for _ in range(200):
            if note.exists():
                break
            time.sleep(0.05)
        invited = urlsplit(note.read_text(encoding="utf-8").strip()).path
        assert invited not in ("", running.path)
        assert running.get(invited)[1]["Location"] == running.path
    finally:
        running.end()


# What passes


def test_findings_are_those_of_the_command_line(served: Served, linter: Linter) -> None:
    text = FAULTY.read_text(encoding="utf-8")
    with served.channel() as channel:
        assert begin(channel)["result"]["serverInfo"]["name"] == "reportlint"
        told = found(channel, text)
    expected = linter.lint_text(text).diagnostics
    assert [(each["code"], each["message"]) for each in told] == [(each.rule, each.message) for each in expected]
    assert len(told) == 6


def test_each_page_has_documents_of_its_own(served: Served) -> None:
    with served.channel() as one, served.channel() as other:
        begin(one)
        begin(other)
        assert len(found(one, FAULTY.read_text(encoding="utf-8"))) == 6
        assert [each["code"] for each in found(other, "会议通知\n")] == ["reportlint/not-a-report"]
        position = {
            "textDocument": {"uri": ADDRESS},
            "range": {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}},
            "context": {"diagnostics": []},
        }
        send(one, "textDocument/codeAction", position, 7)
        assert "result" in answer(one, 7)


def test_nobody_is_told_where_it_runs_and_no_file_is_looked_at(served: Served, tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text('packs = ["pack"]\n', encoding="utf-8")
    folder = tmp_path.as_uri()
    with served.channel() as channel:
        begin(
            channel,
            rootUri=folder,
            workspaceFolders=[{"uri": folder, "name": "x"}],
            initializationOptions={"config": str(tmp_path / "none.toml")},
        )
        document = {"uri": f"{folder}/report.txt", "languageId": "ogi-report", "version": 0, "text": ""}
        send(channel, "textDocument/didOpen", {"textDocument": document})
        send(
            channel,
            "textDocument/hover",
            {"textDocument": {"uri": document["uri"]}, "position": {"line": 0, "character": 0}},
            5,
        )
        assert answer(channel, 5)["error"]["message"] == "页面只能检查发来的文字，不能检查文件"
        # Nothing was opened, and no configuration was taken from what the client said of itself.
        assert len(found(channel, FAULTY.read_text(encoding="utf-8"))) == 6


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        (
            "workspace/executeCommand",
            {"command": "reportlint.accept", "arguments": [{}]},
            "页面不能用命令 reportlint.accept",
        ),
        (
            "workspace/executeCommand",
            {"command": "reportlint.acceptWith", "arguments": [{}]},
            "页面不能用命令 reportlint.acceptWith",
        ),
        ("workspace/executeCommand", {"command": "reportlint.rulePage"}, "页面不能用命令 reportlint.rulePage"),
        ("workspace/executeCommand", {"command": ["reportlint.newReport"]}, "页面不能用命令 ['reportlint.newReport']"),
        (
            "workspace/executeCommand",
            {
                "command": "reportlint.newReport",
                "arguments": [{"organisation": "甲", "uri": "file:///x/reportlint.toml"}],
            },
            "命令 reportlint.newReport 的参数只能有 form、layout、organisation、year",
        ),
        (
            "workspace/executeCommand",
            {"command": "reportlint.newReport", "arguments": {"uri": "file:///x"}},
            "命令 reportlint.newReport 的参数只能有 form、layout、organisation、year",
        ),
        ("workspace/executeCommand", None, "页面不能用命令 None"),
        (
            "workspace/didChangeConfiguration",
            {"settings": {"reportlint": {"config": "/x"}}},
            "页面不能用 workspace/didChangeConfiguration",
        ),
        ("workspace/didChangeWorkspaceFolders", {}, "页面不能用 workspace/didChangeWorkspaceFolders"),
        ("shutdown", None, "页面不能用 shutdown"),
        ("exit", None, "页面不能用 exit"),
        (
            "textDocument/didOpen",
            {"textDocument": {"uri": "file:///etc/passwd", "text": ""}},
            "页面只能检查发来的文字，不能检查文件",
        ),
        (
            "textDocument/didOpen",
            {"textDocument": {"uri": "FILE:///etc/passwd"}},
            "页面只能检查发来的文字，不能检查文件",
        ),
        ("textDocument/didOpen", {"textDocument": {"uri": ["untitled:x"]}}, "页面只能检查发来的文字，不能检查文件"),
        ("textDocument/hover", {}, "页面只能检查发来的文字，不能检查文件"),
        ("textDocument/hover", [], "页面只能检查发来的文字，不能检查文件"),
        (
            "textDocument/didOpen",
            {"textDocument": {"uri": "untitled:x", "text": "一" * 1_000_001}},
            "全文有 1000001 个字符，超过 1000000 的上限",
        ),
    ],
)
def test_what_a_page_may_not_ask_is_refused(method: str, params: object, words: str) -> None:
    message = {"jsonrpc": "2.0", "method": method, "params": params}
    # Without an id nobody waits for an answer.
    assert gate.judge(json.dumps(message)) == gate.Refused(None)
    refused = gate.judge(json.dumps(message | {"id": "a"}))
    assert isinstance(refused, gate.Refused)
    assert refused.answer is not None
    assert (refused.answer["id"], refused.answer["error"]["message"]) == ("a", words)


def test_a_new_report_may_be_asked_for() -> None:
    params = {"command": "reportlint.newReport", "arguments": [{"organisation": "青禾镇人民政府", "year": 2025}]}
    text = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "workspace/executeCommand", "params": params})
    assert gate.judge(text) == gate.Passed(text.encode())


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "9" * 5_000, "{'a': 1}"])
def test_what_is_no_json_is_answered(text: str) -> None:
    refused = gate.judge(text)
    assert isinstance(refused, gate.Refused)
    assert refused.answer == gate.error(None, -32700, "收到的不是 JSON")


@pytest.mark.parametrize("text", ["1", "[]", "null", "{}", '{"id": 1, "result": {"config": "/x"}}', '{"method": 1}'])
def test_what_is_no_request_goes_no_further(text: str) -> None:
    assert gate.judge(text) == gate.Refused(None)


@pytest.mark.parametrize("identity", [1.5, True, [], {}])
def test_an_id_is_a_number_or_a_text(identity: object) -> None:
    refused = gate.judge(json.dumps({"method": "initialize", "id": identity}))
    assert refused == gate.Refused(gate.error(None, -32600, "请求的编号有误"))


def test_a_page_introduces_itself_without_folders_and_settings() -> None:
    given = {
        "processId": 1,
        "rootUri": "file:///",
        "rootPath": "/",
        "workspaceFolders": [{"uri": "file:///", "name": ""}],
        "initializationOptions": {"config": "/x"},
        "capabilities": {
            "general": {"positionEncodings": ["utf-16"]},
            "textDocument": {"hover": {}, "diagnostic": {}},
            "workspace": {"configuration": True, "applyEdit": True},
            "window": {"showDocument": {"support": True}},
        },
    }
    passed = gate.judge(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": given}))
    assert isinstance(passed, gate.Passed)
    assert json.loads(passed.body)["params"] == {
        "processId": None,
        "rootUri": None,
        "workspaceFolders": None,
        "clientInfo": {"name": "reportlint serve"},
        "capabilities": {"general": {"positionEncodings": ["utf-16"]}, "textDocument": {"hover": {}}},
    }


def test_bad_messages_do_not_end_a_channel(served: Served) -> None:
    with served.channel() as channel:
        channel.send("{")
        assert answer(channel, None)["error"]["code"] == -32700
        channel.send(b"\xff\xfe")
        assert answer(channel, None)["error"]["code"] == -32700
        send(channel, "textDocument/hover", {"textDocument": {"uri": ADDRESS}}, 3)
        assert answer(channel, 3)["error"]["code"] == -32002
        begin(channel)
        send(channel, "exit")
        assert found(channel, "一" * 10)


def test_a_file_is_read_as_the_command_line_reads_it(served: Served) -> None:
    content = base64.b64encode("云溪县龘𠮷\r\n".encode("gb18030")).decode()
    with served.channel() as channel:
        send(channel, gate.READ, {"name": "年报.txt", "content": content}, 4)
        read = answer(channel, 4)
        assert read["result"] == {"text": "云溪县龘𠮷\r\n", "encoding": "GB18030", "kind": "text"}
        send(channel, gate.READ, {"name": "年报.txt", "content": "AAEC"}, 5)
        assert answer(channel, 5)["error"]["message"] == "文件里有 NUL 字符，不是文本文件"


def dropped(data: bytes, name: str = "a.txt") -> dict[str, Any]:
    return drop.read({"name": name, "content": base64.b64encode(data).decode()}, readers()).answer


def test_a_web_page_is_its_text() -> None:
    read = dropped("<title>无</title><p>一、总体情况<table><tr><td>1<td>2</table>".encode(), "A.HTM")
    assert read == {"text": "一、总体情况\n\n1\t2\n", "encoding": None, "kind": "page"}


@pytest.mark.parametrize(
    ("params", "words"),
    [
        (None, "没有收到文件"),
        ({"name": "a.txt"}, "没有收到文件"),
        ({"name": 1, "content": ""}, "没有收到文件"),
        ({"name": "a.txt", "content": "****"}, "收到的文件不完整"),
        ({"name": "a.txt", "content": "一"}, "收到的文件不完整"),
        ({"name": "a.txt", "content": base64.b64encode(b"\x00\x01").decode()}, "文件里有 NUL 字符，不是文本文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(params: object, words: str) -> None:
    with pytest.raises(ReadError) as refused:
        drop.read(params, readers())
    assert str(refused.value) == words


def test_files_and_texts_have_limits() -> None:
    with pytest.raises(ReadError, match=r"超过 limits\.text-bytes 的上限 8388608 字节"):
        dropped(b"a" * (8 * 1024 * 1024 + 1))
    with pytest.raises(ReadError, match="文件有 1000001 个字符，超过 1000000 的上限，没有打开"):
        dropped(b"a" * (limits.CHARACTERS + 1))
    assert len(dropped(b"a" * limits.CHARACTERS)["text"]) == limits.CHARACTERS
    # The largest file, and the longest text in its longest form, fit into a message.
    assert limits.MESSAGE_BYTES > limits.FILE_BYTES * 4 / 3 + 1000
    assert limits.CHARACTERS * len("\\u0001") + 1000 < limits.TEXT_MESSAGE


def test_a_message_that_is_too_long_ends_the_channel(served: Served) -> None:
    with served.channel() as channel:
        with contextlib.suppress(exceptions.ConnectionClosed):
            channel.send("x" * (limits.MESSAGE_BYTES + 1))
        with pytest.raises(exceptions.ConnectionClosed):
            channel.recv(timeout=20)
        assert channel.close_code == 1009


def test_pages_have_a_limit_and_make_room(serve: Callable[..., Served]) -> None:
    served = serve()
    with contextlib.ExitStack() as stack:
        channels = [stack.enter_context(served.channel()) for _ in range(limits.CONNECTIONS)]
        with served.channel() as more:
            with pytest.raises(exceptions.ConnectionClosed):
                more.recv(timeout=20)
            assert more.close_code == 1013
        channels[0].close()
        for _ in range(100):
            with served.channel() as again:
                send(again, "nothing", None, 1)
                with contextlib.suppress(exceptions.ConnectionClosed):
                    assert answer(again, 1)["error"]["code"] == -32601
                    break
            time.sleep(0.05)
        else:
            pytest.fail("no room was made")


def test_the_configuration_is_the_folders_or_the_one_given(serve: Callable[..., Served], tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text('ignore = ["national/zero-filing"]\n', encoding="utf-8")
    given = tmp_path / "elsewhere" / "given.toml"
    given.parent.mkdir()
    given.write_text('select = ["national/zero-filing"]\n', encoding="utf-8")
    text = FAULTY.read_text(encoding="utf-8")
    for arguments, expected in (((), 5), (("--config", str(given)), 1)):
        with serve(*arguments).channel() as channel:
            begin(channel)
            assert len(found(channel, text)) == expected


def test_a_configuration_that_is_mended_holds_at_once(serve: Callable[..., Served], tmp_path: Path) -> None:
    file = tmp_path / "reportlint.toml"
    file.write_text("nonsense = 1\n", encoding="utf-8")
    with serve().channel() as channel:
        begin(channel)
        document = {
            "uri": ADDRESS,
            "languageId": "ogi-report",
            "version": 0,
            "text": FAULTY.read_text(encoding="utf-8"),
        }
        send(channel, "textDocument/didOpen", {"textDocument": document})
        await_message(channel, lambda message: "nonsense" in str(message) and message["method"] == "window/showMessage")
        file.unlink()
        await_message(
            channel, lambda message: "uri" in message.get("params", ()) and len(message["params"]["diagnostics"]) == 6
        )


# How it begins and ends


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_told_to(serve: Callable[..., Served], number: int) -> None:
    served = serve()
    with served.channel() as channel:
        begin(channel)
        assert served.end(number) == (0, "已结束。\n", "")
        with pytest.raises(exceptions.ConnectionClosed):
            channel.recv(timeout=10)
        assert channel.close_code == 1001


def test_a_page_that_vanishes_is_let_go(serve: Callable[..., Served]) -> None:
    served = serve()
    for _ in range(limits.CONNECTIONS + 2):
        with socket.create_connection(("127.0.0.1", served.port), timeout=10) as plain:
            key = base64.b64encode(bytes(16)).decode()
            plain.sendall(
                f"GET {served.path}lsp HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nOrigin: {served.origin}\r\nUpgrade: websocket\r\n"
                f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
            )
            assert b" 101 " in plain.recv(1000)
    assert served.end() == (0, "已结束。\n", "")


def test_a_port_that_is_taken_is_told(
    served: Served, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "load", dict)
    assert main(["serve", "--no-browser", "--port", str(served.port)]) == 2
    assert capsys.readouterr().err == f"reportlint: 端口 {served.port} 已被占用；可用 --port 另选一个\n"


def test_a_port_can_be_chosen(serve: Callable[..., Served]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert serve("--port", str(port)).port == port


@pytest.mark.parametrize("port", ["-1", "65536", "a", "1.5", "９", "99999999"])
def test_a_port_is_a_number(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["serve", f"--port={port}"])
    assert f"应为 0 到 65535 的整数，现为 {port}" in capsys.readouterr().err


def test_a_page_that_was_not_built_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    assert main(["serve"]) == 2
    assert capsys.readouterr().err == (
        "reportlint: 页面还没有构建：在 editors/page 里运行 npm ci 和 npm run build，再运行 reportlint serve\n"
    )


@pytest.mark.parametrize("library", ["websockets", "pygls", "lsprotocol"])
def test_a_library_that_is_missing_is_told(library: str, tmp_path: Path) -> None:
    program = f"import sys; sys.modules[{library!r}] = None; from reportlint.cli import main; sys.exit(main(['serve']))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "reportlint: 浏览器页面需要 pygls 和 websockets：pip install 'reportlint[serve]'\n"


def test_a_configuration_that_does_not_exist_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--config", "none.toml"]) == 2
    assert "没有配置文件 none.toml" in capsys.readouterr().err


def test_a_built_page_is_loaded_with_its_kinds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    static = tmp_path / "static"
    static.mkdir()
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    with pytest.raises(ReportlintError, match="页面还没有构建"):
        page.load()
    for name in ("index.html", "page.js", "style.css", "icon.svg", "licenses.txt", "page.js.map", "README"):
        (static / name).write_text(name, encoding="utf-8")
    files = page.load()
    assert sorted(files) == ["icon.svg", "index.html", "licenses.txt", "page.js", "style.css"]
    assert files["icon.svg"] == page.File(b"icon.svg", "image/svg+xml")


def test_values_are_escaped() -> None:
    file = page.filled(page.File(b'<p a="{{a}}">{{b}}', "text/html"), {"a": '">', "b": "<"})
    assert file.body == b'<p a="&quot;&gt;">&lt;'


def test_a_draft_that_is_compliant_has_no_findings(served: Served, compliant: Draft) -> None:
    with served.channel() as channel:
        begin(channel)
        assert found(channel, compliant.text) == []
