"""Structural places and paths as they are written into files that people keep: both have to stay as they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportlint import Linter, Source
from reportlint.anchors import Anchor, Anchors
from reportlint.masking import Mask
from reportlint.paths import below, is_repository, repository
from reportlint.source import Span

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
TEXT = (EXAMPLES / "qinghe-town-2024.txt").read_text("utf-8")


def anchors_of(text: str, linter: Linter, concealed: tuple[Span, ...] = ()) -> Anchors:
    return Anchors(linter.read(Source(text, "a.txt")), Mask(text, concealed))


def at(words: str, linter: Linter, text: str = TEXT) -> Anchor:
    """The place of the words where they first stand."""
    start = text.index(words)
    return anchors_of(text, linter).of(Span(start, start + len(words)), "")


def test_what_is_said_of_the_whole_report_stands_at_its_message(linter: Linter) -> None:
    assert anchors_of(TEXT, linter).of(None, "缺少第二部分") == Anchor("缺少第二部分", "")


def test_a_cell_is_named_by_table_row_and_column(linter: Linter) -> None:
    report = linter.read(Source(TEXT, "a.txt"))
    anchors = Anchors(report, Mask(TEXT, ()))
    for table in report.tables.values():
        for (row, column), cell in table.cells.items():
            assert anchors.of(cell.span, "") == Anchor(f"{table.name}/{row}/{column}", cell.text)
    assert len(report.tables) == 3


def test_a_heading_is_its_words(linter: Linter) -> None:
    assert at("一、总体情况", linter) == Anchor("一、总体情况", "一、总体情况")
    spaced = TEXT.replace("一、总体情况", "一、总体 \t 情况")
    assert at("一、总体 \t 情况", linter, spaced) == Anchor("一、总体 情况", "一、总体 情况")


def test_a_stretch_is_quoted_from_twelve_characters_on_and_a_shorter_one_with_its_neighbours(linter: Linter) -> None:
    line = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"
    text = TEXT.replace("（一）主动公开。", f"{line}\n（一）主动公开。", 1)
    assert at(line[4:16], linter, text) == Anchor(f"“{line[4:16]}”", line[4:16])
    assert at(line[4:15], linter, text) == Anchor(f"“{line[3:16]}”", line[4:15])
    assert at("申酉", linter, text) == Anchor(f"“{line[8:]}”", "申酉")
    assert at("甲", linter, text) == Anchor(f"“{line[:12]}”", "甲")
    assert at("荒", linter, text) == Anchor(f"“{line[-12:]}”", "荒")


def test_a_short_stretch_with_a_line_end_in_it_is_whole(linter: Linter) -> None:
    text = TEXT.replace("（一）主动公开。", "甲乙\n丙丁。\n（一）主动公开。", 1)
    assert at("乙\n丙", linter, text) == Anchor("“甲乙 丙”", "乙 丙")


def test_a_long_stretch_has_the_checksum_of_its_middle(linter: Linter) -> None:
    line = "".join(map(chr, range(0x4E00, 0x4E00 + 61)))
    text = TEXT.replace("（一）主动公开。", f"{line}。\n（一）主动公开。", 1)
    assert at(line[:60], linter, text) == Anchor(f"“{line[:60]}”", line[:60])
    found = at(line, linter, text)
    assert found == Anchor(f"“{found.content}”", found.content)
    assert (found.content[:31], found.content[-31:]) == (f"{line[:30]}…", f"…{line[-30:]}")
    other = text.replace(line[30], "换")
    assert at(line.replace(line[30], "换"), linter, other).place != found.place


def test_the_place_of_a_long_stretch_is_written_the_same_for_ever(linter: Linter) -> None:
    """Files that people keep have it."""
    line = "甲乙丙丁戊己庚辛壬癸" * 7
    text = TEXT.replace("（一）主动公开。", f"{line}。\n（一）主动公开。", 1)
    half = "甲乙丙丁戊己庚辛壬癸" * 3
    assert at(line, linter, text).content == f"{half}…4339d322…{half}"


def test_places_hold_masked_text_only(linter: Linter) -> None:
    number = "13912345678"
    text = TEXT.replace("（一）主动公开。", f"电话{number}。\n（一）主动公开。", 1)
    start = text.index(number)
    span = Span(start, start + len(number))
    for where in (span, Span(start - 2, start), Span(start - 2, start + 15)):
        anchor = anchors_of(text, linter, (span,)).of(where, "")
        assert number not in anchor.place + anchor.content
        assert "话" in anchor.place


@pytest.mark.parametrize(
    ("root", "path", "shown"),
    [
        ("/a/b", "/a/b/c/d.txt", "c/d.txt"),
        ("/a/b/", "/a/b/c.txt", "c.txt"),
        ("/", "/a.txt", "a.txt"),
        ("/a/b", "/a/bc/d.txt", "/a/bc/d.txt"),
        ("/a/b", "/a/b/../c.txt", "/a/b/../c.txt"),
        ("/a/b", "/a/./b/c.txt", "c.txt"),
        ("/a/b", "<stdin>", "<stdin>"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="paths as they are written there")
def test_a_path_is_seen_from_the_root(root: str, path: str, shown: str) -> None:
    assert below(root, path) == shown


def test_a_relative_path_is_seen_from_the_root_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "c").mkdir()
    monkeypatch.chdir(tmp_path / "c")
    assert below(str(tmp_path), "d.txt") == "c/d.txt"
    assert below(str(tmp_path / "other"), os.path.join("e", "d.txt")) == "e/d.txt"


def test_paths_of_windows_have_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "abspath", lambda path: path)
    monkeypatch.setattr(os, "sep", "\\")
    assert below("C:\\区", "C:\\区\\局\\a.txt") == "局/a.txt"
    assert below("C:\\区\\", "D:\\局\\a.txt") == "D:/局/a.txt"


def test_the_repository_is_looked_for_upwards(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert repository(str(deep)) in (None, repository(str(tmp_path)))
    (tmp_path / "a" / ".git").touch()
    assert repository(str(deep)) == repository(str(tmp_path / "a")) == str(tmp_path / "a")
    assert (is_repository(str(tmp_path / "a")), is_repository(str(deep))) == (True, False)
