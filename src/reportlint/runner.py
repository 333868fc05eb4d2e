"""A run: candidates to what they come to, in their order, from the cache, in this process or in several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from reportlint.files import STDIN, Candidate
from reportlint.session import Session, Share

if TYPE_CHECKING:
    from reportlint.kept import Kept
    from reportlint.pool import Batch, Pool
    from reportlint.store import Stored

_BLOCK = 1_000
"""Candidates that are looked up in the cache, and handed out to processes, together."""
_BATCH = 50
"""Reports that a process checks at a time: sending one by one would cost as much as checking them."""
_FEWEST = 100
"""Below so many reports to check in a block, starting processes takes longer than they save."""


def shares(
    session: Session, candidates: Iterable[Candidate], kept: Kept | None = None, jobs: int = 1
) -> Iterator[Share]:
    """What each candidate comes to, in order. No more than two blocks of them are held at any time."""
    run = _Run(session, kept, jobs)
    ahead: _Block | None = None
    rest = iter(candidates)
    try:
        while block := list(islice(rest, _BLOCK)):
            # A block's work is handed out before the one ahead of it is waited for, so that no process idles.
            behind, ahead = ahead, _Block(run, block)
            if behind is not None:
                yield from behind.shares()
        if ahead is not None:
            yield from ahead.shares()
    finally:
        run.close()


class _Run:
    """What the blocks of a run have in common."""

    def __init__(self, session: Session, kept: Kept | None, jobs: int) -> None:
        self.session = session
        self.kept = kept
        self._jobs = jobs
        self._pool: Pool | None = None

    def pool_for(self, reports: Sequence[Candidate]) -> Pool | None:
        """The other processes, where they are worth it; once started they are used for all that comes."""
        if self._pool is None and self._jobs > 1 and len(reports) >= _FEWEST:
            from reportlint.pool import Pool

            # More would have nothing to do: no more than two blocks are checked at a time.
            self._pool = Pool(self.session, min(self._jobs, 2 * _BLOCK // _BATCH), reports[0])
        return self._pool

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()
        if self.kept is not None:
            self.kept.close()


class _Block:
    """Some candidates: what is known of them, and who finds out the rest."""

    def __init__(self, run: _Run, candidates: Sequence[Candidate]) -> None:
        self._run = run
        self._candidates = candidates
        self._known = [None] * len(candidates) if run.kept is None else run.kept.shares(candidates)
        unknown = [
            candidate
            for candidate, share in zip(candidates, self._known, strict=True)
            if share is None and not candidate.passed_over and candidate.path != STDIN
        ]
        pool = run.pool_for(unknown)
        self._batches: list[Batch] = []
        if pool is not None:
            self._batches = [pool.start(unknown[start : start + _BATCH]) for start in range(0, len(unknown), _BATCH)]

    def shares(self) -> Iterator[Share]:
        new: list[tuple[Candidate, Stored]] = []
        found = (each for batch in self._batches for each in batch.results())
        try:
            for candidate, known in zip(self._candidates, self._known, strict=True):
                if known is not None:
                    yield known
                    continue
                elsewhere = self._batches and not candidate.passed_over and candidate.path != STDIN
                share, stored = next(found) if elsewhere else self._run.session.check(candidate)
                if elsewhere:
                    # So that it is known which configurations the run has, also where another process read them.
                    self._run.session.linters.file_for(candidate.path)
                if stored is not None:
                    new.append((candidate, stored))
                yield share
        finally:
            if self._run.kept is not None:
                self._run.kept.keep(new)
