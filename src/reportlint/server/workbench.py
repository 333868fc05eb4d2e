"""Which linter checks which document, and what stands in the way of it.

The linters are those of the command line. They are made anew when a file that they were made from has changed; where
that fails, the last ones stay in force, and what is wrong is told where it is wrong.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlint import config, days, keys, packs
from reportlint.accepted import FILE as ACCEPTED
from reportlint.errors import ConfigError, ReadError, ReportlintError
from reportlint.files import candidates
from reportlint.folders import Search
from reportlint.linter import Linter
from reportlint.linters import Linters
from reportlint.paths import below, is_repository
from reportlint.readers import from_text
from reportlint.result import Result, tool_finding, unreadable
from reportlint.server.documents import Document
from reportlint.source import Source

_BROKEN = "broken-configuration"
_NAMES = (*config.OWN_FILES, config.PYPROJECT, ACCEPTED)
"""Files that say how reports are checked, in the folder of a report or above it."""
_LINE = re.compile(r":([0-9]{1,9})(?![0-9])")


class Trouble(NamedTuple):
    """What is wrong with a configuration, and where."""

    file: str
    """The file in which it is shown, absolute."""
    line: int
    """From 1."""
    message: str


class Workbench:
    """The linters for the open documents."""

    def __init__(self, given: str | None = None) -> None:
        """`given` is the configuration for all documents; without one each has the nearest."""
        self._given = given
        self._linters: Linters | None = None
        self._good: dict[str | None, Linter] = {}
        """The linters that worked, by their configuration file."""
        self._troubles: dict[str, Trouble] = {}
        self._packs: set[str] = set()
        self._seen = self._marks(())

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What is wrong at this moment, each file's first error."""
        return tuple(self._troubles.values())

    def linters(self) -> Iterator[Linter]:
        """Those in force."""
        yield from self._good.values()

    def reconfigure(self, given: str | None, documents: Iterable[Document]) -> None:
        """Another configuration for all documents, or none."""
        self._given = given
        self._good.clear()
        self.renew(documents)

    def renew(self, documents: Iterable[Document]) -> None:
        """Go by the files as they are now."""
        for folder in self._packs:
            packs.forget(folder)
        self._linters = None
        self._troubles.clear()
        documents = list(documents)
        for document in documents:
            document.forget()
            self._look_at(document)
            self.linter(document)
        self._seen = self._marks(documents)

    def stale(self, documents: Iterable[Document]) -> bool:
        """Whether a file that counts has changed, come or gone since, or a day has passed."""
        return self._marks(documents) != self._seen

    def admit(self, document: Document, documents: Iterable[Document]) -> None:
        """Take note of a document that was opened."""
        self._look_at(document)
        self.linter(document)
        # Only what the new one adds: what has changed for the others is still to be noticed.
        known = dict(self._seen)
        self._seen = tuple((file, known.get(file, mark)) for file, mark in self._marks(documents))

    def linter(self, document: Document) -> Linter | None:
        """The linter for a document; None where there is none, and never was."""
        file: str | None = None
        try:
            linters = self._linters = self._linters or Linters(self._given)
            file = linters.file_for(document.path)
            linter = linters.of(document.path)
            # Both are read when they are needed first: what is wrong with them is to be known now.
            linter.acceptance.claims.of(document.path)
            linter.acceptance.kept.of(document.path)
        except ReportlintError as error:
            self._note(error, file, document.path)
            return self._good.get(file)
        self._good[file] = linter
        return linter

    def result(self, document: Document) -> Result:
        """All that is said of a document's text, as the command line would say it of a file that holds it."""
        linter = self.linter(document)
        if linter is None:
            message = "配置有误，没有检查：" + "；".join(trouble.message for trouble in self.troubles)
            finding = tool_finding(document.source, _BROKEN, message)
            return Result(document.source, None, [finding], (), (), True)
        try:
            source = read(document)
        except ReadError as error:
            return linter.acceptance.judge(unreadable(document.path, error, linter.settings.root))
        result = linter.examine(source)
        try:
            return linter.acceptance.judge(result)
        except ReportlintError as error:
            # The file was spoilt since.
            self._note(error, None, document.path)
            return result

    def _note(self, error: ReportlintError, file: str | None, path: str) -> None:
        """Keep what is wrong, in the file that its words name: of several in the last one, which is the cause."""
        message = str(error)
        layers = [] if self._linters is None or file is None else self._readable(self._linters, file)
        known = [each.origin for layer in layers for each in layer.files()]
        known += [
            os.path.join(folder, name) for folder in _upwards(os.path.dirname(os.path.abspath(path))) for name in _NAMES
        ]
        named = [each for each in known if each in message or below(os.getcwd(), each) in message]
        place = named[-1] if named else file or os.path.abspath(path)
        found = _LINE.search(message)
        line = int(found[1]) if found and isinstance(error, ConfigError) else 1
        self._troubles.setdefault(place, Trouble(os.path.abspath(place), line, message))

    def _readable(self, linters: Linters, file: str) -> list[config.Layer]:
        try:
            return linters.layers_of(file)
        except ReportlintError:
            return []

    def _look_at(self, document: Document) -> None:
        """Whether the configuration leaves a document's file out."""
        document.excluded = False
        if document.file is None or not os.path.lexists(document.file):
            return
        search = Search(self._given, force_exclude=True)
        try:
            document.excluded = any(each.passed_over for each in candidates([document.file], search))
        except ReportlintError:
            # What is wrong with a configuration is told when the linter is made.
            return

    def _marks(self, documents: Iterable[Document]) -> tuple[tuple[str, str], ...]:
        """All files that decide how the documents are checked, as they are now, and the day."""
        marks = {"": days.today()}
        folders: dict[str, None] = {}
        for document in documents:
            # A text that is no file yet goes by the current folder.
            folders.update(dict.fromkeys(_upwards(os.path.dirname(os.path.abspath(document.path)))))
        for folder in folders:
            for name in _NAMES:
                file = os.path.join(folder, name)
                marks[file] = keys.told(file)
        for linter in self._good.values():
            for file in (*linter.settings.files, linter.acceptance.kept.path):
                marks[file] = keys.told(file)
        for folder in self._folders_of_packs():
            marks[folder] = "\n".join(keys.files(keys.package(folder)))
        return tuple(marks.items())

    def _folders_of_packs(self) -> Iterator[str]:
        if self._linters is not None:
            for file in (self._given, *self._good):
                layers = self._readable(self._linters, file) if file else []
                self._packs.update(folder for layer in layers for folder in layer.packs)
        yield from sorted(self._packs)


def read(document: Document) -> Source:
    """The source of a document's text; ReadError where it cannot be read."""
    source = from_text(document.text, document.path)
    # The text's own source knows its lines already.
    return document.source if source.origin is None else source


def _upwards(folder: str) -> list[str]:
    """A folder and those above it in which configurations are looked for."""
    folders = [folder]
    while not is_repository(folders[-1]) and os.path.dirname(folders[-1]) != folders[-1]:
        folders.append(os.path.dirname(folders[-1]))
    return folders
