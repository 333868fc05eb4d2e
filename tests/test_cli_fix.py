"""`check --fix`, `--fix-only`, `--diff`: what is written, what is said, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reportlint.cli import main

from .words import Xml, docx, field, of_text

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
COMPLIANT = (EXAMPLES / "qinghe-town-2024.txt").read_text("utf-8")
COMMA = COMPLIANT.replace("编制，", "编制,", 1)
"""With a slip that has a safe fix."""
BOTH = COMMA.replace("《中华人民共和国政府信息公开条例》", "《中华人民共和国信息公开条例》", 1)
"""With that and one that has another fix, or none."""
DIFF = """\
--- {path}
+++ {path}
@@ -1,6 +1,6 @@
 云溪县青禾镇人民政府2024年政府信息公开工作年度报告
\x20
-本报告依据《中华人民共和国政府信息公开条例》第五十条编制,数据统计期限为2024年1月1日至2024年12月31日。
+本报告依据《中华人民共和国政府信息公开条例》第五十条编制，数据统计期限为2024年1月1日至2024年12月31日。
\x20
 一、总体情况
\x20
"""

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    def checked(*arguments: str | Path) -> tuple[int, str, str]:
        status = main(["check", *map(str, arguments)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return checked


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "年报.txt"
    path.write_text(COMMA, encoding="utf-8")
    return path


def test_the_summary_says_what_could_be_fixed(report: Path, check: Check) -> None:
    status, out, _ = check(report)
    assert (status, out.splitlines()[-1]) == (1, "其中 1 处可用 --fix 自动修改。")
    assert report.read_text("utf-8") == COMMA


def test_fix_writes_and_tells_what_is_left(report: Path, check: Check) -> None:
    status, out, err = check(report, "--fix")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "检查了 1 份报告，运行了 53 条规则；没有发现问题。",
        "修改了 1 处（1 份报告）。",
    ]
    assert report.read_text("utf-8") == COMPLIANT
    assert check(report, "--fix")[1].splitlines() == ["检查了 1 份报告，运行了 53 条规则；没有发现问题。"]


def test_fix_in_an_output_for_programs(report: Path, check: Check) -> None:
    status, out, _ = check(report, "--fix", "--output-format", "json")
    document = json.loads(out)
    assert (status, document["reports"][0]["diagnostics"]) == (0, [])
    assert document["summary"]["fixes"] == {"applied": 1, "refused": [], "safe": 0, "unsafe": 0}


def test_fix_only_tells_nothing_of_the_rest(tmp_path: Path, check: Check) -> None:
    report = tmp_path / "a.txt"
    report.write_text(COMMA.replace("，总金额0元", "", 1), encoding="utf-8")
    status, out, err = check(report, "--fix-only")
    assert (status, out) == (0, "")
    assert err.splitlines() == ["检查了 1 份报告。", "修改了 1 处（1 份报告）。"]
    assert check(report, "--fix-only") == (0, "", "检查了 1 份报告，没有改动。\n")
    assert "编制，" in report.read_text("utf-8")
    assert check(report)[0] == 1


@pytest.mark.parametrize("flag", ["--fix", "--fix-only"])
def test_of_several_reports_those_that_were_fixed_are_named(
    flag: str, tmp_path: Path, report: Path, check: Check
) -> None:
    (tmp_path / "a.txt").write_text(COMPLIANT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(COMMA, encoding="utf-8")
    _, out, err = check(tmp_path, flag)
    lines = (out + err).splitlines()
    assert lines[1:4] == ["修改了 2 处（2 份报告）。", f"  {tmp_path / 'b.txt'}：1 处", f"  {report}：1 处"]


def test_of_many_fixed_reports_the_rest_are_counted(tmp_path: Path, check: Check) -> None:
    for number in range(22):
        (tmp_path / f"{number:02}.txt").write_text(COMMA, encoding="utf-8")
    lines = check(tmp_path, "--diff", "--jobs", "1")[2].splitlines()
    assert not any(str(tmp_path) in line for line in lines), "the diff has named them"
    lines = check(tmp_path, "--fix-only", "--jobs", "1")[2].splitlines()
    assert [line.partition("：")[0] for line in lines[2:]] == [
        *(f"  {tmp_path / f'{number:02}.txt'}" for number in range(20)),
        "  另有 2 份报告",
    ]


def test_diff_shows_and_writes_nothing(report: Path, check: Check) -> None:
    status, out, err = check(report, "--diff")
    assert (status, out) == (1, DIFF.format(path=report))
    assert "发现 1 处" in err
    assert "可修改 1 处（1 份报告）。" in err
    assert report.read_text("utf-8") == COMMA
    report.write_text(COMPLIANT, encoding="utf-8")
    assert check(report, "--diff")[:2] == (0, "")


def test_unsafe_fixes_are_applied_where_they_are_asked_for(tmp_path: Path, check: Check) -> None:
    report = tmp_path / "a.txt"
    report.write_text(BOTH, encoding="utf-8")
    status, out, _ = check(report, "--fix")
    assert (status, report.read_text("utf-8")) == (1, BOTH.replace("编制,", "编制，"))
    assert out.splitlines()[-1] == "其中 1 处加 --unsafe-fixes 才修改，改后需人工核对。"
    only = check(report, "--fix-only")[2].splitlines()
    assert only == ["检查了 1 份报告，没有改动。", "另有 1 处加 --unsafe-fixes 才修改，改后需人工核对。"]
    status, out, _ = check(report, "--fix", "--unsafe-fixes")
    assert (status, report.read_text("utf-8")) == (0, COMPLIANT)


def test_unsafe_fixes_alone_are_a_mistake(report: Path, check: Check) -> None:
    assert check(report, "--unsafe-fixes") == (
        2,
        "",
        "reportlint: --unsafe-fixes 要与 --fix、--fix-only 或 --diff 同用\n",
    )


@pytest.mark.parametrize("flag", ["--fix", "--fix-only"])
def test_a_report_that_cannot_be_written_does_not_keep_the_others(
    flag: str, tmp_path: Path, report: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "另.txt"
    other.write_text(COMMA, encoding="utf-8")
    replace = os.replace

    def full(source: str, target: str) -> None:
        if os.fspath(target).endswith("另.txt"):
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    status, out, err = check(tmp_path, flag, "--jobs", "1")
    assert status == 2
    assert other.read_text("utf-8") == COMMA
    assert report.read_text("utf-8") == COMPLIANT
    assert "磁盘已满" in out + err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["另.txt", "年报.txt"]


def piped(*arguments: str | Path, text: str, encoding: str = "utf-8") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "reportlint", "check", *map(str, arguments), "-"],
        input=text.encode(encoding),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    return done.returncode, done.stdout.decode(encoding), done.stderr.decode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_report_from_standard_input_goes_to_standard_output(encoding: str) -> None:
    status, out, err = piped("--fix-only", text=COMMA, encoding=encoding)
    assert (status, out) == (0, COMPLIANT)
    assert "修改了 1 处" in err
    assert piped("--fix-only", text=COMPLIANT, encoding=encoding)[:2] == (0, COMPLIANT)


def test_the_diff_of_standard_input() -> None:
    status, out, _ = piped("--diff", "--stdin-filename", "甲.txt", text=COMMA)
    assert (status, out) == (1, DIFF.format(path="甲.txt"))


def test_standard_input_cannot_be_fixed_in_its_place() -> None:
    status, out, err = piped("--fix", text=COMMA)
    assert (status, out) == (2, "")
    assert "标准输入" in err


def test_many_reports_are_fixed_by_several_processes(tmp_path: Path, check: Check) -> None:
    for number in range(120):
        (tmp_path / f"{number:03}.txt").write_text(COMMA if number % 2 else COMPLIANT, encoding="utf-8")
    copy = tmp_path.parent / f"{tmp_path.name}-one"
    shutil.copytree(tmp_path, copy)
    two, one = check(tmp_path, "--fix", "--jobs", "2"), check(copy, "--fix", "--jobs", "1")
    assert two == (one[0], one[1].replace(str(copy), str(tmp_path)), one[2])
    assert "修改了 60 处（60 份报告）。" in one[1]
    assert {path.read_text("utf-8") for path in tmp_path.iterdir()} == {COMPLIANT}


def test_what_is_no_report_is_left_alone(tmp_path: Path, check: Check) -> None:
    note = tmp_path / "说明.md"
    note.write_text("# 说明,不是年报\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(COMMA, encoding="utf-8")
    assert check(tmp_path, "--fix")[0] == 0
    assert note.read_text("utf-8") == "# 说明,不是年报\n"


# Documents


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "年报.docx"
    path.write_bytes(docx(*of_text(COMMA)))
    return path


def test_what_could_be_fixed_in_a_document_is_counted_whether_or_not_it_was_checked_before(
    document: Path, check: Check
) -> None:
    first = check(document)
    assert first[1].splitlines()[-1] == "其中 1 处可用 --fix 自动修改。"
    assert check(document) == first


def test_a_document_is_fixed(document: Path, check: Check) -> None:
    status, out, _ = check(document, "--fix")
    assert (status, out.splitlines()[1]) == (0, "修改了 1 处（1 份报告）。")
    assert document.read_bytes() == docx(*of_text(COMPLIANT))
    assert check(document, "--fix-only")[1:] == ("", "检查了 1 份报告，没有改动。\n")


def test_the_diff_of_a_document_says_where_it_is(document: Path, check: Check) -> None:
    before = document.read_bytes()
    status, out, _ = check(document, "--diff")
    assert status == 1
    assert out == DIFF.format(path=document).replace("-1,6 +1,6", "第二段")
    assert document.read_bytes() == before


def test_a_document_on_standard_input(document: Path, tmp_path: Path) -> None:
    program = [sys.executable, "-m", "reportlint", "check", "-", "--stdin-filename", "年报.docx", "--fix-only"]
    done = subprocess.run(program, input=document.read_bytes(), capture_output=True, check=True, cwd=tmp_path)
    assert done.stdout == docx(*of_text(COMPLIANT))


def test_what_cannot_be_fixed_in_a_document_is_told_with_its_place(document: Path, check: Check) -> None:
    content = [
        Xml(each.replace("编制,", f"编制</w:t></w:r>{field('QUOTE', ',')}<w:r><w:t>")) for each in of_text(COMMA)
    ]
    document.write_bytes(docx(*content))
    before = document.read_bytes()
    status, out, _ = check(document, "--fix")
    assert status == 1
    assert "没有修改" in out
    assert "第二段 text/half-width-punctuation：要改的文字由域生成，更新域时会重新生成，不能自动修改" in out
    assert document.read_bytes() == before


def test_what_is_not_written_says_what_it_is(tmp_path: Path, check: Check) -> None:
    page = tmp_path / "年报.html"
    page.write_text("".join(f"<p>{line}</p>" for line in COMMA.splitlines()), "utf-8")
    assert "这是网页，读出的文字不是文件的原文，不能自动修改" in check(page, "--fix")[1]
