"""Files that are damaged, locked, or made to do harm: small on the disk, and cheap to make."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from ..ole import ole
from . import web
from .book import WHOLE
from .numbering import NAMESPACE
from .paper import Paper
from .word import HANDS, made

_BODY = f"<w:document {NAMESPACE}><w:body>".encode()
_END = b"</w:body></w:document>"
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MEBIBYTE = 1 << 20


def with_part(data: bytes, name: str, pieces: Iterable[bytes]) -> bytes:
    """A packed file with another part of that name."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        with new.open(name, "w", force_zip64=True) as part:
            for piece in pieces:
                part.write(piece)
    return made.getvalue()


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)


def pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"] * count,
    )


def page_of(content: bytes) -> bytes:
    """One page, drawn by what is packed into its stream."""
    packed = zlib.compress(content)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    )


def _word(paper: Paper) -> bytes:
    return made(paper, HANDS["headings"])


def _document(*pieces: bytes) -> Callable[[Paper], bytes]:
    return lambda paper: with_part(_word(paper), "word/document.xml", pieces)


def _entities(address: str) -> Mapping[str, bytes]:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return {
        "entity-bomb": f'<!DOCTYPE w [<!ENTITY e0 "十">{bomb}]>'.encode(),
        "entity-file": b'<!DOCTYPE w [<!ENTITY e11 SYSTEM "file:///etc/hostname">]>',
        "entity-net": f'<!DOCTYPE w SYSTEM "{address}/a.dtd" [<!ENTITY e11 SYSTEM "{address}/e">]>'.encode(),
    }


def refused(paper: Paper, address: str) -> dict[str, tuple[bytes, str]]:
    """Files that cannot be read, by name, and the code with which each is refused; some point to an address."""
    word, book = _word(paper), WHOLE["whole-shared.xlsx"](paper)
    text = b"<w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body></w:document>"
    files = {
        "zip-bomb.docx": (_document(_BODY, *[b" " * _MEBIBYTE] * 260)(paper), "too-large"),
        "markup-bomb.docx": (_document(_BODY, *[b"<w:p/>" * 150_000] * 30)(paper), "too-large"),
        "million-cells.docx": (
            _document(
                _BODY, b"<w:tbl>", *[b"<w:tr>" + b"<w:tc><w:p/></w:tc>" * 1_000 + b"</w:tr>"] * 1_000, b"</w:tbl>", _END
            )(paper),
            "too-large",
        ),
        "spanning.docx": (
            _document(
                _BODY,
                b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
                _END,
            )(paper),
            "too-large",
        ),
        "deep.docx": (
            _document(_BODY, *(tag * 100_000 for tag in (b"<w:sdt>", b"</w:sdt>")), _END)(paper),
            "too-large",
        ),
        "zip-bomb.xlsx": (
            with_part(book, "xl/sharedStrings.xml", [b" " * _MEBIBYTE] * 260),
            "too-large",
        ),
        "markup-bomb.xlsx": (
            with_part(book, "xl/sharedStrings.xml", [b"<sst>", *[b"<si/>" * 150_000] * 30, b"</sst>"]),
            "too-large",
        ),
        "million-cells.xlsx": (
            with_part(
                book,
                "xl/worksheets/sheet1.xml",
                [_SHEET, *[b"<row>" + b"<c><v>0</v></c>" * 1_000 + b"</row>"] * 1_000, b"</sheetData></worksheet>"],
            ),
            "too-large",
        ),
        "million-cells.html": (b"<table>" + (b"<tr>" + b"<td>0" * 1_000) * 1_000, "too-large"),
        "fifty-megabytes.html": (b"<p>0</p>" * (50 * _MEBIBYTE // 8), "too-large"),
        "five-thousand-pages.pdf": (pages(5_000), "too-large"),
        "locked.docx": (ole({"EncryptedPackage": b"?", "EncryptionInfo": b"?"}), "encrypted"),
        "locked.xlsx": (ole({"EncryptedPackage": b"?", "EncryptionInfo": b"?"}), "encrypted"),
        "cut.docx": (word[: len(word) // 2], "damaged"),
        "cut.xlsx": (book[: len(book) // 2], "damaged"),
        "cut.pdf": (pages(3)[:80], "damaged"),
        "cut-within.docx": (_document(_BODY, b"<w:p><w:r><w:t>")(paper), "damaged"),
        "no-pages.pdf": (pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"), "damaged"),
        "blank.pdf": (pages(2), "scanned"),
    }
    for name, declaration in _entities(address).items():
        files[f"{name}.docx"] = (_document(declaration, _BODY, text)(paper), "damaged")
        sheet = _SHEET + b'<row><c t="inlineStr"><is><t>&e11;</t></is></c></row></sheetData></worksheet>'
        files[f"{name}.xlsx"] = (with_part(book, "xl/worksheets/sheet1.xml", [declaration, sheet]), "damaged")
    return files


def suspicious(paper: Paper, address: str) -> dict[str, tuple[bytes, set[str]]]:
    """Files that can be read, by name, and the rules that speak of what is in them beside the report."""
    word = _word(paper)
    relation = f'<Relationship Id="rId9" Type="{_RELATIONS}/attachedTemplate" TargetMode="External" Target="{address}/t.dotm"/>'
    with ZipFile(BytesIO(word)) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
    page = web.fragment(paper).decode()
    return {
        "macros.docm": (with_part(word, "word/vbaProject.bin", [b"Attribute VB_Name"]), {"documents/macros"}),
        "template.docx": (
            with_part(
                word,
                "word/_rels/document.xml.rels",
                [relations.replace("</Relationships>", f"{relation}</Relationships>").encode()],
            ),
            {"documents/external-content"},
        ),
        "links.html": (
            f'<meta http-equiv="refresh" content="0;url={address}/m"><link rel="stylesheet" href="{address}/s.css">'
            f'<script src="{address}/s.js"></script>{page}<img src="{address}/i.png"><iframe src="{address}/f"></iframe>'.encode(),
            {"documents/external-content", "documents/picture"},
        ),
        "deep.html": (b"<div>" * 10_000 + page.encode() + b"</div>" * 10_000, set()),
        "really-a-page.docx": (web.word(paper), {"documents/renamed-file"}),
        "really-a-page.doc": (web.word(paper), {"documents/renamed-file"}),
        "really-word.pdf": (word, {"documents/renamed-file"}),
    }
