"""The formats: which suffixes each has, and what can be done with it. What reads them is imported when it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from reportlint.findings import Edit
from reportlint.readers import HTML_SUFFIXES
from reportlint.readers.reader import Annotation, Means, Reader, missing
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


def _annotate_docx(data: bytes, source: Source, annotations: Sequence[Annotation]) -> bytes:
    from reportlint.readers.docx import annotate

    return annotate.annotated(data, source, annotations)


def _refusal_docx(source: Source, edit: Edit) -> str:
    from reportlint.readers.docx import rewrite

    return rewrite.refusal(source, edit)


def _rewrite_docx(data: bytes, source: Source, edits: Sequence[Edit]) -> bytes:
    from reportlint.readers.docx import rewrite

    return rewrite.rewritten(data, source, edits)


DOCX = Reader(
    "docx",
    frozenset({".docx", ".docm"}),
    _read_docx,
    _is_docx,
    annotate=_annotate_docx,
    refusal=_refusal_docx,
    rewrite=_rewrite_docx,
)


def _read_pdf(data: bytes, path: str, means: Means) -> Source:
    source: Source = _pdf().read(data, path, means)
    return source


def _annotate_pdf(data: bytes, source: Source, annotations: Sequence[Annotation]) -> bytes:
    annotated: bytes = _pdf().annotate(data, source, annotations)
    return annotated


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


PDF = Reader(
    "pdf",
    frozenset({".pdf"}),
    _read_pdf,
    _is_pdf,
    annotate=_annotate_pdf,
    libraries=("pypdfium2", "pypdf"),
    extra="pdf",
)


def _read_xlsx(data: bytes, path: str, means: Means) -> Source:
    from reportlint.readers import xlsx

    return xlsx.read(data, path, means)


def _is_xlsx(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    from reportlint.readers import xlsx

    return xlsx.accepts(data)


XLSX = Reader("xlsx", frozenset({".xlsx", ".xlsm"}), _read_xlsx, _is_xlsx)


def _read_other(data: bytes, path: str, means: Means) -> Source:
    from reportlint.readers import office

    return office.read(data, path, means)


def _is_other_text(data: bytes) -> bool:
    if not data.startswith(_SIGNATURES):
        return False
    from reportlint.readers import office

    return office.kind_of(data) in (".doc", ".odt", ".rtf")


def _is_old_sheets(data: bytes) -> bool:
    if not data.startswith(_SIGNATURES):
        return False
    from reportlint.readers import office

    return office.kind_of(data) == ".xls"


def _is_other_sheets(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    from reportlint.readers import office

    return office.kind_of(data) == ".ods"


_SIGNATURES = (b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_CONVERTERS = ("soffice", "libreoffice")
OTHER_TEXT = Reader(
    "other documents", frozenset({".doc", ".wps", ".odt", ".rtf"}), _read_other, _is_other_text, programs=_CONVERTERS
)
OLD_SHEETS = Reader(
    "xls",
    frozenset({".xls", ".et"}),
    _read_other,
    _is_old_sheets,
    libraries=("xlrd",),
    extra="xlsx",
    programs=_CONVERTERS,
)
OTHER_SHEETS = Reader("ods", frozenset({".ods"}), _read_other, _is_other_sheets, programs=_CONVERTERS)
