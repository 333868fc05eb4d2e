"""What an editor may do about findings: edits that mend them, tried out before they are offered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportlint.diagnostic import Diagnostic
from reportlint.findings import Edit
from reportlint.fixing import Refused, fix_source
from reportlint.fixing.rounds import Wanted
from reportlint.linter import Linter
from reportlint.result import Result
from reportlint.source import Span


class Mending(NamedTuple):
    """Edits to the text of a result, and the fixes that were asked for and do not hold."""

    edits: tuple[Edit, ...]
    refused: tuple[Refused, ...]


def at(result: Result, span: Span) -> list[Diagnostic]:
    """The findings that a stretch touches; of an empty one those that it is in or beside. Those of the whole report are
    at its beginning."""
    found = []
    for diagnostic in result.diagnostics:
        place = diagnostic.span or Span(0, 0)
        if diagnostic.source is result.source and place.start <= span.end and span.start <= place.end:
            found.append(diagnostic)
    return found


def safe(result: Result) -> list[Diagnostic]:
    """The findings that have a safe fix."""
    return [each for each in result.diagnostics if each.fix is not None and each.fix.safe]


def mend(linter: Linter, result: Result, diagnostic: Diagnostic) -> Mending:
    """The fix of one finding, safe or not: the user sees what it does."""
    return _mend(linter, result, lambda each: each is diagnostic, unsafe=True)


def mend_rule(linter: Linter, result: Result, rule: str) -> Mending:
    """The safe fixes of all findings of a rule, until nothing changes."""
    return _mend(linter, result, lambda each: each.rule == rule)


def mend_all(linter: Linter, result: Result) -> Mending:
    """All safe fixes, as `reportlint check --fix` applies them."""
    return _mend(linter, result, lambda _: True)


def _mend(linter: Linter, result: Result, wanted: Wanted, *, unsafe: bool = False) -> Mending:
    fixed = fix_source(linter, result.source, unsafe=unsafe, result=result, wanted=wanted)
    return Mending(tuple(edits_between(result.source.text, fixed.text)), fixed.refused)


def edits_between(before: str, after: str) -> Iterator[Edit]:
    """Edits that make one text of the other, a line at a time, each as short as can be: cursors and folds stay."""
    if before == after:
        return
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    for first, last, other, end in _changed(old, new):
        yield _shortest(starts[first], "".join(old[first:last]), "".join(new[other:end]))


def _changed(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of lines that differ: from and to in the one, and in the other."""
    if len(old) == len(new):
        # Fixes hardly ever make lines or take them away; and looking for lines that moved takes quadratic time
        # where many are alike.
        yield from (
            (at, at + 1, at, at + 1) for at, (one, other) in enumerate(zip(old, new, strict=True)) if one != other
        )
        return
    from difflib import SequenceMatcher

    head = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
    most = min(len(old), len(new)) - head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    # Lines that come again and again are no help in it, and would cost it hours.
    matcher = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail])
    for tag, first, last, other, end in matcher.get_opcodes():
        if tag != "equal":
            yield first + head, last + head, other + head, end + head


def _shortest(start: int, old: str, new: str) -> Edit:
    """An edit without what is the same at either end."""
    most = min(len(old), len(new))
    head = next((index for index in range(most) if old[index] != new[index]), most)
    most -= head
    tail = next((index for index in range(most) if old[-1 - index] != new[-1 - index]), most)
    # Half of a line end is no place for an editor.
    if head and old[head - 1 : head + 1] == "\r\n":
        head -= 1
    if tail and old[len(old) - tail - 1 : len(old) - tail + 1] == "\r\n":
        tail -= 1
    return Edit(Span(start + head, start + len(old) - tail), new[head : len(new) - tail])
