"""The outputs of a run: which formats, and where each is written."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

from reportlint import config, paths
from reportlint.cli import screen
from reportlint.errors import ReportlintError
from reportlint.formats import FORMATS, Format, Run, text
from reportlint.session import Output

DEFAULT = "full"
_SCREEN = "-"


class Outputs:
    """Formats, each with the file that it is written to; at most one goes to standard output."""

    def __init__(self, format: str | None, asked: Sequence[str]) -> None:
        """`asked` has `FORMAT` or `FORMAT=FILE` each; `format` is one more for standard output."""
        wanted = [each.partition("=") for each in (asked if format is None else [format, *asked])]
        for name, _, _ in wanted:
            if name not in FORMATS:
                raise ReportlintError(f"没有输出格式 {name}{config.nearest(name, FORMATS)}")
        wanted = wanted or [(DEFAULT, "", "")]
        self._files = [file or _SCREEN for _, _, file in wanted]
        places = [file if file == _SCREEN else os.path.realpath(file) for file in self._files]
        for place, file in zip(places, self._files, strict=True):
            if places.count(place) > 1:
                raise ReportlintError("只能有一种格式输出到屏幕" if file == _SCREEN else f"两种格式都输出到 {file}")
        self._formats: Sequence[Format] = ()
        self._streams: list[TextIO] = []
        self._begun: list[bool] = []
        root = paths.repository(os.curdir) or os.getcwd()
        self.named = tuple(
            Output(name, root) if file else Output(name, root, screen.colour(sys.stdout), screen.ascii_only())
            for name, _, file in wanted
        )

    @contextlib.contextmanager
    def opened(self, formats: Sequence[Format]) -> Iterator[None]:
        """Everything open and begun. A file is there in the end whole or, where the run breaks off, as it was."""
        self._formats = formats
        self._begun = [False] * len(formats)
        with contextlib.ExitStack() as stack:
            self._streams = [
                sys.stdout if file == _SCREEN else stack.enter_context(_whole(file)) for file in self._files
            ]
            yield

    def write(self, texts: Sequence[str]) -> None:
        """What the outputs have to say of one report."""
        for index, written in enumerate(texts):
            if written:
                format, stream = self._formats[index], self._streams[index]
                stream.write(format.separator if self._begun[index] else format.begin())
                self._begun[index] = True
                stream.write(written)

    def close(self, run: Run) -> None:
        """The ends of the outputs, and the closing words where no output for people has them."""
        for begun, (format, stream) in zip(self._begun, self._pairs(), strict=True):
            stream.write(format.end(run) if begun else format.begin() + format.end(run))
        if not any(format.summarises and stream is sys.stdout for format, stream in self._pairs()):
            # Behind lines that programs read, the closing words go where they disturb none.
            screen.show(text.summary(run), sys.stderr if sys.stdout in self._streams else sys.stdout)

    def _pairs(self) -> Iterator[tuple[Format, TextIO]]:
        return zip(self._formats, self._streams, strict=True)


@contextlib.contextmanager
def _whole(file: str) -> Iterator[TextIO]:
    """A text file that takes its place when it is finished; ReportlintError where it cannot be written."""
    import tempfile

    folder = os.path.dirname(os.path.realpath(file))
    try:
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".reportlint-", suffix=".tmp")
        try:
            with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                yield stream
            os.chmod(temporary, 0o666 & ~_umask())
            os.replace(temporary, os.path.realpath(file))
        finally:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
    except OSError as error:
        raise ReportlintError(f"写不出 {file}：{error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
