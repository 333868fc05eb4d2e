"""Files that packages bring: grammars, relations, presets."""

from __future__ import annotations

import importlib
import os


def read(package: str, file: str) -> bytes:
    """A file of an installed package, zipped or not; OSError where there is none.

    What `pkgutil.get_data` does; that and `importlib.resources` take longer to import than a report
    takes to check.
    """
    try:
        module = importlib.import_module(package)
    except ImportError as error:
        raise OSError(f"没有包 {package}：{error}") from error
    get_data = getattr(module.__spec__ and module.__spec__.loader, "get_data", None)
    if get_data is None or module.__file__ is None:
        raise OSError(f"包 {package} 不能提供文件 {file}")
    data: bytes = get_data(os.path.join(os.path.dirname(module.__file__), *file.split("/")))
    return data
