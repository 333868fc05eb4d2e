"""Writing a file whole or not at all.

What is written goes to a new file in the same folder, which takes the place of the old one when it is complete and on
the disk. So whatever happens on the way (a full disk, an interrupt, a loss of power), the file is as it was or as it
was meant to be.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterator
from typing import TextIO

from reportlint.errors import WriteError, reason

_REASONS = {
    errno.EACCES: "没有写入的权限，或者文件正被别的程序占用",
    errno.EPERM: "没有写入的权限",
    errno.ENOENT: "没有所在的文件夹",
    errno.ENOTDIR: "没有所在的文件夹",
}
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def write(path: str, data: bytes, *, expected: bytes | None = None) -> None:
    """Write a file; WriteError where it cannot be written, and then it is as it was.

    `expected` is what the file is believed to hold: one that holds something else by now is left alone. The file
    keeps its mode, and its owner as far as one may set it; of a symbolic link the file that it leads to is written.
    What is no file (a device, a pipe) is written straight on.
    """
    with told(path):
        status = _status(path)
        if status is not None and not stat.S_ISREG(status.st_mode):
            if stat.S_ISDIR(status.st_mode) or expected is not None:
                raise WriteError(f"没有写 {path}：不是普通文件")
            _straight(path, data)
            return
        _check_writable(path, status)
        target = os.path.realpath(path) if os.path.islink(path) else path
        temporary = _beside(target)
        try:
            _fill(temporary, data, status)
            if expected is not None and _held(target) != expected:
                raise WriteError(f"没有写 {path}：处理期间文件被别的程序改动过，可重新运行")
            os.replace(temporary, target)
        except FileExistsError:
            raise
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
        _settle(os.path.dirname(target))


@contextlib.contextmanager
def opened(path: str) -> Iterator[TextIO]:
    """A text in UTF-8 to be written part by part, for what is too long to hold. When it is finished it takes the place
    of the file; where the run breaks off, the file is as it was.

    What the system says to a part that is written is for the caller to turn into words (`told`).
    """
    temporary = ""
    stream: TextIO | None = None
    try:
        with told(path):
            status = _status(path)
            if status is not None and stat.S_ISDIR(status.st_mode):
                raise WriteError(f"没有写 {path}：是文件夹")
            if status is not None and not stat.S_ISREG(status.st_mode):
                stream = _text(os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0)))
            else:
                _check_writable(path, status)
                target = os.path.realpath(path) if os.path.islink(path) else path
                temporary = _beside(target)
                stream = _text(os.open(temporary, _FLAGS, 0o666 if status is None else 0o600))
        yield stream
        with told(path):
            stream.flush()
            if temporary and status is not None:
                _like(stream.fileno(), temporary, status)
            stream.close()
            if temporary:
                os.replace(temporary, target)
    finally:
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _text(file: int) -> TextIO:
    return open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n")


def _beside(target: str) -> str:
    """The path of a new file, in the folder of the one that it will replace."""
    return os.path.join(os.path.dirname(target), f".reportlint-{os.urandom(8).hex()}.tmp")


def _check_writable(path: str, status: os.stat_result | None) -> None:
    if status is not None and not (status.st_mode & 0o222 and os.access(path, os.W_OK)):
        # Its folder might let it be replaced all the same, but that is not what a read-only file is for.
        raise WriteError(f"没有写 {path}：文件是只读的")


@contextlib.contextmanager
def told(path: str) -> Iterator[None]:
    """Turns what the system says into words for the user."""
    try:
        yield
    except OSError as error:
        why = reason(error, _REASONS)
        if error.errno in (errno.EACCES, errno.EPERM) and not os.access(os.path.dirname(path) or os.curdir, os.W_OK):
            why = "所在的文件夹没有写入的权限"
        raise WriteError(f"没有写 {path}：{why}") from error
    except ValueError as error:
        raise WriteError(f"没有写 {path!r}：文件名里有不能用的字符") from error


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _fill(temporary: str, data: bytes, status: os.stat_result | None) -> None:
    """A new file with the data, on the disk, with the owner and mode of the one that it will replace.

    Until it has them nobody else may open it.
    """
    file = os.open(temporary, _FLAGS, 0o666 if status is None else 0o600)
    try:
        _pour(file, data)
        if status is not None:
            _like(file, temporary, status)
        os.fsync(file)
    finally:
        os.close(file)


def _pour(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        written = os.write(file, rest)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[written:]


def _like(file: int, path: str, status: os.stat_result) -> None:
    if sys.platform != "win32":
        made = os.fstat(file)
        if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
            # Only root may give a file away; a group may be one's own.
            with contextlib.suppress(OSError):
                os.fchown(file, -1, status.st_gid)
            with contextlib.suppress(OSError):
                os.fchown(file, status.st_uid, -1)
    os.chmod(path, stat.S_IMODE(status.st_mode))


def _held(path: str) -> bytes | None:
    """What a file holds, or None where there is none any more."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _straight(path: str, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        _pour(file, data)
    finally:
        os.close(file)


def _settle(folder: str) -> None:
    """Ask the disk to remember the new name; a system that cannot be asked loses nothing but time."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        file = os.open(folder or os.curdir, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
