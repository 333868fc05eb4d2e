"""The six sections: present, in order, under the form's own titles, and not empty."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint import Edit, Finding, Fix, NotAssessable, Note, Report, Section, Severity, Span, lazy_pattern, rule
from reportlint_national import basis
from reportlint_national.editions import is_before_2021

_NUMERALS = "一二三四五六七八九十"
_ORDINAL = lazy_pattern(r"\s*(?:([一二三四五六七八九十]{1,2})|([1-9]))\s*[、.．，,:：]?\s*")
_NOTHING = lazy_pattern(r"\s*(?:本年度?|暂时?)?(?:无|没有|暂无|不涉及)(?:此项|相关情况|情况)?\s*[。.]?\s*")
_PROBLEM = lazy_pattern("问题|不足|差距|短板|薄弱|欠缺|不够|有待|不高|不深|不全|不及时|滞后")
_NO_PROBLEM = lazy_pattern("(?:不存在|没有存在|未存在|没有|未发现|无)(?:任何|明显的?|突出的?|主要)?(?:问题|不足)")
_IMPROVEMENT = lazy_pattern(
    "改进|整改|下一步|措施|今后|将(?:进一步|继续|持续|不断|切实|从|以|着力|紧紧|严格)|提升|完善|加强|强化|解决|加大|健全|充实|力争"
    "|为此|对此|针对(?!性)|已[于完在通全实建制印]|完成|新增|增设|推出|[年们]将|月起|(?:开展|做|抓)了"
)
_STOPS = frozenset("、.．")
_AND = lazy_pattern("[及和与、]")
_HALF_WIDTH = str.maketrans("（），：", "(),:")
# The Regulations' own words (article 50), which the reports of 2019 and 2020 mostly print.
_WORDS_OF_THE_REGULATIONS = {
    "remedies": "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    "improvement": "政府信息公开工作存在的主要问题及改进情况",
}
_MORE = lazy_pattern(r"[\d(（]")
"""What shows that a heading has more to say than its title: a figure, a remark in brackets."""
_PROSE_SECTIONS = ("overview", "improvement", "other_matters")


@rule(basis=basis.CONTENTS, severity=Severity.ERROR, forms=basis.ANNUAL)
def required_sections(report: Report) -> Iterator[Finding]:
    """All six sections of the form are there."""
    present = {section.name for section in report.sections}
    missing = [report.form.label(name) for name in report.form.sections if name not in present]
    if not present:
        yield Finding(None, f"没有找到格式规定的 {len(missing)} 个部分中的任何一个")
        return
    for label in missing:
        yield Finding(None, f"缺少“{label}”部分")


@rule(basis=basis.SECTIONS, severity=Severity.WARNING, forms=basis.ANNUAL)
def section_order(report: Report) -> Iterator[Finding]:
    """The sections stand in the form's order, each once, with its own ordinal."""
    first: dict[str, Section] = {}
    again: list[Section] = []
    for section in report.sections:
        if section.name in first:
            again.append(section)
        else:
            first[section.name] = section
    if again:
        names = "".join(f"“{report.form.label(section.name)}”" for section in again[:3])
        more = f"等 {len(again)} 个部分" if len(again) > 3 else "部分"
        notes = tuple(Note(f"“{section.heading}”再次出现", section.heading_span) for section in again[1:])
        yield Finding(again[0].heading_span, f"{names}{more}出现不止一次", notes)
    order = {name: index for index, name in enumerate(report.form.sections)}
    once = list(first.values())
    kept = _longest_ascending([order[section.name] for section in once])
    for position, section in enumerate(once):
        if position in kept:
            continue
        before = once[position - 1] if position else once[1]
        side = "之后" if position else "之前"
        yield Finding(section.heading_span, f"“{section.heading}”排在“{before.heading}”{side}，与格式的次序不同")
    yield from _ordinals(report, once, repeated=bool(again))


@rule(basis=basis.SECTIONS, severity=Severity.WARNING, forms=basis.ANNUAL)
def section_title(report: Report) -> Iterator[Finding]:
    """The headings of sections have the form's own words."""
    for section in report.sections:
        official = report.form.label(section.name)
        if section.official or _words(section.heading) == _words(official):
            continue
        if is_before_2021(report) and _words(section.heading) == _WORDS_OF_THE_REGULATIONS.get(section.name):
            continue
        message = f"标题为“{section.heading}”，格式为“{official}”"
        yield Finding(section.heading_span, message, fix=_retitled(report, section, official))


@rule(basis=basis.CONTENTS, severity=Severity.ERROR, forms=basis.ANNUAL)
def empty_section(report: Report) -> Iterator[Finding]:
    """The sections of prose say something; that there are no problems is no answer in section five."""
    for section in report.sections:
        if section.name not in _PROSE_SECTIONS:
            continue
        prose = report.prose(section)
        if not prose.strip() and not section.tables:
            yield Finding(section.heading_span, f"“{section.heading}”部分没有内容")
        elif section.name != "other_matters" and _NOTHING.fullmatch(prose):
            span = section.paragraphs[0]
            yield Finding(span, f"“{section.heading}”部分只写了“{report.text(span).strip()}”")


@rule(basis=basis.PROBLEMS, severity=Severity.WARNING, forms=basis.ANNUAL)
def problems_and_improvement(report: Report) -> Iterator[Finding]:
    """Section five states both problems and improvement."""
    section = report.section("improvement")
    if section is None:
        raise NotAssessable("没有第五部分")
    prose = report.prose(section)
    if not prose.strip() or _NOTHING.fullmatch(prose):
        raise NotAssessable("第五部分没有内容")
    if not _PROBLEM.search(_NO_PROBLEM.sub("", prose)):
        yield Finding(section.heading_span, f"“{section.heading}”部分没有写明存在的问题")
    if not _IMPROVEMENT.search(prose):
        yield Finding(section.heading_span, f"“{section.heading}”部分没有写明改进情况")


def _retitled(report: Report, section: Section, official: str) -> Fix | None:
    """The form's words behind the heading's own ordinal, where nothing else that the heading says is lost."""
    heading = section.heading
    start = _words_start(heading)
    words, wanted = heading[start:].rstrip("：:。. "), official[_words_start(official) :]
    if _MORE.search(words) or words.startswith(wanted) or len(_AND.findall(words)) > len(_AND.findall(wanted)):
        return None
    if sum(other.name == section.name for other in report.sections) > 1:
        return None
    place = section.heading_span.start + start
    return Fix((Edit(Span(place, place + len(words)), wanted),), safe=False)


def _ordinals(report: Report, sections: list[Section], *, repeated: bool) -> Iterator[Finding]:
    """Ordinals that are not the form's.

    Where sections are missing or out of order, numbering them as they stand is no second fault.
    """
    expected = {name: number for number, name in enumerate(report.form.sections, 1)}
    numbers = {section.name: _ordinal(section.heading) for section in sections}
    complete = [section.name for section in sections] == list(report.form.sections)
    for position, section in enumerate(sections, 1):
        number = numbers[section.name]
        wanted = expected[section.name]
        if number == wanted or (number == position and not complete):
            continue
        has = f"序号为“{_numeral(number)}”" if number else "没有序号"
        message = f"“{section.heading}”{has}，格式的序号为“{_numeral(wanted)}”"
        fix = _renumbered(report, section, wanted) if complete and not repeated else None
        yield Finding(section.heading_span, message, fix=fix)


def _renumbered(report: Report, section: Section, wanted: int) -> Fix | None:
    """The form's ordinal, written as the heading's is; where it has none, only before the form's own words."""
    own = section.heading.lstrip("|l")
    start = section.heading_span.end - len(own)
    match = _ORDINAL.match(own)
    if match is None:
        if _words(own) != _words(report.form.label(section.name)):
            return None
        return Fix((Edit(Span(start, start), f"{_numeral(wanted)}、"),))
    if match[1]:
        return Fix((Edit(Span(start + match.start(1), start + match.end(1)), _numeral(wanted)),))
    # Digits with the stop behind them, so that they are seen to be no figure.
    first, end = match.start(2), match.end(2) + 1
    stop = own[end - 1 : end]
    return Fix((Edit(Span(start + first, start + end), f"{wanted}{stop}"),)) if stop in _STOPS else None


@lru_cache(maxsize=256)
def _ordinal(heading: str) -> int | None:
    match = _ORDINAL.match(heading.lstrip("|l"))
    if match is None:
        return None
    chinese, digit = match.groups()
    if digit:
        return int(digit)
    if len(chinese) == 1:
        return _NUMERALS.index(chinese) + 1
    return 10 + _NUMERALS.index(chinese[1]) + 1 if chinese[0] == "十" else None


def _numeral(number: int | None) -> str:
    return _NUMERALS[number - 1] if number and number <= len(_NUMERALS) else str(number)


def _words_start(heading: str) -> int:
    """Where the words of a heading begin, behind its ordinal."""
    own = heading.lstrip("|l")
    match = _ORDINAL.match(own)
    return len(heading) - len(own) + (match.end() if match else 0)


def _words(heading: str) -> str:
    """A heading's words: no ordinal, no white space, no colon or full stop behind, commas and brackets alike."""
    text = "".join(_ORDINAL.sub("", heading.lstrip("|l"), count=1).split())
    return text.rstrip("：:。.").translate(_HALF_WIDTH)


def _longest_ascending(values: list[int]) -> set[int]:
    """The positions of a longest ascending subsequence; the values are few."""
    if values == sorted(values):
        return set(range(len(values)))
    chains: list[list[int]] = [[]]
    for index, value in enumerate(values):
        longest: list[int] = []
        for chain in chains:
            if len(chain) > len(longest) and values[chain[-1]] < value:
                longest = chain
        chains.append([*longest, index])
    best = max(chains, key=lambda chain: (len(chain), -sum(chain)))
    return set(best)
