"""Regular expressions that are compiled when they are first used.

A pack has many, and a report that is in order needs few of them: to compile all of them at every
start took longer than to check the report.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as `re.compile` makes it, but when it is first used. A wrong one is an error only then."""
    return cast("re.Pattern[str]", _Pattern(text, flags))


class _Pattern:
    """Becomes the methods of the compiled pattern at the first use of any."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a compiled pattern has
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)

    def __repr__(self) -> str:
        return f"lazy_pattern({self._text!r})"
