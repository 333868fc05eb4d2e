"""Places in words, alike for documents of every format: «第三段», «表三 第5行第8列 “总计”»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlint.readers.numerals import chinese

_FIGURE = re.compile(r"[\d０-９.,，%％/／\-－—–+ \u3000\xa0]*").fullmatch
_LONGEST_LABEL = 20


def is_figure(field: str) -> bool:
    """Whether a field of a table holds a figure and nothing else."""
    return bool(_FIGURE(field)) and any(map(str.isdigit, field))


def paragraph(number: int) -> str:
    """A paragraph, counted from 1."""
    return f"第{chinese(number)}段"


def row(table: int, number: int) -> str:
    """A row of a table of the document, both counted from 1."""
    return f"表{chinese(table)} 第{number}行"


def field(fields: Sequence[str], column: int, *, alone: bool = True) -> str:
    """What is said of a field behind its row: the column (from 1), where the row has several figures, and the label,
    which is that of the row or, where the field is a label, its own words. Of a stretch that is not in this field
    `alone` the column is not said."""
    text = fields[column - 1] if column <= len(fields) else ""
    is_label = not _FIGURE(text)
    label = text if is_label else next((each for each in fields[: column - 1][::-1] if not _FIGURE(each)), "")
    several = sum(bool(each) and bool(_FIGURE(each)) for each in fields) > 1
    words = f"第{column}列" if alone and not is_label and (several or not text or not label) else ""
    if label:
        words += f" “{label if len(label) <= _LONGEST_LABEL else f'{label[:_LONGEST_LABEL]}…'}”"
    return words
