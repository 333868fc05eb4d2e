"""What stands in a page beside its text: numbers of lists, pictures, frames, hidden text, changes, what Word leaves."""

from __future__ import annotations

import pytest
from tests import sites

from reportlint.readers.html import read_html

TITLE = "云溪县2024年政府信息公开工作年度报告"
SENTENCE = "<p>全县各单位按要求公开信息。</p>"
TABLE = "<table><tr><td>规章</td><td>3</td></tr><tr><td>规范性文件</td><td>4</td></tr></table>"


def text(html: str) -> str:
    return read_html(html, "page.html").text


def remarks(body: str) -> list[tuple[str, str]]:
    """What is remarked of a report in a page, and what stands right behind its place."""
    page = sites.div_soup(TITLE, [SENTENCE, body, SENTENCE])
    source = read_html(page, "page.html")
    return [(remark.kind, remark.message) for remark in source.remarks]


# Lists


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol><li>甲<li>乙</ol>", "1.甲\n\n2.乙\n"),
        ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", "3.甲\n\n7.乙\n\n8.丙\n"),
        ("<ol type=a><li>甲<li>乙</ol>", "a.甲\n\nb.乙\n"),
        ("<ol type=I><li>甲<li>乙<li>丙<li>丁</ol>", "I.甲\n\nII.乙\n\nIII.丙\n\nIV.丁\n"),
        (
            "<ol style='list-style-type:cjk-ideographic' start=9><li>甲<li>乙<li>丙</ol>",
            "九、甲\n\n十、乙\n\n十一、丙\n",
        ),
        ("<ol style='list-style: simp-chinese-informal inside' start=20><li>甲<li>乙</ol>", "二十、甲\n\n二十一、乙\n"),
        ("<ol start=3 reversed><li>甲<li>乙</ol>", "3.甲\n\n2.乙\n"),
        ("<ol><li>甲<ol type=i><li>子</ol><li>乙</ol>", "1.甲\n\ni.子\n\n2.乙\n"),
        ("<ol><li><p>甲</p><p>续</p><li><b> 乙</b></ol>", "1.甲\n\n续\n\n2. 乙\n".replace(". ", ".")),
        ("<ul><li>甲</ul>", "甲\n"),
        ("<ol type=disc style='list-style:none'><li>甲</ol>", "甲\n"),
        ("<ol reversed><li>甲</ol>", "甲\n"),
        ("<ol><li>1.甲<li>（二）乙<li>三、丙<li>④丁</ol>", "1.甲\n\n（二）乙\n\n三、丙\n\n④丁\n"),
        ("<style>ol li{list-style:none}</style><ol><li>甲</ol>", "甲\n"),
        ("<link rel=stylesheet href=a.css><ol><li>甲</ol>", "甲\n"),
        ("<link rel=stylesheet href=a.css><ol start=2><li>甲</ol>", "2.甲\n"),
        ("<li>甲", "甲\n"),
        ("<ol><li></li><li>乙</ol>", "2.乙\n"),
    ],
)
def test_numbers_of_lists(html: str, expected: str) -> None:
    assert text(html) == expected


def test_the_place_of_a_number_is_its_item() -> None:
    html = "<ol><li>甲</li>\n<li>乙</li></ol>"
    source = read_html(html, "page.html")
    assert source.position(source.text.index("2")) == (2, 1)
    assert source.position(source.text.index("乙")) == (2, 5)


# White space that counts


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<pre>\n甲\t1\n  乙\t2  \n\n丙\n</pre>末", "甲\t1\n  乙\t2\n\n丙\n\n末\n"),
        ("<div style='white-space: pre-wrap'>甲\r\n乙<br>丙</div>", "甲\n乙\n丙\n"),
        ("<pre>\t<b>甲</b>\t1</pre>", "\t甲\t1\n"),
        ("<table><tr><td><pre>甲\n乙</pre><td>1<tr><td>2<td>3</table>", "甲 乙\t1\n2\t3\n"),
    ],
)
def test_preformatted_text(html: str, expected: str) -> None:
    assert text(html) == expected


# Elements of their own kind


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ruby>云溪<rp>(</rp><rt>yunxi</rt><rp>)</rp></ruby>县", "云溪县\n"),
        ("<ruby>云<rt>yun<rp>x</ruby>县", "云县\n"),
        ("<svg><title>图</title><defs><text>密</text></defs><desc/><text>甲</text></svg>乙", "甲乙\n"),
        ("<math><mn>3</mn><annotation>密</annotation></math>件", "3件\n"),
        ("<button>打印</button>甲<select><option>密</option></select>乙", "甲乙\n"),
        ("<button>打印<p>甲</p><button>密</button>", "打印\n\n甲\n"),
        ("<p>甲<del>密</del><ins>乙</ins><s>丙</s></p>", "甲乙丙\n"),
        ("<p aria-hidden=true>甲</p>", "甲\n"),
        ("<details><summary>甲</summary>乙</details>", "甲\n\n乙\n"),
        ("<dl><dt>甲<dd>乙<dt>丙</dl>", "甲\n\n乙\n\n丙\n"),
        ("<p>&nbsp;</p><p>甲</p><p>\u3000</p>", "甲\n"),
        ("<table><tr><td>&nbsp;<td>\u3000<td>&nbsp;&nbsp;<td>1</table>", "\t\t\t1\n"),
    ],
)
def test_elements(html: str, expected: str) -> None:
    assert text(html) == expected


def test_what_word_leaves_in_a_page() -> None:
    html = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US>"
        "<span style='mso-list:Ignore'>一、<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span>"
        "<![endif]><b>总体<span lang=EN-US>情况<o:p></o:p></span></b></p>"
        "<p style='mso-hide:all'>密</p><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
        "<p><span style='mso-spacerun:yes'>&nbsp; </span>全年<span style='display:none;mso-hide:all'>密</span>无。</p>"
    )
    assert text(html) == "一、总体情况\n\n\u00a0 全年无。\n"


# Pictures


@pytest.mark.parametrize(
    "html",
    [
        "<p><img src=P02025.jpg width=600 height=300></p>",
        "<p><img src=P02025.png></p>",
        "<p align=center><img src=a.jpg style='width:100%; height:auto' alt='W020250120.jpg'></p>",
        "<p><img src='icon_x.png' width=650 height=400></p>",
        "<div>&nbsp;<img src=a.bmp><br></div>",
        f"<p><img src='data:image/png;base64,{'A' * 3000}'></p>",
    ],
)
def test_a_picture_in_the_place_of_text(html: str) -> None:
    assert remarks(html) == [("picture", "这里是图片，其中的文字和表格没有检查")]


@pytest.mark.parametrize(
    "html",
    [
        "<p><img src=a.jpg width=16 height=16></p>",
        "<p><img src=count.php style='width: 1px'></p>",
        "<p><img src=images/line.gif></p>",
        "<p><img src=/icons/pdf.png></p>",
        "<p><img src=logo.png></p>",
        "<p><img src=a.png alt=二维码></p>",
        "<p><img src='data:image/png;base64,AAAA'></p>",
        "<p><img></p>",
        "<p>图标<img src=a.png>说明</p>",
        "<p hidden><img src=a.png></p>",
        "<img src=a.png style=display:none>",
        "<div class=share><img src=a.png></div>",
        "<noscript><img src=a.png></noscript>",
    ],
)
def test_a_picture_that_holds_no_text(html: str) -> None:
    assert remarks(html) == []


def test_pictures_outside_the_report_do_not_count() -> None:
    page = sites.tables_of_2008(TITLE, [SENTENCE, TABLE])
    assert "<IMG" in page
    assert read_html(page, "page.html").remarks == ()


def test_pictures_together_are_one_remark_at_the_place_of_the_first() -> None:
    html = f"{SENTENCE}\n<p><img src=a.png></p>\n<p><img src=b.png></p>\n{SENTENCE}<p><img src=c.png></p>{TABLE}"
    source = read_html(html, "page.html")
    found = [(remark.message, remark.span) for remark in source.remarks]
    assert [message for message, _ in found] == [
        "这里是 2 张图片，其中的文字和表格没有检查",
        "这里是图片，其中的文字和表格没有检查",
    ]
    assert [source.position(span.start) for _, span in found if span] == [(2, 4), (4, 24)]
    location = source.location(found[0][1]) if found[0][1] else None
    assert location is not None
    assert (location.words, location.path) == ("第一段之后（第 2 行）", "html/body/p[2]")


def test_a_picture_in_a_table() -> None:
    html = "<table><tr><td>规章<td><img src=a.png><td>1<tr><td>a<td>b<td>c</table>"
    source = read_html(html, "page.html")
    assert source.text == "规章\t\t1\na\tb\tc\n"
    (remark,) = source.remarks
    assert remark.span == (3, 3)
    location = source.location(remark.span)
    assert location is not None
    assert location.path == "html/body/table[1]/tr[1]/td[2]"


def test_a_page_that_is_a_picture() -> None:
    source = read_html(f"<h1>{TITLE}</h1><p><img src=a.jpg></p><p><img src=b.jpg></p>", "page.html")
    assert source.text == f"{TITLE}\n"
    assert [remark.kind for remark in source.remarks] == ["picture"]


# Frames


@pytest.mark.parametrize(
    "html",
    [
        "<iframe src=report.html width='100%' height=800></iframe>",
        "<embed src=report.pdf width=800 height=1000>",
        "<object data=report.pdf type=application/pdf></object>",
        "<iframe srcdoc='<p>x'></iframe>",
    ],
)
def test_what_stands_elsewhere(html: str) -> None:
    said = [("external-content", "网页里嵌着另一个网页或文件，没有取，其中的内容没有检查")]
    assert remarks(html) == said
    source = read_html(f"<h1>{TITLE}</h1>{html}", "page.html")
    assert [(remark.kind, remark.message) for remark in source.remarks] == said


@pytest.mark.parametrize(
    "html",
    [
        "<iframe src=count.html width=0 height=0></iframe>",
        "<iframe src=x.html style='display:none'></iframe>",
        "<iframe></iframe>",
        "<iframe src='about:blank'></iframe>",
        "<embed src=a.swf width=300 height=200>",
        "<object type='video/mp4' data=a></object>",
        "<div class=share><iframe src=x.html></iframe></div>",
    ],
)
def test_frames_that_hold_nothing_of_a_report(html: str) -> None:
    assert remarks(html) == []


# Hidden text


@pytest.mark.parametrize(
    "html",
    [
        "<p style='display:none'>实际为 12 件</p>",
        "<p>收到<span style='visibility:hidden'>十二</span>件。</p>",
        "<table><tr><td>规章<td hidden>12<td>3<tr><td>a<td>b<td>c</table>",
        "<p>收到<span style='mso-hide:all'>十二件</span>。</p>",
    ],
)
def test_hidden_text_of_the_report(html: str) -> None:
    assert remarks(html) == [("hidden-text", "有 1 处隐藏的文字，没有检查")]


@pytest.mark.parametrize(
    "html",
    [
        "<div style='display:none'><a href=#>关于印发办法的通知</a></div>",
        "<div id=shareBox style='display:none'>扫描二维码</div>",
        "<div style='display:none'>扫一扫在手机打开当前页</div>",
        "<script>var a = '密密密';</script><template>密密密</template><noscript>密密密</noscript>",
        "<p hidden>&nbsp;</p><p hidden>。</p>",
        "<!-- 密密密 --><input type=hidden value=密密密>",
    ],
)
def test_hidden_things_that_are_no_text_of_the_report(html: str) -> None:
    assert remarks(html) == []


def test_hidden_text_outside_the_report_does_not_count() -> None:
    assert (
        read_html(f"<div hidden>菜单里的文字</div>{SENTENCE}{TABLE}<div hidden>弹出的文字</div>", "p.html").remarks
        == ()
    )


# Changes


def test_changes_are_read_as_accepted_and_remarked() -> None:
    body = "<p>收到<del cite='mailto:a' datetime='2025-01-10T10:00'>三</del><ins cite='mailto:a'>四</ins>件。</p>"
    source = read_html(SENTENCE + body, "page.html")
    assert "收到四件。" in source.text
    assert remarks(body) == [("tracked-changes", "有 2 处修订没有接受或拒绝，按接受后的文字检查")]
    assert remarks("<p>收到<ins>四</ins>件。</p>") == []


# Cells that cover the same field


def test_cells_that_overlap_are_in_doubt() -> None:
    html = "<table><tr><td>甲<td rowspan=2>1<td>2<tr><td colspan=2>乙<td>3<tr><td>丙<td>4<td>5</table>"
    source = read_html(html, "page.html")
    (doubt,) = source.doubts
    assert source.slice(doubt.span).strip() == "乙\t\t3"
    assert doubt.reason == "合并的单元格互相重叠，这一行各数在哪一列不能确定"
