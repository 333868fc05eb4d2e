"""`reportlint test` and `reportlint init pack`: for authors of rules."""

from __future__ import annotations

import argparse

from reportlint.cli import screen
from reportlint.cli.status import CLEAN, FINDINGS


def test(options: argparse.Namespace) -> int:
    """The tests of packs: their pages, cases and planted errors."""
    from reportlint.testing import command, suite

    checks = suite.check_packs(options.pack, mutants=options.mutate)
    if options.output_format == "json":
        screen.show([command.as_json(checks, ascii_only=screen.ascii_only())])
    else:
        screen.show(command.text(checks))
    return FINDINGS if any(check.faults for check in checks) else CLEAN


def make(options: argparse.Namespace) -> int:
    """A new pack."""
    from reportlint import scaffold

    screen.show(scaffold.make_pack(options.name, options.directory))
    return CLEAN
