"""Which linter checks which document, and what stands in the way of it.

The linters are those of the command line. They are made anew when a file that they were made from has changed; where
that fails, the last one of a document stays in force, and what is wrong is told where it is wrong.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlint import config, days, keys, packs
from reportlint.accepted import FILE as ACCEPTED
from reportlint.baseline import FILE as BASELINE
from reportlint.errors import ReadError, ReportlintError
from reportlint.files import candidates
from reportlint.folders import Search
from reportlint.linter import Linter
from reportlint.linters import Linters
from reportlint.paths import is_repository
from reportlint.readers import Readers
from reportlint.result import Result, tool_finding, unreadable
from reportlint.server.documents import Document
from reportlint.server.troubles import BROKEN, Trouble, trouble
from reportlint.source import Source, Span

_NAMES = (*config.OWN_FILES, config.PYPROJECT, ACCEPTED, BASELINE)
"""Files that say how reports are checked, in the folder of a report or above it."""
_IGNORING = (".gitignore", os.path.join(".git", "info", "exclude"))
"""Those that say which reports are."""
_SUFFIX = ".toml"


class Needs(NamedTuple):
    """What a configuration stands on, all that it ever did: what is broken now may have been right."""

    files: set[str]
    """Configuration files: those that were read, and those that should have been."""
    packs: set[str]
    """Folders."""


class Workbench:
    """The linters for the open documents. Only one thread may use it; what it gives to documents any may."""

    def __init__(self, given: str | None = None) -> None:
        """`given` is the configuration for all documents; without one each has the nearest."""
        self._given = given
        self._linters: Linters | None = None
        self._good: dict[str | None, Linter] = {}
        """The linters that worked, by their configuration file."""
        self._needs: dict[str | None, Needs] = {}
        """What else was needed, by the configuration file."""
        self._seen: dict[str, str] = {}

    def troubles(self, documents: Iterable[Document]) -> list[Trouble]:
        """What is wrong at this moment, each file's first error."""
        found = [document.trouble for document in documents if document.trouble is not None]
        return list({each.file or each.message: each for each in reversed(found)}.values())

    def linters(self) -> Iterator[Linter]:
        """Those in force."""
        yield from list(self._good.values())

    def reconfigure(self, given: str | None, documents: Iterable[Document]) -> None:
        """Another configuration for all documents, or none."""
        self._given = given
        self.renew(documents)

    def renew(self, documents: Iterable[Document]) -> None:
        """Go by the files as they are now."""
        documents = list(documents)
        before = self._marks(documents)
        modules = [packs.forget(folder) for folder in self._packs(documents)]
        self._linters = None
        for document in documents:
            document.forget()
            self.set_up(document)
        for forgotten in modules:
            packs.remember(forgotten)
        if documents:
            used = [document.linter for document in documents]
            self._good = {file: linter for file, linter in self._good.items() if linter in used}
        # What has changed while it was read is as before, so that the next look sees it.
        self._seen = self._marks(documents) | before

    def stale(self, documents: Iterable[Document]) -> bool:
        """Whether a file that counts has changed, come or gone since, or a day has passed."""
        return any(self._seen.setdefault(file, mark) != mark for file, mark in self._marks(documents).items())

    def admit(self, document: Document) -> None:
        """Take note of a document that was opened."""
        before = self._marks([document])
        self.set_up(document)
        # Only what the new one adds: what has changed for the others is still to be noticed.
        self._seen = self._marks([document]) | before | self._seen

    def dismiss(self, documents: Iterable[Document]) -> None:
        """Only these documents are left: packs of no other may stand in the way of theirs."""
        documents = list(documents)
        left = {document.config for document in documents}
        used = self._packs(documents)
        for config_file in [each for each in self._needs if each not in left]:
            for folder in self._needs.pop(config_file).packs - used:
                packs.forget(folder)
                self._linters = None

    def result(self, document: Document) -> Result:
        """All that is said of a document's text, as the command line would say it of a file that holds it."""
        linter = document.linter
        if linter is None:
            why = "" if document.trouble is None else document.trouble.message
            finding = tool_finding(document.source, BROKEN.partition("/")[2], f"配置有误，没有检查：{why}")
            return Result(document.source, None, [finding], (), (), True)
        try:
            source = read(document, linter.readers)
        except ReadError as error:
            return linter.acceptance.judge(_unread(document, error, linter.settings.root))
        return linter.lint(source)

    def set_up(self, document: Document) -> None:
        """Give a document its linter; where that fails, it keeps the one that it has."""
        self._look_at(document)
        document.trouble = None
        file = self._given or os.environ.get(config.ENVIRONMENT) or None
        try:
            linters = self._linters = self._linters or Linters(self._given)
            file = linters.file_for(document.path)
            linter = linters.of(document.path)
            # Both are read when they are needed first: what is wrong with them is to be known now.
            linter.acceptance.claims.of(document.path)
            linter.acceptance.kept.of(document.path)
        except ReportlintError as error:
            document.config = file
            needs = self._take_in(file)
            document.trouble = trouble(error, file, self._about(document, needs), needs.packs)
            document.linter = document.linter or self._good.get(file)
        else:
            document.config = file
            self._take_in(file)
            self._good[file] = document.linter = linter

    def _take_in(self, file: str | None) -> Needs:
        """Take note of a configuration file, of those that it extends and of its packs, as far as they can be read."""
        needs = self._needs.setdefault(file, Needs(set(), set()))
        waiting = [] if file is None else [os.path.abspath(file)]
        met: set[str] = set()
        while waiting:
            one = waiting.pop()
            if one in met:
                continue
            met.add(one)
            try:
                layer = config.alone(one)
            except ReportlintError:
                continue
            waiting += [each for each in layer.extends or () if each.endswith(_SUFFIX)]
            needs.packs.update(layer.packs)
        needs.files.update(met)
        return needs

    def _packs(self, documents: Iterable[Document]) -> set[str]:
        """The folders of packs that documents need."""
        needs = (self._needs.get(document.config) for document in documents)
        return {folder for each in needs if each is not None for folder in each.packs}

    def _about(self, document: Document, needs: Needs) -> list[str]:
        """Files that an error may be about."""
        kept = [linter.acceptance.kept.path for linter in self._good.values()]
        return [*needs.files, *kept, *_named(document, _NAMES)]

    def _look_at(self, document: Document) -> None:
        """Whether the configuration leaves a document's file out."""
        document.excluded = False
        if document.file is None or not os.path.lexists(document.file):
            return
        try:
            search = Search(config.chosen(self._given), force_exclude=True)
            document.excluded = any(each.passed_over for each in candidates([document.file], search))
        except ReportlintError:
            # What is wrong with a configuration is told when the linter is made.
            return

    def _marks(self, documents: Iterable[Document]) -> dict[str, str]:
        """All files that decide how the documents are checked, as they are now, and the day."""
        marks = {"": days.today()}
        documents = list(documents)
        files: dict[str, None] = {}
        for document in documents:
            needs = self._needs.get(document.config)
            files.update(dict.fromkeys(sorted(needs.files) if needs is not None else ()))
            files.update(dict.fromkeys(_named(document, (*_NAMES, *_IGNORING))))
            if document.linter is not None:
                files.update(dict.fromkeys((*document.linter.settings.files, document.linter.acceptance.kept.path)))
            if document.file is not None:
                marks[document.file] = str(os.path.lexists(document.file))
        marks.update((file, keys.told(file)) for file in files)
        for folder in sorted(self._packs(documents)):
            marks[folder] = "\n".join(keys.files(keys.package(folder)))
        return marks


def read(document: Document, readers: Readers) -> Source:
    """The source of a document's text; ReadError where it cannot be read."""
    if document.extracted is not None:
        return document.extracted.on(document.text, document.path)
    source = readers.of_text(document.text, document.path)
    # The text's own source knows its lines already.
    return document.source if source.origin is None else source


def _unread(document: Document, error: ReadError, root: str) -> Result:
    """That a text cannot be read, in its place."""
    result = unreadable(document.path, error, root)
    start = None if error.line is None else document.source.line_start(error.line)
    span = None if start is None else Span(start + (error.column or 1) - 1, start + (error.column or 1) - 1)
    findings = [each._replace(source=document.source, span=span, at=None) for each in result.diagnostics]
    return result._replace(source=document.source, diagnostics=findings)


def _named(document: Document, names: Iterable[str]) -> list[str]:
    """Files of these names in the folder of a document and those above it in which configurations are looked for."""
    folder = os.getcwd() if document.file is None else os.path.dirname(os.path.abspath(document.file))
    folders = [folder]
    while not is_repository(folders[-1]) and os.path.dirname(folders[-1]) != folders[-1]:
        folders.append(os.path.dirname(folders[-1]))
    return [os.path.join(each, name) for each in folders for name in names]
