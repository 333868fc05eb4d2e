"""Full stops that are missing: at the end of a paragraph, and before the next point of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint import Edit, Finding, Fix, Report, Severity, Span, rule
from reportlint_text import basis
from reportlint_text.prose import HAN, Prose, line_start, prose

_END = "。！？；：!?;:….．”’』」）)》】〕~～，、,"
"""What a paragraph may end with; one that ends with a comma goes on in the next."""
_IS_HAN = re.compile(f"[{HAN}]").match
_LAST_SENTENCE = re.compile("[。！？；]")
_FEWEST_CHARACTERS = 30
_SHORTEST_SENTENCE = 8
_LONGEST_SENTENCE = 300
_NO_SENTENCE = re.compile(
    "[年月日号楼室]$|电话|传真|邮编|邮箱|网址|地址|附件|附表|来源|撰稿|编辑|校对|审核[:：]|签发|下载|打印|关闭|扫码|二维码"
    "|上一篇|下一篇|^[图表]\\s?[\\d一二三四五六七八九十]|图$|表$|(?:政府|办公室|委员会|[局厅处院馆会])$"
)
_POINT = re.compile("[二三四五六七八九]是")
_ORDINALS = "一二三四五六七八九"
_NO_END = frozenset("第其中即而和及但且与或则分有只仅零〇十百年月")


@rule(basis=basis.STOPS, severity=Severity.WARNING)
def missing_stop(report: Report) -> Iterator[Finding]:
    """A paragraph ends with a mark of punctuation, and so does each point of a list in it."""
    whole = prose(report)
    text = whole.text
    if not whole.wrapped:
        yield from _at_ends(whole)
    if "一是" in text:
        for match in _POINT.finditer(text):
            if _runs_on(text, match.start()):
                yield Finding(Span(*match.span()), f"“{match[0]}”之前没有标点")


def _at_ends(whole: Prose) -> Iterator[Finding]:
    """Paragraphs that stop without a mark, in a text where most do not."""
    text = whole.text
    ended = 0
    found = []
    for start, end in whole.pieces:
        last = text[end - 1]
        if last in _END:
            ended += last in "。！？"
        elif end - start >= _FEWEST_CHARACTERS and _IS_HAN(last) and _is_prose(text, start, end):
            found.append(end)
    if len(found) <= ended:
        for end in found:
            fix = Fix((Edit(Span(end, end), "。"),))
            yield Finding(Span(end - 1, end), f"段落以“{text[end - 8 : end]}”结束，没有句号", fix=fix)


def _is_prose(text: str, start: int, end: int) -> bool:
    """Whether a paragraph has sentences, and the last of them is no signature, date, address or caption."""
    stops = [match.end() for match in _LAST_SENTENCE.finditer(text, start, end)]
    if not stops:
        return False
    last = text[stops[-1] : end].strip()
    return _SHORTEST_SENTENCE <= len(last) <= _LONGEST_SENTENCE and not _NO_SENTENCE.search(last)


def _runs_on(text: str, place: int) -> bool:
    """Whether a point of a list («四是») follows the one before it without a mark."""
    before = text[place - 1] if place else "\n"
    if not _IS_HAN(before) or before in _NO_END or before in _ORDINALS:
        return False
    start = line_start(text, place)
    ordinal = text[place]
    earlier = _ORDINALS[_ORDINALS.index(ordinal) - 1] + "是"
    return text.find(earlier, start, place) >= 0 and text.find(ordinal + "是", start, place) < 0
