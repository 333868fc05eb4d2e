"""Bytes to text: UTF-8 with or without BOM, UTF-16 with BOM, GB18030, strictly."""

from __future__ import annotations

import codecs
import os
import stat
from typing import NamedTuple

from reportlint.errors import ReadError, reason
from reportlint.reading import unblocked

TEXT_BYTES, FILE_BYTES = "text-bytes", "file-bytes"
"""The limits on the size of a file, as they are configured."""

_MULTIBYTE_CHARACTERS_THAT_SHOW_UTF8 = 8


def read_bytes(path: str, most: int, limit: str = TEXT_BYTES) -> bytes:
    """A file's bytes; ReadError where it cannot be read, is no file or has more than `most`, which is that limit."""
    try:
        with open(path, "rb", opener=unblocked) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ReadError("unreadable", "不是普通文件")
            check_size(status.st_size, most, limit)
            data = file.read(status.st_size + 1)
            if len(data) > status.st_size:
                # It grew, or it is one of those files that have no size.
                data += file.read(most + 1 - len(data))
    except OSError as error:
        raise ReadError("unreadable", f"读不到文件：{reason(error)}") from error
    check_size(len(data), most, limit)
    return data


def check_size(size: int, most: int, limit: str = TEXT_BYTES, what: str = "文件") -> None:
    """ReadError where a file has more bytes than are read; `limit` is the key of what is configured."""
    if size > most:
        raise ReadError("too-large", f"{what}有 {size} 字节，超过 limits.{limit} 的上限 {most} 字节，没有检查")


def check_text(text: str, most: int, what: str = "文件") -> None:
    """ReadError for a text that would not be read from a file, stored as UTF-8 in at most so many bytes."""
    check_length(text, most, what)
    _check_nul(text)


def check_length(text: str, most: int, what: str = "文件") -> None:
    """ReadError for a text that takes more bytes than this in UTF-8."""
    if len(text) > most // 4:
        check_size(len(text.encode("utf-8", "surrogatepass")), most, what=what)


class Encoding(NamedTuple):
    """How a text is stored: the encoding, and the mark that stands before it."""

    name: str
    mark: bytes

    def encode(self, text: str) -> bytes:
        """The bytes of a text stored so; UnicodeEncodeError where it has half of a surrogate pair."""
        return self.mark + text.encode(self.name)


_UTF8 = Encoding("utf-8", b"")
_UTF8_MARKED = Encoding("utf-8", codecs.BOM_UTF8)
_UTF16 = (Encoding("utf-16-le", codecs.BOM_UTF16_LE), Encoding("utf-16-be", codecs.BOM_UTF16_BE))
_GB18030 = Encoding("gb18030", b"")


class Decoded(NamedTuple):
    """The text of a report, and how it was stored."""

    text: str
    encoding: Encoding


def decode(data: bytes) -> str:
    """The text of a report; ReadError names the place where it is no text."""
    return decoded(data).text


def decoded(data: bytes) -> Decoded:
    """The text of a report and its encoding; ReadError names the place where it is no text."""
    for encoding in _UTF16:
        if data.startswith(encoding.mark):
            return _no_nul(_strict(data[len(encoding.mark) :], encoding.name, "UTF-16"), encoding)
    if data.startswith(_UTF8_MARKED.mark):
        return _no_nul(_strict(data[len(_UTF8_MARKED.mark) :], "utf-8", "UTF-8"), _UTF8_MARKED)
    try:
        return _no_nul(data.decode("utf-8"), _UTF8)
    except UnicodeDecodeError as error:
        wrong = error
    # A few characters of valid UTF-8 before the error do not come about by chance in GB18030.
    head = data[: wrong.start]
    characters = len(head.decode("utf-8"))
    if (len(head) - characters) // 2 >= _MULTIBYTE_CHARACTERS_THAT_SHOW_UTF8:
        raise _wrong_byte(data, wrong.start, "文件前面是 UTF-8 编码")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _wrong_byte(data, error.start, "文件既不是 UTF-8 也不是 GB18030 编码") from None
    return _no_nul(text, _GB18030)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data[: error.start].decode(encoding, "replace")
        line = text.count("\n") + 1
        raise ReadError(
            "encoding", f"文件标明是 {name}，第 {error.start} 字节起不是", line, len(text) - text.rfind("\n")
        ) from None


def _wrong_byte(data: bytes, offset: int, words: str) -> ReadError:
    line = data.count(b"\n", 0, offset) + 1
    head = data[data.rfind(b"\n", 0, offset) + 1 : offset]
    column = len(head.decode("utf-8", "replace")) + 1
    byte = data[offset]
    if b"\0" in data[:4096]:
        return ReadError("binary", "不是文本文件", None, None)
    return ReadError("encoding", f"{words}，第 {line} 行的字节 0x{byte:02X} 不合", line, column)


def _no_nul(text: str, encoding: Encoding) -> Decoded:
    _check_nul(text)
    return Decoded(text, encoding)


def _check_nul(text: str) -> None:
    place = text.find("\0")
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        raise ReadError("binary", "文件里有 NUL 字符，不是文本文件", line, place - text.rfind("\n", 0, place))
