"""What only a run over folders can tell of entries: those for a report that is not there, and those that none needs."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from reportlint.diagnostic import Diagnostic
from reportlint.result import Result
from reportlint.session import Checked, Session

if TYPE_CHECKING:
    from reportlint.acceptance import Acceptance
    from reportlint.acceptance.claims import Coverage


class Census:
    """Takes note of the reports of a run, and has findings about entries when all of them are known."""

    def __init__(self, session: Session, folders: Sequence[str], whole: bool = True) -> None:
        """`whole` is whether all reports of the folders are checked that the configuration does not exclude."""
        self._session = session
        self._whole = whole
        self._folders = folders
        self._seen: dict[str | None, tuple[Acceptance, Coverage, str]] = {}

    def note(self, path: str) -> None:
        """Take note of a report."""
        file = self._session.linters.file_for(path)
        if file not in self._seen:
            acceptance = self._session.linters.entries_of(path)
            self._seen[file] = (acceptance, acceptance.coverage(), path)
        self._seen[file][1].add(path)

    def shares(self, ran: Collection[str]) -> Iterator[Checked]:
        """What is to be said of the files that have the entries; `ran` are the rules of the run."""
        told: set[object] = set()
        for acceptance, coverage, path in self._seen.values():
            found: list[tuple[object, Diagnostic]] = []
            for folder in self._folders:
                # An entry of a file is met from the root of every configuration that has reports in the folder.
                orphans = self._orphans(acceptance, folder, path, ran)
                found += [((os.path.abspath(each.source.path), each.start()), each) for each in orphans]
            ignores = acceptance.expired_ignores()
            # Of a part of what is configured nothing can be said of what is for the rest.
            if self._whole and any(_within(acceptance.root, folder) for folder in self._folders):
                ignores += acceptance.unused_ignores(coverage)
            found += [(each.fingerprint, each) for each in ignores]
            by_file: dict[str, list[Diagnostic]] = {}
            for entry, diagnostic in found:
                if entry not in told:
                    told.add(entry)
                    by_file.setdefault(diagnostic.source.path, []).append(diagnostic)
            for diagnostics in by_file.values():
                result = Result(diagnostics[0].source, None, diagnostics, (), (), False)
                yield self._session.told(result, self._session.linters.of(path).settings.fail_on)

    def _orphans(self, acceptance: Acceptance, folder: str, path: str, ran: Collection[str]) -> list[Diagnostic]:
        claims = list(acceptance.claims.below(folder))
        if not claims:
            return []
        # To know all rules takes the packs, which a run whose results are kept does without where it can.
        strange = any(claim.entry.rule not in ran for claim in claims)
        return acceptance.orphans(folder, self._session.linters.of(path).packs.rules if strange else None)


def _within(path: str, folder: str) -> bool:
    full = os.path.abspath(folder)
    return path == full or path.startswith(os.path.join(full, ""))
