"""Where packs are: the entry points of the group `reportlint`, and the packages in folders.

`importlib.metadata.entry_points()` takes as long as the rest of a run's start; reading the
`entry_points.txt` of the installed distributions takes a few milliseconds. Where a path entry is
no folder (a zip file, say), the standard library is asked after all.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from reportlint.errors import PackError

GROUP = "reportlint"
"""The group of entry points that packs stand in, and the name of the project to pluggy."""
_PREFIX = "reportlint_"
_METADATA = (".dist-info", ".egg-info")
_SECTION = re.compile(r"\s*\[([^\]]*)\]\s*")
_NORMALISED = re.compile(r"[-_.]+")


class InstalledPack(NamedTuple):
    """An entry point: the pack's name and the module to import."""

    name: str
    module: str


def installed_packs(group: str) -> list[InstalledPack]:
    """The entry points of a group, in the order of `sys.path`; of a distribution found twice, the first."""
    found: list[InstalledPack] = []
    seen: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        folder = folder or os.curdir
        if os.path.isdir(folder):
            for name, text in _entry_point_files(folder):
                distribution = _NORMALISED.sub("-", name.split("-")[0]).lower()
                if distribution not in seen:
                    seen.add(distribution)
                    found.extend(_entries(text, group))
        elif os.path.isfile(folder):
            return _by_standard_library(group)
    return found


def folder_of_pack(path: str) -> tuple[str, str]:
    """The name of the pack at a path and its package folder: the path itself, or the one package in it."""
    if not os.path.isdir(path):
        raise PackError(f"没有规则包文件夹 {path}")
    folder = path
    if not os.path.isfile(os.path.join(path, "__init__.py")):
        inner = [
            entry.path
            for base in (path, os.path.join(path, "src"))
            if os.path.isdir(base)
            for entry in sorted(os.scandir(base), key=lambda entry: entry.name)
            if entry.name.startswith(_PREFIX) and os.path.isfile(os.path.join(entry.path, "__init__.py"))
        ]
        if len(inner) != 1:
            raise PackError(f"{path} 不是规则包：里面没有 __init__.py，也没有唯一的 {_PREFIX}… 包")
        folder = inner[0]
    name = os.path.basename(folder).removeprefix(_PREFIX).replace("_", "-")
    return name, folder


def _entry_point_files(folder: str) -> Iterator[tuple[str, str]]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(_METADATA))
    except OSError:
        return
    for name in names:
        try:
            with open(os.path.join(folder, name, "entry_points.txt"), encoding="utf-8") as file:
                yield name.rsplit(".", 1)[0], file.read()
        except (OSError, UnicodeDecodeError):
            # Most distributions have no such file; it claims the name all the same.
            yield name.rsplit(".", 1)[0], ""


def _entries(text: str, group: str) -> Iterator[InstalledPack]:
    section = ""
    for line in text.splitlines():
        heading = _SECTION.fullmatch(line)
        if heading:
            section = heading.group(1).strip()
        elif section == group and "=" in line and not line.lstrip().startswith("#"):
            name, _, value = line.partition("=")
            yield InstalledPack(name.strip(), value.partition("[")[0].strip())


def _by_standard_library(group: str) -> list[InstalledPack]:
    from importlib.metadata import entry_points

    return [InstalledPack(entry.name, entry.value) for entry in entry_points(group=group)]
