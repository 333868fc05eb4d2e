"""A report named on the command line, or given on standard input."""

from __future__ import annotations

from reportlint.errors import ReadError, ReportlintError
from reportlint.files import STDIN
from reportlint.readers import Readers
from reportlint.source import Source


def source_of(path: str, readers: Readers, stdin_name: str = "<stdin>") -> Source:
    """The source of a file or of standard input; ReportlintError says why there is none."""
    try:
        if path == STDIN:
            return readers.source(readers.standard_input(stdin_name), stdin_name)
        return readers.file(path)
    except ReadError as error:
        raise ReportlintError(f"{path}：{error}") from error
