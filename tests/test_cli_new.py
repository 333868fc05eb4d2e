"""`reportlint new`: what is written and where, what is said of it, and what is left alone."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reportlint import Linter, days
from reportlint.blank import blank
from reportlint.cli import main

LINTER = Linter.from_layers([])
REMARK = "表格里的数都是 0，按台账填写，文字随之改过来；问题和改进是通用的话，换成本单位的实际情况。"

New = Callable[..., tuple[int, str, str]]


@pytest.fixture
def new(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> New:
    """Runs the command in a folder of its own, in the year 2025."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(days, "today", lambda: "2025-02-11")

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(["new", *arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_a_report_of_last_year_is_written_under_the_name_of_its_organisation(new: New) -> None:
    assert new("云溪县水务局") == (0, f"写好了 云溪县水务局2024年政府信息公开工作年度报告.txt\n{REMARK}\n", "")
    assert (
        Path("云溪县水务局2024年政府信息公开工作年度报告.txt").read_bytes()
        == blank(LINTER, "云溪县水务局", 2024).encode()
    )
    assert main(["check", "--fail-on", "advice"]) == 0


def test_a_file_that_is_there_is_left_alone_unless_it_is_asked_for(new: New) -> None:
    path = Path("年报.txt")
    path.write_text("写了一半", encoding="utf-8")
    said = "reportlint: 已有 年报.txt，没有改动；要覆盖请加 --force\n"
    assert new("云溪县", "--output", "年报.txt") == (2, "", said)
    assert path.read_text("utf-8") == "写了一半"
    assert new("云溪县", "--output", "年报.txt", "--force")[0] == 0
    assert path.read_text("utf-8") == blank(LINTER, "云溪县", 2024)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_that_leads_nowhere_is_there_too(new: New) -> None:
    os.symlink("nowhere.txt", "年报.txt")
    assert new("云溪县", "-o", "年报.txt")[0] == 2
    assert not Path("nowhere.txt").exists()


@pytest.mark.parametrize(
    ("output", "layout", "written", "marks"),
    [
        ("a.md", [], "a.md", "| 规章 | 0 |"),
        ("a.MD", [], "a.MD", "| 规章 | 0 |"),
        ("a.markdown", [], "a.markdown", "| 规章 | 0 |"),
        ("a.txt", [], "a.txt", "规章\t0\t"),
        ("a", [], "a", "规章\t0\t"),
        ("a.txt", ["--layout", "pipe"], "a.txt", "| 规章 | 0 |"),
        ("a.md", ["--layout", "tab"], "a.md", "规章\t0\t"),
        (".", [], "云溪县2019年政府信息公开工作年度报告.txt", "规章\t0\t"),
        (".", ["--layout", "pipe"], "云溪县2019年政府信息公开工作年度报告.md", "| 规章 | 0 |"),
    ],
)
def test_the_name_of_the_file_tells_the_layout(
    new: New, output: str, layout: list[str], written: str, marks: str
) -> None:
    status, out, err = new("云溪县", "--year", "2019", "-o", output, *layout)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == f"写好了 {written}"
    text = Path(written).read_text("utf-8")
    assert marks in text
    assert "本年新制作数量" in text


def test_a_name_that_no_file_may_have(new: New) -> None:
    status, out, _ = new("云溪县水务局/移民局")
    assert (status, out.splitlines()[0]) == (0, "写好了 云溪县水务局-移民局2024年政府信息公开工作年度报告.txt")
    assert (
        Path("云溪县水务局-移民局2024年政府信息公开工作年度报告.txt")
        .read_text("utf-8")
        .startswith("云溪县水务局/移民局2024年")
    )


def test_standard_output_has_the_report_and_nothing_else(new: New) -> None:
    assert new("云溪县", "-o", "-", "--layout", "pipe") == (
        0,
        blank(LINTER, "云溪县", 2024, layout="pipe"),
        f"{REMARK}\n",
    )
    assert os.listdir() == [".git"]


def test_standard_output_that_cannot_show_a_name(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="gbk")
    monkeypatch.setattr(sys, "stdout", stream)
    status, _, err = new("𠮷安县", "-o", "-")
    stream.flush()
    assert (status, err) == (2, "reportlint: 标准输出的编码 gbk 写不出“𠮷”，可用 --output 写到文件\n")
    assert stream.buffer.getvalue() == b""  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([""], "没有写单位名称"),
        (["云溪县\x07"], "单位名称里有看不见的字符（U+0007，第 4 字）"),
        (
            ["云溪县", "--year", "2016"],
            "2016 年度的格式 annual-2008 没有标准文字，写不出报告；有的是 annual-2021（2021 年度起）、annual-2019（2019—2020 年度）",
        ),
        (["云溪县", "--form", "annual-2019"], "格式 annual-2019 不用于 2024 年度：annual-2019（2019—2020 年度）"),
        (["云溪县", "-o", "a.doc"], "写不出 .doc 文件，只有 .txt、.md 和 .docx；没有写 a.doc"),
        (["云溪县", "-o", "a.html"], "写不出 .html 文件，只有 .txt、.md 和 .docx；没有写 a.html"),
        (["云溪县", "-o", "none/a.txt"], "没有写 none/a.txt：没有所在的文件夹"),
    ],
)
def test_what_cannot_be_written(new: New, arguments: list[str], words: str) -> None:
    assert new(*arguments) == (2, "", f"reportlint: {words}\n")
    assert os.listdir() == [".git"]


def test_a_year_that_is_none(new: New) -> None:
    status, _, err = new("云溪县", "--year", "去年")
    assert status == 2
    assert "应为正整数，现为 去年" in err


def test_what_the_configuration_asks_for_besides_is_told(new: New) -> None:
    Path("年报").mkdir()
    Path("年报/reportlint.toml").write_text('extends = ["shanghai"]\noptions.title-form.year_first = true\n', "utf-8")
    status, out, err = new("海屿区", "-o", "年报")
    path = os.path.join("年报", "海屿区2024年政府信息公开工作年度报告.txt")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        f"写好了 {path}",
        REMARK,
        "按现在的配置检查，还有 1 处：",
        f"{path}:1:1: advice shanghai/title-form 标题为“海屿区2024年政府信息公开工作年度报告”，"
        "上海市通行写法为“2024年……政府信息公开工作年度报告”",
    ]
    assert "《上海市政府信息公开规定》" in Path(path).read_text("utf-8")


def test_the_configuration_that_is_named(new: New) -> None:
    Path("beijing.toml").write_text('extends = ["beijing"]\n', "utf-8")
    assert new("元圃街道", "--config", "beijing.toml")[0] == 0
    assert "组织领导" in Path("元圃街道2024年政府信息公开工作年度报告.txt").read_text("utf-8")


def test_where_nothing_is_left_to_do_nothing_is_said_of_it(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportlint.cli.new.remark", lambda *_: "")
    assert new("云溪县") == (0, "写好了 云溪县2024年政府信息公开工作年度报告.txt\n", "")


def test_a_word_document(new: New) -> None:
    path = "云溪县2024年政府信息公开工作年度报告.docx"
    assert new("云溪县", "--docx") == (0, f"写好了 {path}\n{REMARK}\n", "")
    assert LINTER.readers.file(path).text == blank(LINTER, "云溪县", 2024)
    assert main(["check", "--fail-on", "advice", path]) == 0


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (["-o", "a.docx"], "a.docx"),
        (["-o", "a.DOCX"], "a.DOCX"),
        (["-o", "a.docx", "--docx"], "a.docx"),
        (["-o", ".", "--docx"], "云溪县2024年政府信息公开工作年度报告.docx"),
    ],
)
def test_where_a_word_document_is_written(new: New, arguments: list[str], written: str) -> None:
    status, out, err = new("云溪县", *arguments)
    assert (status, err, out.splitlines()[0]) == (0, "", f"写好了 {written}")
    assert Path(written).read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--docx", "-o", "a.txt"], "--docx 写的是 .docx 文件，不能写到 a.txt"),
        (["--docx", "--layout", "tab"], "--layout 用于文本，Word 文件里的表格就是表格"),
        (["-o", "a.docx", "--layout", "pipe"], "--layout 用于文本，Word 文件里的表格就是表格"),
        (["--docx", "-o", "已有.docx"], "已有 已有.docx，没有改动；要覆盖请加 --force"),
    ],
)
def test_what_is_no_word_document(new: New, arguments: list[str], words: str) -> None:
    Path("已有.docx").write_bytes(b"")
    assert new("云溪县", *arguments) == (2, "", f"reportlint: {words}\n")
    assert sorted(os.listdir()) == [".git", "已有.docx"]


def test_a_word_document_on_standard_output(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(file, encoding="utf-8"))
    assert new("云溪县", "--docx", "-o", "-")[::2] == (0, f"{REMARK}\n")
    assert LINTER.readers.source(file.getvalue(), "a.docx").text == blank(LINTER, "云溪县", 2024)


def test_a_word_document_is_not_shown_in_a_terminal(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert new("云溪县", "--docx", "-o", "-")[::2] == (
        2,
        "reportlint: Word 文件不能显示在屏幕上，可用 --output 写到文件\n",
    )


def test_what_the_configuration_asks_for_is_told_by_its_place_in_the_document(new: New) -> None:
    Path("reportlint.toml").write_text('extends = ["shanghai"]\noptions.title-form.year_first = true\n', "utf-8")
    out = new("海屿区", "-o", "a.docx")[1]
    assert "按现在的配置检查，还有 1 处：" in out
    assert "a.docx: 第一段: advice shanghai/title-form" in out
