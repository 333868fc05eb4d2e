"""PDFs that are damaged, locked, or made to take all memory or time."""

from __future__ import annotations

import io
import random
import sys
import zlib

import pytest

pytest.importorskip("pypdfium2", reason="needs the extra pdf")
pytest.importorskip("pypdf", reason="needs the extra pdf")

import pypdf
from tests.pdfs import Pdf

from reportlint import Linter, Source, Span
from reportlint.errors import ReadError
from reportlint.readers import Readers
from reportlint.readers.pdf import safety
from reportlint.readers.reader import Limits

READERS = Linter.from_layers([]).readers


def read(data: bytes, limits: Limits = Limits(), name: str = "年报.pdf") -> Source:  # noqa: B008 - a tuple
    return Readers(READERS.all, limits).source(data, name)


def refused(data: bytes, limits: Limits = Limits()) -> tuple[str, str]:  # noqa: B008 - a tuple
    with pytest.raises(ReadError) as caught:
        read(data, limits)
    return caught.value.code, str(caught.value)


def report() -> Pdf:
    pdf = Pdf()
    for title in ("一、总体情况", "六、其他需要报告的事项"):
        page = pdf.page()
        page.text(72, 60, title)
        page.table(72, 100, [100, 60], [["甲", "1"], ["乙", "2"]])
    return pdf


TEXT = "一、总体情况\n\n甲\t1\n乙\t2\n\n六、其他需要报告的事项\n\n甲\t1\n乙\t2\n"


def test_what_is_no_pdf_is_damaged() -> None:
    noise = random.Random(1).randbytes(100_000)
    for data in (b"%PDF-1.7", b"%PDF-1.7\n" + noise, b"", report().data()[:200]):
        assert refused(data) == ("damaged", "PDF 文件已损坏或不完整，无法打开")


def test_a_cut_file_is_read_whole_or_refused() -> None:
    data = report().data()
    said = set()
    for end in range(0, len(data), 97):
        try:
            text = read(data[:end]).text
        except ReadError as error:
            said.add(error.code)
        else:
            assert (text, end > data.index(b"\nxref")) == (TEXT, True)
    assert said == {"damaged"}
    assert read(data).text == TEXT


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"startxref\n", b"startxref\n9"), (b"0000000000 65535 f", b"xxxxxxxxxx 65535 f"), (b"\nxref\n", b"\nxrex\n")],
)
def test_a_broken_table_of_objects_is_mended(old: bytes, new: bytes) -> None:
    data = report().data()
    assert data.count(old) == 1
    assert read(data.replace(old, new)).text == TEXT
    assert read(b"mail\n" * 20 + data).text == TEXT


def test_a_loop_among_the_pages_ends() -> None:
    data = report().data()
    assert read(data.replace(b"/Kids [", b"/Kids [2 0 R ")).text == TEXT


def test_pages_that_are_counted_and_not_there_are_told() -> None:
    assert refused(report().data().replace(b"/Count 2", b"/Count 7")) == ("damaged", "PDF 文件已损坏：第 3 页读不出来")


def test_too_many_pages_are_refused_unread() -> None:
    pdf = Pdf()
    for _ in range(5_000):
        pdf.page()
    assert refused(pdf.data()) == ("too-large", "有 5000 页，超过 limits.pages 的上限 500 页，没有检查")
    assert read(report().data(), Limits(pages=2)).text == TEXT


def test_too_many_cells_are_refused() -> None:
    assert refused(report().data(), Limits(cells=7)) == (
        "too-large",
        "表格有 8 个单元格，超过 limits.cells 的上限 7 个，没有检查",
    )
    assert read(report().data(), Limits(cells=8)).text == TEXT


def test_too_much_text_is_refused() -> None:
    code, words = refused(report().data(), Limits(text_bytes=8 * 20))
    assert (code, words) == ("too-large", "第 2 页为止有 31 个字，超过 limits.text-bytes 所容的 20 个，没有检查")


def locked(user: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(report().data()))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_is_asked_for_by_no_one() -> None:
    assert refused(locked("secret")) == (
        "encrypted",
        "PDF 文件有打开密码，没有检查；可另存为不加密的文件后再检查",
    )
    assert read(locked("")).text == TEXT


def bomb(times: int, packed: int) -> bytes:
    """A page whose content unpacks to spaces, after having been packed so often."""
    pdf = report()
    data = b" " * times
    for _ in range(packed):
        data = zlib.compress(data, 9)
    number = pdf.add(f"/Filter [{'/FlateDecode ' * packed}]", data)
    return pdf.data().replace(b"/Contents", b"/Contents %d 0 R /Old" % number, 1)


@pytest.mark.parametrize("packed", [1, 2, 3])
def test_what_unpacks_to_too_much_is_refused(packed: int) -> None:
    data = bomb(1 << 24, packed)
    assert len(data) < 40_000
    words = "解压后超过 limits.unpacked-bytes 的上限 4194304 字节，没有检查"
    assert refused(data, Limits(unpacked_bytes=1 << 22)) == ("too-large", words)


def test_pictures_are_not_unpacked() -> None:
    pdf = report()
    head = "/Type /XObject /Subtype /Image /Width 4096 /Height 4096 /ColorSpace /DeviceGray /BitsPerComponent 8"
    pdf.pages[0].pictures.append(pdf.add(head, b"\0" * (1 << 24), packed=True))
    pdf.pages[0].content.append("q 9 0 0 9 0 0 cm /P1 Do Q")
    assert read(pdf.data(), Limits(unpacked_bytes=1 << 20)).text == TEXT


def forms(depth: int) -> bytes:
    """A page with a form that draws a form ten times, which draws a form ten times, and so on."""
    pdf = report()
    inner = pdf.add("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 m 1 1 l S")
    for _ in range(depth):
        inside = f"/Resources << /XObject << /A {inner} 0 R >> >>"
        inner = pdf.add(f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {inside}", b"/A Do " * 10)
    pdf.pages[0].pictures.append(inner)
    pdf.pages[0].content.append("/P1 Do")
    return pdf.data()


def test_what_may_grow_is_told_from_what_does_not() -> None:
    limits = Limits()
    assert not safety.is_heavy(report().data(), limits)
    assert not safety.is_heavy(forms(3), limits)
    assert safety.is_heavy(forms(7), limits)
    assert safety.is_heavy(locked(""), limits)
    assert safety.is_heavy(bomb(1 << 22, 1), limits)
    assert safety.is_heavy(report().data().replace(b"/FlateDecode", b"/LZWDecode"), limits)
    many = b"/Contents [" + b"9 0 R " * 200 + b"] /Old"
    assert safety.is_heavy(report().data().replace(b"/Contents", many, 1), limits)


def test_what_may_grow_and_does_not_is_read_all_the_same() -> None:
    assert read(bomb(1 << 22, 1)).text == "六、其他需要报告的事项\n\n甲\t1\n乙\t2\n"
    assert read(forms(4)).text == TEXT


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the system bounds no memory")
def test_forms_within_forms_end_at_the_limit_of_memory() -> None:
    code, words = refused(forms(14), Limits(unpacked_bytes=1 << 20))
    assert (code, words) == (
        "too-large",
        "要用的内存超过 limits.unpacked-bytes 的上限 1048576 字节的 8 倍，没有检查",
    )


def test_time_is_bounded() -> None:
    assert refused(forms(14), Limits(seconds=1)) == (
        "too-large",
        "读了 1 秒还没有读完，超过 limits.seconds 的上限，没有检查",
    )


def test_errors_of_the_other_process_are_told() -> None:
    assert refused(locked("secret"))[0] == "encrypted"
    assert refused(locked(""), Limits(pages=1)) == (
        "too-large",
        "有 2 页，超过 limits.pages 的上限 1 页，没有检查",
    )


def test_rules_without_end_are_no_table() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(72, 30, "一、总体情况")
    for number in range(1_200):
        page.line(10, 60 + number * 0.6, 500 + number % 7, 60 + number * 0.6)
        page.line(10 + number * 0.45, 60, 10 + number * 0.45, 700 + number % 7)
    source = read(pdf.data())
    assert source.text.startswith("一、总体情况\n")


def test_bytes_changed_at_random_bring_down_nothing() -> None:
    """A few hundred files; the places of what is read can always be told."""
    chance = random.Random(6)
    seeds = [report().data(), locked("")]
    words = [b"/Rotate 90", b"1e38", b"null", b"[", b">>", b"endobj", b"stream", b"/Kids", b"2 0 R", b"BT", b"cm", b"Q"]
    for _ in range(300):
        data = bytearray(seeds[0])
        for _ in range(chance.choice((1, 3, 10, 40))):
            place = chance.randrange(len(data))
            if chance.random() < 0.5:
                data[place] = chance.randrange(256)
            else:
                word = chance.choice(words)
                data[place : place + len(word)] = word
        try:
            source = read(bytes(data), Limits(seconds=5))
        except ReadError:
            continue
        for offset in range(0, len(source.text), 5):
            assert source.location(Span(offset, offset + 3)) is not None
