"""Web pages that are too much, or were made to be."""

from __future__ import annotations

import pytest

from reportlint.errors import ReadError
from reportlint.readers.html import read_html
from reportlint.readers.reader import Limits
from reportlint.source import Span

MANY = Limits(cells=1_000_000)


@pytest.mark.parametrize("cell", ["<td>1</td>", "<td>1", "<td><p>1<p>2</td>", "<td class='a>b'>1</td>"])
def test_more_cells_than_are_read(cell: str) -> None:
    html = f"<table>{f'<tr>{cell * 10}</tr>' * 10}</table>"
    assert read_html(html, "page.html", Limits(cells=100)).text.count("1") == 100
    with pytest.raises(ReadError) as refused:
        read_html(html, "page.html", Limits(cells=99))
    assert str(refused.value) == "网页的表格超过 limits.cells 的上限 99 个单元格，没有检查"


HOSTILE = {
    "blocks": "<div class=a>",
    "tables": "<table><tr><td>甲",
    "captions": "<table><caption>甲",
    "lists": "<ol><li>甲",
    "menus": "<nav>甲。",
    "links": "<a href=#><div>甲",
    "hidden": "<p hidden><b>甲",
    "buttons": "<button>甲",
    "preformatted": "<pre>\n甲",
    "rubies": "<ruby>甲<rt>",
    "spans": "<table><tr><td rowspan=1000 colspan=1000>甲",
    "spans without end": "<table><tr><td rowspan=0 colspan=1000>甲",
    "pictures": "<p><img src=a.jpg>",
    "frames": "<iframe src=a>",
    "changes": "<del cite=a>甲<ins cite=b>",
    "titles": "<title>",
    "styles": "<style>list-style:",
    "drawings": "<svg><defs>",
    "rows": "<tr><td>甲<tr>",
    "ends": "</p></div></td></tr></table></a></br>",
    "marks": "<span style='mso-list:Ignore'>甲",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_ten_thousand_of_anything(piece: str) -> None:
    """Nothing recurses, and whatever is asked of the source has an answer."""
    source = read_html(piece * 10_000 + "<p>末。", "page.html", MANY)
    for offset in (0, len(source.text) // 2, len(source.text)):
        location = source.location(Span(offset, offset))
        assert location is not None
        assert location.path.startswith("html/body")
        assert location.path.count("/") <= 200
        assert source.position(offset).line >= 1


def test_megabytes_of_attributes() -> None:
    long = "甲" * 2_000_000
    html = f"<p class='{long}' style='{long}' title='{long}' {'a=b ' * 100_000}>乙。</p>"
    assert read_html(html, "page.html").text == "乙。\n"


def test_a_page_that_never_repeats_a_tag() -> None:
    html = "".join(f"<p class=a{number}>{number}。</p>" for number in range(15_000))
    assert read_html(html, "page.html").text.count("。") == 15_000
