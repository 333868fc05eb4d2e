"""`reportlint check --watch`: the check again, whenever something that it depends on has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from reportlint import config
from reportlint.cli import screen
from reportlint.errors import ReportlintError
from reportlint.readers import REPORT_SUFFIXES

_FLAG = "--watch"
_SUFFIXES = (*REPORT_SUFFIXES, ".py", ".toml", ".lark", ".json", ".gitignore")
_OPEN = "~$"
_TURN = 100
"""Milliseconds that are waited for changes at a time."""
_CLEAR = "\x1b[2J\x1b[H"


def watch(arguments: Sequence[str], paths: Sequence[str], given: str | None, written: Sequence[str]) -> int:
    """Check until interrupted. Each time in a new process, so that packs and configurations are as they are then.

    `written` are the files of outputs, whose changes are our own.
    """
    try:
        from watchfiles import watch as changes
    except ImportError as error:
        raise ReportlintError("--watch 需要 watchfiles：pip install watchfiles") from error
    missing = [path for path in paths if not os.path.exists(path)]
    if missing:
        raise ReportlintError(f"没有文件或文件夹 {missing[0]}")
    command = [sys.executable, "-m", "reportlint", *(argument for argument in arguments if argument != _FLAG)]
    watched = [*paths, *(path for path in _also(paths, given) if path not in paths)]
    first = True
    own = {os.path.realpath(file) for file in written}

    def concerns(_: object, path: str) -> bool:
        return _counts(path) and os.path.realpath(path) not in own

    # It yields on time-outs too, at the first of which it watches already: what changes during a check is not missed.
    # An interrupt is raised and not the end of the loop, so that the status tells of it.
    for changed in changes(
        *watched, watch_filter=concerns, rust_timeout=_TURN, yield_on_timeout=True, raise_interrupt=True
    ):
        if changed or first:
            _check(command)
        first = False
    return 0


def _counts(path: str) -> bool:
    """Whether a change of a file may change what is said. Word and WPS keep a file beside a document that is open."""
    return path.lower().endswith(_SUFFIXES) and not os.path.basename(path).startswith(_OPEN)


def _also(paths: Sequence[str], given: str | None) -> list[str]:
    """The configurations that the reports have, the files that those extend, and the packs that they name."""
    nearest = [given] if given is not None else [file for file in map(config.find, paths) if file is not None]
    layers = [config.read(file) for file in nearest]
    files = [each.origin for layer in layers for each in layer.files()]
    folders = [folder for layer in layers for folder in layer.packs]
    return [*files, *(folder for folder in folders if os.path.isdir(folder))]


def _check(command: Sequence[str]) -> None:
    if sys.stdout.isatty():
        sys.stdout.write(_CLEAR)
        sys.stdout.flush()
    subprocess.run(command, check=False)
    screen.show(["正在守候改动，按 Ctrl+C 结束。"], sys.stderr)
    sys.stderr.flush()
