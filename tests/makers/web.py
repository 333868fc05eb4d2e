"""A report as web pages: the layouts in which offices publish it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from .paper import Box, Grid, Paper, Words

_MENU = ("首页", "机构职能", "政府信息公开", "政务服务", "互动交流")


def cells(grid: Grid, cell: Callable[[Box], str]) -> str:
    """The rows of a table, each cell as a function of its box writes it."""
    return "\n".join(f"<tr>{''.join(cell(box) for box in grid.row(row))}</tr>" for row in range(grid.height))


def spans(box: Box) -> str:
    """The attributes of a cell that spans."""
    columns = f' colspan="{box.columns}"' if box.columns > 1 else ""
    rows = f' rowspan="{box.rows}"' if box.rows > 1 else ""
    return columns + rows


def _table(grid: Grid, attributes: str = ' border="1"') -> str:
    body = cells(grid, lambda box: f"<td{spans(box)}>{escape(box.text) or '&nbsp;'}</td>")
    return f"<table{attributes}><tbody>\n{body}\n</tbody></table>"


def _body(paper: Paper, words: Callable[[Words], str], table: Callable[[Grid], str] = _table) -> str:
    return "\n".join(words(block) if isinstance(block, Words) else table(block) for block in paper.blocks)


def _page(body: str, charset: str = "utf-8", title: str = "政府信息公开年度报告") -> str:
    head = f'<meta charset="{charset}"><title>{title}</title><style>.n{{color:red}}</style>'
    return f"<!DOCTYPE html>\n<html lang=zh><head>{head}</head>\n<body>\n{body}\n</body></html>\n"


def fragment(paper: Paper) -> bytes:
    """What stands in an editor of a site: headings, paragraphs, tables, and nothing around them."""

    def words(block: Words) -> str:
        tag = {"title": "h1", "heading": "h2"}.get(block.kind, "p")
        return f"<{tag}>{escape(block.whole)}</{tag}>"

    return _body(paper, words).encode()


def layout_tables(paper: Paper) -> bytes:
    """A site of 2008: tables within tables for the layout, fonts, no paragraphs, stored in GB2312."""

    def words(block: Words) -> str:
        text = escape(block.whole)
        if block.kind == "text":
            return f"<BR>&nbsp;&nbsp;&nbsp;&nbsp;{text}<BR>"
        return f"<BR><CENTER><FONT size=4><B>{text}</B></FONT></CENTER><BR>"

    def table(grid: Grid) -> str:
        # Nobody closed cells and rows then.
        rows = "\n".join(
            "<TR>" + "".join(f"<TD{spans(box)}><FONT size=2>{escape(box.text)}</FONT>" for box in grid.row(row))
            for row in range(grid.height)
        )
        return f"<TABLE border=1 cellSpacing=0>{rows}</TABLE>"

    menu = "".join(f'<TD><A href="/{number}.html">{name}</A></TD>' for number, name in enumerate(_MENU))
    side = "".join(f"<TR><TD>·<A href='/l{number}.html'>通知公告第{number}期</A></TD></TR>" for number in range(8))
    body = (
        f"<TABLE width=980><TR><TD><TABLE><TR>{menu}</TR></TABLE></TD></TR><TR><TD>"
        f"<TABLE><TR><TD vAlign=top><TABLE>{side}</TABLE></TD>\n<TD vAlign=top>{_body(paper, words, table)}</TD></TR></TABLE>"
        "</TD></TR><TR><TD align=center>版权所有：云溪县人民政府办公室　备案号：00000000</TD></TR></TABLE>"
    )
    head = '<META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>年度报告</TITLE>'
    return f"<HTML><HEAD>{head}</HEAD><BODY>{body}</BODY></HTML>".encode("gb18030")


def divisions(paper: Paper) -> bytes:
    """Divisions all the way down, every word in spans of its own."""

    def words(block: Words) -> str:
        text = escape(block.whole)
        middle = len(text) // 2 if "&" not in text else 0
        first, second = text[:middle], text[middle:]
        css = "biaoti" if block.kind != "text" else "duan"
        return f'<div class="{css}"><div><span>{first}</span><span style="font-family:仿宋">{second}</span></div></div>'

    def table(grid: Grid) -> str:
        body = cells(grid, lambda box: f"<td{spans(box)}><div><p><span>{escape(box.text)}</span></p></div></td>")
        return f'<div class="tablewrap"><div><table>{body}</table></div></div>'

    menu = "".join(f"<div><a href='/{name}'>{name}</a></div>" for name in _MENU)
    return _page(
        f"<div class=wrap><div class=top><div class=nav>{menu}</div></div>"
        f"<div class=main><div class=inner>{_body(paper, words, table)}</div></div>"
        "<div class=foot><div>主办：云溪县人民政府办公室</div><div>网站标识码 0000000000</div></div></div>"
    ).encode()


def site(paper: Paper) -> bytes:
    """A content system of today: header, crumbs, date and source over the article, share buttons, footer, scripts."""
    words = {
        "title": lambda text: f'<p style="text-align:center"><strong>{text}</strong></p>',
        "heading": lambda text: f"<p><strong>{text}</strong></p>",
        "text": lambda text: f"<p>　　{text}</p>",
    }

    def table(grid: Grid) -> str:
        head = cells(grid, lambda box: f"<td{spans(box)}><p>{escape(box.text) or '<br>'}</p></td>").split("\n")
        top, rest = "\n".join(head[: grid.heads]), "\n".join(head[grid.heads :])
        thead = f"<thead>{top}</thead>" if top else ""
        return f'<table class="MsoTable">{thead}<tbody>{rest}</tbody></table>'

    menu = "".join(f'<li><a href="/{name}/">{name}</a></li>' for name in _MENU)
    article = _body(paper, lambda block: words[block.kind](escape(block.whole)), table)
    return _page(
        f"<header><nav><ul>{menu}</ul></nav><form><input type=text placeholder=请输入关键字><button>搜索</button></form></header>"
        "<div class=crumbs>当前位置：<a href=/>首页</a> &gt; <a href=/x>政府信息公开</a> &gt; <a href=/y>政府信息公开年报</a></div>"
        "<div class=info>发布时间：2025-01-20 09:30　来源：县政府办公室　浏览次数：<span id=hits>128</span>　字体：[大 中 小]</div>"
        f'<div class="article TRS_Editor" id="zoom">\n{article}\n</div>'
        '<div class=share>分享到：<a href=#>微信</a><a href=#>微博</a></div><div class=ops><a href="javascript:print()">打印本页</a>'
        "<a href=#>关闭窗口</a></div><div class=pages>上一篇：<a href=/a>2023年年报</a> 下一篇：没有了</div>"
        "<footer><p>主办：云溪县人民政府办公室　联系电话：0000-0000000</p><p>网站标识码：0000000000</p></footer>"
        "<script>document.write('<p>一、总体情况</p>')</script>",
        title=f"{paper.title}_政府信息公开年报_云溪县人民政府",
    ).encode()


def word(paper: Paper) -> bytes:
    """A page saved from Word: its own namespaces, conditional comments, a span for every run, styles of its own."""

    def words(block: Words) -> str:
        text = escape(block.whole)
        middle = len(text) // 3 if "&" not in text else 0
        runs = "".join(
            f"<span lang=EN-US style='font-size:16.0pt;\nfont-family:仿宋_GB2312'>{run}</span>"
            for run in (text[:middle], text[middle:])
        )
        css = "MsoTitle" if block.kind == "title" else "MsoNormal"
        bold = f"<b>{runs}</b>" if block.kind != "text" else runs
        return f"<p class={css} style='text-indent:32.0pt;mso-char-indent-count:2.0'>{bold}<span lang=EN-US><o:p></o:p></span></p>"

    def cell(box: Box) -> str:
        text = escape(box.text) or "<o:p>&nbsp;</o:p>"
        return f"<td{spans(box)} valign=top style='border:solid windowtext 1.0pt'><p class=MsoNormal><span\nlang=EN-US>{text}</span></p></td>"

    def table(grid: Grid) -> str:
        rows = cells(grid, cell).replace("<tr>", "<tr style='mso-yfti-irow:0'>")
        return f"<table class=MsoNormalTable border=1 cellspacing=0 style='border-collapse:collapse'>{rows}\n<![if !supportMisalignedColumns]>\n<![endif]></table>"

    body = _body(paper, words, table)
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">\n'
        '<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>年度报告</title>\n'
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->\n"
        "<style><!-- p.MsoNormal {margin:0cm;} --></style></head>\n"
        f"<body lang=ZH-CN><div class=WordSection1>\n{body}\n</div></body></html>"
    ).encode("gb18030")


def hidden(paper: Paper) -> bytes:
    """A page with the mobile copy of a heading and last year's table in it, neither of which is shown."""
    shown = fragment(paper).decode()
    return _page(
        f'<div style="display:none"><h2>一、总体情况</h2><table><tr><td>行政许可</td><td>999</td></tr></table></div>\n{shown}'
        "<p hidden>本年度共收到政府信息公开申请999件。</p>"
    ).encode("utf-8-sig")


def one_table(paper: Paper) -> bytes:
    """The whole report in one table, as some offices draw it."""
    return fragment(paper.in_one_table())


PAGES: Mapping[str, Callable[[Paper], bytes]] = {
    "fragment.html": fragment,
    "word.htm": word,
    "one-table.html": one_table,
    "layout-tables.htm": layout_tables,
    "divisions.html": divisions,
    "site.html": site,
    "hidden.html": hidden,
}
