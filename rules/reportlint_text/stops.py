"""Full stops that are missing at the end of a paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Edit, Finding, Fix, Report, Severity, Span, lazy_pattern, rule
from reportlint_text import basis
from reportlint_text.prose import HAN, Prose, prose

_END = "。！？；：!?;:….．”’』」）)》】〕~～，、,"
"""What a paragraph may end with; one that ends with a comma may go on in the next."""
_GOES_ON = "，、,"
_BETWEEN = "# \n\r\t\u3000\xa0"
_NUMBERED = lazy_pattern(r"[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、")
_IS_HAN = lazy_pattern(f"[{HAN}]").match
_LAST_SENTENCE = lazy_pattern("[。！？；]")
_STOPS = "。！？"
_FEWEST_CHARACTERS = 30
_FEWEST_COMMAS = 2
"""Of a paragraph of one sentence: so many clauses are no heading."""
_SHORTEST_SENTENCE = 8
_LONGEST_SENTENCE = 300
_NO_SENTENCE = lazy_pattern(
    "[年月日号楼室]$|电话|传真|邮编|邮箱|网址|地址|附件|附表|来源|撰稿|编辑|校对|审核[:：]|签发|下载|打印|关闭|扫码|二维码"
    "|上一篇|下一篇|^[图表]\\s?[\\d一二三四五六七八九十]|图$|表$|(?:政府|办公室|委员会|[局厅处院馆会])$"
)


@rule(basis=basis.STOPS, severity=Severity.WARNING)
def missing_stop(report: Report) -> Iterator[Finding]:
    """A paragraph of prose ends with a mark of punctuation."""
    whole = prose(report)
    if whole.wrapped:
        return
    text = whole.text
    for end in _cut_short(whole, report.source.text):
        message = f"段落以“{text[max(0, end - 8) : end]}”结束，没有下文"
        yield Finding(Span(end - 1, end), message, fix=Fix((Edit(Span(end - 1, end), "。"),), safe=False))
    found = list(_without_a_mark(whole))
    if not found or len(found) > sum(text[end - 1] in _STOPS for _, end in whole.pieces):
        return
    for end in found:
        fix = Fix((Edit(Span(end, end), "。"),))
        yield Finding(Span(end - 1, end), f"段落以“{text[end - 8 : end]}”结束，没有句号", fix=fix)


def _without_a_mark(whole: Prose) -> Iterator[int]:
    """The ends of the paragraphs that stop without a mark."""
    text = whole.text
    for start, end in whole.pieces:
        if end - start >= _FEWEST_CHARACTERS:
            last = text[end - 1]
            if last not in _END and _IS_HAN(last) and _is_prose(text, start, end):
                yield end


def _cut_short(whole: Prose, source: str) -> Iterator[int]:
    """The ends of the paragraphs that stop with a comma, where a numbered heading or nothing at all follows."""
    text = whole.text
    for index, (start, end) in enumerate(whole.pieces):
        if text[end - 1] not in _GOES_ON or end - start < _FEWEST_CHARACTERS:
            continue
        following = whole.pieces[index + 1] if index + 1 < len(whole.pieces) else None
        if following is not None and not _NUMBERED.match(text, *following):
            continue
        rest = source[end : following.start if following is not None else None]
        if _LAST_SENTENCE.search(text, start, end) and not rest.strip(_BETWEEN):
            yield end


def _is_prose(text: str, start: int, end: int) -> bool:
    """Whether a paragraph has sentences, or several clauses, and does not end as a signature, date or caption does."""
    stops = [match.end() for match in _LAST_SENTENCE.finditer(text, start, end)]
    if not stops and text.count("，", start, end) < _FEWEST_COMMAS:
        return False
    last = text[stops[-1] if stops else start : end].strip()
    return _SHORTEST_SENTENCE <= len(last) <= _LONGEST_SENTENCE and not _NO_SENTENCE.search(last)
