"""Rules in table two of a body that has no power to make rules."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Finding, NotAssessable, Note, Report, Severity, rule
from reportlint_national import basis
from reportlint_national.organisations import Kind, kind_of

_TABLE, _ROW = "disclosure", "government_rules"
_WORDS = {
    Kind.TOWNSHIP: "乡镇人民政府和街道办事处",
    Kind.COUNTY: "县、区人民政府",
    Kind.DEPARTMENT: "地方人民政府的部门",
}


@rule(basis=basis.RULES_POWER, severity=Severity.ADVICE, forms=basis.ANNUAL, tables_alone=True)
def rule_making_power(report: Report) -> Iterator[Finding]:
    """Table two counts no rules for a body that has no power to make them."""
    table = report.tables.get(_TABLE)
    cells = [] if table is None else [(place[1], table.cells[place]) for place in table.cells if place[0] == _ROW]
    if not cells:
        raise NotAssessable("没有读到“规章”一行")
    kind = kind_of(report.organisation)
    if kind is None:
        return
    filled = [(column, cell) for column, cell in cells if cell.value]
    if not filled:
        return
    row = report.form.label(_ROW)
    column, cell = filled[0]
    notes = tuple(Note(f"“{report.form.label(name)}”为 {other.value}", other.span) for name, other in filled[1:])
    message = f"“{row}”的“{report.form.label(column)}”为 {cell.value}，{_WORDS[kind]}没有制定{row}的权限"
    yield Finding(cell.span, message, notes)
