"""The page of `reportlint serve` in a browser, before the real server: as a clerk uses it, and as it fails."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from reportlint import Linter
from reportlint.cli import main
from reportlint.readers import REPORT_SUFFIXES
from reportlint.testing import Draft

from .documents import findings_of
from .words import docx, of_text

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra: browser)")
pytest.importorskip("websockets", reason="websockets is not installed (extra: serve)")
pytest.importorskip("pygls", reason="pygls is not installed (extra: serve)")

ROOT = Path(__file__).parent.parent
FAULTY = (ROOT / "examples" / "reports" / "yunxi-water-2024-faulty.txt").read_text(encoding="utf-8")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
BUILT = ROOT / "src" / "reportlint" / "serve" / "static" / "index.html"

WORD = docx(*of_text(FAULTY))

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed"),
    pytest.mark.skipif(not BUILT.exists(), reason="the page is not built (editors/page: npm ci && npm run build)"),
]


class Served:
    """A running server."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reportlint", "serve", "--no-browser", *arguments],
            stdout=subprocess.PIPE,
            cwd=folder,
            env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().decode("utf-8").strip().removeprefix("页面地址：")

    @property
    def origin(self) -> str:
        return "http://" + urlsplit(self.address).netloc

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=20)
        return self.process.returncode


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = Served(tmp_path_factory.mktemp("served"))
    yield running
    assert running.end() == 0


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """A server of the test's own, in its folder; it may end it."""
    running = Served(tmp_path)
    yield running
    running.end()


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, as which tests in containers run.
        running = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield running
        running.close()


PASTE = """
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    node.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
"""


class Seen:
    """The page, with what it asked for and what went wrong in it."""

    def __init__(self, context: sync_api.BrowserContext, served: Served) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        self.page = page = context.new_page()
        page.on("websocket", lambda channel: self.requests.append(channel.url))
        page.on("console", lambda message: self.errors.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(served.address)
        self.editor = page.locator(".cm-content")
        self.status = page.locator("#status")
        self.cards = page.locator(".card")

    def paste(self, text: str) -> None:
        """Put a text in the place of what is there, as from the clipboard."""
        self.editor.focus()
        self.page.keyboard.press("Control+A")
        self.editor.evaluate(f"(node, text) => {{ {PASTE} }}", text)

    def drop(self, name: str, data: bytes, files: int = 1) -> None:
        """Drop a file on the editor."""
        self.editor.evaluate(
            """(node, [name, bytes, files]) => {
                const dataTransfer = new DataTransfer();
                for (let each = 0; each < files; each++) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
                for (const kind of ["dragover", "drop"])
                    node.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
            }""",
            [name, list(data), files],
        )

    def text(self) -> str:
        """The text, as it is downloaded."""
        with self.page.expect_download() as download:
            self.page.click("#download")
        return Path(download.value.path()).read_bytes().decode("utf-8")

    def says(self, words: str | re.Pattern[str]) -> None:
        sync_api.expect(self.status).to_have_text(words)

    def noted(self, words: str | re.Pattern[str]) -> None:
        sync_api.expect(self.page.locator("#notes span")).to_have_text(words)


@pytest.fixture
def seen(browser: sync_api.Browser, served: Served) -> Iterator[Seen]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen = Seen(context, served)
    yield seen
    # Whatever was done: nothing was asked of anybody else, nothing was stored, and no policy was broken.
    own = (f"{served.address}", f"{served.address.replace('http:', 'ws:')}lsp", f"blob:{served.origin}")
    assert [url for url in seen.requests if not url.startswith(own)] == []
    assert context.cookies() == []
    assert seen.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert seen.page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert seen.errors == []
    context.close()


def test_an_empty_page_says_what_to_do(seen: Seen) -> None:
    seen.says("还没有文字：请粘贴报告，或者打开文件、新建报告。")
    assert seen.cards.count() == 0
    assert seen.page.locator(".cm-lintPoint").count() == 0
    assert seen.page.evaluate("document.activeElement.getAttribute('aria-label')") == "报告全文"


def test_what_is_pasted_is_checked_as_on_the_command_line(seen: Seen, linter: Linter) -> None:
    seen.paste(FAULTY)
    seen.says("发现 6 处问题：错误 3 处、警告 3 处。")
    expected = linter.lint_text(FAULTY).diagnostics
    shown = zip(
        seen.page.locator(".card .badge").all_text_contents(),
        seen.page.locator(".card .place").all_text_contents(),
        seen.page.locator(".card .message").all_text_contents(),
        strict=True,
    )
    words = {3: "错误", 2: "警告", 1: "建议"}
    positions = [each.start() for each in expected]
    assert list(shown) == [
        (words[int(each.severity)], f"第 {position.line if position else 1} 行", each.message)
        for each, position in zip(expected, positions, strict=True)
    ]
    assert seen.text() == FAULTY


def test_findings_are_marked_where_they_are(seen: Seen) -> None:
    seen.paste(FAULTY)
    mark = seen.page.locator(".cm-lintRange-error").first
    sync_api.expect(mark).to_have_text("未收到政府信息公开申请")
    # Not by colour alone.
    assert "wavy" in mark.evaluate("node => getComputedStyle(node).textDecoration")
    dashed = seen.page.locator(".cm-lintRange-warning").first
    assert "dashed" in dashed.evaluate("node => getComputedStyle(node).textDecoration")


def test_a_finding_leads_to_its_place_and_keys_to_the_next(seen: Seen) -> None:
    seen.paste(FAULTY)
    seen.page.locator(".card .go").nth(2).click()
    assert seen.page.evaluate("getSelection().toString()") == "3"
    sync_api.expect(seen.page.locator(".cm-activeLine").first).to_contain_text("一、本年新收政府信息公开申请数量")
    seen.page.keyboard.press("F8")
    sync_api.expect(seen.page.locator(".cm-activeLine").first).to_contain_text("| 2 | 0 | 1 | 0 | 2")
    seen.page.keyboard.press("Shift+F8")
    assert seen.page.evaluate("getSelection().toString()") == "3"
    seen.page.locator(".note-link").first.click()
    assert seen.page.evaluate("document.activeElement.className").startswith("cm-content")


def test_hovering_writes_the_sum_out(seen: Seen) -> None:
    seen.paste(FAULTY)
    seen.page.locator(".card .go").nth(2).click()
    seen.page.locator(".cm-lintRange-error", has_text=re.compile("^3$")).first.hover()
    tooltip = seen.page.locator(".cm-tooltip .explanation, .cm-tooltip.explanation")
    sync_api.expect(tooltip.first).to_contain_text("应为 2")
    assert tooltip.first.locator("script, img, iframe").count() == 0


def test_the_right_sum_stands_beside_a_figure_and_is_no_text(seen: Seen) -> None:
    seen.paste(FAULTY)
    hint = seen.page.locator(".cm-line", has_text="一、本年新收政府信息公开申请数量").locator(".hint")
    sync_api.expect(hint).to_have_text("应为 2")
    assert seen.text() == FAULTY
    seen.page.locator(".card .go").nth(2).click()
    seen.page.keyboard.type("2")
    sync_api.expect(hint).to_have_count(0)


def test_an_explanation_comes_by_keys_and_in_the_list(seen: Seen) -> None:
    seen.paste(FAULTY)
    seen.page.locator(".card .go").nth(2).click()
    seen.page.keyboard.press("F9")
    tooltip = seen.page.locator(".cm-tooltip.explanation")
    sync_api.expect(tooltip).to_contain_text("应为 2")
    seen.page.keyboard.press("Escape")
    sync_api.expect(tooltip).to_have_count(0)
    why = seen.page.locator(".card .why").nth(2)
    why.focus()
    seen.page.keyboard.press("Enter")
    answer = seen.page.locator(".card .explanation").nth(2)
    sync_api.expect(answer).to_contain_text("应为 2")
    assert why.get_attribute("aria-expanded") == "true"
    seen.page.keyboard.press("Enter")
    sync_api.expect(answer).to_be_hidden()
    seen.page.keyboard.press("F9")


def test_typing_mends_a_finding_and_makes_another(seen: Seen, compliant: Draft) -> None:
    seen.paste(compliant.text)
    seen.says("没有发现问题。")
    seen.page.keyboard.press("Control+Home")
    seen.page.keyboard.type("，，")
    seen.says(re.compile("^发现 [0-9]+ 处问题"))
    seen.page.keyboard.press("Backspace")
    seen.page.keyboard.press("Backspace")
    seen.says("没有发现问题。")
    assert seen.cards.count() == 0


def twice_wrong(draft: Draft) -> str:
    """A report with two marks too many, each of which can be mended."""
    marks = [place.start() for place in re.finditer("。\n", draft.text)][:2]
    return draft.text[: marks[0]] + "。" + draft.text[marks[0] : marks[1]] + "。" + draft.text[marks[1] :]


def test_fixes_are_made_one_by_one_or_all_at_once(seen: Seen, compliant: Draft) -> None:
    seen.paste(twice_wrong(compliant))
    seen.says(re.compile("^发现 2 处问题"))
    fixes = seen.page.locator(".card .fix")
    sync_api.expect(fixes).to_have_count(2)
    # What a fix does is said before it is made.
    assert re.fullmatch("“.*。。”改为“.*[^。]。”", seen.page.locator(".acts .title").first.inner_text())
    fixes.first.click()
    seen.says(re.compile("^发现 1 处问题"))
    sync_api.expect(fixes).to_have_count(1)
    seen.page.keyboard.press("Control+Z")
    seen.says(re.compile("^发现 2 处问题"))
    sync_api.expect(seen.page.locator("#fix-all")).to_be_enabled()
    seen.page.click("#fix-all")
    seen.says("没有发现问题。")
    assert seen.text() == compliant.text
    sync_api.expect(seen.page.locator("#fix-all")).to_be_hidden()


def test_a_fix_is_made_by_key_and_in_the_hover(seen: Seen, compliant: Draft) -> None:
    seen.paste(twice_wrong(compliant))
    sync_api.expect(seen.page.locator(".card .fix")).to_have_count(2)
    seen.page.locator(".card .go").first.click()
    seen.page.keyboard.press("Control+.")
    seen.says(re.compile("^发现 1 处问题"))
    sync_api.expect(seen.page.locator(".card .fix")).to_have_count(1)
    seen.page.locator(".card .go").first.click()
    seen.page.keyboard.press("F9")
    seen.page.locator(".cm-tooltip.explanation button").click()
    seen.says("没有发现问题。")
    seen.page.keyboard.press("Control+.")
    seen.noted("光标所在的位置没有可以自动修复的问题")


def test_nothing_old_is_shown_as_new(seen: Seen) -> None:
    seen.paste(FAULTY)
    seen.says(re.compile("^发现 6 处问题"))
    sync_api.expect(seen.page.locator(".hint").first).to_be_visible()
    seen.page.keyboard.press("Control+End")
    # With the very change: before anything else can be seen or done.
    told = "[document.body.dataset.state, document.querySelector('#status').textContent, document.querySelector('#list').ariaBusy]"
    assert seen.editor.evaluate(f"(node) => {{ const text = '甲'; {PASTE} return {told}; }}") == [
        "checking",
        "正在检查…",
        "true",
    ]
    seen.says(re.compile("^发现 [67] 处问题"))
    assert seen.page.locator("#list").get_attribute("aria-busy") == "false"


def test_what_is_no_report_is_told(seen: Seen) -> None:
    seen.paste("会议通知\n请各单位参加。\n")
    seen.says("没有检查，原因如下。")
    sync_api.expect(seen.cards).to_have_text(re.compile("不像选用的格式的报告，没有检查"))


def test_a_file_in_gb18030_is_dropped(seen: Seen, compliant: Draft) -> None:
    text = compliant.text.replace("\n", "\r\n")
    seen.drop("年报.txt", text.encode("gb18030"))
    seen.noted("已打开 年报.txt（GB18030 编码）")
    seen.says("没有发现问题。")
    # Its line ends are kept.
    assert seen.text() == text
    seen.drop("网页.html", f"<p>{'<p>'.join(FAULTY.splitlines())}".encode())
    seen.noted("已打开 网页.html（取出了网页里的文字）")
    sync_api.expect(seen.cards.first).to_be_visible()


def test_a_word_document_is_dropped_and_its_findings_are_placed_in_it(
    seen: Seen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "年报.docx"
    file.write_bytes(WORD)
    main(["check", str(file), "--no-cache", "--output-format", "json"])
    found = [(each["message"], each["origin"]) for each in findings_of(json.loads(capsys.readouterr().out))]
    seen.drop("年报.docx", WORD)
    seen.noted("已打开 年报.docx（取出了文件里的文字；在这里改的是取出的文字，不是原文件）")
    seen.says(re.compile(f"^发现 {len(found)} 处问题"))
    shown = [
        (card.locator(".message").inner_text(), card.locator(".origin").all_inner_texts()) for card in seen.cards.all()
    ]
    assert shown == [(message, [f"原文件：{origin['words']}"] if origin else []) for message, origin in found]
    assert any("表二" in place for _, places in shown for place in places)
    # What is worked on is the text; what was not touched stands where it stood.
    seen.page.keyboard.press("Control+Home")
    seen.page.keyboard.type("甲")
    seen.says(re.compile("^发现 [0-9]+ 处问题"))
    last = seen.cards.last.locator(".origin")
    sync_api.expect(last).to_have_text(shown[-1][1][0])
    # A text of its own has no other place.
    seen.paste(FAULTY)
    seen.says(re.compile("^发现 6 处问题"))
    sync_api.expect(seen.page.locator(".origin")).to_have_count(0)


def test_documents_can_be_chosen(seen: Seen) -> None:
    accepted = (seen.page.locator("#file").get_attribute("accept") or "").split(",")
    assert set(accepted) == REPORT_SUFFIXES


def test_files_that_are_not_taken_are_told_and_the_text_stays(seen: Seen) -> None:
    seen.paste(FAULTY)
    seen.says(re.compile("^发现 6 处问题"))
    seen.drop("年报.docx", WORD[:2000])
    seen.noted(re.compile("^没有打开 年报.docx：.*损坏"))
    seen.drop("图.txt", b"\0\1")
    seen.noted("没有打开 图.txt：文件里有 NUL 字符，不是文本文件")
    seen.drop("年报.txt", b"", files=2)
    seen.noted("一次只能打开一个文件")
    seen.page.locator("#file").set_input_files(
        {"name": "大.txt", "mimeType": "text/plain", "buffer": b"a" * (8 * 1024 * 1024 + 1)}
    )
    seen.noted("没有打开 大.txt：文件有 8388609 字节，超过 limits.text-bytes 的上限 8388608 字节，没有检查")
    seen.drop("年报.pdf", b"%PDF-1.7\n" + bytes(1000))
    seen.noted(re.compile("^没有打开 年报.pdf："))
    assert seen.text() == FAULTY


def test_a_file_is_opened_by_its_name(seen: Seen, compliant: Draft) -> None:
    with seen.page.expect_file_chooser() as chooser:
        seen.page.click("#open")
    chooser.value.set_files({"name": "甲.md", "mimeType": "text/markdown", "buffer": compliant.text.encode()})
    seen.noted("已打开 甲.md（UTF-8 编码）")
    seen.says("没有发现问题。")
    with seen.page.expect_download() as download:
        seen.page.click("#download")
    assert download.value.suggested_filename == "甲.md"


def test_a_text_that_is_too_long_is_not_taken(seen: Seen) -> None:
    seen.paste("一")
    seen.editor.focus()
    seen.page.keyboard.press("End")
    seen.editor.evaluate(f"(node) => {{ const text = '一'.repeat(1_000_000); {PASTE} }}")
    seen.noted("全文有 1000001 个字符，超过 1000000 的上限，没有放入")
    assert seen.text() == "一"


def test_the_text_is_copied_with_what_the_example_says(seen: Seen) -> None:
    seen.page.click("#example")
    seen.noted("已载入示例，是一份虚构的、有错误的报告")
    seen.says(re.compile("^发现 6 处问题"))
    seen.page.click("#copy")
    seen.noted("已复制全文")
    assert seen.page.evaluate("navigator.clipboard.readText()") == FAULTY


def test_a_new_report_is_written_and_is_compliant(seen: Seen) -> None:
    seen.says(re.compile("^还没有文字"))
    seen.page.click("#new")
    dialog = seen.page.locator("#new-dialog")
    sync_api.expect(dialog.locator("[name=organisation]")).to_be_focused()
    dialog.locator("[name=organisation]").fill("青禾镇人民政府")
    assert re.fullmatch("20[0-9]{2}", dialog.locator("[name=year]").input_value())
    dialog.locator("[name=year]").fill("2024")
    seen.page.keyboard.press("Enter")
    seen.noted("已新建报告；撤销可恢复原来的文字")
    sync_api.expect(dialog).to_be_hidden()
    seen.says("没有发现问题。")
    assert seen.text().startswith("青禾镇人民政府2024年政府信息公开工作年度报告\n")
    # What the server does not write is said where it was asked for.
    seen.page.click("#new")
    dialog.locator("[name=year]").fill("2001")
    seen.page.keyboard.press("Enter")
    sync_api.expect(dialog.locator(".problem")).not_to_be_empty()
    seen.page.keyboard.press("Escape")
    assert seen.text().startswith("青禾镇人民政府2024年政府信息公开工作年度报告\n")


def test_what_may_be_written_is_offered_by_key(seen: Seen) -> None:
    seen.paste("青禾镇人民政府2024年政府信息公开工作年度报告\n\n")
    seen.says(re.compile("^发现"))
    seen.page.keyboard.press("Control+End")
    seen.page.keyboard.press("Control+Space")
    rest = seen.page.locator(".cm-tooltip-autocomplete li", has_text="其余部分")
    sync_api.expect(rest).to_be_visible()
    assert seen.page.locator(".cm-tooltip-autocomplete ul").get_attribute("aria-label") == "可以填写的内容"
    rest.click()
    seen.says("没有发现问题。")


def test_leaving_with_a_text_that_is_nowhere_else_is_asked(seen: Seen) -> None:
    asked = []
    seen.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    seen.editor.focus()
    seen.page.keyboard.type("甲")
    seen.page.reload()
    assert asked == ["beforeunload"]
    # Nothing was kept of it.
    seen.says(re.compile("^还没有文字"))
    seen.editor.focus()
    seen.page.keyboard.type("乙")
    seen.text()
    seen.page.reload()
    assert asked == ["beforeunload"]


def test_what_the_server_writes_is_no_markup_that_acts(seen: Seen) -> None:
    seen.paste(FAULTY.replace("云溪县水务局", "<img src=x onerror=alert(1)><script>alert(1)</script>水务局", 1))
    seen.says(re.compile("^发现"))
    for why in seen.page.locator(".card .why").all():
        why.click()
    seen.page.keyboard.press("Control+Home")
    assert (
        seen.page.locator(
            "#findings img, #findings script, .cm-line img:not(.cm-widgetBuffer), .cm-line script"
        ).count()
        == 0
    )


def test_the_keyboard_is_enough(seen: Seen) -> None:
    seen.paste(FAULTY)
    seen.says(re.compile("^发现 6 处问题"))
    # Out of the editor and through the list; nothing holds the focus.
    visited = []
    for _ in range(6):
        seen.page.keyboard.press("Tab")
        visited.append(seen.page.evaluate("document.activeElement.className || document.activeElement.id"))
    assert visited[:3] == ["go", "why", "go"]
    seen.page.click("#help")
    assert "下一处" in seen.page.locator("#help-dialog").inner_text()
    seen.page.keyboard.press("Escape")
    sync_api.expect(seen.page.locator("#help-dialog")).to_be_hidden()


def test_a_search_speaks_chinese(seen: Seen) -> None:
    seen.paste(FAULTY)
    seen.page.keyboard.press("Control+F")
    assert re.search("[A-Za-z]{3}", seen.page.locator(".cm-search").inner_text()) is None
    assert seen.page.locator(".cm-search input[name=search]").get_attribute("aria-label") == "查找"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_the_page_is_accessible(browser: sync_api.Browser, served: Served, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (extra: browser)")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    seen = Seen(context, served)

    def violations() -> list[object]:
        seen.page.wait_for_timeout(300)
        found = axe.Axe().run(seen.page)
        assert len(found.response["passes"]) > 10
        return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found.response["violations"]]

    seen.says(re.compile("^还没有文字"))
    assert violations() == []
    seen.page.click("#example")
    seen.says(re.compile("^发现 6 处问题"))
    seen.page.locator(".card .why").nth(2).click()
    seen.page.locator(".card .go").nth(2).click()
    seen.page.keyboard.press("F9")
    sync_api.expect(seen.page.locator(".cm-tooltip.explanation")).to_be_visible()
    assert violations() == []
    seen.page.keyboard.press("Escape")
    seen.page.click("#help")
    assert violations() == []
    context.close()


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_cut_off_on_a_narrow_screen(browser: sync_api.Browser, served: Served, width: int) -> None:
    """640 is a screen of 1280 at 200 %; 320 is one at 400 %."""
    context = browser.new_context(viewport={"width": width, "height": 500})
    seen = Seen(context, served)
    seen.page.click("#example")
    seen.says(re.compile("^发现 6 处问题"))
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.page.locator(".card .why").last.click()
    seen.page.locator(".card .explanation").last.scroll_into_view_if_needed()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_server_that_ends_is_told_and_what_is_shown_is_old(
    browser: sync_api.Browser, fresh: Served, compliant: Draft
) -> None:
    context = browser.new_context()
    seen = Seen(context, fresh)
    seen.paste(twice_wrong(compliant))
    sync_api.expect(seen.page.locator(".card .fix")).to_have_count(2)
    fresh.process.kill()
    seen.says(re.compile("^与检查程序的连接断了。下面是断开以前的结果，可能已经过时。正在重新连接"))
    assert seen.page.locator("body").get_attribute("data-state") == "gone"
    assert seen.page.locator("#list").evaluate("node => getComputedStyle(node).filter") == "grayscale(1)"
    for control in seen.page.locator(".card .fix, .card .why, #fix-all").all():
        sync_api.expect(control).to_be_disabled()
    # The text is still there, and can be taken away.
    seen.editor.focus()
    seen.page.keyboard.press("Control+Home")
    seen.page.keyboard.type("甲")
    assert seen.text() == "甲" + twice_wrong(compliant)
    seen.page.click("#example")
    seen.noted("没有载入示例：与检查程序的连接断了")
    seen.drop("甲.txt", b"1")
    seen.noted("没有打开 甲.txt：与检查程序的连接断了")
    context.close()


def test_a_connection_that_comes_back_checks_the_text_as_it_is_now(
    browser: sync_api.Browser, served: Served, compliant: Draft
) -> None:
    context = browser.new_context()
    channels: list[sync_api.WebSocketRoute] = []

    def between(channel: sync_api.WebSocketRoute) -> None:
        channels.append(channel)
        channel.connect_to_server()

    context.route_web_socket(re.compile("/lsp$"), between)
    seen = Seen(context, served)
    seen.paste(FAULTY)
    seen.says(re.compile("^发现 6 处问题"))
    channels[-1].close(code=1011)
    seen.says(re.compile("^与检查程序的连接断了"))
    seen.paste(compliant.text)
    seen.says("没有发现问题。")
    assert len(channels) == 2
    context.close()


def test_another_page_is_refused(browser: sync_api.Browser, served: Served, tmp_path: Path) -> None:
    """A page from elsewhere, though it knew the address, gets no channel, no file and no frame."""
    context = browser.new_context()
    page = context.new_page()
    other = tmp_path / "other.html"
    other.write_text(f"<iframe src='{served.address}'></iframe>", encoding="utf-8")
    page.goto(other.as_uri())
    channel = served.address.replace("http:", "ws:") + "lsp"
    ended = "address => new Promise((done) => { const socket = new WebSocket(address); socket.onopen = () => done('open'); socket.onclose = () => done('closed'); })"
    assert page.evaluate(ended, channel) == "closed"
    assert page.evaluate("address => fetch(address).then(() => 'read', () => 'refused')", served.address) == "refused"
    assert page.frames[1].locator("#text").count() == 0
    # The page itself does get one: it is the origin that counts.
    page.goto(served.address)
    assert page.evaluate(ended, channel) == "open"
    context.close()


def test_a_configuration_that_is_wrong_is_told(browser: sync_api.Browser, fresh: Served, tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text("nonsense = 1\n", encoding="utf-8")
    context = browser.new_context()
    seen = Seen(context, fresh)
    seen.noted(re.compile("nonsense"))
    seen.paste(FAULTY)
    seen.says("没有检查，原因如下。")
    (tmp_path / "reportlint.toml").unlink()
    seen.says(re.compile("^发现 6 处问题"))
    context.close()
    assert fresh.end() == 0


def test_too_many_pages_are_told(browser: sync_api.Browser, fresh: Served) -> None:
    context = browser.new_context()
    pages = [Seen(context, fresh) for _ in range(8)]
    for each in pages:
        each.says(re.compile("^还没有文字"))
    last = Seen(context, fresh)
    last.says(re.compile("打开的页面太多，请关闭几个"))
    pages[0].page.close()
    last.says(re.compile("^还没有文字"))
    context.close()
    assert fresh.end() == 0


def test_a_clerk_mends_five_mistakes_by_what_the_page_says(seen: Seen) -> None:
    seen.page.click("#new")
    seen.page.fill("#new-dialog [name=organisation]", "青禾镇人民政府")
    seen.page.fill("#new-dialog [name=year]", "2024")
    seen.page.click("#new-dialog [type=submit]")
    seen.says("没有发现问题。")
    right = wrong = seen.text()
    row = "一、本年新收政府信息公开申请数量\t\t\t0\t0\t0\t0\t0\t0\t"
    slips = {
        "公开政府信息0条。": "公开政府信息0条。。",
        "编制，数据统计": "编制,数据统计",
        "四、政府信息公开行政": "五、政府信息公开行政",
        "本年度未收到政府信息公开申请": "本年度收到政府信息公开申请3件",
        f"{row}0": f"{row}6",
    }
    for was, becomes in slips.items():
        assert wrong.count(was) == 1
        wrong = wrong.replace(was, becomes)
    seen.paste(wrong)
    seen.says(re.compile("^发现 5 处问题"))
    sync_api.expect(seen.page.locator(".card .fix")).to_have_count(3)
    # What is certain, at once.
    seen.page.click("#fix-all")
    seen.says(re.compile("^发现 2 处问题"))
    # The figure: the finding says which, and a click selects it.
    figure = seen.cards.filter(has_text="应为 0，实为 6")
    figure.locator(".go").click()
    assert seen.page.evaluate("getSelection().toString()") == "6"
    seen.page.keyboard.type("0")
    seen.says(re.compile("^发现 1 处问题"))
    # The sentence: its finding says what the table has.
    sync_api.expect(seen.cards).to_contain_text("文字称收到申请 3 件，表格各项均为 0")
    seen.cards.locator(".go").click()
    seen.page.keyboard.insert_text("本年度未收到政府信息公开申请")
    seen.says("没有发现问题。")
    assert seen.text() == right
