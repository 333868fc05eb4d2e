"""White space between Chinese characters, within years, and around figures."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Edit, Finding, Fix, Note, Report, Severity, Span, lazy_pattern, rule
from reportlint_text import basis
from reportlint_text.prose import HAN, line_end, line_start, prose

_BLANK = " \xa0\u3000"
_BETWEEN = {
    blanks: lazy_pattern(rf"{blanks}(?<=[{HAN}]{blanks})(?=[{HAN}，。、；：！？])") for blanks in (" ", f"[{_BLANK}]")
}
"""For a text with plain white space only, and for any: a single character is searched for fast."""
_IS_HAN = lazy_pattern(f"[{HAN}]").match
_SPLIT_YEAR = lazy_pattern(r"[12]\d{0,2} \d{1,3}(?=[ \xa0]?年)")
_SPLIT_NUMBER = lazy_pattern(r" (?<=\d )(?=\d)")
_YEAR = lazy_pattern(r"(?:19|20)\d\d").fullmatch
_NUMBERING = lazy_pattern(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{0,2})[)）、.．]?\s?").fullmatch
_CONTEXT = 2
_OFTEN = 4
_MOST_NOTES = 30
_MOST_LOOKED_UP = 100
_LONGEST_LEAD = 16
_LONGEST_QUOTED = 20
_FEWEST_OF_A_STYLE = 3
_MOST_TIMES = 5
"""So many times as often as the other one style is the rule, and what is not in it a name («12345热线»)."""
_ENDS_OF_SENTENCE = "，。；"
_FIGURE = lazy_pattern(r"\d[\d.,]*+%?")
_SPACED = lazy_pattern(rf" (?<=[\d%] )(?=[{HAN}])")
_BARE = lazy_pattern(rf"[\d%](?=[{HAN}])")


@rule(basis=basis.SPACING, severity=Severity.WARNING)
def stray_space(report: Report) -> Iterator[Finding]:
    """There is no white space within words and years, nor before a mark of punctuation."""
    whole = prose(report)
    text = whole.text
    blanks = [blank for blank in _BLANK if blank in text]
    if whole.wrapped or whole.rendered or not blanks:
        return
    for match in _SPLIT_YEAR.finditer(text) if _SPLIT_NUMBER.search(text) else ():
        year = match[0].replace(" ", "")
        if _YEAR(year) and not text[match.start() - 1 : match.start()].isdecimal():
            gap = match.start() + match[0].index(" ")
            fix = Fix((Edit(Span(gap, gap + 1), ""),))
            yield Finding(Span(*match.span()), f"年份“{match[0]}”中间有空格", fix=fix)
    looked_up = 0
    between = _BETWEEN[" " if blanks == [" "] else f"[{_BLANK}]"]
    places = [match.start() for match in between.finditer(text)]
    for run in _runs(text, places):
        first, last = run[0], run[-1]
        if not _is_sentence(text, first, len(run) > 1):
            continue
        if text[last + 1] in "，。、；：！？":
            edits = tuple(Edit(Span(place, place + 1), "") for place in run)
            yield Finding(Span(first, last + 2), f"“{text[last + 1]}”之前有空格", fix=Fix(edits))
        elif len(run) == 1:
            looked_up += 1
            if looked_up <= _MOST_LOOKED_UP and _is_written_without(text, first):
                yield _within_word(text, run)
        else:
            yield _within_word(text, run)


@rule(basis=basis.SPACING, severity=Severity.ADVICE)
def figure_spacing(report: Report) -> Iterator[Finding]:
    """White space between figures and Chinese characters is there throughout or nowhere."""
    whole = prose(report)
    text = whole.text
    if whole.wrapped or whole.rendered or " " not in text:
        return
    count = len(_SPACED.findall(text))
    if count < _FEWEST_OF_A_STYLE or not _is_mixed(count, len(_BARE.findall(whole.dense))):
        return
    spaced: list[Span] = []
    bare: list[Span] = []
    for match in _FIGURE.finditer(text):
        start, end = match.span()
        if text.startswith("号", end):
            continue
        if _IS_HAN(text, end):
            bare.append(Span(end, end))
        elif text[end : end + 1] == " " and _IS_HAN(text, end + 1):
            spaced.append(Span(end, end + 1))
        if start and _IS_HAN(text[start - 1]):
            bare.append(Span(start, start))
        elif start > 1 and text[start - 1] == " " and _IS_HAN(text[start - 2]):
            spaced.append(Span(start - 1, start))
    if not _is_mixed(len(spaced), len(bare)):
        return
    fewer, text_for, what = (spaced, "", "有空格") if len(spaced) <= len(bare) else (bare, " ", "没有空格")
    fix = Fix(tuple(Edit(span, text_for) for span in fewer))
    notes = tuple(Note(f"这里{what}", _seen(span)) for span in fewer[1:_MOST_NOTES])
    message = f"数字与汉字之间有空格的 {len(spaced)} 处，没有空格的 {len(bare)} 处，写法不一致"
    yield Finding(_seen(fewer[0]), message, notes, fix=fix)


def _is_mixed(one: int, other: int) -> bool:
    few, many = sorted((one, other))
    return few >= _FEWEST_OF_A_STYLE and few * _MOST_TIMES >= many


def _seen(span: Span) -> Span:
    """A place that the eye can rest on: the two characters around a place between them."""
    return span if span.start < span.end else Span(span.start - 1, span.end + 1)


def _runs(text: str, places: list[int]) -> Iterator[list[int]]:
    """Places of white space, those together that have one character between them («政 府 信 息»)."""
    run: list[int] = []
    for place in places:
        if run and (place - run[-1] != 2 or not _IS_HAN(text[place - 1])):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _is_sentence(text: str, place: int, spread: bool) -> bool:
    """Whether white space stands within a sentence; behind a heading, in a title or a signature it is meant.

    A word spread out («政 府 信 息») is no heading unless it begins the line.
    """
    start = line_start(text, place)
    line = text[start : line_end(text, place)]
    if not any(mark in line for mark in _ENDS_OF_SENTENCE):
        return False
    lead = text[start:place]
    if spread:
        return not _NUMBERING(lead[:-1])
    return len(lead) > _LONGEST_LEAD or any(mark in lead for mark in "，。；：、")


def _is_written_without(text: str, place: int) -> bool:
    """Whether the words around white space stand together elsewhere: only then are they known to be one."""
    start, end = place - _CONTEXT, place + 1 + _CONTEXT
    before, after = text[max(0, start) : place], text[place + 1 : end]
    if len(before) < _CONTEXT or len(after) < _CONTEXT or not all(map(_IS_HAN, before + after)):
        return False
    # Two characters that stand together time and again are a word: «信 息».
    return before + after in text or text.count(before[-1] + after[0]) >= _OFTEN


def _within_word(text: str, run: list[int]) -> Finding:
    start, end = run[0], run[-1] + 1
    while start > 0 and run[0] - start < _CONTEXT and _IS_HAN(text[start - 1]):
        start -= 1
    while end < len(text) and end - run[-1] - 1 < _CONTEXT and _IS_HAN(text[end]):
        end += 1
    words = text[start:end]
    if len(words) > _LONGEST_QUOTED:
        words = f"{words[:_LONGEST_QUOTED]}…"
    edits = tuple(Edit(Span(place, place + 1), "") for place in run)
    return Finding(Span(run[0], run[-1] + 1), f"“{words}”的汉字之间有空格", fix=Fix(edits))
