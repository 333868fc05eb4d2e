"""The configuration: TOML files, presets and the command line, to what applies to a report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from reportlint import toml
from reportlint.errors import ConfigError
from reportlint.rule import Rule, Severity

OWN_FILE = "reportlint.toml"
PYPROJECT = "pyproject.toml"
DEFAULT_FAIL_ON = Severity.WARNING
ALL = "all"

_LIST = "字符串列表"
_KEYS: dict[str, str] = {
    "packs": _LIST,
    "extends": _LIST,
    "select": _LIST,
    "ignore": "规则名或表的列表",
    "severity": "表",
    "options": "表",
    "fail-on": "字符串",
    "forms": _LIST,
}
_IGNORE_KEYS = ("rule", "rules", "path", "because")


class Ignore(NamedTuple):
    """Rules that are not run on some paths, and why. Patterns are relative to the file they stand in."""

    rules: tuple[str, ...]
    paths: tuple[str, ...]
    because: str
    folder: str

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


class Setting(NamedTuple):
    """A value and the file that set it."""

    value: Any
    origin: str


class Settings(NamedTuple):
    """What applies, resolved against the rules that there are."""

    rules: Mapping[str, Rule]
    """The rules that run, with the severities that apply."""
    options: Mapping[str, Mapping[str, Any]]
    ignores: tuple[Ignore, ...]
    """With full rule ids; entries that name no path have been applied already."""
    fail_on: Severity
    forms: tuple[str, ...]
    shown: Mapping[str, Setting]
    """Every value with its origin, for `reportlint config`."""

    def ignored(self, path: str) -> frozenset[str]:
        """The rules that are not run on a report."""
        return frozenset(rule for ignore in self.ignores if ignore.covers(path) for rule in ignore.rules)


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
    return layer(table, origin, os.getcwd())


def layer(table: Mapping[str, Any], origin: str, folder: str) -> Layer:
    """A table of settings, checked key by key."""
    for key in table:
        if key not in _KEYS:
            raise ConfigError(f"{origin}：没有配置项 {key}{nearest(key, _KEYS)}")
    for key in ("packs", "extends", "select", "forms"):
        if key in table and not _is_strings(table[key]):
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
    )


def resolve(
    layers: Sequence[Layer],
    rules: Mapping[str, Rule],
    presets: Mapping[str, Layer],
    default_presets: Sequence[str],
) -> Settings:
    """What the layers come to, the later over the earlier, each over the presets that it extends.

    Where no layer extends anything, the default presets apply.
    """
    if not any(layer.extends is not None for layer in layers):
        layers = [Layer("默认", extends=tuple(default_presets)), *layers]
    flat: list[Layer] = []
    for each in layers:
        _expand(each, presets, flat, ())
    names = _Names(rules)
    chosen: set[str] = set()
    set_by_preset = True
    shown: dict[str, Setting] = {}
    selected_at: dict[str, str] = {}
    severities: dict[str, Severity] = {}
    options: dict[str, dict[str, Any]] = {}
    ignores: list[Ignore] = []
    fail_on = DEFAULT_FAIL_ON
    forms: list[str] = []
    shown["fail-on"] = Setting(fail_on.label, "默认")
    preset_origins = {layer.origin for layer in presets.values()}
    for each in flat:
        from_preset = each.origin in preset_origins
        if each.select is not None:
            if not from_preset or not set_by_preset:
                chosen, selected_at, set_by_preset = set(), {}, from_preset
            for rule in names.all(each.select, f"{each.origin}：select"):
                chosen.add(rule)
                selected_at[rule] = each.origin
        for ignore in each.ignore:
            full = names.all(ignore.rules, f"{each.origin}：ignore")
            if ignore.paths:
                ignores.append(ignore._replace(rules=tuple(full)))
                continue
            for rule in full:
                chosen.discard(rule)
                shown[f"ignore {rule}"] = Setting(ignore.because or True, each.origin)
        for name, text in each.severity.items():
            for rule in names.one(name, f"{each.origin}：severity"):
                severities[rule] = _severity(text, f"{each.origin}：severity.{name}")
                shown[f"severity {rule}"] = Setting(text, each.origin)
        for name, values in each.options.items():
            for rule in names.one(name, f"{each.origin}：options"):
                for key, value in values.items():
                    _check_option(rules[rule], key, value, f"{each.origin}：options.{name}")
                    options.setdefault(rule, {})[key] = value
                    shown[f"options {rule}.{key}"] = Setting(value, each.origin)
        if each.fail_on is not None:
            fail_on = _severity(each.fail_on, f"{each.origin}：fail-on")
            shown["fail-on"] = Setting(fail_on.label, each.origin)
        if each.forms is not None:
            forms = [*each.forms, *(form for form in forms if from_preset and form not in each.forms)]
            shown["forms"] = Setting(list(forms), each.origin)
    running = {name: rule for name, rule in rules.items() if name in chosen}
    running = {name: rule._replace(severity=severities.get(name, rule.severity)) for name, rule in running.items()}
    for name, running_rule in running.items():
        shown[f"rule {name}"] = Setting(running_rule.severity.label, selected_at[name])
    for ignore in ignores:
        key = f"ignore {' '.join(ignore.rules)} @ {' '.join(ignore.paths)}"
        shown[key] = Setting(ignore.because, ignore.folder)
    return Settings(running, options, tuple(ignores), fail_on, tuple(forms), shown)


def _expand(each: Layer, presets: Mapping[str, Layer], flat: list[Layer], within: tuple[str, ...]) -> None:
    """A layer behind those that it extends."""
    for name in each.extends or ():
        if name not in presets:
            raise ConfigError(f"{each.origin}：没有预设 {name}{nearest(name, presets)}")
        if name in within:
            raise ConfigError(f"{each.origin}：预设 {' → '.join((*within, name))} 相互引用")
        _expand(presets[name], presets, flat, (*within, name))
    flat.append(each)


class _Names:
    """The ways to name rules: full ids, bare names, packs, and `all`."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._by_name: dict[str, list[str]] = {ALL: list(rules)}
        for rule in rules:
            pack, _, bare = rule.partition("/")
            for name in (rule, bare, pack):
                self._by_name.setdefault(name, []).append(rule)

    def one(self, name: str, where: str) -> list[str]:
        if name not in self._by_name:
            raise ConfigError(f"{where}：没有规则 {name}{nearest(name, self._by_name)}")
        return self._by_name[name]

    def all(self, names: Iterable[str], where: str) -> list[str]:
        return list(dict.fromkeys(rule for name in names for rule in self.one(name, where)))


def rules_named(name: str, rules: Mapping[str, Rule]) -> list[str]:
    """The full ids that a name stands for; ConfigError with the nearest name when there is none."""
    return _Names(rules).one(name, "reportlint")


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
    if not _is_strings(rules) or not rules:
        raise ConfigError(f"{origin}：[[ignore]] 应有 rule")
    if not _is_strings(paths):
        raise ConfigError(f"{origin}：[[ignore]] 的 path 应为字符串或{_LIST}")
    if not isinstance(because, str) or not because.strip():
        raise ConfigError(f"{origin}：[[ignore]]（{'、'.join(rules)}）应有 because，说明理由")
    return Ignore(tuple(rules), tuple(paths), because, folder)


def _check_option(rule: Rule, key: str, value: object, where: str) -> None:
    known = {option.name: option for option in rule.options}
    if key not in known:
        hint = nearest(key, known) if known else "（该规则没有选项）"
        raise ConfigError(f"{where}：规则 {rule.name} 没有选项 {key}{hint}")
    expected = known[key].type
    if type(value) is not expected or (expected is list and not _is_strings(value)):
        words = {bool: "true 或 false", int: "整数", str: "字符串", list: _LIST}[expected]
        raise ConfigError(f"{where}.{key} 应为{words}")


def _severity(text: object, where: str) -> Severity:
    try:
        return Severity.parse(text if isinstance(text, str) else "")
    except ValueError as error:
        words = "、".join(severity.label for severity in Severity)
        raise ConfigError(f"{where}：{text} 不是 {words} 之一") from error


def _is_strings(value: object) -> bool:
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
