"""The three tables: there, as text, each in its section, with the rows of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint import Finding, NotAssessable, Note, Report, Section, Severity, Table, lazy_pattern, rule
from reportlint.readers import remarks
from reportlint_national import basis

HOMES = {"disclosure": "proactive_disclosure", "requests": "requests", "remedies": "remedies"}
"""The section that each table belongs to."""
_PICTURE = lazy_pattern(
    r"!\[[^\]]*\]\(|<img|图片|见附件|见附表|附件|见下图|如图|\.(?:png|jpe?g|gif|bmp)", re.IGNORECASE
)


@rule(basis=basis.TABLES, severity=Severity.ERROR, forms=basis.ANNUAL, tables_alone=True)
def required_tables(report: Report) -> Iterator[Finding]:
    """The three tables are there as text, each once and in its own section."""
    if report.tables_only:
        yield from _alone(report)
        return
    unread: list[str] = []
    for name, home in HOMES.items():
        table = report.tables.get(name)
        section = report.section(home)
        if table is None or not (table.cells or table.ragged):
            if section is not None and report.remarked(remarks.UNREAD, section.span):
                unread.append(section.heading)
            elif section is not None:
                yield _absent(report, section, table)
            continue
        if section is not None and table.section != home:
            place = f"“{report.form.label(table.section)}”部分" if table.section else "第一部分之前"
            yield Finding(
                table.span, f"“{report.form.label(home)}”的表格在{place}", (Note("该部分在此", section.heading_span),)
            )
        yield from _repeated(report, table, home)
        if name == "disclosure":
            yield from _missing_rows(report, table, home)
    repeated_sections = len({section.name for section in report.sections}) < len(report.sections)
    for extra in () if repeated_sections else report.extra_tables[:1]:
        home = report.form.label(HOMES.get(extra.name, extra.name))
        count = 1 + sum(table.name == extra.name for table in report.extra_tables)
        yield Finding(extra.span, f"“{home}”的表格有 {count} 个，只核对了第一个")
    if unread:
        raise NotAssessable(f"“{'”“'.join(unread)}”部分有读不出的表格")


def _alone(report: Report) -> Iterator[Finding]:
    """What is wrong with tables that are sent in by themselves: one of them may be all that was asked for."""
    for table in report.judged_tables:
        home = HOMES.get(table.name)
        if home is None:
            continue
        if not (table.cells or table.ragged):
            if table.rows:
                yield Finding(table.span, f"“{report.form.label(home)}”的表格只有行名，没有读到数")
            continue
        yield from _repeated(report, table, home)
        if table.name == "disclosure":
            yield from _missing_rows(report, table, home)


def _absent(report: Report, section: Section, table: Table | None) -> Finding:
    if table is not None and table.rows:
        return Finding(section.heading_span, f"“{section.heading}”部分的表格只有行名，没有读到数")
    if report.remarked(remarks.PICTURE, section.span) or _PICTURE.search(report.text(section.span)):
        return Finding(section.heading_span, f"“{section.heading}”部分没有文字形式的表格，只有图片或附件")
    return Finding(section.heading_span, f"“{section.heading}”部分没有表格")


def _repeated(report: Report, table: Table, home: str) -> Iterator[Finding]:
    if not table.repeated:
        return
    row, span = table.repeated[0]
    count = len({name for name, _ in table.repeated})
    words = f"“{report.form.label(row)}”" + (f"等 {count} 行" if count > 1 else "一行")
    notes = tuple(Note(f"“{report.form.label(name)}”再次出现", span) for name, span in table.repeated[1:10])
    yield Finding(span, f"“{report.form.label(home)}”的表格里，{words}出现不止一次，只核对了第一次", notes)


def _missing_rows(report: Report, table: Table, home: str) -> Iterator[Finding]:
    """Rows of table two that are not there; the sums of the other tables speak of theirs."""
    missing = [row for row in report.form.rows(table.name) if row not in table.rows]
    if missing and len(missing) < len(report.form.rows(table.name)):
        words = "".join(f"“{report.form.label(row)}”" for row in missing)
        yield Finding(table.span, f"“{report.form.label(home)}”的表格缺少{words}{len(missing)} 行")
    filled = {row for row, _ in table.cells} | {ragged.row for ragged in table.ragged}
    for row in table.rows:
        if row not in filled and row not in report.form.groups:
            yield Finding(table.rows[row], f"“{report.form.label(row)}”一行没有数")
    for ragged in table.ragged:
        words = f"“{report.form.label(ragged.row)}”一行有 {len(ragged.cells)} 个数，应有 {ragged.expected} 个"
        yield Finding(ragged.span, words)
