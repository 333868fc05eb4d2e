"""The configuration: TOML files and presets, checked key by key. What they come to is for `settings`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from reportlint import toml
from reportlint.errors import ConfigError

OWN_FILE = "reportlint.toml"
PYPROJECT = "pyproject.toml"

LIST_OF_STRINGS = "字符串列表"
_KEYS: dict[str, str] = {
    "packs": LIST_OF_STRINGS,
    "extends": LIST_OF_STRINGS,
    "select": LIST_OF_STRINGS,
    "ignore": "规则名或表的列表",
    "severity": "表",
    "options": "表",
    "fail-on": "字符串",
    "forms": LIST_OF_STRINGS,
}
_IGNORE_KEYS = ("rule", "rules", "path", "because")


class Ignore(NamedTuple):
    """Rules that are not run on some paths, and why. Patterns are relative to the file they stand in."""

    rules: tuple[str, ...]
    paths: tuple[str, ...]
    because: str
    folder: str
    place: str | None = None
    """A structural place, as `Diagnostic.place` has it."""
    by: str | None = None
    until: str | None = None
    """The last day on which it holds, as YYYY-MM-DD."""
    origin: str = ""
    """The file, and the line where it is known: `file:line`."""

    def covers(self, path: str) -> bool:
        """Whether a report is meant: its path below the folder matches, or no path is named."""
        if not self.paths:
            return True
        relative = os.path.relpath(os.path.abspath(path), self.folder).replace(os.sep, "/")
        return any(fnmatchcase(relative, pattern) for pattern in self.paths)


class Layer(NamedTuple):
    """One source of settings: a file, a preset or the command line. None means not set there."""

    origin: str
    extends: tuple[str, ...] | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[Ignore, ...] = ()
    severity: Mapping[str, str] = {}
    options: Mapping[str, Mapping[str, Any]] = {}
    fail_on: str | None = None
    forms: tuple[str, ...] | None = None
    packs: tuple[str, ...] = ()
    """Folders of packs, absolute."""
    folder: str = ""
    """The folder of the file, absolute; none for presets and the command line."""


def find(start: str) -> str | None:
    """The configuration nearest to a report or folder, upwards: our own file, else a pyproject.toml with our table."""
    folder = os.path.abspath(start)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    while True:
        own = os.path.join(folder, OWN_FILE)
        if os.path.exists(own):
            return own
        project = os.path.join(folder, PYPROJECT)
        if os.path.isfile(project) and _table_of(project) is not None:
            return project
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def read(path: str) -> Layer:
    """The settings of a configuration file; ConfigError names what is wrong in it."""
    if os.path.basename(path) == PYPROJECT:
        table = _table_of(path)
        if table is None:
            raise ConfigError(f"{path} 里没有 [tool.reportlint]")
    else:
        table = toml.parse(_bytes(path), path)
    return layer(table, path, os.path.dirname(os.path.abspath(path)))


def read_preset(name: str, package: str, file: str) -> Layer:
    """A preset: a configuration file in a pack; it loads no packs itself."""
    origin = f"预设 {name}（{package}/{file}）"
    try:
        table = toml.read_resource(package, file)
    except OSError as error:
        raise ConfigError(f"{origin}：读不到：{error}") from error
    if "packs" in table:
        raise ConfigError(f"{origin}：预设不能有 packs")
    return layer(table, origin, os.getcwd())._replace(folder="")


def layer(table: Mapping[str, Any], origin: str, folder: str) -> Layer:
    """A table of settings, checked key by key."""
    for key in table:
        if key not in _KEYS:
            raise ConfigError(f"{origin}：没有配置项 {key}{nearest(key, _KEYS)}")
    for key in ("packs", "extends", "select", "forms"):
        if key in table and not is_strings(table[key]):
            raise ConfigError(f"{origin}：{key} 应为{_KEYS[key]}")
    for key in ("severity", "options"):
        if key in table and not isinstance(table[key], dict):
            raise ConfigError(f"{origin}：{key} 应为{_KEYS[key]}")
    fail_on = table.get("fail-on")
    if fail_on is not None and not isinstance(fail_on, str):
        raise ConfigError(f"{origin}：fail-on 应为{_KEYS['fail-on']}")
    ignores = table.get("ignore", [])
    if not isinstance(ignores, list):
        raise ConfigError(f"{origin}：ignore 应为{_KEYS['ignore']}")
    for rule, options in table.get("options", {}).items():
        if not isinstance(options, dict):
            raise ConfigError(f"{origin}：options.{rule} 应为表")

    def strings(key: str) -> tuple[str, ...] | None:
        return tuple(table[key]) if key in table else None

    return Layer(
        origin,
        strings("extends"),
        strings("select"),
        tuple(_ignore(entry, origin, folder) for entry in ignores),
        table.get("severity", {}),
        table.get("options", {}),
        fail_on,
        strings("forms"),
        tuple(os.path.join(folder, pack) for pack in table.get("packs", ())),
        folder,
    )


def nearest(name: str, known: Iterable[str]) -> str:
    """«, did you mean …», or nothing."""
    import difflib

    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"，是否指 {close[0]}？" if close else ""


def _ignore(entry: object, origin: str, folder: str) -> Ignore:
    if isinstance(entry, str):
        return Ignore((entry,), (), "", folder)
    if not isinstance(entry, dict):
        raise ConfigError(f"{origin}：ignore 的每一项应为规则名或表")
    for key in entry:
        if key not in _IGNORE_KEYS:
            raise ConfigError(f"{origin}：[[ignore]] 没有键 {key}{nearest(key, _IGNORE_KEYS)}")
    rules = entry.get("rules", entry.get("rule"))
    paths = entry.get("path", [])
    rules = [rules] if isinstance(rules, str) else rules
    paths = [paths] if isinstance(paths, str) else paths
    because = entry.get("because")
    if not is_strings(rules) or not rules:
        raise ConfigError(f"{origin}：[[ignore]] 应有 rule")
    if not is_strings(paths):
        raise ConfigError(f"{origin}：[[ignore]] 的 path 应为字符串或{LIST_OF_STRINGS}")
    if not isinstance(because, str) or not because.strip():
        raise ConfigError(f"{origin}：[[ignore]]（{'、'.join(rules)}）应有 because，说明理由")
    return Ignore(tuple(rules), tuple(paths), because, folder)


def is_strings(value: object) -> bool:
    """Whether a value is a list of strings."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _table_of(path: str) -> Mapping[str, Any] | None:
    """The table [tool.reportlint] of a pyproject.toml."""
    data = _bytes(path)
    if b"reportlint" not in data:
        return None
    tool = toml.parse(data, path).get("tool", {})
    table = tool.get("reportlint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}：tool.reportlint 应为表")
    return table


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise ConfigError(f"读不到配置文件 {path}：{error.strerror}") from error
