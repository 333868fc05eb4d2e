"""Slips of the keyboard: white space, numbering, labels; and numbers of persons that nobody took out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.findings import Edit
from reportlint.model import Report
from reportlint.source import Span
from reportlint.testing.mutants.mutant import Change, Kind, one, short
from reportlint.testing.mutants.prose import LIST_NUMBER, each_paragraph
from reportlint.testing.mutants.tables import some_cells

_HAN = "\u4e00-\u9fff"
_FOUR = re.compile(f"(?<=[{_HAN}])(?=([{_HAN}]{{4}}))")
_BEHIND_COMMA = re.compile(f"(?<=，)[{_HAN}]{{4}}")
_FIGURE = re.compile(f"[0-9](?=[{_HAN}])")
_YEAR = re.compile(r"(?<!\d)20(?=\d\d年)")
_RUN_IN = re.compile(r"[）)]([^。\n\t]{2,16})。")
_LABEL = re.compile(f"[{_HAN}]{{4,}}")
_LIST = "一是补录旧文件，二是更新栏目，四是增设公开栏。"
_TABLE = "\n\n渠道\t条数\n网站\t12\n公众号\t7\n公开栏\t5\n合计\t25\n"


def _word_spread(report: Report) -> Iterator[Change]:
    """«政府信息» as «政 府 信 息», as in the heads of tables."""
    for place, span in each_paragraph(report):
        match = _BEHIND_COMMA.search(report.text(span))
        if match:
            word = Span(span.start + match.start(), span.start + match.end())
            new = " ".join(match.group())
            yield one(word, new, {place}, f"“{match.group()}”写作“{new}”")


def _space_within(report: Report) -> Iterator[Change]:
    """White space in words that stand elsewhere too, each once in a paragraph."""
    text = "\n".join(report.text(span) for _, span in each_paragraph(report))
    for place, span in each_paragraph(report):
        words = report.text(span)
        for match in _FOUR.finditer(words, 20):
            if text.count(match[1]) > 1:
                at = span.start + match.start() + 2
                yield one(Span(at, at), " ", {place}, f"“{match[1]}”中间有空格")
                break


def _space_before_stop(report: Report) -> Iterator[Change]:
    for place, span in each_paragraph(report):
        at = report.text(span).find("，")
        if at >= 0:
            stop = span.start + at
            yield one(Span(stop, stop), " ", {place}, "“，”之前有空格")


def _year_split(report: Report) -> Iterator[Change]:
    for place, span in each_paragraph(report):
        for match in _YEAR.finditer(report.text(span)):
            at = span.start + match.end()
            yield one(Span(at, at), " ", {place}, "年份中间有空格")


def _figures_spaced(report: Report) -> Iterator[Change]:
    """White space behind every other figure."""
    ends = [
        span.start + match.end() for _, span in each_paragraph(report) for match in _FIGURE.finditer(report.text(span))
    ]
    if len(ends) > 7:
        yield Change(tuple(Edit(Span(at, at), " ") for at in ends[::2]), frozenset(), "数字之后有的有空格，有的没有")


def _bracket_turned(report: Report) -> Iterator[Change]:
    for place, span in each_paragraph(report):
        at = report.text(span).find("“")
        if at >= 0:
            yield one(Span(span.start + at, span.start + at + 1), "”", {place}, "前引号写作后引号")


def _number_narrow(report: Report) -> Iterator[Change]:
    for place, span, match in _numbers(report):
        number = Span(span.start + match.start(1) - 1, span.start + match.end())
        yield one(number, f"({match[1]})", {place}, f"（{match[1]}）写作({match[1]})")


def _number_repeated(report: Report) -> Iterator[Change]:
    before: dict[str, str] = {}
    for place, span, match in _numbers(report):
        if place in before:
            number = Span(span.start + match.start(1), span.start + match.end(1))
            yield one(number, before[place], {place}, f"序号（{match[1]}）写作（{before[place]}）")
        before[place] = match[1]


def _list_skipped(report: Report) -> Iterator[Change]:
    for place, span in each_paragraph(report):
        yield one(Span(span.end, span.end), _LIST, {place}, f"加一句“{short(_LIST)}”")


def _total_wrong(report: Report) -> Iterator[Change]:
    section = report.sections[-1] if report.sections else None
    if section is not None and section.paragraphs:
        end = section.paragraphs[-1].end
        yield one(Span(end, end), _TABLE, {section.name}, "加一个合计不对的表格")


def _label_damaged(report: Report) -> Iterator[Change]:
    """A character in the midst of a row's label is lost."""
    for table in report.tables.values():
        across = {row for block in report.form.tables[table.name] if block.across for row in block.rows}
        for row, span in table.rows.items():
            match = _LABEL.search(report.text(span))
            if match and row not in across:
                at = span.start + (match.start() + match.end()) // 2
                what = f"行标题“{short(report.text(span))}”脱一个“{report.source.text[at]}”字"
                yield one(Span(at, at + 1), "", {table.name, row}, what)


def _subheading_damaged(report: Report) -> Iterator[Change]:
    for place, span, match in _numbers(report):
        words = _RUN_IN.match(report.text(span), match.end() - 1)
        if words:
            at = span.start + (words.start(1) + words.end(1)) // 2
            what = f"小标题“{words[1]}”脱一个“{report.source.text[at]}”字"
            yield one(Span(at, at + 1), "", {place}, what)


def _numbers(report: Report) -> Iterator[tuple[str, Span, re.Match[str]]]:
    for place, span in each_paragraph(report):
        match = LIST_NUMBER.match(report.text(span))
        if match:
            yield place, span, match


def _identity() -> str:
    """A made-up number of an identity card with the right check digit; there is no such region."""
    digits = "41999919500220013"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11]


def _card() -> str:
    """A made-up number of a bank card with the right check digit; no bank issues such cards."""
    digits = "620098000000000001"
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return digits + str(-sum(figure // 10 + figure % 10 for figure in doubled) % 10)


def _number_left(report: Report, words: str, number: str) -> Iterator[Change]:
    """A number behind every paragraph, and in cells."""
    for place, span in each_paragraph(report):
        sentence = words.format(number)
        yield one(Span(span.end, span.end), sentence, {place, "prose"}, f"加一句“{sentence}”")
    for table, (row, column), cell in some_cells(report):
        yield one(cell.span, number, {table.name, row, column, "cells"}, f"单元格填 {number}")


def _identity_number(report: Report) -> Iterator[Change]:
    yield from _number_left(report, "申请人的身份证号码为{}。", _identity())


def _bank_card(report: Report) -> Iterator[Change]:
    yield from _number_left(report, "补贴打入其银行卡，卡号{}。", _card())


def _mobile_number(report: Report) -> Iterator[Change]:
    yield from _number_left(report, "申请人的手机号码为{}。", "13900001234")


KINDS = {
    "word-spread": Kind("词中逐字有空格", _word_spread),
    "space-within": Kind("词中有空格", _space_within),
    "space-before-stop": Kind("标点之前有空格", _space_before_stop),
    "year-split": Kind("年份中间有空格", _year_split),
    "figures-spaced": Kind("数字之后的空格不一", _figures_spaced),
    "bracket-turned": Kind("引号反向", _bracket_turned),
    "number-narrow": Kind("序号的括号是半角", _number_narrow),
    "number-repeated": Kind("序号重复", _number_repeated),
    "list-skipped": Kind("列举跳号", _list_skipped),
    "total-wrong": Kind("别的表格合计不对", _total_wrong),
    "label-damaged": Kind("行标题脱字", _label_damaged),
    "subheading-damaged": Kind("小标题脱字", _subheading_damaged),
    "identity-number": Kind("留有身份证号码", _identity_number),
    "bank-card": Kind("留有银行卡号", _bank_card),
    "mobile-number": Kind("留有手机号码", _mobile_number),
}
