"""Tables that are missing, and rows that a table has not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint import drawing
from reportlint.grammar.labels import EDGE, fold
from reportlint.language.completion.place import Completion, Kind, Place, goes_on, layout_of
from reportlint.model import Form, Report, Table
from reportlint.source import Span
from reportlint.wording import Wording

_LONGEST_LINE = 1_000


def tables(report: Report, wording: Wording | None, place: Place) -> Iterator[Completion]:
    """The tables of the section that are not there."""
    if wording is None or place.section is None or place.typed:
        return
    layout = layout_of(report)
    for name in report.form.tables:
        if wording.tables[name].section == place.section.name and name not in report.tables:
            lines = drawing.written(drawing.lines(report.form, name, wording.tables[name]), layout)
            text = "\n".join(lines)
            label = f"“{report.form.label(place.section.name)}”的表格"
            rows_of_it = report.form.rows(name)
            detail = f"“{report.form.label(rows_of_it[0])}”等 {len(rows_of_it)} 行，各项为 0"
            yield Completion(label, text, place.line, Kind.TABLE, detail, text)


def rows(report: Report, wording: Wording | None, place: Place) -> Iterator[Completion]:
    """The rows that the table around a line has not: first those that come next."""
    table = table_at(report, place)
    if table is None or len(place.before) > _LONGEST_LINE:
        return
    fields = re.split(r"[\t|]", place.before)
    typed = fields[-1].strip(EDGE)
    groups = {fold(report.form.label(name)) for name in report.form.groups}
    if any(fold(field) not in groups for field in fields[:-1] if field.strip(EDGE)):
        # Figures stand here.
        return
    rest = place.after.strip(" \t|")
    if rest and (not typed or place.after[:1] not in "\t|"):
        return
    drawn = wording.tables[table.name] if wording is not None else None
    lines = drawing.lines(report.form, table.name, drawn) if drawn is not None else ()
    by_row = {line.row: line for line in lines}
    text = report.text(table.span)
    piped = "|" in text or "|" in place.before
    if not piped and "\t" not in text:
        # Of a table that is set apart by blanks nobody knows where its fields are.
        by_row = {}
    for row in _missing_rows(report.form, table, place):
        label = report.form.label(row)
        if not goes_on(label, typed):
            continue
        detail = " › ".join(map(report.form.label, report.form.over.get(row, ())))
        if rest or row not in by_row:
            start = place.offset - len(fields[-1].lstrip(EDGE))
            yield Completion(label, label, Span(start, place.offset), Kind.ROW, detail)
        else:
            insert = drawing.joined(by_row[row], "pipe" if piped else "tab")
            yield Completion(label, insert, place.line, Kind.ROW, detail, "各项为 0")


def table_at(report: Report, place: Place) -> Table | None:
    """The table that has a line, or ends just above it."""
    for table in report.tables.values():
        above = report.source.line_span(max(0, place.line.start - 1)).start
        if table.span.start <= place.line.end and above < table.span.end and table.span.start < place.line.start:
            return table
    return None


def _missing_rows(form: Form, table: Table, place: Place) -> list[str]:
    all_rows = [row for block in form.tables[table.name] if not block.across for row in block.rows]
    there = {row for row, span in table.rows.items() if not place.line.start <= span.start <= place.line.end}
    before = [
        all_rows.index(row) for row, span in table.rows.items() if row in all_rows and span.start < place.line.start
    ]
    following = max(before) + 1 if before else 0
    return [row for row in [*all_rows[following:], *all_rows[:following]] if row not in there]
