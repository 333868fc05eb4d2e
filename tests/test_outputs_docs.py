"""docs/outputs.md: every output has a section, and its example is what is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportlint import __version__
from reportlint.cli import main
from reportlint.cli.arguments import parsed
from reportlint.formats import FORMATS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "outputs.md").read_text("utf-8")
COMMAND = "reportlint check --select zero-filing examples/reports/yunxi-water-2024-faulty.txt --output-format"
SECTIONS = dict(re.findall(r"^## `(\w+)`.*?\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
PARTS: dict[str, Callable[[Any], object]] = {
    "json": lambda document: document["reports"][0]["diagnostics"][0],
    "sarif": lambda document: document["runs"][0]["results"][0],
    "gitlab": lambda document: document,
    "rdjson": lambda document: document,
}
"""Of these the page shows a part, or all of it with other line ends."""
PAGES = {"html"}
"""What is looked at."""


def example(name: str) -> str:
    found = re.search(r"^```\w*\n(.*?)^```$", SECTIONS[name], re.MULTILINE | re.DOTALL)
    assert found is not None, name
    return found[1]


def test_every_output_has_a_section() -> None:
    assert set(FORMATS) <= set(SECTIONS)
    assert COMMAND in PAGE


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in PAGES])
def test_the_example_is_what_is_written(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main([*COMMAND.split()[1:], name]) == 1
    out = capsys.readouterr().out
    if name in PARTS:
        assert json.loads(example(name)) == PARTS[name](json.loads(out))
    else:
        assert example(name) == out.replace(f'"{__version__}"', '"0.1.0"')


def test_the_page_names_what_there_is() -> None:
    options = re.findall(r"`(--[a-z-]+)", PAGE)
    assert len(set(options)) >= 5
    arguments = vars(parsed(["check"]))
    assert {option for option in options if option[2:].replace("-", "_") not in arguments} == set()
