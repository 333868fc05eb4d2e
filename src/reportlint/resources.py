"""Files that packages bring: grammars, relations, presets."""

from __future__ import annotations

import pkgutil


def read(package: str, file: str) -> bytes:
    """A file of an installed package, zipped or not; OSError where there is none.

    `importlib.resources` would do, and takes longer to import than a report takes to check.
    """
    try:
        data = pkgutil.get_data(package, file)
    except ImportError as error:
        raise OSError(f"没有包 {package}：{error}") from error
    if data is None:
        raise OSError(f"包 {package} 不能提供文件 {file}")
    return data
