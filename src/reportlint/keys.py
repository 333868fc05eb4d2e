"""What a result depends on beside the report: the engine, the packs, the configuration.

A key says that in full, so that two keys are equal only where all of it is. Files of code are told by name, size and
time of change; reading those of all packs would take longer than finding the results that are kept.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from reportlint.discovery import GROUP, installed_packs

_LAYOUT = "results 2"
"""To be changed with what is stored of a result (`results`)."""
CODE = (".py", ".toml", ".lark")


def code_key(packs: Iterable[str]) -> str:
    """The engine, the installed packs and those in these folders, as they are now."""
    engine = os.path.dirname(__file__)
    lines = [_LAYOUT, sys.version, *_files(engine)]
    for pack in installed_packs(GROUP):
        lines.append(f"{pack.name} = {pack.module}")
        lines += _files(_home(pack.module))
    for folder in packs:
        lines.append(folder)
        lines += _files(folder)
    return "\n".join(lines)


def _home(module: str) -> str:
    """The folder or file of a module, found without importing it."""
    name = module.partition(".")[0]
    for base in sys.path:
        folder = os.path.join(base or os.curdir, name)
        if os.path.isfile(os.path.join(folder, "__init__.py")):
            return folder
        if os.path.isfile(f"{folder}.py"):
            return f"{folder}.py"
    import importlib.util

    spec = importlib.util.find_spec(name)
    return os.path.dirname(spec.origin) if spec is not None and spec.origin is not None else name


def _files(path: str) -> Iterator[str]:
    """The files of code below a folder, each with its size and time of change, in order."""
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except NotADirectoryError:
        yield _told(path, os.stat(path))
        return
    except OSError:
        yield f"{path}?"
        return
    for entry in entries:
        try:
            if entry.name.endswith(CODE):
                yield _told(entry.path, entry.stat())
            elif entry.name[0] not in "._" and entry.is_dir():
                yield from _files(entry.path)
        except OSError:
            # A link that leads nowhere, as editors leave them, or to itself; or it is gone by now.
            yield f"{entry.path}?"


def _told(path: str, status: os.stat_result) -> str:
    return f"{path} {status.st_size} {status.st_mtime_ns}"
