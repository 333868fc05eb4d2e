"""The numbers of lists within paragraphs: «一是…；二是…», «第一，…第二，…», «1.…2.…»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint import Edit, Finding, Fix, Note, Report, Severity, Span, lazy_pattern, rule
from reportlint.grammar.numbering import marker, numeral
from reportlint_national import basis, sequence
from reportlint_national.outline import Item, Outline, is_bounded, outlines

_BUT = lazy_pattern("[；。;]\\s{0,3}(?P<but>而是)")
_DENIED = lazy_pattern("不[是仅单光只止再能在靠]|并非|绝非|没有|未")
# Characters that make a word with the numeral behind them, so that no item begins there.
_WORD = frozenset("是统之唯第万专单逐合初周期划同不其表图件前后共零点百千亿")


class ItemList:
    """The items of one list."""

    def __init__(self, first: Item) -> None:
        self.items = [first]

    @property
    def next(self) -> int:
        return self.items[-1].number + 1

    @property
    def by_paragraphs(self) -> bool:
        return any(not item.before for item in self.items)


@rule(basis=basis.NUMBERING, severity=Severity.WARNING, forms=basis.ANNUAL)
def list_numbering(report: Report) -> Iterator[Finding]:
    """The items of a list are numbered from one in order, and each begins behind a stop."""
    for outline in outlines(report):
        for style in {item.style: None for item in outline.items}:
            items = [item for item in outline.items if item.style == style]
            for found in lists_of(items, style):
                yield from _faults(report, outline, found)
                yield from _written_but(report, outline, found)
                if style == "一是":
                    yield from _stops(report, found)


def lists_of(items: Sequence[Item], style: str) -> list[ItemList]:
    """The items as lists. A list may begin anew, stand within an item of another, and go on in a new paragraph."""
    lists: list[ItemList] = []
    going: list[ItemList] = []
    for index, item in enumerate(items):
        current = going[-1] if going else None
        near = current is not None and current.items[-1].paragraph == item.paragraph
        if not is_bounded(item):
            if style != "一是" or item.before in _WORD:
                continue
            if item.number != 1 and not (near and current and current.next == item.number):
                continue
            if item.number != 1 and _comes_again(items[index + 1 :], item):
                continue
        if style not in ("一是", "第一") and not near and (item.number != 1 or not item.before):
            # A number at the head of a paragraph is a sub-heading's.
            going = []
            continue
        if item.number == 1:
            if near and current and current.next == 2 and item.before and item.before in "；;":
                current.items.append(item)
                continue
            if not item.before:
                going = [other for other in going if not other.by_paragraphs]
            going = [other for other in going if other.by_paragraphs or other.items[-1].paragraph == item.paragraph]
            going.append(ItemList(item))
            lists.append(going[-1])
            continue
        wanted = next((other for other in reversed(going) if other.next == item.number), None)
        if wanted is not None and (
            wanted is current
            or wanted.items[-1].paragraph == item.paragraph
            or (not item.before and wanted.by_paragraphs)
        ):
            del going[going.index(wanted) + 1 :]
            wanted.items.append(item)
        elif current is not None and current.items[0].number == 1 and (near or not item.before):
            current.items.append(item)
        else:
            going = [ItemList(item)]
            lists.append(going[-1])
    return lists


def _comes_again(items: Sequence[Item], item: Item) -> bool:
    """Whether the same number, behind a stop, comes before a list begins anew: then this was a mere word."""
    for other in items:
        if other.paragraph != item.paragraph or other.number == 1:
            return False
        if other.number == item.number and is_bounded(other):
            return True
    return False


def _faults(report: Report, outline: Outline, found: ItemList) -> Iterator[Finding]:
    text = report.source.text
    for fault in sequence.faults([item.number for item in found.items]):
        item = found.items[fault.place]
        written, expected = report.text(item.span), _marker(item, fault.expected)
        if fault.place == 0:
            if (
                len(found.items) > 1
                and found.items[1].number == item.number + 1
                and _begins_late(report, outline, item)
            ):
                yield Finding(item.span, f"列举从“{written}”开始，之前没有“{expected}”")
            continue
        before = found.items[fault.place - 1]
        between = text[before.span.end : item.span.start]
        missing = range(fault.expected, max(item.number, fault.expected + 1))
        if item.number != before.number and any(sequence.mentions(between, number) for number in missing):
            continue
        previous = report.text(before.span)
        notes = (Note(f"前一项的序号为“{previous}”", before.span),)
        if item.number == before.number:
            rest = [item] if fault.misnumbered else found.items[fault.place :]
            message = f"列举的序号“{written}”重复，按次序为“{expected}”"
            yield Finding(item.span, message, notes, fix=_renumbered(rest, fault.expected))
        elif fault.misnumbered:
            message = f"列举的序号为“{written}”，按次序为“{expected}”"
            yield Finding(item.span, message, notes, fix=_renumbered([item], fault.expected))
        elif item.number > fault.expected and all(other.number != fault.expected for other in found.items):
            lost = "".join(f"“{_marker(item, number)}”" for number in missing)
            yield Finding(item.span, f"列举中“{previous}”之后是“{written}”，缺{lost}", notes)
        else:
            yield Finding(item.span, f"列举中“{previous}”之后是“{written}”，按次序为“{expected}”", notes)


def _begins_late(report: Report, outline: Outline, item: Item) -> bool:
    """Whether nothing before an item, in its paragraph and the one before, may be the first of its list."""
    if item.style != "一是" or outline.section is None:
        return False
    first = outline.paragraphs[max(0, item.paragraph - 1)].start
    before = report.source.text[first : item.span.start]
    return not any(word in before for word in ("一", "1", "１", "①", "首先"))


def _written_but(report: Report, outline: Outline, found: ItemList) -> Iterator[Finding]:
    """«一是…；而是…»: the second item, where nothing that is denied asks for a 而是 (but)."""
    first = found.items[0]
    if first.style != "一是" or first.number != 1 or any(item.number == 2 for item in found.items):
        return
    end = outline.paragraphs[first.paragraph].end
    match = _BUT.search(report.source.text, first.span.end, end)
    if match is None or _DENIED.search(report.source.text, first.span.end, match.start()):
        return
    span = Span(*match.span("but"))
    notes = (Note(f"前一项的序号为“{report.text(first.span)}”", first.span),)
    yield Finding(span, "列举的序号写作“而是”，按次序为“二是”", notes, fix=Fix((Edit(span, "二是"),), safe=False))


def _stops(report: Report, found: ItemList) -> Iterator[Finding]:
    """Items in the middle of a sentence that nothing ends."""
    loose = [item for item in found.items[1:] if item.before and not is_bounded(item) and not item.gap]
    if not loose:
        return
    used = [item.before for item in found.items[1:] if item.before and item.before in "。；"]
    stop = max(used, key=used.count) if used else "；"
    first = loose[0]
    words = "".join(f"“{report.text(item.span)}”" for item in loose)
    notes = tuple(Note(f"“{report.text(item.span)}”", item.span) for item in loose[1:])
    fix = Fix(tuple(Edit(Span(item.span.start, item.span.start), stop) for item in loose))
    yield Finding(first.span, f"列举中{words}之前没有句号或分号", notes, fix=fix)


def _marker(item: Item, number: int) -> str:
    if item.style == "一是":
        return f"{numeral(number)}是"
    return f"第{numeral(number)}" if item.style == "第一" else marker(item.style, number)


def _renumbered(items: Sequence[Item], first: int) -> Fix:
    return Fix(tuple(Edit(item.span, _marker(item, number)) for number, item in enumerate(items, first)))
