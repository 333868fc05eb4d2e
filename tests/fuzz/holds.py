"""What must hold of any bytes, whatever reader they are given to."""

from __future__ import annotations

from reportlint import Linter, Source
from reportlint.errors import ReadError
from reportlint.readers.reader import Limits
from reportlint.source import Span

SUFFIXES = {"docx": ".docx", "html": ".html", "pdf": ".pdf", "xlsx": ".xlsx", "text": ".txt"}
"""The readers, and the name that a file for each ends in."""
LIMITS = Limits(
    text_bytes=1 << 20, file_bytes=1 << 20, unpacked_bytes=4 << 20, pages=20, cells=20_000, depth=100, seconds=10
)
"""Small, so that what goes beyond them is seen soon."""
_LINTER = Linter.from_layers([])
_READERS = type(_LINTER.readers)(_LINTER.readers.all, LIMITS)


def check(data: bytes, reader: str) -> Source | None:
    """Read bytes: a source whose places are all in it and can be told, or a ReadError with words, and nothing else."""
    try:
        source = _READERS.source(data, f"fuzz{SUFFIXES[reader]}")
    except ReadError as error:
        refusal = error
    else:
        return _sound(data, reader, source)
    assert str(refusal), "an error without words"
    assert refusal.code, "an error without a code"
    return None


def _sound(data: bytes, reader: str, source: Source) -> Source:
    """The source, when all that it says is of it."""
    length = len(source.text)
    for doubt in source.doubts:
        assert 0 <= doubt.span.start <= doubt.span.end <= length
        assert doubt.reason
    for remark in source.remarks:
        assert remark.span is None or 0 <= remark.span.start <= remark.span.end <= length
        assert remark.message
    for start in range(0, length, max(1, length // 20)):
        location = source.location(Span(start, min(length, start + 3)))
        assert location is None or (isinstance(location.words, str) and isinstance(location.path, str))
    assert _READERS.source(data, f"fuzz{SUFFIXES[reader]}").text == source.text, "another text the second time"
    return source


def lint(source: Source) -> None:
    """Lint what was read: a rule may find what it likes, and none may crash."""
    result = _LINTER.lint(source)
    crashes = [found.message for found in result.diagnostics if found.rule == "reportlint/rule-crash"]
    assert not crashes, crashes
