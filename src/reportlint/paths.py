"""Paths as they are written into files and outputs: relative to a root, with forward slashes."""

from __future__ import annotations

import os

_REPOSITORY = ".git"


def repository(start: str) -> str | None:
    """The root of the git repository that a folder is in; None where it is in none."""
    folder = os.path.abspath(start)
    while True:
        if is_repository(folder):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def is_repository(folder: str) -> bool:
    """Whether a folder is the root of a git repository."""
    return os.path.exists(os.path.join(folder, _REPOSITORY))


def below(root: str, path: str) -> str:
    """A path as seen from a root, or as it is where it is not below it. What names no file stays: `<stdin>`."""
    if path.startswith("<"):
        return path
    # Elsewhere than on Windows a backslash may stand in a name.
    slashed = os.path.abspath(path).replace(os.sep, "/")
    base = root.replace(os.sep, "/").rstrip("/") + "/"
    return slashed[len(base) :] if slashed.startswith(base) else path.replace(os.sep, "/")
