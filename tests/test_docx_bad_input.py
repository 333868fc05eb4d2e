"""The reader of Word documents: files that are damaged, encrypted, too large, or something else."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from contextlib import nullcontext

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint import Span
from reportlint.errors import ReadError
from reportlint.readers import Readers
from reportlint.readers.docx import accepts
from reportlint.readers.reader import Limits

from .sources import from_bytes, readers
from .words import (
    DECLARATION,
    Relationship,
    Xml,
    alternate,
    cell,
    control,
    document,
    docx,
    field,
    inserted,
    level,
    note_mark,
    notes,
    numbers,
    outline,
    p,
    packed,
    r,
    relations,
    row,
    ruby,
    style,
    table,
    text_box,
    unpacked,
    wrapped,
)


def refused(data: bytes, path: str = "年报.docx", **limits: int) -> tuple[str, str]:
    """The code and the message."""
    with pytest.raises(ReadError) as error:
        Readers(readers().all, Limits(**limits)).source(data, path)
    return error.value.code, str(error.value)


def read(data: bytes, **limits: int) -> str:
    return Readers(readers().all, Limits(**limits)).source(data, "年报.docx").text


def with_part(name: str, content: bytes | str) -> bytes:
    return docx("甲", parts={name: content})


MAIN = "word/document.xml"


# What is no Word document


def test_an_empty_file() -> None:
    assert refused(b"") == ("damaged", "Word 文档已损坏：文件是空的")


@pytest.mark.parametrize("data", [b"PK", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18])
def test_less_than_a_zip(data: bytes) -> None:
    code, message = refused(data)
    assert code == "damaged"
    assert message.startswith("Word 文档已损坏：")


def test_a_text_with_the_name_of_a_document() -> None:
    assert refused("总体情况".encode()) == ("unreadable", "内容不是 Word 文档")


def test_a_zip_of_something_else() -> None:
    assert refused(packed({"a.txt": "甲"})) == ("damaged", "Word 文档已损坏：没有正文（word/document.xml）")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("xl/workbook.xml", "工作簿（.xlsx）"),
        ("ppt/presentation.xml", "演示文稿（.pptx）"),
        ("content.xml", "OpenDocument 文档（.odt、.ods）"),
    ],
)
def test_a_zip_of_another_program(name: str, words: str) -> None:
    with pytest.raises(ReadError) as error:
        from_reader(packed({name: "<a/>"}))
    assert (error.value.code, str(error.value)) == ("unreadable", f"内容是{words}，不是 Word 文档")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def test_a_document_with_a_password() -> None:
    data = OLE + "EncryptedPackage".encode("utf-16-le")
    assert accepts(data)
    assert refused(data) == ("encrypted", "文档加了密码，没有检查；去掉密码后可以检查")


def test_an_old_document_with_a_new_name() -> None:
    data = OLE + "WordDocument".encode("utf-16-le")
    assert not accepts(data)
    with pytest.raises(ReadError, match=r"旧版的 Word 文档（\.doc）"):
        from_reader(data)


def from_reader(data: bytes) -> str:
    from reportlint.readers import docx as reader
    from reportlint.readers.reader import Means

    return reader.read(data, "年报.docx", Means(Limits(), readers())).text


def test_what_is_accepted() -> None:
    whole = docx("甲")
    assert accepts(whole)
    assert accepts(whole[: len(whole) // 2])
    assert not accepts(packed({"xl/workbook.xml": "<a/>"}))
    assert not accepts(packed({"xl/media/word/a.txt": "<a/>"}))
    assert not accepts(b"word/")
    assert not accepts("总体情况".encode())


# Damage


def test_a_document_that_was_cut_off() -> None:
    whole = docx("甲" * 500)
    for end in (30, len(whole) // 3, len(whole) - 30, len(whole) - 1):
        assert refused(whole[:end])[0] == "damaged"


def test_a_part_with_wrong_bytes() -> None:
    whole = docx("甲" * 500)
    middle = whole.index(b"word/document.xml") + 60
    assert refused(whole[:middle] + bytes(20) + whole[middle + 20 :])[0] == "damaged"


@pytest.mark.parametrize(
    "content",
    [b"", b"<a", b"\xff\xfe<", b"<w:document/>", b"\0", document("甲").replace("甲", "\x01"), "<a>" + "甲" * 9],
)
def test_a_main_part_that_is_no_xml(content: bytes | str) -> None:
    assert refused(with_part(MAIN, content))[0] == "damaged"


def test_bytes_that_are_not_in_the_encoding() -> None:
    assert refused(with_part(MAIN, document("甲").encode("gb18030")))[0] == "damaged"


@pytest.mark.parametrize("root", ["<a/>", document("甲").replace("w:body", "w:corpus")])
def test_a_main_part_without_a_body(root: str) -> None:
    assert refused(with_part(MAIN, root)) == ("damaged", "Word 文档已损坏：正文里没有内容（w:body）")


@pytest.mark.parametrize("name", ["_rels/.rels", "word/_rels/document.xml.rels", "word/_rels/header9.xml.rels"])
def test_relationships_that_are_no_xml(name: str) -> None:
    assert refused(with_part(name, "<a"))[0] == "damaged"


def test_relationships_to_nowhere() -> None:
    odd = (
        Relationship("a", "styles", "../../../../etc/passwd"),
        Relationship("b", "numbering", ""),
        Relationship("c", "footnotes", "\\\\host\\share"),
    )
    assert read(docx(p("甲", note_mark(1), number=(1, 0)), relationships=odd)) == "甲\n"


def test_a_main_part_that_would_have_to_be_fetched() -> None:
    outside = relations([Relationship("a", "officeDocument", "http://example.invalid/a.xml", external=True)])
    assert refused(docx(parts={MAIN: None, "_rels/.rels": outside}))[0] == "damaged"


@pytest.mark.parametrize("second", [MAIN, "WORD/document.xml", "word\\document.xml"])
def test_a_part_that_is_there_twice(second: str) -> None:
    file = io.BytesIO(docx("甲"))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns() if second == MAIN else nullcontext():
        archive.writestr(second, document("乙"))
    assert refused(file.getvalue()) == ("damaged", "Word 文档已损坏：有 2 个 word/document.xml")


def test_names_as_some_programs_write_them() -> None:
    parts = unpacked(docx("甲"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr("/" + name.upper(), content)
    assert from_reader(file.getvalue()) == "甲\n"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_word_has_not(method: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(MAIN, document("甲"))
    assert refused(file.getvalue()) == ("damaged", "Word 文档已损坏：word/document.xml 的压缩方法不是 Word 用的")


def test_a_zip_with_a_password() -> None:
    data = bytearray(packed({MAIN: document("甲")}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == ("encrypted", "文档加了密码，没有检查；去掉密码后可以检查")


# Too much


def test_a_bomb() -> None:
    data = with_part("word/styles.xml", b"<a>" + b" " * 3_000_000 + b"</a>")
    assert len(data) < 20_000
    assert refused(data, unpacked_bytes=1_000_000) == (
        "too-large",
        "文档解压后超过 limits.unpacked-bytes 的上限 1000000 字节，没有检查",
    )
    assert read(data, unpacked_bytes=4_000_000) == "甲\n"


@pytest.mark.parametrize("declared", [10, 5_000_000])
def test_a_size_that_is_not_true(declared: int) -> None:
    """What the zip says of a size decides nothing."""
    content = document("甲" * 100).encode() + b" " * 3_000_000
    data = bytearray(packed({MAIN: content}))
    size = struct.pack("<I", len(content))
    for _ in range(2):
        place = data.index(size)
        data[place : place + 4] = struct.pack("<I", declared)
    code, _ = refused(bytes(data), unpacked_bytes=1_000_000)
    assert code == ("too-large" if declared > 1_000_000 else "damaged")


def test_many_parts_that_are_not_read_cost_nothing() -> None:
    media = {f"word/media/{number}.png": bytes(2_000_000) for number in range(3)}
    assert read(docx("甲", parts=media), unpacked_bytes=1_000_000) == "甲\n"


def test_a_zip_of_very_many_files() -> None:
    file = io.BytesIO(docx("甲"))
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(10_001):
            archive.writestr(f"word/{number}", b"")
    assert accepts(file.getvalue())
    code, message = refused(file.getvalue())
    assert code == "too-large"
    assert message.startswith("压缩包里有 10005 个文件")


ENTITIES = '<!DOCTYPE a [<!ENTITY a "甲甲甲甲甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize("name", [MAIN, "word/numbering.xml", "_rels/.rels"])
@pytest.mark.parametrize("kind", [ENTITIES, '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types(name: str, kind: str, encoding: str) -> None:
    whole = {MAIN: document(p("&c;" if kind == ENTITIES else "甲", number=(1, 0)))}
    given = DECLARATION.replace("UTF-8", encoding) + kind
    content = whole.get(name, "<a/>").removeprefix(DECLARATION)
    made = docx(p("甲", number=(1, 0)), numbering=outline(0), parts={name: (given + content).encode(encoding)})
    assert refused(made) == ("damaged", "Word 文档已损坏：XML 里有文档类型声明（DOCTYPE）")


def test_more_tags_than_any_document() -> None:
    data = with_part(MAIN, b"<a>" + b"<b/>" * 4_000_000 + b"</a>")
    assert refused(data) == ("too-large", "XML 里的标记超过 4000000 个，没有检查")
    data = with_part(MAIN, b"<a>" + b"".join(b'<b a="" b="" c="" d=""/>' for _ in range(900_000)) + b"</a>")
    assert refused(data)[0] == "too-large"


def nested(before: str, inside: str, after: str, times: int) -> Xml:
    return Xml(before * times + inside + after * times)


DEEP = {
    "content controls": lambda n: nested("<w:sdt><w:sdtContent>", p("甲"), "</w:sdtContent></w:sdt>", n),
    "tags of runs": lambda n: p(nested("<w:smartTag>", r("甲"), "</w:smartTag>", n)),
    "alternatives": lambda n: p(
        nested("<mc:AlternateContent><mc:Choice>", r("甲"), "</mc:Choice></mc:AlternateContent>", n)
    ),
    "tables": lambda n: nested("<w:tbl><w:tr><w:tc>", p("甲"), "</w:tc></w:tr></w:tbl>", n),
    "rows": lambda n: table(nested("<w:customXml>", row("甲"), "</w:customXml>", n)),
    "cells": lambda n: table(row(nested("<w:sdt><w:sdtContent>", cell("甲"), "</w:sdtContent></w:sdt>", n))),
    "text boxes": lambda n: p(
        nested(
            "<w:r><w:pict><v:textbox><w:txbxContent><w:p>",
            r("甲"),
            "</w:p></w:txbxContent></v:textbox></w:pict></w:r>",
            n,
        )
    ),
    "ruby": lambda n: p(nested("<w:r><w:ruby><w:rubyBase>", r("甲"), "</w:rubyBase></w:ruby></w:r>", n)),
}


@pytest.mark.parametrize("what", DEEP)
def test_elements_within_elements(what: str) -> None:
    assert read(docx(DEEP[what](12))) == "甲\n"
    assert refused(docx(DEEP[what](10_000))) == (
        "too-large",
        "元素一层套一层，超过 limits.depth 的上限 200 层，没有检查",
    )
    # No limit lets the reader run out of its own depth.
    assert refused(docx(DEEP[what](10_000)), depth=1_000_000)[0] == "too-large"
    assert refused(docx(DEEP[what](12)), depth=5)[0] == "too-large"


def test_what_was_read_before_does_not_count_as_depth() -> None:
    before = [
        table([cell(table(["甲"]))]),
        p(text_box(table(["乙"]))),
        table(["丙", cell(p(text_box("丁")))]),
        p(r(ruby("戊", "x"))),
    ]
    deepest = max(times for times in range(20, 80) if is_read(docx(DEEP["tables"](times))))
    assert is_read(docx(*before * 60, DEEP["tables"](deepest)))
    assert not is_read(docx(*before * 60, DEEP["tables"](deepest + 1)))


def is_read(data: bytes) -> bool:
    try:
        return bool(read(data))
    except ReadError:
        return False


@pytest.mark.parametrize("name", ["w:rPr", "w:tblPr", "a:graphic", "w:foo"])
def test_depth_in_what_is_not_read(name: str) -> None:
    deep = nested(f"<{name}>", "", f"</{name}>", 100_000)
    assert read(docx(p(r(deep, "甲")), p(deep, r(Xml(f"<w:drawing>{deep}</w:drawing>"), "乙")), deep)) == "甲\n\n乙\n"


def test_a_table_of_a_million_cells() -> None:
    wide = table(*[["1"] * 100] * 100)
    assert refused(docx(wide), cells=9_000) == (
        "too-large",
        "表格的格子超过 limits.cells 的上限 9000 个，没有检查",
    )
    assert len(read(docx(wide), cells=10_000).split()) == 10_000


@pytest.mark.parametrize(
    "content",
    [
        cell("甲", span=10**9),
        cell("甲", span=10**30),
        row("甲", before=10**9),
        row("甲", after=10**9),
    ],
)
def test_spans_without_end(content: Xml) -> None:
    made = table(content if content.startswith("<w:tr") else row(content))
    assert refused(docx(made))[0] == "too-large"


@pytest.mark.parametrize("value", ["", "-1", "0", "x", "1.5"])
def test_spans_that_mean_nothing(value: str) -> None:
    made = cell("甲", props=f'<w:gridSpan w:val="{value}"/>')
    assert read(docx(table([made, "1"], ["乙", "2"]))) == "甲\t1\n乙\t2\n"


def test_a_text_that_is_too_long() -> None:
    code, message = refused(docx("甲" * 1_000), text_bytes=2_000)
    assert (code, message) == ("too-large", "读出的文字有 3001 字节，超过 limits.text-bytes 的上限 2000 字节，没有检查")


# Whatever the bytes are


RICH = docx(
    p("青岭县", field("PAGE", "3"), inserted("新"), number=(1, 0), style="A"),
    table([cell("甲", span=2, down="restart"), "1"], [cell(span=2, down="bare"), "2"], row("乙", before=1)),
    control(p(alternate(r("一"), r("二")), text_box(p("盒"), table(["三", "4"]))), block=True),
    p(r(ruby("岭", "ling")), note_mark(1), wrapped("smartTag", "丙", r("隐", hidden=True))),
    styles=style("A", props='<w:numPr><w:numId w:val="1"/></w:numPr>', runs="<w:vanish/>") + style("B", based_on="A"),
    numbering=outline(0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2")) + numbers(1, 0),
    footnotes=notes("footnote", (1, "注")),
)
PARTS = unpacked(RICH)
NAMES = sorted(name for name in PARTS if name.endswith((".xml", ".rels")) and not name.startswith("["))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_change_of_bytes_is_read_or_refused(data: st.DataObject) -> None:
    changed = bytearray(RICH)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.sampled_from([len(changed)] * 3 + [len(changed) // 2]))
    try_to_read(bytes(changed[:end]))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_change_of_the_xml_is_read_or_refused(data: st.DataObject) -> None:
    """Tags taken from one place and put in another, attributes with other values: XML all the same, or not."""
    name = data.draw(st.sampled_from(NAMES))
    pieces = PARTS[name].decode().replace("<", "\0<").split("\0")
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(1, len(pieces) - 1))
        other = data.draw(st.integers(1, len(pieces) - 1))
        match data.draw(st.sampled_from(["swap", "copy", "drop", "value"])):
            case "swap":
                pieces[place], pieces[other] = pieces[other], pieces[place]
            case "copy":
                pieces[place] += pieces[other]
            case "drop":
                pieces[place] = ""
            case _:
                head, _, tail = pieces[place].partition('w:val="')
                value = data.draw(st.sampled_from(["", "-1", "99999999999", "x", "1", "continue", "rest", "%1%9"]))
                pieces[place] = f'{head}w:val="{value}"{tail.partition(chr(34))[2]}' if tail else pieces[place]
    try_to_read(packed({**PARTS, name: "".join(pieces)}))


def try_to_read(data: bytes) -> None:
    try:
        made = from_bytes(data, "年报.docx")
    except ReadError:
        return
    for offset in range(0, len(made.text), 7):
        assert made.location(Span(offset, offset + 1)) is not None


def test_a_check_sum_that_is_wrong() -> None:
    data = bytearray(docx("甲"))
    main = zlib.crc32(document("甲").encode())
    place = data.index(struct.pack("<I", main))
    data[place : place + 4] = bytes(4)
    place = data.index(struct.pack("<I", main))
    data[place : place + 4] = bytes(4)
    assert refused(bytes(data)) == ("damaged", "Word 文档已损坏：word/document.xml 解压不出来")
