"""docs/rules.md lists what the packs bring: every rule kept here with its severity and summary, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportlint.packs import Packs

ROOT = Path(__file__).parents[1]
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
