"""Paths to reports: what a folder holds that is checked, and what is passed over.

A folder is gone through by the configuration nearest to it (`include`, `exclude`) and by the `.gitignore`
files of its repository. Command line, hook and editor all look for reports here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reportlint import paths
from reportlint.errors import ReportlintError, reason
from reportlint.folders import Folder, Search

STDIN = "-"
_EXCLUDED = "按配置、.gitignore 或 --exclude 排除"
_LINK = "是指向文件夹的链接，没有跟随"


class Candidate(NamedTuple):
    """A file to check. One that was found in a folder, and not named, may turn out to be no report."""

    path: str
    named: bool
    passed_over: str = ""
    """Why it is not checked (in Chinese), where it is not; it is never passed over unsaid."""
    status: os.stat_result | None = None
    """Its size and times, where looking for it has told them."""


def candidates(given: Iterable[str], search: Search | None = None) -> Iterator[Candidate]:
    """The files that paths stand for, each once; ReportlintError for a path that is not there.

    Under `force_exclude` a path that is given counts as one that was found: as the hook gives them.
    """
    search = search or Search()
    given = list(given)
    several = len(given) > 1
    seen: set[str] = set()
    for path in given:
        for candidate, is_link in _under(path, search):
            # In one folder a file is met twice only by a link; the paths of all others need not be kept.
            if several or is_link:
                key = _identity(candidate.path)
                if key in seen or (not several and _is_met(path, key, search)):
                    continue
                seen.add(key)
            yield candidate


def _identity(path: str) -> str:
    """What two paths to one file have in common. (Resolving every path would cost as much as reading the files.)"""
    if path == STDIN:
        return path
    return os.path.realpath(path) if os.path.islink(path) else os.path.abspath(path)


def _is_met(folder: str, file: str, search: Search) -> bool:
    """Whether a file that a link leads to is met by itself in the folder that is gone through."""
    root = os.path.realpath(folder)
    if not os.path.isdir(folder) or not file.startswith(os.path.join(root, "")) or not os.path.isfile(file):
        return False
    *above, name = os.path.relpath(file, root).split(os.sep)
    level = Folder.at(root, search)
    for each in above:
        if level.excludes(each, True):
            return False
        level = level.enter(each)
    return level.wants(name)


def _under(path: str, search: Search) -> Iterator[tuple[Candidate, bool]]:
    """The candidates, and whether each is a link."""
    if path == STDIN:
        yield Candidate(path, True), False
    elif not os.path.lexists(path):
        raise ReportlintError(f"没有文件或文件夹 {path}")
    elif search.force_exclude and not _found(path, search):
        yield Candidate(path, False, _EXCLUDED), False
    elif os.path.isdir(path):
        yield from _within(path, Folder.at(os.path.abspath(path), search))
    elif not os.path.exists(path):
        raise ReportlintError(f"{path} 是失效的链接")
    else:
        # Also a device or pipe: reading it says what is wrong.
        yield Candidate(path, not search.force_exclude), os.path.islink(path)


def _found(path: str, search: Search) -> bool:
    """Whether a path would be met by going through the folders that it is in, from the top of what is configured."""
    full = os.path.abspath(path)
    top = paths.repository(os.path.dirname(full)) or Folder.at(os.path.dirname(full), search).configured_at
    if top is None or not os.path.join(full, "").startswith(os.path.join(top, "")):
        # No configuration, or one that stands elsewhere and was named.
        top = os.path.dirname(full)
    if full == top:
        return True
    *above, name = os.path.relpath(full, top).split(os.sep)
    level = Folder.at(top, search)
    for each in above:
        if level.excludes(each, True):
            return False
        level = level.enter(each)
    return not level.excludes(name, True) if os.path.isdir(path) else level.wants(name)


def _within(path: str, top: Folder) -> Iterator[tuple[Candidate, bool]]:
    """The files of a folder in order, then those of the folders in it. A link to a folder is not followed: what it
    leads to may lead back."""
    stack: list[tuple[str, str, Folder]] = [(path, "", top)]
    while stack:
        shown, own, level = stack.pop()
        entries = _entries(shown)
        if own:
            level = level.enter(own, {entry.name for entry in entries})
        folders: list[tuple[str, str, Folder]] = []
        here = shown == os.curdir
        for entry in entries:
            name = entry.name
            # As git and the hook name the file, and not ./ before it.
            file = name if here else entry.path
            if entry.is_dir(follow_symlinks=False):
                if not level.excludes(name, True):
                    folders.append((file, name, level))
            elif level.wants(name):
                yield Candidate(file, False, status=_status(entry)), entry.is_symlink()
            elif _leads_to_folder(entry) and not level.excludes(name, True):
                yield Candidate(file, False, _LINK), False
        stack.extend(reversed(folders))


def _entries(folder: str) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise ReportlintError(f"读不到文件夹 {folder}：{reason(error)}") from error


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:
        # A link to itself.
        return False


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    if os.name == "nt":
        # What a folder of Windows says of a file may be older than the file.
        return None
    try:
        return entry.stat()
    except OSError:
        return None
