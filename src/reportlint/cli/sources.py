"""A report named on the command line, or given on standard input."""

from __future__ import annotations

from reportlint.errors import ReadError, ReportlintError
from reportlint.files import STDIN
from reportlint.readers import from_bytes, read_file, standard_input
from reportlint.source import Source


def source_of(path: str) -> Source:
    """The source of a file or of standard input; ReportlintError says why there is none."""
    try:
        return from_bytes(standard_input(), "<stdin>") if path == STDIN else read_file(path)
    except ReadError as error:
        raise ReportlintError(f"{path}：{error}") from error
