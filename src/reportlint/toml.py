"""TOML files: the configuration, presets and relations. The only module that imports tomli."""

from __future__ import annotations

import importlib.resources
from typing import Any

import tomli

from reportlint.errors import ConfigError, FormulaError, PackError
from reportlint.relations.formula import parse_formula
from reportlint.relations.relation import Relation

_RELATION_KEYS = {"name", "summary", "table", "each", "formula", "left", "right", "basis", "severity"}


def parse(data: bytes, place: str) -> dict[str, Any]:
    """A TOML document; ConfigError names the place that is wrong."""
    try:
        return tomli.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{place}：不是 UTF-8 编码（第 {error.start} 字节）") from error
    except tomli.TOMLDecodeError as error:
        raise ConfigError(f"{place}：TOML 语法错误：{error}") from error


def load_relations(package: str, file: str) -> tuple[tuple[Relation, str], ...]:
    """The relations of a file of a pack, each with the name of its severity; PackError says what is wrong."""
    place = f"{package}/{file}"
    try:
        data = importlib.resources.files(package).joinpath(file).read_bytes()
    except OSError as error:
        raise PackError(f"读不到 {place}：{error}") from error
    try:
        entries = parse(data, place)["relation"]
        return tuple(_relation(entry, place) for entry in entries)
    except KeyError as error:
        raise PackError(f"{place}：缺少键 {error}") from error
    except (ConfigError, FormulaError) as error:
        raise PackError(f"{place}：{error}") from error


def _relation(entry: dict[str, str], place: str) -> tuple[Relation, str]:
    unknown = set(entry) - _RELATION_KEYS
    if unknown:
        raise PackError(f"{place}：关系 {entry.get('name')} 有不认识的键 {'、'.join(sorted(unknown))}")
    if entry["each"] not in ("column", "row"):
        raise PackError(f"{place}：关系 {entry['name']} 的 each 应为 column 或 row，现为 {entry['each']}")
    relation = Relation(
        entry["name"],
        entry["summary"],
        entry["table"],
        entry["each"],
        parse_formula(entry["formula"]),
        entry["left"],
        entry["right"],
        entry["basis"],
    )
    return relation, entry.get("severity", "error")
