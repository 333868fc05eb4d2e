"""The one door: packs by path and by entry point, and what is wrong with one that cannot be loaded."""

from __future__ import annotations

import ast
import importlib.metadata
import itertools
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from reportlint import ConfigError, Linter, PackError, ReportlintError, Severity
from reportlint.config import Layer
from reportlint.discovery import InstalledPack, installed_packs
from reportlint.packs import Packs
from reportlint.testing import Draft, Said

ROOT = Path(__file__).parent.parent
HENAN = ROOT / "examples" / "reportlint-henan"
GROUP = "reportlint"

HELLO = '''
from reportlint import Finding, Severity, hookimpl, rule

@rule(basis="测试", severity=Severity.WARNING)
def hello(report):
    """Greets the title."""
    yield Finding(report.title_span, "看到标题")

@hookimpl
def reportlint_rules():
    return [hello]
'''
RELATION = """
[[relation]]
name = "sum"
summary = "A sum."
table = "requests"
each = "row"
formula = "total = natural_person + business"
left = "总计"
right = "两类之和"
basis = "测试"
severity = "error"
"""

MakePack = Callable[..., Path]


@pytest.fixture
def make_pack(tmp_path: Path) -> Iterator[MakePack]:
    """Makes the package of a pack from its source and other files; forgets its modules afterwards."""
    known = set(sys.modules)

    def make(name: str, source: str = HELLO, files: Mapping[str, str] | None = None) -> Path:
        package = tmp_path / f"reportlint_{name}"
        package.mkdir()
        for file, text in {"__init__.py": dedent(source), **(files or {})}.items():
            (package / file).write_text(text, encoding="utf-8")
        return package

    yield make
    for module in set(sys.modules) - known:
        origin = getattr(sys.modules[module], "__file__", None)
        if origin and Path(origin).is_relative_to(tmp_path):
            del sys.modules[module]


def relations_pack(name: str) -> str:
    return f"""
    from reportlint import hookimpl, load_relations

    @hookimpl
    def reportlint_relations():
        return load_relations("reportlint_{name}", "totals.toml")
    """


def presets_pack(name: str, *presets: str) -> str:
    return f"""
    from reportlint import Preset, hookimpl

    @hookimpl
    def reportlint_presets():
        return [Preset(preset, "reportlint_{name}", preset + ".toml") for preset in {presets!r}]
    """


def grammar_pack(name: str) -> str:
    return f"""
    from reportlint import Grammar, hookimpl

    @hookimpl
    def reportlint_grammars():
        return [Grammar("{name}", "reportlint_{name}", "form.lark", family="annual")]
    """


def linter_of(
    *packs: Path,
    extends: tuple[str, ...] | None = None,
    select: tuple[str, ...] | None = None,
    forms: tuple[str, ...] | None = None,
) -> Linter:
    folders = tuple(str(pack) for pack in packs)
    return Linter.from_layers([Layer("测试", extends=extends, select=select, forms=forms, packs=folders)])


def check(folder: Path, *packs: Path, select: str = "all") -> subprocess.CompletedProcess[str]:
    """`python -m reportlint check` in a folder, whose configuration names these packs."""
    listed = ", ".join(f"'{pack}'" for pack in packs)
    (folder / "reportlint.toml").write_text(f'packs = [{listed}]\nselect = ["{select}"]\n', encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "reportlint", "check", "--output-format", "concise", "report.txt"],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# By path.


@pytest.mark.parametrize("below", ["", "src", "reportlint_by_path"])
def test_a_pack_by_path_may_be_a_package_or_hold_one(tmp_path: Path, make_pack: MakePack, below: str) -> None:
    package = make_pack("by_path")
    path = package
    if below != package.name:
        path = tmp_path / "distribution"
        (path / below).mkdir(parents=True)
        package.rename(path / below / package.name)
    packs = Packs.load([str(path)])
    assert "by-path" in packs.names
    assert packs.rules["by-path/hello"].severity is Severity.WARNING


def test_a_folder_without_the_prefix_is_a_pack_of_that_name(tmp_path: Path, make_pack: MakePack) -> None:
    county = make_pack("county").rename(tmp_path / "made-county")
    assert "made-county/hello" in Packs.load([str(county)]).rules


def test_a_pack_named_twice_by_its_path_is_loaded_once(tmp_path: Path, make_pack: MakePack) -> None:
    pack = make_pack("once")
    packs = Packs.load([str(pack), f"{tmp_path}/./reportlint_once"])
    assert packs.names.count("once") == 1


def test_a_rule_of_a_pack_by_path_speaks_beside_the_others(make_pack: MakePack, compliant: Draft) -> None:
    draft = Draft(compliant.text, linter_of(make_pack("speaks"), select=("all",)))
    assert draft.lint() == [
        Said("speaks/hello", draft.at("云溪县青禾镇人民政府2024年政府信息公开工作年度报告"), "看到标题")
    ]
    assert "national/title" in draft.result.rules_run


def test_a_pack_that_is_not_selected_says_nothing(make_pack: MakePack, compliant: Draft) -> None:
    draft = Draft(compliant.text, linter_of(make_pack("quiet")))
    assert "quiet/hello" in draft.linter.packs.rules
    assert draft.lint() == []


def test_a_pack_has_pages(make_pack: MakePack) -> None:
    pack = make_pack("pages")
    (pack / "docs").mkdir()
    (pack / "docs" / "hello.md").write_text("# pages/hello\n", encoding="utf-8")
    packs = Packs.load([str(pack)])
    assert packs.page("pages/hello") == "# pages/hello\n"
    assert packs.page("pages/other") is None
    assert packs.page("nothing/hello") is None


def test_the_example_pack_is_loaded_from_its_folder() -> None:
    packs = Packs.load([] if "henan" in Packs.load().names else [str(HENAN)])
    assert {"henan/legal-basis", "henan/channel-footing"} <= set(packs.rules)
    assert "annual-2021-henan" in packs.grammars
    assert "henan" in packs.presets


# Folders that are no packs.


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    with pytest.raises(PackError) as error:
        Packs.load([str(nowhere)])
    assert str(error.value) == f"没有规则包文件夹 {nowhere}"


def test_a_folder_without_a_package(tmp_path: Path) -> None:
    with pytest.raises(PackError) as error:
        Packs.load([str(tmp_path)])
    assert str(error.value) == f"{tmp_path} 不是规则包：里面没有 __init__.py，也没有唯一的 reportlint_… 包"


def test_a_folder_with_two_packages(tmp_path: Path, make_pack: MakePack) -> None:
    make_pack("first")
    make_pack("second")
    with pytest.raises(PackError, match="也没有唯一的 reportlint_… 包"):
        Packs.load([str(tmp_path)])


def test_a_package_whose_module_name_is_taken(tmp_path: Path, make_pack: MakePack) -> None:
    folder = make_pack("taken").rename(tmp_path / "json")
    with pytest.raises(PackError) as error:
        Packs.load([str(folder)])
    taken = sys.modules["json"].__file__
    assert str(error.value) == f"规则包 json 不能加载：模块名 json 已被 {taken} 占用"


# Two of one name.


def test_two_folders_of_one_name(tmp_path: Path, make_pack: MakePack) -> None:
    first = make_pack("double")
    second = tmp_path / "other" / "reportlint_double"
    second.mkdir(parents=True)
    (second / "__init__.py").write_text("", encoding="utf-8")
    with pytest.raises(PackError) as error:
        Packs.load([str(first), str(second)])
    assert str(error.value) == f"有两个规则包都叫 double：{first} 和 {second}"


def test_a_folder_and_an_installed_pack_of_one_name(make_pack: MakePack) -> None:
    pack = make_pack("national")
    with pytest.raises(PackError) as error:
        Packs.load([str(pack)])
    assert str(error.value) == f"有两个规则包都叫 national：reportlint_national 和 {pack}"


def test_two_rules_of_one_name(make_pack: MakePack) -> None:
    pack = make_pack("twins", HELLO.replace("return [hello]", "return [hello, hello]"))
    with pytest.raises(PackError, match=r"^有两个规则都叫 twins/hello$"):
        Packs.load([str(pack)])


def test_a_rule_and_a_relation_of_one_name(make_pack: MakePack) -> None:
    source = HELLO + dedent(relations_pack("mixed"))
    pack = make_pack("mixed", source, {"totals.toml": RELATION.replace('"sum"', '"hello"')})
    with pytest.raises(PackError, match=r"^有两个规则都叫 mixed/hello$"):
        Packs.load([str(pack)])


def test_one_rule_name_in_two_packs_is_two_rules(make_pack: MakePack) -> None:
    packs = Packs.load([str(make_pack("east")), str(make_pack("west"))])
    assert [rule for rule in packs.rules if rule.endswith("/hello")] == ["east/hello", "west/hello"]


def test_two_presets_of_one_name(make_pack: MakePack) -> None:
    pack = make_pack("again", presets_pack("again", "national"), {"national.toml": ""})
    with pytest.raises(PackError, match=r"^有两个预设都叫 national$"):
        Packs.load([str(pack)])


def test_two_grammars_of_one_name(make_pack: MakePack) -> None:
    pack = make_pack("annual", grammar_pack("annual").replace('Grammar("annual"', 'Grammar("annual-2021"'))
    with pytest.raises(PackError, match=r"^有两个语法都叫 annual-2021$"):
        Packs.load([str(pack)])


# Packs that break.


@pytest.mark.parametrize(
    ("name", "source", "reason"),
    [
        ("raises", "raise RuntimeError('没有数据库')", "RuntimeError：没有数据库"),
        (
            "lacks",
            "import reportlint_no_such_module",
            "ModuleNotFoundError：No module named 'reportlint_no_such_module'",
        ),
        ("leaves", "raise SystemExit(0)", "SystemExit：0"),
        ("unparsed", "def (", "SyntaxError：invalid syntax (__init__.py, line 1)"),
        (
            "bare",
            "from reportlint import Severity, rule\n\n@rule(basis='测试', severity=Severity.ERROR)\n"
            "def bare(report): ...",
            "TypeError：rule bare needs a docstring and a basis",
        ),
        (
            "option",
            "from reportlint import Severity, rule\n\n@rule(basis='测试', severity=Severity.ERROR)\n"
            "def option(report, *, most=0.5):\n    'Has an option.'",
            "TypeError：rule option: option most needs a default of type bool, int, str or list",
        ),
    ],
)
def test_a_pack_that_cannot_be_imported(make_pack: MakePack, name: str, source: str, reason: str) -> None:
    pack = make_pack(name, source)
    # The second time too: nothing of the failed import is left behind.
    for _ in range(2):
        with pytest.raises(PackError) as error:
            Packs.load([str(pack)])
        assert str(error.value) == f"规则包 {name} 不能加载：{reason}"
        assert pack.name not in sys.modules


def test_a_pack_that_cannot_be_imported_ends_the_run(tmp_path: Path, make_pack: MakePack, compliant: Draft) -> None:
    (tmp_path / "report.txt").write_text(compliant.text, encoding="utf-8")
    done = check(tmp_path, make_pack("broken", "raise RuntimeError('没有数据库')"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "reportlint: 规则包 broken 不能加载：RuntimeError：没有数据库\n"


def test_an_unknown_hook(make_pack: MakePack) -> None:
    pack = make_pack("misspelt", HELLO.replace("reportlint_rules", "reportlint_rule"))
    with pytest.raises(PackError, match=r"^规则包 misspelt 的钩子有误：unknown hook 'reportlint_rule' in plugin"):
        Packs.load([str(pack)])


def test_a_hook_that_takes_what_is_not_given(make_pack: MakePack) -> None:
    pack = make_pack("greedy", HELLO.replace("reportlint_rules()", "reportlint_rules(report)"))
    with pytest.raises(PackError, match=r"^规则包 greedy 的钩子有误：Plugin 'greedy' for hook 'reportlint_rules'"):
        Packs.load([str(pack)])


@pytest.mark.parametrize(
    ("name", "returned", "message"),
    [
        ("divides", "[1 / 0]", "规则包 divides 的 reportlint_rules 出错：ZeroDivisionError：division by zero"),
        ("empty", "None", "规则包 empty 的 reportlint_rules 出错：TypeError：'NoneType' object is not iterable"),
        ("words", "['hello']", "规则包 words 的 reportlint_rules 返回了不是规则的 'hello'"),
    ],
)
def test_a_hook_that_returns_no_rules(make_pack: MakePack, name: str, returned: str, message: str) -> None:
    pack = make_pack(name, HELLO.replace("[hello]", returned))
    with pytest.raises(PackError) as error:
        Packs.load([str(pack)])
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("name", "hook", "message"),
    [
        ("no_grammar", "reportlint_grammars", "规则包 no-grammar 的 reportlint_grammars 返回了不是语法的 'hello'"),
        ("no_preset", "reportlint_presets", "规则包 no-preset 的 reportlint_presets 返回了不是预设的 'hello'"),
        (
            "no_pair",
            "reportlint_relations",
            "规则包 no-pair 的 reportlint_relations 返回了不是（关系，严重程度）的 'hello'",
        ),
    ],
)
def test_a_hook_that_returns_something_else(make_pack: MakePack, name: str, hook: str, message: str) -> None:
    pack = make_pack(name, HELLO.replace("reportlint_rules", hook).replace("[hello]", "['hello']"))
    with pytest.raises(PackError) as error:
        Packs.load([str(pack)])
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("name", "statement", "reason"),
    [
        ("plain_words", "yield '看到标题'", "TypeError：'看到标题' is no Finding"),
        ("exits", "raise SystemExit(0); yield", "SystemExit：0"),
    ],
)
def test_a_rule_that_does_not_do_as_rules_do(
    make_pack: MakePack, compliant: Draft, name: str, statement: str, reason: str
) -> None:
    pack = make_pack(name, HELLO.replace('yield Finding(report.title_span, "看到标题")', statement))
    draft = Draft(compliant.text, linter_of(pack, select=("all",)))
    rule = f"{name.replace('_', '-')}/hello"
    assert draft.lint() == [Said("reportlint/rule-crash", None, f"规则 {rule} 出错，没有检查：{reason}")]
    assert draft.result.failed


CRASH = '''
from reportlint import Finding, Severity, hookimpl, rule

@rule(basis="测试", severity=Severity.ADVICE)
def first(report):
    """Divides by nothing."""
    yield Finding(report.title_span, str(1 / 0))

@rule(basis="测试", severity=Severity.ADVICE)
def second(report):
    """Goes on."""
    yield Finding(report.title_span, "照常检查")

@hookimpl
def reportlint_rules():
    return [first, second]
'''
CRASHED = "规则 {}/first 出错，没有检查：ZeroDivisionError：division by zero"


def test_a_rule_that_crashes_is_a_finding_and_the_others_report(make_pack: MakePack, compliant: Draft) -> None:
    linter = linter_of(make_pack("crash", CRASH), select=("all",))
    draft = Draft(compliant.text, linter).put(("disclosure", "licences", "decisions"), "若干")
    cell = draft.at(("disclosure", "licences", "decisions"))
    assert draft.lint() == [
        Said("reportlint/rule-crash", None, CRASHED.format("crash")),
        Said("crash/second", draft.report.title_span, "照常检查"),
        Said("national/cell-value", cell, "“行政许可”的“本年处理决定数量”为“若干”，不是数"),
    ]
    assert draft.result.diagnostics[0].severity is Severity.ERROR
    assert draft.result.failed
    # It is not among those that ran, so that nobody counts it as passed.
    assert "crash/second" in draft.result.rules_run
    assert "crash/first" not in draft.result.rules_run


def test_a_rule_that_crashes_makes_the_run_fail(tmp_path: Path, make_pack: MakePack, compliant: Draft) -> None:
    (tmp_path / "report.txt").write_text(compliant.text, encoding="utf-8")
    done = check(tmp_path, make_pack("crashes", CRASH))
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert done.stdout.splitlines() == [
        f"report.txt: error reportlint/rule-crash {CRASHED.format('crashes')}",
        "report.txt:1:1: advice crashes/second 照常检查",
    ]


def test_a_rule_that_crashes_and_is_not_selected_is_not_run(make_pack: MakePack, compliant: Draft) -> None:
    draft = Draft(compliant.text, linter_of(make_pack("left_out", CRASH)))
    assert draft.lint() == []
    assert not draft.result.failed


# Relations.


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("unknown_key", 'left = "总计"', 'left = "总计"\nlevel = 3', "关系 sum 有不认识的键 level"),
        ("lacking_key", 'formula = "total = natural_person + business"\n', "", "缺少键 'formula'"),
        ("bad_each", '"row"', '"cell"', "关系 sum 的 each 应为 column 或 row，现为 cell"),
        (
            "bad_formula",
            "natural_person + business",
            "natural_person + + business",
            "公式“total = natural_person + + business”第 26 个字符处无法解析",
        ),
        (
            "half_formula",
            "total = natural_person + business",
            "total natural_person",
            "公式“total natural_person”第 7 个字符处无法解析",
        ),
        ("no_formula", "total = natural_person + business", "", "公式“”第 1 个字符处无法解析"),
    ],
)
def test_a_relation_that_means_nothing(make_pack: MakePack, name: str, old: str, new: str, message: str) -> None:
    pack = make_pack(name, relations_pack(name), {"totals.toml": RELATION.replace(old, new)})
    with pytest.raises(PackError) as error:
        Packs.load([str(pack)])
    label = name.replace("_", "-")
    assert str(error.value) == f"规则包 {label} 不能加载：reportlint_{name}/totals.toml：{message}"


def test_a_relation_of_an_unknown_severity(make_pack: MakePack) -> None:
    pack = make_pack("grave", relations_pack("grave"), {"totals.toml": RELATION.replace('"error"', '"grave"')})
    with pytest.raises(PackError, match=r"^规则包 grave 的关系 sum 的严重程度 grave 不认识$"):
        Packs.load([str(pack)])


def test_a_file_of_relations_that_is_no_toml(make_pack: MakePack) -> None:
    pack = make_pack("garbled", relations_pack("garbled"), {"totals.toml": "[[relation]\n"})
    with pytest.raises(
        PackError,
        match=r"^规则包 garbled 不能加载：reportlint_garbled/totals\.toml：.*totals\.toml:1：TOML 语法错误：方括号",
    ):
        Packs.load([str(pack)])


def test_a_file_of_relations_that_is_not_there(make_pack: MakePack) -> None:
    pack = make_pack("absent", relations_pack("absent"))
    with pytest.raises(PackError, match=r"^规则包 absent 不能加载：读不到 reportlint_absent/totals\.toml："):
        Packs.load([str(pack)])


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("odd_column", "business", "busines", "关系 odd-column/sum：表格 requests 没有列 busines，是否指 business？"),
        ("odd_each", '"row"', '"column"', "关系 odd-each/sum：表格 requests 没有行 business"),
    ],
)
def test_a_relation_of_what_is_not_in_its_table(
    make_pack: MakePack, name: str, old: str, new: str, message: str
) -> None:
    pack = make_pack(name, relations_pack(name), {"totals.toml": RELATION.replace(old, new)})
    with pytest.raises(PackError) as error:
        linter_of(pack, select=("all",))
    assert str(error.value).startswith(message)


def test_a_relation_of_a_pack_is_solved(make_pack: MakePack, compliant: Draft) -> None:
    pack = make_pack("solved", relations_pack("solved"), {"totals.toml": RELATION})
    draft = Draft(compliant.text, linter_of(pack, select=("solved",)))
    assert draft.lint() == []
    wrong = draft.put(("requests", "received", "total"), "6")
    said = wrong.lint()
    assert [(one.rule, one.span) for one in said] == [("solved/sum", wrong.at(("requests", "received", "total")))]
    assert said[0].message.startswith("“一、本年新收政府信息公开申请数量”行：总计为 6，两类之和为 5")


# Presets.


def test_a_preset_that_is_not_there_and_the_one_nearest_to_it(make_pack: MakePack) -> None:
    pack = make_pack("prefecture", presets_pack("prefecture", "prefecture"), {"prefecture.toml": ""})
    with pytest.raises(ConfigError, match=r"^测试：没有预设 prefectur，是否指 prefecture？$"):
        linter_of(pack, extends=("prefectur",))


def test_presets_that_extend_each_other(make_pack: MakePack) -> None:
    pack = make_pack(
        "circle",
        presets_pack("circle", "upper", "lower"),
        {"upper.toml": 'extends = ["lower"]', "lower.toml": 'extends = ["upper"]'},
    )
    with pytest.raises(ConfigError) as error:
        linter_of(pack, extends=("upper",))
    assert str(error.value) == "预设 lower（reportlint_circle/lower.toml）：预设 upper → lower → upper 相互引用"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("loads", 'packs = ["."]', "预设不能有 packs"),
        ("odd_key", "selects = []", "没有配置项 selects，是否指 select？"),
        ("no_toml", "select =", "TOML 语法错误"),
    ],
)
def test_a_preset_that_means_nothing(make_pack: MakePack, name: str, text: str, message: str) -> None:
    pack = make_pack(name, presets_pack(name, name), {f"{name}.toml": text})
    with pytest.raises(ConfigError, match=rf"reportlint_{name}/{name}\.toml.*：{message}"):
        linter_of(pack, extends=(name,))


def test_a_preset_whose_file_is_not_there(make_pack: MakePack) -> None:
    pack = make_pack("fileless", presets_pack("fileless", "fileless"))
    with pytest.raises(ConfigError, match=r"^预设 fileless（reportlint_fileless/fileless\.toml）：读不到："):
        linter_of(pack)


# Grammars.

_OF_TABLE = """\
%import reportlint_grammars.annual_2021 (report, _table)
%extend _table: extra
extra: (_extra_row | _extra_column)+
_extra_row: ONE
ONE: "甲"
"""


def test_a_grammar_over_the_grammar_of_another_pack(make_pack: MakePack) -> None:
    grammar = """\
%import reportlint_henan.annual_2021_henan (report, _channels_row)
%extend _channels_row: VILLAGE_RADIO
VILLAGE_RADIO: "村广播"
"""
    village = make_pack("village", grammar_pack("village"), {"form.lark": grammar})
    installed = "henan" in Packs.load().names
    linter = linter_of(*([] if installed else [HENAN]), village, forms=("village",), select=("all",))
    draft = Draft.from_file(HENAN / "reportlint_henan" / "reports" / "liudu-town-2024.txt", linter)
    draft = draft.replace("政务公开栏\t41\n", "政务公开栏\t41\n村广播\t7\n")
    assert draft.lint() == []
    assert draft.report.form.name == "village"
    assert [section.name for section in draft.report.sections] == list(draft.report.form.sections)
    assert draft.under(draft.at(("channels", "village_radio", "releases"))) == "7"
    assert draft.under(draft.at(("channels", "all_channels", "releases"))) == "502"
    assert draft.under(draft.at(("requests", "received", "total"))) == "6"


def test_a_grammar_that_words_a_heading_anew(make_pack: MakePack, compliant: Draft) -> None:
    grammar = """\
%import reportlint_grammars.annual_2021 (report, OTHER_MATTERS)
%override OTHER_MATTERS: "六、其他需要说明的事项"
"""
    pack = make_pack("reworded", grammar_pack("reworded"), {"form.lark": grammar})
    linter = linter_of(pack, forms=("reworded",))
    draft = Draft(compliant.text, linter)
    heading = "六、其他需要报告的事项"
    message = f"标题为“{heading}”，格式为“六、其他需要说明的事项”"
    assert draft.lint() == [Said("national/section-title", draft.at(heading), message)]
    assert draft.replace(heading, "六、其他需要说明的事项").lint() == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("undefined", "report: FOO", "：Rule 'FOO' used but not defined"),
        ("unclosed", "report: (", "：Unclosed parenthesis, at line 1 column 10"),
        ("formless", "report: /a/", "语法 formless 没有规则 _heading"),
        ("relative", "%import .missing (report)", "No such file or directory: 'missing.lark'"),
        ("unbalanced", _OF_TABLE + "_extra_column: TWO\nTWO: /(/", "不能解析的正则表达式"),
        ("elsewhere", "%import no_such_package.form (report)", "读不到语法文件 no_such_package/form.lark："),
        (
            "columnless",
            _OF_TABLE.replace(" | _extra_column", ""),
            "语法 columnless 的 _extra_row 没有对应的 _extra_column",
        ),
        (
            "overless",
            _OF_TABLE + '_extra_column: _under_nothing\n_under_nothing: TWO\nTWO: "乙"\n',
            "语法 overless 的 _under_nothing：没有终结符 NOTHING",
        ),
    ],
)
def test_a_grammar_that_describes_no_form(make_pack: MakePack, name: str, text: str, message: str) -> None:
    pack = make_pack(name, grammar_pack(name), {"form.lark": text})
    with pytest.raises(ReportlintError) as error:
        linter_of(pack, forms=(name,))
    assert message in str(error.value)


def test_a_form_that_no_pack_brings() -> None:
    with pytest.raises(ConfigError, match=r"^forms：没有报告语法 annual-2012，是否指 annual-2021？$"):
        linter_of(forms=("annual-2012",))


def test_a_grammar_that_imports_is_kept_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_pack: MakePack
) -> None:
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(tmp_path / "cache"))
    grammar = _OF_TABLE.replace("ONE: ", '_extra_column: TWO\nTWO: "乙"\nONE: ')
    pack = make_pack("kept", grammar_pack("kept"), {"form.lark": grammar})
    compiled = Packs.load([str(pack)]).grammars["kept"].compiled
    monkeypatch.setitem(sys.modules, "lark", None)
    monkeypatch.delitem(sys.modules, "reportlint.grammar.compiler", raising=False)
    assert Packs.load([str(pack)]).grammars["kept"].compiled == compiled


def test_the_chinese_name_of_a_rule_is_that_of_its_page() -> None:
    packs = Packs.load()
    assert packs.title("national/request-cross-footing") == "申请人横向合计"
    assert packs.title("national/no-such-rule") is None
    assert packs.title("no-such-pack/title") is None
    assert all(packs.title(rule) for rule in packs.rules)


# By entry point.

_NUMBERS = itertools.count()


def distribution(folder: Path, name: str, entry_points: str | None) -> None:
    """The metadata of an installed distribution, as an installer leaves it."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    if entry_points is not None:
        (info / "entry_points.txt").write_text(dedent(entry_points), encoding="utf-8")


def by_standard_library(group: str) -> list[InstalledPack]:
    return [InstalledPack(entry.name, entry.module) for entry in importlib.metadata.entry_points(group=group)]


@pytest.fixture
def group() -> str:
    """A group of entry points that no distribution has."""
    return f"reportlint_made_{next(_NUMBERS)}"


def test_the_installed_packs_are_those_that_the_standard_library_finds() -> None:
    found = installed_packs(GROUP)
    assert {InstalledPack("grammars", "reportlint_grammars"), InstalledPack("national", "reportlint_national")} <= {
        *found
    }
    assert sorted(found) == sorted(by_standard_library(GROUP))


def test_entry_points_are_read_as_the_standard_library_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    distribution(
        tmp_path,
        "made_county",
        f"""\
        [console_scripts]
        county = county:main

        # A comment
        [{group}]
        county = reportlint_county
        town=reportlint_town
          spaced   =   reportlint_spaced
        # commented = reportlint_commented
        with-extra = reportlint_extra [lsp]

        [{group}.other]
        other = reportlint_other
        """,
    )
    distribution(tmp_path, "made_empty", "")
    distribution(tmp_path, "made_nothing", None)
    monkeypatch.syspath_prepend(tmp_path)
    assert installed_packs(group) == [
        InstalledPack("county", "reportlint_county"),
        InstalledPack("town", "reportlint_town"),
        InstalledPack("spaced", "reportlint_spaced"),
        InstalledPack("with-extra", "reportlint_extra"),
    ]
    assert installed_packs(group) == by_standard_library(group)


@pytest.mark.parametrize("again", ["made_county", "Made.County"])
def test_of_a_distribution_found_twice_the_first_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: str, again: str
) -> None:
    distribution(tmp_path / "second", again, f"[{group}]\ncounty = reportlint_second\n")
    distribution(tmp_path / "first", "made_county", f"[{group}]\ncounty = reportlint_first\n")
    monkeypatch.syspath_prepend(tmp_path / "second")
    monkeypatch.syspath_prepend(tmp_path / "first")
    assert installed_packs(group) == by_standard_library(group) == [InstalledPack("county", "reportlint_first")]


def test_a_distribution_in_a_zip_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: str) -> None:
    archive = tmp_path / "packs.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("made_zip-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: made_zip\nVersion: 1.0\n")
        file.writestr("made_zip-1.0.dist-info/entry_points.txt", f"[{group}]\nzipped = reportlint_zipped\n")
    monkeypatch.syspath_prepend(archive)
    assert installed_packs(group) == by_standard_library(group) == [InstalledPack("zipped", "reportlint_zipped")]


def test_a_pack_by_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_pack: MakePack) -> None:
    make_pack("entered")
    distribution(tmp_path, "made_entered", "[reportlint]\nentered = reportlint_entered\n")
    monkeypatch.syspath_prepend(tmp_path)
    packs = Packs.load()
    assert "entered/hello" in packs.rules
    assert "national/title" in packs.rules


def test_an_entry_point_that_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distribution(tmp_path, "made_lost", "[reportlint]\nlost = reportlint_lost\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(PackError) as error:
        Packs.load()
    assert str(error.value) == "规则包 lost 不能加载：ModuleNotFoundError：No module named 'reportlint_lost'"


def test_two_entry_points_of_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distribution(tmp_path, "made_rival", "[reportlint]\nnational = reportlint_rival\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    with pytest.raises(PackError, match=r"^有两个规则包都叫 national：reportlint_national 和 reportlint_rival$"):
        Packs.load()


# The engine knows no pack.


def test_nothing_in_the_engine_names_a_pack() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packs: dict[str, str] = project["project"]["entry-points"][GROUP]
    modules = set(packs.values())
    # The hook for grammars and the package of the national grammars have the same name.
    # «text» is a word for much besides a pack.
    texts = {*packs, *modules} - {"reportlint_grammars", "text"}
    prefixes = tuple(f"{word}{mark}" for word in {*packs, *modules} - {"text"} for mark in "./")
    named = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found = {module for module in _imported(tree) if module.partition(".")[0] in modules}
        found |= {text for text in _texts(tree) if text in texts or text.startswith(prefixes)}
        named += [f"{path.relative_to(ROOT)}: {word}" for word in sorted(found)]
    for path in sorted(path for path in (ROOT / "src").rglob("*.*") if path.suffix in {".lark", ".json", ".toml"}):
        text = path.read_text(encoding="utf-8")
        named += [f"{path.relative_to(ROOT)}: {module}" for module in sorted(modules) if module in text]
    assert named == []


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _texts(tree: ast.Module) -> Iterator[str]:
    """The texts that code works with; docstrings may give examples."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


# Addresses


ADDRESSES = """
import re
from reportlint import Address, hookimpl

@hookimpl
def reportlint_addresses():
    return [Address("law", re.compile("《办法》"), {url!r}, "办法")]
"""


def test_a_pack_brings_addresses(make_pack: MakePack) -> None:
    packs = Packs.load([str(make_pack("linking", ADDRESSES.format(url="https://example.org/law")))])
    assert packs.addresses["law"].url == "https://example.org/law"
    assert "regulations" in packs.addresses


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", ""])
def test_an_address_is_one_of_the_web(make_pack: MakePack, url: str) -> None:
    pack = make_pack("linking", ADDRESSES.format(url=url))
    with pytest.raises(PackError) as error:
        Packs.load([str(pack)])
    assert str(error.value) == f"规则包 linking 的网址 law 不是 http 或 https 地址：{url}"


def test_two_addresses_of_one_name(make_pack: MakePack) -> None:
    pack = make_pack("linking", ADDRESSES.format(url="https://example.org/").replace('"law"', '"regulations"'))
    with pytest.raises(PackError) as error:
        Packs.load([str(pack)])
    assert str(error.value) == "有两个网址都叫 regulations"
