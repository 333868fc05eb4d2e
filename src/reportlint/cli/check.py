"""`reportlint check`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from reportlint import config, runner
from reportlint.acceptance import Heed
from reportlint.census import Census
from reportlint.cli import annotation, progress, screen
from reportlint.cli.outputs import Outputs
from reportlint.errors import ReportlintError
from reportlint.files import STDIN, candidates
from reportlint.folders import Search
from reportlint.formats import text
from reportlint.outcome import PassedOver, Run
from reportlint.session import CLEAN, Checked, Fixing, Plan, Session

if TYPE_CHECKING:
    from collections.abc import Generator

    from reportlint.kept import Kept


def check(options: argparse.Namespace) -> int:
    """Check reports; the status is that of the worst."""
    if options.watch:
        if options.annotate is not None:
            raise ReportlintError("--annotate 不能与 --watch 同用")
        from reportlint.cli.watch import watch

        written = [file for _, _, file in (each.partition("=") for each in options.output) if file]
        return watch(options.arguments, options.paths, config.chosen(options.config), written)
    # Reports are freed as they are done with, by reference count; the collector, left as eager as it
    # is by default, would spend a third of the run on looking through what the memos keep.
    gc.set_threshold(100_000, 50, 50)
    fixing = _fixing(options)
    silent = _silent(fixing)
    outputs = Outputs(options.output_format, options.output, options.color)
    named = () if silent else outputs.named
    given = config.chosen(options.config)
    copy = options.annotate
    plan = Plan(given, _overrides(options), named, options.stdin_filename, fixing, _heed(options), copy)
    session = Session(plan)
    if copy is not None:
        annotation.check(copy, options, session)
    run = Run()
    run.quiet, run.statistics, run.diff = options.quiet, options.statistics, options.diff
    run.fix_only = fixing is not None and fixing.only and not fixing.diff
    worst = CLEAN
    with closing(_shares(options, session, run)) as shares:
        if silent:
            for share in shares:
                worst = max(worst, share.status)
                sys.stdout.write("".join(share.texts))
            screen.show((f"{text.named(failure.path)}：{failure.message}" for failure in run.failures), sys.stderr)
            screen.show(text.closing(run), sys.stderr)
        else:
            with outputs.opened(session.formats):
                for share in shares:
                    outputs.spare(share.outcome.path)
                    worst = max(worst, share.status)
                    outputs.write(share.texts)
                outputs.close(run)
        if session.annotated is not None and not options.quiet:
            screen.show([annotation.closing(copy, session.annotated)], sys.stderr)
    # The hook names whatever files a commit has; there need not be a report among them.
    if not run.reports and not (options.force_exclude and all(map(os.path.isfile, options.paths))):
        raise ReportlintError(f"在 {'、'.join(options.paths)} 中没有找到报告")
    return worst


def _shares(options: argparse.Namespace, session: Session, run: Run) -> Generator[Checked]:
    """The reports of a run, each counted, and what was passed over noted."""
    search = Search(session.plan.config, tuple(options.exclude), options.force_exclude, options.respect_gitignore)
    found = progress.Ahead(candidates(options.paths, search))
    work = runner.shares(session, found, _kept(options, session), _jobs(options))
    folders = [path for path in options.paths if os.path.isdir(path)]
    # What is left to find is not told where reports are only mended, or shown mended.
    counted = folders and not options.ignore_suppressions and not _silent(session.plan.fixing)
    census = Census(session, folders, not options.exclude) if counted else None
    with closing(progress.shown(work, found, not options.quiet)) as shares:
        for share in shares:
            if isinstance(share, PassedOver):
                run.passed_over.append(share)
                continue
            run.add(share.outcome)
            if census is not None:
                census.note(share.outcome.path)
            yield share
    for share in census.shares(run.rules) if census is not None else ():
        run.add_beside(share.outcome)
        yield share


def _fixing(options: argparse.Namespace) -> Fixing | None:
    if not (options.fix or options.fix_only or options.diff):
        if options.unsafe_fixes:
            raise ReportlintError("--unsafe-fixes 要与 --fix、--fix-only 或 --diff 同用")
        return None
    if options.fix and STDIN in options.paths:
        raise ReportlintError("标准输入的报告不能用 --fix：--fix-only 输出修改后的全文，--diff 输出改动")
    return Fixing(options.unsafe_fixes, options.diff, options.fix_only)


def _silent(fixing: Fixing | None) -> bool:
    """Whether findings are not told."""
    return fixing is not None and (fixing.only or fixing.diff)


def _kept(options: argparse.Namespace, session: Session) -> Kept | None:
    """The cache, unless it is not wanted or of no use: whole reports are needed for writing, and by some outputs."""
    unwanted = options.no_cache or os.environ.get("REPORTLINT_NO_CACHE")
    written = session.plan.fixing is not None or session.plan.annotate is not None
    if unwanted or written or any(format.needs_report for format in session.formats):
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
    return config.Layer(config.COMMAND_LINE, select=options.select, ignore=ignore, fail_on=options.fail_on)


def _heed(options: argparse.Namespace) -> Heed:
    heeded = not options.ignore_suppressions
    return Heed(heeded, heeded and not options.no_baseline, options.baseline)
