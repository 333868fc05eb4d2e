"""The law and the form that a report cites: those in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from unicodedata import normalize

from reportlint import Edit, Finding, Fix, NotAssessable, Note, Report, Severity, Span, lazy_pattern, rule
from reportlint_national import basis
from reportlint_national.prose import MOST_PLACES, Prose, prose_of

_OLD_ORDER = lazy_pattern(r"(?:国务院|国)?令\(?第?492号|国务院第492号令")
_OLD_ARTICLE = lazy_pattern(r"第(?:三十[一二]|3[12])(?:条|、(?:第)?(?:三十[一二]|3[12])条)")
_OF_2007 = lazy_pattern("492|４９２|三十[一二]|[3３][1１2２]")
_IN_FORCE_FOR = {"492": "711", "三十一": "四十九", "三十二": "五十", "31": "49", "32": "50"}
"""The order of 2007 and its articles, on when a report is due and what it contains, and those that took their place."""
_OLD_FORM = lazy_pattern(r"国办公开办[函发]?\(?2019\)?第?60号")
_NEW_FORM = lazy_pattern(r"2021\)?第?30号")
_CITED = lazy_pattern(r"《([^《》]{1,40})》|[<〈]([^<>〈〉]{1,40})[>〉]")
_REGULATIONS = lazy_pattern(r"(?:政府信息公开|^|新|国|国家|信息公开)条例$")
_NAME = "中华人民共和国政府信息公开条例"
_LIKE_ITS_NAME = lazy_pattern("《(中华人民共和国[^《》]{0,6}信息公开[^《》]{0,4}(?:条例|法))》")
_NUMBERED = lazy_pattern(
    r"(?P<title>信息处理费管理办法|年度报告格式)[^。;《(]{0,12}\((?P<number>国办[^\d()。]{0,6}\(?\d{4}\)?第?\d{1,3}号)"
)
_NUMBERS = {"信息处理费管理办法": ("国办函〔2020〕109号",), "年度报告格式": (basis.FORM, basis.FORM_2019)}
_SIGNS = lazy_pattern(r"[〔〕()第]")
_OF_2019 = lazy_pattern("试行|2019")
"""Beside the number of the form of 2019: words that are of that edition too."""
_COMPILING = lazy_pattern("编制|编写|年度报告|年报|制作|公布|本报告|工作报告")
_PAST = lazy_pattern("原|旧|修订|修改|废止|2007|711|曾")
_IN_FORCE = 2019
_FORM_IN_FORCE = 2021


@rule(basis=basis.LAW_IN_FORCE, severity=Severity.WARNING, forms=basis.ANNUAL_OF_ANY_YEAR)
def legal_citation(report: Report) -> Iterator[Finding]:
    """The Regulations and the form that the report cites are those in force for its year."""
    if report.year is None:
        raise NotAssessable("标题没有年份")
    if report.year < _IN_FORCE:
        return
    prose = prose_of(report)
    for match in islice(_OLD_ORDER.finditer(prose.words), MOST_PLACES) if "492" in prose.words else ():
        before, after = prose.sentence(match.start(), match.end())
        if not _PAST.search(before[-60:] + after[:60]):
            span = prose.span(match.start(), match.end())
            message = f"“{_quoted(report, span)}”公布的条例已经修订，现行条例为国务院令第711号"
            yield Finding(span, message, fix=_replaced(report, [(span, _rewritten(report, span))]))
    for match in islice(_OLD_ARTICLE.finditer(prose.words), MOST_PLACES):
        if _is_basis_of_the_report(prose, match):
            span = prose.span(match.start(), match.end())
            message = f"“{_quoted(report, span)}”是2007年条例关于年度报告的条文，现行条例为第四十九条、第五十条"
            yield Finding(span, message, fix=_replaced(report, [(span, _rewritten(report, span))]))
    yield from _old_form(report, prose)
    yield from _misnamed(report, prose)


def _misnamed(report: Report, prose: Prose) -> Iterator[Finding]:
    """Texts that are cited by a name, or a number, that is not theirs."""
    for match in islice(_LIKE_ITS_NAME.finditer(prose.words), MOST_PLACES):
        if match[1].replace("\n", "") != _NAME:
            span = prose.span(*match.span(1))
            message = f"引用的条例写作“{match[1]}”，名称为“{_NAME}”"
            yield Finding(span, message, fix=_replaced(report, [(span, _NAME)]))
    for match in islice(_NUMBERED.finditer(prose.words), MOST_PLACES) if "国办" in prose.words else ():
        numbers = _NUMBERS[match["title"]]
        if _SIGNS.sub("", match["number"]) not in [_SIGNS.sub("", number) for number in numbers]:
            span = prose.span(*match.span("number"))
            message = f"“{match['title']}”的文号写作“{_quoted(report, span)}”，文号为{numbers[0]}"
            certain = len(numbers) == 1 or (report.year or 0) >= _FORM_IN_FORCE
            yield Finding(span, message, fix=_replaced(report, [(span, numbers[0])]) if certain else None)


def _old_form(report: Report, prose: Prose) -> Iterator[Finding]:
    if report.year is None or report.year < _FORM_IN_FORCE or "60号" not in prose.words:
        return
    found = [*_OLD_FORM.finditer(prose.words)]
    if not found or _NEW_FORM.search(prose.words):
        return
    spans = [prose.span(match.start(), match.end()) for match in found]
    message = f"引用的格式为“{_quoted(report, spans[0])}”，2021年度起的格式为{basis.FORM}"
    around = ["".join(prose.sentence(*match.span())) for match in found]
    fix = None
    if not any(_OF_2019.search(words) for words in around):
        fix = _replaced(report, [(span, basis.FORM) for span in spans])
    yield Finding(spans[0], message, tuple(Note("再次引用", span) for span in spans[1:10]), fix=fix)


def _rewritten(report: Report, span: Span) -> str:
    """What is cited of 2007, with the numbers in force."""
    return _OF_2007.sub(lambda match: _IN_FORCE_FOR[normalize("NFKC", match[0])], report.text(span))


def _replaced(report: Report, places: list[tuple[Span, str]]) -> Fix | None:
    """Other words in some places; none where a line ends in one of them."""
    if any(len(report.text(span).splitlines()) > 1 for span, _ in places):
        return None
    return Fix(tuple(Edit(span, words) for span, words in places), safe=False)


def _is_basis_of_the_report(prose: Prose, match: re.Match[str]) -> bool:
    """Whether an article is one of the Regulations, cited as the basis of the annual report."""
    before, after = prose.sentence(match.start(), match.end())
    if not _COMPILING.search(before + after[:80]) or _PAST.search(before[-80:].replace("2007年", "")):
        return False
    if re.search("申请|答复|征求|受理", after[:30]):
        return False
    cited = [*_CITED.finditer(before[-120:])]
    last = cited[-1] if cited else None
    if last is None:
        return False
    return _REGULATIONS.search(last[1] or last[2]) is not None and len(before[-120:]) - last.end() <= 60


def _quoted(report: Report, span: Span) -> str:
    return "".join(report.text(span).split())
