"""Results of earlier runs that still hold: which candidates have one, and what is new to keep."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence

from reportlint import config, days, keys
from reportlint.files import STDIN, Candidate
from reportlint.findings import Severity
from reportlint.paths import repository
from reportlint.session import Plan, Session, Share, unchanged
from reportlint.store import State, Store, Stored

Warn = Callable[[str], None]


class Kept:
    """The kept results for a session, those of each configuration apart."""

    def __init__(self, session: Session, warn: Warn) -> None:
        self._session = session
        self._warn = warn
        self._shelves: dict[str | None, _Shelf] = {}
        self._folders: dict[str, str] = {}

    def shares(self, candidates: Sequence[Candidate]) -> list[Share | None]:
        """For each candidate what it comes to, where it was checked before as it is now, and else None."""
        shares: list[Share | None] = [None] * len(candidates)
        for shelf, places in self._by_shelf(candidates):
            acceptance = self._session.linters.acceptance_of(candidates[places[0]].path)
            paths = [self._absolute(candidates[place].path) for place in places]
            for place, path, stored in zip(places, paths, shelf.found(paths), strict=True):
                candidate = candidates[place]
                if stored is not None and shelf.holds(candidate, path, stored):
                    shares[place] = self._session.recall(candidate, stored, shelf.fail_on, acceptance)
            shelf.keep_states()
        return shares

    def keep(self, results: Iterable[tuple[Candidate, Stored]]) -> None:
        """Keep what was found anew."""
        new = list(results)
        for shelf, places in self._by_shelf([candidate for candidate, _ in new]):
            # By now a linter was made for each configuration; asking for it costs nothing.
            fail_on = self._session.linters.of(new[places[0]][0].path).settings.fail_on
            shelf.keep([(self._absolute(new[place][0].path), new[place][1]) for place in places], fail_on)

    def close(self) -> None:
        """Let go of the files."""
        for shelf in self._shelves.values():
            shelf.close()

    def _by_shelf(self, candidates: Sequence[Candidate]) -> Iterable[tuple[_Shelf, list[int]]]:
        places: dict[str | None, list[int]] = {}
        for place, candidate in enumerate(candidates):
            if not candidate.passed_over and candidate.path != STDIN:
                places.setdefault(self._session.linters.file_for(candidate.path), []).append(place)
        for file, those in places.items():
            if file not in self._shelves:
                self._shelves[file] = _Shelf(file, self._session.plan, self._warn)
            yield self._shelves[file], those

    def _absolute(self, path: str) -> str:
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.abspath(folder)
        return os.path.join(self._folders[folder], name)


class _Shelf:
    """The kept results of one configuration."""

    def __init__(self, file: str | None, plan: Plan, warn: Warn) -> None:
        root = os.path.dirname(os.path.abspath(file)) if file else repository(os.curdir) or os.getcwd()
        layers = [config.read(file)] if file else []
        packs = [folder for layer in layers for folder in layer.packs]
        # An entry whose last day is past does not apply any more, though the configuration is the same.
        lapsed = [ignore for layer in layers for ignore in layer.lapsed(days.today())]
        asked = (plan.overrides, plan.heed.suppressions)
        self._key_text = "\n".join((keys.code_key(packs), root, repr(layers), repr(lapsed), repr(asked)))
        self._store = Store(root, warn)
        known = self._store.key(self._key_text)
        self._key = None if known is None else known[0]
        self.fail_on = Severity.ADVICE if known is None else Severity(known[1])
        self._seen_again: list[tuple[str, Stored]] = []

    def found(self, paths: Sequence[str]) -> list[Stored | None]:
        """What is kept of reports, for each."""
        if self._key is None:
            return [None] * len(paths)
        found = self._store.found(self._key, paths)
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

    def keep(self, results: Sequence[tuple[str, Stored]], fail_on: Severity) -> None:
        if self._key is None:
            self._key = self._store.new_key(self._key_text, fail_on)
        if self._key is not None:
            self._store.keep(self._key, results)

    def keep_states(self) -> None:
        """Keep what was learnt of files that are at rest by now."""
        if self._key is not None and self._seen_again:
            self._store.keep(self._key, self._seen_again)
            self._seen_again = []

    def close(self) -> None:
        self._store.close()
