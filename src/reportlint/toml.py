"""TOML files. The only module that imports tomli."""

from __future__ import annotations

from typing import Any, cast

from reportlint import cache, resources
from reportlint.errors import ConfigError

_CONFLICT = b"<<<<<<<"
_WORDS = {
    "Invalid statement": "这一行不是“键 = 值”",
    "Invalid initial character for a key part": "键的写法不对",
    "Expected '='": "键后面缺少 =",
    "Expected newline": "值后面多了内容",
    "Expected ']": "方括号没有写全",
    "Cannot declare": "同一个表写了两次",
    "Cannot overwrite": "同一个键写了两次",
    "Invalid value": "值的写法不对，文字要加引号",
    "Invalid date": "日期的写法不对",
    "Unclosed array": "列表缺少 ]",
    "Unterminated string": "文字缺少后引号",
    "Illegal character": "文字缺少后引号，或有控制字符",
    "Unescaped '\\'": "文字里的反斜杠要写两次",
    "Unclosed inline table": "花括号没有写全",
    "Expected \"'": "文字缺少后引号",
}
"""What tomli says, from the beginning, in plain words."""


def parse(data: bytes, place: str) -> dict[str, Any]:
    """A TOML document; ConfigError names the place that is wrong."""
    import tomli

    try:
        return tomli.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{place}：不是 UTF-8 编码（第 {error.start} 字节）") from error
    except tomli.TOMLDecodeError as error:
        refuse_conflict(data, place)
        raise ConfigError(_syntax(data, place, str(error))) from error
    except RecursionError as error:
        raise ConfigError(f"{place}：TOML 语法错误：括号套得太深") from error
    except ValueError as error:
        raise ConfigError(f"{place}：TOML 语法错误：有位数太多的数") from error


def refuse_conflict(data: bytes, place: str) -> None:
    """ConfigError for a file in which git has left both sides of a merge."""
    for number, line in enumerate(data.splitlines(), 1):
        if line.startswith(_CONFLICT):
            raise ConfigError(f"{place}:{number}：git 合并时的冲突还没有解决（{_CONFLICT.decode()}）")


def _syntax(data: bytes, place: str, error: str) -> str:
    """What tomli says, with the place in front and in Chinese where the words are known."""
    words, _, where = error.partition(" (at ")
    said = next((chinese for english, chinese in _WORDS.items() if words.startswith(english)), words)
    numbers = [part for part in where.strip(")").replace(",", "").split() if part.isdecimal()]
    if len(numbers) == 2:
        return f"{place}:{numbers[0]}：TOML 语法错误：{said}（第 {numbers[1]} 字）"
    return f"{place}:{len(data.splitlines()) or 1}：TOML 语法错误：{said}（到文件末尾）"


def read_resource(package: str, file: str) -> dict[str, Any]:
    """A TOML file of a package, from the cache where it was parsed before; OSError, ConfigError."""
    return parse_cached(resources.read(package, file), f"{package}/{file}")


def parse_cached(data: bytes, place: str) -> dict[str, Any]:
    """A TOML document as `parse` has it, from the cache where the same was parsed before."""
    texts = ("toml", data.decode("utf-8", "surrogateescape"))
    stored = cache.load(texts)
    if stored is None:
        stored = parse(data, place)
        cache.store(texts, stored)
    return cast("dict[str, Any]", stored)


def lines(text: str) -> dict[tuple[str, ...], int]:
    """The line on which each key stands first, by its path; the entries of `[[lists]]` have their number in it.

    Read off the lines, for showing where a value comes from: keys within inline tables are not looked for.
    """
    import re

    key = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
    dotted = rf"{key}(?:\s*\.\s*{key})*"
    heading = re.compile(rf"\s*(\[\[?)\s*({dotted})\s*\]")
    pair = re.compile(rf"\s*({dotted})\s*=")
    found: dict[tuple[str, ...], int] = {}
    above: tuple[str, ...] = ()
    numbers: dict[tuple[str, ...], int] = {}
    quotes = ""
    for number, line in enumerate(text.split("\n"), 1):
        if quotes:
            # Within a text of several lines nothing is a key.
            quotes = "" if line.count(quotes) % 2 else quotes
            continue
        started = heading.match(line) or pair.match(line)
        if started is not None:
            names = tuple(name.strip("\"'") for name in re.findall(key, started[started.lastindex or 1]))
            if started.lastindex == 2:
                above = names
                if started[1] == "[[":
                    numbers[names] = numbers.get(names, -1) + 1
                    above = (*names, str(numbers[names]))
                found.setdefault(above, number)
            else:
                found.setdefault((*above, *names), number)
        quotes = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")
    return found


def written(value: Any) -> str:  # noqa: ANN401 - whatever TOML has
    """A value as it would stand in a TOML file."""
    import json

    return json.dumps(value, ensure_ascii=False, default=str)
