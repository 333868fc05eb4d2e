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


def tolerate_any_text() -> None:
    """Nothing that stands in a report or file name may fail to be printed."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


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
