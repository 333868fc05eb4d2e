"""`reportlint convert`: the canonical text of a report, of whatever format it is."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator

from reportlint import writing
from reportlint.cli import screen
from reportlint.cli.sources import source_of
from reportlint.cli.status import CLEAN
from reportlint.errors import ReportlintError
from reportlint.files import STDIN
from reportlint.linters import Linters
from reportlint.masking import Mask
from reportlint.readers import DOCUMENT_SUFFIXES, HTML_SUFFIXES
from reportlint.source import Source, Span

_STANDARD_OUTPUT = "-"
_SUFFIX = ".txt"
_MARK = "\ufeff"
_MOST_TOLD = 20


def convert(options: argparse.Namespace) -> int:
    """Write a report's text, and say what its reader was not sure of and what else the file holds."""
    name = options.stdin_filename if options.path == STDIN else options.path
    path = _target(options.output, name)
    if path is not None:
        _check(path, options.path, force=options.force)
    linter = Linters(options.config).of(name)
    source = source_of(options.path, linter.readers, options.stdin_filename)
    text = canonical(source.text)
    mask = Mask(source.text, linter.concealed(linter.read(source)))
    if path is not None:
        writing.write(path, text.encode("utf-8"))
        screen.show([f"写好了 {path}", *_told(source, mask)])
        return CLEAN
    shown = canonical(mask.whole)
    _print(shown)
    hidden = ["按规则遮盖了一些内容；用 --output 写到文件则不遮盖"] if shown != text else []
    screen.show([*hidden, *_told(source, mask)], sys.stderr)
    return CLEAN


def canonical(text: str) -> str:
    """A text as it is written: lines end with LF, and no mark of an encoding stands before it."""
    return text.lstrip(_MARK).replace("\r\n", "\n").replace("\r", "\n")


def _target(output: str | None, name: str) -> str | None:
    """The file to write; None for standard output. In a folder it is called as the report is."""
    if output is None or output == _STANDARD_OUTPUT:
        return None
    if os.path.isdir(output):
        stem = os.path.splitext(os.path.basename(name))[0].strip("<>")
        return os.path.normpath(os.path.join(output, f"{stem}{_SUFFIX}"))
    return output


def _check(path: str, start: str, *, force: bool) -> None:
    """ReportlintError where a file may not be written."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix in HTML_SUFFIXES | DOCUMENT_SUFFIXES:
        raise ReportlintError(f"写出的是纯文本，文件名不能以 {suffix} 结尾；没有写 {path}")
    if start != STDIN and os.path.exists(path) and os.path.exists(start) and os.path.samefile(path, start):
        raise ReportlintError(f"{path} 就是要转换的文件，没有改动；可以写到别的文件")
    if os.path.lexists(path) and not force:
        raise ReportlintError(f"已有 {path}，没有改动；要覆盖请加 --force")


def _told(source: Source, mask: Mask) -> Iterator[str]:
    """What there is beside the text, and what of it is not certain."""
    told = [(remark.span, remark.message) for remark in source.remarks]
    told += [(doubt.span, f"读取时有疑问：{doubt.reason}") for doubt in source.doubts]
    for span, words in told[:_MOST_TOLD]:
        yield f"{_place(source, span)}{mask(words)}"
    if len(told) > _MOST_TOLD:
        yield f"另有 {len(told) - _MOST_TOLD} 处"


def _place(source: Source, span: Span | None) -> str:
    location = None if span is None else source.location(span)
    return f"{location.words}：" if location is not None and location.words else ""


def _print(text: str) -> None:
    """Write to standard output: as it stands to a terminal, else in UTF-8 with the lines as they are."""
    if not sys.stdout.isatty() and hasattr(sys.stdout, "buffer"):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        return
    sys.stdout.write(text)
