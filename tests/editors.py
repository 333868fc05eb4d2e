"""What tests of editors have in common: the settings that docs/editors.md gives, the command that they name, patience."""

from __future__ import annotations

import os
import re
import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from reportlint import cache

PAGE = Path(__file__).parents[1] / "docs" / "editors.md"
PATIENCE = 60
"""Seconds after which what is waited for will not come any more."""

T = TypeVar("T")


def settings(name: str) -> str:
    """The block of the page whose first line names the file that it belongs in."""
    blocks = re.findall(
        r"^```\w+\n(?:--|;;|\"|//) (\S+)\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    found = [block for file, block in blocks if file == name]
    assert len(found) == 1, f"{PAGE.name} has {len(found)} blocks for {name}: {[file for file, _ in blocks]}"
    return found[0]


def until(look: Callable[[], T], wanted: T | Callable[[T], bool], said: Callable[[], str]) -> T:
    """Looks until it is as wanted; fails with what was seen last, and with what the editor says."""
    end = time.monotonic() + PATIENCE
    while True:
        seen = look()
        if wanted(seen) if callable(wanted) else seen == wanted:
            return seen
        assert time.monotonic() < end, f"{seen!r}\n{said()}"
        time.sleep(0.02)


def on_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes `reportlint` the command that is tested, and keeps the editor away from the user's own files."""
    command = folder / "bin" / "reportlint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m reportlint "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    # What has been compiled once need not be again.
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", cache.folder())
    monkeypatch.setenv("PATH", str(command.parent), prepend=os.pathsep)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
