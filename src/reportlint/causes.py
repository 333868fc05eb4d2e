"""Words for what the solver found: causes to findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportlint.findings import Addend, Finding, Hinge, Note, Side, Sum
from reportlint.model import EMPTY_KINDS, Cell, Form, Place, Table
from reportlint.relations import Alternative, Broken, Cause, Outcome, Relation
from reportlint.rules import Rule
from reportlint.source import Span

_Found = tuple[Rule, Finding]
_MOST_NAMED = 6
_MOST_RAGGED = 3


class RelationFinding(NamedTuple):
    """A finding and the relation that it is reported under."""

    relation: Relation
    finding: Finding


def findings(table: Table, form: Form, relations: Sequence[Relation], outcome: Outcome) -> Iterator[RelationFinding]:
    """What a table's relations have to say: what it lacks, and each wrong cell."""
    yield from _gaps(table, form, relations)
    for cause in outcome.causes:
        yield RelationFinding(cause.broken[0].relation, _finding(table, form, cause))


def reasons(form: Form, outcome: Outcome) -> dict[Relation, str]:
    """Why relations could not be assessed, a sentence for each relation."""
    keys: dict[Relation, list[str]] = {}
    for relation, key, _ in outcome.unassessed:
        keys.setdefault(relation, []).append(key)
    return {
        relation: f"{_names(form, found, relation)}有单元格缺失、空白或不是数，无法核对"
        for relation, found in keys.items()
    }


def _finding(table: Table, form: Form, cause: Cause) -> Finding:
    cell = table.cells[cause.place]
    hinges = tuple(Hinge(table.cells[repair.place].span, repair.value) for repair in cause.repairs)
    notes = tuple(Note(_said(form, broken), _result_span(table, broken)) for broken in cause.broken)
    sums = tuple(sum_of(table, form, broken) for broken in cause.broken)
    if cause.certain:
        repair = cause.repairs[0]
        count = f"，{repair.value} 同时满足 {cause.satisfied} 项勾稽关系" if cause.satisfied > 1 else ""
        words = f"{form.words((cause.place,))}应为 {repair.value}，实为{_actual(cell)}{count}"
        return Finding(cell.span, words, notes, hinges=hinges, sums=sums, expected=repair.value)
    words = _said(form, cause.broken[0])
    notes = notes[1:]
    if cause.repairs:
        named = [f"{form.words((repair.place,))}应为 {repair.value}" for repair in cause.repairs[:_MOST_NAMED]]
        more = f"等 {len(cause.repairs)} 种可能" if len(cause.repairs) > _MOST_NAMED else ""
        if cause.together > 1:
            words += f"，有 {cause.together} 个单元格须一起改动，可能涉及{'、'.join(named)}{more}"
        else:
            words += f"，可能是{'，或'.join(named)}{more}"
        notes = tuple(
            Note(
                f"{form.words((repair.place,))}现为{_actual(table.cells[repair.place])}",
                table.cells[repair.place].span,
            )
            for repair in cause.repairs[:_MOST_NAMED]
            if repair.place != cause.place
        )
    return Finding(cell.span, words, notes, hinges=hinges, sums=sums)


def joined(findings: Sequence[_Found], related: Sequence[_Found]) -> Iterator[_Found]:
    """All findings; one that hinges on a cell as one of a relation does is a note to that."""
    hinged = {hinge: index for index, (_, finding) in enumerate(related) for hinge in finding.hinges}
    notes: dict[int, list[Note]] = {}
    for found in findings:
        _, finding = found
        index = next((hinged[hinge] for hinge in finding.hinges if hinge in hinged), None)
        if index is None:
            yield found
        else:
            notes.setdefault(index, []).append(Note(finding.message, finding.span))
    for index, (rule, finding) in enumerate(related):
        yield rule, finding._replace(notes=(*finding.notes, *notes.get(index, ())))


def _gaps(table: Table, form: Form, relations: Sequence[Relation]) -> Iterator[RelationFinding]:
    """The rows and columns that relations need and the table lacks: one finding each, not one a relation."""
    equations = [relation for relation in relations if relation.formula.operator == "="]
    if not equations or not (table.cells or table.ragged):
        return
    place = f"“{form.label(table.section)}”的表格" if table.section else "表格"
    first = equations[0]
    if table.missing_columns:
        relation = _needing(table.missing_columns, equations, "row") or first
        words = "、".join(f"“{form.label(column)}”" for column in table.missing_columns)
        count = len({row for row, _ in table.cells})
        yield RelationFinding(relation, Finding(_head(table), f"{place}缺少{words}列，{count} 行的横向合计无从核对"))
    yield from _ragged(table, form, place, first, equations)
    needed = {
        name
        for relation in equations
        if relation.each == "column"
        for name in relation.formula.needed(form.rows(table.name))
    }
    lost = [row for row in form.rows(table.name) if row in needed and row not in table.rows]
    if lost and len(lost) < len(needed):
        relation = _needing(lost, equations, "column") or first
        more = "等" if len(lost) > _MOST_NAMED else ""
        words = "".join(f"“{form.label(row)}”" for row in lost[:_MOST_NAMED]) + more
        merged = _merged(lost, table, relation)
        if merged is None:
            yield RelationFinding(relation, Finding(_head(table), f"{place}缺少{words}{len(lost)} 行"))
        else:
            words = f"“{form.label(merged)}”只有一行数，格式分为{words}{len(lost)} 行"
            yield RelationFinding(relation, Finding(table.rows[merged], words))


def _merged(lost: Sequence[str], table: Table, relation: Relation) -> str | None:
    """The row that stands for all the lost ones, by an alternative of the formula."""
    for part in (*relation.formula.left, *relation.formula.right):
        if isinstance(part, Alternative) and {term.name for term in part.sums[0]} == set(lost):
            for other in part.sums[1:]:
                if len(other) == 1 and other[0].name in table.rows:
                    return other[0].name
    return None


def _ragged(
    table: Table, form: Form, place: str, first: Relation, equations: Sequence[Relation]
) -> Iterator[RelationFinding]:
    across = next((relation for relation in equations if relation.each == "row"), first)
    rows = table.ragged
    counts = {len(row.cells) for row in rows}
    if len(rows) > 2 and len(counts) == 1 and not table.cells:
        words = f"{place}每一行都有 {counts.pop()} 个数，应有 {rows[0].expected} 个，无从按列核对"
        yield RelationFinding(across, Finding(rows[0].span, words))
        return
    if len(rows) > _MOST_RAGGED:
        notes = tuple(Note(f"“{form.label(row.row)}”一行有 {len(row.cells)} 个数", row.span) for row in rows[1:])
        words = f"{place}有 {len(rows)} 行的数不是 {rows[0].expected} 个，无从按列核对"
        yield RelationFinding(across, Finding(rows[0].span, words, notes))
        return
    for row in rows:
        whole = row.expected > len(form.columns(table.name, row.row))
        name = place if whole else f"“{form.label(row.row)}”一行"
        words = f"{name}有 {len(row.cells)} 个数，应有 {row.expected} 个"
        yield RelationFinding(across, Finding(row.span, words))


def _needing(names: Sequence[str], relations: Sequence[Relation], each: str) -> Relation | None:
    return next((r for r in relations if r.each == each and set(names) & r.formula.names()), None)


def _head(table: Table) -> Span:
    return min(table.rows.values(), default=table.span)


def _where(form: Form, broken: Broken) -> str:
    return f"“{form.label(broken.key)}”{'列' if broken.relation.each == 'column' else '行'}"


def _said(form: Form, broken: Broken) -> str:
    relation = broken.relation
    return f"{_where(form, broken)}：{relation.left_words}为 {broken.left}，{relation.right_words}为 {broken.right}"


def sum_of(table: Table, form: Form, broken: Broken) -> Sum:
    """The two sides of a relation in a column or row, with their cells."""

    def side(words: str, cells: Sequence[tuple[int, Place]], constant: int, total: object) -> Side:
        addends = tuple(Addend(factor, table.cells[place].span) for factor, place in cells)
        return Side(words, addends, constant, str(total))

    relation = broken.relation
    return Sum(
        _said(form, broken),
        _where(form, broken),
        side(relation.left_words, broken.left_cells, 0, broken.left),
        side(relation.right_words, broken.right_cells, -relation.formula.constant, broken.right),
        relation.formula.operator,
    )


def _actual(cell: Cell) -> str:
    return "空白" if cell.kind in EMPTY_KINDS and not cell.text else f" {cell.text}"


def _result_span(table: Table, broken: Broken) -> Span:
    return table.cells[broken.result].span


def _names(form: Form, keys: Sequence[str], relation: Relation) -> str:
    words = "".join(f"“{form.label(key)}”" for key in keys[:_MOST_NAMED])
    more = "等 " if len(keys) > _MOST_NAMED else " "
    return f"{words}{more}{len(keys)} {'列' if relation.each == 'column' else '行'}"
