"""Places as people and programs write them: lines or words, paths from the repository, columns in any unit, URIs."""

from __future__ import annotations

import sys
from collections.abc import Callable

from reportlint import paths
from reportlint.diagnostic import Diagnostic
from reportlint.findings import Fix
from reportlint.masking import Mask
from reportlint.result import Result
from reportlint.source import Location, Position, Source, Span

Unit = Callable[[str], int]
"""How long a text is, as a program counts columns."""


_OF_LINES = frozenset({"line", "column"})


def place(diagnostic: Diagnostic) -> str:
    """Line and column as `9:13`; in a document without lines the words for the place; empty where there is none."""
    start = diagnostic.start()
    return words(diagnostic.location()) if start is None else f"{start.line}:{start.column}"


def words(location: Location | None) -> str:
    """A place in words, without the line of a web page, which is told otherwise; empty where nothing else is known."""
    if location is None:
        return ""
    parts = dict(location.parts)
    if parts and _OF_LINES.issuperset(parts):
        return ""
    return location.words.removesuffix(f"（第 {parts['line']} 行）") if "line" in parts else location.words


def with_path(path: str, diagnostic: Diagnostic) -> str:
    """A path with the place behind it: `年报.txt:9:13`, `年报.docx: 第三段`."""
    between = ":" if diagnostic.start() is not None else ": "
    where = place(diagnostic)
    return f"{path}{between}{where}" if where else path


def told(diagnostic: Diagnostic) -> str:
    """The message, and the doubt of the reader, for outputs that have no notes."""
    return f"{diagnostic.message}（读取时有疑问：{diagnostic.doubt}）" if diagnostic.doubt else diagnostic.message


def behind_place(diagnostic: Diagnostic, message: str) -> str:
    """A message behind the place in words where there are no lines, for programs that know no other places."""
    where = "" if diagnostic.start() is not None else words(diagnostic.location())
    return f"{where}：{message}" if where else message


def utf16(text: str) -> int:
    """Code units of UTF-16: a rare character counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8(text: str) -> int:
    """Bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def position(source: Source, offset: int, unit: Unit) -> Position:
    """The line of an offset in its file, and the column (from 1) in a program's unit."""
    return Position(source.position(offset).line, unit(source.before(offset)) + 1)


def extent(source: Source, span: Span, unit: Unit) -> tuple[Position, Position]:
    """Where a stretch begins in its file, and where what follows it does."""
    return position(source, span.start, unit), position(source, span.end, unit)


def path_from(root: str, path: str) -> str:
    """A path seen from the root of the repository, as the repository has it.

    On macOS git stores names composed (NFC), however the file system has them. Elsewhere two forms of a name
    are two files.
    """
    relative = paths.below(root, path)
    if sys.platform == "darwin":
        import unicodedata

        relative = unicodedata.normalize("NFC", relative)
    return relative


def is_relative(path: str) -> bool:
    """Whether a path is one seen from the root: neither absolute nor the name of something that is no file."""
    return not path.startswith(("/", "<", "../")) and path[1:3] not in (":/", ":")


def uri(path: str) -> str:
    """A path with forward slashes as a URI: relative where the path is; names that are no UTF-8 by their bytes."""
    from urllib.parse import quote

    escaped = quote(_bytes(path), safe="/!$&'()*+,;=@~")
    if path.startswith("/"):
        return f"file://{escaped}"
    return f"file:///{path[0]}:{escaped[4:]}" if path[1:3] == ":/" else escaped


def _bytes(path: str) -> bytes:
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # Half a character, as Windows allows in names.
        return path.encode("utf-8", "surrogatepass")


def fix_of(result: Result, diagnostic: Diagnostic, mask: Mask) -> Fix | None:
    """The fix of a finding, where its places are those of the file and it writes nothing that is concealed."""
    fix = diagnostic.fix
    if fix is None or diagnostic.source is not result.source or diagnostic.source.origin is not None:
        return None
    return None if any(mask.hides(edit.text) for edit in fix.edits) else fix
