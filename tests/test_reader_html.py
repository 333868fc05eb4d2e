"""The reader of web pages: which lines it makes of them, and where each character stood."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportlint.readers.html import read_html
from reportlint.readers.html.rows import Rows
from reportlint.source import Source


def text(html: str) -> str:
    return read_html(html, "page.html").text


def place(html: str, wanted: str) -> int:
    """The offset in the page of a word of the text; the page must be one line."""
    source = read_html(html, "page.html")
    position = source.position(source.text.index(wanted))
    assert position.line == 1
    return position.column - 1


def stretches(source: Source) -> list[tuple[str, int]]:
    """The text in its stretches, each with its place."""
    assert source.origin is not None
    ends = pairwise((*source.origin.starts, len(source.text)))
    pieces = [source.text[start:end] for start, end in ends]
    return list(zip(pieces, source.origin.places, strict=True))


# Lines


def test_paragraphs_are_lines_with_a_blank_line_between() -> None:
    assert text("<h1>青岭县</h1><p>总体<b>情况</b></p>\n<div>主动<span>公开</span></div>") == (
        "青岭县\n\n总体情况\n\n主动公开\n"
    )


def test_br_ends_a_line_without_a_blank_one() -> None:
    assert text("<p>青岭县<br>白石镇<br/>南浦乡</p>") == "青岭县\n白石镇\n南浦乡\n"


def test_nested_blocks_make_one_blank_line() -> None:
    assert text("<div><section><p>甲</p></section></div><ul><li><p>乙</p><li>丙</ul>") == "甲\n\n乙\n\n丙\n"


def test_white_space_collapses() -> None:
    assert text(" <p>\n 一 \t\n<b> 二</b>\r\n三 </p> ") == "一 二 三\n"


def test_ideographic_and_no_break_spaces_stay() -> None:
    assert text("<p>\u3000\u3000一\u00a0\u00a0二&emsp;三</p>") == "\u3000\u3000一\u00a0\u00a0二\u2003三\n"


def test_text_without_markup() -> None:
    assert text("青岭县 < 白石镇 & 南浦乡 <3") == "青岭县 < 白石镇 & 南浦乡 <3\n"


@pytest.mark.parametrize("html", ["", " \n", "<p></p>", "<!-- 甲 -->", "<img alt='甲' title='乙'>"])
def test_nothing_to_read(html: str) -> None:
    source = read_html(html, "page.html")
    assert source.text == ""
    assert source.position(0) == (1, 1)


# What is left out


@pytest.mark.parametrize(
    "html",
    [
        "<head><title>密</title><meta charset=utf-8><style>密</style></head>",
        "<head>密<body>",
        "<head><template><p>密</p></template>密<p>",
        "<script>if (a < b) '<p>密</p>'; // </scripts></script>",
        "<SCRIPT>密</Script >",
        "<noscript><p>密</noscript>",
        "<noscript><table><tr><td>密</noscript>",
        "<template><div><template>密</template>密</div>密</template>",
        "<textarea><p>密</textarea>",
        "<!-- 密 > 密 -->",
        "<!--[if mso]><p>密</p><![endif]-->",
        "<!-- 密 --!>",
        "<!-->",
        "<!doctype html>",
        "<?xml version='1.0'?>",
        "<![CDATA[密]]>",
        "<p hidden>密</p>",
        "<p HIDDEN=''><b>密</b><br>密<img><input>密</p>",
        "<div hidden><div>密</div>密<p>密</div>",
        "<p hidden>密<p>",
        "<ul><li hidden>密<ul><li>密</ul>密</ul>",
        "<table><tr><b><td hidden>密</b>密</table>",
        "<span style='color: red; DISPLAY : None !important'>密</span>",
        '<span style="font-family:&quot;a&quot;;visibility:hidden">密</span>',
        "<div style=display:none><table><tr><td>密</td></tr></table>密</div>",
        "<p><img style=display:none><br hidden></p>",
        "<iframe><p>密</iframe>",
    ],
)
def test_left_out(html: str) -> None:
    assert text(f"{html}青岭县") == "青岭县\n"


@pytest.mark.parametrize(
    "html",
    [
        "<p style='display:block'>明</p>",
        "<p style='display:inline-block;x-visibility:hidden'>明</p>",
        "<p data-hidden='hidden' class='hidden'>明</p>",
        "<p style='x-display:none'>明</p>",
        "<p style='display:none-such'>明</p>",
        "<input hidden><p>明</p>",
        "<ul><li hidden>暗<li>明</ul>",
        "<p hidden/>明",
        "<head><title>暗</title><p>明</p>",
        "<head><script src=a.js></script><table><tr><td>明</table>",
        "</div></td></table>明",
        "<script/>明",
        "<title>明",
    ],
)
def test_not_left_out(html: str) -> None:
    assert text(html) == "明\n"


def test_a_stray_end_tag_in_a_cell_ends_nothing_outside() -> None:
    html = "<div hidden><table><tr><td></div>密</td></tr></table></div><div><table><tr><td>甲</div><td>乙</table></div>"
    assert text(html) == "甲\t乙\n"


def test_a_hidden_block_ends_no_line_and_an_invisible_one_does() -> None:
    assert text("甲<div hidden>密</div>乙<br hidden>丙<div style='visibility: hidden'>密</div>丁") == "甲乙丙\n\n丁\n"


def test_an_open_script_runs_to_the_end() -> None:
    assert text("青岭县<script>密<p>密") == "青岭县\n"


# Tables


def test_rows_are_lines_and_cells_are_fields() -> None:
    assert text("<p>表</p><table><tr><th>项<td>数</tr> <tr><td>规章<td>3</table>末") == (
        "表\n\n项\t数\n规章\t3\n\n末\n"
    )


def test_row_groups_make_no_blank_lines() -> None:
    html = "<table><thead><tr><td>甲<tbody><tr><td>乙</tbody><tfoot><tr><td>丙</table>"
    assert text(html) == "甲\n乙\n丙\n"


def test_a_caption_is_a_line_of_its_own() -> None:
    assert text("<table><caption>表<br>一</caption><tr><td>甲<td>乙</table>") == "表\n一\n\n甲\t乙\n"


def test_colspan_stands_in_the_first_of_its_fields() -> None:
    assert text("<table><tr><td colspan=3>甲<td>乙<tr><td>丙<td colspan='2'>丁<td>戊</table>") == (
        "甲\t\t\t乙\n丙\t丁\t\t戊\n"
    )


def test_rowspan_stands_in_the_first_of_its_rows() -> None:
    html = (
        "<table><tr><td rowspan=2>甲<td>1<td rowspan=3>末</tr><tr><td>2</tr>"
        "<tr><td>乙<td>3</tr><tr><td>丙<td>4<td>5</tr></table>"
    )
    assert text(html) == "甲\t1\t末\n\t2\t\n乙\t3\t\n丙\t4\t5\n"


def test_rowspan_and_colspan_together() -> None:
    html = "<table><tr><td rowspan=2 colspan=2>甲<td>1<tr><td>2<tr><td>乙<td>丙<td>3</table>"
    assert text(html) == "甲\t\t1\n\t\t2\n乙\t丙\t3\n"


def test_a_span_ends_with_its_table() -> None:
    html = "<table><tr><td rowspan=9>甲<td>1</table><table><tr><td>乙<td>2</table>"
    assert text(html) == "甲\t1\n\n乙\t2\n"


@pytest.mark.parametrize("span", ["-2", "x", "", "+1", "1.9"])
def test_spans_that_are_one(span: str) -> None:
    html = f"<table><tr><td colspan='{span}' rowspan='{span}'>甲<td>1<tr><td>乙</table>"
    assert text(html) == "甲\t1\n乙\n"


def test_the_first_of_two_attributes_counts() -> None:
    assert text("<table><tr><td colspan=2 colspan=3>甲<td>乙</table>") == "甲\t\t乙\n"


def test_a_span_of_no_columns_is_one_and_of_no_rows_goes_on_to_the_end_of_the_group() -> None:
    rows = "<tr><td rowspan=0>甲<td colspan=0>1<tr><td>2<tr><td>3"
    assert text(f"<table><tbody>{rows}<tbody><tr><td>乙<td>4</table>") == "甲\t1\n\t2\n\t3\n乙\t4\n"


@pytest.mark.parametrize("span", ["1000", "1001", "99999", "9" * 5000])
def test_the_widest_span(span: str) -> None:
    assert text(f"<table><tr><td colspan={span}>甲<td>乙</table>") == "甲" + "\t" * 1000 + "乙\n"


def test_covered_fields_are_limited() -> None:
    row = "<tr><td colspan=1000>甲<td>乙</tr>"
    lines = text("<table>" + row * 2000 + "</table>").split("\n")
    assert lines[0] == "甲" + "\t" * 1000 + "乙"
    assert lines[1999] == "甲\t乙"
    assert sum(map(len, lines)) < 300_000


def test_rowspans_are_limited() -> None:
    html = "<table><tr>" + "<td rowspan=1000>甲" * 1000 + "<tr><td>乙" * 999 + "</table>"
    lines = text(html).split("\n")
    assert lines[1] == "\t" * 1000 + "乙"
    assert lines[999] == "乙"
    assert sum(map(len, lines)) < 300_000


def test_breaks_and_blocks_in_a_cell_are_one_space() -> None:
    html = "<table><tr><td> <p>甲</p>\n<p>乙<br>\t丙</p></td><td><div></div>丁<br></td><td>戊&#9;己</td></tr></table>"
    assert text(html) == "甲 乙 丙\t丁\t戊 己\n"


def test_empty_cells_are_fields() -> None:
    assert text("<table><tr><td></td><td>甲</td><td></td></tr><tr></tr><tr><td>乙</table>") == "\t甲\t\n乙\n"


def test_hidden_cells_are_gone_and_invisible_ones_are_empty() -> None:
    html = (
        "<table><tr><td>甲<td style='display:none'>密<td hidden>密<td style='visibility:hidden'>密<td>乙</tr>"
        "<tr style=display:none><td>密</tr></table>"
    )
    assert text(html) == "甲\t\t乙\n"


def test_cells_without_a_row() -> None:
    assert text("<table><td>甲<td>乙</table>丙") == "甲\t乙\n\n丙\n"


def test_text_beside_the_cells_is_kept() -> None:
    assert text("<table>前<tr><td>甲</td>后<td>乙</tr>末</table>") == "前\n甲 后\t乙\n末\n"


def test_a_table_in_a_cell_makes_the_outer_one_plain_blocks() -> None:
    html = (
        "<table><tr><td>导航<td><p>标题</p><table><tr><td>甲<td>1<tr><td>乙<td>2</table>末</td></tr>"
        "<tr><td rowspan=2>页脚<td>地址</table>"
    )
    assert text(html) == "导航\n\n标题\n\n甲\t1\n乙\t2\n\n末\n\n页脚\n\n地址\n"


def test_spans_of_a_table_leave_the_one_around_it_alone() -> None:
    html = "<table><tr><td><table><tr><td>甲<td rowspan=9>乙</table></td></tr><tr><td>丙</table>"
    assert text(html) == "甲\t乙\n\n丙\n"


def test_only_innermost_tables_are_grids() -> None:
    html = (
        "<table><tr><td>外<td><table><tr><td>中<td><table><tr><td>里<td>1</table></table>"
        "<td><table><tr><td>旁<td>2</table></table>"
    )
    assert text(html) == "外\n\n中\n\n里\t1\n\n旁\t2\n"


def test_a_hidden_table_in_a_cell_does_not_count() -> None:
    html = "<table><tr><td>甲<div hidden><table><tr><td>密</table></div><td>乙</table>"
    assert text(html) == "甲\t乙\n"


def test_a_table_outside_the_cells_ends_the_one_before() -> None:
    assert text("<table><tr><td>甲<td>1</tr><table><tr><td>乙<td>2</table>") == "甲\t1\n\n乙\t2\n"


def test_a_new_group_of_rows_ends_a_hidden_one() -> None:
    assert text("<table><tbody hidden><tr><td>密<tbody><tr><td>甲</table>") == "甲\n"


@st.composite
def grids(draw: st.DrawFn) -> list[list[tuple[str, int, int]]]:
    """Rows of cells: a name, which no other has, columns and rows."""
    span = st.integers(1, 4)
    rows = draw(st.lists(st.lists(st.tuples(span, span), min_size=1, max_size=5), min_size=1, max_size=6))
    return [[(f"{r}之{c}", *spans) for c, spans in enumerate(row)] for r, row in enumerate(rows)]


@given(grids())
def test_spans_are_as_on_a_sheet_of_squares(grid: list[list[tuple[str, int, int]]]) -> None:
    squares: dict[tuple[int, int], str] = {}
    for r, row in enumerate(grid):
        for name, columns, rows in row:
            first = next(c for c in range(99) if (r, c) not in squares)
            for square in ((r + i, first + j) for i in range(rows) for j in range(columns)):
                squares.setdefault(square, "")
            squares[r, first] = name
    widths = [max(c for s, c in squares if s == r) + 1 for r in range(len(grid))]
    expected = ["\t".join(squares.get((r, c), "") for c in range(width)) for r, width in enumerate(widths)]
    cells = [[f"<td colspan={c} rowspan={r}>{name}</td>" for name, c, r in row] for row in grid]
    html = "".join("<tr>" + "".join(row) + "</tr>" for row in cells)
    assert text(f"<table>{html}</table>").splitlines() == expected


# Character references


def test_references_are_characters() -> None:
    assert text("<p>&lt;甲&gt;&amp;amp;&#38;&#x4e59;&#X4E59&hellip;</p>") == "<甲>&amp;&乙乙…\n"


def test_references_without_semicolon_and_no_references() -> None:
    assert text("<p>&nbsp2025&copy &c; &nosuch; &# &#x; &#xD800; &#0;&</p>") == (
        "\u00a02025© &c; &nosuch; &# &#x; \ufffd \ufffd&\n"
    )


def test_text_behind_a_stray_reference_is_still_markup() -> None:
    assert text("甲&#;<p>乙</p>&#;<p>丙</p>&") == "甲&#;\n\n乙\n\n&#;\n\n丙\n\n&\n"


def test_places_around_references() -> None:
    html = "<p>甲&nbsp;乙&#x4E19;丁&nbsp2025</p>"
    source = read_html(html, "page.html")
    assert source.text == "甲\u00a0乙丙丁\u00a02025\n"
    columns = [source.position(offset).column - 1 for offset in range(len(source.text))]
    assert columns == [
        html.index(s) for s in ("甲", "&nbsp;", "乙", "&#x", "丁", "&nbsp2", "2025", "025", "25<", "5<", "</p>")
    ]


def test_a_reference_of_two_characters() -> None:
    html = "<p>甲&NotEqualTilde;乙</p>"
    assert text(html) == "甲\u2242\u0338乙\n"
    assert place(html, "\u2242") == html.index("&")
    assert html.index("&") <= place(html, "\u0338") < html.index("乙")
    assert place(html, "乙") == html.index("乙")


def test_references_to_nothing() -> None:
    assert text("<p>甲&#1;乙</p>") == "甲乙\n"


def test_numbers_of_thousands_of_digits() -> None:
    assert text(f"<p>甲&#{'1' * 5000};乙</p>").endswith("1;乙\n")
    tag = f"<p title='&#{'1' * 5000};'>"
    assert text(f"{tag}甲</p>") == "甲\n"


# Places


def test_places_on_several_lines() -> None:
    html = "<!-- 青岭县 -->\r\n<p>一，\r\n  二</p>\n<table>\n<tr><td>规章</td><td>3</td></tr></table>"
    source = read_html(html, "page.html")
    assert source.text == "一， 二\n\n规章\t3\n"
    assert source.path == "page.html"
    assert source.origin is not None
    assert source.origin.original.text == html
    assert source.position(source.text.index("一")) == (2, 4)
    assert source.position(source.text.index("二")) == (3, 3)
    assert source.position(source.text.index("规章")) == (5, 9)
    assert source.position(source.text.index("3")) == (5, 20)


def test_text_that_goes_on_is_one_stretch() -> None:
    html = "<p>甲 乙，丙  丁 <b> 戊</b></p>"
    expected = [("甲 乙，丙 ", 3), ("丁 ", 10), ("戊", 16), ("\n", 21)]
    assert stretches(read_html(html, "page.html")) == expected


def test_an_empty_cell_has_its_place() -> None:
    html = "<table><tr><td>甲</td><td></td><td colspan=2>乙</td><td></td></tr></table>"
    source = read_html(html, "page.html")
    assert source.text == "甲\t\t乙\t\t\n"
    columns = [source.position(offset).column - 1 for offset in range(len(source.text))]
    empty = html.index("<td></td>") + 4
    last = html.rindex("<td></td>") + 4
    after = html.index("乙") + 1
    assert columns == [html.index("甲"), html.index("甲") + 1, empty, html.index("乙"), after, after, last]


def test_a_field_that_a_row_above_covers_is_placed_in_its_row() -> None:
    html = "<table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr></table>"
    source = read_html(html, "page.html")
    assert source.text == "甲\t1\n\t2\n"
    assert source.position(source.text.index("\n\t") + 1).column - 1 == html.rindex("<tr>")


# Hostile and broken pages


def test_deep_nesting() -> None:
    assert text("<div>" * 10_000 + "甲" + "</div>" * 10_000 + "乙") == "甲\n\n乙\n"
    assert text("<table><tr><td>" * 10_000 + "甲<td>乙" + "</td></tr></table>" * 10_000) == "甲\t乙\n"
    assert text("<b hidden>" * 10_000 + "密" + "</b>" * 10_000 + "甲") == "甲\n"


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<!x", "<?x", "</a ", "</ ", "&#x;", "<a b='<a c=\"", '<a ="<a" '])
def test_broken_markup_is_text(piece: str) -> None:
    """html.parser would need minutes for these; what is no tag is not lost."""
    html = piece * 60_000
    assert text(html) == html.rstrip(" ") + "\n"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>甲<td 乙<p>丙", "甲<td 乙\n\n丙\n"),
        ("甲<![乙<p>丙", "甲<![乙\n\n丙\n"),
        ("甲<![if x]>乙<![endif]>", "甲乙\n"),
        ("甲<!DOCTYPE x [<!ELEMENT y>]>乙", "甲<!DOCTYPE x []>乙\n"),
        ("甲<!-- 乙<p>丙", "甲<!-- 乙\n\n丙\n"),
        ("甲</>乙</ p>丙", "甲乙丙\n"),
        ("甲<p", "甲<p\n"),
        ("<p title='a>b' id=\"c'd\" x=y'z>甲", "甲\n"),
        ("<p =甲 ='乙'>丙", "丙\n"),
        ("<o:p>甲</o:p>", "甲\n"),
        ("甲\0乙\ud800<p\udfff>丙<b>", "甲\0乙\ud800丙\n"),
    ],
)
def test_broken_markup(html: str, expected: str) -> None:
    assert text(html) == expected


TAGS = ["table", "tr", "td", "th", "tbody", "caption", "p", "div", "b", "span", "li", "ul", "h1", "head", "body"]
OPEN = st.sampled_from(["<{}>", "<{} >", "<{}/>", "<{} colspan=2 rowspan=3>", "</{}>"])
TAG = st.builds(lambda shape, tag: shape.format(tag), OPEN, st.sampled_from([*TAGS, "br", "img", "template"]))
BITS = "< > & &lt; &nbsp &#10; &# &#x ; <! <![ <!-- --> <? </ <a =' \" <script> </script> <title> \0 \ud800"
ODD = st.sampled_from([*BITS.split(" "), "<p hidden>", "<td style='display:none'>", "\n", "\t", " "])
PAGE = st.lists(TAG | ODD | st.text(max_size=8), max_size=40).map("".join)


@given(st.text() | PAGE)
@example("&lt&lt;")
@example("<table><tr><td colspan=3>a<br>b</table>c")
def test_every_character_comes_from_its_place(html: str) -> None:
    source = read_html(html, "page.html")
    assert source.origin is not None
    found = stretches(source)
    assert all(before < after for before, after in pairwise(source.origin.starts))
    assert "".join(piece for piece, _ in found) == source.text
    for piece, at in found:
        assert 0 <= at <= len(html)
        original = html[at : at + len(piece)]
        same = [a == b or (a.isspace() and b.isspace()) for a, b in zip(original, piece, strict=False)]
        if piece.strip(" \t\n") and not (len(same) == len(piece) and all(same)):
            assert html[at] == "&"
            assert unescape(html[at : at + 40]).startswith(piece)
    end = Source(html).position(len(html))
    assert all((1, 1) <= source.position(offset) <= end for offset in range(len(source.text) + 1))


@given(PAGE)
def test_no_tabs_or_ends_of_lines_but_those_of_tables_and_blocks(html: str) -> None:
    assert not {"\r", "\f"} & set(text(html))
    # Without cells there are no tabs; `<thead` is none.
    without_cells = re.sub(r"<t[dh](?=[\s/>])", "<b", html)
    assert "\t" not in text(without_cells.replace("<td", "<b"))


WORD = st.integers(1, 999).map("词{}".format)


@given(st.lists(WORD | TAG.filter(lambda tag: "template" not in tag and "head" not in tag), max_size=40))
def test_tags_in_any_order_lose_no_text(pieces: list[str]) -> None:
    words = [piece for piece in pieces if not piece.startswith("<")]
    assert "".join(text("".join(pieces)).split()) == "".join(words)


# Rows that are read at one go

CELLS = st.sampled_from(
    [
        "<td>词</td>", "<td>1</td>\n", "<td></td>", "<td>&nbsp;</td>", "<td> 词 1 </td>", "<td>\u3000</td>", "<th>词</th>",
        "<td colspan=2 rowspan=2>词</td>", "<td><p>词</p></td>", "<td class=x><p><span>词</span></p>\n</td>", "<td>词",
        "<td><p>词</p><p>1</p></td>", "<td hidden>词</td>", "<td style='visibility:hidden'>词</td>", "<td title='a>b'>词</td>",
        "<td><span style='display:none'>词</span></td>", "<td>&lt;</td>", "词", "</div>", "<td/>", "<td />词</td>", "<TD>词</TD>",
        "<td><b>词</td>", "<td>词</p></td>", "<td rowspan=0>词</td>", "<td><a href=#>词</a></td>", "<td></td >", " ", "<br>",
        "</tr>", "<tr>", "<tr hidden>", "</tr><tr>", "</tr>\n<tr class=nav>", "<tbody>", "</table><table>", "<table>", "</td>",
        "</table>", "<caption>词</caption>", "<div>", "<pre>", "<a href=#>", "</a>", "<b>", "<b hidden>", "</b>", "<p>", "</p>",
    ]
)  # fmt: skip
ROWS = st.lists(CELLS, max_size=24).map("".join)


@given(ROWS)
@example("<tr><td>词</td>词")
@example("<tr><td>词</td><td hidden>词</td>词<td>1</td></tr>")
def test_whole_rows_are_read_as_tag_by_tag(html: str) -> None:
    whole = read_html(f"<table><tr>{html}", "page.html")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rows, "read", lambda _self, start: start)
        single = read_html(f"<table><tr>{html}", "page.html")
    assert whole.text == single.text
    for offset, character in enumerate(whole.text):
        # What stands for the end of a block is at the end of that, or of the cell around it.
        assert character in " \n" or whole.position(offset) == single.position(offset)
