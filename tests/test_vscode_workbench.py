"""The extension in VS Code itself: its server build for browsers, with an extension host and a workbench in Chromium.

VSCODE_SERVER names that build's `server-main.js`; `npm run package` makes the package. editors/vscode/README.md tells more.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra: browser)")

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "reports"
PACKAGE = ROOT / "editors" / "vscode" / "build" / "reportlint.vsix"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
SERVER = os.environ.get("VSCODE_SERVER")
LONG = 60.0
"""Seconds that are waited for what should come: a machine may be busy."""
NAMED = "云溪县水务局2024年政府信息公开工作年度报告.txt"
LANGUAGE = "政府信息公开年度报告"

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed"),
    pytest.mark.skipif(SERVER is None, reason="VSCODE_SERVER names no server build of VS Code"),
    pytest.mark.skipif(not PACKAGE.exists(), reason=f"no {PACKAGE.name}: npm run package"),
]


def until(look: Callable[[], object], words: str) -> None:
    """Wait for something to be so."""
    end = time.monotonic() + LONG
    while not look():
        assert time.monotonic() < end, words
        time.sleep(0.1)


class Host:
    """VS Code's server, with the extension installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        assert SERVER is not None
        command = ["node", SERVER, "--server-data-dir", str(folder / "data"), "--extensions-dir", str(folder / "ext")]
        machine = folder / "data" / "data" / "Machine" / "settings.json"
        machine.parent.mkdir(parents=True)
        settings = {
            "reportlint.path": sys.executable,
            "workbench.startupEditor": "none",
            "telemetry.telemetryLevel": "off",
        }
        machine.write_text(json.dumps(settings), encoding="utf-8")
        subprocess.run([*command, "--install-extension", str(PACKAGE)], check=True, capture_output=True)
        listening = ["--host", "127.0.0.1", "--port", str(self.port), "--without-connection-token"]
        with (folder / "log.txt").open("wb") as log:
            self.process = subprocess.Popen(
                [*command, *listening, "--accept-server-license-terms"], stdout=log, stderr=log
            )
        until(self._answers, "VS Code's server does not listen")

    def _answers(self) -> bool:
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", self.port)) == 0

    def servers(self) -> list[int]:
        """The processes of reportlint below it."""
        lines = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
        rows = [line.split(None, 2) for line in lines.splitlines()]
        below = {self.process.pid}
        for _ in rows:
            more = {int(pid) for pid, parent, *_ in rows if int(parent) in below} - below
            if not more:
                break
            below |= more
        return [int(pid) for pid, _, *words in rows if int(pid) in below and "reportlint server" in "".join(words)]

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(LONG)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    running = Host(tmp_path_factory.mktemp("vscode"))
    yield running
    running.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with reports and other files."""
    made = tmp_path / "报告"
    made.mkdir()
    shutil.copy(EXAMPLES / "yunxi-water-2024-faulty.txt", made / NAMED)
    shutil.copy(EXAMPLES / "qinghe-town-2024.txt", made / "titled.txt")
    shutil.copy(EXAMPLES / "yunxi-archives-2023.md", made / "archives.md")
    (made / "list.txt").write_text("购物清单\n牛奶\n", encoding="utf-8")
    return made


class Window:
    """A workbench on a folder."""

    def __init__(self, page: sync_api.Page, host: Host, folder: Path, *, trusted: bool) -> None:
        self.page = page
        self.host = host
        self.folder = folder
        page.goto(f"http://127.0.0.1:{host.port}/?folder={folder}")
        answer = "Yes, I trust the authors" if trusted else "No, I don't trust the authors"
        page.get_by_text(answer).click(timeout=LONG * 1000)

    def open(self, name: str) -> None:
        self.page.locator(".explorer-viewlet .monaco-list-row", has_text=name).first.dblclick(timeout=LONG * 1000)
        self.page.locator(".tab.active", has_text=name).wait_for(timeout=LONG * 1000)

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def command(self, words: str) -> None:
        self.keys("F1")
        self.page.locator(".quick-input-widget input").first.wait_for()
        self.page.keyboard.type(words)
        row = self.page.locator(".quick-input-list .monaco-list-row", has_text=words).first
        row.wait_for(timeout=LONG * 1000)
        self.keys("Enter")

    def answer(self, title: str, words: str | None) -> None:
        """Fill in what is asked for, or agree with what is proposed."""
        self.page.locator(".quick-input-title", has_text=title).wait_for(timeout=LONG * 1000)
        if words is not None:
            self.page.keyboard.insert_text(words)
        self.keys("Enter")

    def go_to(self, place: str) -> None:
        self.keys("Control+g")
        self.page.locator(".quick-input-widget input").first.wait_for()
        self.page.keyboard.type(place)
        self.keys("Enter")

    def actions(self, place: str, words: str) -> None:
        """Have the actions shown that there are at a place, until one of them is offered."""
        offered = self.page.locator(".action-widget").get_by_text(words).first

        def shown() -> bool:
            self.keys("Escape")
            self.go_to(place)
            self.keys("Control+.")
            with suppress(sync_api.TimeoutError):
                offered.wait_for(timeout=3000)
            return bool(offered.is_visible())

        until(shown, words)

    def speaks(self, language: str) -> None:
        """Wait for the active document to have a language."""
        self.page.locator("[id='status.editor.mode']", has_text=language).wait_for(timeout=LONG * 1000)

    def status(self) -> str:
        """What the extension says in the status bar; empty where it says nothing."""
        item = self.page.locator("[id='reportlint.reportlint.reportlint']")
        return str(item.get_attribute("aria-label")) if item.count() else ""

    def says(self, words: str) -> None:
        """Wait for the status bar to say something."""
        until(lambda: words in self.status(), f"{words}：{self.status()}")

    def told(self, words: str) -> None:
        """Wait for a message."""
        self.page.locator(".notification-list-item-message", has_text=words).first.wait_for(timeout=LONG * 1000)

    def servers(self) -> list[int]:
        """The processes of reportlint. Asking lets the page go on: its requests to the network wait for being refused."""
        self.page.wait_for_timeout(100)
        return self.host.servers()

    def settle(self, settings: dict[str, object]) -> None:
        """The workspace's settings."""
        file = self.folder / ".vscode" / "settings.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(settings), encoding="utf-8")


@pytest.fixture
def window(browser: sync_api.Browser, host: Host, folder: Path) -> Iterator[Callable[..., Window]]:
    contexts: list[sync_api.BrowserContext] = []

    def opened(*, trusted: bool = True) -> Window:
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        contexts.append(context)
        # The workbench looks for extensions and news; nothing of it is needed.
        context.route(lambda url: not url.startswith(f"http://127.0.0.1:{host.port}/"), lambda route: route.abort())
        return Window(context.new_page(), host, folder, trusted=trusted)

    yield opened
    for context in contexts:
        context.close()


def test_a_report_is_checked_and_other_files_are_left_alone(window: Callable[..., Window]) -> None:
    made = window()
    running = made.host.servers()
    made.open("list.txt")
    made.speaks("Plain Text")
    made.open("archives.md")
    made.speaks("Markdown")
    assert made.host.servers() == running
    assert made.status() == ""
    made.open("titled.txt")
    made.speaks(LANGUAGE)
    made.says("错误 0，警告 0，建议 0")
    assert len(made.host.servers()) == len(running) + 1
    made.open(NAMED)
    made.says("错误 3，警告 3，建议 0")


def test_a_report_in_an_older_encoding_is_read_as_it_is_meant(window: Callable[..., Window], folder: Path) -> None:
    text = (folder / "titled.txt").read_text(encoding="utf-8")
    (folder / "2024年政府信息公开年报.txt").write_bytes(text.encode("gb18030"))
    made = window()
    made.open("2024年政府信息公开年报.txt")
    made.says("错误 0，警告 0，建议 0")


def test_nothing_runs_in_a_workspace_that_is_not_trusted(window: Callable[..., Window]) -> None:
    made = window(trusted=False)
    running = made.host.servers()
    made.open(NAMED)
    made.speaks(LANGUAGE)
    made.says("工作区未受信任，不检查报告")
    assert made.host.servers() == running


def test_a_finding_is_read_up_and_accepted_with_a_reason(window: Callable[..., Window]) -> None:
    made = window()
    made.open(NAMED)
    made.says("错误 3")
    made.actions("37:52", "查看规则 national/request-balance 的说明")
    made.keys("ArrowDown", "Enter")
    made.page.locator(".tab", has_text="Preview request-balance.md").wait_for(timeout=LONG * 1000)
    made.open(NAMED)
    made.actions("37:52", "接受这一处，写明理由")
    made.keys("Enter")
    made.answer("接受 national/request-balance 的这一处", "与登记簿核对过")
    made.says("错误 2")
    written = (made.folder / "reportlint.accepted.toml").read_text(encoding="utf-8")
    assert 'because = "与登记簿核对过"' in written


def test_all_safe_fixes_at_once(window: Callable[..., Window]) -> None:
    made = window()
    report = made.folder / "titled.txt"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("，", ",", 3), encoding="utf-8")
    made.open("titled.txt")
    made.says("警告 3")
    made.command("reportlint: Fix all that can be fixed safely")
    made.says("警告 0")
    made.keys("Control+s")
    until(lambda: report.read_text(encoding="utf-8") == text, "the fixed report is saved")


def test_a_new_report_is_in_order(window: Callable[..., Window]) -> None:
    made = window()
    made.page.locator(".explorer-viewlet .monaco-list-row").first.wait_for(timeout=LONG * 1000)
    made.command("reportlint: New annual report")
    made.answer("新建年度报告（1/2）", "𠮷水县档案馆")
    made.answer("新建年度报告（2/2）", None)
    made.page.locator(".tab.active", has_text="𠮷水县档案馆").wait_for(timeout=LONG * 1000)
    made.says("错误 0，警告 0，建议 0")
    made.speaks(LANGUAGE)


def test_what_is_configured_is_checked_too(window: Callable[..., Window]) -> None:
    made = window()
    made.open("archives.md")
    assert made.status() == ""
    made.settle({"reportlint.include": ["*.md"]})
    made.says("错误 0，警告 0，建议 0")
    made.speaks("Markdown")


def test_a_server_that_ends_is_started_again_until_it_is_given_up(window: Callable[..., Window]) -> None:
    made = window()
    others = set(made.servers())
    made.open(NAMED)
    for _ in range(5):
        # A new process, so that what the status bar says is not said of the one before.
        until(lambda: set(made.servers()) - others, "a server runs")
        made.says("错误 3")
        (mine,) = set(made.servers()) - others
        others.add(mine)
        os.kill(mine, signal.SIGKILL)
    made.told("接连几次意外退出")
    made.says("不再自动启动")
    assert set(made.servers()) <= others
    made.command("reportlint: Restart")
    made.says("错误 3")


def test_why_a_server_does_not_run(window: Callable[..., Window]) -> None:
    made = window()
    made.open(NAMED)
    made.says("错误 3")
    made.settle({"reportlint.path": "nowhere/reportlint"})
    made.told("nowhere/reportlint 不存在")
    program = made.folder / "broken"
    program.write_text("#!/bin/sh\necho '缺少 pygls' >&2\nexit 2\n", encoding="utf-8")
    program.chmod(0o755)
    made.settle({"reportlint.path": "./broken"})
    made.told("没有运行起来：缺少 pygls")
    made.settle({})
    made.says("错误 3")
