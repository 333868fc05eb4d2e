"""The JSON Schema of the configuration, made from the table of its keys and the rules of the packs.

Rules, presets and forms are listed. Only where a configuration brings packs of its own, or stands on another
file, which may bring some, may any name be meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportlint import versions
from reportlint.config import DEFAULT_EXCLUDE, read_preset
from reportlint.discovery import GROUP
from reportlint.findings import Severity
from reportlint.folders import DEFAULT_INCLUDE
from reportlint.grammar import REPORT
from reportlint.linter import settings_for
from reportlint.packs import Packs
from reportlint.settings import ALL, DEFAULT_FAIL_ON, Names
from reportlint.shapes import (
    DATE,
    OF_TYPE,
    ORDINAL,
    TEXT,
    TEXTS,
    WORDS,
    Schema,
    about,
    document,
    either,
    list_of,
    one_of,
    record,
    reference,
    table,
)
from reportlint.vocabulary import IGNORE_KEYS, IGNORES, KEYS, LIMIT_KEYS, LIST_OF_STRINGS, NUMBERS, STRING

_FILE = r"\.toml$"


def built_in() -> Packs:
    """The packs that come with reportlint, and no others that may be installed."""
    from importlib.metadata import distribution

    entries = distribution(GROUP).entry_points.select(group=GROUP)
    return Packs({entry.name: entry.load() for entry in sorted(entries)})


def defaults(packs: Packs) -> dict[str, Any]:
    """What holds where a key is not there; keys without a default are left out."""
    settings = settings_for(packs, [])
    presets = [preset for preset in packs.presets.values() if preset.default]
    selected = (read_preset(preset.name, preset.package, preset.file).select or () for preset in presets)
    return {
        "extends": [preset.name for preset in presets],
        "select": list(dict.fromkeys(name for each in selected for name in each)),
        "forms": list(settings.forms),
        "fail-on": DEFAULT_FAIL_ON.label,
        "include": list(DEFAULT_INCLUDE),
        "exclude": list(DEFAULT_EXCLUDE),
        "packs": [],
        "ignore": [],
        "mandatory": [],
        "limits": {name.replace("_", "-"): most for name, most in settings.limits._asdict().items()},
    }


def schema(packs: Packs) -> Schema:
    """Of reportlint.toml with these packs."""
    known = defaults(packs)
    properties: dict[str, Schema] = {}
    for name, key in KEYS.items():
        properties[name] = about(_value(name, key.kind), key.summary)
        if name in known:
            properties[name]["default"] = known[name]
    condition: Schema = {
        "if": {
            "anyOf": [
                {"required": ["packs"], "properties": {"packs": {"minItems": 1}}},
                {"required": ["extends"], "properties": {"extends": {"contains": {"pattern": _FILE}}}},
            ]
        },
        "else": {"properties": _named(packs)},
    }
    rules = about(one_of(sorted(Names(packs.rules))), "规则名、规则包名，或 all")
    return document("reportlint.toml", {**record(properties, needed=()), **condition}, {"rule": rules})


def _value(name: str, kind: str) -> Schema:
    """What a value must be, whatever packs there are."""
    severity = one_of(Severity.labels())
    if name == "fail-on":
        return severity
    if name == "required-version":
        return {**TEXT, "pattern": versions.PATTERN}
    if name == "severity":
        return table(severity)
    if name == "options":
        return table({"type": "object"})
    if kind == IGNORES:
        return list_of(either(TEXT, _ignore()))
    if kind == NUMBERS:
        return record({key: about(ORDINAL, words) for key, words in LIMIT_KEYS.items()}, needed=())
    return {LIST_OF_STRINGS: TEXTS, STRING: TEXT}[kind]


def _ignore() -> Schema:
    """An entry of `[[ignore]]`."""
    rules = either(TEXT, list_of(TEXT, least=1))
    values: Mapping[str, Schema] = {
        "rule": rules,
        "rules": rules,
        "path": either(TEXT, TEXTS),
        "place": WORDS,
        "because": WORDS,
        "by": WORDS,
        "until": DATE,
    }
    entry = record({key: about(values[key], words) for key, words in IGNORE_KEYS.items()}, needed=["because"])
    return {**entry, "oneOf": [{"required": ["rule"]}, {"required": ["rules"]}]}


def _named(packs: Packs) -> Schema:
    """Which names there are, where a configuration brings no packs of its own."""
    rule = reference("rule")
    rules: Schema = {"items": rule}
    reports = [name for name, grammar in packs.grammars.items() if grammar.kind == REPORT]
    one = {"if": {"type": "array"}, "then": rules, "else": rule}
    return {
        "extends": {"items": one_of(packs.presets)},
        "select": rules,
        "mandatory": rules,
        "ignore": {
            "items": {"if": {"type": "object"}, "then": {"properties": {"rule": one, "rules": one}}, "else": rule}
        },
        "forms": {"items": one_of(reports)},
        "severity": {"propertyNames": rule},
        "options": {"propertyNames": rule, "properties": _options(packs)},
    }


def _options(packs: Packs) -> Schema:
    """The options by every name of rules: an option must be one of all the rules that the name stands for."""
    every = Names(packs.rules)
    found: Schema = {}
    for name in sorted(every):
        rules = [packs.rules[rule] for rule in every.one(name, "options")]
        options = [option for option in rules[0].options if all(option in rule.options for rule in rules)]
        if not options and (len(rules) > 1 or name == ALL):
            found[name] = {"maxProperties": 0}
            continue
        properties = {option.name: {**OF_TYPE[option.type], "default": option.default} for option in options}
        words = rules[0].summary if len(rules) == 1 else name
        found[name] = about(record(properties, needed=()), words)
    return found
