"""When documents are checked: at once where it is quick, else in another thread when the text has come to rest.

A result is of the text that it was made from. One that the text has moved on from is dropped; nobody is told of it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from reportlint.result import Result
from reportlint.server.documents import Document

_QUICK = 0.05
"""Seconds that a check may hold up everything else."""
_LONGEST_QUICK = 100_000
"""Characters of a text whose check takes no longer than that, before the first one."""
_LONGEST_WAIT = 0.5
"""Seconds that a text has to be at rest, at the most."""

_T = TypeVar("_T")


class TextMovedOn(Exception):  # noqa: N818 - no error
    """The document was closed before it was checked, or has another text by now."""


class Checks:
    """Checks of documents: long ones one at a time in the other thread, while others are made here. What linters keep
    for the next report they look up and put in with one step each, so that two may check with one linter."""

    def __init__(self, check: Callable[[Document], Result], done: Callable[[Document], None]) -> None:
        """`check` makes a result of a document as it is; `done` is told of documents that have a new result."""
        self._check = check
        self._done = done
        self._due: dict[Document, asyncio.Handle] = {}
        self._running: dict[Document, asyncio.Task[None]] = {}
        self._thread: ThreadPoolExecutor | None = None
        self._calls: set[Future[Any]] = set()

    @property
    def busy(self) -> bool:
        """Whether the other thread is at work."""
        return bool(self._calls)

    def touch(self, document: Document) -> None:
        """The text has changed: check it soon. Changes that have arrived already are waited for."""
        self.cancel(document)
        loop = asyncio.get_running_loop()
        if self._is_quick(document):
            self._due[document] = loop.call_soon(self._now, document)
        else:
            wait = min(document.seconds, _LONGEST_WAIT)
            self._due[document] = loop.call_later(wait, self._start, document)

    def cancel(self, document: Document) -> None:
        """A check that has not begun is not made."""
        due = self._due.pop(document, None)
        if due is not None:
            due.cancel()

    async def result(self, document: Document) -> Result:
        """What is said of the text as it is when it is told; TextMovedOn where it was closed meanwhile."""
        while document.result is None and not document.closed:
            self.cancel(document)
            if self._is_quick(document):
                self._now(document)
            else:
                self._start(document)
                running = self._running.get(document)
                if running is not None:
                    await asyncio.shield(running)
        if document.closed or document.result is None:
            raise TextMovedOn
        return document.result

    async def run(self, document: Document, work: Callable[[], _T]) -> _T:
        """What some work comes to that checks a document's text once more or several times. TextMovedOn where the text
        has changed meanwhile, so that it does not hold."""
        if self._is_quick(document):
            return work()
        edition = document.edition
        done = await self._call(work)
        if edition != document.edition or document.closed:
            raise TextMovedOn
        return done

    def close(self) -> None:
        """Begin nothing more."""
        for handle in self._due.values():
            handle.cancel()
        self._due.clear()
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)

    def _is_quick(self, document: Document) -> bool:
        return document.seconds < _QUICK and len(document.text) <= _LONGEST_QUICK

    def _now(self, document: Document) -> None:
        self._due.pop(document, None)
        document.result, took = self._timed(document)
        # The first check of all compiles what the others use: that one took long is believed the second time.
        document.seconds, document.took = min(took, document.took), took
        self._done(document)

    def _start(self, document: Document) -> None:
        self._due.pop(document, None)
        if document not in self._running:
            task = asyncio.get_running_loop().create_task(self._elsewhere(document))
            self._running[document] = task
            task.add_done_callback(lambda _: self._running.pop(document, None))

    async def _elsewhere(self, document: Document) -> None:
        """Check in the other thread; again, where the text has moved on meanwhile and come to rest."""
        # The text may have become a short one, which was checked at once.
        while not document.closed and document.result is None:
            edition, frozen = document.edition, document.frozen()
            result, document.seconds = await self._call(partial(self._timed, frozen))
            if edition == document.edition and not document.closed:
                document.result = result
                self._done(document)
                return
            await self._rest(document)

    def _call(self, work: Callable[[], _T]) -> asyncio.Future[_T]:
        """Have something done in the other thread. It is done to its end even if nobody waits for it any more."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "check")
        call = self._thread.submit(work)
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)
        return asyncio.wrap_future(call)

    def _timed(self, document: Document) -> tuple[Result, float]:
        """The result, and the time that it took: not the time that other threads and programs took meanwhile."""
        started = time.thread_time()
        result = self._check(document)
        return result, time.thread_time() - started

    async def _rest(self, document: Document) -> None:
        """Wait until the text has been the same for as long as its check takes."""
        edition = -1
        while edition != document.edition and not document.closed:
            edition = document.edition
            await asyncio.sleep(min(document.seconds, _LONGEST_WAIT))
