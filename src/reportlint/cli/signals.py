"""Being told to end, by the system or a closing terminal: as an interrupt does, so that nothing is left behind."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

_NAMES = ("SIGTERM", "SIGHUP")
_SHELLS_ADD = 128


class Terminated(KeyboardInterrupt):
    """Raised where the process was told to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.status = _SHELLS_ADD + number
        """What a shell says of a process that such a signal ends."""


@contextlib.contextmanager
def heeded() -> Iterator[None]:
    """While this lasts, the signals raise Terminated. One that is ignored, as under nohup, stays so."""
    numbers = []
    if threading.current_thread() is threading.main_thread():
        known = (getattr(signal, name, None) for name in _NAMES)
        numbers = [number for number in known if number and signal.getsignal(number) is signal.SIG_DFL]
    try:
        for number in numbers:
            signal.signal(number, _end)
        yield
    finally:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _: FrameType | None) -> NoReturn:
    # Whoever asks again would disturb the clearing up.
    signal.signal(number, signal.SIG_IGN)
    raise Terminated(number)
