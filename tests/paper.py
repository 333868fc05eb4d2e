"""A format of documents for tests, which a pack of theirs reads (`packs/reportlint_paper`).

Its files begin with the line `PAPER`. A line with tabs in it is a row of a table, any other one a paragraph; `?` before
one says that it was read with doubt, and `! kind message` is a remark.
"""

from __future__ import annotations

import json
from pathlib import Path

from .words import fields_of

PACK = Path(__file__).parent / "packs" / "reportlint_paper"
CONFIG = f"packs = [{json.dumps(str(PACK))}]\ninclude = ['*', '*.paper']\n"
"""A configuration under which these files are read."""


def tabbed(text: str) -> str:
    """A report given as text, with tabs in its tables."""
    lines = [(line, fields_of(line)) for line in text.splitlines()]
    return "\n".join(line if fields is None else "\t".join(fields) for line, fields in lines if fields != [])


def paper(text: str, *remarks: str, doubtful: str = "") -> bytes:
    """A report given as text in this format; the lines that have the words of `doubtful` are read with doubt."""
    lines = [f"?{line}" if doubtful and doubtful in line else line for line in text.splitlines()]
    return "\n".join(["PAPER", *(f"! {remark}" for remark in remarks), *lines]).encode()
