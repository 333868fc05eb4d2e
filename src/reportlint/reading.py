"""Reading the files that say what is configured and accepted: soon, and whatever stands in their place."""

from __future__ import annotations

import errno
import os
import stat

MOST_BYTES = 16 * 1024 * 1024
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)


def read(path: str, most: int = MOST_BYTES) -> bytes:
    """What a file holds; OSError where it cannot be read, is no file, or is larger than `most`.

    A device is read as well, so that `/dev/null` can stand for a file with nothing in it.
    """
    with open(path, "rb", opener=unblocked) as file:
        mode = os.fstat(file.fileno()).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISCHR(mode)):
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), path)
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path)
    return data


def unblocked(path: str, flags: int) -> int:
    """For `open`: a pipe that nobody writes to is opened all the same, and does not hold up the run for ever."""
    return os.open(path, flags | _NONBLOCK)
