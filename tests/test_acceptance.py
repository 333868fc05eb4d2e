"""What is accepted, and why: entries beside the reports and in the configuration, and the commands about them."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint import ConfigError, Linter, Result, Severity, Source, Span, Unassessed, accepted
from reportlint.acceptance import ALL, NOTHING, Acceptance, Heed, State, listing, told, writer
from reportlint.accepted import FILE, Entry
from reportlint.cli import accepting, main
from reportlint.config import Ignore
from reportlint.diagnostic import Diagnostic
from reportlint.errors import WriteError
from reportlint.folders import Search
from reportlint.linters import Linters
from reportlint.testing import Draft

from .validators import plain, published

SCHEMA = published("accepted")
BALANCE = "national/request-balance"
RECEIVED = ("requests", "received", "total")
PLACE = "requests/received/total"
RENEW = "重新接受：reportlint accept 报告:行号 --because 理由 --renew；不再接受：删去这一条"
FOOTING = "national/remedy-footing"
REMEDIES = ("remedies", "reconsideration", "total")
TODAY = "2026-06-15"
WHY = "原件如此"
LINTER = Linter.from_layers([])


@pytest.fixture
def faulty() -> Draft:
    """A report with one wrong cell."""
    return Draft.compliant("town", linter=LINTER).put(RECEIVED, "3")


@pytest.fixture
def twice(faulty: Draft) -> Draft:
    """A report with two wrong cells."""
    return faulty.put(REMEDIES, "7")


class House:
    """A folder of reports, and a linter for it on a certain day."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.today = TODAY
        self.places: tuple[Ignore, ...] = ()
        self.expired: tuple[Ignore, ...] = ()
        self.ignores: tuple[Ignore, ...] = ()
        self.heed: Heed = ALL
        self.only: set[str] | None = None
        self.mandatory: frozenset[str] = frozenset()

    def put(self, name: str, draft: Draft) -> str:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(draft.text.encode())
        return str(path)

    def accept(self, *entries: Entry, folder: str = "") -> Path:
        path = self.root / folder / FILE
        path.write_bytes(writer.with_entries(None, entries))
        return path

    @property
    def acceptance(self) -> Acceptance:
        return Acceptance(
            str(self.root), self.places, self.expired, self.ignores, heed=self.heed, today=lambda: self.today
        )

    @property
    def linter(self) -> Linter:
        rules = {name: rule for name, rule in LINTER.settings.rules.items() if self.only is None or name in self.only}
        linter = Linter(LINTER.packs, LINTER.settings._replace(root=str(self.root), rules=rules, ignores=self.ignores))
        linter.acceptance = self.acceptance
        return linter

    def lint(self, path: str) -> Result:
        result = self.linter.examine_file(path)
        marked = [each._replace(mandatory=each.rule in self.mandatory) for each in result.diagnostics]
        return self.acceptance.judge(result._replace(diagnostics=marked))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def entry(content: str = "3", **more: str) -> Entry:
    return Entry(BALANCE, "a.txt", PLACE, content, WHY)._replace(**more)


def said(result: Result) -> list[str]:
    return [each.rule for each in result.diagnostics]


def own(result: Result) -> Diagnostic:
    """The one finding of the tool's own."""
    [found] = [each for each in result.diagnostics if each.rule.startswith("reportlint/")]
    return found


def line_of(diagnostic: Diagnostic) -> str:
    """The line of the file that a finding is at."""
    assert diagnostic.span is not None
    return diagnostic.source.slice(diagnostic.span)


# What an entry does


def test_an_entry_silences_its_finding_and_tells_why(house: House, faulty: Draft) -> None:
    path = house.put("a.txt", faulty)
    assert said(house.lint(path)) == [BALANCE]
    house.accept(entry(by="张三", until="2027-01-31"))
    result = house.lint(path)
    assert result.diagnostics == []
    [taken] = result.accepted
    assert taken.diagnostic.rule == BALANCE
    assert taken[1:] == ("accepted", WHY, "张三", "2027-01-31", f"{house.root}/{FILE}:4")


def test_lint_lint_text_and_lint_file_judge_alike(house: House, faulty: Draft) -> None:
    path = house.put("a.txt", faulty)
    house.accept(entry())
    assert house.linter.lint_file(path).diagnostics == []
    assert house.linter.lint_text(faulty.text, path).diagnostics == []
    assert house.linter.lint(Draft(faulty.text, LINTER, path).source).diagnostics == []
    assert said(house.linter.examine_file(path)) == [BALANCE]


@pytest.mark.parametrize("path", ["<text>", "<stdin>"])
def test_what_is_no_file_has_no_entries(
    house: House, faulty: Draft, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(house.root)
    house.accept(entry(), entry(report=path))
    linter = house.linter
    assert said(linter.lint_text(faulty.text, path)) == [BALANCE]
    assert linter.lint_text(faulty.text, "a.txt").diagnostics == [], "a file of the same folder has its own"


@given(lines=st.integers(0, 5), end=st.sampled_from(["\n", "\r\n"]), sentence=st.booleans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_holds_when_lines_move(house: House, faulty: Draft, lines: int, end: str, sentence: bool) -> None:
    house.accept(entry())
    moved = faulty.under_heading("overview").append("本单位按时发布了年度报告。") if sentence else faulty
    text = (lines * "\n" + moved.text).replace("\n", end)
    assert house.linter.lint_text(text, str(house.root / "a.txt")).diagnostics == []


@given(value=st.integers(0, 20).filter(lambda value: value not in (0, 1, 2, 3)))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_is_void_when_the_cell_changes(house: House, faulty: Draft, value: int) -> None:
    file = house.accept(entry())
    changed = faulty.put(RECEIVED, str(value))
    if not changed.lint(BALANCE):
        return
    result = house.linter.lint_text(changed.text, str(house.root / "a.txt"))
    assert said(result) == [BALANCE, "reportlint/void-acceptance"]
    about = own(result)
    assert about.message == f"这条接受已经失效，内容由“3”变为“{value}”：a.txt，{BALANCE}，{PLACE}"
    assert [note.message for note in about.notes] == [RENEW]
    assert (about.severity, about.source.path, line_of(about)) == (Severity.WARNING, str(file), 'content = "3"')


def test_it_is_unused_when_nothing_is_found_any_more(house: House) -> None:
    path = house.put("a.txt", Draft.compliant("town", linter=LINTER))
    house.accept(entry())
    about = own(house.lint(path))
    assert about.rule == "reportlint/unused-acceptance"
    assert about.message == f"这条接受不再需要，规则已不提出这一处：a.txt，{BALANCE}，{PLACE}"
    assert about.notes == ()
    assert line_of(about) == f'place = "{PLACE}"'


def test_it_is_not_unused_where_the_rule_did_not_run(house: House) -> None:
    path = house.put("a.txt", Draft.compliant("town", linter=LINTER))
    house.accept(entry())
    house.only = {FOOTING}
    assert house.lint(path).diagnostics == []
    house.only = None
    house.ignores = (Ignore((BALANCE,), ("a.txt",), WHY, str(house.root)),)
    assert house.lint(path).diagnostics == []


def test_it_is_not_unused_where_the_rule_could_not_judge_or_the_report_failed(house: House, faulty: Draft) -> None:
    result = house.linter.examine_file(house.put("a.txt", Draft.compliant("town", linter=LINTER)))
    house.accept(entry())
    assert said(house.acceptance.judge(result)) == ["reportlint/unused-acceptance"]
    unassessed = (Unassessed(BALANCE, ""),)
    assert house.acceptance.judge(result._replace(not_assessable=unassessed)).diagnostics == []
    assert house.acceptance.judge(result._replace(failed=True)).diagnostics == []
    path = house.put("a.txt", faulty)
    Path(path).write_bytes(b"\x00\x01")
    assert [each.rule for each in house.lint(path).diagnostics] == ["reportlint/binary"]


@pytest.mark.parametrize(("day", "holds"), [("2026-06-14", True), (TODAY, True), ("2026-06-16", False)])
def test_its_last_day_is_part_of_it(house: House, faulty: Draft, day: str, holds: bool) -> None:
    path = house.put("a.txt", faulty)
    house.accept(entry(until=TODAY))
    house.today = day
    result = house.lint(path)
    assert said(result) == ([] if holds else [BALANCE, "reportlint/expired-acceptance"])
    if not holds:
        assert own(result).message == f"这条接受到 {TODAY} 为止，已经过期：a.txt，{BALANCE}，{PLACE}"
        assert [note.message for note in own(result).notes] == [RENEW]
        assert line_of(own(result)) == f"until = {TODAY}"


def test_an_expired_entry_is_told_though_nothing_is_found(house: House) -> None:
    path = house.put("a.txt", Draft.compliant("town", linter=LINTER))
    house.accept(entry(until="2020-01-01"))
    assert said(house.lint(path)) == ["reportlint/expired-acceptance"]


def test_a_mandatory_rule_is_not_silenced_and_that_is_said(house: House, faulty: Draft) -> None:
    path = house.put("a.txt", faulty)
    house.accept(entry())
    house.mandatory = frozenset({BALANCE})
    result = house.lint(path)
    assert said(result) == [BALANCE, "reportlint/mandatory-acceptance"]
    assert own(result).message == f"这条接受不起作用，规则是必须遵守的：a.txt，{BALANCE}，{PLACE}"
    assert result.accepted == ()


def test_a_report_that_fails_stays_failed_and_its_findings_may_be_accepted(house: House, faulty: Draft) -> None:
    house.accept(entry())
    result = house.linter.examine_file(house.put("a.txt", faulty))
    judged = house.acceptance.judge(result._replace(failed=True))
    assert (judged.failed, judged.diagnostics, len(judged.accepted)) == (True, [], 1)


def test_findings_of_one_rule_at_one_place_are_told_apart(house: House, faulty: Draft) -> None:
    result = house.linter.examine_file(house.put("a.txt", faulty))
    [first] = result.diagnostics
    second = first._replace(place=f"{PLACE} #2")
    house.accept(entry(place=f"{PLACE} #2"))
    judged = house.acceptance.judge(result._replace(diagnostics=[first, second]))
    assert judged.diagnostics == [first]
    assert [each.diagnostic for each in judged.accepted] == [second]


# Which files count


def test_a_file_speaks_for_its_folder_and_those_below_up_to_the_root(house: House, faulty: Draft) -> None:
    path = house.put("units/2024/a.txt", faulty)
    for folder, report in (("units/2024", "a.txt"), ("units", "2024/a.txt"), ("", "units/2024/a.txt")):
        file = house.accept(entry(report=report), folder=folder)
        assert house.lint(path).diagnostics == [], folder
        file.unlink()
    house.accept(entry(report="units/2024/a.txt"))
    house.root = house.root / "units"
    assert said(house.lint(path)) == [BALANCE], "above the root"


def test_beyond_the_root_the_repository_of_the_report_counts(house: House, faulty: Draft) -> None:
    path = house.put("repository/units/a.txt", faulty)
    house.accept(entry(report="units/a.txt"), folder="repository")
    house.root = house.root / "elsewhere"
    assert said(house.lint(path)) == [BALANCE]
    (house.root.parent / "repository" / ".git").mkdir()
    assert house.lint(path).diagnostics == []


def test_of_two_files_the_nearer_one_is_named_and_both_hold(house: House, faulty: Draft) -> None:
    path = house.put("units/a.txt", faulty)
    house.accept(entry(report="units/a.txt", because="远"))
    house.accept(entry(because="近"), folder="units")
    result = house.lint(path)
    assert (result.diagnostics, [each.because for each in result.accepted]) == ([], ["近"])


@given(seed=st.integers(0, 1000))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_entries_and_findings_does_not_matter(house: House, twice: Draft, seed: int) -> None:
    entries = [entry(), Entry(FOOTING, "a.txt", "remedies/reconsideration/total", "7", WHY), entry(report="b.txt")]
    result = house.linter.examine_file(house.put("a.txt", twice))
    assert said(result) == [BALANCE, FOOTING]
    shuffled = random.Random(seed)
    shuffled.shuffle(entries)
    found = result.diagnostics[:]
    shuffled.shuffle(found)
    house.accept(*entries)
    judged = house.acceptance.judge(result._replace(diagnostics=found))
    assert (judged.diagnostics, {each.diagnostic.rule for each in judged.accepted}) == ([], {BALANCE, FOOTING})


def test_findings_about_entries_have_fingerprints_of_their_own(house: House, twice: Draft) -> None:
    other = Entry(FOOTING, "a.txt", "remedies/reconsideration/total", "9", WHY)
    house.accept(entry(content="9"), other)
    path = house.put("a.txt", twice)
    marks = [each.fingerprint for each in house.lint(path).diagnostics]
    assert len(set(marks)) == 4
    house.accept(other, entry(content="9"))
    assert {each.fingerprint for each in house.lint(path).diagnostics} == set(marks)


def test_without_entries_no_file_is_looked_for_twice(
    house: House, faulty: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    load = accepted.load
    monkeypatch.setattr(accepted, "load", lambda path, shown=None: (asked.append(path), load(path, shown))[1])
    linter = house.linter
    for name in ("units/a.txt", "units/b.txt", "units/c.txt"):
        linter.lint_file(house.put(name, faulty))
    assert sorted(asked) == sorted(str(house.root / folder / FILE) for folder in ("", "units"))


# [[ignore]] with a place


def ignoring(house: House, **more: object) -> Ignore:
    return Ignore((BALANCE,), ("a.txt",), WHY, str(house.root), PLACE)._replace(**more)


def test_an_ignore_with_a_place_is_judged_like_an_entry(house: House, faulty: Draft) -> None:
    path = house.put("a.txt", faulty)
    config = house.root / "reportlint.toml"
    config.write_text('# 配置\n[[ignore]]\nrule = "x"\n', encoding="utf-8")
    house.places = (ignoring(house, origin=f"{config}:2", by="李四"),)
    [taken] = house.lint(path).accepted
    assert taken[1:] == ("ignore", WHY, "李四", None, f"{config}:2")
    house.places = (ignoring(house, origin=f"{config}:2", until="2020-01-01"),)
    result = house.lint(path)
    assert said(result) == [BALANCE, "reportlint/expired-acceptance"]
    assert own(result).message == f"这条忽略到 2020-01-01 为止，已经过期：a.txt，{BALANCE}，{PLACE}"
    assert own(result).notes == (), "--renew is for entries beside the reports"
    assert (own(result).source.path, line_of(own(result))) == (str(config), "[[ignore]]")
    house.places = (ignoring(house, origin="预设 henan"),)
    about = own(house.lint(house.put("a.txt", Draft.compliant("town", linter=LINTER))))
    assert (about.rule, about.source.path, about.span) == ("reportlint/unused-acceptance", "预设 henan", None)


def test_an_ignore_for_many_reports_is_not_unused_for_one_of_them(house: House) -> None:
    path = house.put("a.txt", Draft.compliant("town", linter=LINTER))
    for paths in (("*.txt",), (), ("a.txt", "b.txt")):
        house.places = (ignoring(house, paths=paths),)
        assert house.lint(path).diagnostics == [], paths


def test_a_run_tells_ignores_that_have_expired_or_are_for_no_report(house: House) -> None:
    house.expired = (ignoring(house, place=None, until="2020-01-01"),)
    house.ignores = (ignoring(house, place=None, paths=("gone-*.txt",)), ignoring(house, place=None, paths=("a.txt",)))
    acceptance = house.acceptance
    [expired] = acceptance.expired_ignores()
    assert expired.message == f"这条忽略到 2020-01-01 为止，已经过期：{BALANCE}，a.txt"
    coverage = acceptance.coverage()
    coverage.add(str(house.root / "b.txt"))
    assert len(acceptance.unused_ignores(coverage)) == 2
    coverage.add(str(house.root / "a.txt"))
    [unused] = acceptance.unused_ignores(coverage)
    assert unused.message == f"这条忽略没有用到，没有报告符合 gone-*.txt：{BALANCE}，gone-*.txt"
    house.heed = NOTHING
    assert house.acceptance.expired_ignores() == []
    assert house.acceptance.unused_ignores(house.acceptance.coverage()) == []


def test_the_audit_view_accepts_nothing_and_says_nothing_of_entries(house: House, faulty: Draft) -> None:
    path = house.put("a.txt", faulty)
    house.accept(entry(), entry(place="x"), entry(report="gone.txt"))
    house.ignores = (ignoring(house, place=None),)
    house.heed = NOTHING
    assert said(house.linter.lint_file(path)) == [BALANCE]
    assert house.acceptance.orphans(str(house.root)) == []


# Entries that are for nothing


def test_entries_without_report_or_rule_are_told(house: House, faulty: Draft) -> None:
    house.put("units/a.txt", faulty)
    house.accept(entry(), entry(report="gone.txt"), entry(rule="national/request-balanse"), folder="units")
    house.put(".hidden/a.txt", faulty)
    house.accept(entry(report="gone.txt"), folder=".hidden")
    found = house.acceptance.orphans(str(house.root), LINTER.packs.rules)
    assert [(each.rule, each.severity, line_of(each)) for each in found] == [
        ("reportlint/missing-report", Severity.WARNING, 'report = "gone.txt"'),
        ("reportlint/unknown-rule", Severity.WARNING, 'rule = "national/request-balanse"'),
    ]
    assert found[0].message == f"这条接受所指的报告不存在：units/gone.txt，{BALANCE}，{PLACE}"
    assert [note.message[:6] for each in found for note in each.notes] == ["报告改名的，"]
    assert len(house.acceptance.orphans(str(house.root))) == 1, "without knowing the rules"


# The file

GOOD = f"""\
[[accepted]]
rule = "{BALANCE}"
report = "a.txt"
place = "{PLACE}"
content = "3"
because = "{WHY}"
"""


def changed(old: str, new: str) -> bytes:
    assert old in GOOD
    return GOOD.replace(old, new).encode()


BAD = {
    "syntax": (GOOD.encode() + b"until = \n", 7, "TOML 语法错误"),
    "both sides of a merge": (GOOD.encode() + b"<<<<<<< HEAD\nby = 1\n=======\n", 7, "git 合并时的冲突还没有解决"),
    "a date that is none": (GOOD.encode() + b"until = 2026-02-30\n", 7, "TOML 语法错误"),
    "an endless number": (GOOD.encode() + b"until = " + b"9" * 5000 + b"\n", None, "TOML 语法错误"),
    "a text that is no date": (GOOD.encode() + b'until = "2026-02-30"\n', 7, "until 应为日期"),
    "a date in another form": (GOOD.encode() + b'until = "20260215"\n', 7, "until 应为日期"),
    "a time": (GOOD.encode() + b"until = 2026-02-15T10:00:00\n", 7, "until 应为日期"),
    "a number for a date": (GOOD.encode() + b"until = 2026\n", 7, "until 应为日期"),
    "no UTF-8": (GOOD.encode("gbk"), 6, "不是 UTF-8 编码"),
    "unknown key": (changed("because", "becuase"), 6, "没有键 becuase，是否指 because？"),
    "unknown table": (changed("[[accepted]]", "[[acepted]]"), 1, "没有配置项 acepted，是否指 accepted？"),
    "a table": (changed("[[accepted]]", "[accepted]"), None, "每一条应写作 [[accepted]]"),
    "inline": (b"accepted = [{}]", None, "每一条应写作 [[accepted]]"),
    "no rule": (changed(f'rule = "{BALANCE}"\n', ""), 1, "应有 rule"),
    "no report": (changed('report = "a.txt"\n', ""), 1, "应有 report"),
    "no place": (changed(f'place = "{PLACE}"\n', ""), 1, "应有 place"),
    "no content": (changed('content = "3"\n', ""), 1, "应有 content"),
    "no because": (changed(f'because = "{WHY}"\n', ""), 1, "应有 because，说明理由"),
    "empty because": (changed(WHY, "　"), 6, "because 不能是空的，说明理由"),
    "a number for a text": (changed('"3"', "3"), 5, "content 应为字符串"),
    "by nobody": (GOOD.encode() + b'by = ""\n', 7, "by 不能是空的"),
    "a bare rule": (changed(BALANCE, "request-balance"), 2, "rule 应为规则的全名"),
    "the tool's own": (changed(BALANCE, "reportlint/not-a-report"), 2, "reportlint 自己的发现不能接受"),
    "absolute": (changed("a.txt", "/a.txt"), 3, "report 应为本文件所在文件夹里或以下的一份报告"),
    "above": (changed("a.txt", "b/../../a.txt"), 3, "report 应为本文件所在文件夹里或以下的一份报告"),
    "twice": ((GOOD + "\n# 又一条\n" + changed("a.txt", "./a.txt").decode()).encode(), 9, "与第 1 行的一条重复"),
}


@pytest.mark.parametrize(("data", "line", "words"), BAD.values(), ids=BAD)
def test_a_bad_file_is_an_error_with_its_line(
    house: House, faulty: Draft, data: bytes, line: int | None, words: str
) -> None:
    path = house.put("a.txt", faulty)
    (house.root / FILE).write_bytes(data)
    with pytest.raises(ConfigError) as error:
        house.lint(path)
    assert words in str(error.value)
    assert str(error.value).startswith(f"{house.root}/{FILE}" + (f":{line}：" if line else "："))


def test_a_folder_or_an_unreadable_file_is_an_error(house: House, faulty: Draft) -> None:
    path = house.put("a.txt", faulty)
    (house.root / FILE).mkdir()
    with pytest.raises(ConfigError, match="是文件夹"):
        house.lint(path)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace(f'"{WHY}"', f'"""\n[[accepted]]\nplace = \\"x\\"\n{WHY}""""').encode(),
        GOOD.replace(f'"{WHY}"', f"'''\n[[accepted]] # {WHY}'''").encode(),
        GOOD.replace(f'"{WHY}"', '"""x""""' + "\nby = '''\n[[accepted]]\n'''").encode(),
        GOOD.replace("rule", "'rule'").replace("[[accepted]]", ' [[ "accepted" ]] # [[accepted]]').encode(),
        GOOD.encode() + b'until = "2027-01-31"\n',
        GOOD.encode() + b"until = 2027-01-31",
    ],
)
def test_any_way_to_write_it_is_read(house: House, faulty: Draft, data: bytes) -> None:
    (house.root / FILE).write_bytes(data)
    assert house.lint(house.put("a.txt", faulty)).diagnostics == []
    [line] = accepted.parse(data, FILE).lines
    source = accepted.parse(data, FILE).source
    assert source.slice(line.of("place")) == f'place = "{PLACE}"'
    assert source.slice(line.of("rule")).endswith(f'= "{BALANCE}"')


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
entries = st.builds(
    Entry,
    rule=st.just(BALANCE),
    report=words.filter(lambda name: os.path.normpath(name)[0] not in "./" and "\0" not in name),
    place=words,
    content=st.text(st.characters(exclude_categories=["Cs"])),
    because=words,
    by=st.none() | words,
    until=st.none() | st.dates().map(str),
)


@given(each=entries)
def test_what_is_written_reads_back(each: Entry) -> None:
    [table] = tomli.loads(writer.written(each))["accepted"]
    expected = {key: value for key, value in each._asdict().items() if value is not None}
    assert {**table, **({"until": str(table["until"])} if "until" in table else {})} == expected
    assert accepted.parse(writer.with_entries(None, [each]), FILE).entries == [each]


@given(
    each=entries, end=st.sampled_from(["\n", "\r\n"]), mark=st.sampled_from([b"", b"\xef\xbb\xbf"]), cut=st.booleans()
)
def test_what_is_there_stays_to_the_byte(each: Entry, end: str, mark: bytes, cut: bool) -> None:
    before = mark + f"# 说明\n\n{GOOD}  # 尾注\n".replace("\n", end).encode()
    before = before[: -len(end)] if cut else before
    other = each._replace(report="b.txt")
    after = writer.with_entries(before, [other])
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(end.encode())
    parsed = accepted.parse(after, FILE)
    assert parsed.entries == [entry(), other]
    assert writer.without(after, parsed, [1]) == before + end.encode() * cut
    rest = accepted.parse(writer.without(after, parsed, [0]), FILE)
    assert rest.entries == [other]
    assert "说明" in rest.source.text
    assert "尾注" in rest.source.text


def test_what_toml_cannot_hold_is_an_error() -> None:
    with pytest.raises(ConfigError, match="report 里有不能用 UTF-8 写出的字符"):
        writer.written(entry(report="\udcff.txt"))


# The commands


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in a folder of its own, which is a root."""
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(cache_folder))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reportlint.toml").write_text("", encoding="utf-8")

    def reportlint(*arguments: str | Path) -> Outcome:
        status = main([str(argument) for argument in arguments])
        return Outcome(status, *capsys.readouterr())

    return reportlint


def line(draft: Draft, cell: tuple[str, str, str]) -> int:
    return draft.source.position(draft.at(cell).start).line


def test_accept_writes_an_entry_and_check_is_silent(house: House, faulty: Draft, run: Run) -> None:
    house.put("报告/甲.txt", faulty)
    assert run("check", ".").status == 1
    target = f"报告/甲.txt:{line(faulty, RECEIVED)}"
    outcome = run("accept", target, "--because", WHY, "--by", "张三", "--until", "2999-12-31")
    [found] = faulty.result.diagnostics
    assert outcome == (0, f"已写入 报告/{FILE}：甲.txt，{BALANCE}，{PLACE}\n  {found.message}\n", "")
    file = house.root / "报告" / FILE
    assert accepted.parse(file.read_bytes(), FILE).entries == [
        Entry(BALANCE, "甲.txt", PLACE, "3", WHY, "张三", "2999-12-31")
    ]
    # The result was kept by the first run; what is accepted is judged anew each time.
    assert run("check", ".").status == 0
    assert run("check", "--no-cache", ".").status == 0
    assert run("check", "--ignore-suppressions", ".").status == 1
    file.unlink()
    assert run("check", ".").status == 1


def test_what_is_accepted_is_not_mended(house: House, run: Run) -> None:
    draft = Draft.compliant("town", linter=LINTER).under_heading("overview").append("本单位按时发布了年度报告。。")
    [found] = draft.result.diagnostics
    assert found.fix is not None
    house.put("a.txt", draft)
    before = (house.root / "a.txt").read_bytes()
    assert run("accept", "a.txt", "--rule", found.rule, "--because", WHY).status == 0
    for arguments in (["--fix"], ["--fix", "--unsafe-fixes"]):
        assert run("check", *arguments, ".").status == 0
    assert (house.root / "a.txt").read_bytes() == before
    assert run("check", "--fix", "--ignore-suppressions", ".").status == 0
    assert (house.root / "a.txt").read_bytes() != before
    assert "reportlint/unused-acceptance" in run("check", ".").out


def test_standard_input_with_a_file_name_has_its_entries(
    house: House, faulty: Draft, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.accept(entry())
    for arguments, status in (([], 1), (["--stdin-filename", "a.txt"], 0), (["--stdin-filename", "b.txt"], 1)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(faulty.text.encode())))
        assert run("check", "-", *arguments).status == status, arguments


def test_findings_about_entries_are_shown_at_their_line(house: House, faulty: Draft, run: Run) -> None:
    house.put("a.txt", faulty)
    house.accept(entry(content="4"))
    for _ in range(2):
        outcome = run("check", "--output-format", "concise", ".")
        assert outcome.status == 1
        assert f"{FILE}:8:1: warning reportlint/void-acceptance 这条接受已经失效" in outcome.out
    assert ' 8 | content = "4"\n   | ^^^^' in run("check", ".").out


def test_of_many_findings_elsewhere_the_first_are_named(house: House, faulty: Draft, run: Run) -> None:
    many = faulty.under_heading("overview").append("按时发布。。" * 12)
    house.put("a.txt", many)
    said = run("accept", "a.txt:1", "--because", WHY).err.splitlines()
    assert (len(said), said[-1]) == (12, "  另有 3 处")
    house.put("a.txt", Draft.compliant("town", linter=LINTER))
    assert run("accept", "a.txt:1", "--because", WHY).err == "reportlint: a.txt 第 1 行没有问题，报告里别处也没有\n"


def test_a_column_must_be_within_the_finding(house: House, twice: Draft, run: Run) -> None:
    house.put("a.txt", twice)
    at = twice.source.position(twice.at(REMEDIES).start)
    for column in (at.column - 1, at.column + 1):
        outcome = run("accept", f"a.txt:{at.line}:{column}", "--because", WHY)
        assert outcome.status == 2
        assert (
            outcome.err.splitlines()[0] == f"reportlint: a.txt 第 {at.line} 行第 {column} 字没有问题，报告里的问题是："
        )
        assert [line.split()[1] for line in outcome.err.splitlines()[1:]] == [BALANCE, FOOTING]
    assert run("accept", f"a.txt:{at.line}:{at.column}", "--because", WHY).status == 0
    assert run("accept", "a.txt", "--because", WHY).err == "reportlint: 要写明行号（报告:行号），或者 --rule\n"


def test_one_of_several_is_chosen_by_rule_or_place(house: House, run: Run) -> None:
    draft = Draft.compliant("town", linter=LINTER)
    draft = draft.under_heading("overview").append("联系人手机号码13812345678，另一个是13987654321。")
    house.put("a.txt", draft)
    found = draft.result.diagnostics
    assert len(found) == 2
    at = found[0].start()
    assert at is not None
    outcome = run("accept", f"a.txt:{at.line}", "--because", WHY)
    assert (outcome.status, outcome.out) == (2, "")
    assert (
        f"a.txt 第 {at.line} 行有 2 处问题，用 --rule 或 --place 写明是哪一处：\n  {at.line}:{at.column}  "
        in outcome.err
    )
    assert all(each.place in outcome.err for each in found)
    assert run("accept", f"a.txt:{at.line}", "--rule", "mobile-number", "--because", WHY).status == 2
    assert run("accept", f"a.txt:{at.line}", "--place", found[0].place, "--because", WHY).status == 0
    assert run("accept", f"a.txt:{at.line}:{at.column + 1}", "--rule", "mobile-number", "--because", WHY).status == 2
    assert run("accept", "a.txt", "--place", found[1].place, "--because", WHY).status == 0
    assert run("check", ".").status == 0
    written = (house.root / FILE).read_text(encoding="utf-8")
    assert "138****" in written
    assert "13812345678" not in written


def test_a_finding_without_a_place_in_the_text_is_accepted_by_its_rule(house: House, run: Run) -> None:
    draft = Draft.compliant("town", linter=LINTER).under_heading("other_matters").remove()
    [found] = [each for each in draft.result.diagnostics if each.span is None]
    house.put("a.txt", draft)
    assert run("accept", "a.txt:1", "--rule", found.rule, "--because", WHY).status == 2
    assert run("accept", "a.txt", "--rule", found.rule, "--because", WHY).status == 0
    assert found.rule not in run("check", ".").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gone.txt:3", "--because", WHY], "没有报告 gone.txt"),
        ([".", "--because", WHY], "没有报告 ."),
        (["a.txt:1", "--because", WHY], "a.txt 第 1 行没有问题"),
        (["a.txt:1", "--because", WHY, "--rule", "zero-filing"], "a.txt 第 1 行没有这样的问题"),
        (["a.txt", "--because", WHY, "--rule", "zero-filling"], "没有规则 zero-filling，是否指 zero-filing？"),
        (["a.txt:1", "--because", " "], "--because 不能是空的"),
        (["a.txt:1", "--because", WHY, "--until", "2020-01-31"], "--until 2020-01-31 已经过去"),
        (["a.txt:1", "--because", WHY, "--until", "2027-02-30"], "--until 应为日期（如 2027-01-31），现为 2027-02-30"),
        (["bad.txt", "--because", WHY, "--place", "x"], "bad.txt 没有这样的问题"),
        (["a.txt", "--because", WHY, "--rule", "request-balance", "--file", "units"], "起作用的是"),
    ],
)
def test_what_cannot_be_accepted_is_said(
    house: House, faulty: Draft, run: Run, arguments: Sequence[str], words: str
) -> None:
    house.put("a.txt", faulty)
    house.put("units/b.txt", faulty)
    (house.root / "bad.txt").write_bytes(b"\x00")
    outcome = run("accept", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err
    assert not (house.root / FILE).exists()


def test_findings_of_the_tools_own_and_accepted_ones_are_refused(house: House, faulty: Draft, run: Run) -> None:
    (house.root / "bad.txt").write_text("不是报告", encoding="utf-8")
    outcome = run("accept", "bad.txt", "--place", "", "--because", WHY)
    assert (outcome.status, "reportlint/not-a-report 是 reportlint 自己的发现，不能接受" in outcome.err) == (2, True)
    house.put("a.txt", faulty)
    again = ("accept", "a.txt", "--rule", "request-balance", "--because", WHY)
    assert run(*again).status == 0
    before = (house.root / FILE).read_bytes()
    assert run(*again).err == f"reportlint: 这一处已经接受（{FILE}:4）\n"
    house.put("a.txt", faulty.put(RECEIVED, "4"))
    assert run(*again).err == f"reportlint: {FILE}:4 已有一条，--renew 可以更新\n"
    assert (house.root / FILE).read_bytes() == before
    assert run(*again, "--renew").status == 0
    assert run("check", ".").status == 0
    assert (house.root / FILE).read_bytes() == before.replace(b'"3"', b'"4"')


def test_a_mandatory_rule_is_refused(house: House, faulty: Draft, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    house.put("a.txt", faulty)
    examine = Linter.examine

    def marked(linter: Linter, source: Source) -> Result:
        result = examine(linter, source)
        return result._replace(diagnostics=[each._replace(mandatory=True) for each in result.diagnostics])

    monkeypatch.setattr(Linter, "examine", marked)
    outcome = run("accept", "a.txt", "--rule", "request-balance", "--because", WHY)
    assert outcome == (2, "", f"reportlint: 规则 {BALANCE} 是必须遵守的，不能接受\n")


def test_the_file_may_be_one_further_up(house: House, faulty: Draft, run: Run) -> None:
    house.put("units/a.txt", faulty)
    assert run("accept", "units/a.txt", "--rule", "request-balance", "--because", WHY, "--file", ".").status == 0
    assert accepted.parse((house.root / FILE).read_bytes(), FILE).entries == [entry(report="units/a.txt")]
    assert run("check", ".").status == 0


@pytest.mark.parametrize(("column", "covers"), [(2, False), (3, True), (4, True), (5, False)])
def test_a_target_covers_what_begins_and_does_not_end_there(column: int, covers: bool) -> None:
    source = Source("abcd")
    for span, expected in ((Span(2, 4), covers), (Span(2, 2), column == 3)):
        found = Diagnostic(source, span, BALANCE, Severity.ERROR, "", "", (), "")
        assert accepting.Target("a.txt", 1, column).covers(found) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.txt", ("a.txt", None, None)),
        ("a.txt:3", ("a.txt", 3, None)),
        ("a.txt:3:14", ("a.txt", 3, 14)),
        ("C:\\报告\\a.txt", ("C:\\报告\\a.txt", None, None)),
        ("C:\\报告\\a.txt:3", ("C:\\报告\\a.txt", 3, None)),
        ("C:/a.txt:3:14", ("C:/a.txt", 3, 14)),
        ("a:b.txt:3", ("a:b.txt", 3, None)),
    ],
)
def test_a_target_is_a_path_and_perhaps_a_line(text: str, expected: tuple[str, int | None, int | None]) -> None:
    assert accepting.Target.parse(text) == (*expected, None)


def test_a_file_whose_name_looks_like_a_line_is_that_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a:3").touch()
    assert accepting.Target.parse("a:3") == accepting.Target("a:3")


def test_what_two_write_at_the_same_time_is_not_lost(house: House, twice: Draft, run: Run) -> None:
    names = [f"{number}.txt" for number in range(3)]
    for name in names:
        house.put(name, twice)
    commands = [
        [sys.executable, "-m", "reportlint", "accept", name, "--rule", rule, "--because", WHY]
        for name in names
        for rule in (BALANCE, FOOTING)
    ]
    running = [subprocess.Popen(command, cwd=house.root, stdout=subprocess.DEVNULL) for command in commands]
    assert [process.wait(120) for process in running] == [0] * 6
    assert len(accepted.parse((house.root / FILE).read_bytes(), FILE).entries) == 6
    assert run("check", ".").status == 0
    assert sorted(path.name for path in house.root.iterdir()) == sorted([*names, FILE, "reportlint.toml"])


def test_a_file_that_changes_while_it_is_written_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / FILE
    write = writer.write
    others = [entry(report="b.txt"), entry(report="c.txt")]

    def disturbed(name: str, data: bytes, *, expected: bytes | None = None) -> None:
        if others:
            path.write_bytes(writer.with_entries(path.read_bytes(), [others.pop()]))
        write(name, data, expected=expected)

    monkeypatch.setattr(writer, "write", disturbed)
    writer.append(str(path), [entry()], FILE)
    reports = [each.report for each in accepted.parse(path.read_bytes(), FILE).entries]
    assert reports == ["c.txt", "b.txt", "a.txt"]


def test_a_write_that_fails_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def full(*_: object, **__: object) -> None:
        tries.append(1)
        raise WriteError("磁盘已满")

    monkeypatch.setattr(writer, "write", full)
    path = tmp_path / FILE
    with pytest.raises(WriteError):
        writer.append(str(path), [entry()], FILE)
    assert not path.exists()
    path.write_bytes(GOOD.encode())
    with pytest.raises(WriteError):
        writer.append(str(path), [entry(report="b.txt")], FILE)
    assert path.read_bytes() == GOOD.encode()
    assert len(tries) == 2, "it is only tried again where the file has changed"


def test_accepted_lists_entries_with_their_state(house: House, twice: Draft, run: Run) -> None:
    house.put("a.txt", twice)
    house.put("units/b.txt", Draft.compliant("town", linter=LINTER))
    house.put("units/c.txt", twice)
    (house.root / "units" / "bad.txt").write_bytes(b"\x00")
    remedies = Entry(FOOTING, "a.txt", "remedies/reconsideration/total", "9", WHY)
    house.accept(entry(by="张三", until="2999-12-31"), remedies, entry(report="units/b.txt"))
    house.accept(
        entry(report="c.txt", until="2020-01-01"),
        entry(report="bad.txt"),
        entry(report="gone.txt"),
        entry(report="c.txt", rule="national/x"),
        folder="units",
    )
    outcome = run("accepted")
    assert outcome.status == 1
    lines = outcome.out.splitlines()
    states = [each.split()[1] for each in lines if each.startswith((FILE, "units"))]
    assert states == ["有效", "失效", "不再需要", "过期", "未判断", "没有这份报告", "没有这条规则"]
    assert lines[:3] == [
        f"{FILE}:4: 有效 a.txt {BALANCE} {PLACE}",
        f"  理由：{WHY}",
        "  接受人：张三，至 2999-12-31 为止",
    ]
    assert "  内容：由“9”变为“7”" in lines
    assert lines[-1] == "共 7 条，有效 1 条。"
    document = json.loads(run("accepted", "--output-format", "json").out)
    published("acceptances").validate(document)
    assert [each["state"] for each in document["entries"]] == [
        "holds", "void", "unused", "expired", "unjudged", "missing", "unknown",
    ]  # fmt: skip
    first, second, third, *_ = document["entries"]
    assert (first["file"], first["line"], first["by"], first["content_now"]) == (FILE, 4, "张三", "3")
    assert (second["content"], second["content_now"], third["content_now"]) == ("9", "7", None)


@pytest.mark.usefixtures("run")
def test_accepted_lists_ignores_of_the_configuration(house: House, faulty: Draft) -> None:
    house.put("a.txt", faulty)
    house.put("units/b.txt", Draft.compliant("town", linter=LINTER))
    house.places = (
        ignoring(house, paths=("*.txt",), origin="reportlint.toml:1"),
        ignoring(house, paths=("units/*",), origin="reportlint.toml:2"),
        ignoring(house, paths=("gone/*",), origin="reportlint.toml:3"),
        ignoring(house, until="2020-01-01", origin="reportlint.toml:4"),
    )
    house.expired = (ignoring(house, place=None, until="2020-01-01", origin="预设 henan"),)
    house.ignores = (ignoring(house, place=None, paths=("units/*",), origin="reportlint.toml:5"),)
    acceptance = house.acceptance
    linters = Linters(None)
    for path in ("a.txt", "units/b.txt"):
        linters.of(path).acceptance = acceptance

    def states(*paths: str) -> list[tuple[str, State]]:
        return [(each.claim.origin, each.state) for each in accepting._ignored(linters, paths, Search())]

    assert states(".") == [
        ("reportlint.toml:5", State.HOLDS),
        ("reportlint.toml:1", State.HOLDS),
        ("reportlint.toml:2", State.UNUSED),
        ("reportlint.toml:3", State.UNUSED),
        ("reportlint.toml:4", State.EXPIRED),
        ("预设 henan", State.EXPIRED),
    ]
    assert [origin for origin, _ in states("units")] == ["reportlint.toml:5", "reportlint.toml:1", "reportlint.toml:2"]
    document = listing.document(accepting._ignored(linters, ["."], Search()))
    published("acceptances").validate(document)
    assert (document["entries"][-1]["file"], document["entries"][-1]["line"]) == ("预设 henan", None)


def test_accepted_lists_what_concerns_the_paths_alone(house: House, faulty: Draft, run: Run) -> None:
    house.put("units/b.txt", faulty)
    house.put("a.txt", faulty)
    house.accept(entry(), entry(report="units/b.txt"))
    assert run("accepted", "units").out.splitlines()[-1] == "共 1 条，有效 1 条。"
    assert run("accepted", "units", "units/b.txt", ".").out.splitlines()[-1] == "共 2 条，有效 2 条。"
    assert run("accepted", "a.txt").status == 0
    assert run("accepted", "gone").err == "reportlint: 没有文件或文件夹 gone\n"
    (house.root / FILE).unlink()
    assert run("accepted") == (0, "共 0 条，有效 0 条。\n", "")


@pytest.mark.parametrize("name", BAD)
def test_bad_files_end_a_run_with_status_2(house: House, faulty: Draft, run: Run, name: str) -> None:
    data, _, words = BAD[name]
    house.put("a.txt", faulty)
    (house.root / FILE).write_bytes(data)
    for command in (["check", "."], ["accepted"]):
        outcome = run(*command)
        assert (outcome.status, words in outcome.err) == (2, True)
    before = (house.root / FILE).read_bytes()
    assert run("accept", "a.txt", "--rule", "request-balance", "--because", WHY).status == 2
    assert (house.root / FILE).read_bytes() == before


@given(each=entries)
def test_the_schema_takes_what_is_written(each: Entry) -> None:
    SCHEMA.validate(plain(tomli.loads(writer.with_entries(None, [each]).decode())))


def test_the_example_of_the_documentation_is_one() -> None:
    page = (Path(__file__).parents[1] / "docs" / "accepting.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0].encode()
    [each] = accepted.parse(example, FILE).entries
    assert each == Entry(BALANCE, "qinghe.txt", PLACE, "3", "与登记簿核对过，原件如此", "张三", "2027-01-31")
    SCHEMA.validate(plain(tomli.loads(example.decode())))


def test_the_documentation_names_all_that_is_said_of_entries() -> None:
    page = (Path(__file__).parents[1] / "docs" / "accepting.md").read_text(encoding="utf-8")
    assert [name for name in told.WORDS if f"`reportlint/{name}`" not in page] == []


# With a configuration, and results that are kept


def configure(house: House, text: str) -> None:
    (house.root / "reportlint.toml").write_text(text, encoding="utf-8")


def rules_said(outcome: Outcome) -> list[str]:
    return [each.split(": ")[1].split()[1] for each in outcome.out.splitlines() if ": " in each]


@pytest.mark.parametrize("placed", [False, True])
def test_ignores_of_a_configuration_count_in_every_run(house: House, faulty: Draft, run: Run, placed: bool) -> None:
    draft = faulty.under_heading("overview").append("本单位按时发布了年度报告。。")
    [stop, _] = draft.result.diagnostics
    house.put("a.txt", draft)
    ignored = f'[[ignore]]\nrule = "{stop.rule}"\npath = "a.txt"\nbecause = "{WHY}"\n'
    ignored += f'place = "{stop.place}"\n' if placed else ""
    configure(house, ignored)
    concise = ("check", "--output-format", "concise", ".")
    for _ in range(2):
        assert rules_said(run(*concise)) == [BALANCE]
    assert rules_said(run(*concise, "--ignore-suppressions")) == [stop.rule, BALANCE]
    assert rules_said(run(*concise)) == [BALANCE]
    configure(house, f'{ignored}until = "2020-01-01"\n')
    for _ in range(2):
        assert rules_said(run(*concise)) == [stop.rule, BALANCE, "reportlint/expired-acceptance"]
    states = [each["state"] for each in json.loads(run("accepted", "--output-format", "json").out)["entries"]]
    assert states == ["expired"]


def test_a_mandatory_rule_of_a_configuration(house: House, faulty: Draft, run: Run) -> None:
    house.put("a.txt", faulty)
    assert run("accept", "a.txt", "--rule", BALANCE, "--because", WHY).status == 0
    configure(house, 'mandatory = ["request-balance"]\n')
    for _ in range(2):
        outcome = run("check", "--output-format", "concise", ".")
        assert rules_said(outcome) == [BALANCE, "reportlint/mandatory-acceptance"]
    (house.root / FILE).unlink()
    assert "是必须遵守的，不能接受" in run("accept", "a.txt", "--rule", BALANCE, "--because", WHY).err
    assert run("baseline", "create").out.endswith("1 份报告，0 处。\n")


def test_a_baseline_that_the_configuration_names(house: House, faulty: Draft, run: Run) -> None:
    house.put("a.txt", faulty)
    configure(house, 'baseline = "ci/known.json"\n')
    assert run("check", ".").err == "reportlint: 没有基线 ci/known.json（reportlint baseline create 可以建立）\n"
    (house.root / "ci").mkdir()
    assert run("baseline", "create").status == 0
    for _ in range(2):
        assert run("check", ".").status == 0
    assert run("check", ".", "--no-baseline").status == 1
    configure(house, "")
    assert run("check", ".").status == 1


def test_reports_that_are_excluded_are_not_looked_at(house: House, faulty: Draft, run: Run) -> None:
    house.put("a.txt", faulty)
    house.put("old/b.txt", faulty)
    configure(house, 'exclude = ["old/"]\n')
    assert run("baseline", "create").out.endswith("1 份报告，1 处。\n")


def test_an_editor_and_a_program_see_the_same(house: House, faulty: Draft, run: Run) -> None:
    path = house.put("a.txt", faulty)
    assert run("accept", "a.txt", "--rule", BALANCE, "--because", WHY).status == 0
    assert Linter.from_config(path).lint_text(faulty.text, path).diagnostics == []
    assert Linter.from_config(path).lint_file(path).diagnostics == []
