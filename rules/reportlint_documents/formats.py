"""The formats: which suffixes each has, and what can be done with it. What reads them is imported when it is needed."""

from __future__ import annotations

from types import ModuleType

from reportlint.readers import HTML_SUFFIXES
from reportlint.readers.reader import Means, Reader, missing
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


def _read_docx(data: bytes, path: str, means: Means) -> Source:
    from reportlint.readers import docx

    return docx.read(data, path, means)


def _is_docx(data: bytes) -> bool:
    # What is neither a zip nor an OLE file needs no reader to tell it.
    if not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return False
    from reportlint.readers import docx

    return docx.accepts(data)


DOCX = Reader("docx", frozenset({".docx", ".docm"}), _read_docx, _is_docx)


def _read_pdf(data: bytes, path: str, means: Means) -> Source:
    source: Source = _pdf().read(data, path, means)
    return source


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _pdf() -> ModuleType:
    try:
        from reportlint.readers import pdf
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "pypdfium2":
            raise
        raise missing(".pdf", "pdf") from None
    return pdf


PDF = Reader("pdf", frozenset({".pdf"}), _read_pdf, _is_pdf)


def _read_xlsx(data: bytes, path: str, means: Means) -> Source:
    from reportlint.readers import xlsx

    return xlsx.read(data, path, means)


def _is_xlsx(data: bytes) -> bool:
    from reportlint.readers import xlsx

    return xlsx.accepts(data)


XLSX = Reader("xlsx", frozenset({".xlsx", ".xlsm"}), _read_xlsx, accepts=_is_xlsx)
