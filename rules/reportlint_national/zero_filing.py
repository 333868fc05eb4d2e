"""Zero filing: what the text says of none, and what the tables say."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import (
    Claim,
    Finding,
    Hinge,
    NotAssessable,
    Note,
    Report,
    Severity,
    Span,
    Table,
    fact,
    lazy_pattern,
    rule,
)
from reportlint.model import CellKind
from reportlint_national import basis
from reportlint_national.ledger import RECEIVED
from reportlint_national.scopes import of_the_report

# Which rows of which table a denied subject would have to leave at zero.
_ROWS = {
    "received": ("requests", ("received",)),
    "newly_received": ("requests", ("received",)),
    "incoming": ("requests", ("received", "brought_forward")),
    "brought_forward": ("requests", ("brought_forward",)),
    "carried_forward": ("requests", ("carried_forward",)),
    "reconsideration": ("remedies", ("reconsideration",)),
    "litigation": ("remedies", ("direct_litigation", "litigation_after_reconsideration")),
}
DENIABLE = frozenset(_ROWS)
"""The subjects of which a zero is held against the tables here."""
_TOTAL = "total"
# A sentence that may be a zero statement in words that the claims grammar does not know.
_UNREAD_STATEMENT = lazy_pattern(
    r"(?:[未无零0０]|没有|不存在)[^，。；]{0,30}申请(?!行政复议|人)"
    r"|申请(?!行政复议|人)[^，。；]{0,30}(?:[未无零0０]|没有|不存在)|零报告|零申报"
)


@rule(basis=basis.ACCURACY, severity=Severity.ERROR, forms=basis.ANNUAL)
def zero_filing(report: Report) -> Iterator[Finding]:
    """A statement of none agrees with the table, a table of zeros with the text, and a zero table is spoken of."""
    if not any(table.cells for table in report.tables.values()):
        raise NotAssessable("没有读到表格")
    for claim in report.claims_about(*_ROWS):
        if not claim.approximate and claim.value == 0 and of_the_report(report, claim):
            yield from _denied_but_counted(report, claim)
    if not no_requests(report):
        return
    requests = report.tables["requests"]
    said = report.claims_about(*RECEIVED)
    for claim in said:
        if claim.value == 0 or not of_the_report(report, claim):
            continue
        message = f"文字称收到申请 {claim.value} {claim.unit or '件'}，表格各项均为 0"
        cell = requests.cells.get(("received", _TOTAL))
        notes = (Note(f"“{report.form.label('received')}”的总计为 0", cell.span),) if cell else ()
        yield Finding(claim.span, message, notes)
    if not said:
        yield from _unspoken(report)


def _denied_but_counted(report: Report, claim: Claim) -> Iterator[Finding]:
    name, rows = _ROWS[claim.subject]
    table = report.tables.get(name)
    if table is None:
        return
    for row in rows:
        found = _count(table, row)
        if found is not None and found[0] > 0:
            count, column, span = found
            label = f"“{report.form.label(row)}”的“{report.form.label(column)}”"
            said = " ".join(report.text(claim.span).split())
            notes = (Note(f"表格中{label}为 {count}", span),)
            message = f"文字称“{said}”，即 0，表格中{label}为 {count}"
            # Where the sums want a 0 there too, it is the cell that is wrong, and one finding of it is enough.
            hinges = (Hinge(span, 0),) if column == _TOTAL else ()
            yield Finding(claim.span, message, notes, hinges=hinges)
            return


def _count(table: Table, row: str) -> tuple[int, str, Span] | None:
    """The count in a row: its total, or where that has no figure, its first count that is not zero."""
    total = table.cells.get((row, _TOTAL))
    if total is not None and total.value is not None:
        return int(total.value), _TOTAL, total.span
    cells = {column: cell for (name, column), cell in table.cells.items() if name == row}
    return next(((int(c.value), column, c.span) for column, c in cells.items() if c.value), None)


def all_zero(table: Table) -> bool:
    """Whether the table has figures and all of them are zero."""
    figures = table.cells.figures
    if any(figures.values()) or 0 not in figures.values():
        return False
    return table.cells.plain or all(cell.kind is not CellKind.TEXT for cell in table.cells.values())


@fact
def no_requests(report: Report) -> bool:
    """Whether the table of requests holds zeros only."""
    requests = report.tables.get("requests")
    return requests is not None and all_zero(requests)


def _unspoken(report: Report) -> Iterator[Finding]:
    overview = report.section("overview")
    if overview is None or _UNREAD_STATEMENT.search(report.prose(overview)):
        return
    place = next((p for p in overview.paragraphs if "申请" in report.text(p)[:30]), overview.heading_span)
    line = report.source.line_span(place.start)
    span = Span(place.start, min(place.end, line.end, place.start + 30))
    yield Finding(span, "表格中申请的各项均为 0，文字没有说明本年度未收到申请", severity=Severity.ADVICE)
