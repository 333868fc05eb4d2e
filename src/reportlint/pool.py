"""Other processes that check reports: each has a session of its own, made of the same plan."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
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

_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
_HELD = [signal.SIGINT, *_ENDING]
_MOST_JOBS = 61
"""Windows allows no more; all are started at once, and more than there are processors gain nothing anyway."""
_GRACE = 0.5
"""Seconds in which a result that is being sent arrives."""

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
        self._executor = ProcessPoolExecutor(min(jobs, _MOST_JOBS), context, _begin, (session.plan, fork))

    def start(self, candidates: Sequence[Candidate]) -> Batch:
        """Have reports checked."""
        with _holding_signals():
            return Batch(self._executor.submit(_check, candidates))

    def close(self) -> None:
        """Wait for what is being checked; what has not begun is dropped."""
        self._executor.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _holding_signals() -> Iterator[None]:
    """Signals wait, so that they reach no process that is just being made: it lets them in when it is ready."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_session: Session | None = None
"""That of a process of the pool; in the main process the one that forked processes take over."""


_working = False
"""Whether a process of the pool is checking reports."""
_ending = False
"""Whether it was told to end."""


def _begin(plan: Plan, forked: bool) -> None:
    """In a new process."""
    global _session
    # An interrupt goes to all processes of a terminal; the main one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _ENDING:
        signal.signal(number, _end)
    if hasattr(signal, "pthread_sigmask"):
        signal.signal(signal.SIGALRM, _end_now)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)
    threading.Thread(target=_end_with_main, daemon=True).start()
    if not forked or _session is None:
        _session = Session(plan)


def _end(*_: object) -> None:
    """Told to end: behind the report that is being checked, or written; or soon, where a result may be on its way,
    since the main process would wait for the rest of it."""
    global _ending
    _ending = True
    if not _working:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, _GRACE)
        else:
            os._exit(1)


def _end_now(*_: object) -> None:
    if not _working:
        os._exit(1)


def _end_with_main() -> None:
    """Without the main process, which may have been killed, nobody would ever end this one."""
    main = multiprocessing.parent_process()
    if main is not None:
        multiprocessing.connection.wait([main.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)


def _check(candidates: Sequence[Candidate]) -> tuple[Checks, str | None]:
    global _working
    checks: Checks = []
    _working = True
    try:
        for candidate in candidates:
            if _ending:
                os._exit(1)
            assert _session is not None
            checks.append(_session.check(candidate))
    except ReportlintError as error:
        return checks, str(error)
    finally:
        _working = False
    if _ending:
        os._exit(1)
    return checks, None
