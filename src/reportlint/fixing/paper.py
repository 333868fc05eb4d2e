"""What a report stands on while it is mended: a text, or a document with the text that was read from it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

from reportlint import fixes
from reportlint.errors import ReadError
from reportlint.findings import Edit
from reportlint.fixing.edits import Refusal
from reportlint.readers import Readers
from reportlint.readers.reader import Reader
from reportlint.source import Source

_WEB_PAGE = "这是网页，读出的文字不是文件的原文，不能自动修改"
_NOT_ITS_TEXT = "读出的文字不是文件的原文，不能自动修改"
_NOT_THE_SAME = "写进文件后读出的文字会不一样，不能自动修改"


class Document(NamedTuple):
    """A document whose text can be written, and what reads and writes it."""

    data: bytes
    reader: Reader
    readers: Readers


class Paper(NamedTuple):
    """A text to be mended."""

    source: Source
    document: Document | None = None
    """None for a plain text."""

    @classmethod
    def of(cls, source: Source, data: bytes, readers: Readers) -> Paper:
        """What was read from a file; Refusal where it cannot be written."""
        reader = None if source.origin is None else readers.reading(data, source.path)
        if reader is None or reader.rewrite is None:
            return cls.of_text(source)
        return cls(source, Document(data, reader, readers))

    @classmethod
    def of_text(cls, source: Source) -> Paper:
        """A text of no file; Refusal for one that was read from a document."""
        if source.is_text:
            return cls(source)
        if source.page is not None:
            raise Refusal(_WEB_PAGE)
        raise Refusal(f"这是 {os.path.splitext(source.path)[1].lower()} 文件，{_NOT_ITS_TEXT}")

    def check(self, edits: Iterable[Edit]) -> None:
        """Refusal where the document does not take one of these edits."""
        if self.document is None or self.document.reader.refusal is None:
            return
        for edit in edits:
            why = self.document.reader.refusal(self.source, edit)
            if why:
                raise Refusal(why)

    def edited(self, edits: Iterable[Edit]) -> Paper:
        """With edits made that do not overlap; Refusal where the document would not have them when it is read again."""
        made = sorted(edits)
        text = fixes.edited(self.source.text, made)
        if self.document is None:
            known = None if self.source.origin is None else self.source.origin.after(text, made)
            return Paper(known or Source(text, self.source.path))
        data, reader, readers = self.document
        assert reader.rewrite is not None
        try:
            written = reader.rewrite(data, self.source, made)
            source = readers.source(written, self.source.path)
        except ReadError as error:
            raise Refusal(str(error)) from error
        if source.text != text:
            raise Refusal(_NOT_THE_SAME)
        return Paper(source, Document(written, reader, readers))
