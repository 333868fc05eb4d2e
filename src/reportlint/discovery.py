"""Installed packs: the entry points of the group `reportlint`.

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

GROUP = "reportlint"
"""The group of entry points that packs stand in, and the name of the project to pluggy."""
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
