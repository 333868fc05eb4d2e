"""JSON Schemas: of the configuration, made from the table of its keys and the rules of the packs; of outputs, as kept.

Rules, presets and forms are listed. Only where a configuration brings packs of its own, or stands on another
file, which may bring some, may any name be meant.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from reportlint import resources, versions
from reportlint.config import DEFAULT_EXCLUDE, read_preset
from reportlint.errors import ReportlintError
from reportlint.findings import Severity
from reportlint.folders import DEFAULT_INCLUDE
from reportlint.grammar import REPORT
from reportlint.linter import settings_for
from reportlint.packs import Packs
from reportlint.settings import ALL, DEFAULT_FAIL_ON, Names
from reportlint.vocabulary import IGNORE_KEYS, IGNORES, KEYS, LIST_OF_STRINGS, STRING, nearest

Schema = dict[str, Any]

CONFIG = "config"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FOLDER = "schemas"
_SUFFIX = ".schema.json"
_FILE = r"\.toml$"
_WORDS: Schema = {"type": "string", "pattern": r"\S"}
_STRINGS: Schema = {"type": "array", "items": {"type": "string"}}
_OPTIONS: Mapping[type, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    list: _STRINGS,
}


def names() -> list[str]:
    """The schemas that there are."""
    found = os.listdir(os.path.join(os.path.dirname(__file__), _FOLDER))
    return sorted({CONFIG, *(name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX))})


def published(name: str) -> str:
    """A schema as it is kept; ReportlintError where there is none of that name."""
    if name not in names():
        raise ReportlintError(f"没有名为 {name} 的 JSON Schema{nearest(name, names())}")
    return resources.read("reportlint", f"{_FOLDER}/{name}{_SUFFIX}").decode("utf-8")


def text(schema: Schema, ascii_only: bool = False) -> str:
    """A schema as it is written to a file."""
    import json

    return json.dumps(schema, ensure_ascii=ascii_only, indent=2) + "\n"


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
    }


def of_config(packs: Packs) -> Schema:
    """The schema of reportlint.toml with these packs."""
    known = defaults(packs)
    properties: Schema = {}
    for name, key in KEYS.items():
        properties[name] = {"description": key.summary, **_value(name, key.kind)}
        if name in known:
            properties[name]["default"] = known[name]
    return {
        "$schema": _DRAFT,
        "title": "reportlint.toml",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "if": {
            "anyOf": [
                {"required": ["packs"], "properties": {"packs": {"minItems": 1}}},
                {"required": ["extends"], "properties": {"extends": {"contains": {"pattern": _FILE}}}},
            ]
        },
        "else": {"properties": _named(packs)},
        "$defs": {"rule": {"description": "规则名、规则包名，或 all", "enum": sorted(Names(packs.rules))}},
    }


def _value(name: str, kind: str) -> Schema:
    """What a value must be, whatever packs there are."""
    if name == "fail-on":
        return _severity()
    if name == "required-version":
        return {"type": "string", "pattern": versions.PATTERN}
    if name == "severity":
        return {"type": "object", "additionalProperties": _severity()}
    if name == "options":
        return {"type": "object", "additionalProperties": {"type": "object"}}
    if kind == IGNORES:
        return {"type": "array", "items": {"anyOf": [{"type": "string"}, _ignore()]}}
    return {LIST_OF_STRINGS: dict(_STRINGS), STRING: {"type": "string"}}[kind]


def _severity() -> Schema:
    return {"enum": [severity.label for severity in reversed(Severity)]}


def _ignore() -> Schema:
    """An entry of `[[ignore]]`."""
    rules: Schema = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
    values: Mapping[str, Schema] = {
        "rule": rules,
        "rules": rules,
        "path": {"anyOf": [{"type": "string"}, _STRINGS]},
        "place": _WORDS,
        "because": _WORDS,
        "by": _WORDS,
        "until": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date"},
    }
    return {
        "type": "object",
        "properties": {key: {"description": words, **values[key]} for key, words in IGNORE_KEYS.items()},
        "additionalProperties": False,
        "required": ["because"],
        "oneOf": [{"required": ["rule"]}, {"required": ["rules"]}],
    }


def _named(packs: Packs) -> Schema:
    """Which names there are, where a configuration brings no packs of its own."""
    rule: Schema = {"$ref": "#/$defs/rule"}
    rules: Schema = {"items": rule}
    reports = [name for name, grammar in packs.grammars.items() if grammar.kind == REPORT]
    one = {"if": {"type": "array"}, "then": rules, "else": rule}
    return {
        "extends": {"items": {"enum": list(packs.presets)}},
        "select": rules,
        "mandatory": rules,
        "ignore": {
            "items": {"if": {"type": "object"}, "then": {"properties": {"rule": one, "rules": one}}, "else": rule}
        },
        "forms": {"items": {"enum": reports}},
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
        found[name] = {
            "description": rules[0].summary if len(rules) == 1 else name,
            "properties": {option.name: {**_OPTIONS[option.type], "default": option.default} for option in options},
            "additionalProperties": False,
        }
    return found
