"""Which formats can be read here, and what is missing for the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportlint.formats.text import width
from reportlint.readers import DOCUMENT_SUFFIXES, TEXT_SUFFIXES, Readers, needs
from reportlint.readers.reader import Reader, installing


def lines(readers: Readers) -> Iterator[str]:
    """A line for each reader: its name, the suffixes of its files, and how it stands with it."""
    rows = [("text", _joined(TEXT_SUFFIXES), "可以读取")]
    rows += [(reader.name, _joined(reader.suffixes), _state(reader)) for reader in readers.all]
    read = {suffix for reader in readers.all for suffix in reader.suffixes}
    if DOCUMENT_SUFFIXES - read:
        rows.append(("-", _joined(DOCUMENT_SUFFIXES - read), "没有规则包能读取"))
    widest = [max(width(row[column]) for row in rows) for column in (0, 1)]
    for name, suffixes, state in rows:
        yield f"{name:{widest[0]}}  {suffixes:{widest[1]}}  {state}"


def _joined(suffixes: Iterable[str]) -> str:
    return " ".join(sorted(suffixes))


def _state(reader: Reader) -> str:
    libraries = needs.versions(reader)
    absent = [name for name, version in libraries if version is None]
    program = needs.program(reader)
    if absent and program is None:
        how = installing(reader.extra) if reader.extra else f"pip install {' '.join(absent)}"
        return f"不能读取，需要另外安装：{how}"
    if absent:
        return f"可以读取（{program}）"
    if libraries:
        return f"可以读取（{'、'.join(f'{name} {version}' for name, version in libraries)}）"
    if reader.programs and program is None:
        return f"不能读取，需要另外安装程序：{' 或 '.join(reader.programs)}"
    return f"可以读取（{program}）" if program else "可以读取"
