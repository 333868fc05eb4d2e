"""Pages read in a process of their own, with limits to its memory and time: for files that may need much of both."""

from __future__ import annotations

import pickle
import struct
import subprocess
import sys
from typing import NamedTuple

from reportlint.errors import ReadError
from reportlint.readers.pdf.notes import Held, held
from reportlint.readers.pdf.opening import opened
from reportlint.readers.pdf.page import Page, read_page
from reportlint.readers.reader import Limits

_TIMES = 8
"""How much more memory than `unpacked_bytes` the process may have."""
_OWN = 512 * 1024 * 1024
"""What it needs itself."""
_BYTES = 8
"""Of `text_bytes`, for each character drawn: what is read of a page takes more memory than its text."""


class Read(NamedTuple):
    """What PDFium tells of a file."""

    pages: list[Page]
    held: Held


def read_pages(data: bytes, limits: Limits) -> Read:
    """All pages of a file; ReadError where it cannot be opened or a page cannot be read."""
    pages = []
    characters = 0
    most = limits.text_bytes // _BYTES
    with opened(data, limits) as document:
        for number in range(1, document.pages + 1):
            try:
                pages.append(read_page(document.handle, number, limits.depth, most - characters))
            except ValueError:
                raise ReadError("damaged", f"PDF 文件已损坏：第 {number} 页读不出来") from None
            except OverflowError as error:
                count = characters + error.args[0]
                words = f"第 {number} 页为止有 {count} 个字，超过 limits.text-bytes 所容的 {most} 个，没有检查"
                raise ReadError("too-large", words) from None
            characters += len(pages[-1].glyphs) + len(pages[-1].unseen) + pages[-1].outside
        return Read(pages, held(document.handle, data))


def read_apart(data: bytes, limits: Limits) -> Read:
    """The same, in another process."""
    command = [sys.executable, "-P", "-c", f"from {__name__} import main; main()"]
    head = pickle.dumps(tuple(limits))
    try:
        done = subprocess.run(
            command,
            input=struct.pack(">I", len(head)) + head + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        words = f"读了 {limits.seconds} 秒还没有读完，超过 limits.seconds 的上限，没有检查"
        raise ReadError("too-large", words) from None
    if done.returncode:
        words = f"要用的内存超过 limits.unpacked-bytes 的上限 {limits.unpacked_bytes} 字节的 {_TIMES} 倍，没有检查"
        raise ReadError("too-large", words)
    answer: Read | str = pickle.loads(done.stdout)
    if isinstance(answer, str):
        code, _, words = answer.partition(" ")
        raise ReadError(code, words)
    return answer


def _bound(limits: Limits) -> None:
    """Sets the limit of this process's memory, where the system knows one."""
    try:
        import resource
    except ImportError:  # Windows
        return
    most = _OWN + _TIMES * limits.unpacked_bytes
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """The other process: a file from standard input, what it holds to standard output."""
    stream = sys.stdin.buffer
    limits = Limits(*pickle.loads(stream.read(struct.unpack(">I", stream.read(4))[0])))
    _bound(limits)
    answer: Read | str
    try:
        answer = read_pages(stream.read(), limits)
    except ReadError as error:
        answer = f"{error.code} {error}"
    sys.stdout.buffer.write(pickle.dumps(answer))
