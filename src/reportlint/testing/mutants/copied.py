"""What is left when a report is made from another: last year's, another organisation's, a template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.findings import Edit
from reportlint.model import Report
from reportlint.source import Span
from reportlint.testing.mutants.mutant import Change, Kind, one, short
from reportlint.testing.mutants.prose import PREFACE, TITLE, each_paragraph

_LAW = re.compile("《[^《》]{0,20}政府信息公开条例》")
_OLD_ORDER = "（国务院令第492号）"
_OLD_FORM_YEAR, _OLD_FORM = 2019, "本报告按照国办公开办函〔2019〕60号文件的格式编制。"
_YEAR_END = re.compile("12月31日")
_COUNT = re.compile(r"(?<![\d.])\d{1,6}(?=[条件次篇场])")
_REMARK = "（请根据实际情况填写）"
_NUMERALS = "零一二三四五六七八九十"
_REPORT = "政府信息公开工作年度报告"
_SELF = (("镇人民政府", "我乡"), ("乡人民政府", "我镇"), ("街道办事处", "我镇"), ("人民政府", "我局"), ("局", "我镇"))
"""What another organisation calls itself, by the end of the name of one that does not."""
_PLACE = re.compile("[\u4e00-\u9fff](?=[镇乡县区市州旗]|街道)")
"""The character before what a place is called."""
_EDITIONS = (2019, 2022)


def _appended(report: Report, words: str, places: tuple[str, ...] = ()) -> Iterator[Change]:
    """A sentence behind every paragraph, or behind those of these places."""
    for place, span in each_paragraph(report):
        if not places or place in places:
            yield one(Span(span.end, span.end), words, {place}, f"加一句“{short(words)}”")


def _law_repealed(report: Report) -> Iterator[Change]:
    for place, span in each_paragraph(report):
        match = _LAW.search(report.text(span))
        if match:
            at = span.start + match.end()
            yield one(Span(at, at), _OLD_ORDER, {place}, f"{match.group()}之后写“{_OLD_ORDER}”")


def _form_repealed(report: Report) -> Iterator[Change]:
    if not report.form.covers(_OLD_FORM_YEAR):
        yield from _appended(report, _OLD_FORM, (PREFACE,))


def _report_of_last_year(report: Report) -> Iterator[Change]:
    if report.year is not None:
        yield from _appended(report, f"现公布{report.year - 1}年{_REPORT}。", (PREFACE,))


def _report_of_another(report: Report) -> Iterator[Change]:
    name = report.organisation or ""
    places = list(_PLACE.finditer(name))
    if places and report.year is not None:
        last = places[-1]
        other = f"{name[: last.start()]}{'另' if last.group() != '另' else '新'}{name[last.end() :]}"
        yield from _appended(report, f"现公布{other}{report.year}年{_REPORT}。", (PREFACE,))


def _self_word(report: Report) -> Iterator[Change]:
    name = report.organisation or ""
    word = next((word for end, word in _SELF if name.endswith(end)), None)
    if word is not None:
        yield from _appended(report, f"{word}将继续做好这项工作。")


def _period_end(report: Report) -> Iterator[Change]:
    for place, span in each_paragraph(report):
        for match in _YEAR_END.finditer(report.text(span)) if place == PREFACE else ():
            day = Span(span.start + match.end() - 3, span.start + match.end() - 1)
            yield one(day, "30", {place}, "统计期限止于12月30日")


def _edition_changed(report: Report) -> Iterator[Change]:
    """The years are those of another edition of the form, whose tables were not taken over."""
    if report.year is None or report.title_span is None:
        return
    year = next((year for year in _EDITIONS if not report.form.covers(year)), None)
    if year is not None:
        text = report.source.text
        edits = (Edit(Span(*match.span()), str(year)) for match in re.finditer(rf"(?<!\d){report.year}(?=年)", text))
        yield Change(tuple(edits), frozenset({TITLE}), f"{report.year}年一概改为 {year}年")


def _remark_left(report: Report) -> Iterator[Change]:
    for place, span in each_paragraph(report):
        if report.text(span).endswith("。"):
            at = span.end - 1
            yield one(Span(at, at), _REMARK, {place}, f"句末留有“{_REMARK}”")


def _blank_left(report: Report) -> Iterator[Change]:
    for place, span in each_paragraph(report):
        for match in _COUNT.finditer(report.text(span)):
            figure = Span(span.start + match.start(), span.start + match.end())
            yield one(figure, "XX", {place}, f"{match.group()} 没有填写，留作“XX”")


def _parts_miscounted(report: Report) -> Iterator[Change]:
    count = len(report.sections) + 1
    if count < len(_NUMERALS):
        yield from _appended(report, f"本报告由{_NUMERALS[count]}个部分组成。", (PREFACE,))


KINDS = {
    "law-repealed": Kind("依据写作已废止的条例", _law_repealed),
    "form-repealed": Kind("依据写作已废止的格式", _form_repealed),
    "report-of-last-year": Kind("公布的是上一年的报告", _report_of_last_year),
    "report-of-another": Kind("公布的是别的单位的报告", _report_of_another),
    "self-word": Kind("自称别的单位", _self_word),
    "period-end": Kind("统计期限不到年底", _period_end),
    "edition-changed": Kind("年份与表格的版本不合", _edition_changed),
    "remark-left": Kind("留有模板的说明", _remark_left),
    "blank-left": Kind("模板的空位没有填写", _blank_left),
    "parts-miscounted": Kind("说的部分数不对", _parts_miscounted),
}
