"""Which entries speak for a report: those of the files beside it and above, and of the configuration."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from reportlint import accepted
from reportlint.accepted import AcceptedFile, Entry
from reportlint.paths import below, repository

IGNORE, ACCEPTED = "ignore", "accepted"
_WILD = ("*", "?", "[")


class Ignored(Protocol):
    """An `[[ignore]]` entry of the configuration."""

    @property
    def rules(self) -> tuple[str, ...]: ...
    @property
    def paths(self) -> tuple[str, ...]: ...
    @property
    def because(self) -> str: ...
    @property
    def place(self) -> str | None: ...
    @property
    def by(self) -> str | None: ...
    @property
    def until(self) -> str | None: ...
    @property
    def origin(self) -> str: ...
    def covers(self, path: str) -> bool: ...


class Claim(NamedTuple):
    """An entry that speaks for a report, and who says so."""

    entry: Entry
    kind: str
    origin: str
    """The file, and the line."""
    file: AcceptedFile | None = None
    number: int = 0
    """Which entry of the file it is."""
    alone: bool = True
    """Whether it is for one report only."""

    @property
    def report(self) -> str:
        """The path of the report, where the entry stands in a file beside it."""
        folder = "" if self.file is None else os.path.dirname(self.file.path)
        return os.path.normpath(os.path.join(folder, self.entry.report))


class Claims:
    """The entries under a root. A file is read when a report needs it, and once."""

    def __init__(self, root: str, placed: Sequence[Ignored]) -> None:
        self._root = root
        self._placed = placed
        self._files: dict[str, AcceptedFile | None] = {}
        self._folders: dict[str, Mapping[str, tuple[Claim, ...]]] = {}

    def of(self, path: str) -> Sequence[Claim]:
        """Those that speak for a report, the nearest first. What is no file (`<stdin>`) has none beside it."""
        claims: Sequence[Claim] = ()
        if not path.startswith("<"):
            folder, name = os.path.split(path)
            if folder not in self._folders:
                self._folders[folder] = self._in_folder(os.path.abspath(folder))
            claims = self._folders[folder].get(name, ())
        if not self._placed:
            return claims
        return [*claims, *(claim for each in self._placed if each.covers(path) for claim in ignoring(each, path))]

    def below(self, folder: str) -> Iterator[Claim]:
        """Those of all files in a folder and below."""
        for path, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
            if accepted.FILE in (*names, *folders):
                yield from _claims(self._file(os.path.abspath(path)))

    def within(self, file: str) -> Iterator[Claim]:
        """Those of one file."""
        yield from _claims(self._file(os.path.dirname(file)))

    def files(self, path: str) -> list[str]:
        """Where entries for a report may stand: beside it first, at the root last."""
        return [os.path.join(folder, accepted.FILE) for folder in self._upwards(os.path.dirname(os.path.abspath(path)))]

    def _in_folder(self, folder: str) -> dict[str, tuple[Claim, ...]]:
        """The entries that speak for the reports of a folder, by the report's name."""
        by_name: dict[str, tuple[Claim, ...]] = {}
        for upper in self._upwards(folder):
            for claim in _claims(self._file(upper)):
                if os.path.normcase(os.path.dirname(claim.report)) == os.path.normcase(folder):
                    name = os.path.basename(claim.report)
                    by_name[name] = (*by_name.get(name, ()), claim)
        return by_name

    def _upwards(self, folder: str) -> list[str]:
        """The folder and those above it, up to the root; up to its repository's where it is not below the root."""
        folders = [folder]
        while os.path.dirname(folders[-1]) != folders[-1]:
            folders.append(os.path.dirname(folders[-1]))
        for top in (self._root, repository(folder)):
            if top in folders:
                return folders[: folders.index(top) + 1]
        return [folder]

    def _file(self, folder: str) -> AcceptedFile | None:
        if folder not in self._files:
            path = os.path.join(folder, accepted.FILE)
            self._files[folder] = accepted.read(path, below(os.getcwd(), path))
        return self._files[folder]


def ignoring(ignore: Ignored, path: str) -> Iterator[Claim]:
    """An `[[ignore]]` entry as it speaks for a report, a rule at a time."""
    alone = len(ignore.paths) == 1 and not any(sign in ignore.paths[0] for sign in _WILD)
    for rule in ignore.rules:
        entry = Entry(rule, path, ignore.place or "", None, ignore.because, ignore.by, ignore.until)
        yield Claim(entry, IGNORE, ignore.origin, alone=alone)


class Coverage:
    """Which `[[ignore]]` entries have been for no report so far."""

    def __init__(self, ignores: Iterable[Ignored]) -> None:
        self.left = tuple(ignores)

    def add(self, path: str) -> None:
        """Take note of a report."""
        if self.left:
            self.left = tuple(each for each in self.left if not each.covers(path))


def _claims(file: AcceptedFile | None) -> Iterator[Claim]:
    if file is not None:
        for index, entry in enumerate(file.entries):
            yield Claim(entry, ACCEPTED, file.origin(index), file, index)
