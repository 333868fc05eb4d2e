"""Edits of the text made in a Word document: within one stretch of text of one run, whose properties stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from reportlint.errors import ReadError
from reportlint.findings import Edit
from reportlint.readers.docx.anatomy import KEPT, UNWRITABLE, Anatomy, Insertion, Text, open_part
from reportlint.readers.docx.package import Package
from reportlint.readers.docx.places import FIELD, NUMBER, TEXT, Stretch
from reportlint.readers.docx.repack import repacked
from reportlint.readers.reader import Limits
from reportlint.source import Mapped, Source, Span

_EDGES = "\t\n"
"""What stands between paragraphs, rows and cells of the text."""
_WHITE = " \t\n\r"
_BREAK = re.compile(r"[\t\n\r\f\v]")
_SIGNATURES = "_xmlsignatures/origin.sigs"

_ACROSS = "要改的文字不在同一个段落或单元格里，不能自动修改"
_BREAKS = "修改会增加段落、换行或制表符，不能自动修改"
_EMPTY = "要改的地方没有文字，不知道用什么格式，不能自动修改"
_SEVERAL = "要改的文字在文件里分成几段，格式可能不同，不能自动修改"
_KINDS = {
    NUMBER: "要改的是自动编号，文件里没有这些字，在 Word 里修改编号",
    FIELD: "要改的文字由域生成，更新域时会重新生成，不能自动修改",
}
_ELSEWHERE = "要改的不是普通文字，不能自动修改"
_SIGNED = "文件有数字签名，改后签名失效，不能自动修改"
_REVISED = "要改的文字是没有接受的修订，先接受或拒绝修订"
_TWICE = "要改的文字在文本框里，文件里存了两份，不能自动修改"
_BOUND = "要改的文字由内容控件从别处取得，不能自动修改"
_UNLIKE = "要改的文字在文件里找不到，不能自动修改"


class _Target(NamedTuple):
    """The stretch of the document that an edit is of, and which of its characters."""

    stretch: Stretch
    start: int
    end: int
    text: str


class _Refused(Exception):  # noqa: N818 - an outcome, not an error
    """Why an edit cannot be made, in Chinese."""


def refusal(source: Source, edit: Edit) -> str:
    """Why an edit of the text cannot be made in the document; empty where it can, as far as the text tells."""
    try:
        _target(source, edit)
    except _Refused as reason:
        return str(reason)
    return ""


def rewritten(data: bytes, source: Source, edits: Sequence[Edit]) -> bytes:
    """The document with edits made; ReadError where it is such that one of them cannot be."""
    package = Package(data, Limits())
    if package.has(_SIGNATURES):
        raise ReadError("unreadable", _SIGNED)
    targets: dict[str, list[_Target]] = {}
    for edit in edits:
        try:
            target = _target(source, edit)
        except _Refused as reason:
            raise ReadError("unreadable", str(reason)) from None
        targets.setdefault(target.stretch.paragraph.part, []).append(target)
    changed = {name: _changed(open_part(package, name), each) for name, each in targets.items()}
    return repacked(data, changed, package.main())


def _target(source: Source, edit: Edit) -> _Target:
    """Where the characters are that an edit changes: those at its ends that stay the same are left alone."""
    span, new = _narrowed(source.text, edit)
    old = source.text[span.start : span.end]
    if _BREAK.search(old):
        raise _Refused(_ACROSS)
    if _BREAK.search(new):
        raise _Refused(_BREAKS)
    if UNWRITABLE.search(new):
        raise _Refused("要写入的字符存不进文件")
    if not old:
        return _insertion(source, span.start, new)
    first, start = _place(source, span.start)
    last, end = _place(source, span.end - 1)
    if first is not last:
        raise _Refused(_SEVERAL)
    if old[0] == " " and span.start > 0:
        # One space may stand for several.
        before, offset = _mark(source, span.start - 1)
        start = offset + 1 if before is first else start
    return _Target(first, start, end + 1, new)


def _narrowed(text: str, edit: Edit) -> tuple[Span, str]:
    (start, end), new = edit
    head = _same(text[start:end], new)
    start, new = start + head, new[head:]
    tail = _same(text[start:end][::-1], new[::-1])
    return Span(start, end - tail), new[: len(new) - tail]


def _same(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def _insertion(source: Source, offset: int, new: str) -> _Target:
    """Behind the character before, where there is one; else before the one behind."""
    text = source.text
    if offset > 0 and text[offset - 1] not in _EDGES:
        stretch, place = _mark(source, offset - 1)
        if stretch.kind == TEXT and stretch.run >= 0:
            return _Target(stretch, place + 1, place + 1, new)
    if offset < len(text) and text[offset] not in _EDGES:
        stretch, place = _place(source, offset)
        return _Target(stretch, place, place, new)
    raise _Refused(_EMPTY)


def _place(source: Source, offset: int) -> tuple[Stretch, int]:
    """The place of a character; raises where it cannot be written."""
    stretch, place = _mark(source, offset)
    if stretch.kind != TEXT or stretch.run < 0:
        raise _Refused(_KINDS.get(stretch.kind, _ELSEWHERE))
    return stretch, place


def _mark(source: Source, offset: int) -> tuple[Stretch, int]:
    assert isinstance(source.origin, Mapped)
    mark, within = source.origin.mark(offset)
    assert isinstance(mark, Stretch)
    return mark, within


def _changed(anatomy: Anatomy, targets: Sequence[_Target]) -> bytes:
    """A part with edits made."""
    by_text: dict[int, tuple[Text, list[_Target]]] = {}
    for target in targets:
        text = anatomy.runs[target.stretch.run].children[target.stretch.child]
        if not isinstance(text, Text):
            raise ReadError("unreadable", _UNLIKE)
        _check(text)
        by_text.setdefault(text.start, (text, []))[1].append(target)
    insertions: list[Insertion] = []
    for text, mine in by_text.values():
        insertions += _insertions(anatomy, text, mine)
    return anatomy.changed(insertions)


def _check(text: Text) -> None:
    """ReadError for a text that is not to be changed where it stands."""
    if text.within("ins") is not None or text.within("moveTo") is not None:
        raise ReadError("unreadable", _REVISED)
    if text.within("txbxContent") is not None:
        raise ReadError("unreadable", _TWICE)
    if text.is_bound():
        raise ReadError("unreadable", _BOUND)


def _insertions(anatomy: Anatomy, text: Text, targets: Sequence[_Target]) -> list[Insertion]:
    close = anatomy.close(text)
    whole, made = text.text, []
    for _, start, end, new in sorted(targets, key=lambda target: target.start, reverse=True):
        whole = whole[:start] + new + whole[end:]
        made.append(Insertion(text.place(start, close), text.place(end, close), escape(new).encode()))
    if text.is_whole:
        made = [Insertion(anatomy.inner(text), close, escape(whole).encode())]
    shows_ends = text.space is None and text.text == text.text.strip(_WHITE)
    if shows_ends and whole != whole.strip(_WHITE):
        # Without it the white space at the ends would not be shown.
        made.append(anatomy.in_tag(text, KEPT))
    return made
