"""What applies to a report or folder, and which line of which file said so: what `reportlint config` shows."""

from __future__ import annotations

import os
from typing import Any

from reportlint import config
from reportlint.folders import DEFAULT_INCLUDE
from reportlint.settings import DEFAULT, Setting, Settings
from reportlint.shapes import OF_TYPE, ORDINAL, TEXT, TEXTS, Schema, about, either, list_of, or_null, output, record

SCHEMA_VERSION = 1


def values(settings: Settings) -> dict[str, Setting]:
    """Every value, those too that apply though no key says it."""
    origin = settings.files[-1] if settings.files else DEFAULT
    mandatory = {f"mandatory {rule}": Setting(True, who) for rule, who in settings.mandatory.items()}
    beside = {"root": Setting(settings.root, origin), "include": Setting(list(DEFAULT_INCLUDE), DEFAULT), **mandatory}
    return {**beside, **settings.shown}


def document(settings: Settings, path: str) -> dict[str, Any]:
    """All of it for programs."""
    places = Places()
    return {
        "schema_version": SCHEMA_VERSION,
        "path": path,
        "files": list(settings.files),
        "root": settings.root,
        "values": [
            {"key": key, "value": setting.value, "origin": setting.origin, "line": places.line(setting)}
            for key, setting in values(settings).items()
        ],
        "mandatory": [{"rule": rule, "origin": origin} for rule, origin in settings.mandatory.items()],
        "not_run": sorted(settings.ignored(path)),
    }


def schema() -> Schema:
    """The JSON Schema of the document."""
    value = {
        "key": TEXT,
        "value": either(*OF_TYPE.values()),
        "origin": about(TEXT, "the file, preset or pack that set it"),
        "line": or_null(ORDINAL),
    }
    shown = {
        "path": TEXT,
        "files": about(TEXTS, "the configuration files that count, the nearest last"),
        "root": TEXT,
        "values": list_of(record(value)),
        "mandatory": list_of(record({"rule": TEXT, "origin": TEXT})),
        "not_run": about(TEXTS, "rules that are ignored for the path"),
    }
    return output("reportlint config --output-format json", SCHEMA_VERSION, shown)


class Places:
    """Lines of the files that set values, each file read once."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[tuple[str, ...], int]] = {}

    def line(self, setting: Setting) -> int | None:
        """The line of a value's key; None where it is not known, as for presets."""
        if not setting.key or not os.path.isfile(setting.origin):
            return None
        if setting.origin not in self._lines:
            self._lines[setting.origin] = config.lines(setting.origin)
        known = self._lines[setting.origin]
        found = (known.get(setting.key[:length]) for length in range(len(setting.key), 0, -1))
        return next((line for line in found if line is not None), None)

    def of(self, setting: Setting) -> str:
        """The file, with the line where it is known."""
        line = self.line(setting)
        return setting.origin if line is None else f"{setting.origin}:{line}"
