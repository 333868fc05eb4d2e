"""What is written: for people (`full`, `concise`, the summary) and for programs (`json`, `extract`)."""

from __future__ import annotations

import json
import operator
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportlint_grammars
import reportlint_national
from reportlint import (
    Diagnostic,
    Finding,
    Linter,
    Note,
    Position,
    Report,
    Result,
    Severity,
    Source,
    Span,
    Unassessed,
    hookimpl,
    rule,
)
from reportlint.cli import main
from reportlint.config import Layer
from reportlint.formats import Context, rendered, text
from reportlint.formats import json as programs
from reportlint.linter import settings_for
from reportlint.outcome import Outcome, PassedOver, Run
from reportlint.packs import Packs
from reportlint.testing import Draft

from .documents import findings_of
from .validators import published

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
COMPLIANT = EXAMPLES / "qinghe-town-2024.txt"

Json = dict[str, Any]


def diagnostic(
    source: str,
    marked: str | Span | None,
    message: str = "有误",
    *,
    basis: str = "",
    notes: tuple[Note, ...] = (),
    severity: Severity = Severity.ERROR,
    at: Position | None = None,
) -> Diagnostic:
    """A finding on a text that occurs once, on a span, or on nothing."""
    span = marked
    if isinstance(marked, str):
        assert source.count(marked) == 1
        span = Span(source.index(marked), source.index(marked) + len(marked))
    assert not isinstance(span, str)
    return Diagnostic(Source(source, "a.txt"), span, "demo/rule", severity, message, basis, notes, "0" * 32, at)


def result(*diagnostics: Diagnostic, unassessed: tuple[Unassessed, ...] = (), failed: bool = False) -> Result:
    source = diagnostics[0].source if diagnostics else Source("", "a.txt")
    return Result(source, None, list(diagnostics), ("demo/rule",), unassessed, failed)


def frame(source: str, marked: str | Span) -> list[str]:
    """The lines that show the source."""
    lines = list(text.full(result(diagnostic(source, marked))))
    assert lines[0] == "错误 有误"
    assert lines[-1] == ""
    return lines[2:-1]


# full: the line and the carets under it


@pytest.mark.parametrize(
    ("source", "marked", "shown"),
    [
        ("total 12 of 14", "12", [" 1 | total 12 of 14", "   |       ^^"]),
        ("收到申请5件", "5", [" 1 | 收到申请5件", "   |         ^"]),
        ("收到申请5件", "申请", [" 1 | 收到申请5件", "   |     ^^^^"]),
        ("收到５件", "５", [" 1 | 收到５件", "   |     ^^"]),
        ("收到，5件", "5", [" 1 | 收到，5件", "   |       ^"]),
        ("“甲”为5件", "5", [" 1 | “甲”为5件", "   |       ^"]),
        ("𠮷田镇收到5件", "5", [" 1 | 𠮷田镇收到5件", "   |           ^"]),
        ("由𠮷𬭎办理", "𠮷𬭎", [" 1 | 由𠮷𬭎办理", "   |   ^^^^"]),
        ("cafe\u0301 5", "5", [" 1 | cafe\u0301 5", "   |      ^"]),
        ("件数\t5\t6", "5", [" 1 | 件数  5  6", "   |       ^"]),
        ("件数\t5\t6\t7", "5\t6", [" 1 | 件数  5  6  7", "   |       ^^^^"]),
        ("\t\t5", "5", [" 1 |     5", "   |     ^"]),
        ("甲\x07乙5", "5", [" 1 | 甲�乙5", "   |      ^"]),
        ("甲\x1b[31m5", "5", [" 1 | 甲�[31m5", "   |        ^"]),
        ("甲\ud8005", "5", [" 1 | 甲�5", "   |    ^"]),
        ("甲乙", "甲乙", [" 1 | 甲乙", "   | ^^^^"]),
        ("甲乙", Span(1, 1), [" 1 | 甲乙", "   |   ^"]),
        ("甲乙", Span(2, 2), [" 1 | 甲乙", "   |     ^"]),
        ("", Span(0, 0), [" 1 | ", "   | ^"]),
    ],
)
def test_the_carets_stand_under_the_stretch(source: str, marked: str | Span, shown: list[str]) -> None:
    assert frame(source, marked) == shown


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_of_the_stretch_is_shown_with_its_number(end: str) -> None:
    source = end.join(["甲"] * 8 + ["乙5", "丙6", "丁7"]) + end
    assert frame(source, "5") == [" 9 | 乙5", "   |   ^"]
    assert frame(source, "6") == [" 10 | 丙6", "    |   ^"]
    assert frame(end * 99 + source, "丁7") == [" 110 | 丁7", "     | ^^^"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_of_a_stretch_over_several_lines_the_first_is_shown(end: str) -> None:
    source = f"一、总体{end}情况如下{end}全年"
    assert frame(source, f"总体{end}情况如") == [" 1 | 一、总体", "   |     ^^^^"]
    assert frame(source, f"情况如下{end}全年") == [" 2 | 情况如下", "   | ^^^^^^^^"]


def test_a_long_line_is_cut_on_both_sides() -> None:
    source = "前" * 60 + "错" + "后" * 60
    shown, carets = frame(source, "错")
    assert shown == " 1 | …" + "前" * 24 + "错" + "后" * 12 + "…"
    assert carets == "   | " + " " * 49 + "^^"


def test_a_line_is_not_cut_where_nothing_is_left_out() -> None:
    source = "前" * 24 + "错" + "后" * 12
    assert frame(source, "错") == [" 1 | " + source, "   | " + " " * 48 + "^^"]
    assert frame("x" + source, "错")[0] == " 1 | …" + source
    assert frame(source + "x", "错")[0] == " 1 | " + source + "…"


def test_a_long_stretch_is_cut_too() -> None:
    shown, carets = frame("始" + "错" * 100 + "终", "错" * 100)
    assert shown == " 1 | 始" + "错" * 36 + "…"
    assert carets == "   |   " + "^" * 48


def test_tabs_count_as_they_are_shown_where_a_line_is_cut() -> None:
    shown, carets = frame("\t" * 60 + "5" + "\t" * 60, "5")
    assert shown == " 1 | …" + " " * 48 + "5" + " " * 24 + "…"
    assert carets == "   | " + " " * 49 + "^"


def test_a_line_of_many_characters_is_cut_without_reading_it_all() -> None:
    source = "前" * 1_000_000 + "错" + "后" * 1_000_000
    assert frame(source, "错") == frame("前" * 60 + "错" + "后" * 60, "错")


def some(alphabet: str, least: int = 0) -> st.SearchStrategy[str]:
    """Texts of which many are longer than what is shown of a line."""
    return st.builds(operator.mul, st.text(alphabet, min_size=least, max_size=40), st.integers(1, 5))


def columns(shown: str) -> list[str]:
    """The character in each column of a terminal; a wide one is in two."""
    found: list[str] = []
    for character in shown:
        if unicodedata.combining(character):
            found[-1] += character
            continue
        found.extend([character] * (2 if unicodedata.east_asian_width(character) in ("W", "F") else 1))
    return found


@given(some("a5中，“𠮷𬭎１é\t "), some("b6文。”𠮷１\t", 1), some("a5中，“𠮷𬭎１é\t "))
def test_whatever_the_line_the_carets_stand_under_the_beginning_of_the_stretch(
    before: str, marked: str, after: str
) -> None:
    source = f"上一行\n{before}{marked}{after}\n下一行"
    start = len("上一行\n" + before)
    shown, carets = frame(source, Span(start, start + len(marked)))
    assert shown.startswith(" 2 | ")
    assert carets.startswith("   | ")
    under = [i for i, sign in enumerate(carets) if sign == "^"]
    assert under == list(range(under[0], under[-1] + 1))
    above = "".join(columns(shown)[under[0] : under[-1] + 1])
    whole = "".join(columns(marked.replace("\t", "  ")))
    assert whole.startswith(above)
    assert above == whole or len(under) in (47, 48)
    assert len(columns(shown)) <= len(" 2 | ……") + 48 + 48 + 24
    body = shown.removeprefix(" 2 | ")
    line = (before + marked + after).replace("\t", "  ")
    assert body.removeprefix("…").removesuffix("…") in line
    assert body.startswith("…") or line.startswith(body.removesuffix("…"))
    assert body.endswith("…") or line.endswith(body.removeprefix("…"))


# full: all that belongs to a finding


def test_a_finding_with_all_that_belongs_to_it() -> None:
    source = "一、总体情况\n\n收到5件，办结6件"
    five, six = source.index("5"), source.index("6")
    finding = diagnostic(
        source,
        "5件",
        "件数应为 6",
        basis="国办公开办函〔2021〕30号",
        notes=(Note("办结为 6", Span(six, six + 1)), Note("没有地方"), Note("标题", Span(0, 6))),
        severity=Severity.WARNING,
    )
    assert five == 10
    assert list(text.full(result(finding))) == [
        "警告 件数应为 6",
        "  a.txt:3:3  demo/rule",
        " 3 | 收到5件，办结6件",
        "   |     ^^^",
        "  · 办结为 6（第 3 行第 8 字）",
        "  · 没有地方",
        "  · 标题（第 1 行第 1 字）",
        "  依据：国办公开办函〔2021〕30号",
        "",
    ]


def test_findings_without_a_place_or_a_basis_have_no_line_for_it() -> None:
    found = result(
        diagnostic("甲", None, "缺少第一部分", severity=Severity.ADVICE),
        diagnostic("", None, "不是 UTF-8", at=Position(3, 7), basis="reportlint")._replace(rule="reportlint/encoding"),
    )
    assert list(text.full(found)) == [
        "建议 缺少第一部分",
        "  a.txt  demo/rule",
        "",
        "错误 不是 UTF-8",
        "  a.txt:3:7  reportlint/encoding",
        "",
    ]


def test_rules_that_could_not_judge_are_told_in_the_closing_words_only() -> None:
    unassessed = (Unassessed("demo/one", "没有该表格"), Unassessed("demo/two", "没有第一部分"))
    assert list(text.full(result(unassessed=unassessed))) == []
    assert list(text.summary(run_of(result(unassessed=unassessed))))[2:] == [
        "1 份报告有规则无法判断：",
        "  没有第一部分（demo/two）",
        "  没有该表格（demo/one）",
    ]


def test_colour_marks_the_severity_the_message_and_the_carets() -> None:
    colours = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}
    for severity, code in colours.items():
        lines = list(text.full(result(diagnostic("收到5件", "5", severity=severity)), True))
        assert lines == [
            f"\x1b[{code}m{text.WORDS[severity]}\x1b[0m \x1b[1m有误\x1b[0m",
            "  a.txt:1:3  demo/rule",
            " 1 | 收到5件",
            f"   |     \x1b[{code}m^\x1b[0m",
            "",
        ]


def test_the_readme_shows_what_is_written(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("README.md", "README.zh-CN.md"):
        shown = re.search(r"^```text\n(.+?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        assert shown is not None
        monkeypatch.chdir(ROOT)
        main(["check", "examples/reports"])
        assert shown.group(1) in capsys.readouterr().out


def test_every_line_shown_of_a_report_is_in_it(linter: Linter) -> None:
    found = linter.lint_file(FAULTY)
    lines = FAULTY.read_text(encoding="utf-8").splitlines()
    frames = re.findall(r"^ (\d+) \| (.*)\n +\| ( *)(\^+)$", "\n".join(text.full(found)), re.MULTILINE)
    assert [int(number) for number, *_ in frames] == [5, 9, 37, 68, 70, 76]
    for (number, shown, before, carets), finding in zip(frames, found.diagnostics, strict=True):
        assert shown.strip("…") in lines[int(number) - 1]
        assert finding.span is not None
        above = columns(shown)[len(before) : len(before) + len(carets)]
        assert above == columns(found.source.slice(finding.span))


# The summary


def run_of(*results: Result, passed_over: int = 0) -> Run:
    run = Run()
    for each in results:
        run.add(Outcome.of(each))
    run.passed_over += [PassedOver(f"{n}.pdf", "不像年度报告") for n in range(passed_over)]
    return run


def test_the_summary_counts_reports_rules_and_findings() -> None:
    one = result(diagnostic("甲", None), diagnostic("甲", None, severity=Severity.ADVICE))
    two = result(diagnostic("甲", None), diagnostic("甲", None, severity=Severity.WARNING))
    two = two._replace(rules_run=("demo/rule", "demo/other"))
    assert list(text.summary(run_of(one, two, result()))) == [
        "检查了 3 份报告，运行了 2 条规则；发现 4 处（2 个错误，1 个警告，1 个建议）。",
        "规则共运行 4 次：2 次通过，2 次发现问题。",
    ]
    assert list(text.summary(run_of(result()))) == ["检查了 1 份报告，运行了 1 条规则；没有发现问题。"]
    assert list(text.summary(run_of())) == ["没有检查任何报告。"]


def test_the_summary_tells_what_was_not_done() -> None:
    unassessed = (Unassessed("demo/one", "没有该表格"), Unassessed("demo/two", "没有该表格"))
    unable = result(unassessed=unassessed)._replace(rules_run=("demo/one", "demo/two"))
    run = run_of(unable, result(failed=True)._replace(rules_run=("demo/one",)), unable, passed_over=5)
    assert list(text.summary(run)) == [
        "检查了 3 份报告，运行了 2 条规则；没有发现问题。",
        "规则共运行 5 次：1 次通过，0 次发现问题，4 次无法判断。",
        "1 份没有能按要求检查。",
        "2 份报告有规则无法判断：",
        "  4 次 没有该表格（demo/one 等 2 条规则）",
        *(f"略过 {number}.pdf：不像年度报告。" for number in range(5)),
    ]
    assert list(text.summary(run_of(result(), passed_over=7)))[-2:] == [
        "略过 4.pdf：不像年度报告。",
        "另略过 2 个文件。",
    ]


# concise


def test_concise_is_a_line_a_finding() -> None:
    found = result(
        diagnostic("甲", None, "缺少第一部分", basis="依据", notes=(Note("注"),)),
        diagnostic("甲\n乙丙", "丙", "不是数", severity=Severity.WARNING),
        diagnostic("", None, "不是 UTF-8", severity=Severity.ADVICE, at=Position(3, 7)),
        unassessed=(Unassessed("demo/one", "没有该表格"),),
    )
    assert list(text.concise(found)) == [
        "a.txt: error demo/rule 缺少第一部分",
        "a.txt:2:2: warning demo/rule 不是数",
        "a.txt:3:7: advice demo/rule 不是 UTF-8",
    ]


def test_concise_on_a_report(linter: Linter) -> None:
    lines = list(text.concise(linter.lint_file(FAULTY)))
    parts = [re.fullmatch(r"(.+):(\d+:\d+): (error|warning|advice) national/([a-z-]+) (.+)", line) for line in lines]
    assert [part and part.groups()[:4] for part in parts] == [
        (str(FAULTY), "5:1", "warning", "overview-aspects"),
        (str(FAULTY), "9:13", "error", "zero-filing"),
        (str(FAULTY), "37:52", "error", "request-balance"),
        (str(FAULTY), "68:19", "error", "remedy-footing"),
        (str(FAULTY), "70:1", "warning", "problems-and-improvement"),
        (str(FAULTY), "76:3", "warning", "fee-disclosure"),
    ]
    assert lines[4].endswith(" “五、存在的主要问题及改进情况”部分没有写明改进情况")


# json


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Callable[..., Json]:
    """The object that a run writes, valid by the schema."""

    def checked(*arguments: str | Path) -> Json:
        main(["check", "--output-format", "json", *map(str, arguments)])
        document: Json = json.loads(capsys.readouterr().out)
        published("check").validate(document)
        return document

    return checked


def document_of(*results: Result) -> Json:
    """The object for results made by hand, valid by the schema."""
    document: Json = json.loads(rendered("json", results))
    published("check").validate(document)
    return document


def source_of(path: Path) -> Source:
    return Source(path.read_text(encoding="utf-8"), str(path))


def test_json_of_a_clean_run(check: Callable[..., Json]) -> None:
    document = check(COMPLIANT)
    assert findings_of(document) == []
    (report,) = document["reports"]
    rules = len(report.pop("rules_run"))
    assert report == {
        "path": str(COMPLIANT),
        "organisation": "云溪县青禾镇人民政府",
        "diagnostics": [],
        "accepted": [],
        "not_assessable": [],
        "failed": False,
    }
    assert document["summary"] == {
        "reports": 1,
        "rules": rules,
        "findings": 0,
        "error": 0,
        "warning": 0,
        "advice": 0,
        "failed": 0,
        "not_assessable": 0,
        "accepted": 0,
        "in_baseline": 0,
        "fixes": {"applied": 0, "refused": [], "safe": 0, "unsafe": 0},
        "checks": {"run": rules, "passed": rules, "found": 0, "not_assessable": 0},
        "reasons": [],
        "passed_over": [],
        "statistics": None,
    }


def test_json_of_a_faulty_run(check: Callable[..., Json]) -> None:
    document = check(COMPLIANT, FAULTY)
    assert [(each["rule"], each["severity"], each["path"]) for each in findings_of(document)] == [
        ("national/overview-aspects", "warning", str(FAULTY)),
        ("national/zero-filing", "error", str(FAULTY)),
        ("national/request-balance", "error", str(FAULTY)),
        ("national/remedy-footing", "error", str(FAULTY)),
        ("national/problems-and-improvement", "warning", str(FAULTY)),
        ("national/fee-disclosure", "warning", str(FAULTY)),
    ]
    balance = findings_of(document)[2]
    assert re.fullmatch("[0-9a-f]{32}", balance.pop("fingerprint"))
    assert balance == {
        "rule": "national/request-balance",
        "severity": "error",
        "mandatory": False,
        "message": "“一、本年新收政府信息公开申请数量”的“总计”应为 2，实为 3，2 同时满足 2 项勾稽关系",
        "path": str(FAULTY),
        "start": {"line": 37, "column": 52},
        "end": {"line": 37, "column": 53},
        "origin": None,
        "place": "requests/received/total",
        "content": "3",
        "fix": None,
        "basis": "国办公开办函〔2021〕30号 表三：第一项加第二项之和，等于第三项加第四项之和",
        "doubt": None,
        "notes": [
            {
                "message": "“总计”列：第一项加第二项之和为 3，第三项加第四项之和为 2",
                "start": {"line": 37, "column": 52},
                "end": {"line": 37, "column": 53},
                "origin": None,
            },
            {
                "message": "“一、本年新收政府信息公开申请数量”行：总计为 3，六类申请人之和为 2",
                "start": {"line": 37, "column": 52},
                "end": {"line": 37, "column": 53},
                "origin": None,
            },
        ],
    }
    assert [report["path"] for report in document["reports"]] == [str(COMPLIANT), str(FAULTY)]
    summary = document["summary"]
    assert [summary[key] for key in ("reports", "findings", "error", "warning", "advice")] == [2, 6, 3, 3, 0]


def test_json_of_a_run_with_unreadable_files(tmp_path: Path, check: Callable[..., Json]) -> None:
    binary = tmp_path / "binary.txt"
    binary.write_bytes("云溪县\n甲".encode() + b"\0\0")
    missing = tmp_path / "a.pdf"
    missing.touch()
    document = check(binary, missing)
    found = [(each["rule"], each["start"], each["end"]) for each in findings_of(document)]
    assert found[0] == ("reportlint/binary", {"line": 2, "column": 2}, {"line": 2, "column": 2})
    assert found[1][1:] == (None, None)
    assert [(report["rules_run"], report["failed"]) for report in document["reports"]] == [([], True)] * 2
    assert (document["summary"]["failed"], document["summary"]["error"], document["summary"]["rules"]) == (2, 2, 0)


def test_json_of_a_run_that_passes_files_over(tmp_path: Path, check: Callable[..., Json]) -> None:
    for name in ("a.html", "b.md", "c.txt"):
        (tmp_path / name).write_text("买三份打印纸。", encoding="utf-8")
    document = check(tmp_path)
    assert (findings_of(document), document["reports"], document["summary"]["reports"]) == ([], [], 0)
    assert document["summary"]["passed_over"] == [
        {"path": str(tmp_path / name), "reason": "不像年度报告"} for name in ("a.html", "b.md", "c.txt")
    ]


def test_json_tells_which_rules_could_not_judge(tmp_path: Path, check: Callable[..., Json]) -> None:
    report = tmp_path / "report.txt"
    report.write_text("云溪县水务局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n主动公开。\n", encoding="utf-8")
    document = check(report)
    reasons = {each["rule"]: each["reason"] for each in document["reports"][0]["not_assessable"]}
    assert reasons["national/request-balance"] == "没有该表格"
    assert set(reasons) <= set(document["reports"][0]["rules_run"])
    assert document["summary"]["not_assessable"] == 1
    lacking = [each for each in findings_of(document) if each["rule"] == "national/required-sections"]
    assert lacking
    assert {(str(each["start"]), str(each["end"])) for each in lacking} == {("None", "None")}


def test_positions_are_characters_from_1() -> None:
    source = "𠮷田镇\r\n甲\t𬭎5件\n丙"
    document = document_of(
        result(
            diagnostic(source, "𠮷"),
            diagnostic(source, "5", notes=(Note("这里", Span(0, 3)), Note("没有地方"))),
            diagnostic(source, "件\n丙"),
            diagnostic(source, None),
            diagnostic(source, None, at=Position(4, 9)),
        )
    )

    def place(line: int, column: int) -> Json:
        return {"line": line, "column": column}

    assert [(each["start"], each["end"]) for each in findings_of(document)] == [
        (place(1, 1), place(1, 2)),
        (place(2, 4), place(2, 5)),
        (place(2, 5), place(3, 2)),
        (None, None),
        (place(4, 9), place(4, 9)),
    ]
    assert findings_of(document)[1]["notes"] == [
        {"message": "这里", "start": place(1, 1), "end": place(1, 4), "origin": None},
        {"message": "没有地方", "start": None, "end": None, "origin": None},
    ]


def test_positions_lead_to_what_is_found_fault_with(linter: Linter) -> None:
    lines = FAULTY.read_text(encoding="utf-8").split("\n")
    found = linter.lint_file(FAULTY)
    document = document_of(found)
    for each, finding in zip(findings_of(document), found.diagnostics, strict=True):
        start, end = each["start"], each["end"]
        assert start["line"] == end["line"]
        assert finding.span is not None
        marked = lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1]
        assert marked == found.source.slice(finding.span)
        assert marked


def test_json_has_escapes_where_the_output_cannot_show_all() -> None:
    found = [result(diagnostic("𠮷é中", "中", "𠮷é中有误"))]
    shown = rendered("json", found)
    escaped = rendered("json", found, Context("", lambda _: None, ascii_only=True))
    assert "𠮷é中有误" in shown
    assert escaped.isascii()
    assert json.loads(escaped) == json.loads(shown)


# Fingerprints


def fingerprints(found: Result) -> list[str]:
    return [each.fingerprint for each in found.diagnostics]


def faults(linter: Linter) -> Draft:
    """A report with findings on cells, headings, sentences and on nothing."""
    draft = Draft.from_file(FAULTY, linter)
    for row, column in ("penalties", "decisions"), ("licences", "decisions"), ("normative_documents", "issued"):
        draft = draft.put(("disclosure", row, column), "若干")
    draft = draft.put(("requests", "processed", "business"), "").put(("requests", "duplicate", "total"), "-1")
    return draft.without_line("六、其他需要报告的事项")


def test_no_two_findings_of_a_run_have_the_same_fingerprint(
    tmp_path: Path, linter: Linter, check: Callable[..., Json]
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(faults(linter).text, encoding="utf-8")
    document = check(tmp_path)
    marks = [each["fingerprint"] for each in findings_of(document)]
    assert len(marks) >= 16
    assert len(set(marks)) == len(marks)
    assert len({each["rule"] for each in findings_of(document)}) >= 7


def test_fingerprints_stay_when_lines_move(linter: Linter) -> None:
    before = faults(linter).result
    moved = faults(linter).replace("一、总体情况", "\n\n\n一、总体情况").replace("五、存在的", "\n\n五、存在的")
    after = linter.lint_text("\n\n" + moved.text, "draft.txt")
    assert [each.message for each in after.diagnostics] == [each.message for each in before.diagnostics]
    assert [each.start() for each in after.diagnostics] != [each.start() for each in before.diagnostics]
    assert fingerprints(after) == fingerprints(before)


def test_fingerprints_stay_when_another_finding_is_mended(linter: Linter) -> None:
    before = faults(linter)
    after = before.put(("disclosure", "licences", "decisions"), "9")
    gone = set(fingerprints(before.result)) - set(fingerprints(after.result))
    assert len(gone) == 1
    assert set(fingerprints(after.result)) <= set(fingerprints(before.result))


def test_the_fingerprint_of_a_cell_stays_when_its_figure_changes(linter: Linter) -> None:
    def wrong(figure: str) -> tuple[list[str], list[str]]:
        draft = Draft.from_file(COMPLIANT, linter).put(("requests", "received", "total"), figure)
        return [each.message for each in draft.result.diagnostics], fingerprints(draft.result)

    (six, seven) = (wrong("6"), wrong("7"))
    assert six[0] != seven[0]
    assert six[1] == seven[1]
    assert len(six[1]) == 1


def test_fingerprints_are_those_of_a_report(linter: Linter) -> None:
    text_ = faults(linter).text
    one, same, other = (fingerprints(linter.lint_text(text_, path)) for path in ("a/1.txt", "a\\1.txt", "a/2.txt"))
    assert one == same
    assert not set(one) & set(other)


@rule(basis="测试", severity=Severity.ADVICE)
def every_zero(report: Report) -> Iterator[Finding]:
    """Says the same of the same text in many places, and twice of the whole."""
    for match in re.finditer("行政强制|行政处罚", report.source.text):
        yield Finding(Span(*match.span()), "这里")
        yield Finding(Span(*match.span()), "还是这里")
    yield Finding(None, "整份")
    yield Finding(None, "整份")


def test_findings_of_a_rule_on_the_same_text_are_told_apart() -> None:
    demo = ModuleType("demo")
    demo.__dict__["reportlint_rules"] = hookimpl(lambda: [every_zero])
    packs = Packs({"grammars": reportlint_grammars, "national": reportlint_national, "demo": demo})
    linter = Linter(packs, settings_for(packs, [Layer("test", extends=("national",), select=("demo",))]))
    draft = Draft.from_file(COMPLIANT, linter)
    twice = draft.replace("行政处罚\t4", "行政处罚\t4\t\n行政处罚\t4")
    first, second = fingerprints(draft.result), fingerprints(twice.result)
    assert (len(first), len(second)) == (6, 8)
    assert (len(set(first)), len(set(second))) == (6, 8)
    assert set(first) < set(second)


# extract


def extracted(draft: Draft) -> Json:
    """The object for a report, valid by the schema."""
    document: Json = json.loads(programs.extract(draft.report))
    published("extract").validate(document)
    return document


def test_extract_has_the_names_and_sections_of_a_report(compliant: Draft) -> None:
    document = extracted(compliant)
    assert {key: document[key] for key in ("schema_version", "path", "title", "organisation", "year", "form")} == {
        "schema_version": 1,
        "path": "draft.txt",
        "title": "云溪县青禾镇人民政府2024年政府信息公开工作年度报告",
        "organisation": "云溪县青禾镇人民政府",
        "year": 2024,
        "form": "annual-2021",
    }
    sections = document["sections"]
    assert [(each["name"], each["heading"], each["start"], each["tables"]) for each in sections] == [
        ("overview", "一、总体情况", {"line": 5, "column": 1}, []),
        ("proactive_disclosure", "二、主动公开政府信息情况", {"line": 17, "column": 1}, ["disclosure"]),
        ("requests", "三、收到和处理政府信息公开申请情况", {"line": 34, "column": 1}, ["requests"]),
        ("remedies", "四、政府信息公开行政复议、行政诉讼情况", {"line": 65, "column": 1}, ["remedies"]),
        ("improvement", "五、存在的主要问题及改进情况", {"line": 72, "column": 1}, []),
        ("other_matters", "六、其他需要报告的事项", {"line": 78, "column": 1}, []),
    ]
    assert [each["end"] for each in sections[:-1]] == [each["start"] for each in sections[1:]]


def test_extract_has_the_figures_of_a_report(compliant: Draft) -> None:
    tables = extracted(compliant)["tables"]
    assert tables["disclosure"] == {
        "government_rules": {"issued": 0, "repealed": 0, "in_force": 0},
        "normative_documents": {"issued": 2, "repealed": 1, "in_force": 9},
        "licences": {"decisions": 36},
        "penalties": {"decisions": 4},
        "compulsion": {"decisions": 0},
        "administrative_fees": {"amount": 0},
    }
    requests = tables["requests"]
    assert requests["received"] == {
        "natural_person": 4,
        "business": 1,
        "research_institution": 0,
        "social_organisation": 0,
        "legal_service": 0,
        "other_organisation": 0,
        "total": 5,
    }
    assert [
        (row, cells["natural_person"], cells["business"], cells["total"])
        for row, cells in requests.items()
        if cells["total"]
    ] == [
        ("received", 4, 1, 5),
        ("brought_forward", 1, 0, 1),
        ("granted", 2, 1, 3),
        ("partly_granted", 1, 0, 1),
        ("no_records", 1, 0, 1),
        ("processed", 4, 1, 5),
        ("carried_forward", 1, 0, 1),
    ]
    assert len(requests) == 25
    assert tables["remedies"] == {
        "reconsideration": {"upheld": 1, "corrected": 0, "other": 0, "pending": 0, "total": 1},
        "direct_litigation": dict.fromkeys(("upheld", "corrected", "other", "pending", "total"), 0),
        "litigation_after_reconsideration": dict.fromkeys(("upheld", "corrected", "other", "pending", "total"), 0),
    }


def test_extract_has_the_claims_of_a_report(compliant: Draft) -> None:
    claims = extracted(compliant)["claims"]
    assert [(each["subject"], each["value"], each["unit"], each["text"], each["start"]) for each in claims] == [
        ("newly_received", 5, "件", "收到政府信息公开申请5件", {"line": 9, "column": 13}),
        ("brought_forward", 1, "件", "上年结转1件", {"line": 9, "column": 26}),
        ("processed", 5, "件", "办结5件", {"line": 9, "column": 33}),
        ("carried_forward", 1, "件", "结转下年度继续办理1件", {"line": 9, "column": 38}),
        ("reconsideration", 1, "件", "被申请行政复议1件", {"line": 9, "column": 59}),
        ("litigation", 0, "件", "行政诉讼0件", {"line": 9, "column": 69}),
        ("fee.notices", 0, "件", "发出收费通知0件", {"line": 80, "column": 24}),
        ("fee.amount", 0, "元", "总金额0元", {"line": 80, "column": 33}),
        ("fee.collected", 0, "元", "实际收取0元", {"line": 80, "column": 39}),
    ]
    assert {(each["approximate"], each["denied"], each["year"]) for each in claims} == {(False, False, None)}


def test_extract_tells_denials(zero_report: Draft) -> None:
    claims = extracted(zero_report)["claims"]
    received = [each for each in claims if each["subject"] == "received"]
    assert [(each["value"], each["denied"]) for each in received] == [(0, True)]


def test_extract_has_fractions_as_numbers(linter: Linter) -> None:
    document = extracted(Draft.from_file(FAULTY, linter))
    assert document["tables"]["disclosure"]["administrative_fees"] == {"amount": 0.35}
    whole = Draft.from_file(FAULTY, linter).replace("0.35", "12.00")
    amount = extracted(whole)["tables"]["disclosure"]["administrative_fees"]["amount"]
    assert (amount, type(amount)) == (12, int)


def test_extract_has_null_where_no_figure_is(compliant: Draft) -> None:
    draft = compliant.put(("requests", "received", "business"), "").put(("requests", "granted", "total"), "若干")
    draft = draft.put(("disclosure", "licences", "decisions"), "/")
    tables = extracted(draft)["tables"]
    assert tables["requests"]["received"]["business"] is None
    assert tables["requests"]["received"]["natural_person"] == 4
    assert tables["requests"]["granted"]["total"] is None
    assert tables["disclosure"]["licences"] == {"decisions": None}


def test_extract_has_a_row_of_nulls_for_one_that_is_not_there(compliant: Draft) -> None:
    tables = extracted(compliant.without_line("2.重复申请"))["tables"]
    assert tables["requests"]["duplicate"] == dict.fromkeys(tables["requests"]["received"])
    assert tables["requests"]["complaint"]["total"] == 0


def test_extract_has_null_for_a_table_that_is_not_there(compliant: Draft) -> None:
    draft = compliant.without_line("1	0	0	0	1	0").without_line("行政复议					行政诉讼")
    draft = draft.without_line("结果维持	结果纠正	其他结果	尚未审结	总计	未经").without_line(
        "				结果维持	结果纠正	其他结果	尚未审结	总计	结果"
    )
    document = extracted(draft)
    assert document["tables"]["remedies"] is None
    assert document["tables"]["requests"]["received"]["total"] == 5
    assert [each["tables"] for each in document["sections"] if each["name"] == "remedies"] == [[]]


def test_extract_of_a_text_that_is_no_report(linter: Linter) -> None:
    document = extracted(Draft("买三份打印纸。\n", linter))
    assert [document[key] for key in ("title", "organisation", "year", "sections", "claims")] == [None] * 3 + [[], []]
    assert document["tables"] == {"disclosure": None, "requests": None, "remedies": None}


# Text that is no text


def test_surrogates_survive_every_output(linter: Linter) -> None:
    draft = Draft.from_file(FAULTY, linter).replace("云溪县水务局2024", "云溪\ud842县水务局2024")
    draft = draft.replace("五、存在的主要", "五、\udfb7存在的\ud842主要").replace("全年收取", "全\ud842年收取")
    found = linter.lint_text(draft.text, "\udce9.txt")
    assert len(found.diagnostics) >= 6
    full, concise = "\n".join(text.full(found)), "\n".join(text.concise(found))
    assert " 76 | 全�年收取信息处理费0元。" in full
    assert concise.count("\udce9.txt:") == len(found.diagnostics)
    for written in (full, concise):
        assert written.encode("utf-8", "backslashreplace").decode().count("\\udce9.txt:76:") == 1
    document = document_of(found)
    assert document["reports"][0]["path"] == "\udce9.txt"
    assert "五、\udfb7存在的\ud842主要" in findings_of(document)[-2]["message"]
    assert extracted(draft)["organisation"] == "云溪\ud842县水务局"
