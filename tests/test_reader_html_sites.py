"""Pages as sites publish them: the report is found in them, all of it and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests import sites

from reportlint import Linter, Source
from reportlint.readers.html import read_html

EXAMPLES = Path(__file__).parent.parent / "examples"
REPORTS = sorted(path for path in EXAMPLES.rglob("*.txt") if "\t" in path.read_text("utf-8"))


def kept(page: str) -> str:
    return read_html(page, "page.html").text


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", sites.LAYOUTS)
def test_the_report_is_found_whole_and_alone(name: str, path: Path) -> None:
    title, parts = sites.parts_of(path.read_text("utf-8"))
    assert kept(sites.LAYOUTS[name](title, parts)) == kept(sites.fragment(title, parts))


TITLE = "云溪县2024年政府信息公开工作年度报告"
SENTENCE = "<p>全县各单位按要求公开信息。</p>"
TABLE = "<table><tr><td>规章</td><td>3</td></tr><tr><td>规范性文件</td><td>4</td></tr></table>"
MENU = "<div><a href=a>首页</a> <a href=b>公开</a> <a href=c>互动</a></div>"
END = "<p>六、其他需要报告的事项</p><p>无</p><p>云溪县人民政府</p><p>2025年1月20日</p>"


@pytest.mark.parametrize(
    "html",
    [
        f"{MENU}<h1>{TITLE}</h1>{SENTENCE}{TABLE}{SENTENCE}{END}<div class=footer>云溪县人民政府主办</div>",
        f"{MENU}<h1>{TITLE}</h1>{SENTENCE}{TABLE}<div>{SENTENCE}</div><div>{END}</div><div>上一篇：<a href=a>无</a></div>",
        f"<nav><div><h1>{TITLE}</h1>{SENTENCE}{TABLE}{SENTENCE}{END}",
        f"<div class=footer><h1>{TITLE}</h1>{SENTENCE}{TABLE}{SENTENCE}{END}</div>",
        f"<a href=x><h1>{TITLE}</h1>{SENTENCE}</a>{TABLE}{SENTENCE}{END}",
        f"<div class=print id=share><h1>{TITLE}</h1>{SENTENCE}{TABLE}{SENTENCE}{END}</div>",
        f"<h1>云溪县林业局</h1>{MENU}<p>{TITLE}</p>{SENTENCE}{TABLE}{SENTENCE}{END}",
        f"{MENU}<h1>{TITLE}</h1><div class=share><a href=a>微信</a></div>{SENTENCE}{TABLE}{SENTENCE}{END}",
        f"{MENU}<div class=tit>{TITLE}</div><p>来源：办公室　浏览次数：3</p>{SENTENCE}{TABLE}{SENTENCE}{END}",
        f"{MENU}<h1>{TITLE}</h1>{SENTENCE}{TABLE}{SENTENCE * 40}{END}<p>网站标识码：0</p><p>建议用浏览器打开。</p>",
        f"{MENU}<h1>{TITLE}</h1>{SENTENCE}{TABLE}{SENTENCE}{END}<p>附件：</p><p><a href=a>报告.docx</a></p>",
    ],
)
def test_nothing_of_the_report_is_lost(html: str) -> None:
    report = f"<p>{TITLE}</p>{SENTENCE}{TABLE}{SENTENCE * (40 if '标识码' in html else 1)}{END}"
    assert kept(html).replace("云溪县林业局\n\n", "") == kept(report)


@pytest.mark.parametrize(
    "html",
    [
        f"<title>{TITLE}</title>{MENU}<p>云溪县</p><p>2024年政府信息公开工作年度报告</p>",
        f"{MENU}<h1>云溪县<br>2024年政府信息公开工作年度报告</h1>{MENU}",
        f"{MENU}<h2>云溪县<br>2024年政府信息公开工作年度报告</h2>",
    ],
)
def test_a_title_of_two_lines_is_whole(html: str) -> None:
    lines = [line for line in kept(html + SENTENCE + TABLE).split("\n") if line]
    assert lines[:3] == ["云溪县", "2024年政府信息公开工作年度报告", "全县各单位按要求公开信息。"]


def test_a_date_that_a_report_gives_is_kept() -> None:
    assert "发布日期：2025-01-20" in kept(f"<h1>{TITLE}</h1><p>发布日期：2025-01-20</p>{SENTENCE}{TABLE}")


@pytest.mark.parametrize("html", [MENU, "<p>无</p>", f"<h1>{TITLE}</h1>", f"<nav>{MENU}</nav>"])
def test_where_nothing_is_found_all_is_kept(html: str) -> None:
    assert "".join(kept(html).split()) == re.sub("<[^>]*>| ", "", html)


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.from_layers([])


@pytest.mark.parametrize("name", sites.LAYOUTS)
def test_what_is_said_of_a_page_is_what_is_said_of_its_text(name: str, linter: Linter) -> None:
    for file in ("yunxi-county-2024.txt", "yunxi-water-2024-faulty.txt"):
        text = (EXAMPLES / "reports" / file).read_text("utf-8")
        page = sites.LAYOUTS[name](*sites.parts_of(text))
        said = [(found.rule, found.message) for found in linter.lint(read_html(page, "page.html")).diagnostics]
        assert said == [(found.rule, found.message) for found in linter.lint(Source(text)).diagnostics]
