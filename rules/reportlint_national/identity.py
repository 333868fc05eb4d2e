"""Whose report it is: how it speaks of itself, and under which name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge
from itertools import islice

from reportlint import Edit, Finding, Fix, NotAssessable, Note, Report, Severity, Span, lazy_pattern, rule
from reportlint_national import basis
from reportlint_national.names import TOWN_WORDS, Kind, Organisation, may_be_the_same, organisation
from reportlint_national.prose import MOST_PLACES, Prose, prose_of

_OWN_WORDS = (
    "(?:们的?)?"
    "(镇(?!江|级市)|乡(?![镇村土亲愁贤本])|街道(?![两旁上])|苏木|局(?![限面部域势促外])|委(?![托派员任屈培])|厅(?!堂)|县(?!级市)|旗(?![下帜舰袍]))"
)
# Two patterns, each with a single character at its head: that is searched for fast.
_SELF = lazy_pattern(f"我{_OWN_WORDS}"), lazy_pattern(f"本(?<![基根成资版文样日课脚书剧账原]本){_OWN_WORDS}")
_COMMITTEE = lazy_pattern(r"(?:(?<![\u4e00-\u9fff])|(?<=[^\u4e00-\u9fff]在))(镇|乡|街道|苏木)党(?:工)?委(?!员)")
"""The committee of a township, that says of itself what it is."""
_MOST_NOTES = 20

_WRONG_IN = {
    Kind.TOWN: ("镇", "乡", "街道", "苏木", "局", "厅"),
    Kind.AREA: ("镇", "乡", "街道", "苏木", "局", "厅"),
    Kind.OFFICE: ("镇", "乡", "街道", "苏木"),
}
"""The words by which an organisation of each kind does not call itself; its own is taken out."""
_WRONG_IN_OFFICE = {"局": ("委",), "委": ("局",), "厅": ("局", "委")}
_DISTRICT = lazy_pattern(r"(?<!自治)(?<!开发)(?<![地园景新社城老厂矿林校])(?<!管理)(?<!示范)(?<!实验)区")

_NAME = r"[\u4e00-\u9fff]{2,40}?"
_COMPILED = lazy_pattern(
    r"(?:编制|编写|制作|撰写|公布|发布|(?<!信息)公开)(?:了|出)?《?"
    rf"(?:(?P<before>{_NAME})20\d\d年度?|20\d\d年度?(?P<after>{_NAME}))(?:政府|政务)?信息公开"
    r"[^。;,》]{0,10}(?:报告|年报)"
)
_BY = lazy_pattern(
    rf"(?:[,:]|报告|年报|^)由(?P<name>{_NAME})(?:根据|依据|按照|结合|综合|负责|组织|统一|汇总|编制|编写|制作|撰写)"
)
_ABBREVIATED = lazy_pattern(
    r"\((?:以下)?(?:简称|下称|统称)[:为]?[“\"'‘]?[本我](?:镇|乡|街道|苏木|局|委|厅|办|机关|单位|县|区|旗|市|州|中心)"
)
_NAME_BEFORE = lazy_pattern(r"[\u4e00-\u9fff]{3,40}$")
_AS_SUBJECT = (
    "(?:人民政府|政府|办事处)?"
    "(?=政?府?信息公开工作(?:虽|还|仍|存在|取得|有)|认真|深入|严格|坚持|高度|积极|全面|按照|以|扎实|紧紧|始终|切实|进一步|围绕|持续|未收到|没有收到|共收到|主动公开|高效|立足)"
)
_SUBJECT = lazy_pattern(
    r"[\n。;:)](?:20\d\d年(?:度|来)?,?)?(?P<name>[\u4e00-\u9fff]{1,16}?(?:镇|乡|街道|苏木))" + _AS_SUBJECT
)
_MAY_BE_SUBJECT = tuple(
    lazy_pattern(words + _AS_SUBJECT)
    for words in ("苏木", *(f"{word}(?<![我本全]{word})" for word in ("街道", "镇", "乡")))
)
"""One of these is there wherever such a subject is that `_NO_NAME` does not rule out, and is sooner found."""
_COMPILER = lazy_pattern(
    r"(?:^|[\n。;:,])(?P<name>[\u4e00-\u9fff]{2,16}?(?:镇|乡|街道|苏木))(?:人民政府|政府|办事处)"
    r"(?=(?:根据|依据|按照)[^。;\n]{2,60}?(?:编制|编写|制作|撰写|形成)(?:了|完成)?(?:本|20|《|年度报告|[。;,]))"
)
_GOVERNMENT_OFFICE = lazy_pattern("(?<=政府)办公室$")
_CONTACT = lazy_pattern(
    r"[请可](?:与|联系|致电)(?P<name>[\u4e00-\u9fff]{1,16}?(?:镇|乡|街道|苏木))(?=人民政府|政府|办事处|党政|办公室|综合|联系|\()"
)
_NO_NAME = lazy_pattern(
    "^(?:[本我全各该此了其年上下和及与]|有关|相关|所属|辖区|县级|区级|市级)|年度|关于|通知|部门|社会|各|做好|乡镇|镇街|街镇"
    "|(?:^|[全我本各城村集小古县区])镇$|(?:^|[全我本城下返家水异老故同回入进离])乡$|(?:^|[全我本各镇])街道$"
)
_ANOTHER_TEXT = lazy_pattern("关于|做好|通知|要求|办法|组织|指导|督促|各")


@rule(basis=basis.IDENTITY, severity=Severity.WARNING)
def self_reference(report: Report) -> Iterator[Finding]:
    """A report speaks of itself as what its title says it is: 我镇 in that of a town, 我局 in that of an office."""
    if report.organisation is None:
        raise NotAssessable("标题没有单位名称")
    own = organisation(report.organisation)
    wrong = _wrong_words(own)
    prose = prose_of(report)
    found: dict[str, list[re.Match[str]]] = {}
    own_words = [_places(prose.words, one, wrong) for one in _SELF]
    if own.kind is Kind.TOWN and "委" in prose.words:
        own_words.append(match for match in _COMMITTEE.finditer(prose.words) if match[1] in wrong)
    for match in islice(merge(*own_words, key=re.Match.start), MOST_PLACES):
        if not _is_quoted(prose, match):
            found.setdefault(match[1], []).append(match)
    for word, matches in found.items():
        spans = [prose.span(match.start(), match.end()) for match in matches]
        count = f"（共 {len(spans)} 处）" if len(spans) > 1 else ""
        message = f"自称“{matches[0][0]}”{count}，标题的单位为“{report.organisation}”"
        notes = tuple(Note(f"再次自称“{match[0]}”", span) for match, span in zip(matches, spans, strict=True))
        yield Finding(spans[0], message, notes[1:_MOST_NOTES], fix=_fix(prose, own, word, matches))


def _places(words: str, one: re.Pattern[str], wrong: frozenset[str]) -> Iterator[re.Match[str]]:
    return (match for match in one.finditer(words) if match[1] in wrong)


def _wrong_words(own: Organisation) -> frozenset[str]:
    """The words that are another organisation's; one that stands in the whole name never is."""
    wrong = {*_WRONG_IN.get(own.kind, ()), *_WRONG_IN_OFFICE.get(own.word, ())}
    if own.kind is Kind.OTHER:
        return frozenset()
    if _DISTRICT.search(own.name) or "旗" in own.name or (own.kind is Kind.AREA and own.word in "市州盟省"):
        wrong.add("县")
    if "县" in own.name or _DISTRICT.search(own.name):
        wrong.add("旗")
    return frozenset(word for word in wrong if word not in own.name)


def _is_quoted(prose: Prose, match: re.Match[str]) -> bool:
    before, _ = prose.sentence(match.start(), match.end())
    return before.rfind("“") > before.rfind("”")


def _fix(prose: Prose, own: Organisation, word: str, matches: list[re.Match[str]]) -> Fix | None:
    """Its own word in all places, where one kind of township, or of office, is taken for another."""
    words = {Kind.TOWN: TOWN_WORDS, Kind.OFFICE: tuple(_WRONG_IN_OFFICE)}.get(own.kind, ())
    spans = [prose.span(*match.span(1)) for match in matches]
    if word not in words or any(span.end - span.start != len(word) for span in spans):
        return None
    return Fix(tuple(Edit(span, own.word) for span in spans), safe=False)


@rule(basis=basis.IDENTITY, severity=Severity.WARNING, forms=basis.ANNUAL_OF_ANY_YEAR)
def organisation_name(report: Report) -> Iterator[Finding]:
    """Where a report names its own organisation, it is the one in the title."""
    if report.organisation is None:
        raise NotAssessable("标题没有单位名称")
    own = organisation(report.organisation)
    if own.kind is Kind.OTHER:
        return
    prose = prose_of(report)
    seen: set[Span] = set()
    for span, name, words in islice(_self_namings(prose, own), MOST_PLACES):
        if span not in seen:
            seen.add(span)
            yield Finding(span, f"{words}“{name}”，标题的单位为“{report.organisation}”")


def _self_namings(prose: Prose, own: Organisation) -> Iterator[tuple[Span, str, str]]:
    """The places where the report names another organisation as its own."""
    preface = prose.preface
    for match in _COMPILED.finditer(preface):
        group = "before" if match["before"] else "after"
        before, after = prose.sentence(match.start(), match.end())
        if _ANOTHER_TEXT.search(before[-30:] + after[:12]):
            continue
        if _is_another(own, match[group], of_report=True):
            yield prose.span(*match.span(group)), match[group], "编制公布的是别的单位的年度报告："
    for match in _BY.finditer(preface):
        name = _GOVERNMENT_OFFICE.sub("", match["name"]) if own.kind is Kind.AREA else match["name"]
        if own.kind is _kind(name) and _is_another(own, name):
            yield prose.span(*match.span("name")), match["name"], "编制单位写作"
    for match in _ABBREVIATED.finditer(prose.words):
        named = _NAME_BEFORE.search(prose.words, max(0, match.start() - 40), match.start())
        if named and own.kind is _kind(named[0]) and _is_another(own, named[0]):
            yield prose.span(*named.span()), named[0], "自称"
    if own.kind is not Kind.TOWN:
        return
    for match in _COMPILER.finditer(preface):
        if _is_another(own, match["name"]):
            yield prose.span(*match.span("name")), match["name"], "编制单位写作"
    for match in _CONTACT.finditer(preface):
        if _is_another(own, match["name"]):
            yield prose.span(*match.span("name")), match["name"], "联系单位写作"
    if not any(may_be.search(prose.words) for may_be in _MAY_BE_SUBJECT):
        return
    for match in _SUBJECT.finditer(prose.words, max(0, len(preface) - 1)):
        if _is_another(own, match["name"]):
            yield prose.span(*match.span("name")), match["name"], "叙述的主语为"


def _kind(name: str) -> Kind:
    return organisation(name).kind


def _is_another(own: Organisation, name: str, *, of_report: bool = False) -> bool:
    """Whether a name where the report's own belongs is certainly another organisation's."""
    if _NO_NAME.search(name):
        return False
    other = organisation(name)
    if other.kind is Kind.OTHER:
        return False
    if other.kind is Kind.AREA and own.kind is Kind.TOWN:
        # A township has no other area's report to make, not that of its county either.
        return of_report
    if other.kind is Kind.AREA and own.kind is Kind.OFFICE:
        # An office may well make the report of the whole area.
        return False
    return not may_be_the_same(own, other)
