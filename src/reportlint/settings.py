"""What applies to a report: the layers of configuration, resolved against the rules that there are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from reportlint.config import LIST_OF_STRINGS, Ignore, Layer, is_strings, nearest
from reportlint.errors import ConfigError
from reportlint.findings import Severity
from reportlint.paths import repository
from reportlint.rules import Rule

DEFAULT_FAIL_ON = Severity.WARNING
ALL = "all"


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
    root: str = ""
    """The folder that paths of reports are relative to in what is kept: the configuration's, else the repository's."""
    guards: tuple[Rule, ...] = ()
    """The rules that conceal what they find, selected or not, but for those that are ignored everywhere."""

    def ignored(self, path: str) -> frozenset[str]:
        """The rules that are not run on a report."""
        return frozenset(rule for ignore in self.ignores if ignore.covers(path) for rule in ignore.rules)


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
    off: set[str] = set()
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
            for rule in names.selected(each.select, f"{each.origin}：select"):
                chosen.add(rule)
                off.discard(rule)
                selected_at[rule] = each.origin
        for ignore in each.ignore:
            full = names.all(ignore.rules, f"{each.origin}：ignore")
            if ignore.paths:
                ignores.append(ignore._replace(rules=tuple(full)))
                continue
            for rule in full:
                chosen.discard(rule)
                off.add(rule)
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
    guards = tuple(rule for name, rule in rules.items() if rule.conceals and name not in off)
    roots = [layer.folder for layer in layers if layer.folder]
    root = roots[-1] if roots else repository(os.curdir) or os.getcwd()
    return Settings(running, options, tuple(ignores), fail_on, tuple(forms), shown, root, guards)


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
        self._optional = {name for name, rule in rules.items() if rule.optional}
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

    def selected(self, names: Iterable[str], where: str) -> list[str]:
        """The rules that a `select` names: `all` leaves out the optional ones."""
        named = ((name, rule) for name in names for rule in self.one(name, where))
        return list(dict.fromkeys(rule for name, rule in named if name != ALL or rule not in self._optional))


def rules_named(name: str, rules: Mapping[str, Rule]) -> list[str]:
    """The full ids that a name stands for; ConfigError with the nearest name when there is none."""
    return _Names(rules).one(name, "reportlint")


def _check_option(rule: Rule, key: str, value: object, where: str) -> None:
    known = {option.name: option for option in rule.options}
    if key not in known:
        hint = nearest(key, known) if known else "（该规则没有选项）"
        raise ConfigError(f"{where}：规则 {rule.name} 没有选项 {key}{hint}")
    expected = known[key].type
    if type(value) is not expected or (expected is list and not is_strings(value)):
        words = {bool: "true 或 false", int: "整数", str: "字符串", list: LIST_OF_STRINGS}[expected]
        raise ConfigError(f"{where}.{key} 应为{words}")


def _severity(text: object, where: str) -> Severity:
    try:
        return Severity.parse(text if isinstance(text, str) else "")
    except ValueError as error:
        words = "、".join(severity.label for severity in Severity)
        raise ConfigError(f"{where}：{text} 不是 {words} 之一") from error
