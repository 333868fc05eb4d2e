"""Entries of `ignore`: which rules are not run, or what they found accepted, where, why and for how long."""

from __future__ import annotations

import os
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from reportlint.days import day
from reportlint.errors import ConfigError
from reportlint.vocabulary import IGNORE_KEYS, LIST_OF_STRINGS, is_strings, nearest


class Ignore(NamedTuple):
    """Rules that are not run on some paths, and why. Patterns are relative to the file they stand in.

    With a `place` the rules are run, and what they find there is accepted.
    """

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

    def expired(self, today: str) -> bool:
        """Whether its last day is past."""
        return self.until is not None and self.until < today


def entry(value: object, origin: str, folder: str, line: int | None = None) -> Ignore:
    """One entry of `ignore`, checked; ConfigError names what is wrong in it."""
    place = origin if line is None else f"{origin}:{line}"
    if isinstance(value, str):
        return Ignore((value,), (), "", folder, origin=place)
    if not isinstance(value, dict):
        raise ConfigError(f"{origin}：ignore 的每一项应为规则名或表")
    for key in value:
        if key not in IGNORE_KEYS:
            raise ConfigError(f"{place}：[[ignore]] 没有键 {key}{nearest(key, IGNORE_KEYS)}")
    rules = _rules(value, place)
    paths = value.get("path", [])
    paths = [paths] if isinstance(paths, str) else paths
    if not is_strings(paths):
        raise ConfigError(f"{place}：[[ignore]] 的 path 应为字符串或{LIST_OF_STRINGS}")
    because = _words(value, "because", rules, place)
    if because is None:
        raise ConfigError(f"{place}：[[ignore]]（{'、'.join(rules)}）应有 because，说明理由")
    until = None
    if "until" in value:
        until = day(value["until"])
        if until is None:
            raise ConfigError(f"{place}：[[ignore]]（{'、'.join(rules)}）的 until 应为日期，如 2026-12-31")
    where, by = _words(value, "place", rules, place), _words(value, "by", rules, place)
    return Ignore(rules, tuple(paths), because, folder, where, by, until, place)


def _rules(value: Mapping[str, Any], place: str) -> tuple[str, ...]:
    if "rule" in value and "rules" in value:
        raise ConfigError(f"{place}：[[ignore]] 的 rule 和 rules 只能写一个")
    rules = value.get("rules", value.get("rule"))
    rules = [rules] if isinstance(rules, str) else rules
    if not is_strings(rules) or not rules:
        raise ConfigError(f"{place}：[[ignore]] 应有 rule")
    return tuple(rules)


def _words(value: Mapping[str, Any], key: str, rules: tuple[str, ...], place: str) -> str | None:
    """A text that is not blank, or None where the key is not there."""
    words = value.get(key)
    if words is None:
        return None
    if not isinstance(words, str) or not words.strip():
        if key == "because":
            return None
        raise ConfigError(f"{place}：[[ignore]]（{'、'.join(rules)}）的 {key} 应为不空的字符串")
    return words
