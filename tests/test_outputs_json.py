"""`json` and `jsonl`: the same objects, by schemas that refuse what they do not name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reportlint import Location, Note, Position, Result, Severity, Source, Span, Unassessed
from reportlint.cli import main
from reportlint.diagnostic import Accepted
from reportlint.formats import Context
from reportlint.outcome import PassedOver, Run

from .made import HARD, ROOT, diagnostic, fix, loaded, result, run_of, written
from .papers import lint
from .validators import published, refuses_changes, unused

Json = dict[str, Any]
EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"


CHECK = published("check")
LINE = published("jsonl")


def document(*results: Result, run: Run | None = None) -> Json:
    found: Json = loaded("json", *results, run=run)
    CHECK.validate(found)
    return found


def lines(*results: Result, run: Run | None = None) -> list[Json]:
    found = [json.loads(line) for line in written("jsonl", *results, run=run).splitlines()]
    for line in found:
        LINE.validate(line)
    return found


def everything() -> tuple[list[Result], Run]:
    """Results and a run that have every key filled and every word of a list used."""
    source = Source("甲𠮷\r\n收到五件", f"{ROOT}/a.txt")
    gone = diagnostic(source, "甲", severity=Severity.ADVICE)
    found = [
        diagnostic(source, "五", place="a/b/c", basis="第三十条", notes=[Note("此", Span(0, 1)), Note("彼")]),
        diagnostic(source, None, severity=Severity.WARNING, fix=fix(source, ("五", "5"), ("件", ""))),
        diagnostic(source, at=Position(3, 7), severity=Severity.ADVICE, fix=fix(source, ("五", ""), safe=False)),
    ]
    found[0] = found[0]._replace(mandatory=True, content="五")
    accepted = [
        Accepted(gone, "accepted", "没有收费权", "李某", "2027-12-31", "reportlint.accepted.toml:3"),
        Accepted(gone, "ignore", "", origin="reportlint.toml"),
        Accepted(gone, "baseline", "基线"),
    ]
    one = result(source, *found, accepted=accepted, unit="云溪县", unassessed=[Unassessed("demo/rule", "没有该表格")])
    broken = result(Source("", "b.txt"), diagnostic(source, rule="reportlint/binary"), rules=(), failed=True)
    run = run_of(one, broken, statistics=True)
    run.refused.append("a.txt:2:3 demo/rule：改后读不出报告")
    run.passed_over.append(PassedOver("c.pdf", "不像年度报告"))
    return [one, broken], run


def placed() -> Result:
    """A finding and a note in a document that has no lines."""
    source = lint("云溪县水务局\n\n| 总计 | 3 |\n", path="d.leaf").source
    note = Note("此", Span(0, 2), Location("工作表“表三” C5", "表三!C5", (("sheet", "表三"), ("cell", "C5"))))
    return result(source, diagnostic(source, "3", notes=[note], doubt="列是推断的"), rules=())


def is_parts(path: tuple[str | int, ...]) -> bool:
    return path[-1:] == ("parts",)


def test_nothing_is_written_that_the_schemas_do_not_name_and_nothing_is_left_out() -> None:
    results, run = everything()
    assert refuses_changes(CHECK, document(*results, placed(), run=run), is_parts) > 150
    for line in lines(*results, placed(), run=run):
        assert refuses_changes(LINE, line, is_parts) >= 3


def test_every_key_and_word_of_the_schemas_is_used() -> None:
    results, run = everything()
    assert unused(CHECK, document(*results, placed(), run=run), document()) == []
    assert unused(LINE, *lines(*results, placed(), run=run), *lines()) == []


def test_a_finding_has_its_place_its_fix_and_who_accepts_it() -> None:
    results, run = everything()
    found = document(*results, run=run)
    first, second, third = found["reports"][0]["diagnostics"]
    assert (first["place"], first["content"], first["mandatory"], first["fix"]) == ("a/b/c", "五", True, None)
    assert (second["place"], second["content"], second["mandatory"]) == ("", "", False)
    assert second["fix"] == {
        "applicability": "safe",
        "edits": [
            {"start": {"line": 2, "column": 3}, "end": {"line": 2, "column": 4}, "text": "5"},
            {"start": {"line": 2, "column": 4}, "end": {"line": 2, "column": 5}, "text": ""},
        ],
    }
    assert third["fix"]["applicability"] == "unsafe"
    accepted = found["reports"][0]["accepted"]
    assert [{key: value for key, value in each.items() if key != "finding"} for each in accepted] == [
        {
            "kind": "accepted",
            "because": "没有收费权",
            "by": "李某",
            "until": "2027-12-31",
            "origin": "reportlint.accepted.toml:3",
        },
        {"kind": "ignore", "because": "", "by": None, "until": None, "origin": "reportlint.toml"},
        {"kind": "baseline", "because": "基线", "by": None, "until": None, "origin": ""},
    ]
    assert {each["finding"]["start"]["column"] for each in accepted} == {1}
    assert [report["organisation"] for report in found["reports"]] == ["云溪县", None]


def test_a_finding_in_a_document_has_words_a_path_and_its_parts_and_no_lines() -> None:
    [found] = document(placed())["reports"][0]["diagnostics"]
    assert (found["start"], found["end"], found["doubt"]) == (None, None, "列是推断的")
    assert found["origin"] == {
        "words": "第1页 表一 第1行 “总计”",
        "path": "page[1]/table[1]/row[1]/cell[2]",
        "parts": {"page": 1, "box": [72.0, 120.5, 144.0, 136.5], "table": 1, "row": 1, "cell": 2},
    }
    [note] = found["notes"]
    assert (note["start"], note["origin"]["parts"]) == (None, {"sheet": "表三", "cell": "C5"})


def test_in_a_text_there_is_neither_origin_nor_doubt() -> None:
    results, _ = everything()
    for finding in document(*results)["reports"][0]["diagnostics"]:
        assert (finding["origin"], finding["doubt"]) == (None, None)
        assert [note["origin"] for note in finding["notes"]] == [None] * len(finding["notes"])


def test_the_summary_is_the_ledger() -> None:
    results, run = everything()
    summary = document(*results, run=run)["summary"]
    assert summary == {
        "reports": 2,
        "rules": 1,
        "findings": 4,
        "error": 2,
        "warning": 1,
        "advice": 1,
        "failed": 1,
        "not_assessable": 1,
        "accepted": 2,
        "in_baseline": 1,
        "fixes": {"applied": 0, "refused": ["a.txt:2:3 demo/rule：改后读不出报告"], "safe": 1, "unsafe": 1},
        "checks": {"run": 1, "passed": 0, "found": 1, "not_assessable": 0},
        "reasons": [{"rule": "demo/rule", "reason": "没有该表格", "reports": 1}],
        "passed_over": [{"path": "c.pdf", "reason": "不像年度报告"}],
        "statistics": {
            "by_rule": [
                {"rule": "demo/rule", "findings": 3, "error": 1, "warning": 1, "advice": 1},
                {"rule": "reportlint/binary", "findings": 1, "error": 1, "warning": 0, "advice": 0},
            ],
            "by_unit": [
                {"unit": "云溪县", "findings": 3, "error": 1, "warning": 1, "advice": 1},
                {"unit": "b.txt", "findings": 1, "error": 1, "warning": 0, "advice": 0},
            ],
        },
    }
    assert lines(*results, run=run)[-1] == {"type": "summary", **summary}
    assert document()["summary"]["statistics"] is None


def test_the_most_frequent_reasons_come_first() -> None:
    one, both = [Unassessed("demo/b", "甲")], [Unassessed("demo/a", "乙"), Unassessed("demo/b", "甲")]
    rules = ("demo/a", "demo/b", "demo/c")
    summary = document(result(rules=rules, unassessed=one), result(rules=rules, unassessed=both))["summary"]
    assert [(each["rule"], each["reason"], each["reports"]) for each in summary["reasons"]] == [
        ("demo/b", "甲", 2),
        ("demo/a", "乙", 1),
    ]
    tied = [[Unassessed("demo/b", "乙"), Unassessed("demo/b", "甲")], [Unassessed("demo/a", "丙")]]
    reasons = document(*(result(rules=rules, unassessed=each) for each in tied))["summary"]["reasons"]
    assert [each["rule"] + each["reason"] for each in reasons] == ["demo/a丙", "demo/b乙", "demo/b甲"]
    assert summary["checks"] == {"run": 6, "passed": 3, "found": 0, "not_assessable": 3}


def test_jsonl_has_the_findings_of_a_report_then_the_report_and_the_summary_last() -> None:
    results, run = everything()
    found = lines(*results, run=run)
    assert [line["type"] for line in found] == [
        "run",
        *["finding"] * 6,
        "report",
        "finding",
        "report",
        "summary",
    ]
    whole = document(*results, run=run)
    said = [{key: value for key, value in line.items() if key not in ("type", "accepted")} for line in found]
    assert said[1:4] == whole["reports"][0]["diagnostics"]
    assert said[4:7] == [each["finding"] for each in whole["reports"][0]["accepted"]]
    assert [line["accepted"] and line["accepted"]["kind"] for line in found[1:7]] == [
        None,
        None,
        None,
        "accepted",
        "ignore",
        "baseline",
    ]
    assert (found[7]["path"], found[7]["findings"], found[7]["failed"]) == (f"{ROOT}/a.txt", 3, False)
    assert found[0]["schema_version"] == whole["schema_version"] == 1


def test_jsonl_of_a_run_says_what_json_does(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--output-format", "jsonl", str(EXAMPLES)])
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for line in found:
        LINE.validate(line)
    main(["check", "--output-format", "json", str(EXAMPLES)])
    whole = json.loads(capsys.readouterr().out)
    CHECK.validate(whole)
    expected = [finding for report in whole["reports"] for finding in report["diagnostics"]]
    assert len(expected) >= 7
    assert [
        {key: value for key, value in line.items() if key not in ("type", "accepted")}
        for line in found
        if line["type"] == "finding"
    ] == expected
    assert {key: value for key, value in found[-1].items() if key != "type"} == whole["summary"]


def test_hard_texts_come_back_and_every_line_is_one() -> None:
    source = Source("甲", f"{ROOT}/{HARD}.txt")
    found = result(source, diagnostic(source, "甲", HARD), unit=HARD)
    for name in ("json", "jsonl"):
        escaped = written(name, found, context=Context(ROOT, lambda _: None, ascii_only=True))
        assert escaped.isascii()
        if name == "json":
            assert json.loads(escaped) == json.loads(written(name, found))
        else:
            assert [json.loads(line)["type"] for line in escaped.splitlines()] == [
                "run",
                "finding",
                "report",
                "summary",
            ]
            assert json.loads(escaped.splitlines()[1])["message"] == HARD
    [line] = [line for line in written("jsonl", found).split("\n") if '"finding"' in line]
    assert json.loads(line)["message"] == HARD


def test_a_fix_of_a_concealed_text_or_of_a_page_is_not_told() -> None:
    source = Source("电话13900001234。", f"{ROOT}/a.txt")
    found = result(
        source,
        diagnostic(source, "电话", fix=fix(source, ("。", "13900001234"))),
        diagnostic(source, "电话", fix=fix(source, ("。", ""))),
        concealed=[Span(2, 13)],
    )
    assert [each["fix"] is None for each in document(found)["reports"][0]["diagnostics"]] == [True, False]
    assert "13900001234" not in written("jsonl", found)
