"""Fixing a report: what its findings offer is applied, read again and kept only where the report says what it said.

Nothing here writes a file but `FixedFile.write`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from reportlint.errors import ReadError
from reportlint.fixing.edits import Refusal
from reportlint.fixing.paper import Paper
from reportlint.fixing.rounds import Refused, Wanted, every, fixable, play
from reportlint.linter import Linter
from reportlint.readers.text import Decoded, check_size, decoded
from reportlint.result import Result, unreadable
from reportlint.source import Source
from reportlint.writing import write

__all__ = ["Fixed", "FixedFile", "Refused", "fix_bytes", "fix_file", "fix_source", "fix_stdin"]

_NO_FIXES: Mapping[str, int] = MappingProxyType({})
_NOT_THE_SAME = "按文件的编码写回后，读出的文字会不一样，不能自动修改"


class Fixed(NamedTuple):
    """A report before and after its fixes were applied."""

    before: Result
    after: Result
    """What is said of the text as it is now; the same as `before` where nothing was changed."""
    applied: Mapping[str, int]
    """How many fixes of which rule were applied, over all rounds."""
    refused: tuple[Refused, ...]
    """Fixes that were asked for and not applied; their findings are those of `after`."""
    unsafe: int
    """How many findings of `after` have a fix that is not safe and was not asked for."""

    @property
    def text(self) -> str:
        return self.after.source.text

    @property
    def changed(self) -> bool:
        return self.text != self.before.source.text

    def unwritten(self) -> Fixed:
        """The same report where what was to be changed could not be written."""
        return self._replace(after=self.before, applied=_NO_FIXES)


class FixedFile(NamedTuple):
    """A file with its fixes applied, not written yet."""

    path: str
    fixed: Fixed
    was: bytes
    data: bytes
    """What the file is to hold: encoding, byte order mark and line ends are those that it had."""

    def write(self) -> None:
        """Write the file, if anything was changed; WriteError where that cannot be, or it holds something else now."""
        if self.data != self.was:
            write(self.path, self.data, expected=self.was)


def fix_source(
    linter: Linter,
    source: Source,
    *,
    unsafe: bool = False,
    result: Result | None = None,
    wanted: Wanted = every,
) -> Fixed:
    """Apply the safe fixes of what is found in a source, or all of them; `result` saves linting it again.

    `wanted` chooses among the findings, round by round. What was read from a document stays as it is: without the file
    nothing can be written into it.
    """
    before = linter.lint(source) if result is None else result
    try:
        paper = Paper.of_text(source)
    except Refusal as reason:
        return _as_it_was(before, str(reason), unsafe=unsafe)
    return _fixed(linter, paper, before, unsafe=unsafe, wanted=wanted)[0]


def fix_bytes(linter: Linter, data: bytes, path: str, *, unsafe: bool = False) -> FixedFile:
    """The same for what a file holds. One that cannot be read is a result that says so, not an exception."""
    try:
        source = linter.readers.source(data, path)
    except ReadError as error:
        return _unread(path, data, error, linter.settings.root)
    before = linter.lint(source)
    try:
        paper = Paper.of(source, data, linter.readers)
    except Refusal as reason:
        return FixedFile(path, _as_it_was(before, str(reason), unsafe=unsafe), data, data)
    fixed, paper = _fixed(linter, paper, before, unsafe=unsafe)
    if not fixed.changed:
        return FixedFile(path, fixed, data, data)
    if paper.document is not None:
        return FixedFile(path, fixed, data, paper.document.data)
    encoding = decoded(data).encoding
    written = encoding.encode(fixed.text)
    # Several bytes may stand for one character in GB18030; and what was changed may look like another encoding.
    if encoding.encode(source.text) != data or not _holds(
        written, Decoded(fixed.text, encoding), linter.settings.limits.text_bytes
    ):
        return FixedFile(path, _as_it_was(fixed.before, _NOT_THE_SAME, unsafe=unsafe), data, data)
    return FixedFile(path, fixed, data, written)


def fix_file(linter: Linter, path: str | os.PathLike[str], *, unsafe: bool = False) -> FixedFile:
    """The same for a file."""
    name = os.fspath(path)
    try:
        data = linter.readers.bytes_of(name)
    except ReadError as error:
        return _unread(name, b"", error, linter.settings.root)
    return fix_bytes(linter, data, name, unsafe=unsafe)


def fix_stdin(linter: Linter, path: str, *, unsafe: bool = False) -> FixedFile:
    """The same for what stands on standard input, under a path of choice."""
    try:
        data = linter.readers.standard_input(path)
    except ReadError as error:
        return _unread(path, b"", error, linter.settings.root)
    return fix_bytes(linter, data, path, unsafe=unsafe)


def _fixed(
    linter: Linter, paper: Paper, before: Result, *, unsafe: bool, wanted: Wanted = every
) -> tuple[Fixed, Paper]:
    """A report with its fixes applied, and what it stands on then."""
    rounds = play(linter, paper, before, unsafe=unsafe, wanted=wanted)
    left = 0 if unsafe else len(fixable(rounds.result, unsafe=True)) - len(fixable(rounds.result, unsafe=False))
    return Fixed(before, rounds.result, rounds.applied, tuple(rounds.refused), left), rounds.paper


def _holds(data: bytes, meant: Decoded, most: int) -> bool:
    """Whether data will be read as the text that is meant."""
    try:
        check_size(len(data), most)
        return decoded(data) == meant
    except ReadError:
        return False


def _as_it_was(before: Result, reason: str, *, unsafe: bool) -> Fixed:
    """Nothing was changed, for a reason that concerns all fixes."""
    refused = tuple(Refused(diagnostic, reason) for diagnostic in fixable(before, unsafe=unsafe))
    left = 0 if unsafe else len(fixable(before, unsafe=True)) - len(refused)
    return Fixed(before, before, _NO_FIXES, refused, left)


def _unread(path: str, data: bytes, error: ReadError, root: str) -> FixedFile:
    result = unreadable(path, error, root)
    return FixedFile(path, Fixed(result, result, _NO_FIXES, (), 0), data, data)
