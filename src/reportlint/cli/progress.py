"""A progress bar for whoever watches a long run, on standard error."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

from reportlint.cli import screen

if TYPE_CHECKING:
    from tqdm import tqdm

_Item = TypeVar("_Item")
_Share = TypeVar("_Share")

DELAY = 1.0
"""Seconds that a run takes at least before a bar is shown: shorter ones need none."""


class Ahead(Generic[_Item]):
    """What there is to do, as it comes; it can be read to its end ahead of who does it, to know how much it is."""

    def __init__(self, items: Iterable[_Item]) -> None:
        self._items = iter(items)
        self._read: deque[_Item] = deque()
        self._given = 0

    def __iter__(self) -> Iterator[_Item]:
        return self

    def __next__(self) -> _Item:
        item = self._read.popleft() if self._read else next(self._items)
        self._given += 1
        return item

    def total(self) -> int:
        """How many there are, those that were given out among them."""
        self._read.extend(self._items)
        return self._given + len(self._read)


def shown(shares: Iterable[_Share], candidates: Ahead[_Item], wanted: bool = True) -> Generator[_Share]:
    """The shares of a run as they come, one for each candidate, with a bar where somebody watches.

    A bar on the screen that findings are written to is gone while the caller has a share that says something.
    """
    if not (wanted and screen.watched()):
        yield from shares
        return
    started = monotonic()
    bar: tqdm[NoReturn] | None = None
    try:
        for number, share in enumerate(shares, 1):
            in_the_way = bar is not None and sys.stdout.isatty() and any(getattr(share, "texts", ()))
            if bar is not None and in_the_way:
                bar.clear()
            yield share
            if bar is None:
                if monotonic() - started >= DELAY:
                    bar = _bar(number, candidates.total())
                continue
            bar.update()
            if in_the_way:
                bar.refresh()
    finally:
        if bar is not None:
            bar.close()


def _bar(done: int, total: int) -> tqdm[NoReturn]:
    from threading import RLock

    from tqdm import tqdm

    # No thread that watches the bar, and no lock over processes: runs may fork.
    tqdm.monitor_interval = 0
    tqdm.set_lock(RLock())
    layout = "{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} 份，还需 {remaining}"
    return tqdm(initial=done, total=total, file=sys.stderr, leave=False, dynamic_ncols=True, bar_format=layout)
