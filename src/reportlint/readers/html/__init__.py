"""Saved web pages."""
from __future__ import annotations
from reportlint.readers.reader import Limits
from reportlint.readers.html.builder import Builder
from reportlint.readers.html.finding import flat, found
from reportlint.readers.html.grid import Text
from reportlint.source import Page, Source
def read_html(html: str, path: str, limits: Limits = Limits(), whole=False) -> Source:
    page = Builder(html, limits.cells)
    page.read()
    text = Text()
    for item in (flat(page.items) if whole else found(page)):
        text.write(item)
    text.finish()
    origin = Page(Source(html, path), tuple(text.starts), tuple(text.places))
    return Source("".join(text.parts), path, origin, doubts=tuple(text.doubts))
