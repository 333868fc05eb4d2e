"""What takes long is done beside the loop, so that no page waits for the file of another one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Work(Generic[_T]):
    """Some threads at the most. What is given up goes on to its end, in the place that it has; a thread cannot be
    stopped, and nobody waits for it when the process ends."""

    def __init__(self, most: int) -> None:
        self._free = asyncio.Semaphore(most)

    async def done(self, work: Callable[[], _T], seconds: float) -> _T:
        """What some work comes to; TimeoutError where that takes longer, or no thread becomes free."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_T] = loop.create_future()
        async with asyncio.timeout(seconds):
            await self._free.acquire()
            threading.Thread(target=self._do, args=(work, loop, future), daemon=True).start()
            return await future

    def _do(self, work: Callable[[], _T], loop: asyncio.AbstractEventLoop, future: asyncio.Future[_T]) -> None:
        result, error = None, None
        try:
            result = work()
        except Exception as raised:  # noqa: BLE001 - it is raised where the work is waited for
            error = raised

        def tell() -> None:
            self._free.release()
            if future.done():
                return
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)  # type: ignore[arg-type]

        try:
            loop.call_soon_threadsafe(tell)
        except RuntimeError:
            # The loop is over.
            return
