"""Whether a text that was fixed still says what it said, and whether the fixes mended anything.

What a report says is what was read from it: its form and year, its sections, the figures of its tables, what its prose
states. All that is to be the same, but for headings that a fix is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from reportlint.diagnostic import Diagnostic
from reportlint.findings import Severity
from reportlint.fixing.edits import Candidate, Refusal, Shift
from reportlint.model import EMPTY_KINDS, Cell, Report, Section, Table
from reportlint.result import Result
from reportlint.source import Span

_Value = tuple[type, int | Decimal] | str | None


def verify(before: Result, after: Result, applied: Sequence[Candidate], shift: Shift) -> None:
    """Refusal where the fixes did anything but mend; `applied` says what was to be mended, `shift` what was edited."""
    if before.report is None or after.report is None:
        raise Refusal("改后读不成报告")
    _check_meaning(before.report, after.report, shift)
    _check_mended(before, after, applied, shift)
    _check_errors(before.diagnostics, after.diagnostics, shift)
    lost = {outcome.rule for outcome in after.not_assessable} - {outcome.rule for outcome in before.not_assessable}
    if lost:
        raise Refusal(f"改后规则 {min(lost)} 无法判断")


def _check_meaning(before: Report, after: Report, shift: Shift) -> None:
    if before.form.name != after.form.name:
        raise Refusal("改后读成了另一种格式的报告")
    if before.year != after.year:
        raise Refusal("改后读出的年度不同")
    if (before.title, before.organisation) != (after.title, after.organisation):
        is_about_title = before.title_span is None or shift.touches(before.title_span)
        if not is_about_title or _lost(before.title, after.title) or _lost(before.organisation, after.organisation):
            raise Refusal("改后读出的标题不同")
    if _figures(before.tables.values()) != _figures(after.tables.values()):
        raise Refusal("改后读出的表格数字不同")
    if _figures(before.extra_tables) != _figures(after.extra_tables):
        raise Refusal("改后读出的表格数字不同")
    if _stated(before) != _stated(after):
        raise Refusal("改后正文里的数字读出来不同")
    if not _same_sections(before.sections, after.sections, shift):
        raise Refusal("改后少了部分、换了次序，或者标题不再是规定的")


def _lost(before: str | None, after: str | None) -> bool:
    return before is not None and after is None


def _figures(tables: Iterable[Table]) -> list[tuple[object, ...]]:
    """All that stands in tables, by place; what is empty as the 0 that it counts as."""
    return [
        (
            table.name,
            {place: _value(cell) for place, cell in table.cells.items()},
            [(row.row, row.expected, [_value(cell) for cell in row.cells]) for row in table.ragged],
            [row for row, _ in table.repeated],
            table.missing_columns,
        )
        for table in sorted(tables, key=lambda table: table.name)
    ]


def _value(cell: Cell) -> _Value:
    if cell.value is not None:
        return type(cell.value), cell.value
    # In the sums an empty cell counts as nothing; no fix may take a figure away.
    return (int, 0) if cell.kind in EMPTY_KINDS else cell.text


def _stated(report: Report) -> list[tuple[object, ...]]:
    """What the prose states, wherever it stands; not how the body calls itself there, which may be what is mended."""
    nowhere = Span(0, 0)
    return [claim._replace(span=nowhere, sentence=nowhere, scope=None) for claim in report.claims]


def _same_sections(before: Sequence[Section], after: Sequence[Section], shift: Shift) -> bool:
    """Whether the sections are the same, or differ by headings that an edit is about, and none is lost."""
    if Counter(_official(before)) - Counter(_official(after)):
        return False
    names, now = [section.name for section in before], [section.name for section in after]
    if names == now:
        return [section.tables for section in before] == [section.tables for section in after]
    if len(now) < len(names) or not set(names) <= set(now) or set(Counter(now) - Counter(names)) & set(names):
        return False
    kept = {
        (section.name, shift.of(section.heading_span)) for section in before if not shift.touches(section.heading_span)
    }
    places = {(section.name, section.heading_span) for section in after}
    return kept <= places and all(shift.made(place) for _, place in places - kept)


def _official(sections: Iterable[Section]) -> list[str]:
    return [section.name for section in sections if section.official]


def _check_mended(before: Result, after: Result, applied: Sequence[Candidate], shift: Shift) -> None:
    """Refusal where a rule says of what it mended what it had said."""
    mended = {(one.rule, one.message, one.span) for one, _ in applied}
    said = {(rule, message) for rule, message, _ in mended}
    # What was said of other places, and is to be said of them still.
    others = {
        (one.rule, one.message, None if one.span is None else shift.of(one.span))
        for one in before.diagnostics
        if (one.rule, one.message, one.span) not in mended
    }
    for one in after.diagnostics:
        if (one.rule, one.message) not in said or (one.rule, one.message, one.span) in others:
            continue
        if any(_is_there(one, candidate, shift) for candidate in applied):
            raise Refusal("改后同一处还是同样的问题")


def _is_there(one: Diagnostic, candidate: Candidate, shift: Shift) -> bool:
    was = candidate.diagnostic
    if (one.rule, one.message) != (was.rule, was.message):
        return False
    if one.span is None or was.span is None:
        return one.span is was.span
    return any(_overlap(one.span, shift.around(place)) for place in candidate.place)


def _check_errors(before: Iterable[Diagnostic], after: Iterable[Diagnostic], shift: Shift) -> None:
    """Refusal for an error that was not there: nothing of that rule had the same words or the same place."""
    words: Counter[tuple[str, str]] = Counter()
    places: dict[str, list[Span | None]] = {}
    for one in before:
        words[one.rule, one.message] += 1
        places.setdefault(one.rule, []).append(None if one.span is None else shift.around(one.span))
    for one in after:
        if one.severity is not Severity.ERROR:
            continue
        if words[one.rule, one.message] > 0:
            words[one.rule, one.message] -= 1
        elif not any(_is_same(one.span, place) for place in places.get(one.rule, ())):
            raise Refusal(f"改后有新的错误：{one.message}")


def _is_same(span: Span | None, place: Span | None) -> bool:
    return span is None if place is None else span is not None and _overlap(span, place)


def _overlap(a: Span, b: Span) -> bool:
    """Whether two stretches share a character, or one that is empty stands in or beside the other."""
    if a.start == a.end or b.start == b.end:
        return a.start <= b.end and b.start <= a.end
    return a.start < b.end and b.start < a.end
