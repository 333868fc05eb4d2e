"""docs/documents.md: the reader that it shows is one."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reportlint.cli import main

from .papers import FAULTY

PAGE = (Path(__file__).parent.parent / "docs" / "documents.md").read_text("utf-8")
SECTION = PAGE.partition("## A reader of your own\n")[2]
CELL = "第 11 块第 4 行第 10 格"

Check = Callable[..., tuple[int, str]]


def exported(text: str) -> bytes:
    """A report as the reporting system of the page exports it."""
    blocks: list[object] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            blocks += [line.strip("# ")] if line.strip() else []
            continue
        fields = [field.strip() for field in line.strip("|").split("|")]
        row = [int(field) if field.isdigit() else field or None for field in fields]
        if blocks and isinstance(blocks[-1], list):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return json.dumps({"blocks": blocks}, ensure_ascii=False).encode()


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Checks an exported report with the pack of the page."""
    name = re.search(r"`(reportlint_\w+/__init__.py)`:", SECTION)
    code = re.search(r"^```python\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
    assert name is not None
    assert code is not None
    pack = tmp_path / name[1]
    pack.parent.mkdir()
    pack.write_text(code[1], encoding="utf-8")
    (tmp_path / "reportlint.toml").write_text(f'packs = ["{pack.parent.name}"]\n', encoding="utf-8")
    # It is another file for each test.
    monkeypatch.delitem(sys.modules, pack.parent.name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(tmp_path / "cache"))

    def checked(data: bytes, *arguments: str) -> tuple[int, str]:
        Path("年报.report").write_bytes(data)
        status = main(["check", "年报.report", "--output-format", "concise", *arguments])
        return status, capsys.readouterr().out

    return checked


def test_it_places_findings_and_doubts(check: Check) -> None:
    status, out = check(exported(FAULTY))
    assert status == 1
    assert f"年报.report: {CELL}: error national/request-balance " in out
    doubted = exported(FAULTY).replace(b"0, 3]", b'0, "3*"]')
    status, out = check(doubted, "--select", "request-balance", "--fail-on", "error")
    assert status == 0
    assert out.startswith(f"年报.report: {CELL}: warning national/request-balance ")
    assert out.endswith("（读取时有疑问：导出时还没有审核）\n")


def test_it_says_what_it_cannot_read(check: Check) -> None:
    assert check(b"{}") == (2, "年报.report: error reportlint/damaged 不是报送系统导出的文件\n")
    large = json.dumps({"blocks": [[["0"] * 1000] * 201]}).encode()
    said = "表格共有 201000 个单元格，超过 limits.cells 的上限 200000 个，没有检查"
    assert check(large) == (2, f"年报.report: error reportlint/too-large {said}\n")
