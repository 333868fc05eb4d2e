"""What a result depends on beside the report: the engine, the packs, the configuration.

A key says that in full, so that two keys are equal only where all of it is. Files are told by name, size and times of
change; reading those of all packs would take longer than finding the results that are kept. All files of a pack count
and not its code alone: a rule may read a list of words.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from reportlint.discovery import GROUP, folder_of_pack, installed_packs
from reportlint.errors import PackError

_LAYOUT = "results 7"
"""To be changed with what is stored of a result (`results`)."""
_PACKAGE = "__init__.py"
_COMPILED = "__pycache__"


def code_key(packs: Iterable[str]) -> str:
    """The engine, the installed packs and those in these folders, as they are now."""
    lines = [_LAYOUT, sys.version, *files(os.path.dirname(__file__))]
    for pack in installed_packs(GROUP):
        lines.append(f"{pack.name} = {pack.module}")
        lines += files(_home(pack.module))
    for folder in packs:
        lines.append(folder)
        lines += files(package(folder))
    return "\n".join(lines)


def package(folder: str) -> str:
    """The folder of the package that is the pack: what stands beside it does not matter."""
    try:
        return folder_of_pack(os.path.realpath(folder))[1]
    except PackError:
        # The first report to be checked will tell.
        return folder


def _home(module: str) -> str:
    """The folder or file that a module is of, found without importing it: that of the outermost package that is one."""
    names = module.split(".")
    for depth in range(1, len(names) + 1):
        for base in sys.path:
            place = os.path.join(base, *names[:depth])
            if os.path.isfile(os.path.join(place, _PACKAGE)):
                return place
            if os.path.isfile(f"{place}.py"):
                return f"{place}.py"
    return _found_otherwise(names)


def _found_otherwise(names: list[str]) -> str:
    """The same for what stands in no folder of `sys.path`: zipped, say, or installed in place."""
    from importlib.util import find_spec

    for depth in range(1, len(names) + 1):
        try:
            spec = find_spec(".".join(names[:depth]))
        except (ImportError, ValueError):
            break
        if spec is not None and spec.origin is not None:
            place = os.path.dirname(spec.origin) if spec.submodule_search_locations else spec.origin
            while not os.path.lexists(place) and place != os.path.dirname(place):
                # Within a zip file: the file itself.
                place = os.path.dirname(place)
            return place
    return ".".join(names)


def files(path: str) -> Iterator[str]:
    """A file, or those below a folder, each with its size and times of change, in order."""
    try:
        with os.scandir(path) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except NotADirectoryError:
        yield told(path)
        return
    except OSError:
        yield f"{path}?"
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == _COMPILED:
            continue
        try:
            folder = entry.is_dir()
        except OSError:
            # A link to itself.
            folder = False
        if not folder:
            yield told(entry.path)
        elif not (entry.is_symlink() and _leads_up(entry.path)):
            yield from files(entry.path)


def _leads_up(link: str) -> bool:
    """Whether a link leads to a folder that it is in, so that following it would not end."""
    return os.path.join(os.path.realpath(os.path.dirname(link)), "").startswith(
        os.path.join(os.path.realpath(link), "")
    )


def told(path: str) -> str:
    """A file by its size and times of change; one that is not there says so."""
    try:
        status = os.stat(path)
    except OSError:
        return f"{path}?"
    return f"{path} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
