"""A new report as a Word document, set as offices print it, for Word, WPS and LibreOffice.

The parts that are the same in all of them stand in `parts/` as they are packed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from reportlint import days, resources
from reportlint.blank import HEADING, TITLE, Part
from reportlint.blank.tables import table

_STYLES = {TITLE: "Title", HEADING: "Heading1"}
_FILES = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package.rels",
    "word/_rels/document.xml.rels": "document.rels",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/footer1.xml": "footer1.xml",
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/>'
    "</w:sectPr>"
)
"""A4 with the margins of official documents: 37 mm above, 35 below, 28 on the left, 156 for the text."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day of all parts, so that they say nothing of the machine on which they were packed."""


def document(parts: Iterable[Part]) -> bytes:
    """The document of a report that is given by its parts."""
    made = list(parts)
    title = next((part.text for part in made if part.kind == TITLE), "")
    files = {name: resources.read(__package__, f"parts/{file}") for name, file in _FILES.items()}
    files["docProps/core.xml"] = _properties(title).encode()
    files["word/document.xml"] = _main(made).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _main(parts: Iterable[Part]) -> str:
    body = "".join(table(part.table) if part.table else _paragraph(part) for part in parts)
    return f'{_DECLARATION}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}{_PAGE}</w:body></w:document>'


def _paragraph(part: Part) -> str:
    style = f'<w:pPr><w:pStyle w:val="{_STYLES[part.kind]}"/></w:pPr>' if part.kind in _STYLES else ""
    return f"<w:p>{style}<w:r><w:t>{escape(part.text)}</w:t></w:r></w:p>"


def _properties(title: str) -> str:
    moment = f'xsi:type="dcterms:W3CDTF">{days.moment()}'
    return (
        f"{_DECLARATION}<cp:coreProperties {_CORE}><dc:title>{escape(title)}</dc:title>"
        f"<dcterms:created {moment}</dcterms:created><dcterms:modified {moment}</dcterms:modified></cp:coreProperties>"
    )
