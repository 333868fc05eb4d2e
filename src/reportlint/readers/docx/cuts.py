"""Comments on stretches of a document's main part: where their marks are put in, and which runs are cut for it.

A run is cut only where a stretch begins or ends within it; what is cut off has the properties of the run.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reportlint.readers.docx.anatomy import KEPT, Anatomy, Element, Insertion, Text, host, piece

_WHITE = " \t\n\r"
_PREFIX = "w"


class Spot(NamedTuple):
    """A place of the document: within or around an element of a run, or a whole paragraph where that is None."""

    paragraph: Element
    child: Element | None = None
    offset: int = 0
    """Characters of the element's text that stand before."""


class _Place(NamedTuple):
    """A byte, and what has to be done there: a run is cut between its elements, or one of its texts as well."""

    at: int
    run: Element | None = None
    text: Text | None = None
    paragraph: Element | None = None
    """One that is a single tag, and has to be opened."""


class _Marks:
    """What is put in at one place."""

    def __init__(self) -> None:
        self.ends: list[int] = []
        self.wholes: list[int] = []
        """Comments that begin and end here."""
        self.starts: list[int] = []


def commented(anatomy: Anatomy, stretches: Iterable[tuple[int, Spot, Spot]]) -> bytes:
    """The part with comments on stretches, each given by its number and by where it begins and ends."""
    marks: dict[_Place, _Marks] = {}
    for number, first, last in stretches:
        start, end = _ends(anatomy, first, last)
        if start.at >= end.at:
            marks.setdefault(start, _Marks()).wholes.append(number)
        else:
            marks.setdefault(start, _Marks()).starts.append(number)
            marks.setdefault(end, _Marks()).ends.append(number)
    kept = _kept(marks)
    insertions = [_insertion(anatomy, place, each, kept) for place, each in marks.items()]
    return anatomy.changed([*insertions, *(anatomy.in_tag(text, KEPT) for text in kept)])


def _ends(anatomy: Anatomy, first: Spot, last: Spot) -> tuple[_Place, _Place]:
    """Where a comment begins and ends. It does not go on into another cell, which not every program can show."""
    start_host, end_host = host(first.paragraph), host(last.paragraph)
    assert start_host is not None
    start = _place(anatomy, start_host, first, is_end=False)
    if end_host is None or end_host.parent is not start_host.parent:
        return start, _place(anatomy, start_host, Spot(start_host), is_end=True)
    return start, _place(anatomy, end_host, last, is_end=True)


def _place(anatomy: Anatomy, paragraph: Element, spot: Spot, *, is_end: bool) -> _Place:
    child = spot.child
    if child is None:
        at = anatomy.close(paragraph) if is_end else _open(anatomy, paragraph)
        return _Place(at, paragraph=paragraph if at == paragraph.end else None)
    whole = piece(child, paragraph)
    run = child.parent
    if whole is not run or run is None:
        return _Place(whole.end if is_end else whole.start)
    if isinstance(child, Text) and 0 < spot.offset < len(child.text) and _may_be_cut(child):
        return _Place(child.place(spot.offset, child.end), run, child)
    at = child.end if is_end else child.start
    content = [each for each in run.children if each.name != "rPr"]
    if child is content[-1 if is_end else 0]:
        return _Place(run.end if is_end else run.start)
    return _Place(at, run)


def _may_be_cut(text: Text) -> bool:
    if text.is_whole:
        return False
    # White space at the ends that is not shown now would be, were it kept from here on.
    return text.space == "preserve" or (text.space is None and text.text == text.text.strip(_WHITE))


def _kept(places: Iterable[_Place]) -> set[Text]:
    """The texts all parts of which have to say that white space at their ends is shown: one comes to have some."""
    cuts: dict[Text, set[int]] = {}
    for place in places:
        if place.text is not None and place.text.space is None:
            cuts.setdefault(place.text, set()).add(place.at)
    return {
        text
        for text, at in cuts.items()
        for offset in range(1, len(text.text))
        if not set(text.text[offset - 1 : offset + 1]).isdisjoint(_WHITE) and text.place(offset, text.end) in at
    }


def _open(anatomy: Anatomy, paragraph: Element) -> int:
    """Where the content of a paragraph begins."""
    return paragraph.children[0].end if paragraph.children else anatomy.inner(paragraph)


def _insertion(anatomy: Anatomy, place: _Place, marks: _Marks, kept: set[Text]) -> Insertion:
    prefix = anatomy.prefix
    parts = [_mark(anatomy, prefix, "commentRangeEnd", each) + _reference(anatomy, prefix, each) for each in marks.ends]
    for each in marks.wholes:
        both = (_mark(anatomy, prefix, name, each) for name in ("commentRangeStart", "commentRangeEnd"))
        parts.append(b"".join(both) + _reference(anatomy, prefix, each))
    parts += [_mark(anatomy, prefix, "commentRangeStart", each) for each in marks.starts]
    made = b"".join(parts)
    if place.run is not None:
        return Insertion(place.at, place.at, _cut(anatomy, place.run, place.text, made, kept))
    if place.paragraph is not None:
        end = f"</{_qualified(place.paragraph.prefix, 'p')}>".encode()
        return Insertion(place.at - len(b"/>"), place.at, b">" + made + end)
    return Insertion(place.at, place.at, made)


def _cut(anatomy: Anatomy, run: Element, text: Text | None, between: bytes, kept: set[Text]) -> bytes:
    """The end of a run, what stands behind it, and the beginning of a run that is like it."""
    end = f"</{_qualified(run.prefix, 'r')}>".encode()
    properties = [anatomy.data[each.start : each.end] for each in run.children if each.name == "rPr"]
    start = anatomy.tag(run) + b"".join(properties)
    if text is None:
        return end + between + start
    name = _qualified(text.prefix, "t")
    tag = anatomy.tag(text)
    if text in kept:
        tag = tag[: 1 + len(name)] + KEPT + tag[1 + len(name) :]
    return f"</{name}>".encode() + end + between + start + tag


def _qualified(prefix: str, name: str) -> str:
    return f"{prefix}:{name}" if prefix else name


def _mark(anatomy: Anatomy, prefix: str, name: str, number: int) -> bytes:
    return f"<{_qualified(prefix, name)}{_attribute(anatomy, prefix, number)}/>".encode()


def _reference(anatomy: Anatomy, prefix: str, number: int) -> bytes:
    run = _qualified(prefix, "r")
    return f"<{run}>".encode() + _mark(anatomy, prefix, "commentReference", number) + f"</{run}>".encode()


def _attribute(anatomy: Anatomy, prefix: str, number: int) -> str:
    if prefix:
        return f' {prefix}:id="{number}"'
    # Attributes have no namespace but by a prefix.
    return f' xmlns:{_PREFIX}="{anatomy.space}" {_PREFIX}:id="{number}"'
