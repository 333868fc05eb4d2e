"""Reports as documents without lines: `reportlint_papers` reads them, whatever other readers there are."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from reportlint import Linter, Result, Source
from reportlint.config import Layer

from .words import fields_of

PACK = Path(__file__).parent / "reportlint_papers"
EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
DOUBT = "一个数分在两个框里"
"""Why a reader of papers is not sure of a field."""
FAULTY = (EXAMPLES / "yunxi-water-2024-faulty.txt").read_text("utf-8")
CONFIGURATION = f"packs = ['{PACK.as_posix()}']\n"
FOUND = f"{CONFIGURATION}include = ['*', '*.paper']\n"
"""A configuration under which papers are found in folders, too."""


@cache
def linter(*select: str) -> Linter:
    """A linter that reads papers; of all rules of the default packs, or of some."""
    return Linter.from_layers([Layer("测试", packs=(str(PACK),), select=select or None)])


def source(text: str, path: str = "年报.paper") -> Source:
    """A paper, read."""
    return linter().readers.source(text.encode(), path)


def lint(text: str, *select: str, path: str = "年报.paper") -> Result:
    """What is found in a paper."""
    return linter(*select).lint(source(text, path))


def written(text: str, *remarks: str, doubtful: str = "") -> bytes:
    """A report given as text, as a paper; figures in rows that have the words of `doubtful` are read with doubt."""
    lines = [_doubted(line) if doubtful and doubtful in line else line for line in text.splitlines()]
    return "\n".join([*lines, *(f"% {remark}" for remark in remarks)]).encode()


def tabbed(text: str) -> str:
    """A report given as text, with tabs in its tables."""
    lines = [(line, fields_of(line)) for line in text.splitlines()]
    return "\n".join(line if fields is None else "\t".join(fields) for line, fields in lines if fields != [])


def _doubted(line: str) -> str:
    return re.sub(r"(?<=[ |])\d+(?=[ |])", r"\g<0>?", line)
