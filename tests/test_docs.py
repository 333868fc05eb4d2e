"""The documents name what there is and nothing else: rules, keys, commands, options, variables, rooms, files."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportlint.acceptance import told
from reportlint.cli import main
from reportlint.cli.arguments import _COMMANDS
from reportlint.own import OWN
from reportlint.packs import Packs
from reportlint.vocabulary import IGNORE_KEYS, KEYS

from .workbooks import sheet_of, workbook

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "reportlint"
PACKS = Packs.load()
_ROW = re.compile(r"^\| \[.*\]\(\.\./rules/(reportlint_\w+)/docs/")


def kept_here() -> dict[str, str]:
    """The folder of each pack under `rules/`, by the pack's name."""
    folders = {name: Path(PACKS.folder(name) or "/") for name in PACKS.names}
    return {name: folder.name for name, folder in folders.items() if folder.parent == ROOT / "rules"}


def expected(pack: str, folder: str) -> Iterator[str]:
    for rule in PACKS.rules.values():
        of, _, name = rule.name.partition("/")
        if of == pack:
            yield f"| [{name}](../rules/{folder}/docs/{name}.md) | {rule.severity.label} | {rule.summary} |"


@pytest.mark.parametrize(("pack", "folder"), kept_here().items())
def test_the_table_of_a_pack_lists_its_rules_as_the_pack_has_them(pack: str, folder: str) -> None:
    lines = (ROOT / "docs" / "rules.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if (match := _ROW.match(line)) and match[1] == folder]
    wanted = list(expected(pack, folder))
    assert rows == wanted, "docs/rules.md should have:\n" + "\n".join(wanted)
    if rows:
        start = lines.index(rows[0])
        assert lines[start : start + len(rows)] == rows, f"the rows of {pack} do not stand together"
        heading = next(line for line in reversed(lines[:start]) if line.startswith("#"))
        assert f"`{pack}`" in heading


def test_there_is_no_row_of_any_other_pack() -> None:
    lines = (ROOT / "docs" / "rules.md").read_text("utf-8").splitlines()
    linked = [line for line in lines if "/docs/" in line and line.startswith("|")]
    assert {match[1] if (match := _ROW.match(line)) else line for line in linked} <= set(kept_here().values())


# What is written as code in the documents for users

_CODE = re.compile(r"^ *```.*?\n(.*?)^ *```$|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
_VARIABLE = re.compile(r"""environ(?:\.get\(|\[)["'](\w+)["']|["'](REPORTLINT_\w+)["']""")
_COMMAND = re.compile(r"^(?:.*&& )?(?:\S*/)?reportlint ([a-z]+)([^|#\n]*)", re.MULTILINE)
PAGES = {
    page.relative_to(ROOT).as_posix(): page.read_text("utf-8")
    for page in sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")])
}


def code_of(text: str) -> str:
    """What a page has in blocks and between backquotes, a line each."""
    return "\n".join(block or words for block, words in _CODE.findall(text))


CODE = {name: code_of(text) for name, text in PAGES.items()}


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """The long options of a command and of those within it."""
    options: set[str] = set()
    for action in parser._actions:
        options.update(option for option in action.option_strings if option.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                options |= options_of(below)
    return options


def options_by_command() -> dict[str, set[str]]:
    options = {}
    for name, (_, _, add) in _COMMANDS.items():
        parser = argparse.ArgumentParser()
        add(parser)
        options[name] = options_of(parser)
    return options


OPTIONS = options_by_command()


def named(name: str, code: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", code) is not None


@pytest.mark.parametrize("key", [*KEYS, *IGNORE_KEYS])
def test_every_key_of_a_configuration_is_in_its_page(key: str) -> None:
    assert named(key, CODE["docs/configuration.md"])


def test_every_variable_of_the_environment_is_in_the_page_of_the_configuration() -> None:
    texts = [file.read_text("utf-8") for file in SRC.rglob("*.py")]
    variables = {one or other for text in texts for one, other in _VARIABLE.findall(text)}
    assert {"NO_COLOR", "REPORTLINT_CONFIG", "REPORTLINT_CACHE_DIR"} <= variables
    assert {each for each in variables if not named(each, CODE["docs/configuration.md"])} == set()


@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_and_option_is_in_some_page(command: str) -> None:
    code = "\n".join(CODE.values())
    assert named(f"reportlint {command}", code)
    assert {option for option in OPTIONS[command] - {"--help"} if not named(option, code)} == set()


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_command_is_in_the_readme(readme: str) -> None:
    assert {command for command in _COMMANDS if not named(f"reportlint {command}", CODE[readme])} == set()


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_in_a_page_are_those_that_there_are(page: str) -> None:
    for command, arguments in _COMMAND.findall(CODE[page]):
        assert command in OPTIONS, command
        assert set(re.findall(r"(?<!\S)--[a-z-]+", arguments)) <= OPTIONS[command], (command, arguments)


def test_the_drawing_of_the_house_has_every_room() -> None:
    page = (ROOT / "docs" / "design" / "architecture.md").read_text("utf-8")
    table = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    told = [name.removesuffix("/") for cell in table for name in re.findall(r"`([^`]+)`", cell)]
    rooms = {
        path.name.removesuffix(".py")
        for path in SRC.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert len(told) == len(set(told))
    assert set(told) == rooms - {"__init__", "__main__"}


def test_every_finding_of_the_tools_own_is_in_some_page() -> None:
    failures = {name for name in OWN if name not in told.WORDS}
    assert {"not-a-report", "encoding", "slow-rule", "not-written"} <= failures
    assert {name for name in failures if not named(name, CODE["docs/rules.md"])} == set()
    assert {name for name in told.WORDS if not named(f"reportlint/{name}", CODE["docs/accepting.md"])} == set()


# The walk

_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = ROOT / "examples" / "reports"
TOWN = EXAMPLES / "qinghe-town-2024.txt"
SLIPS = {
    "发布信息312条，": "发布信息312条,",
    "修订公开事项清单": "修订公开事项的的清单",
    "申请数量\t\t\t4\t1\t0\t0\t0\t0\t5": "申请数量\t\t\t4\t1\t0\t0\t0\t0\t6",
    "，实际收取0元": "",
}
"""What was made of a report for the walk, so that there is something to find."""
REMEDIES = """\
行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t
结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t
\t\t\t\t\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计
1\t0\t0\t0\t2\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0
"""
"""A table that an office sends in by itself."""


def steps_of(page: str) -> list[tuple[str, str]]:
    """The commands of a page, in order, each with what is shown of its output."""
    blocks = "".join(_CONSOLE.findall(PAGES[page]))
    return [(command, shown) for command, shown in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", blocks, re.MULTILINE)]


def written_as_shown(text: str, shown: str) -> bool:
    """Whether a text has the lines that are shown, from its first to its last; … alone stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^…\n", shown, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), text) is not None


@pytest.mark.parametrize("page", ["docs/usage.md", "docs/usage.zh-CN.md"])
def test_the_walk_shows_what_is_printed(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TOWN.read_text("utf-8")
    for was, becomes in SLIPS.items():
        assert text.count(was) == 1
        text = text.replace(was, becomes)
    single, repository = tmp_path / "one", tmp_path / "many"
    (repository / "年报" / "2024").mkdir(parents=True)
    (repository / "年报" / "2024" / "青禾镇.txt").write_bytes(TOWN.read_bytes())
    (repository / "年报" / "2024" / "水务局.txt").write_bytes((EXAMPLES / "yunxi-water-2024-faulty.txt").read_bytes())
    (repository / "年报" / "2024" / "云溪县.txt").write_bytes((EXAMPLES / "yunxi-county-2024.txt").read_bytes())
    single.mkdir()
    (single / "年报.txt").write_text(text, encoding="utf-8")
    (single / "表四.xlsx").write_bytes(workbook(sheet_of("表四", REMEDIES, borders=True, comments=("E4",))))
    monkeypatch.chdir(single)
    steps = steps_of(page)
    assert [command for command, _ in steps].count("reportlint init") == 1
    for command, shown in steps:
        if command == "reportlint init":
            monkeypatch.chdir(repository)
        main(shlex.split(command)[1:])
        out, err = capsys.readouterr()
        assert written_as_shown(f"{out}{err}", shown), f"{command}\n{out}{err}"
