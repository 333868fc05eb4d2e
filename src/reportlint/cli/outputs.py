"""The outputs of a run: which formats, and where each is written."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

from reportlint import config, paths
from reportlint.cli import screen
from reportlint.errors import ReportlintError
from reportlint.formats import FORMATS, Format, Run, Sheet, text
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
        self._sheets: list[Sheet] = []
        self._places: list[_Place] = []
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
            self._places = [
                _Place(file, sys.stdout if file == _SCREEN else stack.enter_context(_whole(file)))
                for file in self._files
            ]
            yield

    def write(self, texts: Sequence[str]) -> None:
        """What the outputs have to say of one report."""
        for part, (sheet, place) in zip(texts, self._pairs(), strict=True):
            written = sheet.add(part)
            if written:
                place.write(written)

    def close(self, run: Run) -> None:
        """The ends of the outputs, and the closing words where no output for people has them."""
        for sheet, place in self._pairs():
            place.write(sheet.end(run))
        if not any(sheet.format.summarises and place.file == _SCREEN for sheet, place in self._pairs()):
            # Behind lines that programs read, the closing words go where they disturb none.
            screen.show(text.closing(run), sys.stderr if _SCREEN in self._files else sys.stdout)

    def _pairs(self) -> Iterator[tuple[Sheet, _Place]]:
        return zip(self._sheets, self._places, strict=True)


class _Place(NamedTuple):
    """A file, or standard output, that is being written."""

    file: str
    stream: TextIO

    def write(self, words: str) -> None:
        if self.file == _SCREEN:
            self.stream.write(words)
        else:
            with _told(self.file):
                self.stream.write(words)


@contextlib.contextmanager
def _whole(file: str) -> Iterator[TextIO]:
    """A text file that takes its place when it is finished; ReportlintError where it cannot be written."""
    import tempfile

    target = os.path.realpath(file)
    if os.path.exists(file) and not os.path.isfile(file):
        # A device or a pipe is written to, and not replaced.
        temporary = None
        with _told(file):
            stream = _text(file)
    else:
        with _told(file):
            handle, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".reportlint-", suffix=".tmp")
        stream = _text(handle)
    try:
        try:
            yield stream
        finally:
            with _told(file):
                stream.close()
        if temporary is not None:
            with _told(file):
                os.chmod(temporary, 0o666 & ~_umask())
                os.replace(temporary, target)
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _text(file: str | int) -> TextIO:
    return open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n")


@contextlib.contextmanager
def _told(file: str) -> Iterator[None]:
    """What goes wrong with a file is said of it. (What else goes wrong while it is open is not its fault.)"""
    try:
        yield
    except OSError as error:
        raise ReportlintError(f"写不出 {file}：{error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
