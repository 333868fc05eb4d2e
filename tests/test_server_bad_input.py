"""What no client should send, and clients that vanish: the server answers or stops, in words and never by a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportlint.readers.reader import Limits

from .client import FULL, PUSHED, Client, Refused, instead, ready, span

MOST_BYTES = Limits().text_bytes

pytest.importorskip("pygls", reason="the server needs the extra lsp")

EXAMPLES = Path(__file__).parent.parent / "examples"
FAULTY = EXAMPLES / "reports" / "yunxi-water-2024-faulty.txt"
TEXT = FAULTY.read_text("utf-8")
BALANCE = "national/request-balance"
NO_JSON, INVALID, NO_METHOD, WRONG_PARAMS, NOT_YET = -32700, -32600, -32601, -32602, -32002
CANCELLED, MOVED_ON = -32800, -32801
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes as POSIX has them")


@pytest.fixture(scope="module")
def shared() -> Iterator[Client]:
    with ready(EXAMPLES) as one:
        yield one


@pytest.fixture
def client(shared: Client) -> Iterator[Client]:
    """A server that has to be as good as new after each test."""
    yield shared
    uri = shared.open(FAULTY, TEXT)
    assert BALANCE in [each["code"] for each in shared.diagnostics(uri)]
    shared.close(uri)
    shared.settle()
    assert shared.complaints() == ""


@pytest.fixture
def other() -> Iterator[Client]:
    """A server of a test's own, which the test ends."""
    one = Client(EXAMPLES)
    yield one
    one.end()
    one.complaints()


def codes(client: Client, uri: str) -> list[str]:
    return [each["code"] for each in client.diagnostics(uri)]


def refused(client: Client, message: object) -> tuple[Any, int]:
    """The id and the code of the error that a message is answered with."""
    client.send(message)

    def answer() -> dict[str, Any] | None:
        return client._results.pop(None, None) or client._results.pop("x", None)

    found = client.until(answer)
    return found["id"], found["error"]["code"]


# Messages


@pytest.mark.parametrize(
    ("body", "identity", "code"),
    [
        (b"", None, NO_JSON),
        (b"{", None, NO_JSON),
        (b"\xff\xfe\xfd", None, NO_JSON),
        (b'{"jsonrpc": "2.0", "method": "\xe4"}', None, NO_JSON),
        (b"[" * 200_000, None, NO_JSON),
        (b'{"a":' * 100_000, None, NO_JSON),
        (b"9" * 10_000, None, NO_JSON),
        (b"null", None, INVALID),
        (b"[]", None, INVALID),
        (b'[{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}]', None, INVALID),
        (b"{}", None, INVALID),
        (b'{"jsonrpc": "1.0", "id": "x", "method": "shutdown"}', None, INVALID),
        (b'{"jsonrpc": "2.0", "id": [1], "method": "shutdown"}', None, INVALID),
        (b'{"jsonrpc": "2.0", "id": 1.5, "method": "shutdown"}', None, INVALID),
        (b'{"jsonrpc": "2.0", "id": "x", "method": 7}', "x", INVALID),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "initialize", "params": {"capabilities": {}}}', "x", INVALID),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "no/such"}', "x", NO_METHOD),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "$/no/such", "params": {}}', "x", NO_METHOD),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "textDocument/codeAction"}', "x", WRONG_PARAMS),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "textDocument/codeAction", "params": [1]}', "x", WRONG_PARAMS),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "textDocument/diagnostic", "params": {}}', "x", WRONG_PARAMS),
        (
            b'{"jsonrpc": "2.0", "id": "x", "method": "textDocument/codeAction", "params": {"textDocument": {"uri": "a"},'
            b' "range": {"start": {"line": "zero", "character": 0}}, "context": {"diagnostics": []}}}',
            "x",
            WRONG_PARAMS,
        ),
        (
            b'{"jsonrpc": "2.0", "id": "x", "method": "workspace/executeCommand", "params": {"command": "rm"}}',
            "x",
            WRONG_PARAMS,
        ),
    ],
)
def test_a_message_that_is_none_is_refused(client: Client, body: bytes, identity: str | None, code: int) -> None:
    assert refused(client, body) == (identity, code)


@pytest.mark.parametrize("command", ["accept", "acceptWith", "openRule", "rulePage"])
@pytest.mark.parametrize("given", [[], [None], [5], [{}], [{"uri": 5}], [[]], [{}, {}], [{"uri": "a"}]])
def test_commands_with_wrong_arguments_are_refused_or_told(client: Client, command: str, given: list[Any]) -> None:
    client.forget()
    if command == "openRule" and len(given) == 1:
        assert client.command(f"reportlint.{command}", *given) is None
        assert "没有说明页" in client.said("window/showMessage")[0]["message"]
        return
    with pytest.raises(Refused) as error:
        client.command(f"reportlint.{command}", *given)
    assert error.value.code == WRONG_PARAMS


@pytest.mark.parametrize(
    "message",
    [
        {"method": "no/such", "params": {"a": 1}},
        {"method": "$/setTrace", "params": {"value": "loud"}},
        {"method": "$/cancelRequest", "params": {"id": 4_000}},
        {"method": "$/cancelRequest", "params": {"id": None}},
        {"method": "$/cancelRequest"},
        {"method": "window/workDoneProgress/cancel", "params": {"token": "x"}},
        {"method": "initialized"},
        {"method": "textDocument/didOpen"},
        {"method": "textDocument/didOpen", "params": {"textDocument": {"uri": "a", "text": None}}},
        {"method": "textDocument/didOpen", "params": {"textDocument": "a"}},
        {"method": "textDocument/didChange"},
        {"method": "textDocument/didChange", "params": 5},
        {"method": "textDocument/didChange", "params": {"textDocument": {"uri": "a", "version": 1}}},
        {"method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///none"}}},
        {"method": "textDocument/didClose", "params": {"textDocument": {"uri": 7}}},
        {"method": "textDocument/didSave", "params": {"textDocument": {"uri": "file:///none"}}},
        {"method": "workspace/didChangeConfiguration", "params": {"settings": "loud"}},
        {"method": "workspace/didChangeConfiguration"},
        {"method": "workspace/didChangeWatchedFiles", "params": {"changes": [{"uri": "x:", "type": 9}]}},
        {"method": "workspace/didChangeWatchedFiles", "params": {"changes": []}},
        {"method": "workspace/didChangeWorkspaceFolders", "params": {"event": {"added": [], "removed": []}}},
        {
            "method": "workspace/didChangeWorkspaceFolders",
            "params": {"event": {"added": [], "removed": [{"uri": "file:///none", "name": "n"}]}},
        },
        {"method": "notebookDocument/didOpen", "params": {"notebookDocument": {}, "cellTextDocuments": []}},
        {"id": "none", "result": None},
        {"id": "none", "result": {"a": [1]}},
        {"id": "none", "error": {"code": 1, "message": "no"}},
        {"id": "none", "error": "no"},
        {"id": None},
        {"id": 5},
        {"id": None, "method": "textDocument/diagnostic", "params": {"textDocument": {"uri": "a"}}},
    ],
    ids=lambda message: json.dumps(message)[:60],
)
def test_what_nobody_waits_for_is_passed_over(client: Client, message: dict[str, Any]) -> None:
    client.send({"jsonrpc": "2.0", **message})


def test_an_answer_under_the_id_of_a_request_of_the_client_is_passed_over(client: Client) -> None:
    # While the server asks for the entry to be written, the client's own request is open.
    uri = client.open(FAULTY, TEXT)
    data = next(each["data"] for each in client.diagnostics(uri) if each["code"] == BALANCE)
    asked: list[Any] = []

    def apply(_: Any) -> dict[str, bool]:  # noqa: ANN401
        asked.append(client.send({"jsonrpc": "2.0", "id": "own", "result": {"applied": True}}))
        return {"applied": False}

    client.answers["workspace/applyEdit"] = apply
    given = {"uri": uri, **data}
    client.begin("workspace/executeCommand", {"command": "reportlint.accept", "arguments": [given]}, "own")
    client.until(lambda: asked)
    client.settle()
    client._results.pop("own", None)
    client.close(uri)


def test_a_message_of_another_header_is_read(client: Client) -> None:
    body = b'{"jsonrpc": "2.0", "id": "y", "method": "no/such"}'
    client.raw(b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:%d \n\n" % len(body) + body)
    with pytest.raises(Refused):
        client.answer("y")


def test_a_message_that_comes_in_pieces_is_read(client: Client) -> None:
    body = b'{"jsonrpc": "2.0", "id": "z", "method": "no/such", "params": "\xe7\xbb\x9f"}'
    for byte in b"Content-Length: %d\r\n\r\n" % len(body) + body:
        client.raw(bytes([byte]))
    with pytest.raises(Refused):
        client.answer("z")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", "收到的不是消息头"),
        (b"Content-Length: -5\r\n\r\n{}", "消息头里没有 Content-Length"),
        (b"Content-Length: 999999999999999999\r\n\r\n{}", "Content-Length 大得不可能"),
        (b"x" * 100_000, "一行消息头太长"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_stream_that_is_none_of_messages_ends_the_server(other: Client, data: bytes, words: str) -> None:
    other.initialize()
    other.raw(data)
    assert other.status() == 1
    assert words in other.complaints()
    assert other.complaints().count("\n") == 1


def test_a_message_that_is_too_long_is_refused_and_the_next_one_read(other: Client) -> None:
    other.initialize()
    size = 129 * 1024 * 1024
    other.raw(b"Content-Length: %d\r\n\r\n" % size)
    assert other.next()["error"]["code"] == INVALID
    piece = b" " * (1024 * 1024)
    for _ in range(129):
        other.raw(piece)
    assert codes(other, other.open(FAULTY, TEXT))
    assert other.stop() == 0


# The order of things


def test_nothing_is_answered_before_the_beginning(other: Client) -> None:
    other.notify("textDocument/didOpen", {"textDocument": {"uri": "file:///a.txt", "text": TEXT}})
    for method in ("textDocument/diagnostic", "shutdown", "no/such"):
        with pytest.raises(Refused) as error:
            other.request(method, {})
        assert error.value.code == NOT_YET
    other.initialize()
    assert other.said(PUSHED) == []
    assert other.stop() == 0


def test_a_wrong_beginning_may_be_mended(other: Client) -> None:
    wrong = [
        None,
        [],
        {},
        {"capabilities": {"textDocument": 5}},
        {"capabilities": {}, "processId": "five"},
        {"capabilities": {}, "workspaceFolders": [{"uri": 5}]},
    ]
    for params in wrong:
        with pytest.raises(Refused) as error:
            other.request("initialize", params)
        assert error.value.code == WRONG_PARAMS
    other.initialize()
    assert codes(other, other.open(FAULTY, TEXT))
    assert other.stop() == 0
    assert other.complaints() == ""


@pytest.mark.parametrize("uri", ["file:///%00"])
def test_strange_folders_are_taken(other: Client, uri: str) -> None:
    folders = [{"uri": uri, "name": uri}]
    params = {"processId": None, "rootUri": uri, "capabilities": FULL, "workspaceFolders": folders}
    other.request("initialize", params)
    other.notify("initialized", {})
    assert BALANCE in codes(other, other.open(FAULTY, TEXT))
    assert other.stop() == 0
    assert other.complaints() == ""


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "file://",
        "file:///%00",
        "file:///\ud800",
        "http://[",
        "甲",
        "file:///a\nb",
        "untitled:%ff",
        "file:a.txt",
        f"file:///{'a/' * 5_000}",
        f"file:///{'a' * 5_000}",
    ],
    ids=lambda uri: repr(uri)[:20],
)
def test_strange_addresses_are_taken(client: Client, uri: str) -> None:
    assert BALANCE in codes(client, client.open(uri, TEXT))
    client.change(uri, instead(0, 0, 0, 0, "x"))
    assert client.diagnostics(uri)
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    client.close(uri)


def test_after_the_shutdown_nothing_is_done(other: Client) -> None:
    other.initialize()
    uri = other.open(FAULTY, TEXT)
    other.diagnostics(uri)
    other.request("shutdown")
    other.forget()
    for method in ("shutdown", "textDocument/diagnostic", "no/such"):
        with pytest.raises(Refused) as error:
            other.request(method, {"textDocument": {"uri": uri}})
        assert error.value.code == INVALID
    other.change(uri, "x")
    other.notify("exit")
    assert other.status() == 0
    assert other.said(PUSHED) == []
    assert other.complaints() == ""


def test_a_shutdown_does_not_wait_for_the_client(other: Client) -> None:
    other.initialize()
    uri = other.open(FAULTY, TEXT)
    data = next(each["data"] for each in other.diagnostics(uri) if each["code"] == BALANCE)
    asked: list[Any] = []
    other.answers["workspace/applyEdit"] = lambda params: asked.append(params) or other.begin("shutdown")
    given = {"uri": uri, **data}
    waiting = other.begin("workspace/executeCommand", {"command": "reportlint.accept", "arguments": [given]})
    other.until(lambda: asked)
    with pytest.raises(Refused):
        other.answer(waiting)
    other.notify("exit")
    assert other.status() == 0
    assert other.complaints() == ""


# Changes


@pytest.mark.parametrize(
    ("range_", "text"),
    [
        (span(9_999, 0, 9_999, 0), TEXT),
        (span(0, 9_999, 0, 10_000), TEXT),
        (span(-1, 0, -1, 0), TEXT),
        (span(0, -5, 0, -1), TEXT),
        (span(2**31, 2**31, 2**33, 2**33), TEXT),
        (span(10**30, 10**30, -(10**30), 10**30), TEXT),
    ],
)
def test_places_outside_the_text_are_the_nearest_within(client: Client, range_: dict[str, Any], text: str) -> None:
    uri = client.open(FAULTY, "")
    client.diagnostics(uri)
    client.change(uri, {"range": range_, "text": text})
    assert BALANCE in codes(client, uri)
    client.close(uri)


def test_a_stretch_back_to_front_is_one(client: Client) -> None:
    uri = client.open(FAULTY, f"甲乙丙\n丁{TEXT}")
    client.change(uri, {"range": span(1, 1, 0, 0), "text": ""})
    found = client.diagnostics(uri)
    client.change(uri, TEXT)
    assert found == client.diagnostics(uri)
    client.close(uri)


@pytest.mark.parametrize(
    "event",
    [
        {},
        5,
        None,
        {"text": None},
        {"range": span(0, 0, 0, 0)},
        {"range": {"start": {"line": 0, "character": 0}}, "text": "a"},
        {"range": {"start": {"line": None, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "a"},
        {"range": {"start": {"line": 0.5, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "a"},
        {"range": 7, "text": "a"},
    ],
    ids=str,
)
def test_after_a_change_that_is_not_understood_nothing_stale_is_said(client: Client, event: Any) -> None:  # noqa: ANN401
    uri = client.open(FAULTY, TEXT)
    assert len(client.diagnostics(uri)) > 1
    identity = {"uri": uri, "version": 2}
    client.notify("textDocument/didChange", {"textDocument": identity, "contentChanges": [event]})
    found = client.until(lambda: client.pushes(uri)[1:])[0]["diagnostics"]
    assert [each["code"] for each in found] == ["reportlint/unreadable"]
    assert "看不懂" in found[0]["message"]
    client.change(uri, instead(0, 0, 0, 1, "甲"), version=3)
    assert codes(client, uri) == ["reportlint/unreadable"]
    client.change(uri, TEXT)
    assert BALANCE in codes(client, uri)
    client.close(uri)


def test_changes_count_in_the_order_in_which_they_come(client: Client) -> None:
    uri = client.open(FAULTY, TEXT, version=9)
    client.diagnostics(uri)
    client.change(uri, "甲", version=5)
    assert codes(client, uri) == ["reportlint/not-a-report"]
    assert client.pushes(uri)[-1]["version"] == 5
    client.forget()
    client.change(uri, TEXT, version=5)
    assert BALANCE in codes(client, uri)
    client.change(uri, "甲", version=-3)
    assert codes(client, uri) == ["reportlint/not-a-report"]
    client.close(uri)


def test_what_is_not_open_is_neither_changed_nor_closed(client: Client) -> None:
    uri = client.open(FAULTY, TEXT)
    client.close(uri)
    client.settle()
    client.forget()
    client.change(uri, instead(0, 0, 0, 1, "x"))
    client.close(uri)
    client.settle()
    assert client.pushes(uri) == []
    actions = {"textDocument": {"uri": uri}, "range": span(0, 0, 99, 0), "context": {"diagnostics": []}}
    assert client.request("textDocument/codeAction", actions) == []


def test_the_text_that_is_opened_last_is_the_one(client: Client) -> None:
    uri = client.open(FAULTY, TEXT)
    client.open(FAULTY, "甲", version=2)
    assert codes(client, uri) == ["reportlint/not-a-report"]
    client.open(FAULTY, TEXT, version=1)
    assert BALANCE in codes(client, uri)
    client.close(uri)


def test_files_and_folders_may_go(client: Client, tmp_path: Path) -> None:
    folder = tmp_path / "夹"
    folder.mkdir()
    path = folder / "a.txt"
    path.write_text(TEXT, "utf-8")
    uri = client.open(path, TEXT)
    data = next(each["data"] for each in client.diagnostics(uri) if each["code"] == BALANCE)
    path.unlink()
    folder.rmdir()
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 3}]})
    client.change(uri, instead(0, 0, 0, 0, " "))
    assert BALANCE in codes(client, uri)
    with pytest.raises(Refused, match="还没有存成文件"):
        client.command("reportlint.acceptWith", {"uri": uri, **data, "because": "有据"})
    client.close(uri)


# Texts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "reportlint/not-a-report"),
        ("\ud800\udc00 \udfff", "reportlint/not-a-report"),
        ("（" * 50_000, "reportlint/not-a-report"),
        ("| " * 50_000, "reportlint/not-a-report"),
        ("\r" * 10_000, "reportlint/not-a-report"),
        ("甲\0", "reportlint/binary"),
    ],
    ids=["empty", "surrogates", "brackets", "cells", "returns", "nul"],
)
def test_texts_that_are_none(client: Client, text: str, code: str) -> None:
    uri = client.open(FAULTY, text)
    assert codes(client, uri) == [code]
    client.close(uri)


def test_a_nul_is_told_in_its_place(client: Client) -> None:
    uri = client.open(FAULTY, TEXT)
    client.change(uri, instead(2, 4, 2, 4, "𠮷\0"))
    (found,) = client.diagnostics(uri)
    assert found["range"] == span(2, 6, 2, 6)
    assert found["message"] == "文件里有 NUL 字符，不是文本文件"
    client.change(uri, instead(2, 6, 2, 7, ""))
    assert BALANCE in codes(client, uri)
    client.close(uri)


@pytest.mark.parametrize("hard", ["\ud842", "\udfb7\ud842", "\x1b[31m", "\u202e", "\x00\ud800"])
def test_no_character_breaks_a_report(client: Client, hard: str) -> None:
    uri = client.open(FAULTY, TEXT.replace("云溪县", f"云{hard}县").replace("信息", f"信{hard}息", 3))
    assert client.diagnostics(uri)
    client.close(uri)


def test_deep_pages_are_read(client: Client, tmp_path: Path) -> None:
    uri = client.open(tmp_path / "a.html", "<div>" * 20_000 + TEXT + "<table><tr><td>" * 2_000)
    assert client.diagnostics(uri)
    client.close(uri)


def test_the_limit_is_in_bytes_as_for_files(client: Client) -> None:
    characters = MOST_BYTES // 3
    uri = client.open(FAULTY, "字" * (characters + 1))
    (found,) = client.diagnostics(uri)
    assert found["code"] == "reportlint/too-large"
    assert (
        found["message"]
        == f"文件有 {3 * (characters + 1)} 字节，超过 limits.text-bytes 的上限 {MOST_BYTES} 字节，没有检查"
    )
    client.close(uri)


def test_a_large_paste_is_told_and_undone(client: Client) -> None:
    uri = client.open(FAULTY, TEXT)
    before = client.diagnostics(uri)
    client.change(uri, instead(3, 0, 3, 0, "贴\n" * 2_600_000))
    assert codes(client, uri) == ["reportlint/too-large"]
    client.change(uri, instead(3, 0, 2_600_003, 0, ""))
    assert client.diagnostics(uri) == before
    client.close(uri)


def test_a_long_text_holds_up_no_other(other: Client) -> None:
    other.initialize()
    long = other.open(FAULTY.with_name("long.txt"), TEXT * 1_990)
    short = other.open(FAULTY, TEXT)
    for number in range(20):
        other.change(short, instead(0, 0, 0, 0, "甲" if number % 2 else "乙"))
        assert BALANCE in codes(other, short)
        other.change(long, instead(0, 0, 0, 0, "甲"))
        action = {"textDocument": {"uri": short}, "range": span(0, 0, 99, 0), "context": {"diagnostics": []}}
        assert other.request("textDocument/codeAction", action)
    # The long one is still being checked, which keeps nobody from leaving.
    assert other.pushes(long) == []
    assert other.stop() == 0
    assert other.complaints() == ""


def test_a_longer_text_is_checked_as_the_text_that_it_is_then(client: Client) -> None:
    text = TEXT + "，" * 120_000
    uri = client.open(FAULTY, text)
    for number in range(5):
        client.change(uri, instead(0, 0, 0, 0, f"{number}"))
    client.change(uri, instead(0, 0, 0, 5, ""))
    slowly = client.diagnostics(uri)
    assert len([each for each in client.pushes(uri) if each["version"] == 7]) == 1
    client.change(uri, TEXT)
    quickly = client.diagnostics(uri)
    assert [each["code"] for each in slowly if each["range"]["start"]["line"] < 70] == [
        each["code"] for each in quickly if each["range"]["start"]["line"] < 70
    ]
    client.close(uri)


def test_a_text_that_is_closed_while_it_is_checked_is_not_spoken_of(client: Client) -> None:
    uri = client.open(FAULTY, TEXT * 500)
    waiting = client.begin("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    client.settle()
    client.close(uri)
    with pytest.raises(Refused) as error:
        client.answer(waiting)
    assert error.value.code == MOVED_ON
    again = client.open(FAULTY, TEXT, version=2)
    assert BALANCE in codes(client, again)
    assert [each.get("version") for each in client.pushes(uri)] == [2]
    client.close(uri)


def test_what_is_called_off_is_not_answered(client: Client) -> None:
    uri = client.open(FAULTY, TEXT * 500)
    waiting = client.begin("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    client.notify("$/cancelRequest", {"id": waiting})
    with pytest.raises(Refused) as error:
        client.answer(waiting)
    assert error.value.code == CANCELLED
    # The check itself is not called off.
    assert BALANCE in codes(client, uri)
    client.close(uri)


def test_of_many_changes_the_last_counts(client: Client) -> None:
    uri = client.open(FAULTY, TEXT)
    for number in range(500):
        client.change(uri, instead(0, 0, 0, number % 2, "甲" * ((number + 1) % 2)))
    found = client.diagnostics(uri)
    versions = [each["version"] for each in client.pushes(uri)]
    assert versions == sorted(versions)
    assert versions[-1] == 501
    client.change(uri, TEXT)
    assert found == client.diagnostics(uri)
    client.close(uri)


# Clients that vanish


@POSIX
def test_the_end_of_the_stream_is_the_end(other: Client) -> None:
    other.initialize()
    other.diagnostics(other.open(FAULTY, TEXT))
    assert other.end() == 1
    assert other.complaints() == ""


@POSIX
@pytest.mark.parametrize(
    "data", [b"Content-Le", b"Content-Length: 500\r\n\r\n{", b"Content-Length: 200000000\r\n\r\n{"]
)
def test_the_end_within_a_message_is_the_end(other: Client, data: bytes) -> None:
    other.initialize()
    other.raw(data)
    assert other.end() == 1
    other.complaints()


@POSIX
def test_the_end_while_something_is_checked_is_the_end(other: Client) -> None:
    other.initialize()
    other.open(FAULTY, TEXT * 1_990)
    other.settle()
    assert other.end() == 1
    assert other.complaints() == ""


@POSIX
def test_a_client_that_does_not_listen_any_more_is_left() -> None:
    reader, writer = os.pipe()
    client = Client(EXAMPLES, stdout=writer)
    os.close(writer)
    client.begin("initialize", {"capabilities": FULL})
    assert os.read(reader, 1)
    os.close(reader)
    client.open(FAULTY, TEXT)
    assert client.status() == 1
    assert client.complaints() == ""


@POSIX
def test_a_client_that_is_killed_leaves_no_server_behind(tmp_path: Path) -> None:
    script = tmp_path / "client.py"
    script.write_text(
        "import subprocess, sys, time\n"
        "server = subprocess.Popen([sys.executable, '-m', 'reportlint', 'server'], stdin=subprocess.PIPE,"
        " stdout=subprocess.PIPE)\n"
        'body = b\'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}\'\n'
        "server.stdin.write(b'Content-Length: %d\\r\\n\\r\\n' % len(body) + body)\n"
        "server.stdin.flush()\n"
        "server.stdout.readline()\n"
        "print(server.pid, flush=True)\n"
        "time.sleep(60)\n",
        "utf-8",
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as client:
        assert client.stdout is not None
        assert client.stderr is not None
        int(client.stdout.readline())
        client.kill()
        # The server has the client's standard error: it is at its end when both have left.
        said: list[bytes] = []
        thread = threading.Thread(target=lambda: said.append(client.stderr.read()))  # type: ignore[union-attr]
        thread.start()
        thread.join(30)
        assert said == [b""]


@POSIX
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_it(other: Client, number: signal.Signals, status: int) -> None:
    other.initialize()
    other.settle()
    other.process.send_signal(number)
    assert other.status() == status
    assert other.complaints().count("\n") == 1


@POSIX
def test_a_person_who_starts_it_is_told_what_it_is_for() -> None:
    # A terminal for standard input, and nobody's editor.
    import pty

    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "reportlint", "server"],
        stdin=slave,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as process:
        os.close(slave)
        assert process.stderr is not None
        assert "由编辑器启动" in process.stderr.readline().decode()
        process.terminate()
        assert process.wait(30) == 143
    os.close(master)
