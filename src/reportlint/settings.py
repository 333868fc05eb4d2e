"""What applies to a report: the layers of configuration, resolved against the rules that there are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reportlint import days, mandates
from reportlint.config import COMMAND_LINE, DEFAULT_EXCLUDE, Ignore, Layer
from reportlint.errors import ConfigError
from reportlint.findings import Severity
from reportlint.paths import repository
from reportlint.readers.reader import Limits
from reportlint.rules import Rule
from reportlint.vocabulary import LIST_OF_STRINGS, is_strings, nearest

DEFAULT_FAIL_ON = Severity.WARNING
ALL = "all"
DEFAULT = "默认"
"""The origin of what no file sets."""


class Setting(NamedTuple):
    """A value and the file that set it."""

    value: Any
    origin: str
    key: tuple[str, ...] = ()
    """The key in that file, as it is written there; () for what no key set."""


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
    mandatory: Mapping[str, str] = {}
    """The rules that cannot be silenced, and who says so."""
    places: tuple[Ignore, ...] = ()
    """Entries of `ignore` with a place, expired or not: their rules run, and what they find there is accepted."""
    expired: tuple[Ignore, ...] = ()
    """Entries of `ignore` without a place whose last day is past: they do not apply any more."""
    baseline: str | None = None
    """The file with the findings that are known, absolute."""
    files: tuple[str, ...] = ()
    """The configuration files that all this was read from, the nearest to the report last."""
    until: str | None = None
    """The last day on which all this holds, as YYYY-MM-DD: then the first entry of `ignore` lapses."""

    limits: Limits = Limits()
    """How much of a file is read."""

    def ignored(self, path: str) -> frozenset[str]:
        """The rules that are not run on a report."""
        return frozenset(rule for ignore in self.ignores if ignore.covers(path) for rule in ignore.rules)


def resolve(
    layers: Sequence[Layer],
    rules: Mapping[str, Rule],
    presets: Mapping[str, Layer],
    default_presets: Sequence[str],
    today: str | None = None,
) -> Settings:
    """What the layers come to, the later over the earlier, each over what it extends.

    Where no layer extends a preset, the default presets apply. `today` (YYYY-MM-DD) decides what has expired.
    """
    if not any(_names_presets(layer) for layer in layers):
        layers = [Layer(DEFAULT, extends=tuple(default_presets)), *layers]
    flat: list[Layer] = []
    for each in layers:
        _expand(each, presets, flat, ())
    roots = [layer.folder for layer in layers if layer.folder]
    root = roots[-1] if roots else repository(os.curdir) or os.getcwd()
    resolution = _Resolution(rules, {layer.origin for layer in presets.values()}, today or days.today(), root)
    for each in flat:
        resolution.add(each)
    return resolution.settled(tuple(dict.fromkeys(layer.origin for layer in flat if layer.folder)))


def _names_presets(layer: Layer) -> bool:
    """Whether a layer says, itself or by a file that it extends, which presets apply: an empty list says none."""
    if layer.extends is None:
        return False
    others = [name for name in layer.extends if name not in layer.bases]
    return not layer.extends or bool(others) or any(_names_presets(base) for base in layer.bases.values())


def _expand(each: Layer, presets: Mapping[str, Layer], flat: list[Layer], within: tuple[str, ...]) -> None:
    """A layer behind those that it extends."""
    for name in each.extends or ():
        if name in each.bases:
            _expand(each.bases[name], presets, flat, within)
            continue
        if name not in presets:
            raise ConfigError(f"{each.origin}：没有预设 {name}{nearest(name, presets)}")
        if name in within:
            raise ConfigError(f"{each.origin}：预设 {' → '.join((*within, name))} 相互引用")
        _expand(presets[name], presets, flat, (*within, name))
    flat.append(each)


class _Resolution:
    """What the layers so far come to."""

    def __init__(self, rules: Mapping[str, Rule], preset_origins: set[str], today: str, root: str) -> None:
        self._rules = rules
        self._names = Names(rules)
        self._preset_origins = preset_origins
        self._today = today
        self._root = root
        self._until: str | None = None
        self._chosen: dict[str, str] = {}
        """The rules that run, and the layer that selected them."""
        self._set_by_preset = True
        self._off: set[str] = set()
        self._severities: dict[str, Severity] = {}
        self._options: dict[str, dict[str, Any]] = {}
        self._ignores: list[Ignore] = []
        self._places: list[Ignore] = []
        self._expired: list[Ignore] = []
        self._fail_on = DEFAULT_FAIL_ON
        self._forms: list[str] = []
        self._baseline: str | None = None
        self._limits: dict[str, int] = {}
        self._mandates = mandates.Mandates(rules)
        self._shown = {"fail-on": Setting(DEFAULT_FAIL_ON.label, DEFAULT)}
        self._excluded = {f"exclude {pattern}": Setting(True, DEFAULT) for pattern in DEFAULT_EXCLUDE}

    def add(self, layer: Layer) -> None:
        """One more layer, over those before it."""
        from_preset = layer.origin in self._preset_origins
        if layer.select is not None:
            self._select(layer, from_preset)
        mandatory = self._names.all(layer.mandatory, f"{layer.origin}：mandatory")
        for rule in mandatory:
            self._shown[f"mandatory {rule}"] = Setting(True, layer.origin, ("mandatory",))
        self._mandates.add(mandatory, layer.origin, self._chosen)
        guarded = None if from_preset else self._mandates
        for number, ignore in enumerate(layer.ignore):
            # A preset stands nowhere among the reports: what it says of paths is said of those below the root.
            self._ignore(ignore._replace(folder=self._root) if from_preset else ignore, layer, number, guarded)
        for name, text in layer.severity.items():
            severity = _severity(text, f"{layer.origin}：severity.{name}")
            for rule in self._names.one(name, f"{layer.origin}：severity"):
                if guarded is not None and severity < self._severities.get(rule, self._rules[rule].severity):
                    guarded.refuse(rule, f"{layer.origin}：severity 把规则 {rule} 降为 {severity.label}")
                self._severities[rule] = severity
                self._shown[f"severity {rule}"] = Setting(text, layer.origin, ("severity", name))
        for name, values in layer.options.items():
            self._set_options(name, values, layer)
        self._set_others(layer, from_preset)

    def _select(self, layer: Layer, from_preset: bool) -> None:
        selected = self._names.selected(layer.select or (), f"{layer.origin}：select")
        if not from_preset or not self._set_by_preset:
            # The command line may narrow one run to a few rules; what a file drops is dropped for good.
            if layer.origin != COMMAND_LINE:
                for rule in self._chosen:
                    if rule not in selected:
                        self._mandates.refuse(rule, f"{layer.origin}：select 里没有规则 {rule}")
            self._chosen, self._set_by_preset = {}, from_preset
        for rule in selected:
            self._chosen[rule] = layer.origin
            self._off.discard(rule)

    def _ignore(self, ignore: Ignore, layer: Layer, number: int, guarded: mandates.Mandates | None) -> None:
        where = ignore.origin or layer.origin
        full = self._names.all(ignore.rules, f"{where}：ignore")
        for rule in full:
            if guarded is not None:
                guarded.refuse(rule, f"{where}：ignore 里有规则 {rule}")
        ignore = ignore._replace(rules=tuple(full))
        key = ("ignore", str(number))
        if ignore.until is not None and ignore.place is None and not ignore.expired(self._today):
            self._until = min(ignore.until, self._until or ignore.until)
        if ignore.place is not None:
            self._places.append(ignore)
            words = f"ignore {' '.join(full)} @ {' '.join((*ignore.paths, ignore.place))}"
            self._shown[words] = Setting(ignore.because, layer.origin, key)
        elif ignore.expired(self._today):
            self._expired.append(ignore)
        elif ignore.paths:
            self._ignores.append(ignore)
            words = f"ignore {' '.join(full)} @ {' '.join(ignore.paths)}"
            self._shown[words] = Setting(ignore.because, layer.origin, key)
        else:
            for rule in full:
                self._chosen.pop(rule, None)
                self._mandates.release(rule)
                self._off.add(rule)
                self._shown[f"ignore {rule}"] = Setting(ignore.because or True, layer.origin, key)

    def _set_options(self, name: str, values: Mapping[str, Any], layer: Layer) -> None:
        for rule in self._names.one(name, f"{layer.origin}：options"):
            for key, value in values.items():
                _check_option(self._rules[rule], key, value, f"{layer.origin}：options.{name}")
                self._options.setdefault(rule, {})[key] = value
                self._shown[f"options {rule}.{key}"] = Setting(value, layer.origin, ("options", name, key))

    def _set_others(self, layer: Layer, from_preset: bool) -> None:
        origin = layer.origin
        if layer.fail_on is not None:
            self._fail_on = _severity(layer.fail_on, f"{origin}：fail-on")
            self._shown["fail-on"] = Setting(self._fail_on.label, origin, ("fail-on",))
        if layer.forms is not None:
            added = (form for form in self._forms if from_preset and form not in layer.forms)
            self._forms = [*layer.forms, *added]
            self._shown["forms"] = Setting(list(self._forms), origin, ("forms",))
        if layer.required_version is not None:
            self._shown["required-version"] = Setting(layer.required_version, origin, ("required-version",))
        if layer.include is not None:
            self._shown["include"] = Setting(list(layer.include), origin, ("include",))
        for pattern in layer.exclude:
            self._excluded[f"exclude {pattern}"] = Setting(True, origin, ("exclude",))
        for key, most in layer.limits.items():
            self._limits[key.replace("-", "_")] = most
            self._shown[f"limits {key}"] = Setting(most, origin, ("limits", key))
        if layer.baseline is not None:
            self._baseline = layer.baseline
            self._shown["baseline"] = Setting(layer.baseline, origin, ("baseline",))

    def settled(self, files: tuple[str, ...]) -> Settings:
        """The settings."""
        running = {
            name: rule._replace(severity=self._severities.get(name, rule.severity))
            for name, rule in self._rules.items()
            if name in self._chosen
        }
        shown = {**self._shown, **self._excluded}
        for name, rule in running.items():
            shown[f"rule {name}"] = Setting(rule.severity.label, self._chosen[name], ("select",))
        return Settings(
            running,
            self._options,
            tuple(self._ignores),
            self._fail_on,
            tuple(self._forms),
            shown,
            self._root,
            tuple(rule for name, rule in self._rules.items() if rule.conceals and name not in self._off),
            self._mandates.held,
            tuple(self._places),
            tuple(self._expired),
            self._baseline,
            files,
            self._until,
            Limits(**self._limits),
        )


class Names:
    """The ways to name rules: full ids, bare names, packs, and `all`."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._optional = {name for name, rule in rules.items() if rule.optional}
        self._by_name: dict[str, list[str]] = {ALL: list(rules)}
        for rule in rules:
            pack, _, bare = rule.partition("/")
            for name in (rule, bare, pack):
                self._by_name.setdefault(name, []).append(rule)

    def __iter__(self) -> Iterator[str]:
        """Every name by which rules can be named."""
        return iter(self._by_name)

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
    return Names(rules).one(name, "reportlint")


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
    for severity in Severity:
        if severity.label == text:
            return severity
    words = "、".join(severity.label for severity in Severity)
    raise ConfigError(f"{where}：{text} 不是 {words} 之一")
