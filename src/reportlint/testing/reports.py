"""The compliant reports that packs ship: `reports.toml` beside a pack lists them.

# Where they stand, seen from this file (this is the default); the first folder that has a report counts.
folders = ["reports"]

[[report]]
file = "qinghe-town-2024.txt"
form = "annual-2021"
level = "town"
year = 2024
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, NamedTuple

from reportlint import config, toml, vocabulary
from reportlint.errors import PackError, reason
from reportlint.packs import Packs

INDEX = "reports.toml"
_FOLDERS = ("reports",)
_KEYS = {"file": str, "form": str, "level": str, "year": int}


class CompliantReport(NamedTuple):
    """A report that a pack ships, and what its index says of it."""

    pack: str
    path: str
    form: str
    level: str
    year: int


def reports_of(packs: Packs, pack: str) -> list[CompliantReport]:
    """The reports of a pack, in the order of its index; none where it has no index. PackError for a wrong one."""
    folder = packs.folder(pack)
    index = _index(folder) if folder is not None else None
    if folder is None or index is None:
        return []
    place = os.path.join(folder, INDEX)
    found = []
    for entry in index.get("report", []):
        for key, kind in _KEYS.items():
            if not isinstance(entry, dict) or type(entry.get(key)) is not kind:
                raise PackError(f"{place}：[[report]] 应有 {key}（{'整数' if kind is int else '字符串'}）")
        unknown = sorted(set(entry) - set(_KEYS))
        if unknown:
            raise PackError(f"{place}：[[report]] 没有键 {unknown[0]}{config.nearest(unknown[0], _KEYS)}")
        path = report_file(packs, pack, entry["file"])
        if path is None:
            raise PackError(f"{place}：{'、'.join(_folders(index, place))} 里没有文件 {entry['file']}")
        found.append(CompliantReport(pack, path, entry["form"], entry["level"], entry["year"]))
    return found


def report_file(packs: Packs, pack: str, name: str) -> str | None:
    """A file in the folders that a pack keeps its reports in."""
    folder = packs.folder(pack)
    if folder is None:
        return None
    index = _index(folder) or {}
    paths = (os.path.join(folder, *part.split("/"), name) for part in _folders(index, os.path.join(folder, INDEX)))
    return next((os.path.normpath(path) for path in paths if os.path.isfile(path)), None)


def base_file(packs: Packs, pack: str, base: str) -> str | None:
    """The report that a page names as its base, as a path: from the pack's project, else among the packs' reports."""
    folder = packs.folder(pack)
    above = [] if folder is None else [folder, os.path.dirname(folder), os.path.dirname(os.path.dirname(folder))]
    parts = base.split("/")
    for start in above:
        below = os.path.join(start, *parts)
        if os.path.isfile(below):
            return below
    ends = ["/".join(parts[start:]) for start in range(len(parts))]
    found = (report_file(packs, name, end) for end in ends for name in (pack, *packs.names))
    return next((path for path in found if path is not None), None)


def choose(
    packs: Packs,
    forms: Sequence[str],
    level: str | None = None,
    year: int | None = None,
    form: str | None = None,
    pack: str | None = None,
) -> CompliantReport:
    """The first report of that level, year and form; LookupError lists all that there are.

    Those of `pack` come first, of the packs that it builds on, of those that apply by default; then those in the
    form that is first among those in use. Those of other packs come last: they comply with more than is asked.
    """
    first = list(dict.fromkeys([*([pack, *base_packs(packs, pack)] if pack else []), *default_packs(packs)]))
    names = [*(name for name in first if name in packs.names), *(name for name in packs.names if name not in first)]
    rank = {name: min(names.index(name), len(first)) for name in names}
    known = [report for name in names for report in reports_of(packs, name)]
    order = {name: number for number, name in enumerate(forms)}
    fitting = [
        report
        for report in known
        if level in (None, report.level)
        and year in (None, report.year)
        and (report.form == form if form is not None else report.form in order)
    ]
    if not fitting:
        asked = ", ".join(str(part) for part in (level, year, form) if part is not None) or "forms " + ", ".join(forms)
        have = "; ".join(f"{r.level} {r.year} {r.form} ({r.pack})" for r in known) or "none"
        raise LookupError(
            f"no pack ships a compliant report for {asked}; there are: {have}. A pack lists its own in {INDEX}"
        )
    return min(fitting, key=lambda report: (rank[report.pack], order.get(report.form, len(order))))


def default_packs(packs: Packs) -> list[str]:
    """The packs with a preset that applies where a configuration extends nothing."""
    return list(dict.fromkeys(packs.preset_packs[name] for name, preset in packs.presets.items() if preset.default))


def base_packs(packs: Packs, pack: str) -> list[str]:
    """The packs that a pack builds on, never one that builds on it: those whose presets its own extend, and theirs.

    A pack without a preset builds on the default ones.
    """
    own = [name for name, owner in packs.preset_packs.items() if owner == pack]
    if not own:
        return [name for name in default_packs(packs) if name != pack]
    found: dict[str, None] = {}
    waiting, seen = own, set(own)
    while waiting:
        preset = packs.presets[waiting.pop(0)]
        for name in config.read_preset(preset.name, preset.package, preset.file).extends or ():
            if name in packs.presets and name not in seen:
                seen.add(name)
                waiting.append(name)
                found[packs.preset_packs[name]] = None
    return [name for name in found if name != pack]


def _index(folder: str) -> dict[str, Any] | None:
    path = os.path.join(folder, INDEX)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PackError(f"读不到 {path}：{reason(error)}") from error
    index = toml.parse(data, path)
    unknown = sorted(set(index) - {"folders", "report"})
    if unknown:
        raise PackError(f"{path}：没有键 {unknown[0]}{config.nearest(unknown[0], ('folders', 'report'))}")
    if not isinstance(index.get("report", []), list):
        raise PackError(f"{path}：report 应写作 [[report]]")
    return index


def _folders(index: dict[str, Any], place: str) -> list[str]:
    folders = index.get("folders", list(_FOLDERS))
    if not vocabulary.is_strings(folders):
        raise PackError(f"{place}：folders 应为{vocabulary.LIST_OF_STRINGS}")
    return list(folders)
