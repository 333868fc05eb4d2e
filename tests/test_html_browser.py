"""The page in a browser: filters, keys, paper, accessibility, and not one request to anywhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportlint.cli import main
from reportlint.formats import rendered

from .papers import DOUBT, FAULTY, lint

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra: browser)")

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "reports"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, as which tests in containers run.
        running = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, and a report with nothing in it but a finding that has no place."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "通知.txt").write_text("会议通知\n请各单位参加。\n", encoding="utf-8")
    made = folder / "page.html"
    assert main(["check", str(EXAMPLES), str(folder / "通知.txt"), "--output", f"html={made}"]) == 2
    return made


class Seen:
    """A page with what it asked for and what went wrong in it."""

    def __init__(self, page: sync_api.Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.errors.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def cards(self) -> list[str]:
        """The badges of the findings that can be seen."""
        return self.page.locator(".card:visible .badge").all_text_contents()

    def state(self) -> str:
        return str(self.page.evaluate("decodeURIComponent(location.hash)"))

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id"))

    def status(self) -> str:
        return str(self.page.inner_text("#status"))


@pytest.fixture
def seen(browser: sync_api.Browser, file: Path) -> Iterator[Seen]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    seen = Seen(context.new_page())
    seen.page.goto(file.as_uri())
    yield seen
    # Nothing is asked of anybody, and no policy is broken, whatever was done.
    assert [url for url in seen.requests if not url.startswith(file.as_uri())] == []
    assert seen.errors == []
    context.close()


def test_the_summary_is_on_top_and_the_filters_follow(seen: Seen) -> None:
    order = seen.page.evaluate("[...document.querySelector('main').children].map((node) => node.id)")
    assert order[:3] == ["summary", "filters", "reports"]
    assert seen.status() == "显示 7 份报告（共 7 份）、8 处"
    assert seen.page.locator(".unscripted").is_hidden()


def test_without_scripts_all_is_there_and_a_link_leads_to_the_summary(browser: sync_api.Browser, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator(".card:visible").count() == 8
    assert page.locator("#filters").is_hidden()
    assert page.locator(".show:visible").count() == 0
    page.click(".unscripted a")
    assert page.url.endswith("#summary")
    context.close()


def test_findings_are_filtered_by_severity(seen: Seen) -> None:
    seen.page.uncheck("[name=kind][value=warning]")
    assert seen.status() == "显示 7 份报告（共 7 份）、5 处"
    assert {text[:2] for text in seen.cards()} == {"错误", "建议"}
    assert seen.state() == "#kind=error,advice,accepted"
    # Their marks are gone with them.
    assert seen.page.locator("mark.warning.off").count() == 3
    assert seen.page.locator("article .ref.warning:visible").count() == 0
    seen.page.click("#reset")
    assert seen.status() == "显示 7 份报告（共 7 份）、8 处"
    assert seen.state() == ""


def test_findings_are_filtered_by_rule(seen: Seen) -> None:
    seen.page.select_option("[name=rule]", "national/request-balance")
    assert seen.status() == "显示 1 份报告（共 7 份）、1 处"
    assert seen.cards() == ["错误 3"]
    assert seen.state() == "#rule=national/request-balance"


def test_reports_are_filtered_by_unit(seen: Seen) -> None:
    seen.page.select_option("[name=unit]", "云溪县档案馆")
    assert seen.status() == "显示 1 份报告（共 7 份）、0 处"
    assert seen.page.locator("article:visible h2").all_text_contents() == ["云溪县档案馆2023年政府信息公开工作年度报告"]


def test_reports_are_filtered_by_words_and_by_findings(seen: Seen) -> None:
    seen.page.check("[name=found]")
    assert seen.page.locator("article:visible").count() == 3
    seen.page.fill("[name=text]", "造林")
    sync_api.expect(seen.page.locator("article:visible")).to_have_count(1)
    assert seen.cards() == ["建议 1"]
    assert seen.state() == "#text=造林&found=1"
    seen.page.fill("[name=text]", "哪里也没有")
    seen.page.wait_for_selector("#nothing:visible")
    assert seen.status() == "显示 0 份报告（共 7 份）、0 处"


def test_what_is_in_the_address_is_shown(browser: sync_api.Browser, file: Path) -> None:
    page = browser.new_page()
    page.goto(f"{file.as_uri()}#kind=warning&unit=云溪县水务局&keys=0")
    assert page.locator(".card:visible").count() == 3
    assert page.input_value("[name=unit]") == "云溪县水务局"
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    # Another address in the same page, with values that it does not have.
    page.evaluate("location.hash = 'unit=没有&rule=没有'")
    sync_api.expect(page.locator("article:visible")).to_have_count(7)
    assert page.input_value("[name=unit]") == ""
    page.close()


def test_counts_lead_to_what_they_count(seen: Seen) -> None:
    seen.page.click("#summary a:text('national/zero-filing')")
    assert seen.status() == "显示 1 份报告（共 7 份）、1 处"
    assert seen.page.evaluate("document.activeElement.name") == "rule"
    seen.page.click("#reset")
    seen.page.click("#summary a:text('云溪县林业局')")
    assert seen.state() == "#unit=云溪县林业局"


def test_keys_go_from_finding_to_finding(seen: Seen) -> None:
    ids = seen.page.locator(".card").evaluate_all("nodes => nodes.map((node) => node.id)")
    visited = []
    for _ in range(9):
        seen.page.keyboard.press("n")
        visited.append(seen.focused())
    assert visited == [*ids, ids[-1]]
    assert seen.page.inner_text("#place") == "；现在第 8 处"
    seen.page.keyboard.press("p")
    assert seen.focused() == ids[-2]
    assert seen.state() == f"#at={ids[-2]}"
    # What is gone to can be seen, and its mark with it.
    assert seen.page.locator(f"#{ids[-2]}").evaluate(
        "node => { const {top, bottom} = node.getBoundingClientRect(); return top >= 0 && top < innerHeight }"
    )
    # Filtered findings are passed by.
    seen.page.uncheck("[name=kind][value=warning]")
    seen.page.keyboard.press("p")
    assert "error" in seen.page.evaluate("document.activeElement.className")


def test_a_finding_and_its_mark_are_shown_together(seen: Seen) -> None:
    for _ in range(4):
        seen.page.keyboard.press("n")
    inside = "node => { const {top, bottom} = node.getBoundingClientRect(); return top >= 60 && bottom <= innerHeight }"
    card = seen.focused()
    assert seen.page.locator(f"#{card}").evaluate(inside)
    assert seen.page.locator(f"#{card}-m").evaluate(inside)


def test_letters_that_are_typed_are_no_keys(seen: Seen) -> None:
    seen.page.keyboard.press("/")
    assert seen.page.evaluate("document.activeElement.name") == "text"
    seen.page.keyboard.type("n/p?")
    assert seen.page.input_value("[name=text]") == "n/p?"
    assert seen.page.locator("#help").is_hidden()


def test_help_says_which_keys_there_are_and_can_turn_them_off(seen: Seen) -> None:
    seen.page.keyboard.press("?")
    assert seen.page.locator("#help").is_visible()
    assert "下一处问题" in seen.page.inner_text("#help")
    seen.page.keyboard.press("n")
    assert seen.page.locator("#help").is_visible()
    seen.page.uncheck("#with-keys")
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("#help").is_hidden()
    seen.page.keyboard.press("n")
    assert seen.page.locator(".card.current").count() == 0
    assert seen.state() == "#keys=0"
    seen.page.click("#next")
    assert seen.page.locator(".card.current").count() == 1


def test_the_cells_of_a_sum_light_up(seen: Seen) -> None:
    lit = seen.page.locator("td.part")
    total = seen.page.locator(".card:has-text('应为 2，实为 3') .sum").nth(1)
    total.hover()
    assert lit.count() == 7
    seen.page.mouse.move(5, 5)
    assert lit.count() == 0
    # From the keyboard: all cells with the finding, those of one sum for as long as its button is pressed.
    total.locator("button").focus()
    assert lit.count() == 7
    seen.page.keyboard.press("Enter")
    assert total.locator("button").get_attribute("aria-pressed") == "true"
    seen.page.locator("#reset").focus()
    assert lit.count() == 7
    total.locator("button").press("Space")
    seen.page.locator("#reset").focus()
    assert lit.count() == 0
    seen.page.locator("mark.error", has_text="3").first.hover()
    assert lit.count() == 10


def test_marks_and_findings_lead_to_each_other(seen: Seen) -> None:
    seen.page.locator(".ref.error").first.click()
    card = seen.focused()
    assert seen.page.locator(f"#{card}").get_attribute("class") == "card error current"
    seen.page.locator(f"#{card} .more a").click()
    assert seen.focused() == f"{card}-m"
    # A link into what is closed opens it.
    seen.page.locator("article.found > details").first.evaluate("node => { node.open = false }")
    seen.page.keyboard.press("n")
    seen.page.keyboard.press("p")
    assert seen.page.locator(".card.current").is_visible()


def test_skip_links_come_first(seen: Seen) -> None:
    seen.page.keyboard.press("Tab")
    first = seen.page.locator(":focus")
    assert first.inner_text() == "跳到汇总"
    assert first.bounding_box()["x"] >= 0  # type: ignore[index]
    seen.page.keyboard.press("Enter")
    assert seen.focused() == "summary"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document without lines, in which one figure was read with doubt."""
    made = tmp_path_factory.mktemp("document") / "page.html"
    text = FAULTY.replace("| 0 | 0 | 0 | 3 |", "| 0 | 0 | 0 | 3? |")
    made.write_text(rendered("html", [lint(text, path="年报.leaf")]), encoding="utf-8")
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1366])
@pytest.mark.parametrize("of", ["file", "document"])
def test_the_page_is_accessible(
    browser: sync_api.Browser, request: pytest.FixtureRequest, of: str, scheme: str, width: int
) -> None:
    file: Path = request.getfixturevalue(of)
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (extra: browser)")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(file.as_uri())
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.locator("article details:not([open])").evaluate_all("nodes => nodes.forEach((node) => { node.open = true })")
    # Reports out of sight are not laid out, and a rule for colours would not see them.
    page.locator("article").evaluate_all("nodes => nodes.forEach((node) => node.style.contentVisibility = 'visible')")
    page.wait_for_timeout(200)
    found = axe.Axe().run(page)
    told = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found.response["violations"]]
    assert told == []
    assert len(found.response["passes"]) > 20
    page.keyboard.press("?")
    assert axe.Axe().run(page).response["violations"] == []
    context.close()


def test_a_doubt_leads_to_its_place_in_the_document(browser: sync_api.Browser, document: Path) -> None:
    page = browser.new_page()
    page.goto(document.as_uri())
    page.click(".doubts summary")
    page.click(".doubts a")
    focused = page.locator(":focus")
    assert (focused.inner_text(), focused.get_attribute("title")) == ("3", DOUBT)
    page.close()


def test_nothing_is_cut_off_on_a_narrow_screen(browser: sync_api.Browser, file: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for _ in range(4):
        page.keyboard.press("n")
    # A table wider than the screen is scrolled, also without a mouse.
    page.wait_for_selector(".table[tabindex='0'][role=group]")
    page.close()


def test_paper_has_findings_and_no_controls(browser: sync_api.Browser, file: Path) -> None:
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator("#filters").is_hidden()
    assert page.locator(".show:visible").count() == 0
    assert page.locator(".card:visible").count() == 8
    breaks = page.locator("article.found").evaluate_all(
        "nodes => nodes.map((node) => getComputedStyle(node).breakBefore)"
    )
    assert breaks == ["page"] * 3
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".basis:visible > p").count() == page.locator("details.basis").count() > 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.basis[open]").count() == 0
    page.close()


def test_a_policy_keeps_what_got_in_from_acting(browser: sync_api.Browser, file: Path) -> None:
    changed = file.with_name("changed.html")
    page_text = file.read_text(encoding="utf-8")
    changed.write_text(
        page_text.replace("<main>", "<script>document.title = 'in'</script><main onclick=''>"), encoding="utf-8"
    )
    page = browser.new_page()
    page.goto(changed.as_uri())
    assert page.title() == "政府信息公开年度报告检查结果"
    page.close()
