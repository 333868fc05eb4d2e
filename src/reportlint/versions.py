"""`required-version`: whether this version of reportlint is the one that a configuration was written for."""

from __future__ import annotations

import re

from reportlint import cache
from reportlint.errors import ConfigError

_ONE = r"\s*(?:(?:~=|===?|!=|<=|>=|<|>)\s*)?\d+(?:\.\d+)*(?:\.\*)?(?:(?:a|b|rc)\d+)?(?:\.post\d+)?(?:\.dev\d+)?\s*"
PATTERN = rf"^{_ONE}(?:,{_ONE})*$"
"""What is understood: comparisons of versions, with commas between them. A version alone must be met exactly."""


def check(required: str, origin: str, version: str) -> None:
    """ConfigError, with both versions, where the version is not among those required."""
    if not re.fullmatch(PATTERN, required):
        raise ConfigError(f'{origin}：required-version 的写法不对：“{required}”；应如 ">=0.1,<1" 或 "0.1.0"')
    texts = ("required-version 1", required, version)
    met = cache.load(texts)
    if met is None:
        met = _met(required, origin, version)
        cache.store(texts, met)
    if not met:
        raise ConfigError(f"{origin}：配置要求 reportlint {required.strip()}，现在的版本是 {version}")


def _met(required: str, origin: str, version: str) -> bool:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    parts = (part.strip() for part in required.split(","))
    try:
        specifiers = SpecifierSet(",".join(f"=={part}" if part[0].isdigit() else part for part in parts))
    except InvalidSpecifier as error:
        raise ConfigError(f"{origin}：required-version 的写法不对：“{required}”") from error
    return specifiers.contains(version, prereleases=True)
