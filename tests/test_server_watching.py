"""Files that decide how documents are checked, changed, broken and mended while the server runs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reportlint.accepted import FILE as ACCEPTED
from reportlint.baseline import FILE as BASELINE

from .client import FULL, Client, ready

pytest.importorskip("pygls", reason="the server needs the extra lsp")

EXAMPLES = Path(__file__).parent.parent / "examples"
TEXT = (EXAMPLES / "reports" / "yunxi-water-2024-faulty.txt").read_text("utf-8")
BALANCE, FOOTING = "national/request-balance", "national/remedy-footing"
BROKEN = "reportlint/broken-configuration"
PACK = """\
from reportlint import Finding, Severity, hookimpl, rule

@rule(basis="测试", severity=Severity.WARNING)
def hello(report):
    \"\"\"Greets the title.\"\"\"
    yield Finding(report.title_span, "看到标题一")

@hookimpl
def reportlint_rules():
    return [hello]
"""


class Bench:
    """A folder with a report in it that is open."""

    def __init__(self, client: Client, folder: Path) -> None:
        self.client = client
        self.folder = folder
        (folder / ".git").mkdir()
        self.uri = ""

    def write(self, name: str, text: str, *, told: bool = True) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        if told:
            self.tell()
        return path

    def remove(self, name: str) -> None:
        (self.folder / name).unlink()
        self.tell()

    def tell(self) -> None:
        """As clients do that watch files."""
        changes = [{"uri": self.folder.as_uri(), "type": 2}]
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    def open(self, name: str = "a.txt") -> None:
        self.write(name, TEXT, told=False)
        self.uri = self.client.open(self.folder / name, TEXT)

    def rules(self) -> list[str]:
        """The rules of what is said last."""
        return [each["code"] for each in self.said(self.uri)]

    def said(self, uri: str) -> list[dict[str, Any]]:
        pushes = self.client.pushes(uri)
        return pushes[-1]["diagnostics"] if pushes else []

    def wait(self, holds: Callable[[], Any]) -> None:
        self.client.until(holds)

    def wait_for(self, *rules: str) -> None:
        self.wait(lambda: self.rules() == list(rules))

    def trouble(self, name: str) -> tuple[int, str] | None:
        """The line and the words of what is shown in a file."""
        found = self.said((self.folder / name).as_uri())
        assert len(found) < 2
        return (found[0]["range"]["start"]["line"] + 1, found[0]["message"]) if found else None

    def wait_for_trouble(self, name: str, line: int, words: str) -> None:
        self.wait(lambda: self.trouble(name) is not None)
        found = self.trouble(name)
        assert found is not None
        assert found[0] == line, found
        assert words in found[1]

    def wait_until_mended(self, name: str) -> None:
        self.wait(lambda: self.trouble(name) is None)


@pytest.fixture(scope="module")
def server() -> Iterator[Client]:
    with ready(EXAMPLES) as one:
        yield one


@pytest.fixture
def bench(server: Client, tmp_path: Path) -> Iterator[Bench]:
    one = Bench(server, tmp_path)
    server.forget()
    yield one
    server.close(one.uri)
    server.settle()
    assert server.complaints() == ""


def select(*rules: str) -> str:
    return f"select = {json.dumps(rules)}\n"


# Configurations


def test_a_configuration_comes_changes_and_goes(bench: Bench) -> None:
    bench.open()
    bench.wait(lambda: len(bench.rules()) > 2)
    bench.write("reportlint.toml", select(BALANCE))
    bench.wait_for(BALANCE)
    bench.write("reportlint.toml", select(FOOTING))
    bench.wait_for(FOOTING)
    bench.write(".reportlint.toml", select(BALANCE))
    bench.wait_for(BALANCE)
    bench.remove(".reportlint.toml")
    bench.wait_for(FOOTING)
    bench.remove("reportlint.toml")
    bench.wait(lambda: len(bench.rules()) > 2)


def test_without_news_of_files_the_server_looks_itself(bench: Bench) -> None:
    bench.write("reportlint.toml", select(FOOTING), told=False)
    bench.open()
    bench.wait_for(FOOTING)
    bench.write("reportlint.toml", select(BALANCE), told=False)
    bench.wait_for(BALANCE)


@pytest.mark.parametrize(
    ("broken", "line", "words"),
    [
        ('fail-on = "error"\nselect = [\n', 2, "TOML 语法错误"),
        ('fail-on = "error"\n\nselct = ["all"]\n', 3, "没有配置项 selct"),
        ('fail-on = "error"\nselect = "all"\n', 2, "select 应为"),
        ('fail-on = "error"\nselect = ["national/no-such"]\n', 2, "没有规则 national/no-such"),
        ('[severity]\n"national/request-balance" = "loud"\n', 2, "不是"),
        ("# 甲\n<<<<<<< HEAD\n", 2, "冲突"),
        ('fail-on = "error"\nextends = ["none.toml"]\n', 2, "none.toml 不存在"),
        ('fail-on = "error"\npacks = ["none"]\n', 2, "没有规则包文件夹"),
        ('fail-on = "error"\nbaseline = "none.json"\n', 2, "没有基线"),
    ],
)
def test_a_broken_configuration_is_shown_and_the_last_good_one_holds(
    bench: Bench, broken: str, line: int, words: str
) -> None:
    bench.write("reportlint.toml", select(BALANCE), told=False)
    bench.open()
    bench.wait_for(BALANCE)
    bench.write("reportlint.toml", broken)
    bench.wait_for_trouble("reportlint.toml", line, words)
    bench.wait(lambda: bench.client.said("window/showMessage"))
    assert words in bench.client.said("window/showMessage")[-1]["message"]
    bench.client.change(bench.uri, TEXT + "\n")
    bench.client.diagnostics(bench.uri)
    assert bench.rules() == [BALANCE]
    bench.write("reportlint.toml", select(FOOTING))
    bench.wait_until_mended("reportlint.toml")
    bench.wait_for(FOOTING)


def test_where_there_was_no_good_one_nothing_is_checked(bench: Bench) -> None:
    bench.write("reportlint.toml", "select = [\n", told=False)
    bench.open()
    bench.wait_for(BROKEN)
    bench.wait_for_trouble("reportlint.toml", 1, "TOML")
    assert "配置有误，没有检查" in bench.said(bench.uri)[0]["message"]
    bench.write("reportlint.toml", select(FOOTING))
    bench.wait_for(FOOTING)
    bench.wait_until_mended("reportlint.toml")


def test_a_broken_one_nearer_by_leaves_the_one_above_in_force(bench: Bench) -> None:
    bench.write("reportlint.toml", select(BALANCE), told=False)
    (bench.folder / "内").mkdir()
    bench.open("内/a.txt")
    bench.wait_for(BALANCE)
    bench.write("内/reportlint.toml", "select = 5\n")
    bench.wait_for_trouble("内/reportlint.toml", 1, "select")
    assert bench.trouble("reportlint.toml") is None
    bench.client.change(bench.uri, TEXT + "\n")
    bench.client.diagnostics(bench.uri)
    assert bench.rules() == [BALANCE]
    bench.remove("内/reportlint.toml")
    bench.wait_until_mended("内/reportlint.toml")


def test_files_that_are_extended_count(bench: Bench) -> None:
    bench.write("base.toml", select(BALANCE), told=False)
    bench.write("reportlint.toml", 'extends = ["base.toml"]\n', told=False)
    bench.open()
    bench.wait_for(BALANCE)
    bench.write("base.toml", select(FOOTING))
    bench.wait_for(FOOTING)
    bench.write("base.toml", "\nselect = [\n")
    bench.wait_for_trouble("base.toml", 2, "TOML")
    bench.write("base.toml", select(BALANCE))
    bench.wait_for(BALANCE)
    bench.wait_until_mended("base.toml")


def test_files_that_are_extended_count_even_if_they_were_never_good(bench: Bench) -> None:
    bench.write("reportlint.toml", 'extends = ["base.toml"]\n', told=False)
    bench.open()
    bench.wait_for(BROKEN)
    bench.wait_for_trouble("reportlint.toml", 1, "base.toml 不存在")
    bench.write("base.toml", "select = 7\n")
    bench.wait_for_trouble("base.toml", 1, "select")
    bench.wait_until_mended("reportlint.toml")
    bench.write("base.toml", select(BALANCE))
    bench.wait_for(BALANCE)
    bench.wait_until_mended("base.toml")


def test_a_configuration_that_is_open_itself_has_its_trouble_beside_its_text(bench: Bench) -> None:
    bench.open()
    bench.wait(lambda: len(bench.rules()) > 2)
    text = "select = [\n"
    file = bench.write("reportlint.toml", text)
    bench.wait_for_trouble("reportlint.toml", 1, "TOML")
    config = bench.client.open(file, text, "toml")
    assert [each["code"] for each in bench.client.diagnostics(config)] == [BROKEN]
    bench.client.change(config, text + "\n")
    assert [each["code"] for each in bench.client.diagnostics(config)] == [BROKEN]
    bench.write("reportlint.toml", select(BALANCE))
    bench.wait_until_mended("reportlint.toml")
    bench.client.close(config)


def test_trouble_goes_with_the_document(bench: Bench) -> None:
    bench.write("reportlint.toml", "select = [\n", told=False)
    bench.open()
    bench.wait_for_trouble("reportlint.toml", 1, "TOML")
    bench.client.close(bench.uri)
    bench.wait_until_mended("reportlint.toml")


def test_what_is_left_out_may_change(bench: Bench) -> None:
    bench.open()
    bench.wait(lambda: len(bench.rules()) > 2)
    bench.write(".gitignore", "a.txt\n")
    bench.wait_for()
    bench.write(".gitignore", "b.txt\n")
    bench.wait(lambda: len(bench.rules()) > 2)
    bench.write("reportlint.toml", 'exclude = ["a.*"]\n')
    bench.wait_for()


def test_nothing_is_checked_again_for_nothing(bench: Bench) -> None:
    bench.write("reportlint.toml", select(BALANCE), told=False)
    bench.open()
    bench.wait_for(BALANCE)
    before = len(bench.client.pushes(bench.uri))
    other = bench.client.open(bench.folder / "b.txt", TEXT)
    bench.client.diagnostics(other)
    bench.client.close(other)
    bench.tell()
    bench.write("beside.toml", "x = 1\n")
    bench.client.settle()
    assert len(bench.client.pushes(bench.uri)) == before


# Packs


def pack(bench: Bench, text: str = PACK) -> None:
    bench.write("reportlint_hello/__init__.py", text, told=False)


HELLO = "hello/hello"


def messages(bench: Bench) -> list[str]:
    return [each["message"] for each in bench.said(bench.uri)]


def test_a_pack_changes_breaks_and_is_mended(bench: Bench) -> None:
    pack(bench)
    bench.write("reportlint.toml", 'packs = ["."]\n' + select(HELLO), told=False)
    bench.open()
    bench.wait(lambda: messages(bench) == ["看到标题一"])
    # As long as before, and as a rule within the same second.
    pack(bench, PACK.replace("标题一", "标题二"))
    bench.tell()
    bench.wait(lambda: messages(bench) == ["看到标题二"])

    pack(bench, PACK.replace("return [hello]", "return [hello"))
    bench.tell()
    bench.wait_for_trouble("reportlint_hello/__init__.py", 10, "SyntaxError")
    bench.client.change(bench.uri, TEXT + "\n")
    bench.client.diagnostics(bench.uri)
    assert messages(bench) == ["看到标题二"]

    pack(bench, PACK.replace("return [hello]", "return [hello, 1 / 0]"))
    bench.tell()
    bench.wait(lambda: "ZeroDivisionError" in str(bench.trouble("reportlint_hello/__init__.py")))
    bench.wait_for_trouble("reportlint_hello/__init__.py", 10, "division by zero")

    pack(bench, PACK.replace("标题一", "标题三"))
    bench.tell()
    bench.wait(lambda: messages(bench) == ["看到标题三"])
    bench.wait_until_mended("reportlint_hello/__init__.py")


def test_the_rules_of_a_pack_that_broke_import_what_they_did(bench: Bench) -> None:
    words = "from reportlint_hello import words\n    yield Finding(report.title_span, words.HELLO)"
    text = PACK.replace('yield Finding(report.title_span, "看到标题一")', words)
    bench.write("reportlint_hello/words.py", 'HELLO = "甲"\n', told=False)
    pack(bench, text)
    bench.write("reportlint.toml", 'packs = ["."]\n' + select(HELLO), told=False)
    bench.open()
    bench.wait(lambda: messages(bench) == ["甲"])
    pack(bench, "from reportlint_hello import words, none\n" + text)
    bench.tell()
    bench.wait_for_trouble("reportlint_hello/__init__.py", 1, "none")
    bench.client.change(bench.uri, TEXT + "\n")
    bench.client.diagnostics(bench.uri)
    assert messages(bench) == ["甲"]
    # A module of the pack that was changed meanwhile is read anew when the pack is mended.
    bench.write("reportlint_hello/words.py", 'HELLO = "乙"\n', told=False)
    pack(bench, text)
    bench.tell()
    bench.wait(lambda: messages(bench) == ["乙"])


def test_a_pack_that_was_never_good_is_watched(bench: Bench) -> None:
    pack(bench, "import none\n")
    bench.write("reportlint.toml", 'packs = ["."]\n' + select(HELLO), told=False)
    bench.open()
    bench.wait_for(BROKEN)
    bench.wait_for_trouble("reportlint_hello/__init__.py", 1, "ModuleNotFoundError")
    pack(bench)
    bench.tell()
    bench.wait_for(HELLO)
    bench.wait_until_mended("reportlint_hello/__init__.py")


def test_trouble_in_a_file_of_a_pack_is_shown_in_it(bench: Bench) -> None:
    text = PACK.replace("Finding, ", "Finding, load_relations, ") + (
        '\n@hookimpl\ndef reportlint_relations():\n    return load_relations(__name__, "totals.toml")\n'
    )
    pack(bench, text)
    bench.write("reportlint_hello/totals.toml", "# 甲\n\n[[relation]\n", told=False)
    bench.write("reportlint.toml", 'packs = ["."]\n', told=False)
    bench.open()
    bench.wait_for(BROKEN)
    bench.wait_for_trouble("reportlint_hello/totals.toml", 3, "TOML")


# What is accepted


def entry(bench: Bench, rule: str = BALANCE, because: str = "有据") -> str:
    data = next(each["data"] for each in bench.said(bench.uri) if each["code"] == rule)
    lines = [f"{key} = {json.dumps(data[key], ensure_ascii=False)}" for key in ("rule", "place", "content")]
    return "\n".join(["[[accepted]]", 'report = "a.txt"', *lines, f'because = "{because}"', ""])


def test_accepted_findings_come_and_go(bench: Bench) -> None:
    bench.write("reportlint.toml", select(BALANCE), told=False)
    bench.open()
    bench.wait_for(BALANCE)
    written = entry(bench)
    bench.write(ACCEPTED, written)
    bench.wait(lambda: [each["severity"] for each in bench.said(bench.uri)] == [4])
    (hint,) = bench.said(bench.uri)
    assert hint["code"] == BALANCE
    assert hint["tags"] == [1]
    assert hint["message"].endswith("（已接受：有据）")
    assert hint["data"]["accepted"] == "accepted"

    bench.write(ACCEPTED, f"<<<<<<< HEAD\n{written}=======\n>>>>>>> other\n")
    bench.wait_for_trouble(ACCEPTED, 1, "冲突")
    bench.client.change(bench.uri, TEXT + "\n")
    bench.client.diagnostics(bench.uri)
    assert [each["severity"] for each in bench.said(bench.uri)] == [4]

    bench.write(ACCEPTED, written.replace("because", "becaus"))
    bench.wait(lambda: "becaus" in str(bench.trouble(ACCEPTED)))
    bench.wait_for_trouble(ACCEPTED, 6, "becaus")
    bench.remove(ACCEPTED)
    bench.wait_until_mended(ACCEPTED)
    bench.wait(lambda: [each["severity"] for each in bench.said(bench.uri)] == [1])


def test_the_baseline_counts_and_may_be_broken(bench: Bench) -> None:
    bench.write("reportlint.toml", select(BALANCE), told=False)
    bench.open()
    bench.wait_for(BALANCE)
    data = bench.said(bench.uri)[0]["data"]
    entries = [{"report": "a.txt", **{key: data[key] for key in ("rule", "place", "content")}}]
    written = json.dumps({"schema_version": 1, "entries": entries}, indent=1)
    bench.write(BASELINE, written)
    bench.wait(lambda: [each["data"].get("accepted") for each in bench.said(bench.uri)] == ["baseline"])
    bench.write(BASELINE, written.replace("{", "{\n<<<<<<< HEAD\n", 1))
    bench.wait_for_trouble(BASELINE, 2, "冲突")
    assert [each["data"].get("accepted") for each in bench.said(bench.uri)] == ["baseline"]
    bench.remove(BASELINE)
    bench.wait_until_mended(BASELINE)
    bench.wait(lambda: [each["data"].get("accepted") for each in bench.said(bench.uri)] == [None])


def test_accepted_findings_are_not_shown_where_they_are_not_wanted(bench: Bench) -> None:
    bench.write("reportlint.toml", select(BALANCE), told=False)
    bench.open()
    bench.wait_for(BALANCE)
    bench.write(ACCEPTED, entry(bench))
    bench.wait(lambda: [each["severity"] for each in bench.said(bench.uri)] == [4])
    settings = {"reportlint": {"showAccepted": False}}
    bench.client.notify("workspace/didChangeConfiguration", {"settings": settings})
    bench.wait_for()
    bench.client.notify("workspace/didChangeConfiguration", {"settings": {"reportlint": {"showAccepted": None}}})
    bench.wait_for(BALANCE)


# Clients that ask


def test_clients_that_ask_are_told_to_ask_again(tmp_path: Path) -> None:
    client = Client(EXAMPLES)
    text = {**FULL["textDocument"], "diagnostic": {}}
    workspace = {
        "diagnostics": {"refreshSupport": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    }
    client.initialize({**FULL, "textDocument": text, "workspace": workspace})
    client.until(lambda: client.said("client/registerCapability"))
    (asked,) = client.said("client/registerCapability")[0]["registrations"]
    assert asked["method"] == "workspace/didChangeWatchedFiles"
    patterns = [each["globPattern"] for each in asked["registerOptions"]["watchers"]]
    assert any(ACCEPTED.removesuffix(".toml") in pattern for pattern in patterns)
    assert any(BASELINE in pattern for pattern in patterns)
    file = tmp_path / "reportlint.toml"
    file.write_text(select(BALANCE), "utf-8")
    uri = client.open(tmp_path / "a.txt", TEXT)

    def pulled(known: str | None = None) -> Any:  # noqa: ANN401
        return client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}, "previousResultId": known})

    first = pulled()
    assert [each["code"] for each in first["items"]] == [BALANCE]
    file.write_text(select(FOOTING), "utf-8")
    os.utime(file, ns=(1, 1))
    client.until(lambda: client.said("workspace/diagnostic/refresh"))
    second = pulled(first["resultId"])
    assert [each["code"] for each in second["items"]] == [FOOTING]
    assert client.stop() == 0
    assert client.complaints() == ""
