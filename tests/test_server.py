"""The language server over standard input and output: what it can, and what it says of documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .client import FULL, Client, Message, instead, ready

pytest.importorskip("pygls", reason="the server needs the extra lsp")

EXAMPLES = Path(__file__).parent.parent / "examples"
FAULTY = EXAMPLES / "reports" / "yunxi-water-2024-faulty.txt"
TEXT = FAULTY.read_text("utf-8")
OGI = "ogi-report"
SEVERITIES = {"error": 1, "warning": 2, "advice": 3}
PULLING: dict[str, Any] = {
    **FULL,
    "textDocument": {**FULL["textDocument"], "diagnostic": {}},
    "workspace": {**FULL["workspace"], "diagnostics": {"refreshSupport": True}},
}
BALANCE = "national/request-balance"
CHECKED = sorted(
    path
    for folder in ("reports", "provinces", "reportlint-henan", "reportlint-rule-of-law")
    for path in (EXAMPLES / folder).rglob("*")
    if path.suffix in {".txt", ".md"} and path.name != "README.md" and path.parent.name != "docs"
)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A server for all tests that leave nothing behind."""
    with ready(EXAMPLES) as one:
        yield one


@pytest.fixture
def other() -> Iterator[Client]:
    """A server of a test's own, not initialized."""
    one = Client(EXAMPLES)
    yield one
    assert one.stop() == 0
    assert one.complaints() == ""


def command_line(*arguments: str | Path, cwd: Path = EXAMPLES) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "reportlint", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout.decode()


def utf16_column(line: str, column: int) -> int:
    """A column of characters (from 1) in units of UTF-16 (from 0), counted one by one."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in line[: column - 1])


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def as_told(findings: list[dict[str, Any]], text: str) -> list[tuple[Any, ...]]:
    """What the command line finds, as an editor is to have it: place, rule, severity, words, remarks."""
    lines = lines_of(text)
    first = len(text) - len(text.lstrip())
    head = text[:first].split("\n")

    def at(place: dict[str, int] | None) -> tuple[int, int]:
        if place is None:
            return len(head) - 1, utf16_column(head[-1], len(head[-1]) + 1)
        return place["line"] - 1, utf16_column(lines[place["line"] - 1], place["column"])

    return [
        (
            at(each["start"]),
            at(each["end"]),
            each["rule"],
            SEVERITIES[each["severity"]],
            each["message"],
            each["place"],
            each["fingerprint"],
            tuple(
                (note["message"], at(note["start"] or each["start"]), at(note["end"] or each["end"]))
                for note in each["notes"]
            ),
        )
        for each in findings
    ]


def told(diagnostics: list[Message]) -> list[tuple[Any, ...]]:
    """The same of what was published."""

    def at(place: dict[str, int]) -> tuple[int, int]:
        return place["line"], place["character"]

    return [
        (
            at(each["range"]["start"]),
            at(each["range"]["end"]),
            each["code"],
            each["severity"],
            each["message"],
            each["data"]["place"],
            each["data"]["fingerprint"],
            tuple(
                (note["message"], at(note["location"]["range"]["start"]), at(note["location"]["range"]["end"]))
                for note in each.get("relatedInformation", ())
            ),
        )
        for each in diagnostics
    ]


def found_by_command(*paths: Path) -> dict[Path, list[dict[str, Any]]]:
    """What the command line finds in files, in one run."""
    document = json.loads(command_line("check", "--no-cache", "--output-format", "json", *paths))
    return {Path(each["path"]): each["diagnostics"] for each in document["reports"]}


@pytest.fixture(scope="module")
def found_in_examples() -> dict[Path, list[dict[str, Any]]]:
    return found_by_command(*CHECKED)


# What it can


def test_what_it_can(other: Client) -> None:
    result = other.initialize()
    can = result["capabilities"]
    assert result["serverInfo"]["name"] == "reportlint"
    assert can["positionEncoding"] == "utf-16"
    assert can["textDocumentSync"]["openClose"] is True
    assert can["textDocumentSync"]["change"] == 2
    assert can["codeActionProvider"] == {
        "codeActionKinds": ["quickfix", "source.fixAll.reportlint"],
        "resolveProvider": True,
    }
    assert {"reportlint.accept", "reportlint.acceptWith", "reportlint.openRule", "reportlint.rulePage"} <= set(
        can["executeCommandProvider"]["commands"]
    )
    assert can["diagnosticProvider"]["interFileDependencies"] is False


def test_commands_of_the_client_are_left_to_it(other: Client) -> None:
    can = other.initialize(options={"commands": ["reportlint.accept", "reportlint.openRule"]})["capabilities"]
    commands = can["executeCommandProvider"]["commands"]
    assert "reportlint.accept" not in commands
    assert "reportlint.openRule" not in commands
    assert "reportlint.acceptWith" in commands


# Findings


@pytest.mark.parametrize("path", CHECKED, ids=lambda path: path.stem)
def test_what_is_pushed_is_what_the_command_line_finds(
    client: Client, path: Path, found_in_examples: dict[Path, list[dict[str, Any]]]
) -> None:
    text = path.read_text("utf-8")
    uri = client.open(path, text, version=7)
    pushed = client.diagnostics(uri)
    assert client.pushes(uri)[-1]["version"] == 7
    assert told(pushed) == as_told(found_in_examples[path], text)
    assert {each["source"] for each in pushed} <= {"reportlint"}
    client.close(uri)


def test_some_examples_have_findings_and_remarks(found_in_examples: dict[Path, list[dict[str, Any]]]) -> None:
    assert len(found_in_examples) > 8
    found = found_in_examples[FAULTY]
    assert len(found) > 3
    assert any(each["notes"] for each in found)


def test_a_finding_names_its_page(client: Client) -> None:
    uri = client.open(FAULTY, TEXT)
    for each in client.diagnostics(uri):
        href = each["codeDescription"]["href"]
        assert href.startswith("file:///")
        assert href.endswith(f"/{each['code'].partition('/')[2]}.md")
    client.close(uri)


def test_what_the_client_cannot_show_is_left_out(other: Client) -> None:
    other.initialize({"textDocument": {"publishDiagnostics": {}}})
    uri = other.open(FAULTY, TEXT)
    found = other.diagnostics(uri)
    assert found
    assert not any("relatedInformation" in each or "codeDescription" in each for each in found)


def test_closing_takes_away_what_was_pushed(client: Client) -> None:
    uri = client.open(FAULTY, TEXT)
    assert client.diagnostics(uri)
    client.close(uri)
    client.settle()
    assert client.pushes(uri)[-1]["diagnostics"] == []


def test_pulled_findings_are_those_that_are_pushed(client: Client, other: Client) -> None:
    other.initialize(PULLING)
    uri = other.open(FAULTY, TEXT)
    pulled = other.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    assert pulled["kind"] == "full"
    client.open(FAULTY, TEXT)
    assert pulled["items"] == client.diagnostics(uri)
    client.close(uri)

    again = {"textDocument": {"uri": uri}, "previousResultId": pulled["resultId"]}
    assert other.request("textDocument/diagnostic", again) == {"kind": "unchanged", "resultId": pulled["resultId"]}
    other.change(uri, instead(0, 0, 0, 0, " "))
    moved = other.request("textDocument/diagnostic", again)
    assert moved["kind"] == "full"
    assert moved["resultId"] != pulled["resultId"]
    assert other.pushes(uri) == []


def test_a_text_that_is_not_open_has_no_findings_to_pull(client: Client) -> None:
    nowhere = {"textDocument": {"uri": "file:///nowhere.txt"}}
    assert client.request("textDocument/diagnostic", nowhere) == {"kind": "full", "items": []}


# Which texts are checked


def test_what_is_no_report_is_passed_over_unless_it_is_called_one(client: Client, tmp_path: Path) -> None:
    place = tmp_path / "信.txt"
    uri = client.open(place, "您好：\n收到来信。\n", "plaintext")
    assert client.diagnostics(uri) == []
    client.close(uri)
    uri = client.open(place, "您好：\n收到来信。\n")
    assert [each["code"] for each in client.diagnostics(uri)] == ["reportlint/not-a-report"]
    client.close(uri)


def test_a_report_under_another_language_is_checked(client: Client) -> None:
    uri = client.open(FAULTY, TEXT, "plaintext")
    assert client.diagnostics(uri)
    client.close(uri)


@pytest.mark.parametrize("uri", ["untitled:Untitled-1", "untitled:未命名", "vscode-vfs://github/某/a.txt", "a%"])
def test_a_text_without_a_file_is_checked(client: Client, uri: str) -> None:
    client.open(uri, TEXT)
    rules = [each["code"] for each in client.diagnostics(uri)]
    assert BALANCE in rules
    client.close(uri)


def test_a_file_that_is_left_out_is_not_checked(client: Client, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("a.txt\n", "utf-8")
    (tmp_path / "reportlint.toml").write_text('exclude = ["b.txt"]\n', "utf-8")
    said = {}
    for name in "abc":
        path = tmp_path / f"{name}.txt"
        path.write_text(TEXT, "utf-8")
        uri = client.open(path, TEXT)
        said[name] = bool(client.diagnostics(uri))
        client.close(uri)
    assert said == {"a": False, "b": False, "c": True}


def test_a_long_text_that_is_left_out_is_not_checked(client: Client, tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text('exclude = ["b.txt"]\n', "utf-8")
    path = tmp_path / "b.txt"
    path.write_text(TEXT, "utf-8")
    uri = client.open(path, TEXT + "，" * 120_000)
    assert client.diagnostics(uri) == []
    client.close(uri)


def test_each_folder_has_its_configuration(other: Client, tmp_path: Path) -> None:
    folders = [tmp_path / "甲", tmp_path / "乙"]
    for folder, select in zip(folders, ("all", BALANCE), strict=True):
        folder.mkdir()
        (folder / "reportlint.toml").write_text(f'select = ["{select}"]\n', "utf-8")
    other.initialize(folders=folders)
    uris = [other.open(folder / "a.txt", TEXT) for folder in folders]
    every, one = ([each["code"] for each in other.diagnostics(uri)] for uri in uris)
    assert len(every) > 1
    assert one == [BALANCE]


# Settings


def balance_only(folder: Path) -> Path:
    file = folder / "own.toml"
    file.write_text(f'select = ["{BALANCE}"]\n', "utf-8")
    return file


@pytest.mark.parametrize("absolute", [True, False])
def test_the_configuration_may_come_at_the_start(other: Client, tmp_path: Path, absolute: bool) -> None:
    file = balance_only(tmp_path)
    other.initialize(options={"config": str(file) if absolute else file.name}, folders=[tmp_path])
    uri = other.open(FAULTY, TEXT)
    assert [each["code"] for each in other.diagnostics(uri)] == [BALANCE]


def test_settings_are_asked_for(other: Client, tmp_path: Path) -> None:
    file = balance_only(tmp_path)
    other.answers["workspace/configuration"] = lambda _: [{"config": str(file)}]
    other.initialize({**FULL, "workspace": {"configuration": True}})
    other.until(lambda: other.said("workspace/configuration"))
    assert other.said("workspace/configuration") == [{"items": [{"section": "reportlint"}]}]
    other.settle()
    uri = other.open(FAULTY, TEXT)
    assert [each["code"] for each in other.diagnostics(uri)] == [BALANCE]

    other.answers["workspace/configuration"] = lambda _: [{"config": None}]
    other.forget()
    other.notify("workspace/didChangeConfiguration", {"settings": None})
    other.until(lambda: other.pushes(uri))
    assert len(other.diagnostics(uri)) > 1


def test_settings_come_with_the_news_of_them(other: Client, tmp_path: Path) -> None:
    file = balance_only(tmp_path)
    other.initialize()
    uri = other.open(FAULTY, TEXT)
    assert len(other.diagnostics(uri)) > 1
    other.forget()
    other.notify("workspace/didChangeConfiguration", {"settings": {"reportlint": {"config": str(file)}}})
    assert [each["code"] for each in other.diagnostics(uri)] == [BALANCE]


def test_wrong_settings_are_told_and_change_nothing(other: Client) -> None:
    other.initialize(options={"config": 5, "inlayHints": {"sums": "ja"}, "format.layout": "quer", "other": 1})
    other.settle()
    words = [each["message"] for each in other.said("window/showMessage")]
    assert words == [
        "reportlint.config 应为文字，现为 5",
        "reportlint.inlayHints.sums 应为 true 或 false，现为 'ja'",
        "reportlint.format.layout 应为 keep、tab、pipe 之一，现为 'quer'",
    ]
    uri = other.open(FAULTY, TEXT)
    assert len(other.diagnostics(uri)) > 1
    other.notify("workspace/didChangeConfiguration", {"settings": {"reportlint": [1]}})
    other.settle()
    assert [each["message"] for each in other.said("window/showMessage")][3:] == ["reportlint 的设置应为对象"]


def test_a_configuration_that_is_not_there_is_told(other: Client, tmp_path: Path) -> None:
    other.initialize(options={"config": str(tmp_path / "没有.toml")})
    uri = other.open(FAULTY, TEXT)
    found = other.diagnostics(uri)
    assert [each["code"] for each in found] == ["reportlint/broken-configuration"]
    assert "没有.toml" in found[0]["message"]
    other.settle()
    assert ["没有.toml" in each["message"] for each in other.said("window/showMessage")] == [True]


def test_the_configuration_of_the_environment_counts(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(f'select = ["{BALANCE}"]\nexclude = ["b.txt"]\n', "utf-8")
    client = Client(tmp_path, REPORTLINT_CONFIG=str(tmp_path / "own.toml"))
    client.initialize()
    for name, expected in (("a.txt", [BALANCE]), ("b.txt", [])):
        (tmp_path / name).write_text(TEXT, "utf-8")
        uri = client.open(tmp_path / name, TEXT)
        assert [each["code"] for each in client.diagnostics(uri)] == expected
    (tmp_path / "own.toml").write_text("select = [\n", "utf-8")
    broken = (tmp_path / "own.toml").as_uri()
    client.until(lambda: client.pushes(broken))
    assert client.pushes(broken)[0]["diagnostics"][0]["range"]["start"]["line"] == 0
    assert client.stop() == 0
    assert client.complaints() == ""


# Positions


@pytest.mark.parametrize(
    ("encoding", "unit"),
    [
        ("utf-8", lambda text: len(text.encode())),
        ("utf-16", lambda text: len(text.encode("utf-16-le")) // 2),
        ("utf-32", len),
    ],
    ids=["utf-8", "utf-16", "utf-32"],
)
def test_positions_are_in_the_units_that_were_agreed(other: Client, encoding: str, unit: Any) -> None:  # noqa: ANN401
    can = other.initialize({**FULL, "general": {"positionEncodings": ["ucs-4", encoding]}})["capabilities"]
    assert can["positionEncoding"] == encoding
    line = next(each for each in TEXT.split("\n") if each.startswith("（二）依申请公开"))
    text = TEXT.replace(line, f"（二）𠮷𬭎依申请公开。{line.partition('。')[2]}")
    uri = other.open(FAULTY, text)
    found = next(each for each in other.diagnostics(uri) if each["code"] == "national/zero-filing")
    start, end = found["range"]["start"], found["range"]["end"]
    shown = text.split("\n")[start["line"]]
    here = shown.index("未收到")
    assert start["character"] == unit(shown[:here])
    assert end["character"] > start["character"]
    # The change is understood in the same units.
    other.change(uri, {"range": {"start": start, "end": start}, "text": "，"})
    moved = next(each for each in other.diagnostics(uri) if each["code"] == "national/zero-filing")
    assert moved["range"]["start"]["character"] == unit(shown[:here] + "，")


@pytest.mark.parametrize("offered", [["utf-7"]])
def test_without_agreement_positions_are_in_utf16(other: Client, offered: list[str] | None) -> None:
    general = {} if offered is None else {"positionEncodings": offered}
    assert other.initialize({**FULL, "general": general})["capabilities"]["positionEncoding"] == "utf-16"


HARD = {
    "crlf": TEXT.replace("\n", "\r\n"),
    "cr": TEXT.replace("\n", "\r"),
    "mixed": TEXT.replace("\n", "\r\n", 20).replace("\n\n", "\r\n", 3),
    "tabs": TEXT.replace("| ", "\t").replace(" |", ""),
    "no-last-line-end": TEXT.rstrip("\n"),
    "empty-last-lines": TEXT + "\n\n",
    "form-feed": TEXT.replace("。\n", "。\f\n", 2).replace("，", "\f，", 3),
    "separators": TEXT.replace("，", "\u2028，", 2).replace("。", "\x85。", 2).replace("、", "\x0b、", 1),
    "blank-start": "\n \n\t" + TEXT,
    "astral": TEXT.replace("云溪县", "𠮷𬭎县"),
}


def page_of(text: str) -> str:
    """A page with a report in it: a paragraph a line, and astral characters before what counts."""
    lines = [
        f"<p><b>𠮷</b><!-- 𬭎 -->{line}</p>" if line.startswith("（") else f"<p>{line}</p>" for line in text.split("\n")
    ]
    return "<!doctype html><html><head><title>t</title></head><body>\r\n" + "\r\n".join(lines) + "</body></html>"


HARD["page"] = page_of(TEXT)


@pytest.fixture(scope="module")
def hard_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, list[dict[str, Any]]]]:
    """The hard texts as files, with what the command line finds in them."""
    folder = tmp_path_factory.mktemp("难")
    paths = {name: folder / f"{name}.{'html' if name == 'page' else 'txt'}" for name in HARD}
    for name, path in paths.items():
        path.write_bytes(HARD[name].encode())
    found = found_by_command(*paths.values())
    return {name: (path, found[path]) for name, path in paths.items()}


@pytest.mark.parametrize("name", HARD)
def test_places_are_right_in_hard_texts(
    client: Client, hard_files: dict[str, tuple[Path, list[dict[str, Any]]]], name: str
) -> None:
    path, found = hard_files[name]
    uri = client.open(path, HARD[name])
    pushed = client.diagnostics(uri)
    assert len(pushed) > 3
    assert told(pushed) == as_told(found, HARD[name])
    assert max(each["range"]["start"]["line"] for each in pushed) > 3
    client.close(uri)


# Changes


def test_changes_of_stretches_and_of_all(client: Client) -> None:
    uri = client.open(FAULTY, TEXT)
    before = told(client.diagnostics(uri))
    client.change(uri, "")
    assert [each["code"] for each in client.diagnostics(uri)] == ["reportlint/not-a-report"]
    half = len(TEXT) // 2
    head = TEXT[:half].split("\n")
    client.change(uri, TEXT[:half], instead(len(head) - 1, len(head[-1]), len(head) - 1, len(head[-1]), TEXT[half:]))
    assert told(client.diagnostics(uri)) == before
    client.change(uri, instead(0, 0, 0, 0, "甲\n"), instead(1, 0, 1, 2, "乙"), instead(0, 0, 1, 1, TEXT[:2]))
    assert told(client.diagnostics(uri)) == before
    client.close(uri)


def test_no_change_at_all_is_one(client: Client) -> None:
    uri = client.open(FAULTY, TEXT)
    before = told(client.diagnostics(uri))
    client.change(uri)
    assert told(client.diagnostics(uri)) == before
    client.close(uri)


def test_a_change_with_a_range_of_null_is_of_all(client: Client) -> None:
    uri = client.open(FAULTY, "甲")
    client.change(uri, {"range": None, "text": TEXT})
    assert BALANCE in [each["code"] for each in client.diagnostics(uri)]
    client.close(uri)


def test_the_right_figure_makes_the_finding_go(client: Client) -> None:
    uri = client.open(FAULTY, TEXT)
    found = next(each for each in client.diagnostics(uri) if each["code"] == "national/remedy-footing")
    client.change(uri, {"range": found["range"], "text": "3"})
    assert "national/remedy-footing" not in [each["code"] for each in client.diagnostics(uri)]
    client.close(uri)


def test_a_pair_that_a_change_takes_apart_is_put_together_again(client: Client, tmp_path: Path) -> None:
    # What has come of 𠮷 is compared by its effect: the name of the body in the title and in the text.
    text = TEXT.replace("云溪县", "𠮷溪县")
    path = tmp_path / "a.txt"
    uri = client.open(path, text)
    before = client.diagnostics(uri)
    # U+20BB7 to U+20BB8 by its second half only, and back.
    client.change(uri, instead(0, 1, 0, 2, "\udfb8"))
    client.change(uri, instead(0, 1, 0, 2, ""), instead(0, 1, 0, 1, "\udfb7"))
    assert client.diagnostics(uri) == before
    client.change(uri, instead(0, 0, 0, 1, "\ud843"))
    client.change(uri, instead(0, 0, 0, 1, "\ud842"))
    assert client.diagnostics(uri) == before
    client.close(uri)


# The process


def test_an_exit_without_a_shutdown_is_a_failure() -> None:
    one = Client()
    one.initialize()
    one.notify("exit")
    assert one.status() == 1
    assert one.complaints() == ""


def test_an_exit_before_all_else_is_a_failure() -> None:
    one = Client()
    one.notify("exit")
    assert one.status() == 1
    assert one.complaints() == ""
