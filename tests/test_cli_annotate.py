"""`check --annotate`: the copy, what is said of it, and when there is none."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reportlint import Linter
from reportlint.blank import blank
from reportlint.cli import main

from .margins import comments
from .words import docx, of_text

LINTER = Linter.from_layers([])
REPORT = blank(LINTER, "云溪县水务局", 2024)
FAULTY = REPORT.replace("编制，", "编制,").replace(
    "一、本年新收政府信息公开申请数量\t\t\t0", "一、本年新收政府信息公开申请数量\t\t\t5"
)

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Runs the command in a folder of its own, with a faulty report in it."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("年报.docx").write_bytes(docx(*of_text(FAULTY)))

    def checked(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(["check", *arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return checked


def test_a_copy_with_a_comment_on_each_finding(check: Check) -> None:
    before = Path("年报.docx").read_bytes()
    plain = check("年报.docx", "--no-cache")
    assert check("年报.docx", "--annotate", "批注.docx") == (plain[0], plain[1], "写好了 批注.docx，有 2 处批注\n")
    assert plain[0] == 1
    assert Path("年报.docx").read_bytes() == before
    first, second = comments(Path("批注.docx").read_bytes())
    assert first == (
        "reportlint",
        "警告：汉字之间的“,”是半角，通行用全角“，”\n规则：text/half-width-punctuation",
        ",",
    )
    assert second.on == "5"
    assert second.text.splitlines() == [
        "错误：“一、本年新收政府信息公开申请数量”的“自然人”应为 0，实为 5，0 同时满足 2 项勾稽关系",
        "· “自然人”列：第一项加第二项之和为 5，第三项加第四项之和为 0",
        "· “一、本年新收政府信息公开申请数量”行：总计为 0，六类申请人之和为 5"
        "（表二 第4行第10列 “一、本年新收政府信息公开申请数量”）",
        "规则：national/request-balance",
    ]


def test_the_copy_is_a_report_with_comments(check: Check) -> None:
    check("年报.docx", "--annotate", "批注.docx")
    status, out, _ = check("批注.docx", "--output-format", "json")
    found = [each["rule"] for each in json.loads(out)["reports"][0]["diagnostics"]]
    assert status == 1
    assert sorted(found) == ["documents/comments", "national/request-balance", "text/half-width-punctuation"]


def test_what_is_accepted_has_no_comment(check: Check) -> None:
    Path("reportlint.toml").write_text('[[ignore]]\nrule = "half-width-punctuation"\nbecause = "核对过"\n', "utf-8")
    status, _, err = check("年报.docx", "--annotate", "批注.docx")
    assert (status, err) == (1, "写好了 批注.docx，有 1 处批注\n")
    assert [comment.on for comment in comments(Path("批注.docx").read_bytes())] == ["5"]


def test_what_is_masked_is_masked_in_comments(check: Check) -> None:
    number = "110101199003070038"
    Path("年报.docx").write_bytes(docx(*of_text(REPORT.replace("公开政府信息0条", f"公开政府信息0条（{number}）"))))
    check("年报.docx", "--annotate", "批注.docx")
    written = comments(Path("批注.docx").read_bytes())
    assert any("privacy/" in comment.text for comment in written)
    assert not any(number[4:-3] in comment.text for comment in written)
    assert number in {comment.on for comment in written}


def test_a_report_without_findings_is_copied(check: Check) -> None:
    Path("年报.docx").write_bytes(docx(*of_text(REPORT)))
    status, _, err = check("年报.docx", "--annotate", "批注.docx")
    assert (status, err) == (0, "写好了 批注.docx，没有问题要批注，与原文件相同\n")
    assert Path("批注.docx").read_bytes() == Path("年报.docx").read_bytes()


def test_the_output_for_programs_and_quiet(check: Check) -> None:
    _, out, err = check("年报.docx", "--annotate", "一.docx", "--output-format", "json")
    assert json.loads(out)["reports"]
    assert err == "写好了 一.docx，有 2 处批注\n"
    assert check("年报.docx", "--annotate", "二.docx", "--quiet")[2] == ""
    assert Path("二.docx").exists()


def test_no_report_is_said_in_the_copy(check: Check) -> None:
    Path("年报.docx").write_bytes(docx("会议通知"))
    status, _, err = check("年报.docx", "--annotate", "批注.docx")
    assert (status, err) == (2, "写好了 批注.docx，有 1 处批注\n")
    (comment,) = comments(Path("批注.docx").read_bytes())
    assert comment.on == "会议通知"
    assert "不像选用的格式的报告" in comment.text


def test_what_cannot_be_read_has_no_copy(check: Check) -> None:
    Path("年报.docx").write_bytes(b"PK\x03\x04")
    assert check("年报.docx", "--annotate", "批注.docx")[0] == 2
    assert not Path("批注.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["年报.docx", "--annotate", "年报.docx"], "--annotate 写的是副本，不能写到报告自己的文件 年报.docx"),
        (["年报.docx", "--annotate", "./年报.docx"], "--annotate 写的是副本，不能写到报告自己的文件 年报.docx"),
        (["年报.docx", "--annotate", "已有.docx"], "已有 已有.docx，没有写批注；请另起一个名称"),
        (["年报.docx", "--annotate", "批注.pdf"], "副本的名称要和报告一样以 .docx 结尾，现为 批注.pdf"),
        (["年报.docx", "--annotate", "批注"], "副本的名称要和报告一样以 .docx 结尾，现为 批注"),
        (["年报.txt", "--annotate", "批注.txt"], ".txt 文件加不了批注，能加的是："),
        (["年报.html", "--annotate", "批注.html"], ".html 文件加不了批注，能加的是："),
        ([".", "--annotate", "批注.docx"], "--annotate 一次给一份文件加批注，要写出这份文件的名称"),
        (["-", "--annotate", "批注.docx"], "--annotate 一次给一份文件加批注，要写出这份文件的名称"),
        (["--annotate", "批注.docx"], "--annotate 一次给一份文件加批注，要写出这份文件的名称"),
        (["年报.docx", "年报.txt", "--annotate", "批注.docx"], "--annotate 一次给一份文件加批注，要写出这份文件的名称"),
        (["没有.docx", "--annotate", "批注.docx"], "没有文件或文件夹 没有.docx"),
        (["年报.docx", "--annotate", "批注.docx", "--watch"], "--annotate 不能与 --watch 同用"),
        (
            ["年报.docx", "--annotate", "批注.docx", "--output", "full=批注.docx"],
            "--annotate 和 --output 都写到 批注.docx",
        ),
        *(
            (
                ["年报.docx", "--annotate", "批注.docx", way],
                "--annotate 不能与 --fix、--fix-only 或 --diff 同用：先修改，再给改好的文件加批注",
            )
            for way in ("--fix", "--fix-only", "--diff")
        ),
    ],
)
def test_what_cannot_be_asked_for(check: Check, arguments: list[str], words: str) -> None:
    Path("年报.txt").write_text(FAULTY, "utf-8")
    Path("年报.html").write_text("<p>甲", "utf-8")
    Path("已有.docx").write_bytes(b"")
    before = sorted(os.listdir())
    status, out, err = check(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"reportlint: {words}")
    assert err.count("\n") == 1
    assert sorted(os.listdir()) == before
    assert Path("已有.docx").read_bytes() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_the_report_is_the_report(check: Check) -> None:
    os.link("年报.docx", "链接.docx")
    assert "不能写到报告自己的文件" in check("年报.docx", "--annotate", "链接.docx")[2]


def test_a_copy_that_cannot_be_written_is_told_with_the_findings(check: Check) -> None:
    status, out, err = check("年报.docx", "--annotate", "没有/批注.docx")
    assert (status, err) == (2, "")
    assert "没有写 没有/批注.docx：没有所在的文件夹" in out
    assert "national/request-balance" in out


def test_the_moment_that_is_named(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "昨天")
    status, _, err = check("年报.docx", "--annotate", "批注.docx")
    assert (status, err) == (2, "reportlint: 环境变量 SOURCE_DATE_EPOCH 应为秒数，现为 昨天\n")
    assert not Path("批注.docx").exists()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    check("年报.docx", "--annotate", "一.docx")
    check("年报.docx", "--annotate", "二.docx")
    assert Path("一.docx").read_bytes() == Path("二.docx").read_bytes()
