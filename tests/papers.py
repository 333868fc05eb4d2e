"""Reports as documents without lines: `reportlint_papers` reads them, whatever other readers there are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlint import Linter, Result, Source
from reportlint.config import Layer

PACK = Path(__file__).parent / "reportlint_papers"
EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
DOUBT = "一个数分在两个框里"
"""Why a reader of papers is not sure of a field."""
FAULTY = (EXAMPLES / "yunxi-water-2024-faulty.txt").read_text("utf-8")
CONFIGURATION = f"packs = ['{PACK.as_posix()}']\n"


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
