"""What was compiled, on disk, so that a run does not build what an earlier one built.

Lark's own `cache=` unpickles a file in the shared temporary folder before it checks it; here the
folder belongs to the user alone, and what is stored are numbers, strings, lists and dictionaries
(by `marshal`). A file holds the texts that it was made of and is used only for those very texts; a
checksum tells a file that was cut short or overwritten. (CRC-32 and not a cryptographic digest:
against whoever can write to the user's own folder neither would help, and hashlib costs more to
import than all of this.) Where such a folder cannot be had, everything is compiled each time.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import stat
import sys
import zlib
from typing import Any

from reportlint.reading import unblocked

_FORMAT = b"reportlint-compiled-8\n"
_NUMBER = 8
RESULTS = ".sqlite"
_COMPILED = ".compiled"
_OURS = rf"[0-9a-f]{{8}}-\d+{_COMPILED}(\.\d+)?|results-[0-9a-f]{{8}}(-\d+)?{RESULTS}(-journal)?"
"""The names of files in the cache folder that are this program's."""


def folder() -> str:
    """The cache folder: `REPORTLINT_CACHE_DIR`, or the platform's folder for caches."""
    chosen = os.environ.get("REPORTLINT_CACHE_DIR")
    if chosen:
        return chosen
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "reportlint")


def usable() -> bool:
    """Whether there is a cache folder that is the user's own; it is made where there is none."""
    try:
        os.makedirs(folder(), mode=0o700, exist_ok=True)
        return _own(os.stat(folder()))
    except OSError:
        return False


def clean() -> list[str]:
    """Remove what this program keeps in the cache folder, and name it; OSError where something cannot be removed."""
    import re

    try:
        names = sorted(name for name in os.listdir(folder()) if re.fullmatch(_OURS, name))
    except FileNotFoundError:
        return []
    for name in names:
        # Another run may have taken it away.
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(folder(), name))
    return names


def load(texts: tuple[str, ...]) -> Any | None:  # noqa: ANN401 - whatever was stored
    """What was stored for these texts, or None where there is nothing, or nothing to be trusted."""
    made_of = _made_of(texts)
    try:
        with open(_file(made_of), "rb", opener=unblocked) as file:
            if not _own(os.fstat(file.fileno())):
                return None
            data = file.read()
    except OSError:
        return None
    start = len(_FORMAT) + _NUMBER
    checksum = data[len(_FORMAT) : start]
    if not data.startswith(_FORMAT) or checksum != _number(zlib.crc32(data[start:])):
        return None
    head = _number(len(made_of)) + made_of
    if not data.startswith(head, start):
        return None
    return marshal.loads(data[start + len(head) :])


def store(texts: tuple[str, ...], compiled: Any) -> None:  # noqa: ANN401 - built-in values
    """Store built-in values, whole or not at all; a cache that cannot be written is no error."""
    made_of = _made_of(texts)
    try:
        body = _number(len(made_of)) + made_of + marshal.dumps(compiled)
    except ValueError:
        # Not all of it is built in: a date in a preset, say. It is read anew each time.
        return
    target = _file(made_of)
    temporary = f"{target}.{os.getpid()}"
    try:
        if not usable():
            return
        with open(temporary, "xb") as file:
            file.write(_FORMAT + _number(zlib.crc32(body)) + body)
        os.replace(temporary, target)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)


def _made_of(texts: tuple[str, ...]) -> bytes:
    """All that what is stored depends on, this code's version included (`_FORMAT`)."""
    return "\0".join((sys.version, *texts)).encode("utf-8", "surrogatepass")


def _file(made_of: bytes) -> str:
    return os.path.join(folder(), f"{zlib.crc32(made_of):08x}-{len(made_of)}{_COMPILED}")


def _number(value: int) -> bytes:
    return value.to_bytes(_NUMBER, "big")


def _own(status: os.stat_result) -> bool:
    """Whether a file or folder belongs to this user and nobody else may write to it."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
