"""What is said of a place when one points at it: its findings, the cell that it is, what the prose says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from reportlint import causes
from reportlint.diagnostic import Accepted, Diagnostic
from reportlint.errors import PackError
from reportlint.formats.markdown import escaped
from reportlint.formats.places import fix_of
from reportlint.formats.text import WORDS
from reportlint.language import cells
from reportlint.language.cells import Spot
from reportlint.language.equations import Writer
from reportlint.language.references import spans_of, spoken_at, spoken_of
from reportlint.linter import Linter
from reportlint.masking import Mask
from reportlint.model import Ragged, Report
from reportlint.references import Reference
from reportlint.result import Result
from reportlint.source import Span

_BREAK = "  \n"
_RULE = "\n\n---\n\n"
_LONGEST = 60


class Hover(NamedTuple):
    """What is said of a stretch of the text, in Markdown."""

    span: Span
    markdown: str


def hover(result: Result, linter: Linter, offset: int) -> Hover | None:
    """What there is to say of an offset; None where there is nothing."""
    parts = list(_Guide(result, linter).parts(offset))
    if not parts:
        return None
    nearest = min((part.span for part in parts), key=_length)
    return Hover(nearest, _RULE.join(part.markdown for part in parts))


_There = tuple[Span, Diagnostic, "Accepted | None"]
"""A finding with the place at which it is shown, and who accepted it."""


class _Shown(NamedTuple):
    """What the findings at a place show already, so that it is not said twice."""

    sums: frozenset[str]
    places: frozenset[Span]

    @classmethod
    def by(cls, found: Sequence[_There]) -> _Shown:
        diagnostics = [diagnostic for _, diagnostic, _ in found]
        places = (note.span for diagnostic in diagnostics for note in diagnostic.notes)
        return cls(
            frozenset(total.message for diagnostic in diagnostics for total in diagnostic.sums),
            frozenset(span for span in places if span is not None),
        )


class _Guide:
    """Says what there is to say of one report."""

    def __init__(self, result: Result, linter: Linter) -> None:
        self._result = result
        self._linter = linter
        self._mask = Mask(result.source.text, result.concealed)

    def parts(self, offset: int) -> Iterator[Hover]:
        """What is said of an offset, of each stretch that is there."""
        found = _findings_at(self._result, offset)
        report = self._result.report
        spot = None if report is None else cells.spot_at(report, offset)
        focus = None if spot is None else spot.cell.span
        writer = None if report is None else Writer(report, self._mask.whole, focus)
        for span, diagnostic, accepted in found:
            yield Hover(span, self._finding(diagnostic, accepted, writer))
        if report is None or writer is None:
            return
        ragged = cells.ragged_at(report, offset)
        if spot is not None:
            yield Hover(spot.cell.span, self._cell(report, spot, writer, _Shown.by(found)))
        elif ragged is not None:
            yield Hover(ragged[1].span, _out_of_columns(report, ragged[0]))
        else:
            yield from self._claims(report, offset, _Shown.by(found))

    def _finding(self, diagnostic: Diagnostic, accepted: Accepted | None, writer: Writer | None) -> str:
        """A finding: what is wrong, the sums, the notes, what may be done, what it rests on."""
        words = WORDS[diagnostic.severity] if accepted is None else accepted.words
        points = [f"{total.place}：{writer.broken(total)}" for total in diagnostic.sums] if writer else []
        said = {total.message for total in diagnostic.sums if writer}
        points += [self._noted(note.message, note.span) for note in diagnostic.notes if note.message not in said]
        paragraphs = [f"**{words}** {escaped(diagnostic.message)}", _list(points)]
        if accepted is not None:
            paragraphs.append(escaped(accepted.reason))
        elif (fix := fix_of(self._result, diagnostic, self._mask)) is not None:
            paragraphs.append("可以自动修改。" if fix.safe else "可以代为修改，改后需核对。")
        title = self._linter.packs.title(diagnostic.rule)
        rule = f"`{diagnostic.rule}`" if title is None else f"{escaped(title)} `{diagnostic.rule}`"
        if diagnostic.own:
            paragraphs.append(rule)
        else:
            paragraphs.append(f"依据：{escaped(diagnostic.basis)}{_BREAK}规则：{rule}")
        return "\n\n".join(filter(None, paragraphs))

    def _cell(self, report: Report, spot: Spot, writer: Writer, shown: _Shown) -> str:
        """A cell: what it is called, what stands in it, its relations, what the prose says."""
        row, column = spot.place
        form = report.form
        head = [
            f"行：**{escaped(cells.in_full(form, row))}**",
            f"列：**{escaped(cells.in_full(form, column))}**",
            f"数：**{escaped(cells.shown(self._mask.whole, spot.cell.span))}**",
        ]
        if spot.table.section is not None:
            head.insert(0, escaped(form.label(spot.table.section)))
        points = []
        for standing in self._linter.relations(report, spot.table.name).standing(spot.table, spot.place):
            total = standing.sides and causes.sum_of(spot.table, form, standing.sides)
            if total is None or self._mask(total.message) not in shown.sums:
                title = self._linter.packs.title(standing.relation.name) or standing.relation.name
                points.append(self._mask(f"{title}：{writer.standing(spot.table, standing)}"))
        return "\n\n".join(filter(None, (_BREAK.join(head), _list(points), _list(self._told(report, spot, shown)))))

    def _told(self, report: Report, spot: Spot, shown: _Shown) -> list[str]:
        """What the prose says of a cell."""
        try:
            spoken = spoken_of(self._linter.packs, report, spot.table.name, (spot.place,))
        except PackError as error:
            return [self._mask(str(error))]
        told = (each for each in spoken if each.claim.span not in shown.places)
        return [self._noted(self._told_by(report, each), each.claim.span) for each in told]

    def _told_by(self, report: Report, reference: Reference) -> str:
        words = f"文字称“{self._quoted(reference.claim.span)}”"
        if len(reference.places) > 1:
            words += f"，说的是{report.form.words(reference.places)}{self._comes_to(report, reference)}"
        return f"{words}，{_verdict(reference)}"

    def _claims(self, report: Report, offset: int, shown: _Shown) -> Iterator[Hover]:
        """What the claims at an offset speak of, and what stands there."""
        try:
            spoken = spoken_at(self._linter.packs, report, offset)
        except PackError as error:
            yield Hover(Span(offset, offset), escaped(self._mask(str(error))))
            return
        spoken = [each for each in spoken if spans_of(report, each)[0] not in shown.places]
        # «未被申请行政复议、提起行政诉讼»: one stretch of words, two claims.
        for span, claims in groupby(spoken, key=lambda each: each.claim.span):
            words = [f"文字：“{self._quoted(span)}”"]
            for each in claims:
                what = f"表格中{report.form.words(each.places)}{self._comes_to(report, each)}，{_verdict(each)}"
                words.append(self._noted(what, spans_of(report, each)[0]))
            yield Hover(span, _BREAK.join(map(escaped, words)))

    def _comes_to(self, report: Report, reference: Reference) -> str:
        """What stands in the cells that a claim speaks of: «为 126», «为 118 + 8 = 126»."""
        table = report.tables[reference.table]
        figures = [cells.shown(self._mask.whole, table.cells[place].span) for place in reference.places]
        values = [table.cells[place].value for place in reference.places]
        known = [value for value in values if value is not None]
        total = f" = {self._mask(str(sum(known)))}" if len(known) == len(values) > 1 else ""
        return f"为 {' + '.join(figures)}{total}"

    def _quoted(self, span: Span) -> str:
        """The words of a claim, short enough to be quoted."""
        words = "".join(self._mask.whole[span.start : span.end].split())
        return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]}…{words[-_LONGEST // 3 :]}"

    def _noted(self, words: str, span: Span | None) -> str:
        """Words with the line that they speak of."""
        return words if span is None else f"{words}（第 {self._result.source.position(span.start).line} 行）"


def _findings_at(result: Result, offset: int) -> list[_There]:
    """The findings at an offset, or that end there, the shortest first; what is accepted behind what is not.

    Those of the whole report are said of its first line, where editors show them.
    """
    found = [(diagnostic, None) for diagnostic in result.diagnostics]
    found += [(accepted.diagnostic, accepted) for accepted in result.accepted]  # type: ignore[misc]
    first = _first_line(result)
    places = [(diagnostic.span or first, diagnostic, accepted) for diagnostic, accepted in found]
    there = [each for each in places if each[0].start <= offset <= each[0].end]
    within = [each for each in there if offset < each[0].end]
    return sorted(within or there, key=lambda each: (each[2] is not None, _length(each[0])))


def _first_line(result: Result) -> Span:
    """The first line with anything in it."""
    text = result.source.text
    start = len(text) - len(text.lstrip()) if text.strip() else 0
    return Span(start, result.source.line_span(start).end)


def _out_of_columns(report: Report, ragged: Ragged) -> str:
    label = report.form.label(ragged.row)
    return escaped(f"“{label}”一行有 {len(ragged.cells)} 个数，应有 {ragged.expected} 个，不能确定各数属于哪一列")


def _verdict(reference: Reference) -> str:
    if reference.claim.approximate:
        return "文字是约数，不核对"
    return {True: "一致", False: "不一致", None: "无法核对"}[reference.agrees]


def _list(points: list[str]) -> str:
    return "\n".join(f"- {escaped(point)}" for point in points)


def _length(span: Span) -> int:
    return span.end - span.start
