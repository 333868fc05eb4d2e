"""Documents that another program converts: real conversions where LibreOffice is installed, and what may go wrong."""

from __future__ import annotations

import base64
import os
import quopri
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import Linter, Severity, Source, Span
from reportlint.blank import blank
from reportlint.errors import ReadError
from reportlint.readers import Readers, converter, office, remarks
from reportlint.readers.ole import Ole
from reportlint.readers.reader import Limits, missing

from . import sources
from .makers import book, word
from .makers.paper import paper_of
from .ole import ole
from .workbooks import Raw, Sheet, Styled, packed, sheet_of, workbook

INSTALLED = converter.find()
real = pytest.mark.skipif(INSTALLED is None, reason="needs LibreOffice")
TOWN = Path(__file__).parent.parent / "examples" / "reports" / "qinghe-town-2024.txt"
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs scripts that run by their first line")


def read(data: bytes, path: str, limits: Limits | None = None) -> Source:
    readers = sources.readers()
    return Readers(readers.all, limits or readers.limits).source(data, path)


def refusal(data: bytes, path: str, limits: Limits | None = None) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(data, path, limits)
    return caught.value


@pytest.fixture(scope="module")
def report() -> str:
    return blank(Linter.from_layers([]), "云溪县水务局", 2025, None, "tab")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str, bytes], bytes]:
    """A file in another format, made by LibreOffice; each is made once."""
    if INSTALLED is None:
        pytest.skip("needs LibreOffice")
    folder = tmp_path_factory.mktemp("made")
    known: dict[tuple[str, bytes], bytes] = {}

    def make(suffix: str, kind: str, data: bytes) -> bytes:
        if (suffix, data) not in known:
            start = folder / f"a{len(known)}{kind}"
            start.write_bytes(data)
            names = {".doc": "doc:MS Word 97", ".odt": "odt:writer8", ".rtf": "rtf:Rich Text Format"}
            command = [str(INSTALLED), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
            target = names.get(suffix, suffix[1:])
            command += ["--convert-to", target, "--outdir", str(folder), str(start)]
            subprocess.run(command, check=True, timeout=120, capture_output=True)
            known[suffix, data] = start.with_suffix(suffix).read_bytes()
        return known[suffix, data]

    return make


PAGE = "<html><head><meta charset='utf-8'></head><body><p>云溪县统计</p><table border='1'><tr><td>甲</td><td>12</td></tr><tr><td>乙</td><td>345</td></tr></table><p>说明文字。</p></body></html>"


# Real conversions


@real
@pytest.mark.parametrize("suffix", [".doc", ".odt", ".rtf", ".wps"])
def test_documents_of_word_processors(made: Callable[[str, str, bytes], bytes], suffix: str) -> None:
    data = made(".doc" if suffix == ".wps" else suffix, ".html", PAGE.encode())
    source = read(data, f"报告{suffix}")
    assert source.path == f"报告{suffix}"
    assert source.text == "云溪县统计\n\n甲\t12\n乙\t345\n\n说明文字。\n"
    assert (source.remarks, source.doubts) == ((), ())
    location = source.location(Span(source.text.index("345"), source.text.index("345") + 3))
    assert location is not None
    assert location.words.startswith("表一 第2行")


@real
@pytest.mark.parametrize("suffix", [".xls", ".ods", ".et"])
def test_workbooks_of_other_programs(made: Callable[[str, str, bytes], bytes], report: str, suffix: str) -> None:
    first = sheet_of("年报", report, borders=True)
    second = Sheet("附", [["率", Styled(0.35, 1)], ["藏", 2], ["费", 386.4]], hidden_rows=[2])
    data = made(".xls" if suffix == ".et" else suffix, ".xlsx", workbook(first, second, formats=["0%"]))
    source = read(data, f"年报{suffix}")
    assert source.text == f"{report}\n率\t35%\n费\t386.4\n"
    assert [each.kind for each in source.remarks] == [remarks.HIDDEN]
    location = source.location(Span(len(source.text) - 6, len(source.text) - 1))
    assert location is not None
    assert location.words == "工作表“附” B3"


@real
@pytest.mark.parametrize("name", [*book.WHOLE, *book.TABLES])
def test_old_workbooks_are_read_as_those_of_today(made: Callable[[str, str, bytes], bytes], name: str) -> None:
    pytest.importorskip("xlrd", reason="needs the extra xlsx")
    data = book.WHOLE.get(name, book.TABLES.get(name, lambda _: b""))(paper_of(TOWN.read_text(encoding="utf-8")))
    assert read(made(".xls", ".xlsx", data), "a.xls").text == read(data, "a.xlsx").text


@real
def test_everything_about_an_old_workbook(
    made: Callable[[str, str, bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("xlrd", reason="needs the extra xlsx")
    rows = [
        ["项", "数"],
        ["率", Styled(0.35, 1)],
        ["藏", 9],
        ["日", Styled(45658, 2)],
        ["费", Styled(12.3456, 3)],
        ["错", Raw('t="e"', "<f>1/0</f><v>#DIV/0!</v>")],
        ["真", Raw('t="b"', "<v>1</v>")],
        ["和", Raw("", "<f>1+2</f><v>3</v>")],
        ["注", None],
    ]
    first = Sheet("表三", rows, hidden_rows=[3], hidden_columns=[(4, 6)], comments=["B2"], borders=True)
    second = Sheet("底稿", [["密", 1]], state="hidden")
    data = made(".xls", ".xlsx", workbook(first, second, formats=["0.0%", "yyyy/m/d", "0.00"]))
    # No other program is asked.
    monkeypatch.setenv(converter.VARIABLE, "none")
    source = read(data, "a.xls")
    assert source.text == "项\t数\n率\t35.0%\n日\t2025年1月1日\n费\t12.3456\n错\t#DIV/0!\n真\tTRUE\n和\t3\n注\t\n"
    assert [(each.kind, each.message) for each in source.remarks] == [
        (remarks.HIDDEN, "工作表“表三”隐藏的行、列里有 2 个单元格有内容，没有读取"),
        (remarks.HIDDEN, "工作表“底稿”是隐藏的，没有读取"),
        (remarks.COMMENT, "有 1 处批注（表三!B2），没有读取"),
    ]
    assert [each.reason for each in source.doubts] == ["单元格存的是 12.3456，显示的是 12.35"]
    location = source.location(source.doubts[0].span)
    assert location is not None
    assert location.words == "工作表“表三” B5"
    assert [each.message for each in read(data, "a.xlsx").remarks][
        -1
    ] == "文件名以 .xlsx 结尾，内容是旧版 Excel 工作簿（.xls）"
    assert read(data, "a.et").remarks == source.remarks
    error = refusal(data, "a.xls", Limits(cells=10))
    assert (error.code, str(error)) == ("too-large", "工作表的单元格超过 limits.cells 的上限 10 个，没有检查")


@real
def test_what_office_programs_wrote_as_xml() -> None:
    spreadsheet = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表三"><Table>'
        '<Row><Cell><Data ss:Type="String">甲</Data></Cell><Cell><Data ss:Type="Number">12</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="String">乙</Data></Cell><Cell><Data ss:Type="Number">3.5</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    assert read(spreadsheet.encode(), "a.xls").text == "甲\t12\n乙\t3.5\n"
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
        "<w:body><w:p><w:r><w:t>正文一段</w:t></w:r></w:p></w:body></w:wordDocument>"
    )
    assert read(document.encode(), "a.doc").text == "正文一段\n"


@real
def test_a_docx_that_is_a_doc(made: Callable[[str, str, bytes], bytes]) -> None:
    source = read(made(".doc", ".html", PAGE.encode()), "a.docx")
    assert "乙\t345" in source.text
    assert [(each.kind, each.message) for each in source.remarks] == [
        (remarks.RENAMED, "文件名以 .docx 结尾，内容是旧版 Word 文档（.doc）")
    ]


@real
def test_numbers_of_lists_are_in_doubt(linter: Linter, made: Callable[[str, str, bytes], bytes]) -> None:
    data = word.FILES["numbered.docx"](paper_of(TOWN.read_text(encoding="utf-8")))
    assert linter.lint(read(data, "a.docx")).diagnostics == []
    source = read(made(".doc", ".docx", data), "a.doc")
    numbered = [source.text[doubt.span.start :].split("\n")[0] for doubt in source.doubts]
    assert "一、总体情况" in numbered
    assert {doubt.reason for doubt in source.doubts} == {"自动编号经过转换，可能与原来不同"}
    # The converter begins the list anew behind a table; nobody is blamed for that in earnest.
    for each in linter.lint(source).diagnostics:
        assert each.severity is Severity.ADVICE
        assert each.doubt


@real
def test_several_conversions_at_once(made: Callable[[str, str, bytes], bytes]) -> None:
    files = [made(".rtf", ".html", PAGE.replace("345", str(number)).encode()) for number in (401, 402, 403)]
    with ThreadPoolExecutor(3) as pool:
        texts = list(pool.map(lambda data: read(data, "a.rtf").text, files))
    assert [text.split("乙\t")[1][:3] for text in texts] == ["401", "402", "403"]


@real
def test_nothing_is_fetched() -> None:
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        source = read(
            _odt(
                f'<text:p>正文<draw:frame><draw:image xlink:href="{address}/a.png"/></draw:frame></text:p><text:section text:name="s"><text:section-source xlink:href="{address}/b.odt"/><text:p>旧文</text:p></text:section>'
            ),
            "a.odt",
        )
    finally:
        server.shutdown()
        server.server_close()
    assert "正文" in source.text
    assert asked == []


@real
def test_a_damaged_document_is_told() -> None:
    error = refusal(ole({"WordDocument": b"\xec\xa5"}), "a.doc")
    assert error.code == "conversion"
    assert str(error) == "LibreOffice 没有转换成这份 .doc 文件，文件可能已损坏或有密码；可以另存为 .docx"


def _odt(body: str) -> bytes:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
        for name, kind in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    content = f'<office:document-content{names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


# What bytes are


def test_what_files_are_by_their_bytes() -> None:
    assert office.kind_of(ole({"WordDocument": b""})) == ".doc"
    assert office.kind_of(ole({"Workbook": b""})) == ".xls"
    assert office.kind_of(ole({"Book": b""})) == ".xls"
    assert office.kind_of(ole({"Other": b""})) == ""
    assert office.kind_of(b"{\\rtf1 }") == ".rtf"
    assert office.kind_of(_odt("")) == ".odt"
    assert office.kind_of(packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})) == ".ods"
    assert office.kind_of(packed({"mimetype": "application/epub+zip"})) == ""
    assert office.kind_of(workbook()) == ""
    assert office.kind_of(b"") == ""


def test_the_streams_of_an_ole_file() -> None:
    many = {f"Stream {number}": bytes([number]) * number * 500 for number in range(20)}
    file = Ole(ole(many, ("Macros",)))
    assert {name: file.stream(name) for name in many} == many
    assert "Stream 19" in file
    assert "Macros" in file
    assert "Stream 20" not in file
    assert file.stream("Stream 20") == b""


def test_an_ole_file_with_a_long_table() -> None:
    body = bytes(range(256)) * 60_000
    assert Ole(ole({"WordDocument": body})).stream("WordDocument") == body


@given(st.data())
def test_spoilt_ole_files_end(data: st.DataObject) -> None:
    whole = bytearray(ole({"WordDocument": b"x" * 5_000, "Short": b"y" * 100}))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.sampled_from([0, 1, 2, 255]))
    file = Ole(bytes(whole))
    assert len(file.stream("WordDocument") + file.stream("Short")) <= 2 * len(whole)


@pytest.mark.parametrize("length", [0, 8, 100, 511, 512, 600, 1_024])
def test_a_cut_ole_file_has_no_streams(length: int) -> None:
    assert "WordDocument" not in Ole(ole({"WordDocument": b"x"})[:length])


def test_a_chain_that_bites_its_tail_ends() -> None:
    data = bytearray(ole({"WordDocument": b"x"}))
    data[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    assert office.kind_of(bytes(data)) == ".doc"


def test_encrypted_documents() -> None:
    for data in (
        ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
        ole({"WordDocument": b"\xec\xa5\xc1\0\0\0\0\0\0\0\0\x13"}),
        ole({"Workbook": b"\x09\x08\x04\0\0\x06\5\0\x2f\0\2\0\0\0"}),
        packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "META-INF/manifest.xml": "<manifest:encryption-data/>",
            }
        ),
    ):
        for suffix in (".doc", ".xls"):
            assert refusal(data, f"a{suffix}").code == "encrypted"


def test_a_page_and_a_text_under_another_name() -> None:
    for suffix in (".doc", ".xls", ".wps"):
        source = read(PAGE.encode(), f"a{suffix}")
        assert source.text == "云溪县统计\n\n甲\t12\n乙\t345\n\n说明文字。\n"
        assert source.path == f"a{suffix}"
        (remark,) = source.remarks
        assert remark.kind == remarks.RENAMED
        assert suffix in remark.message
        assert remark.message.endswith("，内容是网页")
    source = read("甲\t1\n乙\t2\n".encode("gb18030"), "a.xls")
    assert source.text == "甲\t1\n乙\t2\n"
    assert [each.message for each in source.remarks] == ["文件名以 .xls 结尾，内容是纯文本"]


@pytest.mark.parametrize(
    ("charset", "encoding"), [("utf-8", "base64"), ("gb2312", "quoted-printable"), ("", "8bit"), ("none", "8bit")]
)
def test_a_page_that_was_saved_in_one_file(charset: str, encoding: str) -> None:
    body = (
        PAGE.replace("乙", "镕")
        .replace("<meta charset='utf-8'>", "")
        .encode("gb18030" if charset == "gb2312" else "utf-8")
    )
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(body)
    head = (
        f"Content-Type: text/html{f'; charset={charset}' if charset else ''}\nContent-Transfer-Encoding: {encoding}\n\n"
    )
    data = (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        + head.encode()
        + coded
        + b"\n--x--\n"
    )
    source = read(data, "a.doc")
    assert source.text == "云溪县统计\n\n甲\t12\n镕\t345\n\n说明文字。\n"
    assert [each.kind for each in source.remarks] == [remarks.RENAMED]


def test_what_only_begins_like_a_page_in_one_file_is_text() -> None:
    assert read(b"MIME-Version: 1.0\n\nplain", "a.doc").text == "MIME-Version: 1.0\n\nplain"


def test_a_workbook_under_another_name_is_read_as_what_it_is() -> None:
    source = read(workbook(Sheet("表", [["甲", 1], ["乙", 2]])), "a.xls")
    assert source.text == "甲\t1\n乙\t2\n"
    assert [(each.kind, each.message) for each in source.remarks] == [
        (remarks.RENAMED, "文件名以 .xls 结尾，内容是 .xlsx 格式的工作簿")
    ]


def test_bytes_that_are_nothing_of_the_kind() -> None:
    error = refusal(b"\0\1\2\xff" * 100, "a.doc")
    assert (error.code, str(error)) == ("damaged", "内容不是 .doc 文件，也不是文本，没有检查")


# Converters that fail


@pytest.fixture
def converting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a program of Python in the converter's place; `out` is the path that it is to write."""

    def put(body: str) -> None:
        script = tmp_path / "converter"
        lines = [
            f"#!{sys.executable}",
            "import os, subprocess, sys, time",
            "out = os.path.join(sys.argv[sys.argv.index('--outdir') + 1], 'document.' + sys.argv[sys.argv.index('--convert-to') + 1].split(':')[0])",
            body,
        ]
        script.write_text("\n".join(lines), encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setenv(converter.VARIABLE, str(script))

    return put


@pytest.fixture
def left_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files, which has to be empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


RTF = b"{\\rtf1 a}"


@posix
def test_what_the_converter_writes_is_read(
    converting: Callable[[str], None], left_nothing: Path, tmp_path: Path
) -> None:
    assert left_nothing
    (tmp_path / "made.xlsx").write_bytes(workbook(Sheet("表", [["甲", 1], ["乙", 2]])))
    converting(f"import shutil; shutil.copy({str(tmp_path / 'made.xlsx')!r}, out)")
    source = read(ole({"Workbook": b"x"}, ("_VBA_PROJECT_CUR",)), "a.xls")
    assert source.text == "甲\t1\n乙\t2\n"
    assert source.tables_only
    assert [(each.kind, each.message) for each in source.remarks] == [(remarks.MACRO, "文件里有宏，没有运行")]


@posix
def test_what_it_is_called_with(converting: Callable[[str], None], tmp_path: Path) -> None:
    converting(
        f"open({str(tmp_path / 'said')!r}, 'w').write('\\n'.join([*sys.argv[1:], os.environ['http_proxy'], os.environ['HTTPS_PROXY']]))"
    )
    assert refusal(RTF, "报告.doc").code == "conversion"
    said = (tmp_path / "said").read_text(encoding="utf-8").split("\n")
    assert said[0].startswith("-env:UserInstallation=file:///")
    assert {"--headless", "--norestore", "--nolockcheck"} <= set(said)
    assert said[-3].endswith("document.rtf")
    assert said[-2:] == ["http://127.0.0.1:9", "http://127.0.0.1:9"]


@posix
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("sys.exit(1)", "没有转换成"),
        ("pass", "没有转换成"),
        ("os.abort()", "没有转换成"),
        ("open(out, 'wb').close()", "没有转换成"),
        ("os.mkdir(out)", "没有转换成"),
    ],
)
def test_a_converter_that_writes_nothing(
    converting: Callable[[str], None], left_nothing: Path, body: str, words: str
) -> None:
    assert left_nothing
    converting(body)
    error = refusal(RTF, "a.doc")
    assert error.code == "conversion"
    assert words in str(error)
    assert ".doc 文件" in str(error)


@posix
def test_a_converter_that_writes_garbage(converting: Callable[[str], None], left_nothing: Path) -> None:
    assert left_nothing
    converting("open(out, 'wb').write(b'nonsense')")
    assert refusal(ole({"Workbook": b"x"}), "a.xls").code == "damaged"


@posix
def test_a_converter_that_writes_too_much(converting: Callable[[str], None], left_nothing: Path) -> None:
    assert left_nothing
    converting("open(out, 'wb').write(bytes(2000))")
    error = refusal(RTF, "a.rtf", Limits(file_bytes=1_000))
    assert (error.code, str(error)) == (
        "too-large",
        "转换后有 2000 字节，超过 limits.file-bytes 的上限 1000 字节，没有检查",
    )


@posix
def test_a_converter_that_hangs_is_ended_with_its_children(
    converting: Callable[[str], None], left_nothing: Path, tmp_path: Path
) -> None:
    assert left_nothing
    noted = tmp_path / "child"
    converting(
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(noted)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(600)"
    )
    error = refusal(RTF, "a.rtf", Limits(seconds=2))
    assert error.code == "conversion"
    assert str(error) == "转换 .rtf 文件用的时间超过 limits.seconds 的上限 2 秒，没有检查；可以另存为 .docx"
    assert _is_gone(int(noted.read_text()))


def _is_gone(process: int) -> bool:
    """Whether a process has ended, be it that nobody has asked for its status yet."""
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{process}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        threading.Event().wait(0.05)
    return False


def test_without_a_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(converter.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(converter, "_PLACES", ())
    assert str(refusal(RTF, "a.doc")) == "读取 .doc 文件需要 LibreOffice，或者另存为 .docx"
    error = refusal(packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a.ods")
    assert (error.code, str(error)) == ("conversion", "读取 .ods 文件需要 LibreOffice，或者另存为 .xlsx")


def test_without_the_library_for_old_workbooks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "find", lambda: None)
    monkeypatch.setitem(sys.modules, "xlrd", None)
    error = refusal(ole({"Workbook": b"x"}), "a.xls")
    assert (error.code, str(error)) == ("missing-extra", str(missing(".xls", "xlsx")))


def test_too_many_fields_in_an_old_workbook_are_not_held() -> None:
    cells = b"".join(struct.pack("<HHHH6x", 0x00FD, 10, row, 255) for row in range(2_000))
    error = refusal(ole({"Workbook": struct.pack("<HH4x", 0x0809, 4) + cells}), "a.xls", Limits(cells=10_000))
    assert (error.code, str(error)) == ("too-large", "工作表的单元格超过 limits.cells 的上限 10000 个，没有检查")


def test_a_converter_that_is_named_and_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(converter.VARIABLE, str(tmp_path / "none"))
    error = refusal(RTF, "a.doc")
    assert error.code == "conversion"
    assert str(error) == f"环境变量 REPORTLINT_OFFICE 指的程序不存在或不能运行：{tmp_path / 'none'}"


def test_a_converter_in_its_usual_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice.exe"
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.delenv(converter.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(converter, "_PLACES", (str(tmp_path / "elsewhere"), str(program)))
    assert converter.find() == str(program)


def test_a_run_over_texts_imports_no_reader_of_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TOWN.read_bytes())
    code = (
        "import sys\n"
        "from reportlint.cli import main\n"
        "status = main(['check', '--no-cache', 'a.txt']) or main(['convert', 'a.txt', '-o', 'b.txt'])\n"
        "print(status, *(name for name in sys.modules if name.startswith('reportlint.readers.')), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, timeout=120, check=True)
    status, *names = ran.stderr.decode().splitlines()[-1].split()
    assert status == "0"
    assert {name.rpartition(".")[2] for name in names} <= {"needs", "reader", "remarks", "text"}
