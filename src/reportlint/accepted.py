"""The file beside the reports that says which findings are accepted, and why: read, checked, and written to."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, NoReturn

from reportlint import reading, toml
from reportlint.config import nearest
from reportlint.days import day
from reportlint.diagnostic import TOOL
from reportlint.errors import ConfigError, reason
from reportlint.patterns import lazy_pattern
from reportlint.source import Source, Span

FILE = "reportlint.accepted.toml"
TABLE = "accepted"
KEYS: Mapping[str, str] = {
    "rule": "写明是哪条规则",
    "report": "写明是哪份报告",
    "place": "写明位置",
    "content": "写明该处的内容",
    "because": "说明理由",
    "by": "写明谁接受的",
    "until": "写明有效到哪一天",
}
"""The keys of an entry, and what each of them is to say."""
NEEDED = ("rule", "report", "place", "content", "because")

# A TOML file that is known to be one, in pieces: headers, keys, and what may look like either and is none.
_PIECES = lazy_pattern(
    r"""^[ \t]*(?P<header>\[\[?[^\[\]\n]*\]\]?)
    | ^[ \t]*(?P<key>[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*(?==)
    | \"{3}(?:\\.|[^\\])*?\"{3,5}
    | '{3}.*?'{3,5}
    | "(?:\\.|[^"\\\n])*"
    | '[^'\n]*'
    | \#[^\n]*""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_DATE = "2027-01-31"
BOM = b"\xef\xbb\xbf"


class Entry(NamedTuple):
    """A finding that somebody accepted: where it is, what stands there, and why."""

    rule: str
    """The full id."""
    report: str
    """The path, with forward slashes, from the folder of the file."""
    place: str
    content: str | None
    """What stands at the place, as a diagnostic has it; None where it does not matter."""
    because: str
    by: str | None = None
    until: str | None = None
    """The last day on which it holds, as YYYY-MM-DD."""


class Lines(NamedTuple):
    """Where an entry stands in its file: the stretch of its header and of each of its keys."""

    header: Span
    end: int
    """Where the last of it ends: a comment or blank line behind it is not part of it."""
    keys: Mapping[str, Span]

    def of(self, key: str) -> Span:
        return self.keys.get(key, self.header)


class AcceptedFile(NamedTuple):
    """The entries of a file, and where each of them stands."""

    path: str
    source: Source
    entries: Sequence[Entry]
    lines: Sequence[Lines]

    def origin(self, index: int, key: str = "") -> str:
        """The file and line of an entry, or of a key in it."""
        return f"{self.source.path}:{self.source.position(self.lines[index].of(key).start).line}"


def read(path: str, shown: str | None = None) -> AcceptedFile | None:
    """The file of that path, None where there is none; ConfigError names the line that is wrong.

    `shown` is the path as users see it.
    """
    data = load(path, shown)
    return None if data is None else parse(data, path, shown)


def load(path: str, shown: str | None = None) -> bytes | None:
    """The bytes of the file, None where there is none."""
    try:
        return reading.read(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"读不到 {shown or path}：{reason(error)}") from error


def parse(data: bytes, path: str, shown: str | None = None) -> AcceptedFile:
    """The entries in what the file holds."""
    name = shown or path
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{name}:{line}：不是 UTF-8 编码") from error
    source = Source(text, name)
    table = toml.parse(data, name)
    for key in table:
        if key != TABLE:
            line = source.position(_first(text, key)).line
            raise ConfigError(f"{name}:{line}：没有配置项 {key}{nearest(key, (TABLE,))}，每一条应写作 [[{TABLE}]]")
    tables = table.get(TABLE, [])
    lines = _lines(text)
    if not isinstance(tables, list) or len(lines) != len(tables):
        raise ConfigError(f"{name}：每一条应写作 [[{TABLE}]]")
    file = AcceptedFile(path, source, [], lines)
    entries = [_entry(each, file, index) for index, each in enumerate(tables)]
    seen: dict[tuple[str, str, str], int] = {}
    for index, entry in enumerate(entries):
        first = seen.setdefault(key_of(entry), index)
        if first != index:
            line = source.position(lines[first].header.start).line
            about = "，".join((entry.report, entry.rule, entry.place))
            raise ConfigError(f"{file.origin(index)}：与第 {line} 行的一条重复：{about}")
    return file._replace(entries=entries)


def key_of(entry: Entry) -> tuple[str, str, str]:
    """What no two entries of a file have in common."""
    return entry.rule, os.path.normpath(entry.report), entry.place


def _lines(text: str) -> list[Lines]:
    """Where the entries of a file stand, in order."""
    found: list[Lines] = []
    for piece in _PIECES.finditer(text):
        if piece["header"] is not None:
            header = _line(text, piece.start("header"))
            found.append(Lines(header, header.end, {}))
        elif piece["key"] is not None and found:
            line = _line(text, piece.start("key"))
            keys = {piece["key"].strip("\"'"): line, **found[-1].keys}
            found[-1] = found[-1]._replace(end=line.end, keys=keys)
        elif found and not piece.group().startswith("#"):
            # A value, which may go over several lines.
            found[-1] = found[-1]._replace(end=max(found[-1].end, _line(text, piece.end()).end))
    return found


def _first(text: str, name: str) -> int:
    """Where a name first stands as a key or in a header."""
    pieces = (piece for piece in _PIECES.finditer(text) if name in (piece["header"] or piece["key"] or ""))
    return next((piece.start() for piece in pieces), 0)


def _line(text: str, start: int) -> Span:
    """From an offset to the end of its line."""
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end]
    return Span(start, start + len(line.rstrip()))


def _entry(table: object, file: AcceptedFile, index: int) -> Entry:
    def wrong(key: str, words: str) -> NoReturn:
        raise ConfigError(f"{file.origin(index, key)}：{words}")

    if not isinstance(table, dict):
        wrong("", f"每一条应写作 [[{TABLE}]]")
    for key in table:
        if key not in KEYS:
            wrong(key, f"[[{TABLE}]] 没有键 {key}{nearest(key, KEYS)}")
    for key in NEEDED:
        if key not in table:
            wrong("", f"[[{TABLE}]] 应有 {key}，{KEYS[key]}")
    for key in (*NEEDED, "by"):
        if key in table and not isinstance(table[key], str):
            wrong(key, f"{key} 应为字符串，{KEYS[key]}")
        if key in table and key != "content" and not table[key].strip():
            wrong(key, f"{key} 不能是空的，{KEYS[key]}")
    pack, _, bare = table["rule"].partition("/")
    if not pack or not bare:
        wrong("rule", "rule 应为规则的全名（如 national/request-balance）")
    if pack == TOOL:
        wrong("rule", f"{TOOL} 自己的发现不能接受")
    path = table["report"]
    if os.path.isabs(path) or os.path.normpath(path).split(os.sep)[0] in (os.pardir, os.curdir):
        wrong("report", "report 应为本文件所在文件夹里或以下的一份报告")
    until = day(table["until"]) if "until" in table else None
    if "until" in table and until is None:
        wrong("until", f"until 应为日期（如 {_DATE}）")
    return Entry._make((*(table[key] for key in NEEDED), table.get("by"), until))
