"""Other processes that check reports: each has a session of its own, made of the same plan."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from reportlint.errors import ReportlintError
from reportlint.files import Candidate
from reportlint.session import Plan, Session, Share
from reportlint.store import Stored

Checks = list[tuple[Share, Stored | None]]


class Batch(NamedTuple):
    """Reports that another process checks."""

    future: Future[tuple[Checks, str | None]]

    def results(self) -> Iterator[tuple[Share, Stored | None]]:
        """What they come to, in order; ReportlintError in the place of the one that could not be begun."""
        try:
            checks, error = self.future.result()
        except BrokenProcessPool as broken:
            words = "检查报告的一个进程意外结束（可能内存不足），可用 --jobs 1 再试"
            raise ReportlintError(words) from broken
        yield from checks
        if error is not None:
            raise ReportlintError(error)


class Pool:
    """A number of processes. Where it can be, they take over the session as it is, with all that it has compiled."""

    def __init__(self, session: Session, jobs: int, first: Candidate) -> None:
        global _session
        # With other threads about, a fork may take over a lock that nobody opens again.
        fork = sys.platform == "linux" and threading.active_count() == 1
        if fork:
            _session = session
            # What a linter compiles is compiled once for all. What is wrong with it is told in its place.
            with contextlib.suppress(ReportlintError):
                session.linters.of(first.path)
        context = multiprocessing.get_context("fork" if fork else "spawn")
        self._executor = ProcessPoolExecutor(jobs, context, _begin, (session.plan, fork))

    def start(self, candidates: Sequence[Candidate]) -> Batch:
        """Have reports checked."""
        return Batch(self._executor.submit(_check, candidates))

    def close(self) -> None:
        """Wait for what is being checked; what has not begun is dropped."""
        self._executor.shutdown(cancel_futures=True)


_session: Session | None = None
"""That of a process of the pool; in the main process the one that forked processes take over."""


def _begin(plan: Plan, forked: bool) -> None:
    """In a new process."""
    global _session
    # An interrupt goes to all processes of a terminal; the main one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not forked or _session is None:
        _session = Session(plan)


def _check(candidates: Sequence[Candidate]) -> tuple[Checks, str | None]:
    checks: Checks = []
    try:
        for candidate in candidates:
            assert _session is not None
            checks.append(_session.check(candidate))
    except ReportlintError as error:
        return checks, str(error)
    return checks, None
