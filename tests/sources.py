"""Files and bytes to sources, with the readers that come with reportlint."""

from __future__ import annotations

from functools import cache

from reportlint import Linter, Source
from reportlint.readers import Readers


@cache
def readers() -> Readers:
    return Linter.from_layers([]).readers


def read_file(path: str) -> Source:
    return readers().file(path)


def from_bytes(data: bytes, path: str) -> Source:
    return readers().source(data, path)
