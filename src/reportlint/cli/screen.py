"""Standard output and error: what is written there, and what they can show."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TextIO


def show(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Lines, to standard output."""
    for line in lines:
        (stream or sys.stdout).write(f"{line}\n")


def prepare() -> None:
    """Nothing that stands in a report or file name may fail to be printed, and no stream may be missing."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _open_what_is_closed() -> None:
    """Where a program was started without a stream, Python has None for it, and the next file that is opened takes
    its number. The null device takes it instead, opened so that reading and writing fail as on a closed one; for
    standard error it only swallows, since nobody is left to be told.
    """
    wanted = (("stdin", "r", os.O_WRONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY))
    for number, (name, mode, flags) in enumerate(wanted):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, flags)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - open to the end


def give_up(stream: TextIO) -> None:
    """Nothing more is written to a stream that cannot be written, and what still waits to be is dropped."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)


def ascii_only() -> bool:
    """Whether standard output cannot show every character: JSON then has escapes of its own for them."""
    return (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"


def colour(stream: TextIO, wanted: str = "auto") -> bool:
    """Whether to write colours: as it is wanted, else what the environment says, else where a person watches."""
    if wanted != "auto":
        return wanted == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def watched() -> bool:
    """Whether a person watches standard error: a terminal that can move its cursor, and nobody's log."""
    return sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"
