"""Documents that are open in the editor: their text as it is at this moment, and what was said of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from reportlint.server.extracted import Extracted
from reportlint.server.positions import Positions
from reportlint.server.uris import path_of, shown
from reportlint.source import Source

if TYPE_CHECKING:
    from reportlint.linter import Linter
    from reportlint.result import Result
    from reportlint.server.troubles import Trouble

LANGUAGE = "ogi-report"
"""The language id of reports; what comes under another one is checked where it looks like a report."""


_EDITIONS = itertools.count(1)


class Change(NamedTuple):
    """A text instead of a stretch between two positions (line and character); of all of it, where there are none."""

    text: str
    start: tuple[int, int] | None = None
    end: tuple[int, int] | None = None


class Document:
    """A text that the editor holds; the file may hold another one, or not be there."""

    def __init__(self, uri: str, language: str, version: int, text: str) -> None:
        self.uri = uri
        self.language = language
        self.version = version
        self.file = path_of(uri)
        """The path of its file; None where it has none."""
        self.path = self.file or shown(uri)
        self.edition = next(_EDITIONS)
        """Another one after every change of the text or of what it is checked by: clients' versions may repeat."""
        self.source = Source(text, self.path)
        self.result: Result | None = None
        """What is said of the text as it is; None where that is not known yet."""
        self.config: str | None = None
        """The configuration file that counts for it."""
        self.linter: Linter | None = None
        """What checks it: the last one that could be made."""
        self.trouble: Trouble | None = None
        """What keeps it from being checked as configured now."""
        self.excluded = False
        """Whether the configuration leaves the file out."""
        self.lost = False
        """Whether it is not known any more what its text is."""
        self.original: Source | None = None
        """A document that was read for the client, whose text this one may have."""
        self.extracted: Extracted | None = None
        """What the text still has of that."""
        self.closed = False
        """Whether the editor has closed it, or opened another one in its place."""
        self.took = 0.0
        """How long its last check took, where it was made at once."""
        self.seconds = 0.0
        """How long a check is to take."""

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def asked_for(self) -> bool:
        """Whether the editor says that it is a report."""
        return self.language == LANGUAGE

    def adopt(self, original: Source | None) -> None:
        """Take note of a document that was read for the client: where the text is its text, it was read from it."""
        self.original = original
        self._compare()
        self.forget()

    def change(self, version: int | None, changes: Iterable[Change], positions: Positions) -> None:
        """Apply changes one after the other."""
        for change in changes:
            text = change.text
            if change.start is None:
                self.lost = False
            if change.start is not None and change.end is not None:
                text = self._spliced(positions, change.start, change.end, text)
            else:
                self.extracted = None
            self.source = Source(text, self.path)
            self._compare()
        if version is not None:
            self.version = version
        self.forget()

    def _spliced(self, positions: Positions, start: tuple[int, int], end: tuple[int, int], new: str) -> str:
        text = positions.spliced(self.source, start, end, new)
        if self.extracted is not None:
            span = positions.span(self.source, start, end)
            self.extracted = self.extracted.after(span, len(text) - len(self.text) + span.end - span.start)
        return text

    def _compare(self) -> None:
        if self.original is not None and self.original.text == self.text:
            self.extracted = Extracted.of(self.original)

    def frozen(self) -> Document:
        """The document as it is, for another thread: this one may change."""
        copy = Document(self.uri, self.language, self.version, "")
        copy.source, copy.extracted = self.source, self.extracted
        copy.linter, copy.trouble = self.linter, self.trouble
        copy.excluded, copy.lost = self.excluded, self.lost
        return copy

    def forget(self) -> None:
        """What was said of it does not hold any more."""
        self.result = None
        self.edition = next(_EDITIONS)


class Documents:
    """The open documents by URI."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._open.values()))

    def __len__(self) -> int:
        return len(self._open)

    def get(self, uri: str) -> Document | None:
        return self._open.get(uri)

    def open(self, document: Document) -> None:
        """Take a document in; one that is open already under its URI makes way."""
        self.close(document.uri)
        self._open[document.uri] = document

    def close(self, uri: str) -> Document | None:
        document = self._open.pop(uri, None)
        if document is not None:
            document.closed = True
        return document
