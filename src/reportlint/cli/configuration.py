"""`reportlint config`, `schema` and `init`: what is configured, what can be, and a file to begin with."""

from __future__ import annotations

import argparse
import os

from reportlint import origins, starter, toml
from reportlint import schema as schemas
from reportlint.cli import screen
from reportlint.cli.status import CLEAN
from reportlint.errors import ReportlintError
from reportlint.linters import Linters
from reportlint.schema import config as configured


def show(options: argparse.Namespace) -> int:
    """What applies to a report or folder, and which line of which file said so."""
    if not os.path.exists(options.path):
        raise ReportlintError(f"没有文件或文件夹 {options.path}")
    linter = Linters(options.config).at(options.path)
    if options.readers:
        if options.output_format != "text":
            raise ReportlintError("--readers 只以文字显示")
        from reportlint.cli import readers

        screen.show(readers.lines(linter.readers))
        return CLEAN
    settings = linter.settings
    values = origins.values(settings)
    if options.output_format == "json":
        import json

        document = origins.document(settings, options.path)
        screen.show([json.dumps(document, ensure_ascii=screen.ascii_only(), indent=2)])
        return CLEAN
    places = origins.Places()
    screen.show(f"{key} = {toml.written(setting.value)}  # {places.of(setting)}" for key, setting in values.items())
    ignored = sorted(settings.ignored(options.path))
    if ignored:
        screen.show([f"对 {options.path} 不运行：{'、'.join(ignored)}"])
    return CLEAN


def schema(options: argparse.Namespace) -> int:
    """A JSON Schema: of the configuration with the packs that there are, or of an output."""
    if options.name is None:
        widest = max(map(len, schemas.SUBJECTS))
        screen.show(f"{name:{widest}}  {words}" for name, words in schemas.SUBJECTS.items())
        return CLEAN
    if options.name == schemas.CONFIG:
        text = schemas.text(configured.schema(Linters(options.config).at(os.curdir).packs), screen.ascii_only())
    else:
        text = schemas.published(options.name)
    screen.show([text.rstrip("\n")])
    return CLEAN


def init(options: argparse.Namespace) -> int:
    """A configuration to begin with, and the schema that editors check it by."""
    screen.show(starter.write(options.directory))
    return CLEAN
