"""What people read: grouped findings, the closing words, statistics, colours."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reportlint import Position, Severity, Source, Unassessed
from reportlint.cli import main
from reportlint.diagnostic import Accepted
from reportlint.formats import Context, text
from reportlint.formats.text import show

from .made import HARD, ROOT, diagnostic, result, run_of, written

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
COMPLIANT = EXAMPLES / "qinghe-town-2024.txt"

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """The status, output and error output of a check."""

    def checked(*arguments: object) -> tuple[int, str, str]:
        status = main(["check", *map(str, arguments)])
        outcome = capsys.readouterr()
        return status, outcome.out, outcome.err

    return checked


# grouped


def test_findings_stand_in_columns_under_their_report() -> None:
    one, other = Source("甲\n乙" + "丙" * 99 + "丁", "水务局.txt"), Source("甲", "b.toml")
    found = [
        diagnostic(one, None, "缺少第一部分", severity=Severity.ADVICE),
        diagnostic(one, "丁", "应为 6", rule="demo/long-rule"),
        diagnostic(one, at=Position(3, 7), severity=Severity.WARNING, rule="演示/规则"),
        diagnostic(other, "甲"),
    ]
    assert written("grouped", result(one, *found), result(), run=run_of(quiet=True)) == (
        "水务局.txt（3 处）\n"
        "      -  建议  demo/rule       缺少第一部分\n"
        "  2:101  错误  demo/long-rule  应为 6\n"
        "    3:7  警告  演示/规则       有误\n"
        "\n"
        "b.toml（1 处）\n"
        "  1:1  错误  demo/rule  有误\n"
        "\n"
    )


def test_grouped_ends_with_the_closing_words_and_has_colours() -> None:
    one = Source("甲", "a.txt")
    found = result(one, diagnostic(one, "甲"))
    lines = written("grouped", found, context=Context("", lambda _: None, colour=True)).splitlines()
    assert lines == [
        "\x1b[1ma.txt（1 处）\x1b[0m",
        "  1:1  \x1b[31m错误\x1b[0m  demo/rule  有误",
        "",
        "检查了 1 份报告，运行了 1 条规则；发现 1 处（1 个错误，0 个警告，0 个建议）。",
    ]


def test_grouped_writes_nothing_that_a_terminal_obeys() -> None:
    one = Source("甲", HARD)
    shown = written("grouped", result(one, diagnostic(one, "甲", HARD)))
    assert len(shown.splitlines()) == 4
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]", shown)


def test_wide_spaces_are_shown_as_they_are() -> None:
    assert show("甲\u3000乙\xa0丙\x07") == "甲\u3000乙\xa0丙�"


# The closing words


def test_a_clean_report_has_one_line(check: Check) -> None:
    status, out, err = check(COMPLIANT)
    assert (status, err, len(out.splitlines())) == (0, "", 1)
    assert out.endswith("没有发现问题。\n")
    assert len(list(text.summary(run_of(result(), result())))) == 1


def test_the_ledger_adds_up() -> None:
    one = Source("甲", "a.txt")
    rules = ["demo/a", "demo/b", "demo/c"]
    reasons = [Unassessed("demo/b", "缺列"), Unassessed("demo/c", "没有该表格")]
    # A rule that finds something in one row and cannot judge another has found something.
    first = result(one, diagnostic(one, "甲", rule="demo/b"), rules=rules, unassessed=reasons)
    other = result(Source("甲", "b.txt"), rules=rules, unassessed=[Unassessed("demo/a", "没有该表格")])
    run = run_of(first, other, result(one, rules=rules[:2]))
    assert (run.ran, run.passed, run.found, run.unable) == (8, 5, 1, 2)
    assert list(text.summary(run)) == [
        "检查了 3 份报告，运行了 3 条规则；发现 1 处（1 个错误，0 个警告，0 个建议）。",
        "规则共运行 8 次：5 次通过，1 次发现问题，2 次无法判断。",
        "2 份报告有规则无法判断：",
        "  2 次 没有该表格（demo/a 等 2 条规则）",
        "  1 次 缺列（demo/b）：a.txt",
    ]


def test_of_a_single_report_every_rule_that_could_not_judge_is_named() -> None:
    reasons = [*(Unassessed(f"demo/{number}", f"理由{number}") for number in range(7)), Unassessed("demo/8", "理由1")]
    lines = list(text.summary(run_of(result(unassessed=reasons))))
    assert lines[-7:] == [
        "  理由1（demo/1、demo/8）",
        "  理由0（demo/0）",
        *(f"  理由{n}（demo/{n}）" for n in range(2, 7)),
    ]


def test_many_reasons_are_counted() -> None:
    reasons = [Unassessed(f"demo/{number}", f"理由{number}") for number in range(7)]
    lines = list(text.summary(run_of(result(unassessed=reasons), result())))
    assert lines[-2:] == [f"  1 次 理由4（demo/4）：{ROOT}/a.txt", "  另有 2 种原因"]


def test_what_is_accepted_is_told() -> None:
    accepted = Accepted(diagnostic(Source("甲", "a.txt")), "accepted", "没有收费权")
    known = accepted._replace(kind="baseline")
    assert list(text.summary(run_of(result(accepted=[accepted, known, known]))))[1:] == [
        "另有问题没有计入：1 处已接受，2 处在基线中。"
    ]
    assert list(text.summary(run_of(result(accepted=[accepted]))))[1:] == ["另有问题没有计入：1 处已接受。"]


def test_statistics_by_rule_and_by_unit() -> None:
    one = Source("甲", "a.txt")
    found = [
        diagnostic(one, rule="demo/b"),
        diagnostic(one, rule="demo/b", severity=Severity.ADVICE),
        diagnostic(one, rule="demo/a", severity=Severity.WARNING),
    ]
    run = run_of(result(one, *found, unit="云溪县"), result(one, found[2]), result(), statistics=True)
    assert list(text.statistics(run)) == [
        "",
        "合计  错误  警告  建议  规则",
        "   2     1     0     1  demo/b",
        "   2     0     2     0  demo/a",
        "",
        "合计  错误  警告  建议  单位",
        "   3     1     1     1  云溪县",
        "   1     0     1     0  a.txt",
    ] or list(text.statistics(run))[2:4] == [
        "   2     0     2     0  demo/a",
        "   2     1     0     1  demo/b",
    ]
    assert list(text.closing(run))[-8:] == list(text.statistics(run))


@pytest.mark.parametrize("form", ["full", "grouped"])
def test_statistics_and_quiet_on_the_command_line(check: Check, form: str) -> None:
    plain = check("--output-format", form, FAULTY)[1]
    quiet = check("--output-format", form, "--quiet", FAULTY)[1]
    tables = check("--output-format", form, "--statistics", FAULTY)[1]
    both = check("--output-format", form, "--statistics", "--quiet", FAULTY)[1]
    assert plain.startswith(quiet)
    assert plain.removeprefix(quiet).startswith("检查了 1 份报告")
    assert tables.startswith(plain)
    assert "\n   6     3     3     0  云溪县水务局\n" in tables
    assert both == quiet + tables.removeprefix(plain)


def test_closing_words_beside_lines_for_programs(check: Check) -> None:
    plain, tables = (
        check("--output-format", "github", FAULTY),
        check("--output-format", "github", "--statistics", FAULTY),
    )
    assert plain[1] == tables[1]
    assert plain[2].startswith("检查了 1 份报告")
    assert "合计  错误  警告  建议  单位" in tables[2].removeprefix(plain[2])
    assert check("--output-format", "github", "--quiet", FAULTY) == (1, plain[1], "")


def test_quiet_still_says_what_is_wrong(check: Check, tmp_path: Path) -> None:
    status, out, err = check("--quiet", tmp_path)
    assert (status, out) == (2, "")
    assert err.startswith("reportlint: 在")


# Colours and the format that is written where nothing is asked for


@pytest.mark.parametrize(
    ("wanted", "variables", "coloured"),
    [
        ("auto", {}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("always", {}, True),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
@pytest.mark.parametrize("form", ["full", "grouped"])
def test_what_is_asked_for_goes_over_the_environment(
    check: Check, monkeypatch: pytest.MonkeyPatch, form: str, wanted: str, variables: dict[str, str], coloured: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in check("--output-format", form, "--color", wanted, FAULTY)[1]) is coloured


def test_a_file_never_has_colours(check: Check, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    check("--output", f"full={out}", "--color", "always", FAULTY)
    assert "错误" in out.read_text("utf-8")
    assert "\x1b" not in out.read_text("utf-8")


def test_the_environment_says_what_is_written_where_nothing_is_asked_for(
    check: Check, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    full, concise = check(FAULTY), check("--output-format", "concise", FAULTY)
    monkeypatch.setenv("REPORTLINT_OUTPUT_FORMAT", "concise")
    assert check(FAULTY) == concise
    assert check("--output-format", "full", FAULTY) == full
    _, out, _ = check("--output", f"json={tmp_path / 'out.json'}", FAULTY)
    assert out.startswith("检查了 1 份报告")
    monkeypatch.setenv("REPORTLINT_OUTPUT_FORMAT", "")
    assert check(FAULTY) == full


def test_an_environment_that_asks_for_what_there_is_not(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTLINT_OUTPUT_FORMAT", "concice")
    status, out, err = check(FAULTY)
    assert (status, out) == (2, "")
    assert err.startswith("reportlint: 环境变量 REPORTLINT_OUTPUT_FORMAT：没有输出格式 concice")
    assert check("--output-format", "full", FAULTY)[0] == 1
    assert check("--output-format", "concice", FAULTY)[2].startswith("reportlint: 没有输出格式 concice")


def test_reports_of_one_place_stay_apart_from_the_root() -> None:
    one = Source("甲", f"{ROOT}/a.txt")
    assert written("concise", result(one, diagnostic(one, "甲"))).startswith(f"{ROOT}/a.txt:1:1: error")
