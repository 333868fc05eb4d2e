"""What is said of a finding, in the margin beside its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportlint.diagnostic import BASELINE, Accepted, Diagnostic
from reportlint.findings import Side, Sum
from reportlint.formats import places
from reportlint.formats.html import doubts
from reportlint.formats.html.marks import Stretch
from reportlint.formats.html.markup import attribute, escape
from reportlint.formats.text import WORDS
from reportlint.result import Result
from reportlint.source import Span


class Card(NamedTuple):
    """A finding with its number in the report; `accepted` where it is one that is accepted."""

    id: str
    number: int
    diagnostic: Diagnostic
    accepted: Accepted | None

    @property
    def kind(self) -> str:
        """The class of its card and of its marks."""
        if self.accepted is None:
            return self.diagnostic.severity.label
        return BASELINE if self.accepted.kind == BASELINE else "accepted"

    @property
    def words(self) -> str:
        return WORDS[self.diagnostic.severity] if self.accepted is None else self.accepted.words


def cards(result: Result, report: str) -> list[Card]:
    """The findings of a result in the order of the text; `report` begins their ids."""
    found = [(diagnostic, None) for diagnostic in result.diagnostics]
    found += [(accepted.diagnostic, accepted) for accepted in result.accepted]  # type: ignore[misc]
    found.sort(key=lambda each: -1 if each[0].span is None else each[0].span.start)
    return [Card(f"{report}-f{number}", number, *each) for number, each in enumerate(found, 1)]


def stretches(result: Result, card: Card) -> Iterator[Stretch]:
    """What a finding marks in its report's text."""
    diagnostic = card.diagnostic
    if diagnostic.source is not result.source:
        return
    if diagnostic.span is not None:
        words = f"{card.words} {card.number}，看说明"
        yield Stretch(*diagnostic.span, f"{card.id}-m", card.id, card.kind, card.number, words)
    for number, note in enumerate(diagnostic.notes):
        if note.span is not None and note.span != diagnostic.span:
            yield Stretch(*note.span, f"{card.id}-n{number}")
    for span in sorted(_cells(diagnostic)):
        yield Stretch(*span, _cell_id(card, span))


def written(card: Card, text: str, placed: set[str]) -> str:
    """The card of a finding. `text` is what may be shown of its source, `placed` the ids that the page has."""
    diagnostic = card.diagnostic
    cells = [
        identity for identity in (_cell_id(card, span) for span in sorted(_cells(diagnostic))) if identity in placed
    ]
    lit = f' data-cells="{" ".join(cells)}"' if cells else ""
    parts = [
        f'<div class="card {card.kind}" id="{card.id}" role="note" tabindex="-1" aria-labelledby="{card.id}-h"'
        f' data-kind="{card.kind}" data-rule="{attribute(diagnostic.rule)}"{lit}>',
        f'<p id="{card.id}-h"><span class="badge">{card.words} {card.number}</span> '
        f"{_doubt(diagnostic)}{escape(diagnostic.message)}</p>",
    ]
    parts.extend(_sum(card, total, text, placed) for total in diagnostic.sums)
    parts.append(_notes(card, placed))
    if card.accepted is not None:
        parts.append(f'<p class="reason">{escape(card.accepted.reason)}</p>')
    parts.append(f'<p class="more">{_place(card, placed)}<code>{escape(diagnostic.rule)}</code></p>')
    if diagnostic.basis and not diagnostic.own:
        parts.append(f'<details class="basis"><summary>依据</summary><p>{escape(diagnostic.basis)}</p></details>')
    parts.append("</div>")
    return "".join(parts)


def _doubt(diagnostic: Diagnostic) -> str:
    return f'<span class="{doubts.KIND}">{doubts.WORDS}</span> ' if diagnostic.doubt else ""


def _place(card: Card, placed: set[str]) -> str:
    """Line and column, and where it stands in a document."""
    start = card.diagnostic.start()
    where = escape(places.words(card.diagnostic.location()))
    if start is not None:
        where = f"第 {start.line} 行第 {start.column} 字{f'（{where}）' if where else ''}"
    if not where:
        return ""
    mark = f"{card.id}-m"
    return f'<a href="#{mark}">{where}</a> ' if mark in placed else f"{where} "


def _notes(card: Card, placed: set[str]) -> str:
    """The notes that do not only say what a sum shows."""
    shown = {total.message for total in card.diagnostic.sums}
    parts = []
    for number, note in enumerate(card.diagnostic.notes):
        if note.message in shown:
            continue
        where = places.words(note.where)
        beside = f"（{where}）" if where and note.where != card.diagnostic.where else ""
        words = escape(note.message + beside)
        there = f"{card.id}-n{number}"
        parts.append(f'<li><a href="#{there}">{words}</a></li>' if there in placed else f"<li>{words}</li>")
    return f"<ul>{''.join(parts)}</ul>" if parts else ""


def _sum(card: Card, total: Sum, text: str, placed: set[str]) -> str:
    """Both sides of a sum, written out one above the other, and a button that shows its cells in the table."""
    spans = sorted({addend.span for side in (total.left, total.right) for addend in side.addends})
    cells = [identity for identity in (_cell_id(card, span) for span in spans) if identity in placed]
    sides = "".join(
        f'<tr><th scope="row">{escape(side.words)}</th><td>{_written_out(side, card.diagnostic.span, text)}</td></tr>'
        for side in (total.left, total.right)
    )
    lit = f' data-cells="{" ".join(cells)}"' if cells else ""
    button = '<button type="button" class="show" aria-pressed="false" hidden>在表中标出</button>' if cells else ""
    return (
        f'<div class="sum"{lit}><table><caption>{escape(total.place)}：{total.fault}</caption>'
        f"<tbody>{sides}</tbody></table>{button}</div>"
    )


def _written_out(side: Side, wrong: Span | None, text: str) -> str:
    """`3 + 0 = 3`; a side of one cell is only its figure."""

    def figure(span: Span) -> str:
        shown = escape(text[span.start : span.end].strip()) or "空白"
        return f"<b>{shown}</b>" if span == wrong else shown

    added = side.added(figure)
    return added if side.plain else f"{added} = <strong>{escape(side.total)}</strong>"


def _cells(diagnostic: Diagnostic) -> set[Span]:
    """The cells of the sums that a finding breaks."""
    return {addend.span for total in diagnostic.sums for side in (total.left, total.right) for addend in side.addends}


def _cell_id(card: Card, span: Span) -> str:
    return f"{card.id}-c{span.start}"
