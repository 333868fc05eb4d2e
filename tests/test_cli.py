"""The command line: statuses, paths, standard input, colour, encodings, what is imported, and the cache."""

from __future__ import annotations

import io
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from reportlint import Linter, __version__, cache
from reportlint.acceptance import told
from reportlint.cli import main
from reportlint.own import OWN
from reportlint.packs import Packs

from .words import docx, of_text

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
COMPLIANT = EXAMPLES / "qinghe-town-2024.txt"
MARKDOWN = EXAMPLES / "yunxi-archives-2023.md"
FORMATS = ("full", "concise", "json")
DEFAULT = Linter.from_layers([])
FORM = DEFAULT.packs.grammars["annual-2021"].form
RULES = sum(rule.applies_to(FORM) for rule in DEFAULT.settings.rules.values())
"""Rules that run on a report in the form of 2021."""
CLEAN_SUMMARY = f"检查了 1 份报告，运行了 {RULES} 条规则；没有发现问题。\n"
PATIENCE = 60
"""Seconds that a process may take on a busy machine before a test gives it up."""

posix = pytest.mark.skipif(os.name != "posix", reason="signals, pipes and file modes of POSIX")


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that a run has filled."""
    folder = tmp_path_factory.mktemp("warm") / "cache"
    outcome = process("check", COMPLIANT, env={"REPORTLINT_CACHE_DIR": str(folder)})
    assert outcome.status == 0
    return folder


@pytest.fixture(scope="module")
def used_cache(warm_cache: Path) -> Path:
    """A copy of it, which the tests of this module add to."""
    return Path(shutil.copytree(warm_cache, warm_cache.parent / "used"))


@pytest.fixture(autouse=True)
def _own_environment(used_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(used_cache))
    for name in ("NO_COLOR", "FORCE_COLOR", "PYTHONUNBUFFERED", "PYTHONUTF8", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process."""

    def reportlint(*arguments: str | Path) -> Outcome:
        status = main([str(argument) for argument in arguments])
        return Outcome(status, *capsys.readouterr())

    return reportlint


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Sets what standard input holds."""

    def hold(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return hold


def process(
    *arguments: str | Path,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    stdin: bytes = b"",
    encoding: str = "utf-8",
) -> Outcome:
    """Runs the command line in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "reportlint", *arguments],
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    return Outcome(ran.returncode, ran.stdout.decode(encoding), ran.stderr.decode(encoding))


def put(report: Path, folder: Path, name: str = "report.txt") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(report, folder / name))


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def checked(outcome: Outcome) -> list[str]:
    """The paths of the reports of a run in JSON, in order."""
    return [report["path"] for report in json.loads(outcome.out)["reports"]]


def passed_over(outcome: Outcome) -> list[dict[str, Any]]:
    over: list[dict[str, Any]] = json.loads(outcome.out)["summary"]["passed_over"]
    return over


# Exit statuses


@pytest.mark.parametrize("form", FORMATS)
def test_the_status_is_the_same_in_every_format(tmp_path: Path, run: Run, form: str) -> None:
    def status(*arguments: str | Path) -> int:
        return run("check", "--output-format", form, *arguments).status

    binary = tmp_path / "binary.txt"
    binary.write_bytes(b"\x00\x01\x02\xff\xfe\xff")
    prose = write(tmp_path / "prose.txt", "这里没有年度报告。\n")
    assert status(COMPLIANT) == 0
    assert status(COMPLIANT, FAULTY) == 1
    assert status("--select", "fee-disclosure", FAULTY) == 1
    assert status("--select", "fee-disclosure", "--fail-on", "error", FAULTY) == 0
    assert status(binary) == 2
    assert status(prose) == 2
    assert status(FAULTY, binary, COMPLIANT) == 2
    assert status(tmp_path / "none.txt") == 2
    assert status("--select", "none", COMPLIANT) == 2
    (tmp_path / "empty").mkdir()
    assert status(tmp_path / "empty") == 2


@pytest.mark.parametrize("form", FORMATS)
def test_the_process_ends_with_the_status(tmp_path: Path, form: str) -> None:
    for path, status in ((COMPLIANT, 0), (FAULTY, 1), (tmp_path / "none.txt", 2)):
        assert process("check", "--output-format", form, path).status == status


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much a pipe holds")
@pytest.mark.parametrize("form", FORMATS)
def test_an_interrupted_run_ends_with_130(form: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "reportlint", "check", "--output-format", form, "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        # Where the tests run in the background of a shell, interrupts are ignored, and children take that over.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as child:
        try:
            assert child.stdin is not None
            fill_until_read(child.stdin.fileno())
            status = interrupt(child)
            assert child.stdout is not None
            assert child.stderr is not None
            out, err = child.stdout.read(), child.stderr.read()
        finally:
            child.kill()
    assert (status, out, err.decode()) == (130, b"", "reportlint: 已中断\n")


def fill_until_read(pipe: int) -> None:
    """Write into a pipe more than it holds, so that the other end has begun to read it, and wait until it has it all."""
    import fcntl
    import termios

    holds = fcntl.fcntl(pipe, fcntl.F_GETPIPE_SZ)
    os.set_blocking(pipe, False)
    written, end = 0, time.monotonic() + PATIENCE
    while written <= holds:
        assert select.select([], [pipe], [], max(0, end - time.monotonic()))[1], "standard input is not read"
        written += os.write(pipe, b"\n" * 4096)
    while int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder):
        assert time.monotonic() < end, "standard input is not read"
        time.sleep(0.01)
    time.sleep(0.1)


def interrupt(child: subprocess.Popen[bytes]) -> int:
    """The status of a process that is interrupted; again where Python was just between two reads and did not see it."""
    for _ in range(6):
        child.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return child.wait(PATIENCE / 6)
    raise AssertionError("the process does not end")


@pytest.mark.parametrize(
    "arguments",
    [[], ["chekc"], ["check", "--fail-on", "never"], ["check", "--colour"], ["check", "--watc"], ["--vers"]],
)
def test_a_command_that_is_not_understood_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "用法：reportlint" in capsys.readouterr().err


def test_a_command_that_is_not_known_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["chekc", "a.txt"])
    said = "reportlint: 参数有误：没有命令 chekc，是否指 check？（reportlint --help 显示用法）\n"
    assert capsys.readouterr().err.endswith(said)


def test_version() -> None:
    outcome = process("--version")
    assert (outcome.status, outcome.out + outcome.err) == (0, f"reportlint {__version__}\n")


@pytest.mark.parametrize("command", [[], ["check"], ["rule"], ["parse"], ["extract"], ["config"]])
def test_every_command_has_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(" ".join(["用法：reportlint", *command]))


# Paths and folders


def test_a_folder_is_searched_for_reports_in_order(tmp_path: Path, run: Run) -> None:
    for name in ("b.txt", "a.md", "south/2.txt", "south/1.markdown", "north/deep/deeper/0.TXT"):
        put(COMPLIANT, (tmp_path / name).parent, Path(name).name)
    outcome = run("check", "--output-format", "json", tmp_path)
    assert checked(outcome) == [
        str(tmp_path / name) for name in ("a.md", "b.txt", "north/deep/deeper/0.TXT", "south/1.markdown", "south/2.txt")
    ]
    assert passed_over(outcome) == []
    assert outcome.status == 0


def test_a_web_page_is_found_in_a_folder(tmp_path: Path, run: Run) -> None:
    page = "".join(f"<p>{line}</p>\n" for line in COMPLIANT.read_text(encoding="utf-8").split("\n")[:16])
    write(tmp_path / "a.html", page)
    write(tmp_path / "b.htm", page)
    outcome = run("check", "--output-format", "json", "--select", "overview-aspects", tmp_path)
    assert checked(outcome) == [str(tmp_path / "a.html"), str(tmp_path / "b.htm")]
    assert outcome.status == 0


def test_hidden_files_and_folders_are_left_out(tmp_path: Path, run: Run) -> None:
    seen = put(COMPLIANT, tmp_path)
    for name in (
        ".hidden.txt",
        ".git/a.txt",
        "south/.cache/deep/a.txt",
        "__pycache__/a.txt",
        ".old.pdf",
        "~$open.docx",
    ):
        put(FAULTY, (tmp_path / name).parent, Path(name).name)
    outcome = run("check", "--output-format", "json", tmp_path)
    assert (checked(outcome), passed_over(outcome), outcome.status) == ([str(seen)], [], 0)


def test_a_hidden_folder_or_file_may_be_named(tmp_path: Path, run: Run) -> None:
    report = put(FAULTY, tmp_path / ".drafts", ".report.txt")
    put(FAULTY, tmp_path / ".drafts", "report.txt")
    assert checked(run("check", "--output-format", "json", tmp_path / ".drafts")) == [
        str(report.with_name("report.txt"))
    ]
    assert checked(run("check", "--output-format", "json", report)) == [str(report)]


def test_other_files_of_a_folder_are_not_looked_at(tmp_path: Path, run: Run) -> None:
    put(COMPLIANT, tmp_path)
    for name in ("data.csv", "page.py", "no-suffix", "report.txt.bak"):
        put(FAULTY, tmp_path, name)
    outcome = run("check", tmp_path)
    assert outcome == Outcome(0, CLEAN_SUMMARY, "")


def test_texts_and_pages_that_are_no_reports_are_passed_over_and_said_to_be(tmp_path: Path, run: Run) -> None:
    put(COMPLIANT, tmp_path)
    write(tmp_path / "notes.txt", "买三份打印纸。\n")
    write(tmp_path / "page.html", "<p>买三份打印纸。\n")
    names = ("notes.txt", "page.html")
    passed = "".join(f"略过 {tmp_path / name}：不像年度报告。\n" for name in names)
    assert run("check", tmp_path) == Outcome(0, f"{CLEAN_SUMMARY}{passed}", "")
    assert passed_over(run("check", "--output-format", "json", tmp_path)) == [
        {"path": str(tmp_path / name), "reason": "不像年度报告"} for name in names
    ]


def test_a_document_of_a_folder_that_cannot_be_read_is_an_error(tmp_path: Path, run: Run) -> None:
    """It may be a report."""
    put(COMPLIANT, tmp_path)
    for name in ("a.pdf", "b.DOCX", "c.doc", "d.wps"):
        (tmp_path / name).write_bytes(b"\0\1")
    outcome = run("check", "--output-format", "json", tmp_path)
    assert outcome.status == 2
    assert passed_over(outcome) == []
    failed = [Path(report["path"]).name for report in json.loads(outcome.out)["reports"] if report["failed"]]
    assert failed == ["a.pdf", "b.DOCX", "c.doc", "d.wps"]


def test_concise_has_lines_for_programs_and_the_closing_words_beside_them(tmp_path: Path, run: Run) -> None:
    report = put(COMPLIANT, tmp_path)
    closing = f"{CLEAN_SUMMARY}略过 {tmp_path / 'a.txt'}：不像年度报告。\n"
    (tmp_path / "a.txt").touch()
    assert run("check", "--output-format", "concise", tmp_path) == Outcome(0, "", closing)
    put(FAULTY, tmp_path, report.name)
    outcome = run("check", "--output-format", "concise", tmp_path)
    assert [line for line in outcome.out.splitlines() if not line.startswith(f"{report}:")] == []
    assert outcome.err == run("check", tmp_path).out.rpartition("\n\n")[2]


def test_many_that_are_passed_over_are_counted(tmp_path: Path, run: Run) -> None:
    put(COMPLIANT, tmp_path)
    for number in range(8):
        (tmp_path / f"{number}.md").touch()
    lines = run("check", tmp_path).out.splitlines()
    assert lines[1:] == [
        *(f"略过 {tmp_path / str(number)}.md：不像年度报告。" for number in range(5)),
        "另略过 3 个文件。",
    ]


def test_a_document_or_a_text_that_is_no_report_fails_where_it_is_named(tmp_path: Path, run: Run) -> None:
    document = tmp_path / "a.pdf"
    document.write_bytes(b"\0\1")
    outcome = run("check", "--output-format", "concise", document)
    assert outcome.status == 2
    assert outcome.out.startswith(f"{document}: error reportlint/")
    notes = write(tmp_path / "notes.txt", "买三份打印纸。\n")
    outcome = run("check", "--output-format", "concise", notes)
    assert outcome.status == 2
    assert outcome.out.startswith(f"{notes}: error reportlint/not-a-report ")


def test_a_file_of_a_folder_that_cannot_be_read_is_not_passed_over(tmp_path: Path, run: Run) -> None:
    put(COMPLIANT, tmp_path)
    (tmp_path / "broken.txt").write_bytes(b"\xff\xff\xff")
    outcome = run("check", tmp_path)
    assert outcome.status == 2
    assert f"\n  {tmp_path / 'broken.txt'}:1:1  reportlint/encoding\n" in outcome.out
    *_, found, ran, failed = outcome.out.splitlines()
    assert found.endswith("发现 1 处（1 个错误，0 个警告，0 个建议）。")
    assert ran == f"规则共运行 {RULES} 次：{RULES} 次通过，0 次发现问题。"
    assert failed == "1 份没有能按要求检查。"


def test_a_folder_without_any_report_ends_with_2(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.html").touch()
    write(tmp_path / "notes.txt", "买三份打印纸。\n")
    outcome = run("check", tmp_path)
    assert (outcome.status, outcome.err) == (2, f"reportlint: 在 {tmp_path} 中没有找到报告\n")
    assert f"略过 {tmp_path / 'a.html'}" in outcome.out
    assert f"略过 {tmp_path / 'notes.txt'}" in outcome.out
    outcome = run("check", "--output-format", "json", tmp_path)
    assert (outcome.status, checked(outcome), len(passed_over(outcome))) == (2, [], 2)


def test_a_path_that_is_not_there_ends_with_2(tmp_path: Path, run: Run) -> None:
    missing = tmp_path / "none.txt"
    expected = Outcome(2, "", f"reportlint: 没有文件或文件夹 {missing}\n")
    for command in ("check", "config"):
        assert run(command, missing) == expected
    for command in ("parse", "extract"):
        outcome = run(command, missing)
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err.startswith(f"reportlint: {missing}：读不到文件：")


def test_a_folder_is_nothing_to_parse_or_extract(tmp_path: Path, run: Run) -> None:
    for command in ("parse", "extract"):
        outcome = run(command, tmp_path)
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err.startswith(f"reportlint: {tmp_path}：")


def test_a_file_is_checked_once_however_often_it_is_named(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = put(FAULTY, tmp_path)
    monkeypatch.chdir(tmp_path)
    outcome = run("check", "--output-format", "json", report, "report.txt", ".", "./report.txt", tmp_path, report)
    assert checked(outcome) == [str(report)]
    other = put(FAULTY, tmp_path, "other.txt")
    assert checked(run("check", "--output-format", "json", "report.txt", ".")) == ["report.txt", "other.txt"]
    assert checked(run("check", "--output-format", "json", other, report)) == [str(other), str(report)]


@posix
def test_a_link_to_a_file_is_the_file(tmp_path: Path, run: Run) -> None:
    report = put(FAULTY, tmp_path)
    (tmp_path / "a-link.txt").symlink_to(report)
    assert checked(run("check", "--output-format", "json", tmp_path)) == [str(report)]
    assert checked(run("check", "--output-format", "json", tmp_path / "a-link.txt", report)) == [
        str(tmp_path / "a-link.txt")
    ]


def test_the_current_folder_is_checked_by_default(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put(COMPLIANT, tmp_path / "south")
    monkeypatch.chdir(tmp_path)
    assert checked(run("check", "--output-format", "json")) == [os.path.join("south", "report.txt")]


@pytest.mark.parametrize(
    "name",
    [
        "云溪县水务局2024年度报告（终稿）.txt",
        "𠮷田镇 2024.txt",
        'a b\'s "c" & d.txt',
        "100%s{}.txt",
        "é.txt",
        "[草稿]*?.txt",
    ],
)
def test_any_file_name_will_do(tmp_path: Path, run: Run, name: str) -> None:
    try:
        report = put(FAULTY, tmp_path, name)
    except OSError:
        pytest.skip("the file system has no such names")
    for path in (report, tmp_path):
        outcome = run("check", "--select", "fee-disclosure", "--output-format", "concise", path)
        assert outcome.status == 1
        assert outcome.out.startswith(f"{report}:76:3: warning national/fee-disclosure ")
    assert checked(run("check", "--output-format", "json", report)) == [str(report)]
    assert json.loads(run("extract", report).out)["path"] == str(report)


def test_a_name_that_looks_like_a_flag(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put(FAULTY, tmp_path, "-x.txt")
    monkeypatch.chdir(tmp_path)
    assert checked(run("check", "--output-format", "json", "--", "-x.txt")) == ["-x.txt"]
    assert checked(run("check", "--output-format", "json", "./-x.txt")) == ["./-x.txt"]


@posix
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    try:
        shutil.copy(os.fsencode(FAULTY), name)
    except OSError:
        pytest.skip("the file system has no such names")
    outcome = process("check", "--select", "fee-disclosure", "--output-format", "concise", tmp_path)
    assert outcome.status == 1
    assert outcome.out.startswith(f"{tmp_path}/\\udcff\\udcfe.txt:76:3: warning ")
    assert outcome.err == "检查了 1 份报告，运行了 1 条规则；发现 1 处（0 个错误，1 个警告，0 个建议）。\n"
    outcome = process("check", "--output-format", "json", tmp_path)
    assert checked(outcome) == [f"{tmp_path}/\udcff\udcfe.txt"]


# Standard input


def test_a_report_on_standard_input(run: Run, stdin: Callable[[bytes], None]) -> None:
    stdin(FAULTY.read_bytes())
    outcome = run("check", "--select", "fee-disclosure,zero-filing", "--output-format", "concise", "-")
    assert outcome.status == 1
    assert [line.split(" ")[:3] for line in outcome.out.splitlines()] == [
        ["<stdin>:9:13:", "error", "national/zero-filing"],
        ["<stdin>:76:3:", "warning", "national/fee-disclosure"],
    ]


def test_standard_input_of_a_process() -> None:
    assert process("check", "-", stdin=COMPLIANT.read_bytes()) == Outcome(0, CLEAN_SUMMARY, "")
    assert process("check", "-", stdin=FAULTY.read_bytes()).status == 1


def test_standard_input_may_be_in_another_encoding(run: Run, stdin: Callable[[bytes], None]) -> None:
    stdin(COMPLIANT.read_text(encoding="utf-8").encode("gb18030"))
    assert run("check", "-") == Outcome(0, CLEAN_SUMMARY, "")


def test_standard_input_that_is_no_report(run: Run, stdin: Callable[[bytes], None]) -> None:
    stdin(b"")
    outcome = run("check", "--output-format", "concise", "-")
    assert (outcome.status, outcome.out.split(" ")[:3]) == (2, ["<stdin>:", "error", "reportlint/not-a-report"])
    stdin("云溪县".encode() * 10 + b"\n\xff\xff")
    outcome = run("check", "--output-format", "concise", "-")
    assert (outcome.status, outcome.out.split(" ")[:3]) == (2, ["<stdin>:2:1:", "error", "reportlint/encoding"])


def test_standard_input_is_read_once_and_among_files(run: Run, stdin: Callable[[bytes], None]) -> None:
    stdin(FAULTY.read_bytes())
    assert checked(run("check", "--output-format", "json", COMPLIANT, "-", MARKDOWN, "-")) == [
        str(COMPLIANT),
        "<stdin>",
        str(MARKDOWN),
    ]


def test_standard_input_is_under_the_configuration_of_the_current_folder(
    tmp_path: Path, run: Run, stdin: Callable[[bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "reportlint.toml", 'select = ["zero-filing"]')
    monkeypatch.chdir(tmp_path)
    stdin(FAULTY.read_bytes())
    outcome = run("check", "--output-format", "concise", "-")
    assert [line.split(" ")[2] for line in outcome.out.splitlines()] == ["national/zero-filing"]


def test_standard_input_can_be_parsed_and_extracted(run: Run, stdin: Callable[[bytes], None]) -> None:
    stdin(COMPLIANT.read_bytes())
    assert run("parse", "-").out == run("parse", COMPLIANT).out
    stdin(COMPLIANT.read_bytes())
    by_stdin, by_file = json.loads(run("extract", "-").out), json.loads(run("extract", COMPLIANT).out)
    assert (by_stdin.pop("path"), by_file.pop("path")) == ("<stdin>", str(COMPLIANT))
    assert by_stdin == by_file


# Which rules run


def test_select_and_ignore_take_lists(run: Run) -> None:
    def rules(*arguments: str) -> list[str]:
        outcome = run("check", "--output-format", "json", *arguments, FAULTY)
        names: list[str] = json.loads(outcome.out)["reports"][0]["rules_run"]
        return sorted(names)

    assert rules("--select", "title, zero-filing,") == ["national/title", "national/zero-filing"]
    assert rules("--select", "national/title") == ["national/title"]
    national = {rule for rule in rules() if rule.startswith("national/")}
    assert rules("--select", "national", "--ignore", "title,zero-filing") == sorted(
        national - {"national/title", "national/zero-filing"}
    )
    assert len(rules()) == RULES


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--select", "fee-disclosur"], "命令行：select：没有规则 fee-disclosur，是否指 fee-disclosure？"),
        (["--select", "title,zero_filing"], "命令行：select：没有规则 zero_filing，是否指 zero-filing？"),
        (["--ignore", "national/titel"], "命令行：ignore：没有规则 national/titel，是否指 national/title？"),
        (["--ignore", "qqqqq"], "命令行：ignore：没有规则 qqqqq"),
    ],
)
def test_unknown_rules_on_the_command_line_end_with_2(run: Run, arguments: list[str], words: str) -> None:
    assert run("check", *arguments, COMPLIANT) == Outcome(2, "", f"reportlint: {words}\n")


# reportlint rule


def test_a_rule_is_described_with_its_page(run: Run) -> None:
    outcome = run("rule", "overview-aspects")
    assert outcome.status == 0
    head, _, page = outcome.out.partition("\n\n# overview-aspects\n")
    assert head.splitlines() == [
        "national/overview-aspects",
        "",
        "检查什么：Section one covers its five aspects, and for governments assessment, public comment and accountability.",
        "严重程度：警告（warning）",
        head.splitlines()[4],
        "选项：governments_only（true 或 false），默认 true",
        "适用格式：annual-2021（2021 年度起）、annual-2019（2019—2020 年度）",
        "是否运行：运行",
    ]
    assert head.splitlines()[4].startswith("依据：国办公开办函〔2021〕30号")
    assert "\n## What it checks\n" in page
    assert run("rule", "national/overview-aspects") == outcome


def test_a_relation_is_described_with_its_formula(run: Run) -> None:
    lines = run("rule", "request-balance").out.splitlines()
    assert lines[0] == "national/request-balance"
    assert "公式：received + brought_forward = processed + carried_forward（每列）" in lines
    assert "公式：" in run("rule", "remedy-footing").out.split("（每行）")[0]


def test_all_rules_are_listed(run: Run) -> None:
    outcome = run("rule", "--all")
    rows = [line.split(maxsplit=2) for line in outcome.out.splitlines()]
    assert outcome.status == 0
    assert [row[0] for row in rows] == list(Packs.load().rules)
    assert [
        "national/title",
        "warning",
        "The title names the organisation, the year and the report in the form's words.",
    ] in rows
    national = [line for line in outcome.out.splitlines() if line.startswith("national/")]
    assert [line.split() for line in run("rule", "national").out.splitlines()] == [line.split() for line in national]


def test_the_severity_listed_is_that_of_the_rule(run: Run) -> None:
    severities = dict(line.split()[:2] for line in run("rule", "--all").out.splitlines())
    for name, severity in severities.items():
        assert f"（{severity}）\n依据：" in run("rule", name).out


def test_the_tools_own_findings_are_explained_too(run: Run) -> None:
    outcome = run("rule", "reportlint/void-acceptance")
    assert outcome.status == 0
    assert outcome.out == (
        "reportlint/void-acceptance\n\n"
        "reportlint 自己的提示，不是规则包里的规则，不能选用、关闭或接受：一条接受的位置上，内容已经改变，问题再次提出\n"
    )
    assert run("rule", "reportlint/void-exception").status == 2


def test_all_of_the_tools_own_findings_have_an_explanation() -> None:
    listed = re.search(
        r"^## The tool's own\n(.*)", (EXAMPLES.parents[1] / "docs" / "rules.md").read_text("utf-8"), re.M | re.S
    )
    assert listed is not None
    failing = set(re.findall(r"`([a-z]+-?[a-z-]+)`", listed[1])) - {"reportlint"}
    assert failing | set(told.WORDS) == set(OWN)


def test_a_rule_says_how_it_is_turned_on_and_what_is_masked(run: Run) -> None:
    assert '\n是否运行：不运行，extends = ["beijing"] 可启用\n' in run("rule", "opening-sentence").out
    assert "\n遮盖：所发现的内容在一切输出中遮盖\n" in run("rule", "identity-number").out
    assert "\n选项：limit（整数），默认 1000\n" in run("rule", "overview-length").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["zero-filling"], "没有规则 zero-filling，是否指 zero-filing？"),
        (["national/zero-filling"], "没有规则 national/zero-filling，是否指 national/zero-filing？"),
        (["qqqqq"], "没有规则 qqqqq\n"),
        ([], "要有规则名，或 --all"),
    ],
)
def test_a_rule_that_is_not_there_ends_with_2(run: Run, arguments: list[str], words: str) -> None:
    outcome = run("rule", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("reportlint: ")
    assert words in outcome.err


# reportlint parse and extract


def test_parse_shows_the_tree_with_places(tmp_path: Path, run: Run) -> None:
    report = write(
        tmp_path / "report.txt",
        "云溪县青禾镇人民政府2024年政府信息公开工作年度报告\n\n一、总体情况\n\n全年发布信息312条。\n\n五、存在的主要问题及改进情况\n",
    )
    assert run("parse", report) == Outcome(
        0,
        "report\n"
        "  TITLE 1:1 '云溪县青禾镇人民政府2024年政府信息公开工作年度报告'\n"
        "  section\n"
        "    OVERVIEW 3:1 '一、总体情况'\n"
        "    TEXT 5:1 '全年发布信息312条。'\n"
        "  section\n"
        "    IMPROVEMENT 7:1 '五、存在的主要问题及改进情况'\n",
        "",
    )


def test_parse_cuts_long_lines(run: Run) -> None:
    lines = run("parse", COMPLIANT).out.splitlines()
    cut = [line for line in lines if line.endswith("…'")]
    assert cut[0] == (
        "    TEXT 7:1 '（一）主动公开。全年通过县政府门户网站青禾镇专栏发布信息312条，其中惠农补贴发放结果46条，村级公益事业建设项目18条…'"
    )
    assert [line.split()[1] for line in cut] == ["7:1", "9:1", "15:1"]


def test_extract_writes_an_object(run: Run) -> None:
    outcome = run("extract", COMPLIANT)
    document = json.loads(outcome.out)
    assert (outcome.status, outcome.err) == (0, "")
    assert (document["organisation"], document["year"]) == ("云溪县青禾镇人民政府", 2024)


def test_parse_and_extract_heed_the_configuration(tmp_path: Path, run: Run) -> None:
    report = put(COMPLIANT, tmp_path)
    write(tmp_path / "reportlint.toml", 'forms = ["none"]')
    other = write(tmp_path / "other" / "other.toml", "")
    for command in ("parse", "extract", "check", "config"):
        assert run(command, report).status == 2
        assert run(command, "--config", other, report).status == 0


# Pipes, colour and encodings


@posix
def test_a_reader_that_goes_away_is_no_crash(tmp_path: Path) -> None:
    for number in range(40):
        put(FAULTY, tmp_path / "many", f"{number}.txt")
    status = tmp_path / "status"
    shell = ["sh", "-c", '{ "$0" -m reportlint check "$1"; echo $? >"$2"; } | head -1']
    ran = subprocess.run(
        [*shell, sys.executable, str(tmp_path / "many"), str(status)],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert ran.stdout.decode() == "警告 “一、总体情况”部分没有写政府信息公开平台建设\n"
    assert ran.stderr == b""
    assert status.read_text() == "2\n"


@posix
@pytest.mark.parametrize(
    "command", [["check", FAULTY], ["rule", "--all"], ["extract", COMPLIANT], ["parse", COMPLIANT]]
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_is_gone_from_the_start(command: list[str | Path], unbuffered: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "reportlint", *command],
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
    finally:
        os.close(writing)
    assert (ran.returncode, ran.stderr) == (2, b"")


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_away_from_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], coloured: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    outcome = run("check", "--select", "fee-disclosure,zero-filing", FAULTY)
    assert ("\x1b" in outcome.out) is coloured
    if coloured:
        assert "\x1b[33m警告\x1b[0m \x1b[1m信息处理费只说明了" in outcome.out
        assert "\x1b[31m错误\x1b[0m " in outcome.out


@posix
@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_on_a_terminal(variables: dict[str, str], coloured: bool) -> None:
    terminal, side = os.openpty()
    try:
        status = subprocess.run(
            [sys.executable, "-m", "reportlint", "check", "--select", "fee-disclosure", FAULTY],
            stdout=side,
            stderr=side,
            timeout=PATIENCE,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **variables},
        ).returncode
        shown = os.read(terminal, 65536).decode()
    finally:
        os.close(side)
        os.close(terminal)
    assert status == 1
    assert "fee-disclosure" in shown
    assert ("\x1b[33m警告\x1b[0m" in shown) is coloured
    assert ("\x1b" in shown) is coloured


C_LOCALE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


GBK = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"}
"""As in a console of a Chinese Windows."""


@pytest.fixture
def rare(tmp_path: Path) -> Path:
    """The faulty report under a Chinese name, with characters that no GBK and no ASCII has."""
    text = FAULTY.read_text(encoding="utf-8").replace("五、存在的主要", "五、𠮷𬭎é·存在的主要")
    return write(tmp_path / "水务局.txt", text)


@pytest.mark.parametrize(
    "command",
    [["check"], ["check", "--output-format", "concise"], ["parse"], ["config"], ["rule", "section-title"]],
    ids=" ".join,
)
def test_no_text_fails_to_be_written(rare: Path, command: list[str]) -> None:
    arguments = command if command[0] == "rule" else [*command, str(rare)]
    expected = 1 if command[0] == "check" else 0
    ascii_only = process(*arguments, env={**C_LOCALE, "PYTHONIOENCODING": ""}, encoding="ascii")
    assert ascii_only.status == expected
    assert "\\u" in ascii_only.out
    assert "Traceback" not in ascii_only.err
    gbk = process(*arguments, env=GBK, encoding="gbk")
    utf8 = process(*arguments)
    assert gbk.status == utf8.status == expected
    assert gbk.err == utf8.err
    assert "Traceback" not in utf8.err
    assert gbk.out == utf8.out.replace("𠮷", "\\U00020bb7").replace("𬭎", "\\U0002cb4e")


@pytest.mark.parametrize("command", [["check", "--output-format", "json"], ["extract"]])
def test_json_is_the_same_whatever_the_encoding_of_the_output(rare: Path, command: list[str]) -> None:
    utf8 = process(*command, rare)
    gbk = process(*command, rare, env=GBK, encoding="gbk")
    ascii_only = process(*command, rare.name, cwd=rare.parent, env={"PYTHONIOENCODING": "ascii"}, encoding="ascii")
    assert (gbk.status, gbk.err) == (ascii_only.status, ascii_only.err) == (utf8.status, "")
    assert "𠮷𬭎é·存在的主要" in json.dumps(json.loads(utf8.out), ensure_ascii=False)
    assert json.loads(gbk.out) == json.loads(utf8.out)
    by_name = process(*command, rare.name, cwd=rare.parent)
    assert json.loads(ascii_only.out) == json.loads(by_name.out)


def test_errors_do_not_fail_to_be_written(tmp_path: Path) -> None:
    outcome = process("check", tmp_path / "没有.txt", env={**C_LOCALE, "PYTHONIOENCODING": ""}, encoding="ascii")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("reportlint: \\u6ca1\\u6709")


def test_output_of_a_process_is_what_it_is_in_this_one(run: Run) -> None:
    assert process("check", EXAMPLES) == run("check", EXAMPLES)
    assert process("check", "--output-format", "json", EXAMPLES) == run("check", "--output-format", "json", EXAMPLES)


# What a run imports

READERS = tuple(f"reportlint.readers.{name}" for name in ("docx", "html", "office", "pdf", "xlsx"))
COSTLY = (
    *("lark", "json", "difflib", "tomli", "importlib.resources", "pathspec", "packaging"),
    *("zipfile", "xml", "pypdfium2", "pypdf", *READERS),
)


def imported(*arguments: str | Path, cache: Path) -> tuple[int, set[str]]:
    """The status of a run in a process of its own, and which of the costly modules it imported."""
    code = (
        "import sys\n"
        "from reportlint.cli import main\n"
        f"status = main({[str(argument) for argument in arguments]!r})\n"
        f"print(status, *(name for name in {COSTLY!r} if name in sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "REPORTLINT_CACHE_DIR": str(cache)},
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    status, *names = ran.stderr.decode().splitlines()[-1].split()
    return int(status), set(names)


def test_a_run_with_a_warm_cache_imports_nothing_costly(tmp_path: Path, warm_cache: Path) -> None:
    report = put(COMPLIANT, tmp_path)
    for form in ("full", "concise"):
        assert imported("check", "--output-format", form, report, cache=warm_cache) == (0, set())
    assert imported("check", put(FAULTY, tmp_path, "faulty.txt"), cache=warm_cache) == (1, set())


def test_a_document_that_is_as_it_was_needs_no_reader(tmp_path: Path, warm_cache: Path) -> None:
    cache = tmp_path / "cache"
    shutil.copytree(warm_cache, cache)
    report = tmp_path / "年报.docx"
    report.write_bytes(docx(*of_text(FAULTY.read_text("utf-8"))))
    status, names = imported("check", "--output-format", "concise", report, cache=cache)
    assert (status, names & set(READERS)) == (1, {"reportlint.readers.docx"})
    assert imported("check", "--output-format", "concise", report, cache=cache) == (1, set())


def test_what_is_costly_is_imported_where_it_is_needed(tmp_path: Path, warm_cache: Path) -> None:
    report = put(COMPLIANT, tmp_path)
    status, modules = imported("check", report, cache=tmp_path / "cold")
    assert status == 0
    assert {"lark", "tomli"} <= modules
    assert imported("check", "--output-format", "json", report, cache=warm_cache) == (0, {"json"})
    assert imported("check", "--select", "titel", report, cache=warm_cache) == (2, {"difflib"})


def test_what_a_configuration_needs_is_imported_once(tmp_path: Path, warm_cache: Path) -> None:
    def needed() -> set[str]:
        return imported("check", tmp_path, cache=cache)[1] & {"tomli", "packaging", "pathspec"}

    put(COMPLIANT, tmp_path)
    write(tmp_path / "reportlint.toml", 'required-version = ">=0.1"\nexclude = ["drafts/"]')
    cache = shutil.copytree(warm_cache, tmp_path / "cache")
    assert needed() == {"tomli", "packaging", "pathspec"}
    assert needed() == set()
    write(tmp_path / ".gitignore", "*.bak")
    assert needed() == {"pathspec"}
    assert needed() == set()


# The cache


def stored(folder: Path) -> list[Path]:
    """What was compiled; kept results have tests of their own (test_cache.py)."""
    return sorted(file for file in folder.iterdir() if file.suffix == ".compiled")


def run_with_cache(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run over the examples with that cache folder says what it always says."""
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(folder))
    outcome = run("check", "--no-cache", "--output-format", "concise", FAULTY, COMPLIANT)
    assert (outcome.status, len(outcome.out.splitlines())) == (1, 6)
    first, *more = outcome.err.splitlines()
    assert first == f"检查了 2 份报告，运行了 {RULES} 条规则；发现 6 处（3 个错误，3 个警告，0 个建议）。"
    assert len(more) == 1


def test_the_cache_holds_whole_files_only(warm_cache: Path) -> None:
    suffixes = {file.suffix for file in warm_cache.iterdir()}
    assert suffixes == {".compiled", ".sqlite"}


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: b"",
        lambda _: b"garbage" * 100,
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data[:-20] + bytes([data[-20] ^ 1]) + data[-19:],
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
        lambda data: data + b"\0",
    ],
    ids=["empty", "garbage", "half", "last byte gone", "bit flipped late", "bit flipped early", "byte added"],
)
def test_a_damaged_cache_is_harmless_and_mended(
    tmp_path: Path, warm_cache: Path, run: Run, monkeypatch: pytest.MonkeyPatch, harm: Callable[[bytes], bytes]
) -> None:
    folder = tmp_path / "cache"
    shutil.copytree(warm_cache, folder)
    names = [file.name for file in stored(folder)]
    for file in stored(folder):
        file.write_bytes(harm(file.read_bytes()))
    damaged = [file.read_bytes() for file in stored(folder)]
    run_with_cache(run, folder, monkeypatch)
    assert [file.name for file in stored(folder)] == names
    assert all(file.read_bytes() != was for file, was in zip(stored(folder), damaged, strict=True))


@pytest.mark.parametrize("place", ["file", "folder of folders", "below a file"])
def test_a_cache_that_cannot_be_written_is_harmless(
    tmp_path: Path, warm_cache: Path, run: Run, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    folder = tmp_path / "cache"
    if place == "folder of folders":
        for file in stored(warm_cache):
            (folder / file.name).mkdir(parents=True)
    else:
        folder.write_text("in the way")
    before = sorted(tmp_path.rglob("*"))
    run_with_cache(run, folder / "below" if place == "below a file" else folder, monkeypatch)
    assert sorted(tmp_path.rglob("*")) == before
    if place != "folder of folders":
        assert folder.read_text() == "in the way"


@posix
def test_a_cache_that_others_may_write_to_is_not_used(
    tmp_path: Path, warm_cache: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    run_with_cache(run, shared, monkeypatch)
    assert list(shared.iterdir()) == []
    files = tmp_path / "files"
    shutil.copytree(warm_cache, files)
    for file in stored(files):
        file.chmod(0o666)
    assert "lark" in imported("check", put(COMPLIANT, tmp_path), cache=files)[1]


@posix
def test_a_new_cache_is_for_the_user_alone(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "new" / "cache"
    run_with_cache(run, folder, monkeypatch)
    assert folder.stat().st_mode & 0o077 == 0
    assert stored(folder)


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {}, "home/.cache/reportlint"),
        ("linux", {"XDG_CACHE_HOME": "xdg"}, "xdg/reportlint"),
        ("darwin", {"XDG_CACHE_HOME": "xdg"}, "home/Library/Caches/reportlint"),
        ("win32", {"LOCALAPPDATA": "local"}, "local/reportlint"),
        ("linux", {"REPORTLINT_CACHE_DIR": "own", "XDG_CACHE_HOME": "xdg"}, "own"),
        ("linux", {"REPORTLINT_CACHE_DIR": "", "XDG_CACHE_HOME": ""}, "home/.cache/reportlint"),
    ],
)
def test_the_cache_is_in_the_folder_for_caches(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], folder: str
) -> None:
    for name in ("REPORTLINT_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "home", "USERPROFILE": "home", **variables}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache.folder().replace(os.sep, "/") == folder


def test_runs_at_the_same_time_share_a_cold_cache(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "reportlint", "check", COMPLIANT],
            env={**os.environ, "REPORTLINT_CACHE_DIR": str(folder), "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    said = [child.communicate(timeout=PATIENCE) for child in runs]
    assert said == [(CLEAN_SUMMARY.encode(), b"")] * 3
    assert {file.suffix for file in folder.iterdir()} == {".compiled", ".sqlite"}
    assert imported("check", put(COMPLIANT, tmp_path), cache=folder) == (0, set())
