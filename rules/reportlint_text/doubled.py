"""Marks of punctuation that stand twice."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Edit, Finding, Fix, Report, Severity, Span, lazy_pattern, rule
from reportlint_text import basis
from reportlint_text.prose import HAN, prose

_RUN = lazy_pattern(r"[，、。；：！？,;:][，、。；：,;:]+")
_IN_AND_OUT = ("。”。", "，”，", "；”；")
_TWICE = lazy_pattern(r"([。，；])”\1")
_FULL = str.maketrans(",;:", "，；：")
_IS_HAN = lazy_pattern(f"[{HAN}]").match
_FEWEST_DOTS = 3
_GOES_ON = "等"


@rule(basis=basis.STOPS, severity=Severity.WARNING)
def doubled_punctuation(report: Report) -> Iterator[Finding]:
    """No mark of punctuation stands twice, or beside another that excludes it."""
    whole = prose(report)
    text = whole.text
    for match in _RUN.finditer(text) if _RUN.search(whole.dense) else ():
        run, span = match[0], Span(*match.span())
        marks = run.translate(_FULL)
        if _is_meant(text, span.start, run, marks):
            continue
        if marks == "。" * len(marks) and len(marks) >= _FEWEST_DOTS:
            # At the end of a sentence they may as well be one full stop too often.
            fix = Fix((Edit(span, "……"),)) if text.startswith(_GOES_ON, span.end) else None
            yield Finding(span, f"省略号写成了 {len(marks)} 个句号", fix=fix)
        elif len(set(marks)) == 1:
            yield Finding(span, f"“{run[0]}”连用了 {len(run)} 次", fix=Fix((Edit(span, marks[0]),)))
        else:
            yield Finding(span, f"标点“{run}”连用，其中有多余的")
    if "”" in whole.dense and any(marks in whole.dense for marks in _IN_AND_OUT):
        for match in _TWICE.finditer(text):
            yield Finding(Span(*match.span()), f"后引号的前后都有“{match[1]}”")


def _is_meant(text: str, start: int, run: str, marks: str) -> bool:
    """Marks that are none of Chinese prose (times, code), or that follow the questions in a list."""
    if run[0] in "！？" and run[1] in "、；：":
        return True
    return run.isascii() and (start == 0 or not _IS_HAN(text[start - 1]) or len(set(marks)) > 1)
