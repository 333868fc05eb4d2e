"""What its reader was not sure of in a document: framed in the text where it is within a line, and listed below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.formats.html.marks import Stretch
from reportlint.formats.html.markup import escape
from reportlint.formats.places import words
from reportlint.masking import Mask
from reportlint.source import Source, Span

KIND = "doubt"
WORDS = "读取存疑"
_MOST = 50


def stretches(source: Source, report: str, mask: Mask) -> Iterator[Stretch]:
    """What is framed; `report` begins the ids."""
    for number, doubt in enumerate(source.doubts):
        # A frame around every cell of a table would say nothing of any of them.
        if "\n" not in source.slice(doubt.span).strip():
            yield Stretch(*doubt.span, _id(report, number), kind=KIND, words=mask(doubt.reason))


def listed(source: Source, report: str, mask: Mask, placed: set[str]) -> str:
    """All doubts with their places, those for one reason in one line as one; `placed` are the ids that the page has."""
    if not source.doubts:
        return ""
    groups: dict[tuple[Span, str], list[int]] = {}
    for number, doubt in enumerate(source.doubts):
        groups.setdefault((source.line_span(doubt.span.start), doubt.reason), []).append(number)
    items = [
        _item(source, [source.doubts[number].span for number in numbers], reason, _id(report, numbers[0]), mask, placed)
        for (_, reason), numbers in list(groups.items())[:_MOST]
    ]
    if len(groups) > _MOST:
        items.append(f"<li>另有 {len(groups) - _MOST} 处</li>")
    head = f"{len(groups)} 处读取时有疑问"
    return f'<details class="doubts"><summary>{head}</summary><ul>{"".join(items)}</ul></details>'


def _item(source: Source, spans: Sequence[Span], reason: str, identity: str, mask: Mask, placed: set[str]) -> str:
    location = source.location(Span(spans[0].start, max(span.end for span in spans)))
    where = escape(mask(words(location)) or "这一处")
    place = f'<a href="#{identity}">{where}</a>' if identity in placed else where
    return f"<li>{place}：{escape(mask(reason))}</li>"


def _id(report: str, number: int) -> str:
    return f"{report}-d{number}"
