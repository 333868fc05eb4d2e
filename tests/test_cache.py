"""The cache of results: it says what checking says, sees every change, and survives whatever happens to its file."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint import Linter, ReadError, Severity, Source, Span
from reportlint.cli import main
from reportlint.files import Candidate
from reportlint.formats import FORMATS, format_named, rendered
from reportlint.kept import Kept
from reportlint.linter import Linter as Engine
from reportlint.readers import Readers, needs
from reportlint.readers.reader import Reader
from reportlint.results import packed, unpacked
from reportlint.results.excerpts import NotKeptError
from reportlint.runner import shares
from reportlint.session import Plan, Session
from reportlint.store import AT_REST, State, Store, Stored, Terms

from . import words, workbooks
from .documents import findings_of
from .papers import FOUND, tabbed, written

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
COMPLIANT = EXAMPLES / "qinghe-town-2024.txt"

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, with what is compiled in it so that no test compiles anew."""
    folder = tmp_path_factory.mktemp("cache")
    folder.chmod(0o700)
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(folder))
    monkeypatch.delenv("REPORTLINT_NO_CACHE", raising=False)
    return folder


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of three reports that were at rest for a while: one clean, one faulty, one that is none."""
    folder = tmp_path / "reports"
    folder.mkdir()
    shutil.copy(COMPLIANT, folder / "清河镇.txt")
    shutil.copy(FAULTY, folder / "水务局.txt")
    (folder / "说明.md").write_text("# 说明\n", encoding="utf-8")
    (folder / "reportlint.toml").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    def checked(*arguments: str | Path) -> tuple[int, str, str]:
        status = main(["check", "--jobs", "1", *map(str, arguments)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return checked


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The reports that are really checked, by name."""
    names: list[str] = []
    examine = Engine.examine

    def counting(self: Engine, source: Source) -> object:
        names.append(os.path.basename(source.path))
        return examine(self, source)

    monkeypatch.setattr(Engine, "examine", counting)
    return names


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "html"])
def test_a_second_run_says_the_same_and_checks_nothing(
    format: str, reports: Path, check: Check, examined: list[str]
) -> None:
    plain = check(reports, "--no-cache", "--output-format", format)
    examined.clear()
    first = check(reports, "--output-format", format)
    assert sorted(examined) == ["水务局.txt", "清河镇.txt", "说明.md"]
    examined.clear()
    assert check(reports, "--output-format", format) == first == plain
    assert examined == []


def test_a_changed_report_is_checked_again(reports: Path, check: Check, examined: list[str]) -> None:
    check(reports)
    examined.clear()
    report = reports / "清河镇.txt"
    report.write_text(report.read_text("utf-8").replace("一、总体情况", "一、总体状况"), encoding="utf-8")
    status, out, _ = check(reports, "--output-format", "concise")
    assert (status, examined) == (1, ["清河镇.txt"])
    assert "清河镇.txt:" in out


def test_a_change_of_the_same_length_at_the_same_time_is_seen(reports: Path, check: Check, examined: list[str]) -> None:
    """A report that changes while or just after it is read has the times that it had."""
    report = reports / "清河镇.txt"
    before = report.read_bytes()
    status = report.stat()
    check(report)
    examined.clear()
    report.write_bytes(before.replace("一、总体情况".encode(), "一、总体状况".encode()))
    os.utime(report, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert report.stat().st_size == status.st_size
    assert check(report)[0] == 1
    assert examined == ["清河镇.txt"]


def test_a_report_that_was_only_touched_is_not_checked_again(reports: Path, check: Check, examined: list[str]) -> None:
    check(reports)
    examined.clear()
    os.utime(reports / "清河镇.txt")
    check(reports)
    assert examined == []


def test_a_state_at_rest_is_trusted_without_reading(
    reports: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: reports.stat().st_mtime_ns + 2 * AT_REST)
    check(reports / "清河镇.txt")
    monkeypatch.setattr("reportlint.kept.unchanged", lambda *_: pytest.fail("it was read"))
    assert check(reports / "清河镇.txt")[0] == 0


def test_a_state_that_was_not_at_rest_is_learnt_by_reading_once(
    reports: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = reports / "清河镇.txt"
    check(report)
    monkeypatch.setattr(time, "time_ns", lambda: report.stat().st_ctime_ns + 2 * AT_REST)
    check(report)
    monkeypatch.setattr("reportlint.kept.unchanged", lambda *_: pytest.fail("it was read"))
    assert check(report)[0] == 0


def test_the_configuration_is_part_of_the_key(reports: Path, check: Check, examined: list[str]) -> None:
    check(reports)
    examined.clear()
    (reports / "reportlint.toml").write_text('select = ["fee-disclosure"]\n', encoding="utf-8")
    assert "运行了 1 条规则" in check(reports)[1]
    assert len(examined) == 3
    examined.clear()
    assert check(reports, "--fail-on", "error")[0] == 0
    assert len(examined) == 3
    check(reports, "--select", "request-balance")
    assert len(examined) == 6
    examined.clear()
    assert check(reports)[0] == 1
    assert check(reports, "--fail-on", "error")[0] == 0
    assert examined == []


def test_a_pack_is_part_of_the_key(reports: Path, check: Check, examined: list[str], tmp_path: Path) -> None:
    pack = tmp_path / "reportlint_ours"
    pack.mkdir()
    code = (
        "from reportlint import Finding, Severity, hookimpl, rule\n"
        "@rule(basis='测试', severity=Severity.ERROR)\n"
        "def ours(report):\n"
        "    '''Says something.'''\n"
        "    yield Finding(None, '甲')\n"
        "@hookimpl\n"
        "def reportlint_rules():\n"
        "    return [ours]\n"
    )
    (pack / "__init__.py").write_text(code, encoding="utf-8")
    (reports / "reportlint.toml").write_text('packs = ["../reportlint_ours"]\nselect = ["ours"]\n', encoding="utf-8")
    check(reports)
    assert "错误 甲" in check(reports)[1]
    assert len(examined) == 3
    (pack / "__init__.py").write_text(code + "# changed\n", encoding="utf-8")
    check(reports)
    assert len(examined) == 6


def test_the_version_is_part_of_the_key(
    reports: Path, check: Check, examined: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(reports)
    examined.clear()
    monkeypatch.setattr("reportlint.keys._LAYOUT", "results of another version")
    check(reports)
    assert len(examined) == 3


def test_no_cache_is_used_where_none_is_wanted(
    reports: Path, check: Check, examined: list[str], monkeypatch: pytest.MonkeyPatch, cache_folder: Path
) -> None:
    check(reports, "--no-cache")
    monkeypatch.setenv("REPORTLINT_NO_CACHE", "1")
    check(reports)
    assert len(examined) == 6
    assert list(cache_folder.glob("*.sqlite")) == []


def test_a_report_that_could_not_be_read_is_read_again(reports: Path, check: Check) -> None:
    report = reports / "清河镇.txt"
    text = report.read_bytes()
    report.write_bytes(b"\xe6\xb8\x85\x00")
    assert check(report)[0] == 2
    report.write_bytes(text)
    assert check(report)[0] == 0
    report.unlink()
    report.mkdir()
    assert check(reports / "清河镇.txt")[0] == 2


def test_results_of_a_rule_that_crashed_are_not_kept(
    reports: Path, check: Check, examined: list[str], tmp_path: Path
) -> None:
    pack = tmp_path / "reportlint_broken"
    pack.mkdir()
    (pack / "__init__.py").write_text(
        "from reportlint import Severity, hookimpl, rule\n"
        "@rule(basis='测试', severity=Severity.ERROR)\n"
        "def broken(report):\n"
        "    '''Breaks.'''\n"
        "    raise ValueError('坏了')\n"
        "    yield\n"
        "@hookimpl\n"
        "def reportlint_rules():\n"
        "    return [broken]\n",
        encoding="utf-8",
    )
    (reports / "reportlint.toml").write_text('packs = ["../reportlint_broken"]\nselect = ["broken"]\n', "utf-8")
    first = check(reports / "清河镇.txt")
    assert first[0] == 2
    assert check(reports / "清河镇.txt") == first
    assert examined == ["清河镇.txt", "清河镇.txt"]


def damaged(data: bytes) -> Iterator[bytes]:
    """Files that are no database any more, or one of somebody else."""
    yield b""
    yield b"not a database" * 100
    yield data[: len(data) // 2]
    yield data[:4096] + os.urandom(len(data) - 4096)


@pytest.mark.parametrize("way", range(4))
def test_a_damaged_file_is_made_anew_and_that_is_said(
    way: int, reports: Path, check: Check, cache_folder: Path
) -> None:
    first = check(reports)
    (file,) = cache_folder.glob("*.sqlite")
    file.write_bytes(list(damaged(file.read_bytes()))[way])
    status, out, err = check(reports)
    assert (status, out) == first[:2]
    assert err == "" or (err.startswith(f"reportlint: 结果缓存 {file} 不能用（") and err.endswith("已重新建立\n"))
    assert bool(err) == (way > 0)
    assert check(reports) == (*first[:2], "")


def test_a_body_that_was_changed_is_not_believed(
    reports: Path, check: Check, examined: list[str], cache_folder: Path
) -> None:
    first = check(reports)
    examined.clear()
    (file,) = cache_folder.glob("*.sqlite")
    database = sqlite3.connect(file)
    assert database.execute("update results set body = cast(body || 'x' as blob) where body is not null").rowcount == 2
    database.commit()
    database.close()
    assert check(reports) == first
    assert sorted(examined) == ["水务局.txt", "说明.md"]


def test_a_database_of_somebody_else_is_replaced(reports: Path, check: Check, cache_folder: Path) -> None:
    first = check(reports)
    (file,) = cache_folder.glob("*.sqlite")
    file.unlink()
    database = sqlite3.connect(file)
    database.execute("create table results (name text)")
    database.close()
    assert check(reports)[:2] == first[:2]
    assert check(reports) == first


def test_where_another_run_writes_without_end_this_one_does_without(
    reports: Path, check: Check, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = check(reports)
    monkeypatch.setattr("reportlint.store._WAIT", 0.05)
    (file,) = cache_folder.glob("*.sqlite")
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("begin exclusive")
    try:
        assert check(reports) == first
    finally:
        database.close()
    assert file.exists()


def test_a_cache_folder_that_is_a_file_is_no_error(
    reports: Path, check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = check(reports)
    (tmp_path / "file").touch()
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(tmp_path / "file"))
    assert check(reports) == first


def test_runs_side_by_side_and_killed_ones_leave_a_cache_that_works(
    reports: Path, check: Check, cache_folder: Path
) -> None:
    for number in range(40):
        shutil.copy(FAULTY if number % 3 else COMPLIANT, reports / f"{number}.txt")
    command = [sys.executable, "-m", "reportlint", "check", str(reports), "--output-format", "concise"]
    expected = check(reports, "--no-cache", "--output-format", "concise")[1]
    for delay in (0.0, 0.1, 0.2, 0.3):
        runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
        time.sleep(delay)
        runs[0].send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        for run in runs:
            out, err = run.communicate()
            if run is not runs[0]:
                assert (run.returncode, out.decode("utf-8")) == (1, expected)
                assert "缓存" not in err.decode("utf-8", "replace")
    (file,) = cache_folder.glob("*.sqlite")
    assert sqlite3.connect(file).execute("pragma integrity_check").fetchall() == [("ok",)]
    assert check(reports, "--output-format", "concise")[1] == expected


def test_clean_takes_away_what_was_kept(
    reports: Path, check: Check, examined: list[str], cache_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(reports)
    examined.clear()
    # The folder that is chosen may be one that holds more.
    names = [
        "mine.txt",
        "mine.sqlite",
        "results-1.sqlite",
        "mine.compiled",
        "a.compiled.b",
        "x-results-00000000.sqlite",
    ]
    mine = sorted(cache_folder / name for name in names)
    kept = len(list(cache_folder.iterdir())) + 2
    for path in (*mine, cache_folder / "0a1b2c3d-77.compiled.4711", cache_folder / "results-0a1b2c3d.sqlite-journal"):
        path.touch()
    assert main(["clean"]) == 0
    assert capsys.readouterr().out == f"清除了 {kept} 个缓存文件（{cache_folder}）。\n"
    assert sorted(cache_folder.iterdir()) == mine
    assert main(["clean"]) == 0
    assert capsys.readouterr().out == f"没有缓存（{cache_folder}）。\n"
    check(reports)
    assert len(examined) == 3


TERMS = Terms(Severity.WARNING, "9999-12-31", False)
STORED = Stored(State(1, 2, 3, 4), b"digest", ("demo/rule",), None, None)


def test_results_of_the_keys_not_used_for_longest_are_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def store(number: int, clock: float) -> Store:
        monkeypatch.setattr(time, "time", lambda: clock)
        return Store(str(tmp_path), str(number), pytest.fail)

    for number in range(8):
        store(number, number).keep([("/a.txt", STORED)], TERMS)
    again = store(0, 1_000_000)
    assert again.terms("2026-01-01") == TERMS
    assert again.found(["/a.txt", "/b.txt"]) == {"/a.txt": STORED}
    # Also where the clock is behind what it was.
    store(8, -1).keep([("/a.txt", STORED)], TERMS)
    terms = [store(number, 2_000_000).terms("2026-01-01") for number in range(9)]
    assert [number for number, each in enumerate(terms) if each is None] == [1]
    dropped = store(1, 2_000_000)
    dropped.terms("2026-01-01")
    assert dropped.found(["/a.txt"]) == {}
    with contextlib.closing(sqlite3.connect(*tmp_cache_files())) as database:
        assert database.execute("select count(*) from results").fetchone() == (8,)


def tmp_cache_files() -> list[Path]:
    return list(Path(os.environ["REPORTLINT_CACHE_DIR"]).glob("*.sqlite"))


def test_what_holds_to_a_day_is_found_to_that_day(tmp_path: Path) -> None:
    terms = TERMS._replace(until="2026-05-31", fail_on=Severity.ERROR, places=True)
    Store(str(tmp_path), "key", pytest.fail).keep([("/a.txt", STORED)], terms)
    store = Store(str(tmp_path), "key", pytest.fail)
    assert store.terms("2026-06-01") is None
    assert store.found(["/a.txt"]) == {}
    assert store.terms("2026-05-31") == terms
    assert store.found(["/a.txt"]) == {"/a.txt": STORED}
    later = Store(str(tmp_path), "key", pytest.fail)
    later.keep([("/b.txt", STORED)], TERMS)
    assert later.found(["/a.txt", "/b.txt"]) == {"/b.txt": STORED}
    assert store.terms("2026-05-31") == terms
    assert store.terms("2026-06-01") == TERMS


def test_what_was_not_kept_whole_leaves_no_numbers_behind(tmp_path: Path) -> None:
    """A list of rules, or a key, that was taken back may be given its number to another by the next run."""
    store = Store(str(tmp_path), "key", pytest.fail)

    def breaking() -> Iterator[tuple[str, Stored]]:
        yield "/a.txt", STORED
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.keep(breaking(), TERMS)
    other = Store(str(tmp_path), "other", pytest.fail)
    other.keep([("/a.txt", STORED._replace(rules=("other/rule",)))], TERMS)
    assert store.found(["/a.txt"]) == {}
    store.keep([("/b.txt", STORED)], TERMS)
    assert store.found(["/a.txt", "/b.txt"]) == {"/b.txt": STORED}
    assert other.found(["/a.txt", "/b.txt"]) == {"/a.txt": STORED._replace(rules=("other/rule",))}


def test_a_file_made_anew_has_no_results_of_another_configuration(
    reports: Path, check: Check, cache_folder: Path
) -> None:
    """The run that finds the damage goes on with numbers of the new file."""
    check(reports)
    (file,) = cache_folder.glob("*.sqlite")
    with contextlib.closing(sqlite3.connect(file)) as database:
        (page,) = database.execute("select rootpage from sqlite_master where name = 'results'").fetchone()
        (size,) = database.execute("pragma page_size").fetchone()
    data = bytearray(file.read_bytes())
    data[(page - 1) * size : (page - 1) * size + 16] = b"\xff" * 16
    file.write_bytes(data)
    assert "已重新建立" in check(reports)[2]
    assert check(reports / "清河镇.txt", "--select", "title")[0] == 0
    status, out, _ = check(reports / "水务局.txt", "--select", "title")
    assert (status, out) == (0, "检查了 1 份报告，运行了 1 条规则；没有发现问题。\n")


def test_a_folder_whose_name_is_no_text(reports: Path, check: Check, examined: list[str]) -> None:
    folder = reports / os.fsdecode(b"\xff\xfe")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("the file system has no such names")
    (folder / "reportlint.toml").write_text("", encoding="utf-8")
    shutil.copy(COMPLIANT, folder / os.fsdecode(b"\xff.txt"))
    assert check(folder) == check(folder)
    assert len(examined) == 1


def test_a_run_that_breaks_off_keeps_what_it_found(
    reports: Path, check: Check, examined: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    examine = Engine.examine

    def interrupted(self: Engine, source: Source) -> object:
        if source.path.endswith("说明.md"):
            raise KeyboardInterrupt
        return examine(self, source)

    with monkeypatch.context() as patch:
        patch.setattr(Engine, "examine", interrupted)
        assert check(reports)[0] == 130
    examined.clear()
    check(reports)
    assert examined == ["说明.md"]


@pytest.mark.parametrize("times", [(0, -5), (-5, 0), (0, 0)])
def test_a_file_is_at_rest_when_neither_time_was_less_than_two_seconds_ago(times: tuple[int, int]) -> None:
    changed = 10**18
    state = State(1, changed + times[0], changed + times[1], 4)
    assert state.settled(changed + 2_000_000_000) == state._replace(size=-1)
    assert state.settled(changed + 2_000_000_001) == state


def test_standard_input_is_not_taken_for_a_file_of_its_name(
    reports: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(COMPLIANT, reports / "-")
    monkeypatch.chdir(reports)
    assert check("./-")[0] == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FAULTY.read_bytes())))
    assert check("-")[0] == 1


def test_a_report_that_is_excluded_by_now_is_passed_over(reports: Path, check: Check) -> None:
    report = reports / "水务局.txt"
    arguments = (report, "--force-exclude", "--output-format", "concise")
    assert check(*arguments)[0] == 1
    (reports / ".git").mkdir()
    (reports / ".gitignore").write_text("水务局.txt\n", encoding="utf-8")
    assert check(*arguments)[:2] == (0, "")


def test_what_is_heeded_is_part_of_the_key(reports: Path, check: Check) -> None:
    (reports / "reportlint.toml").write_text('[[ignore]]\nrule = "all"\npath = "*局.txt"\nbecause = "旧"\n', "utf-8")
    for _ in range(2):
        assert check(reports / "水务局.txt")[0] == 0
        assert check(reports / "水务局.txt", "--ignore-suppressions")[0] == 1


def test_a_file_that_is_gone_by_now_is_not_recalled(reports: Path) -> None:
    candidate = Candidate(str(reports / "清河镇.txt"), True)

    def looked_up(do: Callable[[Session, Kept], object]) -> object:
        session = Session(Plan(None, None, ()))
        with contextlib.closing(Kept(session, pytest.fail)) as kept:
            return do(session, kept)

    looked_up(lambda session, kept: list(shares(session, [candidate], kept)))
    assert looked_up(lambda _, kept: kept.shares([candidate])) != [None]
    (reports / "清河镇.txt").unlink()
    assert looked_up(lambda _, kept: kept.shares([candidate])) == [None]


def test_numbers_of_a_file_that_was_damaged_are_not_those_of_the_new_one(tmp_path: Path, cache_folder: Path) -> None:
    said: list[str] = []
    store = Store(str(tmp_path), "key", said.append)
    other = STORED._replace(rules=("demo/other",))
    store.keep([("/a.txt", STORED)], TERMS)
    store.keep([("/b.txt", other)], TERMS)
    (file,) = cache_folder.glob("*.sqlite")
    file.write_bytes(b"not a database" * 1000)
    assert store.found(["/a.txt"]) == {}
    assert len(said) == 1
    store.keep([("/b.txt", other)], TERMS)
    assert store.found(["/a.txt", "/b.txt"]) == {"/b.txt": other}
    store.close()


PRESET = """
from reportlint import Finding, Severity, hookimpl, rule
from reportlint.hookspecs import Preset

@rule(basis='测试', severity=Severity.ERROR)
def ours(report):
    '''Says something.'''
    yield Finding(None, '甲')

@hookimpl
def reportlint_rules():
    return [ours]

@hookimpl
def reportlint_presets():
    return [Preset('{name}', 'reportlint_{name}', 'preset.toml')]
"""


@pytest.fixture
def preset(tmp_path: Path, reports: Path, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """A pack with a rule and a preset of this text that ignores it, which the reports go by."""

    def made(text: str) -> None:
        name = f"preset{abs(hash(request.node.name))}"
        pack = tmp_path / f"reportlint_{name}"
        pack.mkdir()
        (pack / "__init__.py").write_text(PRESET.format(name=name), encoding="utf-8")
        text = f'select = ["ours"]\n[[ignore]]\nrule = "ours"\nbecause = "旧"\n{text}\n'
        (pack / "preset.toml").write_text(text, encoding="utf-8")
        config = f'packs = ["../reportlint_{name}"]\nextends = ["national", "{name}"]\n'
        (reports / "reportlint.toml").write_text(config, encoding="utf-8")

    return made


def test_what_a_preset_ignores_is_below_the_root_wherever_the_run_stands(
    reports: Path, check: Check, preset: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    preset('path = "清河镇.txt"')
    monkeypatch.chdir(reports.parent)
    assert check("reports/清河镇.txt")[0] == 0
    monkeypatch.chdir(reports)
    assert check("清河镇.txt")[0] == 0
    assert check("清河镇.txt", "--no-cache")[0] == 0


def test_what_a_preset_ignores_to_a_day_is_not_ignored_after_it(
    reports: Path, check: Check, preset: Callable[[str], None], examined: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    preset('until = "2030-01-31"')
    for day, status, runs in (("2030-01-30", 0, 1), ("2030-01-31", 0, 1), ("2030-02-01", 1, 2), ("2030-02-02", 1, 2)):
        monkeypatch.setattr("reportlint.days.today", lambda day=day: day)
        assert check(reports / "清河镇.txt")[0] == status
        assert len(examined) == runs


def test_what_a_preset_accepts_by_its_place_is_accepted_from_the_cache(
    reports: Path, check: Check, preset: Callable[[str], None], examined: list[str]
) -> None:
    preset('place = "甲"')
    first = check(reports / "清河镇.txt")
    assert first[0] == 0
    assert "接受" in first[1]
    assert check(reports / "清河镇.txt") == first
    assert examined == ["清河镇.txt"]


@pytest.mark.parametrize(
    ("name", "text"),
    [("reportlint.accepted.toml", "[[accepted]]\n"), (".reportlint-baseline.json", "[")],
)
def test_what_is_wrong_beside_reports_is_told_in_its_place(name: str, text: str, reports: Path, check: Check) -> None:
    later = reports / "后"
    later.mkdir()
    shutil.copy(FAULTY, later / "水务局.txt")
    (later / "reportlint.toml").write_text("", encoding="utf-8")
    check(reports)
    (later / name).write_text(text, encoding="utf-8")
    plain = check(reports, "--no-cache")
    assert (plain[0], bool(plain[1])) == (2, True)
    assert check(reports) == plain


def test_a_finding_of_the_tool_is_the_same_by_whatever_path(
    reports: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that is no report, and one that is too long."""
    (reports / "长.txt").write_text("长" * 3_000_000, encoding="utf-8")
    (reports / "坏.txt").write_bytes(b"\xff\xfe\xfd")
    marks = []
    for folder, name in ((reports, ""), (reports.parent, "reports/"), (reports.parent, f"{reports}/")):
        monkeypatch.chdir(folder)
        for more in ((), ("--no-cache",)):
            arguments = [f"{name}{each}" for each in ("说明.md", "长.txt", "坏.txt")]
            found = json.loads(check(*arguments, *more, "--output-format", "json")[1])
            marks.append([each["fingerprint"] for each in findings_of(found)])
    assert marks == [marks[0]] * 6
    assert len(set(marks[0])) == 3


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 3000), put=st.text(max_size=6))
def test_results_come_back_as_they_went(linter: Linter, cut: int, put: str) -> None:
    text = FAULTY.read_text("utf-8")
    source = Source(text[:cut] + put + text[cut:], "a.txt")
    result = linter.lint(source)
    again = unpacked(packed(result), "a.txt", lambda: result.source, result.rules_run, result.organisation)
    assert again == result._replace(report=None)


# Documents


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Reports as documents: with findings, read with doubt, with remarks, clean, concealing, none, and a web page."""
    folder = tmp_path / "documents"
    folder.mkdir()
    faulty, compliant = FAULTY.read_text("utf-8"), COMPLIANT.read_text("utf-8")
    (folder / "reportlint.toml").write_text(FOUND, "utf-8")
    (folder / "a.paper").write_bytes(written(faulty))
    (folder / "b.paper").write_bytes(written(faulty, "comments 有 2 条批注", doubtful="本年新收"))
    (folder / "c.paper").write_bytes(written(compliant))
    (folder / "d.paper").write_bytes(written(compliant.replace("在村广播里播放", "电话13912345678")))
    (folder / "e.paper").write_bytes(written("买三份打印纸。"))
    slip = faulty.replace("。\n", "。。\n", 1)
    (folder / "g.docx").write_bytes(words.docx(*words.of_text(slip)))
    tables = re.findall(r"(?:.*\t.*\n)+", tabbed(faulty))
    sheets = (workbooks.sheet_of(f"表{number}", text) for number, text in enumerate(tables, 1))
    (folder / "h.xlsx").write_bytes(workbooks.workbook(*sheets))
    page = "".join(f"<p>𠮷é {line}</p>\n" for line in faulty.splitlines())
    (folder / "f.html").write_text(f"<title>年报</title>{page}", "utf-8")
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are really read, by name."""
    names: list[str] = []
    source = Readers.source

    def counting(self: Readers, data: bytes, path: str) -> Source:
        names.append(os.path.basename(path))
        return source(self, data, path)

    monkeypatch.setattr(Readers, "source", counting)
    return names


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "html"])
def test_a_document_is_read_once(format: str, documents: Path, check: Check, read: list[str]) -> None:
    plain = check(documents, "--no-cache", "--output-format", format)
    read.clear()
    first = check(documents, "--output-format", format)
    assert read == ["a.paper", "b.paper", "c.paper", "d.paper", "e.paper", "f.html", "g.docx", "h.xlsx"]
    read.clear()
    assert check(documents, "--output-format", format) == first == plain
    # What is concealed is kept nowhere else, so that the document is read for it again.
    assert read == ["d.paper"]


def test_what_is_kept_of_a_document_are_the_lines_of_its_findings(documents: Path) -> None:
    linter = Linter.from_config(documents)
    result = linter.examine_file(documents / "b.paper")
    kept = unpacked(packed(result), "b.paper", lambda: pytest.fail("it was read"), (), None)
    text, again = result.source.text, kept.source.text
    assert len(again) == len(text)
    assert [(line, line.strip()) for line in again.split("\n")] == [
        (line, line.strip())
        for line in (
            old if new.strip() else " " * len(old) for old, new in zip(text.split("\n"), again.split("\n"), strict=True)
        )
    ]
    assert "".join(again.split()) not in ("", "".join(text.split()))
    assert (kept.source.remarks, kept.source.doubts) == (result.source.remarks, result.source.doubts)
    assert [each.location() for each in kept.diagnostics] == [each.location() for each in result.diagnostics]
    assert any(each.doubt for each in kept.diagnostics)
    with pytest.raises(NotKeptError):
        kept.source.location(Span(0, 1))


def test_a_place_that_was_not_kept_has_the_document_read(
    documents: Path, check: Check, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("reportlint.results.excerpts._spans", lambda _: ())
        first = check(documents, "--output-format", "sarif")
    read.clear()
    assert check(documents, "--output-format", "sarif") == first
    assert "f.html" in read


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.sampled_from(FAULTY.read_text("utf-8").splitlines()), max_size=60),
    put=st.text("云é𠮷\ud800 a\t，。。0", max_size=5),
    at=st.integers(0, 60),
    suffix=st.sampled_from([".paper", ".html"]),
)
def test_a_document_from_the_cache_is_told_as_it_was(
    documents_linter: Linter, lines: list[str], put: str, at: int, suffix: str
) -> None:
    lines.insert(at, put)
    text = "\n".join(lines)
    data = (
        f"<p>{'<br>'.join(lines)}".encode("utf-8", "surrogatepass")
        if suffix == ".html"
        else written(text.replace("\ud800", ""))
    )
    try:
        source = documents_linter.readers.source(data, f"年报{suffix}")
    except ReadError:
        return
    result = documents_linter.examine(source)
    body = packed(result)
    again = unpacked(body, source.path, lambda: source, result.rules_run, result.organisation)
    if body is not None and not result.concealed:
        assert again.source is not source
    for name in FORMATS:
        if not format_named(name).needs_report:
            assert rendered(name, [again]) == rendered(name, [result])


@pytest.fixture(scope="module")
def documents_linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    folder = tmp_path_factory.mktemp("paper")
    (folder / "reportlint.toml").write_text(FOUND, "utf-8")
    return Linter.from_config(folder)


def library(folder: Path, name: str, version: str, requires: str = "") -> None:
    for old in folder.glob(f"{name}-*.dist-info"):
        shutil.rmtree(old)
    home = folder / f"{name}-{version}.dist-info"
    home.mkdir(parents=True)
    (home / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n{requires}\n\nRequires-Dist: no\n", "utf-8")


def test_another_version_of_a_library_reads_anew(
    documents: Path, check: Check, read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    library(site, "reportlint_paper_press", "1.0", "Requires-Dist: Paper.Ink (>=1)\nRequires-Dist: dye; extra == 'x'")
    library(site, "paper_ink", "1.0")
    monkeypatch.syspath_prepend(str(site))
    (documents / "g.txt").write_text(FAULTY.read_text("utf-8"), "utf-8")
    report, text = documents / "c.paper", documents / "g.txt"
    check(report, text)
    read.clear()
    check(report)
    assert read == []
    for name, version in (("paper_ink", "1.1"), ("reportlint_paper_press", "2.0")):
        library(site, name, version, "Requires-Dist: paper-ink" if name.endswith("press") else "")
        check(report)
        assert read == ["c.paper"], name
        read.clear()
        check(report)
        assert read == []
    shutil.rmtree(site)
    check(report, text)
    # A text stands on none of them; its bytes are read for its findings.
    assert sorted(read) == ["c.paper", "g.txt"]


def test_another_program_reads_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / ("press.exe" if os.name == "nt" else "press")
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    reader = Reader("press", frozenset({".press"}), lambda *_: Source(""), programs=("no-such-press", "press"))
    told = needs.standing([reader])
    assert needs.holds(told)
    program.write_text("#!/bin/sh\n#\n", "utf-8")
    assert not needs.holds(told)
    told = needs.standing([reader])
    program.unlink()
    assert not needs.holds(told)
    assert needs.holds(needs.standing([reader]))
