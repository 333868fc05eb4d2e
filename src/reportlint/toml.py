"""TOML files. The only module that imports tomli."""

from __future__ import annotations

from typing import Any, cast

from reportlint import cache, resources
from reportlint.errors import ConfigError


def parse(data: bytes, place: str) -> dict[str, Any]:
    """A TOML document; ConfigError names the place that is wrong."""
    import tomli

    try:
        return tomli.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{place}：不是 UTF-8 编码（第 {error.start} 字节）") from error
    except tomli.TOMLDecodeError as error:
        raise ConfigError(f"{place}：TOML 语法错误：{error}") from error


def read_resource(package: str, file: str) -> dict[str, Any]:
    """A TOML file of a package, from the cache where it was parsed before; OSError, ConfigError."""
    data = resources.read(package, file)
    texts = ("toml", data.decode("utf-8", "replace"))
    stored = cache.load(texts)
    if stored is None:
        stored = parse(data, f"{package}/{file}")
        cache.store(texts, stored)
    return cast("dict[str, Any]", stored)
