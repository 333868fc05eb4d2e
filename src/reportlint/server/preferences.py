"""What the editor's settings say, under `reportlint`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

LAYOUTS = ("keep", "tab", "pipe")


class Preferences(NamedTuple):
    """The settings of an editor."""

    config: str | None = None
    """The configuration for all reports; else each has the one nearest to it."""
    hint_sums: bool = True
    """Whether the right sum is shown beside a figure."""
    hint_columns: bool = False
    """Whether each figure's column is shown beside it."""
    layout: str = LAYOUTS[0]
    """How tables are laid out by formatting."""
    show_accepted: bool = True
    """Whether findings that are accepted are shown, as hints."""
    commands: frozenset[str] = frozenset()
    """The commands that the editor has itself (`reportlint.accept`, `reportlint.openRule`), told when it starts."""


_KEYS: Mapping[str, tuple[str, type]] = {
    "config": ("config", str),
    "inlayHints.sums": ("hint_sums", bool),
    "inlayHints.columns": ("hint_columns", bool),
    "format.layout": ("layout", str),
    "showAccepted": ("show_accepted", bool),
}
"""Each key, the field that it sets, and what it must be."""
KEYS = tuple(_KEYS)
_WORDS = {str: "文字", bool: " true 或 false"}


def read(
    settings: object,
    before: Preferences = Preferences(),  # noqa: B008 - a tuple
    root: str | None = None,
) -> tuple[Preferences, list[str]]:
    """The preferences that settings come to, and what is wrong with them: what is wrong leaves the value before.
    Paths are relative to `root`.

    Keys may be nested or written with dots. Keys that are not known are none of ours: some are the client's own.
    """
    if not isinstance(settings, Mapping):
        return before, [] if settings is None else ["reportlint 的设置应为对象"]
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for key, (field, kind) in _KEYS.items():
        found, value = _value(settings, key)
        if not found:
            continue
        if value is None or (kind is str and value == ""):
            values[field] = Preferences._field_defaults[field]
        elif not isinstance(value, kind):
            wrong.append(f"reportlint.{key} 应为{_WORDS[kind]}，现为 {value!r}")
        elif field == "layout" and value not in LAYOUTS:
            wrong.append(f"reportlint.{key} 应为 {'、'.join(LAYOUTS)} 之一，现为 {value!r}")
        elif field == "config":
            values[field] = os.path.abspath(os.path.join(root or os.curdir, os.path.expanduser(str(value))))
        else:
            values[field] = value
    commands = settings.get("commands")
    if isinstance(commands, list):
        values["commands"] = frozenset(each for each in commands if isinstance(each, str))
    return before._replace(**values), wrong


def _value(settings: Mapping[str, Any], key: str) -> tuple[bool, Any]:
    if key in settings:
        return True, settings[key]
    group, _, name = key.partition(".")
    inner = settings.get(group) if name else None
    if isinstance(inner, Mapping) and name in inner:
        return True, inner[name]
    return False, None
