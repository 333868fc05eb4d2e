"""What a template left behind: its instructions, its blanks, its marks of revision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reportlint import Edit, Finding, Fix, Report, Severity, Span, rule
from reportlint_national import basis
from reportlint_national.prose import MOST_PLACES, Prose, prose_of

_AS_TABLE = "该部分以表格形式报告"
_LEAD = re.compile(
    f"{_AS_TABLE}。?(?:表格如下[:。]?)?|这一项报告本机关政府信息公开工作总体情况|(?:填表|填报|填写)(?:说明|要求|须知):"
)
_BLANK_SIGNS = "X×x✕□_"
_BLANK = re.compile(rf"[{_BLANK_SIGNS}]{{2,40}}")
_FILLED_BEFORE = "年月日省市县区镇乡旗州局委厅办条件个项篇期次份万元%部机科股"
"""What stands behind a blank that was to be filled: 村, 路 and 人 are not among it, since those are made anonymous."""
_COUNTED_BEHIND = "第共计"
_SINGLE = re.compile(
    r"(?<![A-Za-z0-9_./:×□*\-])[X×](?=[年月日](?!报))|(?<=[\u4e00-\u9fff])[*＊]{2,10}(?=[条件篇次份万])"
)
"""A blank of a date, and one of asterisks, which elsewhere stand for what is not to be read."""
_EMPTY = re.compile(r"\([_/]{0,10}\)(?=[年月日条件篇次份])")
_FIGURE = re.compile(r"\d")
_NO_BLANK = re.compile(r"[\w./:@=&?#%+*~\\-]", re.ASCII)
"""Beside such a character the signs are part of an address, a code or a masked number."""
_SOMEONE = re.compile("某某(?<!某某某)(?=[省市县区旗州镇乡局委厅街部机年])")
_DONE = "填写|填报|填入|填列|插入|替换|补充|删除|修改|列出|说明|描述|调整"
_INSTRUCTION = re.compile(
    r"\((?:"
    r"(?:此处|在此|请(?:在此|根据|按照?|结合|自行|勿|如实|据实)?|据实|如实|自行|根据实际(?:情况)?)"
    rf"[^()申]{{0,20}}?(?:{_DONE})[^()申]{{0,30}}"
    r"|单位名称|机关名称|行政机关名称|填报单位名称|具体内容|数据准确、?要素齐全|要素齐全、?数据准确"
    r"|(?:如?无|没有)[则,]?填[^()]{1,8}|\d{2,5}字(?:以内|左右|以上)|(?:不少于|不超过|控制在)\d{2,5}字(?:以内)?"
    r")\)"
)
_SETTLED = re.compile(r"\((?:数据准确|要素齐全|没有|如?无)")
"""Instructions that ask for nothing to be filled in where they stand."""
_HERE = re.compile(f"此处(?:{_DONE})")
_LATER = re.compile(
    r"\(待(?:补充?|填写?|定|核实|更新|完善|确认)[^()]{0,10}\)|(?<![A-Za-z])(?:TODO|TBD|FIXME)(?![A-Za-z])"
)
_REVISION = re.compile(r"批注\([^()]{1,12}\)[:.]?|带格式的[:(]|设置了格式[:(]|错误!未(?:找到引用源|定义书签)")
_WORDS = re.compile(r"此处|\(待|TODO|TBD|FIXME|批注|格式|错误!")
"""Without any of these the last patterns find nothing."""
_REMARK = re.compile(r"[(（]([^()（）]{1,30})[)）]")
_HEADING_INSTRUCTION = re.compile("数据准确|要素齐全|字以内|字左右|必填|选填|填写|填报|模板|样例|示例|如有则|没有可")


@rule(basis=basis.TEMPLATE, severity=Severity.WARNING)
def template_residue(report: Report) -> Iterator[Finding]:
    """Nothing of the template is left: no instructions, blanks or marks of revision."""
    for section in report.sections:
        heading = section.heading
        match = _REMARK.search(heading) if "(" in heading or "（" in heading else None
        if match is not None and _HEADING_INSTRUCTION.search(match[1]):
            start = section.heading_span.start
            remark = Span(start + match.start(), start + match.end())
            fix = None if _FIGURE.search(match[0]) else Fix((Edit(remark, ""),), safe=False)
            yield Finding(section.heading_span, f"标题里留有模板的说明“{match[0]}”", fix=fix)
    prose = prose_of(report)
    for match in islice(_matches(prose.words), MOST_PLACES):
        span = prose.span(match.start(), match.end())
        words = "".join(report.text(span).split())
        if match.re in (_BLANK, _SOMEONE, _SINGLE, _EMPTY):
            yield Finding(span, f"模板的空位没有填写：“{words}{_behind(prose, match)}”")
        elif match.re is _REVISION:
            yield Finding(span, f"留有修订痕迹“{words}”")
        elif match.re is _LATER:
            yield Finding(span, f"留有待办标记“{words}”")
        else:
            yield Finding(span, f"留有格式或模板的说明“{words}”", fix=_without(report, match, span))


def _matches(words: str) -> Iterator[re.Match[str]]:
    """All that is left of a template; each pattern is only tried where its words are there."""
    if "以表格形式报告" in words or "这一项报告" in words or "填" in words:
        yield from _LEAD.finditer(words)
    for match in _BLANK.finditer(words) if any(sign in words for sign in _BLANK_SIGNS) else ():
        if _is_blank(words, match):
            yield match
    if "×" in words or "X" in words or "**" in words or "＊" in words:
        # Of Markdown, two asterisks stand on both sides of what is bold.
        bold = words.count("**") > sum(match[0][0] in "*" for match in _SINGLE.finditer(words))
        yield from (match for match in _SINGLE.finditer(words) if not (bold and match[0][0] == "*"))
    yield from _EMPTY.finditer(words) if "()" in words or "(_" in words or "(/" in words else ()
    if "某某" in words:
        yield from _SOMEONE.finditer(words)
    instructions = [*_INSTRUCTION.finditer(words)]
    yield from instructions
    if _WORDS.search(words) is None:
        return
    if "此处" in words:
        inside = [match.span() for match in instructions]
        for match in _HERE.finditer(words):
            if not any(start <= match.start() < end for start, end in inside):
                yield match
    if "(待" in words or "TODO" in words or "TBD" in words or "FIXME" in words:
        yield from _LATER.finditer(words)
    if "批注" in words or "格式" in words or "错误!" in words:
        yield from _REVISION.finditer(words)


def _is_blank(words: str, match: re.Match[str]) -> bool:
    before = words[match.start() - 1 : match.start()]
    after = words[match.end() : match.end() + 1]
    if _NO_BLANK.match(before) or (after != "%" and _NO_BLANK.match(after)):
        return False
    if after == "号":
        return before in tuple(_COUNTED_BEHIND + ")")
    return (after != "" and after in _FILLED_BEFORE) or (before != "" and before in _COUNTED_BEHIND)


def _without(report: Report, match: re.Match[str], span: Span) -> Fix | None:
    """The text without an instruction that leaves nothing open: one in brackets by other words, or the form's own."""
    line = report.source.line_span(span.start)
    rest = report.text(Span(line.start, span.start)) + report.text(Span(span.end, max(line.end, span.end)))
    if span.end > line.end or _FIGURE.search(match[0]) or (match.re is _INSTRUCTION and not rest.strip()):
        return None
    if not (_SETTLED.match(match[0]) if match.re is _INSTRUCTION else match[0].startswith(_AS_TABLE)):
        return None
    return Fix((Edit(span if rest.strip() else _with_its_end(report, line), ""),), safe=False)


def _with_its_end(report: Report, line: Span) -> Span:
    """A line with its end, as the report writes it."""
    text = report.source.text
    ends = ("\r\n", "\r", "\n")
    return Span(line.start, line.end + next((len(end) for end in ends if text.startswith(end, line.end)), 0))


def _behind(prose: Prose, match: re.Match[str]) -> str:
    """The few characters behind a blank that show what was to be filled in."""
    return re.split(r"[^\w%]", prose.words[match.end() : match.end() + 4])[0]
