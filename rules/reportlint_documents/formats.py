"""The formats: which suffixes each has, and what can be done with it. What reads them is imported when it is needed."""

from __future__ import annotations

from reportlint.readers import HTML_SUFFIXES
from reportlint.readers.reader import Means, Reader
from reportlint.source import Source


def _read_html(data: bytes, path: str, means: Means) -> Source:
    from reportlint.readers import html

    return html.read(data, path, means)


def _html_of_text(text: str, path: str, means: Means) -> Source:
    from reportlint.readers import html

    return html.of_text(text, path, means)


def _is_html(data: bytes) -> bool:
    from reportlint.readers import html

    return html.accepts(data)


HTML = Reader("html", HTML_SUFFIXES, _read_html, accepts=_is_html, of_text=_html_of_text)
