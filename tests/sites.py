"""Pages as government sites publish a report: what is around it, and what the site makes of it.

A layout takes the title of a report and its parts, as HTML, and gives the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Layout = Callable[[str, Sequence[str]], str]

COLUMNS = ("首页", "政务公开", "政务服务", "互动交流", "走进云溪", "专题专栏")
NEWS = (
    "云溪县召开全县重点工作调度会议",
    "云溪县2025年第一批公益性岗位招聘公告",
    "关于云溪县城区部分道路临时交通管制的通告",
    "云溪县政府信息公开指南",
    "云溪县人民政府2023年政府信息公开工作年度报告",
)
FOOTER = (
    "主办：云溪县人民政府办公室　承办：云溪县大数据中心",
    "网站标识码：9900000001　云ICP备00000001号-1　云公网安备 99000000000001号",
    "版权所有 © 云溪县人民政府　地址：云溪县城关镇人民路1号　联系电话：0900-0000000",
)


def links(names: Sequence[str], separator: str = "") -> str:
    return separator.join(f'<a href="/col{number}/index.html">{name}</a>' for number, name in enumerate(names))


def items(names: Sequence[str], dated: bool = False) -> str:
    date = "<span>2025-01-10</span>" if dated else ""
    return "".join(f'<li><a href="/art/{n}.html" title="{name}">{name}</a>{date}</li>' for n, name in enumerate(names))


def fragment(title: str, parts: Sequence[str]) -> str:
    return f"<h1>{title}</h1>\n" + "\n".join(parts)


def bare(title: str, parts: Sequence[str]) -> str:
    """No more than what an editor saves."""
    return f"<html><head><title>{title}</title></head><body><p>{title}</p>{''.join(parts)}</body></html>"


def tables_of_2008(title: str, parts: Sequence[str]) -> str:
    """Everything in tables within tables; no element has a name, and the markup is in capitals."""
    body = "\n".join(parts)
    side = "".join(f"<TR><TD><A HREF='list{n}.asp'>{name}</A></TD></TR>" for n, name in enumerate(NEWS))
    return f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312"><TITLE>{title}</TITLE></HEAD>
<BODY BGCOLOR=#FFFFFF>
<TABLE WIDTH=980 ALIGN=center><TR><TD><IMG SRC="images/top.jpg" WIDTH=980 HEIGHT=150></TD></TR></TABLE>
<TABLE WIDTH=980 ALIGN=center><TR>{"".join(f"<TD ALIGN=center><A HREF='#'>{name}</A></TD>" for name in COLUMNS)}</TR></TABLE>
<TABLE WIDTH=980 ALIGN=center><TR><TD WIDTH=200 VALIGN=top>
  <TABLE><TR><TD>最新动态</TD></TR>{side}</TABLE></TD>
 <TD VALIGN=top>
  <TABLE><TR><TD>您现在的位置：<A HREF=/>首页</A> &gt;&gt; <A HREF=/xxgk>信息公开</A> &gt;&gt; 正文</TD></TR></TABLE>
  <TABLE WIDTH=100%><TR><TD ALIGN=center><FONT SIZE=5><B>{title}</B></FONT></TD></TR>
   <TR><TD ALIGN=center>发布时间：2025-01-20　来源：办公室　点击：<SCRIPT SRC=count.asp></SCRIPT>次　【字体：<A HREF=#>大</A> <A HREF=#>中</A> <A HREF=#>小</A>】</TD></TR>
   <TR><TD>{body}</TD></TR>
   <TR><TD ALIGN=right>【<A HREF="javascript:window.print()">打印本页</A>】【<A HREF="javascript:window.close()">关闭窗口</A>】</TD></TR>
  </TABLE>
 </TD></TR></TABLE>
<TABLE WIDTH=980 ALIGN=center><TR><TD ALIGN=center>{"<BR>".join(FOOTER)}</TD></TR></TABLE>
</BODY></HTML>"""


def div_soup(title: str, parts: Sequence[str]) -> str:
    """Nothing but `div`, with names that say nothing."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_云溪县人民政府</title></head><body>
<div class="w1200"><div class="a1">{links(COLUMNS)}</div>
<div class="a2">当前位置：{links(COLUMNS[:2], " &gt; ")} &gt; 正文</div>
<div class="a3"><div class="a4">{title}</div>
<div class="a5"><span>发布时间：2025-01-20 09:30</span><span>信息来源：县政府办公室</span><span>浏览次数：<b id="hits"></b></span></div>
<div class="a6">{"".join(parts)}</div>
<div class="a7">上一篇：<a href="1.html">{NEWS[1]}</a></div><div class="a7">下一篇：没有了</div></div>
<div class="a8">{"".join(f"<div><a href=#>{name}</a></div>" for name in NEWS)}</div>
<div class="a9">{"".join(f"<div>{line}</div>" for line in FOOTER)}</div></div></body></html>"""


def trs_editor(title: str, parts: Sequence[str]) -> str:
    """As a widely used content management system writes it."""
    body = "".join(parts)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}"><title>{title}</title>
<script>var url = "<p>统计代码。</p>";</script><style>.TRS_Editor P{{line-height:2}}</style></head><body>
<div class="header"><div class="logo"><img src="/images/logo.png" alt="云溪县人民政府"></div><ul class="nav">{items(COLUMNS)}</ul>
<div class="search"><form><input type="text" value="请输入关键字"><button type="submit">搜索</button></form></div></div>
<div class="BreadcrumbNav">{links(COLUMNS[:3], "&gt;")}</div>
<div class="xl-main"><h2>{title}</h2><div class="xl_info"><span>来源：云溪县人民政府</span> <span>发布日期：2025-01-20</span>
<span class="share"><a href="javascript:">微信</a><a href="javascript:">微博</a><a href="javascript:">打印</a></span></div>
<div id="zoom"><div class="view TRS_UEDITOR trs_paper_default"><div class="TRS_Editor">{body}</div></div></div>
<div class="bdsharebuttonbox"><a href="#">分享到</a><a href="#">QQ空间</a><a href="#">新浪微博</a></div>
<div id="qrcode" style="display:none">扫一扫在手机打开当前页</div>
<div class="xgwz"><h3>相关文章</h3><ul>{items(NEWS, dated=True)}</ul></div></div>
<div class="footer">{"".join(f"<p>{line}</p>" for line in FOOTER)}<p>本网站由云溪县人民政府主办，未经书面许可，任何单位和个人不得转载。</p></div>
</body></html>"""


def article_main(title: str, parts: Sequence[str]) -> str:
    """With the elements of HTML5."""
    return f"""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title} - 云溪县人民政府门户网站</title></head>
<body><header><h1>云溪县人民政府</h1><nav><ul>{items(COLUMNS)}</ul></nav></header>
<main><nav aria-label="面包屑"><ol>{items(COLUMNS[:3])}</ol></nav>
<article><header><h1>{title}</h1><p><time>2025-01-20</time></p></header>{"".join(parts)}
<footer><p>责任编辑：云小溪</p></footer></article>
<aside><h2>最新信息</h2><ul>{items(NEWS)}</ul></aside></main>
<footer><p>{"</p><p>".join(FOOTER)}</p></footer></body></html>"""


def several_containers(title: str, parts: Sequence[str]) -> str:
    """The report in containers side by side, among the others of the page."""
    body = "".join(f'<div class="cont">{part}</div>' for part in parts)
    return f"""<html><head><title>云溪县人民政府</title></head><body><div id="top">{links(COLUMNS, " | ")}</div>
<div class="title">{title}</div>{body}<div>{"<br>".join(FOOTER)}</div></body></html>"""


def disclosure_page(title: str, parts: Sequence[str]) -> str:
    """A page of a disclosure directory: a table of facts above, a column of categories beside, files below."""
    facts = (
        f"<tr><td>索 引 号：</td><td>990000001/2025-00012</td><td>信息分类：</td><td>政府信息公开年报</td></tr>"
        f"<tr><td>发布机构：</td><td>云溪县人民政府办公室</td><td>发布日期：</td><td>2025-01-20</td></tr>"
        f"<tr><td>名　　称：</td><td colspan=3>{title}</td></tr><tr><td>文　　号：</td><td></td><td>主题词：</td><td></td></tr>"
    )
    return f"""<html><head><title>{title}</title></head><body role="document"><div role="banner"><img src="a.png"></div>
<div role="navigation">{links(COLUMNS)}</div><table class="layout" width="100%"><tr><td class="left" width="20%">
<div class="tree"><ul>{items(("机构职能", "政策文件", "财政预决算", "行政许可", "年度报告"))}</ul></div></td><td class="right">
<table class="facts">{facts}</table><div class="tt"><h1>{title}</h1></div><div class="nr" id="NewsContent">{"".join(parts)}</div>
<div class="fj"><p>附件：</p><p><a href="P0202501.docx">1.云溪县2024年年度报告.docx</a></p><p><a href="P0202502.pdf">2.云溪县2024年年度报告.pdf</a></p></div>
</td></tr></table><div role="contentinfo"><p>{"</p><p>".join(FOOTER)}</p></div></body></html>"""


def nested_deeply(title: str, parts: Sequence[str]) -> str:
    """The report in the innermost of many tables that only arrange."""
    body = "".join(parts)
    head = "<table border=0><tbody><tr><td>" * 6
    tail = "</td></tr></tbody></table>" * 6
    return f"<html><title>{title}</title><body>{head}<p align=center><b>{title}</b></p></td></tr><tr><td>{body}{tail}</body></html>"


def unclosed(title: str, parts: Sequence[str]) -> str:
    """No end tag that may be left out, and some that may not."""
    body = re.sub("</(?:p|td|tr|tbody)>", "", "".join(parts))
    return f"<html><head><title>{title}</title><body><div><ul>{links(COLUMNS)}</ul><div><h1>{title}</h1><div>{body}"


def word(title: str, parts: Sequence[str]) -> str:
    """As Word saves a page."""
    body = re.sub(r"<td([^>]*)>(.*?)</td>", _word_cell, "".join(parts), flags=re.DOTALL)
    body = re.sub(r"<p>(.*?)</p>", _word_paragraph, body, flags=re.DOTALL)
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>张三</o:Author></o:DocumentProperties></xml><![endif]-->
<style><!-- /* Font Definitions */ @font-face {{font-family:宋体;}} p.MsoNormal {{mso-style-parent:"";}} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1 style='layout-grid:15.6pt'>
<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:22.0pt;font-family:方正小标宋简体'>{title}<o:p></o:p></span></b></p>
{body}<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p></div></body></html>"""


def _word_cell(match: re.Match[str]) -> str:
    style = (
        "width:56.7pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt"
    )
    return (
        f"<td width=76{match[1]} style='{style}'>\n  <p class=MsoNormal align=center style='text-align:center'>"
        f"<span lang=EN-US style='font-size:10.5pt;font-family:\"Times New Roman\",serif'>{match[2] or '<o:p>&nbsp;</o:p>'}</span></p>\n  </td>"
    )


def _word_paragraph(match: re.Match[str]) -> str:
    return f"<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋_GB2312'>{match[1]}<span lang=EN-US><o:p></o:p></span></span></p>"


LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        fragment,
        bare,
        tables_of_2008,
        div_soup,
        trs_editor,
        article_main,
        several_containers,
        disclosure_page,
        nested_deeply,
        unclosed,
        word,
    )
}


def parts_of(text: str) -> tuple[str, list[str]]:
    """The title of a report that is given as text, and its parts as HTML, one for each heading of the first level."""
    lines = [line for line in text.split("\n") if line]
    parts: list[str] = [""]
    rows: list[str] = []
    for line in [*lines[1:], ""]:
        fields = line.split("\t")
        if len(fields) > 1:
            rows.append("<tr>" + "".join(f"<td>{field}</td>" for field in fields) + "</tr>")
            continue
        if rows:
            parts[-1] += f"<table border=1>{''.join(rows)}</table>"
            rows = []
        if re.match("[一二三四五六]、", line):
            parts.append("")
        parts[-1] += f"<p>{line}</p>" if line else ""
    return lines[0], parts
