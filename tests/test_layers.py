"""How configurations stand on one another, and what nobody may silence: files that extend files, versions, mandates."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportlint import ConfigError, Linter, PackError, ReportlintError, config, days
from reportlint.cli import main
from reportlint.config import Ignore, Layer
from reportlint.packs import Packs
from reportlint.settings import Settings, resolve
from reportlint.versions import check

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"

PACK = '''
from reportlint import Finding, Preset, Severity, hookimpl, load_relations, rule

@rule(basis="测试", severity=Severity.WARNING, mandatory=True)
def firm(report):
    """Speaks of every title."""
    yield Finding(report.title_span, "有标题")

@rule(basis="测试", severity=Severity.ADVICE)
def loose(report):
    """Speaks of every title too."""
    yield Finding(report.title_span, "有题目")

@hookimpl
def reportlint_rules():
    return [firm, loose]

@hookimpl
def reportlint_relations():
    return load_relations(__name__, "sums.toml")

@hookimpl
def reportlint_presets():
    return [Preset(name, __name__, f"{name}.toml") for name in ("firm", "softer", "harder", "wrong")]
'''
SUMS = """
[[relation]]
name = "balance"
summary = "收支相抵"
table = "requests"
each = "column"
formula = "received = received"
left = "左"
right = "右"
basis = "测试"
mandatory = true
"""
PRESETS = {
    "firm": 'extends = ["national"]\nselect = ["firmness"]',
    "softer": 'ignore = ["firm"]\nseverity.balance = "advice"',
    "harder": 'mandatory = ["loose", "title"]',
    "wrong": "",
}
NATIONAL = "预设 national（reportlint_national/preset.toml）"


@pytest.fixture(autouse=True, scope="module")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache for these tests, so that nothing in it was made by an earlier state of the code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def pack(tmp_path: Path) -> Iterator[str]:
    """The line of a configuration in `tmp_path` that names a pack with mandatory rules."""
    package = tmp_path / "reportlint_firmness"
    write(package / "__init__.py", PACK)
    write(package / "sums.toml", SUMS)
    for name, text in PRESETS.items():
        write(package / f"{name}.toml", text)
    yield 'packs = ["reportlint_firmness"]\n'
    sys.modules.pop("reportlint_firmness", None)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def settings_of(file: Path) -> Settings:
    return Linter.from_config(file).settings


def error_of(file: Path, text: str) -> str:
    write(file, text)
    with pytest.raises(ReportlintError) as caught:
        Linter.from_config(file)
    return str(caught.value)


# Which file counts


def test_our_hidden_file_comes_before_the_other(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", 'fail-on = "error"')
    hidden = write(tmp_path / ".reportlint.toml", 'fail-on = "advice"')
    assert config.find(str(tmp_path)) == str(hidden)
    assert settings_of(tmp_path).fail_on.label == "advice"


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_the_search_ends_at_the_root_of_the_repository(tmp_path: Path, kind: str) -> None:
    above = write(tmp_path / "reportlint.toml", 'fail-on = "error"')
    repository = tmp_path / "repository"
    (repository / "units").mkdir(parents=True)
    assert config.find(str(repository / "units")) == str(above)
    if kind == "folder":
        (repository / ".git").mkdir()
    else:
        write(repository / ".git", "gitdir: elsewhere")
    assert config.find(str(repository / "units")) is None
    own = write(repository / "reportlint.toml", "")
    assert config.find(str(repository / "units")) == str(own)


def test_the_environment_names_a_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def status(*arguments: str | Path) -> int:
        return main(["check", *map(str, arguments), str(report)])

    report = write(tmp_path / "report.txt", FAULTY.read_text("utf-8"))
    named = write(tmp_path / "named.toml", 'select = ["fee-disclosure"]\nfail-on = "error"')
    write(tmp_path / "reportlint.toml", 'select = ["fee-disclosure"]')
    assert status() == 1
    monkeypatch.setenv("REPORTLINT_CONFIG", str(named))
    assert status() == 0
    assert status("--config", tmp_path / "reportlint.toml") == 1
    monkeypatch.setenv("REPORTLINT_CONFIG", "")
    assert status() == 1
    capsys.readouterr()
    monkeypatch.setenv("REPORTLINT_CONFIG", str(tmp_path / "none.toml"))
    assert status() == 2
    assert capsys.readouterr().err == f"reportlint: REPORTLINT_CONFIG：没有配置文件 {tmp_path / 'none.toml'}\n"
    monkeypatch.setenv("REPORTLINT_CONFIG", str(tmp_path))
    assert status() == 2
    assert capsys.readouterr().err == f"reportlint: REPORTLINT_CONFIG：{tmp_path} 是文件夹，不是配置文件\n"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that bind")
def test_a_configuration_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    file = write(tmp_path / "reportlint.toml", "")
    file.chmod(0)
    with pytest.raises(ConfigError, match="读不到配置文件"):
        Linter.from_config(tmp_path)


def test_a_configuration_that_is_a_broken_link_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").symlink_to(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="读不到配置文件"):
        Linter.from_config(tmp_path)


# Files that extend files


def test_a_file_may_extend_another(tmp_path: Path) -> None:
    write(
        tmp_path / "shared" / "base.toml",
        'select = ["title", "zero-filing"]\nfail-on = "error"\nseverity.title = "error"',
    )
    write(tmp_path / "units" / "reportlint.toml", 'extends = ["../shared/base.toml"]\nignore = ["zero-filing"]')
    settings = settings_of(tmp_path / "units")
    assert {name: rule.severity.label for name, rule in settings.rules.items()} == {"national/title": "error"}
    assert settings.fail_on.label == "error"
    assert settings.forms == ("annual-2021", "annual-2019", "annual-2008"), "of the default presets"
    assert settings.files == (str(tmp_path / "shared" / "base.toml"), str(tmp_path / "units" / "reportlint.toml"))
    assert settings.root == str(tmp_path / "units")


def test_a_later_one_is_over_an_earlier_one_and_the_file_over_both(tmp_path: Path) -> None:
    write(
        tmp_path / "a.toml", 'extends = ["national"]\nfail-on = "error"\nseverity.title = "error"\nbaseline = "sub/a"'
    )
    write(tmp_path / "b.toml", 'fail-on = "advice"\nseverity.title = "advice"')
    file = write(tmp_path / "reportlint.toml", 'extends = ["a.toml", "b.toml"]\nselect = ["title"]')
    settings = settings_of(file)
    assert (settings.fail_on.label, settings.rules["national/title"].severity.label) == ("advice", "advice")
    assert settings.baseline == str(tmp_path / "sub" / "a")
    write(file, 'extends = ["b.toml", "a.toml"]\nbaseline = "own"')
    settings = settings_of(file)
    assert (settings.fail_on.label, settings.rules["national/title"].severity.label) == ("error", "error")
    assert settings.baseline == str(tmp_path / "own")
    assert not any(name.startswith("text/") for name in settings.rules), "a.toml says which presets apply"


def test_a_file_that_is_extended_says_which_presets_apply_and_brings_packs(tmp_path: Path, pack: str) -> None:
    write(tmp_path / "base.toml", pack + 'extends = ["firm"]')
    write(tmp_path / "units" / "reportlint.toml", 'extends = ["../base.toml"]')
    rules = settings_of(tmp_path / "units").rules
    assert {"firmness/firm", "firmness/loose", "firmness/balance"} <= set(rules)
    assert not any(name.startswith("text/") for name in rules)


def test_a_pyproject_may_be_extended(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.reportlint]\nfail-on = "error"')
    file = write(tmp_path / "units" / "reportlint.toml", 'extends = ["../pyproject.toml"]')
    assert settings_of(file).fail_on.label == "error"


def test_two_ways_to_one_file_are_no_circle(tmp_path: Path) -> None:
    write(tmp_path / "base.toml", 'fail-on = "error"')
    write(tmp_path / "a.toml", 'extends = ["base.toml"]')
    write(tmp_path / "b.toml", 'extends = ["base.toml"]')
    assert settings_of(write(tmp_path / "reportlint.toml", 'extends = ["a.toml", "b.toml"]')).fail_on.label == "error"


def test_circles_are_shown(tmp_path: Path) -> None:
    a, b, c = (tmp_path / f"{name}.toml" for name in "abc")
    assert error_of(a, 'extends = ["a.toml"]') == f"{a}：extends 循环引用：{a} → {a}"
    write(b, 'extends = ["c.toml"]')
    write(c, 'extends = ["sub/../b.toml"]')
    assert error_of(a, 'extends = ["b.toml"]') == f"{c}：extends 循环引用：{b} → {c} → {b}"
    link = tmp_path / "link.toml"
    link.symlink_to(a)
    assert error_of(a, 'extends = ["link.toml"]') == f"{a}：extends 循环引用：{a} → {link}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('extends = ["none.toml"]', "{folder}/reportlint.toml：extends 的文件 {folder}/none.toml 不存在"),
        ('extends = ["folder.toml"]', "读不到配置文件 {folder}/folder.toml：是文件夹"),
        ('extends = ["broken.toml"]', "{folder}/broken.toml：没有配置项 selct，是否指 select？"),
    ],
)
def test_a_file_that_cannot_be_extended_is_an_error(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "folder.toml").mkdir()
    write(tmp_path / "broken.toml", "selct = []")
    assert error_of(tmp_path / "reportlint.toml", text) == words.format(folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('extends = ["base.toml"]', "预设只能引用别的预设，不能引用文件"),
        ('include = ["*.txt"]', "预设不能有 include"),
        ('exclude = ["*.txt"]', "预设不能有 exclude"),
        ('baseline = "a"', "预设不能有 baseline"),
        ('required-version = ">=99"', "配置要求 reportlint >=99，现在的版本是 0.1.0"),
    ],
)
def test_what_a_preset_cannot_have(tmp_path: Path, pack: str, text: str, words: str) -> None:
    write(tmp_path / "reportlint_firmness" / "wrong.toml", text)
    message = error_of(tmp_path / "reportlint.toml", pack)
    assert message == f"预设 wrong（reportlint_firmness/wrong.toml）：{words}"


# required-version


@pytest.mark.parametrize(
    ("required", "version"),
    [
        (">=0.1,<1", "0.1.0"),
        ("0.1", "0.1.0"),
        ("==0.1.*", "0.1.7"),
        ("~=0.2.1", "0.2.9"),
        (">=0.2", "0.3.dev1"),
        (" > 0.1 , != 0.3", "0.2"),
    ],
)
def test_a_version_that_is_required(required: str, version: str) -> None:
    check(required, "某文件", version)


@pytest.mark.parametrize(
    ("required", "version"),
    [("<0.1", "0.1.0"), ("0.1", "0.1.1"), (">=0.2", "0.2.dev1"), ("~=0.2.1", "0.3"), ("0.10", "0.1")],
)
def test_another_version_is_an_error_with_both(required: str, version: str) -> None:
    for _ in range(2):  # the second time from the cache
        with pytest.raises(ConfigError) as caught:
            check(required, "某文件", version)
        assert str(caught.value) == f"某文件：配置要求 reportlint {required}，现在的版本是 {version}"


@pytest.mark.parametrize("required", ["", "new", "~=1", ">=", "0.1 0.2", ">=1.*"])
def test_what_is_no_version_is_an_error(required: str) -> None:
    with pytest.raises(ConfigError, match="required-version 的写法不对"):
        check(required, "某文件", "0.1.0")


def test_the_version_is_told_before_keys_that_are_not_known_yet(tmp_path: Path) -> None:
    file = tmp_path / "reportlint.toml"
    assert error_of(file, 'required-version = ">=7"\nnew-key = 1') == (
        f"{file}：配置要求 reportlint >=7，现在的版本是 0.1.0"
    )


# Mandatory rules

FIRM = "，但它是必须检查的规则（由 规则包 firmness 规定）"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('ignore = ["firm"]', "{file}：ignore 里有规则 firmness/firm" + FIRM),
        ('ignore = ["firmness"]', "{file}：ignore 里有规则 firmness/balance" + FIRM),
        (
            '[[ignore]]\nrule = "balance"\npath = "a.txt"\nbecause = "理由"',
            "{file}:3：ignore 里有规则 firmness/balance" + FIRM,
        ),
        (
            '[[ignore]]\nrule = "firm"\nplace = "六、"\nbecause = "理由"',
            "{file}:3：ignore 里有规则 firmness/firm" + FIRM,
        ),
        ('select = ["national", "loose", "balance"]', "{file}：select 里没有规则 firmness/firm" + FIRM),
        ('severity.firm = "advice"', "{file}：severity 把规则 firmness/firm 降为 advice" + FIRM),
        ('severity.firmness = "warning"', "{file}：severity 把规则 firmness/balance 降为 warning" + FIRM),
        ('mandatory = ["title"]\nignore = ["title"]', "{file}：ignore 里有规则 national/title，但它是必须检查的规则（由 {file} 规定）"),
    ],
)  # fmt: skip
def test_what_a_pack_makes_mandatory_no_configuration_silences(
    tmp_path: Path, pack: str, text: str, words: str
) -> None:
    file = tmp_path / "reportlint.toml"
    assert error_of(file, f'{pack}extends = ["firm"]\n{text}') == words.format(file=file)


def test_what_the_preset_has_not_on_is_not_mandatory(tmp_path: Path, pack: str) -> None:
    file = write(tmp_path / "reportlint.toml", f'{pack}extends = ["national"]\nignore = ["firm"]\nselect = ["title"]')
    assert settings_of(file).mandatory == {}


def test_what_is_allowed_of_a_mandatory_rule(tmp_path: Path, pack: str) -> None:
    file = write(
        tmp_path / "reportlint.toml", f'{pack}extends = ["firm"]\nselect = ["firm", "balance"]\nseverity.firm = "error"'
    )
    settings = settings_of(file)
    assert settings.rules["firmness/firm"].severity.label == "error"
    assert settings.mandatory == {"firmness/firm": "规则包 firmness", "firmness/balance": "规则包 firmness"}
    result = Linter.from_config(file).lint_file(FAULTY)
    assert [(each.rule, each.mandatory) for each in result.diagnostics] == [("firmness/firm", True)]


def test_a_preset_may_take_off_what_another_has(tmp_path: Path, pack: str) -> None:
    file = write(tmp_path / "reportlint.toml", f'{pack}extends = ["firm", "softer"]\nignore = ["firm"]')
    settings = settings_of(file)
    assert settings.mandatory == {"firmness/balance": "规则包 firmness"}
    assert "firmness/firm" not in settings.rules
    assert settings.rules["firmness/balance"].severity.label == "advice"


def test_a_preset_or_a_file_may_make_rules_mandatory(tmp_path: Path, pack: str) -> None:
    file = tmp_path / "reportlint.toml"
    harder = "预设 harder（reportlint_firmness/harder.toml）"
    message = error_of(file, f'{pack}extends = ["firm", "harder"]\nignore = ["loose"]')
    assert message == f"{file}：ignore 里有规则 firmness/loose，但它是必须检查的规则（由 {harder} 规定）"
    base = write(tmp_path / "base.toml", 'mandatory = ["title"]')
    message = error_of(file, 'extends = ["base.toml"]\nselect = ["zero-filing"]')
    assert message == f"{file}：select 里没有规则 national/title，但它是必须检查的规则（由 {base} 规定）"


def test_the_command_line_may_narrow_a_run_but_ignore_nothing_mandatory(
    tmp_path: Path, pack: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "reportlint.toml", f'{pack}extends = ["firm"]')
    report = str(write(tmp_path / "report.txt", FAULTY.read_text("utf-8")))
    assert main(["check", "--select", "loose", "--fail-on", "warning", report]) == 0
    capsys.readouterr()
    assert main(["check", "--ignore", "firm", report]) == 2
    assert capsys.readouterr().err == f"reportlint: 命令行：ignore 里有规则 firmness/firm{FIRM}\n"
    assert main(["check", "--select", "loose", "--ignore", "firm", report]) == 2


def test_mandatory_of_a_relation_is_true_or_false(tmp_path: Path, pack: str) -> None:
    write(tmp_path / "reportlint_firmness" / "sums.toml", SUMS.replace("= true", "= 1"))
    write(tmp_path / "reportlint.toml", pack)
    with pytest.raises(PackError, match="关系 balance 的 mandatory 应为 true 或 false"):
        Linter.from_config(tmp_path)


# Entries with a place, and those that have expired

PACKS = Packs.load()


def resolved(text: str, file: Path, today: str) -> Settings:
    presets = {name: config.read_preset(name, each.package, each.file) for name, each in PACKS.presets.items()}
    layers = [config.read(str(write(file, text)))]
    return resolve(layers, PACKS.rules, presets, ["national"], today)


def test_an_entry_with_a_place_is_handed_on_and_its_rule_runs(tmp_path: Path) -> None:
    file = tmp_path / "reportlint.toml"
    entry = '[[ignore]]\nrule = "request-balance"\npath = "units/*"\nplace = "requests/received/total"\nbecause = "已核"\nby = "甲科"\nuntil = 2026-06-30\n'
    settings = resolved(entry, file, "2026-07-01")
    expected = Ignore(
        ("national/request-balance",),
        ("units/*",),
        "已核",
        str(tmp_path),
        "requests/received/total",
        "甲科",
        "2026-06-30",
        f"{file}:1",
    )
    assert settings.places == (expected,), "expired or not"
    assert (settings.expired, settings.ignores) == ((), ())
    assert "national/request-balance" in settings.rules


@pytest.mark.parametrize("path", ["", 'path = "report.txt"\n'])
def test_an_entry_holds_on_its_last_day_and_not_after_it(tmp_path: Path, path: str) -> None:
    file = tmp_path / "reportlint.toml"
    entry = f'fail-on = "error"\n\n[[ignore]]\nrule = "title"\n{path}because = "旧报告"\nuntil = "2026-06-30"\n'
    report = str(tmp_path / "report.txt")

    def runs(today: str) -> bool:
        settings = resolved(entry, file, today)
        return "national/title" in set(settings.rules) - settings.ignored(report)

    assert [runs(day) for day in ("2026-06-29", "2026-06-30", "2026-07-01", "2027-01-01")] == [False, False, True, True]
    (expired,) = resolved(entry, file, "2026-07-01").expired
    assert (expired.rules, expired.origin, expired.until) == (("national/title",), f"{file}:3", "2026-06-30")
    assert resolved(entry, file, "2026-06-30").expired == ()


def test_results_of_the_day_before_are_not_those_of_the_day_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(tmp_path / "cache"))
    write(
        tmp_path / "reportlint.toml",
        '[[ignore]]\nrule = "zero-filing"\npath = "*"\nbecause = "旧"\nuntil = "2026-06-30"',
    )
    report = str(write(tmp_path / "report.txt", FAULTY.read_text("utf-8")))

    def found(today: str) -> bool:
        monkeypatch.setattr(days, "today", lambda: today)
        main(["check", "--output-format", "concise", report])
        return "national/zero-filing" in capsys.readouterr().out

    assert [found(day) for day in ("2026-06-30", "2026-06-30", "2026-07-01", "2026-06-30")] == [
        False,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-02-28", "2026-02-28"),
        ("2026-02-30", None),
        ("2026-2-28", None),
        ("20260228", None),
        ("2026-W09-6", None),
        ("2026-13-01", None),
        ("年底", None),
        (20260228, None),
        (None, None),
    ],
)
def test_days(value: object, day: str | None) -> None:
    assert days.day(value) == day


def test_today_is_a_day() -> None:
    assert days.day(days.today()) == days.today()


def test_layers_made_by_programs_need_no_files() -> None:
    packs = Packs.load()
    layer = Layer("程序", extends=("national",), select=("title",))
    presets = {name: config.read_preset(name, each.package, each.file) for name, each in packs.presets.items()}
    settings = resolve([layer], packs.rules, presets, [])
    assert (list(settings.rules), settings.files, settings.baseline) == (["national/title"], (), None)
    assert settings.shown["rule national/title"].origin == "程序"
    assert settings.shown["forms"].origin == NATIONAL
