"""What readers stand on beside reportlint: whether it is there, and which version of it.

Distributions are told by the names of their folders, as `discovery` does it: `importlib.metadata` takes as long as the
rest of a run's start.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlint.readers.reader import Reader

_METADATA = (".dist-info", ".egg-info")
_NORMALISED = re.compile(r"[-_.]+")
_REQUIRED = re.compile(r"Requires-Dist:\s*([A-Za-z0-9._-]+)([^\n]*)")
_EXTRA = re.compile(r"\bextra\s*==")
_NOT_THERE = "-"


def standing(readers: Iterable[Reader]) -> str:
    """The libraries and programs that readers stand on, with their versions: a line each, in order.

    What these libraries require counts too, since it may be what does the reading.
    """
    readers = list(readers)
    folders = _distributions()
    waiting = [_name(each) for reader in readers for each in reader.libraries]
    met: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in met:
            met.add(name)
            waiting += _required(folders.get(name))
    libraries = [f"library {name} {_version(folders.get(name))}" for name in sorted(met)]
    programs = sorted({program for reader in readers for program in reader.programs})
    return "\n".join(["readers", *libraries, *(f"program {each} {_program(each)}" for each in programs)])


def holds(told: str) -> bool:
    """Whether all that `standing` told once is as it was."""
    folders: Mapping[str, str] | None = None
    for line in told.split("\n")[1:]:
        kind, name, version = line.split(" ", 2)
        if kind == "program":
            now = _program(name)
        else:
            folders = _distributions() if folders is None else folders
            now = _version(folders.get(name))
        if now != version:
            return False
    return True


def versions(reader: Reader) -> list[tuple[str, str | None]]:
    """The libraries of a reader as they are called, each with its version; None where it is not installed."""
    folders = _distributions()
    found = [(each, folders.get(_name(each))) for each in reader.libraries]
    return [(name, None if folder is None else _version(folder)) for name, folder in found]


def program(reader: Reader) -> str | None:
    """The first of the programs of a reader that is there."""
    import shutil

    return next((each for each in reader.programs if shutil.which(each)), None)


def _program(name: str) -> str:
    """A program by its file, size and time of change."""
    import shutil

    path = shutil.which(name)
    if path is None:
        return _NOT_THERE
    try:
        status = os.stat(path)
    except OSError:
        return _NOT_THERE
    return f"{path} {status.st_size} {status.st_mtime_ns}"


def _distributions() -> dict[str, str]:
    """The folder of the metadata of each distribution, by its name; of one found twice, the first."""
    found: dict[str, str] = {}
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or os.curdir)
        except OSError:
            continue
        for each in names:
            if each.endswith(_METADATA):
                found.setdefault(_name(each.partition("-")[0]), os.path.join(folder, each))
    return found


def _name(name: str) -> str:
    return _NORMALISED.sub("-", name).lower()


def _version(folder: str | None) -> str:
    if folder is None:
        return _NOT_THERE
    return os.path.basename(folder).rpartition(".")[0].partition("-")[2] or "?"


def _required(folder: str | None) -> Iterator[str]:
    """The distributions that one requires, unless for an extra of it."""
    for file in ("METADATA", "PKG-INFO"):
        try:
            with open(os.path.join(folder or os.devnull, file), encoding="utf-8", errors="replace") as stream:
                head = stream.read().partition("\n\n")[0]
        except OSError:
            continue
        for name, rest in _REQUIRED.findall(head):
            if not _EXTRA.search(rest):
                yield _name(name)
