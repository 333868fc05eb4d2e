"""`reportlint new`: a zero-filled report for an organisation and a year."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator

from reportlint import days, writing
from reportlint.blank import blank, parts, remark, title
from reportlint.cli import screen
from reportlint.cli.status import CLEAN
from reportlint.errors import ReportlintError
from reportlint.formats.text import concise
from reportlint.linter import Linter
from reportlint.linters import Linters
from reportlint.readers import DOCUMENT_SUFFIXES, HTML_SUFFIXES
from reportlint.result import Result

_STANDARD_OUTPUT = "-"
_DOCX = "docx"
_SUFFIXES = {"tab": ".txt", "pipe": ".md", _DOCX: ".docx"}
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')
"""Characters that the name of a file may not have on one system or another."""


def new(options: argparse.Namespace) -> int:
    """Write a new report, and say what is left to do in it."""
    year = int(days.today()[:4]) - 1 if options.year is None else options.year
    layout = _layout(options)
    linter = Linters(options.config).at(_place(options.output))
    asked = (linter, options.organisation, year, options.form)
    data = _document(asked) if layout == _DOCX else blank(*asked, layout).encode("utf-8")
    path = _path(options.output, title(linter, options.organisation.strip(), year), layout)
    result = linter.lint(linter.readers.source(data, path or f"<stdout>{_SUFFIXES[layout]}"))
    left = remark(linter, year, options.form)
    told = [*([left] if left else []), *_found(result)]
    if path is None:
        _print(data, is_text=layout != _DOCX)
        screen.show(told, sys.stderr)
        return CLEAN
    if os.path.lexists(path) and not options.force:
        raise ReportlintError(f"已有 {path}，没有改动；要覆盖请加 --force")
    writing.write(path, data)
    screen.show([f"写好了 {path}", *told])
    return CLEAN


def _document(asked: tuple[Linter, str, int, str | None]) -> bytes:
    from reportlint.blank.document import document

    return document(parts(*asked))


def _layout(options: argparse.Namespace) -> str:
    """How the report is set: as it is asked for, or by what the name of the file is for."""
    suffix = os.path.splitext(options.output or "")[1].lower()
    if options.docx or suffix == _SUFFIXES[_DOCX]:
        if options.layout:
            raise ReportlintError("--layout 用于文本，Word 文件里的表格就是表格")
        if suffix != _SUFFIXES[_DOCX] and options.output and _is_file(options.output):
            raise ReportlintError(f"--docx 写的是 .docx 文件，不能写到 {options.output}")
        return _DOCX
    return options.layout or ("pipe" if suffix in (".md", ".markdown") else "tab")


def _is_file(output: str) -> bool:
    """Whether what is given to write to is the name of a file."""
    return output != _STANDARD_OUTPUT and not os.path.isdir(output)


def _place(output: str | None) -> str:
    """The file or folder whose configuration counts; ReportlintError for a kind of file that is not written."""
    if output is None or output == _STANDARD_OUTPUT:
        return os.curdir
    suffix = os.path.splitext(output)[1].lower()
    if suffix in HTML_SUFFIXES | DOCUMENT_SUFFIXES - {_SUFFIXES[_DOCX]} and not os.path.isdir(output):
        raise ReportlintError(f"写不出 {suffix} 文件，只有 .txt、.md 和 .docx；没有写 {output}")
    return output


def _path(output: str | None, heading: str, layout: str) -> str | None:
    """The file to write; None for standard output. Without a name, or in a folder, it is called by its title: so that
    editors know it for a report."""
    if output == _STANDARD_OUTPUT:
        return None
    if output is None or os.path.isdir(output):
        return os.path.normpath(os.path.join(output or "", f"{_NOT_IN_NAMES.sub('-', heading)}{_SUFFIXES[layout]}"))
    return output


def _print(data: bytes, *, is_text: bool) -> None:
    if not is_text:
        if sys.stdout.isatty():
            raise ReportlintError("Word 文件不能显示在屏幕上，可用 --output 写到文件")
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    text = data.decode("utf-8")
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        words = f"标准输出的编码 {encoding} 写不出“{text[error.start]}”，可用 --output 写到文件"
        raise ReportlintError(words) from error
    sys.stdout.write(text)


def _found(result: Result) -> Iterator[str]:
    """What the configuration asks for beyond the standard text."""
    if result.diagnostics:
        yield f"按现在的配置检查，还有 {len(result.diagnostics)} 处："
        yield from concise(result)
