"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os

from reportlint.errors import WriteError


def write(path: str, data: bytes, *, expected: bytes | None = None) -> None:
    """Write a file; WriteError where it cannot be written, and then it is as it was.

    `expected` is what the file is believed to hold: one that holds something else by now is left alone.
    """
    temporary = os.path.join(os.path.dirname(path), f".reportlint-{os.urandom(8).hex()}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(data)
        if expected is not None:
            with open(path, "rb") as file:
                if file.read() != expected:
                    raise WriteError(f"没有写 {path}：处理期间文件被别的程序改动过，可重新运行")
        os.replace(temporary, path)
    except OSError as error:
        raise WriteError(f"没有写 {path}：{error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
