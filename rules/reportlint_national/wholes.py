"""Counts of what the form has no table for: parts that are more than the whole («312条，其中网站400条»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reportlint import Finding, Report, lazy_pattern
from reportlint_national.prose import MOST_PLACES, Prose, prose_of

_UNITS = "条篇件个次期份场项则"
_WHOLE = lazy_pattern(rf"(?<![\d.,余多])(\d{{1,7}})([{_UNITS}])(?:\(|[,:;]?)其中[,:]?")
_PART_OF = "其中"
_REACH = 12
"""Characters before 其中 in which its whole stands."""
_PART = lazy_pattern(rf"([^\d,、。;]{{1,30}})(\d{{1,7}})([{_UNITS}])")
_ASIDE = lazy_pattern(r"\([^()]{0,60}\)")
_NO_PART = lazy_pattern("[较比约近超达余]|增|减|累计|历年|结转|以上|以下|至今|占|每|平均|最")
_LONGEST = 300


def parts_beyond_wholes(report: Report) -> Iterator[Finding]:
    """The parts behind 其中 that are more than the whole before it."""
    prose = prose_of(report)
    for match in islice(_wholes(prose.words), MOST_PLACES):
        finding = _finding(report, prose, match)
        if finding is not None:
            yield finding


def _wholes(words: str) -> Iterator[re.Match[str]]:
    """The counts right before 其中."""
    place = words.find(_PART_OF)
    while place >= 0:
        match = _WHOLE.search(words, max(0, place - _REACH), place + len(_PART_OF) + 1)
        if match is not None:
            yield match
        place = words.find(_PART_OF, place + 1)


def _finding(report: Report, prose: Prose, match: re.Match[str]) -> Finding | None:
    whole, unit = int(match[1]), match[2]
    before, _ = prose.sentence(match.start(), match.end())
    if _NO_PART.search(re.split("[,:]", before)[-1]):
        return None
    parts = list(_parts(prose.words[match.end() : match.end() + _LONGEST], unit))
    # Parts may overlap, so that their sum says nothing: one message stands on the net and on WeChat.
    if all(value <= whole for _, value in parts):
        return None
    span = prose.span(match.start(), match.end(2))
    if any(claim.span.start < span.end and span.start < claim.span.end for claim in report.claims):
        return None
    words, value = max(parts, key=lambda part: part[1])
    return Finding(span, f"其中的“{words}{value}{unit}”多于总数 {whole}{unit}")


def _parts(words: str, unit: str) -> Iterator[tuple[str, int]]:
    """The parts at the beginning of some words, up to what is none."""
    for piece in re.split("[,、]", re.split("[。;)\n]", _ASIDE.sub("", words))[0]):
        part = _PART.fullmatch(piece)
        if part is None or part[3] != unit or _NO_PART.search(part[1]):
            return
        yield part[1], int(part[2])
