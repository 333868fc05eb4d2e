"""The parts of the server and of what it stands on, without a server: places, addresses, settings, edits, packs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportlint import Linter, Result
from reportlint.fixing import fix_source
from reportlint.grammar import lines
from reportlint.language.actions import at, edits_between, mend, mend_all, mend_rule
from reportlint.lowering import tables
from reportlint.packs import Packs, forget, remember
from reportlint.source import Page, Source, Span

pytest.importorskip("pygls", reason="the server needs the extra lsp")

from reportlint.errors import ConfigError, PackError
from reportlint.server import preferences, uris
from reportlint.server.documents import Change, Document
from reportlint.server.positions import Positions
from reportlint.server.preferences import Preferences
from reportlint.server.streams import BrokenStream, messages
from reportlint.server.troubles import trouble

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
POSIX = pytest.mark.skipif(os.name == "nt", reason="paths as POSIX has them")
ENCODINGS = ("utf-8", "utf-16", "utf-32")
LINES = st.text(st.sampled_from("a中𠮷𬭎\r\n\t\f\u2028\x85"), max_size=30)


# Places


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=LINES)
@example(text="\r\r\n\n\r")
@example(text="𠮷\r\n")
def test_a_place_and_back_is_the_same(encoding: str, text: str) -> None:
    positions, source = Positions(encoding), Source(text)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n" and offset:
            # Within a line end there is no place.
            continue
        place = positions.position(source, offset)
        assert positions.offset(source, place["line"], place["character"]) == offset


@pytest.mark.parametrize(
    ("encoding", "expected"), [("utf-8", [0, 1, 5, 8, 9]), ("utf-16", [0, 1, 3, 4, 5]), ("utf-32", [0, 1, 2, 3, 4])]
)
def test_columns_are_in_units(encoding: str, expected: list[int]) -> None:
    positions, source = Positions(encoding), Source("甲\na𠮷中b")
    assert [positions.position(source, offset)["character"] for offset in range(2, 7)] == expected
    assert [positions.offset(source, 1, column) for column in expected] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(("encoding", "columns"), [("utf-16", [2]), ("utf-8", [2, 3, 4])])
def test_half_a_character_is_none(encoding: str, columns: list[int]) -> None:
    positions, source = Positions(encoding), Source("a𠮷b")
    assert {positions.offset(source, 0, column) for column in columns} == {1}


def test_places_outside_are_the_nearest_within() -> None:
    positions, source = Positions(), Source("甲乙\r\n丙")
    assert positions.offset(source, 0, 9) == 2
    assert positions.offset(source, 0, -1) == 0
    assert positions.offset(source, -1, 1) == 0
    assert positions.offset(source, 1, 9) == 5
    assert positions.offset(source, 2, 0) == 5
    assert positions.offset(source, 10**20, 10**20) == 5
    assert positions.span(source, (1, 1), (0, 1)) == Span(1, 5)


def test_places_of_a_page_are_those_in_its_text() -> None:
    original = Source("<p>甲𠮷</p>\n<p>乙</p>", "a.html")
    # The text begins with the second paragraph.
    source = Source("乙\n甲𠮷", "a.html", Page(original, (0, 1, 2), (13, 14, 3)))
    positions = Positions()
    assert positions.position(source, 0) == {"line": 1, "character": 3}
    assert positions.position(source, 3) == {"line": 0, "character": 4}
    assert positions.offset(source, 1, 3) == 0
    assert positions.offset(source, 0, 3) == 2
    assert positions.offset(source, 0, 4) == 3
    # Within a tag it is the end of what is before it, and before all text its beginning.
    assert positions.offset(source, 0, 0) == 0
    assert positions.offset(source, 0, 9) <= len(source.text)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.data())
def test_the_origin_of_a_place_is_where_it_leads_back_to(lengths: list[int], data: st.DataObject) -> None:
    starts, places, text, place = [], [], "", 0
    for length in lengths:
        place += data.draw(st.integers(0, 3))
        starts.append(len(text))
        places.append(place)
        text += "中" * length
        place += length
    origin = Page(Source("x" * place), tuple(starts), tuple(places))
    for offset in range(len(text)):
        assert origin.offset(origin.place(offset)) == offset
    offsets = [origin.offset(place) for place in range(place)]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(text) for offset in offsets)


def test_a_stretch_never_ends_before_it_begins() -> None:
    original = Source("<i>乙</i><b>甲</b>", "a.html")
    source = Source("甲乙", "a.html", Page(original, (0, 1), (11, 3)))
    found = Positions().range(source, Span(0, 2))
    assert found["start"] == found["end"] == {"line": 0, "character": 11}


# Changes


def changed(text: str, *changes: Change, encoding: str = "utf-16") -> str:
    document = Document("file:///a.txt", "x", 1, text)
    edition = document.edition
    document.change(2, changes, Positions(encoding))
    assert document.edition != edition
    assert document.version == 2
    return document.text


def test_changes_are_made_one_after_the_other() -> None:
    assert changed("甲\n乙", Change("丙", (0, 1), (1, 0)), Change("\n", (0, 2), (0, 2))) == "甲丙\n乙"
    assert changed("甲", Change("乙"), Change("丙", (0, 1), (0, 1))) == "乙丙"
    assert changed("甲") == "甲"


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        ("a𠮷b", Change("", (0, 2), (0, 3)), "a\ud842b"),
        ("a𠮷b", Change("", (0, 1), (0, 2)), "a\udfb7b"),
        ("a𠮷b", Change("\udfb8", (0, 2), (0, 3)), "a𠮸b"),
        ("a𠮷b", Change("\ud843", (0, 1), (0, 2)), "a𠾷b"),
        ("𠮷𬭎", Change("", (0, 1), (0, 3)), "\ud842\udf4e".encode("utf-16-le", "surrogatepass").decode("utf-16-le")),
        ("a\ud842b", Change("\udfb7", (0, 2), (0, 2)), "a𠮷b"),
        ("a\udfb7", Change("\ud842", (0, 1), (0, 1)), "a𠮷"),
        ("𠮷", Change("中", (0, 1), (0, 1)), "\ud842中\udfb7"),
        ("\ud842x\udfb7", Change("", (0, 1), (0, 2)), "𠮷"),
    ],
)
def test_pairs_are_taken_apart_and_put_together(text: str, change: Change, expected: str) -> None:
    assert changed(text, change) == expected


def test_other_units_know_no_pairs() -> None:
    assert changed("a𠮷b", Change("", (0, 1), (0, 2)), encoding="utf-32") == "ab"
    assert changed("a𠮷b", Change("", (0, 1), (0, 3)), encoding="utf-8") == "a𠮷b"


# Addresses


@POSIX
@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("file:///a/b.txt", "/a/b.txt"),
        ("file:///%E6%8A%A5%E5%91%8A/a%20b.txt", "/报告/a b.txt"),
        ("file:///报告/a b.txt", "/报告/a b.txt"),
        ("FILE:///a", "/a"),
        ("file://localhost/a", "/a"),
        ("file:///a%23b%3Fc%25", "/a#b?c%"),
        ("file:///%ff.txt", os.fsdecode(b"/\xff.txt")),
        ("file:///c%3A/a", "/c:/a"),
        ("file:///a%00", None),
        ("file:///" + "a" * 5_000, None),
        ("file://", None),
        ("untitled:Untitled-1", None),
        ("http://[", None),
        ("", None),
        ("a.txt", None),
    ],
)
def test_the_path_of_an_address(address: str, path: str | None) -> None:
    assert uris.path_of(address) == path


@pytest.mark.parametrize(
    ("path", "host", "expected"),
    [
        ("/c:/报告/a.txt", "", "c:\\报告\\a.txt"),
        ("/C:/a", "", "C:\\a"),
        ("/share/a.txt", "server", "\\\\server\\share\\a.txt"),
        ("/a/b", "", None),
    ],
)
def test_paths_as_windows_has_them(path: str, host: str, expected: str | None) -> None:
    assert uris._windows(path, host) == expected


@POSIX
@pytest.mark.parametrize("path", ["/a", "/报告/a b.txt", "/a#b?c%", os.fsdecode(b"/\xff.txt"), "/c:/x"])
def test_a_path_and_back_is_the_same(path: str) -> None:
    assert uris.uri_of(path).isascii()
    assert uris.path_of(uris.uri_of(path)) == path


def test_what_texts_without_a_file_are_called() -> None:
    assert uris.shown("untitled:Untitled-1") == "<Untitled-1>"
    assert uris.shown("vscode-vfs://x/%E7%94%B2.txt") == "<甲.txt>"
    assert uris.shown("untitled:\ud800").startswith("<")
    assert Document("untitled:甲", "x", 1, "").path == "<甲>"


# Settings


def test_settings_are_nested_or_dotted(tmp_path: Path) -> None:
    nested = {"inlayHints": {"sums": False, "columns": True}, "format": {"layout": "tab"}, "showAccepted": False}
    dotted = {"inlayHints.sums": False, "inlayHints.columns": True, "format.layout": "tab", "showAccepted": False}
    expected = Preferences(hint_sums=False, hint_columns=True, layout="tab", show_accepted=False)
    assert preferences.read(nested) == preferences.read(dotted) == (expected, [])
    assert preferences.read({"config": "a.toml"}, root=str(tmp_path))[0].config == str(tmp_path / "a.toml")
    assert preferences.read({"config": str(tmp_path)}, root="/none")[0].config == str(tmp_path)


def test_what_is_not_set_stays_and_what_is_empty_goes_back() -> None:
    before = Preferences(config="/a.toml", hint_columns=True, layout="pipe")
    assert preferences.read(None, before) == (before, [])
    assert preferences.read({"unknown": 1}, before) == (before, [])
    assert (
        preferences.read({"config": None, "inlayHints.columns": None, "format.layout": ""}, before)[0] == Preferences()
    )
    assert preferences.read({"config": ""}, before)[0].config is None


@pytest.mark.parametrize("settings", [5, "x", [], True])
def test_settings_that_are_none_are_told(settings: object) -> None:
    assert preferences.read(settings) == (Preferences(), ["reportlint 的设置应为对象"])


def test_wrong_values_leave_what_was() -> None:
    before = Preferences(layout="tab")
    after, wrong = preferences.read(
        {"showAccepted": 1, "format": {"layout": "x"}, "inlayHints": 3, "commands": [1]}, before
    )
    assert after == before
    assert wrong == [
        "reportlint.format.layout 应为 keep、tab、pipe 之一，现为 'x'",
        "reportlint.showAccepted 应为 true 或 false，现为 1",
    ]


# Edits


@given(LINES, LINES)
@example("a\rb", "a\r\nb")
@example("a\r\nb", "a\nb")
@example("\r\n", "\n")
@example("\r\n\r\n", "\r\n")
@example("\r\r\ra", "\r\r\x0c\r")
def test_edits_between_texts_make_one_of_the_other(before: str, after: str) -> None:
    edits = list(edits_between(before, after))
    text, last = before, len(before)
    for edit in reversed(edits):
        assert edit.span.start <= edit.span.end <= last
        last = edit.span.start
        for offset in edit.span:
            assert offset == 0 or before[offset - 1 : offset + 1] != "\r\n"
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == after
    assert (edits == []) == (before == after)


def test_edits_are_short() -> None:
    (edit,) = edits_between("甲乙丙\n丁\n", "甲乙，丙\n丁\n")
    assert edit == (Span(2, 2), "，")


@pytest.fixture
def mendable() -> str:
    text = (EXAMPLES / "qinghe-town-2024.txt").read_text("utf-8")
    return text.replace("，", ",", 3).replace("审核。\n", "审核\n").replace("引导员。\n", "引导员\n")


def test_only_what_is_wanted_is_mended(linter: Linter, mendable: str) -> None:
    result = linter.lint_text(mendable)
    fixable = [each for each in result.diagnostics if each.fix is not None and each.fix.safe]
    rules = {each.rule for each in fixable}
    assert len(rules) > 1
    for rule in rules:
        edits = mend_rule(linter, result, rule).edits
        left = linter.lint_text(edited(mendable, edits))
        assert {each.rule for each in left.diagnostics if each.fix is not None and each.fix.safe} == rules - {rule}
    everything = edited(mendable, mend_all(linter, result).edits)
    assert everything == fix_source(linter, result.source).text
    one = mend(linter, result, fixable[0]).edits
    assert len(linter.lint_text(edited(mendable, one)).diagnostics) == len(result.diagnostics) - 1


def edited(text: str, edits: object) -> str:
    for edit in sorted(edits, reverse=True):  # type: ignore[call-overload]
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def test_findings_at_a_place(linter: Linter, mendable: str) -> None:
    result = linter.lint_text(mendable)
    for each in result.diagnostics:
        assert each.span is not None
        assert each in at(result, Span(each.span.start, each.span.start))
        assert each in at(result, Span(each.span.end, each.span.end))
        assert each not in at(result, Span(each.span.end + 1, each.span.end + 1))
    assert at(result, Span(0, len(mendable))) == result.diagnostics


# Packs

PACK = """\
from reportlint import Finding, Severity, hookimpl, rule
from reportlint_parts.words import WORDS

@rule(basis="测试", severity=Severity.WARNING)
def parts(report):
    \"\"\"Says a word.\"\"\"
    yield Finding(report.title_span, WORDS)

@hookimpl
def reportlint_rules():
    return [parts]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "reportlint_parts"
    folder.mkdir()
    (folder / "__init__.py").write_text(PACK, "utf-8")
    (folder / "words.py").write_text('WORDS = "甲"\n', "utf-8")
    yield folder
    forget(str(folder))


def words(folder: Path) -> str:
    Packs.load([str(folder)])
    said: str = sys.modules["reportlint_parts.words"].WORDS
    return said


def test_a_forgotten_pack_is_loaded_as_it_is_then(pack: Path) -> None:
    assert words(pack) == "甲"
    # Of the same length and in the same second: what was compiled does not count.
    (pack / "words.py").write_text('WORDS = "乙"\n', "utf-8")
    assert words(pack) == "甲"
    assert set(forget(str(pack))) == {"reportlint_parts", "reportlint_parts.words"}
    assert words(pack) == "乙"
    assert forget(str(pack.parent / "none")) == {}


def test_of_a_pack_that_broke_the_modules_are_remembered(pack: Path) -> None:
    assert words(pack) == "甲"
    (pack / "__init__.py").write_text("from reportlint_parts.words import WORDS\n1 / 0\n", "utf-8")
    (pack / "words.py").write_text('WORDS = "乙二"\n', "utf-8")
    modules = forget(str(pack))
    with pytest.raises(PackError, match="ZeroDivisionError"):
        Packs.load([str(pack)])
    remember(modules)
    assert sys.modules["reportlint_parts.words"].WORDS == "甲"
    # What was half loaded is forgotten, too.
    (pack / "__init__.py").write_text(PACK, "utf-8")
    forget(str(pack))
    assert words(pack) == "乙二"
    remember(modules)
    assert sys.modules["reportlint_parts.words"].WORDS == "乙二"


# Trouble


def test_the_place_of_trouble_is_the_file_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("reportlint.toml", ".reportlint.toml", "内/reportlint.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('fail-on = "error"\nselect = ["all"]\n', "utf-8")
    files = [str(tmp_path / name) for name in ("reportlint.toml", ".reportlint.toml", "内/reportlint.toml")]

    def place(words: str) -> tuple[str | None, int]:
        found = trouble(ConfigError(words), None, files, ())
        return found.file and os.path.relpath(found.file, tmp_path), found.line

    assert place("reportlint.toml:7：不行") == ("reportlint.toml", 7)
    assert place(".reportlint.toml:7：不行") == (".reportlint.toml", 7)
    assert place(f"内{os.sep}reportlint.toml：不行 12:30") == (os.path.join("内", "reportlint.toml"), 1)
    assert place(f"{files[2]}：select 不行") == (os.path.join("内", "reportlint.toml"), 2)
    assert place("读不到 reportlint.toml：没有权限") == ("reportlint.toml", 1)
    assert place(f"{files[0]}:3：与 .reportlint.toml:5 不合") == ("reportlint.toml", 3)
    assert place("reportlint.toml.bak:7：不行") == (None, 1)
    assert place("不行") == (None, 1)
    own = trouble(PackError("不行"), files[0], files, ())
    assert (own.file, own.line) == (files[0], 1)


# Messages


class Bytes:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def readline(self, limit: int) -> bytes:
        return self.read(min(self.data.find(b"\n") + 1 or limit, limit))

    def read(self, size: int) -> bytes:
        taken, self.data = self.data[:size], self.data[size:]
        return taken


def test_messages_are_read_one_by_one() -> None:
    data = b"Content-Length: 2\r\n\r\n{}content-LENGTH:3\nX: y\n\nabcContent-Length: 9\r\n\r\nshort"
    assert list(messages(Bytes(data))) == [b"{}", b"abc"]
    assert list(messages(Bytes(b""))) == []
    assert list(messages(Bytes(b"Content-Length: 0\r\n\r\n"))) == [b""]


@pytest.mark.parametrize(
    "data",
    [
        b"x\n",
        b"\n",
        b"x",
        b"Content-Length: 2",
        b"Content-Length: -2\n\n",
        b"Content-Length: two\n\n{}",
        b"Content-Length: 99999999999999999999999999\n\n{}",
        b"a: b\n\n",
    ],
)
def test_what_is_no_message_ends_them(data: bytes) -> None:
    with pytest.raises(BrokenStream):
        list(messages(Bytes(data)))


# Threads


def test_two_threads_may_lint_with_one_linter(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is kept is cleared over and over again.
    monkeypatch.setattr(lines, "_MEMO_SIZE", 3)
    monkeypatch.setattr(tables, "_MEMO_SIZE", 3)
    texts = [
        path.read_text("utf-8").replace("行政", word) for path in EXAMPLES.glob("*-20*") for word in ("行政", "行")
    ]
    expected = [told(linter.lint_text(text)) for text in texts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(2) as threads:
            found = list(threads.map(lambda text: told(linter.lint_text(text)), texts * 2))
    finally:
        sys.setswitchinterval(interval)
    assert found == expected * 2


def told(result: Result) -> list[tuple[str, str, Span | None]]:
    return [(each.rule, each.message, each.span) for each in result.diagnostics]
