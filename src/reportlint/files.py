"""Paths to reports: what a folder holds that is checked, and what is passed over."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlint.errors import ReportlintError
from reportlint.readers import DOCUMENT_SUFFIXES, REPORT_SUFFIXES

STDIN = "-"


class Candidate(NamedTuple):
    """A file to check. One that was found in a folder, and not named, may turn out to be no report."""

    path: str
    named: bool
    readable: bool = True
    """Whether there is a reader for it; a document that none reads is passed over, and said to be."""


def candidates(paths: Iterable[str]) -> Iterator[Candidate]:
    """The files that paths stand for, each once; ReportlintError for a path that is not there."""
    seen: set[str] = set()
    for path in paths:
        for candidate in _under(path):
            key = _identity(candidate.path)
            if key not in seen:
                seen.add(key)
                yield candidate


def _identity(path: str) -> str:
    """What two paths to one file have in common. (Resolving every path would cost as much as reading the files.)"""
    if path == STDIN:
        return path
    return os.path.realpath(path) if os.path.islink(path) else os.path.abspath(path)


def _under(path: str) -> Iterator[Candidate]:
    if path == STDIN or os.path.isfile(path):
        yield Candidate(path, True)
        return
    if not os.path.exists(path):
        raise ReportlintError(f"没有文件或文件夹 {path}")
    if not os.path.isdir(path):
        # A device or pipe: reading it says what is wrong.
        yield Candidate(path, True)
        return

    def unlistable(error: OSError) -> None:
        raise ReportlintError(f"读不到文件夹 {error.filename}：{error.strerror}")

    for folder, folders, names in os.walk(path, onerror=unlistable):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            suffix = os.path.splitext(name)[1].lower()
            if suffix in REPORT_SUFFIXES and not name.startswith("."):
                yield Candidate(os.path.join(folder, name), False)
            elif suffix in DOCUMENT_SUFFIXES and not name.startswith((".", "~$")):
                yield Candidate(os.path.join(folder, name), False, readable=False)
