"""Documents without lines: every output says in words where a finding stands, and what its reader was not sure of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pytest_reportlint import _shown as shown_in_tests
from reportlint import Doubt, Location, Note, Origin, Result, Severity, Source, Span
from reportlint.cli import main
from reportlint.fixing import Fixed, Refused
from reportlint.formats import text
from reportlint.formats.diff import unified
from reportlint.formats.json import extract
from reportlint.formats.tree import lines as tree
from reportlint.masking import Mask
from reportlint.outcome import Outcome
from reportlint.results import packed, unpacked
from reportlint.source import Doubts
from reportlint.testing import Said

from .made import diagnostic, loaded, result, run_of, written
from .papers import CONFIGURATION, FAULTY, lint, linter, source
from .test_outputs_sarif import sarif
from .validators import published

DOUBTED = FAULTY.replace("| 0 | 0 | 0 | 3 |", "| 0 | 0 | 0 | 3? |")
BALANCE, FOOTING, ZERO = "national/request-balance", "national/remedy-footing", "national/zero-filing"
CELL = "表二 第4行第10列 “一、本年新收政府信息公开申请数量”"
DOUBT = "读取时有疑问：一个数分在两个框里"


def found(said: Result, rule: str) -> Any:  # noqa: ANN401 - the only one
    [one] = [each for each in said.diagnostics if each.rule == rule]
    return one


def part(output: str, rule: str) -> str:
    """What `full` says of the finding of a rule."""
    [only] = [each for each in output.split("\n\n") if f"  {rule}\n" in each]
    return only


# What the linter says.


def test_a_finding_and_its_notes_know_their_places() -> None:
    one = found(lint(FAULTY), ZERO)
    assert (one.start(), one.end()) == (None, None)
    assert one.location() == Location("第四段", "p[4]", (("paragraph", 4),))
    assert [note.where.path for note in one.notes] == ["table[2]/row[4]/cell[10]"]


def test_of_several_doubts_the_nearest_is_told() -> None:
    table, cell, other = Doubt(Span(5, 90), "边框"), Doubt(Span(40, 42), "两个数"), Doubt(Span(60, 61), "别处")
    doubts = Doubts([other, table, cell])
    assert doubts.of(Span(40, 42)) is cell
    assert doubts.of(Span(50, 52)) is table
    # What has no text, as an empty cell, is doubted where it stands.
    assert [doubts.of(Span(place, place)) for place in (4, 5, 42, 90, 91)] == [None, table, cell, table, None]


def test_what_has_no_place_in_the_text_has_none_in_the_document() -> None:
    said = lint(f"{FAULTY}\n% comments 有 2 处批注\n")
    remark = said.diagnostics[0]
    assert (remark.rule, remark.location(), remark.start()) == ("documents/comments", None, None)


def test_a_finding_that_rests_on_a_doubt_is_one_level_lower_and_says_so() -> None:
    sure, doubted = found(lint(FAULTY), BALANCE), found(lint(DOUBTED), BALANCE)
    assert (sure.severity, sure.doubt) == (Severity.ERROR, "")
    assert (doubted.severity, doubted.doubt) == (Severity.WARNING, "一个数分在两个框里")
    assert doubted.notes == (*sure.notes, Note(DOUBT, doubted.span, doubted.location()))
    assert (doubted.place, doubted.content, doubted.fingerprint) == (sure.place, sure.content, sure.fingerprint)


def test_the_words_for_a_place_are_masked_and_in_one_line() -> None:
    secret = "13900001234"
    label = f"一、本年新收政府信息公开申请\u3000数量 {secret}\u202e"
    said = lint(FAULTY.replace("一、本年新收政府信息公开申请数量 |", f"{label} |") + f"\n联系人张三，手机{secret}。\n")
    words = [one.location().words for one in said.diagnostics if one.location()]
    words += [note.where.words for one in said.diagnostics for note in one.notes if note.where]
    assert [each for each in words if "本年新收" in each]
    for each in words:
        assert "本年新收" not in each or each.endswith("“一、本年新收政府信息公开申请 数量 139******34 ”")
        assert secret not in each
    for name in ("full", "concise", "json", "sarif", "html", "github", "markdown"):
        assert secret not in written(name, said)


def test_path_and_parts_of_a_place_are_masked_too() -> None:
    secret = "13900001234"
    sheet = Location(f"工作表“{secret}” C5", f"{secret}!C5", (("sheet", secret), ("row", 5)))
    shown = Mask(secret, [Span(0, 11)]).location(sheet)
    assert shown == Location("工作表“139******34” C5", "139******34!C5", (("sheet", "139******34"), ("row", 5)))
    assert Mask(secret, []).location(sheet) is sheet


def test_a_result_from_the_cache_knows_the_places() -> None:
    paper = source(DOUBTED)
    said = linter().examine(paper)
    again = unpacked(packed(said), paper.path, lambda: paper, said.rules_run, said.organisation)
    assert [each._replace(source=paper) for each in again.diagnostics] == said.diagnostics


# For people.


def test_full_shows_the_row_with_its_fields_and_no_line_number() -> None:
    shown = part("\n".join(text.full(lint(FAULTY))), BALANCE)
    assert shown.splitlines()[1:4] == [
        f"  年报.paper: {CELL}  {BALANCE}",
        "  | …新收政府信息公开申请数量 |  |  | 2 | 0 | 0 | 0 | 0 | 0 | 3",
        "  |                                                           ^",
    ]
    assert "第 " not in shown


def test_full_shows_the_paragraph_and_the_place_of_a_note() -> None:
    shown = part("\n".join(text.full(lint(DOUBTED))), ZERO)
    assert shown.splitlines() == [
        "警告 文字称“未收到政府信息公开申请”，即 0，表格中“一、本年新收政府信息公开申请数量”的“总计”为 3",
        f"  年报.paper: 第四段  {ZERO}",
        "  | （二）依申请公开。本年度未收到政府信息公开申请。",
        "  |                         ^^^^^^^^^^^^^^^^^^^^^^",
        f"  · 表格中“一、本年新收政府信息公开申请数量”的“总计”为 3（{CELL}）",
        f"  · {DOUBT}（{CELL}）",
        "  依据：国办公开办函〔2021〕30号（四）明确责任：发布内容应当准确、全面",
    ]


def test_full_does_not_repeat_the_place_of_the_finding_behind_its_notes() -> None:
    shown = part("\n".join(text.full(lint(DOUBTED))), BALANCE)
    assert shown.count(CELL) == 1
    assert f"  · {DOUBT}\n" in shown


def test_concise_and_grouped_have_words_for_lines() -> None:
    said = lint(DOUBTED, BALANCE, ZERO)
    sentence = "文字称“未收到政府信息公开申请”，即 0，表格中“一、本年新收政府信息公开申请数量”的“总计”为 3"
    assert written("concise", said).splitlines()[0] == f"年报.paper: 第四段: warning {ZERO} {sentence}（{DOUBT}）"
    lines = written("grouped", said).splitlines()
    columns = [text.width(line[: line.index("警告")]) for line in lines[1:3]]
    assert columns == [text.width(f"  {CELL}  ")] * 2
    assert lines[1].startswith("  第四段    ")


def test_a_web_page_has_lines_and_the_words_where_they_say_more() -> None:
    class Saved(Source):
        def location(self, span: Span) -> Location:  # noqa: ARG002 - there is only one
            return Location("表一 第1行（第 1 行）", "html/body/table", (("line", 1), ("table", 1), ("row", 1)))

    page, bare = Saved("甲乙", "a.html"), Source("甲乙", "b.txt")
    only_lines = diagnostic(bare, "乙")._replace(where=Location("第 1 行", "line[1]", (("line", 1), ("column", 2))))
    said = result(page, diagnostic(page, "乙"), only_lines)
    lines = list(text.full(said))
    assert lines[1] == "  a.html:1:2（表一 第1行）  demo/rule"
    assert lines[6] == "  b.txt:1:2  demo/rule"
    assert written("concise", said).splitlines() == [
        "a.html:1:2: error demo/rule 有误",
        "b.txt:1:2: error demo/rule 有误",
    ]
    assert "| 1:2 表一 第1行 |" in written("markdown", said)
    [first, second] = sarif(said)["results"]
    assert first["locations"][0]["logicalLocations"][0]["name"] == "表一 第1行（第 1 行）"
    assert "logicalLocations" not in second["locations"][0]


# For programs.


def test_messages_have_the_place_where_programs_know_only_lines() -> None:
    said = lint(DOUBTED, BALANCE)
    [one] = said.diagnostics
    told = f"{CELL}：{one.message}（{DOUBT}）"
    assert [(each["description"], each["location"]) for each in loaded("gitlab", said)] == [
        (told, {"path": "年报.paper", "lines": {"begin": 1}})
    ]
    assert [(each["message"], each["location"]) for each in loaded("rdjson", said)["diagnostics"]] == [
        (told, {"path": "年报.paper"})
    ]
    [error] = ElementTree.fromstring(written("checkstyle", said)).iter("error")
    assert (error.get("line"), error.get("column"), error.get("message")) == ("0", None, told)
    [failure] = ElementTree.fromstring(written("junit", said)).iter("failure")
    assert (failure.get("message"), failure.text) == (told, f"年报.paper: {CELL}: {one.message}（{DOUBT}）")
    [command] = written("github", said).splitlines()
    assert command.startswith(f"::warning file=年报.paper,title={BALANCE}::{CELL}：{one.message}%0A· ")
    assert f"%0A· {DOUBT}（{CELL}）%0A" in command
    assert f"| {CELL} | 警告 | {BALANCE} |".replace("_", "\\_") in written("markdown", said)


def test_sarif_has_logical_locations_and_no_region() -> None:
    said = lint(DOUBTED, BALANCE, path="年报.leaf")
    [one] = sarif(said)["results"]
    [place] = one["locations"]
    assert set(place["physicalLocation"]) == {"artifactLocation"}
    assert place["logicalLocations"] == [
        {"fullyQualifiedName": "requests/received/total"},
        {"name": f"第1页 {CELL}", "fullyQualifiedName": "page[1]/table[2]/row[4]/cell[10]", "kind": "cell"},
    ]
    assert place["properties"] == {"page": 1, "box": [72.0, 180.5, 144.0, 196.5], "table": 2, "row": 4, "cell": 10}
    assert one["message"]["text"].startswith(f"第1页 {CELL}：")
    assert one["properties"] == {"doubt": "一个数分在两个框里"}
    assert all("region" not in related["physicalLocation"] for related in one["relatedLocations"])
    assert {related["logicalLocations"][0]["kind"] for related in one["relatedLocations"]} == {"cell"}
    [of_text] = sarif(linter(BALANCE).lint_text(FAULTY, "年报.leaf"))["results"]
    assert one["partialFingerprints"] == of_text["partialFingerprints"]
    assert not {"properties"} & {*of_text, *of_text["locations"][0]}


def test_extract_has_the_origin_of_title_sections_cells_and_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "reportlint.toml").write_text(CONFIGURATION, encoding="utf-8")
    (tmp_path / "年报.leaf").write_text(DOUBTED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["extract", "年报.leaf"]) == 0
    document = json.loads(out := capsys.readouterr().out)
    published("extract").validate(document)
    assert document["title_origin"]["words"] == "第1页 标题"
    assert document["sections"][0]["origin"]["path"] == "page[1]/p[2]"
    assert {document["sections"][0][key] for key in ("start", "end")} == {None}
    [claim] = [each for each in document["claims"] if each["denied"] and each["start"] is None]
    assert claim["origin"]["parts"]["paragraph"] == 4
    assert document["cells"]["requests"]["received"]["total"] == {
        "path": "page[1]/table[2]/row[4]/cell[10]",
        "parts": {"page": 1, "box": [72.0, 180.5, 144.0, 196.5], "table": 2, "row": 4, "cell": 10},
        "doubt": "一个数分在两个框里",
    }
    assert document["cells"]["requests"]["received"]["natural_person"]["doubt"] is None
    assert {*document["cells"]} == {name for name, table in document["tables"].items() if table}
    # A line a cell, and two for each row and table.
    assert len(out.splitlines()) < 900


def test_extract_and_parse_mask_the_words_for_a_place() -> None:
    secret = "13900001234"
    report = linter().read(
        source(FAULTY.replace("一、本年新收政府信息公开申请数量 |", f"一、本年新收{secret}\u202e |"))
    )
    start = report.source.text.index(secret)
    concealed = [Span(start, start + len(secret))]
    assert secret not in extract(report, concealed)
    lines = list(tree(report.source, linter().parse(report.source), concealed))
    assert secret not in "".join(lines)
    assert any("139******34�”" in line for line in lines)
    assert all(line.isprintable() for line in lines)

    class Sheet(Origin):
        def location(self, span: Span) -> Location:  # noqa: ARG002 - there is only one
            return Location(secret, f"{secret}!C5", (("sheet", secret),))

    report.source.origin = Sheet()
    extracted = extract(report, concealed)
    assert secret not in extracted
    assert '{"path": "139******34!C5", "parts": {"sheet": "139******34"}, "doubt": null}' in extracted


def test_parse_has_no_lines_of_a_text_that_nobody_has_seen() -> None:
    paper = source(FAULTY)
    lines = list(tree(paper, linter().parse(paper)))
    assert any("第四段" in line for line in lines)
    assert any("表二 第4行" in line for line in lines)


def test_fixes_that_were_refused_have_their_place_in_words() -> None:
    said = lint(FAULTY, BALANCE)
    refused = Refused(said.diagnostics[0], "不能改")
    outcome = Outcome.of(said).after(Fixed(said, said, {}, (refused,), 0))
    assert outcome.refused == (f"年报.paper: {CELL} {BALANCE}：不能改",)
    run = run_of(said)
    run.add(outcome)
    assert f"没有修改 年报.paper: {CELL} {BALANCE}：不能改" in list(text.summary(run))


def test_a_diff_of_a_document_has_places_and_no_line_numbers() -> None:
    before = lint(FAULTY)
    after = lint(FAULTY.replace("全年收取信息处理费0元。", "全年收取信息处理费 0 元。"))
    heads = [line for line in unified(Fixed(before, after, {}, (), 0)) if line.startswith("@@")]
    assert heads == ["@@ 第13段 @@"]
    other = lint(FAULTY.replace("| 0 | 0 | 0 | 3 |", "| 0 | 0 | 0 | 2 |"))
    assert list(unified(Fixed(before, other, {}, (), 0)))[2] == "@@ 表二 第4行 “一、本年新收政府信息公开申请数量” @@"


def test_a_diff_of_a_document_masks_its_places() -> None:
    secret = "13900001234"
    texts = [FAULTY.replace("一、本年新收政府信息公开申请数量 |", f"本年新收{secret} |"), FAULTY]
    before, after = (lint(f"{text}\n联系电话{secret}。\n") for text in texts)
    assert list(unified(Fixed(before, after, {}, (), 0)))[2] == "@@ 表二 第4行 “本年新收139******34” @@"


def test_tests_of_packs_show_the_place() -> None:
    said = Said(BALANCE, found(lint(FAULTY), BALANCE).span, "有误")
    assert shown_in_tests(said, source(FAULTY)) == [f"{BALANCE} at {CELL} '3'", "  有误"]
