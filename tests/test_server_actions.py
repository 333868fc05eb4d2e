"""Code actions over the protocol: mending, accepting, reading up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportlint import Linter
from reportlint.accepted import FILE as ACCEPTED
from reportlint.fixing import fix_source
from reportlint.source import Source

from .client import FULL, Client, Refused, ready, span

pytest.importorskip("pygls", reason="the server needs the extra lsp")

EXAMPLES = Path(__file__).parent.parent / "examples"
TEXT = (EXAMPLES / "reports" / "yunxi-water-2024-faulty.txt").read_text("utf-8")
GOOD = (EXAMPLES / "reports" / "qinghe-town-2024.txt").read_text("utf-8")
BALANCE = "national/request-balance"
FIX_ALL = "source.fixAll.reportlint"
ALL = span(0, 0, 10_000, 0)
RESOLVING: dict[str, Any] = {
    **FULL,
    "textDocument": {
        **FULL["textDocument"],
        "codeAction": {**FULL["textDocument"]["codeAction"], "resolveSupport": {"properties": ["edit"]}},
    },
}
MENDABLE = GOOD.replace("；", ";").replace("，", ",", 3).replace("审核。\n", "审核\n").replace("引导员。\n", "引导员\n")


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with ready(EXAMPLES) as one:
        yield one


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Client]:
    one = Client(tmp_path)
    yield one
    assert one.stop() == 0
    assert one.complaints() == ""


def actions(client: Client, uri: str, range_: dict[str, Any] = ALL, only: list[str] | None = None) -> list[Any]:
    context: dict[str, Any] = {"diagnostics": []}
    if only is not None:
        context["only"] = only
    params = {"textDocument": {"uri": uri}, "range": range_, "context": context}
    found: list[Any] = client.request("textDocument/codeAction", params)
    return found


def applied(text: str, uri: str, edit: dict[str, Any]) -> str:
    """A text with an edit of the workspace, as a client with UTF-16 applies it: from the end, none over another."""
    if "documentChanges" in edit:
        (change,) = edit["documentChanges"]
        assert change["textDocument"] == {"uri": uri, "version": 1}
        edits = change["edits"]
    else:
        edits = edit["changes"][uri]
    data = text.encode("utf-16-le")
    starts = [0]
    for index in range(0, len(data), 2):
        unit = data[index : index + 2]
        if unit == b"\n\0" or (unit == b"\r\0" and data[index + 2 : index + 4] != b"\n\0"):
            starts.append(index + 2)

    def offset(place: dict[str, int]) -> int:
        return starts[place["line"]] + 2 * place["character"]

    before = len(data)
    for each in sorted(edits, key=lambda each: offset(each["range"]["start"]), reverse=True):
        start, end = offset(each["range"]["start"]), offset(each["range"]["end"])
        assert start <= end <= before
        before = start
        data = data[:start] + each["newText"].encode("utf-16-le") + data[end:]
    return data.decode("utf-16-le")


def command_line(*arguments: str | Path, cwd: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reportlint", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode in (0, 1), done.stderr.decode()


def finding(client: Client, uri: str, rule: str = BALANCE) -> dict[str, Any]:
    return next(each for each in client.diagnostics(uri) if each["code"] == rule)


# Mending

VARIANTS = {
    "lf": MENDABLE,
    "crlf": MENDABLE.replace("\n", "\r\n"),
    "cr": MENDABLE.replace("\n", "\r"),
    "astral": MENDABLE.replace("青禾", "𠮷𬭎"),
    "no-last-line-end": MENDABLE.rstrip("\n"),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_all_is_mended_as_by_the_command_line(client: Client, linter: Linter, tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.txt"
    uri = client.open(path, VARIANTS[name])
    found = actions(client, uri, only=[FIX_ALL])
    assert [each["kind"] for each in found] == [FIX_ALL]
    mended = applied(VARIANTS[name], uri, found[0]["edit"])
    assert mended == fix_source(linter, Source(VARIANTS[name], str(path))).text
    assert mended != VARIANTS[name]
    client.close(uri)


def test_the_command_line_itself_writes_the_same(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(VARIANTS["crlf"].encode())
    uri = client.open(path, VARIANTS["crlf"])
    (found,) = actions(client, uri, only=["source.fixAll"])
    command_line("check", "--fix", path.name, cwd=tmp_path)
    assert applied(VARIANTS["crlf"], uri, found["edit"]).encode() == path.read_bytes()
    client.close(uri)


def test_actions_are_those_that_are_asked_for(client: Client, tmp_path: Path) -> None:
    uri = client.open(tmp_path / "a.txt", MENDABLE)
    kinds = {
        tuple(only or ()): {each["kind"] for each in actions(client, uri, only=only)}
        for only in (None, [], ["quickfix"], ["source"], ["source.fixAll.other"], ["refactor"], ["refactor", ""])
    }
    assert kinds == {
        (): {"quickfix", FIX_ALL},
        ("quickfix",): {"quickfix"},
        ("source",): {FIX_ALL},
        ("source.fixAll.other",): set(),
        ("refactor",): set(),
        ("refactor", ""): {"quickfix", FIX_ALL},
    }
    client.close(uri)


def test_a_finding_is_mended_in_its_place(client: Client, tmp_path: Path) -> None:
    uri = client.open(tmp_path / "a.txt", MENDABLE)
    first = next(
        each for each in client.diagnostics(uri) if actions(client, uri, each["range"])[0]["title"].startswith("修改：")
    )
    action = actions(client, uri, first["range"])[0]
    assert action["isPreferred"] is True
    assert action["diagnostics"] == [first]
    mended = applied(MENDABLE, uri, action["edit"])
    client.change(uri, mended)
    assert first["data"] not in [each["data"] for each in client.diagnostics(uri)]
    client.close(uri)


def test_all_of_a_rule_are_mended_and_no_other(client: Client, tmp_path: Path) -> None:
    uri = client.open(tmp_path / "a.txt", MENDABLE)
    found = [each for each in actions(client, uri) if " 的全部 " in each["title"]]
    assert found
    for action in found:
        rule = action["title"].split()[1]
        client.open(tmp_path / "a.txt", applied(MENDABLE, uri, action["edit"]), version=1)
        after = [each["code"] for each in client.diagnostics(uri)]
        client.open(tmp_path / "a.txt", MENDABLE)
        before = [each["code"] for each in client.diagnostics(uri)]
        assert rule in before
        assert rule not in after
    client.close(uri)


def test_edits_may_come_when_they_are_wanted(other: Client, tmp_path: Path) -> None:
    other.initialize(RESOLVING)
    uri = other.open(tmp_path / "a.txt", MENDABLE)
    (action,) = actions(other, uri, only=[FIX_ALL])
    assert "edit" not in action
    resolved = other.request("codeAction/resolve", action)
    assert applied(MENDABLE, uri, resolved["edit"]) != MENDABLE
    other.change(uri, MENDABLE + "\n")
    with pytest.raises(Refused, match="文档已经改动"):
        other.request("codeAction/resolve", action)
    for data in (None, 5, {}, {"uri": 5}):
        strange = {"title": "x", "data": data}
        assert other.request("codeAction/resolve", strange)["title"] == "x"


def test_edits_without_versions(other: Client, tmp_path: Path) -> None:
    other.initialize({**FULL, "workspace": {}})
    uri = other.open(tmp_path / "a.txt", MENDABLE)
    (action,) = actions(other, uri, only=[FIX_ALL])
    assert list(action["edit"]) == ["changes"]
    assert applied(MENDABLE, uri, action["edit"]) != MENDABLE


def test_a_page_is_not_mended(client: Client, tmp_path: Path) -> None:
    page = "<html><body>" + "".join(f"<p>{line}</p>\n" for line in MENDABLE.split("\n")) + "</body></html>"
    uri = client.open(tmp_path / "a.html", page)
    assert client.diagnostics(uri)
    assert not any("edit" in each or "data" in each for each in actions(client, uri))
    client.close(uri)


def test_a_long_text_is_mended_and_holds_up_no_other(client: Client, linter: Linter, tmp_path: Path) -> None:
    text = MENDABLE + "长\n" * 60_000
    path = tmp_path / "long.txt"
    long = client.open(path, text)
    params = {
        "textDocument": {"uri": long},
        "range": span(0, 0, 0, 0),
        "context": {"diagnostics": [], "only": [FIX_ALL]},
    }
    waiting = client.begin("textDocument/codeAction", params)
    uri = client.open(tmp_path / "a.txt", MENDABLE)
    assert actions(client, uri)
    (found,) = client.answer(waiting)
    assert applied(text, long, found["edit"]) == fix_source(linter, Source(text, str(path))).text
    waiting = client.begin("textDocument/codeAction", params)
    client.settle()
    client.change(long, text + "\n")
    with pytest.raises(Refused, match="文档已经改动"):
        client.answer(waiting)
    client.close(long)
    client.close(uri)


def test_without_findings_there_is_nothing_to_do(client: Client, tmp_path: Path) -> None:
    uri = client.open(tmp_path / "a.txt", GOOD)
    assert client.diagnostics(uri) == []
    assert actions(client, uri) == []
    client.close(uri)


# Accepting


@pytest.mark.parametrize("before", [None, "# 说明\r\n", "\ufeff# 说明"])
def test_what_is_accepted_is_written_as_by_the_command_line(other: Client, tmp_path: Path, before: str | None) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    file = tmp_path / ACCEPTED
    if before is not None:
        file.write_bytes(before.encode())
    other.initialize()
    uri = other.open(path, TEXT)
    found = finding(other, uri)
    said = other.command("reportlint.acceptWith", {"uri": uri, **found["data"], "because": " 已经核实 "})
    assert said == f"已写入 {ACCEPTED}"
    written = file.read_bytes()
    other.until(lambda: other.pushes(uri)[-1]["diagnostics"][-1]["severity"] == 4)
    assert other.pushes(uri)[-1]["diagnostics"][-1]["data"]["fingerprint"] == found["data"]["fingerprint"]
    assert BALANCE not in [each["code"] for each in other.pushes(uri)[-1]["diagnostics"][:-1]]
    with pytest.raises(Refused, match="已经接受"):
        other.command("reportlint.acceptWith", {"uri": uri, **found["data"], "because": "再"})

    if before is None:
        file.unlink()
    else:
        file.write_bytes(before.encode())
    place = found["data"]["place"]
    command_line("accept", path.name, "--rule", BALANCE, "--place", place, "--because", "已经核实", cwd=tmp_path)
    assert file.read_bytes() == written


def test_the_entry_without_its_reason(other: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    other.answers["workspace/applyEdit"] = lambda _: {"applied": True}
    other.answers["window/showDocument"] = lambda _: {"success": True}
    other.initialize()
    uri = other.open(path, TEXT)
    at = finding(other, uri)
    action = next(each for each in actions(other, uri, at["range"]) if each["title"].startswith("接受这一处"))
    assert other.command(action["command"]["command"], *action["command"]["arguments"]) is None
    create, edit = other.said("workspace/applyEdit")[0]["edit"]["documentChanges"]
    file = (tmp_path / ACCEPTED).as_uri()
    assert create == {"kind": "create", "uri": file, "options": {"ignoreIfExists": True}}
    (insertion,) = edit["edits"]
    assert insertion["range"] == span(0, 0, 0, 0)
    (shown,) = other.said("window/showDocument")
    assert shown["uri"] == file
    line = shown["selection"]["start"]
    lines = insertion["newText"].split("\n")
    assert lines[line["line"]] == 'because = ""'
    assert line["character"] == len('because = "')
    # Filled in and saved, it holds.
    lines[line["line"]] = 'because = "有据"'
    (tmp_path / ACCEPTED).write_text("\n".join(lines), "utf-8")
    other.notify("textDocument/didSave", {"textDocument": {"uri": file}})
    other.until(lambda: other.pushes(uri)[-1]["diagnostics"][-1].get("tags") == [1])


def test_the_entry_for_clients_that_create_no_files(other: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    other.initialize({"textDocument": FULL["textDocument"], "workspace": {"applyEdit": True}})
    uri = other.open(path, TEXT)
    given = {"uri": uri, **finding(other, uri)["data"]}
    other.command("reportlint.accept", given)
    assert list(other.said("workspace/applyEdit")[0]["edit"]["changes"]) == [(tmp_path / ACCEPTED).as_uri()]
    # It was not applied, which is told.
    assert "没有写入" in other.said("window/showMessage")[-1]["message"]


def test_what_may_not_be_accepted_is_said(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    uri = client.open(path, TEXT)
    data = finding(client, uri)["data"]
    for given, words in (
        ({**data, "because": "  "}, "写明理由"),
        ({**data, "content": "别的", "because": "有据"}, "已经不在"),
        ({**data, "rule": "no/such", "because": "有据"}, "已经不在"),
    ):
        with pytest.raises(Refused, match=words):
            client.command("reportlint.acceptWith", {"uri": uri, **given})
    with pytest.raises(Refused, match="已经不在"):
        client.command("reportlint.acceptWith", {"uri": "file:///none", **data, "because": "有据"})
    client.change(uri, "甲")
    own = client.diagnostics(uri)[0]["data"]
    with pytest.raises(Refused, match="自己的发现"):
        client.command("reportlint.acceptWith", {"uri": uri, **own, "because": "有据"})
    assert not any("接受" in each["title"] for each in actions(client, uri))
    client.close(uri)
    untitled = client.open("untitled:甲", TEXT)
    data = finding(client, untitled)["data"]
    with pytest.raises(Refused, match="还没有存成文件"):
        client.command("reportlint.acceptWith", {"uri": untitled, **data, "because": "有据"})
    assert not any("接受" in each["title"] for each in actions(client, untitled))
    client.close(untitled)
    assert not (tmp_path / ACCEPTED).exists()


def test_a_broken_file_of_accepted_findings_is_not_written_to(client: Client, tmp_path: Path) -> None:
    path, file = tmp_path / "a.txt", tmp_path / ACCEPTED
    path.write_text(TEXT, "utf-8")
    uri = client.open(path, TEXT)
    data = finding(client, uri)["data"]
    file.write_text("[[accepted\n", "utf-8")
    with pytest.raises(Refused, match="TOML"):
        client.command("reportlint.acceptWith", {"uri": uri, **data, "because": "有据"})
    assert file.read_text("utf-8") == "[[accepted\n"
    client.close(uri)


# Reading up


def test_the_page_of_a_rule(client: Client, tmp_path: Path) -> None:
    page = client.command("reportlint.rulePage", BALANCE)
    assert page.startswith("# ")
    assert client.command("reportlint.rulePage", "national/none") is None
    client.forget()
    client.answers["window/showDocument"] = lambda _: {"success": True}
    uri = client.open(tmp_path / "a.txt", TEXT)
    at = finding(client, uri)
    action = next(each for each in actions(client, uri, at["range"]) if each["title"].startswith("查看规则"))
    client.command(action["command"]["command"], *action["command"]["arguments"])
    (shown,) = client.said("window/showDocument")
    assert shown["uri"] == at["codeDescription"]["href"]
    assert json.dumps(shown["uri"]).isascii()
    client.close(uri)
