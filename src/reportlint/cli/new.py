"""`reportlint new`: a zero-filled report for an organisation and a year."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator

from reportlint import days, writing
from reportlint.blank import blank, remark, title
from reportlint.cli import screen
from reportlint.cli.status import CLEAN
from reportlint.errors import ReportlintError
from reportlint.formats.text import concise
from reportlint.linters import Linters
from reportlint.readers import DOCUMENT_SUFFIXES, HTML_SUFFIXES
from reportlint.result import Result

_STANDARD_OUTPUT = "-"
_SUFFIXES = {"tab": ".txt", "pipe": ".md"}
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')
"""Characters that the name of a file may not have on one system or another."""


def new(options: argparse.Namespace) -> int:
    """Write a new report, and say what is left to do in it."""
    year = int(days.today()[:4]) - 1 if options.year is None else options.year
    layout = options.layout or _layout(options.output)
    linter = Linters(options.config).at(_place(options.output))
    text = blank(linter, options.organisation, year, options.form, layout)
    path = _path(options.output, title(linter, options.organisation.strip(), year), layout)
    result = linter.lint_text(text, path or "<stdout>")
    left = remark(linter, year, options.form)
    told = [*([left] if left else []), *_found(result)]
    if path is None:
        _print(text)
        screen.show(told, sys.stderr)
        return CLEAN
    if os.path.lexists(path) and not options.force:
        raise ReportlintError(f"已有 {path}，没有改动；要覆盖请加 --force")
    writing.write(path, text.encode("utf-8"))
    screen.show([f"写好了 {path}", *told])
    return CLEAN


def _layout(output: str | None) -> str:
    """The layout that the name of a file is for."""
    suffix = os.path.splitext(output or "")[1].lower()
    return "pipe" if suffix in (".md", ".markdown") else "tab"


def _place(output: str | None) -> str:
    """The file or folder whose configuration counts; ReportlintError for a kind of file that is not written."""
    if output is None or output == _STANDARD_OUTPUT:
        return os.curdir
    suffix = os.path.splitext(output)[1].lower()
    if suffix in HTML_SUFFIXES | DOCUMENT_SUFFIXES and not os.path.isdir(output):
        raise ReportlintError(f"写不出 {suffix} 文件，只有 .txt 和 .md；没有写 {output}")
    return output


def _path(output: str | None, heading: str, layout: str) -> str | None:
    """The file to write; None for standard output. Without a name, or in a folder, it is called by its title: so that
    editors know it for a report."""
    if output == _STANDARD_OUTPUT:
        return None
    if output is None or os.path.isdir(output):
        return os.path.normpath(os.path.join(output or "", f"{_NOT_IN_NAMES.sub('-', heading)}{_SUFFIXES[layout]}"))
    return output


def _print(text: str) -> None:
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
