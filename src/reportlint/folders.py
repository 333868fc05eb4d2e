"""A folder on the way to reports: what in it is looked at, by its configuration and by git's files."""

from __future__ import annotations

import os
from collections.abc import Container, Sequence
from typing import NamedTuple

from reportlint import config, paths, reading
from reportlint.globs import Globs, globs
from reportlint.readers import REPORT_SUFFIXES

DEFAULT_INCLUDE = tuple(f"*{suffix}" for suffix in sorted(REPORT_SUFFIXES))
"""What is looked for where no configuration says what; there, the suffix may also be in capitals."""

_HIDDEN = tuple(pattern.removesuffix("*") for pattern in config.DEFAULT_EXCLUDE if pattern.endswith("*"))
_BUILT = frozenset(pattern.removesuffix("/") for pattern in config.DEFAULT_EXCLUDE if pattern.endswith("/"))
_GIT = ".git"
_IGNORE_FILE = ".gitignore"
_CONFIGURATIONS = (*config.OWN_FILES, config.PYPROJECT)
_TELLING = (_GIT, _IGNORE_FILE, *_CONFIGURATIONS)
"""The names in a folder by which what counts in it may change."""


class Search(NamedTuple):
    """How reports are looked for."""

    config: str | None = None
    """The configuration for all folders; else each has the one nearest to it."""
    exclude: tuple[str, ...] = ()
    """Further patterns, relative to the current folder; they come after those of the configuration."""
    force_exclude: bool = False
    """Whether a path that is named is passed over, too, where it would be in its folder."""
    gitignore: bool = True


class _Standing(NamedTuple):
    """Patterns, the folder where they stand, and the path from there to the one gone through, ending in a slash."""

    globs: Globs
    at: str
    above: str
    in_bytes: bool = False
    """Whether a ? stands for one byte, as it does for git, and not for one character."""

    def enter(self, name: str, path: str) -> _Standing:
        # From outside the way may lead into the folder of the patterns.
        outside = self.above.startswith("../")
        return self._replace(above=_above(self.at, path) if outside else f"{self.above}{name}/")

    def verdict(self, name: str, folder: bool) -> bool | None:
        above = self.above
        if self.in_bytes and not (above.isascii() and name.isascii()):
            above, name = (_in_bytes(os.fsencode(text)) for text in (above, name))
        return self.globs.verdict(above, name, folder)


class _Wanted(NamedTuple):
    """`include` of a configuration."""

    patterns: _Standing
    inside: bool
    """Whether the folder is within one that is included."""
    suffixes: frozenset[str]
    """With which a pattern ends, beside those that a reader reads."""


class Folder(NamedTuple):
    """A folder that is gone through."""

    path: str
    search: Search
    configured_at: str | None
    """The folder of the configuration that counts here."""
    wanted: _Wanted | None
    excluded: tuple[_Standing, ...]
    """The patterns of the configuration and of the command line, the later over the earlier."""
    ignored: tuple[_Standing, ...]
    """The patterns of git, those of the deepest folder last."""

    @classmethod
    def at(cls, path: str, search: Search) -> Folder:
        """A folder by its absolute path, with all that counts for it from further up."""
        file = search.config or config.find(path)
        repository = paths.repository(path) if search.gitignore else None
        ignored: list[_Standing] = []
        if search.gitignore:
            top = repository or path
            ignored += _of_repository(top, path) if repository else []
            below = os.path.relpath(path, top)
            folder = top
            for name in [""] if below == os.curdir else ["", *below.split(os.sep)]:
                folder = os.path.join(folder, name) if name else folder
                ignored += _of_folder(folder, path)
        bare = cls(path, search, None, None, (), tuple(ignored))
        return bare._configured(file)

    def enter(self, name: str, names: Container[str] | None = None) -> Folder:
        """A folder in this one, with the names of what is in it where they are known."""
        path = os.path.join(self.path, name)
        if names is None:
            names = [each for each in _TELLING if os.path.lexists(os.path.join(path, each))]
        ignored = [standing.enter(name, path) for standing in self.ignored]
        if self.search.gitignore:
            if _GIT in names:
                # A repository within: nothing from outside counts in it.
                ignored = _of_repository(path, path)
            if _IGNORE_FILE in names:
                ignored += _of_folder(path, path)
        folder = self._replace(
            path=path,
            wanted=self._wanted_in(name, path),
            excluded=tuple(standing.enter(name, path) for standing in self.excluded),
            ignored=tuple(ignored),
        )
        if self.search.config is not None:
            return folder
        own = config.of_folder(path) if any(each in names for each in _CONFIGURATIONS) else None
        return folder._configured(own) if own is not None or _GIT in names else folder

    def excludes(self, name: str, folder: bool) -> bool:
        """Whether a file or folder in this one is passed over on purpose."""
        if name == _GIT:
            return True
        verdict = name.startswith(_HIDDEN) or (folder and name in _BUILT) or self._ignores(name, folder)
        for standing in self.excluded:
            said = standing.verdict(name, folder)
            if said is not None:
                verdict = said
        return verdict

    def wants(self, name: str) -> bool:
        """Whether a file in this folder is looked at, which may be a report."""
        suffix = os.path.splitext(name)[1]
        known = suffix.lower() in REPORT_SUFFIXES
        if self.wanted is None:
            return known and not self.excludes(name, False)
        if not known and suffix not in self.wanted.suffixes:
            return False
        said = self.wanted.patterns.verdict(name, False)
        return (self.wanted.inside if said is None else said) and not self.excludes(name, False)

    def _ignores(self, name: str, folder: bool) -> bool:
        for standing in reversed(self.ignored):
            said = standing.verdict(name, folder)
            if said is not None:
                return said
        return False

    def _wanted_in(self, name: str, path: str) -> _Wanted | None:
        if self.wanted is None:
            return None
        said = self.wanted.patterns.verdict(name, True)
        inside = self.wanted.inside if said is None else said
        return self.wanted._replace(patterns=self.wanted.patterns.enter(name, path), inside=inside)

    def _configured(self, file: str | None) -> Folder:
        """With the patterns of a configuration file, and no other's."""
        wanted = None
        excluded: list[_Standing] = []
        for layer in config.read(file).files() if file is not None else ():
            if layer.include is not None:
                wanted = self._wanted_by(layer)
            if layer.exclude:
                excluded.append(_standing(layer.exclude, f"{layer.origin}：exclude", layer.folder, self.path))
        if self.search.exclude:
            excluded.append(_standing(self.search.exclude, "--exclude", os.getcwd(), self.path))
        at = None if file is None else os.path.dirname(os.path.abspath(file))
        return self._replace(configured_at=at, wanted=wanted, excluded=tuple(excluded))

    def _wanted_by(self, layer: config.Layer) -> _Wanted | None:
        include = layer.include or ()
        if include == DEFAULT_INCLUDE:
            return None
        patterns = globs(include, f"{layer.origin}：include")
        inside = False
        above = ""
        standing = _standing(include, f"{layer.origin}：include", layer.folder, self.path)
        for name in standing.above.split("/")[:-1]:
            said = patterns.verdict(above, name, True)
            inside = inside if said is None else said
            above = f"{above}{name}/"
        return _Wanted(standing, inside, frozenset(os.path.splitext(pattern)[1] for pattern in include) - {""})


def _standing(patterns: Sequence[str], origin: str | None, at: str, folder: str) -> _Standing:
    return _Standing(globs(patterns, origin), at, _above(at, folder))


def _above(at: str, folder: str) -> str:
    try:
        below = os.path.relpath(folder, at).replace(os.sep, "/")
    except ValueError:
        # Another drive of Windows: only patterns for names can match.
        below = folder.replace(os.sep, "/")
    return "" if below == os.curdir else f"{below}/"


def _of_folder(at: str, folder: str) -> list[_Standing]:
    """What the .gitignore in a folder says, for a folder below it or itself."""
    return _of_file(os.path.join(at, _IGNORE_FILE), at, folder)


def _of_repository(root: str, folder: str) -> list[_Standing]:
    """What `info/exclude` of a repository says."""
    git = os.path.join(root, _GIT)
    if os.path.isfile(git):
        # A worktree: the file leads to its own folder, and that to the one that all worktrees share.
        git = os.path.join(root, _line(git).removeprefix("gitdir:").strip())
        git = os.path.join(git, _line(os.path.join(git, "commondir")).strip())
    return _of_file(os.path.join(git, "info", "exclude"), root, folder)


def _line(file: str) -> str:
    try:
        with open(file, encoding="utf-8", errors="surrogateescape") as stream:
            return stream.readline()
    except OSError:
        return ""


def _in_bytes(data: bytes) -> str:
    """A text with a character for each byte; none of those beyond ASCII is taken for a space or a letter."""
    return data.decode("ascii", "surrogateescape")


def _of_file(file: str, at: str, folder: str) -> list[_Standing]:
    try:
        data = reading.read(file)
    except OSError:
        # Mostly there is none. One that cannot be read hides nothing: more is checked, not less.
        return []
    text = _in_bytes(data.removeprefix(b"\xef\xbb\xbf"))
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    return [_standing(lines, None, at, folder)._replace(in_bytes=True)] if lines else []
