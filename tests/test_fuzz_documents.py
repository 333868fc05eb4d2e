"""Documents of sound syntax and no sense, for every reader; and what the fuzzer over bytes once found."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .fuzz.holds import check, lint
from .fuzz.packing import PACKED, pack, parts
from .makers.hostile import page_of, pdf
from .makers.numbering import NAMESPACE

CORPUS = Path(__file__).parent / "fuzz" / "corpus"
FOUND = sorted(path for path in CORPUS.glob("*/*") if path.suffix != ".md")
usual = settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
words = st.sampled_from(
    ("", " ", "12", "一、总体情况", "规章", "（一）", "2024年", "收到5件", "\u3000", "𠮷", "/", "—", "&<>\"'")
)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once(path: Path) -> None:
    reader, data = path.parent.name, path.read_bytes()
    source = check(pack(reader, data) if reader in PACKED else data, reader)
    if source is not None:
        lint(source)


# XML of Word and of workbooks: elements as they are there, within each other as they come

W_TAGS = (
    *("p", "r", "t", "tbl", "tr", "tc", "tcPr", "trPr", "tblPr", "pPr", "rPr", "br", "tab", "sdt", "sdtContent", "ins"),
    *("del", "delText", "fldSimple", "fldChar", "instrText", "hyperlink", "txbxContent", "pict", "drawing", "vMerge"),
    *("gridSpan", "hMerge", "gridBefore", "gridAfter", "numPr", "ilvl", "numId", "vanish", "footnoteReference", "sym"),
    *("moveFrom", "moveTo", "smartTag", "customXml", "noBreakHyphen", "commentRangeStart", "sectPr", "cellDel", "rtl"),
)
NUMBERS = (
    "0",
    "1",
    "2",
    "3",
    "-1",
    "999",
    "99999999999",
    "x",
    "",
    "1.5",
    "restart",
    "continue",
    "begin",
    "end",
    "separate",
)
S_TAGS = ("row", "c", "v", "f", "is", "t", "r", "mergeCells", "mergeCell", "sheetData", "rPh", "cols", "col")
REFERENCES = ("A1", "B2", "A1:B2", "XFD1048576", "A0", "1", "", "AAAA1", "B2:A1", "A1:XFD1048576", "a1", "A-1")


def elements(
    prefix: str, tags: tuple[str, ...], attributes: tuple[str, ...], values: tuple[str, ...]
) -> st.SearchStrategy[str]:
    """Trees of elements."""
    given_attributes = st.dictionaries(st.sampled_from(attributes), st.sampled_from(values), max_size=3)

    def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        def written(tag: str, attributes: dict[str, str], within: list[str]) -> str:
            said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
            return f"<{prefix}{tag}{said}>{''.join(within)}</{prefix}{tag}>"

        return st.builds(written, st.sampled_from(tags), given_attributes, st.lists(inner, max_size=5))

    return st.recursive(words.map(escape), element, max_leaves=40)


W_TREES = elements("w:", W_TAGS, ("w:val", "w:fldCharType", "w:id", "w:type", "w:instr", "w:w"), NUMBERS)
S_TREES = elements(
    "",
    S_TAGS,
    ("r", "t", "s", "ref", "hidden", "min", "max"),
    (*REFERENCES, *NUMBERS, "s", "inlineStr", "str", "b", "e"),
)


@usual
@given(st.lists(W_TREES, max_size=6), st.sampled_from(("document", "tbl", "p")))
def test_word_documents(trees: list[str], around: str) -> None:
    inner = "".join(trees)
    inner = inner if around == "document" else f"<w:{around}>{inner}</w:{around}>"
    document = f"<w:document {NAMESPACE}><w:body>{inner}</w:body></w:document>"
    source = check(pack("docx", b"\0" + document.encode()), "docx")
    if source is not None:
        lint(source)


@usual
@given(st.lists(W_TREES, max_size=4), st.integers(1, 4))
def test_other_parts_of_word_documents(trees: list[str], part: int) -> None:
    check(pack("docx", bytes([part]) + f"<w:x {NAMESPACE}>{''.join(trees)}</w:x>".encode()), "docx")


@usual
@given(st.lists(S_TREES, max_size=6), st.integers(0, 3))
def test_workbooks(trees: list[str], part: int) -> None:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    check(
        pack("xlsx", bytes([part]) + f"<worksheet {main}><sheetData>{''.join(trees)}</sheetData></worksheet>".encode()),
        "xlsx",
    )


# Packages: parts that are missing, there twice, empty, stored otherwise, and archives that were cut


@usual
@given(st.sampled_from(("docx", "xlsx")), st.data())
def test_packages(reader: str, data: st.DataObject) -> None:
    names = st.sampled_from([*parts(reader), "word/document.xml", "../x", "/word/document.xml", "词.xml", "x" * 300])
    entries = data.draw(
        st.lists(st.tuples(names, st.sampled_from((*parts(reader).values(), b"", b"<a/>", b"\xff"))), max_size=8)
    )
    whole = data.draw(st.booleans())
    packed = BytesIO()
    with ZipFile(packed, "w", data.draw(st.sampled_from((ZIP_STORED, ZIP_DEFLATED)))) as package:
        written = set()
        for name, part in [*(parts(reader).items() if whole else ()), *entries]:
            if name not in written:
                package.writestr(name, part)
                written.add(name)
    archive = bytearray(packed.getvalue())
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(archive) - 1))
        archive[at] = data.draw(st.integers(0, 255))
    check(bytes(archive[: data.draw(st.sampled_from((len(archive), len(archive) // 2, 30)))]), reader)


# Pages: tags as they come, closed or not

TAGS = (
    *(
        "p",
        "div",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "span",
        "b",
        "br",
        "li",
        "ul",
        "script",
        "style",
        "head",
        "body",
    ),
    *(
        "html",
        "caption",
        "template",
        "svg",
        "math",
        "select",
        "option",
        "textarea",
        "title",
        "iframe",
        "h1",
        "form",
        "nav",
        "a",
    ),
)
tag = st.builds(
    "<{}{}{}>".format,
    st.sampled_from(("", "", "/")),
    st.sampled_from(TAGS),
    st.sampled_from(
        (
            "",
            "",
            " colspan=3",
            " rowspan=2",
            " colspan=99999",
            " rowspan=0",
            " hidden",
            ' style="display:none"',
            " id='x",
            "/",
        )
    ),
)
soup = st.lists(
    st.one_of(
        tag,
        tag,
        words,
        st.sampled_from(("<!--", "-->", "&nbsp;", "&#0;", "&#x110000;", "<![CDATA[", "]]>", "<!", "\0")),
    ),
    max_size=60,
).map("".join)


@usual
@given(soup, st.sampled_from(("utf-8", "gb18030", "utf-16", "utf-8-sig")))
def test_pages(page: str, encoding: str) -> None:
    source = check(page.encode(encoding, "replace"), "html")
    if source is not None:
        lint(source)


# PDF: objects as they come, and what is drawn on a page

_OPERANDS = (
    "0",
    "1",
    "12",
    "-5",
    "600",
    "1e9",
    "/F",
    "(12)",
    "<0041>",
    "[(1) -200 (2)]",
    "<</A 1>>",
    "null",
    "99999999999",
)
_OPERATORS = (
    "m",
    "l",
    "re",
    "S",
    "f",
    "W",
    "n",
    "q",
    "Q",
    "cm",
    "BT",
    "ET",
    "Tf",
    "Td",
    "Tj",
    "TJ",
    "Tm",
    "Do",
    "BI",
    "ID",
    "EI",
    "BMC",
    "gs",
    "rg",
)
drawn = st.lists(st.one_of(st.sampled_from(_OPERANDS), st.sampled_from(_OPERATORS)), max_size=60).map(" ".join)
_OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
    b"<</Type/Pages/Count 9999999/Kids[2 0 R 3 0 R]>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
    b"<</Type/Page/MediaBox[0 0 0 0]/Contents[3 0 R]/Rotate 45>>",
    b"<</Type/Page/MediaBox[-1e9 0 1e9 1e9]/Annots[5 0 R]>>",
    b"<</Length 3>>stream\nq Q\nendstream",
    b"<</Length 99999999/Filter/FlateDecode>>stream\nxx\nendstream",
    b"<</Filter[/ASCIIHexDecode/FlateDecode/LZWDecode]/Length 2>>stream\n78\nendstream",
    b"null",
    b"[" * 500,
    b"5 0 R",
)
slow = settings(usual, max_examples=40)
"""PDF that may need much memory is read in a process of its own, which takes its time to start."""


@slow
@given(st.lists(st.sampled_from(_OBJECTS), min_size=1, max_size=7))
def test_objects_of_pdf(objects: list[bytes]) -> None:
    check(pdf(*objects), "pdf")


@slow
@given(drawn)
def test_pages_of_pdf(content: str) -> None:
    source = check(page_of(content.encode()), "pdf")
    if source is not None:
        lint(source)


@slow
@given(st.data())
def test_pdf_with_bytes_changed(data: st.DataObject) -> None:
    made = bytearray(page_of(b"10 10 200 20 re S"))
    for _ in range(data.draw(st.integers(1, 6))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(made), "pdf")
