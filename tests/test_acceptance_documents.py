"""Accepting findings in documents that have no lines: by rule, by place, by the words for a place; and what is kept."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from reportlint import Location, Source, accepted
from reportlint.cli import main
from reportlint.cli.accepting import Target, _there

from .made import diagnostic
from .papers import CONFIGURATION, FAULTY, lint
from .validators import published
from .words import docx, of_text

FILE = accepted.FILE
BALANCE, FOOTING, ZERO = "national/request-balance", "national/remedy-footing", "national/zero-filing"
CELL = "表二 第4行第10列 “一、本年新收政府信息公开申请数量”"
WHY = ("--because", "与登记簿核对过")


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in a folder with one faulty document."""
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    Path("reportlint.toml").write_text(CONFIGURATION, encoding="utf-8")
    Path("年报.paper").write_text(FAULTY, encoding="utf-8")

    def reportlint(*arguments: str) -> Outcome:
        return Outcome(main(list(arguments)), *capsys.readouterr())

    return reportlint


def rules(run: Run, path: str = "年报.paper") -> list[str]:
    """What is said of a document."""
    [report] = json.loads(run("check", path, "--output-format", "json").out)["reports"]
    return [each["rule"] for each in report["diagnostics"]]


def test_by_rule_where_it_finds_one_place_only(run: Run) -> None:
    outcome = run("accept", "年报.paper", "--rule", "request-balance", *WHY)
    about = f"年报.paper，{BALANCE}，requests/received/total（{CELL}）"
    assert outcome.out.splitlines()[0] == f"已写入 {FILE}：{about}"
    [entry] = accepted.parse(Path(FILE).read_bytes(), FILE).entries
    assert (entry.place, entry.content) == ("requests/received/total", "3")
    assert BALANCE not in rules(run)


@pytest.mark.parametrize(
    "words", [CELL, "表二第4行第10列", '表二 第4行第10列 "一、本年新收政府信息公开申请数量"', "requests/received/total"]
)
def test_by_the_words_for_a_place_however_they_are_typed(run: Run, words: str) -> None:
    assert run("accept", "年报.paper", "--place", words, *WHY).status == 0
    assert BALANCE not in rules(run)


def test_by_the_place_as_check_shows_it(run: Run) -> None:
    assert run("accept", f"年报.paper: {CELL}", *WHY).status == 0
    assert run("accept", "年报.paper：第四段", *WHY).status == 0
    assert {BALANCE, ZERO}.isdisjoint(rules(run))


def test_the_whole_of_a_place_goes_before_its_beginning() -> None:
    source = Source("甲乙丙", "a.txt")
    row, cell, other = (
        diagnostic(source, mark)._replace(where=Location(words, words))
        for mark, words in (("甲", "表二 第4行"), ("乙", "表二 第4行第10列"), ("丙", "表二 第40行"))
    )
    assert _there([row, cell, other], "表二第4行") == [row]
    assert _there([cell, other], "表二第4行") == [cell]
    assert _there([row, cell, other], " ") == []


def test_a_line_of_a_document_is_answered_with_what_there_is_in_it(run: Run) -> None:
    outcome = run("accept", "年报.paper:12", *WHY)
    assert outcome.status == 2
    first, *there = outcome.err.splitlines()
    assert first == "reportlint: 年报.paper 没有行号，用 --rule 或 --place 写明是哪一处："
    findings = lint(FAULTY).diagnostics
    assert len(there) == len(findings)
    assert any(line.startswith(f"  {CELL}  {BALANCE}  “一、本年新收") for line in there)
    assert not Path(FILE).exists()


def test_without_a_place_the_findings_are_listed(run: Run) -> None:
    outcome = run("accept", "年报.paper", *WHY)
    assert outcome.status == 2
    assert outcome.err.startswith(
        "reportlint: 要用 --rule 或 --place 写明是哪一处：\n  第二段  national/overview-aspects"
    )
    nowhere = run("accept", "年报.paper:表九", *WHY).err
    assert nowhere.startswith("reportlint: 年报.paper 表九没有问题，报告里的问题是：\n  第二段  ")


def test_of_several_places_those_are_listed_that_are_meant(run: Run) -> None:
    text = FAULTY.replace("| 0 | 0 | 0 | 3 |", "| 0 | 0 | 9 | 3 |")
    Path("年报.paper").write_text(text, encoding="utf-8")
    outcome = run("accept", "年报.paper", "--place", "表二", *WHY)
    there = {each.location(): each for each in lint(text).diagnostics}
    listed = [
        f"  {where.words}  {each.rule}  {each.place}"
        for where, each in there.items()
        if where and "表二" in where.words
    ]
    assert len(listed) > 1
    assert outcome.err.splitlines()[1:] == listed


def test_a_target_that_is_no_file_is_said_to_be_none(run: Run) -> None:
    assert run("accept", "别的.paper: 第四段", *WHY).err == "reportlint: 没有报告 别的.paper: 第四段\n"
    assert Target.parse("年报.paper: 第四段") == Target("年报.paper", words=" 第四段")


def test_an_entry_holds_when_the_document_is_written_anew_and_speaks_when_the_figure_changes(run: Run) -> None:
    run("accept", "年报.paper", "--rule", "request-balance", *WHY)
    later = FAULTY.replace("\n一、总体情况", "\n另行公布。\n\n===\n\n一、总体情况")
    Path("年报.paper").write_text(later, encoding="utf-8")
    assert BALANCE not in rules(run)
    Path("年报.paper").write_text(later.replace("| 0 | 0 | 0 | 3 |", "| 0 | 0 | 0 | 4 |"), encoding="utf-8")
    out = run("check", "年报.paper", "--select", BALANCE).out
    about = f"年报.paper，{BALANCE}，requests/received/total（{CELL}）"
    assert f"这条接受已经失效，内容由“3”变为“4”：{about}\n" in out
    assert "  · 重新接受：reportlint accept 报告 --rule 规则 --because 理由 --renew；不再接受：删去这一条\n" in out


def test_the_same_report_in_another_format_has_the_same_key() -> None:
    plain = {(each.rule, each.place, each.content) for each in lint(FAULTY, path="年报.leaf").diagnostics}
    assert plain == {(each.rule, each.place, each.content) for each in lint(FAULTY).diagnostics}
    text = {(each.rule, each.place) for each in lint(FAULTY, path="年报.md").diagnostics}
    assert {place for place in text if "/" in place[1]} == {(rule, place) for rule, place, _ in plain if "/" in place}


def test_in_a_web_page_lines_are_told_and_no_words(run: Run) -> None:
    page = "".join(f"<p>{line}</p>\n" for line in FAULTY.splitlines()).replace(
        "收取信息处理费0元。", "收取信息处理费 0 元，，。"
    )
    Path("年报.html").write_text(f"<title>年报</title>{page}", encoding="utf-8")
    out = run("accept", "年报.html", "--rule", "doubled-punctuation", *WHY).out
    [entry] = accepted.parse(Path(FILE).read_bytes(), FILE).entries
    assert out.splitlines()[0] == f"已写入 {FILE}：年报.html，{entry.rule}，{entry.place}"
    assert "位置：" not in run("accepted").out
    Path(".reportlint-baseline.json").write_text('{"schema_version": 1, "entries": []}', encoding="utf-8")
    new = run("baseline", "update", "年报.html", "--check").out
    assert f"  年报.html {ZERO} “度未收到政府信息公开申请。”\n" in new
    Path(FILE).write_text(Path(FILE).read_text("utf-8").replace('content = "', 'content = "甲'), encoding="utf-8")
    told = run("check", "年报.html", "--select", entry.rule).out
    assert f"：年报.html，{entry.rule}，{entry.place}\n" in told
    assert "reportlint accept 报告:行号 --because" in told


def test_the_list_of_entries_has_the_words_for_their_places(run: Run) -> None:
    run("accept", "年报.paper", "--rule", "request-balance", *WHY)
    assert f"\n  位置：{CELL}\n" in run("accepted").out
    document = json.loads(run("accepted", "--output-format", "json").out)
    published("acceptances").validate(document)
    assert [each["where"] for each in document["entries"]] == [CELL]


def test_the_baseline_names_what_is_new_with_its_place(run: Run) -> None:
    Path("年报.paper").write_text(FAULTY.replace("| 0 | 0 | 0 | 3 |", "| 0 | 0 | 0 | 2 |"), encoding="utf-8")
    assert run("baseline", "create", "年报.paper").status == 0
    Path("年报.paper").write_text(FAULTY, encoding="utf-8")
    outcome = run("baseline", "update", "年报.paper", "--check")
    assert f"  年报.paper {BALANCE} requests/received/total（{CELL}）\n" in outcome.out


# Documents of real programs

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def saved_again(file: Path, to: str, folder: Path) -> Path:
    """What LibreOffice makes of a file."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE or "", profile, "--headless", "--convert-to", to, "--outdir", str(folder / "made"), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "made" / f"{file.stem}.{to}"


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
def test_what_is_accepted_in_a_word_document_holds_when_it_is_saved_again_and_as_a_page(
    run: Run, tmp_path: Path
) -> None:
    word = Path("年报.docx")
    word.write_bytes(docx(*of_text(FAULTY)))
    assert run("accept", word.name, "--place", "表二第4行第10列", *WHY).status == 0
    left = rules(run, word.name)
    assert BALANCE not in left
    made = saved_again(word, "docx", tmp_path)
    assert made.read_bytes() != word.read_bytes()
    shutil.copy(made, word)
    assert rules(run, word.name) == left
    # As a web page it is another report to the list of what is accepted, with the same places in it.
    shutil.copy(saved_again(word, "html", tmp_path), "年报.html")
    entries = Path(FILE).read_text("utf-8")
    Path(FILE).write_text(entries.replace("年报.docx", "年报.html"), encoding="utf-8")
    assert rules(run, "年报.html") == left
