"""The configuration: which file counts for a report, what each key changes, and what is wrong in a file."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from reportlint import ConfigError, Linter, ReportlintError, Result
from reportlint.cli import main, readers
from reportlint.config import DEFAULT_EXCLUDE
from reportlint.folders import DEFAULT_INCLUDE
from reportlint.packs import Packs
from reportlint.readers import Readers
from reportlint.readers.reader import Reader, missing
from reportlint.source import Source
from reportlint.toml import written

from . import papers
from .validators import published

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
COMPLIANT = EXAMPLES / "qinghe-town-2024.txt"
NO_GOVERNMENT = EXAMPLES / "yunxi-archives-2023.md"

FOUND = {
    "overview-aspects": "5:1 warning national/overview-aspects",
    "zero-filing": "9:13 error national/zero-filing",
    "request-balance": "37:52 error national/request-balance",
    "remedy-footing": "68:19 error national/remedy-footing",
    "problems-and-improvement": "70:1 warning national/problems-and-improvement",
    "fee-disclosure": "76:3 warning national/fee-disclosure",
}
"""All that is said of the faulty example by default."""
PRESET = "预设 national（reportlint_national/preset.toml）"
NATIONAL_FORMS = ["annual-2021", "annual-2019", "annual-2008"]

STAGING = '''
from reportlint import Finding, Grammar, Preset, Severity, hookimpl, rule

@rule(basis="测试", severity=Severity.ADVICE)
def greeting(report, *, words: str = "你好", times: int = 1, loud: bool = False, others: list = []):
    """Greets the title."""
    yield Finding(report.title_span, words * times + ("！" if loud else "") + "".join(others))

@hookimpl
def reportlint_rules():
    return [greeting]

@hookimpl
def reportlint_grammars():
    return [Grammar("annual-early", "reportlint_grammars", "annual_2021.lark", years=(2021, 2022))]

@hookimpl
def reportlint_presets():
    names = ("staging", "quiet", "early", "fees", "loop-one", "loop-two")
    return [Preset(name, __name__, f"{name}.toml") for name in names]
'''
PRESETS = {
    "staging": """
        extends = ["national"]
        select = ["national", "staging"]
        fail-on = "error"
        severity.fee-disclosure = "advice"
        options.greeting = { words = "早", times = 2 }
        """,
    "quiet": 'ignore = ["overview-aspects", "zero-filing"]',
    "early": 'forms = ["annual-early"]\nselect = ["title"]',
    "fees": 'select = ["fee-disclosure", "fee-consistency"]\nforms = ["annual-2021"]',
    "loop-one": 'extends = ["loop-two"]',
    "loop-two": 'extends = ["loop-one"]',
}


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process."""

    def reportlint(*arguments: str | Path) -> Outcome:
        status = main([str(argument) for argument in arguments])
        return Outcome(status, *capsys.readouterr())

    return reportlint


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[str]:
    """The line of a configuration in `tmp_path` that names a pack with a rule, a form and presets."""
    package = tmp_path / "reportlint_staging"
    write(package / "__init__.py", STAGING)
    for name, text in PRESETS.items():
        write(package / f"{name}.toml", text)
    yield 'packs = ["reportlint_staging"]\n'
    sys.modules.pop("reportlint_staging", None)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def put(report: Path, folder: Path, name: str = "report.txt") -> Path:
    """A copy of an example report in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(report, folder / name))


def lines(result: Result) -> list[str]:
    """All that is said: place, severity and rule."""
    said = []
    for diagnostic in result.diagnostics:
        start = diagnostic.start()
        place = "-" if start is None else f"{start.line}:{start.column}"
        said.append(f"{place} {diagnostic.severity.label} {diagnostic.rule}")
    return said


def said(report: Path) -> list[str]:
    """All that is said of a report under the configuration nearest to it."""
    return lines(Linter.from_config(report).lint_file(report))


def said_under(settings: str, folder: Path, report: Path = FAULTY) -> list[str]:
    """All that is said of a copy of a report beside a reportlint.toml."""
    write(folder / "reportlint.toml", settings)
    return said(put(report, folder))


def places(outcome: Outcome) -> list[str]:
    """All that the concise output says: path, place, severity and rule."""
    return [" ".join(line.split(" ")[:3]) for line in outcome.out.splitlines()]


def rules_said(outcome: Outcome) -> list[str]:
    return [place.split(" ")[2] for place in places(outcome)]


def rules_of(found: list[str]) -> list[str]:
    return [line.split(" ")[2] for line in found]


def only(*rules: str) -> list[str]:
    return [line for rule, line in FOUND.items() if rule in rules]


def without(*rules: str) -> list[str]:
    return [line for rule, line in FOUND.items() if rule not in rules]


def error_in(settings: str, folder: Path) -> str:
    """What is said of a reportlint.toml that cannot be used."""
    write(folder / "reportlint.toml", settings)
    with pytest.raises(ReportlintError) as caught:
        Linter.from_config(folder)
    return str(caught.value)


# Which file counts


def test_without_a_configuration_the_default_preset_applies(tmp_path: Path) -> None:
    assert said(put(FAULTY, tmp_path)) == list(FOUND.values())
    assert said(put(COMPLIANT, tmp_path)) == []


def test_the_nearest_file_upwards_counts_alone(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", 'select = ["zero-filing"]')
    write(tmp_path / "towns" / "reportlint.toml", 'select = ["fee-disclosure"]')
    assert said(put(FAULTY, tmp_path)) == only("zero-filing")
    assert said(put(FAULTY, tmp_path / "offices" / "2024")) == only("zero-filing")
    assert said(put(FAULTY, tmp_path / "towns")) == only("fee-disclosure")
    assert said(put(FAULTY, tmp_path / "towns" / "2024" / "first")) == only("fee-disclosure")


def test_nothing_is_taken_over_from_a_file_further_up(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", 'ignore = ["zero-filing"]\nseverity.fee-disclosure = "error"')
    write(tmp_path / "towns" / "reportlint.toml", "")
    assert said(put(FAULTY, tmp_path / "towns")) == list(FOUND.values())


def test_our_own_file_beats_the_pyproject_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.reportlint]\nselect = ["zero-filing"]')
    assert said(put(FAULTY, tmp_path)) == only("zero-filing")
    write(tmp_path / "reportlint.toml", 'select = ["fee-disclosure"]')
    assert said(put(FAULTY, tmp_path)) == only("fee-disclosure")


def test_a_nearer_pyproject_beats_our_own_file_further_up(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", 'select = ["fee-disclosure"]')
    write(tmp_path / "towns" / "pyproject.toml", '[tool.reportlint]\nselect = ["zero-filing"]')
    assert said(put(FAULTY, tmp_path / "towns")) == only("zero-filing")


@pytest.mark.parametrize(
    "project",
    [
        "",
        '[project]\nname = "demo"',
        '[project]\nname = "demo"\ndependencies = ["reportlint"]',
        "[tool.ruff]\nline-length = 120  # reportlint has none",
        'tool = "reportlint"',
        "[project\nthis is no TOML",
    ],
)
def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path, project: str) -> None:
    write(tmp_path / "reportlint.toml", 'select = ["fee-disclosure"]')
    write(tmp_path / "towns" / "pyproject.toml", project)
    assert said(put(FAULTY, tmp_path / "towns")) == only("fee-disclosure")


def test_a_pyproject_with_an_empty_table_counts(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", 'select = ["fee-disclosure"]')
    write(tmp_path / "towns" / "pyproject.toml", "[tool.reportlint]")
    assert said(put(FAULTY, tmp_path / "towns")) == list(FOUND.values())


def test_a_pyproject_that_is_a_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").mkdir()
    assert said(put(FAULTY, tmp_path)) == list(FOUND.values())


def test_a_configuration_may_have_a_bom_and_crlf(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_bytes(b'\xef\xbb\xbfselect = [\r\n  "zero-filing",\r\n]\r\n')
    assert said(put(FAULTY, tmp_path)) == only("zero-filing")


def test_two_reports_of_a_run_are_each_under_their_own_configuration(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "one" / "reportlint.toml", 'select = ["zero-filing"]\nseverity.zero-filing = "advice"')
    write(tmp_path / "two" / "pyproject.toml", '[tool.reportlint]\nselect = ["fee-disclosure", "title"]')
    first, second = put(FAULTY, tmp_path / "one"), put(FAULTY, tmp_path / "two")
    outcome = run("check", "--output-format", "concise", tmp_path)
    assert places(outcome) == [
        f"{first}:9:13: advice national/zero-filing",
        f"{second}:76:3: warning national/fee-disclosure",
    ]
    assert outcome.status == 1
    assert "检查了 2 份报告，运行了 3 条规则；发现 2 处" in run("check", tmp_path).out
    assert run("check", "--output-format", "concise", first).status == 0


def test_the_fail_level_of_each_report_is_that_of_its_own_configuration(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "one" / "reportlint.toml", 'select = ["fee-disclosure"]\nfail-on = "error"')
    write(tmp_path / "two" / "reportlint.toml", 'select = ["title"]\nfail-on = "advice"')
    put(FAULTY, tmp_path / "one")
    put(FAULTY, tmp_path / "two")
    assert run("check", tmp_path).status == 0
    write(tmp_path / "two" / "reportlint.toml", 'select = ["fee-disclosure"]\nfail-on = "warning"')
    assert run("check", tmp_path).status == 1


def test_a_configuration_can_be_given(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "reports" / "reportlint.toml", 'select = ["zero-filing"]')
    report = put(FAULTY, tmp_path / "reports")
    given = write(tmp_path / "strict.toml", 'select = ["fee-disclosure", "zero-filing"]')
    assert lines(Linter.from_config(given).lint_file(report)) == only("zero-filing", "fee-disclosure")
    outcome = run("check", "--config", given, "--output-format", "concise", report)
    assert rules_said(outcome) == ["national/zero-filing", "national/fee-disclosure"]


# What each key changes


def test_select_names_rules_by_id_by_bare_name_by_pack_and_all(tmp_path: Path) -> None:
    assert said_under('select = ["national/zero-filing"]', tmp_path) == only("zero-filing")
    assert said_under('select = ["zero-filing", "remedy-footing"]', tmp_path) == only("zero-filing", "remedy-footing")
    assert said_under('select = ["national"]', tmp_path) == list(FOUND.values())
    assert said_under('select = ["all"]', tmp_path) == list(FOUND.values())


def test_ignore_takes_rules_away_from_those_selected(tmp_path: Path) -> None:
    assert said_under('ignore = ["zero-filing", "national/remedy-footing"]', tmp_path) == without(
        "zero-filing", "remedy-footing"
    )
    both = 'select = ["zero-filing", "fee-disclosure"]\nignore = ["zero-filing"]'
    assert said_under(both, tmp_path) == only("fee-disclosure")


def test_a_rule_that_is_ignored_is_not_said_to_have_run(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", 'select = ["zero-filing", "fee-disclosure"]\nignore = ["zero-filing"]')
    report = put(FAULTY, tmp_path)
    assert Linter.from_config(report).lint_file(report).rules_run == ("national/fee-disclosure",)


def test_severity_regrades_what_a_rule_finds(tmp_path: Path) -> None:
    assert said_under('[severity]\nzero-filing = "advice"\n"national/fee-disclosure" = "error"', tmp_path) == [
        line.replace("error national/zero", "advice national/zero").replace(
            "warning national/fee", "error national/fee"
        )
        for line in FOUND.values()
    ]
    assert said_under('severity.national = "advice"', tmp_path) == [
        line.replace(" error ", " advice ").replace(" warning ", " advice ") for line in FOUND.values()
    ]


def test_options_reach_their_rule(tmp_path: Path) -> None:
    assert said_under("", tmp_path, NO_GOVERNMENT) == []
    settings = "[options.overview-aspects]\ngovernments_only = false"
    assert said_under(settings, tmp_path, NO_GOVERNMENT) == ["5:4 warning national/overview-aspects"]
    full_id = '[options."national/overview-aspects"]\ngovernments_only = false'
    assert said_under(full_id, tmp_path, NO_GOVERNMENT) == ["5:4 warning national/overview-aspects"]


def test_options_of_every_type_reach_their_rule(tmp_path: Path, staging: str) -> None:
    write(
        tmp_path / "reportlint.toml",
        f"""{staging}
        select = ["staging"]
        [options.greeting]
        words = "早安"
        times = 3
        loud = true
        others = ["甲", "乙"]
        """,
    )
    report = put(FAULTY, tmp_path)
    (diagnostic,) = Linter.from_config(report).lint_file(report).diagnostics
    assert diagnostic.message == "早安早安早安！甲乙"


@pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1), ("advice", 1)])
def test_fail_on_sets_the_level_from_which_a_run_fails(tmp_path: Path, run: Run, level: str, status: int) -> None:
    write(tmp_path / "reportlint.toml", f'select = ["fee-disclosure"]\nfail-on = "{level}"')
    outcome = run("check", "--output-format", "concise", put(FAULTY, tmp_path))
    assert outcome.status == status
    assert outcome.out.count("national/fee-disclosure") == 1


def test_extends_names_the_presets_in_place_of_the_default_ones(tmp_path: Path, staging: str) -> None:
    changed = [line.replace("warning national/fee", "advice national/fee") for line in FOUND.values()]
    assert said_under(f'{staging}extends = ["staging"]', tmp_path) == ["1:1 advice staging/greeting", *changed]
    assert said_under(staging, tmp_path) == list(FOUND.values())


def test_presets_that_are_named_together_add_up(tmp_path: Path, staging: str) -> None:
    changed = [
        line.replace("warning national/fee", "advice national/fee")
        for line in without("overview-aspects", "zero-filing")
    ]
    assert said_under(f'{staging}extends = ["staging", "quiet"]', tmp_path) == ["1:1 advice staging/greeting", *changed]
    assert said_under(f'{staging}extends = ["national", "quiet"]', tmp_path) == without(
        "overview-aspects", "zero-filing"
    )


def test_what_presets_select_adds_up(tmp_path: Path, staging: str) -> None:
    write(tmp_path / "reportlint.toml", f'{staging}extends = ["fees", "early"]\nforms = ["annual-2021"]')
    report = put(FAULTY, tmp_path)
    result = Linter.from_config(report).lint_file(report)
    assert set(result.rules_run) == {"national/fee-disclosure", "national/fee-consistency", "national/title"}
    assert lines(result) == only("fee-disclosure")


@pytest.mark.parametrize(
    ("settings", "forms"),
    [
        ('extends = ["early"]', ["annual-early"]),
        ('extends = ["national", "early"]', ["annual-early", *NATIONAL_FORMS]),
        ('extends = ["early", "national", "fees"]', [*NATIONAL_FORMS, "annual-early"]),
        ('extends = ["early", "national"]\nforms = ["annual-early"]', ["annual-early"]),
    ],
)
def test_forms_of_presets_add_up_and_those_of_a_file_replace_them(
    tmp_path: Path, run: Run, staging: str, settings: str, forms: list[str]
) -> None:
    write(tmp_path / "reportlint.toml", staging + settings)
    (line,) = (line for line in run("config", tmp_path).out.splitlines() if line.startswith("forms = "))
    assert line.partition("  # ")[0] == f"forms = {written(forms)}"


def test_select_in_a_file_replaces_what_its_presets_select(tmp_path: Path, staging: str) -> None:
    settings = f'{staging}extends = ["staging"]\nselect = ["fee-disclosure"]'
    assert said_under(settings, tmp_path) == ["76:3 advice national/fee-disclosure"]


def test_options_and_severities_in_a_file_add_to_those_of_its_presets(tmp_path: Path, staging: str) -> None:
    write(
        tmp_path / "reportlint.toml",
        f'{staging}extends = ["staging"]\noptions.greeting.words = "晚"\nseverity.greeting = "error"\n',
    )
    report = put(COMPLIANT, tmp_path)
    result = Linter.from_config(report).lint_file(report)
    assert [(diagnostic.severity.label, diagnostic.message) for diagnostic in result.diagnostics] == [("error", "晚晚")]


def test_forms_names_the_grammars_that_read_a_report(tmp_path: Path, staging: str) -> None:
    report = put(FAULTY, tmp_path)
    write(tmp_path / "reportlint.toml", f'{staging}forms = ["annual-early"]')
    result = Linter.from_config(report).lint_file(report)
    assert lines(result) == ["- error reportlint/other-form"]
    assert result.diagnostics[0].message == "没有选用 2024 年度报告的格式（选用的是 annual-early），没有检查"
    assert result.failed
    write(tmp_path / "reportlint.toml", f'{staging}forms = ["annual-2021"]')
    assert said(report) == list(FOUND.values())


def test_a_preset_may_name_forms_and_a_file_other_ones(tmp_path: Path, staging: str) -> None:
    assert said_under(f'{staging}extends = ["early"]', tmp_path) == ["- error reportlint/other-form"]
    settings = f'{staging}extends = ["early"]\nforms = ["annual-2021"]\nselect = ["zero-filing"]'
    assert said_under(settings, tmp_path) == only("zero-filing")


# [[ignore]] with a path and a reason


def ignoring(*entries: str) -> str:
    return "".join(f"[[ignore]]\n{entry}\n" for entry in entries)


def test_rules_are_ignored_on_paths_relative_to_the_file(tmp_path: Path) -> None:
    settings = ignoring('rule = "zero-filing"\npath = "units/water*.txt"\nbecause = "已向县里说明"')
    write(tmp_path / "reportlint.toml", settings)
    assert said(put(FAULTY, tmp_path / "units", "water-2024.txt")) == without("zero-filing")
    assert said(put(FAULTY, tmp_path / "units", "roads-2024.txt")) == list(FOUND.values())
    assert said(put(FAULTY, tmp_path / "other" / "units", "water-2024.txt")) == list(FOUND.values())
    assert said(put(FAULTY, tmp_path, "water-2024.txt")) == list(FOUND.values())


def test_paths_are_relative_to_the_file_and_not_to_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = ignoring('rule = "zero-filing"\npath = "units/*.txt"\nbecause = "已说明"')
    write(tmp_path / "reportlint.toml", settings)
    put(FAULTY, tmp_path / "units", "a.txt")
    monkeypatch.chdir(tmp_path / "units")
    assert said(Path("a.txt")) == without("zero-filing")
    assert said(Path("../units/a.txt")) == without("zero-filing")
    monkeypatch.chdir(tmp_path.parent)
    assert said(Path(os.path.relpath(tmp_path / "units" / "a.txt"))) == without("zero-filing")


def test_a_star_matches_folders_too(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", ignoring('rule = "zero-filing"\npath = "units/*"\nbecause = "已说明"'))
    assert said(put(FAULTY, tmp_path / "units" / "2024" / "south")) == without("zero-filing")


def test_patterns_heed_case_on_every_system(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", ignoring('rule = "zero-filing"\npath = "Units/*"\nbecause = "已说明"'))
    assert said(put(FAULTY, tmp_path / "units")) == list(FOUND.values())


def test_several_rules_paths_and_entries(tmp_path: Path) -> None:
    settings = ignoring(
        'rules = ["zero-filing", "national/remedy-footing"]\npath = ["a.txt", "b.txt"]\nbecause = "已说明"',
        'rule = "fee-disclosure"\npath = "b.txt"\nbecause = "另有规定"',
    )
    write(tmp_path / "reportlint.toml", settings)
    assert said(put(FAULTY, tmp_path, "a.txt")) == without("zero-filing", "remedy-footing")
    assert said(put(FAULTY, tmp_path, "b.txt")) == without("zero-filing", "remedy-footing", "fee-disclosure")
    assert said(put(FAULTY, tmp_path, "c.txt")) == list(FOUND.values())


def test_a_pack_may_be_ignored_on_a_path(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", ignoring('rule = "national"\npath = "a.txt"\nbecause = "旧报告"'))
    report = put(FAULTY, tmp_path, "a.txt")
    result = Linter.from_config(report).lint_file(report)
    assert result.diagnostics == []
    assert not [rule for rule in result.rules_run if rule.startswith("national/")]


def test_an_entry_without_a_path_is_for_all_reports(tmp_path: Path) -> None:
    settings = ignoring('rule = "zero-filing"\nbecause = "全县统一口径"')
    assert said_under(settings, tmp_path) == without("zero-filing")


def test_plain_names_and_tables_may_stand_in_one_list(tmp_path: Path) -> None:
    settings = 'ignore = ["fee-disclosure", { rule = "zero-filing", path = "report.txt", because = "已说明" }]'
    assert said_under(settings, tmp_path) == without("fee-disclosure", "zero-filing")


def test_a_relation_ignored_on_one_path_is_solved_on_others(tmp_path: Path, run: Run) -> None:
    settings = ignoring('rule = "remedy-footing"\npath = "a.txt"\nbecause = "已说明"')
    write(tmp_path / "reportlint.toml", settings)
    put(FAULTY, tmp_path, "a.txt")
    put(FAULTY, tmp_path, "b.txt")
    outcome = run("check", "--output-format", "concise", tmp_path)
    assert [line.split(":")[0] for line in outcome.out.splitlines() if "remedy-footing" in line] == [
        str(tmp_path / "b.txt")
    ]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('rule = "zero-filing"', "[[ignore]]（zero-filing）应有 because，说明理由"),
        ('rule = "zero-filing"\nbecause = "  "', "[[ignore]]（zero-filing）应有 because，说明理由"),
        ('rule = "zero-filing"\nbecause = 1', "[[ignore]]（zero-filing）应有 because，说明理由"),
        ('path = "a.txt"\nbecause = "理由"', "[[ignore]] 应有 rule"),
        ('rules = []\nbecause = "理由"', "[[ignore]] 应有 rule"),
        ('rule = 1\nbecause = "理由"', "[[ignore]] 应有 rule"),
        ('rules = ["title", 1]\nbecause = "理由"', "[[ignore]] 应有 rule"),
        ('rule = "title"\npath = 1\nbecause = "理由"', "[[ignore]] 的 path 应为字符串或字符串列表"),
        ('rule = "title"\npath = ["a", 1]\nbecause = "理由"', "[[ignore]] 的 path 应为字符串或字符串列表"),
        ('rule = "title"\nbecuase = "理由"', "[[ignore]] 没有键 becuase，是否指 because？"),
        ('rule = "title"\npaths = "a.txt"\nbecause = "理由"', "[[ignore]] 没有键 paths，是否指 path？"),
        ('rule = "tilte"\nbecause = "理由"', "ignore：没有规则 tilte，是否指 title？"),
        ('rule = "tilte"\npath = "a.txt"\nbecause = "理由"', "ignore：没有规则 tilte，是否指 title？"),
    ],
)
def test_a_wrong_entry_is_an_error(tmp_path: Path, entry: str, words: str) -> None:
    assert error_in(ignoring(entry), tmp_path) == f"{tmp_path / 'reportlint.toml'}:1：{words}"


def test_an_entry_that_is_neither_name_nor_table_is_an_error(tmp_path: Path) -> None:
    assert error_in("ignore = [1]", tmp_path) == f"{tmp_path / 'reportlint.toml'}：ignore 的每一项应为规则名或表"


# What is wrong in a file


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("selct = []", "没有配置项 selct，是否指 select？"),
        ('fail_on = "error"', "没有配置项 fail_on，是否指 fail-on？"),
        ("qqq = 1", "没有配置项 qqq"),
        ('select = ["zero-filling"]', "select：没有规则 zero-filling，是否指 zero-filing？"),
        ('select = ["national/zero-filling"]', "select：没有规则 national/zero-filling，是否指 national/zero-filing？"),
        ('select = ["nationall"]', "select：没有规则 nationall，是否指 national？"),
        ('ignore = ["fee-disclosures"]', "ignore：没有规则 fee-disclosures，是否指 fee-disclosure？"),
        ('severity.titel = "error"', "severity：没有规则 titel，是否指 title？"),
        ("options.titel.a = 1", "options：没有规则 titel，是否指 title？"),
        (
            "options.overview-aspects.government_only = true",
            "options.overview-aspects：规则 national/overview-aspects 没有选项 government_only，是否指 governments_only？",
        ),
        ("options.title.strict = true", "options.title：规则 national/title 没有选项 strict（该规则没有选项）"),
        ('extends = ["nationale"]', "没有预设 nationale，是否指 national？"),
        ('severity.title = "eror"', "severity.title：eror 不是 advice、warning、error 之一"),
        ('fail-on = "never"', "fail-on：never 不是 advice、warning、error 之一"),
    ],
)
def test_what_is_not_known_is_an_error_with_the_nearest_name(tmp_path: Path, settings: str, words: str) -> None:
    assert error_in(settings, tmp_path) == f"{tmp_path / 'reportlint.toml'}：{words}"


def test_an_unknown_form_is_an_error_with_the_nearest_name(tmp_path: Path) -> None:
    assert error_in('forms = ["annual-2012"]', tmp_path).endswith("没有报告语法 annual-2012，是否指 annual-2021？")


def test_a_grammar_of_claims_is_no_form(tmp_path: Path) -> None:
    assert "没有报告语法 claims" in error_in('forms = ["claims"]', tmp_path)


def test_no_form_at_all_is_an_error(tmp_path: Path) -> None:
    assert "没有选定任何报告语法" in error_in("extends = []", tmp_path)


def test_what_is_not_known_in_a_pyproject_is_an_error_with_its_name(tmp_path: Path) -> None:
    project = write(tmp_path / "pyproject.toml", "[tool.reportlint]\nselct = []")
    with pytest.raises(ConfigError) as caught:
        Linter.from_config(tmp_path)
    assert str(caught.value) == f"{project}：没有配置项 selct，是否指 select？"


def test_presets_that_extend_one_another_are_an_error(tmp_path: Path, staging: str) -> None:
    message = error_in(f'{staging}extends = ["loop-one"]', tmp_path)
    assert message.endswith("预设 loop-one → loop-two → loop-one 相互引用")


def test_a_preset_that_is_not_there_is_an_error(tmp_path: Path, staging: str) -> None:
    (tmp_path / "reportlint_staging" / "quiet.toml").unlink()
    message = error_in(staging, tmp_path)
    assert message.startswith("预设 quiet（reportlint_staging/quiet.toml）：读不到：")


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ('packs = ["."]', "预设不能有 packs"),
        ("selct = []", "没有配置项 selct，是否指 select？"),
        ('ignore = ["titel"]', "ignore：没有规则 titel，是否指 title？"),
    ],
)
def test_what_is_wrong_in_a_preset_is_told_with_its_name(tmp_path: Path, staging: str, preset: str, words: str) -> None:
    write(tmp_path / "reportlint_staging" / "quiet.toml", preset)
    message = error_in(f'{staging}extends = ["quiet"]', tmp_path)
    assert message == f"预设 quiet（reportlint_staging/quiet.toml）：{words}"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('select = "title"', "select 应为字符串列表"),
        ("select = [1]", "select 应为字符串列表"),
        ('extends = "national"', "extends 应为字符串列表"),
        ("forms = 2021", "forms 应为字符串列表"),
        ('packs = "rules"', "packs 应为字符串列表"),
        ('ignore = "title"', "ignore 应为规则名或表的列表"),
        ("[ignore]\nrule = 'title'", "ignore 应为规则名或表的列表"),
        ('severity = "error"', "severity 应为表"),
        ("severity.title = 3", "severity.title：3 不是 advice、warning、error 之一"),
        ("options = []", "options 应为表"),
        ("options.title = true", "options.title 应为表"),
        ("fail-on = 2", "fail-on 应为字符串"),
        (
            'options.overview-aspects.governments_only = "yes"',
            "options.overview-aspects.governments_only 应为true 或 false",
        ),
        (
            "options.overview-aspects.governments_only = 1",
            "options.overview-aspects.governments_only 应为true 或 false",
        ),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error(tmp_path: Path, settings: str, words: str) -> None:
    assert error_in(settings, tmp_path) == f"{tmp_path / 'reportlint.toml'}：{words}"


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("words = 1", "words 应为字符串"),
        ("times = true", "times 应为整数"),
        ("times = 1.5", "times 应为整数"),
        ("loud = 0", "loud 应为true 或 false"),
        ('others = "甲"', "others 应为字符串列表"),
        ("others = [1]", "others 应为字符串列表"),
    ],
)
def test_an_option_of_the_wrong_type_is_an_error(tmp_path: Path, staging: str, option: str, words: str) -> None:
    message = error_in(f"{staging}options.greeting.{option}", tmp_path)
    assert message == f"{tmp_path / 'reportlint.toml'}：options.greeting.{words}"


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ('select = ["title"]\nfail-on error\n', "2：TOML 语法错误：键后面缺少 =（第 9 字）"),
        ('fail-on = "error"\nfail-on = "advice"\n', "2：TOML 语法错误：同一个键写了两次（第 19 字）"),
        ('[severity]\ntitle = "error\n', "2：TOML 语法错误：文字缺少后引号，或有控制字符（第 15 字）"),
        ('fail-on = "error"\nselect = [', "2：TOML 语法错误：值的写法不对，文字要加引号（到文件末尾）"),
        ('fail-on = "\\d"', "1：TOML 语法错误：文字里的反斜杠要写两次（第 14 字）"),
        ("[a]\n<<<<<<< HEAD\nb = 1\n", "2：git 合并时的冲突还没有解决（<<<<<<<）"),
    ],
)
def test_a_syntax_error_is_told_with_its_place(tmp_path: Path, run: Run, settings: str, place: str) -> None:
    file = write(tmp_path / "reportlint.toml", settings)
    outcome = run("check", put(COMPLIANT, tmp_path))
    assert outcome.status == 2
    assert outcome.out == ""
    assert outcome.err == f"reportlint: {file}:{place}\n"


def test_a_syntax_error_in_a_pyproject_with_our_table_is_told(tmp_path: Path) -> None:
    project = write(tmp_path / "pyproject.toml", "[tool.reportlint]\nselect = [")
    with pytest.raises(ConfigError, match="TOML 语法错误") as caught:
        Linter.from_config(put(COMPLIANT, tmp_path))
    assert str(caught.value).startswith(str(project))


def test_our_table_in_a_pyproject_must_be_a_table(tmp_path: Path) -> None:
    project = write(tmp_path / "pyproject.toml", "[tool]\nreportlint = 1")
    with pytest.raises(ConfigError) as caught:
        Linter.from_config(tmp_path)
    assert str(caught.value) == f"{project}：tool.reportlint 应为表"


@pytest.mark.parametrize("name", ["reportlint.toml", "pyproject.toml"])
def test_a_configuration_that_is_not_utf8_is_an_error(tmp_path: Path, run: Run, name: str) -> None:
    (tmp_path / name).write_bytes('# 县级\n[tool.reportlint]\nselect = ["title"]\n'.encode("gbk"))
    outcome = run("check", put(COMPLIANT, tmp_path))
    assert outcome.status == 2
    assert outcome.err.startswith(f"reportlint: {tmp_path / name}：不是 UTF-8 编码")
    assert outcome.out == ""


def test_a_configuration_that_is_a_folder_is_an_error(tmp_path: Path, run: Run) -> None:
    (tmp_path / "reportlint.toml").mkdir()
    outcome = run("check", put(COMPLIANT, tmp_path))
    assert outcome.status == 2
    assert outcome.err.startswith(f"reportlint: 读不到配置文件 {tmp_path / 'reportlint.toml'}：")


def test_a_configuration_given_that_is_not_there_or_a_folder_is_an_error(tmp_path: Path, run: Run) -> None:
    report = put(COMPLIANT, tmp_path)
    missing = tmp_path / "none.toml"
    assert run("check", "--config", missing, report) == Outcome(2, "", f"reportlint: 没有配置文件 {missing}\n")
    outcome = run("check", "--config", tmp_path, report)
    assert outcome == Outcome(2, "", f"reportlint: {tmp_path} 是文件夹，不是配置文件\n")


def test_a_pyproject_given_must_have_our_table(tmp_path: Path, run: Run) -> None:
    project = write(tmp_path / "pyproject.toml", '[project]\nname = "demo"')
    outcome = run("check", "--config", project, put(COMPLIANT, tmp_path))
    assert outcome == Outcome(2, "", f"reportlint: {project} 里没有 [tool.reportlint]\n")


def test_a_pack_that_is_not_there_is_an_error_relative_to_the_file(tmp_path: Path) -> None:
    message = error_in('packs = ["rules/none"]', tmp_path)
    assert message == f"没有规则包文件夹 {tmp_path / 'rules' / 'none'}"


# reportlint config


def test_config_prints_every_value_with_the_line_that_set_it(tmp_path: Path, run: Run) -> None:
    file = write(
        tmp_path / "reportlint.toml",
        """
        select = ["zero-filing", "fee-disclosure", "overview-aspects", "title"]
        fail-on = "advice"
        severity.fee-disclosure = "error"
        options.overview-aspects.governments_only = false
        required-version = ">=0.1"
        include = ["*.txt"]
        exclude = ["drafts/"]
        baseline = "known/baseline"
        mandatory = ["title"]

        ignore = [
            "overview-aspects",
            { rule = "zero-filing", because = "全县统一口径" },
            { rule = "fee-disclosure", path = "old/*", because = "旧报告" },
            { rule = "fee-disclosure", place = "六、", because = "已批准" },
        ]
        """,
    )
    report = put(COMPLIANT, tmp_path)
    outcome = run("config", report)
    assert outcome.status == 0
    printed = outcome.out.splitlines()
    defaults = [f"exclude {pattern} = true  # 默认" for pattern in DEFAULT_EXCLUDE]
    assert set(defaults) <= set(printed)
    assert sorted(set(printed) - set(defaults)) == sorted(
        [
            f'root = "{tmp_path}"  # {file}',
            f'include = ["*.txt"]  # {file}:7',
            f"exclude drafts/ = true  # {file}:8",
            f'baseline = "{tmp_path / "known" / "baseline"}"  # {file}:9',
            f'required-version = ">=0.1"  # {file}:6',
            f"mandatory national/title = true  # {file}:10",
            f'fail-on = "advice"  # {file}:3',
            f"forms = {written(NATIONAL_FORMS)}  # {PRESET}",
            f'ignore national/fee-disclosure @ old/* = "旧报告"  # {file}:12',
            f'ignore national/fee-disclosure @ 六、 = "已批准"  # {file}:12',
            f'ignore national/zero-filing = "全县统一口径"  # {file}:12',
            f"ignore national/overview-aspects = true  # {file}:12",
            f"options national/overview-aspects.governments_only = false  # {file}:5",
            f'rule national/fee-disclosure = "error"  # {file}:2',
            f'rule national/title = "warning"  # {file}:2',
            f'severity national/fee-disclosure = "error"  # {file}:4',
        ]
    )


def test_config_as_json_is_by_its_schema(tmp_path: Path, run: Run) -> None:
    file = write(tmp_path / "pyproject.toml", '[project]\nname = "demo"\n\n[tool.reportlint]\nfail-on = "error"\n')
    report = put(COMPLIANT, tmp_path)
    document = json.loads(run("config", "--output-format", "json", report).out)
    published("settings").validate(document)
    assert (document["files"], document["root"], document["not_run"]) == ([str(file)], str(tmp_path), [])
    values = {value["key"]: value for value in document["values"]}
    assert values["fail-on"] == {"key": "fail-on", "value": "error", "origin": str(file), "line": 5}
    assert values["forms"] == {"key": "forms", "value": NATIONAL_FORMS, "origin": PRESET, "line": None}


def test_the_lines_of_keys_and_tables_are_known(tmp_path: Path, run: Run) -> None:
    settings = """\
fail-on = "error" # a = 1
forms = [
  "annual-2021",  # select = []
]

[severity]
"national/title" = "error"

[options."national/overview-aspects"]
governments_only = false

[[ignore]]
rule = "zero-filing"
because = \"\"\"
[[ignore]]
rule = "no"
\"\"\"

[[ ignore ]]
rule = "title"
path = "a.txt"
because = "旧报告"
"""
    file = write(tmp_path / "reportlint.toml", settings)
    printed = set(run("config", tmp_path).out.splitlines())
    assert {
        f'fail-on = "error"  # {file}:1',
        f'forms = ["annual-2021"]  # {file}:2',
        f'severity national/title = "error"  # {file}:7',
        f"options national/overview-aspects.governments_only = false  # {file}:10",
        f'ignore national/zero-filing = "[[ignore]]\\nrule = \\"no\\"\\n"  # {file}:12',
        f'ignore national/title @ a.txt = "旧报告"  # {file}:19',
    } <= printed


def test_config_says_which_rules_do_not_run_on_the_report(tmp_path: Path, run: Run) -> None:
    settings = ignoring('rules = ["zero-filing", "title"]\npath = "old/*"\nbecause = "旧报告"')
    write(tmp_path / "reportlint.toml", settings)
    old, new = put(COMPLIANT, tmp_path / "old"), put(COMPLIANT, tmp_path / "new")
    assert run("config", old).out.splitlines()[-1] == f"对 {old} 不运行：national/title、national/zero-filing"
    assert "不运行" not in run("config", new).out


def test_config_without_a_file_names_the_default_preset(tmp_path: Path, run: Run) -> None:
    put(COMPLIANT, tmp_path)
    printed = run("config", tmp_path).out.splitlines()
    assert printed[2:4] == ['fail-on = "warning"  # 默认', f"forms = {written(NATIONAL_FORMS)}  # {PRESET}"]
    assert printed[1] == f"include = {written(DEFAULT_INCLUDE)}  # 默认"
    rules = [line for line in printed if line.startswith("rule national/")]
    assert len(rules) == sum(name.startswith("national/") for name in Packs.load().rules)
    assert all(line.endswith(f"  # {PRESET}") for line in rules)
    assert all(line.startswith(("rule ", "exclude ")) for line in printed[4:])


def test_config_names_the_nearest_file_and_the_current_folder_by_default(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = write(tmp_path / "reportlint.toml", 'fail-on = "error"')
    near = write(tmp_path / "towns" / "pyproject.toml", '[tool.reportlint]\nfail-on = "advice"')
    assert f'fail-on = "error"  # {far}:1' in run("config", put(COMPLIANT, tmp_path)).out.splitlines()
    assert f'fail-on = "advice"  # {near}:2' in run("config", put(COMPLIANT, tmp_path / "towns")).out.splitlines()
    monkeypatch.chdir(tmp_path / "towns")
    assert f'fail-on = "advice"  # {near}:2' in run("config").out.splitlines()


def test_config_of_a_path_that_is_not_there_is_an_error(tmp_path: Path, run: Run) -> None:
    missing = tmp_path / "none.txt"
    assert run("config", missing) == Outcome(2, "", f"reportlint: 没有文件或文件夹 {missing}\n")


# The order: presets, then the file, then the command line


def test_the_command_line_is_over_the_file_and_the_file_over_the_preset(tmp_path: Path, run: Run, staging: str) -> None:
    def rules_and_status(*arguments: str) -> tuple[list[str], int]:
        outcome = run("check", "--output-format", "concise", *arguments, report)
        return rules_said(outcome), outcome.status

    report = put(FAULTY, tmp_path)
    write(tmp_path / "reportlint.toml", f'{staging}extends = ["staging"]')
    assert rules_and_status() == (["staging/greeting", *rules_of(list(FOUND.values()))], 1)
    # Both are advice, by their preset and by themselves, so only the fail level decides.
    file = 'select = ["fee-disclosure", "greeting"]\n'
    write(tmp_path / "reportlint.toml", f'{staging}extends = ["staging"]\n{file}')
    assert rules_and_status() == (["staging/greeting", "national/fee-disclosure"], 0)
    write(tmp_path / "reportlint.toml", f'{staging}extends = ["staging"]\nfail-on = "advice"\n{file}')
    assert rules_and_status() == (["staging/greeting", "national/fee-disclosure"], 1)
    assert rules_and_status("--fail-on", "warning") == (["staging/greeting", "national/fee-disclosure"], 0)
    assert rules_and_status("--select", "zero-filing") == (["national/zero-filing"], 1)
    assert rules_and_status("--ignore", "greeting") == (["national/fee-disclosure"], 1)
    assert rules_and_status("--select", "national", "--ignore", "zero-filing,remedy-footing") == (
        rules_of(without("zero-filing", "remedy-footing")),
        1,
    )


def test_the_command_line_adds_to_what_a_file_ignores(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "reportlint.toml", 'ignore = ["zero-filing"]')
    outcome = run("check", "--output-format", "concise", "--ignore", "fee-disclosure", put(FAULTY, tmp_path))
    assert rules_said(outcome) == rules_of(without("zero-filing", "fee-disclosure"))


def test_severities_of_a_file_hold_under_a_selection_of_the_command_line(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "reportlint.toml", 'severity.zero-filing = "advice"')
    outcome = run("check", "--output-format", "concise", "--select", "zero-filing", put(FAULTY, tmp_path))
    assert outcome.status == 0
    assert places(outcome) == [f"{tmp_path / 'report.txt'}:9:13: advice national/zero-filing"]


# Readers


def test_what_can_be_read_and_what_is_missing_is_shown(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = write(tmp_path / "reportlint.toml", papers.FOUND)
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    shown = run("config", tmp_path, "--config", config, "--readers")
    assert (shown.status, shown.err) == (0, "")
    lines = {line.split()[0]: line for line in shown.out.splitlines()}
    assert re.fullmatch(r"text +\.markdown \.md \.txt +可以读取", lines["text"])
    assert lines["paper"].endswith("不能读取，需要另外安装：pip install reportlint-paper-press")
    (site / "reportlint_paper_press-1.2.dist-info").mkdir()
    shown = run("config", tmp_path, "--config", config, "--readers")
    assert "可以读取（reportlint-paper-press 1.2）\n" in shown.out
    assert run("config", tmp_path, "--readers", "--output-format", "json").status == 2


def test_how_a_reader_stands_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    program = tmp_path / ("press.exe" if os.name == "nt" else "press")
    bare = Reader("press", frozenset({".press", ".pre"}), lambda *_: Source(""))
    states = [bare, bare._replace(libraries=("no-such",), extra="press"), bare._replace(programs=("no-such", "press"))]
    shown = list(readers.lines(Readers(states)))
    assert shown[1].split() == ["press", ".pre", ".press", "可以读取"]
    assert shown[2].endswith("不能读取，需要另外安装：pip install 'reportlint[press]'")
    assert shown[3].endswith("不能读取，需要另外安装程序：no-such 或 press")
    assert re.fullmatch(r"- +\.doc .*\.xlsx +没有规则包能读取", shown[4])
    program.write_text("", "utf-8")
    program.chmod(0o755)
    assert list(readers.lines(Readers(states)))[3].endswith("可以读取（press）")
    # What pre-commit installs for itself is told by its own file.
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert "additional_dependencies: ['reportlint[press]']" in str(missing(".press", "press"))
    monkeypatch.delenv("PRE_COMMIT")
    assert str(missing(".press", "press")) == "读取 .press 文件需要另外安装：pip install 'reportlint[press]'"
