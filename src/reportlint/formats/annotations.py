"""What is found in a report as annotations of a copy of its file."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostic import Diagnostic
from reportlint.errors import ReadError
from reportlint.formats.places import words
from reportlint.formats.text import WORDS
from reportlint.readers import Readers
from reportlint.readers.reader import Annotation
from reportlint.result import Result

_MOST_NOTES = 5
"""A remark in a margin is read at a glance; the whole list is what outputs are for."""


def annotated(readers: Readers, data: bytes, result: Result) -> bytes:
    """A copy of the file that a result is of, with what was found; ReadError where there can be none."""
    reader = readers.reading(data, result.source.path)
    if reader is None or reader.annotate is None:
        raise ReadError("unreadable", "这种文件加不了批注")
    return reader.annotate(data, result.source, remarks(result))


def remarks(result: Result) -> list[Annotation]:
    """What is said of a report itself, in order; not what is said of the files in which findings are accepted."""
    return [
        Annotation(diagnostic.span, "\n".join(_lines(diagnostic)), diagnostic.severity)
        for diagnostic in result.diagnostics
        if diagnostic.source is result.source
    ]


def suffixes(readers: Readers) -> list[str]:
    """The formats that annotations can be written into."""
    return sorted({suffix for reader in readers.all if reader.annotate is not None for suffix in reader.suffixes})


def _lines(diagnostic: Diagnostic) -> Iterator[str]:
    yield f"{WORDS[diagnostic.severity]}：{diagnostic.message}"
    here = words(diagnostic.location())
    for note in diagnostic.notes[:_MOST_NOTES]:
        where = words(note.where)
        yield f"· {note.message}{f'（{where}）' if where and where != here else ''}"
    if len(diagnostic.notes) > _MOST_NOTES:
        yield f"· 另有 {len(diagnostic.notes) - _MOST_NOTES} 点说明"
    yield f"规则：{diagnostic.rule}"
