"""The file: a zip of parts, and the relationships between them. Nothing is read beyond the limits, or fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from reportlint.errors import ReadError
from reportlint.readers.docx.trees import tree
from reportlint.readers.reader import Limits

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = "WordDocument".encode("utf-16-le")
_MEMBER = b"PK\x01\x02"
_MOST_MEMBERS = 10_000
_PIECE = 1 << 16
_IS_ENCRYPTED = 0x1
_MAIN = "officeDocument"
_OTHERS = {"xl/": "工作簿（.xlsx）", "ppt/": "演示文稿（.pptx）", "content.xml": "OpenDocument 文档（.odt、.ods）"}
"""Other zips, by the beginning of a name in them."""


class Relationship(NamedTuple):
    kind: str
    """The last word of its type: `image`, `hyperlink`, `styles`."""
    target: str
    """The name of a part; an address where it is external."""
    is_external: bool


def damaged(what: str) -> ReadError:
    return ReadError("damaged", f"Word 文档已损坏：{what}")


def too_large(what: str, limit: str, most: int, unit: str) -> ReadError:
    return ReadError("too-large", f"{what}超过 limits.{limit} 的上限 {most} {unit}，没有检查")


def accepts(data: bytes) -> bool:
    """Whether bytes are of a Word document, be it damaged or encrypted."""
    if data.startswith(_OLE):
        return _ENCRYPTED in data
    if not data.startswith(_ZIP) or b"word/" not in data:
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist() if data.count(_MEMBER) <= _MOST_MEMBERS else ["word/"]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return True
    return any(name.startswith("word/") for name in names)


class Package:
    """The parts of a document, by name without a slash before it."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        _check_zip(data)
        self._most = self._left = limits.unpacked_bytes
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise damaged("不是完整的压缩包") from error
        self._members: dict[str, list[zipfile.ZipInfo]] = {}
        for member in self._archive.infolist():
            name = member.filename.replace("\\", "/").lstrip("/").lower()
            self._members.setdefault(name, []).append(member)
        self._relations: dict[str, dict[str, Relationship]] = {}

    def has(self, name: str) -> bool:
        return name.lower() in self._members

    def stranger(self) -> ReadError | None:
        """What else the zip is; None where it is nothing that is known."""
        found = next(
            (words for start, words in _OTHERS.items() for name in self._members if name.startswith(start)), ""
        )
        return ReadError("unreadable", f"内容是{found}，不是 Word 文档") if found else None

    def main(self) -> str:
        """The name of the main part."""
        related = [each.target for each in self.relations("").values() if each.kind == _MAIN and not each.is_external]
        return next((name for name in related if self.has(name)), "word/document.xml")

    def related(self, name: str, kind: str) -> str:
        """The name of the first part of a kind that a part refers to; empty where there is none."""
        targets = (each.target for each in self.relations(name).values() if each.kind == kind and not each.is_external)
        return next((target for target in targets if self.has(target)), "")

    def relations(self, name: str) -> dict[str, Relationship]:
        """The relationships of a part, by their ids; "" is the package itself."""
        name = name.lower()
        if name not in self._relations:
            folder, file = posixpath.split(name)
            data = self.read(posixpath.join(folder, "_rels", f"{file}.rels"))
            self._relations[name] = {} if data is None else _relations(tree(data), folder)
        return self._relations[name]

    def all_relations(self) -> Iterator[Relationship]:
        """Those of all parts."""
        for name in list(self._members):
            folder, _, file = name.rpartition("_rels/")
            if file.endswith(".rels") and (not folder or folder.endswith("/")):
                yield from self.relations(folder + file.removesuffix(".rels")).values()

    def tree(self, name: str) -> ElementTree.Element | None:
        """The root of a part; None where there is no such part."""
        data = self.read(name)
        return None if data is None else tree(data)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, unpacked; None where there is no such part."""
        members = self._members.get(name.lower())
        if members is None:
            return None
        if len(members) > 1:
            raise damaged(f"有 {len(members)} 个 {name}")
        member = members[0]
        if member.flag_bits & _IS_ENCRYPTED:
            raise ReadError("encrypted", "文档加了密码，没有检查；去掉密码后可以检查")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(f"{name} 的压缩方法不是 Word 用的")
        pieces = []
        try:
            with self._archive.open(member) as file:
                while piece := file.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise too_large("文档解压后", "unpacked-bytes", self._most, "字节")
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
            raise damaged(f"{name} 解压不出来") from error
        return b"".join(pieces)


def _check_zip(data: bytes) -> None:
    """That the bytes are a zip of a bearable number of parts; ReadError says what else they are."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ReadError("encrypted", "文档加了密码，没有检查；去掉密码后可以检查")
        if _OLD_WORD in data:
            raise ReadError("unreadable", "内容是旧版的 Word 文档（.doc），在 Word 里另存为 .docx 后可以检查")
    if not data:
        raise damaged("文件是空的")
    if not data.startswith(b"PK"):
        raise ReadError("unreadable", "内容不是 Word 文档")
    members = data.count(_MEMBER)
    if members > _MOST_MEMBERS:
        raise ReadError("too-large", f"压缩包里有 {members} 个文件，Word 文档没有这么多，没有检查")


def _relations(root: ElementTree.Element, folder: str) -> dict[str, Relationship]:
    made = {}
    for each in root:
        target = each.get("Target", "")
        is_external = each.get("TargetMode") == "External"
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        made[each.get("Id", "")] = Relationship(each.get("Type", "").rpartition("/")[2], target, is_external)
    return made
