"""What fixing a report changes, as a unified diff: through the mask, and harmless in a terminal.

Lines are compared as they are and shown as they may be: a change within what is masked is there, with stars.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportlint.fixing import Fixed
from reportlint.formats.places import words
from reportlint.masking import STAR, Mask
from reportlint.source import Source, Span

_CONTEXT = 3
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NO_LINE_END = "\\ 文件末尾没有换行"
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def unified(fixed: Fixed) -> Iterator[str]:
    """The lines of the diff, without line ends; none where nothing changed."""
    if not fixed.changed:
        return
    from difflib import SequenceMatcher

    before, after = (Mask(result.source.text, result.concealed) for result in (fixed.before, fixed.after))
    old = _lines(fixed.before.source.text, before, after)
    new = _lines(fixed.text, after, before)
    source = fixed.before.source
    path = "".join(map(_harmless, source.path))
    yield f"--- {path}"
    yield f"+++ {path}"
    groups = SequenceMatcher(None, [line.true for line in old], [line.true for line in new])
    for group in groups.get_grouped_opcodes(_CONTEXT):
        first, last = group[0], group[-1]
        if source.has_lines:
            yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@"
        else:
            changed = next(start for tag, start, *_ in group if tag != "equal")
            yield f"@@ {_place(source, sum(len(line.true) for line in old[:changed]), before)} @@"
        for tag, old_start, old_end, new_start, new_end in group:
            if tag == "equal":
                yield from _marked(" ", old[old_start:old_end])
            else:
                yield from _marked("-", old[old_start:old_end])
                yield from _marked("+", new[new_start:new_end])


def _place(source: Source, offset: int, mask: Mask) -> str:
    """Where a change stands in a document that has no lines."""
    location = source.location(Span(offset, offset))
    return "".join(map(_harmless, mask(words(location))))


class _Line(NamedTuple):
    """A line with its end, as it is and as it may be shown."""

    true: str
    shown: str


def _lines(text: str, own: Mask, other: Mask) -> list[_Line]:
    """The lines of a text, with stars in what is concealed in it, and in what is concealed in the other text."""
    views = zip(own.whole, other(text), strict=True)
    shown = "".join(STAR if STAR in characters else characters[0] for characters in views)
    return [_Line(match[0], shown[match.start() : match.end()]) for match in _LINE.finditer(text)]


def _marked(sign: str, lines: Sequence[_Line]) -> Iterator[str]:
    for line in lines:
        bare = line.true.rstrip("\r\n")
        yield sign + "".join(map(_harmless, line.shown[: len(bare)]))
        if bare == line.true:
            yield _NO_LINE_END


def _harmless(character: str) -> str:
    """A character as a terminal can show it; a tab stays one, since a table's lines are full of them."""
    return "�" if character != "\t" and unicodedata.category(character) in _HARMFUL else character


def _range(start: int, end: int) -> str:
    """The lines of a hunk as its head gives them: the first and how many; before the first where there are none."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + (count > 0)},{count}"
