"""The reader beside a parser of browsers' kind (lexbor): the same text in the same cells, on pages that sites might write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import sites
from tests.test_reader_html_sites import REPORTS

from reportlint.readers.html.builder import Builder
from reportlint.readers.html.grid import Text
from reportlint.readers.html.layout import flat
from reportlint.readers.html.scan import Scan

lexbor = pytest.importorskip("selectolax.lexbor", reason="selectolax is not installed (extra bench)")

LEFT_OUT = (
    "script, style, template, head, noscript, textarea, iframe, button, select, rt, rp, del, [hidden], [style*='none']"
)


def ours(html: str) -> tuple[str, list[list[list[str]]]]:
    """All text without white space, and the tables by their rows and cells."""
    page = Builder(1_000_000)
    Scan(html, page).read()
    text = Text()
    for item in flat(page.items):
        text.write(item)
    text.finish()
    whole = "".join(text.parts)
    tables = [whole[span.start : span.end].split("\n") for span in text.tables]
    cells = [[[squeezed(cell) for cell in row.split("\t")] for row in rows] for rows in tables]
    return squeezed(whole), [rows for rows in cells if any(any(row) for row in rows)]


def theirs(html: str) -> tuple[str, list[list[list[str]]]]:
    tree = lexbor.LexborHTMLParser(html)
    for node in tree.css(LEFT_OUT):
        node.decompose()
    innermost = [table for table in tree.css("table") if not [each for each in table.css("table") if each != table]]
    tables = [[[squeezed(cell.text()) for cell in row.css("td, th")] for row in table.css("tr")] for table in innermost]
    return squeezed(tree.root.text()), [rows for rows in tables if any(any(row) for row in rows)]


def squeezed(text: str) -> str:
    return "".join(text.split())


WORDS = st.integers(1, 999).map("词{}".format) | st.sampled_from(["&lt;甲&gt;", "&nbsp;", "乙 &amp; 丙", " ", "\n"])
INLINE = st.sampled_from(
    ["<b>{}</b>", "<span class=x>{}</span>", "<a href=#>{}</a>", "<span style='display:none'>{}</span>", "<font size=2>{}</font>", "{}<br>", "<!-- {} -->", "{}<img src=a.png>"]
)  # fmt: skip
TEXT = st.lists(st.one_of(WORDS, st.builds(str.format, INLINE, WORDS)), max_size=3).map("".join)
END = st.booleans()


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["p", "p", "h2", "div", "li", "center"]))
    end = f"</{name}>" if name != "p" or draw(END) else ""
    return f"<{name}>{draw(TEXT)}{end}"


@st.composite
def tables(draw: st.DrawFn, within: st.SearchStrategy[str] | None = None) -> str:
    """A table of at least two rows and columns, with text in each cell, and any end tags left out that may be."""
    columns = draw(st.integers(2, 4))
    rows = []
    for _ in range(draw(st.integers(2, 4))):
        cells = []
        for _ in range(columns):
            name = draw(st.sampled_from(["td", "td", "th"]))
            shape = draw(
                st.sampled_from(["{}", "<p>{}</p>", "<p>{}", " <div><span>{}</span></div>\n", "<p>{}</p><p>末</p>"])
            )
            held = draw(within) if within is not None else f"词{draw(TEXT)}"
            cells.append(f"<{name}>{shape.format(held)}{draw(st.sampled_from(['', f'</{name}>', f'</{name}> ']))}")
        rows.append(f"<tr>{''.join(cells)}{draw(st.sampled_from(['', '</tr>', '</tr>  ']))}")
    head = draw(st.sampled_from(["", "<tbody>", "<thead>", "<colgroup><col><col></colgroup><tbody>"]))
    return f"<table border=1>{head}{''.join(rows)}</table>"


LAYOUTS = st.one_of(paragraphs(), tables(), tables(within=st.one_of(tables(), paragraphs(), TEXT)))
PAGES = st.lists(LAYOUTS, max_size=5).map("\n".join)


@given(PAGES)
def test_the_same_text_in_the_same_cells(body: str) -> None:
    html = f"<!doctype html><html><head><title>题</title><script>'密'</script></head><body>{body}</body></html>"
    our_text, our_tables = ours(html)
    their_text, their_tables = theirs(html)
    assert our_text == their_text
    assert our_tables == their_tables


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", sites.LAYOUTS)
def test_the_same_text_in_pages_of_sites(name: str, path: str) -> None:
    title, parts = sites.parts_of(path.read_text("utf-8"))  # type: ignore[attr-defined]
    # Numbers of lists are ours alone; where there is a style sheet there are none.
    html = "<link rel=stylesheet href=a.css>" + sites.LAYOUTS[name](title, parts)
    assert ours(html)[0] == theirs(html)[0]
