"""`reportlint rule`, `config`, `parse` and `extract`: looking into what is checked, and how."""

from __future__ import annotations

import argparse
import os

from reportlint.cli import screen
from reportlint.cli.sources import source_of
from reportlint.cli.status import CLEAN
from reportlint.errors import ReportlintError
from reportlint.linters import Linters
from reportlint.settings import rules_named


def rule(options: argparse.Namespace) -> int:
    """What a rule checks and why, or the list of all rules."""
    linter = Linters(options.config).at(os.curdir)
    rules = linter.packs.rules
    if options.all:
        names = list(rules)
    elif options.name:
        names = rules_named(options.name, rules)
    else:
        raise ReportlintError("rule：要有规则名，或 --all")
    if options.all or len(names) > 1:
        widest = max(len(name) for name in names)
        screen.show(f"{name:{widest}}  {rules[name].severity.label:7}  {rules[name].summary}" for name in names)
        return CLEAN
    from reportlint.formats.manual import facts

    named = rules[names[0]]
    lines = [named.name, "", *(f"{fact.label}：{fact.value}" for fact in facts(named, linter))]
    page = linter.packs.page(named.name)
    screen.show([*lines, "", page] if page else lines)
    return CLEAN


def parse(options: argparse.Namespace) -> int:
    """The syntax tree of a report."""
    from reportlint.formats import tree

    linter = Linters(options.config).of(options.path)
    source = source_of(options.path)
    screen.show(tree.lines(source, linter.parse(source), linter.concealed(linter.read(source))))
    return CLEAN


def extract(options: argparse.Namespace) -> int:
    """The typed report as JSON."""
    from reportlint.formats import json

    linter = Linters(options.config).of(options.path)
    report = linter.read(source_of(options.path))
    screen.show([json.extract(report, linter.concealed(report), ascii_only=screen.ascii_only())])
    return CLEAN


def config(options: argparse.Namespace) -> int:
    """What applies to a report, and which file said so."""
    if not os.path.exists(options.path):
        raise ReportlintError(f"没有文件或文件夹 {options.path}")
    settings = Linters(options.config).at(options.path).settings
    screen.show(f"{key} = {setting.value}  # {setting.origin}" for key, setting in settings.shown.items())
    ignored = settings.ignored(options.path)
    if ignored:
        screen.show([f"对 {options.path} 不运行：{'、'.join(sorted(ignored))}"])
    return CLEAN
