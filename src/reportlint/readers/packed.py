"""Files that are zip archives of XML: their parts, unpacked within limits.

A part is unpacked when it is asked for, and all of them together to no more than is allowed. XML with a document type
of its own is refused: no office program writes one, and it is what entity bombs and external entities need.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import NoReturn
from urllib.parse import unquote
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from reportlint.errors import ReadError
from reportlint.readers.reader import Limits

_ENCRYPTED = 0x1
_STEP = 1 << 16
MOST_ELEMENTS = 2_000_000
"""Of one part; the most cells that are read have not half as many. To go through more takes too long."""


class Packed:
    """A zip archive, of which parts are read by name."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.unpacked_bytes
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            infos = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise damaged("压缩包的目录读不出来") from error
        self._infos = {_plain(info.filename): info for info in infos}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._infos)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _plain(name) in self._infos

    def read(self, name: str) -> bytes:
        """A part; ReadError where there is none, or too much is in it, or it is damaged or encrypted."""
        info = self._infos.get(_plain(name))
        if info is None:
            raise damaged(f"缺少 {name}")
        if info.flag_bits & _ENCRYPTED:
            raise encrypted()
        parts: list[bytes] = []
        try:
            with self._archive.open(info) as file:
                while part := file.read(_STEP):
                    self._left -= len(part)
                    if self._left < 0:
                        most = self._limits.unpacked_bytes
                        words = f"解压后超过 limits.unpacked-bytes 的上限 {most} 字节，没有检查"
                        raise ReadError("too-large", words)
                    parts.append(part)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise damaged(f"{name} 解不开") from error
        return b"".join(parts)

    def tree(self, name: str) -> Element:
        """A part as a tree of elements, their names and those of their attributes without namespaces."""
        builder = TreeBuilder()
        walk(
            self.read(name),
            name,
            self._limits,
            start=lambda tag, attributes: builder.start(tag, dict(attributes)),
            end=builder.end,
            text=builder.data,
        )
        return builder.close()

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part relates to, by id: the last word of the relation's type, and the part, or an address elsewhere.

        An address elsewhere has no part: it is given as "".
        """
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if path not in self:
            return {}
        found = {}
        for each in self.tree(path):
            kind = each.get("Type", "").rpartition("/")[2]
            target = unquote(each.get("Target", ""))
            inside = each.get("TargetMode") != "External"
            found[each.get("Id", "")] = (kind, _plain(posixpath.join(folder, target)) if inside else "")
        return found


def walk(
    data: bytes,
    name: str,
    limits: Limits,
    *,
    start: Callable[[str, Mapping[str, str]], object] | None = None,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Go through the XML of a part; what is called with names has them without their namespaces."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = count = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if count > MOST_ELEMENTS:
            raise ReadError("too-large", f"{name} 的元素超过 {MOST_ELEMENTS} 个，没有检查")
        if depth > limits.depth:
            raise ReadError("too-large", f"{name} 的元素嵌套超过 limits.depth 的上限 {limits.depth} 层，没有检查")
        if start is not None:
            start(_local(tag), {_local(key): value for key, value in attributes.items()} if attributes else attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(_local(tag))

    def refuse(*_: object) -> NoReturn:
        raise damaged(f"{name} 里有文档类型声明，Office 文件不应有")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.StartDoctypeDeclHandler = refuse
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged(f"{name} 不是完整的 XML") from error


def damaged(words: str) -> ReadError:
    """That a file cannot be read since it is not whole."""
    return ReadError("damaged", f"文件已损坏，{words}，没有检查")


def encrypted() -> ReadError:
    """That a file takes a password."""
    return ReadError("encrypted", "文件加了密码，没有检查；去掉密码后可以检查")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _plain(name: str) -> str:
    """The name of a part as archives have it: without a slash before it, and without dots in its path."""
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/")
