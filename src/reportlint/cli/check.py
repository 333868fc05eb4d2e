"""`reportlint check`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from typing import TYPE_CHECKING

from reportlint import config, runner
from reportlint.cli.outputs import Outputs
from reportlint.errors import ReportlintError
from reportlint.files import candidates
from reportlint.formats import PassedOver, Run
from reportlint.session import CLEAN, Plan, Session

if TYPE_CHECKING:
    from reportlint.kept import Kept


def check(options: argparse.Namespace) -> int:
    """Check reports; the status is that of the worst."""
    if options.watch:
        from reportlint.cli.watch import watch

        written = [file for _, _, file in (each.partition("=") for each in options.output) if file]
        return watch(options.arguments, options.paths, options.config, written)
    # Reports are freed as they are done with, by reference count; the collector, left as eager as it
    # is by default, would spend a third of the run on looking through what the memos keep.
    gc.set_threshold(100_000, 50, 50)
    outputs = Outputs(options.output_format, options.output)
    session = Session(Plan(options.config, _overrides(options), outputs.named, options.stdin_filename))
    run = Run()
    worst = CLEAN
    with outputs.opened(session.formats):
        for share in runner.shares(session, candidates(options.paths), _kept(options, session), _jobs(options)):
            if isinstance(share, PassedOver):
                run.passed_over.append(share)
                continue
            run.add(share.outcome)
            worst = max(worst, share.status)
            outputs.write(share.texts)
        outputs.close(run)
    if not run.reports:
        raise ReportlintError(f"在 {'、'.join(options.paths)} 中没有找到报告")
    return worst


def _kept(options: argparse.Namespace, session: Session) -> Kept | None:
    """The cache, unless it is not wanted or of no use: an output that shows whole reports needs them read."""
    unwanted = options.no_cache or os.environ.get("REPORTLINT_NO_CACHE")
    if unwanted or any(format.needs_report for format in session.formats):
        return None
    from reportlint.kept import Kept

    return Kept(session, lambda words: print(f"reportlint: {words}", file=sys.stderr))


def _jobs(options: argparse.Namespace) -> int:
    jobs: int | None = options.jobs
    if jobs:
        return jobs
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _overrides(options: argparse.Namespace) -> config.Layer:
    ignore = tuple(config.Ignore((name,), (), "--ignore", "") for name in options.ignore or ())
    return config.Layer("命令行", select=options.select, ignore=ignore, fail_on=options.fail_on)
