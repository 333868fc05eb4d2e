"""What differs between the editions of the form: by the year that a report is for."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Finding, Note, Report, Severity, Span, Table, lazy_pattern, rule
from reportlint_national import basis

FIRST_OF_2021 = 2021
"""The first report year of the form of 2021."""

# Labels of table two that one edition has and the other has not.
_ONLY_IN = {
    "2019": lazy_pattern(
        "本年新制作数量|本年新公开数量|对外公开总数量|上一年项目数量|本年增/?减|其他对外管理服务事项"
        "|政府集中采购|采购项目数量|采购总金额|第二十条第[（(]九[）)]项"
    ),
    "2021": lazy_pattern("本年制发件数|本年废止件数|现行有效件数|本年处理决定数量|本年收费金额"),
}
_MOST_NOTES = 20


def is_before_2021(report: Report) -> bool:
    """Whether a report is for a year before the form of 2021; its form tells where it names no year."""
    return (report.year or report.form.years[1] or FIRST_OF_2021) < FIRST_OF_2021


@rule(basis=f"{basis.FORM}；{basis.FORM_2019}", severity=Severity.WARNING, forms=basis.ANNUAL, tables_alone=True)
def form_edition(report: Report) -> Iterator[Finding]:
    """The tables are those of the form in force in the report's year."""
    if report.year is None:
        return
    if report.form.covers(report.year):
        table = report.tables.get("disclosure")
        yield from _of_the_other_edition(report, table) if table is not None else ()
        return
    first, last = report.form.years
    years = f"{first} 年度起" if last is None else f"{first}—{last} 年度"
    table = report.tables.get("disclosure") or report.tables.get("requests")
    span = table.span if table is not None else report.title_span
    yield Finding(span, f"报告年度为 {report.year}，表格用的是 {years}的格式")


def _of_the_other_edition(report: Report, table: Table) -> Iterator[Finding]:
    """Labels of the other edition in a table that is else one of its own."""
    own = "2019" if is_before_2021(report) else "2021"
    other = "2021" if own == "2019" else "2019"
    known = {"".join(label.split()) for label in report.form.labels.values()}
    found = [
        match
        for match in _ONLY_IN[other].finditer(report.source.text, *table.span)
        if not any(match.group() in label for label in known)
    ]
    if not found:
        return
    labels = "".join(f"“{words}”" for words in dict.fromkeys(match.group() for match in found))
    spans = [Span(*match.span()) for match in found]
    notes = tuple(Note(f"“{report.text(span)}”", span) for span in spans[1:_MOST_NOTES])
    yield Finding(spans[0], f"表格里的{labels}是{other}年格式的，{own}年格式没有", notes)


@rule(basis=basis.FORM_2019, severity=Severity.ADVICE, forms=basis.EARLY)
def before_unified_form(report: Report) -> Iterator[Finding]:
    """A report from before the unified form: only sums and wording are checked."""
    when = f"{report.year} 年度的报告" if report.year is not None else "这份报告"
    message = f"{when}早于统一格式（自 2019 年度起），只核对表格的合计和文字，不核对部分和表格是否符合格式"
    yield Finding(report.title_span, message)
