"""Where things stand in a web page: in words, by element path, by line."""

from __future__ import annotations

import itertools

import pytest
from tests import sites

from reportlint.readers.html import read_html
from reportlint.source import Location, Source, Span

PAGE = """<html><body>
<div><h1>云溪县2024年政府信息公开工作年度报告</h1></div>
<div>
<p>第一句话。</p><p>第二句<b>话</b>。</p>
<table border=1><tbody>
<tr><th>项目</th><th>上年</th><th>本年</th></tr>
<tr><td rowspan=2>规章</td><td>3</td><td>4</td></tr>
<tr><td></td><td><span>7</span></td></tr>
<tr><td>总计</td><td colspan=2>14</td></tr>
</tbody></table>
<p>甲<br>乙。</p>
<table><tr><td>一</td><td>二</td></tr><tr><td>3</td><td>非常长的一个标签非常长的一个标签非常长</td></tr></table>
</div></body></html>
"""


@pytest.fixture(scope="module")
def source() -> Source:
    return read_html(PAGE, "page.html")


def at(source: Source, start: int, end: int | None = None) -> Location:
    location = source.location(Span(start, start + 1 if end is None else end))
    assert location is not None
    return location


@pytest.mark.parametrize(
    ("words", "expected", "path"),
    [
        ("云溪县", "第一段（第 2 行）", "html/body/div[1]/h1[1]"),
        ("第一句", "第二段（第 4 行）", "html/body/div[2]/p[1]"),
        ("话。\n\n项", "第三段（第 4 行）", "html/body/div[2]/p[2]/b[1]"),
        ("项目", "表一 第1行 “项目”（第 6 行）", "html/body/div[2]/table[1]/tbody[1]/tr[1]/th[1]"),
        ("规章", "表一 第2行 “规章”（第 7 行）", "html/body/div[2]/table[1]/tbody[1]/tr[2]/td[1]"),
        ("4", "表一 第2行第3列 “规章”（第 7 行）", "html/body/div[2]/table[1]/tbody[1]/tr[2]/td[3]"),
        ("7", "表一 第3行第3列（第 8 行）", "html/body/div[2]/table[1]/tbody[1]/tr[3]/td[2]/span[1]"),
        ("14", "表一 第4行 “总计”（第 9 行）", "html/body/div[2]/table[1]/tbody[1]/tr[4]/td[2]"),
        ("乙。", "第四段（第 11 行）", "html/body/div[2]/p[3]"),
        ("3\t非", "表二 第2行（第 12 行）", "html/body/div[2]/table[2]/tr[2]/td[1]"),
        (
            "非常长的一个标签非常长的一个标签非常长",
            "表二 第2行 “非常长的一个标签非常长的一个标签非常长”（第 12 行）",
            "html/body/div[2]/table[2]/tr[2]/td[2]",
        ),
    ],
)
def test_places_in_words_and_paths(source: Source, words: str, expected: str, path: str) -> None:
    start = source.text.rindex(words) if words in ("4", "7") else source.text.index(words)
    start = source.text.index("\t4\n") + 1 if words == "4" else start
    location = at(source, start, start + len(words))
    assert (location.words, location.path) == (expected, path)


def test_an_empty_cell(source: Source) -> None:
    start = source.text.index("\n\t\t7") + 2
    location = source.location(Span(start, start))
    assert location is not None
    assert location.path == "html/body/div[2]/table[1]/tbody[1]/tr[3]/td[1]"
    assert location.words == "表一 第3行第2列（第 8 行）"
    assert dict(location.parts) == {"table": 1, "row": 3, "cell": 1, "column": 2, "line": 8}


def test_several_rows_and_paragraphs(source: Source) -> None:
    start, end = source.text.index("规章"), source.text.index("14")
    assert at(source, start, end).words == "表一 第2行至第4行（第 7 行）"
    start, end = source.text.index("第一句"), source.text.index("第二句") + 2
    assert at(source, start, end).words == "第二段至第三段（第 4 行）"


def test_a_fragment_is_in_a_body_that_is_not_written() -> None:
    source = read_html("甲<p>乙", "page.html")
    assert at(source, 0).path == "html/body"
    assert at(source, source.text.index("乙")).path == "html/body/p[1]"
    source = read_html("<body><p>乙", "page.html")
    assert at(source, 0).path == "html/body/p[1]"


@pytest.mark.parametrize("name", sites.LAYOUTS)
def test_an_editor_goes_both_ways(name: str) -> None:
    """From the text to the page and back, for every character that stands in both."""
    html = sites.LAYOUTS[name](
        "云溪县2024年度报告", ["<p>全年收到申请8件。</p>", "<table><tr><td>规章</td><td>12</td></tr></table>"]
    )
    source = read_html(html, "page.html")
    page = source.page
    assert page is not None
    offsets = [offset for offset, character in enumerate(source.text) if not character.isspace()]
    assert [page.offset(page.place(offset)) for offset in offsets] == offsets
    assert "".join(html[page.place(offset)] for offset in offsets) == "".join(source.text.split())
    for before, after in itertools.pairwise(offsets):
        assert page.place(before) < page.place(after)
