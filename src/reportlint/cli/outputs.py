"""The outputs of a run: which formats, and where each is written."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

from reportlint import config, paths, writing
from reportlint.cli import screen
from reportlint.errors import ReportlintError
from reportlint.formats import FORMATS, Format, Sheet, text
from reportlint.outcome import Run
from reportlint.session import Output

DEFAULT = "full"
VARIABLE = "REPORTLINT_OUTPUT_FORMAT"
"""The environment variable that says what is written where the command line asks for nothing."""
_SCREEN = "-"


class Outputs:
    """Formats, each with the file that it is written to; at most one goes to standard output."""

    def __init__(self, format: str | None, asked: Sequence[str], color: str = "auto") -> None:
        """`asked` has `FORMAT` or `FORMAT=FILE` each; `format` is one more for standard output."""
        wanted = [each.partition("=") for each in (asked if format is None else [format, *asked])]
        whose = ""
        if not wanted:
            given = os.environ.get(VARIABLE)
            whose = f"环境变量 {VARIABLE}：" if given else ""
            wanted = [(given or DEFAULT, "", "")]
        for name, _, _ in wanted:
            if name not in FORMATS:
                raise ReportlintError(f"{whose}没有输出格式 {name}{config.nearest(name, FORMATS)}")
        self._files = [file or _SCREEN for _, _, file in wanted]
        places = [file if file == _SCREEN else os.path.realpath(file) for file in self._files]
        for place, file in zip(places, self._files, strict=True):
            if places.count(place) > 1:
                raise ReportlintError("只能有一种格式输出到屏幕" if file == _SCREEN else f"两种格式都输出到 {file}")
        self._there: set[tuple[int, int]] = set()
        """The files that there are already where outputs will be written."""
        for file in self._files:
            with contextlib.suppress(OSError):
                self._there |= {_identity(file)} if file != _SCREEN else set()
        self._sheets: list[Sheet] = []
        self._streams: list[TextIO] = []
        root = paths.repository(os.curdir) or os.getcwd()
        self.named = tuple(
            Output(name, root) if file else Output(name, root, screen.colour(sys.stdout, color), screen.ascii_only())
            for name, _, file in wanted
        )

    @contextlib.contextmanager
    def opened(self, formats: Sequence[Format]) -> Iterator[None]:
        """Everything open and begun. A file is there in the end whole or, where the run breaks off, as it was."""
        self._sheets = [Sheet(format) for format in formats]
        with contextlib.ExitStack() as stack:
            self._streams = [
                sys.stdout if file == _SCREEN else stack.enter_context(writing.opened(file)) for file in self._files
            ]
            yield

    def write(self, texts: Sequence[str]) -> None:
        """What the outputs have to say of one report."""
        for part, (sheet, stream, file) in zip(texts, self._places(), strict=True):
            written = sheet.add(part)
            if written:
                _write(stream, written, file)

    def close(self, run: Run) -> None:
        """The ends of the outputs, and the closing words where no output for people has them."""
        for sheet, stream, file in self._places():
            _write(stream, sheet.end(run), file)
        if not any(sheet.format.summarises and stream is sys.stdout for sheet, stream, _ in self._places()):
            # Behind lines that programs read, the closing words go where they disturb none.
            screen.show(text.closing(run), sys.stderr if sys.stdout in self._streams else sys.stdout)

    def spare(self, report: str) -> None:
        """ReportlintError where a report that is checked is also the file of an output, which would take its place."""
        if not self._there:
            return
        with contextlib.suppress(OSError):
            if _identity(report) in self._there:
                raise ReportlintError(f"{report} 是要检查的报告，不能同时是输出的文件")

    def _places(self) -> Iterator[tuple[Sheet, TextIO, str]]:
        return zip(self._sheets, self._streams, self._files, strict=True)


def _write(stream: TextIO, words: str, file: str) -> None:
    with contextlib.nullcontext() if file == _SCREEN else writing.told(file):
        stream.write(words)


def _identity(file: str) -> tuple[int, int]:
    status = os.stat(file)
    return status.st_dev, status.st_ino
