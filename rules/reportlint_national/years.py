"""The report's own year, wherever the words show that it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from reportlint import Finding, NotAssessable, Note, Report, Severity, Span, lazy_pattern, rule
from reportlint_national import basis
from reportlint_national.claimed_years import claimed_years
from reportlint_national.prose import MOST_PLACES, Prose, prose_of

_YEAR = lazy_pattern(r"20\d\d(?<!\d{5})(?=年)")
_HEADING_YEAR = lazy_pattern(r"(?<!\d)(20\d\d)\s?年")
_BRACKETS_BEHIND_YEAR = tuple(lazy_pattern(rf"{bracket}(?<=[年度]{bracket})") for bracket in (r"\(", "（"))
"""One of these is there wherever the next pattern fits, and is found in a fraction of the time."""
_THIS_YEAR = lazy_pattern(r"[本今](?:年度?|报告年度)[(（]\s?(20\d\d)\s?年?度?[)）]")

_UNTIL = lazy_pattern(r"截[至止](?:日期|时间|时点)?[到至为是:]{0,2}$")
_FIGURES_RUN = lazy_pattern("(?:统计|数据)(?:时间|日期)?(?:均|都|截|为|止)?[截至到止为是:]{1,5}$")
_YEAR_END = lazy_pattern(r"年(?:12月(?:3[01]日?|份|底|末)|底|末)")
_DISCLOSURE = lazy_pattern("公开|信息|申请|规范性文件|发布|受理|办结|网站|统计")

_PUBLISHING = lazy_pattern(
    "(?:编制|编写|制作|撰写|形成|公布|现将|现予|社会公开|发布(?!时间|日期|机构|单位|人|者))[^。;]{0,40}$"
)
_THE_REPORT = lazy_pattern(
    r"年度?(?:[^。;,:《》()]{0,24}?(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)|(?<=年度)(?:工作)?报告)"
)
_ACCORDING = lazy_pattern("(?:根据|按照?|依据|遵照)[^。;]{2,120}?(?:要求|规定|精神|通知|》)[^。;,]{0,12},")
"""Under what the report is published: no other text that is spoken of."""
_ANOTHER_TEXT = lazy_pattern("关于|做好|通知|要求|上一?年|去年|上[一]?篇|下[一]?篇|附件|[>|]")

_BEGINS = lazy_pattern(
    r"(?:^|[。;:)\n]|[一二三四五六七八九]是|》(?:的?规定|的?要求)?,|(?:^|[。;:)\n,])[我本全][^。;:,\n]{1,3})$"
)
_WHOLE_YEAR = lazy_pattern(r"年(?:度|全年|度内)?(?:1月[^。;,]{0,6}12月[^。;,]{0,4})?(?!\d)")
_DEEDS = lazy_pattern(
    r"(?:收到|接到|接收|受理|办理|处理|答复|新收)[^。;\n]{0,25}申请|(?:收到|受理|办理)[^。;\n]{0,8}\d{1,7}[件宗]"
    r"|(?:制发|制定|印发|出台|废止)[^。;\n]{0,12}规范性文件[^。;\n]{0,6}?\d{1,4}[件个份]"
    r"|(?:公开|发布)[^。;\n]{0,24}信息[^。;\n]{0,16}?\d{1,7}[余多]?[条件篇]"
    r"|(?:未|没有|无|未曾)(?:发生|出现|产生|收取|发出|被)[^。;\n]{0,30}(?:复议|诉讼|收费|处理费|责任追究)"
)
_OTHER_TIMES = lazy_pattern(
    "[较比]|增长|下降|上升|结转|上年|去年|往年|以来|历年|至今|指出|通报|整改|开通|开始|将|拟|计划|力争|打算|下一步|今年|明年|起,"
)
_CONTRAST = lazy_pattern("(?:全年|本年|今年|年内)[^。;]{0,12}(?:收到|接到|受理|办理|公开|发布|发出|收取|产生)")
"""What is told of the year as a whole elsewhere in a paragraph that tells of another year too."""
_OPENING = lazy_pattern("年度?,")
_PROBLEM = lazy_pattern("存在|不足|差距")
_MENDED = lazy_pattern("已|整改|指出|提出|报告")

_STALE_TITLE = 3
"""So many statements of one other year, and none of the title's: then it is the title that is doubtful."""


class _Place(NamedTuple):
    """A place where a year stands for that of the report."""

    year: int
    span: Span
    message: str
    severity: Severity | None = None


@rule(basis=basis.YEAR, severity=Severity.WARNING, forms=basis.ANNUAL_OF_ANY_YEAR)
def report_year(report: Report) -> Iterator[Finding]:
    """Where the report's own year is meant, no other year stands."""
    if report.year is None:
        raise NotAssessable("标题没有年份")
    places = sorted(_places(report, report.year), key=lambda place: place.span)
    years = {place.year for place in places}
    if len(places) >= _STALE_TITLE and len(years) == 1 and not _own_year_is_named(report):
        message = f"标题的年度为{report.year}年，正文有 {len(places)} 处以{places[0].year}年为本年度"
        notes = tuple(Note(place.message, place.span) for place in places)
        yield Finding(report.title_span, message, notes)
        return
    for place in places:
        yield Finding(place.span, place.message, severity=place.severity)
    said = [place.span for place in places]
    for _, span, message in claimed_years(report, report.year):
        if not any(place.start < span.end and span.start < place.end for place in said):
            yield Finding(span, message)


def _places(report: Report, own: int) -> Iterator[_Place]:
    for section in report.sections:
        match = _HEADING_YEAR.search(section.heading) if "20" in section.heading else None
        if match is not None and int(match[1]) != own:
            message = f"标题“{section.heading}”的年份为{match[1]}年，报告年度为{own}年"
            yield _Place(int(match[1]), section.heading_span, message)
    text = report.source.text
    stated = any(bracket.search(text) for bracket in _BRACKETS_BEHIND_YEAR)
    for match in islice(_THIS_YEAR.finditer(text), MOST_PLACES) if stated else ():
        if int(match[1]) != own:
            message = f"“{match[0]}”以{match[1]}年为本年，报告年度为{own}年"
            yield _Place(int(match[1]), Span(match.start(), match.end()), message)
    prose = prose_of(report)
    others = (match for match in _YEAR.finditer(prose.words) if int(match[0]) != own)
    for match in islice(others, MOST_PLACES):
        place = _meant(prose, match, own)
        if place is not None:
            yield place


def _meant(prose: Prose, match: re.Match[str], own: int) -> _Place | None:
    """What shows that another year is written where the report's own is meant, if anything does."""
    year, start, end = int(match[0]), match.start(), match.end()
    before, after = prose.sentence(start, end)
    section = prose.section_at(start)
    if section is None and (named := _THE_REPORT.match(after)):
        besides = _ACCORDING.sub("", before) if "》" in before else before
        if not _PUBLISHING.search(before) or _ANOTHER_TEXT.search(besides + after[: named.end() + 12]):
            return None
        return _Place(year, prose.span(start, end + 1), f"公布的报告写作{year}年度，标题的年度为{own}年")
    if str(own) in before or str(own) in after or "今年" in after:
        return None
    until = _YEAR_END.match(after)
    if until and _UNTIL.search(before[-10:]):
        figures_run = _FIGURES_RUN.search(before) is not None or _DISCLOSURE.search(after) is not None
        if abs(year - own) > 1 or not figures_run or _OTHER_TIMES.search(before + after):
            return None
        span = prose.span(start, end + until.end())
        return _Place(year, span, f"截至日期为“{year}{until[0]}”，报告年度为{own}年")
    paragraph_before, paragraph_after = prose.paragraph(start, end)
    if section is None or str(own) in paragraph_before or str(own) in paragraph_after:
        return None
    severity = None
    if start in prose.section_starts and _OPENING.match(after) and section in ("overview", "improvement"):
        meant = _opening(after, section == "improvement")
        severity = Severity.ADVICE if section == "improvement" else None
        meant = meant and (section == "overview" or year < own)
    else:
        meant = section != "improvement" and _BEGINS.search(before) is not None and _tells_of_the_year(before, after)
        meant = meant and not _CONTRAST.search(paragraph_before + "。" + paragraph_after[len(after) :])
    if not meant:
        return None
    return _Place(year, prose.span(start, end + 1), f"以{year}年为本年度叙述，报告年度为{own}年", severity)


def _opening(after: str, problems: bool) -> bool:
    """Whether a section that begins with a year goes on as one does that reports of the year."""
    if not problems:
        return not _OTHER_TIMES.search(after[:40])
    problem = _PROBLEM.search(after)
    return problem is not None and not _MENDED.search(after) and not _OTHER_TIMES.search(after[: problem.end()])


def _tells_of_the_year(before: str, after: str) -> bool:
    """Whether a sentence tells what was done in the whole of a year, and in no other."""
    deed = _DEEDS.search(after) if _WHOLE_YEAR.match(after) else None
    if deed is None:
        return False
    comma = after.find(",", deed.end())
    return not _OTHER_TIMES.search(before + after[: comma if comma >= 0 else None])


def _own_year_is_named(report: Report) -> bool:
    """Whether the year of the title stands anywhere else in the text."""
    words = prose_of(report).words
    title = "".join(report.text(report.title_span).split()) if report.title_span else ""
    return words.count(str(report.year)) > title.count(str(report.year))
