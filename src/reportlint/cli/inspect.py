"""`reportlint rule`, `parse` and `extract`: looking into what is checked, and how."""

from __future__ import annotations

import argparse
import os

from reportlint.cli import screen
from reportlint.cli.sources import source_of
from reportlint.cli.status import CLEAN
from reportlint.diagnostic import TOOL
from reportlint.errors import ReportlintError
from reportlint.linters import Linters
from reportlint.own import OWN
from reportlint.settings import rules_named


def rule(options: argparse.Namespace) -> int:
    """What a rule checks and why, or the list of all rules."""
    owner, _, name = (options.name or "").partition("/")
    if owner == TOOL and name in OWN and not options.all:
        screen.show([options.name, "", f"{TOOL} 自己的提示，不是规则包里的规则，不能选用、关闭或接受：{OWN[name]}"])
        return CLEAN
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
    source = source_of(options.path, linter.readers)
    screen.show(tree.lines(source, linter.parse(source), linter.concealed(linter.read(source))))
    return CLEAN


def extract(options: argparse.Namespace) -> int:
    """The typed report as JSON."""
    from reportlint.formats import json

    linter = Linters(options.config).of(options.path)
    report = linter.read(source_of(options.path, linter.readers))
    screen.show([json.extract(report, linter.concealed(report), ascii_only=screen.ascii_only())])
    return CLEAN
