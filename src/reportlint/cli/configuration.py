"""`reportlint config`, `schema` and `init`: what is configured, what can be, and a file to begin with."""

from __future__ import annotations

import argparse
import os

from reportlint import config, starter, toml
from reportlint import schema as schemas
from reportlint.cli import screen
from reportlint.cli.status import CLEAN
from reportlint.errors import ReportlintError
from reportlint.linters import Linters
from reportlint.settings import DEFAULT, Setting, Settings


def show(options: argparse.Namespace) -> int:
    """What applies to a report or folder, and which line of which file said so."""
    if not os.path.exists(options.path):
        raise ReportlintError(f"没有文件或文件夹 {options.path}")
    linter = Linters(options.config).at(options.path)
    settings = linter.settings
    places = _Places()
    ignored = sorted(settings.ignored(options.path))
    values = {**_beside(settings), **settings.shown}
    if options.output_format == "json":
        import json

        document = {
            "schema_version": 1,
            "path": options.path,
            "files": list(settings.files),
            "root": settings.root,
            "values": [
                {"key": key, "value": setting.value, "origin": setting.origin, "line": places.line(setting)}
                for key, setting in values.items()
            ],
            "mandatory": [{"rule": rule, "origin": origin} for rule, origin in settings.mandatory.items()],
            "not_run": ignored,
        }
        screen.show([json.dumps(document, ensure_ascii=screen.ascii_only(), indent=2)])
        return CLEAN
    screen.show(f"{key} = {toml.written(setting.value)}  # {places.of(setting)}" for key, setting in values.items())
    if ignored:
        screen.show([f"对 {options.path} 不运行：{'、'.join(ignored)}"])
    return CLEAN


def _beside(settings: Settings) -> dict[str, Setting]:
    """What applies though no key says it."""
    from reportlint.folders import DEFAULT_INCLUDE

    origin = settings.files[-1] if settings.files else DEFAULT
    mandatory = {f"mandatory {rule}": Setting(True, who) for rule, who in settings.mandatory.items()}
    return {"root": Setting(settings.root, origin), "include": Setting(list(DEFAULT_INCLUDE), DEFAULT), **mandatory}


class _Places:
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
        line = self.line(setting)
        return setting.origin if line is None else f"{setting.origin}:{line}"


def schema(options: argparse.Namespace) -> int:
    """A JSON Schema: of the configuration with the packs that there are, or of an output."""
    if options.name is None:
        screen.show(schemas.names())
        return CLEAN
    if options.name == schemas.CONFIG:
        text = schemas.text(schemas.of_config(Linters(options.config).at(os.curdir).packs), screen.ascii_only())
    else:
        text = schemas.published(options.name)
    screen.show([text.rstrip("\n")])
    return CLEAN


def init(options: argparse.Namespace) -> int:
    """A configuration to begin with, and the schema that editors check it by."""
    screen.show(starter.write(options.directory))
    return CLEAN
