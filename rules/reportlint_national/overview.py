"""Section one: the five aspects, and what governments must add."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Finding, NotAssessable, Report, Section, Severity, lazy_pattern, rule
from reportlint_national import basis
from reportlint_national.editions import is_before_2021

# What each aspect is called at the head of a paragraph, and the words that stand for it anywhere else.
_ASPECTS = {
    "主动公开": (
        lazy_pattern("主动公开|公开力度|信息发布|政策解读"),
        lazy_pattern(r"主动公开|(?:公开|发布)(?:各类|政府|政务){0,2}信息(?:共计|共|累计|总计)?\s*\d"),
    ),
    "依申请公开": (lazy_pattern("申请"), lazy_pattern("依申请公开|信息公开申请|依法申请公开")),
    "政府信息管理": (
        lazy_pattern("^(?!.*平台).*(?:管理|规范公开)"),
        lazy_pattern("信息管理|信息资源管理|信息的管理|规范性文件管理|信息规范"),
    ),
    "政府信息公开平台建设": (lazy_pattern("平台"), lazy_pattern("平台建设|平台管理|网站建设|公开平台|载体建设")),
    "监督保障": (lazy_pattern("监督|保障"), lazy_pattern("监督保障|监督和保障|保障监督|监督考核|考核监督|组织保障")),
}
_GOVERNMENT_ASPECTS = {
    "工作考核": ("考核", "考评", "绩效"),
    "社会评议": ("评议", "社会评价", "满意度", "群众评价"),
    "责任追究": ("追究", "追责", "问责"),
}
_HEAD = lazy_pattern(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,2}[)）]|[①-⑩㈠-㈩]|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、．]|[一二三四五六七八九]是)?\s*"
    r"([^。：:，,\n]{2,24})"
)
_FEWEST_HEADS = 3
_GOVERNMENT = lazy_pattern(r".*(?:人民政府|[省市县区旗乡镇州盟])(?:（[^）]*）)?")
_NO_GOVERNMENT = lazy_pattern(r".*(?:开发区|园区|景区|新区|管理区|保税区|社区|实验区|示范区)")


@rule(basis=basis.OVERVIEW, severity=Severity.WARNING, forms=basis.ANNUAL)
def overview_aspects(report: Report, *, governments_only: bool = True) -> Iterator[Finding]:
    """Section one covers its five aspects, and for governments assessment, public comment and accountability."""
    section = report.section("overview")
    if section is None:
        raise NotAssessable("没有第一部分")
    prose = report.prose(section)
    if not prose.strip():
        raise NotAssessable("第一部分没有内容")
    missing = _missing_aspects(report, section, prose)
    if missing:
        # That there are five aspects stands in the form of 2021.
        severity = Severity.ADVICE if is_before_2021(report) else None
        yield Finding(section.heading_span, f"“{section.heading}”部分没有写{_listed(missing)}", severity=severity)
    if governments_only and not is_government(report.organisation):
        return
    lacking = [aspect for aspect, words in _GOVERNMENT_ASPECTS.items() if not any(word in prose for word in words)]
    if lacking:
        message = f"“{section.heading}”部分没有写{_listed(lacking)}结果情况"
        if is_government(report.organisation):
            message += "，各级人民政府的年度报告应当包括"
        yield Finding(section.heading_span, message)


def is_government(organisation: str | None) -> bool:
    """Whether an organisation is a people's government, by its name: one of a province, city, county or township."""
    if organisation is None or _NO_GOVERNMENT.fullmatch(organisation):
        return False
    return _GOVERNMENT.fullmatch(organisation) is not None


def _missing_aspects(report: Report, section: Section, prose: str) -> list[str]:
    """The aspects with neither a paragraph of their own nor, by their set words, any mention."""
    text = report.source.text
    heads = [match.group(1) for span in section.paragraphs if (match := _HEAD.match(text, *span))]
    named = {aspect for aspect, (at_head, _) in _ASPECTS.items() if any(map(at_head.search, heads))}
    missing = [
        aspect for aspect, (_, anywhere) in _ASPECTS.items() if aspect not in named and not anywhere.search(prose)
    ]
    if len(named) >= _FEWEST_HEADS:
        return missing
    # Without sub-headings to go by, a looser mention is taken for the aspect.
    return [aspect for aspect in missing if not _ASPECTS[aspect][0].search(prose)]


def _listed(words: list[str]) -> str:
    return "、".join(words)
