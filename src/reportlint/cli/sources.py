"""A report named on the command line, or given on standard input."""

from __future__ import annotations

from reportlint.errors import ReadError, ReportlintError
from reportlint.files import STDIN
from reportlint.readers import Readers
from reportlint.source import Source

_STDIN = "<stdin>"


def source_of(path: str, readers: Readers) -> Source:
    """The source of a file or of standard input; ReportlintError says why there is none."""
    try:
        return readers.source(readers.standard_input(_STDIN), _STDIN) if path == STDIN else readers.file(path)
    except ReadError as error:
        raise ReportlintError(f"{path}：{error}") from error
