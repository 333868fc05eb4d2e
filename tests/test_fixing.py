"""Fixing reports: rounds until nothing changes, and only what leaves the report saying what it said."""

from __future__ import annotations

import codecs
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reportlint import Edit, Finding, Fix, Linter, NotAssessable, Report, Severity, Source, Span, config, rule
from reportlint.errors import WriteError
from reportlint.fixing import Fixed, fix_bytes, fix_file, fix_source, rounds
from reportlint.fixing.edits import Refusal, Shift, line_end
from reportlint.fixing.verdict import verify
from reportlint.formats.diff import unified
from reportlint.readers import text as text_reader
from reportlint.readers.reader import Limits
from reportlint.readers.text import Encoding, decoded
from reportlint.rules import Rule
from reportlint.testing import Draft
from reportlint.testing.mutants.mutant import figures

MOST_BYTES = Limits().text_bytes

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
TEXT = (EXAMPLES / "qinghe-town-2024.txt").read_text("utf-8")
BARE = Linter.from_layers([])
ALL = Linter.from_layers([config.layer({"select": ["all"]}, "all", ".")])
FIRST = "收到政府信息公开申请5件"
assert TEXT.count(FIRST) == 1


def changing(
    old: str, new: str | Callable[[str], str], *, name: str = "test/changing", safe: bool = True, message: str = "不妥"
) -> Rule:
    """A rule that finds a pattern wherever it stands, and writes something else."""
    pattern = re.compile(old)

    @rule(basis="x", severity=Severity.WARNING, name=name)
    def check(report: Report) -> Iterator[Finding]:
        """Changes."""
        for match in pattern.finditer(report.source.text):
            span = Span(*match.span())
            words = match.expand(new) if isinstance(new, str) else new(match[0])
            yield Finding(span, message.replace("{}", match[0]), fix=Fix((Edit(span, words),), safe))

    return check


def offering(
    fix: Callable[[str], Fix | None], *, name: str = "test/offering", severity: Severity = Severity.ERROR
) -> Rule:
    """A rule that finds fault with a report as long as there is a fix for its text."""

    @rule(basis="x", severity=severity, name=name)
    def check(report: Report) -> Iterator[Finding]:
        """Offers."""
        offered = fix(report.source.text)
        if offered is not None:
            span = offered.edits[0].span if offered.edits else None
            yield Finding(span, "不妥", fix=offered)

    return check


def with_rules(*rules: Rule, besides: Linter | None = None) -> Linter:
    """A linter that has these rules alone, or besides those of another."""
    linter = besides or BARE
    own = {**(besides.settings.rules if besides else {}), **{one.name: one for one in rules}}
    return Linter(linter.packs, linter.settings._replace(rules=own))


def fixed_by(*rules: Rule, text: str = TEXT, unsafe: bool = False) -> Fixed:
    fixed = fix_source(with_rules(*rules), Source(text), unsafe=unsafe)
    again = fix_source(with_rules(*rules), fixed.after.source, unsafe=unsafe)
    assert not again.changed, "a second run changes something"
    assert [one.reason for one in again.refused] == [one.reason for one in fixed.refused]
    assert {one.diagnostic for one in fixed.refused} <= set(fixed.after.diagnostics)
    assert fixed.changed == bool(fixed.applied)
    return fixed


def reasons(fixed: Fixed) -> list[tuple[str, str]]:
    return [(one.diagnostic.rule, one.reason) for one in fixed.refused]


# What is applied.


def test_a_report_without_findings_is_left_as_it_is() -> None:
    fixed = fix_source(BARE, Source(TEXT, "a.txt"))
    assert (fixed.text, fixed.changed, dict(fixed.applied), fixed.refused, fixed.unsafe) == (TEXT, False, {}, (), 0)
    assert fixed.before is fixed.after


def test_fixes_are_applied_and_counted() -> None:
    fixed = fixed_by(changing("科室", "处室人员", name="test/a"), changing("通过", "经由", name="test/b"))
    assert fixed.text == TEXT.replace("科室", "处室人员").replace("通过", "经由")
    assert fixed.changed
    assert dict(fixed.applied) == {"test/a": TEXT.count("科室"), "test/b": TEXT.count("通过")}
    assert fixed.refused == ()
    assert fixed.after.diagnostics == []
    assert fixed.after.source.path == fixed.before.source.path


def test_the_fixes_of_real_rules() -> None:
    slipped = TEXT.replace("，", "，，", 1).replace("。", " 。", 1)
    fixed = fix_source(ALL, Source(slipped))
    assert fixed.text == TEXT
    assert sum(fixed.applied.values()) == 2


def test_what_was_linted_is_not_linted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    linter = with_rules()
    result = linter.lint(Source(TEXT))
    monkeypatch.setattr(linter, "lint", None)
    assert fix_source(linter, result.source, result=result).before is result


def test_unsafe_fixes_are_counted_and_applied_when_asked_for() -> None:
    unsafe, safe = changing("科室", "处室人员", name="test/a", safe=False), changing("通过", "经由")
    fixed = fixed_by(unsafe, safe)
    assert fixed.text == TEXT.replace("通过", "经由")
    assert fixed.unsafe == TEXT.count("科室") > 0
    fixed = fixed_by(unsafe, safe, unsafe=True)
    assert fixed.text == TEXT.replace("通过", "经由").replace("科室", "处室人员")
    assert fixed.unsafe == 0


def test_of_fixes_that_touch_the_other_waits_for_the_next_round() -> None:
    both = TEXT.replace("科室", "甲乙丙", 1)
    fixed = fixed_by(changing("甲乙", "甲丁", name="test/a"), changing("[乙丁]丙", "戊", name="test/b"), text=both)
    assert fixed.text == TEXT.replace("科室", "甲戊", 1)
    assert dict(fixed.applied) == {"test/a": 1, "test/b": 1}


def test_a_fix_that_waited_for_one_that_is_refused_is_tried() -> None:
    lost = changing("一、总体情况", "", name="test/lost")
    fine = changing("总体情况\n", "总体情况\n\n", name="test/fine", message="挤")
    assert TEXT.count("一、总体情况\n\n") == 1
    tight = TEXT.replace("一、总体情况\n\n", "一、总体情况\n")

    def widened(text: str) -> Fix | None:
        at = text.find("情况\n全") if "情况\n全" in text else text.find("情况\n", text.index("一、总体情况"))
        return Fix((Edit(Span(at, at + 3), "情况\n\n"),)) if text[at + 3] != "\n" else None

    fixed = fixed_by(lost, offering(widened, name=fine.name), text=tight)
    assert fixed.text == TEXT
    assert dict(fixed.applied) == {"test/fine": 1}
    assert [rule for rule, _ in reasons(fixed)] == ["test/lost"]


def test_only_what_is_still_said_is_fixed() -> None:
    """What is ignored has no diagnostic, and so nothing to fix."""
    layer = config.layer({"select": ["all"], "ignore": ["text/doubled-punctuation"]}, "reportlint.toml", ".")
    slipped = TEXT.replace("，", "，，", 1).replace("。", " 。", 1)
    fixed = fix_source(Linter.from_layers([layer]), Source(slipped))
    assert fixed.text == slipped.replace(" 。", "。")


def test_a_web_page_has_no_fixes_to_write(tmp_path: Path) -> None:
    page = tmp_path / "报告.html"
    page.write_text("".join(f"<p>{line}</p>" for line in TEXT.split("\n")), "utf-8")
    before = page.read_bytes()
    file = fix_file(
        with_rules(changing("科室", "处室人员"), changing("公开", "公示", safe=False, name="test/u")), str(page)
    )
    assert not file.fixed.changed
    assert {one.reason for one in file.fixed.refused} == {"这是网页，读出的文字不是文件的原文，不能自动修改"}
    assert len(file.fixed.refused) == TEXT.count("科室")
    assert file.fixed.unsafe == TEXT.count("公开")
    file.write()
    assert page.read_bytes() == before


@pytest.mark.parametrize("text", ["", "会议纪要\n", "\0"])
def test_what_is_no_report_is_left_alone(text: str) -> None:
    file = fix_bytes(with_rules(changing("会议", "会 议")), text.encode(), "a.txt")
    assert not file.fixed.changed
    assert file.fixed.after.failed
    assert file.data == file.was == text.encode()


# What is refused.


HOSTILE = {
    "a figure of a table": ("\t5\n", "\t6\n", "修改会改动数字，数字不自动改"),
    "a figure of the prose": (FIRST, FIRST.replace("5", "6"), "修改会改动数字，数字不自动改"),
    "a figure that nothing reads": ("2024年1月1日", "2024年1月2日", "修改会改动数字，数字不自动改"),
    "a figure in other digits": (FIRST, FIRST.replace("5", "６"), "修改会改动数字，数字不自动改"),
    "a figure in words": (FIRST, FIRST.replace("5", "五"), "修改会改动数字，数字不自动改"),
    "a blank in a figure": (r"\t(\d)(?=\d)", r"\t\1 ", "改后读出的表格数字不同"),
    "cells run together": (r"(?<=\t)(0)\t(?=0\t0\n)", r"\1", "改后读出的表格数字不同"),
    "another unit": (FIRST, FIRST.replace("件", "元"), "改后正文里的数字读出来不同"),
    "another meaning": (FIRST, f"未{FIRST}", "改后正文里的数字读出来不同"),
    "about": (FIRST, FIRST.replace("5", "约5"), "改后正文里的数字读出来不同"),
    "a heading lost": ("二、主动公开政府信息情况", "本年", "改后少了部分、换了次序，或者标题不再是规定的"),
    "a heading damaged": (
        "二、主动公开政府信息情况",
        "二、主动公开信息情况",
        "改后少了部分、换了次序，或者标题不再是规定的",
    ),
    "a title lost": (r"政府信息公开工作年度报告", "政府信息", "改后读出的年度不同"),
    "nothing": ("科室", "科室", "改了和没改一样"),
    "half of a pair": ("科室", "科\ud840室", "要写入的字符存不进文件"),
    "a NUL": ("科室", "科\0室", "要写入的字符存不进文件"),
    "no mending": ("科室", "科室科室", "改后同一处还是同样的问题"),
    "a bit more each time": ("，", "，，", "改后同一处还是同样的问题"),
}


@pytest.mark.parametrize(("old", "new", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_fix_that_does_not_only_mend(old: str, new: str, reason: str) -> None:
    assert re.search(old, TEXT)
    fixed = fixed_by(changing(old, new))
    assert fixed.text == TEXT
    assert set(reasons(fixed)) == {("test/changing", reason)}
    assert fixed.after is fixed.before


def test_the_good_are_kept_and_the_bad_are_named() -> None:
    good, bad = changing("科室", "处室人员", name="test/good"), changing(r"\t5\n", "\t5 6\n", name="test/bad")
    worse = changing("二、主动公开政府信息情况", "本年", name="test/worse")
    fixed = fixed_by(bad, good, worse)
    assert fixed.text == TEXT.replace("科室", "处室人员")
    assert {rule for rule, _ in reasons(fixed)} == {"test/bad", "test/worse"}
    for one in fixed.refused:
        assert one.diagnostic.span is not None
        assert fixed.after.source.slice(one.diagnostic.span) in ("\t5\n", "二、主动公开政府信息情况")


def test_some_of_a_rule_are_kept() -> None:
    """One that stands in the prose holds, the one in a heading does not."""
    fixed = fixed_by(changing("政府信息公开", "政务信息公开", message="{}"))
    assert 0 < len(fixed.refused) < TEXT.count("政府信息公开")
    assert fixed.applied["test/changing"] == TEXT.count("政府信息公开") - len(fixed.refused)
    assert fixed.after.report is not None
    assert figures(fixed.after.report) == figures(Draft(TEXT).report)


def test_a_blank_cell_stays_one() -> None:
    table = Draft(TEXT).put(("requests", "received", "total"), "-").text
    assert reasons(fixed_by(changing(r"\t-(?=\n)", "\t"), text=table)) == []
    assert reasons(fixed_by(changing(r"\t-(?=\n)", "\t无法提供"), text=table)) != []
    assert reasons(fixed_by(changing(r"\t-(?=\n)", "\t零件"), text=table)) != []


def test_figures_may_be_written_in_another_way() -> None:
    grouped = Draft(TEXT).text.replace(FIRST, FIRST.replace("5", "５"))
    fixed = fixed_by(changing("５", "5"), text=grouped)
    assert fixed.text == TEXT


def test_the_number_of_an_item_is_no_figure() -> None:
    numbered = TEXT.replace("科室", "（2）科室", 1)
    assert fixed_by(changing("（2）", "（1）", message="序号"), text=numbered).text == numbered.replace(
        "（2）", "（1）"
    )
    assert fixed_by(changing("（2）", "一是", message="序号"), text=numbered).text == numbered.replace("（2）", "一是")
    assert fixed_by(changing("（2）", "", message="序号"), text=numbered).text == numbered


def test_a_heading_may_be_mended() -> None:
    wrong = TEXT.replace("二、主动公开政府信息情况", "二、主动公开信息情况")
    assert fixed_by(changing("主动公开信息情况", "主动公开政府信息情况"), text=wrong).text == TEXT


def test_a_heading_that_was_not_known_may_become_one() -> None:
    wrong = TEXT.replace("二、主动公开政府信息情况", "二、本年的表")
    assert len(Draft(wrong).report.sections) == len(Draft(TEXT).report.sections) - 1
    fixed = fixed_by(changing("本年的表", "主动公开政府信息情况"), text=wrong)
    assert fixed.text == TEXT


def test_a_heading_that_another_place_becomes_is_refused() -> None:
    """The edit is in the prose, and what it makes is a section more."""
    fixed = fixed_by(changing("(?<=。)$", "\n六、其他需要报告的事项", message="缺"), text=TEXT.rstrip("\n"))
    assert not fixed.changed


def test_a_fix_that_makes_an_error() -> None:
    @rule(basis="x", severity=Severity.ERROR, name="test/error")
    def error(report: Report) -> Iterator[Finding]:
        """Says."""
        at = report.source.text.find("处室")
        if at >= 0:
            yield Finding(Span(at, at + 2), f"有“{report.source.text[at : at + 4]}”")

    fixed = fixed_by(changing("科室", "处室人员"), error)
    assert not fixed.changed
    assert set(reasons(fixed)) == {("test/changing", "改后有新的错误：有“处室人员”")}
    advice = error._replace(severity=Severity.WARNING)
    assert fixed_by(changing("科室", "处室人员"), advice).changed


def test_an_error_that_is_said_in_other_words_is_no_new_one() -> None:
    @rule(basis="x", severity=Severity.ERROR, name="test/error")
    def error(report: Report) -> Iterator[Finding]:
        """Says."""
        at = report.source.text.find("室") - 1
        yield Finding(Span(at, at + 2), f"有“{report.source.text[at : at + 2]}”")
        yield Finding(None, f"有 {len(report.source.text)} 字")

    assert fixed_by(changing("科室", "处室人员"), error).changed


def test_a_rule_that_crashes_on_what_a_fix_made() -> None:
    @rule(basis="x", severity=Severity.ADVICE, name="test/crash")
    def crash(report: Report) -> Iterator[Finding]:
        """Crashes."""
        if "处室" in report.source.text:
            raise RuntimeError("no")
        yield from ()

    fixed = fixed_by(changing("科室", "处室人员"), crash)
    assert not fixed.changed
    assert "规则 test/crash 出错" in fixed.refused[0].reason


def test_a_rule_that_crashes_anyway_keeps_nothing_from_being_fixed() -> None:
    @rule(basis="x", severity=Severity.ADVICE, name="test/crash")
    def crash(_: Report) -> Iterator[Finding]:
        """Crashes."""
        raise RuntimeError("no")
        yield

    assert fixed_by(changing("科室", "处室人员"), crash).text == TEXT.replace("科室", "处室人员")


def test_a_rule_that_can_no_longer_judge() -> None:
    @rule(basis="x", severity=Severity.ADVICE, name="test/blind")
    def blind(report: Report) -> Iterator[Finding]:
        """Needs a word."""
        if "科室" not in report.source.text:
            raise NotAssessable("没有“科室”")
        yield from ()

    fixed = fixed_by(changing("科室", "处室人员"), blind)
    assert {reason for _, reason in reasons(fixed)} == {"改后规则 test/blind 无法判断"}
    assert fixed.text.count("科室") == 1, "all but the last of them may be mended"


@pytest.mark.parametrize(
    ("fix", "reason"),
    [
        (Fix(()), "改了和没改一样"),
        (Fix((Edit(Span(0, 3), "甲"), Edit(Span(2, 4), "乙"))), "修改的位置不在文中，或者互相重叠"),
        (Fix((Edit(Span(5, 3), "甲"),)), "修改的位置不在文中，或者互相重叠"),
        (Fix((Edit(Span(-4, -2), "甲"),)), "修改的位置不在文中，或者互相重叠"),
        (Fix((Edit(Span(0, 10**6), "甲"),)), "修改的位置不在文中，或者互相重叠"),
        (Fix((Edit(Span(0, 1), None),)), "修改的内容不成形"),  # type: ignore[arg-type]
        (Fix((Edit(Span(None, None), "甲"),)), "修改的内容不成形"),  # type: ignore[arg-type]
        (Fix((Edit(None, "甲"),)), "修改的内容不成形"),  # type: ignore[arg-type]
    ],
)
def test_a_fix_that_is_none(fix: Fix, reason: str) -> None:
    @rule(basis="x", severity=Severity.ADVICE, name="test/none")
    def check(_: Report) -> Iterator[Finding]:
        """Offers."""
        yield Finding(None, "不妥", fix=fix)

    fixed = fixed_by(check, changing("科室", "处室人员"))
    assert fixed.text == TEXT.replace("科室", "处室人员")
    assert reasons(fixed) == [("test/none", reason)]


def test_a_report_that_grows_too_long() -> None:
    fixed = fixed_by(changing("科室(?=负责)", lambda _: "依照" + "法" * MOST_BYTES, message="长"))
    assert not fixed.changed
    assert {reason for _, reason in reasons(fixed)} == {"改后读不成报告"}


def judged(edit: Edit | None = None, before: dict[str, object] | None = None, **after: object) -> str | None:
    """What the verdict is on a report that is the compliant one but for some fields."""
    result = with_rules().lint(Source(TEXT))
    assert result.report is not None
    was = result._replace(report=result.report._replace(**(before or {})))
    is_now = result._replace(report=result.report._replace(**after))
    try:
        verify(was, is_now, (), Shift([edit] if edit else []))
    except Refusal as reason:
        return str(reason)
    return None


def test_the_verdict_on_form_and_title() -> None:
    report = Draft(TEXT).report
    assert report.title_span is not None
    within = Edit(Span(report.title_span.start + 1, report.title_span.start + 2), "")
    assert judged() is None
    assert judged(form=report.form._replace(name="another")) == "改后读成了另一种格式的报告"
    assert judged(year=2023) == "改后读出的年度不同"
    assert judged(title="别的") == judged(organisation="别的") == "改后读出的标题不同"
    assert judged(within, title="别的", organisation="别的") is None
    assert judged(within, title=None) == judged(within, organisation=None) == "改后读出的标题不同"
    assert judged(Edit(Span(900, 901), ""), title="别的") == "改后读出的标题不同"
    assert judged(before={"title": None, "title_span": None, "organisation": None}) is None


def test_the_verdict_on_tables_and_sections() -> None:
    report = Draft(TEXT).report
    first, second, *rest = report.sections
    heading = Edit(first.heading_span, "无" * len(first.heading))
    assert judged(extra_tables=(report.tables["requests"],)) == "改后读出的表格数字不同"
    lost = "改后少了部分、换了次序，或者标题不再是规定的"
    plain = [section._replace(official=False) for section in report.sections]
    assert judged(before={"sections": [plain[0], *plain]}, sections=plain) == lost
    assert judged(heading, {"sections": [plain[0], *plain]}, sections=plain) == lost
    assert judged(heading, {"sections": plain}, sections=[plain[0]._replace(name="another"), *plain[1:]]) == lost
    assert judged(heading, {"sections": plain[1:]}, sections=[plain[1]._replace(name="another"), *plain[1:]]) == lost
    assert judged(sections=[first._replace(official=False), second, *rest]) == lost
    assert judged(sections=[first, second._replace(tables=()), *rest]) == lost
    assert judged(heading, {"sections": plain[1:]}, sections=[second, *rest]) is None


def test_what_is_still_said_of_another_place_is_not_held_against_a_fix() -> None:
    """Of two blunders side by side only one may be mended; the other then stands where it stood."""

    @rule(basis="x", severity=Severity.WARNING, name="test/pair")
    def pair(report: Report) -> Iterator[Finding]:
        """Takes the last away."""
        found = [match.start() for match in re.finditer("甲", report.source.text)]
        for at in found:
            yield Finding(
                Span(at, at + 1), "多余", fix=Fix((Edit(Span(at, at + 1), ""),), safe=at == found[0] == found[-1] - 1)
            )

    fixed = fixed_by(pair, text=TEXT.replace("科室", "科甲甲室", 1))
    assert fixed.text == TEXT.replace("科室", "科甲室", 1)
    assert (dict(fixed.applied), fixed.refused, fixed.unsafe) == ({"test/pair": 1}, (), 1)


# What does not come to rest.


def test_two_rules_that_undo_each_other_are_left_out() -> None:
    there, back = changing("科室", "处室", name="test/there"), changing("处室", "科室", name="test/back")
    fixed = fixed_by(there, back, changing("通过", "经由", name="test/good"))
    assert fixed.text == TEXT.replace("通过", "经由")
    assert dict(fixed.applied) == {"test/good": TEXT.count("通过")}
    assert {(one.diagnostic.rule, one.reason) for one in fixed.refused} == {
        ("test/there", "这条规则的修改彼此抵消或没有尽头，没有采用")
    }


def test_a_rule_that_always_finds_more_to_do_is_left_out() -> None:
    def longer(text: str) -> Fix:
        end = text.index("依") + 1
        while text[end] == "照":
            end += 1
        return Fix((Edit(Span(end, end), "照"),))

    @rule(basis="x", severity=Severity.ADVICE, name="test/endless")
    def endless(report: Report) -> Iterator[Finding]:
        """Never content."""
        yield Finding(
            longer(report.source.text).edits[0].span, f"第 {len(report.source.text)} 次", fix=longer(report.source.text)
        )

    fixed = fixed_by(endless, changing("通过", "经由", name="test/good"))
    assert fixed.text == TEXT.replace("通过", "经由")
    assert reasons(fixed) == [("test/endless", "这条规则的修改彼此抵消或没有尽头，没有采用")]


def test_what_takes_many_rounds_is_done() -> None:
    """As many as there may be: each mends one place and shows the next."""
    count = rounds.MOST_ROUNDS - 1
    one_by_one = changing("甲(?=乙*室)", "乙", message="第 {} 处")

    def next_of(text: str) -> Fix | None:
        at = text.rfind("甲")
        return None if at < 0 else Fix((Edit(Span(at, at + 1), "乙"),))

    text = TEXT.replace("科室", "科" + "甲" * count + "室", 1)
    fixed = fixed_by(offering(next_of), text=text)
    assert fixed.text == text.replace("甲", "乙")
    assert dict(fixed.applied) == {"test/offering": count}
    assert fixed_by(one_by_one, text=text).text == fixed.text


def test_so_many_bad_fixes_are_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "_MOST_TRIALS", 5)
    bad = changing("、主动公开|、收到|、总体|、政府|、存在|、其他|依", lambda words: words + "X", message="坏")
    fixed = fixed_by(bad)
    assert not fixed.changed
    assert "通不过核对的修改太多，没有再试" in {reason for _, reason in reasons(fixed)}


# Encodings and line ends.


ENCODINGS = {
    "UTF-8": (b"", "utf-8"),
    "UTF-8 with BOM": (codecs.BOM_UTF8, "utf-8"),
    "UTF-16 LE": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "UTF-16 BE": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "GB18030": (b"", "gb18030"),
}
ENDS = ("\n", "\r\n", "\r")


@pytest.mark.parametrize(("mark", "encoding"), ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize("end", ENDS, ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("last", [True, False], ids=["last line ended", "last line not ended"])
def test_a_file_keeps_its_encoding_and_line_ends(
    tmp_path: Path, mark: bytes, encoding: str, end: str, last: bool
) -> None:
    def stored(text: str) -> bytes:
        text = text.rstrip("\n") + "\n" * last
        return mark + text.replace("\n", end).encode(encoding)

    path = tmp_path / "报告.txt"
    path.write_bytes(stored(TEXT.replace("青禾镇", "青禾𠮷镇")))
    path.chmod(0o640)
    linter = with_rules(changing("科室", "处\n室\n人员𬭎"))
    file = fix_file(linter, str(path))
    meant = stored(TEXT.replace("青禾镇", "青禾𠮷镇").replace("科室", "处\n室\n人员𬭎"))
    assert file.data == meant
    assert path.read_bytes() == file.was != meant
    file.write()
    assert path.read_bytes() == meant
    assert os.listdir(tmp_path) == ["报告.txt"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    again = fix_file(linter, str(path))
    assert not again.fixed.changed
    assert again.data == meant


def test_a_text_of_several_line_ends_has_the_commonest_put_in() -> None:
    assert [line_end(text) for text in ("", "\n", "\r", "\r\n", "\n\r\n\r\n", "\r\r\r\n\n", "\r\n\n")] == [
        "\n", "\n", "\r", "\r\n", "\r\n", "\r", "\n",
    ]  # fmt: skip
    head, tail = TEXT.split("科室", 1)
    text = head.replace("\n", "\r\n") + "科室" + tail
    file = fix_bytes(with_rules(changing("科室", "科\n法", message="{}")), text.encode(), "a.txt")
    end = line_end(text)
    assert file.data.decode() == text.replace("科室", f"科{end}法")


@pytest.mark.parametrize(
    ("pattern", "new", "text"),
    [
        ("\n(?=科)", "", "照法\r\n科室"),  # A rule that joins lines, and knows of line feeds only.
        ("照法\r(?=\n科)", "照法", None),
        ("(?<=照法\r)\n(?=科)", "，", "照法，科室"),
        ("(?<=法\r)(?=\n科)", "。", "照法。\r\n科室"),
        ("\n科(?!处)", "\n科处", "照法\r\n科处室"),
        ("照法\r", "照法，", "照法，\r\n科室"),
        ("照法\r\n(?!\r)", "照法\n\n", "照法\r\n\r\n科室"),
    ],
)
def test_no_half_of_a_line_end_is_left(pattern: str, new: str, text: str | None) -> None:
    before = TEXT.replace("科室", "照法\n科室", 1).replace("\n", "\r\n")
    fixed = fixed_by(changing(pattern, new, message="{}"), text=before)
    meant = before.replace("照法\r\n科室", {"照法\r\n科室": "照法科室", None: "照法\r\n科室"}.get(text, text or ""))
    assert fixed.text == meant


def test_bytes_that_would_be_written_in_another_way_are_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The codecs of Python write what they read; should one not, nothing is lost."""
    monkeypatch.setattr(text_reader, "_GB18030", Encoding("gb18030", b" "))
    data = TEXT.encode("gb18030")
    file = fix_bytes(with_rules(changing("科室", "处室人员")), data, "a.txt")
    assert file.data == data
    assert not file.fixed.changed
    assert {one.reason for one in file.fixed.refused} == {"按文件的编码写回后，读出的文字会不一样，不能自动修改"}


def test_a_text_that_would_be_read_in_another_encoding_is_not_written() -> None:
    linter = with_rules(changing(r"\A(?!\ufeff)", "\ufeff", message="首"))
    file = fix_bytes(linter, TEXT.encode(), "a.txt")
    assert file.data == TEXT.encode()
    assert [one.reason for one in file.fixed.refused] == ["按文件的编码写回后，读出的文字会不一样，不能自动修改"]
    marked = fix_bytes(linter, codecs.BOM_UTF8 + TEXT.encode(), "a.txt")
    assert marked.data == codecs.BOM_UTF8 * 2 + TEXT.encode() or not marked.fixed.changed


# Files.


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    file = fix_file(BARE, str(tmp_path / "无.txt"))
    assert [one.rule for one in file.fixed.after.diagnostics] == ["reportlint/unreadable"]
    assert not file.fixed.changed
    file.write()
    assert os.listdir(tmp_path) == []


def test_a_file_that_changes_while_it_is_fixed(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, "utf-8")
    file = fix_file(with_rules(changing("科室", "处室人员")), path)
    path.write_text(TEXT + "\n", "utf-8")
    with pytest.raises(WriteError, match="处理期间文件被别的程序改动过"):
        file.write()
    assert path.read_text("utf-8") == TEXT + "\n"
    assert os.listdir(tmp_path) == ["报告.txt"]


def test_a_file_without_changes_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, "utf-8")
    path.chmod(0o444)
    monkeypatch.setattr(os, "replace", None)
    fix_file(BARE, str(path)).write()
    path.chmod(0o644)


@pytest.mark.parametrize("step", ["open", "write", "fsync", "close", "replace"])
def test_a_disk_that_fails_while_fixing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, "utf-8")
    before = path.read_bytes()
    file = fix_file(with_rules(changing("科室", "处室人员")), path)
    was = getattr(os, step)

    def full(*args: object, **options: object) -> None:
        if step == "close":
            was(*args, **options)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(WriteError, match="磁盘已满"):
        file.write()
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["报告.txt"]
    file.write()
    assert path.read_bytes() == file.data


# Where edits move places.


EDITS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.text("甲乙", max_size=3)), max_size=4)


@given(EDITS, st.integers(0, 20), st.integers(0, 5))
def test_where_a_stretch_is_after_edits(steps: list[tuple[int, int, str]], start: int, length: int) -> None:
    """Against a text of marks, each of which stands once."""
    edits, offset = [], 0
    for gap, size, text in steps:
        offset += gap + 1
        edits.append(Edit(Span(offset, offset + size), text))
        offset += size
    text = "".join(chr(0x100 + index) for index in range(40))
    from reportlint.fixes import edited

    new, shift, span = edited(text, edits), Shift(edits), Span(start, start + length)
    touched = any(
        (edit.span.start < span.end and edit.span.end > span.start)
        or (edit.span.start == edit.span.end and span.start <= edit.span.start <= span.end)
        for edit in edits
    )
    assert shift.touches(span) == touched or length == 0
    around, tight = shift.around(span), shift.of(span)
    assert 0 <= around.start <= tight.start <= tight.end <= around.end <= len(new)
    if not touched and length:
        assert new[tight.start : tight.end] == text[span.start : span.end]
        assert around == tight
    kept = [mark for mark in text[span.start : span.end] if mark in new]
    assert [mark for mark in new[around.start : around.end] if mark in text] == kept
    for edit in edits:
        place = shift.around(edit.span)
        assert new[place.start : place.end] == edit.text
        assert shift.made(place)
    assert shift.made(Span(0, len(new))) == bool(edits)


# What holds of every text.


SLIPS: tuple[tuple[str, str], ...] = (
    ("，", "，，"),
    ("，", ","),
    ("。", " 。"),
    ("、", "、、"),
    ("（", "("),
    ("）", ")"),
    ("。\n", "\n"),
    ("（二）", "（三）"),
    ("公开", "公 开"),
    ("工作", "工作工作"),
    ("：", ":"),
    ("，", "，\n"),
    ("\t", "\t "),
)
COMPLIANT = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*")) if "faulty" not in path.name]


@st.composite
def slipped(draw: st.DrawFn) -> str:
    """A compliant report with slips planted."""
    text = draw(st.sampled_from(COMPLIANT))
    for old, new in draw(st.lists(st.sampled_from(SLIPS), max_size=6)):
        places = [match.start() for match in re.finditer(re.escape(old), text)]
        if places:
            at = draw(st.sampled_from(places))
            text = text[:at] + new + text[at + len(old) :]
    return text if draw(st.booleans()) else text.rstrip("\n")


@settings(deadline=None, database=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(slipped(), st.sampled_from(list(ENCODINGS)), st.sampled_from(ENDS), st.booleans())
def test_any_report_with_slips(text: str, name: str, end: str, unsafe: bool) -> None:
    mark, encoding = ENCODINGS[name]
    data = mark + text.replace("\n", end).encode(encoding)
    file = fix_bytes(ALL, data, "报告.txt", unsafe=unsafe)
    before, after = file.fixed.before.report, file.fixed.after.report
    assert before is not None
    assert after is not None
    assert figures(before) == figures(after)
    assert [(claim.subject, claim.value, claim.unit) for claim in before.claims] == [
        (claim.subject, claim.value, claim.unit) for claim in after.claims
    ]
    assert decoded(file.data) == (file.fixed.text, decoded(data).encoding)
    # What no edit is about is what it was, and so are the line ends.
    assert file.data == mark + file.fixed.text.encode(encoding)
    assert set(re.findall("\r\n|\r|\n", file.fixed.text)) == {end}
    assert _kept(file.fixed, end)
    again = fix_bytes(ALL, file.data, "报告.txt", unsafe=unsafe)
    assert again.data == file.data
    assert [one.reason for one in again.fixed.refused] == [one.reason for one in file.fixed.refused]


def _kept(fixed: Fixed, end: str) -> bool:
    """Whether all lines are there still, in their order, of which nothing with a fix was said."""
    source = fixed.before.source
    touched = {
        source.position(offset).line
        for diagnostic in fixed.before.diagnostics
        if diagnostic.fix is not None
        for edit in diagnostic.fix.edits
        for offset in edit.span
    }
    now = iter(fixed.text.split(end))
    return all(line in now for number, line in enumerate(source.text.split(end), 1) if number not in touched)


@settings(deadline=None, database=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["科室", "公开", "，", "。", r"\t", r"\n", r"\d", "情况", "、", "件", "[一二三]、", "年"]),
            st.sampled_from(["", "甲", "，", "1", "\n", "\t", "科室", "件", r"\g<0>\g<0>", "情况", "。\n", "0"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_rules_want(changes: list[tuple[str, str, bool]]) -> None:
    """Rules that know nothing of reports: the report says what it said, or it is not changed."""
    rules = [
        changing(old, new, name=f"test/{number}", message="{}" if loud else "不妥")
        for number, (old, new, loud) in enumerate(changes)
    ]
    text = TEXT[: TEXT.index("二、")] + TEXT[TEXT.index("五、") :]
    assume(len(text) < len(TEXT))
    fixed = fixed_by(*rules, text=text)
    before, after = fixed.before.report, fixed.after.report
    assert before is not None
    assert after is not None
    assert figures(before) == figures(after)
    assert re.sub(r"\D", "", before.source.text) == re.sub(r"\D", "", after.source.text)
    assert {section.name for section in before.sections} <= {section.name for section in after.sections}
    assert (before.form, before.year) == (after.form, after.year)


# What would change, shown.


def diff_of(old: str, new: str, *rules: Rule, text: str = TEXT) -> list[str]:
    return list(unified(fix_source(with_rules(changing(old, new), *rules), Source(text, "报告.txt"))))


def test_a_diff() -> None:
    lines = TEXT.split("\n")
    number = next(index for index, line in enumerate(lines) if "科室负责人" in line)
    assert diff_of("科室负责人", "科室的负责人") == [
        "--- 报告.txt",
        "+++ 报告.txt",
        f"@@ -{number - 2},7 +{number - 2},7 @@",
        *(f" {line}" for line in lines[number - 3 : number]),
        f"-{lines[number]}",
        f"+{lines[number].replace('科室负责人', '科室的负责人')}",
        *(f" {line}" for line in lines[number + 1 : number + 4]),
    ]
    assert diff_of("没有的词", "x") == []


def test_a_diff_of_a_last_line_that_does_not_end() -> None:
    text = TEXT.rstrip("\n")
    shown = diff_of(r"(?<=。)\Z", "\n", text=text)
    assert shown[-3:] == [f"-{text.splitlines()[-1]}", "\\ 文件末尾没有换行", f"+{text.splitlines()[-1]}"]
    assert diff_of("科室", "处室人员", text=text)[0] == "--- 报告.txt"


def test_a_diff_can_be_applied(tmp_path: Path) -> None:
    """By the program that everybody has, where there is one."""
    import shutil
    import subprocess

    program = shutil.which("patch")
    if program is None:
        pytest.skip("there is no patch")
    path = tmp_path / "报告.txt"
    text = TEXT.rstrip("\n")
    path.write_text(text, "utf-8")
    fixed = fix_source(with_rules(changing("科室|[。]\\Z", "处室人员")), Source(text, "报告.txt"))
    diff = "".join(f"{line}\n" for line in unified(fixed))
    subprocess.run([program, "-p0", str(path)], input=diff.encode(), check=True, capture_output=True)
    assert path.read_text("utf-8") == fixed.text


def test_a_diff_does_no_harm_to_a_terminal() -> None:
    text = TEXT.replace("科室", "科\x1b[2J室\x07\u202e\u2028\x85甲　乙\xa0丙", 1)
    linter = with_rules(changing("甲", "丁"))
    shown = "\n".join(unified(fix_source(linter, Source(text, "报\x1b告\udcff.txt"))))
    assert "科�[2J室����甲　乙\xa0丙" in shown
    assert "科�[2J室����丁　乙\xa0丙" in shown
    assert "--- 报�告�.txt" in shown
    assert not set(shown) & set("\x1b\x07\u202e\u2028\x85")


@pytest.mark.parametrize("end", ENDS)
def test_a_diff_shows_no_line_ends(end: str) -> None:
    text = TEXT.replace("\n", end)
    assert diff_of("科室", "处室人员", text=text) == diff_of("科室", "处室人员")


NUMBER = "11010519491231002X"


@pytest.fixture
def guarded() -> Linter:
    return with_rules(
        changing("科室", "处室人员"),
        changing("(?<=1231)002X", "0 02X", name="test/cut"),
        besides=ALL,
    )


def test_a_diff_shows_nothing_that_is_concealed(guarded: Linter) -> None:
    text = TEXT.replace("科室", f"科室（身份证号{NUMBER}）", 1)
    fixed = fix_source(guarded, Source(text, "报告.txt"))
    assert fixed.before.concealed
    assert fixed.changed
    shown = "\n".join(unified(fixed))
    assert "处室人员（身份证号110*" in shown
    assert "1949" not in shown
    assert "科室（身份证号110*" in shown


def test_what_is_concealed_on_one_side_is_so_on_both(guarded: Linter) -> None:
    """A fix that takes the number apart would make it unknown to the rule that conceals it."""
    text = TEXT.replace("科室", f"科室（身份证号{NUMBER}）", 1)
    cut = text.replace(NUMBER, "110105 19491231 002X").replace("科室", "处室人员")
    before = guarded.lint(Source(text, "报告.txt"))
    after = guarded.lint(Source(cut, "报告.txt"))._replace(concealed=())
    assert before.concealed
    for one, other in ((before, after), (after, before)):
        shown = "\n".join(unified(Fixed(one, other, {}, (), 0)))
        assert "110*" in shown
        assert "1231" not in shown.replace("12月31", "")


# Digits that are no figures of the report, and empty cells.


def filling(words: str, *, safe: bool) -> Rule:
    """A rule that writes into the last blank cell of the fourth row of table three."""

    @rule(basis="x", severity=Severity.WARNING, name="test/filling")
    def check(report: Report) -> Iterator[Finding]:
        """Fills."""
        cell = report.tables["requests"].cells["carried_forward", "total"]
        if not cell.text.strip():
            yield Finding(cell.span, "空", fix=Fix((Edit(cell.span, words),), safe))

    return check


@pytest.mark.parametrize(
    ("words", "safe", "filled"), [("0", False, True), (" 0", False, True), ("0", True, False), ("1", False, False)]
)
def test_nothing_but_0_is_written_into_an_empty_cell_and_not_as_a_safe_fix(
    words: str, safe: bool, filled: bool
) -> None:
    blank = Draft(TEXT, BARE).put(("requests", "carried_forward", "total"), "").text
    fixed = fixed_by(filling(words, safe=safe), text=blank, unsafe=True)
    value = fixed.after.report.tables["requests"].value("carried_forward", "total") if fixed.after.report else None
    assert (fixed.changed, value) == (filled, 0 if filled else None)
    assert reasons(fixed) == ([] if filled else [("test/filling", "修改会改动数字，数字不自动改")])


def test_a_figure_is_not_taken_out_of_a_cell() -> None:
    @rule(basis="x", severity=Severity.WARNING, name="test/emptying")
    def emptying(report: Report) -> Iterator[Finding]:
        """Empties."""
        cell = report.tables["requests"].cells["carried_forward", "total"]
        if cell.value is not None:
            yield Finding(cell.span, "有数", fix=Fix((Edit(cell.span, ""),), False))

    fixed = fixed_by(emptying, unsafe=True)
    assert (fixed.changed, reasons(fixed)) == (False, [("test/emptying", "修改会改动数字，数字不自动改")])


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("国务院令第711号", "国务院令第713号", True),
        ("国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号", True),
        ("第50条", "第49条", True),
        ("第711号文件", "第713号文件", False),
        ("2021年30号", "2021年31号", True),
        ("收费通知30号", "收费通知31号", False),
    ],
)
def test_the_number_of_a_law_is_no_figure(old: str, new: str, changed: bool) -> None:
    text = TEXT.replace("第五十条", old, 1)
    fixed = fixed_by(changing(re.escape(old), new, safe=False), text=text, unsafe=True)
    assert fixed.changed == changed
    assert reasons(fixed) == ([] if changed else [("test/changing", "修改会改动数字，数字不自动改")])


def test_what_the_body_calls_itself_may_be_mended_beside_a_figure() -> None:
    text = TEXT.replace(FIRST, f"，我县{FIRST}", 1)
    fixed = fixed_by(changing("我县", "我镇", safe=False), text=text, unsafe=True)
    assert (fixed.changed, reasons(fixed)) == (True, [])
