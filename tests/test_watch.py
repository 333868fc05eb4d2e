"""`check --watch`: the check again after a change of a report, a configuration or a pack, until it is interrupted."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportlint.cli import main
from reportlint.cli.watch import _counts

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
COMPLIANT = EXAMPLES / "qinghe-town-2024.txt"
PATIENCE = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="interrupts as a terminal sends them")


class Watching:
    """A process that watches, and what it wrote since it was last asked."""

    def __init__(self, *arguments: str | Path, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "reportlint", "check", "--watch", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(line)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()

    def said(self, until: str = "正在守候") -> str:
        """All that is written up to a line that begins so."""
        lines = []
        while not lines or not lines[-1].startswith(until):
            lines.append(self._lines.get(timeout=PATIENCE))
        return "".join(lines)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(COMPLIANT, tmp_path / "清河镇.txt")
    (tmp_path / "reportlint.toml").write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    started = Watching("--output-format", "concise", "--output", "json=out.json", folder=folder)
    yield started
    started.end()


def test_changes_of_reports_and_configuration_are_checked_until_an_interrupt(folder: Path, watching: Watching) -> None:
    assert "没有发现问题" in watching.said()
    report = folder / "清河镇.txt"
    good = report.read_text("utf-8")
    report.write_text(good.replace("一、总体情况", "一、总体状况"), encoding="utf-8")
    assert "section-title" in watching.said()
    (folder / "reportlint.toml").write_text('ignore = ["section-title"]\n', encoding="utf-8")
    assert "没有发现问题" in watching.said()
    (folder / "reportlint.toml").write_text("ignore = [\n", encoding="utf-8")
    assert "TOML 语法错误" in watching.said()
    (folder / "reportlint.toml").unlink()
    report.write_text(good, encoding="utf-8")
    assert "没有发现问题" in watching.said("检查了")
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(PATIENCE) == 130


def test_documents_are_watched_and_what_programs_keep_beside_them_is_not() -> None:
    counting = ["年报.docx", "年报.DOCX", "表.xlsx", "a.pdf", "a.txt", "reportlint.toml"]
    others = ["~$年报.docx", "~WRD0001.tmp", ".~lock.年报.docx#", "图.png"]
    assert [name for name in [*counting, *others] if _counts(os.path.join("年报", name))] == counting


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--watch", str(tmp_path / "没有")]) == 2
    assert "没有文件或文件夹" in capsys.readouterr().err


def test_without_the_library_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert main(["check", "--watch"]) == 2
    assert "pip install watchfiles" in capsys.readouterr().err
