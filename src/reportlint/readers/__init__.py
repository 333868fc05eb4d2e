"""Files to sources: which reader reads which file, and how much of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from reportlint.errors import ReadError, reason
from reportlint.readers.reader import Limits, Means, Reader, Recogniser
from reportlint.readers.text import FILE_BYTES, TEXT_BYTES, check_size, check_text, decode, read_bytes
from reportlint.source import Source

TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm"})
DOCUMENT_SUFFIXES = frozenset(
    {".pdf", ".doc", ".docx", ".docm", ".wps", ".odt", ".rtf", ".xls", ".xlsx", ".xlsm", ".et", ".ods"}
)
REPORT_SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | DOCUMENT_SUFFIXES
"""What is looked for in a folder, whether or not a pack is there that reads it: nothing is passed over unsaid."""

OWN_PAGE = "own-page"
"""The code of the error that a page is one that the output `html` wrote: it quotes whole reports."""


class Readers:
    """The readers that packs bring, by suffix; what none of them is for is text."""

    def __init__(
        self,
        readers: Iterable[Reader] = (),
        limits: Limits = Limits(),  # noqa: B008 - a tuple
        recognisers: tuple[Recogniser, ...] = (),
    ) -> None:
        self.all = tuple(readers)
        self.limits = limits
        self._means = Means(limits, self, recognisers)
        self._by_suffix = {suffix: reader for reader in reversed(self.all) for suffix in reader.suffixes}

    def of(self, path: str) -> Reader | None:
        """The reader for files of that name; None for text."""
        return self._by_suffix.get(os.path.splitext(path)[1].lower())

    def reading(self, data: bytes, path: str) -> Reader | None:
        """The reader for a file's bytes: that for its name, unless they are plainly of another format; None: text."""
        reader = self.of(path)
        if b"\0" not in data if reader is None else reader.accepts is None or reader.accepts(data):
            return reader
        # Its reader remarks, by the suffix, that the file is not what its name says. Standard input has no suffix.
        return next((each for each in self.all if each.accepts is not None and each.accepts(data)), reader)

    def file(self, path: str) -> Source:
        """The source of a file; ReadError says why there is none."""
        return self.source(self.bytes_of(path), path)

    def bytes_of(self, path: str) -> bytes:
        """The bytes of a file; ReadError says why there are none."""
        return read_bytes(path, *self._most_bytes(path))

    def standard_input(self, path: str) -> bytes:
        """What stands on standard input for a file of that name; ReadError where it cannot be read or is too large."""
        most, limit = self._most_bytes(path)
        try:
            data = sys.stdin.buffer.read(most + 1)
        except OSError as error:
            raise ReadError("unreadable", f"读不到标准输入：{reason(error)}") from error
        check_size(len(data), most, limit)
        return data

    def source(self, data: bytes, path: str) -> Source:
        """The source of a file's bytes: by the suffix of its name, unless the bytes are plainly of another format."""
        check_size(len(data), *self._most_bytes(path))
        suffix = os.path.splitext(path)[1].lower()
        reader = self.reading(data, path)
        if reader is None:
            if suffix in DOCUMENT_SUFFIXES:
                raise ReadError("unreadable", f"没有规则包能读取 {suffix} 文件，可另存为纯文本后检查")
            return Source(decode(data), path)
        source = reader.read(data, path, self._means)
        if source.origin is not None:
            source.origin.is_writable = reader.rewrite is not None
        check_text(source.text, self.limits.text_bytes, "文件" if reader.of_text is not None else "读出的文字")
        return source

    def of_text(self, text: str, path: str) -> Source:
        """The source of what an editor holds as text; ReadError for a format that is none."""
        check_text(text, self.limits.text_bytes)
        reader = self.of(path)
        if reader is None:
            return Source(text, path)
        if reader.of_text is None:
            suffix = os.path.splitext(path)[1].lower()
            raise ReadError("unreadable", f"{suffix} 文件不是文本，编辑器里的内容不能检查")
        return reader.of_text(text, path, self._means)

    def _most_bytes(self, path: str) -> tuple[int, str]:
        """How many bytes a file of that name may have, and the limit that says so."""
        reader = self.of(path)
        is_text = reader is None or reader.of_text is not None
        return (self.limits.text_bytes, TEXT_BYTES) if is_text else (self.limits.file_bytes, FILE_BYTES)
