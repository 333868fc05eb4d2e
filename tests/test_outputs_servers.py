"""What servers and review tools read: github, gitlab, junit, checkstyle, rdjson, markdown."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt

from reportlint import Linter, Note, Position, Result, Severity, Source, Span, Unassessed
from reportlint.diagnostic import Accepted
from reportlint.formats import Context, markdown
from reportlint.testing import Draft

from .made import CONTEXT, HARD, ROOT, diagnostic, fix, loaded, result, run_of, written

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
ASCII = Context(ROOT, lambda _: None, ascii_only=True)
CLEAN_XML = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", HARD)
"""The hard text as XML can hold it."""

Json = dict[str, Any]


def source(text: str = "𠮷一\r\n收到5件\n", name: str = "a.txt") -> Source:
    return Source(text, f"{ROOT}/{name}")


def severities() -> Result:
    one = source()
    return result(one, *(diagnostic(one, "5", severity=severity) for severity in Severity))


# GitHub: a stand-in for its runner, which takes a line apart as its documentation says.


def command(line: str) -> tuple[str, dict[str, str], str]:
    found = re.fullmatch(r"::([a-z]+) ([^\r\n]*?)::([^\r\n]*)", line)
    assert found is not None, line

    def read(text: str) -> str:
        for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            text = text.replace(code, character)
        return text

    properties = dict(part.split("=", 1) for part in found[2].split(","))
    return found[1], {name: read(value) for name, value in properties.items()}, read(found[3])


def test_github_has_a_command_a_finding() -> None:
    one = source()
    found = diagnostic(one, "5", "应为 6", basis="第三十条", notes=[Note("一处"), Note("两处", Span(0, 1))])
    assert written("github", result(one, found)) == (
        "::error file=a.txt,line=2,endLine=2,col=3,endColumn=4,title=demo/rule::应为 6%0A· 一处%0A· 两处%0A依据：第三十条\n"
    )
    assert [command(line)[0] for line in written("github", severities()).splitlines()] == ["notice", "warning", "error"]


def test_github_without_a_place_or_over_lines() -> None:
    one = source()
    found = result(one, diagnostic(one), diagnostic(one, at=Position(3, 7)), diagnostic(one, "一\r\n收"))
    properties = [command(line)[1] for line in written("github", found).splitlines()]
    assert properties == [
        {"file": "a.txt", "title": "demo/rule"},
        {"file": "a.txt", "line": "3", "endLine": "3", "col": "7", "endColumn": "7", "title": "demo/rule"},
        {"file": "a.txt", "line": "1", "endLine": "2", "title": "demo/rule"},
    ]


def test_github_escapes_what_would_be_read_as_its_own() -> None:
    name = "年:报,100%,%3A\r\n::error::x.txt"
    one = source("甲", name)
    lines = written("github", result(one, diagnostic(one, "甲", HARD, rule="demo/a,b:c"))).split("\n")
    assert len(lines) == 2
    assert lines[1] == ""
    kind, properties, message = command(lines[0])
    assert (kind, properties["file"], properties["title"], message) == ("error", name, "demo/a,b:c", HARD)


# GitLab

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {
                        "type": "object",
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                        "required": ["begin"],
                    },
                },
                "required": ["path", "lines"],
            },
        },
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
    },
}
"""What GitLab's documentation asks for."""


def gitlab(*results: Result) -> list[Json]:
    found: list[Json] = loaded("gitlab", *results)
    jsonschema.validate(found, GITLAB)
    return found


def test_gitlab_has_what_it_asks_for() -> None:
    one = source(name="区/年报.txt")
    found = gitlab(result(one, diagnostic(one, "5", "应为 6"), diagnostic(one)), result(), severities())
    assert {key: value for key, value in found[0].items() if key != "fingerprint"} == {
        "description": "应为 6",
        "check_name": "demo/rule",
        "severity": "major",
        "location": {"path": "区/年报.txt", "lines": {"begin": 2}},
    }
    assert found[1]["location"]["lines"] == {"begin": 1}
    assert [each["severity"] for each in found[2:]] == ["info", "minor", "major"]
    assert gitlab() == gitlab(result()) == []


def test_fingerprints_for_gitlab_are_of_one_occurrence_and_stay_when_lines_move(linter: Linter) -> None:
    def marks(text: str, path: str) -> list[str]:
        return [each["fingerprint"] for each in gitlab(linter.lint_text(text, path))]

    draft = Draft.from_file(FAULTY, linter).put(("disclosure", "licences", "decisions"), "若干")
    here = marks(draft.text, "a.txt")
    assert len(here) == len(set(here)) >= 7
    assert marks("\n\n" + draft.text.replace("一、总体情况", "\n\n一、总体情况"), "a.txt") == here
    assert not set(marks(draft.text, "b/a.txt")) & set(here)


def test_findings_with_one_fingerprint_are_told_apart_for_gitlab() -> None:
    one, same = source(name="甲/a.txt"), source(name="乙/a.txt")
    twice = result(one, diagnostic(one, "5"), diagnostic(one, "5"))
    found = gitlab(twice, result(same, diagnostic(same, "5")))
    assert len({each["fingerprint"] for each in found}) == 3
    assert gitlab(twice) == found[:2]


# JUnit


def suites(*results: Result, context: Context = CONTEXT) -> list[Any]:
    text = written("junit", *results, context=context)
    assert ET.fromstring(text).tag == "testsuites"
    parsed = list(JUnitXml.fromstring(text.encode()))
    for suite in parsed:
        outcomes = [outcome for case in suite for outcome in case.result]
        counts = [sum(isinstance(outcome, kind) for outcome in outcomes) for kind in (Failure, Error, Skipped)]
        assert [suite.tests, suite.failures, suite.errors, suite.skipped] == [len(list(suite)), *counts]
    return parsed


def outcomes(suite: Any) -> dict[str, tuple[str, str | None, str | None] | None]:  # noqa: ANN401
    return {
        case.name: (type(case.result[0]).__name__, case.result[0].type, case.result[0].message) if case.result else None
        for case in suite
    }


def test_junit_has_a_test_a_rule_that_ran() -> None:
    one = source(name="区/年报.txt")
    baseline = Accepted(diagnostic(one, "5", rule="demo/old"), "baseline", "基线")
    known = Accepted(baseline.diagnostic._replace(rule="demo/known"), "accepted", "没有收费权", "李某")
    accepted = [baseline, known, known]
    rules = ["demo/clean", "demo/rule", "demo/unable", "demo/old", "demo/known", "demo/both"]
    found = [
        diagnostic(one, "5", "应为 6", severity=Severity.WARNING),
        diagnostic(one, None, "又一处"),
        diagnostic(one, "一", rule="demo/both", severity=Severity.ADVICE),
    ]
    reasons = [Unassessed("demo/unable", "没有该表格"), Unassessed("demo/both", "缺列")]
    [suite] = suites(result(one, *found, rules=rules, unassessed=reasons, accepted=accepted))
    assert suite.name == "区/年报.txt"
    assert outcomes(suite) == {
        "demo/clean": None,
        "demo/rule": ("Failure", "error", "应为 6（共 2 处）"),
        "demo/unable": ("Skipped", None, "没有该表格"),
        "demo/old": ("Skipped", None, "1 处已接受；基线"),
        "demo/known": ("Skipped", None, "2 处已接受；没有收费权"),
        "demo/both": ("Failure", "advice", "有误"),
    }
    [failure] = next(case for case in suite if case.name == "demo/rule").result
    assert failure.text == "区/年报.txt:2:3: 应为 6\n区/年报.txt: 又一处"
    assert {case.classname for case in suite} == {"区/年报.txt"}
    assert {case._elem.get("file") for case in suite} == {"区/年报.txt"}


def test_junit_has_an_error_for_what_could_not_be_done() -> None:
    one = source()
    broken = diagnostic(one, None, "规则出错", rule="reportlint/rule-crash")
    expired = diagnostic(one, None, "已过期", rule="reportlint/expired", severity=Severity.WARNING)
    [suite] = suites(result(one, broken, expired, rules=["demo/clean"], failed=True))
    assert outcomes(suite) == {
        "demo/clean": None,
        "reportlint/expired": ("Failure", "warning", "已过期"),
        "reportlint/rule-crash": ("Error", "error", "规则出错"),
    }
    [suite] = suites(result(one, broken))
    assert outcomes(suite)["reportlint/rule-crash"] == ("Failure", "error", "规则出错")


def test_junit_of_a_report(linter: Linter) -> None:
    found = linter.lint_file(FAULTY)
    [suite] = suites(found)
    assert [case.name for case in suite] == list(found.rules_run)
    failed = {case.name for case in suite if case.result}
    assert failed == {each.rule for each in found.diagnostics}


# Checkstyle


def test_checkstyle() -> None:
    one, other = source(name="区/年报.txt"), source("甲", "b.toml")
    found = [diagnostic(one, "5", "应为 6"), diagnostic(one), diagnostic(other, "甲", at=Position(1, 1))]
    root = ET.fromstring(written("checkstyle", result(one, *found), result(), severities()))
    assert root.tag == "checkstyle"
    assert [file.get("name") for file in root] == ["区/年报.txt", "b.toml", "a.txt"]
    assert [dict(error.attrib) for error in root[0]] == [
        {"line": "2", "column": "3", "severity": "error", "message": "应为 6", "source": "demo/rule"},
        {"line": "0", "severity": "error", "message": "有误", "source": "demo/rule"},
    ]
    assert [error.get("severity") for error in root[2]] == ["info", "warning", "error"]
    assert list(ET.fromstring(written("checkstyle"))) == []


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
@pytest.mark.parametrize("context", [CONTEXT, ASCII], ids=["utf-8", "ascii"])
def test_xml_is_well_formed_whatever_is_in_it(name: str, context: Context) -> None:
    one = Source("甲", f"{ROOT}/{HARD}.txt")
    hard = diagnostic(one, "甲", HARD, rule=f"demo/{HARD}")
    text = written(
        name,
        result(one, hard, unassessed=[Unassessed("demo/rule", HARD)], accepted=[Accepted(hard, "ignore", HARD)]),
        context=context,
    )
    assert text.isascii() or not context.ascii_only
    root = ET.fromstring(text.encode())
    messages = {element.get("message") for element in root.iter() if element.get("message")}
    assert CLEAN_XML in messages
    assert {element.get("name") for element in root.iter() if (element.get("name") or "").endswith(".txt")} == {
        f"{CLEAN_XML}.txt"
    }
    if name == "junit":
        [failure] = root.iter("failure")
        assert (failure.text or "").endswith(CLEAN_XML)


# reviewdog

POSITION = {
    "type": "object",
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "required": ["line"],
    "additionalProperties": False,
}
RANGE = {
    "type": "object",
    "properties": {"start": POSITION, "end": POSITION},
    "required": ["start"],
    "additionalProperties": False,
}
RDJSON = {
    "type": "object",
    "properties": {
        "source": {"const": {"name": "reportlint"}},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "message": {"type": "string"},
                    "location": {
                        "type": "object",
                        "properties": {"path": {"type": "string"}, "range": RANGE},
                        "required": ["path"],
                        "additionalProperties": False,
                    },
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {
                        "type": "object",
                        "properties": {"value": {"type": "string"}},
                        "required": ["value"],
                        "additionalProperties": False,
                    },
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"range": RANGE, "text": {"type": "string"}},
                            "required": ["range", "text"],
                            "additionalProperties": False,
                        },
                    },
                },
                "required": ["message", "location", "severity", "code"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["source", "diagnostics"],
    "additionalProperties": False,
}
"""The part of reviewdog's format that is written."""


def rdjson(*results: Result) -> list[Json]:
    document = loaded("rdjson", *results)
    jsonschema.validate(document, RDJSON)
    found: list[Json] = document["diagnostics"]
    return found


def bytes_at(text: str, place: Json) -> bytes:
    """What a program finds there that counts bytes."""
    lines = text.encode().split(b"\n")
    assert place["start"]["line"] == place["end"]["line"]
    return lines[place["start"]["line"] - 1][place["start"]["column"] - 1 : place["end"]["column"] - 1]


def test_rdjson_counts_bytes_and_has_suggestions() -> None:
    text = "首\r\n𠮷田镇收到申清5件\n"
    one = source(text)
    found = diagnostic(one, "申清", fix=fix(one, ("清", "请"), ("5", "")))
    [each] = rdjson(result(one, found))
    assert bytes_at(text, each["location"]["range"]).decode() == "申清"
    assert [(bytes_at(text, s["range"]).decode(), s["text"]) for s in each["suggestions"]] == [("清", "请"), ("5", "")]
    assert each["location"]["range"]["start"] == {"line": 2, "column": 17}
    assert (each["severity"], each["code"]) == ("ERROR", {"value": "demo/rule"})


def test_rdjson_without_places_and_fixes_that_do_not_fit() -> None:
    one, other = source(), source("甲", "b.toml")
    found = [
        diagnostic(one),
        diagnostic(one, at=Position(3, 7)),
        diagnostic(other, "甲", fix=fix(other, ("甲", ""))),
        diagnostic(one, "一\r\n收"),
    ]
    none, line, elsewhere, across = rdjson(result(one, *found))
    assert none["location"] == {"path": "a.txt"}
    assert line["location"]["range"] == {"start": {"line": 3}}
    assert elsewhere["location"]["path"] == "b.toml"
    assert "suggestions" not in elsewhere
    assert across["location"]["range"] == {"start": {"line": 1, "column": 5}, "end": {"line": 2, "column": 4}}
    assert [each["severity"] for each in rdjson(severities())] == ["INFO", "WARNING", "ERROR"]
    assert rdjson() == []


# Markdown: what a renderer makes of it


def rendered_tables(text: str) -> tuple[str, list[list[str]]]:
    """The page, and the cells of its tables as they are read."""
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    return page, [
        [html.unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(r"<t[dh].*?>(.*?)</t[dh]>", row)]
        for row in rows
    ]


def test_markdown_has_a_table_a_report() -> None:
    one = source(name="年报.txt")
    found = result(one, diagnostic(one, "5", "应为 6"), diagnostic(one, None, severity=Severity.ADVICE))
    assert written("markdown", found, result()) == (
        f"### {ROOT}/年报.txt\n\n"
        "| 位置 | 级别 | 规则 | 说明 |\n|---|---|---|---|\n"
        "| 2:3 | 错误 | demo/rule | 应为 6 |\n"
        "|  | 建议 | demo/rule | 有误 |\n"
        "\n检查了 2 份报告，运行了 1 条规则；发现 2 处（1 个错误，0 个警告，1 个建议）。\n"
        "\n规则共运行 2 次：1 次通过，1 次发现问题。\n"
    )


def test_markdown_shows_marks_and_html_as_they_are() -> None:
    message = r"|甲\|<b>乙</b>&lt;`丙`**丁**_戊_[己](http://x)~~庚~~<!-- @a #1 \ end"
    one = Source("甲", "a_b_c|*d*.txt")
    page, rows = rendered_tables(written("markdown", result(one, diagnostic(one, "甲", message))))
    assert rows[1] == ["1:1", "错误", "demo/rule", message]
    assert "<h3>a_b_c|*d*.txt</h3>" in page
    assert not re.search("<(b|em|strong|code|a|s)>|<a ", page)


def test_markdown_is_one_row_a_finding_whatever_the_message() -> None:
    one = Source("甲", HARD)
    text = written("markdown", result(one, diagnostic(one, "甲", HARD), diagnostic(one, "甲")))
    _, rows = rendered_tables(text)
    assert len(rows) == 3
    assert "::error::%0A𠮷𬭎" in rows[1][3]
    assert not re.search("[\x00-\x09\x0b-\x1f]", text)


def test_markdown_is_bounded_and_says_what_is_left_out() -> None:
    one = source("甲")
    many = result(one, *[diagnostic(one, "甲", "有误" * 100)] * 250)
    text = written("markdown", many)
    assert text.count("| 1:1 |") == 200
    assert "\n另有 50 处没有列出。\n" in text
    run = run_of(*[many] * 20, statistics=True)
    whole = written("markdown", *[many] * 20, run=run)
    shown = whole.count("### ")
    assert 0 < shown < 20
    assert f"\n另有 {20 - shown} 份报告的问题没有列出：这里放不下。\n" in whole
    assert len(whole.encode()) < 1024 * 1024
    assert len(whole.encode()) > markdown.Markdown.limit - len(text.encode())
    assert whole.endswith(
        "| 规则 | 合计 | 错误 | 警告 | 建议 |\n|---|--:|--:|--:|--:|\n| demo/rule | 5000 | 5000 | 0 | 0 |\n\n"
        + "| 单位 | 合计 | 错误 | 警告 | 建议 |\n|---|--:|--:|--:|--:|\n"
        + f"| {ROOT}/a.txt | 5000 | 5000 | 0 | 0 |\n"
    )


def test_markdown_has_no_formulas_and_bounded_tables() -> None:
    one = source()
    found = result(one, *(diagnostic(one, "5", "$x$", rule=f"demo/{number:03}") for number in range(250)))
    text = written("markdown", found, run=run_of(found, statistics=True))
    assert r"\$x\$" in text
    assert text.count(" | 1 | 1 | 0 | 0 |") == 200


def test_markdown_without_closing_words() -> None:
    one = source()
    found = result(one, diagnostic(one, "5"))
    assert written("markdown", found, run=run_of(found, quiet=True)).endswith("| demo/rule | 有误 |\n")
    assert written("markdown", run=run_of(quiet=True)) == ""
