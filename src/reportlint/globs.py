"""Patterns as in a `.gitignore`: the last one that matches a file or folder decides.

`pathspec` makes regular expressions of them; since it takes longer to import than all else that a run
does at its start, they are kept in the cache by the patterns' own text. Its expressions also match what
is below a folder; here a file or folder is asked about itself, on the way down, as git does.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from reportlint import cache
from reportlint.errors import ConfigError, ReportlintError

_LAYOUT = "globs 1"
"""To be changed with what is made of patterns here, since what was made before is kept."""
_BELOW = "(?P<ps_d>/)"
_ANYWHERE = "^(?:.+/)?"
_WHOLE = {".": ".+", "/": "[^/]+/.+", _BELOW: ".+/"}
"""What pathspec has for patterns that match nearly everything."""

_Run = tuple[bool, str, str]


class Globs:
    """Patterns in order. A pattern with `!` in front takes back what those before it match."""

    def __init__(self, runs: Iterable[_Run]) -> None:
        """Each run of patterns of one kind: whether they match (or take back), by the name, by the whole path."""
        with warnings.catch_warnings():
            # Of brackets in brackets, which may come to mean something else one day.
            warnings.simplefilter("ignore", FutureWarning)
            self._runs = [(sign, _compiled(names), _compiled(whole)) for sign, names, whole in reversed(list(runs))]

    def verdict(self, above: str, name: str, folder: bool) -> bool | None:
        """Whether a file or folder matches; None where no pattern says anything of it.

        `above` is the path of its folder with a slash at the end, relative to where the patterns stand.
        """
        if folder:
            name = f"{name}/"
        for sign, names, whole in self._runs:
            if (names is not None and names(name)) or (whole is not None and whole(above + name)):
                return sign
        return None


def globs(patterns: Sequence[str], origin: str | None = None) -> Globs:
    """The patterns, ready to be asked. One that means nothing is a ConfigError; without an origin it is passed over,
    as git passes it over."""
    return _globs(tuple(patterns), origin)


@lru_cache(maxsize=256)
def _globs(patterns: tuple[str, ...], origin: str | None) -> Globs:
    texts = (_LAYOUT, "" if origin is None else "strict", *patterns)
    runs = cache.load(texts)
    if runs is None:
        runs = _runs(patterns, origin)
        cache.store(texts, runs)
    return Globs(runs)


def _runs(patterns: Iterable[str], origin: str | None) -> list[_Run]:
    runs: list[tuple[bool, tuple[list[str], list[str]]]] = []
    for pattern in patterns:
        translated = _translated(pattern, origin)
        if translated is None:
            continue
        sign, expression = translated
        if not runs or runs[-1][0] != sign:
            runs.append((sign, ([], [])))
        # A pattern without a slash is for names, wherever they stand.
        is_name = "/" not in pattern.strip().rstrip("/")
        runs[-1][1][0 if is_name else 1].append(f"(?:{expression.removeprefix(_ANYWHERE) if is_name else expression})")
    return [(sign, "|".join(names), "|".join(whole)) for sign, (names, whole) in runs]


def _translated(pattern: str, origin: str | None) -> tuple[bool, str] | None:
    """Whether a pattern matches or takes back, and the expression for all of a path, a folder's with its slash."""
    from pathspec.patterns.gitignore.base import GitIgnorePatternError
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    try:
        expression, sign = GitIgnoreSpecPattern.pattern_to_regex(pattern)
        if expression is not None and sign is not None:
            expression = _itself(expression, pattern)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FutureWarning)
                re.compile(expression)
            return sign, expression
    except (GitIgnorePatternError, re.error):
        pass
    if origin is not None and pattern.strip() and not pattern.startswith("#"):
        raise ConfigError(f"{origin}：看不懂的模式 {pattern}")
    return None


def _itself(expression: str, pattern: str) -> str:
    """Without what is below a folder that matches."""
    if expression in _WHOLE:
        return _WHOLE[expression]
    if pattern.rstrip().endswith("/**/"):
        return f"{expression.removesuffix(_BELOW)}/.+/"
    for end, instead in ((f"(?:{_BELOW}|$)", "/?"), (_BELOW, "/"), ("/", "/.+")):
        if expression.endswith(end):
            return expression.removesuffix(end) + instead
    raise ReportlintError(f"不认识这个版本的 pathspec 的表达式 {expression}")


def _compiled(expression: str) -> Callable[[str], object] | None:
    return re.compile(expression, re.DOTALL).fullmatch if expression else None
