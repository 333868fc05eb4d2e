"""Bytes of web pages: in which encoding they are, whatever they say of themselves."""

from __future__ import annotations

import pytest
from tests.sources import from_bytes

from reportlint.errors import ReadError

RARE = "朱镕基题字的云溪县档案馆，馆员𠮷田。"


def page(charset: str, text: str = RARE) -> str:
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{declared}<title>report</title></head><body><p>{text}</p></body></html>"


def read(data: bytes) -> str:
    return from_bytes(data, "page.html").text.strip()


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "utf-8", "", "iso-8859-1", "big5", "x-unknown"])
def test_gb18030_is_read_whole_whatever_it_is_declared_as(declared: str) -> None:
    """In GB2312 there is no 镕, and in GBK no 𠮷."""
    assert read(page(declared).encode("gb18030")) == RARE


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "", "big5", "utf-16"])
def test_utf8_is_read_whatever_it_is_declared_as(declared: str) -> None:
    assert read(page(declared).encode()) == RARE
    assert read(page(declared).encode("utf-8-sig")) == RARE


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_with_and_without_a_mark(encoding: str) -> None:
    assert read(page("utf-8").encode(encoding)) == RARE


@pytest.mark.parametrize("declared", ["big5", "BIG5-HKSCS", "x-x-big5"])
def test_big5_where_the_page_says_so(declared: str) -> None:
    text = "雲溪縣檔案館二零二四年政府信息公開工作年度報告，全年收到申請。"
    assert read(page(declared, text).encode("big5")) == text
    assert read(f"<meta charset='{declared}'><p>{text}</p>".encode("big5")) == text


def test_an_xml_declaration_and_saved_headers_declare_too() -> None:
    text = "雲溪縣檔案館二零二四年度報告。"
    assert read(f'<?xml version="1.0" encoding="Big5"?><p>{text}</p>'.encode("big5")) == text
    headers = b"HTTP/1.1 200 OK\r\nServer: x\r\nContent-Type: text/html; charset=big5\r\n\r\n"
    source = from_bytes(headers + f"<p>{text}</p>".encode("big5"), "page.html")
    assert source.text == f"{text}\n"
    assert source.position(0) == (5, 4)


def test_a_wrong_byte_is_named_by_its_line() -> None:
    data = page("utf-8").replace("<body>", "<body>\n<p>全年收到申请八件，其中</p>\n").encode()
    with pytest.raises(ReadError, match="文件前面是 UTF-8 编码，第 3 行的字节 0x9C 不合"):
        read(data.replace("朱".encode(), "朱".encode()[1:]))
    with pytest.raises(ReadError, match="既不是 UTF-8 也不是 GB18030"):
        read(b"<p>\xff\xff</p>")
    with pytest.raises(ReadError, match="NUL"):
        read(page("").replace("县", "\0").encode())


def test_a_page_under_another_name_is_read_and_said_to_be_one() -> None:
    data = b"<!DOCTYPE html>\n<html><body><p>1</p></body></html>"
    assert [remark.kind for remark in from_bytes(data, "page.htm").remarks] == []
    source = from_bytes(data, "年报.docx")
    assert source.text == "1\n"
    assert [(remark.kind, remark.message) for remark in source.remarks] == [
        ("renamed-file", "文件名以 .docx 结尾，内容是网页")
    ]
