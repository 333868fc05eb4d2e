"""What keeps documents from being checked as configured, and where that is wrong.

Errors say it in words for the user, which name a file as users see it and often a line; from these the place is found.
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlint import config
from reportlint.diagnostic import TOOL
from reportlint.errors import PackError, ReportlintError
from reportlint.keys import package
from reportlint.paths import below

BROKEN = f"{TOOL}/broken-configuration"
"""What it is called."""
_LINE = re.compile(r":([0-9]{1,9})(?![0-9])")
_BEFORE, _BEHIND = r"(?<![A-Za-z0-9_./\\-])", r"(?![A-Za-z0-9_/\\-]|\.[A-Za-z0-9])"
_IN_KEY = "[A-Za-z0-9_/-]"
_IN_PACK = re.compile(r"/([^\s:：，。（）]+)")


class Trouble(NamedTuple):
    """What is wrong, and where."""

    file: str | None
    """The file in which it is shown, absolute; None where it is in none that an editor could show."""
    line: int
    """From 1."""
    message: str


def trouble(error: ReportlintError, own: str | None, files: Iterable[str], packs: Iterable[str]) -> Trouble:
    """An error in its place: in the file that its words name first, else in the code that raised it, else in the
    configuration `own`. `files` are those that it may be about, and `packs` the folders of packs."""
    message = str(error)
    packages = [os.path.realpath(package(folder)) for folder in packs]
    named = sorted(_named(message, files, packages))
    if named:
        start, _, file = named[0]
        # It may be named again, with the line.
        found = [line for end, _, each in named if each == file and (line := _LINE.match(message, end))]
        return Trouble(file, int(found[0][1]) if found else _line_of_key(file, message[start:]), message)
    code = _raised(error, packages)
    if code is not None:
        return Trouble(*code, message)
    if own is None or not os.path.exists(own):
        return Trouble(None, 1, message)
    key = "packs" if isinstance(error, PackError) else message
    return Trouble(os.path.abspath(own), _line_of_key(own, key), message)


def _named(message: str, files: Iterable[str], packages: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """The files that words name: where the name ends, how long it is, and the file. The first, if longer, is meant."""
    for file in files:
        for name in {file, below(os.getcwd(), file)}:
            for found in re.finditer(f"{_BEFORE}{re.escape(name)}{_BEHIND}", message):
                yield found.end(), -len(name), os.path.abspath(file)
    for folder in packages:
        # Files of packs are called by package and name.
        for found in re.finditer(f"{_BEFORE}{re.escape(os.path.basename(folder))}{_IN_PACK.pattern}", message):
            file = os.path.join(folder, *found[1].split("/"))
            if os.path.isfile(file):
                yield found.end(), found.start() - found.end(), file


def _line_of_key(file: str, words: str) -> int:
    """The line of the key of a configuration that words speak of: of the one of which they name most."""
    try:
        lines = config.lines(file)
    except (ReportlintError, ValueError):
        return 1

    def told(key: tuple[str, ...]) -> bool:
        sought = (f"(?<!{_IN_KEY}){re.escape(part)}(?!{_IN_KEY})" for part in key if not part.isdecimal())
        return all(re.search(each, words) for each in sought)

    meant = [key for key in lines if told(key)]
    return lines[max(meant, key=len)] if meant else 1


def _raised(error: BaseException, packages: list[str]) -> tuple[str, int] | None:
    """The place in the code of a pack that an error comes from."""
    place: tuple[str, int] | None = None
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, SyntaxError) and _within(cause.filename, packages):
            return os.path.abspath(str(cause.filename)), cause.lineno or 1
        for frame, line in traceback.walk_tb(cause.__traceback__):
            if _within(frame.f_code.co_filename, packages):
                place = os.path.abspath(frame.f_code.co_filename), line
        cause = cause.__cause__
    return place


def _within(file: str | None, packages: list[str]) -> bool:
    real = os.path.realpath(file) if file else ""
    return any(real.startswith(os.path.join(folder, "")) for folder in packages)
