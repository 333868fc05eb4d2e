"""The baseline: what was there when an archive was taken over does not speak; what is new does."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint import ConfigError, Linter, Result, Source, Unassessed, baseline
from reportlint.acceptance import NOTHING, Acceptance
from reportlint.baseline import FILE, Baseline, Known
from reportlint.cli import main
from reportlint.testing import Draft

from .validators import published

BALANCE = "national/request-balance"
RECEIVED = ("requests", "received", "total")
PLACE = "requests/received/total"
FOOTING = "national/remedy-footing"
REMEDIES = ("remedies", "reconsideration", "total")
LINTER = Linter.from_layers([])
GOOD = Draft.compliant("town", linter=LINTER)
FAULTY = GOOD.put(RECEIVED, "3")
TWICE = FAULTY.put(REMEDIES, "7")


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in a folder of its own, which is a root."""
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(cache_folder))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reportlint.toml").write_text("", encoding="utf-8")

    def reportlint(*arguments: str | Path) -> Outcome:
        status = main([str(argument) for argument in arguments])
        return Outcome(status, *capsys.readouterr())

    return reportlint


def put(name: str, draft: Draft) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(draft.text.encode())


def test_create_then_check_is_silent_at_once(run: Run) -> None:
    put("报告/乙.txt", TWICE)
    put("报告/甲.txt", FAULTY)
    put("好.txt", GOOD)
    assert run("check", ".").status == 1
    assert run("baseline", "create") == (0, f"建立了基线 {FILE}：3 份报告，3 处。\n", "")
    assert run("check", ".").status == 0
    assert run("check", "--no-cache", ".").status == 0
    assert run("check", "报告").status == 0
    os.chdir("报告")
    assert run("check", "乙.txt").status == 0


def test_the_file_is_sorted_with_an_entry_a_line(run: Run) -> None:
    put("b.txt", FAULTY)
    put("报告/乙.txt", TWICE)
    run("baseline", "create")
    data = Path(FILE).read_bytes()
    entry = '{{"report": "{}", "rule": "{}", "place": "{}", "content": "{}"}}'
    expected = [
        "{",
        '"schema_version": 1,',
        '"entries": [',
        entry.format("b.txt", BALANCE, PLACE, "3") + ",",
        entry.format("报告/乙.txt", FOOTING, "remedies/reconsideration/total", "7") + ",",
        entry.format("报告/乙.txt", BALANCE, PLACE, "3"),
        "]",
        "}",
        "",
    ]
    assert data.decode() == "\n".join(expected)
    published("baseline").validate(json.loads(data))


@pytest.mark.parametrize("order", [["."], ["b.txt", "a.txt", "c"], ["c", "b.txt", "./a.txt", "b.txt"]])
def test_it_is_the_same_to_the_byte_whatever_the_order(run: Run, order: list[str]) -> None:
    put("a.txt", TWICE)
    put("b.txt", FAULTY)
    put("c/d.txt", FAULTY)
    assert run("baseline", "create", ".").status == 0
    first = Path(FILE).read_bytes()
    Path(FILE).unlink()
    assert run("baseline", "create", *order).status == 0
    assert Path(FILE).read_bytes() == first
    assert run("baseline", "update").status == 0
    assert run("baseline", "prune").status == 0
    assert Path(FILE).read_bytes() == first


def linter(root: Path, **more: Any) -> Linter:  # noqa: ANN401 - the acceptance's own
    made = Linter(LINTER.packs, LINTER.settings._replace(root=str(root)))
    made.acceptance = Acceptance(str(root), **more)
    return made


def keep(root: Path, *known: Known) -> None:
    (root / FILE).write_bytes(baseline.dump(Baseline(known)))


def known(content: str = "3", place: str = PLACE) -> Known:
    return Known("a.txt", BALANCE, place, content)


@given(lines=st.integers(0, 5), end=st.sampled_from(["\n", "\r\n"]), sentence=st.booleans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_moving_lines_keeps_everything_silent(tmp_path: Path, lines: int, end: str, sentence: bool) -> None:
    keep(tmp_path, known())
    moved = FAULTY.under_heading("overview").append("本单位按时发布了年度报告。") if sentence else FAULTY
    result = linter(tmp_path).lint_text((lines * "\n" + moved.text).replace("\n", end), str(tmp_path / "a.txt"))
    assert result.diagnostics == []
    [taken] = result.accepted
    assert (taken.kind, taken.because, taken.origin) == ("baseline", "基线里已有", str(tmp_path / FILE))


def test_changing_the_cell_makes_it_speak(tmp_path: Path) -> None:
    keep(tmp_path, known())
    path = str(tmp_path / "a.txt")
    [found] = linter(tmp_path).lint_text(FAULTY.put(RECEIVED, "4").text, path).diagnostics
    assert (found.rule, found.content) == (BALANCE, "4")
    assert linter(tmp_path).lint_text(GOOD.text, path).diagnostics == [], "what is not found is not told in a check"


def test_what_is_new_speaks(run: Run) -> None:
    put("a.txt", FAULTY)
    run("baseline", "create")
    put("a.txt", TWICE)
    put("b.txt", FAULTY)
    outcome = run("check", "--output-format", "concise", ".")
    assert [line.split(": ")[1].split()[1] for line in outcome.out.splitlines()] == [FOOTING, BALANCE]


def test_findings_at_one_place_are_told_apart(tmp_path: Path) -> None:
    keep(tmp_path, known(place=f"{PLACE} #2"))
    one = linter(tmp_path)
    result = one.examine(Draft(FAULTY.text, LINTER, str(tmp_path / "a.txt")).source)
    [first] = result.diagnostics
    second = first._replace(place=f"{PLACE} #2")
    assert one.acceptance.judge(result._replace(diagnostics=[first, second])).diagnostics == [first]


def test_the_same_fault_twice_is_kept_twice(run: Run) -> None:
    draft = (
        GOOD.under_heading("overview")
        .append("电话13812345678。")
        .under_heading("improvement")
        .append("电话13812345678。")
    )
    places = [each.place for each in draft.result.diagnostics]
    assert len(set(places)) == len(places) == 2
    put("a.txt", draft)
    run("baseline", "create")
    assert run("check", ".").status == 0
    text = Path(FILE).read_text(encoding="utf-8")
    assert all(place in text for place in places)
    assert "138****" in text
    assert "13812345678" not in text
    put("a.txt", draft.under_heading("requests").append("电话13812345678。"))
    assert run("check", ".").status == 1


def test_mandatory_rules_and_the_tools_own_are_not_silenced_nor_taken_in(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examine = Linter.examine

    def marked(one: Linter, source: Source) -> Result:
        result = examine(one, source)
        return result._replace(
            diagnostics=[each._replace(mandatory=each.rule == BALANCE) for each in result.diagnostics]
        )

    monkeypatch.setattr(Linter, "examine", marked)
    put("a.txt", TWICE)
    assert run("baseline", "create").out.endswith("1 份报告，1 处。\n")
    keep(tmp_path, known(), Known("bad.txt", "reportlint/not-a-report", "", ""))
    put("a.txt", FAULTY)
    assert run("check", "--no-cache", "a.txt").status == 1
    Path("bad.txt").write_text("不是报告", encoding="utf-8")
    assert run("check", "bad.txt").status == 2


def test_reports_that_fail_are_named_and_not_in_it(run: Run) -> None:
    put("a.txt", FAULTY)
    Path("bad.txt").write_bytes(b"\x00")
    Path("笔记.txt").write_text("不是报告", encoding="utf-8")
    outcome = run("baseline", "create")
    assert (outcome.status, outcome.err) == (2, "没有能按要求检查，不在基线里：bad.txt\n")
    assert outcome.out == f"建立了基线 {FILE}：1 份报告，1 处。\n"
    assert run("baseline", "update", "笔记.txt").status == 2


def test_a_rule_that_crashes_keeps_a_report_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    examine = Linter.examine
    monkeypatch.setattr(Linter, "examine", lambda one, source: examine(one, source)._replace(failed=True))
    put("a.txt", FAULTY)
    assert run("baseline", "create").status == 2
    assert json.loads(Path(FILE).read_bytes())["entries"] == []


def test_create_does_not_overwrite(run: Run) -> None:
    put("a.txt", FAULTY)
    Path(FILE).write_bytes(b"mine")
    assert run("baseline", "create") == (2, "", f"reportlint: 已有基线 {FILE}，update 可以补充，prune 可以清理\n")
    assert Path(FILE).read_bytes() == b"mine"


def test_update_adds_what_is_new_and_takes_nothing_away(run: Run) -> None:
    put("a.txt", FAULTY)
    assert run("baseline", "update").err == f"reportlint: 没有基线 {FILE}，create 可以建立\n"
    run("baseline", "create")
    before = Path(FILE).read_bytes()
    put("a.txt", GOOD.put(REMEDIES, "7"))
    assert run("baseline", "update", "--check").status == 1
    assert Path(FILE).read_bytes() == before
    assert run("baseline", "update").out == (
        f"基线 {FILE}：新增 1 处，共 2 处；其中 1 处已不存在，prune 可以删去。\n"
        "  a.txt national/remedy-footing remedies/reconsideration/total\n"
    )
    assert run("check", ".").status == 0
    put("a.txt", TWICE.put(RECEIVED, "4"))
    assert "新增 1 处，共 2 处。" in run("baseline", "update").out, "another content takes the place of the first"
    assert run("check", ".").status == 0
    assert run("baseline", "update", "--check").status == 0


def test_prune_removes_what_is_gone_and_adds_nothing(run: Run) -> None:
    put("a.txt", TWICE)
    put("b.txt", FAULTY)
    put("c/d.txt", FAULTY)
    run("baseline", "create")
    put("a.txt", FAULTY)
    put("b.txt", TWICE)
    os.rename("c/d.txt", "c/e.txt")
    before = Path(FILE).read_bytes()
    update = run("baseline", "update", "--check").out
    assert "其中 2 处已不存在（没有了的报告：c/d.txt）" in update
    gone = (
        "  a.txt national/remedy-footing remedies/reconsideration/total\n"
        "  c/d.txt national/request-balance requests/received/total\n"
    )
    said = f"基线 {FILE}：可以删去 2 处，改后共 2 处。\n{gone}"
    assert run("baseline", "prune", "--check") == (1, said, "")
    assert Path(FILE).read_bytes() == before
    assert (
        run("baseline", "prune", "b.txt").out
        == f"基线 {FILE}：没有要删去的，共 4 处；其中 1 处已不存在（没有了的报告：c/d.txt），prune 可以删去。\n"
    )
    assert Path(FILE).read_bytes() == before, "a.txt was not looked at"
    assert run("baseline", "prune").out == f"基线 {FILE}：删去 2 处，共 2 处。\n{gone}"
    reports = [each["report"] for each in json.loads(Path(FILE).read_bytes())["entries"]]
    assert reports == ["a.txt", "b.txt"]
    assert run("check", ".").status == 1
    assert run("baseline", "prune", "--check").status == 0


def test_of_much_that_is_gone_the_first_are_named(run: Run) -> None:
    for number in range(23):
        put(f"{number:02}.txt", FAULTY)
    run("baseline", "create")
    for number in range(1, 23):
        Path(f"{number:02}.txt").unlink()
    said = run("baseline", "prune", "--check").out.splitlines()
    assert (len(said), said[1], said[-1]) == (22, f"  01.txt {BALANCE} requests/received/total", "  另有 2 处")


def test_prune_keeps_what_no_rule_could_judge(run: Run) -> None:
    put("a.txt", FAULTY)
    put("b.txt", FAULTY)
    run("baseline", "create")
    before = Path(FILE).read_bytes()
    put("a.txt", GOOD)
    Path("reportlint.toml").write_text(f'ignore = ["{BALANCE}"]\n', encoding="utf-8")
    assert run("baseline", "prune").status == 0
    assert Path(FILE).read_bytes() == before
    Path("reportlint.toml").write_text("", encoding="utf-8")
    Path("b.txt").write_bytes(b"\x00")
    assert run("baseline", "prune").status == 2
    assert [each["report"] for each in json.loads(Path(FILE).read_bytes())["entries"]] == ["b.txt"]


def test_prune_keeps_what_a_rule_found_and_cannot_judge_now(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.txt", FAULTY)
    run("baseline", "create")
    before = Path(FILE).read_bytes()
    put("a.txt", GOOD)
    examine = Linter.examine
    unassessed = (Unassessed(BALANCE, ""),)
    monkeypatch.setattr(Linter, "examine", lambda one, source: examine(one, source)._replace(not_assessable=unassessed))
    assert run("baseline", "prune").status == 0
    assert Path(FILE).read_bytes() == before


@pytest.mark.parametrize("action", ["update", "prune"])
def test_a_baseline_that_changes_meanwhile_is_left_alone(
    run: Run, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    put("a.txt", FAULTY)
    run("baseline", "create")
    put("a.txt", GOOD.put(REMEDIES, "7"))
    dump = baseline.dump
    monkeypatch.setattr(baseline, "dump", lambda known: (Path(FILE).write_bytes(b"theirs"), dump(known))[1])
    assert run("baseline", action).status == 2
    assert Path(FILE).read_bytes() == b"theirs"


def test_what_an_entry_accepts_is_not_taken_in(run: Run) -> None:
    put("a.txt", TWICE)
    assert run("accept", "a.txt", "--rule", BALANCE, "--because", "原件如此").status == 0
    assert run("baseline", "create").out.endswith("1 处。\n")
    assert run("check", ".").status == 0


def test_a_baseline_elsewhere(run: Run) -> None:
    put("units/a.txt", FAULTY)
    Path("ci").mkdir()
    assert run("baseline", "create", "--file", "ci/known.json").out.startswith("建立了基线 ci/known.json")
    assert json.loads(Path("ci/known.json").read_bytes())["entries"][0]["report"] == "../units/a.txt"
    assert run("check", ".").status == 1
    assert run("check", ".", "--baseline", "ci/known.json").status == 0
    assert run("check", ".", "--baseline", "ci/known.json", "--no-baseline").status == 1
    assert run("check", ".", "--baseline", "ci/known.json", "--ignore-suppressions").status == 1
    outcome = run("check", ".", "--baseline", "gone.json")
    assert outcome == (2, "", "reportlint: 没有基线 gone.json（reportlint baseline create 可以建立）\n")
    assert run("baseline", "create", "--file", "nowhere/known.json").status == 2


def test_each_configuration_has_its_own(run: Run) -> None:
    put("east/a.txt", FAULTY)
    put("west/a.txt", TWICE)
    for folder in ("east", "west"):
        shutil.copy("reportlint.toml", folder)
    assert run("baseline", "create").out.splitlines() == [
        f"建立了基线 east/{FILE}：1 份报告，1 处。",
        f"建立了基线 west/{FILE}：1 份报告，2 处。",
    ]
    assert run("check", ".").status == 0
    Path("east", FILE).unlink()
    before = Path("west", FILE).read_bytes()
    assert run("baseline", "create").status == 2
    assert not Path("east", FILE).exists(), "all are looked at before the first is written"
    assert Path("west", FILE).read_bytes() == before


def test_a_file_name_that_is_no_utf_8(run: Run) -> None:
    name = os.fsdecode(b"\xff\xfe.txt")
    try:
        put(name, FAULTY)
    except (OSError, UnicodeError):
        pytest.skip("this file system has only names in UTF-8")
    assert run("baseline", "create").status == 0
    assert b'"\\udcff\\udcfe.txt"' in Path(FILE).read_bytes()
    assert run("check", ".").status == 0
    Path(FILE).read_bytes().decode()


ENTRY = '{"report": "a.txt", "rule": "national/x", "place": "p", "content": ""}'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", f"{FILE}:1：不是基线：JSON 语法错误（第 1 列）"),
        (b'{\n"schema_version": 1,\n<<<<<<<\n', f"{FILE}:3：git 合并时的冲突还没有解决（<<<<<<<）"),
        (b'{\n"schema_version": 1,\n=\n', f"{FILE}:3：不是基线：JSON 语法错误"),
        (b"\n\xff", f"{FILE}:2：不是基线：不是 UTF-8 编码"),
        (b"[" * 100_000, f"{FILE}：不是基线：括号套得太深"),
        (b"1" * 5000, f"{FILE}：不是基线：有位数太多的数"),
        (b"[]", f"{FILE}：不是基线：应有 schema_version 和 entries"),
        (b'{"version": 1, "results": {}}', f"{FILE}：不是基线：应有 schema_version 和 entries"),
        (b'{"schema_version": 2, "entries": []}', "是别的版本的基线（schema_version 为 2，应为 1）"),
        (b'{"schema_version": true, "entries": []}', "是别的版本的基线"),
        (b'{"schema_version": 1, "entries": {}}', "entries 应为列表"),
        (b'{"schema_version": 1, "entries": [1]}', "第 1 项应有 report、rule、place、content，都是字符串"),
        (ENTRY.replace('""', "3").join(['{"schema_version": 1, "entries": [', "]}"]).encode(), "第 1 项应有"),
        (ENTRY.replace("content", "line").join(['{"schema_version": 1, "entries": [', "]}"]).encode(), "第 1 项应有"),
        (
            f'{{"schema_version": 1, "entries": [{ENTRY}, {ENTRY.replace(chr(34) * 2, chr(34) + "x" + chr(34))}]}}'.encode(),
            "第 2 项与前面的一项同处而内容不同：a.txt，p",
        ),
    ],
)
def test_a_corrupt_or_foreign_baseline_is_an_error(run: Run, data: bytes, words: str) -> None:
    put("a.txt", FAULTY)
    Path(FILE).write_bytes(data)
    for command in (["check", "."], ["baseline", "update"], ["baseline", "prune"]):
        outcome = run(*command)
        assert (outcome.status, outcome.out) == (2, "")
        assert words in outcome.err
    assert Path(FILE).read_bytes() == data


def test_a_folder_in_its_place_is_an_error(run: Run) -> None:
    put("a.txt", FAULTY)
    Path(FILE).mkdir()
    assert run("check", ".").err == f"reportlint: 读不到基线 {FILE}：是文件夹\n"
    assert run("baseline", "create").status == 2


def test_other_layouts_and_repeated_lines_are_read(run: Run) -> None:
    put("a.txt", FAULTY)
    run("baseline", "create")
    document = json.loads(Path(FILE).read_bytes())
    document["entries"] *= 2
    Path(FILE).write_bytes(b"\xef\xbb\xbf" + json.dumps(document, indent=4).replace("\n", "\r\n").encode())
    assert run("check", ".").status == 0


def test_no_reports_no_baseline(run: Run) -> None:
    assert run("baseline", "create") == (2, "", "reportlint: 在 . 中没有找到报告\n")
    assert run("baseline", "create", "-").status == 2
    assert run("baseline", "create", "--check").err == "reportlint: --check 只用于 update 和 prune\n"
    assert not Path(FILE).exists()


names = st.text(min_size=1, max_size=8)


@given(st.lists(st.builds(Known, names, names, names, names), max_size=8))
def test_what_is_written_reads_back_and_the_order_does_not_matter(found: list[Known]) -> None:
    kept = Baseline(found)
    data = baseline.dump(kept)
    assert list(baseline.parse(data, FILE)) == list(kept)
    assert baseline.dump(baseline.parse(data, FILE)) == data
    last = list({(each.report, each.rule, each.place): each for each in found}.values())
    assert baseline.dump(Baseline(reversed(last))) == data
    assert data.count(b"\n") == 4 + len(kept) + bool(kept), "an entry a line"


def test_it_is_read_once_and_only_when_something_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, known())
    reads: list[str] = []
    load = baseline.load
    monkeypatch.setattr(baseline, "load", lambda path, shown: (reads.append(path), load(path, shown))[1])
    one = linter(tmp_path)
    assert one.lint_text(GOOD.text, str(tmp_path / "a.txt")).diagnostics == []
    assert reads == []
    for name in ("a.txt", "b.txt", "c/a.txt"):
        one.lint_text(FAULTY.text, str(tmp_path / name))
    assert reads == [str(tmp_path / FILE)]


def test_the_configuration_may_name_it(tmp_path: Path) -> None:
    path = str(tmp_path / "a.txt")
    with pytest.raises(ConfigError, match="没有基线"):
        linter(tmp_path, baseline=str(tmp_path / "known.json")).lint_text(FAULTY.text, path)
    (tmp_path / "known.json").write_bytes(baseline.dump(Baseline([known()])))
    assert linter(tmp_path, baseline=str(tmp_path / "known.json")).lint_text(FAULTY.text, path).diagnostics == []
    assert len(linter(tmp_path, heed=NOTHING).lint_text(FAULTY.text, path).diagnostics) == 1


def test_several_processes_say_the_same(run: Run) -> None:
    for number in range(110):
        put(f"{number:03}.txt", TWICE if number % 2 else FAULTY)
    assert run("baseline", "create").out.endswith("110 份报告，165 处。\n")
    put("007.txt", GOOD.put(RECEIVED, "4"))
    said = [run("check", "--no-cache", "--output-format", "json", "--jobs", jobs, ".") for jobs in ("1", "2")]
    assert said[0].status == 1
    assert said[0] == said[1]
    assert [each["path"] for each in json.loads(said[0].out)["reports"] if each["diagnostics"]] == ["007.txt"]
