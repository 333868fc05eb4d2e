"""Documents on the page of `reportlint serve`: what is found in them, and where, is what the command line says."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import Linter, Source, Span
from reportlint.cli import main
from reportlint.fixing import fix_source
from reportlint.server.extracted import Extracted
from reportlint.source import Doubt, Location, Origin, Remark

from .papers import FOUND, tabbed, written
from .words import docx, of_text
from .workbooks import sheet_of, workbook

pytest.importorskip("websockets.sync.client", reason="websockets is not installed (extra: serve)")
pytest.importorskip("pygls", reason="pygls is not installed (extra: serve)")

from reportlint.serve import gate, limits
from reportlint.serve.work import Work

from .documents import findings_of
from .test_serve import ADDRESS, FAULTY, Channel, Served, answer, await_message, begin, send

Findings = list[tuple[str, int, str, str]]
COMPLIANT = FAULTY.parent / "qinghe-town-2024.txt"
TEXT = FAULTY.read_text("utf-8")
SEVERITIES = {"error": 1, "warning": 2, "advice": 3}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    (folder / "reportlint.toml").write_text(FOUND, "utf-8")
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    running = Served("--no-browser", folder=folder)
    yield running
    status, _, errors = running.end()
    assert (status, errors) == (0, "")


@pytest.fixture
def channel(served: Served) -> Iterator[Channel]:
    with served.channel() as channel:
        begin(channel)
        yield channel


def drop(channel: Channel, name: str, data: bytes, identity: int = 7) -> dict[str, Any]:
    send(channel, gate.READ, {"name": name, "content": base64.b64encode(data).decode()}, identity)
    return answer(channel, identity)


def shown(channel: Channel, text: str, version: int = 0) -> Findings:
    """What the page is told of a text that it opens."""
    document = {"uri": ADDRESS, "languageId": "ogi-report", "version": version, "text": text}
    send(channel, "textDocument/didOpen", {"textDocument": document})
    return told(channel, version)


def told(channel: Channel, version: int) -> Findings:
    message = await_message(
        channel,
        lambda each: each.get("method") == "textDocument/publishDiagnostics" and each["params"]["version"] == version,
    )
    return sorted(
        (each["code"], each["severity"], each["message"], each["data"].get("location", ""))
        for each in message["params"]["diagnostics"]
    )


def change(channel: Channel, text: str, at: tuple[int, int], end: tuple[int, int], version: int) -> Findings:
    places = {"start": {"line": at[0], "character": at[1]}, "end": {"line": end[0], "character": end[1]}}
    changes = [{"range": places, "text": text}]
    params = {"textDocument": {"uri": ADDRESS, "version": version}, "contentChanges": changes}
    send(channel, "textDocument/didChange", params)
    return told(channel, version)


def checked(folder: Path, name: str, data: bytes, capsys: pytest.CaptureFixture[str]) -> Findings:
    """What the command line says of a file."""
    file = folder / name
    file.write_bytes(data)
    main(["check", str(file), "--no-cache", "--output-format", "json"])
    found = findings_of(json.loads(capsys.readouterr().out))
    return sorted(
        (each["rule"], SEVERITIES[each["severity"]], each["message"], (each["origin"] or {}).get("words", ""))
        for each in found
    )


def page(text: str) -> bytes:
    return "".join(f"<p>{line}</p>\n" for line in text.splitlines()).encode()


TABLES = re.findall(r"(?:.*\t.*\n)+", tabbed(TEXT))
FILES = {
    "年报.docx": docx(*of_text(TEXT)),
    "年报.html": page(TEXT),
    "年报.paper": written(TEXT, "comments 有 2 条批注", "macros 有宏，没有运行", doubtful="本年新收"),
    # Tables and no prose: what is about prose is not found fault with.
    "三张表.xlsx": workbook(*(sheet_of(f"表{number}", text) for number, text in enumerate(TABLES, 1))),
}


@pytest.mark.parametrize("name", FILES)
def test_a_document_is_told_as_by_the_command_line(
    name: str, channel: Channel, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = checked(folder, name, FILES[name], capsys)
    assert len(expected) > 1
    read = drop(channel, name, FILES[name])["result"]
    assert read["kind"] == ("page" if name.endswith("html") else "document")
    assert shown(channel, read["text"]) == expected
    assert any(location for *_, location in expected)


def test_places_go_with_the_text_that_is_worked_on(channel: Channel) -> None:
    text = drop(channel, "年报.paper", FILES["年报.paper"])["result"]["text"]
    before = shown(channel, text)
    # A line before everything else moves all places of the text, and none of the document.
    assert change(channel, "一\n\n", (0, 0), (0, 0), 1) == before
    lines = f"一\n\n{text}".split("\n")
    # The stretch that is mended is found fault with no more, and the others are.
    line = next(number for number, each in enumerate(lines) if each.startswith("一、本年新收"))
    start = lines[line].rindex("\t") + 1
    after = change(channel, "2", (line, start), (line, len(lines[line])), 2)
    places = {(rule, location) for rule, _, _, location in before}
    mended = places - {(rule, location) for rule, _, _, location in after}
    assert [rule for rule, _ in mended] == ["national/request-balance"]
    assert len(after) == len(before) - 1
    # Another text is not of the document.
    assert not any(location for *_, location in change(channel, TEXT, (0, 0), (9999, 0), 3))
    assert "documents/comments" not in [each[0] for each in change(channel, "一", (0, 0), (0, 0), 4)]
    # The same text again is.
    assert change(channel, text, (0, 0), (9999, 0), 5) == before


def test_a_document_may_be_dropped_where_its_text_is_shown_already(channel: Channel) -> None:
    data = FILES["年报.paper"]
    bare = shown(channel, drop(channel, "年报.paper", data)["result"]["text"])
    text = drop(channel, "别的.txt", "一".encode())["result"]
    assert text == {"text": "一", "kind": "text", "encoding": "UTF-8"}
    assert drop(channel, "年报.paper", data, 8)["result"]["kind"] == "document"
    assert told(channel, 0) == bare


def test_mending_the_text_forgets_nothing_of_the_document(folder: Path) -> None:
    linter = Linter.from_config(folder)
    slip = COMPLIANT.read_text("utf-8").replace("在村广播里播放。", "在村广播里播放。。")
    original = linter.readers.source(written(slip, "comments 有 2 条批注"), "a.paper")
    shown = Extracted.of(original).on(original.text, "<年报>")
    fixed = fix_source(linter, shown)
    assert fixed.changed
    assert fixed.text == original.text.replace("。。", "。")
    assert [each.rule for each in fixed.after.diagnostics] == ["documents/comments"]
    place = original.text.index("。。") - 2
    assert fixed.after.source.location(Span(place, place + 1)) == original.location(Span(place, place + 1))


def test_what_cannot_be_read_is_told(channel: Channel) -> None:
    assert "损坏" in drop(channel, "坏.docx", FILES["年报.docx"][:3000])["error"]["message"]
    assert drop(channel, "坏.pdf", b"%PDF-1.7")["error"]["message"]
    # The page goes on.
    assert drop(channel, "好.paper", FILES["年报.paper"])["result"]["kind"] == "document"


def test_a_broken_configuration_is_told_when_a_file_is_dropped(served: Served, folder: Path) -> None:
    config = folder / "reportlint.toml"
    config.write_text("nonsense = 1\n", "utf-8")
    try:
        with served.channel() as channel:
            assert "没有配置项 nonsense" in drop(channel, "a.paper", FILES["年报.paper"])["error"]["message"]
            config.write_text(FOUND, "utf-8")
            assert drop(channel, "a.paper", FILES["年报.paper"], 8)["result"]["kind"] == "document"
    finally:
        config.write_text(FOUND, "utf-8")


def test_a_file_of_a_document_may_be_larger_than_a_text(channel: Channel) -> None:
    filling = b"\n" + b" " * (9 * 1024 * 1024)
    assert "result" in drop(channel, "大.paper", filling)
    assert "超过 limits.text-bytes 的上限 8388608 字节" in drop(channel, "大.txt", filling)["error"]["message"]
    assert limits.MESSAGE_BYTES > limits.FILE_BYTES * 4 / 3 + 1000


def test_a_long_message_is_only_taken_with_a_file() -> None:
    message = json.dumps({"method": "textDocument/didOpen", "id": 1, "params": "x" * limits.TEXT_MESSAGE})
    refused = gate.judge(message)
    assert isinstance(refused, gate.Refused)
    assert refused.answer == gate.error(1, -32602, "消息太长")
    assert isinstance(gate.judge(message.replace("textDocument/didOpen", gate.READ)), gate.Asked)


# Work beside the loop


def test_work_that_takes_too_long_is_given_up_and_keeps_its_place() -> None:
    going = threading.Event()

    async def run() -> None:
        work: Work[int] = Work(1)
        with pytest.raises(TimeoutError):
            await work.done(lambda: going.wait(20) and 1, 0.05)
        with pytest.raises(TimeoutError):
            await work.done(lambda: pytest.fail("there was no place"), 0.05)
        going.set()
        assert await work.done(lambda: 2, 20) == 2

    asyncio.run(run())


def test_the_loop_goes_on_while_work_is_done() -> None:
    async def run() -> None:
        work: Work[str] = Work(2)
        order: list[str] = []

        async def noted(call: Callable[[], str]) -> None:
            order.append(await work.done(call, 20))

        going = threading.Event()

        def slow() -> str:
            going.wait(20)
            return "slow"

        def quick() -> str:
            return "quick"

        waiting = asyncio.create_task(noted(slow))
        await noted(quick)
        going.set()
        await waiting
        assert order == ["quick", "slow"]

    asyncio.run(run())


def test_what_goes_wrong_is_raised_where_it_is_waited_for() -> None:
    async def run() -> None:
        work: Work[int] = Work(1)
        with pytest.raises(ValueError, match="x"):
            await work.done(lambda: int("x"), 20)
        task = asyncio.create_task(work.done(lambda: time.sleep(0.05) or 1, 20))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await work.done(lambda: 3, 20) == 3

    asyncio.run(run())


# What is left of a text


class Places(Origin):
    """Says the places themselves."""

    def location(self, span: Span) -> Location:
        return Location(f"{span.start}-{span.end}", "", ())


@given(
    text=st.text("甲乙丙", min_size=4, max_size=30),
    edits=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.text("xy", max_size=3)), max_size=6),
    marked=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_what_is_as_it_was_has_the_place_that_it_had(
    text: str, edits: list[tuple[int, int, str]], marked: tuple[int, int]
) -> None:
    span = Span(*sorted(min(each, len(text)) for each in marked))
    original = Source(
        text, "a.docx", Places(), doubts=(Doubt(span, "疑"),), remarks=(Remark("x", "甲", span), Remark("y", "乙"))
    )
    extracted: Extracted | None = Extracted.of(original)
    # Each character by where it was, or as a new one.
    now: list[int | str] = list(range(len(text)))
    for one, other, put in edits:
        start, end = sorted((min(one, len(now)), min(other, len(now))))
        now[start:end] = put
        left = extracted.after(Span(start, end), len(put)) if extracted is not None else None
        kept = sum(isinstance(each, int) for each in now)
        assert (left is not None) == (kept * 2 >= len(text))
        if left is None:
            return
        extracted = left
    assert extracted is not None
    for place, was in enumerate(now):
        location = extracted.on("x" * len(now), "<年报>").location(Span(place, place + 1))
        assert location is not None
        if isinstance(was, int):
            assert location.words == f"{was}-{was + 1}"
        else:
            first, last = map(int, location.words.split("-"))
            assert 0 <= first <= last <= len(text)
    source = extracted.on("".join(text[each] if isinstance(each, int) else each for each in now), "<年报>")
    assert source.is_text
    assert source.position(len(source.text)) == Source(source.text).position(len(source.text))
    for doubt in source.doubts:
        assert source.slice(doubt.span) == original.slice(span)
    remarks = {remark.kind: remark for remark in source.remarks}
    assert set(remarks) == {"x", "y"}
    assert remarks["y"] == Remark("y", "乙")
