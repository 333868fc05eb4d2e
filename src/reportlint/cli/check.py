"""`reportlint check`."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator

from reportlint import config, runner
from reportlint.cli.outputs import Outputs
from reportlint.errors import ReportlintError
from reportlint.files import Candidate, candidates
from reportlint.formats import PassedOver, Run


def check(options: argparse.Namespace) -> int:
    """Check reports; the status is that of the worst."""
    # Reports are freed as they are done with, by reference count; the collector, left as eager as it
    # is by default, would spend a third of the run on looking through what the memos keep.
    gc.set_threshold(100_000, 50, 50)
    outputs = Outputs(options.output_format, options.output)
    plan = runner.Plan(options.config, _overrides(options), outputs.named)
    session = runner.Session(plan)
    run = Run()
    worst = runner.CLEAN
    with outputs.opened(session.formats):
        for share in runner.checked(session, _wanted(options)):
            if isinstance(share, PassedOver):
                run.passed_over.append(share)
                continue
            run.add(share.outcome)
            worst = max(worst, share.status)
            outputs.write(share.texts)
        outputs.close(run)
    if not run.reports and not options.reports_only:
        raise ReportlintError(f"在 {'、'.join(options.paths)} 中没有找到报告")
    return worst


def _wanted(options: argparse.Namespace) -> Iterator[Candidate]:
    """The files to check. A hook is given names by a program that does not know what a report is: to it, as to a
    folder, what is none is passed over."""
    for candidate in candidates(options.paths):
        yield candidate._replace(named=False) if options.reports_only else candidate


def _overrides(options: argparse.Namespace) -> config.Layer:
    ignore = tuple(config.Ignore((name,), (), "--ignore", "") for name in options.ignore or ())
    return config.Layer("命令行", select=options.select, ignore=ignore, fail_on=options.fail_on)
