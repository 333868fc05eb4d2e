"""The schema of the configuration: what it refuses the code refuses, and the reverse; and what `init` writes by it."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli

from reportlint import ConfigError, Linter, PackError, schema
from reportlint.cli import main
from reportlint.packs import Packs
from reportlint.schema import config
from reportlint.vocabulary import KEYS

from . import validators
from .validators import plain, validator

ROOT = Path(__file__).parent.parent
PROJECT = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FAULTY = ROOT / "examples" / "reports" / "yunxi-water-2024-faulty.txt"


@pytest.fixture(scope="module")
def built_in() -> Packs:
    """The packs that come with reportlint, and no others that may be installed."""
    modules = PROJECT["entry-points"]["reportlint"]
    return Packs({name: importlib.import_module(module) for name, module in sorted(modules.items())})


@pytest.fixture(scope="module")
def published() -> jsonschema.Draft202012Validator:
    return validators.published("config")


def table_of(file: Path) -> Any:  # noqa: ANN401 - a document
    document = tomli.loads(file.read_text("utf-8"))
    return plain(document["tool"]["reportlint"] if file.name == "pyproject.toml" else document)


def test_the_published_schema_is_for_the_packs_that_come_with_reportlint(built_in: Packs) -> None:
    assert config.built_in().names == built_in.names
    assert schema.published("config") == schema.text(config.schema(built_in)), "python -m reportlint.schema"


def test_every_key_is_described_and_every_rule_listed(built_in: Packs) -> None:
    document = config.schema(built_in)
    assert list(document["properties"]) == list(KEYS)
    assert all(value["description"] for value in document["properties"].values())
    assert {*built_in.rules, *built_in.names, "title", "all"} - {"grammars"} <= set(document["$defs"]["rule"]["enum"])
    option = document["else"]["properties"]["options"]["properties"]["overview-aspects"]
    assert option["properties"] == {"governments_only": {"type": "boolean", "default": True}}
    assert option["description"] == built_in.rules["national/overview-aspects"].summary


def configurations() -> Iterator[Path]:
    for name in ("reportlint.toml", ".reportlint.toml"):
        yield from sorted((ROOT / "examples").rglob(name))


@pytest.mark.parametrize("file", list(configurations()), ids=lambda file: str(file.relative_to(ROOT)))
def test_the_configurations_of_the_examples_are_valid(file: Path, published: jsonschema.Draft202012Validator) -> None:
    published.validate(table_of(file))


def presets() -> Iterator[Path]:
    for folder in ("rules", "examples"):
        yield from sorted((ROOT / folder).rglob("preset.toml"))


@pytest.mark.parametrize("file", list(presets()), ids=lambda file: str(file.relative_to(ROOT)))
def test_the_presets_are_valid(file: Path, published: jsonschema.Draft202012Validator, built_in: Packs) -> None:
    outside = ROOT / "examples" in file.parents
    packs = Packs.load([str(file.parent)]) if outside else built_in
    (validator(config.schema(packs)) if outside else published).validate(table_of(file))


ENTRY = '[[ignore]]\nrule = "title"\nbecause = "理由"\n'
GOOD = [
    "",
    'required-version = ">=0.1,<1"',
    'required-version = "0.1.0"',
    'required-version = " ~=0.1.0 , != 0.1.7.dev1 "',
    "packs = []",
    'extends = ["national", "text"]',
    'select = ["all"]',
    'select = ["national", "title", "text/missing-stop", "privacy"]',
    'ignore = ["title", { rule = "zero-filing", because = "理由" }]',
    'ignore = [{ rules = ["title", "zero-filing"], path = ["a", "b"], because = "理由" }]',
    ENTRY,
    ENTRY + 'path = "a.txt"\nplace = "requests/received/total"\nby = "甲"\nuntil = 2026-12-31',
    ENTRY + 'until = "2026-02-28"',
    'mandatory = ["title"]',
    'forms = ["annual-2021"]',
    'fail-on = "advice"',
    'include = ["*.txt", "units/"]',
    'exclude = ["!.archive/"]',
    'baseline = "known.json"',
    '[severity]\ntitle = "error"\nnational = "error"',
    "[options]\ntitle = {}",
    "[options.overview-aspects]\ngovernments_only = false",
    '[options."national/overview-aspects"]\ngovernments_only = false',
    "[options.national]",
    "[options.all]",
    '[options."shanghai/request-shares"]\nat_least = 10',
    "[options.title-form]\nyear_first = true",
]
BAD = [
    "selct = []",
    "fail_on = 'error'",
    "required-version = 1",
    'required-version = ""',
    'required-version = "new"',
    'required-version = ">=0.1;<2"',
    'packs = "rules"',
    'extends = "national"',
    'extends = ["nationale"]',
    "extends = [1]",
    'select = "title"',
    'select = ["titel"]',
    "select = [1]",
    'ignore = "title"',
    'ignore = ["titel"]',
    "ignore = [1]",
    "[ignore]\nrule = 'title'",
    '[[ignore]]\nrule = "title"',
    '[[ignore]]\nbecause = "理由"',
    '[[ignore]]\nrules = []\nbecause = "理由"',
    '[[ignore]]\nrule = "titel"\nbecause = "理由"',
    '[[ignore]]\nrules = ["titel"]\nbecause = "理由"',
    '[[ignore]]\nrule = 1\nbecause = "理由"',
    '[[ignore]]\nrule = "title"\nbecause = "  "',
    '[[ignore]]\nrule = "title"\nbecause = 1',
    ENTRY + 'rules = ["title"]',
    ENTRY + "path = 1",
    ENTRY + "path = [1]",
    ENTRY + 'place = ""',
    ENTRY + "place = 1",
    ENTRY + 'by = " "',
    ENTRY + 'until = "2026-02-30"',
    ENTRY + 'until = "2026-2-3"',
    ENTRY + 'until = "年底"',
    ENTRY + "until = 2026",
    ENTRY + "until = 2026-12-31T08:00:00",
    ENTRY + 'unitl = "2026-12-31"',
    'mandatory = "title"',
    'mandatory = ["titel"]',
    'forms = ["annual-2012"]',
    'forms = ["claims"]',
    "forms = 2021",
    'fail-on = "never"',
    'fail-on = "Error"',
    "fail-on = 2",
    'include = "*.txt"',
    "exclude = [1]",
    "baseline = ['a']",
    'severity = "error"',
    'severity.title = "eror"',
    "severity.title = 3",
    'severity.titel = "error"',
    "options = []",
    "options.title = true",
    "options.titel.a = 1",
    "options.title.strict = true",
    "options.national.governments_only = true",
    "options.all.governments_only = true",
    "options.overview-aspects.government_only = true",
    'options.overview-aspects.governments_only = "yes"',
    "options.overview-aspects.governments_only = 1",
    "options.request-shares.at_least = true",
    "options.request-shares.at_least = '1'",
    "options.title-form.year_first = 'yes'",
]


@pytest.mark.parametrize("settings", GOOD)
def test_what_the_code_takes_the_schema_takes(
    tmp_path: Path, published: jsonschema.Draft202012Validator, settings: str
) -> None:
    file = tmp_path / "reportlint.toml"
    file.write_text(settings, encoding="utf-8")
    Linter.from_config(file)
    published.validate(table_of(file))


@pytest.mark.parametrize("settings", BAD)
def test_what_the_code_refuses_the_schema_refuses(
    tmp_path: Path, published: jsonschema.Draft202012Validator, settings: str
) -> None:
    file = tmp_path / "reportlint.toml"
    file.write_text(settings, encoding="utf-8")
    with pytest.raises(ConfigError):
        Linter.from_config(file)
    assert not published.is_valid(table_of(file))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "value", ["1", "true", '"x"', "[]", '["x"]', "[1]", "{}", "{ x = 1 }", "{ x = {} }", "[{}]", "2026-01-01"]
)
def test_values_of_every_type_are_judged_alike(
    tmp_path: Path, published: jsonschema.Draft202012Validator, key: str, value: str
) -> None:
    if key == "baseline" and value == "2026-01-01":
        pytest.skip("a date is a text to editors")
    file = tmp_path / "reportlint.toml"
    file.write_text(f"{key} = {value}", encoding="utf-8")
    table = table_of(file)
    try:
        Linter.from_config(file)
        taken = True
    except PackError:
        # A folder that is not there is for the code alone to know.
        taken = True
    except ConfigError as error:
        taken = "没有选定任何报告语法" in str(error)
    assert published.is_valid(table) == taken


def test_where_packs_or_files_come_in_any_name_may_be_meant(published: jsonschema.Draft202012Validator) -> None:
    table: dict[str, Any] = {
        "select": ["henan"],
        "severity": {"henan/fee": "error"},
        "options": {"henan/fee": {"limit": 3}},
        "ignore": [{"rule": "henan/fee", "because": "理由"}],
        "forms": ["annual-henan"],
    }
    assert not published.is_valid(table)
    assert published.is_valid({**table, "packs": ["rules/henan"]})
    assert published.is_valid({**table, "extends": ["../base.toml"]})
    assert not published.is_valid({**table, "extends": ["national"]})
    assert not published.is_valid({"packs": ["rules/henan"], "severity": {"henan/fee": "eror"}})


# The command


def test_the_command_prints_schemas(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["schema"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "config       配置 reportlint.toml，包括现有规则包的规则和选项"
    assert [line.split()[0] for line in lines] == list(schema.SUBJECTS)
    assert len({line.index(words) for line, words in zip(lines, schema.SUBJECTS.values(), strict=True)}) == 1
    for name, words in schema.SUBJECTS.items():
        assert main(["schema", name]) == 0
        document = json.loads(capsys.readouterr().out)
        jsonschema.Draft202012Validator.check_schema(document)
        named = re.search(r"[a-z.][a-z. -]*[a-z]", words)
        assert named is not None
        assert document["title"].split(",")[0] in (named[0], f"reportlint {named[0]}")
    assert main(["schema", "confg"]) == 2
    assert capsys.readouterr().err == "reportlint: 没有名为 confg 的 JSON Schema，是否指 config？\n"


def test_the_schema_of_a_folder_knows_the_packs_of_its_configuration(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "examples" / "reportlint-henan")
    assert main(["schema", "config"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert "henan" in document["$defs"]["rule"]["enum"]
    assert "henan" in document["else"]["properties"]["extends"]["items"]["enum"]


# init


@pytest.fixture
def begun(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what `init` writes."""
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    assert capsys.readouterr().out.startswith(f"写好了 {Path('.') / 'reportlint.toml'}")
    return tmp_path / "reportlint.toml"


def test_init_writes_what_changes_nothing(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = begun.read_text("utf-8")
    assert text.startswith("#:schema ./.reportlint.schema.json\n")
    assert f"\n# 现有的预设：{'、'.join(sorted(Packs.load().presets))}\n# extends = " in text
    assert all(line.startswith("#") or not line for line in text.splitlines())
    assert all(f"# {key} = " in text or f"# [{key}]" in text or f"# [[{key}]]" in text for key in KEYS)
    report = begun.parent / "report.txt"
    report.write_bytes(FAULTY.read_bytes())
    assert main(["check", str(report)]) == 1
    with_it = capsys.readouterr().out
    begun.unlink()
    assert main(["check", str(report)]) == 1
    assert capsys.readouterr().out == with_it


def test_each_default_that_init_shows_is_the_default(begun: Path) -> None:
    """With the # taken away, everything is valid, and all but the baseline and the example of an entry as before."""
    lines = begun.read_text("utf-8").splitlines()
    active = [
        line[2:] if line.startswith("# ") and (" = " in line or line.startswith("# [")) else line for line in lines
    ]
    text = "\n".join(active).replace('rule = "规则名"', 'rule = "title"')
    document = plain(tomli.loads(text))
    assert set(document) == set(KEYS)
    validator(json.loads((begun.parent / ".reportlint.schema.json").read_text("utf-8"))).validate(document)
    plain_settings = Linter.from_config(begun).settings
    begun.write_text(text, encoding="utf-8")
    settings = Linter.from_config(begun).settings
    assert (settings.rules, settings.forms, settings.fail_on) == (
        plain_settings.rules,
        plain_settings.forms,
        plain_settings.fail_on,
    )
    assert [ignore.place for ignore in settings.places] == ["requests/received/total"]


@pytest.mark.parametrize("name", ["reportlint.toml", ".reportlint.toml", ".reportlint.schema.json", "pyproject.toml"])
def test_init_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (tmp_path / name).write_text("[tool.reportlint]\n", encoding="utf-8")
    assert main(["init", "--directory", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert captured.err == f"reportlint: 已有{'配置' if 'schema' not in name else ''} {tmp_path / name}，没有改动\n"
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text("utf-8") == "[tool.reportlint]\n"


def test_init_leaves_nothing_half_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> str:
        raise OSError(28, "No space left on device", "reportlint.toml")

    assert main(["init", "--directory", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == f"reportlint: 没有文件夹 {tmp_path / 'none'}\n"
    (tmp_path / "reportlint.toml").mkdir()
    assert main(["init", "--directory", str(tmp_path)]) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["reportlint.toml"]
    (tmp_path / "reportlint.toml").rmdir()
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    real_open = open

    def failing(file: str, *arguments: Any, **keywords: Any) -> Any:  # noqa: ANN401 - as open has it
        stream = real_open(file, *arguments, **keywords)
        if str(file).endswith("reportlint.toml") and arguments == ("x",):
            stream.write = full
        return stream

    monkeypatch.setattr("builtins.open", failing)
    assert main(["init", "--directory", str(blocked)]) == 2
    assert "写不出" in capsys.readouterr().err
    assert list(blocked.iterdir()) == []
