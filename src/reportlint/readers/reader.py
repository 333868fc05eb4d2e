"""What a reader is: the formats that it accepts, and how their bytes become a source."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reportlint.errors import ReadError
from reportlint.findings import Edit, Severity
from reportlint.source import Source, Span

if TYPE_CHECKING:
    from reportlint.readers import Readers


class Limits(NamedTuple):
    """How much of a file is read; beyond, the file is refused. Configured as `[limits]`, by names with hyphens."""

    text_bytes: int = 8 * 1024 * 1024
    """A text or a web page, and the text read from a document. The longest reports have some hundred thousand bytes."""
    file_bytes: int = 64 * 1024 * 1024
    """A document of any other kind, as it stands on the disk."""
    unpacked_bytes: int = 256 * 1024 * 1024
    """What a packed document comes to when it is unpacked, as far as it is read."""
    pages: int = 500
    """Pages of a PDF."""
    cells: int = 200_000
    """Cells of all tables of a document."""
    depth: int = 200
    """Elements within elements, tables within tables."""
    seconds: int = 60
    """The time that another program may take to convert a file."""


class Word(NamedTuple):
    """A word that was recognised in a picture."""

    text: str
    box: tuple[float, float, float, float]
    """Left, top, right, bottom, in pixels of the picture."""
    confidence: float
    """From 0 to 1."""


class Recogniser(NamedTuple):
    """A program that reads pictures of pages (OCR). What it reads is always in doubt."""

    name: str
    read: Callable[[bytes], Sequence[Word]]
    """The words of a page that is given as PNG."""


class Means(NamedTuple):
    """What a reader may use beside the bytes."""

    limits: Limits
    readers: Readers
    """The other readers: for what is within, or was converted."""
    recognisers: tuple[Recogniser, ...] = ()


class Annotation(NamedTuple):
    """A remark that is written into a copy of a document."""

    span: Span | None
    """None for what has no place in the text."""
    text: str
    """Its lines, in Chinese."""
    severity: Severity = Severity.ERROR
    """How grave what it says is, for formats that can show it."""


class Reader(NamedTuple):
    """A format of files. What is not None beyond `read` the format can do; all of it raises ReadError.

    Its functions import what they need when they are called: a run over other files does not pay for it.
    """

    name: str
    suffixes: frozenset[str]
    """In lower case, with the dot."""
    read: Callable[[bytes, str, Means], Source]
    """The source of a file's bytes; the second argument is its path."""
    accepts: Callable[[bytes], bool] | None = None
    """Whether bytes are of this format; they need not be whole or sound. None where only the suffix tells."""
    of_text: Callable[[str, str, Means], Source] | None = None
    """The source of what an editor holds as text, for formats that are text."""
    annotate: Callable[[bytes, Source, Sequence[Annotation]], bytes] | None = None
    """A copy of the file with annotations, and nothing else changed."""
    refusal: Callable[[Source, Edit], str] | None = None
    """Why an edit of the text cannot be made in the document (in Chinese); empty where it can."""
    rewrite: Callable[[bytes, Source, Sequence[Edit]], bytes] | None = None
    """The file with edits of its text made in it, none of them refused and none over another."""
    libraries: tuple[str, ...] = ()
    """The distributions that it reads with and that need not be installed, as their index calls them."""
    extra: str = ""
    """What of reportlint installs them: `pdf` for `pip install 'reportlint[pdf]'`."""
    programs: tuple[str, ...] = ()
    """Programs of which it needs one, by the names under which they are called; one does in place of libraries."""


def missing(suffix: str, extra: str) -> ReadError:
    """That a library is not installed which a reader needs, and how it is."""
    return ReadError("missing-extra", f"读取 {suffix} 文件需要另外安装：{installing(extra)}")


def installing(extra: str) -> str:
    """How an extra of reportlint is installed; under pre-commit, which installs reportlint for itself, by its file."""
    if os.environ.get("PRE_COMMIT"):
        return f".pre-commit-config.yaml 的这个钩子下写 additional_dependencies: ['reportlint[{extra}]']"
    return f"pip install 'reportlint[{extra}]'"
