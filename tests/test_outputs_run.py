"""What all outputs have in common: exit status, any console, streaming, the progress bar."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportlint import Linter, Result, Source
from reportlint.cli import main, outputs, progress
from reportlint.formats import FORMATS, Context, Format, Sheet, format_named, rendered
from reportlint.outcome import Outcome
from reportlint.session import Checked

from .made import CONTEXT, diagnostic, result, run_of, written

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
COMPLIANT = EXAMPLES / "qinghe-town-2024.txt"
GBK = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"}
ASCII = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clean report, one with findings and rare characters, one that cannot be read."""
    shutil.copy(COMPLIANT, tmp_path / "一.txt")
    text = FAULTY.read_text("utf-8").replace("五、存在的主要", "五、𠮷𬭎é·存在的主要")
    (tmp_path / "二𠮷.txt").write_text(text, "utf-8")
    (tmp_path / "三.txt").write_bytes(b"\x00\x01\x02\xff\xfe\xff")
    return tmp_path


@pytest.mark.parametrize("to_file", [False, True], ids=["screen", "file"])
@pytest.mark.parametrize("form", FORMATS)
def test_the_status_is_the_same_in_every_format(form: str, to_file: bool, folder: Path) -> None:
    def status(*arguments: str | Path) -> int:
        where = ["--output", f"{form}={folder / 'out'}"] if to_file else ["--output-format", form]
        return main(["check", *where, *map(str, arguments)])

    assert status(folder / "一.txt") == 0
    assert status(folder / "二𠮷.txt") == 1
    assert status("--fail-on", "error", "--select", "fee-disclosure", folder / "二𠮷.txt") == 0
    assert status(folder / "三.txt") == 2
    assert status(folder) == 2
    assert status(folder / "none.txt") == 2


def process(*arguments: object, env: dict[str, str], cwd: Path) -> tuple[int, bytes, bytes]:
    ran = subprocess.run(
        [sys.executable, "-m", "reportlint", *map(str, arguments)],
        env={**os.environ, **env},
        cwd=cwd,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_no_console_is_too_poor(form: str, folder: Path) -> None:
    for env, encoding in ((GBK, "gbk"), (ASCII, "ascii")):
        status, out, err = process("check", "--output-format", form, ".", env=env, cwd=folder)
        shown = out.decode(encoding)
        assert (status, b"Traceback" in err) == (2, False)
        if form in ("json", "jsonl", "sarif", "gitlab", "rdjson"):
            assert shown.isascii()
            assert "𠮷𬭎é·" in "".join(
                map(str, [json.loads(line) for line in shown.splitlines()] if form == "jsonl" else [json.loads(shown)])
            )
        elif form in ("junit", "checkstyle"):
            assert shown.isascii()
            assert "𠮷𬭎é·" in "".join(str(element.attrib) for element in ET.fromstring(shown).iter())
        elif form != "html":
            assert "\\U00020bb7" in shown


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_has_all_characters_whatever_the_console(form: str, folder: Path) -> None:
    status, _, _ = process("check", "--output", f"{form}=out", "二𠮷.txt", env=ASCII, cwd=folder)
    assert status == 1
    assert "存在的主要" in (folder / "out").read_text("utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_a_result_is_told_without_the_others(form: str, linter: Linter) -> None:
    """Each by an output of its own, in any order, as processes do: the same text as all by one."""
    results = [linter.lint_file(path) for path in sorted(EXAMPLES.glob("*"))]
    texts = {each.source.path: format_named(form)(CONTEXT).result(each) for each in reversed(results)}
    sheet = Sheet(format_named(form)(CONTEXT))
    parts = [sheet.add(texts[each.source.path]) for each in results]
    assert "".join(parts) + sheet.end(run_of(*results)) == rendered(form, results, CONTEXT)
    assert sum(map(len, parts)) > 0


@pytest.mark.parametrize("form", FORMATS)
def test_a_run_without_findings_is_whole(form: str) -> None:
    for text in (written(form), written(form, result()), written(form, result(), result())):
        if form in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(text)
        elif form in ("junit", "checkstyle"):
            ET.fromstring(text)
        elif form in ("concise", "github"):
            assert text == ""


def test_outputs_write_each_report_when_it_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    source = Source("甲", "a.txt")
    found = result(source, diagnostic(source, "甲"))
    writer = outputs.Outputs("concise", ())
    form = format_named("concise")(CONTEXT)
    with writer.opened([form]):
        for _ in range(2):
            writer.write([form.result(found)])
            assert capsys.readouterr().out == "a.txt:1:1: error demo/rule 有误\n"
        writer.close(run_of(found, quiet=True))
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(os.name != "posix", reason="pipes by name")
def test_what_is_no_file_is_written_to_and_not_replaced(folder: Path) -> None:
    """A device, a pipe by name; standard output by its name."""
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        status, _, err = process("check", "--quiet", "--output", f"concise={pipe}", "二𠮷.txt", env={}, cwd=folder)
        assert pipe.is_fifo()
        assert reader.stdout is not None
        said = reader.stdout.read()
    assert (status, err) == (1, b"")
    assert process("check", "--output", "concise=/dev/stdout", "--quiet", "二𠮷.txt", env={}, cwd=folder)[:2] == (
        1,
        said,
    )
    assert b"fee-disclosure" in said


@pytest.mark.skipif(os.name != "posix", reason="pipes")
def test_a_reader_that_goes_away_is_not_laid_to_a_file(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "reportlint", "check", "--output=concise", "--output=json=out.json", "二𠮷.txt"],
            stdout=writing,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            check=False,
        )
    finally:
        os.close(writing)
    assert (ran.returncode, ran.stderr) == (2, b"")
    assert [path.name for path in folder.iterdir() if path.suffix in (".json", ".tmp")] == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
def test_a_file_that_cannot_be_filled_is_named(folder: Path) -> None:
    status, _, err = process("check", "--output", "json=/dev/full", "一.txt", env={"PYTHONUTF8": "1"}, cwd=folder)
    assert (status, err.decode("utf-8")) == (2, "reportlint: 没有写 /dev/full：磁盘已满\n")


class Limited(Format):
    separator = ","
    limit = 5

    def begin(self) -> str:
        return "["

    def result(self, result: Result) -> str:
        return result.source.text

    def left_out(self, reports: int) -> str:
        return f"+{reports}"

    def end(self, run: object) -> str:  # noqa: ARG002
        return "]"


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        ([], "[]"),
        (["", ""], "[]"),
        (["ab", "", "cde"], "[ab,cde]"),
        (["ab", "cdef", "", "g"], "[ab+2]"),
        (["甲", "ab"], "[甲,ab]"),
        (["甲乙"], "[+1]"),
    ],
)
def test_a_sheet_has_what_there_is_room_for(texts: list[str], whole: str) -> None:
    sheet = Sheet(Limited(Context("", lambda _: None)))
    assert "".join(map(sheet.add, texts)) + sheet.end(run_of()) == whole


# The progress bar


CLEAN = Outcome.of(result())


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Terminal]:
    """Puts the terminal of somebody who watches, and has no patience, in the place of standard error.

    To be called in the test itself: pytest puts its own there between fixtures and test.
    """

    def watched() -> Terminal:
        stream = Terminal()
        monkeypatch.setattr("sys.stderr", stream)
        return stream

    monkeypatch.setattr(progress, "DELAY", 0)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)
    return watched


def shares(number: int) -> tuple[Iterator[int], progress.Ahead[int]]:
    waiting = progress.Ahead(iter(range(number)))
    return (each * 10 for each in waiting), waiting


def test_somebody_who_watches_sees_how_far_it_is(watch: Callable[[], Terminal]) -> None:
    terminal = watch()
    assert list(progress.shown(*shares(3))) == [0, 10, 20]
    assert "/3 份" in terminal.getvalue()
    # It is gone in the end.
    assert terminal.getvalue().rstrip("\r").endswith(" ")


def test_a_short_run_has_no_bar(watch: Callable[[], Terminal], monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watch()
    monkeypatch.setattr(progress, "DELAY", 1e9)
    assert list(progress.shown(*shares(3))) == [0, 10, 20]
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_nobody_watches_in_a_log(
    watch: Callable[[], Terminal], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    terminal = watch()
    monkeypatch.setenv(name, value)
    assert list(progress.shown(*shares(3))) == [0, 10, 20]
    assert terminal.getvalue() == ""


def test_nobody_watches_a_pipe(watch: Callable[[], Terminal], monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watch()
    monkeypatch.setattr(terminal, "isatty", lambda: False)
    assert list(progress.shown(*shares(3))) == [0, 10, 20]
    assert terminal.getvalue() == ""


def test_a_quiet_run_has_no_bar(watch: Callable[[], Terminal]) -> None:
    terminal = watch()
    assert list(progress.shown(*shares(3), wanted=False)) == [0, 10, 20]
    assert terminal.getvalue() == ""


def test_the_bar_is_away_while_findings_are_written(
    watch: Callable[[], Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = watch()
    monkeypatch.setattr("sys.stdout", terminal)
    texts = ["报告一\n", "报告二\n", "", "报告四\n", ""]
    ahead = progress.Ahead(texts)
    for share in progress.shown((Checked(CLEAN, (text,), 0) for text in ahead), ahead):
        sys.stdout.write("".join(share.texts))
    *lines, last = terminal.getvalue().split("\n")
    # On every line of the screen the bar was wiped before a finding was written, and is there again behind it.
    assert [line.rsplit("\r", 1)[-1] for line in lines] == ["报告一", "报告二", "报告四"]
    assert ["份" in line for line in lines] == [False, True, True]
    assert "4/5 份" in last
    assert last.rstrip("\r").endswith(" ")


def test_the_bar_stays_where_findings_are_written_elsewhere(watch: Callable[[], Terminal]) -> None:
    terminal = watch()
    ahead = progress.Ahead(["报告\n"] * 3)
    for _ in progress.shown((Checked(CLEAN, (text,), 0) for text in ahead), ahead):
        shown = terminal.getvalue()
        assert not shown or "份" in shown.rsplit("\r", 1)[-1]


def test_the_bar_starts_no_thread_and_shares_no_lock(watch: Callable[[], Terminal]) -> None:
    from tqdm import tqdm

    watch()
    assert list(progress.shown(*shares(3))) == [0, 10, 20]
    assert tqdm.monitor_interval == 0
    assert isinstance(tqdm.get_lock(), type(threading.RLock()))


def test_an_interrupt_takes_the_bar_away(watch: Callable[[], Terminal]) -> None:
    terminal = watch()
    watched = progress.shown(*shares(3))
    assert (next(watched), next(watched)) == (0, 10)
    assert terminal.getvalue().endswith("还需 ?")
    watched.close()
    assert terminal.getvalue().rstrip("\r").endswith(" ")


def test_the_command_has_a_bar_for_who_watches(
    watch: Callable[[], Terminal], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = watch()
    assert main(["check", "--output-format", "concise", str(EXAMPLES)]) == 1
    count = len(list(EXAMPLES.iterdir()))
    assert f"/{count} 份" in terminal.getvalue()
    assert "检查了" in terminal.getvalue()
    with_bar = capsys.readouterr().out
    monkeypatch.setattr(terminal, "isatty", lambda: False)
    main(["check", "--output-format", "concise", str(EXAMPLES)])
    assert capsys.readouterr().out == with_bar


def test_what_is_ahead_is_counted_once_and_given_out_whole() -> None:
    ahead = progress.Ahead(iter("abcd"))
    assert next(ahead) == "a"
    assert (ahead.total(), next(ahead), ahead.total(), list(ahead), ahead.total()) == (4, "b", 4, ["c", "d"], 4)


def test_the_library_of_the_bar_is_not_loaded_without_one() -> None:
    code = f"import sys; from reportlint.cli import main; main(['check', {str(COMPLIANT)!r}]); assert 'tqdm' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True)


# Caches and processes


def test_every_output_is_the_same_from_the_cache_and_from_several_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = tmp_path / "区"
    reports.mkdir()
    for number in range(60):
        shutil.copy(COMPLIANT, reports / f"{number:03}甲.txt")
        shutil.copy(FAULTY, reports / f"{number:03}乙.txt")
    (reports / "坏.txt").write_bytes(b"\x00\x01\x02\xff\xfe\xff")
    (reports / "空.txt").write_text(
        "云溪县水务局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n主动公开。\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(tmp_path / "cache"))
    names = [name for name in FORMATS if not format_named(name).needs_report]

    def outputs_of(run: str, *arguments: str) -> dict[str, bytes]:
        folder = tmp_path / run
        folder.mkdir()
        wanted = [f"--output={name}={folder / name}" for name in names]
        assert main(["check", "--quiet", "--statistics", *arguments, *wanted, "区"]) == 2
        return {name: (folder / name).read_bytes() for name in names}

    alone = outputs_of("alone", "--no-cache", "--jobs", "1")
    assert min(text.decode().count("没有写政府信息公开平台建设") for text in alone.values()) == 60
    assert outputs_of("processes", "--no-cache", "--jobs", "2") == alone
    assert outputs_of("cold", "--jobs", "1") == alone
    assert outputs_of("warm", "--jobs", "1") == alone
