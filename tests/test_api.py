"""From Python: what `docs/api.md` promises of `Linter`, `Result` and the names that packs and programs import."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest

import reportlint
from reportlint import (
    Accepted,
    Annotation,
    CellKind,
    ConfigError,
    Diagnostic,
    Finding,
    Linter,
    Location,
    Means,
    PackError,
    Position,
    ReportlintError,
    Result,
    Severity,
    Source,
    Span,
    Writer,
)
from reportlint.config import Ignore, Layer
from reportlint.fixing import fix_source
from reportlint.testing import Draft, Said

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "reports"
FAULTY = EXAMPLES / "yunxi-water-2024-faulty.txt"
COMPLIANT = EXAMPLES / "qinghe-town-2024.txt"
FOUND = [
    "national/overview-aspects",
    "national/zero-filing",
    "national/request-balance",
    "national/remedy-footing",
    "national/problems-and-improvement",
    "national/fee-disclosure",
]


def rules(result: Result) -> list[str]:
    return [diagnostic.rule for diagnostic in result.diagnostics]


def running(linter: Linter) -> set[str]:
    return set(linter.settings.rules)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# The names


def test_every_public_name_is_there() -> None:
    assert sorted(reportlint.__all__) == reportlint.__all__
    assert len(set(reportlint.__all__)) == len(reportlint.__all__)
    missing = [name for name in reportlint.__all__ if not hasattr(reportlint, name)]
    assert missing == []


def test_everything_public_is_listed() -> None:
    from types import ModuleType

    there = {name for name in dir(reportlint) if not isinstance(getattr(reportlint, name), ModuleType)}
    public = {name for name in there if not name.startswith("_")} - {"annotations", "TYPE_CHECKING"}
    assert public == set(reportlint.__all__) - {"__version__"}


def test_every_name_is_there_in_whatever_order_modules_are_imported() -> None:
    code = "import reportlint.linter, reportlint.cli.check\nfrom reportlint import *\nprint(callable(rule))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_the_version_is_that_of_the_distribution() -> None:
    from importlib.metadata import version

    assert reportlint.__version__ == version("reportlint")


def test_the_package_is_typed() -> None:
    assert (Path(reportlint.__file__).parent / "py.typed").is_file()


def test_the_names_of_the_documentation_are_there(linter: Linter) -> None:
    """The members that the table of docs/api.md names, on real objects."""
    result = linter.lint_file(FAULTY)
    assert result.report is not None
    objects = {
        "Result": result,
        "Diagnostic": result.diagnostics[0],
        "Report": result.report,
        "Table": result.report.tables["requests"],
        "Cell": result.report.tables["requests"].cells["received", "total"],
        "Claim": result.report.claims[0],
        "Finding": Finding(None, "x"),
        "Accepted": Accepted(result.diagnostics[0], "baseline", ""),
        "Fixed": fix_source(linter, result.source, result=result),
        "Source": result.source,
        "Location": Location("第三段", "p[3]"),
        "Reader": linter.readers.all[0],
        "Means": Means(linter.readers.limits, linter.readers),
        "Writer": Writer(),
        "Annotation": Annotation(None, "有误"),
    }
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(objects) <= {name for name, _ in rows}
    for name, members in rows:
        named = [re.match(r"\w+", member) for member in re.findall(r"`([^`]+)`", members)]
        lacking = [match.group() for match in named if match and not hasattr(objects[name], match.group())]
        assert lacking == []
        assert named


def test_the_example_of_the_documentation_runs(tmp_path: Path) -> None:
    code = re.search(r"```python\n(.+?)```", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    assert code is not None
    (tmp_path / "reports").mkdir()
    script = f"text = open({str(FAULTY)!r}, encoding='utf-8').read()\n{code.group(1)}"
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.stderr == b""
    lines = ran.stdout.decode().splitlines()
    assert [line.split(") ")[1].split(" ")[:2] for line in lines] == [
        [rule, "warning" if rule.endswith(("aspects", "improvement", "disclosure")) else "error"] for rule in FOUND
    ]
    assert lines[0].startswith("Position(line=5, column=1) ")


# Linter.from_config


def test_a_linter_for_a_file_a_folder_a_report_and_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "reportlint.toml", 'select = ["zero-filing"]')
    project = write(tmp_path / "towns" / "pyproject.toml", '[tool.reportlint]\nselect = ["title"]')
    other = write(tmp_path / "towns" / "other.toml", 'select = ["fee-disclosure"]')
    report = Path(shutil.copy(FAULTY, tmp_path / "report.txt"))
    in_towns = Path(shutil.copy(FAULTY, tmp_path / "towns" / "report.txt"))
    for path in (file, tmp_path, report, str(report), tmp_path / "new.txt", tmp_path / "empty" / "new.txt"):
        assert running(Linter.from_config(path)) == {"national/zero-filing"}
    for path in (project, project.parent, in_towns):
        assert running(Linter.from_config(path)) == {"national/title"}
    assert running(Linter.from_config(other)) == {"national/fee-disclosure"}
    monkeypatch.chdir(tmp_path / "towns")
    assert running(Linter.from_config()) == {"national/title"}
    assert running(Linter.from_config("report.txt")) == {"national/title"}
    assert running(Linter.from_config("other.toml")) == {"national/fee-disclosure"}
    assert running(Linter.from_config("..")) == {"national/zero-filing"}


def test_without_a_configuration_all_rules_of_the_default_preset_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    linter = Linter.from_config()
    assert running(linter) == running(Linter.from_layers([])) == running(Linter.from_config(tmp_path))
    assert running(linter) == {name for name, rule in linter.packs.rules.items() if not rule.optional}
    assert linter.settings.fail_on is Severity.WARNING


def test_overrides_are_over_the_file(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", 'select = ["zero-filing", "title"]\nfail-on = "error"')
    overrides = Layer("editor", ignore=(Ignore(("title",), (), "", ""),), fail_on="advice")
    linter = Linter.from_config(tmp_path, overrides=overrides)
    assert running(linter) == {"national/zero-filing"}
    assert linter.settings.fail_on is Severity.ADVICE


def test_what_cannot_be_used_raises(tmp_path: Path) -> None:
    file = write(tmp_path / "reportlint.toml", 'select = ["titel"]')
    with pytest.raises(ConfigError, match="是否指 title"):
        Linter.from_config(tmp_path)
    write(file, 'packs = ["none"]')
    with pytest.raises(PackError, match="没有规则包文件夹"):
        Linter.from_config(file)
    with pytest.raises(ConfigError, match="读不到配置文件"):
        Linter.from_config(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="没有规则 titel"):
        Linter.from_config(tmp_path.parent, overrides=Layer("editor", select=("titel",)))
    assert issubclass(ConfigError, ReportlintError)
    assert issubclass(PackError, ReportlintError)


# lint_text, lint_file, lint


def test_a_text_a_file_and_a_source_are_linted_alike(linter: Linter) -> None:
    text = FAULTY.read_text(encoding="utf-8")
    by_text = linter.lint_text(text, str(FAULTY))
    for result in (linter.lint_file(FAULTY), linter.lint_file(str(FAULTY)), linter.lint(Source(text, str(FAULTY)))):
        assert rules(result) == FOUND
        assert [each._replace(source=by_text.source) for each in result.diagnostics] == by_text.diagnostics
        assert result.source.text == text
        assert result.source.path == str(FAULTY)
    assert linter.lint_text(text).source.path == "<text>"


def test_a_result_holds_all_that_is_said(linter: Linter) -> None:
    result = linter.lint_file(FAULTY)
    assert result.report is not None
    assert (result.report.organisation, result.report.year) == ("云溪县水务局", 2024)
    other_forms = {"national/before-unified-form", "national/documents-disclosed"}
    assert set(result.rules_run) == running(linter) - other_forms
    assert (result.not_assessable, result.failed) == ((), False)
    balance = result.diagnostics[2]
    assert isinstance(balance, Diagnostic)
    assert balance.source is result.source
    assert balance.source.slice(balance.span or Span(0, 0)) == "3"
    assert (balance.start(), balance.end()) == (Position(37, 52), Position(37, 53))
    assert (balance.rule, balance.severity) == ("national/request-balance", Severity.ERROR)
    assert balance.message == "“一、本年新收政府信息公开申请数量”的“总计”应为 2，实为 3，2 同时满足 2 项勾稽关系"
    assert balance.basis.startswith("国办公开办函〔2021〕30号")
    assert len(balance.notes) == 2
    assert re.fullmatch("[0-9a-f]{32}", balance.fingerprint)


def test_the_path_of_a_text_is_shown_and_matched(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", '[[ignore]]\nrule = "zero-filing"\npath = "old/*"\nbecause = "旧报告"')
    linter = Linter.from_config(tmp_path)
    text = FAULTY.read_text(encoding="utf-8")
    old = linter.lint_text(text, str(tmp_path / "old" / "a.txt"))
    assert rules(old) == [rule for rule in FOUND if rule != "national/zero-filing"]
    assert "national/zero-filing" not in old.rules_run
    assert rules(linter.lint_text(text, str(tmp_path / "new" / "a.txt"))) == FOUND


def test_rules_that_could_not_judge_are_told_with_the_reason(linter: Linter) -> None:
    result = linter.lint_text("云溪县水务局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n主动公开。\n")
    reasons = {each.rule: each.reason for each in result.not_assessable}
    assert reasons["national/request-balance"] == "没有该表格"
    assert set(reasons) < set(result.rules_run)
    assert not result.failed


def binary(folder: Path) -> Path:
    path = folder / "binary.txt"
    path.write_bytes(b"\x00\x01\x02")
    return path


def neither_encoding(folder: Path) -> Path:
    path = folder / "encoding.txt"
    path.write_bytes("云溪县水务局年度报告\n甲".encode() + b"\xff\xff")
    return path


def too_large(folder: Path) -> Path:
    path = folder / "large.txt"
    with path.open("wb") as file:
        file.truncate(8 * 1024 * 1024 + 1)
    return path


@pytest.mark.parametrize(
    ("make", "code", "start"),
    [
        (lambda folder: folder / "none.txt", "unreadable", None),
        (lambda folder: folder, "unreadable", None),
        (binary, "binary", Position(1, 1)),
        (neither_encoding, "encoding", Position(2, 2)),
        (too_large, "too-large", None),
    ],
    ids=["missing", "folder", "binary", "encoding", "large"],
)
def test_a_file_that_cannot_be_read_is_a_result(
    tmp_path: Path, linter: Linter, make: Callable[[Path], Path], code: str, start: Position | None
) -> None:
    path = make(tmp_path)
    result = linter.lint_file(path)
    assert rules(result) == [f"reportlint/{code}"]
    (diagnostic,) = result.diagnostics
    assert (diagnostic.start(), diagnostic.span, diagnostic.severity) == (start, None, Severity.ERROR)
    assert diagnostic.message
    assert (result.report, result.rules_run, result.not_assessable, result.failed) == (None, (), (), True)
    assert result.source.path == str(path)


def test_a_text_that_is_too_long_is_a_result(linter: Linter) -> None:
    result = linter.lint_text("云" * (8 * 1024 * 1024 + 1))
    assert (rules(result), result.report, result.failed) == (["reportlint/too-large"], None, True)


@pytest.mark.parametrize(("text", "rule"), [("", "not-a-report"), ("买三份打印纸。", "not-a-report")])
def test_a_text_that_is_no_report_fails(linter: Linter, text: str, rule: str) -> None:
    result = linter.lint_text(text)
    assert (rules(result), result.failed, result.rules_run) == ([f"reportlint/{rule}"], True, ())
    assert result.report is not None


def test_a_report_of_a_year_of_another_form_fails(linter: Linter) -> None:
    result = linter.lint_text(COMPLIANT.read_text(encoding="utf-8").replace("2024年", "2004年"))
    assert (rules(result), result.failed) == (["reportlint/other-form"], True)
    assert result.report is not None
    assert result.report.year == 2004


def test_linting_changes_nothing_in_a_linter(linter: Linter) -> None:
    before = linter.settings
    first = linter.lint_file(FAULTY)
    linter.lint_text("")
    assert linter.lint_file(COMPLIANT).diagnostics == []
    again = linter.lint_file(FAULTY)
    assert [each._replace(source=first.source) for each in again.diagnostics] == first.diagnostics
    assert linter.settings == before
    # What a caller does to a result is no matter to the next one.
    again.diagnostics.clear()
    assert rules(linter.lint_file(FAULTY)) == FOUND


# read and parse


def test_a_report_can_be_read_without_checking_it(linter: Linter) -> None:
    source = Source(FAULTY.read_text(encoding="utf-8"), "a.txt")
    report = linter.read(source)
    assert report.source is source
    assert (report.title, report.form.name) == ("云溪县水务局2024年政府信息公开工作年度报告", "annual-2021")
    assert [section.name for section in report.sections][:2] == ["overview", "proactive_disclosure"]
    section = report.section("other_matters")
    assert section is not None
    assert report.prose(section) == "全年收取信息处理费0元。"
    assert report.section("none") is None
    table = report.tables["requests"]
    assert (table.value("received", "total"), table.value("received", "none")) == (3, None)
    assert report.tables["disclosure"].value("administrative_fees", "amount") == Decimal("0.35")
    cell = table.cells["received", "total"]
    assert (cell.text, cell.value, cell.kind, report.text(cell.span)) == ("3", 3, CellKind.FIGURE, "3")
    assert table.cells["received", "business"].kind is CellKind.ZERO
    (claim,) = report.claims_about("received")
    assert (claim.value, claim.denied, report.text(claim.span)) == (0, True, "未收到政府信息公开申请")
    assert (table.ragged, table.repeated, table.missing_columns, table.section) == ((), (), (), "requests")


def test_the_tree_of_a_source(linter: Linter) -> None:
    tree = linter.parse(Source("一、总体情况\n\n主动公开。\n"))
    assert tree.name == "report"
    assert linter.parse(Source("")).name == "report"


def test_positions_of_offsets() -> None:
    source = Source("𠮷甲\r\n乙\n\n丙\r丁")
    expected = {"𠮷": (1, 1), "甲": (1, 2), "乙": (2, 1), "丙": (4, 1), "丁": (5, 1)}
    for character, place in expected.items():
        assert source.position(source.text.index(character)) == Position(*place)
    assert source.position(len(source.text)) == Position(5, 2)


# The kit for tests of packs


def test_drafts_and_what_is_said_of_them(linter: Linter) -> None:
    draft = Draft.from_file(COMPLIANT, linter)
    wrong = draft.put(("requests", "received", "total"), "7")
    assert (draft.lint(), draft.text) == ([], COMPLIANT.read_text(encoding="utf-8"))
    (said,) = wrong.lint()
    assert isinstance(said, Said)
    assert (said.rule, wrong.under(said.span)) == ("national/request-balance", "7")
    assert wrong.lint("national/title") == []
    assert wrong.lint("national/request-balance") == [said]
    assert draft.replace("办结5件", "办结六件").text.count("办结六件") == 1
    assert "第三方" not in draft.without_line("保护第三方合法权益").text
    for missing in ("没有的话", "政府信息公开", ("requests", "none", "total"), ("none", "received", "total")):
        with pytest.raises(LookupError):
            draft.at(missing)


# Threads


@pytest.fixture
def _eager_switches() -> Iterator[None]:
    """Threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("_eager_switches")
def test_threads_get_what_one_after_another_gets() -> None:
    """Fresh linters, so that the threads meet while all memos are empty."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.iterdir())]
    texts += [text.replace("0\t0", "0\t1", 3).replace("| 0 | 0 |", "| 0 | 2 |", 2) for text in texts]
    texts += [text.replace("5件", f"{number}件").replace("政府", "政 府", 2) for number, text in enumerate(texts)]
    serial_linter = Linter.from_layers([])
    expected = [said(serial_linter.lint_text(text)) for text in texts]
    assert len({tuple(each) for each in expected}) >= 6
    workers = 4
    for _ in range(3):
        linter, barrier = Linter.from_layers([]), Barrier(workers)

        def work(start: int, linter: Linter = linter, barrier: Barrier = barrier) -> dict[int, list[str]]:
            order = [(start * 3 + step) % len(texts) for step in range(len(texts))]
            barrier.wait(30)
            return {index: said(linter.lint_text(texts[index])) for index in order}

        with ThreadPoolExecutor(workers) as pool:
            for got in pool.map(work, range(workers)):
                assert [got[index] for index in range(len(texts))] == expected


def said(result: Result) -> list[str]:
    """All that a result holds, but for the source."""
    return [
        *(repr(diagnostic._replace(source=Source(""))[1:]) for diagnostic in result.diagnostics),
        repr((result.rules_run, result.not_assessable, result.failed)),
    ]
