"""The keys of a configuration: one table, from which it is checked, described in a schema and written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from reportlint.errors import ConfigError

LIST_OF_STRINGS = "字符串列表"
STRING = "字符串"
TABLE = "表"
NUMBERS = "正整数的表"
IGNORES = "规则名或表的列表"


class Key(NamedTuple):
    """A key: what its value must be, in words and for programs, and what it is for."""

    kind: str
    summary: str
    in_presets: bool = True


KEYS: Mapping[str, Key] = {
    "required-version": Key(STRING, '需要的 reportlint 版本，如 ">=0.1,<1"；版本不合则不检查'),
    "packs": Key(LIST_OF_STRINGS, "规则包的文件夹，相对于本文件", in_presets=False),
    "extends": Key(LIST_OF_STRINGS, "沿用的预设，或别的配置文件（以 .toml 结尾，相对于本文件）"),
    "select": Key(LIST_OF_STRINGS, '运行的规则：规则名、规则包名，或 "all"'),
    "ignore": Key(IGNORES, "不运行的规则；表的写法可另写报告、位置、理由、批准人和期限"),
    "mandatory": Key(LIST_OF_STRINGS, "不得关闭、不得降级的规则"),
    "forms": Key(LIST_OF_STRINGS, "选用的报告格式"),
    "fail-on": Key(STRING, "从哪一级起退出码为 1：error、warning、advice"),
    "include": Key(LIST_OF_STRINGS, "在文件夹里查找哪些文件（写法同 .gitignore，相对于本文件）", in_presets=False),
    "exclude": Key(LIST_OF_STRINGS, "另外排除哪些文件和文件夹（写法同上；以 ! 开头则不排除）", in_presets=False),
    "baseline": Key(STRING, "基线文件，相对于本文件", in_presets=False),
    "limits": Key(NUMBERS, "读取文件的上限，超过则不检查并说明；不写的用默认值"),
    "severity": Key(TABLE, "规则的严重程度：error、warning、advice"),
    "options": Key(TABLE, "规则的选项"),
}

LIMIT_KEYS: Mapping[str, str] = {
    "text-bytes": "文本、网页，以及从别的文件里读出的文字，最多多少字节",
    "file-bytes": "其他文件（docx、pdf、xlsx 等）最多多少字节",
    "unpacked-bytes": "docx、xlsx 等解压后最多多少字节",
    "pages": "pdf 最多多少页",
    "cells": "一份文件的表格最多多少单元格",
    "depth": "网页元素、表格等最多嵌套多少层",
    "seconds": "用别的程序转换一份文件最多多少秒",
}

IGNORE_KEYS: Mapping[str, str] = {
    "rule": "规则名",
    "rules": "几个规则名",
    "path": "报告的路径，可用 * 和 ?，相对于本文件；不写则为所有报告",
    "place": "报告中的位置，如 requests/received/total、标题，或引号里的原文；只接受此处",
    "because": "理由",
    "by": "由谁批准",
    "until": "最后有效日，如 2026-12-31",
}


def check(table: Mapping[str, Any], origin: str) -> None:
    """ConfigError where a key is unknown, or a value is not of its kind."""
    for key in table:
        if key not in KEYS:
            raise ConfigError(f"{origin}：没有配置项 {key}{nearest(key, KEYS)}")
    for key, value in table.items():
        kind = KEYS[key].kind
        if not _is(value, kind):
            raise ConfigError(f"{origin}：{key} 应为{kind}")
    for name in table.get("limits", {}):
        if name not in LIMIT_KEYS:
            raise ConfigError(f"{origin}：limits 里没有 {name}{nearest(name, LIMIT_KEYS)}")
    for rule, options in table.get("options", {}).items():
        if not isinstance(options, dict):
            raise ConfigError(f"{origin}：options.{rule} 应为表")


def _is(value: object, kind: str) -> bool:
    if kind == LIST_OF_STRINGS:
        return is_strings(value)
    if kind == NUMBERS:
        return isinstance(value, dict) and all(type(number) is int and number > 0 for number in value.values())
    return isinstance(value, {STRING: str, TABLE: dict, IGNORES: list}[kind])


def is_strings(value: object) -> bool:
    """Whether a value is a list of strings."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def nearest(name: str, known: Iterable[str]) -> str:
    """«, did you mean …», or nothing."""
    import difflib

    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"，是否指 {close[0]}？" if close else ""
