"""Files that are no reports, or hostile ones: said in words and by the exit status, never by a traceback, and soon."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest

from reportlint.readers.reader import Limits

from .documents import findings_of

MOST_BYTES = Limits().text_bytes

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
COMPLIANT = (EXAMPLES / "qinghe-town-2024.txt").read_text("utf-8")
FAULTY = (EXAMPLES / "yunxi-water-2024-faulty.txt").read_text("utf-8")
FORMATS = ("full", "concise", "json")
CLEAN, FINDINGS, FAILED = 0, 1, 2
SOON = 20
"""Seconds after which a file of any size counts as a hang; the largest ones here take two or three."""


class Ran(NamedTuple):
    """What a run of the command came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.out, parse_constant=no_constant)
        return document

    @property
    def findings(self) -> list[dict[str, Any]]:
        return findings_of(self.json)

    @property
    def rules(self) -> list[str]:
        """The rules that found something, by the output in JSON."""
        return [found["rule"] for found in self.findings]


def no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def run(
    *arguments: str | Path, stdin: bytes | None = None, folder: Path | None = None, env: Mapping[str, str] | None = None
) -> Ran:
    """The command line in a process of its own."""
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONHASHSEED": "random", **(env or {})}
    done = subprocess.run(
        [sys.executable, "-m", "reportlint", *map(str, arguments)],
        input=stdin if stdin is not None else b"",
        capture_output=True,
        timeout=SOON,
        cwd=folder,
        env=environment,
        check=False,
    )
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    ran = Ran(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
    assert "Traceback" not in ran.err, ran.err[-2_000:]
    return ran


def check(path: Path, output_format: str = "json") -> Ran:
    return run("check", "--output-format", output_format, path)


def put(folder: Path, content: str | bytes, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def in_section_three(lines: str) -> str:
    """The compliant report with lines behind the table of its third section."""
    return COMPLIANT.replace("\n\n四、政府信息公开", f"\n{lines}\n\n四、政府信息公开", 1)


# Files that cannot be checked: the code, and the place where one is known.


class Refused(NamedTuple):
    content: bytes
    code: str
    line: int | None = None
    column: int | None = None


REFUSED: Mapping[str, Refused] = {
    "empty": Refused(b"", "not-a-report"),
    "only-white-space": Refused(" \t\r\n\u3000\n".encode(), "not-a-report"),
    "prose": Refused("今日天气晴朗，适合出游。\n".encode() * 20, "not-a-report"),
    "ascii": Refused(b"import os\n\nprint(os.name)\n", "not-a-report"),
    "digits": Refused(b"0 1 2 3\n" * 100, "not-a-report"),
    "all-bytes": Refused(bytes(range(256)) * 8, "binary"),
    "picture": Refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary"),
    "nul": Refused(COMPLIANT.replace("（一）主动公开", "（一\0）主动公开", 1).encode(), "binary", 7, 3),
    "utf8-then-gb18030": Refused(
        COMPLIANT[:400].encode() + COMPLIANT[400:].encode("gb18030"), "encoding", COMPLIANT.count("\n", 0, 400) + 1
    ),
    "utf8-bom-then-gb18030": Refused("\ufeff一、总体情况\n".encode() + "二、主动".encode("gb18030"), "encoding", 2, 1),
    "gb18030-cut-short": Refused("一、总体情况\n二".encode("gb18030")[:-1], "encoding", 2),
    "utf16-half-a-character": Refused(COMPLIANT.encode("utf-16") + b"\0", "encoding", COMPLIANT.count("\n") + 1, 1),
}


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("name", REFUSED)
def test_file_that_is_no_report_is_said_once(tmp_path: Path, name: str, output_format: str) -> None:
    refused = REFUSED[name]
    ran = check(put(tmp_path, refused.content), output_format)
    assert ran.status == FAILED
    assert ran.out.count(f"reportlint/{refused.code}") == 1
    assert not ran.err or ran.err.startswith("检查了 1 份报告")
    if output_format == "json":
        [found] = ran.findings
        start = found["start"]
        if refused.line is None:
            assert start is None
        else:
            assert start["line"] == refused.line
            assert refused.column is None or start["column"] == refused.column
        assert [report["failed"] for report in ran.json["reports"]] == [True]


def test_file_over_the_limit(tmp_path: Path) -> None:
    path = put(tmp_path, COMPLIANT)
    os.truncate(path, MOST_BYTES + 1)
    ran = check(path)
    assert (ran.status, ran.rules) == (FAILED, ["reportlint/too-large"])
    assert str(MOST_BYTES + 1) in ran.findings[0]["message"]


def test_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    content = COMPLIANT.encode()
    path = put(tmp_path, content + b" " * (MOST_BYTES - len(content)))
    ran = check(path)
    assert (ran.status, ran.rules) == (CLEAN, [])


@pytest.mark.parametrize("output_format", FORMATS)
def test_what_is_no_file(tmp_path: Path, output_format: str) -> None:
    broken = tmp_path / "broken.txt"
    broken.symlink_to(tmp_path / "nothing.txt")
    for path in (tmp_path / "missing.txt", broken):
        ran = check(path, output_format)
        assert ran.status == FAILED
        assert str(path) in ran.err


def test_device_is_no_report() -> None:
    ran = check(Path(os.devnull))
    assert (ran.status, ran.rules) == (FAILED, ["reportlint/unreadable"])


def test_file_in_a_folder_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nothing")
    put(tmp_path, COMPLIANT, "b.txt")
    ran = check(tmp_path)
    assert (ran.status, ran.rules) == (FAILED, ["reportlint/unreadable"])
    assert [report["failed"] for report in ran.json["reports"]] == [True, False]


@pytest.mark.parametrize("output_format", FORMATS)
def test_folder_without_reports(tmp_path: Path, output_format: str) -> None:
    put(tmp_path, "今日天气晴朗。", "diary.txt")
    put(tmp_path, "<p>今日天气晴朗。", "report.html")
    put(tmp_path, b"", ".hidden.txt")
    ran = check(tmp_path, output_format)
    assert ran.status == FAILED
    assert str(tmp_path) in ran.err
    if output_format == "json":
        passed_over = {Path(passed["path"]).name for passed in ran.json["summary"]["passed_over"]}
        assert passed_over == {"diary.txt", "report.html"}


def test_folder_with_a_report_passes_over_the_rest(tmp_path: Path) -> None:
    put(tmp_path, "今日天气晴朗。", "diary.txt")
    put(tmp_path, COMPLIANT)
    ran = check(tmp_path)
    assert (ran.status, ran.rules) == (CLEAN, [])
    assert len(ran.json["reports"]) == 1


# Exit status and outputs.


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize(
    ("content", "status"),
    [(COMPLIANT, CLEAN), (FAULTY, FINDINGS), ("不是报告", FAILED)],
    ids=["clean", "found", "failed"],
)
def test_status_is_the_same_in_every_output_format(
    tmp_path: Path, content: str, status: int, output_format: str
) -> None:
    assert check(put(tmp_path, content), output_format).status == status
    from_stdin = run("check", "--output-format", output_format, "-", stdin=content.encode())
    assert from_stdin.status == status


def test_worst_report_of_a_run_decides(tmp_path: Path) -> None:
    good, bad = put(tmp_path, COMPLIANT, "good.txt"), put(tmp_path, FAULTY, "bad.txt")
    none = put(tmp_path, "不是报告", "none.txt")
    assert run("check", good, bad).status == FINDINGS
    assert run("check", none, bad, good).status == FAILED


def test_status_by_the_severity_asked_for(tmp_path: Path) -> None:
    warned = put(tmp_path, COMPLIANT.replace("，总金额0元，实际收取0元", "", 1))
    assert run("check", "--fail-on", "error", warned).status == CLEAN
    assert run("check", "--fail-on", "warning", warned).status == FINDINGS


def test_finding_without_a_place_has_null_positions(tmp_path: Path) -> None:
    content = COMPLIANT.replace("六、其他需要报告的事项", "", 1)
    ran = check(put(tmp_path, content))
    assert ran.status == FINDINGS
    [missing] = [found for found in ran.findings if found["rule"] == "national/required-sections"]
    assert missing["start"] is missing["end"] is None
    concise = check(tmp_path / "report.txt", "concise").out
    [line] = [line for line in concise.splitlines() if "national/required-sections" in line]
    assert line.startswith(f"{tmp_path / 'report.txt'}: error ")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "ascii"])
def test_json_is_json_whatever_the_terminal_can_show(tmp_path: Path, encoding: str) -> None:
    path = put(tmp_path, COMPLIANT.replace("行政许可\t36", "行政许可\té😀", 1))
    ran = run("check", "--output-format", "json", path, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding})
    [found] = ran.findings
    assert "“é😀”" in found["message"]


def test_extract_of_a_huge_amount_is_json(tmp_path: Path) -> None:
    path = put(tmp_path, COMPLIANT.replace("行政事业性收费\t0", f"行政事业性收费\t{'9' * 400}.5", 1))
    ran = run("extract", path)
    assert ran.status == CLEAN
    assert "administrative_fees" in ran.json["tables"]["disclosure"]


# Encodings: the same report in others is read the same.


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
def test_report_in_another_encoding_has_the_same_findings(tmp_path: Path, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    plain = check(put(tmp_path, FAULTY))
    other = check(put(tmp_path, mark + FAULTY.encode(encoding)))
    assert other.status == plain.status == FINDINGS
    assert other.json == plain.json


def test_nul_in_utf16_is_refused_like_any_other(tmp_path: Path) -> None:
    ran = check(put(tmp_path, COMPLIANT.replace("（一）主动公开", "（一\0）主动公开", 1).encode("utf-16")))
    assert (ran.status, ran.rules) == (FAILED, ["reportlint/binary"])


# Reports that are wrong as a whole.


def test_sections_printed_twice_are_one_finding_of_the_order(tmp_path: Path) -> None:
    ran = check(put(tmp_path, COMPLIANT + COMPLIANT[COMPLIANT.index("一、总体情况") :]))
    assert ran.rules.count("national/section-order") == 1
    assert ran.status == FINDINGS


def test_table_in_a_section_where_none_belongs(tmp_path: Path) -> None:
    start, end = COMPLIANT.index("第二十条第（一）项"), COMPLIANT.index("三、收到和处理")
    table = COMPLIANT[start:end]
    content = COMPLIANT[:start] + COMPLIANT[end:].replace("六、其他需要", f"{table}六、其他需要", 1)
    ran = check(put(tmp_path, content))
    assert ran.status == FINDINGS
    [found] = [found for found in ran.findings if found["rule"] == "national/required-tables"]
    assert found["start"]["line"] == content.count("\n", 0, content.index(table)) + 1
    assert "存在的主要问题及改进情况" in found["message"]


# Hostile files: whatever is said of them, it is said soon.

HOSTILE: Mapping[str, Callable[[], str]] = {
    "line-of-5-mb": lambda: COMPLIANT + "甲" * 1_700_000,
    "line-of-5-mb-of-claims": lambda: COMPLIANT + "本年度收到申请1件，" * 180_000,
    "table-rows": lambda: in_section_three(
        "\n".join(f"一、本年新收政府信息公开申请数量\t\t\t{i % 97}\t1\t0\t0\t0\t0\t5" for i in range(100_000))
    ),
    "lines-of-figures": lambda: in_section_three("\n".join(f"{i % 97} 0 0 0 0 0 {i % 97}" for i in range(100_000))),
    "labels-and-figures-apart": lambda: in_section_three("1.属于国家秘密\n0 0 0\n" * 50_000),
    "prose": lambda: COMPLIANT + "\n".join(f"本年度收到政府信息公开申请{i}件。" for i in range(100_000)),
    "prose-broken-over-lines": lambda: COMPLIANT + "全年办理各类事项若干并及时予以答复而且没有任何差错\n" * 100_000,
    "received-in-one-line": lambda: COMPLIANT + "收到申请1" * 10_000,
    "received-over-lines": lambda: COMPLIANT + "收到申请1\n" * 10_000,
    "received-in-sentences": lambda: COMPLIANT + "共收到申请1件。" * 20_000,
    "amounts-of-nothing-named": lambda: COMPLIANT + "\n" + "收费总金额1元。" * 20_000,
    "label-without-end": lambda: in_section_three("本年新收" * 100_000),
    "label-growing": lambda: in_section_three("\n".join("本年新收政府信息公开" * i for i in range(1, 600))),
    "ordinals-in-one-line": lambda: COMPLIANT + "（一）" * 50_000,
    "ordinals-over-lines": lambda: COMPLIANT + "（一）\n" * 50_000,
    "digits": lambda: in_section_three("9" * 100_000),
    "digits-in-prose": lambda: COMPLIANT + f"收到政府信息公开申请{'9' * 100_000}件。",
    "pipes": lambda: in_section_three("|" * 100_000),
    "pipes-behind-a-label": lambda: in_section_three("1.属于国家秘密" + "|" * 100_000),
    "dashes": lambda: in_section_three("-" * 100_000),
    "dashes-behind-a-label": lambda: in_section_three("1.属于国家秘密" + "-" * 100_000),
    "dashes-with-spaces": lambda: in_section_three("— " * 50_000),
    "tabs": lambda: in_section_three("1.属于国家秘密" + "\t" * 100_000 + "1"),
    "spaces": lambda: COMPLIANT + "\n一、" + " " * 100_000 + "总体情况",
    "blank-lines": lambda: COMPLIANT + "\n" * 500_000,
    "headings": lambda: COMPLIANT + "\n一、总体情况" * 20_000,
    "headings-with-text": lambda: COMPLIANT + "\n一、总体情况。无" * 20_000,
    "titles": lambda: "云溪县水务局2024年政府信息公开工作年度报告\n" * 20_000,
    "years": lambda: "2024" * 30 + "报告\n" + "二〇二四年" * 25 + "年报\n" + COMPLIANT,
    "book-titles": lambda: COMPLIANT + "《" * 100_000,
    "causes": lambda: COMPLIANT + "未收到申请" + "因公开对公开" * 300 + "。",
    "brackets": lambda: COMPLIANT.replace("一、总体情况", "一、总体情况" + "(" * 50_000, 1),
    "near-labels": lambda: in_section_three(
        "\n".join(f"属于国家秘{chr(0x4E00 + i % 9_000)}{i}" for i in range(20_000))
    ),
    **{
        f"cell-of-{size}-digits": lambda size=size: COMPLIANT.replace(  # type: ignore[misc]
            "\t4\t1\t0\t0\t0\t0\t5", f"\t{'9' * size}\t1\t0\t0\t0\t0\t5", 1
        )
        for size in (4_000, 4_300, 10_000)
    },
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_done_with_soon(tmp_path: Path, name: str) -> None:
    content = HOSTILE[name]()
    ran = check(put(tmp_path, content), "concise")
    assert ran.status in (CLEAN, FINDINGS, FAILED)
    assert not ran.err or ran.err.startswith("检查了 1 份报告")
