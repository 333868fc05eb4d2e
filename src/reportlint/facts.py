"""Facts: what several rules need of a report, computed once for each report."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from reportlint.model import Report

_T = TypeVar("_T")


def fact(compute: Callable[[Report], _T]) -> Callable[[Report], _T]:
    """Make a function over a report compute its value once for each report.

    The value is shared by all rules that ask for it, so it should not be one that can be changed.
    """

    @wraps(compute)
    def get(report: Report) -> _T:
        facts = report.facts
        if compute not in facts:
            facts[compute] = compute(report)
        value: _T = facts[compute]
        return value

    return get
