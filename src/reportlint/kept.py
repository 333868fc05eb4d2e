"""Results of earlier runs that still hold: which candidates have one, and what is new to keep."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from reportlint import days, keys
from reportlint.errors import ReportlintError
from reportlint.files import STDIN, Candidate
from reportlint.findings import Severity
from reportlint.paths import repository
from reportlint.readers import needs
from reportlint.session import Session, Share, unchanged
from reportlint.store import State, Store, Stored, Terms

Warn = Callable[[str], None]
_ALWAYS = "9999-12-31"


class Kept:
    """The kept results for a session, those of each configuration apart."""

    def __init__(self, session: Session, warn: Warn) -> None:
        self._session = session
        self._warn = warn
        self._shelves: dict[str | None, _Shelf] = {}
        self._folders: dict[str, str] = {}
        self._standing: dict[str, bool] = {}

    def shares(self, candidates: Sequence[Candidate]) -> list[Share | None]:
        """For each candidate what it comes to, where it was checked before as it is now, and else None.

        So it is where something is wrong with a configuration: who checks the report tells of it, in its place.
        """
        shares: list[Share | None] = [None] * len(candidates)
        for shelf, places in self._by_shelf(candidates):
            with contextlib.suppress(ReportlintError):
                for place, share in self._recalled(shelf, [(place, candidates[place]) for place in places]):
                    shares[place] = share
            shelf.keep_states()
        return shares

    def _recalled(self, shelf: _Shelf, candidates: Sequence[tuple[int, Candidate]]) -> Iterator[tuple[int, Share]]:
        if shelf.terms is None:
            return
        # Rules that are named with a place have to be known by their full names.
        linters, (_, first) = self._session.linters, candidates[0]
        acceptance = linters.of(first.path).acceptance if shelf.terms.places else linters.entries_of(first.path)
        paths = [self._absolute(candidate.path) for _, candidate in candidates]
        fail_on = Severity(shelf.terms.fail_on)
        for (place, candidate), path, stored in zip(candidates, paths, shelf.found(paths), strict=True):
            if stored is not None and self._stands(stored.standing) and shelf.holds(candidate, path, stored):
                share = self._session.recall(candidate, stored, fail_on, acceptance)
                if share is not None:
                    yield place, share

    def keep(self, results: Iterable[tuple[Candidate, Stored]]) -> None:
        """Keep what was found anew."""
        new = list(results)
        for shelf, places in self._by_shelf([candidate for candidate, _ in new]):
            settings = self._session.linters.of(new[places[0]][0].path).settings
            terms = Terms(settings.fail_on, settings.until or _ALWAYS, bool(settings.places))
            shelf.keep([(self._absolute(new[place][0].path), new[place][1]) for place in places], terms)

    def close(self) -> None:
        """Let go of the files."""
        for shelf in self._shelves.values():
            shelf.close()

    def _stands(self, standing: str) -> bool:
        """Whether what a report was read with is what it was: another version of a library may read otherwise."""
        if standing not in self._standing:
            self._standing[standing] = not standing or needs.holds(standing)
        return self._standing[standing]

    def _by_shelf(self, candidates: Sequence[Candidate]) -> Iterable[tuple[_Shelf, list[int]]]:
        places: dict[str | None, list[int]] = {}
        for place, candidate in enumerate(candidates):
            if not candidate.passed_over and candidate.path != STDIN:
                with contextlib.suppress(ReportlintError):
                    places.setdefault(self._session.linters.file_for(candidate.path), []).append(place)
        for file, those in places.items():
            with contextlib.suppress(ReportlintError):
                if file not in self._shelves:
                    self._shelves[file] = _Shelf(file, self._session, self._warn)
                yield self._shelves[file], those

    def _absolute(self, path: str) -> str:
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.abspath(folder)
        return os.path.join(self._folders[folder], name)


class _Shelf:
    """The kept results of one configuration."""

    def __init__(self, file: str | None, session: Session, warn: Warn) -> None:
        root = os.path.dirname(os.path.abspath(file)) if file else repository(os.curdir) or os.getcwd()
        layers = session.linters.layers_of(file)
        packs = [folder for layer in layers for folder in layer.packs]
        asked = (session.plan.overrides, session.plan.heed.suppressions)
        key = "\n".join((keys.code_key(packs), root, repr(layers), repr(asked)))
        self._store = Store(root, key, warn)
        self.terms = self._store.terms(days.today())
        self._seen_again: list[tuple[str, Stored]] = []

    def found(self, paths: Sequence[str]) -> list[Stored | None]:
        """What is kept of reports, for each."""
        found = self._store.found(paths)
        return [found.get(path) for path in paths]

    def holds(self, candidate: Candidate, path: str, stored: Stored) -> bool:
        """Whether a file is what it was: by its state, else by its content."""
        try:
            state = State.of(candidate.status or os.stat(candidate.path))
        except OSError:
            return False
        if state == stored.state:
            return True
        if not unchanged(candidate.path, stored.digest):
            return False
        settled = state.settled(time.time_ns())
        if settled == state:
            self._seen_again.append((path, stored._replace(state=state)))
        return True

    def keep(self, results: Sequence[tuple[str, Stored]], terms: Terms) -> None:
        self.terms = terms
        self._store.keep(results, terms)

    def keep_states(self) -> None:
        """Keep what was learnt of files that are at rest by now."""
        if self.terms is not None and self._seen_again:
            self._store.keep(self._seen_again, self.terms)
            self._seen_again = []

    def close(self) -> None:
        self._store.close()
