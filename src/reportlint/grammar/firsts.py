"""The characters that a pattern can begin with, so that a scanner tries few patterns at each place."""

from __future__ import annotations

import importlib
from typing import Any

_parser: Any = importlib.import_module("re._parser")
"""The parser of Python's own `re`; Lark asks it for the widths of patterns."""
_LARGEST_RANGE = 200


def first_characters(pattern: str) -> str | None:
    """The characters that a match of a pattern can begin with, sorted; None where they are too many to list."""
    found, _ = _sequence(_parser.parse(pattern))
    return None if found is None else "".join(sorted(found))


def _sequence(items: Any) -> tuple[set[str] | None, bool]:  # noqa: ANN401 - the parser's own trees
    """The first characters of a sequence, and whether it can match nothing."""
    found: set[str] = set()
    for item in items:
        first, empty = _item(*item)
        if first is None:
            return None, False
        found |= first
        if not empty:
            return found, False
    return found, True


def _item(kind: Any, value: Any) -> tuple[set[str] | None, bool]:  # noqa: ANN401
    name = str(kind)
    if name == "LITERAL":
        return {chr(value)}, False
    if name == "IN":
        return _class(value), False
    if name == "BRANCH":
        found: set[str] = set()
        empty = False
        for branch in value[1]:
            first, nothing = _sequence(branch)
            if first is None:
                return None, False
            found |= first
            empty = empty or nothing
        return found, empty
    if name == "SUBPATTERN":
        return _sequence(value[-1])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        first, nothing = _sequence(value[2])
        return first, nothing or value[0] == 0
    if name == "ATOMIC_GROUP":
        return _sequence(value)
    if name in ("ASSERT", "ASSERT_NOT", "AT"):
        return set(), True
    return None, False


def _class(members: Any) -> set[str] | None:  # noqa: ANN401
    found: set[str] = set()
    for kind, value in members:
        name = str(kind)
        if name == "LITERAL":
            found.add(chr(value))
        elif name == "RANGE" and value[1] - value[0] < _LARGEST_RANGE:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            # The scanner's texts have half-width digits.
            found.update("0123456789")
        else:
            return None
    return found
