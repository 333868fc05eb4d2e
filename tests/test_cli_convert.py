"""`reportlint convert`: what is written of which file, and where; that converting it again changes nothing."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint.cli import main
from reportlint.cli.convert import canonical
from reportlint.errors import ReadError
from reportlint.readers.text import decode

from .makers import book, plain, web, word
from .makers.paper import paper_of
from .workbooks import Raw, Sheet, Styled, workbook

TEXT = (Path(__file__).parent.parent / "examples" / "reports" / "qinghe-town-2024.txt").read_text(encoding="utf-8")
MAKERS = {**plain.TEXTS, **web.PAGES, **book.WHOLE, **book.TABLES, **word.FILES}

Convert = Callable[..., tuple[int, str, str]]


@pytest.fixture
def convert(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Convert:
    """Runs the command in a folder of its own."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(["convert", *arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        captured = capfdbinary.readouterr()
        return status, captured.out.decode(), captured.err.decode()

    return run


def put(name: str, data: bytes | str) -> Path:
    path = Path(name)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# What is written


def test_to_standard_output(convert: Convert) -> None:
    put("年报.txt", TEXT)
    assert convert("年报.txt") == (0, TEXT, "")
    assert convert("年报.txt", "-o", "-") == (0, TEXT, "")


def test_to_a_file(convert: Convert) -> None:
    put("年报.txt", TEXT.replace("\n", "\r\n").encode("gb18030"))
    assert convert("年报.txt", "-o", "文本.txt") == (0, "写好了 文本.txt\n", "")
    assert Path("文本.txt").read_bytes() == TEXT.encode()


def test_into_a_folder_under_its_own_name(convert: Convert) -> None:
    Path("文本").mkdir()
    put("表.xlsx", workbook(Sheet("表", [["甲", 1], ["乙", 2]])))
    assert convert("表.xlsx", "-o", "文本")[:2] == (0, f"写好了 {os.path.join('文本', '表.txt')}\n")
    assert Path("文本", "表.txt").read_bytes() == "甲\t1\n乙\t2\n".encode()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        codecs.BOM_UTF16_LE + TEXT.replace("\n", "\r\n").encode("utf-16-le"),
    ],
)
def test_a_text_of_any_encoding_and_line_end(convert: Convert, data: bytes) -> None:
    put("a.txt", data)
    assert convert("a.txt", "-o", "b.txt")[0] == 0
    assert Path("b.txt").read_bytes() == TEXT.encode()


def test_standard_input(convert: Convert, monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook(Sheet("表", [["甲", 1], ["乙", 2]]))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert convert("-", "--stdin-filename", "表.xlsx") == (0, "甲\t1\n乙\t2\n", "")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030"))))
    assert convert("-") == (0, TEXT, "")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert convert("-", "--stdin-filename", "年报.txt", "-o", ".")[0] == 0
    assert Path("年报.txt").read_text(encoding="utf-8") == TEXT


# Converting it again


@pytest.mark.parametrize("name", MAKERS)
def test_converting_a_conversion_changes_nothing(convert: Convert, name: str) -> None:
    put(name, MAKERS[name](paper_of(TEXT)))
    assert convert(name, "-o", "once.txt")[0] == 0
    assert convert("once.txt", "-o", "twice.txt") == (0, "写好了 twice.txt\n", "")
    assert Path("twice.txt").read_bytes() == Path("once.txt").read_bytes()
    assert "政府信息公开" in Path("once.txt").read_text(encoding="utf-8")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.sampled_from("甲乙1\t |\r\n\ufeff\u2028\x0b\x85é𠮷"), max_size=30),
    st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-8-sig"]),
)
def test_any_text_is_the_same_the_second_time(text: str, encoding: str) -> None:
    try:
        once = canonical(decode(text.encode(encoding)))
    except ReadError:
        return
    assert canonical(decode(once.encode())) == once
    assert "\r" not in once


# What is left alone


def test_a_file_that_is_there_is_left_alone_unless_it_is_asked_for(convert: Convert) -> None:
    put("a.txt", TEXT)
    put("b.txt", "写了一半")
    assert convert("a.txt", "-o", "b.txt") == (2, "", "reportlint: 已有 b.txt，没有改动；要覆盖请加 --force\n")
    assert Path("b.txt").read_text(encoding="utf-8") == "写了一半"
    assert convert("a.txt", "-o", "b.txt", "--force")[0] == 0
    assert Path("b.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_the_input_is_never_written_over(convert: Convert) -> None:
    data = TEXT.encode("gb18030")
    put("a.txt", data)
    Path("link.txt").symlink_to("a.txt")
    said = "reportlint: {} 就是要转换的文件，没有改动；可以写到别的文件\n"
    assert convert("a.txt", "-o", "a.txt", "--force") == (2, "", said.format("a.txt"))
    assert convert("a.txt", "-o", ".", "--force") == (2, "", said.format("a.txt"))
    assert convert("a.txt", "-o", "link.txt", "--force") == (2, "", said.format("link.txt"))
    assert convert("link.txt", "-o", "a.txt", "--force") == (2, "", said.format("a.txt"))
    assert Path("a.txt").read_bytes() == data


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".PDF"])
def test_a_name_that_is_no_texts(convert: Convert, suffix: str) -> None:
    put("a.txt", TEXT)
    said = f"reportlint: 写出的是纯文本，文件名不能以 {suffix.lower()} 结尾；没有写 b{suffix}\n"
    assert convert("a.txt", "-o", f"b{suffix}") == (2, "", said)
    assert not Path(f"b{suffix}").exists()


def test_what_cannot_be_read_is_not_written(convert: Convert) -> None:
    put("a.xlsx", b"PK\x03\x04nonsense")
    status, out, err = convert("a.xlsx", "-o", "b.txt")
    assert (status, out) == (2, "")
    assert err.startswith("reportlint: a.xlsx：")
    assert not Path("b.txt").exists()
    assert convert("none.docx")[0] == 2


# What is told


def test_remarks_and_doubts_are_told_with_their_places(convert: Convert) -> None:
    data = workbook(
        Sheet("表三", [["甲", Styled(3.7, 1)], ["乙", Raw("", "<f>1+2</f>"), 5]], comments=["A2"]),
        Sheet("底稿", [["丙"]], state="hidden"),
        formats=["0"],
    )
    put("a.xlsx", data)
    said = (
        "工作表“底稿”是隐藏的，没有读取\n"
        "工作表“表三” A2：有 1 处批注（表三!A2），没有读取\n"
        "工作表“表三” B1：读取时有疑问：单元格存的是 3.7，显示的是 4\n"
        "工作表“表三” B2：读取时有疑问：公式没有存下结果\n"
    )
    assert convert("a.xlsx") == (0, "甲\t3.7\t\n乙\t\t5\n", said)
    assert convert("a.xlsx", "-o", "b.txt") == (0, f"写好了 b.txt\n{said}", "")


def test_of_very_many_doubts_the_first_are_told(convert: Convert) -> None:
    put("a.xlsx", workbook(Sheet("表", [["甲", Styled(number + 0.7, 1)] for number in range(30)]), formats=["0"]))
    _, _, err = convert("a.xlsx")
    assert err.count("\n") == 21
    assert err.endswith("另有 10 处\n")


PRIVATE = TEXT.replace("六、其他需要报告的事项\n", "六、其他需要报告的事项\n\n申请人身份证号110101199003070118。\n")


def test_what_is_concealed_is_masked_where_it_is_shown_and_whole_in_a_file(convert: Convert) -> None:
    put("a.txt", PRIVATE)
    status, out, err = convert("a.txt")
    assert (status, err) == (0, "按规则遮盖了一些内容；用 --output 写到文件则不遮盖\n")
    assert "110101199003070118" not in out
    assert out == PRIVATE.replace("110101199003070118", "110*************18")
    assert convert("a.txt", "-o", "b.txt") == (0, "写好了 b.txt\n", "")
    assert Path("b.txt").read_text(encoding="utf-8") == PRIVATE


def test_what_is_told_is_masked_too(convert: Convert) -> None:
    rows = [["单位", "手机号码"], ["甲", Styled(13800138000, 1)]]
    put("a.xlsx", workbook(Sheet("表", rows), formats=["0,"]))
    _, out, err = convert("a.xlsx")
    assert "单元格存的是 138******00，显示时按格式缩小了" in err
    assert "13800138000" not in out + err
