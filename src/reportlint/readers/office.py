"""Documents of other office programs (.doc, .wps, .odt, .rtf, .xls, .et, .ods), through a converter that is installed.

A file is what its bytes are: the name only decides between formats that bytes do not tell apart. What turns out to be
a text or a web page is read as that.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import zipfile
from collections.abc import Iterator
from io import BytesIO

from reportlint.errors import ReadError
from reportlint.readers import converter, remarks, xls
from reportlint.readers.docx.places import NUMBER
from reportlint.readers.ole import SIGNATURE, Ole
from reportlint.readers.packed import encrypted
from reportlint.readers.reader import Means, missing
from reportlint.readers.text import decode
from reportlint.source import Doubt, Mapped, Remark, Source, Span

_OPEN = {b"application/vnd.oasis.opendocument.text": ".odt", b"application/vnd.oasis.opendocument.spreadsheet": ".ods"}
_RTF = b"{\\rtf"
_ZIP = b"PK\x03\x04"
_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta")
_ARCHIVED = (b"mime-version:", b"from: <saved by")
_CHINESE = ("gb2312", "gbk")
_XML = (b"urn:schemas-microsoft-com:office:spreadsheet", b"schemas.microsoft.com/office/word/2003/wordml")
"""What the office programs of 2003 wrote as XML, and call by the names of their other formats."""
_HEAD = 1_024
_MOST_OF_PART = 1 << 20
_TEXT, _SHEETS = ".docx", ".xlsx"
_BIFF_BEGINS = 0x0809
_BIFF_ENCRYPTED = 0x002F
_MOST_RECORDS = 20

_NAMES = {
    ".doc": "旧版 Word 文档",
    ".wps": "WPS 文字文档",
    ".odt": "OpenDocument 文档",
    ".rtf": "RTF 文档",
    ".xls": "旧版 Excel 工作簿",
    ".ods": "OpenDocument 表格",
}


def kind_of(data: bytes) -> str:
    """What bytes are, by the usual suffix; empty for what is none of these formats."""
    if data.startswith(_RTF):
        return ".rtf"
    if data.startswith(_ZIP):
        return _OPEN.get(_part(data, "mimetype").strip(), "")
    if data.startswith(SIGNATURE):
        ole = Ole(data)
        if "WordDocument" in ole:
            return ".doc"
        if "Workbook" in ole or "Book" in ole:
            return ".xls"
    if data.lstrip(codecs.BOM_UTF8).startswith(b"<?xml"):
        head = data[: 4 * _HEAD]
        return next((kind for mark, kind in zip(_XML, (".xls", ".doc"), strict=True) if mark in head), "")
    return ""


def read(data: bytes, path: str, means: Means) -> Source:
    """The source of a document; ReadError says why there is none."""
    suffix = os.path.splitext(path)[1].lower()
    kind = kind_of(data)
    if not kind:
        if not data.startswith((SIGNATURE, _ZIP)):
            return _as_text(data, path, suffix, means)
        kind = suffix
    if _is_encrypted(data):
        raise encrypted()
    if kind == ".xls":
        try:
            return _told(xls.read(data, path, means), path, *_renamed(kind, suffix))
        except ModuleNotFoundError:
            if converter.find() is None:
                raise missing(".xls", "xlsx") from None
        except xls.Unreadable:
            # Another program may read it.
            pass
    wanted = _SHEETS if kind in (".xls", ".ods", ".et") else _TEXT
    reader = means.readers.of(f"a{wanted}")
    if reader is None:
        raise ReadError("unreadable", f"没有规则包能读取 {wanted} 文件，{suffix} 文件也就不能读取")
    converted = converter.convert(data, kind, wanted, suffix, means.limits)
    source = reader.read(converted, os.path.splitext(path)[0] + wanted, means)
    source.doubts = (*source.doubts, *_numbers(source))
    told = []
    if _has_macros(data):
        told.append(Remark(remarks.MACRO, "文件里有宏，没有运行"))
    return _told(source, path, *told, *_renamed(kind, suffix))


def _numbers(source: Source) -> Iterator[Doubt]:
    """Doubts of automatic numbers: a list that goes on behind a table may begin anew when it is converted."""
    if isinstance(source.origin, Mapped):
        for start, mark in source.origin.marked():
            if getattr(mark, "kind", "") == NUMBER:
                yield Doubt(Span(start, start), "自动编号经过转换，可能与原来不同")


def _renamed(kind: str, suffix: str) -> list[Remark]:
    """A remark where a file is not what its name says."""
    if not suffix or suffix == kind or (suffix in (".wps", ".et") and kind in (".doc", ".xls")):
        return []
    return [Remark(remarks.RENAMED, f"文件名以 {suffix} 结尾，内容是{_NAMES[kind]}（{kind}）")]


def _as_text(data: bytes, path: str, suffix: str, means: Means) -> Source:
    """The source of what is no document of an office program, whatever its name: a web page, or a text."""
    if data[:_HEAD].lstrip().lower().startswith(_ARCHIVED):
        data = _archived(data)
    head = data[:_HEAD].replace(b"\0", b"").lower()
    if any(mark in head for mark in _PAGE):
        reader = means.readers.of("a.html")
        if reader is None:
            raise ReadError("unreadable", "内容是网页，而没有规则包能读取网页")
        source = reader.read(data, path, means)
        words = "网页"
    else:
        try:
            source, words = Source(decode(data), path), "纯文本"
        except ReadError as error:
            raise ReadError("damaged", f"内容不是 {suffix} 文件，也不是文本，没有检查") from error
    if any(remark.kind == remarks.RENAMED for remark in source.remarks):
        return source
    return _told(source, path, Remark(remarks.RENAMED, f"文件名以 {suffix} 结尾，内容是{words}"))


def _archived(data: bytes) -> bytes:
    """The page in a web page that was saved in one file with all that belongs to it (MHTML); the data where none is."""
    import email
    import email.policy

    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset() or ""
            if isinstance(payload, bytes):
                # What the part says of its encoding counts more than what the page does.
                with contextlib.suppress(LookupError, UnicodeDecodeError):
                    return codecs.BOM_UTF8 + payload.decode("gb18030" if charset in _CHINESE else charset).encode()
                return payload
    return data


def _told(source: Source, path: str, *told: Remark) -> Source:
    """A source with another path, and more remarks."""
    return Source(
        source.text,
        path,
        source.origin,
        doubts=source.doubts,
        remarks=(*source.remarks, *told),
        tables_only=source.tables_only,
    )


def _part(data: bytes, name: str) -> bytes:
    """The first bytes of a part of an archive; none where it cannot be read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(name) as file:
            return file.read(_MOST_OF_PART)
    except Exception:  # noqa: BLE001 - whatever is wrong with the archive, the converter will find
        return b""


def _is_encrypted(data: bytes) -> bool:
    """Whether a document takes a password to be read."""
    if data.startswith(_ZIP):
        return b"encryption-data" in _part(data, "META-INF/manifest.xml")
    ole = Ole(data)
    if "EncryptedPackage" in ole:
        return True
    word = ole.stream("WordDocument")
    if len(word) > 11 and word[11] & 1:
        return True
    return _has_record(ole.stream("Workbook") or ole.stream("Book"), _BIFF_ENCRYPTED)


def _has_record(stream: bytes, wanted: int) -> bool:
    """Whether one of the first records of a workbook is of a kind."""
    place = 0
    for _ in range(_MOST_RECORDS):
        if place + 4 > len(stream):
            return False
        kind = int.from_bytes(stream[place : place + 2], "little")
        if kind == wanted:
            return True
        place += 4 + int.from_bytes(stream[place + 2 : place + 4], "little")
    return False


def _has_macros(data: bytes) -> bool:
    """Whether a document has macros, which are lost where it is converted."""
    if data.startswith(SIGNATURE):
        ole = Ole(data)
        return "Macros" in ole or "_VBA_PROJECT_CUR" in ole
    return data.startswith(_ZIP) and b"Basic/script-lc.xml" in data
